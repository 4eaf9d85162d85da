//! What is passed over, and where it stops.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use super::*;

const HEADER: &str = "Nov 23 2026 10:19:27 vpn : ";

fn class(id: u32) -> Class {
    match id {
        302_013 => Class::Connection,
        106_023 => Class::Denial,
        725_000..=725_999 => Class::Wanted,
        _ => Class::Counted,
    }
}

fn run(text: &str) -> (Run, String) {
    let mut prefix = Prefix::default();
    prefix.set(HEADER, 12..20);
    let run = Counter::new(class, 20, 1000).run(text.as_bytes(), &mut prefix, &mut |_| false);
    (run, prefix.text().to_owned())
}

#[test]
fn lines_that_are_counted_are_passed_over() {
    let log = "Nov 23 2026 10:19:27 vpn : %ASA-6-305011: Built\n\
        Nov 23 2026 10:19:28 vpn : %FTD-6-302013: Built for outside:203.0.113.9/443 to inside:198.51.100.7/1\r\n\
        Nov 23 2026 10:20:31 vpn : %ASA-4-106023: Deny tcp src outside:203.0.113.9/1 dst inside:192.0.2.1/22\n\
        Nov 23 2026 10:20:31 vpn : %ASA-6-725006: Device failed\n";
    let (run, header) = run(log);
    let bytes = log.find("Nov 23 2026 10:20:31 vpn : %ASA-6-725006").unwrap();
    assert_eq!(run, Run { lines: 3, bytes, last_id: 106_023, last_length: 100 });
    assert_eq!(header, "Nov 23 2026 10:20:31 vpn : ");
}

#[test]
fn whatever_is_not_as_expected_stops() {
    for line in [
        "Nov 24 2026 10:19:27 vpn : %ASA-6-305011: another day\n",
        "Nov 23 2026 10:19:2x vpn : %ASA-6-305011: no digit\n",
        "Nov 23 2026 10:19:2: vpn : %ASA-6-305011: what stands behind nine\n",
        "Nov 23 2026 10:19:2/ vpn : %ASA-6-305011: what stands before nought\n",
        "Nov 23 2026 10:19:2p vpn : %ASA-6-305011: what ends like a digit\n",
        "Nov 23 2026 10:19:27 vpn: %ASA-6-305011: another header\n",
        "Nov 23 2026 10:19:27 vpn : ASA-6-305011: no tag\n",
        "Nov 23 2026 10:19:27 vpn : %PIX-6-305011: another product\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-8-305011: no severity\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-30501x: no id\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-3050111: no id\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-305011 no colon\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-305011:  %ASA-6-725006: another tag\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-305011: \u{fc}\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-305011: no line end",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-725006: wanted\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-6-302013: Built to identity:198.51.100.1/443\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-4-106023: Deny tcp src o:203.0.113.9/1 dst o:192.0.2.1/https\n",
        "Nov 23 2026 10:19:27 vpn : %ASA-4-106023: Deny tcp src o:203.0.113.9/1 dst o:192.0.2.1/5060\n",
        "Nov 23 2026 10:19:27",
        "\n",
        "",
    ] {
        assert_eq!(run(line), (Run::default(), HEADER.to_owned()), "{line}");
    }
    let long = format!("{HEADER}%ASA-6-305011: {}\n", "x".repeat(1000));
    assert_eq!(run(&long).0, Run::default());
}

#[test]
fn a_header_of_any_length_fits_at_another_time() {
    for header in ["1 ", "10:19 ", "10:19:27", "10:19:27 ", "Nov 23 2026 10:19:27 vpn : "] {
        let mut prefix = Prefix::default();
        prefix.set(header, 0..header.len());
        for at in 0..header.len() {
            for byte in 0..=u8::MAX {
                let mut other = header.as_bytes().to_vec();
                let own = other[at];
                other[at] = byte;
                let same = byte == own || byte.is_ascii_digit() && own.is_ascii_digit();
                assert_eq!(prefix.fits(&other), same, "{header} {at} {byte}");
            }
            assert!(!prefix.fits(&header.as_bytes()[..at]), "{header} {at}");
        }
    }
}

#[test]
fn a_line_ends_at_its_feed_and_is_ascii_before_it() {
    for length in 0..70 {
        for odd in 0..=length {
            let mut bytes = vec![b'x'; length];
            bytes.extend(b"\n\xfc\n");
            assert_eq!(line::end(&bytes), Some((length, true)));
            bytes[odd] = 0xfc;
            let end = if odd == length { length + 2 } else { length };
            assert_eq!(line::end(&bytes), Some((end, false)), "{length} {odd}");
        }
        assert_eq!(line::end(&vec![b'x'; length]), None);
    }
}

