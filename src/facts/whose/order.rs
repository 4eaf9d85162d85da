//! Does a failure still count, or did its phone get past it later?
//!
//! Only the last attempt of a phone tells what is wrong now. A failure is over where the same phone passed that step
//! later; it is superseded where the phone's last attempt failed elsewhere. Another phone's success proves nothing:
//! what fails without a name at an address of several clients may be any of its phones', and [`super::crowd`] says
//! which of them it may be.
//!
//! Several logs are put in the order of their times where every message of them has a date, and all or none of them
//! names its offset from UTC; else each is judged alone. What a log's list of events does not reach is judged by what
//! its reader counted.

use std::collections::BTreeMap;

use super::crowd::{self, Crowds, Life, Scope, Suspect, Unnamed};
use super::message::{Message, Over};
use crate::event::Transport;
use crate::event::attempt::{Attempt, Step, order};
use crate::facts::Documents;
use crate::facts::handshake::{Handshake, Tie};
use crate::observe::{By, What};
use crate::source::Place;
use crate::time::Stamp;

/// Writes down where failures were over.
pub(super) fn judge(documents: &Documents<'_>, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
    let together = are_put_together(documents);
    let crowds = Crowds::of(messages, together);
    let mut judge = Judge { tracks: BTreeMap::new(), crowds, log: None, moment: 0, unnamed: Vec::new() };
    for moment in in_order(together, messages, handshakes) {
        judge.log = moment.log;
        judge.moment += 1;
        match moment.what {
            Subject::Message(index) => judge.message(index, messages, handshakes),
            Subject::Handshake(index) => judge.handshake(index, messages, handshakes),
        }
    }
    judge.finish(messages, handshakes);
    counted_later(documents, messages, handshakes);
}

/// A message or the end of a handshake, in its order.
struct Moment {
    /// Its time where all logs are put together, its rank in its log, and the log.
    key: (i64, u64, u64, u32),
    /// The log that is judged alone; `None` where all logs are put together.
    log: Option<u32>,
    what: Subject,
}

enum Subject {
    Message(usize),
    Handshake(usize),
}

/// Several logs, and every message of them has a date.
fn are_put_together(documents: &Documents<'_>) -> bool {
    let dated = |stamp: Option<Stamp>| stamp.is_some_and(|stamp| stamp.month_day.is_some());
    let stamps = || documents.observed_by(By::AsaLog).map(|event| event.stamp);
    // A clock that names its offset and one that does not may be hours apart.
    let zoned = stamps().flatten().filter(|stamp| stamp.offset_minutes.is_some()).count();
    documents.logs_by(By::AsaLog).count() > 1
        && stamps().all(dated)
        && (zoned == 0 || zoned == stamps().count())
}

