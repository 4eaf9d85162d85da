//! What a message says: one reader for each kind of wording.
//!
//! Wordings differ between releases (`Device chooses cipher : AES128-SHA for …`, `Device chooses cipher AES128-SHA
//! for …`), so keywords are searched and blanks around colons do not matter. Names that a user chose may hold
//! anything: where a keyword can occur in a name, the last one counts, because names stand first.

use std::net::IpAddr;

use super::session::{access_policy, named, session};
use super::{AsaMessage, Peer, Session};

/// Reads the text of a message by its id.
pub(super) fn read(id: u32, text: &str) -> AsaMessage {
    let peer = || peer(text);
    let session = || session(text).map(|(session, _)| session).unwrap_or_default();
    match id {
        725_001 => AsaMessage::HandshakeStarted { peer: peer(), protocol: protocol(text) },
        725_002 => AsaMessage::HandshakeDone { peer: peer(), protocol: protocol(text) },
        725_003 => AsaMessage::ResumeRequested { peer: peer() },
        725_004 => AsaMessage::CertificateRequested { peer: peer() },
        725_006 => AsaMessage::HandshakeFailed { peer: peer() },
        725_007 => AsaMessage::SessionTerminated { peer: peer() },
        725_008 => AsaMessage::ClientProposes { peer: peer(), count: count(text) },
        725_009 => AsaMessage::DeviceProposes { count: count(text) },
        725_010 => AsaMessage::DeviceSupports { count: count(text) },
        725_011 => cipher(text),
        725_012 => AsaMessage::CipherChosen { peer: peer(), name: chosen(text) },
        725_014 => library_error(text),
        725_016 => AsaMessage::TrustpointSelected { peer: peer(), trustpoint: selected(text) },
        725_017 => AsaMessage::NoClientCertificate { peer: peer() },
        725_021 | 725_022 => AsaMessage::CipherPreference { text: text.to_owned() },
        717_000..=717_999 => certificate(id, text),
        716_038 => AsaMessage::LoginAccepted { session: session() },
        716_039 => AsaMessage::LoginRejected { session: session() },
        722_051 => assigned(text),
        113_024 => AsaMessage::UserFromCertificate { session: user_from_certificate(text) },
        734_003 => attribute(text),
        718_000..=718_999 => AsaMessage::LoadBalancing,
        _ => AsaMessage::Other,
    }
}

/// The far end: the first `interface:address/port`. The guide prints blanks before `:` and `/`.
fn peer(text: &str) -> Peer {
    let text = text.replace(" :", ":").replace(" /", "/");
    let mut fallback = None;
    for token in text.split_ascii_whitespace() {
        let token = token.trim_end_matches(['.', ',']);
        let token = token.split('(').next().unwrap_or_default();
        let Some((interface, rest)) = token.split_once(':') else { continue };
        let Some((address, port)) = rest.rsplit_once('/') else { continue };
        if interface.is_empty() || address.is_empty() {
            continue;
        }
        let peer =
            Peer { interface: interface.to_owned(), address: address.to_owned(), port: port.parse().ok() };
        if address.parse::<IpAddr>().is_ok() {
            return peer;
        }
        // `names` replaces addresses by words.
        fallback = fallback.or(Some(peer));
    }
    fallback.unwrap_or_default()
}

/// `… for TLSv1.2 session.`
fn protocol(text: &str) -> String {
    let Some((_, rest)) = text.rsplit_once(" for ") else { return String::new() };
    let word = rest.split_ascii_whitespace().next().unwrap_or_default();
    let known = ["TLS", "DTLS", "SSL"].iter().any(|start| word.starts_with(start));
    if known { word.trim_end_matches(['.', ',']).to_owned() } else { String::new() }
}

/// `… the following 2 cipher(s).`
fn count(text: &str) -> u32 {
    let Some((before, _)) = text.split_once("cipher(s)") else { return 0 };
    before.split_ascii_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// `Cipher[1] : AES128-SHA`
fn cipher(text: &str) -> AsaMessage {
    let order =
        text.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(order, _)| order.trim());
    let name = text.split_once(':').map(|(_, name)| name.trim().trim_end_matches('.')).unwrap_or_default();
    AsaMessage::Cipher {
        order: order.and_then(|order| order.parse().ok()).unwrap_or_default(),
        name: name.to_owned(),
    }
}

/// `Device chooses cipher : AES128-SHA for the SSL session with …`
fn chosen(text: &str) -> String {
    let rest = text.split_once("cipher").map(|(_, rest)| rest).unwrap_or_default();
    rest.trim_start_matches([':', ' ']).split_ascii_whitespace().next().unwrap_or_default().to_owned()
}

