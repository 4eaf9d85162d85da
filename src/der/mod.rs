//! BER and DER elements: the tag-length-value trees of which certificates, keys and bundles are made.
//!
//! ```text
//! 30 82 03 4b   SEQUENCE of 0x34b bytes
//!    30 82 02 33   SEQUENCE …
//! ```
//!
//! Reading is tolerant where nothing is lost by it: lengths need not be the shortest, and the indefinite length of
//! BER is understood, because `openssl cms -stream` and old Windows tools write it. It never descends by itself, so
//! depth costs nothing. Empty input is [`Fault::Cut`].
//!
//! Source: ITU-T X.690 (02/2021), sections 8.1.2 (tags), 8.1.3 (lengths), 8.1.5 (end of contents).

use crate::text::{Class, Text};

pub mod bundle;
pub mod name;
pub mod oid;
pub mod shape;

/// Identifier octets used here, class and constructed bit included (X.690 8.1.2.2).
pub mod tag {
    /// BOOLEAN.
    pub const BOOLEAN: u8 = 0x01;
    /// INTEGER.
    pub const INTEGER: u8 = 0x02;
    /// BIT STRING.
    pub const BIT_STRING: u8 = 0x03;
    /// OCTET STRING.
    pub const OCTET_STRING: u8 = 0x04;
    /// OBJECT IDENTIFIER.
    pub const OID: u8 = 0x06;
    /// UTCTime.
    pub const UTC_TIME: u8 = 0x17;
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: u8 = 0x18;
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: u8 = 0x30;
    /// SET and SET OF.
    pub const SET: u8 = 0x31;
    /// `[0]`, constructed.
    pub const CONTEXT_0: u8 = 0xa0;
    /// `[3]`, constructed.
    pub const CONTEXT_3: u8 = 0xa3;
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The first identifier octet: class, constructed bit and number.
    pub tag: u8,
    /// What it holds.
    pub content: &'a [u8],
    /// Header, content, and the end of contents where the length is indefinite.
    pub whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// Reads the elements that it holds, one after the other.
    pub fn inside(&self) -> Elements<'a> {
        Elements { rest: self.content }
    }
}

/// Why bytes are not an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The bytes end before the element does.
    Cut {
        /// Bytes that the element says it has, header included, where it says so.
        needs: Option<u64>,
        /// Bytes that are there.
        has: u64,
    },
    /// The length octets are not valid.
    Length,
    /// Another element was expected here.
    Tag {
        /// The identifier octet that the structure asks for.
        wanted: u8,
        /// The one that is there.
        found: u8,
    },
}

impl Fault {
    /// The fault in words, as a clause after a colon.
    pub fn text(self) -> Text {
        match self {
            Self::Cut { needs: Some(needs), has } => {
                LENGTH_BEYOND_END.number("needs", needs).number("has", has)
            }
            Self::Cut { needs: None, .. } => Text::fixed("the data end too early", "die Daten enden zu früh"),
            Self::Length => Text::fixed(
                "a length is written in a way that DER does not know",
                "eine Länge ist so geschrieben, wie DER es nicht kennt",
            ),
            Self::Tag { wanted, found } => OTHER_TAG
                .with("found", Class::Words, format!("0x{found:02x}"))
                .with("wanted", Class::Words, format!("0x{wanted:02x}")),
        }
    }
}

/// The first element of the bytes; what follows it is left alone.
pub fn element(bytes: &[u8]) -> Result<Element<'_>, Fault> {
    let head = header(bytes)?;
    let (content_end, end) = match head.length {
        Some(length) => {
            let end = head.size.checked_add(length).ok_or(Fault::Length)?;
            (end, end)
        }
        None => {
            let end = end_of_contents(bytes, head.size)?;
            (end.saturating_sub(2), end)
        }
    };
    let cut = Fault::Cut { needs: Some(end as u64), has: bytes.len() as u64 };
    let whole = bytes.get(..end).ok_or(cut)?;
    let content = bytes.get(head.size..content_end).ok_or(cut)?;
    Ok(Element { tag: head.tag, content, whole })
}

/// The elements of a content, in order. Iteration ends after the first fault.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    /// The elements of some bytes.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next element's tag; `None` at the end.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, which has to have this tag.
    pub fn require(&mut self, wanted: u8) -> Result<Element<'a>, Fault> {
        match self.peek() {
            None => Err(Fault::Cut { needs: None, has: 0 }),
            Some(found) if found != wanted => Err(Fault::Tag { wanted, found }),
            Some(_) => self.step(),
        }
    }

    /// The next element where it has this tag; nothing is taken where it has not.
    pub fn optional(&mut self, wanted: u8) -> Result<Option<Element<'a>>, Fault> {
        if self.peek() == Some(wanted) { self.step().map(Some) } else { Ok(None) }
    }

    fn step(&mut self) -> Result<Element<'a>, Fault> {
        let found = element(self.rest);
        self.rest = match found {
            Ok(element) => self.rest.get(element.whole.len()..).unwrap_or_default(),
            Err(_) => &[],
        };
        found
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() { None } else { Some(self.step()) }
    }
}

