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
mod counts;
mod file_type;
mod pcapng;
mod unit;

pub use counts::{Counts, Damage, Fault, MAX_DAMAGE, Packet, TakePacket};
pub use file_type::FileType;
pub use pcapng::MAX_BLOCK;
use unit::Unit;

/// Cuts a capture into packets.
#[derive(Debug, Default)]
pub struct Container {
    state: State,
    /// The kind that the head told; it stays where reading stops.
    file_type: Option<FileType>,
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

#[derive(Debug, Default)]
enum State {
    #[default]
    Start,
    Classic(classic::Classic),
    Pcapng(pcapng::Section),
    Stopped,
}

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
        self.file_type
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
                    self.file_type = Some(FileType::Pcapng);
                    self.state = State::Pcapng(pcapng::Section::default());
                    Unit::Took(0)
                }
                Some(file_type) => match classic::Classic::of(file_type, bytes) {
                    None => Unit::Needs(classic::HEAD),
                    Some(classic) => {
                        self.file_type = Some(file_type);
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

#[cfg(test)]
mod tests;
