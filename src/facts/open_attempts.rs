//! Who begins to connect again and again, without a word in any file of how that ended?
//!
//! ```text
//! VPNC: -tcp_connect: connecting to 203.0.113.1:443        and a minute later the same line again
//! 725001 … Starting SSL handshake with client outside:198.51.100.45/50091   and neither 725002 nor 725006
//! ```
//! Once may be where a log ends. Where the next attempt begins, the one before it came to nothing, though nothing in
//! the log says that it failed: no rule has anything to tell, and still the client does not get through.
//!
//! Witnesses: a phone's own log, or its logs together, where it dials at two times at least; handshakes over TCP in an ASA's log, from three
//! ports at least, since a client may open two connections at once. Nothing is said of a log that was cut, nor where a
//! phone gets through afterwards, or in another file, whose time may be any. Handshakes that nothing ties to a phone
//! are somebody else's where any file shows what a phone does.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Documents;
use crate::facts::handshake::Handshake;
use crate::facts::phones::{self, Phone};
use crate::facts::sessions::Sessions;
use crate::observe::{By, Log, LoginOutcome, Observation, What};
use crate::source::Place;
use crate::time::Stamp;

/// Attempts of one client, one behind the other up to the end of the log.
#[derive(Clone, Debug)]
pub struct OpenAttempts {
    /// A phone's name, or the client's address; empty where a phone's log does not say whose it is.
    pub name: String,
    /// It is a phone.
    pub is_phones: bool,
    /// How many there are.
    pub times: usize,
    /// Where the first one begins.
    pub first: Place,
    /// Where the last one begins.
    pub last: Place,
}

/// The client with the most of them, phones before others; `names_phones` where a log or a list of sessions names one.
pub fn of(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    handshakes: &[Handshake],
    sessions: &Sessions,
    names_phones: bool,
) -> Option<OpenAttempts> {
    if !documents.asa_sessions.is_empty() {
        return None;
    }
    let through = got_through(documents, sessions);
    let others_count = !names_phones && documents.phone_logs.is_empty();
    let logs = of_phone_logs(documents, phones, through.is_empty());
    let cut: BTreeSet<u32> =
        documents.logs_by(By::AsaLog).filter(|log| log.is_cut).map(|log| log.input).collect();
    let handshakes = of_handshakes(handshakes)
        .into_iter()
        .filter(|one| (one.is_phones || others_count) && !cut.contains(&one.first.input));
    logs.into_iter()
        .chain(handshakes)
        .filter(|one| !through.keys().any(|input| *input != one.first.input))
        .filter(|one| through.get(&one.first.input).is_none_or(|last| *last < one.first.at.order))
        .max_by_key(|one| (one.is_phones, one.times))
}

/// The inputs in which phones get through, and where each does so last, by [`At::order`](crate::source::At::order).
fn got_through(documents: &Documents<'_>, sessions: &Sessions) -> BTreeMap<u32, u64> {
    let in_asa_logs = sessions.phones.iter().filter_map(|session| {
        let assigned = session.assigned.as_ref().map(|assigned| session.place(assigned));
        assigned.or_else(|| session.tcp.clone()).or_else(|| session.udp.clone())
    });
    let by_themselves = documents.logs_by(By::PhoneLog).filter_map(|log| {
        let connected = log.attempts.iter().rfind(|attempt| attempt.outcome == LoginOutcome::Connected);
        let registered = log.observations.iter().rfind(|event| matches!(event.what, What::Registered));
        let connected = connected.and_then(|attempt| log.observations.get(attempt.last));
        connected.into_iter().chain(registered).map(Observation::place).max_by_key(|place| place.at.order)
    });
    let mut last: BTreeMap<u32, u64> = BTreeMap::new();
    for place in in_asa_logs.chain(by_themselves) {
        let known = last.entry(place.input).or_default();
        *known = place.at.order.max(*known);
    }
    last
}

