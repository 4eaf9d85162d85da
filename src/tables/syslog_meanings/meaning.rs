//! A row of the table.

use crate::text::Text;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Six digits.
    pub id: u32,
    /// 0-7, as it usually is.
    pub severity: u8,
    /// What it means for a phone.
    pub means: Text,
}

/// A row with its words in both languages.
pub(super) const fn row(id: u32, severity: u8, en: &'static str, de: &'static str) -> Meaning {
    Meaning { id, severity, means: Text::fixed(en, de) }
}
