//! Certificate hashes in any notation: read, convert, compare, and say why two differ.

use crate::text::Text;

/// Why a `certHash` is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Nothing that is known.
    Unknown,
}

impl Malformed {
    /// What it is instead.
    pub fn explain(self) -> Text {
        Text::default()
    }
}

/// The SHA-1 that a `certHash` of a phone's configuration stands for: base64 of 20 bytes.
pub fn phone_hash(text: &str) -> Result<[u8; 20], Malformed> {
    use base64::Engine;
    let bytes =
        base64::engine::general_purpose::STANDARD.decode(text.trim()).map_err(|_| Malformed::Unknown)?;
    bytes.try_into().map_err(|_| Malformed::Unknown)
}

/// Lower-case hexadecimal without separators.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64 with padding, as a phone's configuration writes a hash.
pub fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
