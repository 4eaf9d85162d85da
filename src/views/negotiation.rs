//! The negotiation as people read it: a row for each kind of phone, and the table of certificates.

use std::collections::BTreeSet;

use super::listed::telling_first;
use crate::case::Case;
use crate::diagnosis::{CertificateCell, NegotiationRow, NegotiationView};
use crate::facts::negotiation::heard::{self, Heard};
use crate::facts::negotiation::presented::{self, Key, Offer, Presented, Set};
use crate::facts::negotiation::{Basis, Datagram, Ground, Kind, Negotiation, Outcome, Row, Server, Setting};
use crate::source::Place;
use crate::tables::asa_defaults::{Certainty, Preference};
use crate::tables::tls_versions::Protocol;
use crate::text::{Class, Text};

/// A view for each ASA whose TLS settings are in the case; where there are none, what captures show alone.
pub fn all(case: &Case<'_>) -> Vec<NegotiationView> {
    if !case.negotiations.is_empty() {
        let fails = |one: &&Negotiation| one.rows.iter().any(|row| row.kind.own && works(row) == Some(false));
        return telling_first(&case.negotiations, fails).into_iter().map(view).collect();
    }
    let heard = heard::of(&case.documents, &case.gateway_urls);
    let mut views: Vec<NegotiationView> = Vec::new();
    for one in &heard {
        let input = one.place.input;
        if views.last().is_none_or(|view| view.input != input) {
            views.push(NegotiationView { input, ..NegotiationView::default() });
        }
        if let Some(view) = views.last_mut() {
            view.rows.push(alone(one));
        }
    }
    views
}

/// What a capture shows of a phone, and nothing shows of the ASA's settings.
fn alone(heard: &Heard) -> NegotiationRow {
    let (version, suite) =
        heard.chosen.as_ref().map(|(version, suite)| (version.name(), suite.as_str())).unzip();
    NegotiationRow {
        phone: heard_phone(heard),
        own: true,
        offers: heard.suites.clone(),
        allows: Vec::new(),
        version: version.unwrap_or_default().to_owned(),
        suite: suite.unwrap_or_default().to_owned(),
        certificate: Text::default(),
        data: Text::default(),
        outcome: if version.is_some() { RECORDED } else { UNKNOWN },
        works: version.map(|_| true),
        places: vec![heard.place.clone()],
        heard: offered(heard),
    }
}

fn heard_phone(heard: &Heard) -> Text {
    let name = if heard.phone.is_empty() { &heard.client } else { &heard.phone };
    HEARD_PHONE.with("name", Class::Phone, name)
}

