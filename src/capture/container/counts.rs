//! Packets that were cut out of a capture, and what was counted and found damaged on the way.

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

/// Takes packets as they are cut.
pub type TakePacket<'t> = &'t mut dyn FnMut(Packet<'_>);

/// What was counted while a capture was cut.
#[derive(Debug, Default, PartialEq, Eq)]
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
    pub(super) fn damaged(&mut self, offset: u64, what: Fault) {
        if self.damage.len() < MAX_DAMAGE {
            self.damage.push(Damage { offset, what });
        } else {
            self.more_damage += 1;
        }
    }

    pub(super) fn link(&mut self, link: u16) {
        if !self.links.contains(&link) && self.links.len() < 64 {
            self.links.push(link);
        }
    }

    /// The number of the next packet.
    pub(super) fn next_packet(&mut self) -> u64 {
        self.packets += 1;
        self.next_number()
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.numbered += 1;
        self.numbered
    }
}
