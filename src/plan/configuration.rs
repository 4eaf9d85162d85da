//! A changed configuration of an ASA: merged, read again, and put in the place of the old one.

use super::merge::{Configuration, Edit};
use super::origins::{Origins, is_planned};
use crate::documents::asa_config::{AsaConfig, Scope};
use crate::documents::{Content, Holder};
use crate::input::Kind;
use crate::intake::{Document, Intake, Reading};
use crate::limits::Limits;

/// Where a configuration stands: its reading, the document in it, and its input in the case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub reading: usize,
    pub document: usize,
    pub input: u32,
}

/// Every configuration of an ASA, in the order of the inputs.
pub(super) fn spots(readings: &[Reading]) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut base = 0_u32;
    for (reading, one) in readings.iter().enumerate() {
        for (document, held) in one.documents.iter().enumerate() {
            let router =
                one.inputs.get(held.input as usize).is_some_and(|input| input.kind == Kind::IosConfig);
            if matches!(held.content, Content::AsaConfig(_)) && !router {
                found.push(Spot { reading, document, input: base.saturating_add(held.input) });
            }
        }
        base = base.saturating_add(u32::try_from(one.inputs.len()).unwrap_or(u32::MAX));
    }
    found
}

/// The configuration at a spot.
pub(super) fn at(readings: &[Reading], spot: Spot) -> Option<&AsaConfig> {
    match &readings.get(spot.reading)?.documents.get(spot.document)?.content {
        Content::AsaConfig(config) => Some(config),
        _ => None,
    }
}

/// The configuration at a spot, to be changed.
pub(super) fn at_mut(readings: &mut [Reading], spot: Spot) -> Option<&mut AsaConfig> {
    match &mut readings.get_mut(spot.reading)?.documents.get_mut(spot.document)?.content {
        Content::AsaConfig(config) => Some(config),
        _ => None,
    }
}

/// A line that is merged, and the kind of key of a trust-point: true on an elliptic curve.
pub(super) struct Merge<'m> {
    pub lines: &'m [(u32, String)],
    /// The input of the file that holds the lines.
    pub change: Option<u32>,
    /// What was typed where no file holds them.
    pub typed: &'m str,
    pub kind_of: &'m dyn Fn(&str) -> Option<bool>,
}

/// Merges lines into the configuration at a spot. An error where its own lines are not at hand or not indented.
pub(super) fn merge(
    readings: &mut [Reading],
    spot: Spot,
    merge: &Merge<'_>,
    origins: &mut Origins,
) -> Result<Vec<Edit>, NotMerged> {
    let old = at(readings, spot).ok_or(NotMerged)?;
    if old.kept.is_empty() {
        return Err(NotMerged);
    }
    let lines = old.kept.iter().map(|(number, text)| (*number, text.as_str()));
    let mut configuration = Configuration::of(lines).map_err(|_| NotMerged)?;
    let edits = configuration.merge(merge.lines, merge.kind_of);
    let (scope, all) = (old.scope.clone(), old.all);
    // A release that was planned before stands in no line.
    let version = old.version.clone().filter(|version| is_planned(&version.at));
    put(readings, spot, &configuration, scope, all);
    if let (Some(version), Some(config)) = (version, at_mut(readings, spot)) {
        config.version = Some(version);
    }
    origins.set(spot.input, &configuration, merge.change, merge.typed);
    Ok(edits)
}

/// Nothing could be merged.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotMerged;

/// Reads a configuration again and puts what it says in the place of what the spot held.
fn put(readings: &mut [Reading], spot: Spot, configuration: &Configuration, scope: Scope, all: bool) {
    let limits = Limits { keep_lines: true, ..Limits::default() };
    let text = configuration.text();
    let mut intake = Intake::new("", text.len() as u64, &limits).read_as(Kind::AsaConfig);
    intake.push(text.as_bytes());
    let read = intake.finish();
    let mut config = AsaConfig::default();
    let mut certificates = Vec::new();
    for document in read.documents.into_iter().filter(|document| document.input == 0) {
        match document.content {
            Content::AsaConfig(one) => config = *one,
            Content::Certificate(one) => certificates.push(Content::Certificate(one)),
            _ => {}
        }
    }
    (config.scope, config.all) = (scope, all);
    let Some(reading) = readings.get_mut(spot.reading) else { return };
    let Some(input) = reading.documents.get(spot.document).map(|document| document.input) else { return };
    if let Some(document) = reading.documents.get_mut(spot.document) {
        document.content = Content::AsaConfig(Box::new(config));
    }
    // The chains of a configuration stand behind it, so that its own place stays what it is.
    reading.documents.retain(|document| {
        let of_chain = matches!(&document.content, Content::Certificate(one) if matches!(one.holder, Holder::Trustpoint { .. }));
        document.input != input || !of_chain
    });
    reading.documents.extend(certificates.into_iter().map(|content| Document { input, content }));
}
