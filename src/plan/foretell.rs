//! Today and afterwards, a row a phone.
//!
//! Phones whose files say the same are foretold together, so a fleet costs as much as its kinds. What comes of a kind is
//! diagnosed twice, as it is and as it will be, both without logs; the difference is what the change does.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::{Applied, NO_PROFILE, Open, apply, open, release_of};
use super::change::{Change, Key};
use super::events::{of_one_phone, without_events};
use super::first;
use super::outcome::{Outcome, Plan, Row, Will};
use super::proof;
use super::render::steps;
use super::rows::{self, Subject};
use super::today::{self, Now, Today, blocker, broken};
use super::weigh::{self, Proofs};
use crate::case::{Case, Said};
use crate::diagnose::diagnose;
use crate::diagnosis::Diagnosis;
use crate::facts::log_parts;
use crate::facts::negotiation::Row as Negotiated;
use crate::finding::{Conclusion, Evidence, Fix, Severity};
use crate::input::Input;
use crate::intake::Reading;
use crate::names::phone::PhoneName;
use crate::stage::Stage;
use crate::tables::phone_families;
use crate::tables::releases::{Change as Told, Weighs, between, phones as loads};
use crate::text::{Class, Text};

/// Kinds of phones that are foretold; a fleet has dozens.
const KINDS: usize = 256;
/// Pieces of evidence of one row.
const EVIDENCE: usize = 12;

/// Foretells changes. `works` is the person's word that the phones connect today.
pub fn plan(readings: &[Reading], said: &Said, now: i64, changes: &[Change], works: bool) -> Plan {
    let joined = log_parts::joined(readings);
    let diagnosis = diagnose(readings, said, now);
    let readings = joined.as_deref().unwrap_or(readings);
    let case = Case::of(readings, said, now);
    // What a handshake showed of the certificate is of the past where another may be chosen.
    let chooses =
        |change: &Change| matches!(change.key, Key::AsaRelease | Key::AsaVersion | Key::Ssl | Key::AsaConfig);
    let still = without_events(readings, !changes.iter().any(chooses));
    let before = Case::of(&still, said, now);
    let applied = apply(&still, &before, &case, said, changes, now);
    let today = Now { case: &case, diagnosis: &diagnosis, works };
    let work = Work { still: &still, said, now, changes, applied: &applied, today };
    let subjects = rows::of(&case, &diagnosis.phones, said.given_model());
    let (rows, causes) = work.rows(&subjects);
    let mut foretold = Plan {
        redacted: false,
        inputs: inputs(&applied.readings),
        changes: applied.changed.clone(),
        rows,
        steps: work.steps(&causes),
    };
    if let Some(hash) = applied.unknown_hash {
        steps::without_hash(&mut foretold, hash);
    }
    foretold
}

fn inputs(readings: &[Reading]) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    for reading in readings {
        let base = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let moved =
            |input: &Input| Input { inside: input.inside.map(|id| id.saturating_add(base)), ..input.clone() };
        let further: Vec<Input> = reading.inputs.iter().map(moved).collect();
        all.extend(further);
    }
    all
}

impl Said {
    fn given_model(&self) -> Option<&str> {
        self.answer("phone-model")
    }
}

struct Work<'w, 'c> {
    still: &'w [Reading],
    said: &'w Said,
    now: i64,
    changes: &'w [Change],
    applied: &'w Applied,
    today: Now<'w, 'c>,
}

/// What comes of one kind of phone.
struct Kind {
    before: Diagnosis,
    after: Diagnosis,
    /// What is not proved.
    open: Vec<Open>,
    /// What lies between the firmware of today and the planned one, as far as a phone may feel it.
    of_load: Vec<&'static Told>,
}

impl Kind {
    /// Found today as well.
    fn is_known(&self, found: &Conclusion) -> bool {
        self.before.findings.iter().any(|old| old.rule == found.rule)
    }

    /// Why it breaks: what comes first, and what the change adds behind that.
    fn causes(&self) -> impl Iterator<Item = &Conclusion> {
        let first = blocker(&self.after).or_else(|| self.decided());
        let added =
            self.after.findings.iter().filter(|found| today::is_blocker(found) && !self.is_known(found));
        first.into_iter().chain(added)
    }

