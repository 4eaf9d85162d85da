//! What the person answered in the wizards, and how the start page finds a wizard: pure, tested on any machine.
//!
//! An answer to a step with a key is an answer to the rules as well. It is kept only there ([`Said`]), so that case
//! and wizard never say different things.

use std::collections::BTreeMap;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::symptoms::{Given, Symptom};

/// The answers of every wizard, by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walks(BTreeMap<&'static str, Vec<Given>>);

impl Walks {
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

/// Whether a wizard is meant by these words, in either language: its title or what phones and logs say of it.
pub fn is_meant(symptom: &Symptom, query: &str) -> bool {
    let (title, words) = (&symptom.title, &symptom.words);
    holds([&title.en, &title.de, &words.en, &words.de].into_iter().map(AsRef::as_ref), query)
}

/// Whether texts hold every word of a query, in any case of letters and with any signs between them.
pub fn holds<'a>(texts: impl Iterator<Item = &'a str>, query: &str) -> bool {
    let all = texts.map(plain).collect::<Vec<_>>().join(" ");
    let ours: Vec<&str> = all.split(' ').collect();
    asked(query).iter().all(|word| {
        // A number means just that number: 48 is not 480.
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        ours.iter().any(|our| if number { our == word } else { our.contains(word.as_str()) })
    })
}

/// The words of a query. Of the ASA's `%ASA-3-717009` only the number tells something.
fn asked(query: &str) -> Vec<String> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let plain_words = words.into_iter().map(|word| match word.strip_prefix("%ASA-") {
        Some(rest) => plain(rest.split_once('-').map_or(rest, |(_, number)| number)),
        None => plain(word),
    });
    let words = plain_words.flat_map(|word| word.split(' ').map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| !word.is_empty()).collect()
}

/// Lower case, with a blank for all that is neither letter nor digit.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.chars().map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vpn_phone_doctor::symptoms::{ALL, by_id};

    #[test]
    fn a_wizard_is_found_by_what_the_log_says_in_either_language() {
        for (query, id) in [
            ("alert 48", "hash-mismatch"),
            ("Unknown CA", "hash-mismatch"),
            ("UNKNOWN-ca", "hash-mismatch"),
            ("no shared cipher", "no-shared-cipher"),
            ("Fingerabdruck", "hash-mismatch"),
            ("hostIDCheck", "host-id"),
            ("debug webvpn anyconnect 255", "collect-evidence"),
            ("VPN concentrator", "hash-mismatch"),
            ("716038", "ends-after-login"),
            ("simultaneous", "ends-after-login"),
            ("hostIDCheck failed!!", "host-id"),
            ("issuer certificate not found", "hash-mismatch"),
            ("Trust List update failed", "no-registration"),
            ("Anmeldung gescheitert", "password-login"),
            ("VpnConnectionLost", "drops"),
            ("%ASA-3-717009", "certificate-login"),
        ] {
            let found: Vec<&str> = ALL.iter().filter(|one| is_meant(one, query)).map(|one| one.id).collect();
            assert!(found.contains(&id), "{query}: {found:?}");
            assert!(found.len() <= 6, "{query} finds nearly everything: {found:?}");
        }
        assert!(!ALL.iter().any(|symptom| is_meant(symptom, "alert 4")), "a number is no beginning of one");
        assert!(ALL.iter().all(|symptom| is_meant(symptom, "  ")));
    }

    #[test]
    fn an_answer_with_a_key_is_kept_where_the_rules_look() {
        let (mut walks, mut said) = (Walks::default(), Said::new());
        let symptom = by_id("can-it-work").unwrap();
        let step = symptom.steps.iter().find(|step| step.key.is_some()).unwrap();
        let (key, answer) = (step.key.unwrap(), step.answers[0].id);
        assert!(walks.answer(&mut said, symptom, step.id, Some(answer)));
        assert_eq!(said.answer(key), Some(answer));
        assert_eq!(
            walks.given(&said, symptom),
            [Given { step: step.id.into(), answer: Some(answer.into()) }]
        );

        assert!(walks.answer(&mut said, symptom, step.id, None), "not sure after all: the rules hear of it");
        assert_eq!(said.answer(key), None);
        assert_eq!(walks.given(&said, symptom), [Given { step: step.id.into(), answer: None }]);

        walks.answer(&mut said, symptom, step.id, Some(answer));
        assert!(walks.begin_again(&mut said, symptom));
        assert_eq!((walks.given(&said, symptom).len(), said.answer(key)), (0, None));
    }

    #[test]
    fn the_last_answer_counts_and_can_be_taken_back() {
        let (mut walks, mut said) = (Walks::default(), Said::new());
        let symptom = by_id("hash-mismatch").unwrap();
        assert!(!walks.answer(&mut said, symptom, "refused", Some("yes")));
        walks.answer(&mut said, symptom, "refused", Some("other"));
        assert_eq!(walks.given(&said, symptom).len(), 1);
        assert!(!walks.take_back(&mut said, symptom, "refused"));
        assert!(walks.given(&said, symptom).is_empty());
    }
}
