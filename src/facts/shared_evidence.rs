//! What of evidence that many phones share concerns each of them?
//!
//! ```text
//! asa.cfg                          every phone's
//! %ASA-6-113039 … User <CP-7962G-SEP001122334455> IP <192.0.2.9>     that phone's
//! %ASA-6-725006 … client outside:192.0.2.9/50091                     of the phones that log in from there
//! %ASA-4-411001 … Line protocol on Interface outside …               every phone's: it names none
//! ```
//! A case of one phone is narrowed by looking through all of a log (`one_phone`). A fleet would look through it as often
//! as it has phones, so here each line is put to its phones once, by the same signs: a name tells more than an address,
//! and lines of a TLS handshake that carry neither belong where [`handshakes`] puts them. A handshake from an address
//! that no phone is known by is nobody's.
//!
//! Empty: no log and no list of sessions; then every phone gets all of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::Content;
use crate::documents::asa_sessions::AsaSession;
use crate::documents::asa_syslog::{AsaEvent, PhonesSeen};
use crate::facts::one_phone::{addresses, is_handshake};
use crate::facts::{Documents, handshakes};
use crate::intake::Reading;
use crate::names::phone::PhoneName;

/// Evidence of many phones, each line put to its phones.
pub struct SharedEvidence {
    /// Without what is told apart by phone.
    readings: Vec<Reading>,
    logs: Vec<SharedLog>,
    lists: Vec<SharedList>,
    phones: BTreeSet<PhoneName>,
}

/// Where a document stands among the readings.
type Spot = (usize, usize);

struct SharedLog {
    spot: Spot,
    events: Vec<AsaEvent>,
    owners: Owners,
    seen: PhonesSeen,
    /// Places in the lists of `seen`, by phone.
    rows: BTreeMap<PhoneName, Vec<usize>>,
    addresses: BTreeMap<PhoneName, BTreeSet<String>>,
}

struct SharedList {
    spot: Spot,
    sessions: Vec<AsaSession>,
    owners: Owners,
}

/// Whose things are, by their places.
#[derive(Default)]
struct Owners {
    every: Vec<usize>,
    own: BTreeMap<PhoneName, Vec<usize>>,
    nobodys: Vec<usize>,
}

impl Owners {
    /// The places of what concerns one phone, in order.
    fn of(&self, phone: Option<&PhoneName>) -> Vec<usize> {
        let own = match phone {
            Some(phone) => self.own.get(phone).map(Vec::as_slice).unwrap_or_default(),
            None => &self.nobodys,
        };
        let mut places: Vec<usize> = self.every.iter().chain(own).copied().collect();
        places.sort_unstable();
        places
    }
}

impl SharedEvidence {
    /// Puts each line of logs and lists to its phones.
    pub fn new(mut readings: Vec<Reading>) -> Self {
        let by_address = phones_by_address(&readings);
        let ties = ties(&readings, &by_address);
        let (mut logs, mut lists, mut phones) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut base = 0_u32;
        for (at, reading) in readings.iter_mut().enumerate() {
            for (place, document) in reading.documents.iter_mut().enumerate() {
                let input = base.saturating_add(document.input);
                let spot = (at, place);
                match &mut document.content {
                    Content::AsaSyslog(log) => {
                        let events = std::mem::take(&mut log.events);
                        let seen = std::mem::take(&mut log.phones);
                        let mut owners = Owners::default();
                        for (index, event) in events.iter().enumerate() {
                            let tie = ties.get(&(input, event.at.order));
                            put(&mut owners, index, event.text(), is_handshake(event), tie, &by_address);
                        }
                        logs.push(SharedLog::new(spot, events, owners, seen));
                    }
                    Content::AsaSessions(list) => {
                        let sessions = std::mem::take(&mut list.sessions);
                        let mut owners = Owners::default();
                        for (index, session) in sessions.iter().enumerate() {
                            put(&mut owners, index, &session.user, false, None, &BTreeMap::new());
                        }
                        lists.push(SharedList { spot, sessions, owners });
                    }
                    _ => {}
                }
            }
            base = base.saturating_add(u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX));
        }
        for log in &logs {
            phones.extend(log.owners.own.keys().chain(log.rows.keys()).cloned());
        }
        for list in &lists {
            phones.extend(list.owners.own.keys().cloned());
        }
        Self { readings, logs, lists, phones }
    }

    /// Phones that it names.
    pub fn phones(&self) -> &BTreeSet<PhoneName> {
        &self.phones
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// What concerns one phone.
    pub fn of_phone(&self, phone: &PhoneName) -> Vec<Reading> {
        self.of(Some(phone))
    }

    /// What concerns no phone that is known by its name, and what concerns every one.
    pub fn of_nobody(&self) -> Vec<Reading> {
        self.of(None)
    }

    fn of(&self, phone: Option<&PhoneName>) -> Vec<Reading> {
        let mut readings = self.readings.clone();
        let content = |readings: &mut Vec<Reading>, (at, place): Spot, fill: &dyn Fn(&mut Content)| {
            let document = readings.get_mut(at).and_then(|reading| reading.documents.get_mut(place));
            document.into_iter().for_each(|document| fill(&mut document.content));
        };
        for log in &self.logs {
            content(&mut readings, log.spot, &|content| {
                let Content::AsaSyslog(narrow) = content else { return };
                narrow.events = picked(&log.events, &log.owners.of(phone));
                narrow.phones = log.seen_of(phone);
            });
        }
        for list in &self.lists {
            content(&mut readings, list.spot, &|content| {
                let Content::AsaSessions(narrow) = content else { return };
                narrow.sessions = picked(&list.sessions, &list.owners.of(phone));
            });
        }
        readings
    }
}