    /// A warning that is new and leaves nothing in common. A diagnosis of a case warns, because a person may have told
    /// the phone otherwise; a plan asks what comes of the defaults that documents name.
    fn decided(&self) -> Option<&Conclusion> {
        let decides = |found: &&Conclusion| DECIDING.contains(&found.rule.as_str()) && !self.is_known(found);
        self.after.findings.iter().find(decides)
    }
}

impl Work<'_, '_> {
    /// A row for each subject, and the findings that break some.
    fn rows(&self, subjects: &[Subject]) -> (Vec<Row>, Vec<Conclusion>) {
        let others: BTreeSet<String> = subjects.iter().filter_map(|subject| subject.name.clone()).collect();
        let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
        let mut rows = Vec::new();
        let mut causes: Vec<Conclusion> = Vec::new();
        for subject in subjects {
            // What a phone agreed on, or what certificate is its own, is its own proof.
            let class = match self.agreement(subject) {
                Some(_) => format!("{}{:?}", subject.class, subject.name),
                None => subject.class.clone(),
            };
            if !kinds.contains_key(&class) && kinds.len() >= KINDS {
                rows.push(row(subject, Outcome::UNKNOWN, Outcome::UNKNOWN, Vec::new(), vec![TOO_MANY]));
                continue;
            }
            let kind = kinds.entry(class).or_insert_with(|| self.kind(subject, &others));
            let today = today::of(&self.today, subject, &kind.before);
            let foretold = self.row(subject, today, kind);
            // What a phone connects in spite of is not mended.
            let breaks = foretold.after.outcome == Will::Breaks;
            for cause in kind.causes().filter(|_| breaks) {
                if !causes.iter().any(|known| known.rule == cause.rule) {
                    causes.push(cause.clone());
                }
            }
            rows.push(foretold);
        }
        (rows, causes)
    }

    fn kind(&self, subject: &Subject, others: &BTreeSet<String>) -> Kind {
        let own = |readings: &[Reading]| {
            let mut others = others.clone();
            if let Some(name) = &subject.name {
                others.remove(name);
            }
            of_one_phone(readings, subject.input.unwrap_or(u32::MAX), &others)
        };
        let said = |said: &Said| {
            let mut said = said.clone();
            said.unsay("phone");
            if let (Some(model), None) = (&subject.stands_for, said.answer("phone-model")) {
                let _ = said.say("phone-model", model);
            }
            said
        };
        let (old, new) = (own(self.still), own(&self.applied.readings));
        let (said_old, said_new) = (said(self.said), said(&self.applied.said));
        let before = diagnose(&old, &said_old, self.now);
        let after = diagnose(&new, &said_new, self.now);
        let (case_old, case_new) = (Case::of(&old, &said_old, self.now), Case::of(&new, &said_new, self.now));
        let pair = proof::Pair {
            before: &case_old,
            after: &case_new,
            diagnosis: &after,
            phone: subject.name.as_deref(),
            seen: self.agreement(subject),
        };
        let open = self.open(subject, &pair, &before);
        let of_load = loads_between(subject, &pair);
        Kind { before, after, open, of_load }
    }

    /// What this phone agreed on with the ASA, as a log or a capture shows it.
    fn agreement(&self, subject: &Subject) -> Option<&Negotiated> {
        let case = self.today.case;
        let place = case.phones.iter().position(|phone| Some(phone.config.input) == subject.input)?;
        let rows = case.negotiations.iter().flat_map(|one| &one.rows);
        rows.into_iter().find(|row| {
            let witnessed = row.kind.heard.is_some() || row.kind.handshake.is_some();
            // A kind of several phones was witnessed by one of them.
            witnessed && row.kind.phones == [place]
        })
    }

