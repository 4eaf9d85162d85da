//! The plan for renewing the ASA's certificate without touching the phones.
//!
//! The order matters: every phone must have the new hash before the ASA shows the new certificate (Cisco
//! 116162). Each step says whether the case shows it done; the last word is a list of the phones that are not ready.

use crate::diagnosis::{CertificateRow, Diagnosis, RenewalPhone, RenewalView};
use crate::finding::{Target, safe_name};
use crate::source::Place;
use crate::text::{Class, Lang, Text};
use crate::time::day;

mod words;

use words::*;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// Where it is done.
    pub on: Target,
    /// What to do.
    pub text: Text,
    /// Commands to copy, complete.
    pub commands: Vec<String>,
    /// How to see that it is done.
    pub verify: Text,
    /// Whether the case shows it done; `None` where nothing tells.
    pub done: Option<bool>,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How things stand.
    pub situation: Situation,
    /// The same in a sentence: whether to switch now.
    pub verdict: Text,
    /// What threatens it, the gravest first.
    pub warnings: Vec<Text>,
    /// The steps in order; the last one is the switch.
    pub steps: Vec<PlanStep>,
    /// How to take the switch back.
    pub undo: PlanStep,
    /// What helps phones that are locked out already.
    pub rescue: Vec<Text>,
    /// Every phone of the case, those that would be locked out first.
    pub phones: Vec<PhoneReady>,
}

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// No case tells.
    General,
    /// There is no new certificate yet.
    NoNext,
    /// Some phones do not have the new hash yet.
    Waiting,
    /// Every phone of the case has it.
    Ready,
    /// The ASA has switched, and phones are locked out.
    Late,
}

/// One phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneReady {
    /// Its name.
    pub name: String,
    /// Its VPN settings.
    pub place: Option<Place>,
    /// Which of both certificates it trusts.
    pub trusts: Trusts,
    /// It trusts the CA that issued the presented one.
    pub issuer: bool,
}

/// Which of both certificates a phone trusts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trusts {
    /// Neither: it is locked out before and after the switch.
    Neither,
    /// Only the old one: the switch locks it out.
    OldOnly,
    /// Its configuration is not in the case.
    Unknown,
    /// Only the new one: it connects after the switch.
    NewOnly,
    /// Both: it does not notice the switch.
    Both,
}

impl Trusts {
    /// The switch does not lock it out.
    pub const fn is_ready(self) -> bool {
        matches!(self, Self::NewOnly | Self::Both)
    }
}

/// Makes the plan; without a case, or where nothing is presented in it, it is the general one. `now` is in seconds
/// since 1970.
pub fn plan(diagnosis: Option<&Diagnosis>, now: i64) -> Plan {
    let view = diagnosis.and_then(|diagnosis| diagnosis.renewal.as_ref());
    let is_late = view.is_some_and(is_late);
    let sides = Sides::of(diagnosis, view, is_late);
    let phones = phones(diagnosis, view, is_late);
    let known = || phones.iter().filter(|phone| phone.trusts != Trusts::Unknown);
    let (all, ready) = (known().count(), known().filter(|phone| phone.trusts.is_ready()).count());
    let has_next = view.map(|_| is_late || sides.new.is_some());
    let situation = match view {
        None => Situation::General,
        Some(_) if is_late => Situation::Late,
        Some(view) if view.next.is_none() => Situation::NoNext,
        Some(_) if all > 0 && ready == all => Situation::Ready,
        Some(_) => Situation::Waiting,
    };
    let all_ready = (has_next == Some(true) && all > 0).then_some(ready == all);
    let step = |on, text, commands, verify, done| PlanStep { on, text, commands, verify, done };
    let Sides { old_trustpoint, new_trustpoint, interface, .. } = &sides;
    let make = configured(
        &[
            format!("crypto key generate rsa label {new_trustpoint} modulus 2048"),
            format!("crypto ca trustpoint {new_trustpoint}"),
            format!(" keypair {new_trustpoint}"),
            " subject-name CN=<host>".to_owned(),
            " fqdn <host>".to_owned(),
            " enrollment terminal".to_owned(),
        ],
        Kept::Saved,
    );
    // It asks back: whatever is pasted behind it would answer.
    let request = vec![CONFIGURE.to_owned(), format!("{ASKS} {new_trustpoint}")];
    let export =
        configured(&[format!("crypto ca export {new_trustpoint} identity-certificate")], Kept::Unchanged);
    // A new trust-point without its certificate is not to be seen in a case.
    let made = has_next.filter(|has| *has);
    let mut steps = vec![
        step(Target::Asa, MAKE, make, MADE, made),
        step(Target::Asa, REQUEST, request, REQUESTED, has_next),
        step(Target::Asa, EXPORT, export, EXPORTED, None),
        step(Target::Cucm, UPLOAD, Vec::new(), UPLOADED, None),
        step(Target::Cucm, ASSIGN, Vec::new(), ASSIGNED, None),
        step(Target::Cucm, RESET, Vec::new(), RESET_SEEN, None),
        step(Target::Phone, CHECK, Vec::new(), CHECKED, all_ready),
        step(Target::Asa, SWITCH, bind(new_trustpoint, interface), SWITCHED, None),
    ];
    let undo = step(Target::Asa, UNDO, bind(old_trustpoint, interface), UNDONE, None);
    if is_late {
        // Nothing else can be done over a tunnel that no longer comes up.
        let text = if sides.old_has_ended(now) { BACK_ENDED } else { BACK };
        let back = step(Target::Asa, text, bind(old_trustpoint, interface), UNDONE, Some(false));
        steps.insert(0, back);
    }
    Plan {
        situation,
        verdict: verdict(situation, &sides, (ready, all), now),
        warnings: warnings(diagnosis, view, is_late, &phones),
        steps,
        undo,
        rescue: rescue(&sides, now),
        phones,
    }
}

