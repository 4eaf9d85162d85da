//! How did each phone's session go: login, access policy, group policy, address, TCP, UDP, and its end?
//!
//! Witness: an ASA's log, as far as its list of events reaches; the rows of phones tell of the whole of a
//! large one. Sessions are told apart by user and, where a user's are under way from several addresses, by address.
//! Users that are no phones are counted.
//!
//! Steps may be missing because of the log's level or of the release: that a session has no step proves nothing, but
//! a later step proves that the earlier ones were passed.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::attempt::{Attempt, Step};
use crate::event::{Session, Transport, TransportStep};
use crate::facts::Documents;
use crate::names::phone::PHONE_CLIENT;
use crate::names::user::{is_phone_user, without_domain};
use crate::observe::{By, Log, Observation, What};
use crate::source::{Located, Place};
use crate::stage::Stage;

/// The sessions of the case.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// Of phones, each log's in the order of their first lines.
    pub phones: Vec<PhoneSession>,
    /// Users that are no phones.
    pub other_users: u32,
}

/// One session, from its login to its end.
#[derive(Clone, Debug, Default)]
pub struct PhoneSession {
    /// The input that logged it.
    pub input: u32,
    /// The user as printed, without a domain.
    pub user: String,
    /// The public address; empty where no line of it names one.
    pub address: String,
    /// Its first line.
    pub begins: Option<Place>,
    /// 113024, 734003 or 722020: the tunnel group.
    pub tunnel_group: Option<Located<String>>,
    /// 716038: the login was accepted.
    pub accepted: Option<Place>,
    /// 734001: records of dynamic access policies.
    pub records: Vec<Located<String>>,
    /// 113003, 113009, 113011, 734003 or 722051: the group policy, the last word.
    pub group_policy: Option<Located<String>>,
    /// 722051.
    pub assigned: Option<Located<String>>,
    /// 722055.
    pub client: Option<Located<String>>,
    /// 722022 or 722033 of TLS, or of a release that does not say of what.
    pub tcp: Option<Place>,
    /// 722022 or 722033 of DTLS.
    pub udp: Option<Place>,
    /// 722043.
    pub dtls_disabled: Option<Located<String>>,
    /// 722028, 722032: transports that took the place of others.
    pub replaced: Vec<Place>,
    /// Where it failed, and the device's reason, which may be empty.
    pub failed: Option<(Stage, Located<String>)>,
    /// 722037, 722038: why the ASA closed its tunnel.
    pub closing: Option<Located<String>>,
    /// 113019: the reason of its end.
    pub ended: Option<Located<String>>,
}

impl PhoneSession {
    /// The case-wide place of something in it.
    pub fn place<T>(&self, seen: &Located<T>) -> Place {
        Place { input: self.input, at: seen.at.clone() }
    }

    /// It got an address or a tunnel.
    pub fn is_connected(&self) -> bool {
        self.assigned.is_some() || self.tcp.is_some() || self.udp.is_some()
    }
}

/// Reads them.
pub fn of(documents: &Documents<'_>) -> Sessions {
    let mut sessions = Sessions::default();
    let mut others = BTreeSet::new();
    for log in documents.logs_by(By::AsaLog) {
        let clients = phones_by_client(log);
        let mut assembly = Assembly { input: log.input, all: Vec::new(), open: BTreeMap::new() };
        for event in &log.observations {
            let Some(session) = event.session().filter(|session| !session.user.is_empty()) else {
                continue;
            };
            let user = without_domain(&session.user);
            if is_phone_user(user) || clients.contains(user) {
                assembly.take(user, session, event);
            } else if others.len() < MOST_OTHERS {
                others.insert(user);
            }
        }
        sessions.phones.append(&mut assembly.all);
    }
    sessions.other_users = u32::try_from(others.len()).unwrap_or(u32::MAX);
    sessions
}

/// Users whose client calls itself a phone.
fn phones_by_client<'a>(log: &Log<'a>) -> BTreeSet<&'a str> {
    let named = log
        .observations
        .iter()
        .filter(|event| matches!(event.what, What::ClientNamed { client } if client.contains(PHONE_CLIENT)));
    named.filter_map(|event| Some(without_domain(&event.session()?.user))).collect()
}

/// One log's sessions in the making.
struct Assembly<'a> {
    input: u32,
    all: Vec<PhoneSession>,
    /// Of each user: its attempt, and its last session as a place in `all`.
    open: BTreeMap<&'a str, (Attempt, usize)>,
}

impl<'a> Assembly<'a> {
    fn take(&mut self, user: &'a str, named: &Session, event: &Observation<'_>) {
        let step = &event.step;
        let (attempt, last) = self.open.entry(user).or_insert((Attempt::default(), usize::MAX));
        let effect = attempt.take(step, event.number);
        let other_address = |session: &PhoneSession| {
            !named.address.is_empty() && !session.address.is_empty() && named.address != session.address
        };
        let moved = effect.connects && self.all.get(*last).is_some_and(other_address);
        if effect.begins || moved {
            *last = self.all.len();
            self.all.push(PhoneSession {
                input: self.input,
                user: user.to_owned(),
                begins: Some(event.place()),
                ..PhoneSession::default()
            });
        }
        // Words that belong to no session whose beginning was seen are passed over.
        let Some(session) = self.all.get_mut(*last) else { return };
        if session.address.is_empty() {
            session.address.clone_from(&named.address);
        }
        if effect.fails && session.failed.is_none() {
            let failure = match step {
                Step::Failed { stage, words, .. } => Some((*stage, words.to_string())),
                Step::Dropped(words) | Step::Ended(words) | Step::Closed(words) => {
                    Some((Stage::Tunnel, (*words).to_owned()))
                }
                _ => None,
            };
            session.failed = failure.map(|(stage, words)| (stage, Located::new(words, event.at.clone())));
        }
        note(session, event, named);
    }
}