fn in_order(together: bool, messages: &[Message<'_>], handshakes: &[Handshake]) -> Vec<Moment> {
    let key = |stamp: Option<Stamp>, input: u32, rank: u64| {
        let stamp = stamp.filter(|_| together).unwrap_or_default();
        if let Some(seconds) = stamp.unix_seconds() {
            let micros = stamp.micros_of_day % MICROS;
            return (seconds.div_euclid(DAY), to_micros(seconds.rem_euclid(DAY)) + micros, rank, input);
        }
        let (month, day) = stamp.month_day.unwrap_or_default();
        let date = i64::from(stamp.year.unwrap_or_default()) * 512 + i64::from(month) * 32 + i64::from(day);
        // Within one second of two logs the rank decides, so that the order of the files does not.
        (date, stamp.micros_of_day, rank, input)
    };
    let alone = |input: u32| (!together).then_some(input);
    let told = messages.iter().enumerate().map(|(index, message)| Moment {
        key: key(message.stamp, message.input, message.at.order),
        log: alone(message.input),
        what: Subject::Message(index),
    });
    let ended = handshakes.iter().enumerate().filter_map(|(index, handshake)| {
        let place = handshake.failed.as_ref().or(handshake.done.as_ref()).or(handshake.started.as_ref())?;
        let key = key(handshake.ended, place.input, place.at.order);
        Some(Moment { key, log: alone(place.input), what: Subject::Handshake(index) })
    });
    let mut all: Vec<Moment> = told.chain(ended).collect();
    all.sort_by_key(|moment| (moment.log, moment.key));
    all
}

fn to_micros(seconds: i64) -> u64 {
    u64::try_from(seconds).unwrap_or_default() * MICROS
}

/// A failure that still counts.
struct Open {
    what: Subject,
    id: u32,
    order: u8,
    attempt: u32,
}

/// What is known of one phone while the logs go by.
#[derive(Default)]
struct Track {
    attempt: Attempt,
    number: u32,
    open: Vec<Open>,
    /// The attempt that failed last, and where.
    failed: Option<(u32, Over)>,
    /// The moment and the attempt that connected last, and where.
    connected: Option<(u64, u32, Over)>,
    /// When it had a tunnel.
    life: Life,
    /// Handshakes over UDP that failed.
    datagrams: Vec<usize>,
}

struct Judge {
    tracks: BTreeMap<(Scope, String), Track>,
    crowds: Crowds,
    /// The log under way, where each is judged alone.
    log: Scope,
    /// Counts what was looked at.
    moment: u64,
    /// Failures that name nobody, and that more than one phone may have had.
    unnamed: Vec<Unnamed<Subject>>,
}

impl Judge {
    /// The name under which a phone's lines are put together; `None` where it is not known whose they are.
    fn key(&self, user: &str, address: &str) -> Option<String> {
        if !user.is_empty() {
            return Some(crowd::one_name(user));
        }
        if address.is_empty() {
            return None;
        }
        Some(self.crowds.only(self.log, address).map_or_else(|| format!("@{address}"), str::to_owned))
    }

    /// True where a failure that names nobody may be of more than one phone, or of a phone or somebody else.
    fn may_be_several(&self, address: &str, shared: bool) -> bool {
        address.is_empty()
            || self.crowds.at(self.log, address).is_some_and(|phones| shared || phones.len() > 1)
    }

    /// Leaves a failure until it is known what became of all phones that it may be of.
    fn leave(&mut self, address: &str, what: Subject) {
        let (scope, moment) = (self.log, self.moment);
        self.unnamed.push(Unnamed { scope, moment, address: address.to_owned(), what });
    }

    fn message(&mut self, index: usize, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
        let Some(message) = messages.get(index) else { return };
        let (step, number) = (message.step.clone(), message.number);
        let moment = self.moment;
        let key = self.key(&message.user, &message.address);
        let fails = matches!(step, Step::Failed { .. });
        if fails && message.user.is_empty() && self.may_be_several(&message.address, false) {
            return self.leave(&message.address, Subject::Message(index));
        }
        let Some(key) = key else { return };
        let (input, at, stamp) = (message.input, message.at, message.stamp);
        let over = || Over { place: Place { input, at: at.clone() }, stamp, passed: true };
        let transport = match message.what {
            What::TunnelTransport { transport, step } => Some((transport, step)),
            _ => None,
        };
        let udp = matches!(transport, Some((Transport::Udp, _))) && matches!(step, Step::Tunnel);
        let change = crowd::change(&step, transport);
        let track = self.tracks.entry((self.log, key)).or_default();
        let before_tunnel = track.attempt.is_running();
        let had_failed = track.attempt.has_failed();
        // A login that was not completed is one that failed, unless its user has a tunnel.
        let pending = message.what == (What::SessionLost { pending: true }) && !track.attempt.is_connected();
        let effect = track.attempt.take(&step, number);
        track.number += u32::from(effect.begins);
        if udp {
            for index in std::mem::take(&mut track.datagrams) {
                heal(&Subject::Handshake(index), over(), messages, handshakes);
            }
        }
        let stands = change.unwrap_or_else(|| track.attempt.is_connected() && track.life.has_tunnel());
        track.life.note(moment, stands);
        let now = track.number;
        let fail = |order| Open { what: Subject::Message(index), id: number, order, attempt: now };
        if change == Some(true) {
            track.connected = Some((moment, now, over()));
        }
        if let Some(message) = messages.get_mut(index).filter(|_| had_failed) {
            message.ends_failed = matches!(step, Step::Dropped(_) | Step::Ended(_) | Step::Closed(_));
        }
        match step {
            Step::Passed { order, .. } => {
                track.pass(|open| open.attempt < now && open.order <= order, &over, messages, handshakes);
            }
            Step::Connected => {
                let before = |open: &Open| open.order <= order::CONNECTED || open.attempt < now;
                track.pass(before, &over, messages, handshakes);
            }
            Step::Tunnel => {
                let before = |open: &Open| open.order < order::TUNNEL || open.attempt < now;
                track.pass(before, &over, messages, handshakes);
            }
            Step::Failed { order, .. } => {
                if effect.fails {
                    track.pass(|open| open.attempt < now && open.order < order, &over, messages, handshakes);
                    track.failed = Some((now, Over { passed: false, ..over() }));
                }
                track.open.push(fail(order));
            }
            Step::Dropped(_) | Step::Ended(_) | Step::Closed(_) if effect.fails || pending => {
                track.failed = Some((now, Over { passed: false, ..over() }));
                track.open.push(fail(order::TUNNEL));
                if let Some(message) = messages.get_mut(index).filter(|_| before_tunnel || pending) {
                    message.ends_attempt = true;
                }
            }
            // A tunnel that ended and stood again later.
            Step::Ended(_) | Step::Closed(_) => track.open.push(fail(order::TUNNEL)),
            _ => {}
        }
    }

    fn handshake(&mut self, index: usize, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
        let Some(handshake) = handshakes.get(index) else { return };
        if handshake.tie == Tie::Another {
            return;
        }
        let address = &handshake.peer.address;
        // What another client does at a shared address says nothing of the phone.
        let shared = || Some(format!("@{address}"));
        let is_shared = handshake.tie == Tie::Shared;
        let key = if is_shared { shared() } else { self.key("", address) };
        let several = !address.is_empty() && self.may_be_several(address, is_shared);
        if several && !handshake.is_datagram() {
            if handshake.done.is_none() && handshake.failed.is_some() {
                let address = address.clone();
                self.leave(&address, Subject::Handshake(index));
            }
            return;
        }
        let Some(key) = key else { return };
        let moment = self.moment;
        let track = self.tracks.entry((self.log, key)).or_default();
        let stamp = handshake.ended;
        let over = |place: &Place, passed| Over { place: place.clone(), stamp, passed };
        match (&handshake.done, &handshake.failed, handshake.is_datagram()) {
            (Some(place), _, datagram) => {
                let over = over(place, true);
                if datagram {
                    for index in std::mem::take(&mut track.datagrams) {
                        heal(&Subject::Handshake(index), over.clone(), messages, handshakes);
                    }
                } else {
                    // Who brought no certificate and is let in needed none.
                    let past = |open: &Open| open.order == HANDSHAKE || open.id == NO_CERTIFICATE;
                    track.pass(past, &|| over.clone(), messages, handshakes);
                    track.number += u32::from(track.attempt.shake_hands());
                }
            }
            (None, Some(_), true) => track.datagrams.push(index),
            (None, Some(place), false) => {
                // What was said of a certificate since the handshake began is why it failed, not an earlier attempt.
                let began = handshake.started.as_ref().map(|place| place.at.order);
                let within = |open: &Open| match open.what {
                    Subject::Message(message) => messages.get(message).is_some_and(|message| {
                        let same_log = message.input == handshake.input;
                        same_log && began.is_some_and(|began| message.at.order > began)
                    }),
                    Subject::Handshake(_) => false,
                };
                let number = track.number;
                // Attempts count upwards: those of the present one stand last.
                let mut present = track.open.iter().rev().take_while(|open| open.attempt == number);
                if !present.any(within) {
                    track.number += 1;
                }
                track.attempt = Attempt::default();
                track.life.note(moment, false);
                track.failed = Some((track.number, over(place, false)));
                let what = Subject::Handshake(index);
                track.open.push(Open { what, id: 0, order: HANDSHAKE, attempt: track.number });
            }
            _ => {}
        }
    }

    /// What the phones' last attempts did not come to is superseded.
    fn finish(self, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
        let mut groups: BTreeMap<(Scope, &str), Vec<&Unnamed<Subject>>> = BTreeMap::new();
        for unnamed in &self.unnamed {
            groups.entry((unnamed.scope, &unnamed.address)).or_default().push(unnamed);
        }
        for ((scope, address), failures) in groups {
            let moments: Vec<u64> = failures.iter().map(|unnamed| unnamed.moment).collect();
            let judged = crowd::over(&moments, &self.suspects(scope, address), !address.is_empty());
            for (unnamed, over) in failures.iter().zip(judged) {
                if let Some(over) = over {
                    heal(&unnamed.what, over.clone(), messages, handshakes);
                }
            }
        }
        for track in self.tracks.into_values() {
            let Some((last, over)) = track.failed else { continue };
            let of_last: Vec<u32> =
                track.open.iter().filter(|open| open.attempt == last).map(|open| open.id).collect();
            let old = track.open.iter().filter(|open| open.attempt < last && !of_last.contains(&open.id));
            for open in old {
                heal(&open.what, over.clone(), messages, handshakes);
            }
        }
    }
}

impl Judge {
    /// Every phone that a failure may be of: those of its address, or all of its logs.
    fn suspects(&self, scope: Scope, address: &str) -> Vec<Suspect<'_>> {
        if address.is_empty() {
            let named = |(within, key): &(Scope, String)| *within == scope && !key.starts_with('@');
            let tracks = self.tracks.iter().filter(|(key, _)| named(key));
            return tracks.map(|(_, track)| track.suspect()).collect();
        }
        let phones = self.crowds.at(scope, address).into_iter().flatten();
        phones.filter_map(|user| self.tracks.get(&(scope, user.clone()))).map(Track::suspect).collect()
    }
}

