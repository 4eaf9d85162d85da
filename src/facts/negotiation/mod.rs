//! What do a phone and an ASA agree on: which version, which suite, and which certificate?
//!
//! What the phone offers ([`kinds`]) meets what the ASA accepts ([`server`]) and which certificates are bound
//! ([`presented`]). A handshake in the ASA's log is a stronger witness than all of that: where it shows what was
//! agreed, or that nothing was, nothing is computed.
//!
//! Empty means: no document shows an ASA's TLS settings.
//!
//! Sources: Cisco 116162 (ciphers, elliptic curves, table of certificates); RFC 5246 section 7.4.1 (the server takes
//! one suite of the client's list; the ASA is taken to go by its own order).

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::certificates::Known;
use crate::facts::handshakes::Handshake;
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::phones::Phone;
use crate::source::Place;
use crate::tables::asa_defaults::{self, Preference};
use crate::tables::cipher_suites::{self, Authentication};
use crate::tables::tls_versions::Protocol;

pub mod kinds;
pub mod presented;
pub mod server;
mod view;

pub use kinds::Kind;
pub use presented::{Bound, Key, Offer, Presented, Set};
pub use server::{Ground, List, Server, Setting};
pub use view::view;

/// What comes of the phones and one ASA.
#[derive(Clone, Debug)]
pub struct Negotiation {
    /// The ASA's side.
    pub server: Server,
    /// Its certificates.
    pub bound: Bound,
    /// Which of them comes first.
    pub preference: Preference,
    /// One for each kind of phone, those of the case first.
    pub rows: Vec<Row>,
}

/// What comes of one kind of phone.
#[derive(Clone, Debug)]
pub struct Row {
    /// The phones.
    pub kind: Kind,
    /// The version that both speak; `None` where there is none, or where it is not known.
    pub version: Option<Protocol>,
    /// The ASA's suites for that version.
    pub list: Option<List>,
    /// What both know of it, in the ASA's order.
    pub shared: Vec<String>,
    /// The suite that is taken.
    pub suite: Option<String>,
    /// The certificate that is given; `None` where there is none, or where it is not known.
    pub presented: Option<Presented>,
    /// How it ends.
    pub outcome: Outcome,
    /// What the answer rests on.
    pub basis: Basis,
    /// The channel over UDP.
    pub datagram: Datagram,
}

/// How a handshake ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They agree.
    Agreed,
    /// The ASA's lowest version is above the phone's highest.
    TooNew,
    /// The ASA's highest version is below the phone's lowest.
    TooOld,
    /// No suite is known to both.
    NoCipher,
    /// The suites that both know need a certificate that the ASA does not have.
    NoCertificate,
    /// It cannot be told.
    Unknown,
}

/// What an outcome rests on, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The ASA logged it.
    Logged,
    /// Lines of configuration or output say all that it needs.
    Shown,
    /// Something in it is assumed.
    Assumed,
}

/// How the channel over UDP ends, after TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datagram {
    /// Version, and the suites that both know.
    Agreed(Protocol, Vec<String>),
    /// The ASA's lowest version over UDP is above the phone's highest.
    TooNew(Protocol),
    /// The ASA's list for this version has nothing that the phone can use.
    NoCipher(Protocol),
    /// It cannot be told.
    Unknown,
}

/// What a negotiation is worked out from.
#[derive(Clone, Copy)]
pub struct Witnesses<'a, 'd> {
    /// The documents.
    pub documents: &'d Documents<'a>,
    /// The ASAs.
    pub devices: &'d [AsaDevice<'a>],
    /// The phones.
    pub phones: &'d [Phone<'a>],
    /// The phones' logins.
    pub groups: &'d PhoneGroups,
    /// The certificates.
    pub certificates: &'d [Known<'a>],
    /// The handshakes.
    pub handshakes: &'d [Handshake],
    /// The phone's model, where the person named it.
    pub model: Option<&'d str>,
}

/// One answer for each ASA whose TLS settings are in the case.
pub fn of(from: Witnesses<'_, '_>) -> Vec<Negotiation> {
    let servers = server::of(from.documents, from.devices);
    let alone = servers.len() == 1;
    let kinds = kinds::of(from.documents, from.phones, from.groups, from.handshakes, from.model);
    servers
        .into_iter()
        .map(|(server, device)| {
            let bound = presented::bound(from.documents, device, from.certificates);
            let preference = server.release.as_ref().map_or(Preference::Configured, |told| {
                let release = told.release;
                asa_defaults::preference([release.major, release.minor, release.maintenance])
            });
            let rows = kinds
                .iter()
                .map(|kind| {
                    let mut row = compute(kind, &server, &bound, preference);
                    // With two ASAs, the log does not say whose settings made the handshake.
                    let logged = kind.handshake.filter(|_| alone).and_then(|at| from.handshakes.get(at));
                    if let Some(handshake) = logged {
                        witness(&mut row, handshake);
                    }
                    row
                })
                .collect();
            Negotiation { server, bound, preference, rows }
        })
        .collect()
}

impl Row {
    /// The line that shows the ASA's side of the outcome.
    pub fn asa_place<'s>(&'s self, server: &'s Server) -> Option<&'s Place> {
        match self.outcome {
            Outcome::TooNew => server.lowest.as_ref()?.ground.place(),
            Outcome::TooOld => server.highest.as_ref()?.ground.place(),
            _ => self.list.as_ref()?.ground.place(),
        }
    }

