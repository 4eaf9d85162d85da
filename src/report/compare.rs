//! Yesterday's report against today's diagnosis: what is fixed, what is new, what is the same.
//!
//! A finding is known by its rule, and by the file and text of its evidence: lines move, times pass. What is gone is
//! called fixed only where its rule ran and saw the same file again; where it could not run, that is said instead.
//! An earlier report may come from a later version: what is not known here is ignored.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnosis::Diagnosis;
use crate::finding::Conclusion;
use crate::report::visible;
use crate::rules::{self, prose};
use crate::text::{Lang, Text};

/// What became of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The verdict of the earlier report, in its language.
    pub earlier: String,
    /// Found then, looked for now and not found.
    pub fixed: Vec<Change>,
    /// Found now and not then.
    pub new: Vec<Change>,
    /// Found then and now.
    pub same: Vec<Change>,
    /// Found then, and not looked for now: what would show it is missing.
    pub unchecked: Vec<Change>,
}

/// One finding, then or now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its rule.
    pub rule: String,
    /// Its title.
    pub title: Text,
    /// `file: line` of its first evidence; may be empty.
    pub line: String,
    /// What is to be said besides; may be empty.
    pub note: Text,
}

/// Why a text is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAReport(pub Text);

/// Compares an earlier JSON report with a diagnosis.
pub fn compare(earlier: &str, today: &Diagnosis) -> Result<Comparison, NotAReport> {
    let mark = "\u{feff}";
    let report: Report =
        serde_json::from_str(earlier.trim_start_matches(mark).trim()).map_err(|_| NotAReport(NO_REPORT))?;
    match report.schema.rsplit_once('/') {
        Some((SCHEMA, "1")) => {}
        Some((SCHEMA, _)) => return Err(NotAReport(OTHER_VERSION)),
        _ => return Err(NotAReport(NO_REPORT)),
    }
    let mut comparison = Comparison { earlier: report.verdict.sentence.clone(), ..Comparison::default() };
    let mut left: Vec<&Conclusion> = today.findings.iter().collect();
    // Those that share evidence find each other first, then those of the same rule.
    let mut unmatched = Vec::new();
    for then in &report.findings {
        let lines = then.lines(&report);
        match left.iter().position(|now| now.rule == then.rule && !lines.is_disjoint(&lines_of(now, today))) {
            Some(at) => comparison.same.push(now_as(left.remove(at), today, Text::default())),
            None => unmatched.push((then, lines)),
        }
    }
    for (then, lines) in unmatched {
        if let Some(at) = left.iter().position(|now| now.rule == then.rule) {
            comparison.same.push(now_as(left.remove(at), today, OTHER_LINES));
            continue;
        }
        let files: BTreeSet<&str> = lines.iter().map(|(file, _)| file.as_str()).collect();
        let there = files.is_empty() || today.inputs.iter().any(|input| files.contains(input.name.as_str()));
        let passed = today.passed.iter().any(|row| row.rule == then.rule);
        let fires = today.findings.iter().any(|now| now.rule == then.rule);
        let change = then.as_change(&lines);
        if passed || (fires && there) {
            comparison.fixed.push(change);
        } else {
            let note = if rules::by_id(&then.rule).is_none() { UNKNOWN_RULE } else { NOT_LOOKED_FOR };
            comparison.unchecked.push(Change { note, ..change });
        }
    }
    for now in left {
        let waited = report.waiting.iter().any(|row| row.rule == now.rule);
        let known = waited || report.passed.contains(&now.rule);
        let note = match (known, waited) {
            (true, true) => COULD_NOT_BE_SEEN,
            (true, false) => WAS_FINE,
            (false, _) => Text::default(),
        };
        comparison.new.push(now_as(now, today, note));
    }
    Ok(comparison)
}

