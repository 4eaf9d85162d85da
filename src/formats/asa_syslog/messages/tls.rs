//! 725xxx: TLS handshakes with the ASA.
//!
//! ```text
//! Device chooses cipher : AES128-SHA for the SSL session with client outside:192.0.2.9/50091
//! SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca
//! ```
//! A handshake that fails says why only in 725014, which names no address.

use std::borrow::Cow;

use super::super::Peer;
use super::super::phrase::{Words, rsplit_phrase, split_phrase};
use super::words::{apart, is_address, split_word, trimmed, unspaced};
use crate::documents::asa_syslog::AsaMessage;

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let peer = || peer(text);
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
        725_021 | 725_022 => AsaMessage::CipherPreference { text: text.into() },
        _ => AsaMessage::Other,
    }
}

/// The far end: the first `interface:address/port`. The guide prints blanks before `:` and `/`.
pub(super) fn peer(text: &str) -> Peer<Words<'_>> {
    plain_peer(text).unwrap_or_else(|| any_peer(text))
}

/// The far end where it is the first word with a slash, without blanks in it: that is how it is logged.
fn plain_peer(text: &str) -> Option<Peer<Words<'_>>> {
    let bytes = text.as_bytes();
    let slash = memchr::memchr(b'/', bytes)?;
    let (before, behind) = bytes.split_at_checked(slash)?;
    let begin = before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |blank| blank + 1);
    let end = behind.iter().position(u8::is_ascii_whitespace).map_or(text.len(), |length| slash + length);
    // Where one of these signs stands behind a blank, the blank is none.
    let goes_on = |at: usize| matches!(bytes.get(at), Some(b':' | b'/'));
    if goes_on(begin) || goes_on(end + 1) {
        return None;
    }
    let word = text.get(begin..end)?;
    let found = plain_far_end(word, slash - begin).or_else(|| far_end(word))?;
    let before = text.get(..begin)?;
    has_address(&found).then(|| of_words(found, is_behind_server(before)))
}

/// The far end in a word that is nothing else: its first slash stands there, and nothing but digits behind it.
fn plain_far_end(word: &str, slash: usize) -> Option<FarEnd<'_>> {
    let (before, port) = (word.get(..slash)?, word.get(slash + 1..)?);
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bytes = before.as_bytes();
    let colon = bytes.iter().position(|byte| *byte == b':')?;
    if colon == 0 || colon + 1 == slash || bytes.contains(&b'(') {
        return None;
    }
    Some((before.get(..colon)?, before.get(colon + 1..)?, port))
}

/// The last word says that the ASA dials.
fn is_behind_server(before: &str) -> bool {
    let rest = before.trim_ascii_end().as_bytes().strip_suffix(SERVER.as_bytes());
    rest.is_some_and(|rest| rest.last().is_none_or(u8::is_ascii_whitespace))
}

/// The far end, wherever it stands and however many blanks are in it.
fn any_peer(text: &str) -> Peer<Words<'_>> {
    match unspaced(text) {
        Cow::Borrowed(text) => unspaced_peer(text),
        Cow::Owned(text) => apart(unspaced_peer(&text)),
    }
}

fn unspaced_peer(text: &str) -> Peer<Words<'_>> {
    let mut fallback = None;
    let mut before = "";
    for token in text.split_ascii_whitespace() {
        let is_server = std::mem::replace(&mut before, token) == SERVER;
        let Some(found) = far_end(token) else { continue };
        if has_address(&found) {
            return of_words(found, is_server);
        }
        // `names` replaces addresses by words.
        fallback = fallback.or(Some((found, is_server)));
    }
    fallback.map(|(found, is_server)| of_words(found, is_server)).unwrap_or_default()
}

/// Interface, address and port in a word.
type FarEnd<'t> = (&'t str, &'t str, &'t str);

fn far_end(token: &str) -> Option<FarEnd<'_>> {
    if !token.bytes().any(|byte| byte == b'/') {
        return None;
    }
    let token = token.trim_end_matches(['.', ',']);
    let token = token.split('(').next().unwrap_or_default();
    let (interface, rest) = token.split_once(':')?;
    let (address, port) = rest.rsplit_once('/')?;
    (!interface.is_empty() && !address.is_empty()).then_some((interface, address, port))
}

fn has_address((_, address, _): &FarEnd<'_>) -> bool {
    is_address(address)
}

fn of_words((interface, address, port): FarEnd<'_>, is_server: bool) -> Peer<Words<'_>> {
    Peer { interface: interface.into(), address: address.into(), port: port.parse().ok(), is_server }
}

/// The word before a far end that the ASA dials.
const SERVER: &str = "server";

/// `… for TLSv1.2 session.`
fn protocol(text: &str) -> Words<'_> {
    let Some((_, rest)) = rsplit_phrase(text, " for ") else { return Words::default() };
    let word = rest.split_ascii_whitespace().next().unwrap_or_default();
    let known = ["TLS", "DTLS", "SSL"].iter().any(|start| word.starts_with(start));
    if known { word.trim_end_matches(['.', ',']).into() } else { Words::default() }
}

