//! A VPN url with a port other than 443.
//!
//! Cisco lists "IP Phone SSL VPN Support For Non Default Port Numbers" as CSCtz42052 (Cisco 115785, related bugs);
//! in which firmware it came is not published. DTLS was seen on UDP 443 only (ocserv, README-cisco-svc).

use super::fleet::Fleet;
use super::{all_told, quotable};
use crate::case::Case;
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-url-port",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["Cisco 115785, related bugs (CSCtz42052)", "ocserv, README-cisco-svc"],
    prose: Text::fixed(include_str!("gateway_url_port.en.md"), include_str!("gateway_url_port.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phones_with_vpn()?;
    let mut fleet = Fleet::new();
    if !all_told(&phones, Phone::urls) {
        fleet.cannot_tell();
    }
    for url in &case.gateway_urls {
        let Some(parts) = &url.url else { continue };
        let port = parts.effective_port();
        if port != 443 {
            let proof = Evidence::marked(&url.place, &format!(":{port}"), OTHER_PORT);
            fleet.add((port, url.text.trim()), &case.phone_name(url.phone), Confidence::Possible, proof);
        }
    }
    fleet.answer(|(port, url), group| {
        group.finding(None).value("port", port.to_string()).value("url", quotable(url))
    })
}

const OTHER_PORT: Text = Text::fixed("this port is not 443", "Dieser Port ist nicht 443");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn file(url: &str) -> String {
        format!("<device>\n<vpnGroup>\n<addresses><url1>{url}</url1></addresses>\n</vpnGroup>\n</device>")
    }

    #[test]
    fn another_port_is_told_once_for_all_phones() {
        let xml = file("https://vpn.example.com:8443/VPNPhone");
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &xml), ("SEP001122334456.cnf.xml", &xml)]);
        assert_eq!((findings.len(), findings[0].evidence().len()), (1, 2));
        assert_eq!(findings[0].evidence()[0].mark, ":8443");
    }

    #[test]
    fn port_443_is_fine_named_or_not() {
        for url in ["https://vpn.example.com/VPNPhone", "https://vpn.example.com:443/VPNPhone"] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &file(url))]);
        }
    }

    #[test]
    fn without_a_url_there_is_nothing_to_check() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", &file(""))]);
        waits(&RULE, &[]);
    }
}
