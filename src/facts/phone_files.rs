//! Which files for phones are in the case beside the readable configuration of one?
//!
//! ```text
//! SEP001122334455.cnf.xml.enc.sgn    header version 2.0: encrypted for that phone
//! XMLDefault.cnf.xml                 what CUCM hands to phones that it does not know
//! ```
//! Witnesses: signature headers, whose name for the file counts for more than the name that it was dropped by; the root
//! element of a configuration.
//!
//! Sources: CUCM 15 security guide, "TFTP encryption"; certutils, `enccnf`; Cisco IP Phone 8800 administration guide,
//! "Status messages".

use crate::documents::phone_config::Form;
use crate::facts::Documents;
use crate::source::{At, Place, Searched};

/// An encrypted configuration, by what its header says without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedFile {
    /// The phone's name, else the file's.
    pub phone: String,
    /// Its first byte.
    pub place: Place,
    /// When it was signed, in seconds since 1970.
    pub signed_at: Option<u32>,
    /// Who signed it; empty where that is not told.
    pub signer: String,
}

/// Every encrypted configuration.
pub fn encrypted(documents: &Documents<'_>) -> Vec<EncryptedFile> {
    let signed = documents.signed_files.iter().filter(|signed| signed.document.encrypted);
    signed
        .map(|signed| {
            let name = signed.document.file_name.split('.').next().filter(|name| !name.is_empty());
            let input = documents.input(signed.input).map(|input| input.name.as_str());
            EncryptedFile {
                phone: name.or(input).unwrap_or_default().to_owned(),
                place: signed.place(&At::byte(0)),
                signed_at: signed.document.signed_at,
                signer: signed.document.signer.clone(),
            }
        })
        .collect()
}

/// The lines of every `XMLDefault.cnf.xml`.
pub fn defaults(documents: &Documents<'_>) -> Vec<Searched> {
    let all = documents.phone_configs.iter().filter(|config| config.document.form == Form::Default);
    all.map(|config| Searched::lines(config.input, config.document.lines)).collect()
}