/// Writes down what a message tells of its session.
fn note(session: &mut PhoneSession, event: &Observation<'_>, named: &Session) {
    use What as W;
    let located = |value: &str| Some(Located::new(value.to_owned(), event.at.clone()));
    let place = || Some(event.place());
    match event.what {
        W::UserFromCertificate => session.tunnel_group = located(&named.group),
        W::NoAddress { tunnel_group, .. } if !tunnel_group.is_empty() => {
            session.tunnel_group = located(tunnel_group);
        }
        W::AccessAttribute { name, value } => match name {
            "aaa.cisco.tunnelgroup" => session.tunnel_group = located(value),
            "aaa.cisco.grouppolicy" => session.group_policy = located(value),
            _ => {}
        },
        W::LoginAccepted => session.accepted = place(),
        W::AccessPolicyApplied { records } => {
            session.records = records.iter().filter_map(|record| located(record)).collect()
        }
        W::PolicyChosen { policy, .. } => session.group_policy = located(policy),
        W::AddressAssigned { address } => {
            session.assigned = located(address);
            session.group_policy = located(&named.group);
        }
        W::ClientNamed { client } if !client.is_empty() => session.client = located(client),
        W::DtlsDisabled { reason } => session.dtls_disabled = located(reason),
        W::TunnelClosed { reason, .. } => session.closing = located(reason),
        W::SessionEnded { reason } => session.ended = located(reason),
        W::TunnelTransport { transport, step } => match step {
            TransportStep::First | TransportStep::Established | TransportStep::New => {
                let way = if transport == Transport::Udp { &mut session.udp } else { &mut session.tcp };
                *way = way.take().or_else(place);
            }
            TransportStep::Replaced | TransportStep::Stale => session.replaced.extend(place()),
            TransportStep::Terminated => {}
        },
        _ => {}
    }
}

/// Users that are no phones are counted up to here.
const MOST_OTHERS: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    fn of_log(lines: &str) -> Sessions {
        of(&Documents::of(&readings(&[("x", lines)])))
    }

    const WHOLE: &str = "\
%ASA-5-113024: Group <VPNPhone>: Authenticating ssl connection from <192.0.2.9> with username, <CP-7962G-SEP00112233445A>, from client certificate
%ASA-6-716039: Group <g> User <someone> IP <192.0.2.10> Authentication: rejected, Session Type: WebVPN.
%ASA-6-113009: AAA retrieved default group policy (DfltGrpPolicy) for user = CP-7962G-SEP00112233445A
%ASA-6-716038: Group <DfltGrpPolicy> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.
%ASA-6-734001: DAP: User CP-7962G-SEP00112233445A, Addr 192.0.2.9, Connection AnyConnect: The following DAP records were selected for this connection: PHONES
%ASA-4-722051: Group <PHONES> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> Address <198.51.100.7> assigned to session
%ASA-5-722033: Group <PHONES> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> First TCP SVC connection established for SVC session.
%ASA-5-722033: Group <PHONES> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> First UDP SVC connection established for SVC session.
%ASA-5-722037: Group <PHONES> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> SVC closing connection: DPD failure.
%ASA-4-113019: Group = VPNPhone, Username = CP-7962G-SEP00112233445A, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:00m:31s, Bytes xmt: 1, Bytes rcv: 2, Reason: User Requested
";

    #[test]
    fn a_session_is_told_from_login_to_end_and_pcs_are_counted() {
        let sessions = of_log(WHOLE);
        let [session] = sessions.phones.as_slice() else { panic!("{sessions:?}") };
        let value =
            |seen: &Option<Located<String>>| seen.as_ref().map(|seen| seen.value.clone()).unwrap_or_default();
        assert_eq!(value(&session.tunnel_group), "VPNPhone");
        assert_eq!(value(&session.group_policy), "PHONES");
        assert_eq!(value(&session.assigned), "198.51.100.7");
        assert_eq!(value(&session.ended), "User Requested");
        assert_eq!(session.records.first().map(|record| record.value.as_str()), Some("PHONES"));
        let lines = [&session.begins, &session.accepted, &session.tcp, &session.udp];
        assert_eq!(lines.map(|place| place.as_ref().map_or(0, |place| place.at.line)), [1, 4, 7, 8]);
        let (stage, reason) = session.failed.as_ref().unwrap();
        assert_eq!((*stage, reason.value.as_str()), (Stage::Tunnel, "DPD failure"));
        assert_eq!(sessions.other_users, 1);
    }

    #[test]
    fn sessions_of_two_phones_and_two_tries_of_one_are_not_mixed_up() {
        let second = WHOLE.replace("445A", "445B").replace("192.0.2.9", "192.0.2.11");
        let mixed: String =
            WHOLE.lines().zip(second.lines()).map(|(one, other)| format!("{one}\n{other}\n")).collect();
        let sessions = of_log(&format!("{mixed}{WHOLE}"));
        let told: Vec<_> = sessions.phones.iter().map(|s| (s.user.as_str(), s.address.as_str())).collect();
        let (one, other) = ("CP-7962G-SEP00112233445A", "CP-7962G-SEP00112233445B");
        assert_eq!(told, [(one, "192.0.2.9"), (other, "192.0.2.11"), (one, "192.0.2.9")]);
        assert!(sessions.phones.iter().all(|session| session.ended.is_some() && session.udp.is_some()));
    }

    #[test]
    fn what_follows_an_unseen_beginning_is_no_session() {
        let end: String = WHOLE.lines().skip(8).map(|line| format!("{line}\n")).collect();
        assert!(of_log(&end).phones.is_empty());
    }
}
