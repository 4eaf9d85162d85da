//! What captures show: what was offered and chosen, which certificates were shown, which alerts ended it.

use super::items::{Items, Thing, thing};
use crate::case::Case;
use crate::event::tls_handshake::Handshake;
use crate::observe::{By, What};
use crate::source::{At, Place};
use crate::stage::Stage;
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
    let hello = place(&handshake.at);
    let chosen_at = place(handshake.chosen_at.as_ref().unwrap_or(&handshake.at));
    if !handshake.offered_suites.is_empty() {
        let names: Vec<String> =
            handshake.offered_suites.iter().map(|suite| cipher_suites::name_of(*suite)).collect();
        items.named(
            OFFERED,
            kind,
            Text::fixed("ciphers that the client offers", "Chiffren, die der Client anbietet"),
            names.join(", "),
            hello.clone(),
        );
    }
    let groups: Vec<String> = handshake.offered_groups.iter().map(|group| format!("{group:#06x}")).collect();
    if !groups.is_empty() {
        items.named(
            GROUPS,
            kind,
            Text::fixed("curves that the client offers", "Kurven, die der Client anbietet"),
            groups.join(", "),
            hello.clone(),
        );
    }
    if handshake.client_version > 0 {
        items.named(
            VERSION,
            kind,
            Text::fixed("highest version of the client", "höchste Version des Clients"),
            format!("{:#06x}", handshake.client_version),
            hello.clone(),
        );
    }
    if handshake.server_version > 0 {
        items.named(
            CHOSEN_VERSION,
            kind,
            Text::fixed("version that the server chose", "Version, die der Server gewählt hat"),
            format!("{:#06x}", handshake.server_version),
            chosen_at.clone(),
        );
    }
    if let Some(suite) = handshake.chosen_suite {
        items.named(
            CHOSEN,
            kind,
            Text::fixed("cipher that the server chose", "Chiffre, die der Server gewählt hat"),
            cipher_suites::name_of(suite),
            chosen_at,
        );
    }
    let shown_at = place(handshake.certificate_at.as_ref().unwrap_or(&handshake.at));
    if let Some(sha1) = handshake.server_certificates.first() {
        items.named(
            SHOWN,
            kind,
            Text::fixed(
                "certificate that the server showed (SHA-1)",
                "Zertifikat, das der Server gezeigt hat (SHA-1)",
            ),
            crate::fingerprint::hex(sha1),
            shown_at.clone(),
        );
    }
    if let Some(shown) = &handshake.client_certificates {
        let value = if shown.is_empty() { "–" } else { "✔" };
        items.named(
            CLIENT,
            kind,
            Text::fixed("a certificate of the client was shown", "der Client hat ein Zertifikat gezeigt"),
            value,
            shown_at,
        );
    }
    for alert in handshake.alerts.iter().filter(|alert| alert.level > 1) {
        let name = tls_alerts::by_code(alert.code).map_or("", |row| row.name);
        let from = if alert.from_client { "client" } else { "server" };
        items.named(
            ALERT,
            kind,
            Text::fixed("alert that ended it", "Alarm, der es beendet hat"),
            format!("{from}: {} {name}", alert.code),
            place(&alert.at),
        );
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
const ALERT: Thing =
    thing("alert", Stage::Tls, &["tls-alert-from-phone", "phone-rejected-server-certificate"]);
