//! A log in which lines are passed over is read as if every line had been looked at, however it comes in chunks.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};

use super::reader::Reader;
use super::*;
use crate::documents::Content;
use crate::documents::asa_syslog::AsaSyslog;
use crate::lines::LineFeed;

/// What stands before a tag.
const HEADERS: [&str; 14] = [
    "Nov 23 2026 10:19:27 vpn : ",
    "Nov 23 2026 10:19:28 vpn : ",
    "Nov 23 2026 10:19:28 vpn : ",
    "<166>Nov 23 2026 10:19:28.123: ",
    "<166>Nov 23 2026 10:19:28.124: ",
    "Nov 23 10:19:27 192.0.2.1 Nov 23 2026 10:19:27 vpn : ",
    "<166>",
    "",
    "vpn : ",
    "The log says ",
    "Nov 23 2026 10:19:29 vpn : message repeated 3 times: [ ",
    "Last message 'Nov 23 2026 10:19:29 vpn : ",
    "Nov 23 2026 10:19:29 vp\u{fc} : ",
    "100% of Nov 23 2026 10:19:29 vpn : ",
];

/// Tags and texts.
const MESSAGES: [&str; 24] = [
    "%ASA-6-302013: Built outbound TCP connection 81 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:198.51.100.7/5123 (192.0.2.1/5123)",
    "%ASA-6-302014: Teardown TCP connection 81 for outside:203.0.113.9/443 to inside:198.51.100.7/5123 duration 0:00:30 bytes 12 TCP FINs",
    "%ASA-6-302013: Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)",
    "%FTD-6-302013: Built",
    "%ASA-4-106023: Deny tcp src outside:203.0.113.9/1234 dst inside:192.0.2.1/22 by access-group \"OUTSIDE_IN\" [0x0, 0x0]",
    "%ASA-4-106023: Deny tcp src outside:203.0.113.9/1234 dst inside:192.0.2.1/443 by access-group \"OUTSIDE_IN\" [0x0, 0x0]",
    "%ASA-4-722051: Group <g> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Address <203.0.113.9> assigned to session",
    "%ASA-4-106023: Deny tcp src outside:203.0.113.9/1234 dst inside:192.0.2.1/5060 by access-group \"OUTSIDE_IN\" [0x0, 0x0]",
    "%ASA-6-106100: access-list OUTSIDE_IN denied udp outside/10.1.1.7(1234) -> inside/192.0.2.1(69) hit-cnt 1 first hit",
    "%ASA-6-110003: Routing failed to locate next-hop for udp from outside:10.1.1.7/1234 to inside:192.0.2.1/22",
    "%ASA-5-305013: Asymmetric NAT rules matched for forward and reverse flows; Connection for udp src outside:10.1.1.7/1234 dst inside:192.0.2.1/5060 denied due to NAT reverse path failure.",
    "%ASA-6-305011: Built dynamic TCP translation from inside:198.51.100.7/5123 to outside:192.0.2.1/5123",
    "%ASA-6-305011: %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091",
    "%ASA-5-304001: a text of eighty columns, so that the next line may go on ",
    "%ASA-6-305012: Gr\u{fc}\u{df}e",
    "%ASA-6-305012 no colon",
    "%ASA-session-6-305012: a class",
    "%ASA-6-3050123: seven digits",
    "%PIX-6-305012: an old one",
    "%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca",
    "%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443",
    "%ASA-7-725012: Device chooses cipher : AES128-SHA for the SSL session with",
    "%ASA-6-716039: Group <g> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.",
    "%ASA-6-113005: AAA user authentication Rejected : reason = Invalid password : local database : user = u",
];

/// Lines without a tag.
const OTHERS: [&str; 8] = [
    "client outside:192.0.2.9/50091",
    "last message repeated 3 times",
    "(Message repeated 2 times)",
    "",
    "Buffer logging: level debugging, 12 messages logged",
    "902: NOT 10:19:27.155936 VPNC: start",
    "a line with\0a zero and a \r in it",
    "Gr\u{fc}\u{df}e",
];

const ENDS: [&str; 4] = ["\n", "\n", "\r\n", "\r\r\n"];

fn line() -> impl Strategy<Value = String> {
    let select = proptest::sample::select::<&str>;
    let message =
        (select(&HEADERS[..]), select(&MESSAGES[..])).prop_map(|(before, text)| [before, text].concat());
    let line = prop_oneof![
        8 => message.clone(),
        2 => message.prop_map(|line| line.chars().take(80).collect()),
        2 => select(&OTHERS[..]).prop_map(str::to_owned),
    ];
    (line, 1_usize..6, select(&ENDS[..]))
        .prop_map(|(line, times, end)| [line.as_str(), end].concat().repeat(times))
}

fn log_of(reader: Box<dyn Stream>) -> Option<AsaSyslog> {
    reader.finish().documents.into_iter().find_map(|content| match content {
        Content::AsaSyslog(log) => Some(log),
        _ => None,
    })
}

/// Every line looked at.
fn line_by_line(bytes: &[u8], limits: &Limits) -> Option<AsaSyslog> {
    let mut reader = Box::new(Reader::with_batch(limits, usize::MAX));
    let mut feed = LineFeed::new(limits.line * 64);
    feed.push(bytes, &mut |line| reader.line(line));
    feed.finish(&mut |line| reader.line(line));
    log_of(reader)
}

fn in_chunks(bytes: &[u8], chunk: usize, batch: usize, limits: &Limits) -> Option<AsaSyslog> {
    let mut reader = Box::new(Reader::with_batch(limits, batch));
    bytes.chunks(chunk).for_each(|chunk| reader.push(chunk));
    log_of(reader)
}

fn as_bytes(text: &str, encoding: u8) -> Vec<u8> {
    match encoding {
        // Windows-1252.
        1 => text.chars().map(|sign| u8::try_from(sign).unwrap_or(b'?')).collect(),
        2 => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        3 => text.replace('\n', "\r").into_bytes(),
        _ => text.as_bytes().to_vec(),
    }
}

#[test]
fn a_log_is_read_as_if_every_line_had_been_looked_at() {
    let config = Config {
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_261_129),
        failure_persistence: None,
        ..Config::with_cases(600)
    };
    let logs = proptest::collection::vec(line(), 0..40);
    proptest!(config, |(lines in logs, chunk in 1_usize..3000, encoding in 0_u8..8, events in 0_usize..12, line in prop_oneof![1_usize..5, 60_usize..200], batch in 1_usize..9)| {
        let bytes = as_bytes(&lines.concat(), encoding);
        let limits = Limits { events, line, ..Limits::default() };
        let wanted = line_by_line(&bytes, &limits);
        prop_assert_eq!(in_chunks(&bytes, usize::MAX, batch, &limits), wanted.clone());
        prop_assert_eq!(in_chunks(&bytes, chunk, batch, &limits), wanted);
    });
}
