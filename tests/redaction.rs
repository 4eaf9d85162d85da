//! Redaction: nothing that is planted in a case is left in any report, in any notation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod canaries;
#[path = "redacted/quoting.rs"]
mod quoting;
#[path = "redacted/shape.rs"]
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use canaries::{Canary, Planted, Style, hex, plant, plant_as};
use quoting::{diagnosed, quoted};
use shape::shape;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::Conclusion;
use vpn_phone_doctor::formats::{self, Sample};
use vpn_phone_doctor::lines::Decoded;
use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::report::{Form, one_finding, render};
use vpn_phone_doctor::text::Lang;

const CERTIFICATE: &str = include_str!("fixtures/canary.pem");
/// What `fixtures/make.py` wrote into that certificate.
const IN_CERTIFICATE: [&str; 6] =
    ["wachtelnest", "zaunkoenig", "Rohrdommel", "pirolweg", "192.0.2.251", "Kiebitz Sperber"];
/// `openssl req -new -newkey ec … -subj '/CN=blaumeise.example/O=Dompfaff Werke/OU=Bachstelze'`
const REQUEST: &str = include_str!("canaries/request.csr");
const IN_REQUEST: [&str; 3] = ["blaumeise", "Dompfaff", "Bachstelze"];

/// The whole case, with the certificate and the request, and a finding that quotes every line.
fn case(planted: &Planted) -> Diagnosis {
    let mut files = planted.files.clone();
    files.push(("wachtelnest.pem".into(), CERTIFICATE.into()));
    files.push(("blaumeise.csr".into(), REQUEST.into()));
    quoted(&files)
}

/// Every report of a diagnosis, with its name.
fn reports(diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let mut reports = Vec::new();
    for lang in [Lang::En, Lang::De] {
        for form in [Form::Json, Form::Ndjson, Form::Markdown, Form::Html, Form::Text] {
            reports.push((format!("{form:?} {lang:?}"), render(diagnosis, form, lang)));
        }
        let copied: Vec<String> =
            diagnosis.findings.iter().map(|found| one_finding(diagnosis, found, lang)).collect();
        reports.push((format!("copied {lang:?}"), copied.concat()));
    }
    reports
}

/// What a name looks like in the encodings that it could leave in.
fn notations(name: &str) -> Vec<(&'static str, String)> {
    let low = name.to_lowercase();
    let mut found = vec![("plain", low.clone())];
    if name.len() < 6 {
        return found;
    }
    found.push(("reversed", low.chars().rev().collect()));
    for text in [name, low.as_str()] {
        let bytes = text.as_bytes();
        found.push(("hex", hex(bytes)));
        let pairs: Vec<String> = bytes.iter().map(|byte| hex(&[*byte])).collect();
        found.push(("hex with colons", pairs.join(":")));
        found.push(("hex with blanks", pairs.join(" ")));
        found.push(("hex with dots", bytes.chunks(2).map(hex).collect::<Vec<_>>().join(".")));
        found.push(("hexadecimal entities", bytes.iter().map(|byte| format!("&#x{byte:x};")).collect()));
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        for (notation, wide) in [("UTF-16LE", wide(u16::to_le_bytes)), ("UTF-16BE", wide(u16::to_be_bytes))] {
            found.push((notation, hex(&wide)));
            found.push((notation, String::from_utf8_lossy(&wide).into_owned()));
        }
        found.push(("percent", bytes.iter().map(|byte| format!("%{byte:02x}")).collect()));
        found.push(("entities", bytes.iter().map(|byte| format!("&#{byte};")).collect()));
        for skip in 0..3 {
            // Whole groups only: what stands before and after decides about the rest.
            let part = &bytes[skip..];
            let part = &part[..part.len() / 3 * 3];
            if part.len() > 3 {
                found.push(("base64", BASE64.encode(part).to_lowercase()));
            }
        }
    }
    found
}

/// The notations of all canaries, found in one walk over a text.
struct Search {
    needles: Vec<(String, String)>,
    by_start: BTreeMap<[u8; 3], Vec<usize>>,
}

impl Search {
    fn of(names: impl Iterator<Item = (String, String)>) -> Self {
        let mut search = Self { needles: Vec::new(), by_start: BTreeMap::new() };
        for (name, told) in names {
            for (notation, needle) in notations(&name) {
                let start = needle.as_bytes()[..3].try_into().unwrap();
                search.by_start.entry(start).or_default().push(search.needles.len());
                search.needles.push((needle, format!("{notation} {told}")));
            }
        }
        search
    }

    fn values_in(&self, text: &str) -> BTreeSet<&str> {
        let text = text.to_lowercase();
        let bytes = text.as_bytes();
        let mut found = BTreeSet::new();
        for (at, start) in bytes.windows(3).enumerate() {
            for needle in self.by_start.get(start).into_iter().flatten() {
                let (needle, told) = &self.needles[*needle];
                let rest = &bytes[at..];
                let next = rest.get(needle.len());
                let prev = at.checked_sub(1).and_then(|at| bytes.get(at));
                // `192.0.2.1` is not in `192.0.2.11`.
                let digits = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
                let inside = needle.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                    && (digits(next) || digits(prev));
                if rest.starts_with(needle.as_bytes()) && !inside {
                    found.insert(told.as_str());
                }
            }
        }
        found
    }
}

