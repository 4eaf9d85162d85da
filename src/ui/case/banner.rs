//! How sure the banner over a case is: as sure as its finding, or as much as was checked. A pure function.
//!
//! The verdict's state alone says too much: a blocker that is only possible is no fault that was found, and one check
//! that passed beside a hundred that could not be made is no good news.

use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::finding::Confidence;

/// What the banner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Banner {
    /// The evidence says outright what stops the phone.
    Fault,
    /// It most probably does.
    LikelyFault,
    /// It may.
    PossibleFault,
    /// Something will fail later.
    Warning,
    /// Something may.
    Suspicion,
    /// Most of what there is to check was checked, and is fine.
    Fine,
    /// What was checked is fine, but most could not be checked.
    NothingSoFar,
    /// Too little is known.
    NotKnown,
}

/// What the banner says of a case.
pub fn of(diagnosis: &Diagnosis) -> Banner {
    let Diagnosis { verdict, findings, passed, waiting, .. } = diagnosis;
    let main = findings.iter().find(|finding| Some(&finding.rule) == verdict.rule.as_ref());
    let confidence = main.map_or(Confidence::Certain, |finding| finding.confidence);
    match (verdict.state, confidence) {
        (VerdictState::Fault, Confidence::Certain) => Banner::Fault,
        (VerdictState::Fault, Confidence::Likely) => Banner::LikelyFault,
        (VerdictState::Fault, Confidence::Possible) => Banner::PossibleFault,
        (VerdictState::Suspect, Confidence::Possible) => Banner::Suspicion,
        (VerdictState::Suspect, _) => Banner::Warning,
        (VerdictState::Clear, _) if passed.len() < waiting.len() => Banner::NothingSoFar,
        (VerdictState::Clear, _) => Banner::Fine,
        (VerdictState::Unknown, _) => Banner::NotKnown,
    }
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};
    use vpn_phone_doctor::diagnosis::{RuleRow, WaitingRow};
    use vpn_phone_doctor::finding::{Concerned, Conclusion, Severity};
    use vpn_phone_doctor::stage::Stage;
    use vpn_phone_doctor::text::Text;

    use super::*;

    /// A case whose verdict rests on one finding.
    fn diagnosis_with(state: VerdictState, severity: Severity, confidence: Confidence) -> Diagnosis {
        let mut diagnosis = diagnose(&[], &Said::new(), 0);
        let rule = "dap-terminated".to_owned();
        diagnosis.verdict.state = state;
        diagnosis.verdict.rule = Some(rule.clone());
        diagnosis.findings = vec![Conclusion {
            rule,
            stage: Stage::Authorisation,
            severity,
            confidence,
            title: Text::default(),
            explanation: Vec::new(),
            evidence: Vec::new(),
            more_evidence: 0,
            more_of_kind: 0,
            concerned: Concerned::default(),
            fix: Vec::new(),
            caused_by: None,
            sources: Vec::new(),
            comparison: None,
        }];
        diagnosis
    }

    /// A clear case with so many checks passed and waiting.
    fn clear(passed: usize, waiting: usize) -> Diagnosis {
        let mut diagnosis = diagnose(&[], &Said::new(), 0);
        diagnosis.verdict.state = VerdictState::Clear;
        let (rule, title) = (String::new(), Text::default());
        let row = RuleRow { rule: rule.clone(), stage: Stage::Tls, title: title.clone() };
        diagnosis.passed = vec![row; passed];
        diagnosis.waiting = vec![WaitingRow { rule, stage: Stage::Tls, title, needs: Vec::new() }; waiting];
        diagnosis
    }

    #[test]
    fn the_banner_is_as_sure_as_the_finding() {
        use Confidence::{Certain, Likely, Possible};
        use Severity::{Blocker, Warning};
        for (severity, confidence, banner) in [
            (Blocker, Certain, Banner::Fault),
            (Blocker, Likely, Banner::LikelyFault),
            (Blocker, Possible, Banner::PossibleFault),
            (Warning, Certain, Banner::Warning),
            (Warning, Likely, Banner::Warning),
            (Warning, Possible, Banner::Suspicion),
        ] {
            let state = if severity == Blocker { VerdictState::Fault } else { VerdictState::Suspect };
            assert_eq!(of(&diagnosis_with(state, severity, confidence)), banner);
        }
    }

    #[test]
    fn good_news_needs_most_of_the_checks() {
        for (passed, waiting, banner) in [
            (1, 150, Banner::NothingSoFar),
            (70, 80, Banner::NothingSoFar),
            (80, 70, Banner::Fine),
            (3, 0, Banner::Fine),
        ] {
            assert_eq!(of(&clear(passed, waiting)), banner, "{passed} passed, {waiting} wait");
        }
        assert_eq!(of(&diagnose(&[], &Said::new(), 0)), Banner::NotKnown);
    }
}
