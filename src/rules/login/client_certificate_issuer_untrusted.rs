//! The ASA does not trust the issuer of a phone's certificate.
//!
//! Log: 717009, 717021, 717027 and 717031 for a phone, and 725017 or `peer did not return a certificate` where none
//! came; `certificate verify failed` in a phone's handshake; alert 48 (unknown CA) that a phone reads, or 116 where it
//! brought none. An alert that the phone writes is about the ASA's certificate, and not this. Without a log: the issuer
//! of the phone's MIC or LSC is in no trust-point of the ASA (Cisco 116162, certificate authentication; ASA syslog
//! guide), or in one that is not asked about clients' certificates (`validation-usage`, ASA command reference). Weak,
//! expired or unchecked certificates have rules of their own.

use crate::case::Case;
use crate::facts::asa_authorities::{Authority, Coverage, Held};
use crate::facts::certificate_failures::{CertificateFailure, FailureKind};
use crate::facts::client_certificates::{CertificateKind, ClientCertificate, kind_by_issuer};
use crate::facts::distinguished_name::common_name;
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::Objection;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::no_certificate::{NONE_CAME, TITLE_NONE_CAME, WHY_NONE_CAME};
use crate::rules::{Rule, logged};
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "client-certificate-issuer-untrusted",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[
        Need::AsaLog,
        Need::PhoneLog,
        Need::AsaConfig,
        Need::AsaCertificates,
        Need::Certificate,
        Need::Capture,
    ],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &[
        "Cisco 116162, certificate authentication",
        "ASA syslog guide, 717009, 717027, 717031, 725017",
        "RFC 5246, section 7.2.2, and RFC 8446, section 6.2",
    ],
    prose: Text::fixed(
        include_str!("client_certificate_issuer_untrusted.en.md"),
        include_str!("client_certificate_issuer_untrusted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let failures: Vec<&CertificateFailure> =
        case.certificate_failures.iter().filter(|one| is_mine(one)).collect();
    if let Some(finding) = by_log(case, &failures) {
        return Ok(vec![finding]);
    }
    if case.login_methods.any() == Some(false) {
        return Ok(Vec::new());
    }
    let mut checked = false;
    let mut findings = Vec::new();
    for certificate in case.client_certificates.iter().filter(|one| !one.issuer.is_empty()) {
        let used = case.login_methods.of_phone(&certificate.name);
        match case.issuer_held(certificate) {
            _ if used == Some(false) => {}
            Held::NotForClients(authority) if used == Some(true) => {
                checked = true;
                let phone = Evidence::at(&certificate.place, PHONE_HAS);
                findings.extend(not_asked(case, authority).map(|finding| finding.and([phone])));
            }
            Held::NotForClients(_) => {}
            Held::Yes(_) | Held::OtherKey(_) => checked = true,
            Held::No if used == Some(true) => findings.push(predicted(case, certificate)),
            Held::No | Held::Unknown => {}
        }
    }
    if findings.is_empty() && !checked {
        findings = issuers_that_are_not_asked(case);
    }
    if checked || !findings.is_empty() { Ok(findings) } else { Err(Missing(missing(case))) }
}

fn missing(case: &Case<'_>) -> Vec<Need> {
    let mut needs = vec![Need::AsaLog];
    if case.asa_authorities.coverage == Coverage::Part {
        needs.extend([Need::AsaConfig, Need::AsaCertificates]);
    }
    if case.client_certificates.iter().all(|one| one.issuer.is_empty()) {
        needs.push(Need::Certificate);
    }
    needs
}

fn is_mine(failure: &CertificateFailure) -> bool {
    matches!(failure.kind, FailureKind::Refused | FailureKind::IssuerUnknown | FailureKind::NoneSent)
        && !failure.is_weak()
        && !failure.is_expired()
        && !failure.is_revocation()
}

/// What the ASA objects to in handshakes of phones: no certificate, or one whose issuer it does not know.
fn in_handshakes(case: &Case<'_>) -> Vec<(Confidence, Evidence)> {
    let told = |one: &Objection| {
        let (says, confidence) = match one.matter {
            Matter::NoCertificate if one.tied => (NONE_CAME, one.confidence.min(Confidence::Likely)),
            Matter::NoCertificate => (NONE_CAME, Confidence::Possible),
            Matter::Certificate(Some(UNKNOWN_CA)) if one.tied => (UNKNOWN_ISSUER, Confidence::Likely),
            // The ASA's library has these words for eight faults of a certificate; the alert tells them apart.
            Matter::Certificate(None) => (REFUSED, Confidence::Possible),
            _ => return None,
        };
        Some((confidence, Evidence::marked(&one.place, &one.mark, says)))
    };
    let by_asa = || case.tls_objections.iter().filter(|one| one.by == By::Asa);
    // Beside phones that are known, whoever fails so and came from elsewhere is another client.
    let untied = !case.whose.names_phones() && !by_asa().any(|one| one.tied);
    let mut lines: Vec<_> = by_asa().filter(|one| one.tied || untied).filter_map(told).collect();
    lines.sort_by_key(|(confidence, _)| *confidence);
    lines
}

fn by_log(case: &Case<'_>, failures: &[&CertificateFailure]) -> Option<Finding> {
    let in_handshakes = in_handshakes(case);
    let mut sorted = failures.to_vec();
    // The surest first, and one that names the issuer before one that does not.
    sorted.sort_by_key(|one| (one.tie, one.issuer.is_empty(), one.kind == FailureKind::NoneSent));
    let mut lines: Vec<Evidence> = sorted
        .iter()
        .map(|one| {
            Evidence::at(&one.place, if one.kind == FailureKind::NoneSent { NONE_CAME } else { REFUSED })
        })
        .collect();
    let surest = in_handshakes.first().map(|(confidence, _)| *confidence);
    let confidence = sorted.first().map(|one| one.tie).or(surest)?;
    // Other faults of the certificate are told by other rules.
    if sorted.is_empty() && confidence == Confidence::Possible && is_explained(case) {
        return None;
    }
    lines.extend(in_handshakes.into_iter().map(|(_, line)| line));
    let mut lines = lines.into_iter();
    let mut finding = Finding::new(confidence, lines.next()?).and(lines);
    if confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
        let tied = case.tls_objections.iter().any(|one| one.by == By::Asa && one.tied);
        if !sorted.is_empty() || !tied {
            finding = finding.because(logged::NOT_TIED);
        }
        if sorted.is_empty() && finding.evidence().iter().any(|line| line.says == REFUSED) {
            finding = finding.because(ONE_OF_MANY);
        }
    }
    if finding.evidence().iter().all(|line| line.says == NONE_CAME) {
        finding.title = Some(TITLE_NONE_CAME);
        return Some(finding.because(WHY_NONE_CAME).fix("none"));
    }
    if let Some(named) = sorted.iter().find(|one| !one.issuer.is_empty()) {
        let issuer = named.issuer.as_str();
        finding =
            finding.because(NO_TRUSTPOINT.with("issuer", Class::Subject, issuer)).value("issuer", issuer);
        return Some(with_fix(finding, kind_by_issuer(issuer)));
    }
    if let Some(phone) = sorted.iter().find(|one| !one.phone.is_empty()) {
        finding = finding.because(OF_PHONE.with("phone", Class::Phone, &phone.phone));
        let certificate = case.client_certificates.iter().find(|one| one.name == phone.phone);
        return Some(with_fix(finding, certificate.map_or(CertificateKind::Unknown, |one| one.kind)));
    }
    Some(with_fix(finding, CertificateKind::Unknown))
}

