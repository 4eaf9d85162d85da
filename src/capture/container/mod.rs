//! Capture files: pcap in all its kinds and pcapng, cut into packets as the bytes come.
//!
//! ```text
//! d4c3b2a1 0200 0400 … 01000000 | seconds micros captured length data | …           classic pcap, little-endian
//! 0a0d0d0a 1c000000 4d3c2b1a … | 01000000 … (interface) | 06000000 … (packet) | …   pcapng
//! ```
//!
//! Chunks may have any size, one byte as well. At most one block is held. What is damaged is skipped by the length
//! that it states, and listed.
//!
//! Quirks: the captured length may exceed the snap length of the header, and the snap length may be 0; zero bytes
//! behind the last record of a classic pcap are no packets; Wireshark numbers journal and custom blocks of pcapng as
//! well, so its frame numbers run ahead of a plain count of packets: [`Packet::number`] is Wireshark's.
//!
//! Sources: pcap-savefile(5); draft-ietf-opsawg-pcapng, sections 3 and 4; Wireshark 4.0, wiretap/pcapng.c.

mod classic;
mod pcapng;

pub use pcapng::MAX_BLOCK;

/// One packet of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// 1-based, as Wireshark numbers frames.
    pub number: u64,
    /// 0-based byte of the file at which its block or record begins.
    pub offset: u64,
    /// Nanoseconds since 1970-01-01T00:00:00Z; `None` where the file gives no time.
    pub nanos: Option<i64>,
    /// The link type of `tcpdump.org/linktypes`, without the bits of a frame check sequence; `None` where the packet
    /// names an interface that the file does not describe.
    pub link: Option<u16>,
    /// The captured bytes.
    pub data: &'a [u8],
    /// Bytes on the wire; more than were captured where the capture cuts them.
    pub length: u32,
}

/// What is wrong at a place of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// 0-based byte at which the damaged block or record begins.
    pub offset: u64,
    /// What it is.
    pub what: Fault,
}

/// Kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file ends inside a block or record, or inside its head.
    CutOff,
    /// A record or block states a length that none has: skipped by it.
    TooLong,
    /// The captured bytes do not fit into their block: the packet was left out.
    NotInBlock,
    /// A packet of an interface that the file does not describe.
    UnknownInterface,
    /// Only zero bytes follow the last packet of a classic pcap.
    ZeroBytes,
    /// A block whose length no block can have: where the next one begins is not known.
    BlockLength,
    /// A section header without a byte order, or a head that is no capture's.
    Head,
}

/// The kinds of capture files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// Classic pcap with microseconds.
    Pcap,
    /// Classic pcap with nanoseconds.
    NanosecondPcap,
    /// Alexey Kuznetsov's modified pcap: a longer head before each packet.
    ModifiedPcap,
    /// pcapng.
    Pcapng,
}

impl FileType {
    /// The kind of the file that begins with these bytes.
    pub fn of(head: &[u8]) -> Option<Self> {
        Some(match head.first_chunk::<4>()? {
            [0xd4, 0xc3, 0xb2, 0xa1] | [0xa1, 0xb2, 0xc3, 0xd4] => Self::Pcap,
            [0x4d, 0x3c, 0xb2, 0xa1] | [0xa1, 0xb2, 0x3c, 0x4d] => Self::NanosecondPcap,
            [0x34, 0xcd, 0xb2, 0xa1] | [0xa1, 0xb2, 0xcd, 0x34] => Self::ModifiedPcap,
            [0x0a, 0x0d, 0x0d, 0x0a] => Self::Pcapng,
            _ => return None,
        })
    }
}

/// Cuts a capture into packets.
#[derive(Debug, Default)]
pub struct Container {
    state: State,
    /// The bytes of a unit (a head, a record, a block) that began in an earlier chunk.
    held: Vec<u8>,
    /// How many bytes the unit in `held` needs before anything can be said of it.
    wanted: usize,
    /// Bytes that are passed over unread.
    skip: u64,
    /// The byte of the file at which the next unit begins.
    offset: u64,
    counts: Counts,
}

/// What was counted while a capture was cut.
#[derive(Debug, Default)]
pub struct Counts {
    /// Packets.
    pub packets: u64,
    /// Packets and what Wireshark numbers like them.
    numbered: u64,
    /// Section headers of pcapng; 1 for a classic pcap.
    pub sections: u32,
    /// Link types of the interfaces, each once, in the order of the file.
    pub links: Vec<u16>,
    /// Damage, the first [`MAX_DAMAGE`] of it.
    pub damage: Vec<Damage>,
    /// Damage behind that.
    pub more_damage: u64,
}

/// Pieces of damage that are listed.
pub const MAX_DAMAGE: usize = 32;

impl Counts {
    fn damaged(&mut self, offset: u64, what: Fault) {
        if self.damage.len() < MAX_DAMAGE {
            self.damage.push(Damage { offset, what });
        } else {
            self.more_damage += 1;
        }
    }

    fn link(&mut self, link: u16) {
        if !self.links.contains(&link) && self.links.len() < 64 {
            self.links.push(link);
        }
    }

    /// The number of the next packet.
    fn next_packet(&mut self) -> u64 {
        self.packets += 1;
        self.next_number()
    }

