//! The phone asks for TLS 1.2 at least, and the ASA does not speak it.
//!
//! From firmware 14.3(1)SR3 on, the lowest version of the TLS clients of 78xx and 88xx phones is TLS 1.2 by default
//! (release notes). The notes do not name the VPN client, so this is told as possible. An ASA speaks TLS 1.2 from
//! release 9.3(2) on.

use super::rows;
use crate::case::Case;
use crate::facts::negotiation::{Outcome, Row, Server};
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tls-version-too-old-for-phone",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaSsl, Need::AsaVersion, Need::PhoneConfig],
    echoes: &["tls-alert-from-phone"],
    sources: &[
        "release notes of the 7800 and 8800 series, 14.3(1)SR3",
        "ASA command reference, ssl server-version",
    ],
    prose: Text::fixed(
        include_str!("tls_version_too_old_for_phone.en.md"),
        include_str!("tls_version_too_old_for_phone.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows::own(case)? {
        open |= negotiation.server.highest.is_none();
        if row.outcome == Outcome::TooOld {
            findings.extend(told(&negotiation.server, row));
        }
    }
    if findings.is_empty() && open {
        return Err(Missing(vec![Need::AsaVersion, Need::AsaSsl]));
    }
    Ok(findings)
}

fn told(server: &Server, row: &Row) -> Option<Finding> {
    let highest = server.highest.as_ref()?;
    let versions = [("asa", highest.value.name()), ("phone", row.kind.ability.lowest.name())];
    let asa = (highest.ground.place(), HIGHEST.filled(&versions));
    Some(rows::predicted(Confidence::Possible, asa, row)?.because(BOTH.filled(&versions)).because(UNSURE))
}

const HIGHEST: Text = Text::fixed("this ASA speaks {asa} at most", "Diese ASA spricht höchstens {asa}");
const BOTH: Text = Text::fixed(
    "The ASA speaks {asa} at most; the phone's firmware asks for {phone} at least.",
    "Die ASA spricht höchstens {asa}; die Firmware des Telefons verlangt mindestens {phone}.",
);
const UNSURE: Text = Text::fixed(
    "The firmware's release notes say so of its TLS clients in general and do not name the VPN client, so it is not sure that this holds for it.",
    "Die Versionshinweise der Firmware sagen das allgemein von TLS-Clients und nennen den VPN-Client nicht; ob es für ihn gilt, ist nicht sicher.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn phone(load: &str) -> String {
        format!("<device><loadInformation>{load}</loadInformation><vpnGroup></vpnGroup></device>")
    }

    fn config(version: &str) -> String {
        format!("ASA Version {version}\nhostname asa\nwebvpn\n enable outside\n: end\n")
    }

    #[test]
    fn a_firmware_that_wants_tls_1_2_meets_an_old_asa() {
        let phone = phone("sip88xx.14-3-1SR3-2");
        let finding =
            &fires(&RULE, &[("asa.cfg", &config("9.1(1)")), ("SEP001122334455.cnf.xml", &phone)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        assert!(finding.because[0].en.contains("TLS 1.0 at most"));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 1);
        silent(&RULE, &[("asa.cfg", &config("9.8(2)")), ("SEP001122334455.cnf.xml", &phone)]);
    }

    #[test]
    fn the_firmware_before_it_is_content() {
        let phone = phone("sip88xx.14-3-1SR2-2");
        silent(&RULE, &[("asa.cfg", &config("9.1(1)")), ("SEP001122334455.cnf.xml", &phone)]);
    }

    #[test]
    fn without_a_release_it_waits() {
        let excerpt = "ssl trust-point PHONES outside\nwebvpn\n enable outside\n";
        let phone = phone("sip88xx.14-3-1SR3-2");
        waits(&RULE, &[("asa.cfg", excerpt), ("SEP001122334455.cnf.xml", &phone)]);
        waits(&RULE, &[("asa.cfg", &config("9.1(1)"))]);
        waits(&RULE, &[]);
    }
}
