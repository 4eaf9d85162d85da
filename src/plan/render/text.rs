//! A plan for a terminal.

use std::fmt::Write;

use super::words::{ASSUMED_HEAD, BECAUSE, HEADS, STEPS, UNDO, VERIFY, dash, outcome, place, summary, who};
use crate::plan::outcome::Plan;
use crate::text::Lang;
use crate::visible::visible;

/// Changes, rows and steps.
pub(super) fn render(plan: &Plan, lang: Lang) -> String {
    let mut out = format!("{}\n\n", summary(plan).get(lang));
    for change in &plan.changes {
        let _ = writeln!(
            out,
            "  {}: {} → {}",
            change.change,
            visible(dash(&change.old)),
            visible(dash(&change.new))
        );
    }
    let [.., today, after] = HEADS.map(|head| head.get(lang).into_owned());
    for row in &plan.rows {
        let _ = writeln!(out, "\n{}", who(row, lang).join(" · "));
        let _ = writeln!(out, "  {today}: {}", outcome(&row.today, lang));
        let _ = writeln!(out, "  {after}: {}", outcome(&row.after, lang));
        if !row.because.is_empty() {
            let _ = writeln!(out, "  {}", BECAUSE.get(lang));
        }
        for evidence in &row.because {
            let _ =
                writeln!(out, "    {}: {}", place(plan, evidence, lang), visible(&evidence.says.get(lang)));
            if let Some(at) = evidence.at.as_ref().filter(|at| !at.text.trim().is_empty()) {
                let _ = writeln!(out, "      {}", visible(at.text.trim()));
            }
        }
        if !row.assumed.is_empty() {
            let _ = writeln!(out, "  {}", ASSUMED_HEAD.get(lang));
        }
        for assumed in &row.assumed {
            let _ = writeln!(out, "    {}", visible(&assumed.get(lang)));
        }
    }
    if !plan.steps.is_empty() {
        let _ = writeln!(out, "\n{}", STEPS.get(lang));
    }
    for (number, fix) in (1..).zip(&plan.steps) {
        let _ = writeln!(out, "  {number}. {}", fix.on.name().get(lang));
        for step in &fix.steps {
            let _ = writeln!(out, "     {}", visible(&step.get(lang)));
        }
        for command in &fix.commands {
            let _ = writeln!(out, "       {}", visible(command));
        }
        for (list, name) in [(&fix.undo, &UNDO), (&fix.verify, &VERIFY)] {
            for item in list {
                let _ = writeln!(out, "     {} {}", name.get(lang), visible(&item.get(lang)));
            }
        }
    }
    out
}
