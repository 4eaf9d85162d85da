//! The phone's firmware has a known bug that concerns its VPN.
//!
//! The firmware stands in the phone's configuration (`loadInformation`) and on its status page. A bug of one model
//! alone is told only where that model is known. Release notes name the release with the fix and seldom the one in
//! which a bug began, so an older firmware may have it: only a build that they name is more than possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::facts::phone_kinds;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::firmware_bugs::{self, Bug, Effect, Fit};
use crate::tables::{phone_families, phone_models};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-firmware-bug",
    stage: Stage::Prerequisites,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::PhoneStatus],
    echoes: &[],
    sources: &["Cisco IP Phone 7800 and 8800 release notes, resolved caveats"],
    prose: Text::fixed(include_str!("phone_firmware_bug.en.md"), include_str!("phone_firmware_bug.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let models = &case.phone_models;
    let answered = case.said.answer("phone-model").and_then(phone_models::number_in);
    let mut told = false;
    let mut by_load: BTreeMap<String, Loaded> = BTreeMap::new();
    for load in phone_kinds::loads(&case.documents, &case.phones) {
        told |= phone_families::firmware(&load.load).is_some();
        let own = models.iter().find(|model| !model.phone.is_empty() && model.phone == load.phone);
        let model = own.map(|model| model.number.as_str()).or(answered);
        let bugs = firmware_bugs::of_load(&load.load, model);
        if bugs.is_empty() {
            continue;
        }
        let group = by_load.entry(load.load.clone()).or_default();
        group.phones.insert(load.phone);
        group.proofs.push(Evidence::marked(&load.place, &load.load, LOADED));
        for bug in bugs {
            if !group.bugs.contains(&bug) {
                group.bugs.push(bug);
            }
        }
    }
    if !told {
        return Err(Missing(vec![Need::PhoneConfig, Need::PhoneStatus]));
    }
    Ok(by_load.into_iter().filter_map(|(load, group)| group.finding(&load)).collect())
}

/// Phones with one firmware.
#[derive(Default)]
struct Loaded {
    phones: BTreeSet<String>,
    proofs: Vec<Evidence>,
    bugs: Vec<(&'static Bug, Fit)>,
}

impl Loaded {
    fn finding(self, load: &str) -> Option<Finding> {
        let named = self.bugs.iter().any(|(_, fit)| *fit == Fit::Named);
        let confidence = if named { Confidence::Likely } else { Confidence::Possible };
        let mut proofs = self.proofs.into_iter();
        let mut finding = Finding::new(confidence, proofs.next()?).and(proofs);
        finding.severity = self.bugs.iter().map(|(bug, fit)| severity(bug, *fit)).min();
        for (bug, fit) in &self.bugs {
            let wording = match fit {
                Fit::Named => NAMED,
                Fit::Between => BETWEEN,
                Fit::BeforeFix => BEFORE_FIX,
            };
            let because = wording.word("bug", bug.id).nested("what", bug.what.clone());
            finding = finding.because(because.word("fixed", bug.fixed_in));
        }
        if self.phones.len() > 1 {
            finding = finding.because(MANY.number("count", self.phones.len()));
        }
        let newest = self.bugs.iter().map(|(bug, _)| bug).max_by_key(|bug| bug.fixed)?;
        Some(finding.value("load", load).computed("fixed", newest.fixed_in))
    }
}

fn severity(bug: &Bug, fit: Fit) -> Severity {
    match (bug.effect, fit) {
        (Effect::Blocks, Fit::Named) => Severity::Blocker,
        (Effect::Blocks | Effect::Hurts, _) => Severity::Warning,
        (Effect::Looks, _) => Severity::Notice,
    }
}

const LOADED: Text = Text::fixed("this is the firmware of the phone", "Das ist die Firmware des Telefons");
const NAMED: Text = Text::fixed(
    "{bug}: {what}. The release notes name this very build; it is fixed in {fixed}.",
    "{bug}: {what}. Die Versionshinweise nennen genau diesen Stand; behoben ist es in {fixed}.",
);
const BETWEEN: Text = Text::fixed(
    "{bug}: {what}. This firmware is older than the fix in {fixed}.",
    "{bug}: {what}. Diese Firmware ist älter als die Korrektur in {fixed}.",
);
const BEFORE_FIX: Text = Text::fixed(
    "{bug}: {what}. It is fixed in {fixed}; whether so old a firmware has it already, the release notes do not say.",
    "{bug}: {what}. Behoben ist es in {fixed}; ob schon diese ältere Firmware es hat, sagen die Versionshinweise nicht.",
);
const MANY: Text =
    Text::fixed("{count} phones have this firmware.", "{count} Telefone haben diese Firmware.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{check, fires, silent, waits};

    fn file(load: &str) -> String {
        format!(
            "<device>\n<deviceProtocol>SIP</deviceProtocol>\n<loadInformation>{load}</loadInformation>\n</device>"
        )
    }

    #[test]
    fn a_build_that_is_named_is_likely() {
        let xml = file("sip88xx.12-5-1-16");
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &xml), ("SEP001122334456.cnf.xml", &xml)]);
        assert_eq!(findings.len(), 1);
        let finding = &findings[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, Some(Severity::Blocker)));
        assert!(finding.because[0].en().starts_with("CSCvn76864: "));
        assert!(finding.because[0].de().contains("nach dem Upgrade auf 12-5-1-16"));
        assert_eq!((finding.evidence().len(), finding.evidence()[0].mark.as_str()), (2, "sip88xx.12-5-1-16"));
    }

    #[test]
    fn what_may_happen_later_is_a_notice() {
        let finding = &fires(&RULE, &[("SEP001122334455.cnf.xml", &file("sip88xx.14-2-1-0001-150"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Notice)));
        assert_eq!(finding.computed, [("fixed", "14.3(1)".to_owned())]);
    }

    #[test]
    fn a_bug_of_the_8861_needs_that_model() {
        let xml = file("sip88xx.12-7-1-0001-393");
        let files = [("SEP001122334455.cnf.xml", xml.as_str())];
        let has = |findings: &[crate::finding::Finding]| {
            findings.iter().flat_map(|finding| &finding.because).any(|text| text.en().contains("CSCvt64703"))
        };
        assert!(has(&check(&RULE, &files, &[("phone-model", "8861")]).unwrap()));
        assert!(!has(&check(&RULE, &files, &[]).unwrap()));
        let log = "%ASA-6-716039: Group <P> User <CP-8861-SEP001122334455> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.\n";
        assert!(has(&fires(&RULE, &[files[0], ("x", log)])));
    }

    #[test]
    fn a_fixed_firmware_passes_and_an_unknown_one_waits() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file("sip88xx.14-3-1-0001-86"))]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file("SIP45.9-4-2SR3-1S"))]);
        waits(&RULE, &[("SEP001122334455.cnf.xml", &file(""))]);
        waits(&RULE, &[]);
    }
}
