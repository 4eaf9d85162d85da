//! The phone's trust list: `ITLFile.tlv`, `CTLFile.tlv`.

use serde::{Deserialize, Serialize};

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// The format.
pub const FORMAT: Format = Format { name: "trust_list", recognise, read: How::Whole(read) };

/// Whom a phone trusts for its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustList {
    /// Size of the whole list in bytes.
    pub bytes: u64,
    /// Name of the signer; may be empty.
    pub signed_by: String,
    /// Seconds since 1970.
    pub signed_at: Option<u32>,
    /// The records in order.
    pub records: Vec<Record>,
}

/// One record of a trust list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Byte at which it begins.
    pub offset: u64,
    /// The function's number, see [`role_name`].
    pub role: u16,
    /// Subject of the certificate, as the list writes it.
    pub subject: String,
    /// Issuer, likewise.
    pub issuer: String,
    /// Lower-case hexadecimal.
    pub serial: String,
    /// SHA-1 of the certificate, where the record holds it.
    pub sha1: Option<[u8; 20]>,
}

/// The name of a record's function; numbers that are not known stay numbers.
pub fn role_name(role: u16) -> String {
    match role {
        0 => "SAST".into(),
        1 => "CCM".into(),
        2 => "CCM+TFTP".into(),
        3 => "TFTP".into(),
        4 => "CAPF".into(),
        5 => "SRST".into(),
        6 => "FIREWALL".into(),
        7 => "APP-SERVER".into(),
        20 => "CA".into(),
        21 => "TVS".into(),
        26 => "VPN".into(),
        other => other.to_string(),
    }
}

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