/// `SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca`
fn library_error(text: &str) -> AsaMessage {
    let (before, reason) = split_word(text, "reason:").unwrap_or((text, ""));
    let function = split_word(before, "function:").map(|(_, function)| function).unwrap_or_default();
    AsaMessage::LibraryError { function: trimmed(function), reason: trimmed(reason) }
}

/// `Device selects trust-point PHONES for client …`
fn selected(text: &str) -> String {
    let rest = split_word(text, "trust-point").or_else(|| split_word(text, "trustpoint"));
    let rest = rest.map(|(_, rest)| rest).unwrap_or_default();
    let name = ["client", "server", "peer"]
        .iter()
        .filter_map(|word| rest.find(&format!(" for {word}")))
        .min()
        .and_then(|end| rest.get(..end));
    let name = name.or_else(|| rest.split_ascii_whitespace().next()).unwrap_or_default();
    name.trim().trim_matches(['<', '>']).to_owned()
}

/// The parts of a message about a certificate, each up to where the next one begins.
fn certificate(id: u32, text: &str) -> AsaMessage {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, usize, Part)> = Vec::new();
    for (word, part) in PARTS {
        let mut from = 0;
        while let Some(at) = lower.get(from..).and_then(|rest| rest.find(word)) {
            let start = from + at;
            from = start + word.len();
            let whole_word =
                start == 0 || lower.as_bytes().get(start - 1).is_none_or(|b| !b.is_ascii_alphanumeric());
            let taken = found.iter().any(|(other, end, _)| start < *end && *other < from);
            if whole_word && !taken {
                found.push((start, from, *part));
            }
        }
    }
    found.sort_unstable_by_key(|(start, _, _)| *start);
    let [mut subject, mut issuer, mut serial, mut trustpoint, mut reason] = [const { String::new() }; 5];
    for (at, (_, from, part)) in found.iter().enumerate() {
        let end = found.get(at + 1).map_or(text.len(), |(next, _, _)| *next);
        let value = text.get(*from..end).unwrap_or_default();
        let value = value.trim_matches([' ', ',', ':', ';']).trim_end_matches(['.', ' ']);
        let field = match part {
            Part::Subject => &mut subject,
            Part::Issuer => &mut issuer,
            Part::Serial => &mut serial,
            Part::Trustpoint => &mut trustpoint,
            Part::Reason => &mut reason,
            Part::Other => continue,
        };
        if field.is_empty() {
            *field = value.to_owned();
        }
    }
    serial = first_word(&serial);
    trustpoint = first_word(&trustpoint);
    if NO_NAMES.contains(&trustpoint.as_str()) {
        trustpoint.clear();
    }
    if reason.is_empty() && REASON_AFTER_FAILED.contains(&id) {
        reason = reason_after_failed(text, found.first().map(|(start, _, _)| *start));
    }
    AsaMessage::Certificate { subject, issuer, serial, trustpoint, reason }
}

/// Release 9.16 prints `Certificate validation failed. Hash algorithm is too weak, serial number: …`.
fn reason_after_failed(text: &str, end: Option<usize>) -> String {
    let head = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let reason = split_word(head, "failed.").or_else(|| split_word(head, "failed validation."));
    reason.map(|(_, reason)| trimmed(reason.trim_end_matches([' ', ',']))).unwrap_or_default()
}

fn first_word(text: &str) -> String {
    let word = text.split_ascii_whitespace().next().unwrap_or_default();
    word.trim_matches(['<', '>', ',', '.', ':', ';']).to_owned()
}

/// `Group <VPNPhone> User <u> IP <192.0.2.9> IPv4 Address <198.51.100.7> IPv6 address <::> assigned to session`
fn assigned(text: &str) -> AsaMessage {
    let (session, rest) = session(text).unwrap_or_default();
    let mut assigned = String::new();
    let mut words = rest.split_ascii_whitespace().map(|word| word.trim_matches(['<', '>', ',', '.']));
    while let Some(word) = words.next() {
        if !word.eq_ignore_ascii_case("address") {
            continue;
        }
        let Some(address) = words.next() else { break };
        let known = address.parse::<IpAddr>().is_ok_and(|address| !address.is_unspecified());
        if known && assigned.is_empty() {
            assigned = address.to_owned();
        }
    }
    AsaMessage::AddressAssigned { session, assigned }
}

/// `Group <tg>: Authenticating ssl connection from <192.0.2.9> with username, <u>, from client certificate`
fn user_from_certificate(text: &str) -> Session {
    let group = text.trim_start().strip_prefix("Group ").and_then(|rest| rest.split_once(": Authenticating"));
    let (group, rest) = group.unwrap_or(("", text));
    let (before, user) = rest.split_once("with username,").unwrap_or((rest, ""));
    let user = user.rsplit_once(", from client certificate").map_or(user, |(user, _)| user);
    let address = before.rsplit_once(" from ").map(|(_, address)| address).unwrap_or_default();
    named(group, user, address)
}

