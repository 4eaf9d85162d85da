//! No trust-point is bound to the interface that the phones connect to.
//!
//! An ASA without `ssl trust-point … <interface>` presents a self-signed certificate of its own making (Cisco
//! 116162). That it is made anew at a reload, and its hash with it, is widely reported but in none of Cisco's
//! documents, so it is worded as likely.
//!
//! `ssl trust-point NAME domain HOST` is for clients that ask for that host alone. Where phones dial it, they may be shown
//! it; no document says whether they ask. With `vpnlb-ip` it is for the address of a load-balancing cluster alone (ASA
//! command reference, `ssl trust-point`).
//!
//! `webvpn` is often enabled on more interfaces than phones dial: inside for browsers, or a second line. Only the one
//! that a phone's URL leads to is judged; where that is a name, the one that is called outside, or all if none is bound.

use crate::case::Case;
use crate::facts::phone_interfaces::PhoneInterface;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-trustpoint-on-interface",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig],
    echoes: &["cert-hash-mismatch", "phone-rejected-server-certificate"],
    sources: &["Cisco 116162, certificate on the ASA"],
    prose: Text::fixed(
        include_str!("no_trustpoint_on_interface.en.md"),
        include_str!("no_trustpoint_on_interface.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let interfaces = case.phone_interfaces();
    if interfaces.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneConfig]));
    }
    let bare = interfaces.iter().filter(|interface| !interface.has_trustpoint);
    Ok(bare.map(tell).collect())
}

fn tell(interface: &PhoneInterface) -> Finding {
    let name = interface.name.value.as_str();
    let confidence = if interface.is_dialled { Confidence::Likely } else { Confidence::Possible };
    let by_name = interface.by_name.iter().map(|host| Evidence::marked(&host.place, &host.value, BY_NAME));
    let of_cluster = interface.of_cluster.as_ref();
    let cluster_line = of_cluster.map(|bound| Evidence::marked(&bound.place, &bound.value, OF_CLUSTER));
    let some_are_served = of_cluster.is_some() || !interface.by_name.is_empty();
    let absent = if some_are_served { ABSENT_FOR_ALL } else { ABSENT };
    let mut finding = Finding::new(confidence, Evidence::marked(&interface.name.place, name, ENABLED))
        .and(by_name)
        .and(cluster_line)
        .and([Evidence::not_in(&interface.searched, absent)])
        .value("interface", name);
    if interface.may_be_named {
        (finding.confidence, finding.severity) = (Confidence::Possible, Some(Severity::Warning));
        finding.title = Some(ONLY_BY_NAME.with("interface", Class::Interface, name));
        finding = finding.because(IF_NAMED);
    } else if !interface.by_name.is_empty() {
        finding = finding.because(NOT_DIALLED);
    }
    if of_cluster.is_some() {
        finding = finding.because(NOT_FOR_MEMBERS);
    }
    if !interface.is_dialled {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(MAY_BE_DIALLED);
    }
    finding
}

const ONLY_BY_NAME: Text = Text::fixed(
    "Interface {interface} has a trust-point only for clients that ask for a host by its name",
    "Die Schnittstelle {interface} hat einen Vertrauenspunkt nur für Clients, die einen Host beim Namen nennen",
);
const IF_NAMED: Text = Text::fixed(
    "The trust-point is for clients that name its host in their first message (SNI). No document says whether phones do; one that does not gets the self-signed certificate.",
    "Der Vertrauenspunkt ist für Clients, die seinen Host in ihrer ersten Nachricht nennen (SNI). Kein Dokument sagt, ob Telefone das tun; eines, das es nicht tut, bekommt das selbstsignierte Zertifikat.",
);
const NOT_DIALLED: Text = Text::fixed(
    "A trust-point with a domain is only for clients that ask for that host by its name. The phones dial another host, so they do not get it.",
    "Ein Vertrauenspunkt mit domain ist nur für Clients, die diesen Host beim Namen nennen. Die Telefone wählen einen anderen Host, bekommen ihn also nicht.",
);
const BY_NAME: Text = Text::fixed(
    "this trust-point is only for clients that ask for this host",
    "Dieser Vertrauenspunkt ist nur für Clients, die nach diesem Host fragen",
);
const OF_CLUSTER: Text = Text::fixed(
    "this trust-point is only for the cluster's address",
    "Dieser Vertrauenspunkt ist nur für die Adresse des Clusters",
);
const NOT_FOR_MEMBERS: Text = Text::fixed(
    "A trust-point with vpnlb-ip is shown at the load-balancing cluster's address. Phones cannot follow a redirect, so they have to dial this ASA's own address, and there it is not shown.",
    "Ein Vertrauenspunkt mit vpnlb-ip wird an der Adresse des Load-Balancing-Clusters vorgelegt. Telefone können einer Umleitung nicht folgen, müssen also die eigene Adresse dieser ASA wählen, und dort wird er nicht vorgelegt.",
);
const ABSENT_FOR_ALL: Text = Text::fixed(
    "there is no ssl trust-point line for all clients of it",
    "Für alle ihre Clients gibt es keine Zeile ssl trust-point",
);
const MAY_BE_DIALLED: Text = Text::fixed(
    "Another interface has a trust-point. The URL of the phones is a name, so which interface they dial is not known here.",
    "Eine andere Schnittstelle hat einen Vertrauenspunkt. Die URL der Telefone ist ein Name; welche Schnittstelle sie wählen, ist hier nicht bekannt.",
);
const ENABLED: Text =
    Text::fixed("SSL VPN is enabled on this interface", "Auf dieser Schnittstelle ist SSL-VPN aktiviert.");
