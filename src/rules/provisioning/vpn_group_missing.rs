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
use super::is_stub;
use crate::case::Case;
use crate::facts::In;
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::cme_config::CmeConfig;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Located;
use crate::stage::Stage;
use crate::text::Text;

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
    let by_cme: Vec<Option<Finding>> =
        case.documents.cme_configs.iter().filter_map(|cme| of_cme(*cme)).collect();
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
        let (config, document) = (phone.config, phone.config.document);
        if phone.vpn_group().is_some() {
            continue;
        }
        if !document.complete || is_stub(document) {
            fleet.cannot_tell();
            continue;
        }
        let name = phone.name(&case.documents);
        let absent = Evidence::absent(config.input, format!("lines 1-{}", document.lines), ABSENT);
        fleet.add((), &name, Confidence::Certain, absent);
        if let Some(at) = &document.commented_vpn_group {
            fleet.add((), &name, Confidence::Certain, Evidence::at(&config.place(at), COMMENTED));
        }
    }
    fleet.answer(|(), group| group.finding(None).fix("profile"))
}

/// What a CME's configuration lacks; `None` where it has a group and a phone that names it, and nothing at all where the
/// text cannot tell.
fn of_cme(cme: In<'_, CmeConfig>) -> Option<Option<Finding>> {
    let document = cme.document;
    let service = document.service.as_ref().filter(|_| document.whole)?;
    let nameless: Vec<_> = document
        .phones
        .iter()
        .filter(|phone| {
            // A number that no group has is as good as none.
            let exists =
                |named: &Located<String>| document.groups.iter().any(|group| group.value == named.value);
            !phone.vpn_group.as_ref().is_some_and(exists) && phone.template.is_none()
        })
        .collect();
    let has_group = !document.groups.is_empty() && !document.gateways.is_empty();
    let some_name_it = nameless.len() < document.phones.len() || document.phones.is_empty();
    if has_group && some_name_it {
        return Some(None);
    }
    let looked_in = format!("lines 1-{}", document.lines);
    let absent = if has_group { NO_PHONE_NAMES_IT } else { NO_GROUP };
    let mut finding = Finding::new(Confidence::Likely, Evidence::absent(cme.input, looked_in, absent))
        .and([Evidence::at(&cme.place(&service.at), SERVICE)])
        .and(nameless.iter().map(|phone| match &phone.vpn_group {
            Some(named) => Evidence::at(&cme.place(&named.at), UNKNOWN_GROUP),
            None => Evidence::at(&cme.place(&phone.name.at), WITHOUT_GROUP),
        }))
        .because(if has_group { ONLY_NAMED_BY_NONE } else { NOTHING_TO_GIVE });
    if let Some(release) = document.release.as_ref().filter(|release| is_too_old(&release.value)) {
        finding = finding
            .and([Evidence::marked(&cme.place(&release.at), &release.value, OLD_RELEASE)])
            .because(TOO_OLD.filled(&[("release", release.value.as_str())]));
    }
    let name = nameless.first().map(|phone| phone.name.value.as_str()).unwrap_or_default();
    Some(Some(finding.value("phone", name).fix("cme")))
}

/// `12.4`, `15.0`: before the first release whose CME gives phones a VPN group.
fn is_too_old(release: &str) -> bool {
    let mut numbers = release.split(|sign: char| !sign.is_ascii_digit()).map(|part| part.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(major), Some(minor)) => (major, minor) < (15, 1),
        _ => false,
    }
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
            assert!(finding.because[0].en.contains(words), "{:?}", finding.because);
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
