//! TCP: segments, and one direction of a connection put in order.
//!
//! ```text
//! c350 01bb 00000001 00000000 a002 …      port 50000 to 443, SYN
//! ```
//!
//! Quirks: segments come late, twice, overlapping, or were lost by the capture and not by the network: what the other
//! end has acknowledged and the capture never shows is a gap, not a wait. Checksums are not looked at: on the sending
//! host they are not finished.
//!
//! Sources: RFC 9293; Wireshark's users' guide, "TCP Analysis".

use std::collections::VecDeque;

use super::cursor::Cursor;

/// Flag FIN.
pub const FIN: u8 = 0x01;
/// Flag SYN.
pub const SYN: u8 = 0x02;
/// Flag RST.
pub const RST: u8 = 0x04;
/// Flag ACK.
pub const ACK: u8 = 0x10;

/// One segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The sender's port.
    pub from_port: u16,
    /// The receiver's port.
    pub to_port: u16,
    /// The number of its first byte.
    pub sequence: u32,
    /// The next byte that the sender expects.
    pub acknowledged: u32,
    /// [`FIN`], [`SYN`], [`RST`], [`ACK`].
    pub flags: u8,
    /// What was captured of its payload.
    pub payload: &'a [u8],
}

/// Reads a TCP header and what follows it.
pub fn segment(bytes: &[u8]) -> Option<Segment<'_>> {
    let mut header = Cursor::new(bytes);
    let (from_port, to_port) = (header.u16()?, header.u16()?);
    let (sequence, acknowledged) = (header.u32()?, header.u32()?);
    let length = usize::from(header.u8()? >> 4) * 4;
    let flags = header.u8()?;
    let payload = bytes.get(length..).unwrap_or_default();
    (length >= 20).then_some(Segment { from_port, to_port, sequence, acknowledged, flags, payload })
}

/// Bytes of one direction that wait for earlier ones.
const MAX_WAITING_BYTES: usize = 256 << 10;
/// Segments that wait.
const MAX_WAITING: usize = 256;
/// So many segments behind a gap that the other end has acknowledged: what fills it is not in the capture.
const GIVE_UP_BEHIND: usize = 8;

/// One direction in order.
#[derive(Debug, Default)]
pub struct Stream {
    /// The number of the SYN.
    first: Option<u32>,
    /// The number of the next byte; `None` before the first segment.
    next: Option<u32>,
    /// Segments that came too early, by their distance.
    waiting: VecDeque<Waiting>,
    waiting_bytes: usize,
    /// The end of the furthest byte that was sent.
    top: Option<u32>,
    /// The next byte that the other end expects, as far as it said so.
    acknowledged: Option<u32>,
    /// Something was left out of what was given on.
    pub gaps: u32,
}

#[derive(Debug)]
struct Waiting {
    sequence: u32,
    bytes: Vec<u8>,
    missing: u32,
}

/// A piece of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Bytes of one segment.
    Bytes(&'a [u8]),
    /// So many bytes were sent and are not in the capture.
    Lost(u32),
}

