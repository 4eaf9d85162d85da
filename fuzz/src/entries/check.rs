//! The whole way of several files: read in pieces, judged, and reported in every form; and back to a place.
//!
//! Files are parted by a line `--- 8< ---`.

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::intake::{Intake, Reading, lookup, read};
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

use super::formats::limits;
use super::piece_size;

/// 2026-11-24, a clock for every case.
pub(super) const NOW: i64 = 1_795_521_600;
const BETWEEN: &[u8] = b"\n--- 8< ---\n";
const FILES: usize = 8;

/// The files of an input.
pub(super) fn files(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut files, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        if files.len() + 1 == FILES {
            break;
        }
        files.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + BETWEEN.len()..).unwrap_or_default();
    }
    files.push(rest);
    files
}

/// Each file read.
pub(super) fn readings(bytes: &[u8]) -> Vec<Reading> {
    files(bytes).into_iter().enumerate().map(|(n, file)| read(&format!("file{n}"), file, &limits())).collect()
}

pub(super) fn check(bytes: &[u8]) {
    let readings = readings(bytes);
    for (n, (file, whole)) in files(bytes).into_iter().zip(&readings).enumerate() {
        assert!(!whole.inputs.is_empty());
        let mut intake = Intake::new(&format!("file{n}"), file.len() as u64, &limits());
        file.chunks(piece_size(file)).for_each(|chunk| intake.push(chunk));
        assert_eq!(intake.finish(), *whole, "in pieces otherwise than whole");
    }
    let diagnosis = diagnose(&readings, &Said::new(), NOW);
    // One report an input, so that there are more inputs: which, its length tells.
    let forms = [Form::Text, Form::Json, Form::Ndjson, Form::Markdown, Form::Html];
    let form = forms.get(bytes.len() % forms.len()).copied().unwrap_or_default();
    let lang = if (bytes.len() / forms.len()).is_multiple_of(2) { Lang::En } else { Lang::De };
    let report = report::render(&diagnosis, form, lang);
    assert!(report.ends_with('\n'), "{form:?} has no end");
    let raw = report.chars().find(|sign| sign.is_control() && !matches!(sign, '\n' | '\t'));
    assert!(raw.is_none() || matches!(form, Form::Json | Form::Ndjson), "{form:?} holds {raw:?}");
    assert!(form != Form::Html || !report.contains("<script"), "a script in the report");
}

/// Every place that evidence stands at is found again in the file.
pub(super) fn lookup(bytes: &[u8]) {
    let limits = limits();
    let reading = read("dropped", bytes, &limits);
    let diagnosis = diagnose(&[reading], &Said::new(), NOW);
    let places = diagnosis.timeline.iter().take(20).filter_map(|row| {
        let at = row.at.clone();
        lookup::route(&diagnosis.inputs, &vpn_phone_doctor::source::Place { input: row.input, at })
    });
    for route in places {
        let mut lookup = lookup::Lookup::new("dropped", bytes.len() as u64, route, &limits);
        bytes.chunks(4096).for_each(|chunk| lookup.push(chunk));
        lookup.finish();
    }
}
