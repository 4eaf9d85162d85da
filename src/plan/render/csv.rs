//! A plan for a spreadsheet (RFC 4180).
//!
//! A cell that begins like a formula (`=`, `+`, `-`, `@`, a tab or a return) gets an apostrophe in front: a spreadsheet
//! shows it then as it stands. What a file says may be anything.

use super::words::{ASSUMED_HEAD, BECAUSE, HEADS, RULE, STAGE, place, who};
use crate::plan::outcome::{Outcome, Plan};
use crate::text::Lang;
use crate::visible::visible;

/// One row a phone, behind a row of heads.
pub(super) fn render(plan: &Plan, lang: Lang) -> String {
    let [phone, model, load, today, after] = HEADS.map(|head| head.get(lang).into_owned());
    let stage = |name: &str| format!("{name}: {}", STAGE.get(lang));
    let rule = |name: &str| format!("{name}: {}", RULE.get(lang));
    let heads = [
        phone,
        model,
        load,
        today.clone(),
        stage(&today),
        rule(&today),
        after.clone(),
        stage(&after),
        rule(&after),
        BECAUSE.get(lang).into_owned(),
        ASSUMED_HEAD.get(lang).into_owned(),
    ];
    let mut out = line(&heads);
    for row in &plan.rows {
        let because: Vec<String> = row
            .because
            .iter()
            .map(|evidence| {
                let place = place(plan, evidence, lang);
                let text = evidence.at.as_ref().map(|at| at.text.trim()).unwrap_or_default();
                format!("{place}: {} {text}", evidence.says.get(lang))
            })
            .collect();
        let assumed: Vec<_> = row.assumed.iter().map(|text| text.get(lang).into_owned()).collect();
        let [phone, model, load] = who(row, lang);
        let mut cells = vec![phone, model, load];
        cells.extend(outcome(&row.today, lang));
        cells.extend(outcome(&row.after, lang));
        cells.extend([because.join(" | "), assumed.join(" | ")]);
        out.push_str(&line(&cells));
    }
    out
}

fn outcome(outcome: &Outcome, lang: Lang) -> [String; 3] {
    let stage = outcome.stage.map(|stage| stage.name().get(lang).into_owned()).unwrap_or_default();
    [outcome.outcome.name().get(lang).into_owned(), stage, outcome.rule.clone().unwrap_or_default()]
}

fn line(cells: &[String]) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell between quotation marks, in one line, and no formula.
pub(crate) fn quoted(cell: &str) -> String {
    let text = visible(cell).replace(['\r', '\n'], " ");
    // A sheet passes blanks by before it looks.
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '\t', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_formula_survives() {
        for (cell, written) in [
            ("=1+1", "\"'=1+1\""),
            ("  +49", "\"'  +49\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("a \"b\", c\nd", "\"a \"\"b\"\", c d\""),
            ("SEP001122334455", "\"SEP001122334455\""),
        ] {
            assert_eq!(quoted(cell).replace('␊', " "), written, "{cell}");
        }
    }
}
