//! A report that this program saved as JSON: yesterday's, to be compared with today's case.
//!
//! ```text
//! {
//!   "schema": "vpn-phone-doctor/report/1",
//! ```
//! It quotes the lines of other files, so no other format may read it, and it is no evidence itself. What is kept of
//! it is what `changes` compares. One file may hold several, a line each (`--format ndjson`).
//!
//! The report may come from a later version: fields, stages and kinds that are not known here are left out, another
//! version of the schema is refused. It is a file like any other, so nothing in it is believed: texts are cut, lists
//! are bounded, and whoever shows them treats them as a device's words.

use serde::Deserialize;
use serde_json::Deserializer;

use crate::documents::Content;
use crate::documents::earlier_report::{EarlierEvidence, EarlierFinding, EarlierInput, EarlierReport};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::Encoding;
use crate::source::excerpt;
use crate::stage::Stage;
use crate::text::{Lang, Text};

/// The format.
pub const FORMAT: Format = Format { name: "earlier report", recognise, most: 100, read: How::Whole(read) };

/// Reads the reports of a text, one behind the other; what stopped it, if anything did.
pub fn parse(text: &str, at_most: usize) -> (Vec<EarlierReport>, Option<Text>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut reports = Vec::new();
    let mut begin = 0;
    // What a later version changed inside must not hide that it is a later version: the schema is looked at alone.
    let mut schemas = Deserializer::from_str(text).into_iter::<Schema>();
    while let Some(schema) = schemas.next() {
        if reports.len() >= at_most {
            return (reports, Some(MORE_REPORTS));
        }
        let Ok(Schema { schema }) = schema else { return (reports, Some(DAMAGED)) };
        let one = text.get(begin..schemas.byte_offset()).unwrap_or_default();
        begin = schemas.byte_offset();
        match schema.rsplit_once('/') {
            Some((SCHEMA, "1")) => {}
            Some((SCHEMA, _)) => return (reports, Some(OTHER_VERSION)),
            _ => return (reports, Some(NO_REPORT)),
        }
        match serde_json::from_str::<Report>(one) {
            Ok(report) => reports.push(kept(report)),
            Err(_) => return (reports, Some(DAMAGED)),
        }
    }
    let nothing = reports.is_empty().then_some(NO_REPORT);
    (reports, nothing)
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    // The schema is the first field that is written.
    let text = sample.text.text().trim_start_matches('\u{feff}').trim_start();
    let value = text.strip_prefix('{')?.trim_start().strip_prefix("\"schema\"")?;
    let value = value.trim_start().strip_prefix(':')?.trim_start();
    value.starts_with("\"vpn-phone-doctor/report/").then_some(Claim {
        kind: Kind::EarlierReport,
        strength: 100,
        because: BECAUSE,
        share: Share::Alone,
    })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    // Not the lines: a report in one line is longer than what is kept of a line.
    let text = Encoding::of(sample.bytes).decode(sample.bytes);
    let (reports, problem) = parse(&text, REPORTS);
    if reports.is_empty() {
        return Parsed::refused(Note::whole(problem.unwrap_or(NO_REPORT)));
    }
    let cut = reports.iter().any(|report| report.findings.len() >= FINDINGS);
    let state = if problem.is_some() { InputState::PartlyRead } else { InputState::Read };
    let notes = [Some(NO_EVIDENCE), problem, cut.then_some(MORE_FINDINGS)];
    Parsed {
        documents: reports.into_iter().map(Content::EarlierReport).collect(),
        notes: notes.into_iter().flatten().map(Note::whole).collect(),
        state,
        ..Parsed::default()
    }
}

fn kept(report: Report) -> EarlierReport {
    let language = match report.language.as_str() {
        "en" => Some(Lang::En),
        "de" => Some(Lang::De),
        _ => None,
    };
    let input = |input: &Input| EarlierInput { name: excerpt(&input.name), kind: Kind::of(&input.kind) };
    let evidence = |line: &Line| EarlierEvidence {
        input: line.input,
        line: line.line,
        // Cut already, and marked as cut, by whoever wrote it; a second cut would not match the first.
        text: if line.text.chars().count() > LONGEST { excerpt(&line.text) } else { line.text.clone() },
    };
    let finding = |finding: &Finding| EarlierFinding {
        rule: excerpt(&finding.rule),
        stage: Stage::ALL.into_iter().find(|stage| stage.id() == finding.stage),
        title: excerpt(&finding.title),
        evidence: finding.evidence.iter().take(EVIDENCE).map(evidence).collect(),
    };
    EarlierReport {
        language,
        redacted: report.redacted,
        sentence: excerpt(&report.verdict.sentence),
        inputs: report.inputs.iter().take(INPUTS).map(input).collect(),
        findings: report.findings.iter().take(FINDINGS).map(finding).collect(),
        passed: report.passed.into_iter().take(RULES).collect(),
        waiting: report.waiting.into_iter().take(RULES).map(|row| row.rule).collect(),
    }
}

