//! What a message of an ASA's log means for a phone, by its id.
//!
//! The severity is the usual one: it can be changed on the ASA, and differs between releases, so it identifies
//! nothing. An id without a row says nothing about phones.
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide; Cisco documents 116162 and 115785; captures of public logs.
//! The reading for phones is inferred from these.

mod aaa;
mod address;
mod certificates;
mod login;
mod meaning;
mod path;
mod tls;
mod tunnel;

pub use meaning::Meaning;

/// The meaning of an id.
pub fn of(id: u32) -> Option<&'static Meaning> {
    let table = match id {
        109_000..=109_999 | 113_000..=113_999 => aaa::ROWS,
        716_000..=716_999 | 724_000..=724_999 | 734_000..=734_999 | 746_000..=746_999 => login::ROWS,
        717_000..=717_999 => certificates::ROWS,
        722_000..=722_999 => tunnel::ROWS,
        725_000..=725_999 => tls::ROWS,
        737_000..=737_999 => address::ROWS,
        _ => path::ROWS,
    };
    let at = table.binary_search_by_key(&id, |meaning| meaning.id).ok()?;
    table.get(at)
}

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Meaning> {
    [aaa::ROWS, address::ROWS, certificates::ROWS, login::ROWS, path::ROWS, tls::ROWS, tunnel::ROWS]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_and_says_something_in_both_languages() {
        for meaning in all() {
            assert_eq!(of(meaning.id), Some(meaning));
            assert!(meaning.severity < 8);
            assert!(meaning.means.en().ends_with('.') && meaning.means.de().ends_with('.'), "{}", meaning.id);
            assert_ne!(meaning.means.en(), meaning.means.de(), "{}", meaning.id);
        }
        assert!(all().count() > 200, "{}", all().count());
        assert_eq!(of(302_020), None);
    }
}
