//! The change itself as a step, with its way back.

use std::collections::BTreeMap;

use crate::finding::{Fix, Target, safe_name};
use crate::fingerprint;
use crate::plan::change::{Change, Key, RENEWED};
use crate::plan::merge::Edit;
use crate::plan::outcome::{Changed, Plan};
use crate::text::{Argument, Class, Text};

/// A step for each change.
pub(crate) fn change_steps(changes: &[Change], changed: &[Changed], edits: &[Edit]) -> Vec<Fix> {
    let mut steps = Vec::new();
    let mut ordered: Vec<&Change> = changes.iter().collect();
    ordered.sort_by_key(|change| order(change));
    for change in ordered {
        let old = changed.iter().find(|one| one.change == change.key.word()).map(|one| one.old.clone());
        let value = Some(&change.value).filter(|value| *value != RENEWED);
        let (on, does, back) = match change.key {
            Key::Ssl | Key::AsaConfig => {
                if !steps.iter().any(|step: &Fix| !step.commands.is_empty()) {
                    steps.push(lines(edits));
                }
                continue;
            }
            Key::AsaRelease | Key::AsaVersion => (Target::Asa, UPGRADE, DOWNGRADE),
            Key::Certificate => (Target::Asa, BIND, BIND_OLD),
            Key::PhoneLoad | Key::PhoneModel => (Target::Cucm, LOAD, LOAD_OLD),
            Key::HostIdCheck | Key::Authentication => (Target::Cucm, PROFILE, PROFILE_OLD),
            Key::Capf => (Target::Asa, IMPORT, IMPORT_OLD),
        };
        steps.push(Fix {
            on,
            steps: vec![named(does, value)],
            commands: Vec::new(),
            undo: vec![named(back, old.as_ref())],
            verify: vec![TRY_ONE],
        });
    }
    steps
}

/// A step with what it is about, where that is known.
fn named(text: Text, value: Option<&String>) -> Text {
    let value = value.filter(|value| !value.is_empty());
    text.nested("value", value.map_or_else(Text::default, |value| VALUE.with("value", Class::Words, value)))
}

/// What phones need comes before what shuts out those that lack it: first what the ASA can do, then what phones are and
/// are told, then what the ASA asks for.
fn order(change: &Change) -> u8 {
    match change.key {
        Key::AsaVersion => 0,
        Key::AsaRelease => 1,
        Key::Capf => 2,
        Key::PhoneModel => 3,
        Key::PhoneLoad => 4,
        // A certificate without the name is bound when no phone looks for the name any more.
        Key::HostIdCheck if change.value == "off" => 5,
        Key::Certificate => 6,
        Key::HostIdCheck | Key::Authentication => 7,
        Key::Ssl | Key::AsaConfig => 8,
    }
}

/// The lines as they are typed, and those that take them back. A word that could do harm in a command is shown as a
/// placeholder.
fn lines(edits: &[Edit]) -> Fix {
    let mut commands = vec!["configure terminal".to_owned()];
    let mut back: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut old: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for edit in edits.iter().filter(|edit| !edit.is_idle()) {
        if edit.path != open {
            // The line before may have begun this block.
            let begun = edit.path.first().is_some_and(|head| commands.last() == Some(&safe(head)));
            commands.extend(edit.path.iter().skip(usize::from(begun)).map(|head| safe(head)));
            open.clone_from(&edit.path);
        }
        match &edit.added {
            Some((_, added)) => commands.push(safe(added)),
            None => commands.extend(edit.removed.iter().map(|(_, gone)| format!("no {}", safe(gone)))),
        }
        // What stands in a new block goes with it.
        let is_new = |head: &String| edits.iter().any(|other| other.path.is_empty() && is_added(other, head));
        if edit.path.first().is_some_and(is_new) {
            continue;
        }
        let undo = old.entry(edit.path.clone()).or_default();
        if edit.removed.is_empty() {
            undo.extend(edit.added.iter().map(|(_, added)| match added.strip_prefix("no ") {
                Some(set) => safe(set),
                None => format!("no {}", safe(added)),
            }));
        }
        undo.extend(edit.removed.iter().map(|(_, gone)| safe(gone)));
    }
    commands.extend(["end".to_owned(), "write memory".to_owned()]);
    for (path, lines) in old {
        back.extend(path.iter().map(|head| safe(head)).chain(lines));
    }
    let undo = back.join("; ");
    Fix {
        on: Target::Asa,
        steps: vec![TYPE],
        commands,
        undo: vec![TYPE_OLD.with("lines", Class::Words, undo)],
        verify: vec![TRY_ONE],
    }
}

fn is_added(edit: &Edit, line: &str) -> bool {
    edit.removed.is_empty() && edit.added.as_ref().is_some_and(|(_, added)| added == line)
}