#[derive(Deserialize)]
struct Schema {
    #[serde(default)]
    schema: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Report {
    language: String,
    redacted: bool,
    verdict: Verdict,
    inputs: Vec<Input>,
    findings: Vec<Finding>,
    passed: Vec<String>,
    waiting: Vec<Waiting>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Verdict {
    sentence: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Input {
    name: String,
    kind: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Finding {
    rule: String,
    stage: String,
    title: String,
    evidence: Vec<Line>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Line {
    input: Option<u32>,
    line: Option<u32>,
    text: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Waiting {
    rule: String,
}

const SCHEMA: &str = "vpn-phone-doctor/report";
/// What is kept at most: each is far above what a case has, and a page can still show it.
const REPORTS: usize = 10_000;
const INPUTS: usize = 20_000;
const FINDINGS: usize = 500;
const EVIDENCE: usize = 24;
const RULES: usize = 1_000;
/// The longest excerpt of a line and its ellipsis, in characters.
const LONGEST: usize = crate::source::EXCERPT_CHARS + 1;

const BECAUSE: Text = Text::fixed(
    "“vpn-phone-doctor/report” at its beginning",
    "„vpn-phone-doctor/report“ am Anfang der Datei",
);
const NO_EVIDENCE: Text = Text::fixed(
    "It is no evidence: what was found then is compared with what is found now.",
    "Er ist kein Beleg: Was damals gefunden wurde, wird mit dem verglichen, was jetzt gefunden wird.",
);
const NO_REPORT: Text = Text::fixed(
    "This is no report of this program: save one as JSON and add that.",
    "Das ist kein Bericht dieses Programms: Speichern Sie einen als JSON und legen Sie diesen ab.",
);
const DAMAGED: Text = Text::fixed(
    "The report is damaged or cut off here: save it again, and add the whole file.",
    "Der Bericht ist beschädigt oder hier abgeschnitten: Speichern Sie ihn noch einmal und legen Sie die ganze Datei ab.",
);
const OTHER_VERSION: Text = Text::fixed(
    "This report has a form that this version does not know. Read it with the version that wrote it, or drop the files themselves.",
    "Dieser Bericht hat eine Form, die diese Version nicht kennt. Lesen Sie ihn mit der Version, die ihn geschrieben hat, oder legen Sie die Dateien selbst ab.",
);
const MORE_REPORTS: Text = Text::fixed(
    "The file holds more reports than are read. Drop the others as files of their own.",
    "Die Datei enthält mehr Berichte, als gelesen werden. Legen Sie die anderen als eigene Dateien ab.",
);
const MORE_FINDINGS: Text = Text::fixed(
    "Only the first 500 findings of the report were read.",
    "Nur die ersten 500 Befunde des Berichts wurden gelesen.",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake::{self, Reading};

    const REPORT: &str = "{\n  \"schema\": \"vpn-phone-doctor/report/1\",\n  \"findings\": [{\"rule\": \"x\", \"text\": \
        \"%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\"}]\n}\n";

    fn read(bytes: &[u8]) -> Reading {
        intake::read("x", bytes, &Limits::default())
    }

    fn reports(reading: &Reading) -> Vec<&EarlierReport> {
        let reports = reading.documents.iter().map(|document| match &document.content {
            Content::EarlierReport(report) => report,
            other => panic!("nothing else may read it: {other:?}"),
        });
        reports.collect()
    }

    #[test]
    fn a_report_is_listed_as_one_under_any_name_and_nothing_else_reads_it() {
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(REPORT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [
            REPORT.as_bytes().to_vec(),
            format!("\u{feff}{REPORT}").into_bytes(),
            REPORT.replace('\n', "").into_bytes(),
            wide,
        ] {
            let reading = read(&bytes);
            let input = reading.inputs.first().unwrap();
            assert_eq!((input.kind, input.state), (Kind::EarlierReport, InputState::Read));
            assert!(input.because.en().contains("vpn-phone-doctor/report"));
            assert_eq!(reports(&reading).len(), 1);
        }
        let other = read(REPORT.replace("report/1", "inspect/1").as_bytes());
        assert!(!other.documents.iter().any(|one| matches!(one.content, Content::EarlierReport(_))));
    }

    #[test]
    fn several_are_a_line_each_even_where_a_line_is_long() {
        let long = format!(
            "{{\"schema\":\"vpn-phone-doctor/report/1\",\"later\":\"{}\",\"redacted\":true}}\n",
            "x".repeat(100_000)
        );
        let reading = read(format!("{long}{long}").as_bytes());
        assert_eq!(reports(&reading).iter().filter(|report| report.redacted).count(), 2);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let (reports, problem) = parse(
            r#"{"schema":"vpn-phone-doctor/report/1","language":"fr","later":{"deep":[[[1]]]},
            "inputs":[{"name":"a.log","kind":"phone-log"},{"name":"b","kind":"hologram"}],
            "findings":[{"rule":"r","stage":"teleport","severity":"grave","evidence":[{"input":1,"line":7,"text":"t"}]}]}"#,
            1,
        );
        assert_eq!(problem, None);
        let report = reports.first().unwrap();
        assert_eq!(report.language, None);
        assert_eq!(
            report.inputs.iter().map(|input| input.kind).collect::<Vec<_>>(),
            [Some(Kind::PhoneLog), None]
        );
        let finding = report.findings.first().unwrap();
        assert_eq!((finding.rule.as_str(), finding.stage, finding.evidence.len()), ("r", None, 1));
    }

    #[test]
    fn what_cannot_be_compared_is_refused_with_the_reason() {
        let deep = format!("\"findings\":{}", "[".repeat(100_000));
        let ignored = format!("\"later\":{}", "[".repeat(100_000));
        for (more, reason) in [
            ("\"findings\": 5", DAMAGED),
            ("\"findings\": [{\"rule\": {}}]", DAMAGED),
            (deep.as_str(), DAMAGED),
            (ignored.as_str(), DAMAGED),
            ("\"passed\": [\"a\"", DAMAGED),
        ] {
            let text = format!("{{\"schema\":\"vpn-phone-doctor/report/1\",{more}}}");
            let reading = read(text.as_bytes());
            let input = reading.inputs.first().unwrap();
            assert_eq!((input.kind, input.state), (Kind::EarlierReport, InputState::Refused));
            assert_eq!(input.notes.first().unwrap().text, reason);
        }
        let later = read(br#"{"schema":"vpn-phone-doctor/report/2","findings":{"new":"shape"}}"#);
        assert_eq!(later.inputs.first().unwrap().notes.first().unwrap().text, OTHER_VERSION);
        for text in
            ["", "hello", "{}", "[]", r#"{"schema":"vpn-phone-doctor/inspect/1"}"#, r#"{"schema":"x"}"#]
        {
            assert!(matches!(parse(text, 9), (reports, Some(_)) if reports.is_empty()), "{text}");
        }
    }

    #[test]
    fn what_came_before_the_damage_is_kept() {
        let good = "{\"schema\":\"vpn-phone-doctor/report/1\"}\n";
        for bad in
            ["{\"schema\":\"vpn-phone-doctor/rep", "nonsense", "{\"schema\":\"vpn-phone-doctor/report/9\"}"]
        {
            let reading = read(format!("{good}{bad}").as_bytes());
            assert_eq!(reading.inputs.first().unwrap().state, InputState::PartlyRead, "{bad}");
            assert_eq!(reports(&reading).len(), 1);
        }
    }

    #[test]
    fn lists_and_texts_are_bounded() {
        let finding = format!("{{\"rule\":\"{0}\",\"title\":\"{0}\"}}", "r".repeat(5_000));
        let text = format!(
            "{{\"schema\":\"vpn-phone-doctor/report/1\",\"findings\":[{}]}}",
            vec![finding; FINDINGS + 1].join(",")
        );
        let reading = read(text.as_bytes());
        let report = reports(&reading)[0];
        assert_eq!(report.findings.len(), FINDINGS);
        assert!(report.findings.iter().all(|finding| finding.title.chars().count() <= LONGEST));
        assert!(reading.inputs[0].notes.iter().any(|note| note.text == MORE_FINDINGS));
    }

    #[test]
    fn cut_at_every_byte_it_does_not_panic() {
        for cut in 0..REPORT.len() {
            read(REPORT.as_bytes().get(..cut).unwrap());
        }
    }
}
