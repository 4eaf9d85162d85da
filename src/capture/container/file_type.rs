//! What kind of capture file it is, by its first four bytes.

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
