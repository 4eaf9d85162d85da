//! What shows that a phone still connects, stage by stage.
//!
//! A stage in which the changed case says what the case as it is says is not touched: that the phone connects today
//! proves it. Where it says something else, what it says has to be proved: by lines and certificates, and by what the
//! phone itself offered in a log or a capture where tables only suppose it.

use std::fmt::Write;

use super::apply::{Open, open};
use super::weigh::{Proofs, not_passed};
use crate::case::Case;
use crate::diagnosis::Diagnosis;
use crate::facts::asa_authorities::Held;
use crate::facts::client_certificates::device;
use crate::facts::negotiation::{
    Basis, Bound, Datagram, List, Negotiation, Outcome, Presented, Row, Server, Setting,
};
use crate::facts::trust_match::{Sent, Trust};
use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::tables::tls_versions::Protocol;
use crate::text::Text;

/// One phone's case, as it is and as it will be, both without logs.
pub(super) struct Pair<'p, 'c> {
    pub before: &'p Case<'c>,
    pub after: &'p Case<'c>,
    pub diagnosis: &'p Diagnosis,
    /// The phone's name.
    pub phone: Option<&'p str>,
    /// What it agreed on with the ASA today, as logs and captures show it.
    pub seen: Option<&'p Row>,
}

/// What this phone and the ASAs agree on.
pub(super) fn own<'c>(case: &'c Case<'_>) -> Vec<(&'c Negotiation, &'c Row)> {
    let rows = case.negotiations.iter().flat_map(|one| one.rows.iter().map(move |row| (one, row)));
    rows.filter(|(_, row)| row.kind.own).collect()
}

/// What is not proved.
pub(super) fn open_stages(pair: &Pair<'_, '_>, proofs: Proofs) -> Vec<Open> {
    let mut opens = Vec::new();
    let differs = negotiated(pair.before) != negotiated(pair.after);
    if differs || proofs.negotiation {
        opens.extend(negotiation(pair, proofs.defaults));
    }
    let other = presented(pair.before) != presented(pair.after);
    if other || proofs.trust {
        opens.extend(trust(pair));
        if checks_names(pair.after) {
            opens.extend(names(pair));
        }
    }
    if checks_names(pair.after) && !checks_names(pair.before) {
        opens.extend(names(pair));
    }
    if proofs.login || methods(pair.before) != methods(pair.after) {
        opens.extend(login(pair));
    }
    opens
}

/// Everything that decides what is agreed on, in words that can be compared.
fn negotiated(case: &Case<'_>) -> String {
    let mut text = String::new();
    for one in &case.negotiations {
        let server = &one.server;
        let value = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value);
        let _ = write!(
            text,
            "{:?}{:?}{:?}{:?}{:?}{:?}",
            value(&server.lowest),
            value(&server.highest),
            value(&server.lowest_datagram),
            value(&server.highest_datagram),
            one.preference,
            server.essentials.is_some(),
        );
        for (version, list) in &server.lists {
            let _ = write!(text, "{version:?}{:?}{}", list.suites, list.complete);
        }
        for bound in &one.bound.bindings {
            let _ = write!(text, "{}{:?}", bound.name, bound.key);
        }
        for row in one.rows.iter().filter(|row| row.kind.own) {
            let kind = &row.kind;
            let _ = write!(text, "{}{:?}{:?}", kind.family.name, kind.ability.from, kind.offers);
        }
    }
    text
}

