//! A phone's name: `SEP` and the twelve hexadecimal digits of its MAC address.
//!
//! ```text
//! CP-7962G-SEP001122334455     the common name of its certificate, and the user that it logs in as
//! ITLSEP001122334455.tlv       a file of its own
//! sep001122334455.cnf.xml      the same name in a copy
//! SEPARATE, SEP0011223344556   none
//! ```
//! Quirks: CUCM and the phone write capitals; copies of files and typed names often do not. What stands in front of the
//! name does not matter, what follows must be neither a letter nor a digit.
//!
//! Sources: Cisco Unified Communications Manager system configuration guide, "Phone setup" (device name); Cisco 116162,
//! "Certificate authentication" (the common name).

/// How its VPN client names itself: `Cisco SVC IPPhone Client v1.0 (1.0)` (Cisco 115785).
pub const PHONE_CLIENT: &str = "IPPhone";

/// `SEP001122334455`, in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneName(String);

/// Bytes of a name.
const LENGTH: usize = 15;

impl PhoneName {
    /// The name that a text is.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == LENGTH).then(|| Self::at(text, 0)).flatten()
    }

    /// The first name in a text, and the byte at which it begins.
    pub fn first_in(text: &str) -> Option<(usize, Self)> {
        Self::all_in(text).next()
    }

    /// Every name in a text, and the byte at which it begins.
    pub fn all_in(text: &str) -> impl Iterator<Item = (usize, Self)> {
        let starts = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'S' | b's'));
        starts.filter_map(move |(at, _)| Some((at, Self::at(text, at)?)))
    }

    /// The name that a user or a common name ends with, and the byte at which it begins.
    pub fn at_end_of(text: &str) -> Option<(usize, Self)> {
        let at = text.len().checked_sub(LENGTH)?;
        Some((at, Self::at(text, at)?))
    }

    /// The same, as it is written there: what is asked of every message of a log makes no copy.
    pub fn written_at_end_of(text: &str) -> Option<&str> {
        written_at(text, text.len().checked_sub(LENGTH)?)
    }

    /// True for `CP-7962G-SEP001122334455` and `SEP001122334455`.
    pub fn ends(text: &str) -> bool {
        Self::written_at_end_of(text).is_some()
    }

    /// `0011.2233.4455` as a CME writes it, or in any other notation of twelve digits.
    pub fn of_mac(address: &str) -> Option<Self> {
        let digits: String = address.chars().filter(char::is_ascii_hexdigit).collect();
        (digits.len() == 12).then(|| Self(format!("SEP{}", digits.to_ascii_uppercase())))
    }

    /// In capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn at(text: &str, at: usize) -> Option<Self> {
        written_at(text, at).map(|name| Self(name.to_ascii_uppercase()))
    }
}

/// The name at a byte of a text, as it is written there.
fn written_at(text: &str, at: usize) -> Option<&str> {
    let name = text.get(at..at.checked_add(LENGTH)?)?;
    let ends = !text.get(at + LENGTH..)?.starts_with(|next: char| next.is_ascii_alphanumeric());
    let named = name.get(..3)?.eq_ignore_ascii_case("SEP")
        && name.get(3..)?.bytes().all(|digit| digit.is_ascii_hexdigit());
    (named && ends).then_some(name)
}

impl From<PhoneName> for String {
    fn from(name: PhoneName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_it_stands_and_nowhere_else() {
        let name = "SEP001122334455";
        for (text, whole, first, end) in [
            (name, true, Some(0), Some(0)),
            ("sep001122334455", true, Some(0), Some(0)),
            ("CP-7962G-SEP001122334455", false, Some(9), Some(9)),
            ("ITLSEP001122334455.tlv", false, Some(3), None),
            ("SEP001122334455.cnf.xml", false, Some(0), None),
            ("SEPARATE SEP001122334455, then", false, Some(9), None),
            ("SEP001122334455\\SEP001122334455", false, Some(0), Some(16)),
            ("SEP0011223344556", false, None, None),
            ("SEP00112233445", false, None, None),
            ("SEP00112233445g", false, None, None),
            ("äSEP001122334455ä", false, Some(2), None),
            ("", false, None, None),
        ] {
            let at = |found: Option<(usize, PhoneName)>| {
                found.map(|(at, found)| {
                    assert_eq!(found.as_str(), name, "{text}");
                    at
                })
            };
            assert_eq!(PhoneName::parse(text).is_some(), whole, "{text}");
            assert_eq!(at(PhoneName::first_in(text)), first, "{text}");
            assert_eq!(at(PhoneName::at_end_of(text)), end, "{text}");
        }
    }

    #[test]
    fn a_name_is_made_of_a_mac_address() {
        for (address, made) in [
            ("0011.2233.4455", Some("SEP001122334455")),
            ("00:aa:22:33:44:55", Some("SEP00AA22334455")),
            ("0011.2233.44", None),
        ] {
            assert_eq!(PhoneName::of_mac(address).as_ref().map(PhoneName::as_str), made, "{address}");
        }
    }
}