/// The log says what is wrong with the certificates of phones, and it is not their issuer; or an alert does.
fn is_explained(case: &Case<'_>) -> bool {
    let by_alert = case.tls_objections.iter().any(|one| {
        one.by == By::Asa && matches!(one.matter, Matter::Certificate(Some(code)) if code != UNKNOWN_CA)
    });
    by_alert || case.certificate_failures.iter().any(|one| !is_mine(one) && one.tie < Confidence::Possible)
}

fn predicted(case: &Case<'_>, certificate: &ClientCertificate) -> Finding {
    let confidence = if case.asa_authorities.coverage == Coverage::Whole {
        Confidence::Certain
    } else {
        Confidence::Likely
    };
    let issuer = certificate.issuer.as_str();
    let absent = case
        .asa_authorities
        .searched
        .iter()
        .map(|(input, lines)| Evidence::absent(*input, lines.clone(), NOT_THERE));
    let finding = Finding::new(confidence, Evidence::at(&certificate.place, PHONE_HAS))
        .and(absent)
        .because(NO_TRUSTPOINT.with("issuer", Class::Subject, issuer))
        .value("issuer", issuer);
    with_fix(finding, certificate.kind)
}

/// No phone's certificate is in the case: CAs of phones that the ASA asks about no client. A phone sends its LSC where it
/// has one, so CAPF's CA is missed even where the maker's is asked, by phones with an LSC.
fn issuers_that_are_not_asked(case: &Case<'_>) -> Vec<Finding> {
    if case.login_methods.any() != Some(true) || case.asa_authorities.coverage != Coverage::Whole {
        return Vec::new();
    }
    let all = &case.asa_authorities.all;
    let asked = |kind: CertificateKind| {
        all.iter().any(|one| one.kept_from_clients.is_none() && kind_by_issuer(&one.name) == kind)
    };
    let (lsc, mic) = (asked(CertificateKind::Lsc), asked(CertificateKind::Mic));
    if lsc {
        return Vec::new();
    }
    let others = mic || asked(CertificateKind::Unknown);
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for authority in all {
        let counts = match kind_by_issuer(&authority.name) {
            CertificateKind::Lsc => true,
            CertificateKind::Mic => !mic,
            CertificateKind::Unknown => false,
        };
        if counts && told.len() < MOST_NOT_ASKED && !told.contains(&authority.trustpoint.as_str()) {
            told.push(&authority.trustpoint);
            findings.extend(not_asked(case, authority).map(|finding| match others {
                true => only_possible(finding).because(OTHERS_ARE_ASKED),
                false => finding,
            }));
        }
    }
    findings
}

