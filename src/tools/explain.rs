//! What one line of a device's log means, for somebody who has clicked it.
//!
//! ```text
//! %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca
//! 911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted
//! ```

use crate::documents::asa_syslog::AsaMessage;
use crate::formats::asa_syslog;
use crate::tables::{deregistration_reasons, phone_log_meanings, syslog_meanings, tls_alerts};
use crate::text::{Class, Text};

/// The meaning of a line of an ASA's or a phone's log; `None` where nothing is known about it.
pub fn explain(line: &str) -> Option<Text> {
    let Some(event) = asa_syslog::message(line) else { return phone_line(line) };
    let means = &syslog_meanings::of(event.id)?.means;
    match detail(&event.message) {
        Some(detail) => Some(joined(means, &detail)),
        None => Some(means.clone()),
    }
}

/// What the message's own fields add.
fn detail(message: &AsaMessage) -> Option<Text> {
    use AsaMessage as M;
    match message {
        M::LibraryError { reason, .. } => Some(library_error(reason)),
        M::CipherChosen { name, .. } => Some(shown(Text::fixed("Cipher", "Chiffre"), name)),
        M::TrustpointSelected { trustpoint, .. } => {
            Some(shown(Text::fixed("Trust-point", "Vertrauenspunkt"), trustpoint))
        }
        M::Certificate { reason, .. }
        | M::AaaRejected { reason, .. }
        | M::SessionEnded { reason, .. }
        | M::WebSessionEnded { reason, .. }
        | M::TunnelClosing { reason, .. }
        | M::DtlsDisabled { reason, .. } => Some(shown(Text::fixed("Reason", "Grund"), reason)),
        M::AddressAssigned { assigned, .. } => Some(shown(Text::fixed("Address", "Adresse"), assigned)),
        M::DapTerminated { records, .. } => {
            Some(shown(Text::fixed("Record", "Eintrag"), &records.join(", ")))
        }
        M::SessionLimit { limit: Some(limit), .. } => {
            Some(shown(Text::fixed("Limit", "Höchstzahl"), &limit.to_string()))
        }
        M::ClientType { client, .. } => Some(shown(Text::fixed("Client", "Client"), client)),
        M::ClientMessage { text, .. } => Some(shown(Text::fixed("Text", "Wortlaut"), text)),
        _ => None,
    }
    .filter(|detail| !detail.is_empty())
}

fn library_error(reason: &str) -> Text {
    if let Some(alert) = tls_alerts::by_reason(reason).and_then(tls_alerts::by_code) {
        let (code, name, meaning) = (alert.code, alert.name, &alert.from_phone);
        return PHONE_SENT_ALERT
            .number("code", code)
            .with("name", Class::Words, name)
            .nested("meaning", meaning.clone());
    }
    let known = REASONS.iter().find(|(phrase, _)| reason.to_ascii_lowercase().contains(phrase));
    known.map_or_else(|| shown(Text::fixed("Reason", "Grund"), reason), |(_, means)| means.clone())
}

fn phone_line(line: &str) -> Option<Text> {
    if let Some(alert) = alert(line) {
        return Some(alert);
    }
    if let Some(reason) = out_of_service(line).and_then(deregistration_reasons::by_code) {
        let (code, words) = (reason.code, &reason.words);
        return Some(PHONE_OUT_OF_SERVICE.number("code", code).nested("words", words.clone()));
    }
    phone_log_meanings::of(line).map(|meaning| meaning.means.clone())
}

/// `alert_err: SSL write alert: code 48, unknown CA`: a phone writes its own alerts and reads the ASA's.
fn alert(line: &str) -> Option<Text> {
    let (before, rest) = line.split_once("alert: code ")?;
    let code = number(rest)?;
    let known = tls_alerts::by_code(u8::try_from(code).ok()?)?;
    let by_phone = !before.trim_end().ends_with("read");
    let (name, meaning) = (known.name, known.meaning(by_phone));
    let says = if by_phone { PHONE_SENT } else { ASA_SENT };
    Some(says.number("code", code).word("name", name).nested("meaning", meaning.clone()))
}