/// What each phone has begun since it last came to an end: by one log, or, where no file shows a phone that gets through,
/// by its logs together, of which each may hold a single attempt.
fn of_phone_logs(documents: &Documents<'_>, phones: &[Phone<'_>], together: bool) -> Vec<OpenAttempts> {
    let mut all: BTreeMap<String, Vec<Begun>> = BTreeMap::new();
    for log in documents.logs_by(By::PhoneLog) {
        if let Some(begun) = of_phone_log(log) {
            all.entry(phones::of_log(log, phones)).or_default().push(begun);
        }
    }
    let told = |name: &str, times: usize, first: &Place, last: &Place| {
        let (first, last) = (first.clone(), last.clone());
        (times >= 2).then(|| OpenAttempts { name: name.to_owned(), is_phones: true, times, first, last })
    };
    let mut open = Vec::new();
    for (name, logs) in &mut all {
        logs.sort_by(|one, other| one.moments.iter().max().cmp(&other.moments.iter().max()));
        let alone = logs.iter().filter_map(|one| told(name, one.moments.len(), &one.first, &one.last));
        open.extend(alone);
        // A log that was dropped twice tells of one attempt as well.
        let moments: BTreeSet<Moment> = logs.iter().flat_map(|one| &one.moments).copied().collect();
        // Logs that name no phone may be of several.
        if together
            && !name.is_empty()
            && is_one_day(&moments)
            && let [first, .., last] = logs.as_slice()
        {
            open.extend(told(name, moments.len(), &first.first, &last.last));
        }
    }
    open
}

/// True where all are known and of one day: attempts that lie weeks apart are not one behind the other.
fn is_one_day(moments: &BTreeSet<Moment>) -> bool {
    let days: BTreeSet<_> =
        moments.iter().map(|(day, stamp)| stamp.map(|stamp| (*day, stamp.year, stamp.month_day))).collect();
    days.len() == 1 && !days.contains(&None)
}

/// When an attempt begins, by its log.
type Moment = (u32, Option<Stamp>);

/// The attempts at the end of a phone's log.
struct Begun {
    moments: Vec<Moment>,
    first: Place,
    last: Place,
}

fn of_phone_log(log: &Log<'_>) -> Option<Begun> {
    let last = log.attempts.last().filter(|attempt| attempt.last >= log.past && !log.is_cut)?;
    let open = log.attempts.iter().rev().take_while(|attempt| attempt.outcome == LoginOutcome::Open);
    let begins: Vec<&Observation<'_>> =
        open.filter_map(|attempt| log.observations.get(attempt.first)).collect();
    let (first, last) = (begins.last()?.place(), log.observations.get(last.first)?.place());
    // A log in which every line stands twice tells of one attempt.
    let mut moments: Vec<Moment> = begins.iter().map(|event| (event.day, event.stamp)).collect();
    moments.dedup();
    Some(Begun { moments, first, last })
}

