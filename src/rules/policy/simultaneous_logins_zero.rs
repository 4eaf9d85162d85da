//! The phones' policy allows no session at all: `vpn-simultaneous-logins 0`.
//!
//! Zero in DfltGrpPolicy is a common way to shut out whoever has no policy of their own; phones whose policy does not
//! set it inherit it (Cisco 116162, attributes inherited from DfltGrpPolicy). Log: 113029 with a limit of 0.

use super::settings::{check_setting, finding, with_log};
use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::policy_attributes::SIMULTANEOUS_LOGINS;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "simultaneous-logins-zero",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaConfigAll, Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, attributes inherited from DfltGrpPolicy", "ASA syslog guide, 113029"],
    prose: Text::fixed(
        include_str!("simultaneous_logins_zero.en.md"),
        include_str!("simultaneous_logins_zero.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let judged = check_setting(case, SIMULTANEOUS_LOGINS, |_, setting| setting.value.parse() == Ok(0_u32));
    let findings = judged
        .wrong
        .iter()
        .filter_map(|(policy, setting)| Some(finding(policy, setting, setting.place.as_ref()?, SETS_ZERO)))
        .collect();
    judged.answer(with_log(case, findings, refused(case)))
}

/// Phones that the log shows refused with a limit of 0.
fn refused(case: &Case<'_>) -> Vec<Line> {
    logged::lines(case, &REFUSED, |what| *what == What::SessionLimit { limit: Some(0) })
}

const SETS_ZERO: Text = Text::fixed(
    "nobody who gets this value may connect",
    "Wer diesen Wert bekommt, darf keine Sitzung haben",
);
const REFUSED: Text = Text::fixed(
    "the ASA refuses a phone: it may have 0 sessions",
    "Die ASA weist ein Telefon ab: Es darf 0 Sitzungen haben",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    const ZERO: &str = " vpn-simultaneous-logins 0\n";
    const TWO: &str = " vpn-simultaneous-logins 2\n";

    #[test]
    fn zero_is_told_with_where_it_comes_from() {
        for (default, own, user, word, fix) in [
            (ZERO, "", "", "inherit it from DfltGrpPolicy", "policy"),
            (TWO, ZERO, "", "sets it itself", "policy"),
            (TWO, TWO, ZERO, "set for the user CP-8841-SEP0011223344AA", "user"),
        ] {
            let finding = &fires(&RULE, &handsets(default, own, user).files())[0];
            assert!(finding.because[0].en().contains(word), "{:?}", finding.because);
            assert!(finding.because[0].en().contains("“vpn-simultaneous-logins 0”"), "{:?}", finding.because);
            assert!(finding.fixes.contains(&fix));
            assert_eq!(finding.evidence()[0].mark, "vpn-simultaneous-logins 0");
        }
    }

    #[test]
    fn the_phones_own_value_overrides_the_default_policy() {
        silent(&RULE, &handsets(ZERO, TWO, "").files());
        let needs = waits(&RULE, &handsets("", "", "").files());
        assert!(needs.contains(&crate::need::Need::AsaConfigAll));
    }

    #[test]
    fn it_rests_on_phones_alone() {
        // The same configuration without a phone's: nothing ties its groups to phones.
        let files = handsets(ZERO, "", "");
        waits(&RULE, &files.files()[..1]);
        waits(&RULE, &[]);
    }

    #[test]
    fn the_log_says_it_of_a_phone_and_not_of_a_person() {
        let line = |user: &str, limit: u32| {
            format!(
                "%ASA-4-113029: Group <DfltGrpPolicy> User <{user}> IP <203.0.113.7> Session could not be established: session limit of {limit} reached\n"
            )
        };
        let phone = line("CP-8841-SEP0011223344AA", 0);
        assert_eq!(fires(&RULE, &[("a.log", &phone)])[0].confidence, Confidence::Certain);
        waits(&RULE, &[("a.log", &line("alice", 0))]);
        waits(&RULE, &[("a.log", &line("CP-8841-SEP0011223344AA", 3))]);
        let files = handsets(ZERO, "", "");
        let mut both = files.files();
        both.push(("a.log", &phone));
        assert_eq!(fires(&RULE, &both)[0].evidence().len(), 2);
    }
}
