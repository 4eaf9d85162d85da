//! `hash`: convert and compare.

use std::fmt::Write;
use std::io::Read;
use std::ops::ControlFlow;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::fingerprint::{KnownCertificate, VerdictState};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::visible;
use vpn_phone_doctor::text::{Lang, Text};
use vpn_phone_doctor::tools::hash::{HashEntry, HashReport, known_certificate, report};
use vpn_phone_doctor::visible::escaped_json;

use crate::arguments::{Hash, TextOrJson};
use crate::files;
use crate::output::{self, Status};
use crate::progress;

/// Bytes of standard input that are looked at; a hash is short.
const MOST: u64 = 1 << 20;

pub fn run(options: &Hash) -> Status {
    if options.quiet {
        progress::quiet();
    }
    let certificates = match certificates(options) {
        Ok(certificates) => certificates,
        Err(status) => return status,
    };
    let mut texts = Vec::new();
    for value in &options.values {
        match value.as_str() {
            "-" => texts.push(standard_input()),
            value => texts.push(value.to_owned()),
        }
    }
    let report = report(&texts, &certificates, options.lang);
    let status = match report.verdict.state {
        VerdictState::Single | VerdictState::Equal => Status::Fine,
        VerdictState::Different => Status::Warnings,
        VerdictState::Invalid => Status::NotAHash,
    };
    if options.quiet {
        return status;
    }
    let text = match options.format {
        TextOrJson::Text => readable(&report, options.lang),
        TextOrJson::Json => match serde_json::to_string_pretty(&report) {
            Ok(json) => escaped_json(json + "\n"),
            Err(problem) => {
                output::complain(&problem.to_string());
                return Status::NotWritten;
            }
        },
    };
    output::end(&text, status)
}

/// Every certificate of the given files, or the status of one that has none.
fn certificates(options: &Hash) -> Result<Vec<KnownCertificate>, Status> {
    let mut certificates = Vec::new();
    let mut empty: Vec<Option<Status>> = vec![Some(Status::NoInput); options.certificate.len()];
    let mut reasons = vec![String::new(); options.certificate.len()];
    files::read(&files::find(&options.certificate), &Limits::default(), |taken| {
        let (Some(empty), Some(reason)) = (empty.get_mut(taken.path), reasons.get_mut(taken.path)) else {
            return ControlFlow::Continue(());
        };
        if taken.opened && empty.is_some() {
            *empty = Some(Status::NotAHash);
        }
        let inputs = &taken.reading.inputs;
        for document in &taken.reading.documents {
            if let Content::Certificate(certificate) = &document.content {
                let input = inputs.get(document.input as usize);
                let label = input.map(|input| input.name.as_str()).unwrap_or_default();
                certificates.push(known_certificate(label, certificate));
                *empty = None;
            }
        }
        for note in inputs.first().into_iter().flat_map(|input| &input.notes) {
            reason.push(' ');
            reason.push_str(&note.text.get(options.lang));
        }
        ControlFlow::Continue(())
    });
    let mut status = None;
    for ((path, empty), reason) in options.certificate.iter().zip(empty).zip(reasons) {
        if empty.is_some() {
            let says = format!("{}: {}{reason}", path.display(), NO_CERTIFICATE.get(options.lang));
            output::complain(&visible(&says));
            status = status.or(empty);
        }
    }
    status.map_or(Ok(certificates), Err)
}

fn standard_input() -> String {
    let mut bytes = Vec::new();
    if let Err(problem) = std::io::stdin().lock().take(MOST).read_to_end(&mut bytes) {
        output::complain(&format!("standard input: {problem}"));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// For a person at a terminal.
fn readable(report: &HashReport, lang: Lang) -> String {
    let mut text = String::new();
    for entry in &report.values {
        let _ = writeln!(text, "{}", visible(&one_line(&entry.text)));
        readable_entry(&mut text, entry);
    }
    let word = match report.verdict.state {
        VerdictState::Single => return text,
        VerdictState::Equal => EQUAL,
        VerdictState::Different => DIFFERENT,
        VerdictState::Invalid => INVALID,
    };
    let _ = writeln!(text, "\n{}: {}", word.get(lang), visible(&report.verdict.why));
    text
}

fn readable_entry(text: &mut String, entry: &HashEntry) {
    if let (Some(algorithm), Some(hex), Some(base64)) = (entry.algorithm, &entry.hex, &entry.base64) {
        let _ = writeln!(text, "  {:<7} {hex}", algorithm.name());
        let _ = writeln!(text, "  base64  {base64}");
    }
    if let Some(looks_like) = entry.looks_like {
        let _ = writeln!(text, "  ?       {}", looks_like.id());
    }
    for note in &entry.notes {
        let _ = writeln!(text, "          {}", visible(note));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const EQUAL: Text = Text::fixed("Equal", "Gleich");
const DIFFERENT: Text = Text::fixed("Different", "Verschieden");
const INVALID: Text = Text::fixed("Not a hash", "Kein Hash");
const NO_CERTIFICATE: Text =
    Text::fixed("no certificate was found in it.", "darin wurde kein Zertifikat gefunden.");
