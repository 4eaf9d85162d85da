//! The ASA does not listen for SSL VPN on the interface that the phones dial.
//!
//! `webvpn` needs `enable <interface>`; without it nothing answers on TCP 443 of that interface, and the log shows
//! no 725001 (Cisco 116162, configuration of the ASA; Cisco 115785). The same where the interface is shut down (ASA
//! command reference, `shutdown`).

use crate::case::Case;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::gateway_address::GatewayInterface;
use crate::facts::serving_asas::Serves;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "webvpn-interface-disabled",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig],
    echoes: &["gateway-not-reached", "connection-denied-by-acl"],
    sources: &["Cisco 116162, configuration of the ASA", "Cisco 115785", "ASA command reference, shutdown"],
    prose: Text::fixed(
        include_str!("webvpn_interface_disabled.en.md"),
        include_str!("webvpn_interface_disabled.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.serving_asas.iter().all(|serves| *serves == Serves::Nothing) {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneConfig]));
    }
    let (mut checked, mut findings) = (false, Vec::new());
    for gateway in &case.gateway_interfaces {
        let Some(asa) = case.asa_devices.get(gateway.device) else { continue };
        let serves = case.serves(gateway.device);
        if let Some(finding) = shut(case, asa, gateway).and_then(|finding| serves.limit(finding)) {
            checked = true;
            findings.push(finding);
        }
        if webvpn::of_device(asa).any(|block| block.answers_on(&gateway.name)) {
            // What only a name ties to phones shows nothing of them by being right.
            checked |= serves.is_sure();
        } else if let Some(confidence) = confidence(case, asa, gateway, serves)
            && let Some(finding) = serves.limit(tell(asa, gateway, confidence))
        {
            checked = true;
            findings.push(finding);
        }
    }
    if checked { Ok(findings) } else { Err(Missing::need(Need::AsaConfig)) }
}

/// An interface that is shut down. One that phones are only guessed to dial is told where SSL VPN is on no other.
fn shut(case: &Case<'_>, asa: &AsaDevice<'_>, gateway: &GatewayInterface) -> Option<Finding> {
    let shutdown = gateway.shutdown.as_ref()?;
    let is_own = |name: &str| name == gateway.name;
    let mut enabled = webvpn::of_device(asa).flat_map(|block| block.interfaces()).peekable();
    let (confidence, says) = match &gateway.dialled {
        Some(_) => (Confidence::Certain, DIALLED_HERE),
        None => {
            enabled.peek()?;
            let alone = enabled.all(|name| is_own(&name.value)) && case.asa_devices.len() == 1;
            (if alone { Confidence::Likely } else { Confidence::Possible }, OUTSIDE)
        }
    };
    let interface = gateway.name.as_str();
    let dials = gateway.dialled.as_ref().map(|dialled| Evidence::at(dialled, DIALS));
    let mut finding = Finding::new(confidence, Evidence::at(shutdown, SHUT))
        .and([Evidence::marked(&gateway.place, interface, says)])
        .and(dials)
        .because(IS_SHUT.with("interface", Class::Interface, interface))
        .value("interface", interface)
        .fix("up");
    finding.title = Some(SHUT_TITLE.with("interface", Class::Interface, interface));
    Some(finding)
}

/// How sure it is that phones dial an interface that is not enabled; `None` where that cannot be told.
fn confidence(
    case: &Case<'_>,
    asa: &AsaDevice<'_>,
    gateway: &GatewayInterface,
    serves: Serves,
) -> Option<Confidence> {
    if !asa.covers("webvpn") {
        return None;
    }
    if gateway.dialled.is_some() {
        return Some(Confidence::Certain);
    }
    // Nothing but its name says that phones dial this interface: they may dial another one, or another ASA.
    let mut blocks = webvpn::of_device(asa).peekable();
    // A firewall without SSL VPN may be any.
    if blocks.peek().is_none() && serves != Serves::Shown {
        return None;
    }
    let nowhere = blocks.all(|block| block.interfaces().is_empty());
    match (nowhere, case.asa_devices.len()) {
        (true, 1) => Some(Confidence::Likely),
        _ => Some(Confidence::Possible),
    }
}

fn tell(asa: &AsaDevice<'_>, gateway: &GatewayInterface, confidence: Confidence) -> Finding {
    let says = if gateway.dialled.is_some() { DIALLED_HERE } else { OUTSIDE };
    let mut finding = Finding::new(confidence, Evidence::marked(&gateway.place, &gateway.name, says));
    if let Some(dialled) = &gateway.dialled {
        finding = finding.and([Evidence::at(dialled, DIALS)]);
    }
    for (searched, block) in webvpn::of_each_config(asa) {
        finding = finding.and(searched.map(|searched| Evidence::not_in(&searched, ABSENT)));
        let others = block.into_iter().flat_map(|block| block.interfaces());
        finding = finding.and(others.map(|other| Evidence::stated(&other, ELSEWHERE)));
    }
    let because = if gateway.dialled.is_some() { KNOWN } else { GUESSED };
    finding
        .because(because.with("interface", Class::Interface, &gateway.name))
        .value("interface", gateway.name.as_str())
        .fix("enable")
}

