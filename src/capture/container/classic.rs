//! Classic pcap: one head, then a record a packet.
//!
//! ```text
//! d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000    magic, version, zone, accuracy, snap length, link type
//! 5d2b1765 40420f00 3c000000 3c000000 …                     seconds, micros, captured, length, data
//! ```
//!
//! Quirks: the modified kind has eight more bytes before each packet; the upper bits of the link type are the length
//! of a frame check sequence.
//!
//! Sources: pcap-savefile(5); Wireshark, wiretap/libpcap.c.

use super::unit::{Unit, link_type, u32_of};
use super::{Counts, Fault, FileType, Packet, TakePacket};

/// Bytes of the file's head.
pub(super) const HEAD: usize = 24;

/// Bytes of the fields that every kind of record begins with. What they say counts as soon as they are there: whatever is
/// asked for beyond them may never come.
const FIELDS: usize = 16;

/// A record that states more bytes is damaged, as for Wireshark.
const MAX_CAPTURED: u32 = 262_144;

#[derive(Debug)]
pub(super) struct Classic {
    pub(super) file_type: FileType,
    big: bool,
    pub(super) link: u16,
}

impl Classic {
    /// Reads the head; `None` where it has not come as a whole.
    pub(super) fn of(file_type: FileType, head: &[u8]) -> Option<Self> {
        let big = head.first() == Some(&0xa1);
        let link = link_type(u32_of(head, 20, big)?);
        Some(Self { file_type, big, link })
    }

    pub(super) fn record(
        &self,
        bytes: &[u8],
        offset: u64,
        counts: &mut Counts,
        take: TakePacket<'_>,
    ) -> Unit {
        let head = if self.file_type == FileType::ModifiedPcap { FIELDS + 8 } else { FIELDS };
        let field = |at| u32_of(bytes, at, self.big);
        let (Some(seconds), Some(fraction), Some(captured), Some(length)) =
            (field(0), field(4), field(8), field(12))
        else {
            return Unit::Needs(FIELDS);
        };
        if (seconds, fraction, captured, length) == (0, 0, 0, 0) {
            counts.damaged(offset, Fault::ZeroBytes);
            return Unit::Stop;
        }
        if captured > MAX_CAPTURED {
            counts.damaged(offset, Fault::TooLong);
            return Unit::Skip(head as u64 + u64::from(captured));
        }
        let size = head + captured as usize;
        let Some(data) = bytes.get(head..size) else { return Unit::Needs(size) };
        let number = counts.next_packet();
        let per_unit = if self.file_type == FileType::NanosecondPcap { 1 } else { 1000 };
        let nanos = i64::from(seconds) * 1_000_000_000 + i64::from(fraction) * per_unit;
        take(Packet { number, offset, nanos: Some(nanos), link: Some(self.link), data, length });
        Unit::Took(size)
    }
}
