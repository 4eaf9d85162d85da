//! What captures show, as proof of the rules: one more witness beside logs and configurations.
//!
//! A rule's own check reads the facts of logs and settings. What the wire shows of the same defect is added here, so
//! that a fault which log and capture tell is one finding with both as its proof; where only the capture tells it, it
//! is a finding of its own.

use super::no_certificate::NONE_CAME;
use super::wire_fixes;
use crate::case::Case;
use crate::event::traffic::{Happening, Service};
use crate::facts::recordings::Tie;
use crate::facts::wire::{OnTheWire, is_configuration};
use crate::facts::wire_words::says;
use crate::finding::{Confidence, Evidence, Finding};
use crate::need::Missing;
use crate::tables::tls_alerts;
use crate::text::{Class, Text};

/// Adds what captures show to a rule's answer.
pub(super) fn add(
    rule: &str,
    case: &Case<'_>,
    answer: Result<Vec<Finding>, Missing>,
) -> Result<Vec<Finding>, Missing> {
    let mut shown: Vec<(Confidence, Text, &OnTheWire<'_>)> =
        case.on_the_wire.iter().filter_map(|event| witness(rule, case, event)).collect();
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
        let events: Vec<&OnTheWire<'_>> = of_phone.iter().map(|(.., event)| *event).collect();
        findings.push(wire_fixes::with_fixes(rule, finding, &events));
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
fn witness<'e, 'a>(
    rule: &str,
    case: &Case<'_>,
    event: &'e OnTheWire<'a>,
) -> Option<(Confidence, Text, &'e OnTheWire<'a>)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    if event.over {
        return (rule == RULE_OF_LOCAL_SERVERS).then_some((Possible, LOCAL_SERVER_FIRST, event));
    }
    let service = event.service;
    let refused = event.what.is_no_connection();
    let (confidence, says) = match (rule, event.what) {
        ("gateway-name-unresolved", H::NameUnresolved { .. }) => {
            (if event.tie == Tie::Dials { Certain } else { Likely }, says(event.what))
        }
        ("gateway-not-reached", what) if refused && service == Service::Gateway => (Certain, says(what)),
        ("gateway-not-reached", H::HelloUnanswered) if service == Service::Gateway => {
            (Possible, says(event.what))
        }
        ("gateway-not-reached", H::AnsweredLate { .. }) if service == Service::Gateway => {
            (Possible, says(event.what))
        }
        ("gateway-not-reached", H::ClosedAfterHello { .. }) if service == Service::Gateway => {
            (Possible, says(event.what))
        }
        ("gateway-not-reached", H::AnsweredInClear { .. }) if service == Service::Gateway => {
            (Likely, says(event.what))
        }
        ("connection-denied-by-acl", H::Unreachable { .. }) => return None,
        ("connection-denied-by-acl", what) if refused && service == Service::Gateway => {
            let confidence = match what {
                H::Prohibited { .. } => Certain,
                H::Rejected { .. } => Likely,
                _ => Possible,
            };
            (confidence, says(what))
        }
        ("dtls-not-established", H::DatagramsUnanswered { .. }) => (Certain, says(event.what)),
        ("dtls-not-established", H::DatagramsUnreachable { .. }) => (Certain, says(event.what)),
        ("dtls-not-established", H::DatagramsNotTried) if service == Service::Gateway => {
            (Possible, says(event.what))
        }
        ("login-failed", H::LeftBehindAnswers { .. }) if service == Service::Gateway => {
            (Possible, says(event.what))
        }
        ("mtu-too-large", H::LargePacketsLost { .. }) => (Likely, says(event.what)),
        ("mtu-too-large", H::TooBig { .. }) => (Possible, says(event.what)),
        ("tunnel-dropped", H::Lost { .. }) if service == Service::Gateway => (Likely, says(event.what)),
        ("tunnel-dropped", H::ClosedByServer) if service == Service::Gateway => (Possible, says(event.what)),
        ("tunnel-dropped", H::Alarm { code: CONNECTION_LOST }) => (Likely, ALARM),
        ("load-balancing-redirect", H::RedirectedElsewhere { .. }) => (Certain, says(event.what)),
        ("login-failed", H::LoginRefused { .. }) => (Certain, says(event.what)),
        ("aaa-rejected", H::LoginRefused { .. }) => (Likely, says(event.what)),
        ("login-failed" | "vpn-session-limit-reached", H::ServiceUnavailable) => (Possible, says(event.what)),
        ("capf-not-reached", what) if service == Service::Capf => match what {
            what if refused => (Certain, says(what)),
            H::Alert { .. } | H::HelloUnanswered | H::ClosedAfterHello { .. } => (Likely, CAPF_TLS),
            _ => return None,
        },
        _ if service == Service::Gateway => tls(rule, case, event)?,
        _ => registration(rule, event, refused)?,
    };
    // Nothing but the company that it is in says that the host is a phone.
    let confidence = if event.tie <= Tie::Alone { confidence.max(Likely) } else { confidence };
    Some((confidence, says, event))
}

fn tls(rule: &str, case: &Case<'_>, event: &OnTheWire<'_>) -> Option<(Confidence, Text)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    match (rule, event.what) {
        // The server may know the CA though it does not name it, and may have ended the handshake for another reason.
        ("client-certificate-issuer-untrusted", H::IssuerNotAskedFor { .. }) => {
            return Some((Possible, says(event.what)));
        }
        ("phone-rejected-server-certificate", H::LeftBehindCertificate)
        | ("client-certificate-issuer-untrusted", H::ClosedWithoutCertificate) => {
            return Some((Possible, says(event.what)));
        }
        ("ec-certificate-offered", H::EllipticCertificate { .. }) => return Some((Likely, says(event.what))),
        // A server of OpenSSL 1.0.2 says nothing at all to a client whose version is too low.
        ("tls-version-too-new-for-phone", H::ClosedAfterHello { version: 0x0300..=0x0301 }) => {
            return Some((Possible, CLOSED_TO_OLD));
        }
        _ => {}
    }
    let H::Alert { datagrams, from_client, code, after_hello, asked, .. } = event.what else { return None };
    let (own, confidence) = match (from_client, code) {
        (_, 47) if *datagrams => ("dtls-session-cipher-mismatch", Certain),
        // The tunnel by TLS, which a phone opens first, may stand: what the two do not agree on is DTLS alone.
        (_, 40 | 70 | 71) if *datagrams => ("dtls-not-established", Certain),
        (true, 48) => ("phone-rejected-server-certificate", Certain),
        // For its clock, the certificate has expired.
        (true, 45) if is_valid_then(case, event) => ("phone-clock-wrong", Likely),
        (true, 45) => ("gateway-certificate-expired", Likely),
        // Who sends it finds the other one's version too low.
        (true, 70) => ("tls-version-too-old-for-phone", Certain),
        (false, 70) if !after_hello => ("tls-version-too-new-for-phone", Certain),
        (false, 40 | 71) if !after_hello => ("no-shared-cipher", Certain),
        (false, 45) if *asked => ("client-certificate-expired", Likely),
        // Whatever a server calls it: OpenSSL sends 40, others 50 or 42.
        (false, _) if *asked && event.shows_none() => ("client-certificate-issuer-untrusted", Likely),
        (false, code)
            if *asked
                && *code != UNKNOWN_CA
                && is_about_certificate(*code)
                && is_out_of_dates(case, event) =>
        {
            ("client-certificate-expired", Likely)
        }
        (false, code) if *asked && is_about_certificate(*code) && !NOT_ITS_ISSUER.contains(code) => {
            ("client-certificate-issuer-untrusted", Likely)
        }
        _ => (RULE_OF_ALERTS, Certain),
    };
    let says = if *asked && !from_client && event.shows_none() { NONE_CAME } else { says(event.what) };
    (rule == own).then_some((confidence, says))
}

