//! An earlier report against today's diagnosis: what is fixed, what is new, what is the same.
//!
//! A finding is known by its rule and by what shows it (`matching`). What is gone is called fixed only where its
//! rule ran, found nothing, and saw the file again that had shown it, or at least one of its kind; where it could
//! not, that is said instead. A redacted report names nothing that could be recognised: there a finding is known by
//! its rule alone, and where that is not enough, nothing is claimed.

use crate::diagnosis::{Change, Diagnosis, Since};
use crate::documents::earlier_report::{EarlierFinding, EarlierReport};
use crate::facts::In;
use crate::finding::Conclusion;
use crate::input::Kind;
use crate::rules::{self, prose};
use crate::text::{Class, Lang, Text};

mod matching;

use matching::{Again, Files, Likeness, Traits};

/// Compares a diagnosis with the earlier report among its inputs. `chosen` is the phone that the case was narrowed to.
///
/// A report bears no date. Of several the one that shares most names of files with the case is taken, of equals the
/// last.
pub fn since(earlier: &[In<'_, EarlierReport>], today: &Diagnosis, chosen: Option<&str>) -> Option<Since> {
    let reports: Vec<&EarlierReport> = earlier.iter().map(|report| report.document).collect();
    let (at, mut since) = closest(&reports, today, chosen)?;
    since.input = earlier.get(at).map(|report| report.input);
    let name = since.input.and_then(|input| today.inputs.get(usize::try_from(input).ok()?));
    if let Some(name) = name.filter(|_| earlier.len() > 1) {
        let name = format!("`{}`", name.name.replace('`', "'"));
        since.notes.push(TAKEN.with("name", Class::Words, name));
    }
    Some(since)
}

/// Compares a diagnosis with the one of several reports that is closest to it, and says which that was.
pub fn closest(
    reports: &[&EarlierReport],
    today: &Diagnosis,
    chosen: Option<&str>,
) -> Option<(usize, Since)> {
    let files = Files::of(today);
    let (at, taken) = reports.iter().enumerate().max_by_key(|(_, report)| files.shared(report))?;
    let mut since = compare(taken, today, chosen);
    if reports.len() > 1 {
        since.notes.push(SEVERAL.number("count", reports.len()));
    }
    Some((at, since))
}

/// Compares a diagnosis with one earlier report.
pub fn compare(earlier: &EarlierReport, today: &Diagnosis, chosen: Option<&str>) -> Since {
    let mut comparison =
        Comparison { earlier, today, chosen, files: Files::of(today), since: Since::default() };
    comparison.since.language = earlier.language;
    comparison.since.sentence.clone_from(&earlier.sentence);
    comparison.since.alone = today.inputs.iter().all(|input| input.kind == Kind::EarlierReport);
    comparison.run();
    let mut since = comparison.since;
    since.same.sort_by_key(|change| change.finding);
    since.summary = summary(&since);
    since
}

struct Comparison<'c> {
    earlier: &'c EarlierReport,
    today: &'c Diagnosis,
    chosen: Option<&'c str>,
    files: Files,
    since: Since,
}

/// A finding of today, its place, and what it is known by.
type Now<'c> = (u32, &'c Conclusion, Traits);

impl<'c> Comparison<'c> {
    fn run(&mut self) {
        let redacted = self.earlier.redacted;
        if self.since.alone {
            self.since.notes.push(ALONE);
        } else if redacted {
            self.since.notes.push(PSEUDONYMS);
        } else if !self.earlier.findings.is_empty() && self.files.shared(self.earlier) == 0 {
            self.since.notes.push(NO_FILE_AGAIN);
        }
        let findings = self.today.findings.iter().zip(0_u32..);
        let mut left: Vec<Now<'c>> =
            findings.map(|(now, at)| (at, now, Traits::of_now(now, self.today))).collect();
        let mut open: Vec<(&EarlierFinding, Traits)> =
            self.earlier.findings.iter().map(|then| (then, Traits::of_then(then, self.earlier))).collect();
        // Those that are most alike find each other first.
        let steps: &[Likeness] = if redacted {
            &[Likeness::Rule]
        } else {
            &[Likeness::SameLines, Likeness::SharedLines, Likeness::SamePhone]
        };
        for likeness in steps {
            open.retain(|(then, traits)| {
                let alike = |(_, now, its): &Now<'_>| now.rule == then.rule && likeness.holds(traits, its);
                let Some(at) = left.iter().position(alike) else { return true };
                let (at, now, its) = left.remove(at);
                let moved = *likeness == Likeness::SamePhone && !(traits.is_fleeting || its.is_fleeting);
                let note = if moved { OTHER_LINES } else { Text::default() };
                self.since.same.push(found_now(at, now, self.today, note));
                false
            });
        }
        for (then, traits) in open {
            self.gone(then, &traits);
        }
        for (at, now, traits) in left {
            self.came(at, now, &traits);
        }
    }