impl Plan {
    /// The names of the phones that the switch would lock out, or that nothing tells of.
    pub fn not_ready(&self) -> Vec<String> {
        let left = self.phones.iter().filter(|phone| !phone.trusts.is_ready());
        left.map(|phone| safe(&phone.name, "phone")).collect()
    }

    /// The whole plan as text, for a ticket.
    pub fn as_text(&self, lang: Lang) -> String {
        let say = |text: &Text| text.get(lang).into_owned();
        let mut lines = vec![say(&TITLE), String::new()];
        lines.extend((!self.verdict.is_empty()).then(|| say(&self.verdict)));
        lines.extend(self.warnings.iter().map(|text| format!("! {}", text.get(lang))));
        for (step, number) in self.steps.iter().zip(1_u32..) {
            let done = if step.done == Some(true) { format!(" [{}]", DONE.get(lang)) } else { String::new() };
            lines.push(String::new());
            lines.push(format!("{number}. {}: {}{done}", step.on.name().get(lang), step.text.get(lang)));
            lines.extend(step.commands.iter().map(|command| format!("   {command}")));
            lines.push(format!("   {}: {}", VERIFY.get(lang), step.verify.get(lang)));
        }
        lines.extend([String::new(), format!("{}:", UNDO.get(lang).trim_end_matches('.'))]);
        lines.extend(self.undo.commands.iter().map(|command| format!("   {command}")));
        lines.extend([String::new(), format!("{}:", LATE.get(lang))]);
        lines.extend(self.rescue.iter().map(|text| format!("- {}", text.get(lang))));
        lines.extend((!self.phones.is_empty()).then(|| format!("\n{}:", PHONES.get(lang))));
        for phone in &self.phones {
            lines.push(format!("- {}: {}", safe(&phone.name, "phone"), phone.trusts.name().get(lang)));
        }
        lines.join("\n").replace('`', "") + "\n"
    }

    /// What is typed on the ASA, in order, in parts that are each pasted whole. A part ends with a command that asks
    /// back. What is done or must wait stands there as a remark, so that pasting it does no harm.
    pub fn asa_parts(&self, lang: Lang) -> Vec<String> {
        let mut parts: Vec<Vec<String>> = vec![Vec::new()];
        let mut add = |step: &PlanStep, is_open: bool| {
            let mut lines = vec![format!("! {}", step.text.get(lang).replace('`', ""))];
            let before = if is_open { "" } else { "! " };
            lines.extend(step.commands.iter().map(|command| format!("{before}{command}")));
            let asks = lines.last().is_some_and(|last| last.starts_with(ASKS));
            if let Some(part) = parts.last_mut() {
                part.append(&mut lines);
            }
            if asks {
                parts.push(Vec::new());
            }
        };
        let last = self.steps.len().saturating_sub(1);
        for (index, step) in self.steps.iter().enumerate().filter(|(_, step)| step.on == Target::Asa) {
            let waits = index == last && self.situation != Situation::Ready;
            add(step, !waits && step.done != Some(true));
        }
        add(&self.undo, false);
        parts.into_iter().map(|lines| lines.join("\n") + "\n").collect()
    }
}

