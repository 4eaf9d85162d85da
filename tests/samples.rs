//! A sample of every format, made here, through the public door: recognised by its content alone, read as far as a
//! person reads it, the same in chunks of any size, and without harm when it is cut or damaged.
//!
//! ```text
//! tests/samples/asa_ssl/ssl.txt     a sample; its folder is the format's name, for certificates `certificate`
//! tests/samples/asa_ssl/want.json   of each sample: kind, state, what `inspect` tells of it, names of what is inside
//! ```
//! Of what is wanted every value must be there, of a list its first ones. `tests/samples/make.py` makes the binary ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::formats::{self, Sample};
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::lines::Decoded;
use vpn_phone_doctor::report::inspect;
use vpn_phone_doctor::text::Lang;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    kind: String,
    state: String,
    #[serde(default)]
    holds: Vec<Value>,
    #[serde(default)]
    children: Vec<String>,
}

struct Own {
    path: String,
    bytes: Vec<u8>,
    wanted: Wanted,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// Every sample with what is wanted of it.
fn samples() -> Vec<Own> {
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(want) = std::fs::read_to_string(entry.path().join("want.json")) else {
            assert_eq!(name, "fingerprints", "{name} has no want.json");
            continue;
        };
        let want: BTreeMap<String, Wanted> = serde_json::from_str(&want).unwrap();
        for file in std::fs::read_dir(entry.path()).unwrap().flatten() {
            let file = file.file_name().to_string_lossy().into_owned();
            let told = want.contains_key(&file) || ["want.json", "truth.jsonl"].contains(&file.as_str());
            assert!(told, "nothing is wanted of {name}/{file}");
        }
        samples.extend(want.into_iter().map(|(file, wanted)| Own {
            bytes: std::fs::read(entry.path().join(&file)).unwrap(),
            path: format!("{name}/{file}"),
            wanted,
        }));
    }
    samples.sort_by(|one, other| one.path.cmp(&other.path));
    samples
}

/// A name that tells nothing, so that only the content can.
fn read(bytes: &[u8]) -> Reading {
    intake::read("x", bytes, &Limits::default())
}

/// Every wanted value is there; of a list its first ones.
fn holds(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| value.get(key).is_some_and(|value| holds(value, wanted)))
        }
        (Value::Array(value), Value::Array(wanted)) => {
            value.len() >= wanted.len()
                && value.iter().zip(wanted).all(|(value, wanted)| holds(value, wanted))
        }
        (value, wanted) => value == wanted,
    }
}

#[test]
fn every_sample_is_recognised_by_its_content_and_read_as_a_person_reads_it() {
    for own in samples() {
        let reading = read(&own.bytes);
        let input = &reading.inputs[0];
        let path = &own.path;
        assert_eq!((input.kind.id(), input.state.id()), (&*own.wanted.kind, &*own.wanted.state), "{path}");
        assert!(!input.because.en().is_empty() && !input.because.de().is_empty(), "{path} says not why");
        let children = reading.inputs.iter().filter(|input| input.inside == Some(0));
        let children: Vec<&str> = children.map(|input| input.name.as_str()).collect();
        assert_eq!(children, own.wanted.children, "{path}");
        let inspected = inspect::render(&[reading], Lang::En);
        let documents = inspected["documents"].as_array().unwrap();
        for wanted in &own.wanted.holds {
            assert!(
                documents.iter().any(|document| holds(document, wanted)),
                "{path}: no {wanted} in {documents:#?}"
            );
        }
    }
}