/// An unsigned or signed INTEGER's content as lower-case hexadecimal without leading zeros; `-` where negative.
pub fn integer_hex(content: &[u8]) -> String {
    let negative = content.first().is_some_and(|byte| byte & 0x80 != 0);
    let mut magnitude = content.to_vec();
    if negative {
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            let (sum, over) = (!*byte).overflowing_add(u8::from(carry));
            (*byte, carry) = (sum, over);
        }
    }
    let digits = crate::hex::encode(&magnitude);
    let digits = digits.trim_start_matches('0');
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}

/// Bits of an unsigned INTEGER's content, leading zeros not counted.
pub fn integer_bits(content: &[u8]) -> u64 {
    let significant = content.iter().skip_while(|byte| **byte == 0).count() as u64;
    let first = content.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros());
    (significant * 8).saturating_sub(u64::from(first))
}

/// Tag and length of an element.
struct Header {
    tag: u8,
    /// Length of tag and length octets.
    size: usize,
    /// Length of the content; `None` where it is indefinite.
    length: Option<usize>,
}

fn header(bytes: &[u8]) -> Result<Header, Fault> {
    let cut = Fault::Cut { needs: None, has: bytes.len() as u64 };
    let tag = *bytes.first().ok_or(cut)?;
    let mut size = 1;
    if tag & 0x1f == 0x1f {
        // A tag number over 30 goes on while the high bit is set.
        loop {
            let octet = *bytes.get(size).ok_or(cut)?;
            size += 1;
            if octet & 0x80 == 0 {
                break;
            }
        }
    }
    let first = *bytes.get(size).ok_or(cut)?;
    size += 1;
    let length = match first {
        0..=0x7f => Some(usize::from(first)),
        0x80 if tag & 0x20 != 0 => None,
        0x81..=0x88 => {
            let count = usize::from(first & 0x7f);
            let octets = bytes.get(size..size + count).ok_or(cut)?;
            size += count;
            let length = octets.iter().fold(0_u64, |length, octet| length << 8 | u64::from(*octet));
            Some(usize::try_from(length).map_err(|_| Fault::Length)?)
        }
        _ => return Err(Fault::Length),
    };
    Ok(Header { tag, size, length })
}

/// Open indefinite lengths, one in another, beyond which bytes are noise: real bundles have under ten.
const DEEPEST: u32 = 64;

/// Where an element of indefinite length ends whose content begins at `from`.
fn end_of_contents(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let cut = Fault::Cut { needs: None, has: bytes.len() as u64 };
    let (mut at, mut open) = (from, 1_u32);
    while open > 0 {
        let rest = bytes.get(at..).ok_or(cut)?;
        if rest.starts_with(&[0, 0]) {
            open -= 1;
            at += 2;
            continue;
        }
        let inner = header(rest)?;
        match inner.length {
            Some(length) => {
                at = at.checked_add(inner.size).and_then(|at| at.checked_add(length)).ok_or(Fault::Length)?;
            }
            None if open >= DEEPEST => return Err(Fault::Length),
            None => {
                open += 1;
                at += inner.size;
            }
        }
    }
    Ok(at)
}

const LENGTH_BEYOND_END: Text = Text::fixed(
    "it says that it has {needs} bytes, and {has} are there",
    "laut Längenangabe {needs} Bytes, vorhanden sind {has}",
);

const OTHER_TAG: Text =
    Text::fixed("tag {found} stands where {wanted} belongs", "Tag {found} steht, wo {wanted} hingehört");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_every_form_are_read() {
        let rows: [(&[u8], &[u8]); 5] = [
            (&[0x04, 0x02, 1, 2, 9], &[1, 2]),
            (&[0x04, 0x81, 0x02, 1, 2], &[1, 2]),
            (&[0x04, 0x83, 0, 0, 0x02, 1, 2], &[1, 2]),
            (&[0x30, 0x80, 0x04, 1, 7, 0x30, 0x80, 0, 0, 0, 0, 9], &[0x04, 1, 7, 0x30, 0x80, 0, 0]),
            (&[0x1f, 0x81, 0x01, 0x01, 5], &[5]),
        ];
        for (bytes, content) in rows {
            assert_eq!(element(bytes).map(|found| found.content), Ok(content), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_not_an_element_says_why() {
        let cut = |needs, has| Err(Fault::Cut { needs, has });
        assert_eq!(element(&[]), cut(None, 0));
        assert_eq!(element(&[0x30, 0x03, 1]), cut(Some(5), 3));
        assert!(matches!(element(&[0x30, 0x80, 0x04, 1, 7]), Err(Fault::Cut { needs: None, .. })));
        assert_eq!(element(&[0x04, 0x80, 0, 0]), Err(Fault::Length));
        assert_eq!(element(&[0x30, 0x80].repeat(1000)), Err(Fault::Length));
        assert_eq!(element(&[0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1]), Err(Fault::Length));
        assert!(element(&[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).is_err());
        assert_eq!(Elements::of(&[2, 1, 5]).require(4), Err(Fault::Tag { wanted: 4, found: 2 }));
    }

    #[test]
    fn integers_are_printed_as_openssl_does() {
        let rows: [(&[u8], &str, u64); 6] = [
            (&[], "0", 0),
            (&[0], "0", 0),
            (&[0, 0x8f], "8f", 8),
            (&[0x0a, 0x1b], "a1b", 12),
            (&[0xff], "-1", 8),
            (&[0x80, 0x00], "-8000", 16),
        ];
        for (content, text, bits) in rows {
            assert_eq!(integer_hex(content), text);
            assert_eq!(integer_bits(content), bits, "{text}");
        }
    }
}
