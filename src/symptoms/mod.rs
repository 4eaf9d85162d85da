//! The wizards: what a person sees, and the questions that lead from there to a rule or to a request for evidence.
//!
//! A wizard is data: steps, answers, and where each answer leads. It knows nothing that no rule knows. A step answers
//! itself where the diagnosis shows a [`Sign`]; the person may say otherwise, and may always be unsure.
//!
//! For a new wizard add `symptoms/<symptom>.rs` and name it in [`ALL`]; the tests below walk every path of it.

use crate::diagnosis::Diagnosis;
use crate::finding::Evidence;
use crate::input::Kind;
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::text::Text;

mod can_it_work;
mod certificate_login;
mod change_while_connected;
mod collect_evidence;
mod drops;
mod ends_after_login;
mod external_authentication;
mod hash_mismatch;
mod host_id;
mod new_phones_fail;
mod no_registration;
mod no_shared_cipher;
mod no_vpn_menu;
mod old_phones_fail;
mod password_login;
mod redirected;
mod renew_certificate;

/// Every wizard, in the order in which the start page lists them.
pub const ALL: &[&Symptom] = &[
    &no_vpn_menu::SYMPTOM,
    &can_it_work::SYMPTOM,
    &certificate_login::SYMPTOM,
    &password_login::SYMPTOM,
    &no_shared_cipher::SYMPTOM,
    &host_id::SYMPTOM,
    &redirected::SYMPTOM,
    &ends_after_login::SYMPTOM,
    &hash_mismatch::SYMPTOM,
    &new_phones_fail::SYMPTOM,
    &old_phones_fail::SYMPTOM,
    &no_registration::SYMPTOM,
    &drops::SYMPTOM,
    &change_while_connected::SYMPTOM,
    &renew_certificate::SYMPTOM,
    &external_authentication::SYMPTOM,
    &collect_evidence::SYMPTOM,
];

/// A wizard by its id.
pub fn by_id(id: &str) -> Option<&'static Symptom> {
    ALL.iter().copied().find(|symptom| symptom.id == id)
}

/// The wizard that a finding belongs to: one that ends in it with this evidence before one that only can, and of
/// several the one that speaks of it most.
pub fn leading_to(rule: &str, diagnosis: &Diagnosis) -> Option<&'static Symptom> {
    let shows = |symptom: &Symptom| match symptom.walk(Some(diagnosis), &[]).stands {
        Stands::Rule { rule: end, finding } => end == rule && finding.is_some(),
        _ => false,
    };
    let can = ALL.iter().copied().filter(|symptom| symptom.ends_in(rule) > 0);
    // The first of equals: the catalogue's order.
    can.min_by_key(|symptom| {
        std::cmp::Reverse((shows(symptom), symptom.ends_in(rule) + symptom.signs_of(rule)))
    })
}

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
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug)]
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

/// What the person said to a step: an answer's id, or `None` for "not sure".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The step's id.
    pub step: String,
    /// The answer's id.
    pub answer: Option<String>,
}

/// A walk through a wizard: the steps taken, and where it stands.
#[derive(Debug)]
pub struct Walk {
    /// The steps taken in order.
    pub taken: Vec<Taken>,
    /// Where it stands.
    pub stands: Stands,
}

/// One step taken.
#[derive(Debug)]
pub struct Taken {
    /// The step.
    pub step: &'static Step,
    /// The answer; `None` where the person is not sure.
    pub answer: Option<&'static Answer>,
    /// Who answered.
    pub by: By,
}

/// Who answered a step.
#[derive(Debug)]
pub enum By {
    /// The person.
    Person,
    /// The evidence: the finding's most telling piece, where a finding shows it.
    Evidence(Option<Evidence>),
}

/// Where a walk stands.
#[derive(Debug)]
pub enum Stands {
    /// It asks.
    At(&'static Step),
    /// It ends in a rule.
    Rule {
        /// The rule's id.
        rule: &'static str,
        /// The place of its finding in [`Diagnosis::findings`], where the evidence shows it.
        finding: Option<usize>,
    },
    /// It ends in a request for what is not there yet.
    Bring(Vec<Need>),
    /// Everything that was asked for is there, and none of it shows a fault.
    NothingFound(&'static [Need]),
    /// It ends in a plan.
    Plan(Plan),
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
            let thens = |step: &Step| step.answers.iter().map(|answer| answer.then).chain([step.unsure]);
            let next = |step: &Step| thens(step).filter_map(|then| self.asked(then)).collect::<Vec<_>>();
            let mut further: Vec<&Step> = reached.into_iter().flat_map(next).collect();
            further.sort_by_key(|step| step.id);
            further.dedup_by_key(|step| step.id);
            reached = further;
        }
        count
    }

    /// How many of its answers end in a rule.
    fn ends_in(&self, rule: &str) -> usize {
        let thens = self
            .steps
            .iter()
            .flat_map(|step| step.answers.iter().map(|answer| answer.then).chain([step.unsure]));
        thens.filter(|then| matches!(then, Then::Suspect(end) if *end == rule)).count()
    }

