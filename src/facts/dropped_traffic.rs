//! Which packets of phones did an ASA drop behind their tunnels?
//!
//! ```text
//! 722051: Group <P> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Address <198.51.100.7> assigned to session
//! 106023: Deny udp src outside:198.51.100.7/50091 dst inside:198.51.100.69/69 by access-group "outside_in"
//! 305013: Asymmetric NAT rules matched for forward and reverse flows; Connection for udp src outside:198.51.100.7/…
//! ```
//! Witness: an ASA's log. The sender is a phone where its session had that address when the packet was dropped: who got
//! it last, until that session ended. Where a log begins later, the session may stand in another log of the case: that
//! is a guess, and none where the address was somebody else's as well.
//!
//! Quirks: what gets through is not logged. A phone that cannot register asks again within minutes, so it is over where
//! the phone has a new session and a while goes by without a drop, and may be over where the log goes on for long.
//!
//! Sources: Cisco Secure Firewall ASA Series Syslog Messages, 106xxx, 110002, 110003, 305005, 305006, 305013, 722051.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::event::{AddressOutcome, DropReason, Peer};
use crate::facts::Documents;
use crate::facts::whose::Message;
use crate::names::user::without_domain;
use crate::observe::{By, Log, Observation, What};
use crate::source::Place;
use crate::tables::phone_ports;
use crate::time::Stamp;

/// A packet that was dropped.
#[derive(Clone, Debug)]
pub struct Drop<'a> {
    /// The line that says so.
    pub place: Place,
    /// The phone's address in the tunnel, and its port.
    pub from: &'a Peer,
    /// Where it should have gone.
    pub to: &'a Peer,
    /// The access list; may be empty.
    pub by: &'a str,
    /// Why.
    pub reason: DropReason,
    stamp: Option<Stamp>,
    input: u32,
    index: usize,
}

/// What was dropped of one phone and still counts.
#[derive(Clone, Debug)]
pub struct PhoneDrops<'a> {
    /// The phone's user name as printed, without a domain.
    pub user: String,
    /// The line that gave it its address.
    pub assigned: Place,
    /// The drops of its last session with any, in the order of the log.
    pub drops: Vec<Drop<'a>>,
    /// The session stands in another log than the drops.
    pub by_another_log: bool,
    /// The phone began again later in the same log, which has no times to tell for how long.
    pub begins_again: bool,
    /// Whole minutes for which the log goes on without a drop; `None` where that says nothing.
    pub quiet_minutes: Option<u64>,
}

impl PhoneDrops<'_> {
    /// For so long, in whole minutes, one server alone was asked to register; `None` where another one or files were, or
    /// where that is no long time.
    pub fn minutes_at_one_server(&self) -> Option<u64> {
        let needed =
            || self.drops.iter().filter(|drop| drop.to.port.is_some_and(phone_ports::is_of_registration));
        let (first, last) = (needed().next()?, needed().next_back()?);
        let same = needed().all(|drop| drop.to == first.to);
        let minutes = seconds_between(first.stamp, last.stamp)? / 60;
        (same && minutes >= LONG_MINUTES).then_some(minutes)
    }
}

/// One phone's session with its address.
#[derive(Clone, Debug)]
struct Given<'a> {
    user: &'a str,
    place: Place,
    input: u32,
    index: usize,
    stamp: Option<Stamp>,
    /// The last time in its log.
    log_ends: Option<Stamp>,
}

