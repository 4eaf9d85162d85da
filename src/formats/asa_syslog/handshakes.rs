//! Handshakes under way while a log streams by: the little of each that a phone's row needs.
//!
//! Bounded: behind ten thousand later ones a handshake without an end is forgotten.

use std::collections::BTreeMap;

use super::Peer;
use super::attempts::Failure;
use super::event::Event;
use super::phrase::Words;
use super::remembered::{RememberedEvent, RememberedPlace};
use super::rows::sum;
use crate::documents::asa_syslog::AsaMessage;
use crate::event::pending_reasons::PendingReasons;
use crate::stage::Stage;
use crate::tables::tls_alerts;

/// A handshake that has come to its end, with the far end that the event names.
#[derive(Debug)]
pub(super) struct Ended {
    /// It was for DTLS.
    pub datagram: bool,
    /// The last stage that it passed.
    pub furthest: Option<Stage>,
    /// Why it failed; `None` where it was completed.
    pub failure: Option<Failure>,
    /// 725014 itself, where it finds no room in the list of events.
    pub reason: Option<RememberedEvent>,
}

#[derive(Debug)]
struct Reason {
    words: String,
    id: u32,
    at: RememberedPlace,
    late: Option<RememberedEvent>,
}

/// Handshakes that have begun.
#[derive(Debug, Default)]
pub(super) struct OpenHandshakes {
    open: BTreeMap<Key, Open>,
    /// The far end that was asked for last: to ask for one makes no new texts.
    asked: Key,
    /// Far ends whose handshakes are over: the next ones take over their texts.
    spare: Vec<Key>,
    /// The last one's number.
    number: u64,
    reasons: PendingReasons<Reason>,
}

/// A far end, in an order in which whole texts are hardly ever compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    sum: u64,
    peer: Peer,
}

impl Key {
    fn set(&mut self, peer: &Peer<Words<'_>>) {
        let Peer { interface, address, port, is_server } = peer;
        (**interface).clone_into(&mut self.peer.interface);
        (**address).clone_into(&mut self.peer.address);
        self.peer.port = *port;
        self.peer.is_server = *is_server;
        self.sum = sum(address).wrapping_add(u64::from(port.unwrap_or_default()));
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Open {
    number: u64,
    datagram: bool,
    chosen: bool,
    /// A list of ciphers was seen, so a cipher would have been.
    listed: bool,
}

impl OpenHandshakes {
    /// So many events that are no handshake's come next.
    pub fn pass(&mut self, times: u32) {
        self.reasons.pass(times);
    }

    /// Takes an event; returns the handshake that it ends.
    pub fn take(&mut self, event: &Event<'_>) -> Option<Ended> {
        let failed = matches!(event.message, AsaMessage::HandshakeFailed { .. });
        // What is left of several reasons says no more than the first.
        self.reasons.next(failed);
        match event.message {
            AsaMessage::HandshakeStarted { peer, protocol } => {
                let open = Open { datagram: protocol.starts_with('D'), ..Open::default() };
                self.begin(peer, open);
                None
            }
            AsaMessage::ClientProposes { peer, .. } => self.change(peer, |open| open.listed = true),
            AsaMessage::CipherChosen { peer, .. } => {
                self.reasons.cipher_chosen();
                self.change(peer, |open| open.chosen = true)
            }
            AsaMessage::LibraryError { function, reason } => {
                let late = event.late.then(|| RememberedEvent::of(event));
                let at = RememberedPlace::of(event.place);
                let told = Reason { words: reason.clone().into_owned(), id: event.id, at, late };
                self.reasons.push(function, reason, told);
                None
            }
            AsaMessage::HandshakeFailed { peer } => {
                let open = self.end(peer).unwrap_or_default();
                let chosen = if open.chosen { Some(true) } else { open.listed.then_some(false) };
                let told = self.reasons.take(chosen);
                let Reason { words, id, at, late } = told.unwrap_or_else(|| Reason {
                    words: String::new(),
                    id: event.id,
                    at: RememberedPlace::of(event.place),
                    late: None,
                });
                let stage = match tls_alerts::by_reason(&words) {
                    Some(42..=46 | 48) => Stage::Trust,
                    _ => Stage::Tls,
                };
                let furthest = if open.chosen || stage == Stage::Trust { Stage::Tls } else { Stage::Reach };
                Some(Ended {
                    datagram: open.datagram,
                    furthest: (!open.datagram).then_some(furthest),
                    failure: Some(Failure { stage: Some(stage), id, words, at }),
                    reason: late,
                })
            }
            AsaMessage::HandshakeDone { peer, protocol } => {
                let open = self.end(peer).unwrap_or_default();
                let datagram = open.datagram || protocol.starts_with('D');
                Some(Ended {
                    datagram,
                    furthest: (!datagram).then_some(Stage::Trust),
                    failure: None,
                    reason: None,
                })
            }
            _ => None,
        }
    }

    fn begin(&mut self, peer: &Peer<Words<'_>>, open: Open) {
        self.number += 1;
        let mut key = self.spare.pop().unwrap_or_default();
        key.set(peer);
        self.open.insert(key, Open { number: self.number, ..open });
        if self.open.len() > 2 * MOST_OPEN {
            let number = self.number;
            self.open.retain(|_, open| !open.is_forgotten(number));
        }
    }

    /// The handshake that ends, where it has begun.
    fn end(&mut self, peer: &Peer<Words<'_>>) -> Option<Open> {
        self.asked.set(peer);
        let (key, open) = self.open.remove_entry(&self.asked)?;
        self.spare.push(key);
        Some(open).filter(|open| !open.is_forgotten(self.number))
    }

    fn change(&mut self, peer: &Peer<Words<'_>>, change: impl FnOnce(&mut Open)) -> Option<Ended> {
        self.asked.set(peer);
        match self.open.get_mut(&self.asked).filter(|open| !open.is_forgotten(self.number)) {
            Some(open) => change(open),
            None => {
                let mut open = Open::default();
                change(&mut open);
                self.begin(peer, open);
            }
        }
        None
    }
}

impl Open {
    /// So many began after it that it counts no longer.
    fn is_forgotten(&self, last: u64) -> bool {
        last - self.number >= MOST_OPEN as u64
    }
}

/// Handshakes that are remembered, counted from the last one on.
const MOST_OPEN: usize = 10_000;