impl SharedLog {
    fn new(spot: Spot, events: Vec<AsaEvent>, owners: Owners, seen: PhonesSeen) -> Self {
        let mut rows: BTreeMap<PhoneName, Vec<usize>> = BTreeMap::new();
        let mut addresses: BTreeMap<PhoneName, BTreeSet<String>> = BTreeMap::new();
        for (index, row) in seen.phones.iter().enumerate() {
            let Some((_, name)) = PhoneName::at_end_of(&row.user) else { continue };
            addresses.entry(name.clone()).or_default().extend(row.addresses.iter().cloned());
            rows.entry(name).or_default().push(index);
        }
        Self { spot, events, owners, seen, rows, addresses }
    }

    /// The rows of one phone; without one those that name none.
    fn seen_of(&self, phone: Option<&PhoneName>) -> PhonesSeen {
        let all = &self.seen;
        let mut seen = PhonesSeen { other_users: all.other_users, full: all.full, ..PhonesSeen::default() };
        let Some(phone) = phone else {
            let nameless = |user: &str| PhoneName::at_end_of(user).is_none();
            seen.phones = all.phones.iter().filter(|row| nameless(&row.user)).cloned().collect();
            seen.strangers.clone_from(&all.strangers);
            return seen;
        };
        let rows = self.rows.get(phone).map(Vec::as_slice).unwrap_or_default();
        seen.phones = picked(&all.phones, rows);
        if let Some(own) = self.addresses.get(phone) {
            let near = |address: &String| own.contains(address);
            let is_near = |row: &&crate::documents::asa_syslog::PhoneSeen| row.addresses.iter().any(near);
            seen.shared = all.shared.iter().filter(is_near).cloned().collect();
            seen.strangers = all.strangers.iter().filter(is_near).cloned().collect();
        }
        seen
    }
}

fn picked<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| all.get(*place)).cloned().collect()
}

/// Puts one thing to its phones.
fn put(
    owners: &mut Owners,
    index: usize,
    text: &str,
    handshake: bool,
    tie: Option<&BTreeSet<PhoneName>>,
    by_address: &BTreeMap<String, BTreeSet<PhoneName>>,
) {
    let mut phones: BTreeSet<PhoneName> = PhoneName::all_in(text).map(|(_, name)| name).collect();
    if phones.is_empty() {
        let known = addresses(text).find_map(|address| by_address.get(address)).or(tie);
        phones.extend(known.into_iter().flatten().cloned());
    }
    if phones.is_empty() {
        let list = if handshake { &mut owners.nobodys } else { &mut owners.every };
        list.push(index);
    }
    for phone in phones {
        owners.own.entry(phone).or_default().push(index);
    }
}

/// The phones that logs and lists show at each address.
fn phones_by_address(readings: &[Reading]) -> BTreeMap<String, BTreeSet<PhoneName>> {
    let mut known: BTreeMap<String, BTreeSet<PhoneName>> = BTreeMap::new();
    let mut note = |user: &str, address: &str| {
        if let Some((_, name)) = PhoneName::at_end_of(user).filter(|_| !address.is_empty()) {
            known.entry(address.to_owned()).or_default().insert(name);
        }
    };
    for document in readings.iter().flat_map(|reading| &reading.documents) {
        match &document.content {
            Content::AsaSyslog(log) => {
                for row in &log.phones.phones {
                    row.addresses.iter().for_each(|address| note(&row.user, address));
                }
            }
            Content::AsaSessions(list) => {
                list.sessions.iter().for_each(|session| note(&session.user, &session.public));
            }
            _ => {}
        }
    }
    known
}

