//! Inputs that could be evidence and were not understood: with one of them a case is never clear.
//!
//! A picture, an office document or a program is called what it is and is no gap; a private key or a request tells
//! nothing of a fault, and an earlier report is no evidence. In a phone's problem report, files of unknown kinds are no
//! gap: it is full of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Documents, problem_reports};
use crate::input::{Input, InputState, Kind};
use crate::tables::foreign_files::Weight;
use crate::text::{Class, Text};

/// One such input.
#[derive(Clone, Debug)]
pub struct Gap {
    /// In a few words: `nmap.txt seems to be an nmap result`.
    pub says: Text,
    /// The input's name.
    name: String,
    /// What it and others of its kind seem to be; `None` where there is no guess.
    several: Option<&'static Text>,
}

/// Every such input, in their order.
pub fn of(documents: &Documents<'_>) -> Vec<Gap> {
    let holders: BTreeSet<u32> = documents.inputs.iter().filter_map(|input| input.inside).collect();
    let held = |id: u32| holders.contains(&id);
    let reports = problem_reports::of(documents);
    let counted: BTreeSet<u32> = reports.into_iter().flat_map(|report| report.counted).collect();
    let inputs = documents.inputs.iter().zip(0_u32..).filter(|(_, id)| !counted.contains(id));
    inputs
        .filter_map(|(input, id)| {
            let empty = || !documents.understood.contains(&id) && !held(id);
            let several = input.foreign().map(|row| &row.several);
            Some(Gap { says: says(input, empty)?, name: input.name.clone(), several })
        })
        .collect()
}

fn says(input: &Input, is_empty: impl Fn() -> bool) -> Option<Text> {
    if matches!(input.kind, Kind::PrivateKey | Kind::CertificateRequest | Kind::EarlierReport) {
        return None;
    }
    let text = match (input.state, input.foreign()) {
        (InputState::Unrecognised, Some(row)) if row.weight == Weight::Nothing => return None,
        (InputState::Unrecognised, Some(row)) => SEEMS.nested("what", row.name.clone()),
        (InputState::Unrecognised, None) if input.bytes == 0 => EMPTY,
        (InputState::Unrecognised, None) => UNRECOGNISED,
        (InputState::Refused, _) if input.kind == Kind::Unknown => NOT_READ,
        (InputState::Refused, _) => KIND_NOT_READ,
        (InputState::PartlyRead, _) if input.kind == Kind::Unknown => IN_PART,
        (InputState::PartlyRead, _) => KIND_IN_PART,
        (InputState::Read, _) if !CARRIES_NOTHING.contains(&input.kind) && is_empty() => NOTHING,
        (InputState::Read, _) => return None,
    };
    Some(text.nested("kind", input.kind.name()).with("name", Class::File, input.name.as_str()))
}

/// Several in one sentence, without its full stop: the first ones by name, the others by number.
pub fn sentence_of(gaps: &[Gap]) -> Text {
    let groups = if gaps.len() > NAMED {
        grouped(gaps)
    } else {
        gaps.iter().map(|gap| (1, gap.says.clone())).collect()
    };
    let left: usize = groups.iter().skip(NAMED).map(|(count, _)| count).sum();
    let named = groups.into_iter().take(NAMED).map(|(_, says)| says);
    Text::joined(named.chain((left > 0).then(|| MORE.number("count", left))), "; ")
}

/// Those of one kind together, in the order of the first of each: how many, and what is said of them.
fn grouped(gaps: &[Gap]) -> Vec<(usize, Text)> {
    let mut groups: Vec<(&Gap, usize)> = Vec::new();
    let mut by_kind: BTreeMap<&Text, usize> = BTreeMap::new();
    for gap in gaps {
        let known = gap.several.and_then(|several| by_kind.get(several).copied());
        if let Some((_, count)) = known.and_then(|index| groups.get_mut(index)) {
            *count += 1;
            continue;
        }
        if let Some(several) = gap.several {
            by_kind.insert(several, groups.len());
        }
        groups.push((gap, 1));
    }
    let says = |(first, count): (&Gap, usize)| match first.several {
        Some(several) if count > 1 => {
            let text = SEEM.with("name", Class::File, first.name.as_str()).number("count", count - 1);
            (count, text.nested("what", several.clone()))
        }
        _ => (count, first.says.clone()),
    };
    groups.into_iter().map(says).collect()
}

const MORE: Text = Text::fixed("and {count} more", "und {count} weitere");
const SEEMS: Text = Text::fixed("{name} seems to be {what}", "{name} ist anscheinend {what}");
const SEEM: Text = Text::fixed(
    "{name} and {count} more seem to be {what}",
    "{name} und {count} weitere sind anscheinend {what}",
);
const EMPTY: Text = Text::fixed("{name} is empty", "{name} ist leer");
const UNRECOGNISED: Text = Text::fixed("{name} was not recognised", "{name} wurde nicht erkannt");
const NOT_READ: Text = Text::fixed("{name} was not read", "{name} wurde nicht gelesen");
const KIND_NOT_READ: Text =
    Text::fixed("{name} was not read ({kind})", "{name} wurde nicht gelesen ({kind})");
const IN_PART: Text = Text::fixed("{name} was read only in part", "{name} wurde nur teilweise gelesen");
const KIND_IN_PART: Text =
    Text::fixed("{name} was read only in part ({kind})", "{name} wurde nur teilweise gelesen ({kind})");
const NOTHING: Text =
    Text::fixed("nothing in {name} was understood ({kind})", "in {name} wurde nichts verstanden ({kind})");
/// Gaps that are named.
const NAMED: usize = 3;
/// Kinds that may be read without a document: outputs that no check uses, and what only holds other inputs.
const CARRIES_NOTHING: [Kind; 4] = [Kind::AsaShow, Kind::CucmCli, Kind::Terminal, Kind::Archive];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_that_was_not_understood_says_how_far_it_came() {
        let told = |state, kind, bytes, is_empty: bool| {
            let input = Input {
                name: "x".to_owned(),
                inside: None,
                member: 0,
                lines_inside: Vec::new(),
                bytes,
                lines: None,
                kind,
                state,
                because: Text::default(),
                seems: String::new(),
                notes: Vec::new(),
            };
            says(&input, || is_empty).map(|text| text.en().into_owned())
        };
        let (log, unknown) = (Kind::AsaSyslog, Kind::Unknown);
        let name = log.name().en().into_owned();
        for (state, kind, bytes, wanted) in [
            (InputState::Unrecognised, unknown, 0, "x is empty".to_owned()),
            (InputState::Unrecognised, unknown, 9, "x was not recognised".to_owned()),
            (InputState::Refused, unknown, 9, "x was not read".to_owned()),
            (InputState::Refused, log, 9, format!("x was not read ({name})")),
            (InputState::PartlyRead, unknown, 9, "x was read only in part".to_owned()),
            (InputState::PartlyRead, log, 9, format!("x was read only in part ({name})")),
            (InputState::Read, log, 9, format!("nothing in x was understood ({name})")),
        ] {
            assert_eq!(told(state, kind, bytes, true), Some(wanted));
        }
        assert_eq!(told(InputState::Read, log, 9, false), None);
        assert_eq!(told(InputState::Read, Kind::Archive, 9, true), None, "it only holds others");
        assert_eq!(told(InputState::PartlyRead, Kind::PrivateKey, 9, true), None);
    }
}
