//! What captures show, as proof of the rules: one more witness beside logs and configurations.
//!
//! A rule's own check reads the facts of logs and settings. What the wire shows of the same defect is added here, so
//! that a fault which log and capture tell is one finding with both as its proof; where only the capture tells it, it
//! is a finding of its own.

use crate::case::Case;
use crate::facts::wire::{Happening, NameTrouble, OnTheWire, Service, Tie, is_configuration};
use crate::finding::{Confidence, Evidence, Finding};
use crate::need::Missing;
use crate::tables::tls_alerts;
use crate::text::Text;

/// Adds what captures show to a rule's answer.
pub(super) fn add(
    rule: &str,
    case: &Case<'_>,
    answer: Result<Vec<Finding>, Missing>,
) -> Result<Vec<Finding>, Missing> {
    let mut shown: Vec<(Confidence, Text, &OnTheWire<'_>)> =
        case.on_the_wire.iter().filter_map(|event| witness(rule, event)).collect();
    // The surest first, then in the order of the packets.
    shown.sort_by_key(|(confidence, ..)| *confidence);
    if shown.is_empty() {
        return answer;
    }
    let mut findings = answer.unwrap_or_default();
    let mut phones: Vec<&str> = shown.iter().map(|(.., event)| event.phone).collect();
    phones.sort_unstable();
    phones.dedup();
    for phone in phones {
        let of_phone: Vec<_> = shown.iter().filter(|(.., event)| event.phone == phone).collect();
        let Some((confidence, _, first)) = of_phone.first() else { continue };
        let mut proof =
            of_phone.iter().take(MAX_PROOF).map(|(_, says, event)| Evidence::at(&event.place, says.clone()));
        if let Some(known) = findings.iter_mut().find(|finding| is_about(finding, phone, case)) {
            known.confidence = known.confidence.min(*confidence);
            known.add(proof);
            continue;
        }
        let Some(evidence) = proof.next() else { continue };
        let mut finding = Finding::new(*confidence, evidence).and(proof).because(who(first));
        if !phone.is_empty() {
            finding = finding.value("phone", phone);
        }
        if let (RULE_OF_ALERTS, Happening::Alert { code, .. }) = (rule, first.what) {
            let name = tls_alerts::by_code(*code).map_or("", |row| row.name);
            finding = finding.computed("code", code.to_string()).computed("name", name);
        }
        findings.push(finding);
    }
    Ok(findings)
}

/// What a capture shows of a phone belongs to this finding: it is of the same phone, or of none in particular. A phone
/// that the capture does not name may be any, and is this one only where the case has no second.
fn is_about(finding: &Finding, phone: &str, case: &Case<'_>) -> bool {
    match finding.values.iter().find(|(name, _)| *name == "phone") {
        None => true,
        Some(_) if phone.is_empty() => case.phones.len() < 2,
        Some((_, named)) => named.eq_ignore_ascii_case(phone),
    }
}

/// Packets that one finding quotes.
const MAX_PROOF: usize = 6;
const RULE_OF_ALERTS: &str = "tls-alert-from-phone";
const RULE_OF_LOCAL_SERVERS: &str = "tftp-server-from-local-dhcp";

/// What an event says for a rule, and how surely.
fn witness<'e, 'a>(rule: &str, event: &'e OnTheWire<'a>) -> Option<(Confidence, Text, &'e OnTheWire<'a>)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    if event.over {
        return (rule == RULE_OF_LOCAL_SERVERS).then_some((Possible, LOCAL_SERVER_FIRST, event));
    }
    let service = event.service;
    let refused = matches!(
        event.what,
        H::Refused | H::Unanswered { .. } | H::Unreachable { .. } | H::Prohibited { .. } | H::Rejected { .. }
    );
    let (confidence, says) = match (rule, event.what) {
        ("gateway-name-unresolved", H::NameUnresolved { name, reason }) => {
            (if event.tie == Tie::Dials { Certain } else { Likely }, unresolved(name, *reason))
        }
        ("gateway-not-reached", what) if refused && service == Service::Gateway => {
            (Certain, connection(what))
        }
        ("gateway-not-reached", H::AnsweredLate { requests, seconds }) if service == Service::Gateway => {
            let numbers = [("requests", &*requests.to_string()), ("seconds", &*seconds.to_string())];
            (Possible, LATE.filled(&numbers))
        }
        ("gateway-not-reached", H::HelloUnanswered) if service == Service::Gateway => (Possible, SILENT),
        ("gateway-not-reached", H::ClosedAfterHello { .. }) if service == Service::Gateway => {
            (Possible, CLOSED)
        }
        ("connection-denied-by-acl", H::Unreachable { .. }) => return None,
        ("connection-denied-by-acl", what) if refused && service == Service::Gateway => {
            let confidence = match what {
                H::Prohibited { .. } => Certain,
                H::Rejected { .. } => Likely,
                _ => Possible,
            };
            (confidence, connection(what))
        }
        ("dtls-not-established", H::DatagramsUnanswered { .. }) => (Certain, NO_DTLS),
        ("dtls-not-established", H::DatagramsUnreachable { .. }) => (Certain, DTLS_CLOSED),
        ("dtls-not-established", H::DatagramsNotTried) if service == Service::Gateway => {
            (Possible, NOT_TRIED)
        }
        ("login-failed", H::LeftBehindAnswers { answers }) if service == Service::Gateway => {
            (Possible, LEFT.filled(&[("answers", &answers.to_string())]))
        }
        ("mtu-too-large", H::LargePacketsLost { .. }) => (Likely, LARGE_LOST),
        ("mtu-too-large", H::TooBig { next, .. }) => {
            (Possible, TOO_BIG.filled(&[("next", &next.to_string())]))
        }
        ("tunnel-dropped", H::Lost { .. }) if service == Service::Gateway => (Likely, LOST),
        ("tunnel-dropped", H::ClosedByServer) if service == Service::Gateway => (Possible, ENDED),
        ("tunnel-dropped", H::Alarm { code: CONNECTION_LOST }) => (Likely, ALARM),
        ("load-balancing-redirect", H::RedirectedElsewhere { .. }) => (Certain, REDIRECTED),
        ("login-failed", H::LoginRefused { .. }) => (Certain, LOGIN_REFUSED),
        ("aaa-rejected", H::LoginRefused { .. }) => (Likely, LOGIN_REFUSED),
        ("login-failed" | "vpn-session-limit-reached", H::ServiceUnavailable) => (Possible, UNAVAILABLE),
        ("capf-not-reached", what) if service == Service::Capf => match what {
            what if refused => (Certain, connection(what)),
            H::Alert { .. } | H::HelloUnanswered | H::ClosedAfterHello { .. } => (Likely, CAPF_TLS),
            _ => return None,
        },
        _ if service == Service::Gateway => tls(rule, event)?,
        _ => registration(rule, event, refused)?,
    };
    // Nothing but the company that it is in says that the host is a phone.
    let confidence = if event.tie <= Tie::Alone { confidence.max(Likely) } else { confidence };
    Some((confidence, says, event))
}

