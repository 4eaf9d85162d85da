//! What does the evidence show of each phone? One row a phone, the one in most trouble first.
//!
//! Witnesses: the rows that an ASA's log was counted to (all of it, further than its list of events reaches), phone
//! logs, lists of sessions, and phone configurations. Where an ASA's log shows attempts, it tells how the last one
//! ended, and else the phone's own log does. What several logs of ASAs count is added up; what a phone counts of
//! its own attempts is not added to what an ASA counts of the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::diagnosis::PhoneRow;
use crate::documents::asa_sessions::AsaSession;
use crate::documents::asa_syslog::PhoneSeen;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::logged_failures::LoggedFailure;
use crate::facts::phones::Phone;
use crate::facts::{Documents, phones, progress, timeline};
use crate::finding::Confidence;
use crate::names::user::{is_phone_user, name_and_model};
use crate::observe::{By, Log, LoginOutcome};
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::syslog_meanings;
use crate::text::Text;
use crate::time::Stamp;

/// The rows of the case.
pub fn all(case: &Case<'_>) -> Vec<PhoneRow> {
    let (documents, phones) = (&case.documents, case.phones.as_slice());
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut nameless = Vec::new();
    for log in &documents.asa_syslogs {
        for seen in &log.document.phones.phones {
            let (name, model) = name_and_model(&seen.user);
            let row = rows.entry(name.to_owned()).or_default();
            row.name_it(name, model);
            row.add(seen, log.input);
        }
        nameless.extend(log.document.phones.shared.iter().map(|seen| address_row(seen, log.input)));
    }
    for log in documents.logs_by(By::PhoneLog).filter(|log| !log.attempts.is_empty()) {
        let name = phones::of_log(log, phones);
        let row = rows.entry(name.clone()).or_default();
        row.name_it(&name, "");
        row.add_phone_log(log);
    }
    for list in &documents.asa_sessions {
        for session in list.document.sessions.iter().filter(|session| is_phone(session)) {
            let (name, model) = name_and_model(&session.user);
            let row = rows.entry(name.to_owned()).or_default();
            row.name_it(name, model);
            row.add_session(session, list.place(&session.at));
        }
    }
    for phone in phones.iter().filter(|phone| phone.is_enterprise()) {
        let name = phone.name(documents);
        if is_phone_user(&name) {
            rows.entry(name.clone()).or_default().name_it(&name, "");
        }
    }
    nameless.extend(strangers(documents, phones, &case.handshakes, &mut rows));
    let mut rows: Vec<PhoneRow> = rows.into_values().map(|row| row.row).chain(nameless).collect();
    let further = failing(&case.logged_failures, &rows);
    rows.extend(further);
    rows.sort_by(|one, other| worst_first(one).cmp(&worst_first(other)));
    rows
}

/// A phone that fails for good stands before one that only failed now and then, and that before one that works.
fn worst_first(row: &PhoneRow) -> (u8, bool, Option<Stage>, std::cmp::Reverse<u32>, &str, &[String]) {
    let rank = match (row.failed, row.connected, row.attempts) {
        (Some(_), 0, _) => 0,
        (Some(_), _, _) => 1,
        (None, 0, 1..) => 2,
        (None, 1.., _) => 3,
        (None, 0, 0) => 4,
    };
    (rank, row.name.is_empty(), row.failed, std::cmp::Reverse(row.attempts), &row.name, &row.addresses)
}

/// A row in the making.
#[derive(Default)]
struct Row {
    row: PhoneRow,
    last: Option<Stamp>,
    by_asa: bool,
}

impl Row {
    fn name_it(&mut self, name: &str, model: &str) {
        if self.row.name.is_empty() {
            name.clone_into(&mut self.row.name);
        }
        if self.row.model.is_empty() {
            model.clone_into(&mut self.row.model);
        }
    }

    fn address(&mut self, address: &str) {
        let addresses = &mut self.row.addresses;
        if !address.is_empty()
            && addresses.len() < MOST_ADDRESSES
            && !addresses.iter().any(|known| known == address)
        {
            addresses.push(address.to_owned());
        }
    }

