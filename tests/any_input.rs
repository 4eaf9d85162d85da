//! What holds for any input, of real lines and of bytes that nobody wrote: it is read, in pieces as whole, and no
//! text is without an answer. What fails is shrunk to the smallest that fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::redact::{Addresses, redact};

/// The same numbers every time, and no files beside the sources.
fn config(cases: u32) -> Config {
    Config {
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        ..Config::with_cases(cases)
    }
}

/// Beginnings and lines of what is read.
const PARTS: [&[u8]; 18] = [
    b"%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50000 for TLSv1 session.\n",
    b"%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n",
    b"902: NOT 10:19:27.375718 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n",
    b"<vpnGroup><credentials><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>",
    b"<device>",
    b"</vpnGroup>",
    b"-----BEGIN CERTIFICATE-----\n",
    b"asa# show running-config\n",
    b"ASA Version 9.8(2)\nhostname asa\nwebvpn\n enable outside\n",
    b"ssl trust-point PHONES outside\n",
    b"SHA1 Fingerprint=E5:7E:81:EA\n",
    b"Content-Type: multipart/mixed; boundary=\"x\"\n\n--x\n",
    b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\xff\xff\0\0\x01\0\0\0",
    b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\x01\0\0\0",
    b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
    b"PK\x03\x04\x14\0\0\0\0\0",
    b"\xff\xfe",
    b"\r\n",
];

fn any_input() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        3 => proptest::sample::select(&PARTS[..]).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn in_pieces(bytes: &[u8], size: usize) -> Reading {
    let mut intake = Intake::new("any", bytes.len() as u64, &Limits::default());
    bytes.chunks(size.max(1)).for_each(|chunk| intake.push(chunk));
    intake.finish()
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn in_pieces_it_is_what_it_is_as_a_whole(bytes in any_input(), size in 1_usize..64) {
        prop_assert_eq!(in_pieces(&bytes, size), intake::read("any", &bytes, &Limits::default()));
    }

    #[test]
    fn redacting_twice_is_redacting_once(bytes in any_input()) {
        let case = diagnose(&[intake::read("any", &bytes, &Limits::default())], &Said::new(), 0);
        let once = redact(&case, Addresses::Opaque, [7; 32]).diagnosis;
        let twice = redact(&once, Addresses::Opaque, [7; 32]).diagnosis;
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn a_text_has_a_hash_or_says_why_not(text in "\\PC{0,80}|[0-9a-fA-F: \\-.]{10,60}|[A-Za-z0-9+/=]{20,48}") {
        let values = fingerprint::read(&text);
        prop_assert!(!values.is_empty());
        for value in values {
            prop_assert!(!value.bytes.is_empty() || !value.notes.is_empty(), "{:?}", value);
        }
    }
}
