//! Which certificates does a phone's own log say that it is shown now?
//!
//! ```text
//! 905: NOT 10:00:14.155936 SECD: Leaf cert hash = EC61F9…     trusted, and the phone connects: past
//! 921: NOT 11:00:14.155936 SECD: Leaf cert hash = 192CB9…     refused: this one counts
//! ```
//! An ASA's certificate is replaced while phones log on. What a phone was shown in attempts that it got past, or that
//! failed in another way than the last ones, is not what it is shown now. Witness: the log's events that still matter
//! ([`events_that_matter`](crate::facts::events_that_matter)); where none of them shows a certificate, all of the log.
//!
//! Empty: a phone that no log names has what logs show that name no phone.
//!
//! Sources: Cisco 116162, log of the phone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::facts::Documents;
use crate::facts::events_that_matter::events_that_matter;
use crate::facts::log_parts;
use crate::observe::{By, Log, Observation, What};
use crate::source::Place;

/// Certificates by their SHA-1, each as it was shown last.
type Shown = BTreeMap<[u8; 20], Leaf>;

/// A certificate in a phone's log.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Where it was shown last.
    pub place: Place,
    /// The phone went on with the handshake: it found what it trusts.
    pub accepted: bool,
}

/// What the logs of phones show.
#[derive(Debug, Default)]
pub struct LoggedLeaves<'d> {
    by_phone: BTreeMap<&'d str, Shown>,
    of_nobody: Shown,
    of_all: Shown,
}

/// All that phones' logs show.
pub fn of<'d>(documents: &'d Documents<'_>) -> LoggedLeaves<'d> {
    let mut all = LoggedLeaves::default();
    // What later parts of the same log got past counts where those show no certificate.
    let is_past = |log: &&Log<'_>| log.past > 0 && log.past >= log.observations.len();
    let (mut past, now): (Vec<_>, Vec<_>) = documents.logs_by(By::PhoneLog).partition(is_past);
    if past.len() > 1 {
        // The newest part speaks first; where nothing came behind its success, it is past as well.
        let parts = log_parts::of(documents).into_iter().flatten().enumerate();
        let ranks: BTreeMap<u32, usize> = parts.map(|(rank, part)| (part.input, rank)).collect();
        past.sort_by_key(|log| Reverse(ranks.get(&log.input).copied()));
    }
    for log in now {
        let matter = shown(events_that_matter(log));
        all.add(log, if matter.is_empty() { shown(&log.observations) } else { matter });
    }
    for log in past {
        let own = log.phone.map_or(Some(&all.of_nobody), |phone| all.by_phone.get(phone.value.as_str()));
        if own.is_none_or(BTreeMap::is_empty) {
            all.add(log, shown(&log.observations));
        }
    }
    all
}

fn shown(events: &[Observation<'_>]) -> Shown {
    let (mut all, mut last) = (Shown::new(), None);
    for event in events {
        match event.what {
            What::ServerCertificateHash { sha1 } => {
                last = Some(*sha1);
                all.insert(*sha1, Leaf { place: event.place(), accepted: false });
            }
            What::HandshakeDone { .. } | What::LoginAnswered => {
                if let Some(leaf) = last.take().and_then(|sha1| all.get_mut(&sha1)) {
                    leaf.accepted = true;
                }
            }
            _ => {}
        }
    }
    all
}

/// Puts what one log shows to what others do: accepted is what none of them leaves open.
fn add_to(all: &mut Shown, shown: &Shown) {
    for (sha1, leaf) in shown {
        let accepted = all.get(sha1).is_none_or(|known| known.accepted) && leaf.accepted;
        all.insert(*sha1, Leaf { accepted, ..leaf.clone() });
    }
}

impl<'d> LoggedLeaves<'d> {
    fn add(&mut self, log: &Log<'d>, shown: Shown) {
        add_to(&mut self.of_all, &shown);
        let own = match log.phone {
            Some(phone) => self.by_phone.entry(phone.value.as_str()).or_default(),
            None => &mut self.of_nobody,
        };
        add_to(own, &shown);
    }

    /// A certificate of a phone's log that counts; `phone` is its name, where its configuration has one.
    pub fn shown_to(&self, phone: Option<&str>, sha1: &[u8; 20]) -> Option<&Leaf> {
        match phone {
            Some(phone) => {
                let own = self.by_phone.get(phone).and_then(|shown| shown.get(sha1));
                own.or_else(|| self.of_nobody.get(sha1))
            }
            None => self.of_all.get(sha1),
        }
    }
}
