//! A diagnosis as Markdown, for a ticket.
//!
//! Text from files stands in code spans and code blocks only, fenced so that it cannot end them; prose that quotes a
//! file is escaped, so that nothing of it becomes HTML, a link, an image or a heading.

use crate::diagnosis::Diagnosis;
use crate::finding::{Conclusion, Fix};
use crate::report::blocks::{Block, Part, Section};
use crate::report::words::{self, CAUSED_BY, FIX, REDACTED, SOURCES, STAGE, STATE, UNDO, VERIFY};
use crate::report::{Files, changes, sections, visible};
use crate::text::Lang;

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang, files: Files) -> String {
    let mut out = String::new();
    let verdict = &diagnosis.verdict;
    out.push_str(&format!("# {}\n\n", prose(&verdict.sentence.get(lang))));
    if diagnosis.redacted {
        out.push_str(&format!("> {}\n\n", prose(&REDACTED.get(lang))));
    }
    if !verdict.detail.is_empty() {
        out.push_str(&format!("{}\n\n", prose(&verdict.detail.get(lang))));
    }
    out.push_str(&format!("| {} | {} |\n|---|---|\n", STAGE.get(lang), STATE.get(lang)));
    for row in &diagnosis.stages {
        let (sign, state) = (words::stage_sign(row.state), words::stage(row.state));
        out.push_str(&format!("| {} | {sign} {} |\n", row.stage.name().get(lang), state.get(lang)));
    }
    if let Some(changes) = changes::section(diagnosis, lang) {
        section(&mut out, &changes, lang);
    }
    for found in &diagnosis.findings {
        finding(&mut out, diagnosis, found, lang);
    }
    for one in sections::all(diagnosis, lang, files) {
        section(&mut out, &one, lang);
    }
    out
}

fn finding(out: &mut String, diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) {
    let (sign, severity) = words::severity(found.severity);
    let sure = words::confidence(found.confidence);
    out.push_str(&format!("\n## {sign} {}\n\n", prose(&found.title.get(lang))));
    out.push_str(&format!("`{}` · {} · {}", found.rule, severity.get(lang), sure.get(lang)));
    if let Some(cause) = &found.caused_by {
        out.push_str(&format!(" · {} `{cause}`", CAUSED_BY.get(lang)));
    }
    out.push_str("\n\n");
    for paragraph in &found.explanation {
        out.push_str(&format!("{}\n\n", prose(&paragraph.get(lang))));
    }
    for evidence in &found.evidence {
        let place = words::place(diagnosis, evidence, lang);
        out.push_str(&format!("- {} {}\n", code(&place), prose(&evidence.says.get(lang))));
        if let Some(at) = &evidence.at
            && !at.text.is_empty()
        {
            out.push_str(&format!("  {}\n", code(at.text.trim())));
        }
    }
    if found.more_evidence > 0 {
        out.push_str(&format!("- {}\n", words::more(found.more_evidence as usize).get(lang)));
    }
    if found.more_of_kind > 0 {
        out.push_str(&format!("\n{}\n", words::more_of_kind(found.more_of_kind).get(lang)));
    }
    for fix in &found.fix {
        fix_block(out, fix, lang);
    }
    if !found.sources.is_empty() {
        out.push_str(&format!("\n{} {}\n", SOURCES.get(lang), prose(&found.sources.join("; "))));
    }
}

fn fix_block(out: &mut String, fix: &Fix, lang: Lang) {
    out.push_str(&format!("\n### {} {}\n\n", FIX.get(lang), fix.on.name().get(lang)));
    for (step, number) in fix.steps.iter().zip(1..) {
        out.push_str(&format!("{number}. {}\n", prose(&step.get(lang))));
    }
    if !fix.commands.is_empty() {
        let commands: Vec<String> = fix.commands.iter().map(|command| visible(command)).collect();
        let commands = commands.join("\n");
        let fence = "`".repeat(longest_run(&commands).max(2) + 1);
        out.push_str(&format!("\n{fence}\n{commands}\n{fence}\n"));
    }
    for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
        for item in list {
            out.push_str(&format!("\n{} {}\n", name.get(lang), prose(&item.get(lang))));
        }
    }
}

