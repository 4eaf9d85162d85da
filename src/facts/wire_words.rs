//! What an event of a capture says, in words: for findings and for the timeline.

use crate::event::traffic::{Happening, NameTrouble, Service};
use crate::facts::tls_matters;
use crate::facts::wire_steps::{Shows, WireStep};
use crate::fingerprint;
use crate::stage::Stage;
use crate::tables::tls_versions::Protocol;
use crate::tables::{cipher_suites, tls_alerts};
use crate::text::{Class, Text};

/// A step in one sentence, and the stage that it belongs to.
pub fn step(step: &WireStep<'_>) -> (Stage, Text) {
    use Happening as H;
    let asa = step.service == Service::Gateway;
    let version = |number: u16| Protocol::by_number(number).map_or("?", Protocol::name);
    let (stage, says) = match step.shows {
        Shows::Hello(hello) => (
            Stage::Tls,
            HELLO.word("version", version(hello.client_version)).number("count", hello.offered_suites.len()),
        ),
        Shows::Chosen(hello) => {
            let suite = hello.chosen_suite.map(cipher_suites::name_of).unwrap_or_default();
            let text = if asa { ASA_CHOOSES } else { SERVER_CHOOSES };
            (
                Stage::Tls,
                text.word("version", version(hello.server_version)).with("suite", Class::Words, suite),
            )
        }
        Shows::Certificate(hello) => {
            let sha1 = hello.server_certificates.first().map(|sha1| fingerprint::hex(sha1).to_uppercase());
            let text = if asa { ASA_SHOWS } else { SERVER_SHOWS };
            (Stage::Trust, text.with("sha1", Class::Hash, sha1.unwrap_or_default()))
        }
        Shows::Event(what @ H::Alert { from_client: false, code, .. }) if !asa => {
            (stage_of(what), alert(SERVER_ALERT, *code))
        }
        Shows::Event(what) => (stage_of(what), says(what)),
    };
    match step.service {
        Service::Gateway | Service::Other | Service::Names => (stage, says),
        _ => (Stage::Registration, says),
    }
}

/// The stage of the way to the gateway that an event belongs to.
pub fn stage_of(what: &Happening) -> Stage {
    use Happening as H;
    match what {
        H::Alert { from_client, code, .. } => tls_matters::stage_of_alert(*from_client, *code),
        H::HandshakeDone { .. }
        | H::EllipticCertificate { .. }
        | H::DatagramsUnanswered { .. }
        | H::DatagramsUnreachable { .. }
        | H::DatagramsNotTried => Stage::Tls,
        H::LargePacketsLost { .. } | H::TooBig { .. } | H::Lost { .. } | H::ClosedByServer => Stage::Tunnel,
        H::LeftBehindCertificate => Stage::Trust,
        H::RedirectedElsewhere { .. }
        | H::IssuerNotAskedFor { .. }
        | H::LeftBehindAnswers { .. }
        | H::ClosedWithoutCertificate
        | H::LoginRefused { .. }
        | H::ServiceUnavailable => Stage::Login,
        H::NameResolved { .. }
        | H::NameUnresolved { .. }
        | H::Connected
        | H::Refused
        | H::Unanswered { .. }
        | H::AnsweredLate { .. }
        | H::Unreachable { .. }
        | H::Prohibited { .. }
        | H::Rejected { .. }
        | H::HelloUnanswered
        | H::ClosedAfterHello { .. }
        | H::AnsweredInClear { .. } => Stage::Reach,
        _ => Stage::Registration,
    }
}