/// Trust-points told of one case.
const MOST_NOT_ASKED: usize = 8;

fn only_possible(mut finding: Finding) -> Finding {
    finding.confidence = Confidence::Possible;
    finding.severity = Some(Severity::Warning);
    finding
}

/// The trust-point with the issuer is kept from the certificates of SSL VPN clients.
fn not_asked(case: &Case<'_>, authority: &Authority) -> Option<Finding> {
    let setting = authority.kept_from_clients.as_ref()?;
    let finding = Finding::new(Confidence::Likely, Evidence::at(setting, KEPT))
        .and([Evidence::at(&authority.place, HOLDS)])
        .because(NOT_ASKED.with("trustpoint", Class::Trustpoint, &authority.trustpoint))
        .value("trustpoint", authority.trustpoint.as_str())
        .fix("usage");
    let known = authority.known.and_then(|index| case.certificate(index));
    let above = known.and_then(|known| known.certificate.document.fields.as_ref());
    let above = above.map(|fields| common_name(&fields.issuer)).filter(|name| *name != authority.name);
    let is_asked = |name: &str| {
        case.asa_authorities.all.iter().any(|one| one.kept_from_clients.is_none() && one.name == name)
    };
    Some(match above.filter(|name| is_asked(name)) {
        Some(root) => only_possible(finding).because(ROOT_IS_ASKED.with("root", Class::Subject, root)),
        None => finding,
    })
}

