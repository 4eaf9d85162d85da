//! A phone configuration without `<vpnGroup>`: the phone has no VPN menu.
//!
//! CUCM writes `<vpnGroup>` as a child of `<device>` only where the phone's Common Phone Profile has a VPN group
//! (Cisco 116162; CUCM 15 feature guide, chapter VPN client). Commented text does not count. The clear stub
//! beside an encrypted file never has it.
//!
//! A CME writes its phones' files itself: a `vpn-group` with its gateway has to stand under `voice service voip`, and
//! each `ephone` has to name it (Cisco Unified CME administrator guide, SSL VPN client for SCCP IP phones). CME 8.5 is
//! the first that can, with IOS 15.1; the number of the release behind `version` has no more digits than that. Phones
//! of a CME that name no group while others do may well be meant to stay inside.

use super::fleet::Fleet;
use crate::case::Case;
use crate::facts::cme_vpn::{self, CmeVpn};
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-group-missing",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &[
        "Cisco 116162, VPN profile",
        "CUCM 15 feature configuration guide, VPN client",
        "Cisco Unified CME administrator guide, SSL VPN client for SCCP IP phones",
    ],
    prose: Text::fixed(include_str!("vpn_group_missing.en.md"), include_str!("vpn_group_missing.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let by_cme: Vec<Option<Finding>> = cme_vpn::of(&case.documents).iter().map(of_cme).collect();
    let by_files = match case.phone_configs() {
        Ok(phones) => of_files(case, &phones),
        Err(missing) => Err(missing),
    };
    let told: Vec<Finding> = by_cme.iter().flatten().cloned().collect();
    match by_files {
        Ok(findings) => Ok(findings.into_iter().chain(told).collect()),
        Err(missing) if by_cme.is_empty() => Err(missing),
        Err(_) => Ok(told),
    }
}

fn of_files(case: &Case<'_>, phones: &[&Phone<'_>]) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in phones {
        if phone.vpn_group().is_some() {
            continue;
        }
        if !phone.is_whole() || phone.is_stub() {
            fleet.cannot_tell();
            continue;
        }
        let name = phone.name(&case.documents);
        fleet.add((), &name, Confidence::Certain, Evidence::not_in(&phone.searched(), ABSENT));
        if let Some(place) = phone.commented_vpn_group() {
            fleet.add((), &name, Confidence::Certain, Evidence::at(&place, COMMENTED));
        }
    }
    fleet.answer(|(), group| group.finding(None).fix("profile"))
}

/// What a CME's configuration lacks; `None` where it has a group and a phone that names it.
fn of_cme(cme: &CmeVpn) -> Option<Finding> {
    let has_group = cme.has_group;
    if has_group && cme.some_get_it {
        return None;
    }
    let absent = if has_group { NO_PHONE_NAMES_IT } else { NO_GROUP };
    let mut finding = Finding::new(Confidence::Likely, Evidence::not_in(&cme.searched, absent))
        .and([Evidence::at(&cme.service, SERVICE)])
        .and(cme.without.iter().map(|phone| match &phone.unknown_group {
            Some(named) => Evidence::at(named, UNKNOWN_GROUP),
            None => Evidence::stated(&phone.name, WITHOUT_GROUP),
        }))
        .because(if has_group { ONLY_NAMED_BY_NONE } else { NOTHING_TO_GIVE });
    if let Some(release) = &cme.too_old {
        finding = finding
            .and([Evidence::marked(&release.place, &release.value, OLD_RELEASE)])
            .because(TOO_OLD.with("release", Class::Words, &release.value));
    }
    let name = cme.without.first().map(|phone| phone.name.value.as_str()).unwrap_or_default();
    Some(finding.value("phone", name).fix("cme"))
}

const NO_GROUP: Text = Text::fixed(
    "there is no vpn-group with a vpn-gateway under voice service voip",
    "Unter voice service voip gibt es keine vpn-group mit einem vpn-gateway",
);
const NO_PHONE_NAMES_IT: Text =
    Text::fixed("no ephone names a vpn-group that is there", "Kein ephone nennt eine vpn-group, die es gibt");
const SERVICE: Text =
    Text::fixed("this CME makes its phones' files", "Dieser CME erzeugt die Dateien seiner Telefone");
const WITHOUT_GROUP: Text =
    Text::fixed("this phone names no vpn-group", "Dieses Telefon nennt keine vpn-group");
