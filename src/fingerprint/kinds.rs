//! The words for a hash: its algorithm, how it was written, and what it looks like where it is none.

use serde::{Deserialize, Serialize};

/// A hash function, told apart by the length of what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// 16 bytes; what `crypto ca authenticate` prints on an ASA.
    Md5,
    /// 20 bytes; what a phone compares.
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 64 bytes.
    Sha512,
}

impl Algorithm {
    /// Every algorithm, the shortest first.
    pub const ALL: [Self; 4] = [Self::Md5, Self::Sha1, Self::Sha256, Self::Sha512];

    /// Length of a hash in bytes.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The algorithm whose hashes have this many bytes.
    pub fn of_length(bytes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.bytes() == bytes)
    }
}

/// Whether a text could be read as a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is a hash.
    Hash,
    /// It is none.
    Invalid,
}

/// How a hash was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// `e57e81ea9954…`
    Hex,
    /// `E5:7E:81:…`
    HexColons,
    /// `e5 7e 81 …`
    HexSpaces,
    /// `E5-7E-81-…`
    HexDashes,
    /// `e57e.81ea.…`
    HexDots,
    /// `E57E81EA 9954C144 …`, as Cisco devices print it.
    HexGroups,
    /// `0xe5,0x7e,…`, `\xe5\x7e…`: bytes in a program.
    HexBytes,
    /// `xxd`, `od`, `hexdump -C`.
    HexDump,
    /// `5X6B6plUwUSXZnjQ4kGM33mpMXY=`
    Base64,
    /// The same without the padding.
    Base64Unpadded,
    /// With `-` and `_` in place of `+` and `/` (RFC 4648, section 5).
    Base64UrlSafe,
    /// With `%2B`, `%2F` and `%3D`.
    Base64Percent,
}

impl Notation {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::HexColons => "hex-colons",
            Self::HexSpaces => "hex-spaces",
            Self::HexDashes => "hex-dashes",
            Self::HexDots => "hex-dots",
            Self::HexGroups => "hex-groups",
            Self::HexBytes => "hex-bytes",
            Self::HexDump => "hex-dump",
            Self::Base64 => "base64",
            Self::Base64Unpadded => "base64-unpadded",
            Self::Base64UrlSafe => "base64-url-safe",
            Self::Base64Percent => "base64-percent",
        }
    }
}

/// What an invalid or suspicious value probably is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksLike {
    /// The hexadecimal text was encoded, not the bytes.
    Base64OfHex,
    /// The hash of a certificate request.
    CertificateRequest,
    /// The hash of no bytes at all.
    EmptyInputHash,
    /// A letter where a digit belongs, such as `O` for `0`.
    LetterForDigit,
    /// One digit or character more than a hash has.
    OneDigitTooMany,
    /// A pattern that stands for a hash.
    Placeholder,
    /// A certificate's serial number.
    SerialNumber,
    /// A hash of a kind that neither phone nor ASA prints.
    Sha384,
    /// Digits are missing.
    Truncated,
    /// Base64 that a phone cannot read.
    UrlSafeBase64,
    /// The label names another algorithm than the length does.
    WrongLabel,
}

impl LooksLike {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Base64OfHex => "base64-of-hex",
            Self::CertificateRequest => "certificate-request",
            Self::EmptyInputHash => "empty-input-hash",
            Self::LetterForDigit => "letter-for-digit",
            Self::OneDigitTooMany => "one-digit-too-many",
            Self::Placeholder => "placeholder",
            Self::SerialNumber => "serial-number",
            Self::Sha384 => "sha384",
            Self::Truncated => "truncated",
            Self::UrlSafeBase64 => "url-safe-base64",
            Self::WrongLabel => "wrong-label",
        }
    }
}