/// `DAP: User u, Addr 192.0.2.9: Session Attribute aaa.cisco.tunnelgroup = VPNPhone`
fn attribute(text: &str) -> AsaMessage {
    let (session, _) = access_policy(text).unwrap_or_default();
    let rest = text.rsplit_once("Session Attribute").map(|(_, rest)| rest).unwrap_or_default();
    let rest = rest.trim_start_matches([':', ' ']);
    let (name, value) = rest.split_once('=').or_else(|| rest.split_once('/')).unwrap_or((rest, ""));
    AsaMessage::DapAttribute {
        session,
        name: name.trim().to_owned(),
        value: value.trim().trim_matches('"').to_owned(),
    }
}

/// Splits at the first occurrence of an ASCII word, in any case.
fn split_word<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let at = text.to_ascii_lowercase().find(word)?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

fn trimmed(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Subject,
    Issuer,
    Serial,
    Trustpoint,
    Reason,
    Other,
}

/// Words that begin a part, the longer ones first. In lower case.
const PARTS: &[(&str, Part)] = &[
    ("reason:", Part::Reason),
    ("serial number id", Part::Serial),
    ("serial number:", Part::Serial),
    ("serial number", Part::Serial),
    ("subject name id", Part::Subject),
    ("subject name:", Part::Subject),
    ("subject name", Part::Subject),
    ("subject:", Part::Subject),
    ("issuer name id", Part::Issuer),
    ("issuer name:", Part::Issuer),
    ("issuer name", Part::Issuer),
    ("issuer_name:", Part::Issuer),
    ("issuer:", Part::Issuer),
    ("trustpoint name:", Part::Trustpoint),
    ("trustpoint:", Part::Trustpoint),
    ("trustpoint", Part::Trustpoint),
    ("trust-point", Part::Trustpoint),
    ("key length", Part::Other),
    ("matched the configured certificate map", Part::Other),
    ("failed to match the configured certificate map", Part::Other),
];
/// Words after "trustpoint" that are no name.
const NO_NAMES: [&str; 6] = ["for", "was", "found", "is", "to", "could"];
/// Messages that may print their reason without the word.
const REASON_AFTER_FAILED: [u32; 2] = [717_009, 717_027];

#[cfg(test)]
mod tests {
    use super::*;

    fn far_end(interface: &str, address: &str, port: u16) -> Peer {
        Peer { interface: interface.into(), address: address.into(), port: Some(port) }
    }

    #[test]
    fn peers_of_old_and_new_wordings_are_read() {
        for (text, expected) in [
            (
                "Starting SSL handshake with client outside:192.0.2.9/50091 for TLSv1 session.",
                far_end("outside", "192.0.2.9", 50_091),
            ),
            (
                "Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1.2 session",
                far_end("outside", "192.0.2.9", 50_091),
            ),
            (
                "Device failed SSL handshake with client WAN-1:2001:db8::9/50091",
                far_end("WAN-1", "2001:db8::9", 50_091),
            ),
            (
                "Connection info: outside :192.0.2.9 /50091 to 198.51.100.1 /443",
                far_end("outside", "192.0.2.9", 50_091),
            ),
            (
                "SSL client outside:192.0.2.9/50091(LOCAL\\a b) proposes",
                far_end("outside", "192.0.2.9", 50_091),
            ),
            ("with client outside:branch-fw/50091.", far_end("outside", "branch-fw", 50_091)),
            ("no address at all", Peer::default()),
        ] {
            assert_eq!(peer(text), expected, "{text}");
        }
    }