/// In one sentence.
pub fn says(what: &Happening) -> Text {
    use Happening as H;
    match what {
        H::NameResolved { name, addresses } => NAME.with("name", Class::Host, name).with(
            "address",
            Class::Host,
            addresses.first().map_or("", String::as_str),
        ),
        H::NameUnresolved { name, reason } => unresolved(*reason).with("name", Class::Host, name),
        H::Connected => CONNECTED,
        H::Refused => REFUSED,
        H::Unanswered { .. } => UNANSWERED,
        H::AnsweredLate { requests, seconds } => LATE.number("requests", requests).number("seconds", seconds),
        H::Prohibited { by } => PROHIBITED.with("by", Class::Host, by),
        H::Rejected { by } => FILTERED.with("by", Class::Host, by),
        H::Unreachable { by } => UNREACHABLE.with("by", Class::Host, by),
        H::HelloUnanswered => SILENT,
        H::ClosedAfterHello { .. } => CLOSED,
        H::LeftBehindCertificate => LEFT_BEHIND,
        H::ClosedWithoutCertificate => CLOSED_WITHOUT,
        H::AnsweredInClear { status } => IN_CLEAR.number("status", status),
        H::Alert { datagrams, from_client, code, .. } => {
            let sends = match (datagrams, from_client) {
                (false, true) => CLIENT_ALERT,
                (false, false) => ASA_ALERT,
                (true, true) => CLIENT_DTLS_ALERT,
                (true, false) => ASA_DTLS_ALERT,
            };
            alert(sends, *code)
        }
        H::EllipticCertificate { .. } => ELLIPTIC,
        H::IssuerNotAskedFor { issuer, authorities } => NOT_ASKED_FOR
            .with("issuer", Class::Subject, issuer)
            .list("authorities", Class::Subject, authorities),
        H::HandshakeDone { datagrams: false } => DONE,
        H::HandshakeDone { datagrams: true } => DTLS_DONE,
        H::DatagramsUnanswered { .. } => NO_DTLS,
        H::DatagramsUnreachable { .. } => DTLS_CLOSED,
        H::DatagramsNotTried => NOT_TRIED,
        H::LeftBehindAnswers { answers } => LEFT.number("answers", answers),
        H::LargePacketsLost { .. } => LARGE_LOST,
        H::TooBig { next, .. } => TOO_BIG.number("next", next),
        H::Lost { .. } => LOST,
        H::ClosedByServer => ENDED,
        H::RedirectedElsewhere { .. } => REDIRECTED,
        H::LoginRefused { .. } => LOGIN_REFUSED,
        H::ServiceUnavailable => UNAVAILABLE,
        H::NoTftpServerGiven => NO_SERVER,
        H::TftpServersGiven { servers } => SERVER.list("servers", Class::Host, servers),
        H::FileUnanswered { file } if file.is_empty() => SERVER_GONE,
        H::FileNotFound { file } => MISSING.with("file", Class::File, file),
        H::FileRefused { file, .. } => REFUSED_FILE.with("file", Class::File, file),
        H::FileUnanswered { file } => NO_FILE.with("file", Class::File, file),
        H::FileBroken { file } => BROKEN.with("file", Class::File, file),
        H::FileArrived { file } => FILE.with("file", Class::File, file),
        H::Registered => REGISTERED,
        H::RegistrationRefused { .. } => REJECTED,
        H::RegistrationUnanswered { .. } => NO_REGISTRATION,
        H::KeepAliveUnanswered => NO_KEEPALIVE,
        H::ResetByServer { .. } => RESET,
        H::Alarm { code } => ALARM.number("code", code),
    }
}

fn alert(sends: Text, code: u8) -> Text {
    let name = tls_alerts::by_code(code).map_or("", |row| row.name);
    sends.number("code", code).word("name", name)
}

fn unresolved(reason: NameTrouble) -> Text {
    match reason {
        NameTrouble::NoSuchName => NO_NAME,
        NameTrouble::ServerFailed | NameTrouble::Refused => DNS_FAILED,
        NameTrouble::Unanswered | NameTrouble::NoServer => DNS_SILENT,
        NameTrouble::TooLong => DNS_LONG,
    }
}

const HELLO: Text = Text::fixed(
    "the phone says hello: {version}, {count} ciphers",
    "Das Telefon sendet sein Hello: {version}, {count} Chiffren",
);
const ASA_CHOOSES: Text =
    Text::fixed("the ASA chooses {version}, {suite}", "Die ASA wählt {version}, {suite}");
const SERVER_CHOOSES: Text =
    Text::fixed("the server chooses {version}, {suite}", "Der Server wählt {version}, {suite}");
const ASA_SHOWS: Text = Text::fixed(
    "the ASA presents a certificate, SHA-1 {sha1}",
    "Die ASA legt ein Zertifikat vor, SHA-1 {sha1}",
);
const SERVER_SHOWS: Text = Text::fixed(
    "the server presents a certificate, SHA-1 {sha1}",
    "Der Server legt ein Zertifikat vor, SHA-1 {sha1}",
);
const NAME: Text = Text::fixed("DNS says that {name} is {address}", "DNS sagt, dass {name} {address} ist");
const CONNECTED: Text = Text::fixed("the connection stands", "Die Verbindung steht");
const DONE: Text = Text::fixed(
    "the handshake is complete, what follows is encrypted",
    "Der Handshake ist vollständig, alles Weitere ist verschlüsselt",
);
const DTLS_DONE: Text = Text::fixed("the DTLS handshake is complete", "Der DTLS-Handshake ist vollständig");
const SERVER: Text =
    Text::fixed("DHCP gives the TFTP server {servers}", "DHCP gibt den TFTP-Server {servers} mit");
