//! The ASA listens for SSL VPN on another port than the one that the phones dial.
//!
//! `webvpn` with `port 4443`; without such a line the port is 443. Cisco lists phones on another port than 443 as
//! CSCtz42052 (Cisco 115785, related bugs).

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::{tunnel_groups, webvpn};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::url::GatewayUrl;

/// The rule.
pub const RULE: Rule = Rule {
    id: "webvpn-port-changed",
    stage: Stage::Reach,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::PhoneConfig],
    echoes: &["gateway-not-reached"],
    sources: &["Cisco 115785, related bugs (CSCtz42052)"],
    prose: Text::fixed(include_str!("webvpn_port_changed.en.md"), include_str!("webvpn_port_changed.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut checked, mut told) = (false, BTreeMap::new());
    for (device, asa) in case.asa_devices.iter().enumerate() {
        let Some(webvpn) = webvpn::of_device(asa).next() else { continue };
        let line = webvpn.port();
        let port = match &line {
            Some(line) => line.value.parse::<u16>().ok(),
            None => webvpn.is_whole().then_some(443),
        };
        let Some(port) = port else { continue };
        for url in &case.gateway_urls {
            let Some(dialled) = url.url.as_ref() else { continue };
            // A second gateway may be another ASA, whose configuration is not here.
            let related = leads_here(case, device, dialled);
            if !related && (case.asa_devices.len() > 1 || url.number > 1) {
                continue;
            }
            checked = true;
            if dialled.effective_port() == port {
                continue;
            }
            let proof = match &line {
                Some(line) => Evidence::stated(line, LISTENS),
                None => Evidence::not_in(&webvpn.searched(), DEFAULT),
            };
            let confidence = match (&line, related) {
                (Some(_), true) => Confidence::Likely,
                _ => Confidence::Possible,
            };
            let dials = Evidence::at(&url.place, DIALS);
            let (known, _, lines) = told
                .entry((device, port, dialled.effective_port()))
                .or_insert_with(|| (confidence, proof, Vec::new()));
            *known = confidence.min(*known);
            lines.push(dials);
        }
    }
    if !checked {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneConfig]));
    }
    let tell = |((_, port, dialled), (confidence, proof, lines)): ((_, u16, u16), (_, _, Vec<_>))| {
        let (port, dialled) = (port.to_string(), dialled.to_string());
        Finding::new(confidence, proof)
            .and(lines)
            .because(DIFFER.with("port", Class::Words, &port).with("dialled", Class::Url, &dialled))
            .fix(if port == "443" { "url" } else { "port" })
            .computed("port", port)
            .computed("dialled", dialled)
    };
    Ok(told.into_iter().map(tell).collect())
}

/// Something shows that this url leads to this ASA: its address, or a group-url with the same host.
fn leads_here(case: &Case<'_>, device: usize, dialled: &GatewayUrl<'_>) -> bool {
    let address = dialled.host.parse().ok();
    let own = case
        .gateway_interfaces
        .iter()
        .any(|it| it.device == device && it.dialled.is_some() && it.address == address);
    let Some(asa) = case.asa_devices.get(device) else { return false };
    let urls = tunnel_groups::of_device(asa).flat_map(|group| group.group_urls());
    let mut hosts = urls.filter_map(GatewayUrl::parse).map(|url| url.host);
    own || hosts.any(|host| host.eq_ignore_ascii_case(dialled.host))
}

const LISTENS: Text =
    Text::fixed("the ASA listens on this port", "Auf diesem Port nimmt die ASA Verbindungen an");
const DEFAULT: Text = Text::fixed(
    "webvpn has no port line, so the ASA listens on 443",
    "Unter webvpn gibt es keine Zeile port; die ASA nimmt also auf 443 an",
);
const DIALS: Text = Text::fixed("the phone dials this", "Das wählt das Telefon");
const DIFFER: Text = Text::fixed(
    "The ASA listens on port {port}, the phone dials port {dialled}.",
    "Die ASA nimmt auf Port {port} an, das Telefon wählt Port {dialled}.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn asa(port: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname asa\ninterface Vlan1\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
             webvpn\n{port} enable outside\n: end\n"
        )
    }

    fn phone(host: &str) -> String {
        format!("<vpnGroup><addresses><url1>https://{host}/Phones</url1></addresses></vpnGroup>")
    }

    #[test]
    fn ports_that_differ_are_told_once() {
        for (port, host, confidence, label, numbers) in [
            (" port 4443\n", "192.0.2.1", Confidence::Likely, "port", "port 4443, the phone dials port 443"),
            (" port 4443\n", "vpn.example.com", Confidence::Possible, "port", "4443"),
            ("", "192.0.2.1:8443", Confidence::Possible, "url", "port 443, the phone dials port 8443"),
        ] {
            let (config, phone) = (asa(port), phone(host));
            let findings = fires(&RULE, &[("a", &config), ("b", &phone), ("c", &phone)]);
            assert_eq!((findings.len(), findings[0].confidence), (1, confidence), "{port}{host}");
            assert_eq!(findings[0].fixes, [label]);
            assert!(findings[0].because[0].en().contains(numbers), "{:?}", findings[0].because);
        }
    }

    #[test]
    fn equal_ports_are_fine_and_an_excerpt_waits() {
        silent(&RULE, &[("a", &asa("")), ("b", &phone("192.0.2.1"))]);
        silent(&RULE, &[("a", &asa(" port 4443\n")), ("b", &phone("192.0.2.1:4443"))]);
        waits(&RULE, &[("a", "webvpn\n enable outside\n"), ("b", &phone("192.0.2.1:8443"))]);
        waits(&RULE, &[("a", &asa(" port 4443\n"))]);
    }
}
