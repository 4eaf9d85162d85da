//! Search over a case: files, findings, evidence, certificates, rules, symptoms. A pure function; nothing of it is kept.

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::symptoms;
use vpn_phone_doctor::text::Lang;

use crate::ui::route::Route;
use crate::ui::symptoms::matching;
use crate::ui::viewer::proofs;
use crate::ui::widgets::words;

/// Hits shown of one search.
pub const SHOWN: usize = 20;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is called.
    pub title: String,
    /// Where it stands: a rule's id, a file and line.
    pub place: String,
    /// What a choice of it does.
    pub leads: Leads,
}

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Leads {
    /// To the finding of a rule.
    Finding(String),
    /// To a line of a file.
    Line(Place),
    /// To a view.
    View(Route),
}

/// What of a case holds every word of a query, in any case of letters; findings first.
pub fn search(diagnosis: &Diagnosis, query: &str, lang: Lang) -> Vec<Hit> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let holds = |texts: &[&str]| {
        let all = texts.join(" ").to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let mut hits = Vec::new();
    for found in &diagnosis.findings {
        let title = found.title.get(lang);
        if holds(&[&title, &found.rule]) {
            let leads = Leads::Finding(found.rule.clone());
            hits.push(Hit { title: title.to_string(), place: found.rule.clone(), leads });
        }
    }
    for place in proofs(diagnosis) {
        if holds(&[&place.at.text]) {
            let shown = words::place(diagnosis, &place, lang);
            hits.push(Hit { title: place.at.text.clone(), place: shown, leads: Leads::Line(place) });
        }
    }
    for input in diagnosis.inputs.iter().filter(|input| holds(&[&input.name, &input.kind.name().get(lang)])) {
        let place = input.kind.name().get(lang).into_owned();
        hits.push(Hit { title: input.name.clone(), place, leads: Leads::View(Route::Case) });
    }
    for row in &diagnosis.certificates {
        if holds(&[&row.subject, &row.issuer, &row.serial, &row.sha1, &row.sha1_base64, &row.label]) {
            let place = words::at(&words::name(diagnosis, row.input), &row.at, lang);
            hits.push(Hit { title: row.subject.clone(), place, leads: Leads::View(Route::Certificates) });
        }
    }
    let passed = diagnosis.passed.iter().map(|row| (&row.rule, &row.title));
    let waiting = diagnosis.waiting.iter().map(|row| (&row.rule, &row.title));
    for (rule, title) in passed.chain(waiting) {
        if holds(&[&title.get(lang), rule]) {
            let leads = Leads::View(Route::Rules);
            hits.push(Hit { title: title.get(lang).into_owned(), place: rule.clone(), leads });
        }
    }
    for symptom in symptoms::ALL {
        if matching::is_meant(symptom, query) || holds(&[symptom.id]) {
            let leads = Leads::View(Route::Symptom(symptom.id));
            hits.push(Hit {
                title: symptom.title.get(lang).into_owned(),
                place: symptom.id.to_owned(),
                leads,
            });
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnosis::{RuleRow, Verdict, VerdictState};
    use vpn_phone_doctor::input::Input;
    use vpn_phone_doctor::stage::Stage;
    use vpn_phone_doctor::text::Text;

    use super::*;

    /// A case in which nothing was seen.
    fn empty_case() -> Diagnosis {
        vpn_phone_doctor::diagnose::diagnose(&[], &vpn_phone_doctor::diagnose::Said::new(), 0)
    }

    #[test]
    fn every_word_counts_in_any_case_of_letters() {
        let case = Diagnosis {
            inputs: vec![Input { name: "Phone-Console.log".to_owned(), ..Input::default() }],
            passed: vec![RuleRow {
                rule: "no-shared-cipher".to_owned(),
                stage: Stage::Tls,
                title: Text::fixed("No cipher in common", "Keine gemeinsame Chiffre"),
            }],
            waiting: Vec::new(),
            verdict: Verdict { state: VerdictState::Unknown, ..empty_case().verdict },
            ..empty_case()
        };
        let titles = |query, lang| -> Vec<String> {
            search(&case, query, lang)
                .into_iter()
                .filter(|hit| !matches!(hit.leads, Leads::View(Route::Symptom(_))))
                .map(|hit| hit.title)
                .collect()
        };
        assert_eq!(titles("console PHONE", Lang::En), ["Phone-Console.log"]);
        assert_eq!(titles("shared-cipher", Lang::En), ["No cipher in common"], "by title or id");
        assert_eq!(titles("gemeinsame CHIFFRE", Lang::De), ["Keine gemeinsame Chiffre"]);
        let symptom = symptoms::ALL[0];
        let found = search(&case, symptom.id, Lang::En);
        assert!(found.iter().any(|hit| hit.leads == Leads::View(Route::Symptom(symptom.id))));
        assert!(titles("chiffre console", Lang::De).is_empty(), "all words, of one thing");
        assert!(titles("  ", Lang::En).is_empty());
    }
}