fn safe(line: &str) -> String {
    let word = |word: &str| {
        // A list of ciphers stands in quotation marks.
        let bare = word.trim_matches('"');
        let list = bare.split(':').all(safe_name) && bare.len() <= 1024 && !bare.is_empty();
        if safe_name(word) || word.starts_with('"') && word.ends_with('"') && list {
            word.to_owned()
        } else {
            "<value>".to_owned()
        }
    };
    line.split_ascii_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Puts a placeholder where a hash stands that nobody knows yet.
pub(crate) fn without_hash(plan: &mut Plan, hash: [u8; 20]) {
    let digits = fingerprint::hex(&hash);
    let written = [digits.to_ascii_uppercase(), digits, fingerprint::base64(&hash)];
    let hide = |text: &mut String| {
        for hash in &written {
            if text.contains(hash.as_str()) {
                *text = text.replace(hash.as_str(), "<hash>");
            }
        }
    };
    for fix in &mut plan.steps {
        fix.commands.iter_mut().for_each(hide);
        for text in fix.steps.iter_mut().chain(&mut fix.undo).chain(&mut fix.verify) {
            hide_in(text, &hide);
        }
    }
    for row in &mut plan.rows {
        let says = row.because.iter_mut().map(|evidence| &mut evidence.says);
        says.chain(&mut row.assumed).for_each(|text| hide_in(text, &hide));
        row.because.iter_mut().for_each(|evidence| hide(&mut evidence.mark));
    }
}

/// A text is no deeper than its texts were nested by this program.
fn hide_in(text: &mut Text, hide: &impl Fn(&mut String)) {
    let mut open: Vec<&mut Text> = vec![text];
    while let Some(text) = open.pop() {
        for argument in text.arguments_mut() {
            match argument {
                Argument::Value(_, value) | Argument::Quoted(value) => hide(value),
                Argument::List(_, values) => values.iter_mut().for_each(hide),
                Argument::Own(word) => {
                    let mut owned = word.clone().into_owned();
                    hide(&mut owned);
                    if owned != *word {
                        *word = owned.into();
                    }
                }
                Argument::Text(nested) => open.push(nested),
            }
        }
    }
}

const VALUE: Text = Text::fixed(" ({value})", " ({value})");
const UPGRADE: Text = Text::fixed(
    "Keep the old image and a copy of the configuration (`copy running-config`), then load the other release{value}.",
    "Heben Sie die bisherige Software und eine Kopie der Konfiguration auf (`copy running-config`), laden Sie dann die andere Version{value}.",
);
const DOWNGRADE: Text = Text::fixed(
    "Boot the old image again{value} and restore the copy of the configuration.",
    "Starten Sie wieder mit der bisherigen Software{value} und stellen Sie die Kopie der Konfiguration wieder her.",
);
const BIND: Text = Text::fixed(
    "Import the certificate{value} into a trust-point of its own. Bind it only when every phone has its hash.",
    "Importieren Sie das Zertifikat{value} in einen eigenen Vertrauenspunkt (trust-point). Binden Sie es erst, wenn jedes Telefon seinen Hash hat.",
);
const BIND_OLD: Text = Text::fixed(
    "Bind the trust-point of the old certificate again{value}.",
    "Binden Sie wieder den Vertrauenspunkt (trust-point) des alten Zertifikats{value}.",
);
const LOAD: Text = Text::fixed(
    "Set the other load or model{value} for one phone that is inside the network, and reset it.",
    "Stellen Sie die andere Firmware oder das andere Modell{value} für ein Telefon im internen Netz ein und setzen Sie es zurück.",
);
const LOAD_OLD: Text = Text::fixed(
    "Set what it had{value}, while the phone is inside the network.",
    "Stellen Sie ein, was es hatte{value}, solange das Telefon im internen Netz ist.",
);
const PROFILE: Text = Text::fixed(
    "Change the VPN profile{value}, and reset the phones inside the network: outside they do not get it any more.",
    "Ändern Sie das VPN-Profil{value} und setzen Sie die Telefone im internen Netz zurück: Außerhalb erreicht es sie nicht mehr.",
);
const PROFILE_OLD: Text = Text::fixed(
    "Set the VPN profile back{value}, and reset the phones inside the network.",
    "Setzen Sie das VPN-Profil zurück{value} und die Telefone im internen Netz ebenfalls.",
);
const IMPORT: Text = Text::fixed(
    "Import the certificate of CAPF{value} into a trust-point of its own before the first phone gets a new LSC, and keep the old one.",
    "Importieren Sie das Zertifikat der CAPF{value} in einen eigenen Vertrauenspunkt (trust-point), bevor das erste Telefon ein neues LSC erhält, und behalten Sie das alte.",
);
const IMPORT_OLD: Text = Text::fixed(
    "Keep the trust-point of the old CAPF{value} until no phone has an LSC of it.",
    "Behalten Sie den Vertrauenspunkt (trust-point) der alten CAPF{value}, bis kein Telefon mehr ein LSC von ihr hat.",
);
const TYPE: Text = Text::fixed("Type the lines.", "Geben Sie die Zeilen ein.");
const TYPE_OLD: Text = Text::fixed(
    "In `configure terminal`: {lines}. Then `end` and `write memory`.",
    "In `configure terminal`: {lines}. Danach `end` und `write memory`.",
);
const TRY_ONE: Text = Text::fixed(
    "Try it with one phone of each kind before the others follow.",
    "Probieren Sie es mit einem Telefon jeder Art, bevor die anderen folgen.",
);
