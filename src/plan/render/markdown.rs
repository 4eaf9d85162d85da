//! A plan for a ticket. What a file says becomes neither a table's border, nor code, nor a tag.

use std::fmt::Write;

use super::words::{ASSUMED, HEADS, STEPS, TITLE, UNDO, VERIFY, dash, outcome, place, summary, who};
use crate::plan::outcome::Plan;
use crate::text::Lang;
use crate::visible::visible;

/// The matrix, what says so, and the steps.
pub(super) fn render(plan: &Plan, lang: Lang) -> String {
    let cell = |text: &str| {
        visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('`', "'").replace(['<', '>'], "·")
    };
    let mut out = format!("# {}\n\n{}\n\n", TITLE.get(lang), summary(plan).get(lang));
    for change in &plan.changes {
        let _ =
            writeln!(out, "- {}: {} → {}", change.change, cell(dash(&change.old)), cell(dash(&change.new)));
    }
    let heads = HEADS.map(|head| head.get(lang).into_owned());
    let _ = writeln!(out, "\n| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
    for row in &plan.rows {
        let [phone, model, load] = who(row, lang);
        let cells = [phone, model, load, outcome(&row.today, lang), outcome(&row.after, lang)];
        let _ = writeln!(out, "| {} |", cells.map(|text| cell(&text)).join(" | "));
    }
    for row in plan.rows.iter().filter(|row| !(row.because.is_empty() && row.assumed.is_empty())) {
        let _ = writeln!(out, "\n## {}\n", cell(&who(row, lang).join(", ")));
        for evidence in &row.because {
            let line = evidence.at.as_ref().map(|at| at.text.trim()).filter(|text| !text.is_empty());
            let _ = writeln!(
                out,
                "- {}: {}{}",
                cell(&place(plan, evidence, lang)),
                cell(&evidence.says.get(lang)),
                line.map(|line| format!(" `{}`", cell(line))).unwrap_or_default(),
            );
        }
        for assumed in &row.assumed {
            let _ = writeln!(out, "- {} {}", ASSUMED.get(lang), cell(&assumed.get(lang)));
        }
    }
    if !plan.steps.is_empty() {
        let _ = writeln!(out, "\n## {}\n", STEPS.get(lang));
    }
    for (number, fix) in (1..).zip(&plan.steps) {
        let _ = writeln!(out, "{number}. {}", fix.on.name().get(lang));
        for step in &fix.steps {
            let _ = writeln!(out, "   - {}", cell(&step.get(lang)));
        }
        if !fix.commands.is_empty() {
            let commands: Vec<String> =
                fix.commands.iter().map(|line| visible(line).replace("```", "'''")).collect();
            let _ = writeln!(out, "\n   ```\n   {}\n   ```\n", commands.join("\n   "));
        }
        for (list, name) in [(&fix.undo, &UNDO), (&fix.verify, &VERIFY)] {
            for item in list {
                let _ = writeln!(out, "   - {} {}", name.get(lang), cell(&item.get(lang)));
            }
        }
    }
    out
}