    /// A finding of the earlier report that is not among today's.
    fn gone(&mut self, then: &EarlierFinding, traits: &Traits) {
        let change = found_then(then, self.earlier);
        let fires = self.today.findings.iter().any(|now| now.rule == then.rule);
        let cut = self.today.findings.iter().any(|now| now.rule == then.rule && now.more_of_kind > 0);
        let passed = self.today.passed.iter().any(|row| row.rule == then.rule);
        let of_another = self.chosen.is_some_and(|chosen| traits.are_of_others(chosen));
        let again = self.files.hold(traits, self.earlier.redacted);
        let (list, note) = if self.since.alone {
            (&mut self.since.unchecked, Text::default())
        } else if rules::by_id(&then.rule).is_none() {
            (&mut self.since.unchecked, UNKNOWN_RULE)
        } else if of_another {
            (&mut self.since.unchecked, OTHER_PHONE)
        } else if self.earlier.redacted && fires {
            (&mut self.since.unchecked, WHICH_IS_GONE)
        } else if cut {
            (&mut self.since.unchecked, AMONG_MORE)
        } else if again == Again::No || !(passed || fires) {
            (&mut self.since.unchecked, NOT_LOOKED_FOR)
        } else if again == Again::OfItsKind && !self.earlier.redacted {
            (&mut self.since.fixed, BY_OTHER_FILES)
        } else {
            (&mut self.since.fixed, Text::default())
        };
        list.push(Change { note, ..change });
    }

    /// A finding of today that is not in the earlier report.
    fn came(&mut self, at: u32, now: &Conclusion, traits: &Traits) {
        let had = self.earlier.findings.iter().any(|then| then.rule == now.rule);
        let waited = self.earlier.waiting.contains(&now.rule);
        let passed = self.earlier.passed.contains(&now.rule);
        let file_was_there = Files::of_earlier(self.earlier).hold(traits, self.earlier.redacted);
        let (list, note) = if had && self.earlier.redacted {
            (&mut self.since.same, WHICH_IS_NEW)
        } else if waited {
            (&mut self.since.new, COULD_NOT_BE_SEEN)
        } else if !(passed || had) {
            (&mut self.since.new, NOT_KNOWN_THEN)
        } else if file_was_there == Again::No {
            (&mut self.since.new, NEW_FILE)
        } else if passed {
            (&mut self.since.new, WAS_FINE)
        } else {
            (&mut self.since.new, Text::default())
        };
        list.push(found_now(at, now, self.today, note));
    }
}

fn found_now(at: u32, now: &Conclusion, today: &Diagnosis, note: Text) -> Change {
    let first = now.evidence.first();
    let file = first.and_then(|evidence| today.inputs.get(usize::try_from(evidence.input?).ok()?));
    let place = first.and_then(|evidence| evidence.at.as_ref());
    Change {
        rule: now.rule.clone(),
        stage: Some(now.stage),
        title: now.title.clone(),
        finding: Some(at),
        file: file.map(|file| file.name.clone()).unwrap_or_default(),
        line: place.map(|place| place.line).filter(|line| *line > 0),
        text: place.map(|place| place.text.trim().to_owned()).unwrap_or_default(),
        note,
    }
}

fn found_then(then: &EarlierFinding, earlier: &EarlierReport) -> Change {
    let first = then.evidence.first();
    let file = first.and_then(|line| earlier.inputs.get(usize::try_from(line.input?).ok()?));
    let rule = rules::by_id(&then.rule);
    Change {
        rule: then.rule.clone(),
        stage: rule.map(|rule| rule.stage).or(then.stage),
        title: title(then, earlier.language),
        finding: None,
        file: file.map(|file| file.name.clone()).unwrap_or_default(),
        line: first.and_then(|line| line.line),
        text: first.map(|line| line.text.trim().to_owned()).unwrap_or_default(),
        note: Text::default(),
    }
}

/// The report's own words in its language; in the other one the rule's own title, where it needs no names.
fn title(then: &EarlierFinding, language: Option<Lang>) -> Text {
    let own = Text::quoted(then.title.clone());
    let known = rules::by_id(&then.rule).map(|rule| prose::title(&rule.prose));
    let known = known.filter(|title| !title.en().contains('{'));
    match (known, language) {
        (Some(known), _) if then.title.is_empty() => known,
        (Some(known), Some(Lang::En)) => own.in_language(Lang::De, known),
        (Some(known), Some(Lang::De)) => own.in_language(Lang::En, known),
        _ => own,
    }
}

/// `2 fixed, 1 new, 3 the same`.
fn summary(since: &Since) -> Text {
    let counts = if since.alone { [0, 0, 0, 0] } else { since.lists().map(|(_, list)| list.len()) };
    let counted = counts.into_iter().zip([FIXED, NEW, SAME, UNCHECKED]).filter(|(count, _)| *count > 0);
    let summary = Text::joined(counted.map(|(count, words)| words.number("count", count)), ", ");
    if summary.is_empty() && !since.alone { NOTHING } else { summary }
}

