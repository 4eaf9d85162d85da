//! Which configurations of an ASA are older ones, of which the newer is in the case too?
//!
//! ```text
//! : Written by admin at 10:00:00.123 UTC Mon Nov 16 2026        before.cfg: left out
//! : Written by admin at 10:00:00.456 UTC Tue Nov 24 2026        now.cfg: what the ASA does
//! ```
//! Who mends an ASA keeps what it said before. A fault that stands in the older configuration alone is mended.
//! Witness that they are of one ASA: the same `hostname`, and an interface with the same name and address; many an ASA
//! keeps the name that it was delivered with. Witness of their order: the line `: Written by`, on the clock of that ASA.
//!
//! Empty: pieces, and configurations of which one has no such line: which of two is the newer is not guessed from their
//! names.
//! Quirks: the word of the time zone is no offset and changes with the season, so what was written within a few hours has
//! an order only where the word is the same.
//!
//! Sources: ASA configuration guide, "View the configuration"; real configurations of releases 8.0 to 9.16.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::asa_config::{AsaConfig, Scope};
use crate::facts::{Documents, In};
use crate::text::{Class, Text};
use crate::time::Stamp;

/// An older configuration, and the newest one of the same ASA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Older {
    input: u32,
    newest: u32,
}

fn of(documents: &Documents<'_>) -> Vec<Older> {
    let mut newest: BTreeMap<(&str, &str, &str), (Moment<'_>, u32)> = BTreeMap::new();
    let whole = || {
        let configs = documents.asa_configs.iter().filter(|config| config.document.scope == Scope::Whole);
        configs.filter_map(|config| Some((*config, written(config.document)?)))
    };
    for (config, at) in whole() {
        for own in names(config) {
            let last = newest.entry(own).or_insert((at, config.input));
            if at.seconds > last.0.seconds {
                *last = (at, config.input);
            }
        }
    }
    let later = |config: In<'_, AsaConfig>, at: Moment<'_>| {
        let last = names(config).filter_map(|own| newest.get(&own)).max_by_key(|(last, _)| last.seconds);
        last.filter(|(last, _)| at.is_before(*last)).map(|(_, input)| *input)
    };
    whole()
        .filter_map(|(config, at)| Some(Older { input: config.input, newest: later(config, at)? }))
        .collect()
}

/// What one ASA alone is known by: its name with that of an interface and its address.
fn names<'a>(config: In<'a, AsaConfig>) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    let hostname = config.document.hostname.as_ref().map(|seen| seen.value.as_str());
    config.document.interfaces.iter().filter_map(move |interface| {
        Some((hostname?, interface.name.value.as_str(), interface.address.as_ref()?.value.as_str()))
    })
}

/// When a configuration was written.
#[derive(Clone, Copy, Debug)]
struct Moment<'a> {
    /// Since 1970, on the ASA's own clock.
    seconds: i64,
    /// The word of its time zone.
    zone: &'a str,
}

impl Moment<'_> {
    fn is_before(self, later: Moment<'_>) -> bool {
        let passed = later.seconds.saturating_sub(self.seconds);
        passed >= SEASON || passed > 0 && self.zone == later.zone
    }
}

fn written(config: &AsaConfig) -> Option<Moment<'_>> {
    let written = &config.written.as_ref()?.value;
    let seconds = Stamp { offset_minutes: Some(0), ..written.clock }.unix_seconds()?;
    Some(Moment { seconds, zone: &written.zone })
}

/// Leaves them out, and says so where they are listed.
pub fn leave_out(documents: &mut Documents<'_>) {
    let older = of(documents);
    documents.leave_out(older.iter().map(|one| one.input).collect::<BTreeSet<u32>>());
    for one in older {
        let name = documents.input(one.newest).map(|input| input.name.clone()).unwrap_or_default();
        documents.note(one.input, LEFT_OUT.with("file", Class::File, name));
    }
}

/// Seconds by which two times of one clock may differ for the time of the year, and some more.
const SEASON: i64 = 2 * 3600;

const LEFT_OUT: Text = Text::fixed(
    "This is an older configuration of an ASA: {file} was written later. Nothing is concluded from the older one.",
    "Das ist eine ältere Konfiguration einer ASA: {file} wurde später geschrieben. Aus der älteren wird nichts geschlossen.",
);