    fn open(&self, subject: &Subject, pair: &proof::Pair<'_, '_>, before: &Diagnosis) -> Vec<Open> {
        let mut opens = self.applied.open.clone();
        let (of_lines, mut proofs) = weigh::edits(&self.applied.edits, pair.after, pair.diagnosis);
        opens.extend(of_lines);
        if let Some((from, to)) = self.applied.releases {
            let own: Vec<&Negotiated> = proof::own(pair.after).into_iter().map(|(_, row)| row).collect();
            let from = from.or_else(|| release_of(pair.before));
            let (further, more) = weigh::releases((from, to), pair.after, &own, pair.phone);
            opens.extend(further);
            proofs = both(proofs, more);
        }
        for change in self.changes {
            match change.key {
                Key::AsaVersion => opens.extend(weigh::not_passed(pair.diagnosis, LICENCES)),
                Key::Authentication | Key::Capf => proofs.login = true,
                Key::Certificate => proofs.trust = true,
                Key::PhoneLoad => opens.extend(of_load(subject, pair)),
                // Of a phone whose own settings are not here nothing shows which host it dials.
                Key::HostIdCheck if change.value == "on" && !has_profile(pair.after) => {
                    opens.push(open(Stage::HostName, NO_PROFILE));
                }
                _ => {}
            }
        }
        // Who fails at what was fine before is not proved to be fine.
        let passed = |rule: &str| before.passed.iter().any(|row| row.rule == rule);
        let stopped = pair.diagnosis.waiting.iter().filter(|row| passed(&row.rule));
        opens.extend(stopped.map(|row| open(row.stage, NO_LONGER.nested("title", row.title.clone()))));
        opens.extend(proof::open_stages(pair, proofs));
        opens
    }

    fn row(&self, subject: &Subject, today: Today, kind: &Kind) -> Row {
        let Today { outcome: now, mut because, assumed } = today;
        let mut assumed: Vec<Text> = assumed.into_iter().collect();
        let known = |found: &Conclusion| kind.is_known(found);
        if let Some(found) = blocker(&kind.after) {
            because.splice(0..0, self.shown(found, kind));
            assumed.extend(unsure(found));
            // What stands in the way today hides what the change adds.
            let further =
                kind.after.findings.iter().filter(|other| today::is_blocker(other) && !known(other));
            let further = further.filter(|other| other.rule != found.rule);
            assumed.extend(further.map(|other| ALSO_BREAKS.nested("title", other.title.clone())));
            // Found today as well, and a log shows that the phone connected all the same.
            let refuted = now.outcome != Will::Breaks && known(found);
            let after =
                if refuted { Outcome { outcome: Will::Unknown, ..broken(found) } } else { broken(found) };
            return row(subject, now, after, because, assumed);
        }
        if let Some(found) = kind.decided() {
            because.splice(0..0, self.shown(found, kind));
            assumed.extend(unsure(found));
            assumed.extend(found.explanation.last().cloned());
            return row(subject, now, broken(found), because, assumed);
        }
        // A warning that is new says that it may break.
        let warns = |found: &&Conclusion| {
            found.severity == Severity::Warning
                && found.caused_by.is_none()
                && !known(found)
                && !OF_OTHERS.contains(&found.rule.as_str())
                && !LATER.contains(&found.rule.as_str())
        };
        let later = kind.after.findings.iter().filter(|found| LATER.contains(&found.rule.as_str()));
        let later: Vec<Text> = later
            .filter(|found| !known(found))
            .map(|found| FAILS_LATER.nested("title", found.title.clone()))
            .collect();
        let warning = kind.after.findings.iter().find(warns);
        if let Some(found) = warning {
            because.splice(0..0, self.shown(found, kind));
            assumed.push(MAY_BREAK.nested("title", found.title.clone()));
            let after =
                Outcome { outcome: Will::Unknown, stage: Some(found.stage), rule: Some(found.rule.clone()) };
            assumed.extend(says(&kind.open));
            return row(subject, now, after, because, assumed);
        }
        match now.outcome {
            Will::Connects if kind.open.is_empty() => {
                assumed.extend(later);
                assumed.push(THE_REST);
                row(subject, now, Outcome::CONNECTS, because, assumed)
            }
            Will::Connects => {
                let stage = kind.open.iter().map(|open| open.stage).min();
                let after = Outcome { outcome: Will::Unknown, stage, rule: None };
                assumed.extend(says(&kind.open));
                row(subject, now, after, because, assumed)
            }
            will => {
                if will == Will::Breaks {
                    assumed.push(BROKEN_TODAY);
                }
                assumed.extend(says(&kind.open));
                let after = Outcome { outcome: Will::Unknown, stage: now.stage, rule: None };
                row(subject, now, after, because, assumed)
            }
        }
    }

