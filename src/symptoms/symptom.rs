//! What a wizard is made of: steps, answers, signs, and where each answer leads.

use super::failing::Failing;
use crate::input::Kind;
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::text::Text;

/// What a person sees.
#[derive(Debug)]
pub struct Symptom {
    /// Its id, which is its file's name with dashes. Public for ever.
    pub id: &'static str,
    /// Where the start page lists it.
    pub group: Group,
    /// In the person's own words.
    pub title: Text,
    /// Further words that the search finds it by: what phone and log say of it.
    pub words: Text,
    /// What the walk finds out, in a sentence or two.
    pub lead: Text,
    /// The questions; the first one is asked first.
    pub steps: &'static [Step],
}

/// What kind of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// It never worked.
    NeverWorked,
    /// It worked, and stopped.
    StoppedWorking,
    /// It works in part.
    HalfWorks,
    /// A change is planned.
    Planned,
}

impl Group {
    /// Every group in order.
    pub const ALL: [Self; 4] = [Self::NeverWorked, Self::StoppedWorking, Self::HalfWorks, Self::Planned];

    /// Its heading.
    pub const fn name(self) -> Text {
        match self {
            Self::NeverWorked => Text::fixed("It never worked", "Es hat nie funktioniert"),
            Self::StoppedWorking => Text::fixed("It stopped working", "Es funktioniert nicht mehr"),
            Self::HalfWorks => Text::fixed("It half works", "Es funktioniert nur zum Teil"),
            Self::Planned => Text::fixed("I plan a change", "Ich plane eine Änderung"),
        }
    }
}

/// One question.
#[derive(Debug)]
pub struct Step {
    /// Its id inside the wizard.
    pub id: &'static str,
    /// The question.
    pub ask: Text,
    /// What the answer tells; may be empty.
    pub why: Text,
    /// The question of [`crate::case::QUESTIONS`] that this is: answering it tells the rules, too.
    pub key: Option<&'static str>,
    /// What would answer it, the easiest first.
    pub look: &'static [Need],
    /// The answers.
    pub answers: &'static [Answer],
    /// Where a person goes on who is not sure.
    pub unsure: Then,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    /// Its id inside the step; where the step has a key, one of that question's values.
    pub id: &'static str,
    /// The answer.
    pub label: Text,
    /// What shows in a diagnosis that this is the answer; any one is enough.
    pub signs: &'static [Sign],
    /// Where it leads.
    pub then: Then,
}

/// What a diagnosis can show.
#[derive(Clone, Copy, Debug)]
pub enum Sign {
    /// The rule found something.
    Fires(&'static str),
    /// The rule was checked and found nothing.
    Passes(&'static str),
    /// The stage is in this state.
    Stage(Stage, StageState),
    /// An input of this kind was read.
    Read(Kind),
    /// The list of phones shows that these fail.
    Failing(Failing),
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Then {
    /// To another question.
    Ask(&'static str),
    /// To a rule: its finding where there is one, else what the rule says and what would prove it.
    Suspect(&'static str),
    /// To a request for evidence.
    Bring(&'static [Need]),
    /// To a plan that is made from the case.
    Plan(Plan),
}

/// A plan that is made from the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// How to renew the ASA's certificate without touching the phones.
    Renewal,
    /// What to collect, and how.
    Collection,
}

impl Symptom {
    /// A step by its id.
    pub fn step(&self, id: &str) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// How many questions lie on the longest way from a step to an end, that step included.
    pub fn at_most(&self, from: &Step) -> u32 {
        // Each round looks one question further; no way has more questions than there are.
        let mut reached: Vec<&Step> = vec![from];
        let mut count = 0_u32;
        for _ in self.steps {
            if reached.is_empty() {
                break;
            }
            count = count.saturating_add(1);
            let next = |step: &Step| step.thens().filter_map(|then| self.asked(then)).collect::<Vec<_>>();
            let mut further: Vec<&Step> = reached.into_iter().flat_map(next).collect();
            further.sort_by_key(|step| step.id);
            further.dedup_by_key(|step| step.id);
            reached = further;
        }
        count
    }

    /// How many of its answers end in a rule or are given by its finding.
    pub(super) fn speaks_of(&self, rule: &str) -> usize {
        let signs = self.steps.iter().flat_map(|step| step.answers).flat_map(|answer| answer.signs);
        let given = signs.filter(|sign| matches!(sign, Sign::Fires(fires) if *fires == rule)).count();
        let about = ABOUT.iter().filter(|(about, id)| *about == rule && *id == self.id).count();
        self.ends().filter(|end| *end == rule).count() + given + about
    }

    pub(super) fn asked(&self, then: Then) -> Option<&'static Step> {
        match then {
            Then::Ask(next) => self.step(next),
            _ => None,
        }
    }

    /// Every rule that it can end in.
    pub(super) fn ends(&self) -> impl Iterator<Item = &'static str> {
        self.steps.iter().flat_map(Step::thens).filter_map(|then| match then {
            Then::Suspect(rule) => Some(rule),
            _ => None,
        })
    }
}

impl Step {
    /// Where its answers lead, and where it goes on for who is not sure.
    pub(super) fn thens(&self) -> impl Iterator<Item = Then> {
        self.answers.iter().map(|answer| answer.then).chain([self.unsure])
    }
}

/// Rules that a wizard explains though none of its walks ends in them: they stand beside a reason, or are its echo.
pub(super) const ABOUT: [(&str, &str); 16] = [
    ("gateway-not-an-asa", "can-it-work"),
    ("login-failed", "certificate-login"),
    ("login-failed", "password-login"),
    ("mic-used-for-authentication", "certificate-login"),
    ("capf-not-reached", "certificate-login"),
    ("aaa-sessions-exhausted", "external-authentication"),
    ("webvpn-port-changed", "redirected"),
    ("gateway-url-port", "redirected"),
    ("vpn-setting-out-of-range", "no-vpn-menu"),
    ("too-many-gateways-or-certificates", "hash-mismatch"),
    ("certificate-not-exported-for-every-gateway", "hash-mismatch"),
    ("hash-algorithm-undocumented", "hash-mismatch"),
    ("phone-config-older-than-certificate", "hash-mismatch"),
    ("inherited-setting-at-risk", "ends-after-login"),
    ("ctl-file-not-found", "no-registration"),
    ("earlier-gateway-failed", "drops"),
];