    #[test]
    fn tls_messages_say_what_they_say() {
        let peer = far_end("outside", "192.0.2.9", 50_091);
        for (id, text, expected) in [
            (
                725_001,
                "Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLS session",
                AsaMessage::HandshakeStarted { peer: peer.clone(), protocol: "TLS".into() },
            ),
            (
                725_002,
                "Device completed SSL handshake with client outside:192.0.2.9/50091",
                AsaMessage::HandshakeDone { peer: peer.clone(), protocol: String::new() },
            ),
            (
                725_008,
                "SSL client outside:192.0.2.9/50091 proposes the following 2 cipher(s).",
                AsaMessage::ClientProposes { peer: peer.clone(), count: 2 },
            ),
            (725_010, "Device supports the following 4 cipher(s).", AsaMessage::DeviceSupports { count: 4 }),
            (
                725_011,
                "Cipher[12] : ECDHE-ECDSA-AES256-SHA",
                AsaMessage::Cipher { order: 12, name: "ECDHE-ECDSA-AES256-SHA".into() },
            ),
            (
                725_012,
                "Device chooses cipher : AES128-SHA for the SSL session with client outside:192.0.2.9/50091",
                AsaMessage::CipherChosen { peer: peer.clone(), name: "AES128-SHA".into() },
            ),
            (
                725_012,
                "Device chooses cipher AES128-SHA for the SSL session with client outside:192.0.2.9/50091 to 198.51.100.1/443.",
                AsaMessage::CipherChosen { peer: peer.clone(), name: "AES128-SHA".into() },
            ),
            (
                725_014,
                "SSL lib error. Function: tls_post_process_client_hello Reason: no shared cipher.",
                AsaMessage::LibraryError {
                    function: "tls_post_process_client_hello".into(),
                    reason: "no shared cipher".into(),
                },
            ),
            (
                725_016,
                "Device selects trust-point ASDM_TrustPoint0 for client outside:192.0.2.9/50091 to 198.51.100.1/443",
                AsaMessage::TrustpointSelected { peer: peer.clone(), trustpoint: "ASDM_TrustPoint0".into() },
            ),
            (718_072, "Becoming master of Load Balancing in context 0.", AsaMessage::LoadBalancing),
        ] {
            assert_eq!(read(id, text), expected);
        }
    }

    #[test]
    fn certificate_messages_give_their_parts() {
        for (id, text, [subject, issuer, serial, trustpoint, reason]) in [
            (
                717_009,
                "Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: CN=a,O=b.",
                ["CN=a,O=b", "", "03", "", "Hash algorithm is too weak"],
            ),
            (
                717_009,
                "Certificate validation failed. Reason: peer certificate is expired.",
                ["", "", "", "", "peer certificate is expired"],
            ),
            (
                717_023,
                "SSL failed to set device certificate for trustpoint PHONES. Reason: Missing key.",
                ["", "", "", "PHONES", "Missing key"],
            ),
            (
                717_029,
                "Identified client certificate within certificate chain. serial number: 0A, subject name: cn=a b,o=c.",
                ["cn=a b,o=c", "", "0A", "", ""],
            ),
            (717_030, "Found a suitable trustpoint CAPF to validate certificate.", ["", "", "", "CAPF", ""]),
            (
                717_031,
                "Failed to find a suitable trustpoint for the issuer: cn=CAPF-1, o=x Reason: not found",
                ["", "cn=CAPF-1, o=x", "", "", "not found"],
            ),
            (
                717_055,
                "The ID certificate in the trustpoint PHONES has expired. Expiration 10:00 Subject Name cn=a Issuer Name cn=b Serial Number 0c.",
                ["cn=a", "cn=b", "0c", "PHONES", ""],
            ),
        ] {
            let expected = AsaMessage::Certificate {
                subject: subject.into(),
                issuer: issuer.into(),
                serial: serial.into(),
                trustpoint: trustpoint.into(),
                reason: reason.into(),
            };
            assert_eq!(read(id, text), expected, "{text}");
        }
    }

    #[test]
    fn the_rest_of_the_login_is_read() {
        let session = Session { group: "g".into(), user: "u".into(), address: "192.0.2.9".into() };
        for (id, text, expected) in [
            (
                722_051,
                "Group <g> User <u> IP <192.0.2.9> Address <198.51.100.7> assigned to session",
                AsaMessage::AddressAssigned { session: session.clone(), assigned: "198.51.100.7".into() },
            ),
            (
                722_051,
                "Group <g> User <u> IP <192.0.2.9> IPv4 Address <0.0.0.0> IPv6 address <2001:db8::7> assigned to session",
                AsaMessage::AddressAssigned { session: session.clone(), assigned: "2001:db8::7".into() },
            ),
            (
                113_024,
                "Group <g>: Authenticating ssl connection from <192.0.2.9> with username, <u>, from client certificate",
                AsaMessage::UserFromCertificate { session: session.clone() },
            ),
            (
                113_024,
                "Group g: Authenticating SSL connection from 192.0.2.9 with username, u, from client certificate",
                AsaMessage::UserFromCertificate { session: session.clone() },
            ),
            (
                734_003,
                "DAP: User u, Addr 192.0.2.9: Session Attribute aaa.cisco.tunnelgroup = VPNPhone",
                AsaMessage::DapAttribute {
                    session: Session { group: String::new(), ..session.clone() },
                    name: "aaa.cisco.tunnelgroup".into(),
                    value: "VPNPhone".into(),
                },
            ),
        ] {
            assert_eq!(read(id, text), expected, "{text}");
        }
    }
}