/// White space, soft hyphens, and joiners without width.
fn is_soft(sign: char) -> bool {
    sign.is_whitespace() || "\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(sign)
}

/// A name that words which happen to stand side by side do not make.
fn long(told: &str) -> bool {
    told.split(' ').nth(2).is_some_and(|name| name.len() > 6 && name.chars().any(char::is_alphabetic))
}

/// Every word of sixteen and more signs that looks like a jumble.
fn jumbles(report: &str) -> Vec<&str> {
    let words = report.split(|sign: char| sign.is_whitespace() || "\\\"'<>(),;„“”`/:=.|-_#".contains(sign));
    let long = words.filter(|word| word.len() >= 16 && word.is_ascii());
    long.filter(|word| {
        let count = |sign: u8| word.bytes().filter(|other| *other == sign).count() as f64 / word.len() as f64;
        let entropy: f64 = word.bytes().map(|sign| -count(sign).log2() / word.len() as f64).sum();
        let digits = word.bytes().any(|sign| sign.is_ascii_digit());
        let mixed = word.bytes().skip(1).filter(u8::is_ascii_uppercase).count() > 2
            && word.bytes().any(|sign| sign.is_ascii_lowercase());
        // What this program says itself.
        let ours =
            ["CTLSEP001122334455", "ITLSEP001122334455", "enableHostIDCheck", "sha256WithRSAEncryption"]
                .contains(word);
        entropy > 3.5 && (digits || mixed) && !ours
    })
    .collect()
}

fn search(canaries: &[Canary]) -> Search {
    let planted = canaries.iter().flat_map(|canary| {
        canary
            .parts
            .iter()
            .map(|part| (part.clone(), format!("{} {} of {}", canary.kind, canary.text, canary.at)))
    });
    let encoded = IN_CERTIFICATE.iter().chain(&IN_REQUEST);
    let encoded = encoded.map(|name| ((*name).to_owned(), format!("encoded {name}")));
    Search::of(planted.chain(encoded))
}

/// Formats without a planted file of their own, and why.
const NOT_PLANTED: [(&str, &str); 6] = [
    ("x509", "binary; its names are those of the certificate, which is planted as text"),
    ("pkcs7", "binary; a bundle of such certificates"),
    ("signed_file", "binary; of its header only a subject is told, as of a certificate"),
    ("capture", "binary; it is not read"),
    ("archive", "binary; it is not read"),
    ("earlier report", "it quotes the planted files; a test of its own looks for their names"),
];

/// A file as it is, and cut before every prompt: as a recorded session is.
fn parts(text: &str) -> Vec<(Option<String>, String)> {
    let mut parts = vec![(None, text.to_owned()), (None, String::new())];
    for line in text.lines() {
        let command = line.split_once("# ").map(|(_, command)| command).or(line.strip_prefix("admin:"));
        match command.filter(|command| command.starts_with("show ")) {
            Some(command) => parts.push((Some(command.to_owned()), String::new())),
            None => parts.last_mut().unwrap().1 += &format!("{line}\n"),
        }
    }
    parts
}

#[test]
fn every_format_has_a_planted_position() {
    let mut files = plant().files;
    files.retain(|(_, text)| !text.is_empty());
    files.push(("wachtelnest.pem".into(), CERTIFICATE.into()));
    let mut unplanted: Vec<&str> = Vec::new();
    for format in formats::ALL {
        let recognised = files.iter().any(|(name, text)| {
            parts(text).iter().any(|(command, part)| {
                let text = Decoded::new(part.as_bytes(), 65536);
                let bytes = part.as_bytes();
                let sample = Sample { name, command: command.as_deref(), bytes, text: &text, complete: true };
                (format.recognise)(&sample).is_some()
            })
        });
        if !recognised {
            unplanted.push(format.name);
        }
    }
    let mut listed = NOT_PLANTED.map(|(name, _)| name).to_vec();
    unplanted.sort_unstable();
    listed.sort_unstable();
    assert_eq!(unplanted, listed, "plant a file of every other format in tests/canaries");
}