impl Track {
    /// This phone, for failures that may be its own.
    fn suspect(&self) -> Suspect<'_> {
        let back = self
            .connected
            .as_ref()
            .filter(|(_, attempt, _)| self.failed.as_ref().is_none_or(|(failed, _)| failed <= attempt));
        Suspect { life: &self.life, back: back.map(|(moment, _, over)| (*moment, over)) }
    }

    fn pass(
        &mut self,
        is_over: impl Fn(&Open) -> bool,
        over: &dyn Fn() -> Over,
        messages: &mut [Message<'_>],
        handshakes: &mut [Handshake],
    ) {
        self.open.retain(|open| {
            // Whatever a session says comes behind a handshake that was done.
            let past = is_over(open);
            if past {
                heal(&open.what, over(), messages, handshakes);
            }
            !past
        });
    }
}

fn heal(what: &Subject, over: Over, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
    match what {
        Subject::Message(index) => {
            if let Some(message) = messages.get_mut(*index) {
                message.over = Some(over);
            }
        }
        Subject::Handshake(index) => {
            if let Some(handshake) = handshakes.get_mut(*index) {
                handshake.over = Some(over);
            }
        }
    }
}

/// A phone whose last attempt connected, by what the reader of a large log counted further than its events reach.
fn counted_later(documents: &Documents<'_>, messages: &mut [Message<'_>], handshakes: &mut [Handshake]) {
    for log in documents.asa_syslogs.iter().filter(|log| log.document.events_dropped > 0) {
        let mut by_user: BTreeMap<&str, Over> = BTreeMap::new();
        // Where one phone of an address is not connected, what failed there without a name may be its failure.
        let mut by_address: BTreeMap<&str, Option<Over>> = BTreeMap::new();
        for row in &log.document.phones.phones {
            let connected = row.failed.is_none() && row.connected > 0;
            let over = Over { place: log.place(&row.at), stamp: row.last, passed: true };
            for address in &row.addresses {
                let last = by_address.entry(address).or_insert_with(|| Some(over.clone()));
                match last {
                    Some(_) if !connected => *last = None,
                    Some(known) if known.place.at.order < over.place.at.order => *known = over.clone(),
                    _ => {}
                }
            }
            if connected {
                by_user.insert(&row.user, over);
            }
        }
        for message in messages.iter_mut().filter(|message| message.input == log.input) {
            let over = by_user.get(message.user.as_str());
            let later = over.filter(|over| over.place.at.order > message.at.order);
            if let Some(over) = later.filter(|_| matches!(message.step, Step::Failed { .. })) {
                message.over.get_or_insert_with(|| over.clone());
            }
        }
        for handshake in handshakes.iter_mut().filter(|handshake| handshake.input == log.input) {
            let Some(failed) = &handshake.failed else { continue };
            let over = by_address.get(handshake.peer.address.as_str()).and_then(Option::as_ref);
            if let Some(over) = over.filter(|over| over.place.at.order > failed.at.order)
                && !handshake.is_datagram()
            {
                handshake.over.get_or_insert_with(|| over.clone());
            }
        }
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Microseconds of a second.
const MICROS: u64 = 1_000_000;
/// 725017.
const NO_CERTIFICATE: u32 = 725_017;
/// The order of a TLS handshake: before everything that a session says.
const HANDSHAKE: u8 = 0;
