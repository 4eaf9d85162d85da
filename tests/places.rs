//! Every place leads back to the dropped file: the viewer opens the line that was read, also where its text stands
//! twice, and whatever it was packed in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "packed/mail.rs"]
mod mail;

use mail::mail;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::lookup::{self, Lookup};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::lines::Decoded;
use vpn_phone_doctor::lines_near::{LinesNear, lines_near};
use vpn_phone_doctor::source::{At, Place};

/// The line with this number of an input, and the lines near it as the viewer gets them, in chunks of any size.
fn looked_up(file: &[u8], reading: &Reading, input: usize, at: At) -> (String, u32) {
    let input = u32::try_from(input).unwrap();
    let route = lookup::route(&reading.inputs, &Place { input, at }).unwrap();
    assert_eq!(route.file, 0);
    let near = if route.members.is_empty() {
        lines_near(file, route.wanted)
    } else {
        let read = |size: usize| {
            let mut lookup = Lookup::new("dropped", file.len() as u64, route.clone(), &Limits::default());
            file.chunks(size).for_each(|chunk| lookup.push(chunk));
            lookup.finish()
        };
        let whole = read(usize::MAX);
        [1, 777].map(read).iter().for_each(|near| assert_eq!(*near, whole));
        whole
    };
    told(&near)
}

fn told(near: &LinesNear) -> (String, u32) {
    assert!(!near.changed, "{near:?}");
    let row = &near.rows[near.telling.unwrap() as usize];
    (row.text.clone().unwrap(), row.line)
}

/// Places of the lines of a text that are about this, as a format sees them.
fn lines_with(text: &str, word: &str) -> Vec<At> {
    let text = Decoded::new(text.as_bytes(), 1000);
    text.lines().filter(|line| line.text.contains(word)).map(|line| line.at()).collect()
}

fn input_named(reading: &Reading, name: &str) -> usize {
    reading.inputs.iter().position(|input| input.name == name).unwrap_or_else(|| {
        panic!("no {name} in {:?}", reading.inputs.iter().map(|input| &input.name).collect::<Vec<_>>())
    })
}

const SESSION: &str = "asa# show clock\n10:19:27 CET\nasa# show run ssl\nssl trust-point PHONES outside\nssl server-version tlsv1\nasa# show run webvpn\nwebvpn\n enable outside\nasa# show run ssl\nssl trust-point PHONES outside\n";

#[test]
fn a_line_of_a_command_is_a_line_of_the_session() {
    let reading = intake::read("dropped", SESSION.as_bytes(), &Limits::default());
    let outputs: Vec<usize> =
        (0..reading.inputs.len()).filter(|id| reading.inputs[*id].name == "show run ssl").collect();
    assert_eq!(outputs.len(), 2);
    let first = lines_with("ssl trust-point PHONES outside\nssl server-version tlsv1\n", "PHONES").remove(0);
    let line = "ssl trust-point PHONES outside".to_owned();
    // The same text stands twice; each output knows its own.
    assert_eq!(looked_up(SESSION.as_bytes(), &reading, outputs[0], first.clone()), (line.clone(), 4));
    assert_eq!(looked_up(SESSION.as_bytes(), &reading, outputs[1], first), (line, 10));
    let second = lines_with("ssl trust-point PHONES outside\nssl server-version tlsv1\n", "tlsv1").remove(0);
    let expected = ("ssl server-version tlsv1".to_owned(), 5);
    assert_eq!(looked_up(SESSION.as_bytes(), &reading, outputs[0], second), expected);
}

#[test]
fn a_line_of_an_attachment_is_opened_again() {
    let log: String = (1..=300)
        .map(|n| format!("{}: NOT 10:19:{:02}.155936 VPNC: do_login: got login response\n", 900 + n, n % 60))
        .collect();
    let mail = mail(&[("session.log", SESSION.as_bytes()), ("console.log", log.as_bytes())]);
    let reading = intake::read("dropped", mail.as_bytes(), &Limits::default());
    let input = input_named(&reading, "console.log");
    let at = lines_with(&log, "1177:").remove(0);
    let expected = ("1177: NOT 10:19:37.155936 VPNC: do_login: got login response".to_owned(), 277);
    assert_eq!(looked_up(mail.as_bytes(), &reading, input, at), expected);
    // A line of a command of a session that is attached to a mail.
    let output = reading.inputs.iter().rposition(|input| input.name == "show run ssl").unwrap();
    let at = lines_with("ssl trust-point PHONES outside\n", "ssl").remove(0);
    let expected = ("ssl trust-point PHONES outside".to_owned(), 10);
    assert_eq!(looked_up(mail.as_bytes(), &reading, output, at), expected);
}

#[test]
fn what_the_person_said_of_a_file_is_said_again() {
    let mail = mail(&[("session.log", SESSION.as_bytes())]);
    let mut intake = Intake::new("dropped", mail.len() as u64, &Limits::default()).read_as(Kind::PhoneLog);
    intake.push(mail.as_bytes());
    let reading = intake.finish();
    let session = input_named(&reading, "session.log");
    let at = lines_with(SESSION, "clock").remove(0);
    let place = Place { input: u32::try_from(session).unwrap(), at: at.clone() };
    assert_eq!(lookup::route(&reading.inputs, &place).unwrap().said, Some(Kind::PhoneLog));
    let expected = ("asa# show clock".to_owned(), 1);
    assert_eq!(looked_up(mail.as_bytes(), &reading, session, at), expected);
}

#[test]
fn a_way_that_leads_nowhere_shows_nothing() {
    let reading = intake::read("dropped", SESSION.as_bytes(), &Limits::default());
    assert_eq!(lookup::route(&reading.inputs, &Place { input: 99, at: At::default() }), None);
    let mut route = lookup::route(&reading.inputs, &Place { input: 1, at: At::line(1, 0, "x") }).unwrap();
    route.members = vec![99];
    let mut lookup = Lookup::new("dropped", SESSION.len() as u64, route, &Limits::default());
    lookup.push(SESSION.as_bytes());
    assert_eq!(lookup.finish(), LinesNear::default());
}
