//! Whole logs, as a user would drop them.

use super::*;
use crate::documents::Content;
use crate::documents::asa_syslog::{AsaMessage, AsaSyslog};
use crate::time::Stamp;

fn read(text: &str) -> AsaSyslog {
    read_in(text.as_bytes(), usize::MAX, &Limits::default()).unwrap_or_default()
}

fn read_in(bytes: &[u8], chunk: usize, limits: &Limits) -> Option<AsaSyslog> {
    let mut reader = stream(limits);
    for chunk in bytes.chunks(chunk.max(1)) {
        reader.push(chunk);
    }
    reader.finish().documents.into_iter().find_map(|content| match content {
        Content::AsaSyslog(log) => Some(log),
        _ => None,
    })
}

/// A handshake that the phone broke off because it does not know the certificate, as a document wraps it.
const HASH_MISMATCH: &str = "\
Here is the log of the ASA:
%ASA-7-725012: Device chooses cipher : AES128-SHA for the SSL session with
client outside:192.0.2.9/50091
%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert
unknown ca
%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091
902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect
initialization
";

#[test]
fn the_lines_of_a_hash_mismatch_are_joined_and_typed() {
    let peer = Peer {
        interface: "outside".into(),
        address: "192.0.2.9".into(),
        port: Some(50_091),
        is_server: false,
    };
    let log = read(HASH_MISMATCH);
    assert_eq!((log.messages, log.lines), (3, (2, 6)));
    let messages: Vec<_> = log.events.iter().map(|event| (event.at.line, event.message.clone())).collect();
    assert_eq!(
        messages,
        [
            (2, AsaMessage::CipherChosen { peer: peer.clone(), name: "AES128-SHA".into() }),
            (
                4,
                AsaMessage::LibraryError {
                    function: "SSL3_READ_BYTES".into(),
                    reason: "tlsv1 alert unknown ca".into()
                }
            ),
            (6, AsaMessage::HandshakeFailed { peer }),
        ]
    );
    assert!(!log.events[2].text().contains("902"), "{}", log.events[2].text());
}

#[test]
fn a_terminal_breaks_words_at_eighty_columns() {
    let line = "Nov 23 2026 10:19:27 vpn : %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca";
    let (first, second) = line.split_at(80);
    let log = read(&format!("{first}\n<--- More --->\n{second}\n%ASA-6-302013: Built\n"));
    assert_eq!(log.events[0].text(), line.split_once(": SSL").map(|(_, rest)| format!("SSL{rest}")).unwrap());
    assert_eq!(log.messages, 2);
}

#[test]
fn a_terminal_breaks_names_in_brackets_and_at_blanks() {
    let whole = "%ASA-3-722020: TunnelGroup <g> GroupPolicy <p> User <u> IP <192.0.2.9> No address available for SVC connection";
    // Every place of the break, by a group of another length.
    for length in 1..40 {
        let line = whole.replace("<g>", &format!("<{}>", "g".repeat(length)));
        let (first, second) = line.split_at(80);
        let log = read(&format!("{first}\n{second}\n%ASA-6-725006: x\n"));
        let session = log.events[0].message.session().unwrap();
        assert_eq!(
            (session.group.as_str(), session.address.as_str()),
            ("p", "192.0.2.9"),
            "{first}|{second}"
        );
    }
}

#[test]
fn a_tag_in_a_name_is_no_message() {
    let wrapped = format!(
        "{:<80}\n%ASA-6-725006: Device failed",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-113005: AAA user = "
    );
    for text in [
        wrapped.as_str(),
        "%ASA-6-113005: AAA user authentication Rejected: user = %ASA-6-725006: Device failed",
        "Nov 23 2026 10:19:27: %ASA-6-113005: AAA user authentication Rejected : reason =\nuser = %ASA-6-725006: Device failed",
        "%ASA-6-716039: Group <g> User <Nov 23 2026 10:19:27: %ASA-6-725006: x> IP <192.0.2.9> Authentication: rejected",
    ] {
        let log = read(text);
        assert_eq!(log.by_id.get(&725_006), None, "{text}");
        assert_eq!(log.messages, 1, "{text}");
    }
}

#[test]
fn first_and_last_time_are_the_devices() {
    let log = read(
        "Nov 24 09:00:00 relay : Nov 23 2026 10:19:27 CET: %ASA-6-302013: x\n\
         %ASA-6-302013: x\n\
         <166>2026-11-23T10:20:00Z vpn : %ASA-6-302014: x\n",
    );
    let time = |stamp: Option<Stamp>| stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
    assert_eq!(time(log.first), "2026-11-23T10:19:27");
    assert_eq!(time(log.last), "2026-11-23T10:20:00Z");
    assert!(log.events.is_empty());
}

#[test]
fn the_header_of_show_logging_gives_the_level() {
    let log = read("Syslog logging: enabled\n    Buffer logging: level debugging, 12 messages logged\n");
    assert_eq!(log.buffer_level.map(|level| (level.value, level.at.line)), Some(("debugging".into(), 2)));
    assert_eq!(log.messages, 0);
}

#[test]
fn events_over_the_limit_are_counted_and_said() {
    let limits = Limits { events: 2, ..Limits::default() };
    let mut reader = stream(&limits);
    reader.push(HASH_MISMATCH.as_bytes());
    let parsed = reader.finish();
    let Some(Content::AsaSyslog(log)) = parsed.documents.first() else { panic!("no log") };
    assert_eq!((log.messages, log.events.len(), log.events_dropped), (3, 2, 1));
    assert_eq!(parsed.notes.len(), 1);
}

#[test]
fn chunks_of_any_size_give_the_same() {
    let whole = read(HASH_MISMATCH);
    for size in [1, 7, 4096] {
        assert_eq!(read_in(HASH_MISMATCH.as_bytes(), size, &Limits::default()), Some(whole.clone()));
    }
}

#[test]
fn a_log_cut_at_any_byte_is_still_read() {
    for cut in 0..HASH_MISMATCH.len() {
        let log = read_in(&HASH_MISMATCH.as_bytes()[..cut], 64, &Limits::default()).unwrap_or_default();
        assert!(log.messages <= 3);
    }
}

#[test]
fn a_text_without_messages_gives_no_document() {
    assert_eq!(read_in(b"902: NOT 10:19:27.155936 VPNC: start\n", 64, &Limits::default()), None);
}