/// What the phone itself said besides its suites.
fn offered(heard: &Heard) -> Vec<(Text, String)> {
    let rows = [
        (VERSION, heard.highest.name().to_owned()),
        (CURVES, heard.groups.join(", ")),
        (SIGNATURES, heard.signatures.join(", ")),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn view(negotiation: &Negotiation) -> NegotiationView {
    NegotiationView {
        input: negotiation.server.input,
        release: negotiation.server.release.as_ref().map(|told| told.printed.clone()).unwrap_or_default(),
        rows: negotiation.rows.iter().map(|row| row_view(row, negotiation)).collect(),
        table: table(negotiation),
        assumed: assumed(negotiation),
    }
}

fn row_view(row: &Row, negotiation: &Negotiation) -> NegotiationRow {
    NegotiationRow {
        phone: phone(&row.kind),
        own: row.kind.own,
        offers: row.kind.offers.clone(),
        allows: row.list.as_ref().map(|list| list.suites.clone()).unwrap_or_default(),
        version: row.version.map(|version| version.name().to_owned()).unwrap_or_default(),
        suite: row.suite.clone().unwrap_or_default(),
        certificate: row.presented.map(|presented| certificate(presented, negotiation)).unwrap_or_default(),
        data: data(&row.datagram),
        outcome: outcome(row, &negotiation.server),
        works: works(row),
        places: places(row, negotiation),
        heard: row.kind.heard.as_ref().map(offered).unwrap_or_default(),
    }
}

/// What is assumed may explain, but is no proof that it works or that it fails.
fn works(row: &Row) -> Option<bool> {
    match row.outcome {
        Outcome::Unknown => None,
        _ if row.basis == Basis::Assumed => None,
        Outcome::Agreed => Some(true),
        _ => Some(false),
    }
}

fn phone(kind: &Kind) -> Text {
    if let Some(heard) = kind.heard.as_ref().filter(|_| kind.is_guess) {
        return heard_phone(heard);
    }
    let from = kind.ability.from;
    if kind.ability == kind.family.abilities.first().unwrap_or(kind.ability) {
        return Text::quoted(kind.family.name);
    }
    let [major, minor, maintenance, service] = from;
    let service = if service > 0 { format!("SR{service}") } else { String::new() };
    FROM_FIRMWARE
        .word("family", kind.family.name)
        .number("major", major)
        .number("minor", minor)
        .number("maintenance", maintenance)
        .with("service", Class::Words, service)
}

fn outcome(row: &Row, server: &Server) -> Text {
    let highest = row.kind.highest().name();
    let lowest = row.kind.ability.lowest.name();
    let asa = |setting: &Option<Setting>| setting.as_ref().map_or("?", |setting| setting.value.name());
    match row.outcome {
        Outcome::Agreed if row.kind.heard.as_ref().is_some_and(|heard| heard.chosen.is_some()) => RECORDED,
        Outcome::Agreed if row.basis == Basis::Logged => LOGGED,
        Outcome::Agreed if row.basis == Basis::Assumed => PROBABLY,
        Outcome::Agreed => AGREED,
        Outcome::TooNew => TOO_NEW.with("phone", Class::Phone, highest).word("asa", asa(&server.lowest)),
        Outcome::TooOld => TOO_OLD.with("phone", Class::Phone, lowest).word("asa", asa(&server.highest)),
        Outcome::NoCipher if row.basis == Basis::Assumed => NO_CIPHER_ASSUMED,
        Outcome::NoCipher => NO_CIPHER,
        Outcome::NoCertificate => NO_CERTIFICATE,
        Outcome::Unknown => UNKNOWN,
    }
}

fn data(datagram: &Datagram) -> Text {
    let name = |version: &Protocol| version.name();
    match datagram {
        Datagram::Agreed(version, suites) => {
            let suite = suites.first().map(String::as_str).unwrap_or_default();
            DATA.word("version", name(version)).with("suite", Class::Words, suite)
        }
        Datagram::TooNew(version) => DATA_TOO_NEW.word("version", name(version)),
        Datagram::NoCipher(version) => DATA_NO_CIPHER.word("version", name(version)),
        Datagram::Unknown => Text::default(),
    }
}

fn certificate(presented: Presented, negotiation: &Negotiation) -> Text {
    let Presented::Configured(key) = presented else { return short(presented) };
    let bound = negotiation.bound.bindings.iter().find(|bound| bound.key.unwrap_or(Key::Rsa) == key);
    match bound {
        Some(bound) => TRUSTPOINT.word("key", key_name(key)).with("name", Class::Trustpoint, &bound.name),
        None => short(presented),
    }
}

fn places(row: &Row, negotiation: &Negotiation) -> Vec<Place> {
    let server = &negotiation.server;
    let settings = [&server.lowest, &server.highest];
    let versions = settings.into_iter().flatten().filter_map(|setting| setting.ground.place());
    let list = row.list.as_ref().and_then(|list| list.ground.place());
    let bound = negotiation.bound.bindings.iter().map(|bound| &bound.place);
    let mut seen = BTreeSet::new();
    let all = row.kind.places.iter().chain(versions).chain(list).chain(bound);
    all.filter(|place| seen.insert(*place)).take(PLACES).cloned().collect()
}

/// Three kinds of offers by four sets of certificates; the cells of the case are its own.
fn table(negotiation: &Negotiation) -> Vec<CertificateCell> {
    let own: Vec<Offer> = negotiation.rows.iter().filter(|row| row.kind.own).filter_map(Row::offer).collect();
    let bound = negotiation.bound.set();
    let mut cells = Vec::new();
    for offer in Offer::ALL {
        for set in Set::ALL {
            let presented = presented::present(offer, set, negotiation.preference);
            cells.push(CertificateCell {
                offers: offer_name(offer),
                bound: set_name(set),
                presented: presented.map_or(FAILS, short),
                works: presented.is_some(),
                own: own.contains(&offer) && bound == Some(set),
            });
        }
    }
    cells
}

fn assumed(negotiation: &Negotiation) -> Vec<Text> {
    let server = &negotiation.server;
    let mut texts = Vec::new();
    match negotiation.preference {
        Preference::Curve => texts.push(CURVE_FIRST),
        Preference::NoCurves => texts.push(NO_CURVES),
        Preference::Configured if server.release.is_none() => texts.push(RELEASE_UNKNOWN),
        Preference::Configured => texts.push(CONFIGURED_FIRST),
    }
    if let Some(bound) = negotiation.bound.unsure() {
        texts.push(KEY_UNKNOWN.with("name", Class::Trustpoint, &bound.name));
    }
    let mut lists = negotiation.rows.iter().filter_map(|row| row.list.as_ref());
    if lists.any(|list| matches!(list.ground, Ground::Named(_) | Ground::Assumed)) {
        texts.push(LEVELS);
    }
    if server.lowest.as_ref().is_none_or(|setting| !setting.ground.is_shown()) {
        texts.push(LOWEST);
    }
    if negotiation.rows.iter().any(|row| row.kind.own && row.kind.certainty > Certainty::Documented) {
        texts.push(PHONES);
    }
    if server.essentials.is_some() {
        texts.push(ESSENTIALS);
    }
    texts
}

const fn key_name(key: Key) -> &'static str {
    match key {
        Key::Rsa => "RSA",
        Key::Elliptic => "EC",
    }
}

const fn short(presented: Presented) -> Text {
    match presented {
        Presented::Configured(Key::Rsa) => {
            Text::fixed("the RSA certificate, RSA ciphers", "das RSA-Zertifikat, RSA-Chiffren")
        }
        Presented::Configured(Key::Elliptic) => {
            Text::fixed("the EC certificate, EC ciphers", "das EC-Zertifikat, EC-Chiffren")
        }
        Presented::SelfSigned(Key::Rsa) => Text::fixed(
            "a self-signed RSA certificate, RSA ciphers",
            "ein selbstsigniertes RSA-Zertifikat, RSA-Chiffren",
        ),
        Presented::SelfSigned(Key::Elliptic) => Text::fixed(
            "a self-signed EC certificate, EC ciphers",
            "ein selbstsigniertes EC-Zertifikat, EC-Chiffren",
        ),
    }
}

const fn offer_name(offer: Offer) -> Text {
    match offer {
        Offer::Rsa => Text::fixed("RSA ciphers only", "nur RSA-Chiffren"),
        Offer::Elliptic => Text::fixed("EC ciphers only (rare)", "nur EC-Chiffren (selten)"),
        Offer::Both => Text::fixed("both kinds of ciphers", "beide Arten von Chiffren"),
    }
}

const fn set_name(set: Set) -> Text {
    match set {
        Set::Rsa => Text::fixed("RSA certificate", "RSA-Zertifikat"),
        Set::Elliptic => Text::fixed("EC certificate only", "nur EC-Zertifikat"),
        Set::Both => Text::fixed("both certificates", "beide Zertifikate"),
        Set::Nothing => Text::fixed("none", "keines"),
    }
}

const FAILS: Text = Text::fixed("the connection fails", "die Verbindung schlägt fehl");
const TRUSTPOINT: Text =
    Text::fixed("{key} certificate of trust-point {name}", "{key}-Zertifikat des Vertrauenspunkts {name}");
const AGREED: Text = Text::fixed("They agree.", "Sie einigen sich.");
const LOGGED: Text =
    Text::fixed("They agreed: the ASA logged it.", "Sie haben sich geeinigt: Die ASA hat es protokolliert.");
const RECORDED: Text =
    Text::fixed("They agreed: the capture shows it.", "Sie haben sich geeinigt: Der Mitschnitt zeigt es.");
const HEARD_PHONE: Text =
    Text::fixed("The phone in the capture ({name})", "Das Telefon im Mitschnitt ({name})");
const VERSION: Text = Text::fixed("Highest version, as it said", "Höchste Version, wie es sagte");
const CURVES: Text = Text::fixed("Curves and groups, as it said", "Kurven und Gruppen, wie es sagte");
const SIGNATURES: Text = Text::fixed("Signatures, as it said", "Signaturen, wie es sagte");
const PROBABLY: Text = Text::fixed(
    "It probably works, if the assumptions below hold.",
    "Es geht wahrscheinlich, wenn die Annahmen unten zutreffen.",
);
const TOO_NEW: Text = Text::fixed(
    "They do not agree: the phone speaks {phone} at most, the ASA asks for {asa} at least.",
    "Sie einigen sich nicht: Das Telefon spricht höchstens {phone}, die ASA verlangt mindestens {asa}.",
);
const TOO_OLD: Text = Text::fixed(
    "They do not agree: the phone asks for {phone} at least, the ASA speaks {asa} at most.",
    "Sie einigen sich nicht: Das Telefon verlangt mindestens {phone}, die ASA spricht höchstens {asa}.",
);
const NO_CIPHER: Text = Text::fixed(
    "They do not agree: the ASA allows no cipher that the phone offers.",
    "Sie einigen sich nicht: Die ASA lässt keine Chiffre zu, die das Telefon anbietet.",
);
const NO_CIPHER_ASSUMED: Text = Text::fixed(
    "They may not agree: as far as is known the ASA allows no cipher that the phone offers.",
    "Sie einigen sich vielleicht nicht: Soweit bekannt, lässt die ASA keine Chiffre zu, die das Telefon anbietet.",
);
const NO_CERTIFICATE: Text = Text::fixed(
    "They do not agree: the ciphers that both know need another certificate.",
    "Sie einigen sich nicht: Die gemeinsamen Chiffren brauchen ein anderes Zertifikat.",
);
const UNKNOWN: Text =
    Text::fixed("It cannot be told from what is there.", "Aus dem, was vorliegt, lässt es sich nicht sagen.");
const DATA: Text = Text::fixed("{version} with {suite} is possible.", "{version} mit {suite} ist möglich.");
const DATA_TOO_NEW: Text = Text::fixed(
    "No DTLS: the ASA asks for {version} at least.",
    "Kein DTLS: Die ASA verlangt mindestens {version}.",
);
const DATA_NO_CIPHER: Text = Text::fixed(
    "No DTLS: the ASA's list for {version} has no cipher of the phone's.",
    "Kein DTLS: In der Liste der ASA für {version} steht keine Chiffre des Telefons.",
);
const CURVE_FIRST: Text = Text::fixed(
    "This release is taken to prefer its self-signed EC certificate, because CSCuu02848 is not fixed in it. That is not sure; in a release with the fix a configured certificate comes first.",
    "Angenommen ist, dass diese Version ihr selbstsigniertes EC-Zertifikat vorzieht, weil CSCuu02848 in ihr nicht behoben ist. Sicher ist das nicht; in einer Version mit der Korrektur hat ein konfiguriertes Zertifikat Vorrang.",
);
const CONFIGURED_FIRST: Text = Text::fixed(
    "This release is taken to have the fix for CSCuu02848: a configured certificate comes first.",
    "Angenommen ist, dass diese Version die Korrektur zu CSCuu02848 enthält: Ein konfiguriertes Zertifikat hat Vorrang.",
);
const RELEASE_UNKNOWN: Text = Text::fixed(
    "The release is not known; the table holds for releases with the fix for CSCuu02848.",
    "Die Version ist nicht bekannt; die Tabelle gilt für Versionen mit der Korrektur zu CSCuu02848.",
);
const NO_CURVES: Text = Text::fixed(
    "Releases before 9.4(1) have no elliptic curves for TLS.",
    "Versionen vor 9.4(1) kennen für TLS keine elliptischen Kurven.",
);
const KEY_UNKNOWN: Text = Text::fixed(
    "Nothing shows the kind of key of trust-point {name}; RSA is assumed.",
    "Die Art des Schlüssels des Vertrauenspunkts {name} ist nirgends zu sehen; angenommen ist RSA.",
);
const LEVELS: Text = Text::fixed(
    "Which ciphers a level such as medium holds in this release is assumed; `show ssl ciphers` shows it.",
    "Welche Chiffren eine Stufe wie medium in dieser Version enthält, ist angenommen; `show ssl ciphers` zeigt es.",
);
const LOWEST: Text = Text::fixed(
    "The lowest version that the ASA accepts is not in your files; `show running-config all ssl` shows it.",
    "Die niedrigste Version, die die ASA annimmt, steht nicht in Ihren Dateien; `show running-config all ssl` zeigt sie.",
);
const PHONES: Text = Text::fixed(
    "What the phone offers is inferred from its firmware; message 725008 in the ASA's log shows it.",
    "Was das Telefon anbietet, ist aus seiner Firmware geschlossen; Meldung 725008 im Protokoll der ASA zeigt es.",
);
const ESSENTIALS: Text = Text::fixed(
    "With anyconnect-essentials the ASA has no ciphers on elliptic curves.",
    "Mit anyconnect-essentials hat die ASA keine Chiffren mit elliptischen Kurven.",
);

/// Lines named of one row; a fleet has one of each phone.
const PLACES: usize = 200;

const FROM_FIRMWARE: Text = Text::fixed(
    "{family}, firmware {major}.{minor}({maintenance}){service} or later",
    "{family}, ab Firmware {major}.{minor}({maintenance}){service}",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::testing::{now, readings};

    #[test]
    fn the_cell_of_the_case_is_marked() {
        let asa = "ASA Version 9.12(4)\nhostname asa\nssl trust-point PHONES outside\nwebvpn\n enable outside\n: end\n";
        let phone =
            "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";
        let readings = readings(&[("asa.cfg", asa), ("SEP001122334455.cnf.xml", phone)]);
        let said = Said::new();
        let case = Case::of(&readings, &said, now());
        let view = view(&case.negotiations[0]);
        let own: Vec<_> = view.table.iter().enumerate().filter(|(_, cell)| cell.own).collect();
        assert_eq!(view.table.len(), 12);
        assert_eq!(own.len(), 1);
        assert_eq!((own[0].0, own[0].1.presented.en().as_ref()), (8, "the RSA certificate, RSA ciphers"));
        assert_eq!(view.rows.iter().filter(|row| row.own).count(), 1);
        assert_eq!(view.rows.len(), 5);
    }
}
