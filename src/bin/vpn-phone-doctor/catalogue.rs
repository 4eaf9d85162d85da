//! `rules` and `explain`: what the product knows to look for.

use std::fmt::Write;

use serde_json::json;
use vpn_phone_doctor::case::QUESTIONS;
use vpn_phone_doctor::rules::{self, Rule, prose};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::{Lang, Text};

use crate::arguments::{Explain, ListForm, Rules};
use crate::output::{self, Status};

pub fn rules(options: &Rules) -> Status {
    let text = match options.format {
        ListForm::Text => table(options.lang),
        ListForm::Json => format!("{:#}\n", list(options.lang)),
        ListForm::Markdown => markdown(options.lang),
    };
    output::end(&text, Status::Fine)
}

pub fn explain(options: &Explain) -> Status {
    match rules::by_id(&options.rule) {
        Some(rule) => output::end(&in_full(rule, options.lang), Status::Fine),
        None => {
            output::complain(&format!(
                "there is no rule {:?}; `vpn-phone-doctor rules` lists them",
                options.rule
            ));
            Status::BadUsage
        }
    }
}

fn list(lang: Lang) -> serde_json::Value {
    rules::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "stage": rule.stage.id(),
                "severity": rule.severity.id(),
                "needs": needs(rule),
                "title": prose::title(&rule.prose).get(lang),
            })
        })
        .collect()
}

fn table(lang: Lang) -> String {
    let mut text = String::new();
    for rule in rules::all() {
        let title = prose::title(&rule.prose);
        let _ = writeln!(
            text,
            "{:<14} {:<8} {:<36} {}",
            rule.stage.id(),
            rule.severity.id(),
            rule.id,
            title.get(lang)
        );
    }
    text
}

/// The rules stage by stage, and the questions that `--say` answers.
fn markdown(lang: Lang) -> String {
    let mut text = format!("# {}\n", RULES.get(lang));
    for stage in Stage::ALL {
        let rows: Vec<&Rule> = rules::all().filter(|rule| rule.stage == stage).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "\n## {}\n\n{}\n| --- | --- | --- | --- |",
            stage.name().get(lang),
            HEAD.get(lang)
        );
        for rule in rows {
            let title = prose::title(&rule.prose);
            let (id, severity, needs) = (rule.id, rule.severity.id(), needs(rule).join(", "));
            let _ = writeln!(text, "| `{id}` | {severity} | {} | {needs} |", title.get(lang));
        }
    }
    let _ = writeln!(text, "\n## {}\n\n{}\n| --- | --- | --- |", ANSWERS.get(lang), ANSWERS_HEAD.get(lang));
    for question in QUESTIONS {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            question.key,
            question.asks.get(lang),
            question.values.join(", ")
        );
    }
    text
}

/// One rule with its prose. What a case would fill in stands there as `<placeholder>`.
fn in_full(rule: &Rule, lang: Lang) -> String {
    let prose = rule.prose.get(lang).replace('{', "<").replace('}', ">");
    let facts = [
        (Text::fixed("Rule", "Regel"), rule.id.to_owned()),
        (Text::fixed("Stage", "Etappe"), rule.stage.name().get(lang).to_owned()),
        (Text::fixed("Severity", "Schwere"), rule.severity.id().to_owned()),
        (Text::fixed("Needs", "Braucht"), needs(rule).join(", ")),
        (Text::fixed("Explains", "Erklärt"), rule.echoes.join(", ")),
        (Text::fixed("Sources", "Quellen"), rule.sources.join("; ")),
    ];
    let mut text = format!("{}\n\n", prose.trim());
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{}: {value}", name.get(lang));
    }
    text
}

fn needs(rule: &Rule) -> Vec<&'static str> {
    rule.needs.iter().map(|need| need.id()).collect()
}

const RULES: Text = Text::fixed("Rules", "Regeln");
const HEAD: Text =
    Text::fixed("| rule | severity | says | needs |", "| Regel | Schwere | Aussage | braucht |");
const ANSWERS: Text = Text::fixed("Answers (`--say KEY=VALUE`)", "Antworten (`--say KEY=VALUE`)");
const ANSWERS_HEAD: Text = Text::fixed("| key | question | values |", "| Schlüssel | Frage | Werte |");
