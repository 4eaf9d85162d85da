//! What stands behind the findings in a report for people: lists and tables, the same in Markdown and HTML.
//!
//! A form writes [`Section`]s as it can.

use crate::case::QUESTIONS;
use crate::diagnosis::{Diagnosis, TimelineRow};
use crate::report::blocks::{Block, Line, PLACE, Part, Section, table};
use crate::report::files::{self, Files};
use crate::report::words::{self, BRING, FILES};
use crate::report::{tables, visible};
use crate::stage::Stage;
use crate::text::{Lang, Text};
use crate::views::in_order;

/// Every section that has something to say.
pub fn all(diagnosis: &Diagnosis, lang: Lang, files: Files) -> Vec<Section> {
    let mut sections = vec![
        tables::certificates(diagnosis, lang),
        tables::hashes(diagnosis, lang),
        tables::phones(diagnosis, lang),
    ];
    sections.extend(diagnosis.policies.iter().map(|view| tables::policy(diagnosis, view, lang)));
    sections.extend(diagnosis.negotiations.iter().map(|view| tables::negotiation(view, lang)));
    sections.extend([
        timeline(diagnosis, lang),
        passed(diagnosis, lang),
        missing(diagnosis, lang),
        questions(diagnosis, lang),
        inputs(diagnosis, lang, files),
    ]);
    sections.retain(|section| !section.blocks.is_empty());
    sections
}

fn timeline(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let ordered = in_order::all(diagnosis);
    let rows: Vec<&TimelineRow> =
        ordered.iter().filter_map(|event| diagnosis.timeline.get(event.row)).collect();
    let (first, left, last) = both_ends(rows.len());
    let row = |row: &&TimelineRow| {
        let time = row.aligned.as_deref().unwrap_or(&row.time);
        vec![
            vec![Part::device(time)],
            vec![Part::words(&row.stage.name(), lang)],
            vec![Part::Words(visible(&row.says.get(lang)))],
            vec![Part::Device(words::spot(diagnosis, row.input, &row.at, lang))],
        ]
    };
    let mut told: Vec<Vec<Line>> = rows.iter().take(first).map(row).collect();
    if left > 0 {
        let text = Text::fixed("… {left} events are left out …", "… {left} Ereignisse fehlen hier …")
            .number("left", left);
        told.push(vec![vec![], vec![], vec![Part::words(&text, lang)], vec![]]);
    }
    told.extend(rows.iter().skip(first + left).take(last).map(row));
    let mut blocks = table(vec![TIME, STAGE, EVENT, PLACE], told);
    let clock = |clock: &crate::diagnosis::ClockRow| {
        let seconds = clock.offset_millis as f64 / 1000.0;
        let within = clock.within_millis as f64 / 1000.0;
        vec![
            Part::Device(words::name(diagnosis, clock.input)),
            Part::Words(format!("{seconds:+.1} s (± {within:.1} s): {}", visible(&clock.from.get(lang)))),
        ]
    };
    if !blocks.is_empty() && !diagnosis.clocks.is_empty() {
        blocks.push(Block::List(diagnosis.clocks.iter().map(clock).collect()));
    }
    Section { heading: TIMELINE, blocks }
}

/// Of a long list its beginning and its end: rows to show, to leave out, to show.
fn both_ends(rows: usize) -> (usize, usize, usize) {
    if rows <= 2 * END { (rows, 0, 0) } else { (END, rows - 2 * END, END) }
}

fn passed(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let mut items: Vec<Line> = Vec::new();
    for stage in Stage::ALL {
        for row in diagnosis.passed.iter().filter(|row| row.stage == stage) {
            items.push(vec![
                Part::Words(format!("{}:", stage.name().get(lang))),
                Part::Device(row.rule.clone()),
                Part::Words(format!("({})", visible(&row.title.get(lang)))),
            ]);
        }
    }
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::Paragraph(vec![Part::words(&PASSED_MEANS, lang)]));
        blocks.push(Block::List(items));
    }
    Section { heading: PASSED, blocks }
}

fn missing(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let items: Vec<Line> = diagnosis
        .bring()
        .into_iter()
        .map(|(need, rules)| {
            let ids: Vec<&str> = rules.iter().map(|row| row.rule.as_str()).collect();
            let (name, way) = (diagnosis.name_of(need), diagnosis.way_to(need));
            let count = Text::fixed("{name} (+{len}): {way}", "{name} (+{len}): {way}")
                .nested("name", name.clone())
                .number("len", ids.len())
                .nested("way", way.clone());
            vec![Part::words(&count, lang), Part::Device(ids.join(" "))]
        })
        .collect();
    let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List(items)] };
    Section { heading: BRING, blocks }
}

/// Questions that the case itself names answers to.
fn questions(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let mut blocks = Vec::new();
    for row in diagnosis.questions.iter().filter(|row| !row.choices.is_empty()) {
        let Some(question) = QUESTIONS.iter().find(|question| question.key == row.key) else { continue };
        blocks.push(Block::Paragraph(vec![Part::words(&question.asks, lang)]));
        let choices = row.choices.iter();
        blocks.push(Block::List(
            choices
                .map(|choice| vec![Part::device(&choice.value), Part::Words(visible(&choice.says.get(lang)))])
                .collect(),
        ));
    }
    Section { heading: QUESTION, blocks }
}

fn inputs(diagnosis: &Diagnosis, lang: Lang, files: Files) -> Section {
    let listed = files::listed(diagnosis, files);
    let rows = listed.single.into_iter().map(|input| {
        let mut why = vec![Part::Words(visible(&input.because.get(lang)))];
        for note in &input.notes {
            let line = note.line.map(|line| format!("{line}: ")).unwrap_or_default();
            why.push(Part::Words(format!("· {line}{}", visible(&note.text.get(lang)))));
        }
        let mut name = vec![Part::device(&input.name)];
        if let Some(holder) = input.inside {
            name.push(Part::words(&IN, lang));
            name.push(Part::Device(words::name(diagnosis, holder)));
        }
        vec![
            name,
            vec![Part::words(&input.kind.name(), lang)],
            vec![Part::words(&words::input(input.state), lang)],
            why,
        ]
    });
    let mut blocks = table(vec![NAME, KIND, words::STATE, BECAUSE], rows.collect());
    blocks.extend(listed.others.map(|others| Block::Paragraph(vec![Part::words(&others, lang)])));
    Section { heading: FILES, blocks }
}

/// Events shown at each end of the timeline.
const END: usize = 100;
const TIME: Text = Text::fixed("Time", "Zeit");
const STAGE: Text = words::STAGE;
const EVENT: Text = Text::fixed("Event", "Ereignis");
const TIMELINE: Text = Text::fixed("Timeline", "Zeitverlauf");
const PASSED: Text = Text::fixed("What was checked and is fine", "Geprüft und in Ordnung");
const PASSED_MEANS: Text = Text::fixed(
    "Each of these faults was looked for, with evidence that would have shown it, and was not found:",
    "Nach jedem dieser Fehler wurde gesucht, mit Belegen, die ihn gezeigt hätten; keiner wurde gefunden:",
);
const QUESTION: Text = Text::fixed("Questions", "Fragen");
const NAME: Text = Text::fixed("Name", "Name");
const KIND: Text = Text::fixed("Kind", "Art");
const BECAUSE: Text = Text::fixed("Why", "Warum");
const IN: Text = Text::fixed("in", "in");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_both_its_ends() {
        assert_eq!(both_ends(200), (200, 0, 0));
        assert_eq!(both_ends(1000), (100, 800, 100));
    }
}
