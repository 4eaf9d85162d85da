//! The certificate that the ASA presents is outside its validity.
//!
//! At the case's clock, or that of the capture that shows it, by the certificate itself or by the dates that
//! `show crypto ca certificates` prints of the bound trust-point; or by the ASA's log. How a phone reacts to an expired
//! certificate whose hash fits is not documented beyond Cisco 116162, which treats it as "phones cannot connect": so
//! this is likely, not certain.

use crate::case::Case;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::listed_identities::ListedIdentity;
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::told_of;
use crate::facts::wire;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{self, CertificateMatter, What, Whom};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-certificate-expired",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[
        Need::Certificate,
        Need::AsaCertificates,
        Need::AsaConfig,
        Need::AsaLog,
        Need::PhoneLog,
        Need::Capture,
    ],
    echoes: &["tls-alert-from-phone", "login-failed"],
    sources: &["Cisco 116162, certificate renewal", "ASA syslog guide, 717055", "RFC 5246, section 7.2.2"],
    prose: Text::fixed(
        include_str!("gateway_certificate_expired.en.md"),
        include_str!("gateway_certificate_expired.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut checked = false;
    for presented in &case.gateway_certificates.presented {
        let Some(known) = presented.certificate.and_then(|index| case.certificate(index)) else { continue };
        let Some(fields) = &known.certificate.document.fields else { continue };
        let (Some(from), Some(until)) = (fields.not_before, fields.not_after) else { continue };
        // What a capture shows is judged by its own clock: who took the certificate then had nothing against it.
        let shown = wire::shown(&case.documents, known.certificate.input, known.sha1());
        let ends = shown.and_then(|shown| shown.at).unwrap_or(case.now);
        let has_fared = shown.is_some_and(|shown| shown.accepted || shown.to_browsers_alone);
        let valid = |now: i64| now >= from && now <= until;
        if has_fared || valid(ends) && !valid(case.now) {
            // Only what was taken, and still holds today, is known not to be outside its validity.
            checked |= shown.is_some_and(|shown| shown.accepted) && valid(case.now);
            continue;
        }
        checked = true;
        let (text, day) = match ends {
            now if now > until => (OVER, until),
            now if now < from => (NOT_YET, from),
            _ => continue,
        };
        let mut finding = Finding::new(
            Confidence::Likely,
            Evidence::at(&known.place(), text.with("day", Class::Words, rfc3339(day))),
        )
        .computed("day", rfc3339(day))
        .value("trustpoint", presented.trustpoint.clone().unwrap_or_default());
        if presented.witness == Witness::LooseFile {
            finding.confidence = Confidence::Possible;
        }
        if is_perhaps_unseen(case, presented) {
            finding.confidence = Confidence::Possible;
            finding.severity = Some(Severity::Warning);
            finding = finding.because(MAY_BE_DIALLED);
        }
        findings.push(finding);
    }
    for listed in &case.listed_identities {
        checked |= listed.end.is_some();
        findings.extend(as_listed(listed, &case.listed_identities, case.now));
    }
    if findings.is_empty() {
        findings.extend(by_log(case));
    }
    if findings.is_empty() && !checked {
        findings.extend(by_alert(case));
    }
    // A file that may be what is presented ends the certainty that nothing has expired.
    let contested = case.gateway_certificates.contested.iter().any(|one| {
        let known = one.presented.certificate.and_then(|index| case.certificate(index));
        let fields = known.and_then(|known| known.certificate.document.fields.as_ref());
        fields.is_some_and(|fields| {
            fields.not_after.is_some_and(|end| end < case.now)
                || fields.not_before.is_some_and(|begin| begin > case.now)
        })
    });
    if contested && findings.is_empty() {
        return Err(Missing(vec![Need::PhoneLog, Need::Capture]));
    }
    if !checked && findings.is_empty() {
        return Err(Missing(vec![Need::Certificate, Need::AsaConfig]));
    }
    Ok(findings)
}

/// True where only a binding shows it, to another interface than outside, and outside has a valid one: a name in the
/// phones' URL does not tell which of the two they meet.
fn is_perhaps_unseen(case: &Case<'_>, presented: &Presented) -> bool {
    let bound = |one: &Presented| one.witness == Witness::BoundTrustpoint;
    let valid = |one: &Presented| {
        let known = one.certificate.and_then(|index| case.certificate(index));
        let fields = known.and_then(|known| known.certificate.document.fields.as_ref());
        fields.is_some_and(|fields| fields.not_after.is_some_and(|end| end >= case.now))
    };
    bound(presented)
        && presented.interface.as_deref().is_some_and(|name| !is_outside(name))
        && case
            .gateway_certificates
            .presented
            .iter()
            .any(|one| bound(one) && valid(one) && one.interface.as_deref().is_some_and(is_outside))
}

/// What the interface to the internet is most often called.
fn is_outside(interface: &str) -> bool {
    interface.eq_ignore_ascii_case("outside")
}

/// The dates that the ASA prints hold to the day: a certificate that ends today may have ended.
fn as_listed(listed: &ListedIdentity, all: &[ListedIdentity], now: i64) -> Option<Finding> {
    let (dated, text) = if listed.is_over(now) {
        (listed.end.as_ref()?, OVER)
    } else if listed.is_not_yet(now) {
        (listed.start.as_ref()?, NOT_YET)
    } else {
        return None;
    };
    let (day, place, printed) = dated;
    let day: String = rfc3339(*day).chars().take(10).collect();
    let says = text.with("day", Class::Words, &day);
    let mut finding = Finding::new(Confidence::Likely, Evidence::marked(place, printed, says))
        .computed("day", day)
        .value("trustpoint", listed.trustpoint.clone());
    let outside = |one: &ListedIdentity| one.interface.as_deref().is_some_and(is_outside);
    let another = listed.interface.is_some() && !outside(listed);
    if another && all.iter().any(|one| outside(one) && one.end.is_some() && !one.is_over(now)) {
        finding.confidence = Confidence::Possible;
        finding.severity = Some(Severity::Warning);
        return Some(finding.and([Evidence::at(&listed.bound, BOUND_ELSEWHERE)]).because(MAY_BE_DIALLED));
    }
    Some(finding.and([Evidence::at(&listed.bound, BOUND)]))
}

/// A phone's check says so, or it ends the handshake with alert 45. Where the certificate is there and valid, it is the
/// phone's clock.
fn by_alert(case: &Case<'_>) -> Option<Finding> {
    let expired = told_of(&case.tls_objections, By::Phone, Matter::Certificate(Some(ALERT)));
    let alerts =
        expired.iter().filter(|one| one.tied).map(|one| Evidence::marked(&one.place, &one.mark, ALERTED));
    let checks = case.outside_validity.iter().filter(|one| !one.is_early);
    let mut lines = checks.map(|one| Evidence::at(&one.place, CHECKED)).chain(alerts);
    Some(Finding::new(Confidence::Likely, lines.next()?).and(lines).because(OR_CLOCK))
}

/// What the log says counts for the trust-point that is bound, and for any where no configuration says which that is.
fn by_log(case: &Case<'_>) -> Option<Finding> {
    let bound: Vec<&str> = case
        .documents
        .asa_configs
        .iter()
        .flat_map(|config| config.document.ssl.trust_points.iter().map(|bound| bound.name.value.as_str()))
        .collect();
    let events = case.documents.observed_by(observe::By::AsaLog);
    let mut lines = events.filter_map(|event| {
        let expired = CertificateMatter::ExpiredInTrustpoint;
        let told = matches!(event.what, What::Certificate { matter, .. } if matter == expired);
        let Whom::Certificate { trustpoint, .. } = event.about else { return None };
        let counts = told && (bound.is_empty() || bound.contains(&trustpoint));
        counts.then(|| (trustpoint, Evidence::at(&event.place(), LOGGED)))
    });
    let (trustpoint, first) = lines.next()?;
    let confidence = if bound.is_empty() { Confidence::Possible } else { Confidence::Likely };
    Some(Finding::new(confidence, first).and(lines.map(|(_, line)| line)).value("trustpoint", trustpoint))
}

const OVER: Text = Text::fixed("this certificate was valid until {day}", "Dieses Zertifikat galt bis {day}");
const NOT_YET: Text =
    Text::fixed("this certificate is valid from {day} only", "Dieses Zertifikat gilt erst ab {day}");
/// certificate_expired
const ALERT: u8 = 45;

const ALERTED: Text = Text::fixed(
    "the phone ends the handshake with alert 45: for it, the certificate has expired",
    "Das Telefon beendet den Handshake mit Alert 45: Für das Telefon ist das Zertifikat abgelaufen",
);
const CHECKED: Text = Text::fixed(
    "for the phone, the certificate has expired",
    "Für das Telefon ist das Zertifikat abgelaufen",
);
const OR_CLOCK: Text = Text::fixed(
    "A phone whose clock is wrong says the same of a certificate that is valid.",
    "Ein Telefon, dessen Uhr falsch geht, sagt das auch von einem gültigen Zertifikat.",
);
const MAY_BE_DIALLED: Text = Text::fixed(
    "The interface outside has a certificate that is valid. Which of the two interfaces the phones dial is not known here.",
    "Die Schnittstelle outside hat ein gültiges Zertifikat. Welche der beiden Schnittstellen die Telefone wählen, ist hier nicht bekannt.",
);
const BOUND: Text = Text::fixed(
    "its trust-point is bound, so this is what phones get",
    "Sein Vertrauenspunkt (trust-point) ist gebunden: Das bekommen die Telefone",
);
const BOUND_ELSEWHERE: Text = Text::fixed(
    "its trust-point is bound to another interface than outside",
    "Sein Vertrauenspunkt (trust-point) ist an eine andere Schnittstelle als outside gebunden",
);
const LOGGED: Text = Text::fixed(
    "the ASA says that a certificate in a trust-point has expired",
    "Die ASA meldet, dass ein Zertifikat in einem Vertrauenspunkt (trust-point) abgelaufen ist",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::certificates::{CURRENT, NOT_YET, PREVIOUS};
    use crate::testing::{asa, chain, fires, silent, waits};

    #[test]
    fn a_bound_certificate_outside_its_validity_is_told() {
        let bound = |pem| asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", pem)]));
        let expired = &fires(&RULE, &[("asa.cfg", &bound(PREVIOUS))])[0];
        assert!(expired.evidence()[0].says.en().contains("2026-03-01"));
        fires(&RULE, &[("asa.cfg", &bound(NOT_YET))]);
        silent(&RULE, &[("asa.cfg", &bound(CURRENT))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn another_interface_than_outside_is_perhaps_not_dialled() {
        let chains = chain("PHONES", &[("", CURRENT)]) + &chain("PORTAL", &[("", PREVIOUS)]);
        let config = |first: &str, second: &str| {
            asa(&format!("ssl trust-point PHONES {first}\nssl trust-point PORTAL {second}"), &chains)
                .replace(" enable outside\n", " enable outside\n enable dmz\n")
        };
        let unknown = &fires(&RULE, &[("asa.cfg", &config("outside", "dmz"))])[0];
        assert_eq!((unknown.confidence, unknown.severity), (Confidence::Possible, Some(Severity::Warning)));
        let outside = &fires(&RULE, &[("asa.cfg", &config("dmz", "outside"))])[0];
        assert_eq!((outside.confidence, outside.severity), (Confidence::Likely, None));
    }

    /// `show crypto ca certificates` of a bound trust-point and one that is not.
    fn listed(start: &str, end: &str) -> String {
        format!(
            "fw1# show crypto ca certificates\nCertificate\n  Status: Available\n  Certificate Serial Number: 5a01\n  Issuer Name:\n    cn=Example Issuing CA\n  Subject Name:\n    cn=desk.example.com\n  Validity Date:\n    start date: {start}\n    end   date: {end}\n  Associated Trustpoints: DESK\n"
        )
    }

    const BINDS: &str = "ssl trust-point DESK outside\nwebvpn\n enable outside\n";

    #[test]
    fn dates_that_the_asa_lists_hold_to_the_day() {
        let start = "08:00:00 CEST Aug 1 2024";
        for (start, end, expected) in [
            (start, "08:00:00 CEST Aug 1 2026", true),
            (start, "08:00:00 CEST Nov 22 2026", true),
            // It is noon of the 24th in Greenwich, and somewhere still the 23rd.
            (start, "23:59:59 GMT Nov 23 2026", false),
            (start, "08:00:00 CEST Aug 1 2028", false),
            ("00:00:00 GMT Nov 26 2026", "08:00:00 GMT Aug 1 2028", true),
        ] {
            let list = listed(start, end);
            let files = [("crypto.txt", list.as_str()), ("part.txt", BINDS)];
            if expected {
                let finding = &fires(&RULE, &files)[0];
                assert_eq!((finding.confidence, finding.evidence().len()), (Confidence::Likely, 2), "{end}");
            } else {
                silent(&RULE, &files);
            }
            waits(&RULE, &[("crypto.txt", list.as_str()), ("part.txt", &BINDS.replace("DESK", "OTHER"))]);
        }
        let two = listed(start, "08:00:00 CEST Aug 1 2026").replace("DESK", "LAN")
            + &listed(start, "08:00:00 CEST Aug 1 2028").replace("fw1# show crypto ca certificates\n", "\n");
        let binds = "ssl trust-point DESK outside\nssl trust-point LAN inside\n";
        let finding = &fires(&RULE, &[("crypto.txt", two.as_str()), ("part.txt", binds)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn a_phone_says_it_by_alert_45() {
        let log = "912: ERR 08:02:11.421467 VPNC: alert_err: SSL write alert: code 45, certificate expired\n";
        assert_eq!(fires(&RULE, &[("desk.txt", log)])[0].confidence, Confidence::Likely);
        // Here it is the phone's certificate that has expired.
        waits(&RULE, &[("desk.txt", &log.replace("write", "read"))]);
        silent(&RULE, &[("desk.txt", log), ("gw.pem", CURRENT)]);
    }

    #[test]
    fn the_asas_own_alarm_counts() {
        fires(
            &RULE,
            &[(
                "asa.log",
                "%ASA-1-717055: The identity certificate in the trustpoint PHONES has expired. Expiration 00:00:00 UTC Mar 1 2026 Subject Name cn=vpn.example.com Issuer Name cn=vpn.example.com Serial Number 0a1b\n",
            )],
        );
    }
}
