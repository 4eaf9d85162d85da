//! A walk through a wizard, as far as evidence and a person's answers lead.
//!
//! Evidence answers what it shows. Where it shows a reason that lies behind a question which nothing answers, that
//! question is not asked: any answer could only lead away.

use super::failing::failing;
use super::symptom::{Answer, Plan, Sign, Step, Symptom, Then};
use crate::diagnosis::Diagnosis;
use crate::finding::{Evidence, Severity};
use crate::input::{InputState, Kind};
use crate::need::Need;
use crate::text::Text;

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
    pub position: Position,
    /// The place in [`Diagnosis::findings`] of what the evidence alone leads to, where the person's answers lead away
    /// from it.
    pub instead: Option<usize>,
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
    /// What the evidence says where the person says something else.
    pub against: Option<(&'static Answer, By)>,
}

/// Who answered a step.
#[derive(Debug)]
pub enum By {
    /// The person.
    Person,
    /// The evidence: the finding's most telling piece, where a finding shows it.
    Evidence(Option<Evidence>),
    /// A rule that was checked and found nothing.
    Passed(&'static str),
    /// Nobody: the evidence shows a reason that lies behind this question.
    Ahead,
}

/// Where a walk stands.
#[derive(Debug)]
pub enum Position {
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

impl Walk {
    /// True where a step has this answer, whoever gave it.
    pub fn answered(&self, step: &str, answer: &str) -> bool {
        let mut taken = self.taken.iter().filter(|taken| taken.step.id == step);
        taken.any(|taken| taken.answer.is_some_and(|given| given.id == answer))
    }
}

impl Symptom {
    /// Walks as far as evidence and answers lead. What the person said counts for more than what evidence shows, and
    /// where the two disagree the walk says so.
    pub fn walk(&self, diagnosis: Option<&Diagnosis>, given: &[Given]) -> Walk {
        let target = diagnosis.and_then(|diagnosis| self.shown_by(diagnosis));
        let mut taken: Vec<Taken> = Vec::new();
        let mut at = self.steps.first();
        let mut position = Position::Bring(Vec::new());
        while let Some(step) = at {
            // A wizard that ran in a circle would be caught by the tests; a person is never caught in one.
            if taken.len() >= self.steps.len() {
                break;
            }
            let Some((next, then)) = self.answered(step, diagnosis, given, target.map(|(rule, _)| rule))
            else {
                position = Position::At(step);
                break;
            };
            taken.push(next);
            match then {
                Then::Ask(next) => at = self.step(next),
                end => {
                    position = ends(end, diagnosis);
                    break;
                }
            }
        }
        let arrives =
            |finding: usize| matches!(position, Position::Rule { finding: Some(end), .. } if end == finding);
        let instead = target.map(|(_, finding)| finding).filter(|finding| !arrives(*finding));
        Walk { taken, position, instead }
    }

    /// What the case shows of all that this wizard can end in: the gravest that is no echo.
    fn shown_by(&self, diagnosis: &Diagnosis) -> Option<(&'static str, usize)> {
        diagnosis.findings.iter().enumerate().find_map(|(index, found)| {
            let is_verdict = diagnosis.verdict.rule.as_ref() == Some(&found.rule);
            let stops = found.severity == Severity::Blocker && found.caused_by.is_none();
            let end = self.ends().find(|end| *end == found.rule)?;
            (is_verdict || stops).then_some((end, index))
        })
    }

    fn answered(
        &self,
        step: &'static Step,
        diagnosis: Option<&Diagnosis>,
        given: &[Given],
        target: Option<&str>,
    ) -> Option<(Taken, Then)> {
        let leads = |then: Then| target.is_none_or(|rule| self.leads_to(then, rule));
        let evident = || {
            let shown =
                || step.answers.iter().filter_map(|answer| Some((answer, answer.shown_by(diagnosis?)?)));
            // Of several answers that show, the one on the way to what the case is about.
            shown().find(|(answer, _)| leads(answer.then)).or_else(|| shown().next())
        };
        if let Some(given) = given.iter().rfind(|given| given.step == step.id) {
            let answer =
                given.answer.as_ref().and_then(|id| step.answers.iter().find(|answer| answer.id == id));
            if answer.is_some() || given.answer.is_none() {
                let then = answer.map_or(step.unsure, |answer| answer.then);
                let against =
                    evident().filter(|(shown, _)| answer.is_some_and(|answer| answer.id != shown.id));
                return Some((Taken { step, answer, by: By::Person, against }, then));
            }
        }
        let diagnosed =
            diagnosis.filter(|_| target.is_some_and(|rule| self.leads_to(Then::Ask(step.id), rule)));
        let shown = evident().filter(|(answer, _)| diagnosed.is_none() || leads(answer.then));
        if let Some((answer, by)) = shown {
            return Some((Taken { step, answer: Some(answer), by, against: None }, answer.then));
        }
        // Nothing tells the answer, but the reason lies behind it: to ask would only lead away.
        diagnosed?;
        let ways = std::iter::once(step.unsure).chain(step.answers.iter().map(|answer| answer.then));
        let way = ways.filter(|then| leads(*then)).min_by_key(|then| self.distance(*then, target));
        way.map(|then| (Taken { step, answer: None, by: By::Ahead, against: None }, then))
    }

