//! Packets are larger than the phone's tunnel carries.
//!
//! ASA log: `%ASA-3-722036: … Transmitting large packet 1466 (threshold 1366).`, 722035. Configuration: the phone's
//! `<mtu>` above `anyconnect mtu` of its group policy; which of the two wins is not documented, so that is only
//! possible. CUCM's default is 1290, the range 256 to 1406 (CUCM 15 feature guide, VPN client; ASA syslog guide).

use crate::case::Case;
use crate::facts::phone_groups::SessionTie;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "mtu-too-large",
    stage: Stage::Tunnel,
    severity: Severity::Warning,
    needs: &[Need::AsaLog, Need::PhoneConfig, Need::AsaConfig, Need::Capture],
    echoes: &[],
    sources: &[
        "Cisco Secure Firewall ASA syslog guide, 722035, 722036",
        "CUCM 15 feature configuration guide, VPN client (MTU 256-1406, default 1290)",
    ],
    prose: Text::fixed(include_str!("mtu_too_large.en.md"), include_str!("mtu_too_large.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings: Vec<Finding> = logged(case).into_iter().collect();
    let (configured, compared) = configured(case);
    findings.extend(configured);
    let seen = !super::sessions(case).is_empty();
    if findings.is_empty() && !seen && !compared {
        return Err(Missing(vec![Need::AsaLog, Need::PhoneConfig, Need::AsaConfig]));
    }
    Ok(findings)
}

fn logged(case: &Case<'_>) -> Option<Finding> {
    let (mut lines, mut confidence, mut smallest) = (Vec::new(), Confidence::Likely, None);
    for login in super::sessions(case) {
        let What::LargePacket { threshold } = login.observation.what else { continue };
        if login.tie == SessionTie::User {
            confidence = Confidence::Certain;
        }
        smallest = [smallest, threshold].into_iter().flatten().min();
        lines.push(Evidence::at(&login.place(), TOO_LARGE));
    }
    let mut lines = lines.into_iter();
    let finding = Finding::new(confidence, lines.next()?).and(lines);
    Some(match smallest {
        Some(bytes) => finding.because(THRESHOLD.number("bytes", bytes)),
        None => finding,
    })
}

/// The phones' own values above that of their policy, and whether any two could be compared.
fn configured(case: &Case<'_>) -> (Option<Finding>, bool) {
    let (mut compared, mut found): (bool, Option<Finding>) = (false, None);
    for policy in &case.effective_policies {
        let setting = policy.setting("anyconnect mtu");
        let Some((setting, place)) = setting.and_then(|it| Some((it, it.set()?))) else { continue };
        let Ok(allowed) = setting.value.trim().parse::<u32>() else { continue };
        for phone in &case.phones {
            let Some(mtu) = phone.vpn_group().and_then(|group| group.mtu.as_ref()) else { continue };
            let Ok(wanted) = mtu.value.trim().parse::<u32>() else { continue };
            compared = true;
            if wanted <= allowed {
                continue;
            }
            let line = Evidence::marked(&phone.config.place(&mtu.at), &mtu.value, PHONES);
            found = Some(match found {
                Some(finding) => finding.and([line]),
                None => Finding::new(Confidence::Possible, line).and([Evidence::at(place, POLICYS)]).because(
                    ABOVE.number("wanted", wanted).number("allowed", allowed).with(
                        "policy",
                        Class::Group,
                        &policy.policy,
                    ),
                ),
            });
        }
    }
    (found, compared)
}

const TOO_LARGE: Text = Text::fixed(
    "a packet of the phone's tunnel is larger than it carries",
    "Ein Paket im Tunnel des Telefons ist größer, als er trägt",
);
const PHONES: Text = Text::fixed("the phone is told this size", "Diese Größe ist dem Telefon vorgegeben");
const POLICYS: Text = Text::fixed(
    "the phones' group policy allows this size",
    "Diese Größe erlaubt die Gruppenrichtlinie (group-policy) der Telefone",
);
const THRESHOLD: Text = Text::fixed(
    "The tunnel carries {bytes} bytes, and the ASA says that packets are larger.",
    "Der Tunnel trägt {bytes} Byte, und die ASA meldet größere Pakete.",
);
const ABOVE: Text = Text::fixed(
    "The phone is told {wanted} bytes, the group policy {policy} allows {allowed}. Which of the two wins is not documented.",
    "Dem Telefon sind {wanted} Byte vorgegeben, die Gruppenrichtlinie {policy} erlaubt {allowed}. Welcher Wert gilt, ist nicht dokumentiert.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn large(user: &str) -> String {
        format!(
            "%ASA-3-722036: Group <P> User <{user}> IP <192.0.2.9> Transmitting large packet 1466 (threshold 1366).\n"
        )
    }

    const PHONE: &str = "CP-8851-SEP001122334455";
    const ASSIGNED: &str = "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <192.0.2.9> Address <198.51.100.7> assigned to session\n";

    #[test]
    fn the_log_says_it_of_phones_alone() {
        let finding = &fires(&RULE, &[("x", &large(PHONE))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("1366"));
        let joe = large("joe").replace("Group <P>", "Group <Staff>");
        silent(&RULE, &[("x", &format!("{ASSIGNED}{joe}"))]);
        waits(&RULE, &[("x", &large("joe"))]);
    }

    #[test]
    fn a_phone_above_its_policy_is_possible() {
        let asa = "ASA Version 9.1(1)\nhostname asa\ngroup-policy P internal\ngroup-policy P attributes\n webvpn\n  anyconnect mtu 1200\n\
            tunnel-group T type remote-access\ntunnel-group T general-attributes\n default-group-policy P\n\
            tunnel-group T webvpn-attributes\n group-url https://vpn.example.com/P enable\nwebvpn\n enable outside\n: end\n";
        let phone = |mtu: u32| {
            format!(
                "<vpnGroup><mtu>{mtu}</mtu><addresses><url1>https://vpn.example.com/P</url1></addresses></vpnGroup>"
            )
        };
        let finding = &fires(&RULE, &[("a", asa), ("b", &phone(1290))])[0];
        assert_eq!((finding.confidence, finding.evidence().len()), (Confidence::Possible, 2));
        assert!(finding.because[0].de().contains("1290 Byte") && finding.because[0].de().contains("1200"));
        silent(&RULE, &[("a", asa), ("b", &phone(1200))]);
    }
}
