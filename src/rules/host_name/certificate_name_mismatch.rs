//! The configuration makes the phone check the host name, and the ASA's certificate does not have it.
//!
//! With `enableHostIDCheck` 1 a subject alternative name or the common name must be the url's host (CUCM 15 feature
//! guide, VPN client; Cisco 116162). Wildcards do not count: a phone refused `*.vpn.com` for `test.vpn.com` there.

use crate::case::Case;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::of_phone::of_phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "certificate-name-mismatch",
    stage: Stage::HostName,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::Certificate, Need::AsaConfig],
    echoes: &["host-id-check-failed"],
    sources: &["Cisco 116162, host ID check", "CUCM 15 feature configuration guide, VPN client"],
    prose: Text::fixed(
        include_str!("certificate_name_mismatch.en.md"),
        include_str!("certificate_name_mismatch.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let with_vpn = case.phones_with_vpn()?;
    if with_vpn.iter().all(|phone| phone.vpn_group().is_some_and(|group| group.host_id_check.is_none())) {
        return Err(Missing::need(Need::PhoneConfig));
    }
    let certificates: Vec<(&Presented, Vec<String>, Place)> = case
        .gateway_certificates
        .presented
        .iter()
        .filter_map(|presented| {
            let known = presented.certificate.and_then(|index| case.certificate(index))?;
            Some((presented, known.host_names()?, known.place()))
        })
        .collect();
    if certificates.is_empty() {
        return Err(Missing(vec![Need::Certificate, Need::AsaConfig]));
    }
    let mut findings: Vec<Finding> = Vec::new();
    for (index, phone) in case.phones.iter().enumerate() {
        let Some(group) = phone.vpn_group() else { continue };
        let Some(setting) = group.host_id_check.as_ref().filter(|setting| setting.value == "1") else {
            continue;
        };
        let urls: Vec<&PhoneUrl<'_>> = of_phone(&case.gateway_urls, index).iter().collect();
        // What another gateway presents than those that this phone dials need not have its name.
        let certificates: Vec<_> =
            certificates.iter().filter(|(presented, ..)| case.is_presented_to(presented, index)).collect();
        if certificates.is_empty() {
            continue;
        }
        let fits = |url: &&PhoneUrl<'_>| {
            let host = url.url.as_ref().map(|url| url.host);
            host.is_some_and(|host| certificates.iter().any(|(_, names, _)| holds(names, host)))
        };
        let Some(first) = urls.first().filter(|_| !urls.iter().any(fits)) else { continue };
        let Some(host) = first.url.as_ref().map(|url| url.host) else { continue };
        let setting = Evidence::at(&phone.config.place(&setting.at), CHECKED);
        let mut finding = Finding::new(Confidence::Likely, Evidence::marked(&first.place, host, DIALS))
            .and([setting])
            .value("host", host)
            .value("phone", case.phone_name(index));
        for (presented, names, place) in &certificates {
            let wildcard = has_wildcard(names, host);
            let names = names.join(", ");
            finding = finding.because(described(host, &names, wildcard));
            finding = finding.and([Evidence::at(place, NAMES.with("names", Class::Host, &names))]);
            if presented.witness == Witness::LooseFile {
                finding.confidence = Confidence::Possible;
            }
        }
        findings.push(finding);
    }
    Ok(findings)
}

/// True where one of the names is the host itself.
fn holds(names: &[String], host: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(host))
}

fn has_wildcard(names: &[String], host: &str) -> bool {
    let domain = host.split_once('.').map(|(_, domain)| domain).unwrap_or_default();
    names.iter().any(|name| name.strip_prefix("*.").is_some_and(|rest| rest.eq_ignore_ascii_case(domain)))
}

fn described(host: &str, names: &str, wildcard: bool) -> Text {
    let text = if wildcard { BY_WILDCARD } else { NOT_NAMED };
    text.with("host", Class::Host, host).with("names", Class::Host, names)
}

const CHECKED: Text = Text::fixed("the phone checks the host name", "Das Telefon prüft den Hostnamen");
const DIALS: Text = Text::fixed("this is the host that the phone dials", "Diesen Host wählt das Telefon");
const NAMES: Text = Text::fixed("this certificate names {names}", "Dieses Zertifikat nennt {names}");
const NOT_NAMED: Text = Text::fixed(
    "The phone dials {host}; the certificate names {names}.",
    "Das Telefon wählt {host}; das Zertifikat nennt {names}.",
);
const BY_WILDCARD: Text = Text::fixed(
    "The phone dials {host}; the certificate names it only by a wildcard ({names}), which a phone is known to refuse.",
    "Das Telefon wählt {host}; das Zertifikat nennt ihn nur über einen Platzhalter ({names}), den ein Telefon nachweislich ablehnt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::certificates::{CURRENT, OTHER, WILDCARD};
    use crate::testing::{asa, chain, fires, hash_of, phone_trusting, silent, waits};

    #[test]
    fn a_certificate_of_another_name_or_a_wildcard_is_told() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let other = &fires(&RULE, &[("x.xml", &phone), ("a.pem", OTHER)])[0];
        assert!(other.because[0].en().contains("portal.example.com"));
        let wildcard = &fires(&RULE, &[("x.xml", &phone), ("a.pem", WILDCARD)])[0];
        assert!(wildcard.because[0].en().contains("wildcard"));
    }

    #[test]
    fn the_certificate_of_an_asa_that_the_phone_does_not_dial_is_another_matter() {
        let asa = |host: &str, pem: &str| {
            let groups = format!(
                "tunnel-group D type remote-access\ntunnel-group D webvpn-attributes\n group-url https://{host}/x enable\n"
            );
            asa("ssl trust-point ID outside", &(chain("ID", &[("", pem)]) + &groups))
                .replace("hostname", &format!("hostname {host}\n! hostname"))
        };
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let own = asa("vpn.example.com", CURRENT);
        silent(&RULE, &[("a", &own), ("b", &asa("north.example.com", OTHER)), ("x.xml", &phone)]);
        let both = asa("vpn.example.com", OTHER);
        fires(&RULE, &[("a", &both), ("x.xml", &phone)]);
    }

    #[test]
    fn a_name_that_fits_or_a_check_that_is_off_is_fine() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        silent(&RULE, &[("x.xml", &phone), ("a.pem", CURRENT)]);
        let off = phone.replace("<enableHostIDCheck>1", "<enableHostIDCheck>0");
        silent(&RULE, &[("x.xml", &off), ("a.pem", OTHER)]);
        waits(&RULE, &[("x.xml", &phone)]);
    }
}
