//! A diagnosis for a person at a terminal.
#![cfg_attr(feature = "page", allow(dead_code, reason = "in the page only one finding alone is written so"))]

use crate::case::QUESTIONS;
use crate::diagnosis::{Diagnosis, VerdictState};
use crate::finding::{Conclusion, Evidence, Fix, Severity};
use crate::input::InputState;
use crate::need::Need;
use crate::report::files::{self, Files};
use crate::report::words::{self, BRING, FILES, FIX, REDACTED, UNDO, VERIFY};
use crate::report::{changes, views, visible};
use crate::text::{Lang, Text};

/// How a text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With colours, as escape sequences of a terminal (ECMA-48).
    pub styled: bool,
    /// Width of the paragraphs, in characters.
    width: usize,
}

impl Look {
    /// Without colours, in a terminal of so many columns. Longer lines than `WIDEST` are hard to read, and shorter
    /// ones than `NARROWEST` come apart.
    pub fn of_width(columns: Option<usize>) -> Self {
        Self { styled: false, width: columns.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST) }
    }

    /// The lines of a paragraph: the first behind `lead`, the others behind `indent`.
    pub fn wrapped(self, lead: &str, indent: &str, text: &str) -> Vec<String> {
        let (mut lines, mut line, mut empty) = (Vec::new(), lead.to_owned(), true);
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > self.width {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        lines.push(line);
        lines
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::of_width(None)
    }
}

const WIDEST: usize = 100;
const NARROWEST: usize = 40;

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang, files: Files, look: Look) -> String {
    let mut page = Page { lang, look, style: "", out: String::new() };
    if diagnosis.redacted {
        page.wrapped("", "", &REDACTED.get(lang));
        page.line("");
    }
    page.verdict(diagnosis);
    page.ladder(diagnosis);
    page.changes(diagnosis);
    for found in &diagnosis.findings {
        page.finding(diagnosis, found);
    }
    page.views(diagnosis);
    page.inputs(diagnosis, files);
    page.questions(diagnosis);
    page.bring(diagnosis);
    page.out
}

/// Writes one finding alone.
pub fn one_finding(diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) -> String {
    let mut page = Page { lang, look: Look::default(), style: "", out: String::new() };
    // Alone there is no cause above it that explains and mends it.
    let alone = Conclusion { caused_by: None, ..found.clone() };
    page.finding(diagnosis, &alone);
    if let Some(cause) = &found.caused_by {
        page.line(&format!("    {} {cause}.", CONSEQUENCE.get(lang)));
    }
    if diagnosis.redacted {
        page.wrapped("    ", "    ", &REDACTED.get(lang));
    }
    page.out.trim_start_matches('\n').to_owned()
}

struct Page {
    lang: Lang,
    look: Look,
    /// What lines are written in now: parameters of SGR.
    style: &'static str,
    out: String,
}