const ABSENT: Text =
    Text::fixed("there is no ssl trust-point line for it", "Für sie gibt es keine Zeile ssl trust-point");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    fn config(ssl: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname asa\n{ssl}\nwebvpn\n enable outside\n anyconnect enable\n: end\n"
        )
    }

    #[test]
    fn an_interface_without_trust_point_is_told() {
        fires(&RULE, &[("asa.cfg", &config(""))]);
        fires(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES dmz"))]);
    }

    #[test]
    fn the_trust_point_of_a_clusters_address_is_none_of_the_interface() {
        let cluster = "ssl trust-point PHONES outside vpnlb-ip";
        let finding = &fires(&RULE, &[("asa.cfg", &config(cluster))])[0];
        let marks: Vec<_> = finding.evidence().iter().map(|piece| piece.mark.as_str()).collect();
        assert_eq!(marks, ["outside", "PHONES", ""]);
        assert!(finding.because[0].en().contains("vpnlb-ip"), "{:?}", finding.because);
        for own in ["ssl trust-point OWN outside", "ssl trust-point PHONES outside", "ssl trust-point OWN"] {
            silent(&RULE, &[("asa.cfg", &config(&format!("{own}\n{cluster}")))]);
            silent(&RULE, &[("asa.cfg", &config(&format!("{cluster}\n{own}")))]);
        }
        // Taken back is what was bound in the same words alone.
        let own = "ssl trust-point PHONES outside";
        silent(&RULE, &[("asa.cfg", &config(&format!("{own}\n{cluster}\nno {cluster}")))]);
        fires(&RULE, &[("asa.cfg", &config(&format!("{own}\n{cluster}\nno {own}")))]);
    }

    #[test]
    fn only_the_interface_that_phones_dial_is_judged() {
        let config = |bound: &str| {
            format!(
                "ASA Version 9.1(1)\nhostname asa\ninterface Vlan1\n nameif isp1\n ip address 192.0.2.1 255.255.255.0\n\
                 interface Vlan2\n nameif lan\n ip address 203.0.113.1 255.255.255.0\nssl trust-point PHONES {bound}\n\
                 webvpn\n enable isp1\n enable lan\n anyconnect enable\n: end\n"
            )
        };
        let phone =
            |host: &str| format!("<vpnGroup><addresses><url1>https://{host}/P</url1></addresses></vpnGroup>");
        let (address, name) = (phone("192.0.2.1"), phone("vpn.example.com"));
        silent(&RULE, &[("asa.cfg", &config("isp1")), ("a.xml", &address)]);
        let dialled = &fires(&RULE, &[("asa.cfg", &config("lan")), ("a.xml", &address)])[0];
        assert_eq!((dialled.confidence, dialled.severity), (Confidence::Likely, None));
        let unknown = &fires(&RULE, &[("asa.cfg", &config("lan")), ("a.xml", &name)])[0];
        assert_eq!((unknown.confidence, unknown.severity), (Confidence::Possible, Some(Severity::Warning)));
        waits(&RULE, &[("asa.cfg", &config("lan"))]);
        let outside = config("isp1").replace("isp1", "outside");
        silent(&RULE, &[("asa.cfg", &outside), ("a.xml", &name)]);
    }

    #[test]
    fn a_binding_for_the_interface_or_for_all_is_fine() {
        silent(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES outside"))]);
        silent(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES"))]);
    }

    #[test]
    fn an_excerpt_and_an_asa_without_webvpn_prove_nothing() {
        waits(&RULE, &[("asa.cfg", "webvpn\n enable outside\n")]);
        waits(
            &RULE,
            &[("asa.cfg", "ASA Version 9.1(1)\nhostname asa\ninterface Vlan1\n nameif outside\n: end\n")],
        );
    }
}