    /// The evidence of a finding in the changed case, led back to where a person can look.
    fn shown(&self, found: &Conclusion, kind: &Kind) -> Vec<Evidence> {
        let mut shown: Vec<Evidence> =
            found.evidence.iter().map(|evidence| self.applied.origins.back(evidence)).collect();
        if let Some((from, to)) = self.applied.releases {
            let table = crate::tables::releases::asa::CHANGES;
            let numbers = super::apply::numbers;
            let rows = from.into_iter().flat_map(|from| between(table, numbers(from), numbers(to)));
            let told = rows.filter(|row| row.stage == found.stage && row.weighs != Weighs::Nothing);
            shown.extend(told.map(|row| Evidence::answer(weigh::noted(row))));
        }
        let told = kind.of_load.iter().filter(|row| row.stage == found.stage);
        shown.extend(told.map(|row| Evidence::answer(weigh::noted(row))));
        shown
    }

    /// What keeps phones connected with the change comes first, then the change; each with the way back.
    fn steps(&self, causes: &[Conclusion]) -> Vec<Fix> {
        let mut steps = first::before(causes, self.changes, &self.applied.edits);
        steps.extend(steps::change_steps(self.changes, &self.applied.changed, &self.applied.edits));
        steps
    }
}

/// Its own VPN settings are in the case.
fn has_profile(case: &Case<'_>) -> bool {
    case.phones.iter().any(|phone| phone.vpn_group().is_some())
}

fn both(one: Proofs, other: Proofs) -> Proofs {
    Proofs {
        negotiation: one.negotiation || other.negotiation,
        defaults: one.defaults || other.defaults,
        trust: one.trust || other.trust,
        login: one.login || other.login,
    }
}

/// The firmware of today and the planned one.
fn loads_of(subject: &Subject, pair: &proof::Pair<'_, '_>) -> (Option<String>, Option<String>) {
    let load = |case: &Case<'_>| case.phones.iter().find_map(|phone| phone.load()).map(|load| load.value);
    (load(pair.before).or_else(|| subject.load.clone()), load(pair.after))
}

/// What release notes tell of the way from one to the other.
fn loads_between(subject: &Subject, pair: &proof::Pair<'_, '_>) -> Vec<&'static Told> {
    let (Some(old), Some(new)) = loads_of(subject, pair) else { return Vec::new() };
    let known = phone_families::of_load(&new).and_then(|family| loads::of(family.name));
    let numbers = |load: &str| phone_families::firmware(load);
    let Some((known, (from, to))) = known.zip(numbers(&old).zip(numbers(&new))) else { return Vec::new() };
    between(known.changes, from, to).filter(|row| row.weighs != Weighs::Nothing).collect()
}

/// What firmware may do to a phone that gets it.
fn of_load(subject: &Subject, pair: &proof::Pair<'_, '_>) -> Vec<Open> {
    let (old, new) = loads_of(subject, pair);
    let Some(new) = new else { return vec![open(Stage::Prerequisites, NO_LOAD_KNOWN)] };
    if old.as_ref() == Some(&new) {
        return Vec::new();
    }
    let mut opens = weigh::not_passed(
        pair.diagnosis,
        &["phone-firmware-bug", "phone-model-without-vpn", "multiplatform-firmware"],
    );
    let known = phone_families::of_load(&new).and_then(|family| loads::of(family.name));
    let firmware = |load: &str| phone_families::firmware(load);
    match (known, old.as_deref().and_then(firmware), firmware(&new)) {
        (Some(known), Some(from), Some(to)) => {
            // No source tells from which load on each model has the VPN client.
            if to < from || protocol(old.as_deref()) != protocol(Some(&new)) {
                opens.push(open(Stage::Prerequisites, OLDER_LOAD.with("load", Class::Words, &new)));
            }
            if to > known.newest {
                opens.push(open(Stage::Prerequisites, NEWER_LOAD.with("load", Class::Words, &new)));
            }
            for row in between(known.changes, from, to) {
                if row.weighs == Weighs::Unknown {
                    opens.push(open(row.stage, weigh::noted(row)));
                }
            }
        }
        _ => opens.push(open(Stage::Prerequisites, NO_LOAD_KNOWN)),
    }
    opens
}