/// What each address has begun since it last came to an end.
fn of_handshakes(handshakes: &[Handshake]) -> Vec<OpenAttempts> {
    let mut open: BTreeMap<(u32, &str), (OpenAttempts, Option<u16>)> = BTreeMap::new();
    for handshake in handshakes.iter().filter(|one| !one.is_datagram() && !one.peer.is_server) {
        let key = (handshake.input, handshake.peer.address.as_str());
        let ended = handshake.done.is_some() || handshake.failed.is_some() || !handshake.reasons.is_empty();
        let may_be_phones = handshake.is_phones() || handshake.is_untied();
        let Some(begins) = handshake.started.as_ref().filter(|_| !ended && may_be_phones) else {
            open.remove(&key);
            continue;
        };
        let port = handshake.peer.port;
        let (one, last_port) = open.entry(key).or_insert_with(|| {
            let name = handshake.peer.address.clone();
            let (first, last) = (begins.clone(), begins.clone());
            (OpenAttempts { name, is_phones: false, times: 0, first, last }, None)
        });
        if port.is_none() || *last_port != port {
            one.times = one.times.saturating_add(1);
        }
        *last_port = port;
        one.is_phones |= handshake.is_phones();
        one.last = begins.clone();
    }
    open.into_values().map(|(one, _)| one).filter(|one| one.times >= 3).collect()
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    /// Name, whether it is a phone, how many, and the line of the last one.
    fn open_attempts_of(files: &[&[&str]]) -> Option<(String, bool, usize, u32)> {
        let texts: Vec<String> = files.iter().map(|lines| lines.join("\n") + "\n").collect();
        let named: Vec<(&str, &str)> = texts.iter().map(|text| ("x", text.as_str())).collect();
        let (readings, said) = (readings(&named), Said::new());
        let case = Case::of(&readings, &said, now());
        case.open_attempts.as_ref().map(|one| (one.name.clone(), one.is_phones, one.times, one.last.at.line))
    }

    fn dials(minute: u8) -> String {
        format!(
            "0959 NOT Nov 30 10:{minute:02}:00.155936 (711:853) VPNC: -tcp_connect: connecting to 203.0.113.1:443"
        )
    }

    fn begins(port: u16) -> String {
        format!(
            "%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.45/{port} for TLS session"
        )
    }

    const HELLO: &str = "0960 NOT Nov 30 10:00:00.155936 (711:853) VPNC: -ssl_state_cb: TLSv1.2: SSL_connect: before/connect initialization";
    const NAME: &str = "0958 NOT Nov 30 10:00:00.155936 (711:853) JAVA: -sipSPIAddContactHeader: CFGID_DEVICE_NAME = SEP001122334455";
    const NO_LOGIN: &str = "0961 ERR Nov 30 10:09:01.155936 (711:853) VPNC: -protocol_handler: login failed";
    const DONE: &str = "%ASA-6-725002: Device completed SSL handshake with client outside:198.51.100.45/3";
    const FAILS: &str = "%ASA-6-725006: Device failed SSL handshake with client outside:198.51.100.45/3";
    const PHONE: &str = "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <192.0.2.9> Address <198.51.100.8> assigned to session";

    #[test]
    fn a_phone_that_dials_again_and_again_is_told() {
        let (first, second) = (dials(0), dials(1));
        let (first, second) = (first.as_str(), second.as_str());
        let phone = |times, line| Some((String::new(), true, times, line));
        assert_eq!(open_attempts_of(&[&[first, HELLO, second, HELLO]]), phone(2, 3));
        assert_eq!(open_attempts_of(&[&[first, second, &dials(2)]]), phone(3, 3));
        for (lines, why) in [
            (&[first, HELLO][..], "the log ends"),
            (&[first, HELLO, second, HELLO, NO_LOGIN], "how it ended is told"),
            (&[first, HELLO, NO_LOGIN, second], "one is under way"),
            (&[first, first, HELLO, HELLO], "each line stands twice"),
        ] {
            assert_eq!(open_attempts_of(&[lines]), None, "{why}");
        }
        assert_eq!(open_attempts_of(&[&[first, second], &[PHONE]]), None, "an ASA shows it connected");
        let log = |dials| [NAME, dials, HELLO];
        let named = Some(("SEP001122334455".to_owned(), true, 2, 2));
        assert_eq!(open_attempts_of(&[&log(first), &log(second)]), named, "one log each");
        let later = second.replace("Nov 30", "Dec 02");
        for (files, why) in [
            (&[&[first, HELLO][..], &[second, HELLO]][..], "logs of nobody"),
            (&[&log(first), &log(&later)], "days apart"),
            (&[&log(first), &log(first)], "the same log of a phone twice"),
            (&[&[first, HELLO], &[first, HELLO]], "the same log twice"),
            (&[&[first, HELLO], &[second, HELLO, NO_LOGIN]], "how one ended is told"),
            (&[&[first, HELLO], &[second, HELLO], &[PHONE]], "an ASA shows it connected"),
        ] {
            assert_eq!(open_attempts_of(files), None, "{why}");
        }
    }

    #[test]
    fn handshakes_that_come_to_no_end_are_told() {
        let ports = [1, 2, 3].map(begins);
        let [one, two, three] = ports.each_ref().map(String::as_str);
        let client = |is_phones, line| Some(("198.51.100.45".to_owned(), is_phones, 3, line));
        let phones = PHONE.replace("192.0.2.9", "198.51.100.45");
        let phones = phones.as_str();
        assert_eq!(open_attempts_of(&[&[one, two, three]]), client(false, 3));
        assert_eq!(open_attempts_of(&[&[phones, one, two, three]]), client(true, 4));
        let datagrams = ports.each_ref().map(|line| line.replace("for TLS", "for DTLSv1.2"));
        let datagrams = datagrams.each_ref().map(String::as_str);
        for (files, why) in [
            (&[&[one, two][..]][..], "two at once"),
            (&[&[one, one, one, two]], "the same one twice"),
            (&[&[one, two, three, DONE]], "completed"),
            (&[&[one, two, three, FAILS]], "its failure is told"),
            (&[&[one, two, three, phones]], "it connects afterwards"),
            (&[&[one, two, three], &[phones]], "it connects by another log"),
            (&[&[one, two, three, PHONE]], "a phone connects from elsewhere"),
            (&[&[PHONE, one, two, three]], "nothing ties them to the phone of the log"),
            (&[&[one, two, three], &[&dials(0)]], "a phone has a log of its own"),
            (&[&datagrams], "DTLS"),
        ] {
            assert_eq!(open_attempts_of(files), None, "{why}");
        }
    }
}