#[test]
fn ids_are_counted_in_order() {
    let mut prefix = Prefix::default();
    prefix.set("", 0..0);
    let mut counter = Counter::new(class, 20, 1000);
    for _ in 0..2 {
        counter.run(
            b"%ASA-6-999999: a\n%ASA-6-305012: a\n%ASA-6-000000: a\n%ASA-6-305011: a\n%ASA-6-305012: b\n",
            &mut prefix,
            &mut |_| false,
        );
    }
    let counts: Vec<_> = counter.counts().collect();
    assert_eq!(counts, [(0, 2), (305_011, 2), (305_012, 4), (999_999, 2)]);
}

#[test]
fn marks_are_met_with_what_follows_them() {
    let mark = Mark::new("SEC", &["D:", "UREAPP-"]);
    for (text, met) in
        [("SECURE SECD: x", true), ("xSECUREAPP-x", true), ("SECD", false), ("SECUREAPP", false), ("", false)]
    {
        assert_eq!(mark.is_in(text.as_bytes()), met, "{text}");
    }
}

#[test]
fn a_wanted_line_is_handed_on_where_it_is_a_whole_message() {
    let wanted = "%ASA-6-725006: Device failed\n";
    let counted = "%ASA-6-305011: Built\n";
    for (shortest, log, taken) in [
        (10, [wanted, counted].concat(), 2),
        (10, wanted.repeat(3), 3),
        // A short line may go on in what follows, as long as that is no message.
        (100, [wanted, counted].concat(), 2),
        (100, [wanted, "handshake\n"].concat(), 0),
        (100, [counted, wanted].concat(), 1),
        (100, wanted.repeat(3), 2),
    ] {
        let mut prefix = Prefix::default();
        prefix.set("", 0..0);
        let mut seen = Vec::new();
        let run = Counter::new(class, shortest, 1000).run(log.as_bytes(), &mut prefix, &mut |whole| {
            seen.push((whole.lines, whole.bytes));
            assert_eq!((whole.id, whole.severity, whole.line), (725_006, 6, wanted.trim_end().as_bytes()));
            assert_eq!(whole.line.get(whole.text..), Some(&b"Device failed"[..]));
            true
        });
        assert_eq!(run.lines, taken, "{shortest} {log}");
        assert!(seen.iter().all(|(lines, bytes)| {
            log.lines().take(*lines as usize).map(|line| line.len() + 1).sum::<usize>() == *bytes
        }));
    }
    // Whoever does not take it gets it as a line.
    let mut prefix = Prefix::default();
    prefix.set("", 0..0);
    let run = Counter::new(class, 10, 1000).run(wanted.as_bytes(), &mut prefix, &mut |_| false);
    assert_eq!(run, Run::default());
}

#[test]
fn packets_to_ports_of_phones_are_told_by_their_destination() {
    for (text, wanted) in [
        ("Deny udp src outside:198.51.100.7/50091 dst inside:198.51.100.69/69 by access-group \"o\"", true),
        ("Deny tcp src outside:198.51.100.7/50091 dst inside:198.51.100.10/2000 by access-group \"o\"", true),
        ("Deny udp src outside:198.51.100.7/5060 dst inside:198.51.100.10/sip(user) by access-group", true),
        (
            "access-list o denied tcp outside/198.51.100.7(50091) -> inside/198.51.100.10(6970) hit-cnt 1",
            true,
        ),
        ("access-list o denied tcp outside/2001:db8::7(50091) -> inside/2001:db8::10(2443) hit-cnt 1", true),
        ("Routing failed to locate next-hop for udp from o:2001:db8::7/1 to i:2001:db8::10/tftp", true),
        // The sender's own port, and addresses and ports that only begin alike.
        ("Deny udp src outside:198.51.100.7/5060 dst inside:198.51.100.10/53 by access-group \"o\"", false),
        ("access-list o denied udp outside/198.51.100.7(5060) -> inside/198.51.100.10(53) hit-cnt 1", false),
        ("access-list o denied udp outside/198.51.100.7(53) -> inside/69.2.3.4(53) hit-cnt 1", false),
        ("Deny tcp src outside:198.51.100.7/1 dst inside:198.51.100.10/20001 by access-group \"o\"", false),
        (
            "access-list o permitted tcp outside/198.51.100.7(50091) -> inside/198.51.100.10(6970) hit-cnt 1",
            false,
        ),
        (
            "access-list o est-allowed tcp outside/198.51.100.7(50091) -> inside/198.51.100.10(6970) hit-cnt 1",
            false,
        ),
        ("Inbound TCP connection denied", false),
        ("", false),
    ] {
        assert_eq!(is_denial_at_phone_port(text.as_bytes()), wanted, "{text}");
    }
}