/// The certificate that the client showed had expired by then, or was not valid yet.
fn is_out_of_dates(case: &Case<'_>, event: &OnTheWire<'_>) -> bool {
    let shown = event.client_shown.and_then(<[_]>::first);
    dates_of(case, shown).is_some_and(|(from, until)| {
        let now = event.seconds.unwrap_or(case.now);
        until.is_some_and(|end| end < now) || from.is_some_and(|begin| begin > now)
    })
}

/// By the clock of whoever recorded, the certificate that the server showed was valid.
fn is_valid_then(case: &Case<'_>, event: &OnTheWire<'_>) -> bool {
    let Some(now) = event.seconds else { return false };
    dates_of(case, event.server_shown.as_ref()).is_some_and(|(from, until)| {
        from.is_some_and(|begin| begin <= now) && until.is_some_and(|end| end >= now)
    })
}

/// Beginning and end of a certificate's validity, in seconds since 1970.
fn dates_of(case: &Case<'_>, sha1: Option<&[u8; 20]>) -> Option<(Option<i64>, Option<i64>)> {
    let known = case.certificates.iter().find(|one| Some(&one.sha1()) == sha1)?;
    let fields = known.certificate.document.fields.as_ref()?;
    Some((fields.not_before, fields.not_after))
}

fn registration(rule: &str, event: &OnTheWire<'_>, refused: bool) -> Option<(Confidence, Text)> {
    use Confidence::{Certain, Likely, Possible};
    use Happening as H;
    let failed = matches!(
        event.what,
        H::FileNotFound { .. } | H::FileRefused { .. } | H::FileUnanswered { .. } | H::FileBroken { .. }
    );
    Some(match (rule, event.what) {
        ("tftp-server-unreachable", H::FileUnanswered { .. }) => (Certain, says(event.what)),
        ("tftp-server-unreachable", H::FileBroken { .. }) => (Likely, says(event.what)),
        ("tftp-server-unreachable", H::FileRefused { .. }) => (Possible, says(event.what)),
        ("tftp-server-unreachable", H::NoTftpServerGiven) => (Possible, says(event.what)),
        ("no-tftp-server-given", H::NoTftpServerGiven) => (Likely, says(event.what)),
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
            (Certain, says(event.what))
        }
        ("ctl-file-not-found", H::FileNotFound { file }) if file.starts_with("CTL") => {
            (Certain, says(event.what))
        }
        ("call-control-unreachable", what) if refused && event.service == Service::CallControl => {
            (Certain, says(what))
        }
        ("call-control-unreachable", H::RegistrationUnanswered { .. }) => (Likely, says(event.what)),
        ("call-control-unreachable", H::RegistrationRefused { status: 500..=599, .. }) => {
            (Possible, NO_SERVICE)
        }
        ("call-control-unreachable", H::KeepAliveUnanswered) => (Likely, says(event.what)),
        ("call-control-unreachable", H::Alert { .. } | H::HelloUnanswered | H::ClosedAfterHello { .. })
            if event.service == Service::CallControl =>
        {
            (Likely, CALL_CONTROL_TLS)
        }
        ("registration-rejected", H::RegistrationRefused { status, .. }) => {
            (if *status >= 500 { Likely } else { Certain }, says(event.what))
        }
        ("registration-rejected", H::RegistrationUnanswered { taken: true }) => (Possible, IGNORED),
        ("registration-rejected", H::Alert { from_client: false, asked: true, code, .. })
            if event.service == Service::CallControl && is_about_certificate(*code) =>
        {
            (Possible, CERTIFICATE_REFUSED.number("code", code))
        }
        ("dropped-by-config-change", H::ResetByServer { .. }) => (Possible, says(event.what)),
        _ => return None,
    })
}

