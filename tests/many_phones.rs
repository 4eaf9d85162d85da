//! A log of many phones and PCs at once: a row for each phone, and right counts.

#![allow(clippy::expect_used, missing_docs)]

mod generator;

use generator::{Answer, Log, Wanted};
use vpn_phone_doctor::case::{Case, Said};
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::asa_syslog::{AsaSyslog, PhoneSeen};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::stage::Stage;

/// Streams a log, and returns what was read with the answers.
fn stream(wanted: Wanted, limits: &Limits) -> (Reading, Vec<Answer>, Vec<Answer>) {
    let mut log = Log::new(wanted);
    let mut intake = Intake::new("messages", u64::MAX, limits);
    let mut chunk = String::new();
    for line in &mut log {
        chunk.push_str(&line);
        if chunk.len() > 1 << 16 {
            intake.push(chunk.as_bytes());
            chunk.clear();
        }
    }
    intake.push(chunk.as_bytes());
    let (phones, shared) = log.answers();
    (intake.finish(), phones, shared)
}

fn log_of(reading: &Reading) -> &AsaSyslog {
    let logs = reading.documents.iter().find_map(|document| match &document.content {
        Content::AsaSyslog(log) => Some(log),
        _ => None,
    });
    logs.expect("a log")
}

fn as_answer(seen: &PhoneSeen) -> Answer {
    let place = |stage: Option<Stage>| {
        let at = Stage::ALL.iter().position(|known| Some(*known) == stage);
        at.map_or(0, |at| at as u8 + 1)
    };
    let known = [
        "tlsv1 alert unknown ca",
        "no shared cipher",
        "Account has been disabled",
        "DfltAccessPolicy",
        "session limit of 0",
        "DPD failure",
        "",
    ];
    Answer {
        name: seen.user.rsplit('-').next().unwrap_or_default().to_owned(),
        address: seen.addresses.first().cloned().unwrap_or_default(),
        attempts: seen.attempts,
        connected: seen.connected,
        furthest: place(seen.furthest),
        failed: seen.failed.map(Stage::id).unwrap_or_default(),
        reason: known.into_iter().find(|reason| *reason == seen.reason).unwrap_or("another reason"),
    }
}

/// Every row is exactly what it must be.
fn compare(reading: &Reading, mut phones: Vec<Answer>, mut shared: Vec<Answer>) {
    let seen = &log_of(reading).phones;
    let sorted = |rows: &[PhoneSeen]| {
        let mut rows: Vec<Answer> = rows.iter().map(as_answer).collect();
        rows.sort_by(|one, other| (&one.name, &one.address).cmp(&(&other.name, &other.address)));
        rows
    };
    let (read, read_shared) = (sorted(&seen.phones), sorted(&seen.shared));
    // How far the handshakes of a shared address came is not asked.
    let by_address = |rows: &mut Vec<Answer>| rows.iter_mut().for_each(|row| row.furthest = 0);
    let mut read_shared = read_shared;
    by_address(&mut read_shared);
    by_address(&mut shared);
    phones.sort_by(|one, other| one.name.cmp(&other.name));
    let wrong: Vec<_> = read.iter().zip(&phones).filter(|(read, right)| read != right).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} are wrong, for example {:#?}",
        wrong.len(),
        phones.len(),
        wrong.first()
    );
    assert_eq!(read.len(), phones.len());
    assert_eq!(read_shared, shared);
}

#[test]
fn every_phone_of_a_busy_log_has_its_row() {
    let wanted = Wanted { phones: 200, pcs: 60, bytes: 2_000_000, seed: 7 };
    let (reading, phones, shared) = stream(wanted, &Limits::default());
    assert!(phones.len() == 200 && shared.len() > 5, "{} {}", phones.len(), shared.len());
    compare(&reading, phones, shared);
}