/// Takes pieces in order.
pub type TakePiece<'t> = &'t mut dyn FnMut(Piece<'_>);

impl Stream {
    /// The connection begins: the first byte follows this number.
    pub fn begin(&mut self, sequence: u32) {
        self.first.get_or_insert(sequence);
        self.next.get_or_insert(sequence.wrapping_add(1));
        self.top.get_or_insert(sequence.wrapping_add(1));
    }

    /// The connection began with this number.
    pub fn begins_at(&self, sequence: u32) -> bool {
        self.first == Some(sequence)
    }

    /// What the other end acknowledges.
    pub fn acknowledge(&mut self, number: u32) {
        if self.acknowledged.is_none_or(|before| ahead(number, before)) {
            self.acknowledged = Some(number);
        }
    }

    /// Everything that was sent has been acknowledged.
    pub fn is_acknowledged(&self) -> bool {
        match (self.top, self.acknowledged) {
            (Some(top), Some(acknowledged)) => !ahead(top, acknowledged),
            (None, _) => true,
            (Some(_), None) => false,
        }
    }

    /// Some bytes that the other end has never acknowledged lie before others that came.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Bytes that wait for earlier ones.
    pub fn waiting_bytes(&self) -> usize {
        self.waiting_bytes
    }

    /// Counts a segment's place alone; whether it was sent before.
    pub fn note(&mut self, segment: &Segment<'_>, missing: u32) -> bool {
        let length = u32::try_from(segment.payload.len()).unwrap_or(u32::MAX).saturating_add(missing);
        let end = segment.sequence.wrapping_add(length);
        if self.top.is_none_or(|top| ahead(end, top)) {
            self.top = Some(end);
            return false;
        }
        length > 0
    }

    /// Takes a segment of which `missing` bytes were not captured, and gives on what is in order now.
    pub fn push(&mut self, segment: &Segment<'_>, missing: u32, take: TakePiece<'_>) {
        let next = *self.next.get_or_insert(segment.sequence);
        let distance = segment.sequence.wrapping_sub(next) as i32;
        if distance > 0 {
            self.wait(segment, missing);
            let acknowledged = self
                .waiting
                .front()
                .is_some_and(|first| self.acknowledged.is_some_and(|number| !ahead(first.sequence, number)));
            let many = self.waiting.len() >= MAX_WAITING || self.waiting_bytes >= MAX_WAITING_BYTES;
            if many || acknowledged && self.waiting.len() >= GIVE_UP_BEHIND {
                self.skip_gap(take);
            }
            return;
        }
        self.give(segment.sequence, segment.payload, missing, take);
        self.drain(take);
    }

    /// No more segments come: gives on what waited, gaps between.
    pub fn finish(&mut self, take: TakePiece<'_>) {
        while !self.waiting.is_empty() {
            self.skip_gap(take);
        }
    }

    /// Forgets what waits.
    pub fn forget(&mut self) {
        self.waiting = VecDeque::new();
        self.waiting_bytes = 0;
    }

    fn wait(&mut self, segment: &Segment<'_>, missing: u32) {
        let sequence = segment.sequence;
        let place = self.waiting.partition_point(|other| ahead(sequence, other.sequence));
        let same = self.waiting.get(place).filter(|other| other.sequence == sequence);
        if same.is_some_and(|other| other.bytes.len() >= segment.payload.len()) {
            return;
        }
        self.waiting_bytes += segment.payload.len();
        self.waiting.insert(place, Waiting { sequence, bytes: segment.payload.to_vec(), missing });
    }

    fn skip_gap(&mut self, take: TakePiece<'_>) {
        if let (Some(first), Some(next)) = (self.waiting.front(), self.next)
            && ahead(first.sequence, next)
        {
            self.gaps = self.gaps.saturating_add(1);
            take(Piece::Lost(first.sequence.wrapping_sub(next)));
            self.next = Some(first.sequence);
        }
        self.drain(take);
    }

    fn drain(&mut self, take: TakePiece<'_>) {
        while let Some(next) = self.next
            && self.waiting.front().is_some_and(|first| !ahead(first.sequence, next))
            && let Some(first) = self.waiting.pop_front()
        {
            self.waiting_bytes -= first.bytes.len();
            self.give(first.sequence, &first.bytes, first.missing, take);
        }
    }

    /// Gives on what of a segment lies behind what was given on before.
    fn give(&mut self, sequence: u32, bytes: &[u8], missing: u32, take: TakePiece<'_>) {
        let Some(next) = self.next else { return };
        let overlap = next.wrapping_sub(sequence);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let end = sequence.wrapping_add(length).wrapping_add(missing);
        if !ahead(end, next) {
            return;
        }
        if let Some(fresh) = bytes.get(overlap as usize..)
            && !fresh.is_empty()
        {
            take(Piece::Bytes(fresh));
        }
        if missing > 0 {
            self.gaps = self.gaps.saturating_add(1);
            take(Piece::Lost(missing.min(end.wrapping_sub(next))));
        }
        self.next = Some(end);
    }
}

/// A number lies behind another, in the circle of 2^32.
fn ahead(number: u32, other: u32) -> bool {
    (number.wrapping_sub(other) as i32) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sequence: u32, payload: &[u8]) -> Segment<'_> {
        Segment { from_port: 1, to_port: 2, sequence, acknowledged: 0, flags: ACK, payload }
    }

    /// What is given on of a stream that begins at 0, as text; `~` is a gap.
    fn text(stream: &mut Stream, segments: &[(u32, &[u8])]) -> String {
        let mut text = String::new();
        let mut take = |piece: Piece<'_>| match piece {
            Piece::Bytes(bytes) => text.push_str(&String::from_utf8_lossy(bytes)),
            Piece::Lost(length) => text.push_str(&format!("~{length}~")),
        };
        for (sequence, payload) in segments {
            stream.push(&of(*sequence, payload), 0, &mut take);
        }
        stream.finish(&mut take);
        text
    }

    #[test]
    fn segments_are_put_in_order() {
        type Row<'a> = (&'a [(u32, &'a [u8])], &'a str);
        let rows: &[Row<'_>] = &[
            (&[(1, b"abc"), (4, b"def")], "abcdef"),
            (&[(4, b"def"), (1, b"abc")], "abcdef"),
            (&[(1, b"abc"), (1, b"abc"), (4, b"d")], "abcd"),
            (&[(1, b"abc"), (2, b"bcd"), (3, b"cdef")], "abcdef"),
            (&[(1, b"a"), (6, b"f"), (4, b"de"), (2, b"bc")], "abcdef"),
            (&[(1, b"a"), (4, b"de")], "a~2~de"),
            (&[(4, b"xx"), (4, b"def"), (1, b"abc")], "abcdef"),
        ];
        for (segments, wanted) in rows {
            let mut stream = Stream::default();
            stream.begin(0);
            assert_eq!(text(&mut stream, segments), *wanted, "{segments:?}");
        }
    }

    #[test]
    fn numbers_run_over_the_end_of_their_circle() {
        let mut stream = Stream::default();
        stream.begin(u32::MAX - 2);
        assert_eq!(text(&mut stream, &[(2, b"ef"), (u32::MAX - 1, b"abcd")]), "abcdef");
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut stream = Stream::default();
        stream.begin(0);
        let payload = [7; 1400];
        for number in 0..10_000 {
            stream.push(&of(1 + 1400 * (2 + number), &payload), 0, &mut |_| ());
            assert!(stream.waiting_bytes() <= MAX_WAITING_BYTES + payload.len());
        }
        assert_eq!(stream.gaps, 1);
    }

    #[test]
    fn what_the_snap_length_cut_is_a_gap_of_its_length() {
        let mut stream = Stream::default();
        stream.begin(0);
        let mut pieces = Vec::new();
        stream.push(&of(1, b"abc"), 5, &mut |piece| pieces.push(format!("{piece:?}")));
        stream.push(&of(9, b"xy"), 0, &mut |piece| pieces.push(format!("{piece:?}")));
        assert_eq!(pieces, ["Bytes([97, 98, 99])", "Lost(5)", "Bytes([120, 121])"]);
    }
}