/// As text for a terminal.
pub fn text(comparison: &Comparison, lang: Lang) -> String {
    let mut out = format!("\n{}\n", HEADING.get(lang));
    for (sign, name, changes) in lists(comparison) {
        for change in changes {
            out.push_str(&format!("  {sign} {}: {}", name.get(lang), visible(change.title.get(lang))));
            out.push_str(&format!(" ({})\n", visible(&change.rule)));
            if !change.line.is_empty() {
                out.push_str(&format!("      {}\n", visible(&change.line)));
            }
            if !change.note.is_empty() {
                out.push_str(&format!("      {}\n", change.note.get(lang)));
            }
        }
    }
    if lists(comparison).iter().all(|(_, _, changes)| changes.is_empty()) {
        out.push_str(&format!("  {}\n", NOTHING.get(lang)));
    }
    out
}

/// As Markdown for a ticket.
pub fn markdown(comparison: &Comparison, lang: Lang) -> String {
    let mut out = format!("\n## {}\n", HEADING.get(lang));
    for (sign, name, changes) in lists(comparison) {
        if changes.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {sign} {}\n\n", name.get(lang)));
        for change in changes {
            let title = super::markdown::prose(change.title.get(lang));
            out.push_str(&format!("- {} {title}\n", super::markdown::code(&change.rule)));
            if !change.line.is_empty() {
                out.push_str(&format!("  {}\n", super::markdown::code(&change.line)));
            }
            if !change.note.is_empty() {
                out.push_str(&format!("  {}\n", super::markdown::prose(change.note.get(lang))));
            }
        }
    }
    if lists(comparison).iter().all(|(_, _, changes)| changes.is_empty()) {
        out.push_str(&format!("\n{}\n", NOTHING.get(lang)));
    }
    out
}

fn lists(comparison: &Comparison) -> [(char, Text, &[Change]); 4] {
    [
        ('✔', FIXED, &comparison.fixed),
        ('✖', NEW, &comparison.new),
        ('=', SAME, &comparison.same),
        ('?', UNCHECKED, &comparison.unchecked),
    ]
}

/// File and text of a finding's evidence.
type Lines = BTreeSet<(String, String)>;

fn lines_of(now: &Conclusion, today: &Diagnosis) -> Lines {
    let lines = now.evidence.iter().filter_map(|evidence| {
        let file = today.inputs.get(evidence.input? as usize)?.name.clone();
        let text = evidence.at.as_ref().map(|at| at.text.as_str()).unwrap_or_default();
        Some((file, without_times(text)))
    });
    lines.collect()
}