#[test]
fn every_format_has_a_sample() {
    let samples = samples();
    for format in formats::ALL {
        let name = format.name.replace(' ', "_");
        let folder = if ["x509", "pkcs7", "pem"].contains(&name.as_str()) { "certificate" } else { &name };
        let claimed = samples.iter().filter(|own| own.path.starts_with(&format!("{folder}/"))).any(|own| {
            let text = String::from_utf8_lossy(&own.bytes);
            // What a session's command printed is claimed without the prompt above it.
            let inside = text.split_once("# ").and_then(|(_, rest)| rest.split_once('\n'));
            [(None, own.bytes.as_slice())]
                .into_iter()
                .chain(inside.map(|(command, output)| (Some(command), output.as_bytes())))
                .any(|(command, bytes)| {
                    let decoded = Decoded::new(bytes, 65_536);
                    let sample = Sample { name: "x", command, bytes, text: &decoded, complete: true };
                    (format.recognise)(&sample).is_some()
                })
        });
        assert!(claimed, "put a sample into tests/samples/{folder} that {name} recognises");
    }
    let kinds: BTreeSet<&str> = samples.iter().map(|own| own.wanted.kind.as_str()).collect();
    for kind in Kind::ALL.map(Kind::id) {
        // A private key stands beside a certificate in `certificate`, and is told there.
        let told = kinds.contains(kind) || ["unknown", "private-key"].contains(&kind);
        assert!(told, "no sample is of kind {kind}");
    }
}

#[test]
fn what_is_damaged_is_never_told_as_read_whole_and_harms_nothing() {
    for own in samples() {
        // Large files are cut at some bytes only.
        let step = 1 + own.bytes.len() / 700;
        for end in (0..own.bytes.len()).step_by(step) {
            let reading = read(&own.bytes[..end]);
            assert!(!reading.inputs.is_empty(), "{} cut at {end}", own.path);
            let complete = reading.documents.iter().any(|document| match &document.content {
                Content::PhoneConfig(config) => config.complete,
                _ => false,
            });
            let last = own.bytes.iter().rposition(|byte| *byte == b'>').unwrap_or(own.bytes.len());
            assert!(!complete || end > last, "{} cut at {end} is told as complete", own.path);
        }
        let mut dice = Dice(116_162);
        for _ in 0..40 {
            assert!(!read(&damaged(&own.bytes, &mut dice)).inputs.is_empty(), "{}", own.path);
        }
    }
}

#[test]
fn chunks_of_any_size_give_the_same_reading() {
    // Small files are held whole; a tiny limit makes them streams.
    for limits in [Limits::default(), Limits { head: 256, whole: 512, ..Limits::default() }] {
        for own in samples() {
            let in_chunks = |size: usize| {
                let mut intake = Intake::new("x", own.bytes.len() as u64, &limits);
                own.bytes.chunks(size).for_each(|chunk| intake.push(chunk));
                intake.finish()
            };
            let whole = in_chunks(usize::MAX);
            for size in [1, 7, 4096] {
                assert_eq!(in_chunks(size), whole, "{} by {size}", own.path);
            }
        }
    }
}

#[test]
fn what_is_none_of_them_is_taken_for_none_of_them() {
    for (what, text) in [
        (
            "a web server's log",
            "192.0.2.77 - - [02/Mar/2026:07:14:03 +0000] \"GET /HomeOffice HTTP/1.1\" 200 512\n",
        ),
        ("a mail server's log", "Mar  2 07:14:03 mx postfix/smtpd[811]: connect from unknown[192.0.2.77]\n"),
        (
            "sshd's log",
            "Mar  2 07:14:03 host sshd[2211]: Failed password for invalid user phone from 192.0.2.77 port 40012 ssh2\n",
        ),
        ("a novel", "It was a dark and stormy night; the telephone rang.\n"),
    ] {
        let reading = read(text.repeat(40).as_bytes());
        let input = &reading.inputs[0];
        assert_eq!((input.kind, input.state), (Kind::Unknown, InputState::Unrecognised), "{what}");
    }
}

/// Numbers that are the same on every run (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// One of six damages: cut, flipped bits, zeroed, lengths of 0xff, a part doubled, noise put in.
fn damaged(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    let at = dice.below(copy.len());
    let end = (at + 1 + dice.below(256)).min(copy.len());
    match dice.below(6) {
        0 => copy.truncate(at),
        1 => (0..8).for_each(|_| {
            let place = dice.below(copy.len());
            copy[place] ^= 1 << dice.below(8);
        }),
        2 => copy[at..end].fill(0),
        3 => copy[at..(at + 4).min(end)].fill(0xff),
        4 => {
            let part = copy[at..end].to_vec();
            copy.splice(end..end, part);
        }
        _ => {
            let noise: Vec<u8> = (0..32).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)).collect();
            copy.splice(at..at, noise);
        }
    }
    copy
}