impl Page {
    fn line(&mut self, text: &str) {
        let text = text.trim_end();
        if self.look.styled && !self.style.is_empty() && !text.is_empty() {
            self.out.push_str(&format!("\u{1b}[{}m{text}\u{1b}[0m\n", self.style));
        } else {
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    /// What is written in a style.
    fn styled(&mut self, style: &'static str, write: impl FnOnce(&mut Self)) {
        self.style = style;
        write(self);
        self.style = "";
    }

    /// A paragraph, wrapped and indented; text from files was made visible before.
    fn wrapped(&mut self, lead: &str, indent: &str, text: &str) {
        for line in self.look.wrapped(lead, indent, text) {
            self.line(&line);
        }
    }

    fn heading(&mut self, text: &Text) {
        let text = text.get(self.lang).into_owned();
        self.line("");
        self.styled(BOLD, |page| page.line(&text));
    }

    fn verdict(&mut self, diagnosis: &Diagnosis) {
        let sign = words::verdict_sign(diagnosis.verdict.state);
        let sentence = visible(&diagnosis.verdict.sentence.get(self.lang));
        let style = match diagnosis.verdict.state {
            VerdictState::Fault => BLOCKS,
            VerdictState::Suspect => WARNS,
            VerdictState::Clear => CLEAR,
            VerdictState::Unknown => BOLD,
        };
        self.styled(style, |page| page.wrapped(&format!("{sign} "), "  ", &sentence));
        let detail = visible(&diagnosis.verdict.detail.get(self.lang));
        if !detail.is_empty() {
            self.wrapped("  ", "  ", &detail);
        }
    }

    fn ladder(&mut self, diagnosis: &Diagnosis) {
        let steps: Vec<String> = diagnosis
            .stages
            .iter()
            .map(|row| {
                let sign = words::stage_sign(row.state);
                format!("{sign}\u{a0}{}", row.stage.name().get(self.lang).replace(' ', "\u{a0}"))
            })
            .collect();
        self.line("");
        self.wrapped("  ", "  ", &steps.join(" ─ "));
    }

    fn changes(&mut self, diagnosis: &Diagnosis) {
        let Some(since) = &diagnosis.since else { return };
        self.heading(&changes::HEADING);
        for (indent, line) in changes::lines(since, self.lang) {
            self.wrapped(&" ".repeat(indent), &" ".repeat(indent + 2), &line);
        }
    }

    fn finding(&mut self, diagnosis: &Diagnosis, found: &Conclusion) {
        let (sign, name) = words::severity(found.severity);
        self.line("");
        let lead = if found.caused_by.is_some() { "  └ " } else { "" };
        let title = visible(&found.title.get(self.lang));
        let style = match found.severity {
            Severity::Blocker => BLOCKS,
            Severity::Warning => WARNS,
            Severity::Notice => BOLD,
        };
        self.styled(style, |page| page.line(&format!("{lead}{sign} {title}")));
        let sure = words::confidence(found.confidence);
        let head = format!("{} · {} · {}", found.rule, name.get(self.lang), sure.get(self.lang));
        self.line(&format!("    {head}"));
        if let Some(cause) = &found.caused_by {
            self.line(&format!("    {} {cause}.", CONSEQUENCE.get(self.lang)));
        }
        if found.more_of_kind > 0 {
            self.line(&format!("    {}", words::more_of_kind(found.more_of_kind).get(self.lang)));
        }
        if found.caused_by.is_none() {
            for paragraph in &found.explanation {
                self.wrapped("    ", "    ", &visible(&paragraph.get(self.lang)));
            }
        }
        for evidence in &found.evidence {
            self.evidence(diagnosis, evidence);
        }
        if found.more_evidence > 0 {
            let text = words::more(found.more_evidence as usize);
            self.line(&format!("      {}", text.get(self.lang)));
        }
        if found.caused_by.is_none() {
            for fix in &found.fix {
                self.fix(fix);
            }
        }
    }

    fn evidence(&mut self, diagnosis: &Diagnosis, evidence: &Evidence) {
        let says = visible(&evidence.says.get(self.lang));
        let place = words::place(diagnosis, evidence, self.lang);
        self.line(&format!("      {place}: {says}"));
        if let Some(at) = &evidence.at
            && !at.text.is_empty()
        {
            self.styled(DEVICE, |page| page.line(&format!("        {}", visible(at.text.trim()))));
        }
    }

    fn fix(&mut self, fix: &Fix) {
        let lang = self.lang;
        self.line(&format!("    {} {}", FIX.get(lang), fix.on.name().get(lang)));
        for (step, number) in fix.steps.iter().zip(1..) {
            self.wrapped(&format!("      {number}. "), "         ", &visible(&step.get(lang)));
        }
        for command in &fix.commands {
            self.styled(COMMAND, |page| page.line(&format!("        {}", visible(command))));
        }
        for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
            for item in list {
                self.wrapped(&format!("      {} ", name.get(lang)), "        ", &visible(&item.get(lang)));
            }
        }
    }

    fn views(&mut self, diagnosis: &Diagnosis) {
        for (heading, lines) in views::summary(diagnosis, self.lang) {
            self.heading(&heading);
            for line in lines {
                self.wrapped("  ", "    ", &line);
            }
        }
    }

    fn inputs(&mut self, diagnosis: &Diagnosis, files: Files) {
        if diagnosis.inputs.is_empty() {
            return;
        }
        self.heading(&FILES);
        let listed = files::listed(diagnosis, files);
        for input in listed.single {
            let sign = match input.state {
                InputState::Read => '✔',
                InputState::PartlyRead => '▲',
                InputState::Unrecognised => '?',
                InputState::Refused => '✖',
            };
            let indent = if input.inside.is_some() { "    " } else { "  " };
            let (kind, because) = (input.kind.name(), input.because.get(self.lang));
            let head = format!("{indent}{sign} {}: {}", visible(&input.name), kind.get(self.lang));
            let head = if because.is_empty() { head } else { format!("{head} – {}", visible(&because)) };
            self.line(&head);
            for note in &input.notes {
                let line = note.line.map(|line| format!("{line}: ")).unwrap_or_default();
                self.wrapped(&format!("{indent}    {line}"), "        ", &visible(&note.text.get(self.lang)));
            }
        }
        if let Some(others) = listed.others {
            self.wrapped("  ? ", "    ", &others.get(self.lang));
        }
    }

    /// Open questions, with the answers that the case itself names.
    fn questions(&mut self, diagnosis: &Diagnosis) {
        for row in &diagnosis.questions {
            let Some(question) = QUESTIONS.iter().find(|question| question.key == row.key) else { continue };
            self.heading(&question.asks);
            if row.choices.is_empty() {
                let values =
                    if question.values.is_empty() { "…".to_owned() } else { question.values.join("|") };
                self.line(&format!("  --say {}={values}", row.key));
            }
            for choice in &row.choices {
                let (value, says) = (visible(&choice.value), visible(&choice.says.get(self.lang)));
                self.wrapped("  ", "    ", &format!("--say {}={value}  ({says})", row.key));
            }
        }
    }

    fn bring(&mut self, diagnosis: &Diagnosis) {
        let bring = diagnosis.bring();
        if bring.is_empty() {
            return;
        }
        self.heading(&BRING);
        // What only the person knows stands among the questions.
        for (need, rules) in bring.into_iter().filter(|(need, _)| *need != Need::Answer) {
            let name = diagnosis.name_of(need);
            let text = Text::counted(rules.len(), MORE_CHECK, MORE_CHECKS).nested("name", name);
            self.line(&format!("  {}", text.get(self.lang)));
            self.wrapped("    ", "    ", &diagnosis.way_to(need).get(self.lang));
        }
    }
}

/// Colours of the terminal's own, which its owner chose to be read.
const BOLD: &str = "1";
const BLOCKS: &str = "1;31";
const WARNS: &str = "1;33";
const CLEAR: &str = "1;32";
const DEVICE: &str = "2";
const COMMAND: &str = "36";

const CONSEQUENCE: Text = Text::fixed("A consequence of", "Eine Folge von");

const MORE_CHECK: Text = Text::fixed("{name}: +{count} check", "{name}: +{count} Prüfung");
const MORE_CHECKS: Text = Text::fixed("{name}: +{count} checks", "{name}: +{count} Prüfungen");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::testing::certificates::{CURRENT, OTHER};
    use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};

    #[test]
    fn a_finding_stands_alone() {
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let phone = phone_trusting(&[hash_of(OTHER)]);
        let diagnosis = diagnose(
            &readings(&[("asa.cfg", &config), ("SEP001122334455.cnf.xml", &phone)]),
            &Said::new(),
            now(),
        );
        let found = diagnosis.findings.iter().find(|found| found.rule == "cert-hash-mismatch").unwrap();
        for (lang, telling) in [
            (Lang::En, ["blocks now · certain", "Fix: CUCM", "Verify:"]),
            (Lang::De, ["blockiert jetzt · sicher", "Behebung: CUCM", "Prüfen:"]),
        ] {
            let text = one_finding(&diagnosis, found, lang);
            assert!(text.starts_with("✖ "), "{text}");
            for telling in telling.into_iter().chain(["cert-hash-mismatch", "SEP001122334455.cnf.xml:"]) {
                assert!(text.contains(telling), "{telling} in {text}");
            }
            assert!(!text.contains(&*FILES.get(lang)), "{text}");
        }
    }
}