/// Alerts of a server that asked for a certificate and does not take what came.
fn is_about_certificate(code: u8) -> bool {
    matches!(code, 40..=46 | 48 | 49 | 116)
}

/// unknown_ca
const UNKNOWN_CA: u8 = 48;

/// unsupported_certificate, for example of another purpose, and certificate_revoked: the issuer is known then.
const NOT_ITS_ISSUER: [u8; 2] = [43, 44];

/// A trust list that is not there is no failure.
fn is_list(what: &Happening) -> bool {
    matches!(what, Happening::FileNotFound { .. })
}

/// `VpnConnectionLost` of CUCM's list of reasons.
const CONNECTION_LOST: u32 = 108;

/// Whose packets these are, and why.
fn who(event: &OnTheWire<'_>) -> Text {
    let text = match event.tie {
        Tie::Phone if !event.phone.is_empty() => NAMED,
        Tie::Phone => A_PHONE,
        Tie::Dials => DIALS,
        Tie::Alone => ALONE,
        Tie::Hint => HINT,
    };
    let text = text.with("client", Class::Host, event.client).with("server", Class::Host, event.server);
    text.with("phone", Class::Phone, event.phone)
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
const ALARM: Text = Text::fixed(
    "the phone reports alarm 108: it had lost its VPN connection",
    "Das Telefon meldet Alarm 108: Es hatte seine VPN-Verbindung verloren",
);
const CLOSED_TO_OLD: Text = Text::fixed(
    "the server ends the connection, without a word, behind a hello that offers TLS 1.0 at most",
    "Der Server beendet die Verbindung wortlos nach einem Hello, das höchstens TLS 1.0 anbietet",
);
const CAPF_TLS: Text = Text::fixed("TLS to CAPF fails", "TLS zur CAPF schlägt fehl");
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
const CALL_CONTROL_TLS: Text =
    Text::fixed("TLS to the CUCM server fails", "TLS zum CUCM-Server schlägt fehl");
