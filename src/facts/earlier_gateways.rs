//! Which gateways failed a phone before another one took it?
//!
//! A phone tries the urls of its VPN group one after the other (UCM feature guide, VPN gateway; `url1` to `url3`), so one
//! that works by a later one has a gateway that fails. What fails there is past for the phone, and not mended.
//!
//! Witnesses: a phone's console log that prints whom it connects to; captures, see [`crate::facts::wire`]. A gateway that
//! takes the phone later is none, nor is one that sends it on to another. Where the phone got no connection to the one
//! that took it either, it was cut off from both, and only a gateway that had answered is told.

use std::collections::BTreeSet;

use crate::event::Channel;
use crate::facts::Documents;
use crate::facts::gateway_address::host_of;
use crate::facts::phone_stages::stage_failed;
use crate::facts::wire::LeftForAnother;
use crate::facts::wire_words::says;
use crate::observe::{By, Log, LoginAttempt, LoginOutcome, Observation, What};
use crate::source::Place;
use crate::stage::Stage;
use crate::text::Text;

/// One gateway and one phone.
#[derive(Clone, Debug)]
pub struct EarlierGateway {
    /// The address of the gateway, or the name that was not resolved, as its witness prints it.
    pub gateway: String,
    /// The line or packet at which it failed.
    pub failed: Place,
    /// What that says.
    pub says: Text,
    /// Where the phone turns to it, where that is another line.
    pub tried: Option<Place>,
    /// The address of the gateway that took the phone.
    pub taken_by: String,
    /// Where it did.
    pub taken: Place,
}

/// By logs first, each gateway of each log once.
pub fn of(documents: &Documents<'_>, on_the_wire: &[LeftForAnother<'_>]) -> Vec<EarlierGateway> {
    let mut all: Vec<EarlierGateway> = documents.logs_by(By::PhoneLog).flat_map(of_log).collect();
    all.extend(on_the_wire.iter().map(|left| EarlierGateway {
        gateway: left.gateway.to_owned(),
        failed: left.failure.place.clone(),
        says: says(left.failure.what),
        tried: None,
        taken_by: left.taken_by.to_owned(),
        taken: left.taken.clone(),
    }));
    all
}

/// What failed between a phone's last two sessions.
fn of_log(log: &Log<'_>) -> Vec<EarlierGateway> {
    let connected = log.attempts.iter().rposition(|attempt| attempt.outcome == LoginOutcome::Connected);
    let Some((before, last)) =
        connected.and_then(|at| Some((log.attempts.get(..at)?, log.attempts.get(at)?)))
    else {
        return Vec::new();
    };
    // What later parts of the log tell of it is newer.
    let Some((taken, taken_by)) = peer(log, last).filter(|_| last.last >= log.past) else {
        return Vec::new();
    };
    let mut known = BTreeSet::from([taken_by]);
    let since = before.iter().rev().take_while(|attempt| attempt.outcome != LoginOutcome::Connected);
    let failed = since.filter(|attempt| attempt.outcome == LoginOutcome::Failed);
    let was_cut_off =
        failed.clone().any(|attempt| peer(log, attempt).is_some_and(|(_, gateway)| gateway == taken_by));
    let mut all: Vec<EarlierGateway> = failed
        .filter_map(|attempt| {
            let (tried, gateway) = peer(log, attempt).filter(|(_, gateway)| known.insert(gateway))?;
            let events = events_of(log, attempt);
            if events.iter().any(|event| matches!(event.what, What::Redirected { .. })) {
                return None;
            }
            let stage = events.iter().filter_map(|event| stage_failed(&event.what)).min();
            if was_cut_off && stage.is_none_or(|stage| stage <= Stage::Reach) {
                return None;
            }
            let failed = events.iter().find(|event| stage_failed(&event.what).is_some()).or(events.last())?;
            Some(EarlierGateway {
                gateway: gateway.to_owned(),
                failed: failed.place(),
                says: FAILS,
                tried: Some(tried.place()).filter(|place| *place != failed.place()),
                taken_by: taken_by.to_owned(),
                taken: taken.place(),
            })
        })
        .collect();
    all.reverse();
    all
}

fn events_of<'l, 'a>(log: &'l Log<'a>, attempt: &LoginAttempt) -> &'l [Observation<'a>] {
    log.observations.get(attempt.first..=attempt.last).unwrap_or_default()
}

/// Whom an attempt turned to last, without the port, and the line that says so.
fn peer<'l, 'a>(log: &'l Log<'a>, attempt: &LoginAttempt) -> Option<(&'l Observation<'a>, &'a str)> {
    events_of(log, attempt).iter().rev().find_map(|event| match event.what {
        What::Connecting { channel: Channel::Tls, peer } => Some((event, host_of(peer))),
        _ => None,
    })
}

const FAILS: Text =
    Text::fixed("the attempt at this gateway fails", "Der Versuch an diesem Gateway scheitert");