fn tls(rule: &str, event: &OnTheWire<'_>) -> Option<(Confidence, Text)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    match (rule, event.what) {
        ("ec-certificate-offered", H::EllipticCertificate { .. }) => return Some((Likely, ELLIPTIC)),
        // A server of OpenSSL 1.0.2 says nothing at all to a client whose version is too low.
        ("tls-version-too-new-for-phone", H::ClosedAfterHello { version: 0x0300..=0x0301 }) => {
            return Some((Possible, CLOSED_TO_OLD));
        }
        _ => {}
    }
    let H::Alert { datagrams, from_client, code, after_hello, asked, .. } = event.what else { return None };
    let (own, confidence) = match (from_client, code) {
        (true, 48) => ("phone-rejected-server-certificate", Certain),
        // For its clock, the certificate has expired.
        (true, 45) => ("gateway-certificate-expired", Likely),
        // Who sends it finds the other one's version too low.
        (true, 70) => ("tls-version-too-old-for-phone", Certain),
        (false, 70) if !after_hello => ("tls-version-too-new-for-phone", Certain),
        (false, 40 | 71) if !after_hello => ("no-shared-cipher", Certain),
        (_, 47) if *datagrams => ("dtls-session-cipher-mismatch", Certain),
        (false, 45) if *asked => ("client-certificate-expired", Likely),
        (false, code) if *asked && is_about_certificate(*code) => {
            ("client-certificate-issuer-untrusted", Likely)
        }
        _ => (RULE_OF_ALERTS, Certain),
    };
    let says = if *from_client { CLIENT_ALERT } else { SERVER_ALERT };
    let name = tls_alerts::by_code(*code).map_or("", |row| row.name);
    let says = says.filled(&[("code", &code.to_string()), ("name", name)]);
    (rule == own).then_some((confidence, says))
}

