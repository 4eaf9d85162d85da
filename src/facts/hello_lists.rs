//! Can the client that failed in a recording be the one that a gateway took later from the same address?
//!
//! ```text
//! 203.0.113.40  hello: 0035 002f                    no cipher in common     a phone of the 79xx kind
//! 203.0.113.40  hello: c030 c028 0035 002f          both ends encrypted     a newer one behind the same address
//! ```
//! A client offers the same suites each time, or fewer where it falls back to an older version (RFC 7507). Who offers
//! more is another client. Where a hello is not in the recording, nothing tells them apart.
//!
//! Quirks: values that only signal something are no suites (RFC 5746, RFC 7507, and the reserved ones of RFC 8701).

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::recordings::Recording;
use crate::observe::What;

/// An address and whether it speaks by datagrams.
type Client<'a> = (&'a str, bool);
type Suites = BTreeSet<u16>;
/// The rank of a hello, and its list as it stands there.
type Hello<'a> = (u64, &'a [u16]);

/// What the clients of a recording offer.
#[derive(Debug, Default)]
pub struct HelloLists<'a> {
    /// Handshakes that were done: each list with the rank of its last hello.
    done: BTreeMap<Client<'a>, BTreeMap<Suites, u64>>,
    /// The others, by who was asked: the rank of each hello, in order, with its list.
    broken: BTreeMap<(Client<'a>, &'a str), Vec<Hello<'a>>>,
}

impl<'a> HelloLists<'a> {
    /// Collects them.
    pub fn of(recording: &Recording<'_, 'a>) -> Self {
        let mut lists = Self::default();
        for observation in &recording.log.observations {
            let (What::Handshake(handshake), Some(flow)) = (&observation.what, observation.flow()) else {
                continue;
            };
            let (client, rank) = ((flow.client, handshake.datagrams), observation.at.order);
            if !handshake.done {
                let broken = lists.broken.entry((client, flow.server)).or_default();
                broken.push((rank, &handshake.offered_suites));
                continue;
            }
            let done = lists.done.entry(client).or_default();
            let suites = suites(&handshake.offered_suites);
            // So many clients behind one address are not told apart.
            if done.len() < MOST_LISTS || done.contains_key(&suites) {
                done.insert(suites, rank);
            } else {
                done.insert(Suites::new(), rank);
            }
        }
        lists
    }

    /// False where everybody who was taken later offers more than who failed at this rank of the recording.
    pub fn may_be_taken_later(&self, client: &str, server: &str, datagrams: bool, rank: u64) -> bool {
        let client = (client, datagrams);
        let broken = self.broken.get(&(client, server)).map(Vec::as_slice).unwrap_or_default();
        let before = broken.partition_point(|(hello, _)| *hello <= rank);
        let Some((hello, offered)) = before.checked_sub(1).and_then(|last| broken.get(last)) else {
            return true;
        };
        let offered = suites(offered);
        let later = self.done.get(&client).into_iter().flatten().filter(|(_, taken)| *taken > hello);
        let mut lists = later.map(|(suites, _)| suites).peekable();
        offered.is_empty() || lists.peek().is_none() || lists.any(|taken| taken.is_subset(&offered))
    }
}

fn suites(offered: &[u16]) -> Suites {
    let signals = |suite: &u16| matches!(*suite, RENEGOTIATION | FALLBACK) || *suite & 0x0f0f == 0x0a0a;
    offered.iter().copied().filter(|suite| !signals(suite)).collect()
}

/// TLS_EMPTY_RENEGOTIATION_INFO_SCSV, RFC 5746.
const RENEGOTIATION: u16 = 0x00ff;
/// TLS_FALLBACK_SCSV, RFC 7507.
const FALLBACK: u16 = 0x5600;
/// Lists of one address that are told apart.
const MOST_LISTS: usize = 64;
