//! A header block of tar, in any of its dialects: V7, ustar, GNU, star.
//!
//! ```text
//!   0 name 100   124 size 12   136 mtime 12   148 checksum 8   156 type   157 link 100   257 "ustar\0" or "ustar  \0"
//! 345 prefix 155 (star: 131, and "tar\0" at 508)   GNU sparse: 482 more holes, 483 real size 12
//! ```

use crate::time::Stamp;

/// Bytes of a header, and what everything in a tar is filled up to.
pub(super) const BLOCK: usize = 512;

/// What a header says.
pub(super) struct Header {
    pub(super) name: Vec<u8>,
    pub(super) link: Vec<u8>,
    /// The type: a digit, a letter, or 0.
    pub(super) kind: u8,
    /// Bytes behind it.
    pub(super) size: u64,
    pub(super) modified: Option<Stamp>,
    /// Of an old GNU sparse member: its size with the holes, and whether their list goes on in the next block.
    pub(super) real_size: Option<u64>,
    pub(super) more_holes: bool,
}

impl Header {
    /// Reads a block; `None` where its checksum or its size makes no sense.
    pub(super) fn read(block: &[u8; BLOCK]) -> Option<Self> {
        let claimed = number(block.get(148..156)?)?;
        let field = 148..156;
        let bytes = || block.iter().zip(0..).map(|(byte, at)| if field.contains(&at) { b' ' } else { *byte });
        let unsigned: i64 = bytes().map(i64::from).sum();
        // Some old systems summed signed characters.
        let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
        if claimed != unsigned && claimed != signed {
            return None;
        }
        let size = u64::try_from(number(block.get(124..136)?)?).ok()?;
        let kind = *block.get(156)?;
        let mut name = until_zero(block.get(..100)?).to_vec();
        let gnu = block.get(257..265) == Some(GNU);
        let star = block.get(508..512) == Some(b"tar\0");
        if !gnu && block.get(257..262) == Some(b"ustar") {
            let prefix = until_zero(block.get(345..if star { 476 } else { 500 })?);
            if !prefix.is_empty() {
                name = [prefix, b"/", &name].concat();
            }
        }
        let sparse = kind == b'S';
        let real_size = number(block.get(483..495)?).and_then(|size| u64::try_from(size).ok());
        Some(Self {
            name,
            link: until_zero(block.get(157..257)?).to_vec(),
            kind,
            size,
            modified: number(block.get(136..148)?).and_then(utc),
            real_size: real_size.filter(|_| sparse),
            more_holes: sparse && block.get(482) != Some(&0),
        })
    }
}

/// True where a block bears the mark of a dialect, whatever else it says.
pub(super) fn is_marked(block: &[u8; BLOCK]) -> bool {
    block.get(257..265) == Some(GNU) || block.get(257..263) == Some(b"ustar\0")
}

const GNU: &[u8] = b"ustar  \0";

/// What stands before the first zero.
pub(super) fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Seconds since 1970 as a moment; `None` for what no calendar has.
pub(super) fn utc(seconds: i64) -> Option<Stamp> {
    let micros = seconds.checked_mul(1_000_000)?;
    time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    Some(Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(micros) })
}

/// A number: octal digits between blanks and zeros, or base 256 where the first bit is set. Nothing at all is 0, as
/// `tar -V` writes it; `None` for anything else, and for what does not fit.
fn number(field: &[u8]) -> Option<i64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        // Two's complement, without the mark.
        let negative = first & 0x40 != 0;
        let head = if negative { i64::from(*first) - 0x100 } else { i64::from(first & 0x7f) };
        return rest
            .iter()
            .try_fold(head, |value, byte| value.checked_mul(256)?.checked_add(i64::from(*byte)));
    }
    let blank = |byte: &u8| matches!(*byte, b' ' | 0);
    let start = field.iter().position(|byte| !blank(byte)).unwrap_or(field.len());
    let digits = field.get(start..)?;
    let end = digits.iter().position(blank).unwrap_or(digits.len());
    digits.get(..end)?.iter().try_fold(0_i64, |value, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 8)?;
        value.checked_mul(8)?.checked_add(i64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_notation() {
        for (field, expected) in [
            (&b"00000001750\0"[..], Some(1000)),
            (b"       1750 ", Some(1000)),
            (b"000000001750", Some(1000)),
            (b"\0\0\0\0\0\0\0\0\0\0\0\0", Some(0)),
            (b"            ", Some(0)),
            (b"\x80\0\0\0\0\0\0\x04\0\0\0\0", Some(1 << 34)),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", Some(-1)),
            (b"0000000017a0", None),
            (b"-0000000001\0", None),
            (b"\xff\0\0\0\0\0\0\0\0\0\0\0", None),
        ] {
            assert_eq!(number(field), expected, "{field:02x?}");
        }
    }
}