fn registration(rule: &str, event: &OnTheWire<'_>, refused: bool) -> Option<(Confidence, Text)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    let failed = matches!(
        event.what,
        H::FileNotFound { .. } | H::FileRefused { .. } | H::FileUnanswered { .. } | H::FileBroken { .. }
    );
    Some(match (rule, event.what) {
        ("tftp-server-unreachable", H::FileUnanswered { file }) => (Certain, file_text(&NO_FILE, file)),
        ("tftp-server-unreachable", H::FileBroken { file }) => (Likely, file_text(&BROKEN, file)),
        ("tftp-server-unreachable", H::FileRefused { file, .. }) => {
            (Possible, file_text(&REFUSED_FILE, file))
        }
        ("tftp-server-unreachable", H::NoTftpServerGiven) => (Possible, NO_SERVER),
        ("no-tftp-server-given", H::NoTftpServerGiven) => (Likely, NO_SERVER),
        (RULE_OF_LOCAL_SERVERS, H::FileNotFound { file }) if event.same_network && is_configuration(file) => {
            (Likely, LOCAL_SERVER)
        }
        (RULE_OF_LOCAL_SERVERS, _) if failed && event.same_network && !is_list(event.what) => {
            (Likely, LOCAL_SERVER)
        }
        // A phone that has its tunnel asks through it, and nobody sees it.
        (RULE_OF_LOCAL_SERVERS, H::FileUnanswered { file })
            if !event.servers_given && is_configuration(file) =>
        {
            (Possible, BESIDE_THE_TUNNEL)
        }
        ("phone-config-not-found", H::FileNotFound { file }) if is_configuration(file) => {
            (Certain, file_text(&MISSING, file))
        }
        ("ctl-file-not-found", H::FileNotFound { file }) if file.starts_with("CTL") => {
            (Certain, file_text(&MISSING, file))
        }
        ("call-control-unreachable", what) if refused && event.service == Service::CallControl => {
            (Certain, connection(what))
        }
        ("call-control-unreachable", H::RegistrationUnanswered { .. }) => (Likely, NO_REGISTRATION),
        ("call-control-unreachable", H::RegistrationRefused { status: 500..=599, .. }) => {
            (Possible, NO_SERVICE)
        }
        ("call-control-unreachable", H::KeepAliveUnanswered) => (Likely, NO_KEEPALIVE),
        ("call-control-unreachable", H::Alert { .. } | H::HelloUnanswered | H::ClosedAfterHello { .. })
            if event.service == Service::CallControl =>
        {
            (Likely, CALL_CONTROL_TLS)
        }
        ("registration-rejected", H::RegistrationRefused { status, .. }) => {
            (if *status >= 500 { Likely } else { Certain }, REJECTED)
        }
        ("registration-rejected", H::RegistrationUnanswered { taken: true }) => (Possible, IGNORED),
        ("registration-rejected", H::Alert { from_client: false, asked: true, code, .. })
            if event.service == Service::CallControl && is_about_certificate(*code) =>
        {
            (Possible, CERTIFICATE_REFUSED.filled(&[("code", &code.to_string())]))
        }
        ("dropped-by-config-change", H::ResetByServer { .. }) => (Possible, RESET),
        _ => return None,
    })
}

