//! What happened, event by event, each with its stage and in plain words.
//!
//! Witnesses: phone logs, captures and ASA logs, in the order of each input.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::phone_log::PhoneLog;
use crate::event::{Channel, Push, Sender, Transport, TransportStep};
use crate::exchange::Exchange;
use crate::facts::wire_steps::WireStep;
use crate::facts::{Documents, In, exchanges, log_parts, tls_matters, wire_words};
use crate::observe::{By, Log, Observation, What};
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::{deregistration_reasons, tls_alerts};
use crate::text::{Class, Text};
use crate::time::Stamp;

/// Events listed of one input; the rest is counted.
const EVENTS: usize = 500;

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Where.
    pub place: Place,
    /// The device's time, as far as it is known; empty where it printed none.
    pub time: String,
    /// The same for arithmetic.
    pub stamp: Option<Stamp>,
    /// Midnights passed since the log began, where it has no date.
    pub day: u32,
    /// The stage that it belongs to.
    pub stage: Stage,
    /// What happened.
    pub says: Text,
    /// Between whom.
    pub exchange: Exchange,
    /// The address of the far end, where the witness names one; else empty.
    pub client: String,
}

/// The events of all logs, and of the captures whose steps are given.
pub fn of(documents: &Documents<'_>, wire: &[WireStep<'_>]) -> Vec<Event> {
    let mut events = Vec::new();
    for (log, missing) in in_order(documents) {
        events.extend(missing.and_then(|count| gap(log, count, events.last())));
        if let Some(log) = documents.log_of(By::PhoneLog, log.input) {
            list(&mut events, log, phone_event, exchanges::by_phone);
        }
    }
    for steps in wire.chunk_by(|one, next| one.place.input == next.place.input) {
        events.extend(steps.iter().take(EVENTS).map(on_the_wire));
        if let Some(next) = steps.get(EVENTS) {
            events
                .push(Event { says: MORE_EVENTS.number("left", steps.len() - EVENTS), ..on_the_wire(next) });
        }
    }
    for log in documents.logs_by(By::AsaLog) {
        list(&mut events, log, asa_event, exchanges::by_asa);
    }
    events
}

fn on_the_wire(step: &WireStep<'_>) -> Event {
    let (stage, says) = wire_words::step(step);
    let stamp = step.stamp;
    let time = stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
    let (exchange, client) = (exchanges::on_the_wire(step), step.client.to_owned());
    Event { place: step.place.clone(), time, stamp, day: 0, stage, says, exchange, client }
}

/// The phone logs; parts of one log stand together in the order in which they were written, each with the number of
/// records that are missing before it.
fn in_order<'d, 'a>(documents: &'d Documents<'a>) -> Vec<(&'d In<'a, PhoneLog>, Option<u32>)> {
    let all = log_parts::of(documents);
    let logs: BTreeMap<u32, &In<'a, PhoneLog>> =
        documents.phone_logs.iter().map(|log| (log.input, log)).collect();
    let runs: BTreeMap<u32, usize> = all
        .iter()
        .enumerate()
        .flat_map(|(run, parts)| parts.iter().map(move |part| (part.input, run)))
        .collect();
    let mut ordered = Vec::new();
    let mut listed: BTreeSet<usize> = BTreeSet::new();
    for one in &documents.phone_logs {
        let Some(run) = runs.get(&one.input) else {
            ordered.push((one, None));
            continue;
        };
        // All parts stand where the first of them was dropped.
        if listed.insert(*run) {
            let parts = all.get(*run).into_iter().flatten();
            ordered.extend(parts.filter_map(|part| Some((*logs.get(&part.input)?, Some(part.missing)))));
        }
    }
    ordered
}

/// Records that are in no part, told where the next part begins.
fn gap(log: &In<'_, PhoneLog>, missing: u32, before: Option<&Event>) -> Option<Event> {
    let first = log.document.first.as_ref().filter(|_| missing > 0)?;
    let number = first.value.sequence;
    let (from, to) = (number.saturating_sub(missing), number.saturating_sub(1));
    let says = GAP.number("missing", missing).number("from", from).number("to", to);
    Some(Event {
        place: log.place(&first.at),
        time: first.value.stamp.map(|stamp| stamp.to_string()).unwrap_or_default(),
        stamp: first.value.stamp,
        day: 0,
        stage: before.map_or(Stage::Reach, |event| event.stage),
        says,
        exchange: Exchange::default(),
        client: String::new(),
    })
}

