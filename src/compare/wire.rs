//! What captures show: what was offered and chosen, which certificates were shown, which alerts ended it.

use super::items::{Items, Thing, end, thing};
use crate::case::Case;
use crate::event::tls_handshake::Handshake;
use crate::fingerprint;
use crate::observe::{By, What};
use crate::source::{At, Place};
use crate::stage::Stage;
use crate::tables::tls_versions::Protocol;
use crate::tables::{cipher_suites, tls_alerts};
use crate::text::Text;

/// Handshakes of one capture that are looked at.
const HANDSHAKES: usize = 200;

/// Everything of captures.
pub(super) fn items(case: &Case<'_>, items: &mut Items) {
    for log in case.documents.logs_by(By::Wire) {
        let handshakes = log.observations.iter().filter_map(|observation| match observation.what {
            What::Handshake(handshake) => Some(handshake),
            _ => None,
        });
        for handshake in handshakes.take(HANDSHAKES) {
            of_handshake(handshake, &|at| Some(log.place(at)), items);
        }
    }
}

fn of_handshake(handshake: &Handshake, place: &dyn Fn(&At) -> Option<Place>, items: &mut Items) {
    let kind = if handshake.datagrams { "DTLS" } else { "TLS" };
    let mut add = |thing, what: Text, value: String, at: &At| {
        let what = if handshake.datagrams { OVER_UDP.nested("what", what) } else { what };
        items.named(thing, kind, what, value, place(at));
    };
    let hello = &handshake.at;
    let chosen = handshake.chosen_at.as_ref().unwrap_or(hello);
    let shown = handshake.certificate_at.as_ref().unwrap_or(hello);
    let number = |number: u16| format!("{number:#06x}");
    let version =
        |code: u16| Protocol::by_number(code).map_or_else(|| number(code), |one| one.name().to_owned());
    let suites: Vec<String> =
        handshake.offered_suites.iter().map(|suite| cipher_suites::name_of(*suite)).collect();
    if !suites.is_empty() {
        add(OFFERED, OFFERED_SUITES, suites.join(", "), hello);
    }
    let groups: Vec<String> = handshake.offered_groups.iter().map(|group| number(*group)).collect();
    if !groups.is_empty() {
        add(GROUPS, OFFERED_GROUPS, groups.join(", "), hello);
    }
    if handshake.client_version > 0 {
        add(VERSION, HIGHEST_VERSION, version(handshake.client_version), hello);
    }
    if handshake.server_version > 0 {
        add(CHOSEN_VERSION, VERSION_CHOSEN, version(handshake.server_version), chosen);
    }
    if let Some(suite) = handshake.chosen_suite {
        add(CHOSEN, SUITE_CHOSEN, cipher_suites::name_of(suite), chosen);
    }
    if let Some(sha1) = handshake.server_certificates.first() {
        add(SHOWN, CERTIFICATE_SHOWN, fingerprint::hex(sha1), shown);
    }
    if let Some(own) = &handshake.client_certificates {
        add(CLIENT, CLIENT_SHOWS, if own.is_empty() { "–" } else { "✔" }.to_owned(), shown);
    }
    if !handshake.server_name.is_empty() {
        add(SERVER_NAME, SERVER_NAMED, handshake.server_name.clone(), hello);
    }
    // What is neither done nor answered may have been cut off.
    let answered = handshake.server_version > 0 || !handshake.alerts.is_empty();
    if handshake.done {
        add(ANSWER, CAME_BACK, "✔".to_owned(), chosen);
        add(ALERT, ENDED_BY, "–".to_owned(), hello);
    } else if !answered {
        add(ANSWER, CAME_BACK, "–".to_owned(), hello);
    }
    for alert in handshake.alerts.iter().filter(|alert| alert.level > 1) {
        let name = tls_alerts::by_code(alert.code).map_or("", |row| row.name);
        let from = if alert.from_client { "client" } else { "server" };
        add(ALERT, ENDED_BY, format!("{from}: {} {name}", alert.code), &alert.at);
    }
}

const OFFERED: Thing = thing("offered-ciphers", Stage::Tls, &["no-shared-cipher"]);
const GROUPS: Thing = thing("offered-curves", Stage::Tls, &["no-shared-cipher"]);
const VERSION: Thing =
    thing("client-version", Stage::Tls, &["tls-version-too-new-for-phone", "tls-version-too-old-for-phone"]);
const CHOSEN_VERSION: Thing =
    thing("server-version", Stage::Tls, &["tls-version-too-new-for-phone", "tls-version-too-old-for-phone"]);
const CHOSEN: Thing = thing("chosen-cipher", Stage::Tls, &["no-shared-cipher", "ec-certificate-offered"]);
const SHOWN: Thing =
    thing("shown-certificate", Stage::Trust, &["cert-hash-mismatch", "phone-rejected-server-certificate"]);
const CLIENT: Thing = thing("client-certificate-shown", Stage::Login, &["phone-without-mic"]);
const SERVER_NAME: Thing = thing("server-name", Stage::Tls, &["tls-alert-from-phone"]);
const ANSWER: Thing = end("answer", Stage::Tls, &["gateway-not-reached", "dtls-not-established"]);
const ALERT: Thing = end("alert", Stage::Tls, &["tls-alert-from-phone", "phone-rejected-server-certificate"]);

const OVER_UDP: Text = Text::fixed("{what} (DTLS)", "{what} (DTLS)");
const OFFERED_SUITES: Text =
    Text::fixed("ciphers that the client offers", "Chiffren, die der Client anbietet");
const OFFERED_GROUPS: Text = Text::fixed("curves that the client offers", "Kurven, die der Client anbietet");
const HIGHEST_VERSION: Text = Text::fixed("highest version of the client", "höchste Version des Clients");
const VERSION_CHOSEN: Text =
    Text::fixed("version that the server chose", "Version, die der Server gewählt hat");
const SUITE_CHOSEN: Text = Text::fixed("cipher that the server chose", "Chiffre, die der Server gewählt hat");
const CERTIFICATE_SHOWN: Text = Text::fixed(
    "certificate that the server showed (SHA-1)",
    "Zertifikat, das der Server gezeigt hat (SHA-1)",
);
const CLIENT_SHOWS: Text =
    Text::fixed("a certificate of the client was shown", "der Client hat ein Zertifikat gezeigt");
const SERVER_NAMED: Text = Text::fixed("name of the server in the hello", "Servername im Hello des Clients");
const CAME_BACK: Text = Text::fixed("what came back to the hello", "was auf das Hello zurückkam");
const ENDED_BY: Text = Text::fixed("alert that ended it", "Alert, der es beendet hat");
