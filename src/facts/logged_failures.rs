//! Which failures of phones do the logs tell, certain or possible, and which of them still count?
//!
//! Witnesses: messages of the ASAs' logs that are or may be a phone's, TLS handshakes that failed and are no other
//! client's, and phones' own logs. A failure that a phone got past later is told as over. A case with one that counts
//! is not clear, whatever the rules know of its reason.

use crate::event::attempt::Step;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::whose::{Message, Over};
use crate::facts::{Documents, phones, progress};
use crate::finding::Confidence;
use crate::observe::{By, Log, LoginOutcome};
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::tls_alerts;

/// One failure that a log tells.
#[derive(Clone, Debug)]
pub struct LoggedFailure {
    /// The phone's user or name; empty where it is not known.
    pub phone: String,
    /// The public address; may be empty.
    pub address: String,
    /// Where the attempt ended.
    pub stage: Stage,
    /// The device's reason as printed; may be empty.
    pub reason: String,
    /// The line.
    pub place: Place,
    /// How sure it is that it was a phone.
    pub confidence: Confidence,
    /// Where it was over; `None` where it counts.
    pub over: Option<Over>,
}

impl LoggedFailure {
    /// It counts for the verdict.
    pub fn is_current(&self) -> bool {
        self.over.is_none()
    }
}

/// All of them: those of the ASAs' logs first, each log's in its order.
pub fn of(
    documents: &Documents<'_>,
    messages: &[Message<'_>],
    handshakes: &[Handshake],
) -> Vec<LoggedFailure> {
    let mut all: Vec<LoggedFailure> = messages.iter().filter_map(of_message).collect();
    all.extend(handshakes.iter().filter_map(of_handshake));
    all.sort_by(|one, other| {
        (one.place.input, one.place.at.order).cmp(&(other.place.input, other.place.at.order))
    });
    let phones = phones::of(documents);
    for log in documents.logs_by(By::PhoneLog) {
        all.extend(of_phone_log(log, &phones));
    }
    all
}

fn of_message(message: &Message<'_>) -> Option<LoggedFailure> {
    let (stage, reason) = match &message.step {
        Step::Failed { stage, words, .. } => (*stage, words.clone().into_owned()),
        Step::Ended(words) | Step::Closed(words) if message.ends_attempt => {
            (Stage::Tunnel, (*words).to_owned())
        }
        _ => return None,
    };
    Some(LoggedFailure {
        phone: message.user.clone(),
        address: message.address.clone(),
        stage,
        reason,
        place: message.place(),
        confidence: message.confidence(),
        over: message.over.clone(),
    })
}

fn of_handshake(handshake: &Handshake) -> Option<LoggedFailure> {
    if handshake.tie == Tie::Another || handshake.done.is_some() {
        return None;
    }
    let reason = handshake.reasons.first();
    let place = reason.map(|reason| handshake.place(reason)).or_else(|| handshake.failed.clone())?;
    let reason = reason.map(|reason| reason.value.clone()).unwrap_or_default();
    let stage = match tls_alerts::by_reason(&reason) {
        _ if handshake.is_datagram() => Stage::Tls,
        Some(42..=46 | 48) => Stage::Trust,
        _ => Stage::Tls,
    };
    Some(LoggedFailure {
        phone: String::new(),
        address: handshake.peer.address.clone(),
        stage,
        reason,
        place,
        confidence: if handshake.is_phones() { Confidence::Likely } else { Confidence::Possible },
        over: handshake.over.clone(),
    })
}

/// The last attempt of a phone that its own log shows to have failed, unless a later one connected.
fn of_phone_log(log: &Log<'_>, phones: &[phones::Phone<'_>]) -> Option<LoggedFailure> {
    let ended = log.attempts.iter().rev().find(|attempt| attempt.outcome != LoginOutcome::Open)?;
    if ended.outcome != LoginOutcome::Failed || ended.last < log.past {
        return None;
    }
    let told = progress::of_phone_log(log).failed.into_iter().next();
    let last = log.observations.get(ended.last)?;
    let (stage, place) = told.unwrap_or_else(|| (Stage::Login, last.place()));
    Some(LoggedFailure {
        phone: phones::of_log(log, phones),
        address: String::new(),
        stage,
        reason: String::new(),
        place,
        confidence: Confidence::Certain,
        over: None,
    })
}
