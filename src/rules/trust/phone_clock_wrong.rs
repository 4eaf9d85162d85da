//! By the phone's clock the ASA's certificate is not valid, and by the case's clock it is.
//!
//! Phone log: the check of the certificate says that it is not valid yet (9) or has expired (10), and the phone ends the
//! handshake; or it does so with alert 45, which a capture shows as well. That a certificate is not valid yet is a clock's fault also where the
//! certificate is not in the case, unless the ASA's is known to begin later. One that has expired is the ASA's fault
//! there: see `gateway-certificate-expired`.

use crate::case::Case;
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::told_of;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-clock-wrong",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::Certificate, Need::Capture],
    echoes: &["tls-alert-from-phone", "login-failed"],
    sources: &[
        "OpenSSL, X509_STORE_CTX_get_error, 9 and 10",
        "RFC 5246, section 7.2.2",
        "CUCM system configuration guide, phone NTP references",
    ],
    prose: Text::fixed(include_str!("phone_clock_wrong.en.md"), include_str!("phone_clock_wrong.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phone_attempts()?;
    let validity = Validity::of(case);
    let told = case.outside_validity.iter().filter(|one| match validity {
        Validity::Holds(..) => true,
        Validity::Unknown => one.is_early,
        Validity::Over => false,
    });
    let mut lines: Vec<Evidence> = told
        .flat_map(|one| {
            let says = if one.is_early { NOT_YET } else { EXPIRED };
            [Evidence::at(&one.place, says), Evidence::at(&one.ends, ENDS)]
        })
        .collect();
    if let (Validity::Holds(..), true) = (&validity, lines.is_empty()) {
        let expired =
            told_of(&case.tls_objections, By::Phone, Matter::Certificate(Some(CERTIFICATE_EXPIRED)));
        let tied = expired.iter().filter(|one| one.tied);
        lines.extend(tied.map(|one| Evidence::marked(&one.place, &one.mark, ALERTED)));
    }
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else { return Ok(Vec::new()) };
    let finding = Finding::new(Confidence::Likely, first).and(lines);
    Ok(vec![match validity {
        Validity::Holds(place, until) => {
            finding.and([Evidence::at(&place, HOLDS.with("day", Class::Words, rfc3339(until)))])
        }
        Validity::Unknown | Validity::Over => finding.because(OR_TOO_NEW),
    }])
}

/// What is known of the certificate that phones get, at the case's clock.
enum Validity {
    /// It is valid, until then.
    Holds(Place, i64),
    /// One that they may get is not.
    Over,
    /// None is in the case, or it has no dates.
    Unknown,
}

impl Validity {
    fn of(case: &Case<'_>) -> Self {
        let mut all = Self::Unknown;
        for presented in &case.gateway_certificates.presented {
            let Some(known) = presented.certificate.and_then(|index| case.certificate(index)) else {
                continue;
            };
            let Some(fields) = &known.certificate.document.fields else { continue };
            let (Some(from), Some(until)) = (fields.not_before, fields.not_after) else { continue };
            if !(from..=until).contains(&case.now) {
                return Self::Over;
            }
            if matches!(all, Self::Unknown) {
                all = Self::Holds(known.place(), until);
            }
        }
        all
    }
}

/// certificate_expired
const CERTIFICATE_EXPIRED: u8 = 45;

const NOT_YET: Text = Text::fixed(
    "for the phone's clock the certificate is not valid yet",
    "Nach der Uhr des Telefons gilt das Zertifikat noch nicht",
);
const EXPIRED: Text = Text::fixed(
    "for the phone's clock the certificate has expired",
    "Nach der Uhr des Telefons ist das Zertifikat abgelaufen",
);
const ENDS: Text =
    Text::fixed("and the phone ends the handshake here", "Hier beendet das Telefon deshalb den Handshake");
const ALERTED: Text = Text::fixed(
    "the phone ends the handshake with alert 45: for it, the certificate has expired",
    "Das Telefon beendet den Handshake mit Alert 45: Für das Telefon ist das Zertifikat abgelaufen",
);
const HOLDS: Text = Text::fixed("this certificate is valid until {day}", "Dieses Zertifikat gilt bis {day}");
const OR_TOO_NEW: Text = Text::fixed(
    "For the phone the certificate is not valid yet, so its clock is most likely behind. Only a certificate that was issued a moment ago, by a clock that is ahead, would look the same.",
    "Für das Telefon gilt das Zertifikat noch nicht; seine Uhr geht also wahrscheinlich nach. Nur ein Zertifikat, das eben erst und nach einer vorgehenden Uhr ausgestellt wurde, sähe genauso aus.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::rules::trust::{gateway_certificate_expired, phone_rejected_server_certificate};
    use crate::testing::certificates::{CURRENT, NOT_YET, PREVIOUS};
    use crate::testing::{fires, silent, waits};

    /// An attempt whose check says this, and that ends with this alert.
    fn log(check: u32, alert: u8) -> String {
        format!(
            "902: NOT 00:01:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
             906: NOT 00:01:27.365344 VPNC: cert_vfy_cb: depth:1 of 1, pre_err: {check} (a reason)\n\
             911: ERR 00:01:27.420205 VPNC: VPN cert chain verification failed\n\
             913: ERR 00:01:27.422295 VPNC: alert_err: SSL write alert: code {alert}, a name\n\
             918: ERR 00:01:27.494000 VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)\n"
        )
    }

    #[test]
    fn a_certificate_that_is_not_valid_yet_is_a_clock_that_is_behind() {
        let log = log(9, 42);
        let findings = fires(&RULE, &[("phone.log", &log)]);
        assert_eq!((findings[0].confidence, findings[0].evidence().len()), (Confidence::Likely, 2));
        // It is not the hash that the phone refuses.
        silent(&phone_rejected_server_certificate::RULE, &[("phone.log", &log)]);
        assert_eq!(fires(&RULE, &[("phone.log", &log), ("gw.pem", CURRENT)])[0].evidence().len(), 3);
        silent(&RULE, &[("phone.log", &log), ("gw.pem", NOT_YET)]);
        fires(&gateway_certificate_expired::RULE, &[("phone.log", &log), ("gw.pem", NOT_YET)]);
    }

    #[test]
    fn a_certificate_that_has_expired_is_the_asas_fault_where_it_is_not_known_to_be_valid() {
        for log in [log(10, 45), log(0, 45)] {
            silent(&RULE, &[("phone.log", &log)]);
            fires(&gateway_certificate_expired::RULE, &[("phone.log", &log)]);
            fires(&RULE, &[("phone.log", &log), ("gw.pem", CURRENT)]);
            silent(&gateway_certificate_expired::RULE, &[("phone.log", &log), ("gw.pem", CURRENT)]);
            silent(&RULE, &[("phone.log", &log), ("gw.pem", PREVIOUS)]);
        }
    }

    #[test]
    fn nobody_vouching_for_it_and_a_phone_that_goes_on_are_no_clock() {
        let untrusted = log(9, 48);
        silent(&RULE, &[("phone.log", &untrusted)]);
        fires(&phone_rejected_server_certificate::RULE, &[("phone.log", &untrusted)]);
        let later = "920: NOT 00:02:28.051721 VPNC: set_login_state: LOGIN: 1 (TRYING) --> 2 (LoggedIn)\n";
        silent(&RULE, &[("phone.log", &(log(9, 42) + later))]);
        waits(&RULE, &[]);
    }
}