    fn add(&mut self, seen: &PhoneSeen, input: u32) {
        let newer = !self.by_asa || seen.last >= self.last;
        self.by_asa = true;
        for address in &seen.addresses {
            self.address(address);
        }
        let row = &mut self.row;
        row.attempts = row.attempts.saturating_add(seen.attempts);
        row.connected = row.connected.saturating_add(seen.connected);
        row.furthest = row.furthest.max(seen.furthest);
        if newer {
            row.failed = seen.failed;
            row.reason = reason(seen);
            row.last = seen.last.map(|stamp| stamp.to_string()).unwrap_or_default();
            row.place = Some(Place { input, at: seen.at.clone() });
            self.last = seen.last;
        }
    }

    fn add_phone_log(&mut self, log: &Log<'_>) {
        let told = progress::of_phone_log(log);
        let row = &mut self.row;
        row.furthest = row.furthest.max(told.passed.keys().next_back().copied());
        if self.by_asa {
            return;
        }
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let connected = log.attempts.iter().filter(|attempt| attempt.outcome == LoginOutcome::Connected);
        row.attempts = row.attempts.saturating_add(count(log.attempts.len()));
        row.connected = row.connected.saturating_add(count(connected.count()));
        let Some(last) = log.attempts.last() else { return };
        let Some(event) = log.observations.get(last.last) else { return };
        row.last = event.stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
        row.place = Some(event.place());
        if last.outcome != LoginOutcome::Failed {
            (row.failed, row.reason) = (None, Text::default());
            return;
        }
        let failure = told.failed.iter().next();
        row.failed = Some(failure.map_or(Stage::Login, |(stage, _)| *stage));
        let at = failure.map_or(event.at, |(_, place)| &place.at);
        row.place = Some(log.place(at));
        let words = log.observations.iter().find(|event| event.at == at).and_then(timeline::phone_event);
        row.reason = words.map(|(_, words)| words).unwrap_or_default();
    }

    /// A session that stands now is the last word.
    fn add_session(&mut self, session: &AsaSession, place: Place) {
        self.address(&session.public);
        let row = &mut self.row;
        if row.connected == 0 {
            row.connected = 1;
            row.attempts = row.attempts.saturating_add(1);
        }
        row.furthest = row.furthest.max(Some(Stage::Tunnel));
        (row.failed, row.reason) = (None, Text::default());
        row.place = Some(place);
    }
}

fn address_row(seen: &PhoneSeen, input: u32) -> PhoneRow {
    let mut row = Row::default();
    row.add(seen, input);
    row.row
}

/// Whoever fails and is or may be a phone, and is no row yet: a person's name in a group of phones, or an address.
fn failing(failures: &[LoggedFailure], rows: &[PhoneRow]) -> Vec<PhoneRow> {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let addresses: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.addresses.iter().map(String::as_str)).collect();
    let mut further: BTreeMap<(&str, &str), PhoneRow> = BTreeMap::new();
    for failure in failures {
        // A user who only may be one is asked for, and is no row.
        if !failure.phone.is_empty() && failure.confidence == Confidence::Possible {
            continue;
        }
        let (name, model) = name_and_model(&failure.phone);
        let address = failure.address.as_str();
        let known = if name.is_empty() { addresses.contains(address) } else { names.contains(name) };
        if known || name.is_empty() && address.is_empty() || further.len() >= MOST_FURTHER {
            continue;
        }
        let row = further.entry((name, if name.is_empty() { address } else { "" })).or_default();
        (row.name, row.model) = (name.to_owned(), model.to_owned());
        if !address.is_empty()
            && row.addresses.len() < MOST_ADDRESSES
            && !row.addresses.iter().any(|one| one == address)
        {
            row.addresses.push(address.to_owned());
        }
        row.attempts = row.attempts.saturating_add(1);
        row.place = Some(failure.place.clone());
        if failure.is_current() {
            row.failed = Some(failure.stage);
            row.reason = Text::quoted(failure.reason.clone());
        }
    }
    further.into_values().collect()
}

