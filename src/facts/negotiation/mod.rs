//! What do a phone and an ASA agree on: which version, which suite, and which certificate?
//!
//! What the phone offers ([`kinds`]) meets what the ASA accepts ([`server`]) and which certificates are bound
//! ([`presented`]). A handshake in the ASA's log or in a capture is a stronger witness than all of that: where it shows
//! what was agreed, or that nothing was, nothing is computed.
//!
//! Empty means: no document shows an ASA's TLS settings.
//!
//! Sources: Cisco 116162 (ciphers, elliptic curves, table of certificates); RFC 5246 section 7.4.1 (the server takes
//! one suite of the client's list; the ASA is taken to go by its own order).

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::certificates::CaseCertificate;
use crate::facts::dialled_asa::Lead;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::handshake::Handshake;
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::phones::Phone;
use crate::source::Place;
use crate::tables::asa_defaults::{self, Preference};
use crate::tables::cipher_suites::{self, Authentication};
use crate::tables::tls_alerts;
use crate::tables::tls_reasons::{self, Reason};
use crate::tables::tls_versions::Protocol;

pub mod heard;
pub mod kinds;
pub mod presented;
pub mod server;

pub use heard::Heard;
pub use kinds::Kind;
pub use presented::{Bound, Key, Offer, Presented, Set};
pub use server::{Ground, List, Server, Setting};

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
    /// The ASA logged it, or a capture shows it.
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
    pub certificates: &'d [CaseCertificate<'a>],
    /// The handshakes.
    pub handshakes: &'d [Handshake],
    /// The urls that phones dial.
    pub urls: &'d [PhoneUrl<'a>],
    /// Where they lead.
    pub leads: &'d [Lead],
    /// The phone's model, where the person named it.
    pub model: Option<&'d str>,
}

/// One answer for each ASA whose TLS settings are in the case. Phones that dial other gateways alone have no row in it.
pub fn of(from: Witnesses<'_, '_>) -> Vec<Negotiation> {
    let servers = server::of(from.documents, from.devices);
    let alone = servers.len() == 1;
    let heard = heard::of(from.documents, from.urls);
    let kinds = kinds::of(from.documents, from.phones, from.groups, from.handshakes, heard, from.model);
    servers
        .into_iter()
        .map(|(server, device)| {
            let bound = presented::bound(from.documents, device, from.certificates);
            let preference = server.release.as_ref().map_or(Preference::Configured, |told| {
                let release = told.release;
                asa_defaults::preference([release.major, release.minor, release.maintenance])
            });
            let place =
                device.and_then(|device| from.devices.iter().position(|one| std::ptr::eq(one, device)));
            let meets = |kind: &&Kind| place.is_none_or(|place| !passes_by(from, kind, place));
            let rows = kinds
                .iter()
                .filter(meets)
                .map(|kind| {
                    let mut row = compute(kind, &server, &bound, preference);
                    // With two ASAs, the log does not say whose settings made the handshake.
                    let logged = kind.handshake.filter(|_| alone).and_then(|at| from.handshakes.get(at));
                    if let Some(handshake) = logged {
                        witness(&mut row, handshake);
                    }
                    let chosen = kind.heard.as_ref().filter(|_| alone).and_then(|heard| heard.chosen.clone());
                    if let Some((version, suite)) = chosen {
                        (row.outcome, row.basis) = (Outcome::Agreed, Basis::Logged);
                        (row.version, row.suite) = (Some(version), Some(suite));
                    }
                    row
                })
                .collect();
            Negotiation { server, bound, preference, rows }
        })
        .collect()
}

