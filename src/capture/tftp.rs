//! TFTP: which file is asked for, and whether it comes.
//!
//! ```text
//! 0001 "SEP001122334455.cnf.xml" 00 "octet" 00     read request
//! 0003 0001 data | 0005 0001 "File not found" 00   data, error
//! ```
//!
//! Sources: RFC 1350; RFC 2347, 2348.

use super::cursor::Cursor;

/// One packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tftp {
    /// A file is asked for.
    Request {
        /// Its name.
        file: String,
    },
    /// A block of it, and its size in bytes.
    Data {
        /// 1 is the first; it counts around at 65536.
        block: u16,
        /// Bytes in it.
        size: u32,
    },
    /// A block came.
    Acknowledged {
        /// Its number.
        block: u16,
    },
    /// 0 not defined, 1 file not found, 2 access violation, and so on.
    Error {
        /// The code.
        code: u16,
        /// The server's words.
        text: String,
    },
    /// Options were accepted; the size of a block, where it was agreed.
    Options {
        /// Bytes a block.
        block_size: Option<u16>,
    },
}

/// Reads one packet of which `missing` bytes were not captured.
pub fn packet(bytes: &[u8], missing: u32) -> Option<Tftp> {
    let mut cursor = Cursor::new(bytes);
    Some(match cursor.u16()? {
        1 => {
            let mut words = cursor.rest().split(|byte| *byte == 0);
            let file = String::from_utf8_lossy(words.next()?).into_owned();
            let mode = words.next()?;
            let plain = !file.is_empty() && file.len() <= 255 && !file.chars().any(char::is_control);
            let known =
                [&b"octet"[..], b"netascii", b"mail"].iter().any(|one| mode.eq_ignore_ascii_case(one));
            if !plain || !known {
                return None;
            }
            Tftp::Request { file }
        }
        3 => Tftp::Data {
            block: cursor.u16()?,
            size: u32::try_from(cursor.rest().len()).unwrap_or(u32::MAX).saturating_add(missing),
        },
        4 => Tftp::Acknowledged { block: cursor.u16()? },
        5 => Tftp::Error {
            code: cursor.u16()?,
            text: String::from_utf8_lossy(cursor.rest().split(|byte| *byte == 0).next()?)
                .chars()
                .take(120)
                .collect(),
        },
        6 => {
            let words: Vec<&[u8]> = cursor.rest().split(|byte| *byte == 0).take(32).collect();
            let size = words.chunks(2).find_map(|pair| match pair {
                [name, value] if name.eq_ignore_ascii_case(b"blksize") => {
                    std::str::from_utf8(value).ok()?.parse().ok()
                }
                _ => None,
            });
            Tftp::Options { block_size: size }
        }
        _ => return None,
    })
}
