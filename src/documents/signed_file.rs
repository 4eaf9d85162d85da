//! The signature header around a phone's file, as it was read.

use serde::{Deserialize, Serialize};

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
