//! What the person answered in the wizards: pure, tested on any machine.
//!
//! An answer to a step with a key is an answer to the rules as well. It is kept only there ([`Said`]), so that case
//! and wizard never say different things.

use std::collections::BTreeMap;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::symptoms::{Given, Symptom};

/// The answers of every wizard, by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WizardAnswers(BTreeMap<&'static str, Vec<Given>>);

impl WizardAnswers {
    /// Takes an answer, or "not sure"; true where the rules have to be asked anew.
    pub fn answer(
        &mut self,
        said: &mut Said,
        symptom: &Symptom,
        step: &'static str,
        answer: Option<&str>,
    ) -> bool {
        let asked = self.take_back(said, symptom, step);
        let key = symptom.step(step).and_then(|step| step.key);
        if let (Some(key), Some(answer)) = (key, answer)
            && said.say(key, answer).is_ok()
        {
            return true;
        }
        let given = Given { step: step.to_owned(), answer: answer.map(str::to_owned) };
        self.0.entry(symptom.id).or_default().push(given);
        asked
    }

    /// Takes an answer back, so that evidence may answer again; true where the rules have to be asked anew.
    pub fn take_back(&mut self, said: &mut Said, symptom: &Symptom, step: &str) -> bool {
        if let Some(given) = self.0.get_mut(symptom.id) {
            given.retain(|given| given.step != step);
        }
        let key = symptom.step(step).and_then(|step| step.key);
        let Some(key) = key.filter(|key| said.answer(key).is_some()) else { return false };
        said.unsay(key);
        true
    }

    /// Takes every answer of a wizard back; true where the rules have to be asked anew.
    pub fn begin_again(&mut self, said: &mut Said, symptom: &Symptom) -> bool {
        let changed = symptom.steps.iter().filter(|step| self.take_back(said, symptom, step.id)).count();
        self.0.remove(symptom.id);
        changed > 0
    }

    /// Everything that the person said to a wizard's steps, here or elsewhere.
    pub fn given(&self, said: &Said, symptom: &Symptom) -> Vec<Given> {
        let mut given = self.0.get(symptom.id).cloned().unwrap_or_default();
        given.extend(symptom.steps.iter().filter_map(|step| {
            let answer = said.answer(step.key?)?;
            Some(Given { step: step.id.to_owned(), answer: Some(answer.to_owned()) })
        }));
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vpn_phone_doctor::symptoms::by_id;

    #[test]
    fn an_answer_with_a_key_is_kept_where_the_rules_look() {
        let (mut answers, mut said) = (WizardAnswers::default(), Said::new());
        let symptom = by_id("can-it-work").unwrap();
        let step = symptom.steps.iter().find(|step| step.key.is_some()).unwrap();
        let (key, answer) = (step.key.unwrap(), step.answers[0].id);
        assert!(answers.answer(&mut said, symptom, step.id, Some(answer)));
        assert_eq!(said.answer(key), Some(answer));
        assert_eq!(
            answers.given(&said, symptom),
            [Given { step: step.id.into(), answer: Some(answer.into()) }]
        );

        assert!(
            answers.answer(&mut said, symptom, step.id, None),
            "not sure after all: the rules hear of it"
        );
        assert_eq!(said.answer(key), None);
        assert_eq!(answers.given(&said, symptom), [Given { step: step.id.into(), answer: None }]);

        answers.answer(&mut said, symptom, step.id, Some(answer));
        assert!(answers.begin_again(&mut said, symptom));
        assert_eq!((answers.given(&said, symptom).len(), said.answer(key)), (0, None));
    }

    #[test]
    fn the_last_answer_counts_and_can_be_taken_back() {
        let (mut answers, mut said) = (WizardAnswers::default(), Said::new());
        let symptom = by_id("hash-mismatch").unwrap();
        assert!(!answers.answer(&mut said, symptom, "refused", Some("yes")));
        answers.answer(&mut said, symptom, "refused", Some("other"));
        assert_eq!(answers.given(&said, symptom).len(), 1);
        assert!(!answers.take_back(&mut said, symptom, "refused"));
        assert!(answers.given(&said, symptom).is_empty());
    }
}
