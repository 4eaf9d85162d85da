//! IP packets put together from their fragments.
//!
//! ```text
//! id 7: bytes 0-1471, more follow | id 7: bytes 1472-2100, the last
//! ```
//!
//! Quirks: fragments come in any order, twice, or never. Only a bounded number of unfinished packets is kept, the
//! oldest goes first; a later fragment does not replace bytes of an earlier one.
//!
//! Sources: RFC 791, section 3.2; RFC 8200, section 4.5.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

use super::ip::Ip;

/// Unfinished packets that are kept; each has at most 64 KiB.
const MAX_UNFINISHED: usize = 128;
/// Fragments of one packet: 64 KiB in pieces of the smallest size that a network must carry.
const MAX_PIECES: usize = 128;

type Key = (IpAddr, IpAddr, u8, u32);

/// Fragments whose packets are not complete.
#[derive(Debug, Default)]
pub struct Fragments {
    unfinished: BTreeMap<Key, Pieces>,
    /// The same in the order in which they began.
    order: VecDeque<Key>,
}

#[derive(Debug, Default)]
struct Pieces {
    /// By the byte at which each lies.
    pieces: BTreeMap<u16, Vec<u8>>,
    total: Option<usize>,
}

impl Fragments {
    /// Takes a fragment; the whole payload where it was the last that was missing.
    pub fn take(&mut self, ip: &Ip<'_>) -> Option<Vec<u8>> {
        let (offset, more) = ip.fragment?;
        let key = (ip.from, ip.to, ip.protocol, ip.identification);
        if !self.unfinished.contains_key(&key) {
            if self.unfinished.len() >= MAX_UNFINISHED
                && let Some(oldest) = self.order.pop_front()
            {
                self.unfinished.remove(&oldest);
            }
            self.order.push_back(key);
        }
        let pieces = self.unfinished.entry(key).or_default();
        if pieces.pieces.len() < MAX_PIECES {
            pieces.pieces.entry(offset).or_insert_with(|| ip.payload.to_vec());
        }
        if !more {
            pieces.total = Some(usize::from(offset) + ip.payload.len());
        }
        let whole = pieces.whole()?;
        self.unfinished.remove(&key);
        self.order.retain(|other| *other != key);
        Some(whole)
    }
}

impl Pieces {
    fn whole(&self) -> Option<Vec<u8>> {
        let total = self.total?;
        // Most calls end here: the pieces cannot be enough yet.
        if self.pieces.values().map(Vec::len).sum::<usize>() < total {
            return None;
        }
        let mut whole = Vec::with_capacity(total);
        for (offset, piece) in &self.pieces {
            let overlap = whole.len().checked_sub(usize::from(*offset))?;
            whole.extend_from_slice(piece.get(overlap..).unwrap_or_default());
        }
        (whole.len() >= total).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn piece(id: u32, offset: u16, more: bool, payload: &[u8]) -> Ip<'_> {
        Ip {
            from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10)),
            to: IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1)),
            protocol: 17,
            identification: id,
            fragment: Some((offset, more)),
            whole_only: false,
            payload,
            missing: 0,
        }
    }

    #[test]
    fn pieces_in_any_order_make_the_packet() {
        let mut fragments = Fragments::default();
        assert_eq!(fragments.take(&piece(7, 8, true, b"ijklmnop")), None);
        assert_eq!(fragments.take(&piece(7, 16, false, b"qr")), None);
        assert_eq!(fragments.take(&piece(7, 8, true, b"IJKLMNOP")), None);
        assert_eq!(
            fragments.take(&piece(7, 0, true, b"abcdefgh")).as_deref(),
            Some(&b"abcdefghijklmnopqr"[..])
        );
        assert!(fragments.unfinished.is_empty() && fragments.order.is_empty());
    }

    #[test]
    fn unfinished_packets_are_bounded() {
        let mut fragments = Fragments::default();
        for id in 0..10_000 {
            assert_eq!(fragments.take(&piece(id, 8, true, b"ijklmnop")), None);
        }
        assert_eq!(fragments.unfinished.len(), MAX_UNFINISHED);
        assert_eq!(fragments.order.len(), MAX_UNFINISHED);
    }
}