/// The phones of handshakes' lines that carry no address, by input and rank.
fn ties(
    readings: &[Reading],
    by_address: &BTreeMap<String, BTreeSet<PhoneName>>,
) -> BTreeMap<(u32, u64), BTreeSet<PhoneName>> {
    let mut ties = BTreeMap::new();
    for handshake in handshakes::of(&Documents::of(readings)) {
        let Some(phones) = by_address.get(&handshake.peer.address) else { continue };
        let listed = [&handshake.proposed, &handshake.supported, &handshake.reasons].into_iter().flatten();
        let orders = listed.map(|line| line.at.order).chain(handshake.supports.iter().map(|at| at.at.order));
        for order in orders {
            ties.entry((handshake.input, order)).or_insert_with(BTreeSet::new).extend(phones.iter().cloned());
        }
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    const LOG: &str = "\
Nov 24 2026 08:00:01: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.7/50001 for TLSv1 session.
Nov 24 2026 08:00:01: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.8/50002 for TLSv1 session.
Nov 24 2026 08:00:01: %ASA-7-725014: SSL lib error. Function: SSL3_GET_RECORD Reason: no shared cipher
Nov 24 2026 08:00:02: %ASA-6-725006: Device failed SSL handshake with client outside:198.51.100.8/50002
Nov 24 2026 08:00:02: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.9/50002 for TLSv1 session.
Nov 24 2026 08:00:03: %ASA-6-113039: Group <GP> User <CP-7962G-SEP001122334455> IP <198.51.100.7> AnyConnect parent session started.
Nov 24 2026 08:00:03: %ASA-6-113039: Group <GP> User <CP-8845-SEPAABBCCDDEEFF> IP <198.51.100.8> AnyConnect parent session started.
Nov 24 2026 08:00:04: %ASA-4-411001: Line protocol on Interface outside, changed state to up
Nov 24 2026 08:00:05: %ASA-6-199005: Startup begin
";

    fn lines(readings: &[Reading]) -> Vec<u32> {
        let mut lines = Vec::new();
        for document in readings.iter().flat_map(|reading| &reading.documents) {
            if let Content::AsaSyslog(log) = &document.content {
                lines.extend(log.events.iter().map(|event| event.at.line));
            }
        }
        lines
    }

    #[test]
    fn every_line_is_put_to_its_phones() {
        let shared = SharedEvidence::new(readings(&[("asa.log", LOG)]));
        let names: Vec<&str> = shared.phones().iter().map(PhoneName::as_str).collect();
        assert_eq!(names, ["SEP001122334455", "SEPAABBCCDDEEFF"]);
        for (name, expected) in [
            ("SEP001122334455", vec![1, 6, 9]),
            ("SEPAABBCCDDEEFF", vec![2, 3, 4, 7, 9]),
            ("SEP000000000000", vec![9]),
        ] {
            let narrow = shared.of_phone(&PhoneName::parse(name).unwrap());
            assert_eq!(lines(&narrow), expected, "{name}");
            let Content::AsaSyslog(log) = &narrow[0].documents[0].content else { panic!("{narrow:?}") };
            assert_eq!(log.phones.phones.len(), usize::from(expected.len() > 1), "{name}");
            assert_eq!(log.messages, 9, "what was counted stays");
        }
        assert_eq!(lines(&shared.of_nobody()), [5, 9]);
    }

    #[test]
    fn a_log_of_one_phone_is_that_of_the_case_narrowed_to_it() {
        let all = readings(&[("asa.log", LOG)]);
        let shared = SharedEvidence::new(all.clone());
        let said = crate::case::Said::new();
        let case = crate::case::Case::of(&all, &said, crate::testing::now());
        let rows = crate::views::phones::all(&case);
        for phone in shared.phones() {
            let narrowed = crate::facts::one_phone::narrowed(&all, &rows, phone.as_str()).unwrap();
            assert_eq!(lines(&shared.of_phone(phone)), lines(&narrowed), "{phone:?}");
        }
    }
}
