//! A diagnosis for a ticket: what is broken, three lines that prove it, what to type; never more than 25 lines.
//!
//! ```text
//! ✖ The phone does not trust the ASA: it expects another certificate
//!   cert-hash-mismatch · blocks now · certain · Phones: SEP001122334455
//!   …
//! Evidence
//!   phone-console.log:7: the ASA presented the certificate F4CA… to the phone
//! Fix: ASA
//!   1. …
//! ```
//! What there is no room for is counted, and the whole report has it. Lines are not broken: ticket systems do that.

use crate::diagnosis::{Diagnosis, VerdictState};
use crate::finding::{Conclusion, Fix};
use crate::report::visible;
use crate::report::words::{self, BRING, FIX, REDACTED, VERIFY};
use crate::source::shortened;
use crate::text::{Lang, Text};

/// Lines of the whole text.
const LINES: usize = 25;
/// Characters of a line; what is longer is cut.
const WIDTH: usize = 240;
/// Lines that prove the first finding.
const EVIDENCE: usize = 3;
/// Names of phones that are listed.
const PHONES: usize = 3;
/// Other findings that are listed.
const OTHERS: usize = 3;

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang) -> String {
    let main = main_finding(diagnosis);
    let mut lines = head(diagnosis, main, lang);
    let foot = foot(diagnosis, main, lang);
    if let Some(found) = main {
        lines.extend(evidence(diagnosis, found, lang));
        let room = LINES.saturating_sub(lines.len() + foot.len());
        lines.extend(fixes(found, lang, room));
    }
    lines.extend(foot);
    lines.truncate(LINES);
    lines.into_iter().map(|line| shortened(line.trim_end(), WIDTH) + "\n").collect()
}

/// The finding that the verdict is about, or the first.
fn main_finding(diagnosis: &Diagnosis) -> Option<&Conclusion> {
    let named = |found: &&Conclusion| Some(&found.rule) == diagnosis.verdict.rule.as_ref();
    diagnosis.findings.iter().find(named).or_else(|| diagnosis.findings.first())
}

