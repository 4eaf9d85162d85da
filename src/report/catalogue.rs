//! The catalogue of rules: as JSON, as Markdown, and one rule in full.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::finding::{Fix, Severity};
use crate::need::Need;
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

/// One rule in full: what is wrong, why, what to do, and the sources.
pub fn explain(rule: &Rule, lang: Lang) -> String {
    let prose = prose::parse(&rule.prose);
    let needs: Vec<&str> = rule.needs.iter().map(|need| need.id()).collect();
    let mut out = format!(
        "{}\n{} · {} · {}\n\n",
        prose::title(&rule.prose).get(lang),
        rule.id,
        rule.stage.id(),
        rule.severity.id()
    );
    for paragraph in &prose.paragraphs {
        out.push_str(&format!("{}\n\n", paragraph.get(lang)));
    }
    for block in &prose.fixes {
        let fix = Fix {
            on: block.on,
            steps: block.steps.clone(),
            commands: block.commands.clone(),
            undo: block.undo.clone(),
            verify: block.verify.clone(),
        };
        fix_text(&mut out, &fix, lang);
    }
    out.push_str(&format!("{} {}\n", NEEDS.get(lang), needs.join(", ")));
    out.push_str(&format!("{} {}\n", SOURCES.get(lang), rule.sources.join("; ")));
    out
}

fn fix_text(out: &mut String, fix: &Fix, lang: Lang) {
    out.push_str(&format!("{} {}\n", FIX.get(lang), fix.on.name().get(lang)));
    for (step, number) in fix.steps.iter().zip(1..) {
        out.push_str(&format!("  {number}. {}\n", step.get(lang)));
    }
    for command in &fix.commands {
        out.push_str(&format!("     {command}\n"));
    }
    for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
        for item in list {
            out.push_str(&format!("  {} {}\n", name.get(lang), item.get(lang)));
        }
    }
    out.push('\n');
}

const NEEDS: Text = Text::fixed("Seen in:", "Zu sehen in:");
const SOURCES: Text = Text::fixed("Sources:", "Quellen:");