#[test]
fn no_canary_is_left_in_any_report_in_any_notation() {
    let planted = plant();
    let places: BTreeSet<&str> = planted.canaries.iter().map(|canary| canary.at.as_str()).collect();
    assert!(
        planted.canaries.len() >= 250 && places.len() >= 80,
        "{}, {}",
        planted.canaries.len(),
        places.len()
    );
    println!("{} names in {} places", planted.canaries.len(), places.len());
    let search = search(&planted.canaries);
    let case = case(&planted);
    let whole = search.values_in(&reports(&case).into_iter().map(|(_, report)| report).collect::<String>());
    let told: BTreeSet<&str> =
        whole.iter().filter_map(|found| found.split_once(' ').map(|(_, told)| told)).collect();
    // Lines are shortened, so not every name is quoted; nearly all are. A secret never is.
    let secrets = planted.canaries.iter().filter(|canary| canary.kind == "secret").count();
    let secret: Vec<_> = told.iter().filter(|told| told.starts_with("secret ")).collect();
    assert!(secrets > 40 && secret.is_empty(), "{secrets}: {secret:#?}");
    assert!(told.len() * 100 >= (planted.canaries.len() - secrets) * 95, "{} are in the reports", told.len());
    // The rules' own evidence names many as well: this is what a person would send.
    let own = diagnosed(&planted.files);
    let named = search.values_in(&render(&own, Form::Json, Lang::En)).len();
    assert!(named >= 60, "{named}");
    for addresses in [Addresses::Opaque, Addresses::Topology] {
        let redacted = redact(&case, addresses, [7; 32]).diagnosis;
        let mut left: BTreeMap<String, String> = BTreeMap::new();
        for (form, report) in reports(&redacted) {
            // As it is, and without what a wrapped line or a soft mark could put into a name.
            let joined: String = report.chars().filter(|sign| !is_soft(*sign)).collect();
            let torn = search.values_in(&joined).into_iter().filter(|told| long(told));
            for found in search.values_in(&report).into_iter().chain(torn) {
                left.entry(found.to_owned()).or_insert_with(|| form.clone());
            }
        }
        let left: Vec<String> = left.into_iter().map(|(name, form)| format!("{name} in {form}")).collect();
        assert!(left.is_empty(), "{addresses:?}: {} are left:\n{}", left.len(), left.join("\n"));
    }
}

/// The worst of an earlier report: its findings quote every line of every file, and the case of today knows none of
/// their names.
#[test]
fn no_canary_of_an_earlier_report_is_left_either() {
    let planted = plant();
    let search = search(&planted.canaries);
    let mut earlier = case(&planted);
    let quoted = earlier.findings.pop().unwrap();
    for few in quoted.evidence.chunks(400) {
        earlier.findings = few
            .iter()
            .map(|line| Conclusion {
                title: line.says.clone(),
                evidence: vec![line.clone()],
                rule: format!("rule of {}", line.says.en()),
                ..quoted.clone()
            })
            .collect();
        let report = render(&earlier, Form::Json, Lang::En);
        let files = [("notes.txt".to_owned(), "hello".to_owned()), ("yesterday.json".to_owned(), report)];
        let today = diagnosed(&files);
        let since = today.since.as_ref().unwrap();
        assert_eq!(since.unchecked.len(), few.len());
        let told: String = reports(&today).into_iter().map(|(_, report)| report).collect();
        assert!(search.values_in(&told).len() > 40, "the canaries are in the plain reports");
        let redacted = redact(&today, Addresses::Opaque, [7; 32]).diagnosis;
        for (form, report) in reports(&redacted) {
            let left = search.values_in(&report);
            assert!(left.is_empty(), "{form}: {left:?}");
        }
    }
}

#[test]
fn nothing_that_looks_like_a_key_is_left() {
    let plain = case(&plant());
    let redacted = redact(&plain, Addresses::Opaque, [7; 32]).diagnosis;
    assert!(jumbles(&render(&plain, Form::Text, Lang::En)).len() > 20, "there are some in the case");
    for form in [Form::Text, Form::Markdown, Form::Json] {
        let report = render(&redacted, form, Lang::En);
        let left: BTreeSet<&str> = jumbles(&report).into_iter().collect();
        assert!(left.is_empty(), "{form:?}: {left:?}");
    }
}

/// Every line of every file, redacted, without the numbers of its pseudonyms; and the line itself.
fn lines(style: Style) -> Vec<(String, String)> {
    let case = case(&plant_as(style));
    let redacted = redact(&case, Addresses::Opaque, [7; 32]).diagnosis;
    let quoted = |diagnosis: &Diagnosis| -> Vec<String> {
        let all = &diagnosis.findings.last().unwrap().evidence;
        all.iter().map(|evidence| evidence.at.as_ref().unwrap().text.clone()).collect()
    };
    let all = quoted(&redacted).into_iter().map(|line| shape(&line)).zip(quoted(&case));
    // A sifted row is never quoted as it is, but the line that it holds.
    all.filter(|(_, plain)| !plain.starts_with("{\"byte\":")).collect()
}

#[test]
fn what_is_left_of_a_line_does_not_depend_on_any_name() {
    let rare = lines(Style::Rare);
    let mut told = Vec::new();
    for style in [Style::Common, Style::Digits, Style::Short, Style::Foreign, Style::Signs] {
        for ((one, _), (two, plain)) in rare.iter().zip(lines(style)) {
            if *one != two {
                told.push(format!("{style:?}: {plain}\n   {two}\n   {one}"));
            }
        }
    }
    assert!(told.is_empty(), "{}:\n{}", told.len(), told.join("\n"));
}