    /// What counts of the phone's offer for the table of certificates: what the ASA's list leaves of it.
    pub fn offer(&self) -> Option<Offer> {
        let of = |names: &[String]| {
            let has = |wanted| names.iter().any(|name| cipher_suites::authentication(name) == wanted);
            match (has(Authentication::Rsa), has(Authentication::Ecdsa)) {
                (true, true) => Some(Offer::Both),
                (true, false) => Some(Offer::Rsa),
                (false, true) => Some(Offer::Elliptic),
                (false, false) => None,
            }
        };
        of(&self.shared).or_else(|| of(&self.kind.offers))
    }
}

fn compute(kind: &Kind, server: &Server, bound: &Bound, preference: Preference) -> Row {
    let mut row = Row {
        kind: kind.clone(),
        version: None,
        list: None,
        shared: Vec::new(),
        suite: None,
        presented: None,
        outcome: Outcome::Unknown,
        basis: Basis::Shown,
        datagram: Datagram::Unknown,
    };
    let assumed = |setting: &Option<Setting>| setting.as_ref().is_none_or(|s| !s.ground.is_shown());
    if assumed(&server.lowest) || assumed(&server.highest) {
        row.basis = Basis::Assumed;
    }
    let lowest = server.lowest.as_ref().map(|setting| setting.value);
    let highest = server.highest.as_ref().map(|setting| setting.value);
    // A list for a phone's highest version may tell even where the version that is agreed on is not known.
    let version = highest.map_or(kind.ability.highest, |highest| highest.min(kind.ability.highest));
    row.list = server.lists.get(&version).cloned();
    if let Some(list) = &row.list {
        row.shared = list.shared(&kind.offers);
    }
    row.datagram = datagram(kind, server);
    if lowest.is_some_and(|lowest| lowest > kind.ability.highest) {
        (row.outcome, row.basis) = (Outcome::TooNew, basis(&server.lowest));
        return row;
    }
    if highest.is_some_and(|highest| highest < kind.ability.lowest) {
        (row.outcome, row.basis) = (Outcome::TooOld, basis(&server.highest));
        return row;
    }
    if highest.is_some() {
        row.version = Some(version);
    }
    let Some(list) = &row.list else { return row };
    if !list.ground.is_shown() {
        row.basis = Basis::Assumed;
    }
    if row.shared.is_empty() {
        if list.complete {
            row.outcome = Outcome::NoCipher;
            row.basis = if list.ground.is_shown() { Basis::Shown } else { Basis::Assumed };
        }
        return row;
    }
    row.outcome = Outcome::Agreed;
    certificate(&mut row, bound, preference);
    row
}

/// Which certificate is given, and the suite that goes with it.
fn certificate(row: &mut Row, bound: &Bound, preference: Preference) {
    let (Some(set), Some(offer)) = (bound.set(), row.offer()) else {
        row.suite = row.shared.first().cloned();
        row.basis = Basis::Assumed;
        return;
    };
    if bound.unsure().is_some() {
        row.basis = Basis::Assumed;
    }
    row.presented = presented::present(offer, set, preference);
    let Some(presented) = row.presented else {
        row.outcome = Outcome::NoCertificate;
        return;
    };
    let fits = |name: &&String| match cipher_suites::authentication(name) {
        Authentication::Rsa => presented.key() == Key::Rsa,
        Authentication::Ecdsa => presented.key() == Key::Elliptic,
        Authentication::Any => true,
    };
    row.suite = row.shared.iter().find(fits).cloned();
}

fn basis(setting: &Option<Setting>) -> Basis {
    match setting {
        Some(setting) if setting.ground.is_shown() => Basis::Shown,
        _ => Basis::Assumed,
    }
}

/// A phone offers for DTLS what it agreed on for TLS; the list of that version has to hold it, too.
fn datagram(kind: &Kind, server: &Server) -> Datagram {
    let lowest = server.lowest_datagram.as_ref().map(|setting| setting.value);
    if let Some(lowest) = lowest.filter(|lowest| *lowest > kind.ability.highest_datagram) {
        return Datagram::TooNew(lowest);
    }
    let Some(highest) = &server.highest_datagram else { return Datagram::Unknown };
    let version = highest.value.min(kind.ability.highest_datagram);
    let Some(list) = server.lists.get(&version) else { return Datagram::Unknown };
    let shared = list.shared(&kind.offers);
    match (shared.is_empty(), list.complete) {
        (false, _) => Datagram::Agreed(version, shared),
        (true, true) => Datagram::NoCipher(version),
        (true, false) => Datagram::Unknown,
    }
}

/// What the ASA logged of the last handshake replaces what was computed.
fn witness(row: &mut Row, handshake: &Handshake) {
    if let Some(version) = Protocol::by_word(&handshake.protocol) {
        row.version = Some(version);
    }
    if let Some(place) = &handshake.supports {
        let suites: Vec<String> = handshake.supported.iter().map(|cipher| cipher.value.clone()).collect();
        let list = List { suites, complete: true, ground: Ground::Shown(place.clone()) };
        row.shared = list.shared(&row.kind.offers);
        row.list = Some(list);
    }
    let says = |words: &str| {
        handshake.reasons.iter().any(|reason| reason.value.to_ascii_lowercase().contains(words))
    };
    if let Some(chosen) = &handshake.chosen {
        (row.outcome, row.basis) = (Outcome::Agreed, Basis::Logged);
        row.suite = Some(chosen.value.clone());
    } else if says("no shared cipher") {
        (row.outcome, row.basis) = (Outcome::NoCipher, Basis::Logged);
        row.suite = None;
    } else if says("unsupported protocol") || says("version too low") || says("alert protocol version") {
        (row.outcome, row.basis) = (Outcome::TooNew, Basis::Logged);
        (row.suite, row.version) = (None, None);
    }
}

#[cfg(test)]
mod tests;