/// `… the following 2 cipher(s).`
fn count(text: &str) -> u32 {
    let Some((before, _)) = split_phrase(text, "cipher(s)") else { return 0 };
    before.split_ascii_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// `Cipher[1] : AES128-SHA`
fn cipher(text: &str) -> AsaMessage<Words<'_>> {
    let order =
        text.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(order, _)| order.trim());
    let name = text.split_once(':').map(|(_, name)| name.trim().trim_end_matches('.')).unwrap_or_default();
    AsaMessage::Cipher {
        order: order.and_then(|order| order.parse().ok()).unwrap_or_default(),
        name: name.into(),
    }
}

/// `Device chooses cipher : AES128-SHA for the SSL session with …`
fn chosen(text: &str) -> Words<'_> {
    let rest = split_phrase(text, "cipher").map(|(_, rest)| rest).unwrap_or_default();
    rest.trim_start_matches([':', ' ']).split_ascii_whitespace().next().unwrap_or_default().into()
}

/// `SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca`
fn library_error(text: &str) -> AsaMessage<Words<'_>> {
    let (before, reason) = split_word(text, "reason:").unwrap_or((text, ""));
    let function = split_word(before, "function:").map(|(_, function)| function).unwrap_or_default();
    AsaMessage::LibraryError { function: trimmed(function).into(), reason: trimmed(reason).into() }
}

/// `Device selects trust-point PHONES for client …`
fn selected(text: &str) -> Words<'_> {
    let rest = split_word(text, "trust-point").or_else(|| split_word(text, "trustpoint"));
    let rest = rest.map(|(_, rest)| rest).unwrap_or_default();
    let name = ["client", "server", "peer"]
        .iter()
        .filter_map(|word| rest.find(&format!(" for {word}")))
        .min()
        .and_then(|end| rest.get(..end));
    let name = name.or_else(|| rest.split_ascii_whitespace().next()).unwrap_or_default();
    name.trim().trim_matches(['<', '>']).into()
}

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;

    fn is(interface: &str, address: &str, port: u16) -> Peer {
        Peer { interface: interface.into(), address: address.into(), port: Some(port), is_server: false }
    }

    fn own(peer: Peer<Words<'_>>) -> Peer {
        let Peer { interface, address, port, is_server } = peer;
        Peer { interface: interface.into_owned(), address: address.into_owned(), port, is_server }
    }

    #[test]
    fn peers_of_old_and_new_wordings_are_read() {
        for (text, expected) in [
            (
                "Starting SSL handshake with client outside:192.0.2.9/50091 for TLSv1 session.",
                is("outside", "192.0.2.9", 50_091),
            ),
            (
                "Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1.2 session",
                is("outside", "192.0.2.9", 50_091),
            ),
            (
                "Device failed SSL handshake with client WAN-1:2001:db8::9/50091",
                is("WAN-1", "2001:db8::9", 50_091),
            ),
            (
                "Connection info: outside :192.0.2.9 /50091 to 198.51.100.1 /443",
                is("outside", "192.0.2.9", 50_091),
            ),
            ("SSL client outside:192.0.2.9/50091(LOCAL\\a b) proposes", is("outside", "192.0.2.9", 50_091)),
            ("with client outside:branch-fw/50091.", is("outside", "branch-fw", 50_091)),
            (
                "Starting SSL handshake with server inside:192.0.2.9/636 for TLSv1.2 session",
                Peer { is_server: true, ..is("inside", "192.0.2.9", 636) },
            ),
            (
                "handshake with server inside :ldap-1 /636",
                Peer { is_server: true, ..is("inside", "ldap-1", 636) },
            ),
            ("no address at all", Peer::default()),
            ("SSL client /50091 outside:192.0.2.9/50091", is("outside", "192.0.2.9", 50_091)),
            ("with client outside:192.0.2.9/50091 /443", is("outside", "192.0.2.9/50091", 443)),
            ("with client outside:192.0.2.9/50091 to\u{a0}x :y", is("outside", "192.0.2.9", 50_091)),
        ] {
            assert_eq!(own(any_peer(text)), expected, "{text}");
            assert_eq!(own(peer(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_plain_far_end_is_what_any_reading_finds() {
        let parts = [
            "outside:",
            ":",
            "/443",
            "/",
            "(x)",
            ".",
            " ",
            " server ",
            "192.0.2.9",
            "2001:db8::9",
            "name",
            "+1",
            "(",
        ];
        let (mut plain, count) = (0, parts.len());
        for number in 0..count.pow(4) {
            let part = |place: u32| parts[number / count.pow(place) % count];
            let word = [part(0), part(1), part(2), part(3)].concat();
            let Some(slash) = word.find('/') else { continue };
            if let Some(found) = plain_far_end(&word, slash) {
                assert_eq!(far_end(&word), Some(found), "{word}");
                plain += 1;
            }
            let before = word.split_ascii_whitespace().next_back();
            assert_eq!(is_behind_server(&word), before == Some(SERVER), "{word}");
        }
        assert!(plain > 100, "{plain}");
    }

    #[test]
    fn tls_messages_say_what_they_say() {
        let peer = is("outside", "192.0.2.9", 50_091);
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
        ] {
            assert_eq!(owned(read(id, text)), expected);
        }
    }
}