/// Alerts of a server that asked for a certificate and does not take what came.
fn is_about_certificate(code: u8) -> bool {
    matches!(code, 40..=46 | 48 | 49 | 116)
}

/// A trust list that is not there is no failure.
fn is_list(what: &Happening) -> bool {
    matches!(what, Happening::FileNotFound { .. })
}

/// `VpnConnectionLost` of CUCM's list of reasons.
const CONNECTION_LOST: u32 = 108;

fn file_text(text: &Text, file: &str) -> Text {
    if file.is_empty() {
        return SERVER_GONE;
    }
    text.filled(&[("file", file)])
}

fn unresolved(name: &str, reason: NameTrouble) -> Text {
    let text = match reason {
        NameTrouble::NoSuchName => NO_NAME,
        NameTrouble::ServerFailed | NameTrouble::Refused => DNS_FAILED,
        NameTrouble::Unanswered | NameTrouble::NoServer => DNS_SILENT,
        NameTrouble::TooLong => DNS_LONG,
    };
    text.filled(&[("name", name)])
}

fn connection(what: &Happening) -> Text {
    match what {
        Happening::Refused => REFUSED,
        Happening::Unanswered { .. } => UNANSWERED,
        Happening::Prohibited { by } => PROHIBITED.filled(&[("by", by)]),
        Happening::Rejected { by } => FILTERED.filled(&[("by", by)]),
        Happening::Unreachable { by } => UNREACHABLE.filled(&[("by", by)]),
        _ => UNANSWERED,
    }
}

/// Whose packets these are, and why.
fn who(event: &OnTheWire<'_>) -> Text {
    let text = match event.tie {
        Tie::Phone if !event.phone.is_empty() => NAMED,
        Tie::Phone => A_PHONE,
        Tie::Dials => DIALS,
        Tie::Alone => ALONE,
        Tie::Hint => HINT,
    };
    text.filled(&[("client", event.client), ("server", event.server), ("phone", event.phone)])
}

const NAMED: Text = Text::fixed(
    "The capture shows it: phone {phone} ({client}) asks {server}.",
    "Der Mitschnitt zeigt es: Das Telefon {phone} ({client}) fragt {server}.",
);
const A_PHONE: Text = Text::fixed(
    "The capture shows it: a phone ({client}) asks {server}.",
    "Der Mitschnitt zeigt es: Ein Telefon ({client}) fragt {server}.",
);
const DIALS: Text = Text::fixed(
    "The capture shows it: {client} asks {server}, which the phone's URL names.",
    "Der Mitschnitt zeigt es: {client} fragt {server}; so steht es in der URL des Telefons.",
);
const ALONE: Text = Text::fixed(
    "The capture shows it: {client} asks {server}. It is the only device in the capture that asks for anything, so it is taken for the phone.",
    "Der Mitschnitt zeigt es: {client} fragt {server}. Kein anderes Gerät im Mitschnitt fragt etwas, also gilt es als das Telefon.",
);
const HINT: Text = Text::fixed(
    "The capture shows it: {client} asks {server}. Nothing shows that this is a phone; only the name hints at the VPN.",
    "Der Mitschnitt zeigt es: {client} fragt {server}. Nichts zeigt, dass das ein Telefon ist; nur der Name deutet auf das VPN.",
);
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
const CLOSED_TO_OLD: Text = Text::fixed(
    "the server ends the connection, without a word, behind a hello that offers TLS 1.0 at most",
    "Der Server beendet die Verbindung wortlos nach einem Hello, das höchstens TLS 1.0 anbietet",
);
const NO_DTLS: Text = Text::fixed("DTLS to UDP 443 gets no answer", "DTLS zu UDP 443 bleibt ohne Antwort");
const DTLS_CLOSED: Text =
    Text::fixed("UDP 443 is said to be closed", "UDP 443 wird als geschlossen gemeldet");
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
const ALARM: Text = Text::fixed(
    "the phone reports alarm 108: it had lost its VPN connection",
    "Das Telefon meldet Alarm 108: Es hatte seine VPN-Verbindung verloren",
);
const REDIRECTED: Text = Text::fixed(
    "the answer sends the phone to another host",
    "Die Antwort schickt das Telefon zu einem anderen Host",
);
const LOGIN_REFUSED: Text = Text::fixed("the login is refused", "Die Anmeldung wird abgelehnt");
const UNAVAILABLE: Text = Text::fixed(
    "the gateway says that it cannot serve now (503)",
    "Das Gateway meldet, dass es gerade nicht bedienen kann (503)",
);
const CAPF_TLS: Text = Text::fixed("TLS to CAPF fails", "TLS zur CAPF schlägt fehl");
const CLIENT_ALERT: Text =
    Text::fixed("the phone sends alert {code} ({name})", "Das Telefon sendet Alert {code} ({name})");