/// The same line of two logs differs in its clock: digits of `10:19:27.155936` and what counts lines in front of it.
fn without_times(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| {
        let clock = word.matches(':').count() >= 2 || word.ends_with(':');
        let digits = word.chars().all(|sign| sign.is_ascii_digit() || ":.".contains(sign));
        !(clock && digits)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn now_as(now: &Conclusion, today: &Diagnosis, note: Text) -> Change {
    let line = now.evidence.first().and_then(|evidence| {
        let file = today.inputs.get(evidence.input? as usize)?;
        Some(shown(&file.name, evidence.at.as_ref().map(|at| at.text.trim()).unwrap_or_default()))
    });
    Change { rule: now.rule.clone(), title: now.title.clone(), line: line.unwrap_or_default(), note }
}

fn shown(file: &str, text: &str) -> String {
    if text.is_empty() { file.to_owned() } else { format!("{file}: {text}") }
}

/// What is read of an earlier report.
#[derive(Deserialize)]
struct Report {
    schema: String,
    #[serde(default)]
    verdict: Verdict,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    passed: Vec<String>,
    #[serde(default)]
    waiting: Vec<Waiting>,
}

#[derive(Default, Deserialize)]
struct Verdict {
    #[serde(default)]
    sentence: String,
}

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    evidence: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    input: Option<usize>,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Waiting {
    #[serde(default)]
    rule: String,
}

impl Finding {
    fn lines(&self, report: &Report) -> Lines {
        let lines = self.evidence.iter().filter_map(|line| {
            let file = report.inputs.get(line.input?)?.name.clone();
            Some((file, without_times(&line.text)))
        });
        lines.collect()
    }

    /// In both languages where its rule is known; else as the report wrote it.
    fn as_change(&self, lines: &Lines) -> Change {
        let title = rules::by_id(&self.rule).map(|rule| prose::title(&rule.prose));
        let title = title.filter(|title| !title.en.contains('{'));
        let first = self.evidence.first().map(|line| line.text.trim()).unwrap_or_default();
        let file =
            lines.iter().find(|(_, text)| *text == without_times(first)).map(|(file, _)| file.as_str());
        Change {
            rule: self.rule.clone(),
            title: title.unwrap_or_else(|| Text::quoted(self.title.clone())),
            line: file.map(|file| shown(file, first)).unwrap_or_default(),
            note: Text::default(),
        }
    }
}

const SCHEMA: &str = "vpn-phone-doctor/report";
const HEADING: Text = Text::fixed("Since the earlier report", "Seit dem früheren Bericht");
const FIXED: Text = Text::fixed("Fixed", "Behoben");
const NEW: Text = Text::fixed("New", "Neu");
const SAME: Text = Text::fixed("Still there", "Noch da");
const UNCHECKED: Text = Text::fixed("Not checked this time", "Diesmal nicht geprüft");
const NOTHING: Text =
    Text::fixed("Neither report has a finding.", "Keiner der beiden Berichte hat einen Befund.");
const OTHER_LINES: Text =
    Text::fixed("It is shown by other lines than before.", "Andere Zeilen als zuvor zeigen es.");
const NOT_LOOKED_FOR: Text = Text::fixed(
    "Whether it is fixed cannot be told: bring the file that showed it.",
    "Ob es behoben ist, lässt sich nicht sagen: Bringen Sie die Datei, die es gezeigt hat.",
);
const UNKNOWN_RULE: Text = Text::fixed(
    "This version does not know the rule of the earlier report.",
    "Diese Version kennt die Regel des früheren Berichts nicht.",
);
const COULD_NOT_BE_SEEN: Text = Text::fixed(
    "The earlier report could not check this: it may not be new.",
    "Der frühere Bericht konnte das nicht prüfen: Es ist vielleicht nicht neu.",
);
const WAS_FINE: Text = Text::fixed(
    "The earlier report had checked this and found nothing.",
    "Der frühere Bericht hatte das geprüft und nichts gefunden.",
);
const NO_REPORT: Text = Text::fixed(
    "This is no report of this program: save one as JSON and bring that.",
    "Das ist kein Bericht dieses Programms: Speichern Sie einen als JSON und bringen Sie den.",
);
const OTHER_VERSION: Text = Text::fixed(
    "This report has a form that this version does not know.",
    "Dieser Bericht hat eine Form, die diese Version nicht kennt.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::report::{Form, render};
    use crate::testing::certificates::{CURRENT, OTHER};
    use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};

    fn case(trusted: &str, more: &str) -> Diagnosis {
        let config =
            asa(&format!("{more}ssl trust-point PHONES outside"), &chain("PHONES", &[("", CURRENT)]));
        let phone = phone_trusting(&[hash_of(trusted)]);
        let files = [("asa.cfg", config.as_str()), ("SEP001122334455.cnf.xml", phone.as_str())];
        diagnose(&readings(&files), &Said::new(), now())
    }

    fn rules(changes: &[Change]) -> Vec<&str> {
        changes.iter().map(|change| change.rule.as_str()).collect()
    }

    #[test]
    fn what_was_mended_is_fixed_and_what_was_not_is_still_there() {
        let (broken, mended) = (case(OTHER, ""), case(CURRENT, ""));
        let report = render(&broken, Form::Json, Lang::De);
        let after = compare(&report, &mended).unwrap();
        assert!(rules(&after.fixed).contains(&"cert-hash-mismatch"), "{after:?}");
        assert!(after.fixed.iter().all(|change| !change.title.en.is_empty()));
        let again = compare(&report, &broken).unwrap();
        assert!(rules(&again.same).contains(&"cert-hash-mismatch"), "{again:?}");
        assert_eq!((again.fixed.len(), again.new.len(), again.unchecked.len()), (0, 0, 0));
        let broke = compare(&render(&mended, Form::Json, Lang::En), &broken).unwrap();
        let new = broke.new.iter().find(|change| change.rule == "cert-hash-mismatch").unwrap();
        assert_eq!(new.note, WAS_FINE);
    }

    #[test]
    fn another_rule_with_the_same_line_is_another_finding() {
        let today = case(OTHER, "");
        let report = render(&today, Form::Json, Lang::En)
            .replace("\"rule\": \"cert-hash-mismatch\"", "\"rule\": \"wrong-trustpoint-on-interface\"");
        let after = compare(&report, &today).unwrap();
        assert!(rules(&after.new).contains(&"cert-hash-mismatch"), "{after:?}");
        assert!(!rules(&after.same).contains(&"cert-hash-mismatch"), "{after:?}");
    }

    #[test]
    fn what_cannot_be_seen_today_is_not_called_fixed() {
        let report = render(&case(OTHER, ""), Form::Json, Lang::En);
        let nothing = diagnose(&readings(&[("notes.txt", "hello")]), &Said::new(), now());
        let after = compare(&report, &nothing).unwrap();
        assert!(after.fixed.is_empty(), "{after:?}");
        assert!(rules(&after.unchecked).contains(&"cert-hash-mismatch"));
        let text = text(&after, Lang::De);
        assert!(text.contains("? Diesmal nicht geprüft: ") && text.contains("cert-hash-mismatch"), "{text}");
        let back = compare(&render(&nothing, Form::Json, Lang::En), &case(OTHER, "")).unwrap();
        let new = back.new.iter().find(|change| change.rule == "cert-hash-mismatch").unwrap();
        assert_eq!(new.note, COULD_NOT_BE_SEEN);
    }

    #[test]
    fn unknown_fields_are_ignored_and_what_is_no_report_says_so() {
        let today = case(OTHER, "");
        let report = r#"{"schema":"vpn-phone-doctor/report/1","later":{"x":1},"findings":[
            {"rule":"no-such-rule","title":"It <b>was</b>","severity":"grave","evidence":[{"input":7,"text":"x"}]}]}"#;
        let after = compare(report, &today).unwrap();
        assert_eq!(after.unchecked.first().unwrap().note, UNKNOWN_RULE);
        assert!(markdown(&after, Lang::En).contains("It \\<b\\>was\\</b\\>"));
        for (text, reason) in [
            ("", NO_REPORT),
            ("hello", NO_REPORT),
            ("{}", NO_REPORT),
            (r#"{"schema":"vpn-phone-doctor/inspect/1"}"#, NO_REPORT),
            (r#"{"schema":"vpn-phone-doctor/report/2"}"#, OTHER_VERSION),
        ] {
            assert_eq!(compare(text, &today), Err(NotAReport(reason)), "{text}");
        }
        let whole = render(&today, Form::Ndjson, Lang::En);
        for cut in 0..whole.len().min(2000) {
            let _ = whole.get(..cut).map(|text| compare(text, &today));
        }
    }

    #[test]
    fn the_clock_of_a_line_does_not_tell_lines_apart() {
        assert_eq!(
            without_times("0908: NOT 10:19:27.375718 SECD: Leaf cert hash = AB"),
            without_times("0012: NOT 11:00:00.000001 SECD: Leaf cert hash = AB")
        );
        assert_ne!(without_times("nameif outside"), without_times("nameif inside"));
    }
}
