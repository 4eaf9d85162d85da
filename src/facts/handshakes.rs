//! Which TLS handshakes did the ASA log, what was offered in each, how did it end, and was it a phone?
//!
//! Witness: messages 725001 to 725022. The far end's interface, address and port are the key of a handshake.
//! The lists of 725010 and the reasons of 725014 carry no address: the list belongs to the next 725008, the
//! reason to the next 725006, or to the handshake that was last under way (Cisco 116162; ASA syslog guide).

use std::collections::{BTreeMap, BTreeSet};

use crate::event::pending_reasons::PendingReasons;
use crate::event::{Peer, Sender};
use crate::facts::Documents;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::whose::{Owner, Whose, Witness};
use crate::observe::{By, Log, Observation, What};
use crate::source::{Located, Place};

/// Every handshake of every log, in order of its first message, not yet tied to anybody.
pub fn of(documents: &Documents<'_>) -> Vec<Handshake> {
    documents.logs_by(By::AsaLog).flat_map(Assembly::run).collect()
}

/// Says of each whether it is a phone's.
pub fn tie(all: &mut [Handshake], documents: &Documents<'_>, whose: &Whose) {
    let alerts = alerts_written_by_phones(documents);
    let no_shared_cipher = phone_failed_in_hello(documents);
    for handshake in all {
        let says = |words: &str| {
            handshake.reasons.iter().any(|reason| reason.value.to_ascii_lowercase().contains(words))
        };
        let same_alert = handshake.alert_from_peer().is_some_and(|(code, _)| alerts.contains(&code));
        let same_alert = same_alert || no_shared_cipher && says("no shared cipher");
        handshake.tie = match whose.address(&handshake.peer.address) {
            _ if handshake.peer.is_server => Tie::Another,
            Owner::Phone { witness: Witness::Answer | Witness::Address, .. } => Tie::Address,
            // What a phone offers, and what a phone's own log shows, are two witnesses for one.
            _ if same_alert && handshake.offers_like_a_79xx() => Tie::SameAlert,
            // No PC client offers so little, whoever else came from there. Where phones are named, one that never got
            // as far as to name itself is less surely one of them.
            _ if handshake.offers_like_a_79xx() && whose.names_phones() => Tie::None,
            _ if handshake.offers_like_a_79xx() => Tie::Offer,
            Owner::Another => Tie::Another,
            _ if PLAIN_TEXT.iter().any(|words| says(words)) => Tie::Another,
            _ if same_alert => Tie::SameAlert,
            Owner::Phone { witness: Witness::SharedAddress, .. } => Tie::Shared,
            Owner::Phone { .. } => Tie::None,
        };
    }
}

fn alerts_written_by_phones(documents: &Documents<'_>) -> BTreeSet<u8> {
    documents
        .observed_by(By::PhoneLog)
        .filter_map(|event| match event.what {
            What::Alert { sender: Sender::Phone, code, .. } => code,
            _ => None,
        })
        .collect()
}

/// The phone's log shows that the ASA answered its hello with `handshake failure`.
fn phone_failed_in_hello(documents: &Documents<'_>) -> bool {
    documents
        .observed_by(By::PhoneLog)
        .any(|event| matches!(event.what, What::Alert { sender: Sender::Gateway, code: Some(40), .. }))
}

/// Which list a 725011 line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenList {
    None,
    /// The ASA's, for the client whose list comes next.
    Device,
    /// The ASA's, behind the list of the client of this handshake, as a place in `all`.
    DeviceOf(usize),
    /// The client's of this handshake.
    Client(usize),
}

/// What a TLS server says of a client that speaks HTTP: a phone's VPN client does not.
const PLAIN_TEXT: [&str; 2] = ["http request", "https proxy request"];

/// The state of one log's assembly.
struct Assembly {
    input: u32,
    all: Vec<Handshake>,
    /// The handshake under way of each far end, as a place in `all`.
    open: BTreeMap<Peer, usize>,
    last: Option<usize>,
    list: OpenList,
    /// 725010 and its list, until a 725008 says whose they are.
    supports: Option<Place>,
    supported: Vec<Located<String>>,
    /// 725014, until a 725006 says whose it is, each with the handshake that was under way.
    reasons: PendingReasons<(Located<String>, Option<usize>)>,
    /// The handshake that failed last.
    failed: Option<usize>,
}

impl Assembly {
    fn run(log: &Log<'_>) -> Vec<Handshake> {
        let mut assembly = Self {
            input: log.input,
            all: Vec::new(),
            open: BTreeMap::new(),
            last: None,
            list: OpenList::None,
            supports: None,
            supported: Vec::new(),
            reasons: PendingReasons::default(),
            failed: None,
        };
        for event in &log.observations {
            assembly.take(event);
        }
        assembly.finish()
    }

    /// The handshake under way of a far end; begins one where its start was not logged.
    fn of_peer(&mut self, peer: &Peer) -> usize {
        let index = match self.open.get(peer) {
            Some(index) => *index,
            None => self.begin(peer),
        };
        self.last = Some(index);
        index
    }

    fn begin(&mut self, peer: &Peer) -> usize {
        let index = self.all.len();
        self.all.push(Handshake { input: self.input, peer: peer.clone(), ..Handshake::default() });
        self.open.insert(peer.clone(), index);
        self.last = Some(index);
        index
    }