impl Trusts {
    /// In a few words.
    pub const fn name(self) -> Text {
        match self {
            Self::Neither => Text::fixed("has neither hash", "hat keinen der beiden Hashes"),
            Self::OldOnly => Text::fixed("has only the old hash", "hat nur den alten Hash"),
            Self::Unknown => Text::fixed(
                "not known: its configuration is missing",
                "nicht bekannt: seine Konfiguration fehlt",
            ),
            Self::NewOnly => Text::fixed("has only the new hash", "hat nur den neuen Hash"),
            Self::Both => Text::fixed("has both hashes", "hat beide Hashes"),
        }
    }
}

/// The two certificates that the plan is about.
struct Sides<'a> {
    old: Option<&'a CertificateRow>,
    new: Option<&'a CertificateRow>,
    old_trustpoint: String,
    new_trustpoint: String,
    interface: String,
}

impl<'a> Sides<'a> {
    fn old_has_ended(&self, now: i64) -> bool {
        self.old.and_then(|row| row.not_after).is_some_and(|end| end < now)
    }

    fn of(diagnosis: Option<&'a Diagnosis>, view: Option<&RenewalView>, is_late: bool) -> Self {
        let row = |place: fn(&RenewalView) -> Option<u32>| {
            let index = usize::try_from(view.and_then(place)?).ok()?;
            diagnosis?.certificates.get(index)
        };
        let name = |value: fn(&RenewalView) -> &String, placeholder: &str| {
            safe(view.map(value).map_or("", String::as_str), placeholder)
        };
        let interface = name(|view| &view.interface, "interface");
        let presented = row(|view| view.presented);
        if is_late {
            Self {
                old: row(|view| view.previous),
                new: presented,
                old_trustpoint: name(|view| &view.previous_trustpoint, "previous-trustpoint"),
                new_trustpoint: name(|view| &view.trustpoint, "new-trustpoint"),
                interface,
            }
        } else {
            Self {
                old: presented,
                new: row(|view| view.next),
                old_trustpoint: name(|view| &view.trustpoint, "old-trustpoint"),
                new_trustpoint: name(|view| &view.next_trustpoint, "new-trustpoint"),
                interface,
            }
        }
    }
}

/// The ASA presents what phones do not trust, nothing newer is kept ready, and phones trust something else.
fn is_late(view: &RenewalView) -> bool {
    let locked = view.phones.iter().any(|phone| !phone.trusts_presented && !phone.trusts_issuer);
    locked && view.next.is_none()
}

fn phones(diagnosis: Option<&Diagnosis>, view: Option<&RenewalView>, is_late: bool) -> Vec<PhoneReady> {
    let known = view.map(|view| view.phones.as_slice()).unwrap_or_default();
    let trusts = |phone: &RenewalPhone| {
        let presented = phone.trusts_presented || phone.trusts_issuer;
        let (old, new) =
            if is_late { (phone.trusts_previous, presented) } else { (presented, phone.trusts_next) };
        match (old, new) {
            (false, false) => Trusts::Neither,
            (true, false) => Trusts::OldOnly,
            (false, true) => Trusts::NewOnly,
            (true, true) => Trusts::Both,
        }
    };
    let mut phones: Vec<PhoneReady> = known
        .iter()
        .map(|phone| PhoneReady {
            name: phone.name.clone(),
            place: phone.place.clone(),
            trusts: trusts(phone),
            issuer: phone.trusts_issuer,
        })
        .collect();
    let seen = diagnosis.filter(|_| view.is_some()).map(|diagnosis| diagnosis.phones.as_slice());
    for row in seen.unwrap_or_default() {
        if !row.name.is_empty() && !known.iter().any(|phone| phone.name == row.name) {
            let name = row.name.clone();
            phones.push(PhoneReady { name, place: None, trusts: Trusts::Unknown, issuer: false });
        }
    }
    phones.sort_by_key(|phone| phone.trusts);
    phones
}

