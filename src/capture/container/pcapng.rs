//! pcapng: blocks of a type and a length, in sections with interfaces of their own.
//!
//! ```text
//! 0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000    section header: byte order, version, length
//! 01000000 14000000 0100 0000 00000400 14000000                     interface: link type, snap length, options
//! 06000000 length   interface time-high time-low captured length data options length
//! ```
//!
//! Quirks: a section header in the middle of a file forgets the interfaces and may change the byte order; times count
//! in the interface's own unit, a power of ten or of two, with an offset in seconds; the obsolete Packet Block (2) is
//! a packet; a Simple Packet Block has neither time nor captured length.
//!
//! Sources: draft-ietf-opsawg-pcapng, sections 3.1 to 4.7; systemd journal export block; libpcap, sf-pcapng.c.

use super::unit::{Unit, link_type, u16_of, u32_of};
use super::{Counts, Fault, Packet, TakePacket};

/// The longest block that is read, in bytes; libpcap's own bound.
pub const MAX_BLOCK: u32 = 16 << 20;

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;
const JOURNAL: u32 = 9;
const CUSTOM: [u32; 2] = [0x0bad, 0x4000_0bad];

/// Interfaces of a section that are kept; files with more are made to be large.
const MAX_INTERFACES: usize = 4096;

/// The section that is being read.
#[derive(Debug, Default)]
pub(super) struct Section {
    big: bool,
    interfaces: Vec<Interface>,
}

#[derive(Debug)]
struct Interface {
    link: u16,
    snap_length: u32,
    resolution: Resolution,
    offset_seconds: i64,
}

#[derive(Clone, Copy, Debug)]
enum Resolution {
    /// Ten to the minus so many seconds.
    Decimal(u32),
    /// Two to the minus so many seconds.
    Binary(u32),
}

impl Section {
    pub(super) fn block(
        &mut self,
        bytes: &[u8],
        offset: u64,
        counts: &mut Counts,
        take: TakePacket<'_>,
    ) -> Unit {
        let Some(kind) = u32_of(bytes, 0, self.big) else { return Unit::Needs(8) };
        if kind == SECTION_HEADER {
            let Some(order) = bytes.get(8..12) else { return Unit::Needs(12) };
            self.big = match order {
                [0x1a, 0x2b, 0x3c, 0x4d] => true,
                [0x4d, 0x3c, 0x2b, 0x1a] => false,
                _ => {
                    counts.damaged(offset, Fault::Head);
                    return Unit::Stop;
                }
            };
        }
        let Some(length) = u32_of(bytes, 4, self.big) else { return Unit::Needs(8) };
        if length < 12 {
            counts.damaged(offset, Fault::BlockLength);
            return Unit::Stop;
        }
        // NTAR, the first library for pcapng, stated lengths without the padding that it wrote.
        let length = length.checked_next_multiple_of(4).unwrap_or(length);
        if length > MAX_BLOCK {
            counts.damaged(offset, Fault::TooLong);
            return Unit::Skip(u64::from(length));
        }
        let Some(body) = bytes.get(8..length as usize - 4) else { return Unit::Needs(length as usize) };
        if bytes.len() < length as usize {
            return Unit::Needs(length as usize);
        }
        match kind {
            SECTION_HEADER => {
                self.interfaces.clear();
                counts.sections = counts.sections.saturating_add(1);
            }
            INTERFACE => self.interface(body, counts),
            PACKET | SIMPLE_PACKET | ENHANCED_PACKET => self.packet(kind, body, offset, counts, take),
            JOURNAL => {
                counts.next_number();
            }
            kind if CUSTOM.contains(&kind) => {
                counts.next_number();
            }
            _ => {}
        }
        Unit::Took(length as usize)
    }

    fn interface(&mut self, body: &[u8], counts: &mut Counts) {
        if self.interfaces.len() >= MAX_INTERFACES {
            return;
        }
        let link = link_type(u32::from(u16_of(body, 0, self.big).unwrap_or_default()));
        let snap_length = u32_of(body, 4, self.big).unwrap_or_default();
        let mut interface =
            Interface { link, snap_length, resolution: Resolution::Decimal(6), offset_seconds: 0 };
        let mut options = body.get(8..).unwrap_or_default();
        while let (Some(code), Some(length)) = (u16_of(options, 0, self.big), u16_of(options, 2, self.big)) {
            let value = options.get(4..4 + usize::from(length)).unwrap_or_default();
            match (code, value) {
                (0, _) => break,
                (9, [unit, ..]) if unit & 0x80 == 0 => {
                    interface.resolution = Resolution::Decimal(u32::from(*unit));
                }
                (9, [unit, ..]) => interface.resolution = Resolution::Binary(u32::from(unit & 0x7f)),
                (14, value) => {
                    if let Some(bytes) = value.first_chunk::<8>() {
                        let read = if self.big { i64::from_be_bytes } else { i64::from_le_bytes };
                        interface.offset_seconds = read(*bytes);
                    }
                }
                _ => {}
            }
            let padded = 4 + usize::from(length).next_multiple_of(4);
            options = options.get(padded..).unwrap_or_default();
        }
        counts.link(interface.link);
        self.interfaces.push(interface);
    }

    fn packet(&self, kind: u32, body: &[u8], offset: u64, counts: &mut Counts, take: TakePacket<'_>) {
        let field = |at| u32_of(body, at, self.big).unwrap_or_default();
        let interface = match kind {
            ENHANCED_PACKET => field(0) as usize,
            PACKET => usize::from(u16_of(body, 0, self.big).unwrap_or_default()),
            _ => 0,
        };
        let interface = self.interfaces.get(interface);
        let (head, length) = if kind == SIMPLE_PACKET { (4, field(0)) } else { (20, field(16)) };
        let data = body.get(head..).unwrap_or_default();
        let captured = if kind == SIMPLE_PACKET {
            let snap = interface.map_or(0, |interface| interface.snap_length);
            let most = if snap == 0 { length } else { length.min(snap) };
            (most as usize).min(data.len())
        } else {
            field(12) as usize
        };
        let number = counts.next_packet();
        let Some(data) = data.get(..captured) else {
            counts.damaged(offset, Fault::NotInBlock);
            return;
        };
        if interface.is_none() {
            counts.damaged(offset, Fault::UnknownInterface);
        }
        let nanos = match interface {
            Some(interface) if kind != SIMPLE_PACKET => {
                let units = u64::from(field(4)) << 32 | u64::from(field(8));
                Some(interface.nanos(units))
            }
            _ => None,
        };
        let link = interface.map(|interface| interface.link);
        take(Packet { number, offset, nanos, link, data, length });
    }
}

impl Interface {
    /// Nanoseconds since 1970 of so many of the interface's units; the bounds of the type where it has no such time.
    fn nanos(&self, units: u64) -> i64 {
        let units = u128::from(units);
        let nanos = match self.resolution {
            Resolution::Decimal(digits @ 0..=9) => units.saturating_mul(10_u128.pow(9 - digits)),
            Resolution::Decimal(digits) => {
                10_u128.checked_pow(digits - 9).map_or(0, |divisor| units / divisor)
            }
            Resolution::Binary(bits) => units.saturating_mul(1_000_000_000) >> bits.min(127),
        };
        let nanos = i64::try_from(nanos).unwrap_or(i64::MAX);
        nanos.saturating_add(self.offset_seconds.saturating_mul(1_000_000_000))
    }
}