    fn with(&mut self, index: usize, change: impl FnOnce(&mut Handshake)) {
        if let Some(handshake) = self.all.get_mut(index) {
            change(handshake);
        }
    }

    fn take(&mut self, event: &Observation<'_>) {
        let place = || event.place();
        let located = |value: &str| Located::new(value.to_owned(), event.at.clone());
        let fails = matches!(event.what, What::HandshakeFailed { .. });
        let left = self.reasons.next(fails);
        if let Some(index) = self.failed {
            self.with(index, |handshake| {
                handshake.reasons.extend(left.into_iter().map(|(reason, _)| reason))
            });
        }
        match (&event.what, event.peer()) {
            (What::HandshakeStarted { protocol, .. }, Some(peer)) => {
                let index = self.begin(peer);
                let protocol = (*protocol).to_owned();
                self.with(index, |handshake| {
                    handshake.started = Some(place());
                    handshake.protocol = protocol;
                });
            }
            (What::SuitesAllowed, _) => {
                // Newer releases print the client's list first, older ones the ASA's.
                if let OpenList::Client(index) = self.list
                    && self.all.get(index).is_some_and(|known| known.supports.is_none())
                {
                    self.list = OpenList::DeviceOf(index);
                    self.with(index, |handshake| handshake.supports = Some(place()));
                    return;
                }
                self.list = OpenList::Device;
                self.supports = Some(place());
                self.supported.clear();
            }
            (What::HelloOffered, Some(peer)) => {
                let index = self.of_peer(peer);
                self.list = OpenList::Client(index);
                let (supports, supported) = (self.supports.take(), std::mem::take(&mut self.supported));
                self.with(index, |handshake| {
                    handshake.proposes = Some(place());
                    if supports.is_some() {
                        handshake.supports = supports;
                        handshake.supported = supported;
                    }
                });
            }
            (What::SuitesOfOwnClient, _) => self.list = OpenList::None,
            (What::ListedSuite { name }, _) => match self.list {
                OpenList::Device => self.supported.push(located(name)),
                OpenList::DeviceOf(index) => {
                    self.with(index, |handshake| handshake.supported.push(located(name)));
                }
                OpenList::Client(index) => {
                    self.with(index, |handshake| handshake.proposed.push(located(name)));
                }
                OpenList::None => {}
            },
            (What::SuiteChosen { name }, Some(peer)) => {
                self.reasons.cipher_chosen();
                let index = self.of_peer(peer);
                self.with(index, |handshake| handshake.chosen = Some(located(name)));
            }
            (What::TrustpointChosen { trustpoint }, Some(peer)) => {
                let index = self.of_peer(peer);
                self.with(index, |handshake| handshake.trustpoint = Some(located(trustpoint)));
            }
            (What::LibraryError { function, reason, .. }, _) => {
                let last = self.last;
                // Old releases do not say what a handshake is for.
                if let Some(index) = last.filter(|_| function.to_ascii_lowercase().starts_with("dtls")) {
                    self.with(index, |handshake| {
                        if handshake.protocol.is_empty() {
                            handshake.protocol = "DTLS".to_owned();
                        }
                    });
                }
                self.reasons.push(function, reason, (located(reason), last));
            }
            (What::HandshakeFailed { .. }, Some(peer)) => {
                let index = self.of_peer(peer);
                let so_far = self.all.get(index);
                let chosen = so_far.is_some_and(|handshake| handshake.chosen.is_some());
                let listed = so_far.is_some_and(|handshake| handshake.proposes.is_some());
                let told = self.reasons.take(if chosen { Some(true) } else { listed.then_some(false) });
                self.failed = Some(index);
                self.with(index, |handshake| {
                    handshake.failed = Some(place());
                    handshake.ended = event.stamp;
                    handshake.reasons.extend(told.map(|(reason, _)| reason));
                });
                self.open.remove(peer);
            }
            (What::HandshakeDone { protocol }, Some(peer)) => {
                let index = self.of_peer(peer);
                let protocol = (*protocol).to_owned();
                self.with(index, |handshake| {
                    handshake.done = Some(place());
                    handshake.ended = event.stamp;
                    if handshake.protocol.is_empty() {
                        handshake.protocol = protocol;
                    }
                });
                self.open.remove(peer);
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<Handshake> {
        let left = self.reasons.next(false);
        if let Some(index) = self.failed {
            self.with(index, |handshake| {
                handshake.reasons.extend(left.into_iter().map(|(reason, _)| reason))
            });
        }
        for (reason, last) in std::mem::take(&mut self.reasons).finish() {
            // One that is over has its reason, or never had one.
            let over = |index: &usize| {
                self.all.get(*index).is_some_and(|known| known.failed.is_some() || known.done.is_some())
            };
            let last = last.filter(|index| !over(index));
            let index = match last {
                Some(index) => index,
                // The log shows nothing but the reason: a handshake whose far end is not known.
                None => {
                    let index = self.all.len();
                    self.all.push(Handshake { input: self.input, ..Handshake::default() });
                    index
                }
            };
            let (supports, supported) = (self.supports.take(), std::mem::take(&mut self.supported));
            self.with(index, |handshake| {
                handshake.reasons.push(reason);
                if handshake.supports.is_none() && supports.is_some() {
                    handshake.supports = supports;
                    handshake.supported = supported;
                }
            });
        }
        self.all
    }
}
