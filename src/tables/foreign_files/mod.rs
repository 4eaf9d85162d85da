//! What a file seems to be that no format reads, and what to bring instead.
//!
//! ```text
//! Nmap scan report for vpn.example.com (192.0.2.1)          an nmap result
//! ocserv[2593]: main: initialized ocserv 1.2.2              a log of ocserv
//! 89 50 4e 47 0d 0a 1a 0a                                   a picture
//! ```
//!
//! A row is a guess by one or two telling lines or by magic bytes, so it is always told as "seems to be". The first
//! row that fits counts: what is particular stands before what is general.

mod binaries;
mod foreign_file;
mod gateways;
mod outputs;
mod texts;

pub use binaries::PROGRAM;
pub use foreign_file::{ForeignFile, Sign, Weight};
pub use texts::{COMMAND_OUTPUT, SCREEN_TEXT};

/// Every row, in the order in which they are tried.
pub fn all() -> impl Iterator<Item = &'static ForeignFile> {
    [binaries::ROWS, gateways::ROWS, outputs::ROWS, texts::ROWS].into_iter().flatten()
}

/// The row whose bytes a file has.
pub fn by_bytes(file: &[u8]) -> Option<&'static ForeignFile> {
    all().find(|row| row.has_bytes(file))
}

/// The row that these lines tell, and which of them.
pub fn by_lines(lines: &[&str]) -> Option<(&'static ForeignFile, usize)> {
    all().find_map(|row| Some((row, row.told_by(lines)?)))
}

/// The row of an id.
pub fn by_id(id: &str) -> Option<&'static ForeignFile> {
    all().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_row_has_an_id_of_its_own_and_both_languages() {
        let mut ids = BTreeSet::new();
        for row in all() {
            assert!(ids.insert(row.id), "{} stands twice", row.id);
            for lang in [Lang::En, Lang::De] {
                assert!(!row.name.get(lang).is_empty() && !row.several.get(lang).is_empty(), "{}", row.id);
            }
            assert_eq!(row.instead.is_empty(), row.weight == Weight::Nothing, "{}", row.id);
        }
    }

    #[test]
    fn a_sign_of_several_lines_needs_each_of_them() {
        let row = by_id("ocserv-configuration").unwrap();
        assert_eq!(row.told_by(&["# x", "run-as-user = ocserv", "ipv4-network = 198.51.100.0/24"]), Some(1));
        assert_eq!(row.told_by(&["run-as-user = nobody"]), None);
    }
}
