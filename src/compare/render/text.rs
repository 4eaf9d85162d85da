//! A comparison for a terminal, a ticket or a spreadsheet. What cannot matter is folded into one number.

use std::fmt::Write;

use crate::compare::difference::{Comparison, Difference, Matters, Side};
use crate::input::Input;
use crate::plan::render::csv;
use crate::source::{At, Spot};
use crate::text::{Lang, Text};
use crate::visible::visible;

/// For a terminal.
pub(super) fn render(comparison: &Comparison, lang: Lang) -> String {
    let mut out = String::new();
    let mut heading = None;
    for one in comparison.differences.iter().filter(|one| one.matters != Matters::No) {
        if heading != Some(one.matters) {
            let blank = if heading.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{blank}{}", one.matters.name().get(lang));
            heading = Some(one.matters);
        }
        let rule = one.rule.as_ref().map(|rule| format!(" ({rule})")).unwrap_or_default();
        let _ = writeln!(out, "  {}: {}{rule}", one.stage.name().get(lang), visible(&one.what.get(lang)));
        for (name, side, inputs) in sides(comparison, one) {
            let _ = writeln!(out, "    {name}: {}", value(side, lang));
            if let Some(place) = place(side, inputs, lang) {
                let _ = writeln!(out, "       {place}");
            }
        }
    }
    if heading.is_none() {
        let _ = writeln!(out, "{}", NOTHING.get(lang));
    }
    let folded = comparison.differences.iter().filter(|one| one.matters == Matters::No).count();
    let _ = writeln!(out, "\n{}", FOLDED.number("folded", folded).number("same", comparison.same).get(lang));
    out
}

/// For a ticket.
pub(super) fn markdown(comparison: &Comparison, lang: Lang) -> String {
    let cell = |text: &str| {
        visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('`', "'").replace(['<', '>'], "·")
    };
    let heads = HEADS.map(|head| head.get(lang).into_owned());
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for one in comparison.differences.iter().filter(|one| one.matters != Matters::No) {
        let cells = cells(comparison, one, lang);
        let _ = writeln!(out, "| {} |", cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(" | "));
    }
    let folded = comparison.differences.iter().filter(|one| one.matters == Matters::No).count();
    let _ = writeln!(out, "\n{}", FOLDED.number("folded", folded).number("same", comparison.same).get(lang));
    out
}

/// For a spreadsheet; here nothing is folded.
pub(super) fn csv(comparison: &Comparison, lang: Lang) -> String {
    let line =
        |cells: &[String]| cells.iter().map(|cell| csv::quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = line(&HEADS.map(|head| head.get(lang).into_owned()));
    for one in &comparison.differences {
        out.push_str(&line(&cells(comparison, one, lang)));
    }
    out
}

fn cells(comparison: &Comparison, one: &Difference, lang: Lang) -> [String; 6] {
    let [a, b] = sides(comparison, one).map(|(_, side, inputs)| {
        let place = place(side, inputs, lang).map(|place| format!(" ({place})")).unwrap_or_default();
        format!("{}{place}", value(side, lang))
    });
    [
        one.matters.name().get(lang).into_owned(),
        one.stage.name().get(lang).into_owned(),
        one.what.get(lang).into_owned(),
        a,
        b,
        one.rule.clone().unwrap_or_default(),
    ]
}

fn sides<'c>(comparison: &'c Comparison, one: &'c Difference) -> [(&'static str, &'c Side, &'c [Input]); 2] {
    [("A", &one.a, comparison.inputs.as_slice()), ("B", &one.b, comparison.inputs_b.as_slice())]
}

fn value(side: &Side, lang: Lang) -> String {
    if side.value.is_empty() { NOT_SHOWN.get(lang).into_owned() } else { visible(&side.value) }
}

/// Where the first piece of evidence stands: `asa.cfg:12`.
fn place(side: &Side, inputs: &[Input], lang: Lang) -> Option<String> {
    let evidence = side.evidence.first()?;
    let name = visible(&inputs.get(usize::try_from(evidence.input?).ok()?)?.name);
    Some(match evidence.at.as_ref().map(At::spot) {
        Some(Spot::Line { number, .. }) => format!("{name}:{number}"),
        Some(Spot::Packet { packet, .. }) => format!("{name}, {}", packet.name().get(lang)),
        Some(Spot::Byte { .. }) | None => name,
    })
}

const NOTHING: Text =
    Text::fixed("Nothing differs that may matter.", "Es gibt keinen Unterschied, der etwas ausmachen kann.");
const FOLDED: Text = Text::fixed(
    "{folded} further differences cannot matter; {same} values are the same.",
    "{folded} weitere Unterschiede machen nichts aus; {same} Werte sind gleich.",
);
const NOT_SHOWN: Text = Text::fixed("not there", "nicht vorhanden");
const HEADS: [Text; 6] = [
    Text::fixed("does it matter", "macht es etwas aus"),
    Text::fixed("stage", "Stufe"),
    Text::fixed("what", "was"),
    Text::fixed("A", "A"),
    Text::fixed("B", "B"),
    Text::fixed("rule", "Regel"),
];
