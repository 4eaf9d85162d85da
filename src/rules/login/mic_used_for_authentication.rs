//! A manufacturer's certificate (MIC) logs a phone in.
//!
//! Cisco recommends MICs for installing LSCs alone: the manufacturer's root can be compromised, and nobody can take
//! one phone's MIC back (Cisco 116162, certificate authentication). It works; that is why this is a notice.

use crate::case::Case;
use crate::facts::client_certificates::{CertificateKind, Witness};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "mic-used-for-authentication",
    stage: Stage::Login,
    severity: Severity::Notice,
    needs: &[Need::AsaLog, Need::PhoneLog],
    echoes: &[],
    sources: &["Cisco 116162, certificate authentication"],
    prose: Text::fixed(
        include_str!("mic_used_for_authentication.en.md"),
        include_str!("mic_used_for_authentication.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let used = case.login_methods.any();
    let shown = case.client_certificates.iter().filter(|one| match one.witness {
        Witness::AsaLog => true,
        // The phone's log speaks of its connection to CUCM: the same choice, if certificates are used here at all.
        Witness::PhoneLog => case.login_methods.of_phone(&one.name) == Some(true),
        Witness::File => false,
    });
    let shown: Vec<_> = shown.collect();
    let mics: Vec<_> = shown.iter().filter(|one| one.kind == CertificateKind::Mic).collect();
    let Some(first) = mics.first() else {
        let told = shown.iter().any(|one| one.kind != CertificateKind::Unknown) || used == Some(false);
        return if told { Ok(Vec::new()) } else { Err(Missing(vec![Need::AsaLog, Need::PhoneLog])) };
    };
    // By its subject alone a MIC is known less surely than by its issuer.
    let sure = first.witness == Witness::AsaLog && !first.issuer.is_empty();
    let confidence = if sure { Confidence::Certain } else { Confidence::Likely };
    let rest = mics.iter().skip(1).map(|one| Evidence::at(&one.place, USES));
    let count = mics.len();
    let finding = Finding::new(confidence, Evidence::at(&first.place, USES)).and(rest);
    Ok(vec![finding.because(COUNT.number("count", count))])
}

const USES: Text = Text::fixed("this phone shows its MIC", "Dieses Telefon zeigt sein MIC");
const COUNT: Text = Text::fixed("Phones that do so here: {count}.", "Telefone, die das hier tun: {count}.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn log(subject: &str, issuer: &str) -> String {
        format!(
            "%ASA-7-717038: Tunnel group match found. Tunnel Group: Phones, Peer certificate: serial number: 0A, subject name: {subject}, issuer_name: {issuer}.\n"
        )
    }

    #[test]
    fn a_mic_is_told_and_an_lsc_is_not() {
        let phone = "cn=CP-8851-SEP001122334455,o=x";
        let found = fires(&RULE, &[("log", &log(phone, "cn=Cisco Manufacturing CA SHA2,o=Cisco"))]);
        assert!(found[0].because[0].en().ends_with("1."));
        silent(&RULE, &[("log", &log(phone, "cn=CAPF-0a1b2c3d,o=x"))]);
        waits(&RULE, &[("log", &log("cn=pc1", "cn=Cisco Manufacturing CA SHA2,o=Cisco"))]);
    }
}