    fn next_number(&mut self) -> u64 {
        self.numbered += 1;
        self.numbered
    }
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Start,
    Classic(classic::Classic),
    Pcapng(pcapng::Section),
    Stopped,
}

/// What a reader says of the bytes at the beginning of a unit.
enum Unit {
    /// It needs so many bytes, counted from the unit's beginning.
    Needs(usize),
    /// It took so many bytes.
    Took(usize),
    /// It passes over so many bytes, of which some may not have come yet.
    Skip(u64),
    /// Nothing behind can be read.
    Stop,
}

/// Takes packets as they are cut.
pub type TakePacket<'t> = &'t mut dyn FnMut(Packet<'_>);

impl Container {
    /// Takes the next chunk, and gives out the packets that end in it.
    pub fn push(&mut self, chunk: &[u8], take: TakePacket<'_>) {
        let mut chunk = chunk;
        while !chunk.is_empty() && !matches!(self.state, State::Stopped) {
            if self.skip > 0 {
                let passed = usize::try_from(self.skip).unwrap_or(usize::MAX).min(chunk.len());
                chunk = chunk.get(passed..).unwrap_or_default();
                self.skip -= passed as u64;
                self.offset += passed as u64;
            } else if self.held.is_empty() {
                let unit = self.unit(chunk, take);
                if let Unit::Needs(wanted) = unit {
                    self.wanted = wanted;
                    self.held.extend_from_slice(chunk);
                    return;
                }
                let taken = self.pass(unit, chunk.len());
                chunk = chunk.get(taken..).unwrap_or_default();
            } else {
                let missing = self.wanted.saturating_sub(self.held.len()).min(chunk.len());
                let (more, rest) = chunk.split_at_checked(missing).unwrap_or((chunk, &[]));
                self.held.extend_from_slice(more);
                chunk = rest;
                if self.held.len() < self.wanted {
                    return;
                }
                let held = std::mem::take(&mut self.held);
                match self.unit(&held, take) {
                    Unit::Needs(wanted) if wanted > held.len() => {
                        self.wanted = wanted;
                        self.held = held;
                    }
                    unit => {
                        let taken = self.pass(unit, held.len());
                        self.held = held;
                        self.held.drain(..taken.min(self.held.len()));
                        self.wanted = 0;
                    }
                }
            }
        }
    }

    /// The capture's kind, as far as its head has come.
    pub fn file_type(&self) -> Option<FileType> {
        match &self.state {
            State::Classic(classic) => Some(classic.file_type),
            State::Pcapng(_) => Some(FileType::Pcapng),
            State::Start | State::Stopped => None,
        }
    }

    /// What was counted so far.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// All chunks were given.
    pub fn finish(mut self) -> Counts {
        let inside = !self.held.is_empty() || self.skip > 0;
        if inside && !matches!(self.state, State::Stopped) {
            let zero = matches!(self.state, State::Classic(_)) && self.held.iter().all(|byte| *byte == 0);
            let what = if zero && self.skip == 0 { Fault::ZeroBytes } else { Fault::CutOff };
            self.counts.damaged(self.offset, what);
        }
        self.counts
    }

    fn unit(&mut self, bytes: &[u8], take: TakePacket<'_>) -> Unit {
        match &mut self.state {
            State::Start => match FileType::of(bytes) {
                None if bytes.len() < 4 => Unit::Needs(4),
                None => {
                    self.counts.damaged(self.offset, Fault::Head);
                    Unit::Stop
                }
                Some(FileType::Pcapng) => {
                    self.state = State::Pcapng(pcapng::Section::default());
                    Unit::Took(0)
                }
                Some(file_type) => match classic::Classic::of(file_type, bytes) {
                    None => Unit::Needs(classic::HEAD),
                    Some(classic) => {
                        self.counts.sections = 1;
                        self.counts.link(classic.link);
                        self.state = State::Classic(classic);
                        Unit::Took(classic::HEAD)
                    }
                },
            },
            State::Classic(classic) => classic.record(bytes, self.offset, &mut self.counts, take),
            State::Pcapng(section) => section.block(bytes, self.offset, &mut self.counts, take),
            State::Stopped => Unit::Stop,
        }
    }

    /// The bytes of the unit that are done with.
    fn pass(&mut self, unit: Unit, available: usize) -> usize {
        match unit {
            Unit::Took(taken) => {
                self.offset += taken as u64;
                taken
            }
            Unit::Skip(length) => {
                let here = usize::try_from(length).unwrap_or(usize::MAX).min(available);
                self.offset += here as u64;
                self.skip = length - here as u64;
                here
            }
            Unit::Needs(_) => 0,
            Unit::Stop => {
                self.state = State::Stopped;
                available
            }
        }
    }
}

fn u16_of(bytes: &[u8], at: usize, big: bool) -> Option<u16> {
    let bytes = *bytes.get(at..)?.first_chunk::<2>()?;
    Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
}

fn u32_of(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let bytes = *bytes.get(at..)?.first_chunk::<4>()?;
    Some(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
}

/// The link type of a field that holds the length of a frame check sequence in its upper bits.
fn link_type(field: u32) -> u16 {
    (field & 0xffff) as u16
}

#[cfg(test)]
mod tests;