/// `unchanged` may be taken for shown, because the phone connects with it today; not across trains of releases.
fn negotiation(pair: &Pair<'_, '_>, across: bool) -> Vec<Open> {
    let rows = own(pair.after);
    if rows.is_empty() {
        return vec![open(Stage::Tls, NO_SETTINGS)];
    }
    let before = own(pair.before);
    let mut opens = Vec::new();
    for (at, (negotiation, row)) in rows.iter().enumerate() {
        let server = &negotiation.server;
        let old = before.get(at).map(|(old, row)| (&old.server, *row, &old.bound));
        let same = |now: &Option<Setting>, of: fn(&Server) -> &Option<Setting>| {
            let value = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value);
            !across && now.is_some() && old.is_some_and(|(old, ..)| value(of(old)) == value(now))
        };
        let shown =
            |setting: &Option<Setting>| setting.as_ref().is_some_and(|setting| setting.ground.is_shown());
        let lowest = shown(&server.lowest) || same(&server.lowest, |server| &server.lowest);
        let highest = shown(&server.highest) || same(&server.highest, |server| &server.highest);
        let listed = |version: Protocol| {
            let list = server.lists.get(&version)?;
            let kept = !across
                && old.and_then(|(old, ..)| old.lists.get(&version)).is_some_and(|old| alike(old, list));
            (list.ground.is_shown() && list.complete || kept).then_some(list)
        };
        if row.outcome != Outcome::Agreed || !lowest || !highest {
            opens.push(open(Stage::Tls, VERSION_ASSUMED));
            continue;
        }
        let Some(list) = row.version.and_then(listed) else {
            opens.push(open(Stage::Tls, LIST_ASSUMED));
            continue;
        };
        if !agrees(pair, row, list) {
            opens.push(open(Stage::Tls, PHONE_ASSUMED));
        }
        let bound = |bound: &Bound| bound.bindings.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let same = old.is_some_and(|(_, old, known)| {
            old.presented == row.presented && bound(known) == bound(&negotiation.bound)
        });
        let known = negotiation.bound.unsure().is_none();
        if !(same && !across || known && matches!(row.presented, Some(Presented::Configured(_)))) {
            opens.push(open(Stage::Tls, CERTIFICATE_ASSUMED));
        }
        let data = match &row.datagram {
            Datagram::Agreed(version, _) => listed(*version).is_some_and(|list| agrees(pair, row, list)),
            _ => false,
        };
        if !data {
            opens.push(open(Stage::Tls, DATA_ASSUMED));
        }
    }
    opens
}

fn alike(one: &List, other: &List) -> bool {
    one.suites == other.suites && one.complete == other.complete
}

/// The phone is known to offer a suite of the list: by what documents say of all its firmwares, by its own hello, or by
/// what it agreed on.
fn agrees(pair: &Pair<'_, '_>, row: &Row, list: &List) -> bool {
    let taken = |name: &String| list.suites.contains(name);
    if let Some(seen) = pair.seen {
        let own = seen.kind.heard.is_some() || seen.kind.handshake.is_some();
        let logged = seen.basis == Basis::Logged;
        if logged && seen.suite.as_ref().is_some_and(taken) {
            return true;
        }
        if own && seen.kind.certainty == Certainty::Documented {
            return seen.kind.offers.iter().any(taken);
        }
    }
    row.kind.certainty == Certainty::Documented && row.kind.offers.iter().any(taken)
}

/// What is presented and may be, and what the phones make of it.
fn presented(case: &Case<'_>) -> String {
    let gateway = &case.gateway_certificates;
    let mut text = String::new();
    for one in &gateway.presented {
        let _ = write!(text, "{:?};", one.sha1);
    }
    for one in &gateway.contested {
        let _ = write!(text, "?{:?};", one.presented.sha1);
    }
    for one in &case.trust_matches {
        let _ = write!(text, "{}", one.trust.holds());
    }
    text
}

fn trust(pair: &Pair<'_, '_>) -> Vec<Open> {
    let gateway = &pair.after.gateway_certificates;
    let alone = gateway.presented.len() == 1 && gateway.contested.is_empty();
    let sure = |trust: Trust| matches!(trust, Trust::Leaf(_) | Trust::Issuer { sent: Sent::Yes, .. });
    let matches = &pair.after.trust_matches;
    if alone && !matches.is_empty() && matches.iter().all(|one| sure(one.trust)) {
        return not_passed(pair.diagnosis, &["gateway-certificate-expired"]);
    }
    vec![open(Stage::Trust, if alone { HASH_UNKNOWN } else { CERTIFICATE_UNKNOWN })]
}

fn checks_names(case: &Case<'_>) -> bool {
    let phones = case.phones.iter().filter_map(|phone| phone.vpn_group());
    phones
        .map(|group| group.host_id_check.as_ref())
        .any(|check| check.is_none_or(|check| check.value.trim() != "0"))
}

fn names(pair: &Pair<'_, '_>) -> Vec<Open> {
    let passed = |id: &str| pair.diagnosis.passed.iter().any(|row| row.rule == id);
    let alone = pair.after.gateway_certificates.presented.len() == 1;
    if passed("certificate-name-mismatch") && alone {
        Vec::new()
    } else {
        vec![open(Stage::HostName, NAMES_UNKNOWN)]
    }
}

fn methods(case: &Case<'_>) -> String {
    let mut text = String::new();
    for phone in &case.phones {
        let method = phone.vpn_setting("authMethod").map(|method| method.value);
        let _ = write!(text, "{method:?};");
    }
    for one in &case.client_certificates {
        let _ = write!(text, "{}<{};", one.name, one.issuer);
    }
    for one in &case.asa_authorities.all {
        let sha1 = one.known.and_then(|index| case.certificate(index)).map(|known| known.sha1());
        let _ = write!(text, "{}{sha1:?};", one.name);
    }
    text
}

