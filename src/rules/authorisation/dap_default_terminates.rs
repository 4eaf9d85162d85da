//! DfltAccessPolicy terminates, and no record lets anybody go on.
//!
//! It counts where no other record matches; ending the session there is the usual setting (Cisco 116162, dynamic access
//! policy). What a record matches stands in `dap.xml` on the ASA's disk, so where there is a record that continues only
//! a log can tell whether it is the phones'.

use crate::case::Case;
use crate::facts::access_policies::{self, DEFAULT_RECORD};
use crate::facts::tunnel_groups;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "dap-default-terminates",
    stage: Stage::Authorisation,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaLog],
    echoes: &["dap-terminated"],
    sources: &["Cisco 116162, dynamic access policy"],
    prose: Text::fixed(
        include_str!("dap_default_terminates.en.md"),
        include_str!("dap_default_terminates.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (by_default, by_others) = ended_by_log(case);
    let mut findings = Vec::new();
    let mut open = Missing::need(Need::AsaConfig);
    let mut checked = false;
    for device in &case.asa_devices {
        let Some(policy) = access_policies::of_device(device) else { continue };
        let groups = case
            .phone_groups
            .groups
            .iter()
            .filter(|group| tunnel_groups::named(device, &group.name).next().is_some());
        let Some(group) = groups.min_by_key(|group| group.witness()) else {
            let _ = case.said.answer("tunnel-group");
            open = Missing(vec![Need::PhoneConfig, Need::AsaLog, Need::Answer]);
            continue;
        };
        let Some(action) = policy.default_ends else {
            checked |= group.is_sure();
            continue;
        };
        if !by_default && (by_others || policy.another_continues) {
            open = Missing::need(Need::AsaLog);
            continue;
        }
        let confidence = if by_default && group.is_sure() {
            Confidence::Certain
        } else if device.covers("dynamic-access-policy-record") {
            group.at_most(Confidence::Likely)
        } else {
            Confidence::Possible
        };
        let line = action.place.at.line;
        let proof = Evidence::marked(&action.place, &action.value, TERMINATES);
        let says = SAYS.with("action", Class::Words, &action.value).number("line", line);
        let mut found = Finding::new(confidence, proof)
            .because(says.with("group", Class::Group, &group.name))
            .value("tunnel-group", group.name.as_str());
        if by_default {
            found.severity = Some(Severity::Blocker);
            found = found.because(LOG_SHOWS);
        } else {
            found = found.because(IN_DAP_XML);
        }
        findings.push(found);
    }
    if findings.is_empty() && !checked { Err(open) } else { Ok(findings) }
}

/// Whether a log shows phones' sessions ended by the default record, and by others.
fn ended_by_log(case: &Case<'_>) -> (bool, bool) {
    let (mut by_default, mut by_others) = (false, false);
    let current = case.messages.iter().filter(|message| message.is_phones() && message.is_current());
    for message in current {
        let What::AccessPolicyTerminated { records } = message.what else { continue };
        let default = records.iter().any(|record| record == DEFAULT_RECORD);
        by_default |= default;
        by_others |= !default;
    }
    (by_default, by_others)
}

const TERMINATES: Text = Text::fixed(
    "this is what happens to every session that no record matches",
    "Das geschieht mit jeder Sitzung, auf die kein Eintrag passt",
);
const SAYS: Text = Text::fixed(
    "“action {action}” in line {line} concerns the phones of tunnel group {group} unless a record of their own matches them.",
    "„action {action}“ in Zeile {line} trifft die Telefone der Tunnelgruppe (tunnel-group) {group}, wenn kein eigener Eintrag auf sie passt.",
);
const LOG_SHOWS: Text = Text::fixed(
    "The log shows a phone's session ended by it.",
    "Das Protokoll zeigt, dass sie die Sitzung eines Telefons beendet hat.",
);
const IN_DAP_XML: Text = Text::fixed(
    "Which sessions a record matches is written in dap.xml on the ASA's disk, not in the configuration.",
    "Auf welche Sitzungen ein Eintrag passt, steht in dap.xml auf der ASA, nicht in der Konfiguration.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, handsets, silent, waits};

    const TERMINATE: &str = "dynamic-access-policy-record DfltAccessPolicy\n action terminate\n";
    const PHONE_ENDED: &str = "%ASA-5-734002: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.77: Connection terminated by the following DAP records: DfltAccessPolicy\n";

    #[test]
    fn a_default_that_ends_everything_is_told() {
        let files = handsets("", "", "").with(TERMINATE);
        let finding = &fires(&RULE, &files.files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        assert!(
            finding.because[0].en().contains("action terminate")
                && finding.because[0].en().contains("BRANCH")
        );
        let mut logged = files.files();
        logged.push(("a.log", PHONE_ENDED));
        let finding = &fires(&RULE, &logged)[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, Some(Severity::Blocker)));
    }

    #[test]
    fn a_record_that_continues_may_be_the_phones() {
        let files = handsets("", "", "")
            .with(&format!("{TERMINATE}dynamic-access-policy-record HANDSETS\n priority 10\n"));
        waits(&RULE, &files.files());
        let mut logged = files.files();
        logged.push(("a.log", PHONE_ENDED));
        fires(&RULE, &logged);
    }

    #[test]
    fn a_default_that_continues_or_no_phones_is_no_finding() {
        silent(&RULE, &handsets("", "", "").files());
        silent(&RULE, &handsets("", "", "").with("dynamic-access-policy-record DfltAccessPolicy\n").files());
        waits(&RULE, &handsets("", "", "").with(TERMINATE).files()[..1]);
        waits(&RULE, &[]);
    }
}