    /// How many of its answers a rule's finding gives.
    fn signs_of(&self, rule: &str) -> usize {
        let answers = self.steps.iter().flat_map(|step| step.answers);
        let signs = answers.flat_map(|answer| answer.signs);
        signs.filter(|sign| matches!(sign, Sign::Fires(fires) if *fires == rule)).count()
    }

    fn asked(&self, then: Then) -> Option<&'static Step> {
        match then {
            Then::Ask(next) => self.step(next),
            _ => None,
        }
    }

    /// Walks as far as evidence and answers lead. What the person said counts for more than what evidence shows.
    pub fn walk(&self, diagnosis: Option<&Diagnosis>, given: &[Given]) -> Walk {
        let mut taken: Vec<Taken> = Vec::new();
        let mut at = self.steps.first();
        while let Some(step) = at {
            // A wizard that ran in a circle would be caught by the tests; a person is never caught in one.
            if taken.len() >= self.steps.len() {
                break;
            }
            let Some((answer, by)) = step.answered(diagnosis, given) else {
                return Walk { taken, stands: Stands::At(step) };
            };
            let then = answer.map_or(step.unsure, |answer| answer.then);
            taken.push(Taken { step, answer, by });
            match then {
                Then::Ask(next) => at = self.step(next),
                end => return Walk { taken, stands: ends(end, diagnosis) },
            }
        }
        Walk { taken, stands: Stands::Bring(Vec::new()) }
    }
}

impl Step {
    fn answered(
        &self,
        diagnosis: Option<&Diagnosis>,
        given: &[Given],
    ) -> Option<(Option<&'static Answer>, By)> {
        if let Some(given) = given.iter().rfind(|given| given.step == self.id) {
            let Some(id) = &given.answer else { return Some((None, By::Person)) };
            if let Some(answer) = self.answers.iter().find(|answer| answer.id == id) {
                return Some((Some(answer), By::Person));
            }
        }
        let diagnosis = diagnosis?;
        self.answers.iter().find_map(|answer| {
            let sign = answer.signs.iter().find(|sign| sign.shows(diagnosis))?;
            Some((Some(answer), By::Evidence(sign.evidence(diagnosis))))
        })
    }
}

impl Sign {
    fn shows(&self, diagnosis: &Diagnosis) -> bool {
        match self {
            Self::Fires(rule) => diagnosis.findings.iter().any(|finding| finding.rule == *rule),
            Self::Passes(rule) => diagnosis.passed.iter().any(|row| row.rule == *rule),
            Self::Stage(stage, state) => {
                diagnosis.stages.iter().any(|row| row.stage == *stage && row.state == *state)
            }
            Self::Read(kind) => diagnosis.inputs.iter().any(|input| input.kind == *kind),
        }
    }

    fn evidence(&self, diagnosis: &Diagnosis) -> Option<Evidence> {
        let Self::Fires(rule) = self else { return None };
        let finding = diagnosis.findings.iter().find(|finding| finding.rule == *rule)?;
        finding.evidence.first().cloned()
    }
}

fn ends(then: Then, diagnosis: Option<&Diagnosis>) -> Stands {
    match then {
        Then::Suspect(rule) => {
            let findings = diagnosis.map(|diagnosis| diagnosis.findings.as_slice()).unwrap_or_default();
            Stands::Rule { rule, finding: findings.iter().position(|finding| finding.rule == rule) }
        }
        Then::Bring(needs) => {
            let missing: Vec<Need> = needs
                .iter()
                .copied()
                .filter(|need| !diagnosis.is_some_and(|case| is_there(case, *need)))
                .collect();
            if missing.is_empty() { Stands::NothingFound(needs) } else { Stands::Bring(missing) }
        }
        Then::Plan(plan) => Stands::Plan(plan),
        // The walk follows these itself.
        Then::Ask(_) => Stands::Bring(Vec::new()),
    }
}

/// Whether the case holds this kind of evidence: no check waits for it, and an input of its kind was read.
fn is_there(diagnosis: &Diagnosis, need: Need) -> bool {
    let kinds: &[Kind] = match need {
        Need::AsaVersion => &[Kind::AsaVersion],
        Need::AsaConfig | Need::AsaConfigAll => &[Kind::AsaConfig],
        Need::AsaSsl => &[Kind::AsaSsl],
        Need::AsaLog => &[Kind::AsaSyslog],
        Need::AsaDebug => &[Kind::AsaDebug],
        Need::AsaCertificates => &[Kind::AsaCertificates],
        Need::AsaSessions => &[Kind::AsaSessions],
        Need::PhoneConfig => &[Kind::PhoneConfig],
        Need::PhoneLog => &[Kind::PhoneLog],
        Need::PhoneStatus => &[Kind::PhoneStatus],
        Need::TrustList => &[Kind::TrustList],
        Need::Certificate => &[Kind::Certificate],
        Need::Capture => &[Kind::Capture],
        Need::CucmVersion => &[Kind::CucmCli],
        Need::Answer => &[],
    };
    diagnosis.inputs.iter().any(|input| kinds.contains(&input.kind))
}

#[cfg(test)]
mod tests;
