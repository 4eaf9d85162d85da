//! The phones' tunnel group asks the ASA's own database for the user, and the phone's user is not in it.
//!
//! `authorization-server-group LOCAL` with `authorization-required` refuses a login whose user is unknown, after the
//! certificate was accepted (ASA command reference). The user is by default the certificate's common name:
//! `CP-7962G-SEP001122334455`, with its case (CUCM 15 feature guide).

use crate::case::Case;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::local_users::{self, Requirement};
use crate::facts::phone_groups::PhoneGroup;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::source::{Place, Searched};
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "authorization-required-without-user",
    stage: Stage::Authorisation,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaLog],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &[
        "ASA command reference, authorization-required",
        "CUCM 15 feature configuration guide, VPN client",
    ],
    prose: Text::fixed(
        include_str!("authorization_required_without_user.en.md"),
        include_str!("authorization_required_without_user.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut checked = false;
    let mut open = Missing::need(Need::AsaConfig);
    for device in &case.asa_devices {
        for group in &case.phone_groups.groups {
            match local_users::requirement(device, &group.name) {
                None => {}
                Some(Requirement::Nothing) => checked |= group.is_sure() && device.covers("tunnel-group"),
                // Another server knows its users itself; the log tells what it answers.
                Some(Requirement::OtherServer) => open = Missing::need(Need::AsaLog),
                Some(Requirement::Local { .. }) if !device.covers("username") => {}
                Some(Requirement::Local { required, server, searched }) => {
                    match tell(case, device, group, [&required, &server], &searched) {
                        Some(finding) => findings.push(finding),
                        None => checked |= group.is_sure(),
                    }
                }
            }
        }
    }
    if findings.is_empty() && !checked { Err(open) } else { Ok(findings) }
}

fn tell(
    case: &Case<'_>,
    device: &AsaDevice<'_>,
    group: &PhoneGroup,
    [required, server]: [&Place; 2],
    searched: &Searched,
) -> Option<Finding> {
    let known = local_users::phones_of(device);
    let missing: Vec<&String> =
        case.phone_groups.logins.keys().filter(|user| !known.contains(&user.as_str())).collect();
    if !known.is_empty() && missing.is_empty() {
        return None;
    }
    let user = missing.first().map(|user| user.as_str());
    let refusals = refusals(case);
    let confidence = match (refusals.is_empty(), user) {
        (false, Some(_)) => group.at_most(Confidence::Certain),
        _ => group.at_most(Confidence::Likely),
    };
    let found = Finding::new(confidence, Evidence::at(required, REQUIRED))
        .and([Evidence::at(server, ASKS_LOCAL), Evidence::not_in(searched, NO_USER)])
        .and(refusals)
        .value("tunnel-group", group.name.as_str())
        .value("user", user.unwrap_or_default());
    let because = match user {
        Some(user) => NOT_THERE.with("user", Class::User, user).with("group", Class::Group, &group.name),
        None => NONE_THERE.with("group", Class::Group, &group.name),
    };
    Some(found.because(because))
}

/// Phones that the log shows refused by the ASA's own database.
fn refusals(case: &Case<'_>) -> Vec<Evidence> {
    let current = case.messages.iter().filter(|message| message.is_phones() && message.is_current());
    let refused = current.filter(|message| matches!(message.what, What::UserRefused { server: "", .. }));
    refused.map(|message| Evidence::at(&message.place(), REFUSED)).collect()
}

const REQUIRED: Text = Text::fixed(
    "whoever is not known as a user is refused",
    "Wer nicht als Benutzer bekannt ist, wird abgewiesen",
);
const ASKS_LOCAL: Text =
    Text::fixed("the ASA's own database is asked", "Gefragt wird die eigene Datenbank der ASA");
const NO_USER: Text = Text::fixed("it has no such user", "Sie hat keinen solchen Benutzer");
const REFUSED: Text = Text::fixed("the ASA refuses a phone", "Die ASA weist ein Telefon ab");
const NOT_THERE: Text = Text::fixed(
    "Tunnel group {group} requires a known user, and {user} is not in the ASA's own database.",
    "Die Tunnelgruppe (tunnel-group) {group} verlangt einen bekannten Benutzer, und {user} steht nicht in der Datenbank der ASA.",
);
const NONE_THERE: Text = Text::fixed(
    "Tunnel group {group} requires a known user, and the ASA's own database has no user of a phone's name.",
    "Die Tunnelgruppe (tunnel-group) {group} verlangt einen bekannten Benutzer, und in der Datenbank der ASA steht keiner mit dem Namen eines Telefons.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn config(server: &str, more: &str) -> String {
        let asa = handsets("", "", "").with(more).asa;
        asa.replace(
            " address-pool BRANCH\n",
            &format!(" address-pool BRANCH\n authorization-server-group {server}\n authorization-required\n"),
        )
    }

    #[test]
    fn a_required_user_that_is_not_there_is_told() {
        let files = handsets("", "", "");
        let finding = &fires(&RULE, &[("a", &config("LOCAL", "")), files.files()[1]])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        let log = "%ASA-6-113015: AAA user authorization Rejected : reason = User was not found : local database : user = CP-8841-SEP0011223344AA : user IP = 203.0.113.7\n\
            %ASA-5-113024: Group BRANCH: Authenticating ssl connection from 203.0.113.7 with username, CP-8841-SEP0011223344AA, from client certificate\n";
        let finding = &fires(&RULE, &[("a", &config("LOCAL", "")), files.files()[1], ("a.log", log)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("CP-8841-SEP0011223344AA"));
    }

    #[test]
    fn a_user_that_is_there_or_not_asked_for_is_fine() {
        let files = handsets("", "", "");
        silent(&RULE, &files.files());
        let known = config("LOCAL", "username CP-8841-SEP0011223344AA nopassword\n");
        silent(&RULE, &[("a", &known), files.files()[1]]);
        waits(&RULE, &[("a", &config("LDAP", "")), files.files()[1]]);
        waits(&RULE, &[("a", &config("LOCAL", ""))]);
        waits(&RULE, &[]);
    }
}
