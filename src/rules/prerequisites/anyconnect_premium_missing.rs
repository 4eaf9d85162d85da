//! The ASA has no AnyConnect Premium session for a phone, or has been set to Essentials.
//!
//! A phone needs a session of the Premium kind beside its own licence (Cisco 116162). `show version` counts them as
//! `AnyConnect Premium Peers`, `SSL VPN Peers` (8.2) or `WebVPN Peers` (8.0). A smart-licensed model may print 0 and
//! still serve phones, as a context of a Firepower 4100 does, so there the number says nothing. That `anyconnect-essentials` shuts
//! phones out follows from Essentials and Premium excluding each other; no public source shows it with a phone.

use super::{serves_no_phones, shows_phones};
use crate::case::Case;
use crate::facts::licences::{self, AsaLicences};
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::licence_features::Feature;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "anyconnect-premium-missing",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::AsaVersion, Need::AsaConfig],
    echoes: &["vpn-session-limit-reached", "login-failed"],
    sources: &["Cisco 116162, licences", "ASA command reference, anyconnect-essentials"],
    prose: Text::fixed(
        include_str!("anyconnect_premium_missing.en.md"),
        include_str!("anyconnect_premium_missing.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if serves_no_phones(case) {
        return Err(Missing(vec![Need::AsaVersion, Need::AsaConfig]));
    }
    let mut told = false;
    let mut findings: Vec<Finding> = Vec::new();
    for licences in licences::of(&case.documents).filter(|licences| case.may_serve(licences.input())) {
        let Some(licence) = licences.line(Feature::Premium) else { continue };
        told = true;
        if licence.number() == Some(0) && !licences.is_smart() {
            let proof = Evidence::marked(&licence.place, licence.value(), NO_SESSIONS);
            findings.push(Finding::new(Confidence::Certain, proof).fix("licence"));
        }
    }
    findings.extend(essentials(case));
    if findings.is_empty() && !told { Err(Missing::need(Need::AsaVersion)) } else { Ok(findings) }
}

/// Essentials in the place of Premium: the configuration's own line, or a licence that no configuration takes back.
fn essentials(case: &Case<'_>) -> Option<Finding> {
    let mut taken_back = false;
    for webvpn in webvpn::of(&case.documents).filter(|webvpn| case.may_serve(webvpn.input())) {
        let Some(line) = webvpn.essentials() else {
            // What `show running-config` does not print is off.
            taken_back |= webvpn.is_whole();
            continue;
        };
        taken_back |= !line.value;
        if line.value {
            let proof = Evidence::marked(&line.place, "anyconnect-essentials", ESSENTIALS_ON);
            let licences = licences::of(&case.documents).filter_map(essentials_licence);
            let ended: Vec<Evidence> = case
                .messages
                .iter()
                .filter(|message| {
                    message.is_phones() && message.is_current() && message.what == ENDED_SESSION
                })
                .map(|message| Evidence::at(&message.place(), ENDED))
                .collect();
            if !ended.is_empty() {
                let finding = Finding::new(Confidence::Likely, proof).and(ended).and(licences);
                return Some(finding.because(FITS).fix("essentials"));
            }
            let mut finding = Finding::new(Confidence::Possible, proof).and(licences);
            if !shows_phones(case) {
                finding.severity = Some(Severity::Warning);
            }
            return Some(finding.because(EXCLUDES).fix("essentials"));
        }
    }
    let proof = licences::of(&case.documents).find_map(essentials_licence).filter(|_| !taken_back)?;
    let mut finding = Finding::new(Confidence::Possible, proof);
    finding.severity = Some(Severity::Warning);
    Some(finding.because(MAY_BE_ON).fix("essentials"))
}

/// The ASA ends a session that it let in, because the client has no right to it. That no licence is left, or that the
/// client service is off, it says outright in other messages.
const ENDED_SESSION: What<'_> = What::ClientNotAllowed;

fn essentials_licence(licences: AsaLicences<'_>) -> Option<Evidence> {
    let licence = licences.line(Feature::Essentials)?;
    let on = licence.is_enabled() == Some(true);
    on.then(|| Evidence::marked(&licence.place, licence.value(), ESSENTIALS_LICENSED))
}

const NO_SESSIONS: Text =
    Text::fixed("not one session is licensed", "Es ist keine einzige Sitzung lizenziert");
