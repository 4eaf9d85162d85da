//! Which settings of a phone are older ones, of which the newer are in the case too?
//!
//! ```text
//! SEP001122334455.cnf.xml        <versionStamp>1795000000-…      what the phone is told now
//! old/SEP001122334455.cnf.xml    <versionStamp>1780000000-…      left out
//! ```
//! Who looks for what changed keeps both. A fault that stands in the older file alone is mended, so that file is no
//! evidence of what is wrong now. Witness: the time of a file, see [`Phone::made`].
//!
//! Empty: files of several phones, files that name no phone, and files of which one has no time: which of two is the
//! newer is not guessed from their names.
//! Quirks: the clear file beside an encrypted one, and a piece of a file, replace nothing.
//!
//! Sources: certutils, sgnfile (the time of a signature); usecallmanager.nz, SEPMAC.cnf.xml (`versionStamp`).

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Documents;
use crate::facts::phones::{self, Phone};
use crate::text::{Class, Text};

/// An older file, and the newest one of the same phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Older {
    input: u32,
    newest: u32,
}

fn of(phones: &[Phone<'_>]) -> Vec<Older> {
    let mut by_name: BTreeMap<String, Vec<(i64, &Phone<'_>)>> = BTreeMap::new();
    for phone in phones.iter().filter(|phone| !phone.is_stub()) {
        let device = phone.config.document.device.as_ref();
        if let Some((device, (made, ..))) = device.zip(phone.made()) {
            by_name.entry(device.value.to_ascii_uppercase()).or_default().push((made, phone));
        }
    }
    let mut older = Vec::new();
    for files in by_name.into_values() {
        let whole = files.iter().filter(|(_, phone)| phone.is_whole());
        let Some((last, newest)) = whole.max_by_key(|(made, _)| *made) else { continue };
        let before = files.iter().filter(|(made, _)| made < last);
        let newest = newest.config.input;
        older.extend(before.map(|(_, phone)| Older { input: phone.config.input, newest }));
    }
    older
}

/// Leaves them out, and says so where they are listed.
pub fn leave_out(documents: &mut Documents<'_>) {
    let older = of(&phones::of(documents));
    let inputs: BTreeSet<u32> = older.iter().map(|one| one.input).collect();
    documents.phone_configs.retain(|config| !inputs.contains(&config.input));
    for one in older {
        let name = documents.input(one.newest).map(|input| input.name.clone()).unwrap_or_default();
        documents.note(one.input, LEFT_OUT.with("file", Class::File, name));
    }
}

const LEFT_OUT: Text = Text::fixed(
    "These are older settings of a phone: those in {file} were made later. Nothing is concluded from the older ones.",
    "Das sind ältere Einstellungen eines Telefons: Die in {file} sind später entstanden. Aus den älteren wird nichts geschlossen.",
);