/// The certificate that the phone logs in with is known, and so is that the ASA trusts its issuer.
fn login(pair: &Pair<'_, '_>) -> Vec<Open> {
    let mut opens = not_passed(
        pair.diagnosis,
        &[
            "authentication-method-mismatch",
            "capf-changed",
            "client-certificate-issuer-untrusted",
            "client-certificate-expired",
            "client-certificate-too-weak",
        ],
    );
    let name = pair.phone.unwrap_or_default();
    if pair.after.login_methods.of_phone(name) != Some(true) {
        opens.push(open(Stage::Login, PASSWORD_UNKNOWN));
        return opens;
    }
    let mut own =
        pair.after.client_certificates.iter().filter(|one| device(&one.name).eq_ignore_ascii_case(name));
    let held = own.next().is_some_and(|one| matches!(pair.after.issuer_held(one), Held::Yes(_)));
    if name.is_empty() || !held || own.next().is_some() {
        opens.push(open(Stage::Login, ISSUER_UNKNOWN));
    }
    opens
}

const NO_SETTINGS: Text = Text::fixed(
    "What phone and ASA agree on is not shown: add `show running-config` and the phone's `SEP….cnf.xml`.",
    "Worauf sich Telefon und ASA einigen, ist nicht belegt: Ergänzen Sie `show running-config` und `SEP….cnf.xml` des Telefons.",
);
const VERSION_ASSUMED: Text = Text::fixed(
    "The versions of TLS that the ASA will accept are assumed: set `ssl server-version`, or add `show ssl` of such a release.",
    "Welche TLS-Versionen die ASA annehmen wird, ist nur angenommen: Setzen Sie `ssl server-version`, oder ergänzen Sie `show ssl` einer solchen Version.",
);
const LIST_ASSUMED: Text = Text::fixed(
    "The ciphers that the ASA will allow are assumed: set them by name (`ssl cipher`), or add `show ssl ciphers` of such a release.",
    "Welche Chiffren die ASA zulassen wird, ist nur angenommen: Setzen Sie sie mit Namen (`ssl cipher`), oder ergänzen Sie `show ssl ciphers` einer solchen Version.",
);
const PHONE_ASSUMED: Text = Text::fixed(
    "What this phone offers is concluded from its firmware: a capture, or an ASA log at level debugging (message 725008), shows it.",
    "Was dieses Telefon anbietet, ist aus seiner Firmware geschlossen: Ein Mitschnitt oder ein ASA-Protokoll auf Stufe debugging (Meldung 725008) zeigt es.",
);
const CERTIFICATE_ASSUMED: Text = Text::fixed(
    "Which certificate the ASA will present is assumed.",
    "Welches Zertifikat die ASA vorlegen wird, ist nur angenommen.",
);
const DATA_ASSUMED: Text = Text::fixed(
    "What comes of the data channel over UDP (DTLS) is assumed.",
    "Was aus dem Datenkanal über UDP (DTLS) wird, ist nur angenommen.",
);
const HASH_UNKNOWN: Text = Text::fixed(
    "That the phone trusts the certificate is not shown: add its `SEP….cnf.xml` with the hashes.",
    "Dass das Telefon dem Zertifikat vertraut, ist nicht belegt: Ergänzen Sie sein `SEP….cnf.xml` mit den Hashes.",
);
const CERTIFICATE_UNKNOWN: Text = Text::fixed(
    "Which certificate the ASA will present is not known: add it as a file, or `show running-config` with its chains.",
    "Welches Zertifikat die ASA vorlegen wird, ist nicht bekannt: Ergänzen Sie es als Datei oder `show running-config` mit den Ketten.",
);
const NAMES_UNKNOWN: Text = Text::fixed(
    "That the certificate names the host that the phone dials is not shown: add both.",
    "Dass das Zertifikat den Host nennt, den das Telefon wählt, ist nicht belegt: Ergänzen Sie beides.",
);
const PASSWORD_UNKNOWN: Text = Text::fixed(
    "That the login will work is in no file: it takes a user and a password that the AAA server knows.",
    "Dass die Anmeldung gelingen wird, steht in keiner Datei: Es braucht Benutzer und Kennwort, die der AAA-Server kennt.",
);
const ISSUER_UNKNOWN: Text = Text::fixed(
    "With which certificate this phone logs in, and that the ASA trusts its issuer, is not shown: add the certificate and the ASA's trust-points.",
    "Mit welchem Zertifikat sich dieses Telefon anmeldet und dass die ASA dessen Aussteller vertraut, ist nicht belegt: Ergänzen Sie das Zertifikat und die Vertrauenspunkte (trust-points) der ASA.",
);