/// `ReasonForOutOfService=108`, `unreg-reason=108(…)`.
fn out_of_service(line: &str) -> Option<u32> {
    let keys = ["ReasonForOutOfService=", "unreg-reason="];
    keys.iter().find_map(|key| line.split_once(key)).and_then(|(_, rest)| number(rest))
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim_start_matches([' ', '"']);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

/// A field in the device's own words; nothing where it is empty.
fn shown(name: Text, value: &str) -> Text {
    if value.is_empty() {
        return Text::default();
    }
    FIELD.nested("name", name).with("value", Class::Words, value)
}

const PHONE_SENT: Text = Text::fixed(
    "The phone sent alert {code} ({name}): {meaning}",
    "Das Telefon hat Alert {code} ({name}) gesendet: {meaning}",
);
const ASA_SENT: Text = Text::fixed(
    "The ASA sent alert {code} ({name}): {meaning}",
    "Die ASA hat Alert {code} ({name}) gesendet: {meaning}",
);
const FIELD: Text = Text::fixed("{name}: {value}.", "{name}: {value}.");

fn joined(one: &Text, other: &Text) -> Text {
    Text::fixed("{one} {other}", "{one} {other}").nested("one", one.clone()).nested("other", other.clone())
}

/// Reasons that the ASA raises itself, by a phrase in lower case. OpenSSL 3, reason strings.
const REASONS: &[(&str, Text)] = &[
    (
        "no shared cipher",
        Text::fixed("Phone and ASA share no cipher.", "Telefon und ASA haben keine gemeinsame Chiffre."),
    ),
    (
        "unsupported protocol",
        Text::fixed(
            "The phone's TLS version is below the lowest that the ASA takes.",
            "Die TLS-Version des Telefons liegt unter der niedrigsten, die die ASA annimmt.",
        ),
    ),
    (
        "wrong version number",
        Text::fixed(
            "The versions do not fit, or what came is no TLS.",
            "Die Versionen passen nicht, oder es kam kein TLS.",
        ),
    ),
    (
        "peer did not return a certificate",
        Text::fixed("The client sent no certificate.", "Der Client hat kein Zertifikat geschickt."),
    ),
    (
        "certificate verify failed",
        Text::fixed(
            "The client's certificate did not pass the check.",
            "Das Zertifikat des Clients hat die Prüfung nicht bestanden.",
        ),
    ),
    (
        "key too small",
        Text::fixed(
            "A key in the client's chain is too short.",
            "Ein Schlüssel in der Zertifikatskette des Clients ist zu kurz.",
        ),
    ),
    (
        "http request",
        Text::fixed(
            "Plain HTTP came to the port for HTTPS.",
            "Unverschlüsseltes HTTP kam am Port für HTTPS an.",
        ),
    ),
];

const PHONE_SENT_ALERT: Text = Text::fixed(
    "The phone sent alert {code} ({name}): {meaning}",
    "Das Telefon hat Alert {code} ({name}) gesendet: {meaning}",
);
const PHONE_OUT_OF_SERVICE: Text = Text::fixed(
    "The phone was out of service, reason {code}: {words}.",
    "Das Telefon war außer Betrieb, Grund {code}: {words}.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_asas_and_phones_are_explained_with_their_own_fields() {
        for (line, en, de) in [
            (
                "Nov 23 2026 10:19:27 vpn : %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca",
                "The phone sent alert 48",
                "Das Telefon hat Alert 48",
            ),
            (
                "%ASA-7-725014: SSL lib error. Function: f Reason: no shared cipher",
                "share no cipher",
                "keine gemeinsame Chiffre",
            ),
            (
                "<166>%ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = u",
                "Reason: Invalid password.",
                "Grund: Invalid password.",
            ),
            ("%ASA-6-725006: Device failed SSL handshake", "725014", "725014"),
            (
                "911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted",
                "hash that the phone was given",
                "Hashwert, den das Telefon kennt",
            ),
            (
                "912: ERR 10:19:27.421467 VPNC: alert_err: SSL write alert: code 48, unknown CA",
                "The phone sent alert 48",
                "Das Telefon hat Alert 48",
            ),
            (
                "913: ERR 10:19:27.421467 VPNC: alert_err: SSL read alert: code 40, handshake failure",
                "The ASA sent alert 40",
                "Die ASA hat Alert 40",
            ),
            ("unreg-reason=108(VpnConnectionLost)", "reason 108", "Grund 108"),
        ] {
            let told = explain(line).unwrap_or_default();
            assert!(told.en().contains(en) && told.de().contains(de), "{line}: {told:?}");
        }
    }

    #[test]
    fn of_other_lines_nothing_is_known() {
        for line in
            ["", "hello", "%ASA-6-302020: Built ICMP", "%ASA-6-72501", "alert: code ", "unreg-reason="]
        {
            assert_eq!(explain(line), None, "{line}");
        }
    }
}