const FIXED: Text = Text::fixed("{count} fixed", "{count} behoben");
const NEW: Text = Text::fixed("{count} new", "{count} neu");
const SAME: Text = Text::fixed("{count} the same", "{count} unverändert");
const UNCHECKED: Text = Text::fixed("{count} not checked this time", "{count} diesmal nicht geprüft");
const NOTHING: Text =
    Text::fixed("Neither report has a finding.", "Keiner der beiden Berichte hat einen Befund.");

const SEVERAL: Text = Text::fixed(
    "There are {count} earlier reports, and they bear no date: the one that shares most files with this case is compared, of equals the last.",
    "Es gibt {count} frühere Berichte, und sie tragen kein Datum: Verglichen wird der, der die meisten Dateien mit diesem Fall teilt, unter gleichen der letzte.",
);
const TAKEN: Text = Text::fixed("It is the one in {name}.", "Es ist der in {name}.");
const ALONE: Text = Text::fixed(
    "Nothing else is here to compare with. Add today's files of the same devices.",
    "Sonst ist nichts zum Vergleichen da. Fügen Sie die heutigen Dateien derselben Geräte hinzu.",
);
const PSEUDONYMS: Text = Text::fixed(
    "The earlier report is redacted. Its names tell nothing, so findings are matched by rule alone: whether it is the same phone or ASA cannot be told.",
    "Der frühere Bericht ist geschwärzt. Seine Namen sagen nichts, deshalb werden Befunde allein nach der Regel zugeordnet: Ob es dasselbe Telefon oder dieselbe ASA ist, lässt sich nicht sagen.",
);
const NO_FILE_AGAIN: Text = Text::fixed(
    "No file of the earlier report is here under its name. Make sure that both are of the same devices.",
    "Keine Datei des früheren Berichts ist hier unter ihrem Namen. Stellen Sie sicher, dass beide von denselben Geräten sind.",
);
const OTHER_LINES: Text =
    Text::fixed("It is shown by other lines than before.", "Andere Zeilen als zuvor zeigen es.");
const BY_OTHER_FILES: Text = Text::fixed(
    "The check found nothing in files with other names than then: make sure that they are of the same device.",
    "Die Prüfung fand nichts in Dateien mit anderen Namen als damals: Stellen Sie sicher, dass sie vom selben Gerät sind.",
);
const NOT_LOOKED_FOR: Text = Text::fixed(
    "Whether it is fixed cannot be told: add the file that showed it, as it is now.",
    "Ob es behoben ist, lässt sich nicht sagen: Legen Sie die Datei, die es gezeigt hat, in ihrem heutigen Stand ab.",
);
const OTHER_PHONE: Text = Text::fixed(
    "It concerns another phone than the one that was chosen.",
    "Es betrifft ein anderes Telefon als das gewählte.",
);
const UNKNOWN_RULE: Text = Text::fixed(
    "This version does not know the rule of the earlier report.",
    "Diese Version kennt die Regel des früheren Berichts nicht.",
);
const AMONG_MORE: Text = Text::fixed(
    "This rule has more findings today than are listed, and this one may be among them.",
    "Diese Regel hat heute mehr Befunde, als aufgeführt sind, und dieser kann darunter sein.",
);
const WHICH_IS_GONE: Text = Text::fixed(
    "There were more findings of this rule then. Which of them is gone, its pseudonyms do not tell.",
    "Damals gab es mehr Befunde dieser Regel. Welcher davon weg ist, sagen die Pseudonyme nicht.",
);
const WHICH_IS_NEW: Text = Text::fixed(
    "There are more findings of this rule than then. Which of them is new, the pseudonyms do not tell.",
    "Es gibt mehr Befunde dieser Regel als damals. Welcher davon neu ist, sagen die Pseudonyme nicht.",
);
const COULD_NOT_BE_SEEN: Text = Text::fixed(
    "The earlier report could not check this: it may not be new.",
    "Der frühere Bericht konnte das nicht prüfen: Es ist vielleicht nicht neu.",
);
const NOT_KNOWN_THEN: Text = Text::fixed(
    "The earlier report does not name this check: it may not be new.",
    "Der frühere Bericht nennt diese Prüfung nicht: Es ist vielleicht nicht neu.",
);
const NEW_FILE: Text = Text::fixed(
    "The earlier report did not have the file that shows it: it may not be new.",
    "Der frühere Bericht hatte die Datei nicht, die es zeigt: Es ist vielleicht nicht neu.",
);
const WAS_FINE: Text = Text::fixed(
    "The earlier report had checked this and found nothing.",
    "Der frühere Bericht hatte das geprüft und nichts gefunden.",
);

#[cfg(test)]
mod tests;