/// Reads them, by user.
pub fn of<'a>(documents: &Documents<'a>, messages: &[Message<'a>]) -> Vec<PhoneDrops<'a>> {
    let logs = || documents.logs_by(By::AsaLog);
    let drops = |log: &Log<'_>| log.observations.iter().any(is_drop);
    // Most logs have none, and the rest is work for each message.
    if !logs().any(drops) {
        return Vec::new();
    }
    let of_phones: HashMap<(u32, usize), &str> = messages
        .iter()
        .filter(|message| message.is_phones() && matches!(message.what, What::AddressAssigned { .. }))
        .map(|message| ((message.input, message.index), message.user.as_str()))
        .collect();
    let given = sessions(documents, &of_phones);
    let mut by_user: BTreeMap<&str, PhoneDrops<'a>> = BTreeMap::new();
    for log in documents.logs_by(By::AsaLog) {
        let mut holders: HashMap<&str, (&str, Place)> = HashMap::new();
        let mut addresses: HashMap<&str, &str> = HashMap::new();
        // A phone often begins again before the ASA has ended what stood.
        let mut still_to_end: HashMap<&str, usize> = HashMap::new();
        for (index, event) in log.observations.iter().enumerate() {
            match event.what {
                What::AddressAssigned { address } => match of_phones.get(&(log.input, index)) {
                    Some(user) => {
                        if let Some(before) = addresses.insert(user, address) {
                            holders.remove(before);
                            *still_to_end.entry(user).or_default() += 1;
                        }
                        holders.insert(address, (user, event.place()));
                    }
                    None => {
                        holders.remove(address);
                    }
                },
                What::SessionEnded { .. } => {
                    let user = event.session().map(|session| without_domain(&session.user));
                    match user.and_then(|user| still_to_end.get_mut(user)) {
                        Some(count) if *count > 0 => *count -= 1,
                        _ => {
                            if let Some(address) = user.and_then(|user| addresses.remove(user)) {
                                holders.remove(address);
                            }
                        }
                    }
                }
                What::AddressRequested { outcome: AddressOutcome::Freed, address, .. } => {
                    holders.remove(address);
                }
                What::TrafficDropped { from, to, by, reason } => {
                    let here = holders.get(from.address.as_str()).map(|(user, place)| (*user, place.clone()));
                    let by_another_log = here.is_none();
                    let elsewhere = || {
                        let other = given.elsewhere(&from.address, log.input)?;
                        Some((other.user, other.place.clone()))
                    };
                    let Some((user, assigned)) = here.or_else(elsewhere) else { continue };
                    let drop = Drop {
                        place: event.place(),
                        from,
                        to,
                        by,
                        reason,
                        stamp: event.stamp,
                        input: log.input,
                        index,
                    };
                    let row = by_user.entry(user).or_insert_with(|| PhoneDrops {
                        user: user.to_owned(),
                        assigned: assigned.clone(),
                        drops: Vec::new(),
                        by_another_log,
                        begins_again: false,
                        quiet_minutes: None,
                    });
                    if row.assigned != assigned {
                        // An earlier session's count no more.
                        (row.assigned, row.by_another_log) = (assigned, by_another_log);
                        row.drops.clear();
                    }
                    row.drops.push(drop);
                }
                _ => {}
            }
        }
    }
    let ends: HashMap<u32, Option<Stamp>> = logs().map(|log| (log.input, log.times.1)).collect();
    by_user
        .into_values()
        .filter(|row| !given.is_over(row))
        .map(|mut row| {
            row.quiet_minutes = row.drops.last().and_then(|drop| {
                let ends = ends.get(&drop.input).copied().flatten();
                let minutes = seconds_between(drop.stamp, ends)? / 60;
                (minutes >= LONG_MINUTES).then_some(minutes)
            });
            row.begins_again = given.begins_again(&row);
            row
        })
        .collect()
}

fn is_drop(event: &Observation<'_>) -> bool {
    matches!(event.what, What::TrafficDropped { .. })
}

/// Who got which address, in all logs.
struct Sessions<'a> {
    by_user: HashMap<&'a str, Vec<Given<'a>>>,
    by_address: HashMap<&'a str, Given<'a>>,
    /// Addresses that somebody else than one phone had.
    of_several: HashSet<&'a str>,
}

fn sessions<'a>(documents: &'a Documents<'_>, of_phones: &HashMap<(u32, usize), &'a str>) -> Sessions<'a> {
    let mut all =
        Sessions { by_user: HashMap::new(), by_address: HashMap::new(), of_several: HashSet::new() };
    for log in documents.logs_by(By::AsaLog) {
        for (index, event) in log.observations.iter().enumerate() {
            let What::AddressAssigned { address } = event.what else { continue };
            let Some(user) = of_phones.get(&(log.input, index)).copied() else {
                all.of_several.insert(address);
                continue;
            };
            let (place, input, stamp) = (event.place(), log.input, event.stamp);
            let given = Given { user, place, input, index, stamp, log_ends: log.times.1 };
            if let Some(before) = all.by_address.insert(address, given.clone())
                && before.user != user
            {
                all.of_several.insert(address);
            }
            all.by_user.entry(user).or_default().push(given);
        }
    }
    all
}

impl Sessions<'_> {
    /// The only phone that ever had this address, in another log than this one.
    fn elsewhere(&self, address: &str, input: u32) -> Option<&Given<'_>> {
        let given = self.by_address.get(address)?;
        (given.input != input && !self.of_several.contains(address)).then_some(given)
    }

    /// The phone began again later in the same log, which has no times.
    fn begins_again(&self, row: &PhoneDrops<'_>) -> bool {
        let (Some(last), Some(sessions)) = (row.drops.last(), self.by_user.get(row.user.as_str())) else {
            return false;
        };
        let later = |given: &Given<'_>| given.input == last.input && given.index > last.index;
        last.stamp.is_none() && sessions.iter().any(later)
    }

    /// The phone began again later, and for a while nothing of it was dropped.
    fn is_over(&self, row: &PhoneDrops<'_>) -> bool {
        let Some(last) = row.drops.last() else { return true };
        let later = |given: &&Given<'_>| {
            if given.input == last.input {
                given.index > last.index
            } else {
                given.place != row.assigned && seconds_between(last.stamp, given.stamp).is_some_and(|s| s > 0)
            }
        };
        let calm = |given: &Given<'_>| {
            seconds_between(given.stamp, given.log_ends).is_some_and(|s| s >= CALM_SECONDS)
        };
        let sessions = self.by_user.get(row.user.as_str());
        sessions.is_some_and(|sessions| sessions.iter().filter(later).any(calm))
    }
}

/// Whole seconds from one moment to a later one, of one year; `None` where they cannot be compared.
fn seconds_between(from: Option<Stamp>, to: Option<Stamp>) -> Option<u64> {
    let (from, to) = (from?, to?);
    if from.year != to.year || from.offset_minutes != to.offset_minutes {
        return None;
    }
    let second = |stamp: Stamp| {
        let day = stamp.day_of_year(None).map_or(0, u64::from);
        day * 86_400 + stamp.micros_of_day / 1_000_000
    };
    second(to).checked_sub(second(from))
}

/// So long after a new session without a drop, the phone has what it asked for.
const CALM_SECONDS: u64 = 120;
/// So long without a drop, it may be over.
const LONG_MINUTES: u64 = 15;
