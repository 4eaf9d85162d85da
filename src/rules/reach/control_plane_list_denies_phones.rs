//! An access list on the control plane denies phones the port of SSL VPN.
//!
//! `access-group NAME in interface outside control-plane` filters packets to the ASA itself, before `webvpn` sees them
//! (ASA command reference, `access-group`). What passes through the ASA is another list's matter. By Cisco's guide a
//! list on the control plane denies nothing at its end without a line that says so: what no line speaks of is at most
//! possible here. Where a file shows that somebody gets to TLS, it is as well.

use std::net::Ipv4Addr;

use crate::case::Case;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::control_plane::{self, ControlPlane, Passage};
use crate::facts::public_addresses;
use crate::facts::serving_asas::Serves;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::By;
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "control-plane-list-denies-phones",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::PhoneConfig, Need::AsaLog],
    echoes: &["gateway-not-reached", "connection-denied-by-acl"],
    sources: &[
        "ASA command reference, access-group",
        "Cisco ASA Series Firewall CLI configuration guide, management access rules",
    ],
    prose: Text::fixed(
        include_str!("control_plane_list_denies_phones.en.md"),
        include_str!("control_plane_list_denies_phones.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut checked, mut findings) = (false, Vec::new());
    let mut open = Missing(vec![Need::AsaConfig, Need::PhoneConfig]);
    for (index, device) in case.asa_devices.iter().enumerate() {
        let serves = case.serves(index);
        let enabled = enabled_on(device);
        if serves == Serves::Nothing || enabled.is_empty() {
            continue;
        }
        let gateways = case.gateway_interfaces.iter();
        let dialled: Vec<&str> = gateways
            .filter(|gateway| gateway.device == index && gateway.dialled.is_some())
            .map(|gateway| gateway.name.as_str())
            .collect();
        let planes: Vec<ControlPlane> = control_plane::of_device(device, &enabled)
            .into_iter()
            .filter(|plane| dialled.is_empty() || dialled.contains(&plane.interface.as_str()))
            .collect();
        if planes.is_empty() {
            checked |= serves.is_sure() && device.covers("access-group");
        }
        for plane in &planes {
            let at_best = match (dialled.is_empty(), enabled.len(), serves) {
                // A piece of a configuration may leave out lines of the list.
                _ if !device.covers("access-list") => Confidence::Possible,
                (false, ..) | (true, 1, Serves::Shown) => Confidence::Certain,
                (true, 1, _) => Confidence::Likely,
                // Phones may dial another interface.
                _ => Confidence::Possible,
            };
            match arrival(case, plane, at_best) {
                Arrival::Open => checked |= serves.is_sure(),
                Arrival::NotKnown => open = Missing::need(Need::AsaLog),
                Arrival::Denied(found) => {
                    findings.extend(serves.limit(*found).map(Finding::no_blocker_if_only_possible))
                }
            }
        }
    }
    if findings.is_empty() && !checked { Err(open) } else { Ok(findings) }
}

/// The interfaces with SSL VPN, each once.
fn enabled_on(device: &AsaDevice<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        webvpn::of_device(device).flat_map(|block| block.interfaces()).map(|name| name.value).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether phones arrive.
enum Arrival {
    Open,
    NotKnown,
    Denied(Box<Finding>),
}

fn arrival(case: &Case<'_>, plane: &ControlPlane, at_best: Confidence) -> Arrival {
    let (confidence, says, lines, because): (_, _, Vec<&Place>, _) = match &plane.passage {
        Passage::Open => return Arrival::Open,
        Passage::Unknown => return Arrival::NotKnown,
        Passage::Closed(line) => (at_best, DENIES, vec![line], CLOSED),
        Passage::Unmatched(lines) => {
            (Confidence::Possible, PERMITS_OTHERS, lines.iter().collect(), UNMATCHED)
        }
        Passage::Only(sources, end) => {
            let addresses = public_addresses::of(&case.handshakes, &case.phone_groups);
            let mut phones = addresses.iter().filter_map(|address| address.parse::<Ipv4Addr>().ok());
            if phones.any(|phone| sources.iter().any(|source| source.holds(phone) == Some(true))) {
                return Arrival::Open;
            }
            let because = if end.is_some() { ONLY_SOME } else { ONLY_SOME_AND_NO_END };
            (
                Confidence::Possible,
                PERMITS_SOME,
                sources.iter().map(|source| &source.place).collect(),
                because,
            )
        }
    };
    let mut found = Finding::new(confidence, Evidence::marked(&plane.list.place, &plane.list.value, BINDS))
        .and(lines.into_iter().map(|line| Evidence::at(line, says.clone())))
        .because(
            because
                .with("list", Class::Group, &plane.list.value)
                .with("interface", Class::Interface, &plane.interface)
                .number("port", u32::from(plane.port)),
        )
        .value("list", plane.list.value.as_str())
        .value("interface", plane.interface.as_str())
        .computed("port", plane.port.to_string());
    if let Passage::Only(_, Some(end)) = &plane.passage {
        found = found.and([Evidence::at(end, DENIES)]);
    }
    if let Some(address) = plane.address {
        found = found.value("gateway-host", address.to_string());
    }
    if matches!(plane.passage, Passage::Closed(_)) && gets_through(case) {
        found.confidence = Confidence::Possible;
        found = found.because(SEEN);
    }
    Arrival::Denied(Box::new(found))
}

/// A file shows that packets of a phone, or anybody's handshake, arrive.
fn gets_through(case: &Case<'_>) -> bool {
    let mut logs = case.documents.logs_by(By::AsaLog);
    case.progress.passed.contains_key(&Stage::Reach)
        || case.logs_show_phones()
        || logs.any(|log| log.observations.iter().any(|event| event.peer().is_some()))
}

const BINDS: Text = Text::fixed(
    "packets to the ASA itself have to pass this access list",
    "Pakete an die ASA selbst müssen diese Zugriffsliste (access-list) passieren",
);
const DENIES: Text =
    Text::fixed("this line denies the port to everybody", "Diese Zeile verbietet den Port allen");
const PERMITS_SOME: Text = Text::fixed("only these senders are permitted", "Nur diese Absender sind erlaubt");
const PERMITS_OTHERS: Text =
    Text::fixed("this is permitted, and nothing of the port", "Das ist erlaubt, und nichts vom Port");
const CLOSED: Text = Text::fixed(
    "Access list {list} filters what arrives at the interface {interface} for the ASA itself. No line permits TCP to port {port}, and one denies it to everybody.",
    "Die Zugriffsliste (access-list) {list} filtert, was an der Schnittstelle {interface} für die ASA selbst ankommt. Keine Zeile erlaubt TCP zu Port {port}, und eine verbietet es allen.",
);
const UNMATCHED: Text = Text::fixed(
    "Access list {list} on the interface {interface} permits other things, and no line speaks of TCP to port {port}. Cisco's guide says that the end of such a list denies nothing; 710003 in the log would show whether this ASA drops it.",
    "Die Zugriffsliste (access-list) {list} an der Schnittstelle {interface} erlaubt anderes, und keine Zeile handelt von TCP zu Port {port}. Laut Ciscos Anleitung verbietet das Ende einer solchen Liste nichts; 710003 im Protokoll würde zeigen, ob diese ASA es verwirft.",
);
const ONLY_SOME: Text = Text::fixed(
    "Access list {list} on the interface {interface} permits TCP to port {port} to some senders alone. Whether the phones' public addresses are among them is not shown: compare them with its lines.",
    "Die Zugriffsliste (access-list) {list} an der Schnittstelle {interface} erlaubt TCP zu Port {port} nur manchen Absendern. Ob die öffentlichen Adressen der Telefone dabei sind, ist nicht belegt: Vergleichen Sie sie mit den Zeilen.",
);
const ONLY_SOME_AND_NO_END: Text = Text::fixed(
    "Access list {list} on the interface {interface} permits TCP to port {port} to some senders, and no line denies it to others. Cisco's guide says that the end of such a list denies nothing; 710003 in the log would show whether this ASA drops it.",
    "Die Zugriffsliste (access-list) {list} an der Schnittstelle {interface} erlaubt TCP zu Port {port} manchen Absendern, und keine Zeile verbietet es anderen. Laut Ciscos Anleitung verbietet das Ende einer solchen Liste nichts; 710003 im Protokoll würde zeigen, ob diese ASA es verwirft.",
);
const SEEN: Text = Text::fixed(
    "A file of the case shows that somebody does get through to the port: the list may have been bound later, or somewhere else.",
    "Eine Datei des Falls zeigt, dass jemand bis zum Port durchkommt: Die Liste kann später oder anderswo gebunden worden sein.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const SSH: &str = "access-list BOX extended permit tcp host 192.0.2.9 any eq ssh\n";
    const DENY: &str = "access-list BOX extended deny ip any any\n";
    const BIND: &str = "access-group BOX in interface outside control-plane\n";

    fn asa(lines: &str) -> String {
        format!(
            "ASA Version 9.8(4)\nhostname asa\ninterface Vlan1\n nameif outside\n ip address 203.0.113.1 255.255.255.0\n\
             interface Vlan2\n nameif inside\n ip address 192.0.2.1 255.255.255.0\n{lines}webvpn\n enable outside\n: end\n"
        )
    }

    fn phone(host: &str) -> String {
        format!("<vpnGroup><addresses><url1>https://{host}/Phones</url1></addresses></vpnGroup>")
    }

    #[test]
    fn a_list_that_denies_the_port_to_everybody_is_told() {
        let config = asa(&format!("{SSH}{DENY}{BIND}"));
        for (host, confidence) in
            [("203.0.113.1", Confidence::Certain), ("vpn.example.com", Confidence::Likely)]
        {
            let finding = &fires(&RULE, &[("a", &config), ("b", &phone(host))])[0];
            assert_eq!((finding.confidence, finding.severity), (confidence, None));
            assert!(finding.because[0].en().contains("TCP to port 443"), "{:?}", finding.because);
            assert_eq!(finding.evidence().len(), 2);
            let fixes = crate::rules::prose::parse(&RULE.prose).fixes_for(finding);
            let lines = fixes.iter().flat_map(|fix| &fix.commands);
            assert!(lines.clone().any(|line| line.contains("access-list BOX line 1")), "{fixes:?}");
        }
        let other =
            asa(&format!("{SSH}{DENY}{BIND}")).replace("enable outside", "port 8443\n enable outside");
        let finding = &fires(&RULE, &[("a", &other), ("b", &phone("203.0.113.1:8443"))])[0];
        assert!(finding.because[0].en().contains("port 8443"), "{:?}", finding.because);
    }

    #[test]
    fn other_lists_other_interfaces_and_a_line_that_permits_are_none_of_this() {
        let here = phone("203.0.113.1");
        for lines in [
            format!("{SSH}{DENY}{}", BIND.replace(" control-plane", "")),
            format!("{SSH}{DENY}{}", BIND.replace("outside", "inside")),
            format!("{SSH}access-list BOX extended permit tcp any any eq https\n{DENY}{BIND}"),
            format!("access-list BOX extended deny ip host 192.0.2.66 any\n{BIND}"),
            format!("{SSH}{DENY}{BIND}http server enable\nhttp 0.0.0.0 0.0.0.0 outside\n"),
            format!("{SSH}{DENY}"),
        ] {
            silent(&RULE, &[("a", &asa(&lines)), ("b", &here)]);
        }
        let both =
            asa(&format!("{SSH}{DENY}{BIND}")).replace("enable outside", "enable outside\n enable inside");
        silent(&RULE, &[("a", &both), ("b", &phone("192.0.2.1"))]);
        let finding = &fires(&RULE, &[("a", &both), ("b", &phone("vpn.example.com"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn some_senders_and_an_end_without_a_line_are_only_possible() {
        let here = phone("203.0.113.1");
        let some = "access-list BOX extended permit tcp 198.51.100.0 255.255.255.0 any eq https\n";
        for lines in [format!("{some}{DENY}{BIND}"), format!("{SSH}{BIND}"), format!("{some}{BIND}")] {
            let finding = &fires(&RULE, &[("a", &asa(&lines)), ("b", &here)])[0];
            assert_eq!(
                (finding.confidence, finding.severity),
                (Confidence::Possible, Some(Severity::Warning)),
                "{lines}"
            );
        }
        let log = "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <198.51.100.9> Address <192.0.2.77> assigned to session\n";
        let config = asa(&format!("{some}{DENY}{BIND}"));
        silent(&RULE, &[("a", &config), ("b", &here), ("x", log)]);
    }

    #[test]
    fn a_log_in_which_somebody_gets_through_is_not_contradicted() {
        let (config, here) = (asa(&format!("{SSH}{DENY}{BIND}")), phone("203.0.113.1"));
        for log in [
            "%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.9/50092 for TLSv1 session.\n",
            "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <198.51.100.9> Address <192.0.2.77> assigned to session\n",
        ] {
            let finding = &fires(&RULE, &[("a", &config), ("b", &here), ("x", log)])[0];
            assert_eq!(
                (finding.confidence, finding.severity),
                (Confidence::Possible, Some(Severity::Warning))
            );
        }
        let denied =
            "%ASA-3-710003: TCP access denied by ACL from 198.51.100.9/50091 to outside:203.0.113.1/443\n";
        let finding = &fires(&RULE, &[("a", &config), ("b", &here), ("x", denied)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
    }

    #[test]
    fn what_is_not_shown_is_not_known() {
        let here = phone("203.0.113.1");
        for lines in [
            BIND.to_owned(),
            format!("access-list BOX extended permit object-group WEB any any\n{DENY}{BIND}"),
        ] {
            waits(&RULE, &[("a", &asa(&lines)), ("b", &here)]);
        }
        waits(&RULE, &[("a", &asa(&format!("{SSH}{DENY}{BIND}")))]);
        waits(&RULE, &[("a", "webvpn\n enable outside\n"), ("b", &here)]);
        let piece = asa(&format!("{SSH}{DENY}{BIND}")).replace(": end\n", "");
        let finding = &fires(&RULE, &[("a", &piece), ("b", &here)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        waits(&RULE, &[]);
    }

    #[test]
    fn a_name_with_commands_in_it_reaches_no_command() {
        let config = asa(&format!("{SSH}{DENY}{BIND}").replace("BOX", "x;reload"));
        let finding = &fires(&RULE, &[("a", &config), ("b", &phone("203.0.113.1"))])[0];
        let fixes = crate::rules::prose::parse(&RULE.prose).fixes_for(finding);
        assert!(fixes.iter().all(|fix| fix.commands.iter().all(|line| !line.contains("reload"))));
    }
}