const DIALLED_HERE: Text = Text::fixed(
    "this interface has the address that the phone dials",
    "Diese Schnittstelle hat die Adresse, die das Telefon wählt",
);
const OUTSIDE: Text = Text::fixed(
    "phones usually dial the interface of this name",
    "Die Schnittstelle dieses Namens wählen Telefone gewöhnlich",
);
const SHUT_TITLE: Text = Text::fixed(
    "The ASA's interface {interface} is shut down",
    "Die Schnittstelle {interface} der ASA ist abgeschaltet",
);
const SHUT: Text = Text::fixed("this interface is shut down", "Diese Schnittstelle ist abgeschaltet");
const IS_SHUT: Text = Text::fixed(
    "The interface {interface} is shut down: no packet of a phone arrives there.",
    "Die Schnittstelle {interface} ist abgeschaltet: Dort kommt kein Paket eines Telefons an.",
);
const DIALS: Text = Text::fixed("the phone dials this address", "Diese Adresse wählt das Telefon");
const ABSENT: Text =
    Text::fixed("webvpn has no enable line for it", "Unter webvpn gibt es für sie keine Zeile enable");
const ELSEWHERE: Text =
    Text::fixed("only this interface is enabled", "Aktiviert ist nur diese Schnittstelle");
const KNOWN: Text = Text::fixed(
    "The address that the phone dials is that of the interface {interface}, on which webvpn is not enabled.",
    "Die Adresse, die das Telefon wählt, gehört der Schnittstelle {interface}, und auf ihr ist webvpn nicht aktiviert.",
);
const GUESSED: Text = Text::fixed(
    "Which interface the phones dial is not shown: their URL holds a name, or its address stands on none of the interfaces. If it is {interface}, nothing answers there.",
    "Welche Schnittstelle die Telefone wählen, ist nicht belegt: Ihre URL enthält einen Namen, oder keine Schnittstelle trägt die Adresse. Ist es {interface}, so antwortet dort niemand.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::need::Need;
    use crate::testing::{fires, silent, waits};

    fn asa(webvpn: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname asa\ninterface Vlan1\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
             interface Vlan2\n nameif isp2\n ip address 203.0.113.1 255.255.255.0\n{webvpn}: end\n"
        )
    }

    fn phone(host: &str) -> String {
        format!("<vpnGroup><addresses><url1>https://{host}/Phones</url1></addresses></vpnGroup>")
    }

    #[test]
    fn the_dialled_interface_must_be_enabled() {
        let files = |webvpn: &str, host: &str| (asa(webvpn), phone(host));
        let (config, phone) = files("webvpn\n enable outside\n", "203.0.113.1");
        let finding = &fires(&RULE, &[("asa.cfg", &config), ("x", &phone)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("interface isp2"), "{:?}", finding.because);
        assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("203.0.113.1"));
        let (config, phone) = files("", "203.0.113.1");
        fires(&RULE, &[("asa.cfg", &config), ("x", &phone)]);
        let (config, phone) = files("webvpn\n enable isp2\n", "203.0.113.1");
        silent(&RULE, &[("asa.cfg", &config), ("x", &phone)]);
    }

    #[test]
    fn a_name_in_the_url_leaves_it_open() {
        for (webvpn, expected) in [
            ("webvpn\n anyconnect enable\n", Confidence::Likely),
            ("webvpn\n enable isp2\n", Confidence::Possible),
        ] {
            let finding = &fires(&RULE, &[("a", &asa(webvpn)), ("b", &phone("vpn.example.com"))])[0];
            assert_eq!(finding.confidence, expected, "{webvpn}");
            assert!(finding.because[0].en().contains("not shown"));
        }
        silent(&RULE, &[("a", &asa("webvpn\n enable outside\n")), ("b", &phone("vpn.example.com"))]);
    }

    #[test]
    fn an_interface_that_is_shut_down_answers_nobody() {
        let whole = asa("webvpn\n enable outside\n");
        for (line, shut) in [
            (" shutdown\n nameif outside\n", true),
            (" nameif outside\n shutdown\n", true),
            (" shutdown\n nameif outside\n no shutdown\n", false),
            (" nameif outside\n", false),
        ] {
            let config = whole.replace(" nameif outside\n", line);
            for (host, confidence) in
                [("192.0.2.1", Confidence::Certain), ("vpn.example.com", Confidence::Likely)]
            {
                let files = [("a", config.as_str()), ("b", &phone(host))];
                if !shut {
                    silent(&RULE, &files);
                    continue;
                }
                let finding = &fires(&RULE, &files)[0];
                assert_eq!((finding.confidence, finding.fixes.as_slice()), (confidence, ["up"].as_slice()));
            }
        }
        let both = asa("webvpn\n enable outside\n enable isp2\n")
            .replace(" nameif outside", " shutdown\n nameif outside");
        let finding = &fires(&RULE, &[("a", &both), ("b", &phone("vpn.example.com"))])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        let other = whole.replace(" nameif isp2", " shutdown\n nameif isp2");
        silent(&RULE, &[("a", &other), ("b", &phone("192.0.2.1"))]);
    }

    #[test]
    fn without_any_webvpn_the_asa_that_the_url_leads_to_answers_nobody() {
        let group = "tunnel-group Desk type remote-access\ntunnel-group Desk webvpn-attributes\n group-url https://vpn.example.com/Phones enable\n";
        let finding = &fires(&RULE, &[("a", &asa(group)), ("b", &phone("vpn.example.com"))])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
    }

    #[test]
    fn an_asa_without_phones_or_without_webvpn_is_not_judged() {
        assert_eq!(waits(&RULE, &[("a", &asa("webvpn\n"))]), [Need::AsaConfig, Need::PhoneConfig]);
        waits(&RULE, &[("a", &asa("")), ("b", &phone("vpn.example.com"))]);
        waits(&RULE, &[("a", "webvpn\n enable dmz\n"), ("b", &phone("192.0.2.1"))]);
    }
}