fn head(diagnosis: &Diagnosis, main: Option<&Conclusion>, lang: Lang) -> Vec<String> {
    let sign = words::verdict_sign(diagnosis.verdict.state);
    let mut lines = vec![format!("{sign} {}", said(&diagnosis.verdict.sentence, lang))];
    if let Some(found) = main {
        let (_, severity) = words::severity(found.severity);
        let sure = words::confidence(found.confidence);
        lines.push(format!("  {} · {} · {}", found.rule, severity.get(lang), sure.get(lang)));
    }
    let detail = said(&diagnosis.verdict.detail, lang);
    let why = main.and_then(|found| found.explanation.first()).map(|text| said(text, lang));
    for text in [Some(detail), why].into_iter().flatten().filter(|text| !text.is_empty()) {
        let line = format!("  {text}");
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let failing: Vec<&str> = diagnosis
        .phones
        .iter()
        .filter(|phone| phone.failed.is_some())
        .map(|phone| phone.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    if !failing.is_empty() {
        let names: Vec<String> = failing.iter().take(PHONES).map(|name| visible(name)).collect();
        let more = failing.len().saturating_sub(PHONES);
        let more = if more > 0 { format!(" {}", words::more(more).get(lang)) } else { String::new() };
        lines.push(format!("  {} {}{more}", AFFECTED.get(lang), names.join(", ")));
    }
    lines
}

fn evidence(diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) -> Vec<String> {
    let mut lines = vec![EVIDENCE_IS.get(lang).into_owned()];
    for evidence in found.evidence.iter().take(EVIDENCE) {
        let line = evidence.at.as_ref().map(|at| visible(at.text.trim()));
        // Around a certificate nothing but its armour stands in a line.
        let line = line.filter(|line| !line.is_empty() && !line.starts_with("-----BEGIN"));
        let parts = [Some(said(&evidence.says, lang)), line];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        lines.push(format!("  {}: {}", words::place(diagnosis, evidence, lang), parts.join(" – ")));
    }
    let left = found.evidence.len().saturating_sub(EVIDENCE) + found.more_evidence as usize;
    if left > 0 {
        lines.push(format!("  {}", words::more(left).get(lang)));
    }
    lines
}

/// As many steps as there is room for; what is left is counted.
fn fixes(found: &Conclusion, lang: Lang, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = found.fix.iter().flat_map(|fix| one_fix(fix, lang)).collect();
    if lines.len() > room {
        let left = lines.len() - room.saturating_sub(1);
        lines.truncate(room.saturating_sub(1));
        lines.push(format!("  {}", words::more(left).get(lang)));
    }
    lines
}

fn one_fix(fix: &Fix, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("{} {}", FIX.get(lang), fix.on.name().get(lang))];
    lines.extend(fix.steps.iter().zip(1..).map(|(step, number)| format!("  {number}. {}", said(step, lang))));
    lines.extend(fix.commands.iter().map(|command| format!("     {}", visible(command))));
    let verify = fix.verify.first();
    lines.extend(verify.map(|verify| format!("  {} {}", VERIFY.get(lang), said(verify, lang))));
    lines
}

fn foot(diagnosis: &Diagnosis, main: Option<&Conclusion>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    // What only follows from the first one is mended with it.
    let others = diagnosis.findings.iter().filter(|found| found.caused_by.is_none());
    let others: Vec<&Conclusion> =
        others.filter(|found| main.is_none_or(|main| !std::ptr::eq(*found, main))).collect();
    if !others.is_empty() {
        let rules: Vec<&str> = others.iter().take(OTHERS).map(|found| found.rule.as_str()).collect();
        let more = others.len().saturating_sub(OTHERS);
        let more = if more > 0 { format!(" {}", words::more(more).get(lang)) } else { String::new() };
        lines.push(format!("{} {}{more}", ALSO.get(lang), rules.join(", ")));
    }
    let needs = diagnosis.bring();
    if diagnosis.verdict.state == VerdictState::Unknown && !needs.is_empty() {
        let names = needs.iter().take(OTHERS).map(|(need, _)| said(&diagnosis.name_of(*need), lang));
        lines.push(format!("{}: {}", BRING.get(lang), names.collect::<Vec<_>>().join(", ")));
    }
    let files = FILES.number("count", diagnosis.inputs.iter().filter(|input| input.inside.is_none()).count());
    lines.push(format!("VPN Phone Doctor {} · {}", env!("CARGO_PKG_VERSION"), files.get(lang)));
    if diagnosis.redacted {
        lines.push(REDACTED.get(lang).into_owned());
    }
    lines
}

fn said(text: &Text, lang: Lang) -> String {
    visible(&text.get(lang)).split_whitespace().collect::<Vec<_>>().join(" ")
}

const AFFECTED: Text = Text::fixed("Phones that fail:", "Telefone, bei denen es scheitert:");
const EVIDENCE_IS: Text = Text::fixed("Evidence:", "Belege:");
const ALSO: Text = Text::fixed("Also found:", "Außerdem gefunden:");
const FILES: Text = Text::fixed("{count} files read", "{count} Dateien gelesen");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::testing::certificates::{CURRENT, OTHER};
    use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};

    #[test]
    fn a_ticket_has_the_fault_its_proof_and_its_fix_in_25_lines() {
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let phone = phone_trusting(&[hash_of(OTHER)]);
        let mut files = vec![("asa.cfg".to_owned(), config)];
        files.extend((10..60).map(|number| {
            (
                format!("SEP0011223344{number}.cnf.xml"),
                phone.replace("SEP001122334455", &format!("SEP0011223344{number}")),
            )
        }));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let diagnosis = diagnose(&readings(&files), &Said::new(), now());
        for (lang, telling) in [
            (Lang::En, ["cert-hash-mismatch", "Evidence:", "Fix: CUCM", "51 files read", "more"]),
            (Lang::De, ["cert-hash-mismatch", "Belege:", "Behebung: CUCM", "51 Dateien gelesen", "weitere"]),
        ] {
            let text = render(&diagnosis, lang);
            assert!(text.starts_with("✖ "), "{text}");
            assert!(text.lines().count() <= LINES, "{text}");
            for telling in telling {
                assert!(text.contains(telling), "{telling} in {text}");
            }
        }
    }

    #[test]
    fn a_certificate_is_told_in_words_and_a_line_as_it_is() {
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let phone = phone_trusting(&[hash_of(OTHER)]);
        let files = [("asa.cfg", config.as_str()), ("SEP001122334455.cnf.xml", &phone), ("other.pem", OTHER)];
        let text = render(&diagnose(&readings(&files), &Said::new(), now()), Lang::En);
        assert!(text.contains("<certHash1>") && text.contains("the phone trusts"), "{text}");
        assert!(text.contains("other.pem:1: ") && !text.contains("-----BEGIN"), "{text}");
    }

    #[test]
    fn a_long_fix_gives_way_to_what_stands_at_the_foot() {
        let phone = phone_trusting(&["xyz".to_owned()]);
        let mut diagnosis = diagnose(&readings(&[("SEP001122334455.cnf.xml", &phone)]), &Said::new(), now());
        let fix = &mut diagnosis.findings[0].fix[0];
        fix.steps = vec![fix.steps[0].clone(); 40];
        let text = render(&diagnosis, Lang::En);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), LINES, "{text}");
        assert!(lines[LINES - 1].starts_with("VPN Phone Doctor"), "{text}");
        assert!(text.contains(" more\n"), "{text}");
    }

    #[test]
    fn an_empty_case_says_so() {
        let text = render(&diagnose(&[], &Said::new(), now()), Lang::En);
        assert!(text.starts_with("○ ") && text.contains("0 files read"), "{text}");
    }
}