const UNKNOWN_GROUP: Text = Text::fixed(
    "there is no vpn-group of this number under voice service voip",
    "Unter voice service voip gibt es keine vpn-group mit dieser Nummer",
);
const NOTHING_TO_GIVE: Text = Text::fixed(
    "The CME has no VPN group that it could give its phones.",
    "Der CME hat keine VPN-Gruppe, die er seinen Telefonen geben könnte.",
);
const ONLY_NAMED_BY_NONE: Text = Text::fixed(
    "The CME has a VPN group, but none of its phones names it.",
    "Der CME hat eine VPN-Gruppe, aber keines seiner Telefone nennt sie.",
);
const OLD_RELEASE: Text = Text::fixed("the release of IOS", "die Version von IOS");
const TOO_OLD: Text = Text::fixed(
    "IOS {release} has a CME older than 8.5, which cannot give phones a VPN group at all.",
    "IOS {release} hat einen CME vor Version 8.5; der kann Telefonen gar keine VPN-Gruppe geben.",
);
const ABSENT: Text =
    Text::fixed("the file has no <vpnGroup> element", "In der Datei gibt es kein Element <vpnGroup>");
const COMMENTED: Text = Text::fixed(
    "this <vpnGroup> stands in a comment: the phone does not see it",
    "Dieses <vpnGroup> steht in einem Kommentar: Das Telefon sieht es nicht",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const WITHOUT: &str = "<device><deviceProtocol>SIP</deviceProtocol></device>";
    const COMMENTED: &str = "<device>\n<!-- <vpnGroup></vpnGroup> -->\n<a>1</a></device>";
    const STUB: &str = "<device><fullConfig>false</fullConfig><encrConfig>true</encrConfig></device>";
    const WITH: &str =
        "<device><vpnGroup><addresses><url1>https://vpn.example.com/p</url1></addresses></vpnGroup></device>";

    #[test]
    fn a_file_without_vpn_group_is_told() {
        fires(&RULE, &[("SEP001122334455.cnf.xml", WITHOUT)]);
        let commented = fires(&RULE, &[("SEP001122334455.cnf.xml", COMMENTED)]);
        assert_eq!(commented[0].evidence()[1].at.as_ref().unwrap().line, 2);
    }

    #[test]
    fn a_cme_has_to_have_a_group_and_phones_that_name_it() {
        let cme = |release: &str, group: &str, phone: &str| {
            format!(
                "version {release}\nhostname cme1\nvoice service voip\n{group} sip\ntelephony-service\n max-ephones 10\n!\n\
                 ephone  1\n mac-address 0011.2233.44AA\n type 7965\n{phone}!\nend\n"
            )
        };
        let group = " vpn-group 1\n  vpn-gateway 1 https://vpn.example.com/Desk\n";
        for (text, words, old) in [
            (cme("15.2", "", ""), "no VPN group", false),
            (cme("12.4", "", ""), "no VPN group", true),
            (cme("15.2", group, ""), "none of its phones", false),
            (cme("15.2", group, " vpn-group 2\n vpn-profile 1\n"), "none of its phones", false),
        ] {
            let finding = &fires(&RULE, &[("cme.cfg", &text)])[0];
            assert_eq!(
                (finding.because.len(), finding.fixes.as_slice()),
                (1 + usize::from(old), &["cme"][..])
            );
            assert!(finding.because[0].en().contains(words), "{:?}", finding.because);
            assert_eq!(finding.values, [("phone", "SEP0011223344AA".to_owned())]);
        }
        let named = cme("15.2", group, " vpn-group 1\n");
        silent(&RULE, &[("cme.cfg", &named)]);
        waits(&RULE, &[("cme.cfg", cme("15.2", "", "").trim_end_matches("end\n"))]);
    }

    #[test]
    fn a_fleet_is_one_finding() {
        let fleet = [("SEP001122334455.cnf.xml", WITHOUT), ("SEP001122334456.cnf.xml", WITHOUT)];
        let findings = fires(&RULE, &fleet);
        assert_eq!((findings.len(), findings[0].evidence().len()), (1, 2));
    }

    #[test]
    fn a_file_with_it_is_not() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", WITH)]);
    }

    #[test]
    fn half_a_file_and_a_stub_prove_nothing() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device><deviceProtocol>SIP</deviceProtocol>")]);
        waits(&RULE, &[("SEP001122334455.cnf.xml", STUB)]);
        waits(&RULE, &[]);
    }
}
