//! The catalogue of rules: as JSON, as Markdown, and one rule in full.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::finding::Severity;
use crate::need::Need;
use crate::report::text::Look;
use crate::report::words::{FIX, UNDO, VERIFY};
use crate::rules::prose::Prose;
use crate::rules::{self, Rule, prose};
use crate::stage::Stage;
use crate::text::{Lang, Text};

/// A rule as the page lists it: all but its check, so that the page need not hold the checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// The stage that breaks.
    pub stage: Stage,
    /// How bad it is, unless a finding says otherwise.
    pub severity: Severity,
    /// The evidence that it can be seen in.
    pub needs: Vec<Need>,
    /// Where its facts come from.
    pub sources: Vec<String>,
    /// What it says, with its placeholders.
    pub prose: Prose,
}

/// Every rule in the catalogue's order.
pub fn cards() -> Vec<Card> {
    let card = |rule: &Rule| Card {
        id: rule.id.to_owned(),
        stage: rule.stage,
        severity: rule.severity,
        needs: rule.needs.to_vec(),
        sources: rule.sources.iter().map(|source| (*source).to_owned()).collect(),
        prose: prose::parse(&rule.prose),
    };
    rules::all().map(card).collect()
}

/// Every rule in the catalogue's order: id, stage, severity, needs and title.
pub fn json(lang: Lang) -> Value {
    rules::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "stage": rule.stage,
                "severity": rule.severity,
                "needs": rule.needs,
                "title": prose::title(&rule.prose).get(lang),
            })
        })
        .collect()
}

/// One line a rule, for a terminal.
pub fn text(lang: Lang) -> String {
    let line = |rule: &Rule| {
        let title = prose::title(&rule.prose);
        format!("{:<14} {:<8} {:<42} {}\n", rule.stage.id(), rule.severity.id(), rule.id, title.get(lang))
    };
    rules::all().map(line).collect()
}

/// `docs/rules.md`: every rule with what it needs, and the questions that may be answered.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Rules\n\nMade from the rules themselves; do not edit.\n\n| id | stage | severity | needs | title | Titel |\n|---|---|---|---|---|---|\n",
    );
    for rule in rules::all() {
        let needs: Vec<&str> = rule.needs.iter().map(|need| need.id()).collect();
        let title = prose::title(&rule.prose);
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            rule.id,
            rule.stage.id(),
            rule.severity.id(),
            needs.join(", "),
            title.get(Lang::En),
            title.get(Lang::De)
        ));
    }
    out.push_str("\n## Answers\n\nWhat no file can show is said with `--say KEY=VALUE`.\n\n| key | values | question | Frage |\n|---|---|---|---|\n");
    for question in crate::case::QUESTIONS {
        let values =
            if question.values.is_empty() { "any text".to_owned() } else { question.values.join(", ") };
        out.push_str(&format!(
            "| {} | {values} | {} | {} |\n",
            question.key,
            question.asks.get(Lang::En),
            question.asks.get(Lang::De)
        ));
    }
    out
}

/// One rule in full, for a terminal: what is wrong, why, what to do, and the sources.
pub fn explain(rule: &Rule, lang: Lang, look: Look) -> String {
    let prose = prose::parse(&rule.prose);
    let needs: Vec<&str> = rule.needs.iter().map(|need| need.id()).collect();
    let mut out = Lines { look, lang, text: String::new() };
    out.wrapped("", "", &prose::title(&rule.prose));
    let kind = format!("{} · {} · {}", rule.id, rule.stage.id(), rule.severity.id());
    out.wrapped("", "  ", &Text::quoted(kind));
    for paragraph in &prose.paragraphs {
        out.line("");
        out.wrapped("", "", paragraph);
    }
    for fix in &prose.fixes {
        out.line("");
        out.line(&format!("{} {}", FIX.get(lang), fix.on.name().get(lang)));
        for (step, number) in fix.steps.iter().zip(1..) {
            out.wrapped(&format!("  {number}. "), "     ", step);
        }
        for command in &fix.commands {
            out.line(&format!("     {}", placeholders(command)));
        }
        for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
            for item in list {
                out.wrapped(&format!("  {} ", name.get(lang)), "    ", item);
            }
        }
    }
    out.line("");
    for (name, list) in [(NEEDS, needs.join(", ")), (SOURCES, rule.sources.join("; "))] {
        out.wrapped(&format!("{} ", name.get(lang)), "  ", &Text::quoted(list));
    }
    out.text
}

struct Lines {
    look: Look,
    lang: Lang,
    text: String,
}

impl Lines {
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn wrapped(&mut self, lead: &str, indent: &str, text: &Text) {
        for line in self.look.wrapped(lead, indent, &placeholders(&text.get(self.lang))) {
            self.line(&line);
        }
    }
}

/// A rule's text with every `{name}` as `<name>`, as where a case has no value for it.
pub fn placeholders(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        shown.push_str(before);
        rest = after;
        match after.split_once('}') {
            Some((name, tail)) if prose::is_placeholder(name) => {
                shown.push_str(&format!("<{name}>"));
                rest = tail;
            }
            _ => shown.push('{'),
        }
    }
    shown.push_str(rest);
    shown
}

const NEEDS: Text = Text::fixed("Seen in:", "Zu sehen in:");
const SOURCES: Text = Text::fixed("Sources:", "Quellen:");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_without_a_value_stand_out() {
        assert_eq!(placeholders("Bind {trustpoint} to {interface}."), "Bind <trustpoint> to <interface>.");
        assert_eq!(placeholders("a {B} { stays"), "a {B} { stays");
    }

    #[test]
    fn an_explained_rule_keeps_the_width_and_shows_what_is_to_be_filled_in() {
        for rule in rules::all() {
            for lang in [Lang::En, Lang::De] {
                let text = explain(rule, lang, Look::of_width(Some(60)));
                assert_eq!(text, placeholders(&text), "{}", rule.id);
                let too_long = |line: &&str| line.chars().count() > 60 && line.trim().contains(' ');
                let commands = prose::parse(&rule.prose).fixes.into_iter().flat_map(|fix| fix.commands);
                let commands: Vec<String> = commands.map(|line| placeholders(&line)).collect();
                let mut long = text.lines().filter(too_long);
                assert_eq!(
                    long.find(|line| !commands.iter().any(|one| one == line.trim())),
                    None,
                    "{}",
                    rule.id
                );
            }
        }
    }
}