const ESSENTIALS_ON: Text = Text::fixed(
    "the ASA uses Essentials, so its Premium licence is not in use",
    "Die ASA benutzt Essentials; die Lizenz Premium ist damit nicht in Gebrauch",
);
const ESSENTIALS_LICENSED: Text =
    Text::fixed("an Essentials licence is there", "Eine Essentials-Lizenz ist vorhanden");
const ENDED: Text = Text::fixed(
    "the ASA ends the phone's session after its login",
    "Die ASA beendet die Sitzung des Telefons nach der Anmeldung",
);
const FITS: Text = Text::fixed(
    "Essentials and Premium exclude each other, and phones need Premium: that the session is ended after the login fits this.",
    "Essentials und Premium schließen einander aus, und Telefone brauchen Premium: Dass die Sitzung nach der Anmeldung endet, passt dazu.",
);
const EXCLUDES: Text = Text::fixed(
    "Essentials and Premium exclude each other, and phones need Premium. That phones fail for this reason is documented nowhere: check it where a phone's login ends without another reason.",
    "Essentials und Premium schließen einander aus, und Telefone brauchen Premium. Dass Telefone daran scheitern, ist nirgends dokumentiert: Prüfen Sie es, wenn die Anmeldung eines Telefons ohne anderen Grund endet.",
);
const MAY_BE_ON: Text = Text::fixed(
    "Where such a licence is there, `anyconnect-essentials` may be on in webvpn; the configuration that would show it is not here.",
    "Mit einer solchen Lizenz kann unter webvpn `anyconnect-essentials` aktiv sein; die Konfiguration, die das zeigen würde, fehlt hier.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    fn output(premium: &str, essentials: &str) -> String {
        format!(
            "Cisco Adaptive Security Appliance Software Version 9.1(2)\nLicensed features for this platform:\n{premium}\n\
             AnyConnect Essentials             : {essentials}       perpetual\n"
        )
    }

    const TWO: &str = "AnyConnect Premium Peers          : 2              perpetual";
    const NONE: &str = "AnyConnect Premium Peers          : 0              perpetual";

    #[test]
    fn no_session_at_all_is_certain() {
        for premium in [NONE, "SSL VPN Peers : 0", "WebVPN Peers   : 0"] {
            let finding = &fires(&RULE, &[("x", &output(premium, "Disabled"))])[0];
            assert_eq!((finding.confidence, finding.evidence()[0].mark.as_str()), (Confidence::Certain, "0"));
        }
        silent(&RULE, &[("x", &output(TWO, "Disabled"))]);
    }

    #[test]
    fn zero_of_a_smart_licence_says_nothing() {
        let smart = output(NONE, "Disabled").replace("Licensed", "License mode: Smart Licensing\nLicensed");
        silent(&RULE, &[("x", &smart)]);
    }

    #[test]
    fn essentials_in_the_configuration_is_possible() {
        let config = "webvpn\n enable outside\n anyconnect-essentials\n";
        let alone = &fires(&RULE, &[("x", config)])[0];
        assert_eq!((alone.confidence, alone.severity), (Confidence::Possible, Some(Severity::Warning)));
        let phone = "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>";
        assert_eq!(fires(&RULE, &[("x", config), ("y", phone)])[0].severity, None);
    }

    #[test]
    fn a_session_that_ends_for_it_makes_it_likely() {
        let config = "webvpn\n enable outside\n anyconnect-essentials\n";
        let log = "%ASA-4-722048: Group <Desk> User <CP-8841-SEP0011223344AA> IP <203.0.113.45> Tunnel terminated: SVC not enabled for the user.\n";
        let finding = &fires(&RULE, &[("x", config), ("y", log)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        let other = log.replace("CP-8841-SEP0011223344AA", "joe");
        assert_eq!(fires(&RULE, &[("x", config), ("y", &other)])[0].confidence, Confidence::Possible);
    }

    #[test]
    fn an_essentials_licence_is_fine_where_webvpn_shows_that_it_is_not_in_use() {
        let licensed = output(TWO, "Enabled");
        assert_eq!(fires(&RULE, &[("x", &licensed)])[0].evidence()[0].mark, "Enabled");
        let whole = "ASA Version 9.1(2)\nhostname asa\nwebvpn\n enable outside\n: end\n";
        silent(&RULE, &[("x", &licensed), ("y", whole)]);
        silent(&RULE, &[("x", &licensed), ("y", "webvpn\n enable outside\n no anyconnect-essentials\n")]);
    }

    #[test]
    fn without_the_licence_lines_it_waits() {
        waits(&RULE, &[]);
        waits(&RULE, &[("x", "webvpn\n enable outside\n")]);
    }
}
