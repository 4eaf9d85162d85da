//! Which clients fail in the ASAs' logs, of which nothing shows whether they are phones?
//!
//! Witnesses: failures that may be a phone's ([`crate::facts::logged_failures`]); where no log shows a phone, also those
//! of users that nothing ties to one: whoever drops a log of one failing client asks about that one. A client that
//! connects later fails no more.

use std::collections::BTreeMap;

use crate::event::attempt::{Attempt, Step};
use crate::facts::Documents;
use crate::facts::logged_failures::LoggedFailure;
use crate::facts::whose::{Owner, Whose};
use crate::finding::Confidence;
use crate::names::user::without_domain;
use crate::observe::By;
use crate::source::Place;

/// One client.
#[derive(Clone, Debug)]
pub struct FailingClient {
    /// Its address, or its user name where it printed one.
    pub name: String,
    /// How often it failed.
    pub failures: u32,
    /// Its last failure.
    pub place: Place,
    /// The device's reason as printed; may be empty.
    pub reason: String,
}

/// The clients, the one that fails most first.
pub fn of(documents: &Documents<'_>, whose: &Whose, failures: &[LoggedFailure]) -> Vec<FailingClient> {
    let mut clients: BTreeMap<String, FailingClient> = BTreeMap::new();
    let current = failures.iter().filter(|failure| failure.is_current());
    for failure in current.filter(|failure| failure.confidence == Confidence::Possible) {
        let name = if failure.phone.is_empty() { &failure.address } else { &failure.phone };
        note(&mut clients, name, &failure.place, &failure.reason);
    }
    if !whose.any_phone() {
        others(documents, whose, &mut clients);
    }
    let mut clients: Vec<FailingClient> = clients.into_values().collect();
    clients.sort_by(|one, other| (other.failures, &one.name).cmp(&(one.failures, &other.name)));
    clients
}

fn note(clients: &mut BTreeMap<String, FailingClient>, name: &str, place: &Place, reason: &str) {
    if name.is_empty() || (clients.len() >= MOST && !clients.contains_key(name)) {
        return;
    }
    let client = clients.entry(name.to_owned()).or_insert_with(|| FailingClient {
        name: name.to_owned(),
        failures: 0,
        place: place.clone(),
        reason: String::new(),
    });
    client.failures = client.failures.saturating_add(1);
    client.place = place.clone();
    reason.clone_into(&mut client.reason);
}

/// Users whose sessions nothing ties to a phone.
fn others(documents: &Documents<'_>, whose: &Whose, clients: &mut BTreeMap<String, FailingClient>) {
    for log in documents.logs_by(By::AsaLog) {
        // Several messages tell of one attempt: the first failure of each counts.
        let mut attempts: BTreeMap<&str, Attempt> = BTreeMap::new();
        for event in &log.observations {
            let Some(session) = event.session() else { continue };
            let user = without_domain(&session.user);
            if user.is_empty() || whose.session(session) != Owner::Another {
                continue;
            }
            if attempts.len() >= MOST && !attempts.contains_key(user) {
                continue;
            }
            let effect = attempts.entry(user).or_default().take(&event.step, event.number);
            match &event.step {
                Step::Failed { words, .. } if effect.fails => {
                    note(clients, user, &event.place(), words);
                }
                Step::Connected | Step::Tunnel => {
                    clients.remove(user);
                }
                _ => {}
            }
        }
    }
}

/// Clients kept: a log of a scanned gateway has thousands.
const MOST: usize = 1000;

#[cfg(test)]
mod tests {
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn clients_of(lines: &[&str]) -> Vec<(String, u32)> {
        let (readings, said) = (readings(&[("x", &(lines.join("\n") + "\n"))]), Said::new());
        let case = Case::of(&readings, &said, now());
        case.failing_clients.iter().map(|client| (client.name.clone(), client.failures)).collect()
    }

    const REFUSED: &str = "%ASA-6-716039: Group <STAFF> User <jane> IP <192.0.2.66> Authentication: rejected, Session Type: WebVPN.";
    const REJECTED: &str = "%ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = jane : user IP = 192.0.2.66";
    const ASSIGNED: &str =
        "%ASA-4-722051: Group <STAFF> User <jane> IP <192.0.2.66> Address <198.51.100.7> assigned to session";
    const BEGINS: &str =
        "%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.45/50091 for TLS session";
    const FAILS: &str = "%ASA-6-725006: Device failed SSL handshake with client outside:198.51.100.45/50091";
    const PHONE: &str = "%ASA-4-722051: Group <PHONES> User <CP-8851-SEP001122334455> IP <192.0.2.9> Address <198.51.100.8> assigned to session";

    #[test]
    fn a_client_that_fails_and_is_nobodys_is_a_choice() {
        let one = |name: &str, failures| vec![(name.to_owned(), failures)];
        assert_eq!(clients_of(&[REFUSED, REFUSED]), one("jane", 2));
        assert_eq!(clients_of(&[REJECTED, REFUSED]), one("jane", 1));
        assert_eq!(clients_of(&[REFUSED, ASSIGNED]), []);
        assert_eq!(clients_of(&[BEGINS, FAILS]), one("198.51.100.45", 1));
    }

    #[test]
    fn beside_a_phone_other_users_are_nobodys_business() {
        assert_eq!(clients_of(&[PHONE, REFUSED]), []);
    }
}