fn section(out: &mut String, section: &Section, lang: Lang) {
    out.push_str(&format!("\n## {}\n", prose(&section.heading.get(lang))));
    for block in &section.blocks {
        out.push('\n');
        match block {
            Block::Paragraph(line) => out.push_str(&format!("{}\n", parts(line))),
            Block::List(items) => {
                for item in items {
                    out.push_str(&format!("- {}\n", parts(item)));
                }
            }
            Block::Table { head, rows } => {
                let names: Vec<String> = head.iter().map(|name| prose(&name.get(lang))).collect();
                out.push_str(&format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(head.len())));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| in_cell(&parts(cell))).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
            }
        }
    }
}

fn parts(line: &[Part]) -> String {
    let told = line.iter().filter_map(|part| match part {
        Part::Words(words) => (!words.is_empty()).then(|| prose(words)),
        Part::Device(text) => Some(code(text)),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// A bar ends a table's cell, even inside a code span.
fn in_cell(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}

/// A code span around text from a file; more backticks than the text has in a row.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = longest_run(&text);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Prose that may quote a file: its code spans stay, of the rest nothing becomes markup.
fn prose(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('`') {
        let Some((span, tail)) = after.split_once('`') else { break };
        out.push_str(&escaped(before));
        if span.is_empty() {
            out.push_str("\\`\\`");
        } else {
            out.push_str(&format!("`{span}`"));
        }
        rest = tail;
    }
    out.push_str(&escaped(rest));
    out
}

/// Text in which nothing is markup, and nothing becomes a link or calls a person in a ticket system: what looks as if
/// it led somewhere is a code span. What a file says would choose where the link leads.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in text.split_inclusive(char::is_whitespace) {
        let begin = token.len() - token.trim_start_matches(is_mark).len();
        let (before, rest) = token.split_at(begin);
        let (core, after) = rest.split_at(rest.trim_end_matches(is_mark).len());
        if leads_somewhere(core) {
            out.push_str(&format!("{}{}{}", plain(before), code(core), plain(after)));
        } else {
            out.push_str(&plain(token));
        }
    }
    out
}

/// What stands around a word in a sentence.
fn is_mark(sign: char) -> bool {
    !(sign.is_alphanumeric() || "/@_-~%`".contains(sign))
}

/// An address of any kind, a name of a host or what could be one (`asa.zip`), a person's (`@name`).
fn leads_somewhere(word: &str) -> bool {
    let dotted = |(at, _): (usize, &str)| {
        let before = word.get(..at).and_then(|before| before.chars().next_back());
        let after: Vec<char> = word.get(at + 1..).unwrap_or_default().chars().take(2).collect();
        before.is_some_and(char::is_alphanumeric)
            && after.len() == 2
            && after.iter().all(|sign| sign.is_alphabetic())
    };
    word.contains("//") || word.contains('@') || word.match_indices('.').any(dotted) || scheme(word)
}

/// `mailto:x`, `tel:112`.
fn scheme(word: &str) -> bool {
    word.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_lowercase()) && !rest.is_empty()
    })
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if "<>[]|!\\`*_#&~".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_file_stays_text() {
        assert_eq!(code("a`b"), "`` a`b ``");
        for (text, written) in [
            ("<img src=x> [a](b)", "\\<img src=x\\> \\[a\\](b)"),
            ("type `show ssl` on <ASA>", "type `show ssl` on \\<ASA\\>"),
            ("` <img src=x>", "\\` \\<img src=x\\>"),
            ("a `` <b> `` c", "a \\`\\` \\<b\\> \\`\\` c"),
        ] {
            assert_eq!(prose(text), written);
        }
        for (text, written) in [
            ("opens https://evil.example.com/a_b?x=1.", "opens `https://evil.example.com/a_b?x=1`."),
            ("(www.example.com), x", "(`www.example.com`), x"),
            ("@everyone and fritz@example.com", "`@everyone` and `fritz@example.com`"),
            ("in “asa.zip”: 9.1(5), e.g. 12", "in “`asa.zip`”: 9.1(5), e.g. 12"),
            ("mailto:x //host tel:112", "`mailto:x` `//host` `tel:112`"),
            ("<https://a.example.com/`b`>", "\\<`https://a.example.com/``b`\\>"),
            ("~~gone~~ line 12: no", "\\~\\~gone\\~\\~ line 12: no"),
        ] {
            assert_eq!(prose(text), written);
        }
        assert_eq!(in_cell(&code("a|b")), "`a\\|b`");
        assert_eq!(in_cell(&prose("a|b")), "a\\|b");
    }
}
