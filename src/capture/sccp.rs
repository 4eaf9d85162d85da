//! SCCP (Skinny): registration at a call manager.
//!
//! ```text
//! 38000000 00000000 01000000 "SEP001122334455" …     length, version, message 1: register; little-endian
//! ```
//!
//! Sources: Wireshark, epan/dissectors/packet-skinny.c.in (message numbers and fields).

use super::cursor::Cursor;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sccp {
    /// The phone registers, by its name.
    Register {
        /// For example `SEP001122334455`.
        name: String,
    },
    /// It is registered.
    Registered,
    /// It is refused, in the server's words.
    Rejected {
        /// May be empty.
        text: String,
    },
    /// It says that it is still there.
    KeepAlive,
    /// The server says so, too.
    KeepAliveAnswer,
    /// The server sends the phone to reset (1) or restart (2).
    Reset {
        /// 1 or 2.
        kind: u32,
    },
    /// The phone leaves.
    Unregister,
    /// What the phone says of its last loss.
    Alarm {
        /// For example `25: Name=SEP001122334455 …`.
        text: String,
    },
    /// Another message, by its number.
    Other(u32),
}

/// The longest message that is read, in bytes.
const MAX_MESSAGE: u32 = 4096;

/// The length of the message that begins here, head and all; `None` where none does.
pub fn length(bytes: &[u8]) -> Option<usize> {
    let length = little(bytes.get(..4)?)?;
    let version = little(bytes.get(4..8)?)?;
    ((4..=MAX_MESSAGE).contains(&length) && version <= 0x20).then_some(length as usize + 8)
}

/// Reads a whole message.
pub fn message(bytes: &[u8]) -> Option<Sccp> {
    let mut cursor = Cursor::new(bytes.get(8..)?);
    let number = little(cursor.take(4)?)?;
    Some(match number {
        0x0000 => Sccp::KeepAlive,
        0x0001 => Sccp::Register { name: text(cursor.take(16)?) },
        0x0020 => {
            cursor.take(4)?;
            Sccp::Alarm { text: text(cursor.rest().get(..cursor.rest().len().min(80))?) }
        }
        0x0027 => Sccp::Unregister,
        0x0081 => Sccp::Registered,
        0x009d => Sccp::Rejected { text: text(cursor.rest().get(..cursor.rest().len().min(33))?) },
        0x009f => Sccp::Reset { kind: little(cursor.take(4)?)? },
        0x0100 => Sccp::KeepAliveAnswer,
        number => Sccp::Other(number),
    })
}

fn little(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk::<4>()?))
}

fn text(bytes: &[u8]) -> String {
    let word = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(word).chars().filter(|c| !c.is_control()).collect()
}
