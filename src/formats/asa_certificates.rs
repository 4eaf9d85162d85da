//! `show crypto ca certificates`: names and dates, but no hash.

use serde::{Deserialize, Serialize};

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;
use crate::source::{At, Seen};

/// The format.
pub const FORMAT: Format = Format { name: "asa_certificates", recognise, read: How::Whole(read) };

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaCertificates {
    /// The certificates in order.
    pub entries: Vec<Entry>,
}

/// One certificate of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it begins.
    pub at: At,
    /// `CA Certificate`, not the identity.
    pub ca: bool,
    /// `Available`, `Pending` …
    pub status: Option<Seen<String>>,
    /// Lower-case hexadecimal without leading zeros, so that it compares with a certificate's.
    pub serial: Option<Seen<String>>,
    /// For example `RSA (2048 bits)`.
    pub key: Option<Seen<String>>,
    /// For example `SHA256 with RSA Encryption`.
    pub signature: Option<Seen<String>>,
    /// `cn=vpn.example.com, o=Example`, the lines joined in their order.
    pub subject: Option<Seen<String>>,
    /// Likewise.
    pub issuer: Option<Seen<String>>,
    /// As printed. It is local time even where the zone says GMT.
    pub start: Option<Seen<String>>,
    /// As printed.
    pub end: Option<Seen<String>>,
    /// The same to the day, in seconds since 1970, to be trusted to a day only.
    pub not_before_day: Option<i64>,
    /// Likewise.
    pub not_after_day: Option<i64>,
    /// `Associated Trustpoints`.
    pub trustpoints: Vec<Seen<String>>,
}

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
