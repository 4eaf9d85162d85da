//! A row of the table, and what tells it.

use crate::text::Text;

/// One kind of file.
#[derive(Debug)]
pub struct ForeignFile {
    /// Its id.
    pub id: &'static str,
    /// What it is, with its article: `an nmap result`.
    pub name: Text,
    /// The same for several: `nmap results`.
    pub several: Text,
    /// What to bring instead, in one sentence; empty where there is nothing to bring.
    pub instead: Text,
    /// What it could prove.
    pub weight: Weight,
    /// Any one of these tells it.
    pub signs: &'static [Sign],
}

/// What a file of a kind could prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It shows that the gateway is another product than an ASA.
    Gateway,
    /// It could show a fault.
    Evidence,
    /// A picture, an office document, a program: it is named and changes nothing.
    Nothing,
}

/// What tells a kind of file.
#[derive(Clone, Copy, Debug)]
pub enum Sign {
    /// These bytes at this place.
    Bytes(usize, &'static [u8]),
    /// A zip whose first member's name begins so. OpenDocument's first member is not packed, so its content follows.
    Packed(&'static [&'static str]),
    /// A compound file (MS-CFB) that holds these bytes.
    Compound(&'static [u8]),
    /// A line begins with this, blanks in front of it aside.
    Starts(&'static str),
    /// A line holds this.
    Holds(&'static str),
    /// Each of these stands in some line.
    Each(&'static [&'static str]),
}

impl ForeignFile {
    /// The line that tells it, by its place among these; `None` where none does. A sign of several lines is told by
    /// its first.
    pub fn told_by(&self, lines: &[&str]) -> Option<usize> {
        let holding = |words: &str| lines.iter().position(|line| line.contains(words));
        self.signs.iter().find_map(|sign| match sign {
            Sign::Bytes(..) | Sign::Packed(_) | Sign::Compound(_) => None,
            Sign::Starts(words) => lines.iter().position(|line| line.trim_start().starts_with(words)),
            Sign::Holds(words) => holding(words),
            Sign::Each(words) => {
                let places: Option<Vec<usize>> = words.iter().map(|words| holding(words)).collect();
                places?.into_iter().min()
            }
        })
    }

    /// True where its magic bytes stand in a file.
    pub fn has_bytes(&self, file: &[u8]) -> bool {
        self.signs.iter().any(|sign| match sign {
            Sign::Bytes(offset, magic) => file.get(*offset..).is_some_and(|rest| rest.starts_with(magic)),
            Sign::Packed(names) => names.iter().any(|name| {
                let first = file.get(ZIP_NAME..).filter(|_| file.starts_with(b"PK\x03\x04"));
                first.is_some_and(|first| first.starts_with(name.as_bytes()))
            }),
            Sign::Compound(held) => {
                file.starts_with(COMPOUND) && (held.is_empty() || memchr::memmem::find(file, held).is_some())
            }
            Sign::Starts(_) | Sign::Holds(_) | Sign::Each(_) => false,
        })
    }
}

/// Where the name of a zip's first member stands (PKWARE appnote 4.3.7).
const ZIP_NAME: usize = 30;
/// How a compound file begins (MS-CFB 2.2).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
