//! An ITL or CTL, as it was read.

use serde::{Deserialize, Serialize};

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
    /// The function's number, see `formats::trust_list::role_name`.
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