const FILE: Text = Text::fixed("{file} arrives", "{file} kommt an");
const REGISTERED: Text = Text::fixed("the phone is registered", "Das Telefon ist registriert");
const NO_NAME: Text =
    Text::fixed("DNS says that there is no name {name}", "DNS sagt, dass es den Namen {name} nicht gibt");
const DNS_FAILED: Text = Text::fixed("the DNS server fails at {name}", "Der DNS-Server scheitert an {name}");
const DNS_SILENT: Text =
    Text::fixed("the question for {name} gets no answer", "Die Frage nach {name} bleibt ohne Antwort");
const DNS_LONG: Text = Text::fixed(
    "the answer for {name} is cut, and asking again over TCP gets no answer",
    "Die Antwort zu {name} ist abgeschnitten, und die neue Frage über TCP bleibt ohne Antwort",
);
const REFUSED: Text = Text::fixed("the connection is refused", "Die Verbindung wird abgewiesen");
const UNANSWERED: Text =
    Text::fixed("the request for a connection gets no answer", "Der Verbindungswunsch bleibt ohne Antwort");
const PROHIBITED: Text =
    Text::fixed("{by} says that a filter forbids it", "{by} meldet, dass ein Filter es verbietet");
const FILTERED: Text = Text::fixed(
    "{by} says that the port is closed, as a filter does",
    "{by} meldet den Port als geschlossen, wie ein Filter es tut",
);
const UNREACHABLE: Text = Text::fixed(
    "{by} says that the host cannot be reached",
    "{by} meldet, dass der Host nicht erreichbar ist",
);
const SILENT: Text = Text::fixed(
    "the server takes the client's hello and says nothing",
    "Der Server nimmt das Hello des Clients an und schweigt",
);
const CLOSED: Text = Text::fixed(
    "the server ends the connection right after the client's hello",
    "Der Server beendet die Verbindung gleich nach dem Hello des Clients",
);
const LEFT_BEHIND: Text = Text::fixed(
    "the phone ends the connection right after the ASA's certificate, without an alert",
    "Das Telefon beendet die Verbindung gleich nach dem Zertifikat der ASA, ohne Alert",
);
const CLOSED_WITHOUT: Text = Text::fixed(
    "the phone sends no certificate, and the ASA ends the connection without an alert",
    "Das Telefon sendet kein Zertifikat, und die ASA beendet die Verbindung ohne Alert",
);
const IN_CLEAR: Text = Text::fixed(
    "the server answers in clear text, HTTP {status}: it speaks no TLS, so it is not the ASA's VPN",
    "Der Server antwortet im Klartext, HTTP {status}: Er spricht kein TLS, ist also nicht das VPN der ASA",
);
const NO_DTLS: Text = Text::fixed("DTLS to UDP 443 gets no answer", "DTLS zu UDP 443 bleibt ohne Antwort");
const DTLS_CLOSED: Text =
    Text::fixed("UDP 443 is said to be closed", "UDP 443 wird als geschlossen gemeldet");
const LARGE_LOST: Text =
    Text::fixed("large packets do not arrive, small ones do", "Große Pakete kommen nicht an, kleine schon");
const TOO_BIG: Text =
    Text::fixed("the next link takes only {next} bytes", "Die nächste Strecke nimmt nur {next} Bytes");
const LOST: Text = Text::fixed(
    "the phone sends the same packet again and again, and nothing comes back",
    "Das Telefon sendet dasselbe Paket immer wieder, und nichts kommt zurück",
);
const ENDED: Text = Text::fixed(
    "the gateway closes the connection of the tunnel; why is encrypted",
    "Das Gateway schließt die Verbindung des Tunnels; der Grund ist verschlüsselt",
);
const ALARM: Text = Text::fixed("the phone reports alarm {code}", "Das Telefon meldet Alarm {code}");
const REDIRECTED: Text = Text::fixed(
    "the answer sends the phone to another host",
    "Die Antwort schickt das Telefon zu einem anderen Host",
);
const LOGIN_REFUSED: Text = Text::fixed("the login is refused", "Die Anmeldung wird abgelehnt");
const UNAVAILABLE: Text = Text::fixed(
    "the gateway says that it cannot serve now (503)",
    "Das Gateway meldet, dass es gerade nicht bedienen kann (503)",
);
const CLIENT_ALERT: Text =
    Text::fixed("the phone sends alert {code} ({name})", "Das Telefon sendet Alert {code} ({name})");
