//! The signature header that CUCM puts before a phone's file: `.cnf.xml.sgn`, and `.cnf.xml.enc.sgn`.
//!
//! The clear text behind the header is handed back as a child.

use serde::{Deserialize, Serialize};

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// The format.
pub const FORMAT: Format = Format { name: "signed_file", recognise, read: How::Whole(read) };

/// Who signed a file, when and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFile {
    /// Major and minor: 1.0 signed, 2.0 signed and encrypted.
    pub version: (u8, u8),
    /// Length of the header in bytes; the body begins there.
    pub header_bytes: u32,
    /// Name of the signer; may be empty.
    pub signer: String,
    /// Serial number of the signer's certificate, lower-case hexadecimal.
    pub serial: String,
    /// Issuer of the signer's certificate.
    pub issuer: String,
    /// 1 SHA-1, 2 SHA-256, 3 SHA-512; other numbers as they were read.
    pub hash_algorithm: Option<u8>,
    /// The name under which it was signed, for example `SEP001122334455.cnf.xml.sgn`.
    pub file_name: String,
    /// Seconds since 1970 at which it was signed.
    pub signed_at: Option<u32>,
    /// The body is encrypted.
    pub encrypted: bool,
}

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