fn with_fix(finding: Finding, kind: CertificateKind) -> Finding {
    match kind {
        CertificateKind::Lsc => finding.fix("capf"),
        CertificateKind::Mic => finding.fix("maker"),
        CertificateKind::Unknown => finding.fix("capf").fix("maker"),
    }
}

/// unknown_ca
const UNKNOWN_CA: u8 = 48;

const UNKNOWN_ISSUER: Text = Text::fixed(
    "the ASA ends the handshake because it does not know the issuer of the phone's certificate",
    "Die ASA beendet den Handshake, weil sie den Aussteller des Telefonzertifikats nicht kennt",
);
const ONE_OF_MANY: Text = Text::fixed(
    "The ASA says that the certificate failed its check, and not why: an unknown issuer is the usual reason; it may also have expired, be too weak or be meant for something else. Messages 717009 to 717031 in its log, or the alert in the phone's, tell which.",
    "Die ASA sagt, dass das Zertifikat die Prüfung nicht bestanden hat, und nicht, warum: Meist ist der Aussteller unbekannt; es kann auch abgelaufen, zu schwach oder für anderes gedacht sein. Die Meldungen 717009 bis 717031 in ihrem Protokoll oder der Alert in dem des Telefons zeigen es.",
);
const REFUSED: Text = Text::fixed(
    "the ASA refuses a phone's certificate",
    "Die ASA weist das Zertifikat eines Telefons zurück",
);
const PHONE_HAS: Text = Text::fixed("this is the phone's certificate", "Das ist das Zertifikat des Telefons");
const NOT_THERE: Text = Text::fixed(
    "no trust-point holds the CA that issued it",
    "Kein Vertrauenspunkt enthält die Zertifizierungsstelle, die es ausgestellt hat",
);
const KEPT: Text = Text::fixed(
    "with this the ASA does not check certificates of SSL VPN clients against the trust-point",
    "Damit prüft die ASA Zertifikate von SSL-VPN-Clients nicht gegen diesen Vertrauenspunkt",
);
const HOLDS: Text =
    Text::fixed("the issuer is in this trust-point", "Der Aussteller steht in diesem Vertrauenspunkt");