const ASA_ALERT: Text =
    Text::fixed("the ASA sends alert {code} ({name})", "Die ASA sendet Alert {code} ({name})");
const CLIENT_DTLS_ALERT: Text = Text::fixed(
    "the phone sends alert {code} ({name}) to DTLS",
    "Das Telefon sendet zu DTLS Alert {code} ({name})",
);
const ASA_DTLS_ALERT: Text = Text::fixed(
    "the ASA answers DTLS with alert {code} ({name})",
    "Die ASA beantwortet DTLS mit Alert {code} ({name})",
);
const SERVER_ALERT: Text =
    Text::fixed("the server sends alert {code} ({name})", "Der Server sendet Alert {code} ({name})");
const ELLIPTIC: Text = Text::fixed(
    "the server chooses a suite with a certificate on an elliptic curve, and the handshake ends",
    "Der Server wählt eine Suite mit einem Zertifikat auf elliptischer Kurve, und der Handshake endet",
);
const NOT_ASKED_FOR: Text = Text::fixed(
    "the phone presents a certificate issued by {issuer}; the server had asked for one of {authorities}",
    "Das Telefon legt ein Zertifikat von {issuer} vor; der Server hatte eines von {authorities} verlangt",
);
const NO_FILE: Text =
    Text::fixed("the request for {file} gets no answer", "Die Anfrage nach {file} bleibt ohne Antwort");
const SERVER_GONE: Text = Text::fixed(
    "nobody in the network has the TFTP server's address",
    "Niemand im Netz hat die Adresse des TFTP-Servers",
);
const BROKEN: Text = Text::fixed("{file} begins to come and breaks off", "{file} kommt an und bricht ab");
const REFUSED_FILE: Text = Text::fixed("the server refuses {file}", "Der Server verweigert {file}");
const MISSING: Text = Text::fixed("the server has no {file}", "Der Server hat {file} nicht");
const NO_SERVER: Text = Text::fixed(
    "DHCP gives the phone neither option 150 nor 66",
    "DHCP gibt dem Telefon weder Option 150 noch 66",
);
const NO_REGISTRATION: Text =
    Text::fixed("the registration gets no answer", "Die Registrierung bleibt ohne Antwort");
const NO_KEEPALIVE: Text = Text::fixed(
    "the server does not answer the registered phone any more",
    "Der Server antwortet dem registrierten Telefon nicht mehr",
);
const REJECTED: Text =
    Text::fixed("the CUCM server refuses the registration", "Der CUCM-Server lehnt die Registrierung ab");
const RESET: Text = Text::fixed(
    "the CUCM server sends the phone to reset or restart",
    "Der CUCM-Server lässt das Telefon zurücksetzen oder neu starten",
);
const NOT_TRIED: Text = Text::fixed(
    "an encrypted connection goes on as a tunnel does, and the capture has no packet to UDP 443; if it was not made of TCP alone, the phone does not try DTLS",
    "Eine verschlüsselte Verbindung geht weiter, wie ein Tunnel es tut, und der Mitschnitt enthält kein Paket zu UDP 443; wenn er nicht auf TCP beschränkt war, versucht das Telefon kein DTLS",
);
const LEFT: Text = Text::fixed(
    "behind {answers} encrypted answers the phone closes the connection, and no tunnel follows; a refused login looks like this, but encryption hides it",
    "Nach {answers} verschlüsselten Antworten schließt das Telefon die Verbindung, und kein Tunnel folgt; so sieht eine abgelehnte Anmeldung aus, doch die Verschlüsselung verdeckt sie",
);
const LATE: Text = Text::fixed(
    "the gateway answers only the last of {requests} requests for a connection, {seconds} seconds after the first",
    "Das Gateway beantwortet erst den letzten von {requests} Verbindungswünschen, {seconds} Sekunden nach dem ersten",
);