const SERVER_ALERT: Text =
    Text::fixed("the ASA sends alert {code} ({name})", "Die ASA sendet Alert {code} ({name})");
const ELLIPTIC: Text = Text::fixed(
    "the server chooses a suite with a certificate on an elliptic curve, and the handshake ends",
    "Der Server wählt eine Suite mit einem Zertifikat auf elliptischer Kurve, und der Handshake endet",
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
const LOCAL_SERVER: Text = Text::fixed(
    "the TFTP server lies in the phone's own network and does not give the file",
    "Der TFTP-Server liegt im eigenen Netz des Telefons und liefert die Datei nicht",
);
const BESIDE_THE_TUNNEL: Text = Text::fixed(
    "the phone asks this TFTP server outside the tunnel, where it gets no answer; who gave it the address is not in the capture, and it may be the DHCP server of the site",
    "Das Telefon fragt diesen TFTP-Server außerhalb des Tunnels und bekommt keine Antwort; wer ihm die Adresse gab, steht nicht im Mitschnitt, und es kann der DHCP-Server am Standort sein",
);
const LOCAL_SERVER_FIRST: Text = Text::fixed(
    "the phone first asks a TFTP server in its own network, which does not give the file; another one does later",
    "Das Telefon fragt zuerst einen TFTP-Server im eigenen Netz, der die Datei nicht liefert; erst ein anderer liefert sie",
);
const NO_SERVICE: Text = Text::fixed(
    "the CUCM server says that it cannot serve the phone now",
    "Der CUCM-Server meldet, dass er das Telefon gerade nicht bedienen kann",
);
const IGNORED: Text = Text::fixed(
    "the CUCM server acknowledges the registration and does not answer it",
    "Der CUCM-Server bestätigt den Empfang der Registrierung und beantwortet sie nicht",
);
const CERTIFICATE_REFUSED: Text = Text::fixed(
    "the CUCM server asks for the phone's certificate and ends with alert {code}",
    "Der CUCM-Server verlangt das Zertifikat des Telefons und bricht mit Alert {code} ab",
);
const NO_REGISTRATION: Text =
    Text::fixed("the registration gets no answer", "Die Registrierung bleibt ohne Antwort");
const NO_KEEPALIVE: Text = Text::fixed(
    "the server does not answer the registered phone any more",
    "Der Server antwortet dem registrierten Telefon nicht mehr",
);
const CALL_CONTROL_TLS: Text =
    Text::fixed("TLS to the CUCM server fails", "TLS zum CUCM-Server schlägt fehl");
const REJECTED: Text =
    Text::fixed("the CUCM server refuses the registration", "Der CUCM-Server lehnt die Registrierung ab");
const RESET: Text = Text::fixed(
    "the CUCM server sends the phone to reset or restart",
    "Der CUCM-Server lässt das Telefon zurücksetzen oder neu starten",
);
