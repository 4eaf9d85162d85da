//! Auto network detection, and a TFTP address that answers from outside: the phone never starts its VPN.
//!
//! With `autoNetDetect` 1 the phone pings its TFTP server and starts the VPN only where no answer comes (Cisco
//! 115785; usecallmanager.nz, SEPMAC.cnf.xml). Whether the address answers at the remote site, no file can show.

use super::fleet::Fleet;
use super::setting;
use crate::case::Case;
use crate::facts::phones::is_on;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "auto-network-detect-believes-inside",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::Answer],
    echoes: &[],
    sources: &["Cisco 115785, VPN profile", "usecallmanager.nz, SEPMAC.cnf.xml"],
    prose: Text::fixed(
        include_str!("auto_network_detect_believes_inside.en.md"),
        include_str!("auto_network_detect_believes_inside.de.md"),
    ),
    check,
};

/// The question that only the person can answer.
const QUESTION: &str = "tftp-answers-outside";

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phones_with_vpn()? {
        match phone.vpn_setting("autoNetDetect") {
            Some(detection) if is_on(&detection.value) => {
                let proof = setting("autoNetDetect", &detection, DETECTS);
                fleet.add((), &phone.name(&case.documents), Confidence::Likely, proof);
            }
            Some(_) => {}
            // A whole file without the element leaves the detection off, CUCM's default.
            None if phone.has_whole_vpn_group() && phone.is_whole() => {}
            None => fleet.cannot_tell(),
        }
    }
    let findings = fleet.answer(|(), group| group.finding(None).and([Evidence::answer(ANSWERED)]))?;
    match case.said.answer(QUESTION) {
        _ if findings.is_empty() => Ok(findings),
        Some("yes") => Ok(findings),
        Some(_) => Ok(Vec::new()),
        None => Err(Missing::need(Need::Answer)),
    }
}

const DETECTS: Text = Text::fixed(
    "the phone starts its VPN only where the TFTP server does not answer",
    "Das Telefon startet sein VPN nur dort, wo der TFTP-Server nicht antwortet",
);
const ANSWERED: Text = Text::fixed(
    "you said that the TFTP server's address answers a ping from outside",
    "Sie haben angegeben, dass die Adresse des TFTP-Servers von außen auf einen Ping antwortet",
);

#[cfg(test)]
mod tests {
    use super::{QUESTION, RULE};
    use crate::need::{Missing, Need};
    use crate::testing::{check, silent, waits};

    fn file(setting: &str) -> String {
        format!("<device>\n<vpnGroup>\n{setting}\n</vpnGroup>\n</device>")
    }

    #[test]
    fn detection_needs_the_persons_answer() {
        let on = file("<autoNetDetect>1</autoNetDetect>");
        let files = [("SEP001122334455.cnf.xml", on.as_str())];
        let found = check(&RULE, &files, &[(QUESTION, "yes")]).unwrap();
        assert_eq!((found.len(), found[0].evidence().len()), (1, 2));
        assert_eq!(found[0].evidence()[0].at.as_ref().unwrap().line, 3);
        assert!(check(&RULE, &files, &[(QUESTION, "no")]).unwrap().is_empty());
        assert_eq!(check(&RULE, &files, &[]).unwrap_err(), Missing::need(Need::Answer));
    }

    #[test]
    fn without_detection_nobody_is_asked() {
        for setting in ["<autoNetDetect>0</autoNetDetect>", ""] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &file(setting))]);
        }
    }

    #[test]
    fn a_pasted_group_may_have_lost_it() {
        assert_eq!(waits(&RULE, &[("x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>")]), [Need::PhoneConfig]);
        waits(&RULE, &[]);
    }
}
