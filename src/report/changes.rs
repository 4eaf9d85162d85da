//! What became of a case since an earlier report: a part of the contract, and its forms for people.
//!
//! Titles, files and lines of the earlier report are words of a file: for people they are made visible, and they never
//! become markup.

use serde::Serialize;

use crate::diagnosis::{Became, Change, Diagnosis, Since};
use crate::report::blocks::{Block, Line, Part, Section};
use crate::report::visible;
use crate::stage::Stage;
use crate::text::{Lang, Text};

/// The findings of an earlier report against those of this one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SinceEntry {
    /// The input that holds the earlier report; null where it was given beside the case.
    input: Option<u32>,
    /// The language of the earlier report, where it is known.
    language: Option<Lang>,
    /// The sentence of its verdict.
    sentence: String,
    /// For example `2 fixed, 1 new, 3 the same`; empty where there is nothing to compare with.
    summary: String,
    /// What limits the comparison.
    notes: Vec<String>,
    /// Found then, looked for now and not found.
    fixed: Vec<ChangeEntry>,
    /// Found now and not then.
    new: Vec<ChangeEntry>,
    /// Found then and now.
    same: Vec<ChangeEntry>,
    /// Found then, and not looked for now.
    unchecked: Vec<ChangeEntry>,
}

/// One finding, then or now.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// The id of its rule; of an earlier report it may be one that this version does not know.
    rule: String,
    stage: Option<Stage>,
    title: String,
    /// Its place in `findings`, where it is found now.
    finding: Option<u32>,
    /// The name of the file whose line shows it; may be empty.
    file: String,
    line: Option<u32>,
    text: String,
    /// What is to be said besides; may be empty.
    note: String,
}

/// The comparison as the report lists it.
pub fn since_entry(since: &Since, lang: Lang) -> SinceEntry {
    let list = |changes: &[Change]| changes.iter().map(|change| change_entry(change, lang)).collect();
    SinceEntry {
        input: since.input,
        language: since.language,
        sentence: since.sentence.clone(),
        summary: since.summary.get(lang).into_owned(),
        notes: since.notes.iter().map(|note| note.get(lang).into_owned()).collect(),
        fixed: list(&since.fixed),
        new: list(&since.new),
        same: list(&since.same),
        unchecked: list(&since.unchecked),
    }
}

fn change_entry(change: &Change, lang: Lang) -> ChangeEntry {
    ChangeEntry {
        rule: change.rule.clone(),
        stage: change.stage,
        title: change.title.get(lang).into_owned(),
        finding: change.finding,
        file: change.file.clone(),
        line: change.line,
        text: change.text.clone(),
        note: change.note.get(lang).into_owned(),
    }
}

/// For Markdown and HTML; `None` where there is no earlier report.
pub fn section(diagnosis: &Diagnosis, lang: Lang) -> Option<Section> {
    let since = diagnosis.since.as_ref()?;
    let mut blocks = Vec::new();
    if !since.summary.is_empty() {
        blocks.push(Block::Paragraph(vec![Part::words(&since.summary, lang)]));
    }
    if !since.sentence.is_empty() {
        blocks.push(Block::Paragraph(vec![
            Part::words(&VERDICT_THEN, lang),
            Part::device(since.sentence.trim()),
        ]));
    }
    if !since.notes.is_empty() {
        blocks.push(Block::List(since.notes.iter().map(|note| vec![Part::words(note, lang)]).collect()));
    }
    for (became, changes) in since.lists() {
        if !changes.is_empty() {
            let name = format!("{} {} ({})", sign(became), name(since, became).get(lang), changes.len());
            blocks.push(Block::Paragraph(vec![Part::Words(name)]));
            blocks.push(Block::List(changes.iter().map(|change| item(change, lang)).collect()));
        }
    }
    Some(Section { heading: HEADING, blocks })
}

fn item(change: &Change, lang: Lang) -> Line {
    let mut line = vec![Part::Words(change.title.get(lang).into_owned()), Part::device(&change.rule)];
    if let Some(stage) = change.stage {
        line.push(Part::words(&stage.name(), lang));
    }
    let proof = [place(change), change.text.clone()];
    if change.finding.is_none() && proof.iter().any(|part| !part.is_empty()) {
        line.push(Part::Words(THEN.get(lang).into_owned()));
    }
    line.extend(proof.into_iter().filter(|part| !part.is_empty()).map(|part| Part::device(&part)));
    line.push(Part::words(&change.note, lang));
    line
}

/// For a terminal: how far a line is indented, and the line.
pub fn lines(since: &Since, lang: Lang) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    if !since.summary.is_empty() {
        lines.push((2, since.summary.get(lang).into_owned()));
    }
    if !since.sentence.is_empty() {
        lines.push((2, format!("{} {}", VERDICT_THEN.get(lang), visible(since.sentence.trim()))));
    }
    lines.extend(since.notes.iter().map(|note| (2, visible(&note.get(lang)))));
    for (became, changes) in since.lists() {
        for change in changes {
            let (name, title) = (name(since, became), visible(&change.title.get(lang)));
            let rule = visible(&change.rule);
            lines.push((2, format!("{} {}: {title} ({rule})", sign(became), name.get(lang))));
            let proof: Vec<String> =
                [place(change), change.text.clone()].iter().map(|part| visible(part)).collect();
            let proof: Vec<&str> = proof.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            if !proof.is_empty() {
                let then =
                    if change.finding.is_none() { format!("{} ", THEN.get(lang)) } else { String::new() };
                lines.push((6, format!("{then}{}", proof.join(": "))));
            }
            lines.push((6, change.note.get(lang).into_owned()));
        }
    }
    lines.retain(|(_, line)| !line.is_empty());
    lines
}

/// `phone.log:908`, or the file alone.
fn place(change: &Change) -> String {
    match change.line {
        Some(line) if !change.file.is_empty() => format!("{}:{line}", change.file),
        _ => change.file.clone(),
    }
}

/// Where nothing was compared, what the report found is only listed.
fn name(since: &Since, became: Became) -> Text {
    if since.alone { FOUND_THEN } else { became.name() }
}

/// A sign for it, which tells without colour.
const fn sign(became: Became) -> char {
    match became {
        Became::Fixed => '✔',
        Became::New => '✖',
        Became::Same => '=',
        Became::Unchecked => '?',
    }
}

pub const HEADING: Text = Text::fixed("Since the earlier report", "Seit dem früheren Bericht");
const VERDICT_THEN: Text = Text::fixed("The earlier report said:", "Der frühere Bericht sagte:");
/// What is fixed does not stand in its file any longer.
const THEN: Text = Text::fixed("then:", "damals:");
const FOUND_THEN: Text = Text::fixed("Found then", "Damals gefunden");