/// Failures at addresses where nobody logged in: any of them may be a phone that never came that far, unless it is
/// known to be another client. Where one phone's own log shows the same alert, and one address alone has it, they are
/// that phone's: the only phone of the case, or the only one with a log of its own that no ASA names.
fn strangers(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    handshakes: &[Handshake],
    rows: &mut BTreeMap<String, Row>,
) -> Vec<PhoneRow> {
    let by_address = |wanted: Tie| -> BTreeSet<(u32, &str)> {
        let of_tie = handshakes.iter().filter(move |handshake| handshake.tie == wanted);
        of_tie.map(|handshake| (handshake.input, handshake.peer.address.as_str())).collect()
    };
    let (same_alert, others) = (by_address(Tie::SameAlert), by_address(Tie::Another));
    let mut found = Vec::new();
    for log in &documents.asa_syslogs {
        let at = |seen: &PhoneSeen, known: &BTreeSet<(u32, &str)>| {
            seen.addresses.iter().any(|address| known.contains(&(log.input, address.as_str())))
        };
        let possible = log.document.phones.strangers.iter().filter(|seen| !at(seen, &others));
        found.extend(possible.map(|seen| (seen, log.input, at(seen, &same_alert))));
    }
    let tied: Vec<usize> =
        found.iter().enumerate().filter(|(_, (.., tied))| *tied).map(|(index, _)| index).collect();
    let logs = documents.logs_by(By::PhoneLog).filter(|log| !log.attempts.is_empty());
    let of_logs: BTreeSet<String> = logs.map(|log| phones::of_log(log, phones)).collect();
    let alone = rows.len() == 1;
    let mut own = rows.iter_mut().filter(|(name, row)| alone || of_logs.contains(*name) && !row.by_asa);
    if let ([index], Some((_, row)), None) = (tied.as_slice(), own.next(), own.next())
        && (alone || of_logs.len() == 1)
    {
        let (seen, ..) = found.remove(*index);
        for address in &seen.addresses {
            row.address(address);
        }
    }
    found.into_iter().map(|(seen, input, _)| address_row(seen, input)).collect()
}

/// The device's words where it gives any, else what its message means.
fn reason(seen: &PhoneSeen) -> Text {
    if seen.failed.is_none() {
        return Text::default();
    }
    if seen.reason.is_empty() {
        return syslog_meanings::of(seen.id).map(|meaning| meaning.means.clone()).unwrap_or_default();
    }
    Text::quoted(seen.reason.clone())
}

fn is_phone(session: &AsaSession) -> bool {
    is_phone_user(&session.user)
        || session.client.as_ref().is_some_and(|client| client.value.contains("IPPhone"))
}