/// `sip` of `SIP45.9-4-2SR3-1S`.
fn protocol(load: Option<&str>) -> String {
    let letters = load.unwrap_or_default().chars().take_while(char::is_ascii_alphabetic);
    letters.collect::<String>().to_ascii_lowercase()
}

fn says(open: &[Open]) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for one in open {
        if !texts.contains(&one.says) {
            texts.push(one.says.clone());
        }
    }
    texts
}

fn unsure(found: &Conclusion) -> Option<Text> {
    (found.confidence == crate::finding::Confidence::Possible).then_some(ONLY_POSSIBLE)
}

fn row(subject: &Subject, today: Outcome, after: Outcome, because: Vec<Evidence>, assumed: Vec<Text>) -> Row {
    // What shows how it is may show how it will be as well.
    let mut told: Vec<Evidence> = Vec::new();
    for evidence in because {
        if told.len() < EVIDENCE && !told.contains(&evidence) {
            told.push(evidence);
        }
    }
    let name = subject.name.as_deref().and_then(PhoneName::parse).map(String::from);
    Row {
        phone: name,
        model: subject.model.clone(),
        load: subject.load.clone(),
        today,
        after,
        because: told,
        assumed,
    }
}

/// Rules that only warn of a case, and find that nothing is in common.
const DECIDING: &[&str] = &["tls-version-too-old-for-phone"];
/// Rules that warn of phones which are not this one: what this one and the ASA agree on is proved apart.
const OF_OTHERS: &[&str] = &["ssl-settings-hardened-for-old-phones"];
/// Rules that warn of a later day.
const LATER: &[&str] = &["gateway-certificate-expiring", "licence-time-based-expiring"];
/// Licences that phones need.
const LICENCES: &[&str] = &["vpn-phone-licence-disabled", "anyconnect-premium-missing"];

const TOO_MANY: Text = Text::fixed(
    "There are too many kinds of phones in one case: plan for fewer at a time.",
    "Der Fall enthält zu viele Arten von Telefonen: Planen Sie für weniger auf einmal.",
);
const NO_LONGER: Text = Text::fixed(
    "Checked and fine today, and not to be checked after the change: {title}",
    "Heute geprüft und in Ordnung, nach der Änderung nicht prüfbar: {title}",
);
const ALSO_BREAKS: Text =
    Text::fixed("The change adds, behind that: {title}", "Dahinter kommt durch die Änderung hinzu: {title}");
const MAY_BREAK: Text = Text::fixed("It may break: {title}", "Es kann scheitern: {title}");
const FAILS_LATER: Text = Text::fixed("Will fail later: {title}", "Scheitert später: {title}");
const ONLY_POSSIBLE: Text = Text::fixed(
    "That it breaks is possible and not certain.",
    "Dass es scheitert, ist möglich und nicht sicher.",
);
const THE_REST: Text = Text::fixed(
    "What the change does not touch is taken to stay as it is: the way to the ASA, the address pool, CUCM.",
    "Was die Änderung nicht berührt, gilt als unverändert: der Weg zur ASA, der Adresspool, der CUCM.",
);
const BROKEN_TODAY: Text = Text::fixed(
    "The phone fails today. Whether the change helps is not known before it is tried.",
    "Das Telefon scheitert heute. Ob die Änderung hilft, zeigt erst der Versuch.",
);
const NEWER_LOAD: Text =
    Text::fixed("No source tells what {load} changed.", "Keine Quelle sagt, was {load} geändert hat.");
const OLDER_LOAD: Text = Text::fixed(
    "{load} is older, or speaks another protocol: whether it has the VPN client is not known.",
    "{load} ist älter oder spricht ein anderes Protokoll: Ob es den VPN-Client hat, ist nicht bekannt.",
);
const NO_LOAD_KNOWN: Text = Text::fixed(
    "The phone's firmware is not known: add `SEP….cnf.xml`.",
    "Die Firmware des Telefons ist nicht bekannt: Ergänzen Sie `SEP….cnf.xml`.",
);