    /// Whether a rule lies behind.
    fn leads_to(&self, then: Then, rule: &str) -> bool {
        self.distance(then, Some(rule)).is_some()
    }

    /// How many questions lie between here and a rule; `None` where no way leads there.
    fn distance(&self, from: Then, target: Option<&str>) -> Option<usize> {
        let mut reached = vec![from];
        // No way has more questions than there are.
        for distance in 0..=self.steps.len() {
            if reached.iter().any(|then| matches!(then, Then::Suspect(rule) if Some(*rule) == target)) {
                return Some(distance);
            }
            let mut further: Vec<Then> = Vec::new();
            for then in reached.into_iter().filter_map(|then| self.asked(then)).flat_map(Step::thens) {
                if !further.contains(&then) {
                    further.push(then);
                }
            }
            reached = further;
        }
        None
    }
}

impl Answer {
    /// What of a case shows that this is the answer.
    fn shown_by(&self, diagnosis: &Diagnosis) -> Option<By> {
        self.signs.iter().find(|sign| sign.shows(diagnosis)).map(|sign| sign.answered_by(diagnosis))
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
            Self::Failing(which) => failing(diagnosis).is_some_and(|(found, _)| found == *which),
            Self::Read(kind) => diagnosis.inputs.iter().any(|input| {
                input.kind == *kind && matches!(input.state, InputState::Read | InputState::PartlyRead)
            }),
        }
    }

    fn answered_by(&self, diagnosis: &Diagnosis) -> By {
        match self {
            Self::Fires(rule) => {
                let finding = diagnosis.findings.iter().find(|finding| finding.rule == *rule);
                By::Evidence(finding.and_then(|finding| finding.evidence.first().cloned()))
            }
            Self::Passes(rule) => By::Passed(rule),
            Self::Failing(_) => {
                let place = failing(diagnosis).and_then(|(_, place)| place);
                By::Evidence(place.map(|place| Evidence::at(place, Text::default())))
            }
            Self::Stage(..) | Self::Read(_) => By::Evidence(None),
        }
    }
}

fn ends(then: Then, diagnosis: Option<&Diagnosis>) -> Position {
    match then {
        Then::Suspect(rule) => {
            let findings = diagnosis.map(|diagnosis| diagnosis.findings.as_slice()).unwrap_or_default();
            Position::Rule { rule, finding: findings.iter().position(|finding| finding.rule == rule) }
        }
        Then::Bring(needs) => {
            let missing: Vec<Need> = needs
                .iter()
                .copied()
                .filter(|need| !diagnosis.is_some_and(|case| is_there(case, *need)))
                .collect();
            if missing.is_empty() { Position::NothingFound(needs) } else { Position::Bring(missing) }
        }
        Then::Plan(plan) => Position::Plan(plan),
        // The walk follows these itself.
        Then::Ask(_) => Position::Bring(Vec::new()),
    }
}

/// Inputs that may hold more of what a walk asked for than could be read: of a kind that was asked for, or archives and
/// their files of which it is not known what they are.
pub fn not_read(diagnosis: &Diagnosis, needs: &[Need]) -> Vec<u32> {
    let asked = |kind: Kind| needs.iter().any(|need| kinds_of(*need).contains(&kind));
    let left = |state: InputState| matches!(state, InputState::PartlyRead | InputState::Refused);
    let inputs = diagnosis.inputs.iter().zip(0_u32..).filter(|(input, _)| left(input.state));
    inputs
        .filter(|(input, _)| asked(input.kind) || matches!(input.kind, Kind::Archive | Kind::Unknown))
        .map(|(_, id)| id)
        .collect()
}

/// Whether the case holds this kind of evidence: an input of its kind was read. What was refused is not there.
fn is_there(diagnosis: &Diagnosis, need: Need) -> bool {
    let kinds = kinds_of(need);
    let read = |state: InputState| matches!(state, InputState::Read | InputState::PartlyRead);
    diagnosis.inputs.iter().any(|input| kinds.contains(&input.kind) && read(input.state))
}

/// The kinds of input that are this kind of evidence.
fn kinds_of(need: Need) -> &'static [Kind] {
    match need {
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
    }
}