const NOT_ASKED: Text = Text::fixed(
    "The ASA has the issuer in {trustpoint}, and does not use that trust-point to check the certificates of phones: its `validation-usage` is without `ssl-client`.",
    "Die ASA hat den Aussteller in {trustpoint}, prüft damit aber keine Zertifikate von Telefonen: In `validation-usage` fehlt `ssl-client`.",
);
const OTHERS_ARE_ASKED: Text = Text::fixed(
    "It uses other CAs for clients: if one of those issued what the phones send, this does no harm. The certificate of a phone, or the ASA's log, tells.",
    "Für Clients nutzt sie andere Zertifizierungsstellen: Hat eine davon ausgestellt, was die Telefone senden, schadet das nicht. Das Zertifikat eines Telefons oder das Protokoll der ASA zeigt es.",
);
const ROOT_IS_ASKED: Text = Text::fixed(
    "The CA above it, “{root}”, is in a trust-point that is used for clients; that may be enough.",
    "Die Zertifizierungsstelle darüber, „{root}“, steht in einem Vertrauenspunkt, der für Clients genutzt wird; das kann genügen.",
);
const NO_TRUSTPOINT: Text = Text::fixed(
    "The certificate was issued by “{issuer}”; the ASA has no trust-point for it.",
    "Das Zertifikat hat „{issuer}“ ausgestellt; die ASA hat dafür keinen Vertrauenspunkt (trust-point).",
);
const OF_PHONE: Text = Text::fixed(
    "It is the certificate of {phone}. The messages do not name its issuer.",
    "Es ist das Zertifikat von {phone}. Die Meldungen nennen den Aussteller nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::rules::no_certificate::TITLE_NONE_CAME;
    use crate::testing::{asa, certificates, chain, check, fires, silent, waits};

    const PHONE: &str = "<vpnGroup><authMethod>2</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup>";

    #[test]
    fn a_log_names_the_issuer_and_leaves_the_pcs_out() {
        let mut log = "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn=CAPF-0a1b2c3d,o=Example Reason: no match\n".to_owned();
        for pc in 0..50 {
            log += &format!(
                "%ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A, subject name: cn=pc{pc}.\n%ASA-3-717027: Certificate chain failed validation. No suitable trustpoint was found.\n"
            );
        }
        let finding = &fires(&RULE, &[("log", &log)])[0];
        assert_eq!(
            (finding.confidence, finding.evidence().len(), finding.fixes[0]),
            (Confidence::Certain, 1, "capf")
        );
        assert!(finding.because[0].en().contains("“CAPF-0a1b2c3d”"));
    }

    #[test]
    fn every_message_that_refuses_the_issuer_tells_it() {
        let phone = "serial number: 03, subject name: cn=CP-8851-SEP001122334455.";
        for told in [
            format!("717009: Certificate validation failed. Reason: no suitable trustpoint found, {phone}"),
            "717021: Certificate data could not be verified. Locate Reason: no CA serial number: 03, subject name: cn=CP-8851-SEP001122334455, key length 2048 bits."
                .to_owned(),
            format!(
                "717027: Certificate chain failed validation. No suitable trustpoint was found to validate chain, {phone}"
            ),
        ] {
            let log = format!(
                "%ASA-7-717029: Identified client certificate within certificate chain. {phone}\n%ASA-3-{told}\n"
            );
            assert_eq!(
                fires(&RULE, &[("log", &log)])[0].evidence()[0].at.as_ref().unwrap().line,
                2,
                "{told}"
            );
        }
    }

    #[test]
    fn an_alert_is_about_the_phones_certificate_where_the_phone_reads_it() {
        for (line, expected) in [
            ("alert_err: SSL read alert: code 48, unknown CA", Some(Confidence::Likely)),
            ("ssl_state_cb: TLSv1.2: read: alert: fatal:unknown CA", Some(Confidence::Likely)),
            (
                "SSL: SSL_connect: error:14094418:SSL routines:SSL3_READ_BYTES:tlsv1 alert unknown ca",
                Some(Confidence::Likely),
            ),
            ("alert_err: SSL read alert: code 116, certificate required", Some(Confidence::Certain)),
            ("alert_err: SSL write alert: code 48, unknown CA", None),
            ("alert_err: SSL read alert: code 45, certificate expired", None),
        ] {
            let log = format!(
                "911: NOT 08:02:11.321467 VPNC: ssl_state_cb: TLSv1.2: SSL_connect: before/connect initialization\n\
                 912: ERR 08:02:11.421467 VPNC: {line}\n"
            );
            let found = check(&RULE, &[("desk.txt", &log)], &[]).unwrap_or_default();
            assert_eq!(found.first().map(|finding| finding.confidence), expected, "{line}");
            let none_came = found.first().is_some_and(|finding| finding.title == Some(TITLE_NONE_CAME));
            assert_eq!(none_came, line.contains("116"), "{line}");
        }
    }

    #[test]
    fn a_failed_check_is_a_guess_until_something_says_why() {
        let phone = "%ASA-6-716038: Group <P> User <CP-8845-SEP001122334478> IP <203.0.113.21> Authentication: successful, Session Type: WebVPN.\n";
        let begins = "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.21/50100 for TLSv1.2 session.\n";
        let failed = "%ASA-7-725014: SSL lib error. Function: ssl3_get_client_certificate Reason: certificate verify failed\n\
            %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.21/50100\n";
        let finding = &fires(&RULE, &[("log", &format!("{phone}{begins}{failed}"))])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        assert!(finding.because[0].en().contains("may also have expired"));
        let weak = "%ASA-3-717009: Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: cn=CP-8845-SEP001122334478.\n";
        waits(&RULE, &[("log", &format!("{phone}{begins}{weak}{failed}"))]);
        let untied = &fires(&RULE, &[("log", &format!("{begins}{failed}"))])[0];
        assert_eq!((untied.confidence, untied.severity), (Confidence::Possible, Some(Severity::Warning)));
        assert!(untied.because[0].en().contains("Nothing ties this"));
        let elsewhere = phone.replace("203.0.113.21", "203.0.113.77");
        waits(&RULE, &[("log", &format!("{elsewhere}{begins}{failed}"))]);
    }

    #[test]
    fn a_weak_or_expired_certificate_is_another_matter() {
        let log = "%ASA-3-717009: Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: cn=CP-8851-SEP001122334455.\n";
        waits(&RULE, &[("log", log)]);
    }

    #[test]
    fn a_trust_point_that_is_not_asked_about_clients_is_predicted() {
        for (usage, expected) in [
            (" no validation-usage\n", true),
            (" validation-usage ipsec-client\n", true),
            (" validation-usage ipsec-client ssl-client\n", false),
            (" validation-usage ssl-client\n validation-usage ipsec-client\n", false),
            ("", false),
        ] {
            let own = format!("crypto ca trustpoint CAPF\n enrollment terminal\n{usage}");
            let config = asa("", &format!("{own}{}", chain("CAPF", &[("ca ", certificates::CAPF_OLD)])));
            let files = [("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", config.as_str())];
            if !expected {
                silent(&RULE, &files);
                continue;
            }
            let finding = &fires(&RULE, &files)[0];
            assert_eq!((finding.confidence, finding.fixes[0]), (Confidence::Likely, "usage"));
            assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 12, "{usage}");
            assert!(finding.because[0].en().contains("CAPF"));
        }
        let kept = " no validation-usage\n";
        let config = |own: &str, more: &str| {
            let own = format!("crypto ca trustpoint CAPF\n enrollment terminal\n{own}");
            asa("", &format!("{own}{}{more}", chain("CAPF", &[("ca ", certificates::CAPF_OLD)])))
        };
        let alone = config(kept, "");
        let told = &fires(&RULE, &[("p.xml", PHONE), ("asa", &alone)])[0];
        assert_eq!((told.confidence, told.evidence().len()), (Confidence::Likely, 2), "no certificate");
        waits(&RULE, &[("p.xml", PHONE), ("asa", &config("", ""))]);
        let second = |pem: &str| {
            format!("crypto ca trustpoint SECOND\n enrollment terminal\n{}", chain("SECOND", &[("ca ", pem)]))
        };
        waits(&RULE, &[("p.xml", PHONE), ("asa", &config(kept, &second(certificates::CAPF_RENEWED)))]);
        let told =
            &fires(&RULE, &[("p.xml", PHONE), ("asa", &config(kept, &second(certificates::AUTHORITY)))])[0];
        assert_eq!((told.confidence, told.severity), (Confidence::Possible, Some(Severity::Warning)));
        let password = PHONE.replace(">2<", ">1<");
        let own = "crypto ca trustpoint CAPF\n enrollment terminal\n no validation-usage\n";
        let config = asa("", &format!("{own}{}", chain("CAPF", &[("ca ", certificates::CAPF_OLD)])));
        silent(&RULE, &[("lsc", certificates::LSC), ("p.xml", &password), ("asa", &config)]);
    }

    #[test]
    fn an_asa_without_the_issuer_is_predicted() {
        let other = asa("", &chain("OTHER", &[("ca ", certificates::AUTHORITY)]));
        let files = [("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", other.as_str())];
        let finding = &fires(&RULE, &files)[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.evidence()[1].looked_in.is_some());
        let right = asa("", &chain("CAPF", &[("ca ", certificates::CAPF_OLD)]));
        silent(&RULE, &[("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", &right)]);
        waits(&RULE, &[("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", &asa("", ""))]);
    }
}