const GAP: Text = Text::fixed(
    "{missing} records ({from} to {to}) are in none of the files: overwritten, or not collected",
    "{missing} Einträge ({from} bis {to}) stehen in keiner der Dateien: überschrieben oder nicht mitgesammelt",
);

/// Lists one input's events; the first that is left out stands for the rest.
fn list(
    events: &mut Vec<Event>,
    log: &Log<'_>,
    words: fn(&Observation<'_>) -> Option<(Stage, Text)>,
    exchange: fn(&What<'_>) -> Exchange,
) {
    let mut listed = 0;
    for (index, event) in log.observations.iter().enumerate() {
        let Some((stage, says)) = words(event) else { continue };
        let (stamp, day) = (event.stamp, event.day);
        let full = listed == EVENTS;
        let left = log.observations.len() - index;
        let says = if full { MORE_EVENTS.number("left", left) } else { says };
        let time = stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
        let peer = event.peer().map(|peer| &peer.address);
        let client = peer.or_else(|| event.session().map(|session| &session.address));
        let client = client.cloned().unwrap_or_default();
        let exchange = exchange(&event.what);
        events.push(Event { place: event.place(), time, stamp, day, stage, says, exchange, client });
        if full {
            return;
        }
        listed += 1;
    }
}

/// A phone's event in words; `None` for one that is of no use in a timeline.
pub fn phone_event(event: &Observation<'_>) -> Option<(Stage, Text)> {
    use What as W;
    let told = match &event.what {
        W::Connecting { channel: Channel::Tls, peer } => {
            (Stage::Reach, same("connecting to", "Verbindung zu", Class::Host, peer))
        }
        W::Connecting { channel: Channel::Dtls, peer } => {
            (Stage::Tls, same("connecting by DTLS to", "DTLS-Verbindung zu", Class::Host, peer))
        }
        W::ConnectFailed { text, .. } => {
            (Stage::Reach, same("connection failed:", "Verbindung gescheitert:", Class::Words, text))
        }
        W::NameNotResolved { text } => (
            Stage::Reach,
            same("the name could not be resolved:", "Der Name ließ sich nicht auflösen:", Class::Words, text),
        ),
        W::HandshakeStarted { channel, .. } => match channel {
            Channel::Tls => (Stage::Tls, Text::fixed("TLS handshake begins", "TLS-Handshake beginnt")),
            Channel::Dtls => (Stage::Tls, Text::fixed("DTLS handshake begins", "DTLS-Handshake beginnt")),
        },
        W::ServerCertificate { subject, .. } => (
            Stage::Trust,
            same(
                "the ASA presents a certificate of",
                "Die ASA legt ein Zertifikat vor von",
                Class::Subject,
                subject,
            ),
        ),
        W::ServerCertificateHash { sha1 } => {
            let hex: String = sha1.iter().map(|byte| format!("{byte:02X}")).collect();
            (Stage::Trust, same("its SHA-1 is", "Sein SHA-1 ist", Class::Hash, &hex))
        }
        W::IssuerNotSent => (
            Stage::Trust,
            Text::fixed(
                "the ASA sent no issuer certificate",
                "Die ASA hat kein Ausstellerzertifikat mitgeschickt",
            ),
        ),
        W::ChainNotTrusted => (
            Stage::Trust,
            Text::fixed(
                "the phone does not trust the certificate",
                "Das Telefon vertraut dem Zertifikat nicht",
            ),
        ),
        W::Alert { sender, code, text, .. } => alert(*sender, *code, text),
        W::WildcardRefused { host, name } => (
            Stage::HostName,
            HOST_NAME_REFUSED.with("name", Class::Host, name).with("host", Class::Host, host),
        ),
        W::HostNameRefused => (
            Stage::HostName,
            Text::fixed("the host name check failed", "Die Prüfung des Hostnamens ist gescheitert"),
        ),
        W::LoginAnswered => {
            (Stage::Login, Text::fixed("the ASA answers the login", "Die ASA beantwortet die Anmeldung"))
        }
        W::HttpStatus { code } => {
            (Stage::Login, same("HTTP status", "HTTP-Status", Class::Words, code.to_string()))
        }
        W::Redirected { url } => (Stage::Login, same("redirected to", "Umgeleitet nach", Class::Url, url)),
        W::LoginStateChanged { from, to, .. } => {
            (Stage::Login, same("login state:", "Anmeldezustand:", Class::Words, format!("{from} → {to}")))
        }
        W::ReasonReported { code, name, .. } => (
            Stage::Login,
            same("the phone reports", "Das Telefon meldet", Class::Words, format!("{code} {name}")),
        ),
        W::LoginFailed => (Stage::Login, Text::fixed("login failed", "Anmeldung gescheitert")),
        W::TunnelParameters { seconds } => (Stage::Policy, TUNNEL_PARAMETERS.number("seconds", seconds)),
        W::SuitesOffered { suites: ciphers, .. } => {
            (Stage::Tls, same("the phone offers", "Das Telefon bietet an:", Class::Words, ciphers))
        }
        W::OtherSessionSuite => (
            Stage::Tls,
            Text::fixed(
                "the ASA chose another cipher for DTLS than for TLS",
                "Die ASA hat für DTLS eine andere Chiffre gewählt als für TLS",
            ),
        ),
        W::DtlsFailed => (
            Stage::Tls,
            Text::fixed(
                "login succeeded, the DTLS channel failed",
                "Anmeldung gelungen, DTLS-Kanal gescheitert",
            ),
        ),
        W::ClientStopped => (Stage::Tunnel, Text::fixed("the VPN client stops", "Der VPN-Client hält an")),
        after => return after_tunnel(after),
    };
    Some(told)
}

/// Files, trust lists and registration.
fn after_tunnel(what: &What<'_>) -> Option<(Stage, Text)> {
    use What as W;
    let says = match what {
        W::FileRequested { file } => same("the phone asks for", "Das Telefon verlangt", Class::File, file),
        W::FileServer { server } => same("a file came from", "Eine Datei kam von", Class::Host, server),
        W::FileFailed { text, .. } => {
            same("a file did not arrive:", "Eine Datei kam nicht an:", Class::Words, text)
        }
        W::TftpServerGiven { number: 1, server: "" } => {
            Text::fixed("DHCP gives no TFTP server", "DHCP gibt keinen TFTP-Server mit")
        }
        W::TftpServerGiven { number: 1, server } => {
            same("DHCP gives this TFTP server:", "DHCP gibt diesen TFTP-Server mit:", Class::Host, server)
        }
        W::TrustListTaken => Text::fixed("the trust list was taken", "Die Vertrauensliste ist übernommen"),
        W::TrustListRefused { text } => same(
            "the trust list was not taken:",
            "Die Vertrauensliste ist nicht übernommen:",
            Class::Words,
            text,
        ),
        W::Registered => Text::fixed("the phone is registered", "Das Telefon ist registriert"),
        W::CallControlUnreachable { server } => {
            same("no connection to call manager", "Keine Verbindung zum CUCM-Server", Class::Host, server)
        }
        W::RegistrationFailed => Text::fixed(
            "registration failed with every CUCM server",
            "Die Registrierung ist bei allen CUCM-Servern gescheitert",
        ),
        W::OutOfService { code, name } => match deregistration_reasons::by_code(*code) {
            Some(reason) => OUT_OF_SERVICE.number("code", *code).nested("words", reason.words.clone()),
            None => {
                same("out of service, reason", "Außer Betrieb, Grund", Class::Words, format!("{code} {name}"))
            }
        },
        W::Pushed { push } => match push {
            Push::ApplyConfig => Text::fixed("CUCM pushes Apply Config", "Der CUCM schickt Apply Config"),
            Push::Reset => Text::fixed("CUCM resets the phone", "Der CUCM setzt das Telefon zurück (Reset)"),
            Push::Restart => {
                Text::fixed("CUCM restarts the phone", "Der CUCM startet das Telefon neu (Restart)")
            }
        },
        _ => return None,
    };
    Some((Stage::Registration, says))
}

fn alert(sender: Sender, code: Option<u8>, text: &str) -> (Stage, Text) {
    let by_phone = sender == Sender::Phone;
    let stage = code.map_or(Stage::Tls, |code| tls_matters::stage_of_alert(by_phone, code));
    let meaning = code.and_then(tls_alerts::by_code);
    let sends = match sender {
        Sender::Phone => PHONE_SENDS,
        Sender::Gateway => ASA_SENDS,
    };
    let says = match (code, meaning) {
        (Some(code), Some(meaning)) => {
            ALERT_MEANS.number("code", code).nested("meaning", meaning.meaning(by_phone).clone())
        }
        (Some(code), None) => ALERT.number("code", code),
        (None, _) => ALERT_WITHOUT_CODE,
    };
    (stage, says.nested("sends", sends).with("words", Class::Words, text))
}

const PHONE_SENDS: Text = Text::fixed("the phone sends alert", "Das Telefon sendet Alert");
const ASA_SENDS: Text = Text::fixed("the ASA sends alert", "Die ASA sendet Alert");
const ALERT_MEANS: Text =
    Text::fixed("{sends} {code} ({words}): {meaning}", "{sends} {code} ({words}): {meaning}");
const ALERT: Text = Text::fixed("{sends} {code} ({words})", "{sends} {code} ({words})");
const ALERT_WITHOUT_CODE: Text = Text::fixed("{sends} ({words})", "{sends} ({words})");
const OUT_OF_SERVICE: Text =
    Text::fixed("out of service, reason {code}: {words}", "außer Betrieb, Grund {code}: {words}");

/// An ASA's event in words; `None` for one that is of no use in a timeline.
pub fn asa_event(event: &Observation<'_>) -> Option<(Stage, Text)> {
    use What as W;
    let address = event.peer().map(|peer| peer.address.as_str()).unwrap_or_default();
    let told = match &event.what {
        W::HandshakeStarted { protocol, .. } => (
            Stage::Reach,
            HANDSHAKE_BEGINS.with("address", Class::Host, address).with("protocol", Class::Words, protocol),
        ),
        W::SuiteChosen { name } => (
            Stage::Tls,
            Text::fixed("{name} is agreed with {address}", "{name} ist vereinbart mit {address}")
                .with("name", Class::Words, name)
                .with("address", Class::Host, address),
        ),
        W::LibraryError { reason, .. } => match tls_alerts::by_reason(reason).and_then(tls_alerts::by_code) {
            Some(known) => alert(Sender::Phone, Some(known.code), reason),
            None => (Stage::Tls, same("handshake error:", "Handshake-Fehler:", Class::Words, reason)),
        },
        W::HandshakeFailed { .. } => {
            (Stage::Tls, same("handshake failed with", "Handshake gescheitert mit", Class::Host, address))
        }
        W::HandshakeDone { .. } => (
            Stage::Tls,
            same("handshake completed with", "Handshake abgeschlossen mit", Class::Host, address),
        ),
        W::TrustpointChosen { trustpoint } => (
            Stage::Trust,
            same(
                "the ASA uses trust-point",
                "Die ASA benutzt den Vertrauenspunkt",
                Class::Trustpoint,
                trustpoint,
            ),
        ),
        W::LoginAccepted => session(event, Stage::Login, "login accepted:", "Anmeldung angenommen:"),
        W::LoginRejected => session(event, Stage::Login, "login rejected:", "Anmeldung abgelehnt:"),
        W::SessionStarted => session(event, Stage::Login, "session started:", "Sitzung begonnen:"),
        W::UserFromCertificate => session(
            event,
            Stage::Login,
            "user name taken from the certificate:",
            "Benutzername aus dem Zertifikat:",
        ),
        W::AddressAssigned { address: assigned } => {
            (Stage::Policy, same("address assigned:", "Adresse vergeben:", Class::Words, assigned))
        }
        W::TunnelTransport { transport: Transport::Tcp, step: TransportStep::First } => {
            (Stage::Tunnel, Text::fixed("the tunnel stands over TCP", "Der Tunnel steht über TCP"))
        }
        W::TunnelTransport { transport: Transport::Udp, step: TransportStep::First } => {
            (Stage::Tunnel, Text::fixed("the tunnel stands over UDP", "Der Tunnel steht über UDP"))
        }
        W::SessionEnded { reason } => {
            (Stage::Tunnel, same("session ended:", "Sitzung beendet:", Class::Words, reason))
        }
        W::LoadBalancing { .. } => {
            (Stage::Login, same("VPN load balancing:", "VPN-Lastverteilung:", Class::Words, event.words))
        }
        W::Certificate { .. } => (Stage::Login, Text::quoted(event.words.to_owned())),
        _ => return None,
    };
    Some(told)
}

fn session(event: &Observation<'_>, stage: Stage, en: &'static str, de: &'static str) -> (Stage, Text) {
    let user = event.session().map(|session| session.user.as_str()).unwrap_or_default();
    (stage, same(en, de, Class::User, user))
}

/// A sentence in both languages that ends with what a device names.
fn same(en: &'static str, de: &'static str, class: Class, name: impl AsRef<str>) -> Text {
    SAME.nested("says", Text::fixed(en, de)).with("name", class, name)
}

const SAME: Text = Text::fixed("{says} {name}", "{says} {name}");

const MORE_EVENTS: Text = Text::fixed(
    "{left} more events of this file are not listed",
    "{left} weitere Ereignisse dieser Datei sind nicht aufgeführt",
);
const HOST_NAME_REFUSED: Text = Text::fixed(
    "the phone does not accept {name} for {host}",
    "Das Telefon lässt {name} nicht für {host} gelten",
);
const TUNNEL_PARAMETERS: Text = Text::fixed(
    "tunnel parameters arrived (dead peer detection {seconds} s)",
    "Tunnelparameter sind angekommen (Dead Peer Detection {seconds} s)",
);
const HANDSHAKE_BEGINS: Text =
    Text::fixed("{address} begins a {protocol} handshake", "{address} beginnt einen {protocol}-Handshake");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    #[test]
    fn an_asas_log_tells_of_a_session_from_login_to_end() {
        let who = "Group <P> User <CP-8851-SEP001122334455> IP <203.0.113.9>";
        let log = format!(
            "Nov 23 2026 10:00:01: %ASA-6-716038: {who} Authentication: successful, Session Type: WebVPN.\n\
             Nov 23 2026 10:00:02: %ASA-6-113039: {who} AnyConnect parent session started.\n\
             Nov 23 2026 10:00:03: %ASA-5-722033: {who} First TCP SVC connection established for SVC session.\n\
             Nov 23 2026 10:00:04: %ASA-5-722033: {who} First UDP SVC connection established for SVC session.\n\
             Nov 23 2026 11:00:05: %ASA-4-113019: Group = P, Username = CP-8851-SEP001122334455, IP = 203.0.113.9, Session disconnected. Session Type: AnyConnect-Parent, Duration: 1h:00m:03s, Bytes xmt: 1, Bytes rcv: 1, Reason: User Requested\n"
        );
        let readings = readings(&[("asa.log", &log)]);
        let events = of(&Documents::of(&readings), &[]);
        let told: Vec<_> = events.iter().map(|event| event.says.en().into_owned()).collect();
        let user = "CP-8851-SEP001122334455";
        assert_eq!(
            told,
            [
                format!("login accepted: {user}"),
                format!("session started: {user}"),
                "the tunnel stands over TCP".to_owned(),
                "the tunnel stands over UDP".to_owned(),
                "session ended: User Requested".to_owned(),
            ]
        );
    }

    #[test]
    fn a_long_log_is_listed_to_a_bound_that_says_so() {
        let line = "928: ERR 10:19:27.432467 VPNC: protocol_handler: login failed\n";
        let readings = readings(&[("x", &line.repeat(EVENTS + 7))]);
        let events = of(&Documents::of(&readings), &[]);
        assert_eq!(events.len(), EVENTS + 1);
        assert!(events[EVENTS].says.en().starts_with("7 more"), "{}", events[EVENTS].says.en());
    }
}
