//! Several phones, or phones and others, come from one address: which of them may have failed there without a name?
//!
//! ```text
//! 722033 … User <CP-8861-SEP001122334455> IP <203.0.113.40> First TCP SVC connection established     has its tunnel
//! 725006 Device failed SSL handshake with client outside:203.0.113.40/50001                          so it is another one
//! 722033 … User <CP-8861-SEP001122334456> IP <203.0.113.40> First TCP SVC connection established     this one, and it got past it
//! ```
//! A phone that has a tunnel at that time hardly shakes hands, so it is one of those that have none: the failure is
//! over once all of these are connected. Where all of them have one, an ASA may still count the session of a phone that
//! lost its power; then the failure is over as soon as one of them connects anew.
//!
//! Only phones that a log names are known here. One that never gets as far as its login is not, and what it fails at
//! is taken for its neighbour's.

use std::collections::{BTreeMap, BTreeSet};

use super::message::{Message, Over};
use crate::event::attempt::Step;
use crate::event::{Transport, TransportStep};
use crate::names::phone::PhoneName;

/// A log that is judged alone; `None` where all logs are put together.
pub(super) type Scope = Option<u32>;

/// The phones that logs name at each address.
#[derive(Debug, Default)]
pub(super) struct Crowds {
    phones: BTreeMap<Scope, BTreeMap<String, BTreeSet<String>>>,
}

impl Crowds {
    /// Collects them; each log's by itself, unless they are put together.
    pub fn of(messages: &[Message<'_>], together: bool) -> Self {
        let mut phones: BTreeMap<Scope, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for message in messages.iter().filter(|message| message.is_phones()) {
            if message.address.is_empty() || message.user.is_empty() {
                continue;
            }
            let scope = (!together).then_some(message.input);
            let there = phones.entry(scope).or_default().entry(message.address.clone()).or_default();
            there.insert(one_name(&message.user));
        }
        Self { phones }
    }

    /// The phone of an address from which one phone alone is known.
    pub fn only(&self, scope: Scope, address: &str) -> Option<&str> {
        let phones = self.at(scope, address)?;
        phones.first().filter(|_| phones.len() == 1).map(String::as_str)
    }

    /// The phones of an address from which some are known.
    pub fn at(&self, scope: Scope, address: &str) -> Option<&BTreeSet<String>> {
        self.phones.get(&scope)?.get(address)
    }
}

/// One name for a client that logs write in several ways: `SEP001122334455` is also the user of its certificate, and
/// collectors write names in small letters.
pub(super) fn one_name(user: &str) -> String {
    match PhoneName::at_end_of(user) {
        Some((_, name)) => name.as_str().to_owned(),
        None => user.to_lowercase(),
    }
}

/// Whether its client has a tunnel behind a message; `None` where that stays as it was.
pub(super) fn change(step: &Step<'_>, transport: Option<(Transport, TransportStep)>) -> Option<bool> {
    match (step, transport) {
        (Step::Connected | Step::Tunnel, _) => Some(true),
        // It comes back to its session, for which it shakes hands anew.
        (_, Some((Transport::Tcp, TransportStep::New | TransportStep::Replaced))) => Some(true),
        // Not every end has a message of its own: its connection goes, and no other one comes.
        (_, Some((Transport::Tcp, TransportStep::Terminated))) => Some(false),
        (Step::Dropped(_) | Step::Ended(_) | Step::Closed(_), _) => Some(false),
        _ => None,
    }
}

/// A failure that names nobody.
#[derive(Debug)]
pub(super) struct Unnamed<T> {
    /// Where it is judged.
    pub scope: Scope,
    /// When, as numbers of what was looked at.
    pub moment: u64,
    /// Where it came from; empty where the log does not tell, and it may be any phone's.
    pub address: String,
    /// The failure.
    pub what: T,
}

/// When a phone had a tunnel, as numbers of what was looked at.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// Each change, in its order.
    changes: Vec<(u64, bool)>,
}

impl Life {
    /// True where it has one now.
    pub fn has_tunnel(&self) -> bool {
        self.changes.last().is_some_and(|(_, stands)| *stands)
    }

    /// Notes whether the phone has a tunnel now.
    pub fn note(&mut self, moment: u64, stands: bool) {
        if self.has_tunnel() != stands {
            self.changes.push((moment, stands));
        }
    }
}

/// A phone that failures may be of.
#[derive(Debug)]
pub(super) struct Suspect<'a> {
    /// When it had a tunnel.
    pub life: &'a Life,
    /// When it connected for the last time, and where, if it did not fail again.
    pub back: Option<(u64, &'a Over)>,
}

/// Where each of these failures is over, of which each may be any of these phones': told by their moments, in order.
///
/// One way through time with the phones that have no tunnel, so that many failures of many phones take no longer than
/// to sort them.
pub(super) fn over<'a>(
    failures: &[u64],
    suspects: &[Suspect<'a>],
    at_one_address: bool,
) -> Vec<Option<&'a Over>> {
    let back = |phone: usize| suspects.get(phone).and_then(|suspect| suspect.back);
    let key = |phone: usize| (back(phone).map_or(0, |(moment, _)| moment), phone);
    let all: BTreeSet<(u64, usize)> = (0..suspects.len()).map(key).collect();
    let mut without = all.clone();
    let mut changes: Vec<(u64, usize, bool)> = Vec::new();
    for (phone, suspect) in suspects.iter().enumerate() {
        changes.extend(suspect.life.changes.iter().map(|(moment, stands)| (*moment, phone, *stands)));
    }
    changes.sort_unstable();
    let mut changes = changes.into_iter().peekable();
    let judged = failures.iter().map(|failure| {
        while let Some((_, phone, stands)) = changes.next_if(|(moment, ..)| moment <= failure) {
            if stands {
                without.remove(&key(phone));
            } else {
                without.insert(key(phone));
            }
        }
        // At one address it is enough that one of them connects anew; of a whole log each of them has to.
        let any = without.is_empty() && at_one_address;
        let suspected = if without.is_empty() { &all } else { &without };
        let (first, (last, phone)) = (suspected.first()?, *suspected.last()?);
        let is_over = if any { last > *failure } else { first.0 > *failure };
        back(phone).filter(|_| is_over).map(|(_, over)| over)
    });
    judged.collect()
}