#[test]
fn rows_reach_further_than_the_list_of_events() {
    let wanted = Wanted { phones: 50, pcs: 20, bytes: 300_000, seed: 11 };
    let limits = Limits { events: 100, ..Limits::default() };
    let (reading, phones, shared) = stream(wanted, &limits);
    // Beyond the list, the last failure of each phone is kept, so that rules see it.
    let log = log_of(&reading);
    let late = log.events.get(100..).unwrap_or_default();
    assert!(late.len() < 150, "{}", late.len());
    let failing = log.phones.phones.iter().filter(|seen| seen.failed.is_some());
    for seen in failing {
        assert!(log.events.iter().any(|event| event.at.line == seen.at.line), "{seen:?}");
    }
    compare(&reading, phones, shared);
}

#[test]
fn interleaved_handshakes_keep_their_lists_and_reasons() {
    let wanted = Wanted { phones: 120, pcs: 60, bytes: 2_000_000, seed: 5 };
    let text: String = Log::new(wanted).collect();
    let readings = [intake::read("x", text.as_bytes(), &Limits::default())];
    let said = Said::new();
    let case = Case::of(&readings, &said, 0);
    let failed = case.handshakes.iter().filter(|handshake| handshake.failed.is_some());
    let mut count = 0;
    for handshake in failed {
        count += 1;
        let reasons: Vec<&str> = handshake.reasons.iter().map(|reason| reason.value.as_str()).collect();
        let expected = if handshake.chosen.is_some() { "tlsv1 alert unknown ca" } else { "no shared cipher" };
        assert_eq!(reasons, [expected], "{:?}", handshake.peer);
        let proposed: Vec<&str> = handshake.proposed.iter().map(|cipher| cipher.value.as_str()).collect();
        assert_eq!((proposed.len(), handshake.supported.len()), (2, 2), "{proposed:?}");
        let own = format!("DES-CBC3-SHA-{}", handshake.peer.port.unwrap_or_default());
        assert_eq!(proposed[1], own);
    }
    assert!(count > 50, "{count}");
}

/// A mistake that many phones share is one finding, which names every one of them however many lines prove it.
#[test]
fn one_fix_for_many_phones_names_them_all() {
    const PHONES: u32 = 60;
    let asa = "ASA Version 9.8(2)\nhostname edge\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 \
               255.255.255.0\nwebvpn\n enable outside\n anyconnect enable\ngroup-policy Phones internal\n\
               group-policy Phones attributes\n vpn-tunnel-protocol ssl-client\ntunnel-group Phones type remote-access\n\
               tunnel-group Phones general-attributes\n default-group-policy Phones\n\
               tunnel-group Phones webvpn-attributes\n authentication certificate\n \
               group-url https://vpn.example.com/Phones enable\n: end\n";
    let names: Vec<String> = (0..PHONES).map(|number| format!("SEP0011223344{:02X}", number)).collect();
    for (rule, vpn) in [
        ("vpn-group-missing", ""),
        (
            "group-url-mismatch",
            "<vpnGroup><addresses><url1>https://vpn.example.com/Desks</url1></addresses></vpnGroup>",
        ),
        (
            "authentication-method-mismatch",
            "<vpnGroup><authMethod>1</authMethod><addresses><url1>https://vpn.example.com/Phones</url1></addresses></vpnGroup>",
        ),
    ] {
        let config = format!("<device>{vpn}<loadInformation>SIP45.9-4-2SR3-1S</loadInformation></device>\n");
        let files = names.iter().map(|name| (format!("{name}.cnf.xml"), config.as_str()));
        let files = files.chain([("asa.cfg".to_owned(), asa)]);
        let readings: Vec<Reading> =
            files.map(|(name, text)| intake::read(&name, text.as_bytes(), &Limits::default())).collect();
        let case = diagnose(&readings, &Said::new(), 1_795_000_000);
        let found: Vec<_> = case.findings.iter().filter(|found| found.rule == rule).collect();
        assert_eq!(found.len(), 1, "{rule}");
        let concerned = found.first().map(|found| &found.concerned);
        let told = concerned.map(|phones| (phones.names.as_slice(), phones.count()));
        assert_eq!(told, Some((names.as_slice(), PHONES as usize)), "{rule}");
    }
}
