//! Type-length-value headers: what CUCM puts before the files that it signs for phones.
//!
//! ```text
//! 01 0002 01 00 | 02 0002 01a4 | 03 0047 (04 0017 "CN=cucm-pub…" 06 … 05 …) | 07 000f (08 0001 01 …) | 0c 0100 … | 0e … | 0f 0004 …
//! version 1.0     header length  signer                                       how it is signed         signature   name   time
//! ```
//!
//! Not a format of its own: signed files and trust lists begin alike. Empty means: a field keeps its default where
//! its tag was not seen.
//!
//! Quirks: a container's length is that of its children, which follow flat and are read like all others; tag 13
//! is a single byte of padding without a length; names end with a zero byte.
//!
//! Sources: usecallmanager certutils (sgnfile, tlvfile); Cisco 118893 (`show ctl`, names of the tags).

use nom::Parser;
use nom::bytes::complete::take;
use nom::multi::length_data;
use nom::number::complete::{be_u8, be_u16};

use crate::hex;
use crate::input::Note;
use crate::text::Text;

/// Tag and length of the version, and of the header's own length: the first bytes of every header.
const VERSION: [u8; 3] = [0x01, 0x00, 0x02];
const HEADER_LENGTH: [u8; 3] = [0x02, 0x00, 0x02];

/// A header.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// Major and minor.
    pub version: (u8, u8),
    /// What the header says of its own length in bytes.
    pub length: u16,
    pub signer: String,
    pub issuer: String,
    /// Lower-case hexadecimal.
    pub serial: String,
    pub hash_algorithm: Option<u8>,
    pub file_name: String,
    /// Seconds since 1970.
    pub signed_at: Option<u32>,
    /// The byte at which the body begins.
    pub body: usize,
    /// What is damaged.
    pub notes: Vec<Note>,
}

/// The version that a header states; `None` where the bytes are no header.
pub(crate) fn version(bytes: &[u8]) -> Option<(u8, u8)> {
    let rest = bytes.strip_prefix(&VERSION)?;
    let (&[major, minor], rest) = rest.split_first_chunk::<2>()?;
    let shown = rest.get(..rest.len().min(HEADER_LENGTH.len()))?;
    (shown.len() >= 2 && HEADER_LENGTH.starts_with(shown)).then_some((major, minor))
}

/// Reads a header as far as it goes.
pub(crate) fn header(bytes: &[u8]) -> Header {
    let mut header = Header::default();
    let mut at = 0;
    loop {
        let end = match usize::from(header.length) {
            0 => bytes.len(),
            length => length.min(bytes.len()),
        };
        if at >= end {
            break;
        }
        let inside = bytes.get(at..end).unwrap_or_default();
        let Some((tag, value, rest)) = element(inside) else {
            header.notes.push(Note::byte(at as u64, BREAKS_OFF));
            break;
        };
        at = end - rest.len();
        take_element(&mut header, tag, value);
    }
    let stated = usize::from(header.length);
    header.body = if stated == 0 { bytes.len() } else { stated.min(bytes.len()) };
    if stated > bytes.len() && header.notes.is_empty() {
        header.notes.push(Note::byte(bytes.len() as u64, BREAKS_OFF));
    }
    header
}

fn take_element(header: &mut Header, tag: u8, value: &[u8]) {
    match (tag, value) {
        (1, [major, minor]) => header.version = (*major, *minor),
        (2, [high, low]) => header.length = u16::from_be_bytes([*high, *low]),
        (4, name) => header.signer = text(name),
        (5, serial) => header.serial = hex::encode(serial),
        (6, name) => header.issuer = text(name),
        (8, [algorithm]) => header.hash_algorithm = Some(*algorithm),
        (14, name) => header.file_name = text(name),
        (15, &[a, b, c, d]) => header.signed_at = Some(u32::from_be_bytes([a, b, c, d])),
        _ => {}
    }
}

/// One element of a header: tag, value, and what follows. Of a container only the tag and length are consumed.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    const CONTAINERS: [u8; 6] = [3, 7, 9, 16, 17, 21];
    const PADDING: u8 = 13;
    let (rest, tag) = be_u8::<_, ()>(bytes).ok()?;
    match tag {
        PADDING => Some((tag, &[], rest)),
        tag if CONTAINERS.contains(&tag) => {
            let (rest, _) = be_u16::<_, ()>(rest).ok()?;
            Some((tag, &[], rest))
        }
        _ => value(bytes),
    }
}

/// Writes an element, for the tests of the formats that begin with such a header.
#[cfg(test)]
pub(crate) fn element_of(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[tag], length.as_slice(), value].concat()
}

/// One element that is no container: tag, value, and what follows.
pub(crate) fn value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (rest, (tag, value)) = (be_u8::<_, ()>, length_data(be_u16)).parse(bytes).ok()?;
    Some((tag, value, rest))
}

/// The first `length` bytes, and what follows.
pub(crate) fn split(bytes: &[u8], length: usize) -> Option<(&[u8], &[u8])> {
    let (rest, first) = take::<_, _, ()>(length)(bytes).ok()?;
    Some((first, rest))
}

/// A name up to its zero byte, without control characters.
pub(crate) fn text(bytes: &[u8]) -> String {
    let name = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(name).chars().filter(|sign| !sign.is_control()).collect()
}

const BREAKS_OFF: Text = Text::fixed(
    "The signature header breaks off or is damaged at this byte; what it says behind it is not known. Download the file again.",
    "Der Signaturkopf bricht an diesem Byte ab oder ist beschädigt; was er dahinter sagt, ist nicht bekannt. Laden Sie die Datei erneut herunter.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_known_by_its_first_bytes() {
        let whole = [1, 0, 2, 1, 0, 2, 0, 2, 1, 164];
        assert_eq!(version(&whole), Some((1, 0)));
        assert_eq!(version(&whole[..7]), Some((1, 0)));
        assert_eq!(version(&whole[..5]), None);
        assert_eq!(version(&[1, 0, 2, 1, 0, 3, 0, 2, 1, 164]), None);
    }

    #[test]
    fn children_of_containers_are_read_and_padding_has_no_length() {
        let bytes = [
            1, 0, 2, 1, 2, 2, 0, 2, 0, 30, 3, 0, 10, 4, 0, 3, b'C', b'A', 0, 5, 0, 1, 0xab, 13, 13, 15, 0, 4,
            0, 0, 1, 0,
        ];
        let header = header(&bytes);
        assert_eq!((header.version, header.signer.as_str(), header.serial.as_str()), ((1, 2), "CA", "ab"));
        // The stated length cuts the time in two.
        assert_eq!((header.body, header.notes.len(), header.notes[0].offset), (30, 1, Some(25)));
    }
}
