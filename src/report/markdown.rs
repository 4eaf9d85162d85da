//! A diagnosis as Markdown, for a ticket.
//!
//! Text from files stands in code spans and code blocks only, fenced so that it cannot end them.

use crate::diagnosis::Diagnosis;
use crate::finding::{Conclusion, Fix};
use crate::report::words::{self, BRING, CAUSED_BY, FILES, FIX, UNDO, VERIFY};
use crate::report::{views, visible};
use crate::text::{Lang, Text};

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang) -> String {
    let mut out = String::new();
    let verdict = &diagnosis.verdict;
    out.push_str(&format!("# {}\n\n", escaped(verdict.sentence.get(lang))));
    if !verdict.detail.is_empty() {
        out.push_str(&format!("{}\n\n", escaped(verdict.detail.get(lang))));
    }
    out.push_str(&format!("| {} | {} |\n|---|---|\n", STAGE.get(lang), STATE.get(lang)));
    for row in &diagnosis.stages {
        out.push_str(&format!("| {} | {} |\n", row.stage.name().get(lang), row.state.id()));
    }
    for found in &diagnosis.findings {
        finding(&mut out, diagnosis, found, lang);
    }
    for (heading, lines) in views::summary(diagnosis, lang) {
        out.push_str(&format!("\n## {}\n\n", heading.get(lang)));
        for line in lines {
            out.push_str(&format!("- {}\n", code(&line)));
        }
    }
    out.push_str(&format!("\n## {}\n\n", FILES.get(lang)));
    for input in &diagnosis.inputs {
        let kind = input.kind.name();
        out.push_str(&format!("- {} – {} ({})\n", code(&input.name), kind.get(lang), input.state.id()));
        for note in &input.notes {
            out.push_str(&format!("  - {}\n", escaped(note.text.get(lang))));
        }
    }
    let bring = diagnosis.bring();
    if !bring.is_empty() {
        out.push_str(&format!("\n## {}\n\n", BRING.get(lang)));
        for (need, rules) in bring {
            out.push_str(&format!(
                "- {} (+{}): {}\n",
                need.name().get(lang),
                rules.len(),
                need.how_to_get().get(lang)
            ));
        }
    }
    out
}

fn finding(out: &mut String, diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) {
    out.push_str(&format!("\n## {}\n\n", escaped(found.title.get(lang))));
    out.push_str(&format!("`{}` · {} · {}", found.rule, found.severity.id(), found.confidence.id()));
    if let Some(cause) = &found.caused_by {
        out.push_str(&format!(" · {} `{cause}`", CAUSED_BY.get(lang)));
    }
    out.push_str("\n\n");
    for paragraph in &found.explanation {
        out.push_str(&format!("{}\n\n", escaped(paragraph.get(lang))));
    }
    for evidence in &found.evidence {
        let place = words::place(diagnosis, evidence, lang);
        out.push_str(&format!("- {} {}\n", code(&place), escaped(evidence.says.get(lang))));
        if let Some(at) = &evidence.at
            && !at.text.is_empty()
        {
            out.push_str(&format!("  {}\n", code(at.text.trim())));
        }
    }
    for fix in &found.fix {
        fix_block(out, fix, lang);
    }
}

fn fix_block(out: &mut String, fix: &Fix, lang: Lang) {
    out.push_str(&format!("\n### {} {}\n\n", FIX.get(lang), fix.on.name().get(lang)));
    for (step, number) in fix.steps.iter().zip(1..) {
        out.push_str(&format!("{number}. {}\n", step.get(lang)));
    }
    if !fix.commands.is_empty() {
        out.push_str(&format!("\n```\n{}\n```\n", fix.commands.join("\n")));
    }
    for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
        for item in list {
            out.push_str(&format!("\n{} {}\n", name.get(lang), item.get(lang)));
        }
    }
}

/// A code span around text from a file; more backticks than the text has in a row.
fn code(text: &str) -> String {
    let text = visible(text);
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Prose that may quote a file: nothing in it becomes HTML, a link or an image.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        if matches!(character, '<' | '>' | '[' | ']' | '|' | '!' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

const STAGE: Text = Text::fixed("Stage", "Stufe");
const STATE: Text = Text::fixed("State", "Zustand");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_file_stays_text() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(escaped("<img src=x> [a](b)"), "\\<img src=x\\> \\[a\\](b)");
    }
}
