//! What `show crypto ca certificates` prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};

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
    pub status: Option<Located<String>>,
    /// Lower-case hexadecimal without leading zeros, so that it compares with a certificate's.
    pub serial: Option<Located<String>>,
    /// For example `RSA (2048 bits)`.
    pub key: Option<Located<String>>,
    /// For example `SHA256 with RSA Encryption`.
    pub signature: Option<Located<String>>,
    /// `cn=vpn.example.com, o=Example`, the lines joined in their order.
    pub subject: Option<Located<String>>,
    /// Likewise.
    pub issuer: Option<Located<String>>,
    /// As printed. It is local time even where the zone says GMT.
    pub start: Option<Located<String>>,
    /// As printed.
    pub end: Option<Located<String>>,
    /// The same to the day, in seconds since 1970, to be trusted to a day only.
    pub not_before_day: Option<i64>,
    /// Likewise.
    pub not_after_day: Option<i64>,
    /// `Associated Trustpoints`.
    pub trustpoints: Vec<Located<String>>,
}
