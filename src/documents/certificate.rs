//! A certificate, as it was decoded.

use serde::{Deserialize, Serialize};

use crate::source::At;
use crate::text::Text;

/// One certificate. The hashes are there even where no field could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Where it begins in its input.
    pub at: At,
    /// What holds it.
    pub holder: Holder,
    /// Length of the DER encoding in bytes, without what follows it.
    pub der_bytes: u32,
    /// Over the DER encoding of the whole certificate.
    pub md5: [u8; 16],
    /// The hash that a phone compares: SHA-1 over the DER encoding of the whole certificate.
    pub sha1: [u8; 20],
    /// Over the DER encoding of the whole certificate.
    pub sha256: [u8; 32],
    /// SHA-1 over the PEM text as OpenSSL writes it, which some people take for the certificate's hash.
    pub sha1_of_pem: [u8; 20],
    /// SHA-1 over the public key (SubjectPublicKeyInfo); zeros where the fields could not be read.
    pub sha1_of_key: [u8; 20],
    /// The fields, where they could be read.
    pub fields: Option<Fields>,
    /// What could not be read, and why.
    pub notes: Vec<Text>,
}

/// The fields of a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// RFC 4514: most specific first, `CN=vpn.example.com,O=Example`.
    pub subject: String,
    /// The subject's common names, first to last.
    pub common_names: Vec<String>,
    /// RFC 4514.
    pub issuer: String,
    /// Lower-case hexadecimal without leading zeros, at least one digit; `-` in front where negative.
    pub serial: String,
    /// Seconds since 1970; `None` where the date is not one.
    pub not_before: Option<i64>,
    /// Seconds since 1970; `None` where the date is not one.
    pub not_after: Option<i64>,
    /// For example `RSA 2048`, `EC P-256`, `Ed25519`.
    pub key: String,
    /// The key is on an elliptic curve.
    pub elliptic: bool,
    /// Name of the signature algorithm, for example `sha256WithRSAEncryption`; its OID where it is not known.
    pub signature: String,
    /// DNS names of the subject alternative name.
    pub dns_names: Vec<String>,
    /// Addresses of the subject alternative name, as text.
    pub addresses: Vec<String>,
    /// The other alternative names, as `email:…` or `URI:…`.
    pub other_names: Vec<String>,
    /// Subject and issuer are the same, byte for byte.
    pub self_signed: bool,
    /// Basic constraints say CA.
    pub ca: bool,
    /// Subject key identifier, lower-case hexadecimal; may be empty.
    pub subject_key_id: String,
    /// Authority key identifier, lower-case hexadecimal; may be empty.
    pub authority_key_id: String,
    /// 1-3.
    pub version: u8,
    /// Every field and extension in words, name and value, for the certificate view.
    pub details: Vec<(Text, String)>,
}

/// What holds a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// A file of its own, or a PEM block or PKCS#7 bundle.
    #[default]
    File,
    /// The output of a program that made a TLS handshake: a server showed it.
    Handshake {
        /// The host that was asked for; empty where it is not known.
        server: String,
        /// 0 is the server's own, 1 its issuer's.
        depth: u32,
    },
    /// A trust-point's chain in a configuration.
    Trustpoint {
        /// The trust-point's name.
        name: String,
        /// It stands there as a CA certificate (`certificate ca …`), not as the identity.
        ca: bool,
    },
    /// A record of a trust list.
    TrustList {
        /// The record's role, for example `CCM+TFTP`.
        role: String,
    },
}
