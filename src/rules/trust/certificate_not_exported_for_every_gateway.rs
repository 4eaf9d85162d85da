//! The phone has several gateways, and not the hash of every gateway's certificate.
//!
//! The identity certificate of each ASA has to be exported and uploaded as Phone-VPN-trust, even where all have a
//! certificate of the same third party (Cisco 116162).

use crate::case::Case;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::of_phone::of_phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "certificate-not-exported-for-every-gateway",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::Certificate, Need::AsaConfig],
    echoes: &["phone-rejected-server-certificate"],
    sources: &["Cisco 116162, third-party certificates on several ASAs"],
    prose: Text::fixed(
        include_str!("certificate_not_exported_for_every_gateway.en.md"),
        include_str!("certificate_not_exported_for_every_gateway.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    let (mut findings, mut waits) = (Vec::new(), false);
    for (phone, settings) in case.phones.iter().enumerate().filter(|(_, phone)| phone.vpn_group().is_some()) {
        let urls = of_phone(&case.gateway_urls, phone);
        if urls.len() < 2 {
            continue;
        }
        let matches = of_phone(&case.trust_matches, phone);
        // One certificate says nothing of the other gateways.
        if matches.len() < 2 {
            waits = true;
            continue;
        }
        let untrusted: Vec<&Presented> = matches
            .iter()
            .filter(|found| !found.trust.holds())
            .filter_map(|found| case.gateway_certificates.presented.get(found.presented))
            .collect();
        // Where nothing fits at all, the hashes are wrong altogether: another rule tells that.
        if untrusted.is_empty() || untrusted.len() == matches.len() {
            continue;
        }
        let trusted: Vec<&Presented> = matches
            .iter()
            .filter(|found| found.trust.holds())
            .filter_map(|found| case.gateway_certificates.presented.get(found.presented))
            .collect();
        let loose = untrusted
            .iter()
            .any(|one| one.witness == Witness::LooseFile && !is_of_another_url(case, urls, one, &trusted));
        let confidence = if loose { Confidence::Possible } else { Confidence::Likely };
        let mut lines = untrusted.iter().filter_map(|one| Some(Evidence::at(one.place()?, NOT_TRUSTED)));
        let Some(first) = lines.next() else { continue };
        let mut finding = Finding::new(confidence, first)
            .and(lines)
            .and(urls.iter().map(|url| Evidence::marked(&url.place, url.text, DIALS)))
            .value("phone", settings.name(&case.documents));
        if loose {
            finding.severity = Some(Severity::Warning);
            finding = finding.because(IF_GATEWAYS);
        }
        findings.push(finding);
    }
    if findings.is_empty() && waits {
        return Err(Missing(vec![Need::AsaConfig, Need::Certificate]));
    }
    Ok(findings)
}

/// A file says by its names whose certificate it is: that of a host that the phone dials and no trusted one names.
fn is_of_another_url(
    case: &Case<'_>,
    urls: &[PhoneUrl<'_>],
    presented: &Presented,
    trusted: &[&Presented],
) -> bool {
    let names = |one: &Presented, host: &str| {
        one.certificate.and_then(|index| case.certificate(index)).is_some_and(|known| known.names_host(host))
    };
    let hosts = urls.iter().filter_map(|url| url.url.as_ref().map(|url| url.host));
    hosts
        .into_iter()
        .any(|host| names(presented, host) && !trusted.iter().any(|trusted| names(trusted, host)))
}

const NOT_TRUSTED: Text = Text::fixed(
    "the phone has no hash of this certificate",
    "Von diesem Zertifikat hat das Telefon keinen Hash",
);
const DIALS: Text = Text::fixed("the phone dials this gateway", "Dieses Gateway wählt das Telefon");
const IF_GATEWAYS: Text = Text::fixed(
    "This holds if these files are the certificates of the phone's gateways; the ASAs' configurations would prove it.",
    "Das gilt, wenn diese Dateien die Zertifikate der Gateways des Telefons sind; die Konfigurationen der ASAs würden es beweisen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::certificates::{CURRENT, ISSUED, OTHER};
    use crate::testing::{asa, chain, fires, hash_of, phone_trusting, silent, waits};

    fn two_gateways(hashes: &[String]) -> String {
        phone_trusting(hashes)
            .replace("</addresses>", "<url2>https://asa.example.com/Phones</url2>\n</addresses>")
    }

    #[test]
    fn a_gateway_whose_hash_is_missing_is_told() {
        let bound = "ssl trust-point PHONES outside";
        let (one, two) =
            (asa(bound, &chain("PHONES", &[("", CURRENT)])), asa(bound, &chain("PHONES", &[("", ISSUED)])));
        let phone = two_gateways(&[hash_of(CURRENT)]);
        fires(&RULE, &[("1.cfg", &one), ("2.cfg", &two), ("x.xml", &phone)]);
        let both = two_gateways(&[hash_of(CURRENT), hash_of(ISSUED)]);
        silent(&RULE, &[("1.cfg", &one), ("2.cfg", &two), ("x.xml", &both)]);
        waits(&RULE, &[("1.cfg", &one), ("x.xml", &phone)]);
        silent(&RULE, &[("1.cfg", &one), ("x.xml", &phone_trusting(&[hash_of(CURRENT)]))]);
    }

    #[test]
    fn files_that_name_the_gateways_are_theirs() {
        let phone = two_gateways(&[hash_of(CURRENT)]);
        let told = |pem| {
            let finding = fires(&RULE, &[("a.pem", CURRENT), ("b.pem", pem), ("x.xml", &phone)]).remove(0);
            (finding.confidence, finding.severity)
        };
        assert_eq!(told(ISSUED), (Confidence::Likely, None), "asa.example.com is dialled");
        assert_eq!(told(OTHER), (Confidence::Possible, Some(Severity::Warning)), "portal.example.com is not");
    }
}