const MOST_ADDRESSES: usize = 3;
const MOST_FURTHER: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::testing::certificates::CURRENT;
    use crate::testing::{hash_of, now, phone_trusting, readings};

    fn rows(files: &[(&str, &str)]) -> Vec<PhoneRow> {
        let (readings, said) = (readings(files), Said::new());
        let case = Case::of(&readings, &said, now());
        all(&case)
    }

    const REFUSED: &str = "\
Nov 23 2026 10:00:01 vpn : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = CP-7962G-SEP00112233445A : user IP = 192.0.2.9
Nov 23 2026 10:00:02 vpn : %ASA-6-716039: Group <g> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.
Nov 23 2026 10:00:03 vpn : %ASA-6-716039: Group <g> User <someone> IP <192.0.2.10> Authentication: rejected, Session Type: WebVPN.
";
    const WORKS: &str = "\
Nov 23 2026 10:00:04 vpn : %ASA-4-722051: Group <g> User <CP-8861-SEP00112233445B> IP <192.0.2.11> Address <198.51.100.7> assigned to session
";

    #[test]
    fn a_phone_in_trouble_stands_before_one_that_works_and_pcs_do_not_stand_at_all() {
        let rows = rows(&[("x", &format!("{WORKS}{REFUSED}"))]);
        let told: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.model.as_str(), row.attempts)).collect();
        assert_eq!(told, [("SEP00112233445A", "CP-7962G", 1), ("SEP00112233445B", "CP-8861", 1)]);
        let [failing, working] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((failing.failed, failing.reason.en().as_ref()), (Some(Stage::Login), "Invalid password"));
        assert_eq!(failing.place.as_ref().map(|place| place.at.line), Some(2));
        assert_eq!((working.connected, working.furthest), (1, Some(Stage::Policy)));
    }

    #[test]
    fn a_phones_own_log_gives_a_row_of_its_own() {
        let log = "\
901: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization
902: ERR 10:19:27.432467 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted
903: ERR 10:19:27.432467 VPNC: alert_err: SSL write alert: code 48, unknown CA
904: ERR 10:19:27.432467 VPNC: protocol_handler: login failed
";
        let asa = "\
%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca
%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091
";
        let rows = rows(&[("x", log), ("y", asa)]);
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.attempts, row.connected, row.failed), (1, 0, Some(Stage::Trust)));
        assert_eq!(row.addresses, ["192.0.2.9"]);
        assert_eq!(row.place.as_ref().map(|place| place.at.line), Some(2));
    }

    /// The alert of a phone that offers what phones of the 79xx kind offer.
    const OFFERED: &str = "\
%ASA-6-725001: Starting SSL handshake with client wan:203.0.113.60/40100 for TLSv1 session.
%ASA-7-725008: SSL client wan:203.0.113.60/40100 proposes the following 2 cipher(s).
%ASA-7-725011: Cipher[1] : AES256-SHA
%ASA-7-725011: Cipher[2] : AES128-SHA
%ASA-7-725012: Device chooses cipher : AES256-SHA for the SSL session with client wan:203.0.113.60/40100
%ASA-7-725014: SSL lib error. Function: ssl3_read_bytes Reason: tlsv1 alert unknown ca
%ASA-6-725006: Device failed SSL handshake with client wan:203.0.113.60/40100
";
    const ALERTED: &str = "\
310: NOT 08:01:00.100000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization
311: ERR 08:01:00.200000 VPNC: alert_err: SSL write alert: code 48, unknown CA
312: ERR 08:01:00.300000 VPNC: protocol_handler: login failed
";

    #[test]
    fn an_address_joins_the_row_of_the_phone_whose_log_shows_its_alert() {
        let config = |name: &str| {
            let text = phone_trusting(&[hash_of(CURRENT)]);
            (format!("{name}.cnf.xml"), text)
        };
        let (one, other) = (config("SEP0011223344E1"), config("SEP0011223344E2"));
        let named = ALERTED.to_owned()
            + "313: NOT 08:01:01.000000 SIPD: Contact: devicename.ccm.cisco.com=\"SEP0011223344E1\"\n";
        let told = |log: &str, asa: &str, configs: &[&(String, String)]| {
            let files = [("p.log", log), ("asa.log", asa)].into_iter();
            let configs = configs.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            let rows = rows(&files.chain(configs).collect::<Vec<_>>());
            rows.iter().map(|row| (row.name.clone(), row.addresses.join(" "))).collect::<Vec<_>>()
        };
        let joined = |name: &str| (name.to_owned(), "203.0.113.60".to_owned());
        assert_eq!(told(ALERTED, OFFERED, &[&one]), [joined("SEP0011223344E1")]);
        // Another alert than the phone's, and two addresses with the same, stay by themselves.
        let another = OFFERED.replace("unknown ca", "bad certificate");
        assert_eq!(told(ALERTED, &another, &[&one]).len(), 2);
        let two = OFFERED.to_owned() + &OFFERED.replace(".60/", ".61/");
        assert_eq!(told(ALERTED, &two, &[&one]).len(), 3);
        // Of several phones, it is the one that wrote the log, where that is known.
        let (phone, idle) = (joined("SEP0011223344E1"), ("SEP0011223344E2".to_owned(), String::new()));
        assert_eq!(told(&named, OFFERED, &[&one, &other]), [phone, idle]);
        assert!(!told(ALERTED, OFFERED, &[&one, &other]).contains(&joined("SEP0011223344E1")));
    }

    #[test]
    fn several_logs_of_one_phone_are_added_up_and_the_last_word_counts() {
        let later = WORKS
            .replace("10:00:04", "10:00:09")
            .replace("CP-8861-SEP00112233445B", "CP-7962G-SEP00112233445A");
        let rows = rows(&[("x", &later), ("y", REFUSED)]);
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.attempts, row.connected, row.failed), (2, 1, None));
    }

    #[test]
    fn who_fails_before_any_login_is_a_row_by_address_unless_it_is_another_client() {
        let failed = |address: &str, reason: &str| {
            format!(
                "%ASA-7-725014: SSL lib error. Function: f Reason: {reason}\n%ASA-6-725006: Device failed SSL handshake with client outside:{address}/50091\n"
            )
        };
        let log = [
            failed("192.0.2.21", "tlsv1 alert unknown ca"),
            failed("192.0.2.22", "unsupported protocol"),
            failed("192.0.2.23", "http request"),
            REFUSED.to_owned(),
        ];
        let rows = rows(&[("x", &log.concat())]);
        let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.addresses.join(" "))).collect();
        let expected = [("SEP00112233445A", "192.0.2.9"), ("", "192.0.2.22"), ("", "192.0.2.21")];
        assert_eq!(told, expected.map(|(name, address)| (name, address.to_owned())));
    }
}
