//! A phone's own certificate is out of its dates.
//!
//! Witnesses: 717009 or 717027 with that reason, for a phone; alert 45 (certificate expired) that a phone reads; or the
//! certificate itself. An LSC can be issued anew; a
//! MIC cannot (Cisco 200860, 214638). A wrong clock of the ASA looks the same.

use crate::case::Case;
use crate::facts::client_certificates::CertificateKind;
use crate::facts::tls_matters::{By, Matter};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "client-certificate-expired",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::Certificate, Need::AsaLog, Need::PhoneLog, Need::Capture],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &["CUCM security guide, LSC and MIC", "ASA syslog guide, 717009, 717027"],
    prose: Text::fixed(
        include_str!("client_certificate_expired.en.md"),
        include_str!("client_certificate_expired.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut checked = false;
    for failure in case.certificate_failures.iter().filter(|one| one.is_expired()) {
        let mut finding = Finding::new(failure.tie, Evidence::at(&failure.place, REFUSED));
        if !failure.phone.is_empty() {
            finding = finding.because(OF_PHONE.with("phone", Class::Phone, &failure.phone));
        }
        findings.push(finding.fix("lsc").fix("clock"));
    }
    let mut read = case
        .tls_objections
        .iter()
        .filter(|one| (one.by, one.matter) == (By::Asa, Matter::Certificate(Some(EXPIRED))))
        .map(|one| Evidence::marked(&one.place, &one.mark, ALERTED));
    if findings.is_empty()
        && let Some(first) = read.next()
    {
        findings.push(Finding::new(Confidence::Likely, first).and(read).fix("lsc").fix("clock"));
    }
    for one in &case.client_certificates {
        let known = one.known.and_then(|index| case.certificate(index));
        let Some(known) = known else { continue };
        let Some(fields) = &known.certificate.document.fields else { continue };
        checked = true;
        let (over, dated, says) = match (fields.not_before, fields.not_after) {
            (_, Some(end)) if end < case.now => (true, end, ENDED),
            (Some(start), _) if start > case.now => (true, start, BEGINS),
            _ => (false, 0, ENDED),
        };
        let used = case.login_methods.of_phone(&one.name);
        if !over || used == Some(false) {
            continue;
        }
        let confidence = if used == Some(true) { Confidence::Certain } else { Confidence::Likely };
        let date: String = rfc3339(dated).chars().take(10).collect();
        let says = says.with("phone", Class::Phone, &one.name).with("day", Class::Words, date);
        let finding = Finding::new(confidence, Evidence::at(&known.place(), CERTIFICATE));
        let mic = one.kind == CertificateKind::Mic;
        let finding = finding.because(says);
        findings.push(if mic { finding.because(MIC).fix("lsc") } else { finding.fix("lsc") });
    }
    if checked || !findings.is_empty() {
        Ok(findings)
    } else {
        Err(Missing(vec![Need::Certificate, Need::AsaLog]))
    }
}

/// certificate_expired
const EXPIRED: u8 = 45;

const ALERTED: Text = Text::fixed(
    "the ASA sent alert 45: for it, the phone's certificate has expired",
    "Die ASA hat Alert 45 gesendet: Für sie ist das Zertifikat des Telefons abgelaufen",
);
const REFUSED: Text = Text::fixed(
    "the ASA refuses a phone's certificate because of its dates",
    "Die ASA weist das Zertifikat eines Telefons wegen seiner Gültigkeit zurück",
);
const CERTIFICATE: Text =
    Text::fixed("this is the phone's certificate", "Das ist das Zertifikat des Telefons");
const OF_PHONE: Text = Text::fixed("It is the certificate of {phone}.", "Es ist das Zertifikat von {phone}.");
const ENDED: Text = Text::fixed(
    "The certificate of {phone} ended on {day}.",
    "Das Zertifikat von {phone} ist am {day} abgelaufen.",
);
const BEGINS: Text = Text::fixed(
    "The certificate of {phone} is valid from {day} on.",
    "Das Zertifikat von {phone} gilt erst ab {day}.",
);
const MIC: Text = Text::fixed(
    "It is a MIC: it cannot be issued anew, but an LSC takes its place.",
    "Es ist ein MIC: Es lässt sich nicht neu ausstellen, aber ein LSC tritt an seine Stelle.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{certificates, fires, silent, waits};

    const PHONE: &str = "<vpnGroup><authMethod>2</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup>";

    #[test]
    fn a_certificate_or_the_log_tells_it() {
        let finding = &fires(&RULE, &[("lsc", certificates::LSC_EXPIRED), ("p.xml", PHONE)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("2026-06-01"), "{:?}", finding.because);
        let log = "%ASA-3-717009: Certificate validation failed. Reason: peer certificate is expired, serial number: 03, subject name: cn=CP-8851-SEP001122334455.\n";
        assert_eq!(fires(&RULE, &[("log", log)])[0].confidence, Confidence::Certain);
        silent(&RULE, &[("lsc", certificates::LSC), ("p.xml", PHONE)]);
        let read = "912: ERR 08:02:11.421467 VPNC: alert_err: SSL read alert: code 45, certificate expired\n";
        assert_eq!(fires(&RULE, &[("desk.txt", read)])[0].confidence, Confidence::Likely);
        waits(&RULE, &[("desk.txt", &read.replace("read", "write"))]);
        waits(&RULE, &[("log", &log.replace("CP-8851-SEP001122334455", "pc"))]);
    }
}