fn verdict(situation: Situation, sides: &Sides<'_>, (ready, all): (usize, usize), now: i64) -> Text {
    let (all_shown, missing) = (all.to_string(), all.saturating_sub(ready).to_string());
    let sentence = match situation {
        Situation::General => return Text::default(),
        Situation::NoNext => NO_NEXT,
        Situation::Waiting if all == 0 => NO_PHONES,
        Situation::Waiting => WAIT,
        Situation::Ready => GO,
        Situation::Late => TOO_LATE,
    };
    let mut told = sentence.with("all", Class::Words, all_shown).with("missing", Class::Words, missing);
    let old = if sides.old_has_ended(now) { ENDED } else { VALID_UNTIL };
    let days = [
        (old, sides.old.and_then(|row| row.not_after)),
        (VALID_FROM, sides.new.and_then(|row| row.not_before)),
    ];
    for (text, seconds) in days {
        if let Some(seconds) = seconds {
            let text = text.with("day", Class::Words, day(seconds));
            told = Text::fixed("{told} {text}", "{told} {text}")
                .nested("told", told.clone())
                .nested("text", text.clone());
        }
    }
    told
}

fn warnings(
    diagnosis: Option<&Diagnosis>,
    view: Option<&RenewalView>,
    is_late: bool,
    phones: &[PhoneReady],
) -> Vec<Text> {
    let mut warnings = Vec::new();
    let count = |trusts: Trusts| phones.iter().filter(|phone| phone.trusts == trusts).count();
    let mut counted = |one: Text, many: Text, count: usize| match count {
        0 => {}
        1 => warnings.push(one),
        _ => warnings.push(many.number("count", count)),
    };
    // Where it is too late, the verdict counts them.
    let locked_out = if is_late {
        0
    } else {
        view.map_or(0, |view| {
            view.phones.iter().filter(|phone| !phone.trusts_presented && !phone.trusts_issuer).count()
        })
    };
    counted(ONE_LOCKED_OUT, LOCKED_OUT, locked_out);
    counted(ONE_UNKNOWN, UNKNOWN, count(Trusts::Unknown));
    let expired =
        |rule: &str| diagnosis.is_some_and(|case| case.findings.iter().any(|found| found.rule == rule));
    if expired("gateway-certificate-expired") {
        warnings.push(EXPIRED);
    }
    if view.is_some_and(|view| view.same_subject) {
        warnings.push(SAME_SUBJECT);
    }
    if view.is_some_and(|view| view.further_presented > 0) {
        warnings.push(SEVERAL);
    }
    if phones.iter().any(|phone| phone.issuer) {
        warnings.push(BY_ISSUER);
    }
    warnings
}

fn rescue(sides: &Sides<'_>, now: i64) -> Vec<Text> {
    let again = if sides.old_has_ended(now) { RESCUE_OLD_ENDED } else { RESCUE_OLD_UNTIL };
    let until = sides.old.and_then(|row| row.not_after).map(day);
    let old = match until {
        Some(until) => {
            again.with("trustpoint", Class::Trustpoint, &sides.old_trustpoint).with("to", Class::Words, until)
        }
        None => RESCUE_OLD,
    };
    vec![old, RESCUE_TFTP, RESCUE_INSIDE]
}

fn bind(trustpoint: &str, interface: &str) -> Vec<String> {
    configured(&[format!("ssl trust-point {trustpoint} {interface}")], Kept::Saved)
}

/// What becomes of a block of configuration once it was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// It is saved over a reload.
    Saved,
    /// It changed nothing.
    Unchanged,
}

/// Commands of the configuration as they are pasted into a session that is not in it.
fn configured(commands: &[String], kept: Kept) -> Vec<String> {
    let mut block = vec![CONFIGURE.to_owned()];
    block.extend_from_slice(commands);
    block.push("end".to_owned());
    block.extend((kept == Kept::Saved).then(|| "write memory".to_owned()));
    block
}

fn safe(name: &str, placeholder: &str) -> String {
    if safe_name(name) { name.to_owned() } else { format!("<{placeholder}>") }
}

const CONFIGURE: &str = "configure terminal";
/// The one command of the plan that asks back.
const ASKS: &str = "crypto ca enroll";

#[cfg(test)]
mod tests;