/// True where every phone of a kind dials other gateways than this ASA.
fn passes_by(from: Witnesses<'_, '_>, kind: &Kind, device: usize) -> bool {
    let of_kind = |url: &&PhoneUrl<'_>| kind.phones.contains(&url.phone);
    let mut leads =
        from.urls.iter().zip(from.leads).filter(|(url, _)| of_kind(url)).map(|(_, lead)| lead).peekable();
    leads.peek().is_some() && leads.all(|lead| lead.passes_by(device))
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
    let version = highest.map_or(kind.highest(), |highest| highest.min(kind.highest()));
    row.list = server.lists.get(&version).cloned();
    if let Some(list) = &row.list {
        row.shared = list.shared(&kind.offers);
    }
    row.datagram = datagram(kind, server);
    if lowest.is_some_and(|lowest| lowest > kind.highest()) {
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
    let chosen = handshake.chosen.is_some();
    let reasons = || handshake.reasons.iter().map(|reason| reason.value.as_str());
    let own = |wanted| reasons().any(|reason| tls_reasons::of_asa("", reason, chosen) == Some(wanted));
    if own(Reason::OwnTooOld) || reasons().any(|reason| tls_alerts::by_reason(reason) == Some(70)) {
        // The phone refuses the version of the ASA's hello.
        (row.outcome, row.basis) = (Outcome::TooOld, Basis::Logged);
        (row.suite, row.version) = (None, None);
    } else if let Some(chosen) = &handshake.chosen {
        (row.outcome, row.basis) = (Outcome::Agreed, Basis::Logged);
        row.suite = Some(chosen.value.clone());
    } else if own(Reason::NoCipher) {
        // A suite that both know is of no use without a curve, a kind of key and a signature that both know.
        let outcome = if row.shared.is_empty() { Outcome::NoCipher } else { Outcome::NoCertificate };
        (row.outcome, row.basis) = (outcome, Basis::Logged);
        row.suite = None;
    } else if own(Reason::OtherTooOld) {
        (row.outcome, row.basis) = (Outcome::TooNew, Basis::Logged);
        (row.suite, row.version) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    const OLD: &str =
        "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup></vpnGroup></device>";
    const NEW: &str =
        "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";

    fn config(version: &str, ssl: &str) -> String {
        format!("ASA Version {version}\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
    }

    /// What comes of the one kind of phone that is in the case.
    fn own(files: &[(&str, &str)]) -> Row {
        let readings = readings(files);
        let said = Said::new();
        let case = Case::of(&readings, &said, now());
        let rows = &case.negotiations[0].rows;
        rows.iter().find(|row| row.kind.own).cloned().unwrap()
    }

    fn with(version: &str, ssl: &str, phone: &str) -> Row {
        own(&[("asa.cfg", &config(version, ssl)), ("SEP001122334455.cnf.xml", phone)])
    }

    #[test]
    fn an_old_phone_does_not_reach_a_modern_asa() {
        let row = with("9.12(4)", "ssl server-version tlsv1.2", OLD);
        assert_eq!((row.outcome, row.basis), (Outcome::TooNew, Basis::Shown));
        let row = with("9.12(4)", "ssl server-version tlsv1.2", NEW);
        assert_eq!((row.outcome, row.version), (Outcome::Agreed, Some(Protocol::Tls12)));
    }

    #[test]
    fn a_list_without_the_phones_ciphers_ends_it() {
        let row = with("9.1(1)", "ssl server-version any\nssl encryption rc4-sha1 3des-sha1", OLD);
        assert_eq!((row.outcome, row.basis), (Outcome::NoCipher, Basis::Shown));
        let row = with("9.1(1)", "ssl server-version any\nssl encryption rc4-sha1 aes128-sha1", OLD);
        assert_eq!((row.outcome, row.suite.as_deref()), (Outcome::Agreed, Some("AES128-SHA")));
    }

    #[test]
    fn a_newer_phone_is_given_the_self_signed_certificate_of_9_4() {
        let ssl = "ssl trust-point PHONES outside";
        let row = with("9.4(1)", ssl, NEW);
        assert_eq!(row.presented, Some(Presented::SelfSigned(Key::Elliptic)));
        assert!(row.suite.unwrap().contains("ECDSA"));
        let custom = format!(
            "{ssl}\nssl cipher tlsv1.2 custom \"AES256-SHA:AES128-SHA:DHE-RSA-AES256-SHA:DHE-RSA-AES128-SHA\""
        );
        let row = with("9.4(1)", &custom, NEW);
        assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
        assert_eq!(row.suite.as_deref(), Some("AES256-SHA"));
        let row = with("9.4(1)", ssl, OLD);
        assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
    }

    #[test]
    fn essentials_have_no_curves() {
        let text = config("9.4(1)", "ssl trust-point PHONES outside")
            .replace("enable outside", "enable outside\n anyconnect-essentials");
        let row = own(&[("asa.cfg", &text), ("SEP001122334455.cnf.xml", NEW)]);
        assert_eq!(row.presented, Some(Presented::Configured(Key::Rsa)));
    }

    #[test]
    fn the_list_for_dtls_is_another_one() {
        let ssl = "ssl cipher tlsv1 custom \"AES256-SHA\"\nssl cipher dtlsv1 custom \"DES-CBC3-SHA\"";
        let row = with("9.8(2)", ssl, OLD);
        assert_eq!(row.outcome, Outcome::Agreed);
        assert_eq!(row.datagram, Datagram::NoCipher(Protocol::Dtls10));
    }

    #[test]
    fn show_ssl_wins_over_what_is_assumed() {
        let list = "tlsv1 (medium):\n  AES256-SHA\ndtlsv1 (medium):\n  AES256-SHA\n";
        let accepts = "Accept connections using SSLv3 or greater and negotiate to TLSv1 or greater\n";
        let text = config("9.8(2)", "ssl trust-point PHONES outside");
        let row =
            own(&[("asa.cfg", &text), ("ciphers", list), ("ssl", accepts), ("SEP001122334455.cnf.xml", OLD)]);
        assert!(row.list.unwrap().ground.is_shown());
        let row = with("9.8(2)", "ssl trust-point PHONES outside", OLD);
        assert_eq!(row.basis, Basis::Assumed);
    }

    #[test]
    fn show_run_all_ssl_proves_the_values() {
        let session = "asa# show run all ssl\nssl server-version any\nssl client-version any\n\
            ssl encryption rc4-sha1 aes128-sha1 aes256-sha1 3des-sha1\nssl trust-point PHONES outside\nasa# show clock\n12:00:00.000 UTC Mon Nov 23 2026\n";
        let chain = crate::testing::chain("PHONES", &[("", crate::testing::certificates::CURRENT)]);
        let row = own(&[("session.txt", session), ("chain.txt", &chain), ("SEP001122334455.cnf.xml", OLD)]);
        assert_eq!((row.outcome, row.suite.as_deref()), (Outcome::Agreed, Some("AES128-SHA")));
        assert_eq!(row.basis, Basis::Shown);
        assert_eq!(row.list.unwrap().ground.place().unwrap().at.line, 3);
    }

    #[test]
    fn classes_of_a_cipher_string_are_not_worked_out() {
        let row = with("9.8(2)", "ssl cipher tlsv1 custom \"HIGH:!AES256-SHA\"", OLD);
        assert_eq!(row.outcome, Outcome::Unknown);
    }

    #[test]
    fn a_logged_handshake_is_the_stronger_witness() {
        let log = "%ASA-6-716038: Group <P> User <CP-7962G-SEP001122334455> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n\
        %ASA-7-725010: Device supports the following 1 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : RC4-SHA\n\
        %ASA-7-725008: SSL client outside:203.0.113.9/52684 proposes the following 1 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : AES256-SHA\n\
        %ASA-7-725014: SSL lib error. Function: SSL3_GET_CLIENT_HELLO Reason: no shared cipher\n";
        let text = config("9.1(1)", "ssl encryption aes256-sha1");
        let row = own(&[("asa.cfg", &text), ("asa.log", log)]);
        assert_eq!((row.outcome, row.basis), (Outcome::NoCipher, Basis::Logged));
        assert_eq!(row.kind.offers, ["AES256-SHA"]);
        assert_eq!(row.list.unwrap().suites, ["RC4-SHA"]);
    }

    #[test]
    fn an_asa_without_webvpn_serves_no_phone() {
        let text = "ASA Version 9.1(1)\nhostname asa\nssl encryption rc4-sha1\n: end\n";
        let readings = readings(&[("asa.cfg", text)]);
        let said = Said::new();
        assert!(Case::of(&readings, &said, now()).negotiations.is_empty());
    }
}
