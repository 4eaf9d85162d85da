//! The ASA drops a phone's packets to its SSL VPN port, or shuns the phone's address.
//!
//! Log: `%ASA-3-710003: TCP access denied by ACL from 192.0.2.9/50091 to outside:198.51.100.1/443` and
//! the like; `%ASA-4-733201: Threat-detection: … adding shun to interface outside` after many failed logins, of
//! one phone or of all phones behind one address (ASA syslog guide).
//!
//! Every public address is knocked at all day, so a dropped packet counts where its sender is known to be a phone's;
//! else only where the log shows no SSL VPN client at all, and then as possible. Late packets of closed
//! connections are normal.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::case::Case;
use crate::event::Transport;
use crate::facts::gateway_address;
use crate::facts::public_addresses;
use crate::facts::whose::Witness;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "connection-denied-by-acl",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::Capture],
    echoes: &["gateway-not-reached"],
    sources: &[
        "Cisco Secure Firewall ASA syslog guide, 106001 to 106100, 401002, 710003, 710005, 733102, 733201",
    ],
    prose: Text::fixed(
        include_str!("connection_denied_by_acl.en.md"),
        include_str!("connection_denied_by_acl.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = public_addresses::of(&case.handshakes, &case.phone_groups);
    let gate = Gate::of(case);
    let mut findings = Vec::new();
    let mut tied = false;
    for log in case.documents.logs_by(By::AsaLog) {
        tied |= log.observations.iter().any(|event| {
            event.session().is_some_and(|session| phones.contains(&session.address))
                || event.peer().is_some_and(|peer| phones.contains(&peer.address))
        });
        for (address, refused) in refused(&gate, log, &phones) {
            findings.extend(refused.shunned(address));
            findings.extend(refused.dropped(address));
        }
        findings.extend(unknown_sender(case, &gate, log, &phones));
        findings.extend(shunned_unknown(&gate, log, &phones));
    }
    if findings.is_empty() && !tied {
        return Err(Missing(vec![Need::AsaLog, Need::PhoneLog]));
    }
    Ok(findings)
}

/// What the ASA keeps from one phone's address.
#[derive(Default)]
struct Refused<'o, 'a> {
    /// Its shun, as a place in the log, and the interface.
    shun: Option<(usize, &'o Observation<'a>, &'a str)>,
    /// Its packets that were dropped, and after which it did not get through.
    drops: Vec<(&'o Observation<'a>, Transport)>,
}

/// What is kept from each phone's address at the end of a log, by one way through it.
fn refused<'o, 'a>(
    gate: &Gate,
    log: &'o Log<'a>,
    phones: &BTreeSet<String>,
) -> BTreeMap<&'a str, Refused<'o, 'a>> {
    let mut all: BTreeMap<&str, Refused<'_, '_>> = BTreeMap::new();
    // Where all shuns were taken back at once.
    let mut cleared = None;
    for (index, event) in log.observations.iter().enumerate() {
        match event.what {
            What::Shunned { address, interface } if phones.contains(address) => {
                let shun = &mut all.entry(address).or_default().shun;
                if shun.is_none_or(|(at, ..)| Some(at) < cleared) {
                    *shun = Some((index, event, interface));
                }
            }
            What::Unshunned { address: "" } => cleared = Some(index),
            What::Unshunned { address } => {
                all.entry(address).and_modify(|known| known.shun = None);
            }
            // Its handshake need not be logged.
            What::HandshakeStarted { .. } | What::AddressAssigned { .. } | What::TunnelTransport { .. } => {
                let peer = event.peer().map(|peer| &peer.address);
                let address = peer.or(event.session().map(|session| &session.address));
                if let Some(known) = address.and_then(|address| all.get_mut(address.as_str())) {
                    known.shun = None;
                    known.drops.retain(|(_, transport)| *transport == Transport::Udp);
                }
            }
            _ => {
                if let Some((transport, from)) = gate.denied(event)
                    && phones.contains(from)
                {
                    all.entry(from).or_default().drops.push((event, transport));
                }
            }
        }
    }
    for known in all.values_mut() {
        known.shun = known.shun.filter(|(at, ..)| Some(*at) > cleared);
    }
    all
}

impl Refused<'_, '_> {
    fn shunned(&self, address: &str) -> Option<Finding> {
        let (_, event, interface) = self.shun?;
        Some(shun(event, address, interface))
    }

    fn dropped(&self, address: &str) -> Option<Finding> {
        let udp = self.drops.iter().all(|(_, transport)| *transport == Transport::Udp);
        let mut lines =
            self.drops.iter().map(|(event, _)| Evidence::marked(&event.place(), address, DROPPED));
        let first = lines.next()?;
        let because = if udp { FROM_PHONE_UDP } else { FROM_PHONE };
        let mut finding = Finding::new(Confidence::Certain, first)
            .and(lines)
            .because(because.with("address", Class::Host, address))
            .fix("permit")
            .value("address", address);
        // Without UDP the phone still has its TLS channel.
        finding.severity = udp.then_some(Severity::Warning);
        Some(finding)
    }
}

fn shun(event: &Observation<'_>, address: &str, interface: &str) -> Finding {
    let proof = Evidence::marked(&event.place(), address, SHUNNED);
    let finding = Finding::new(Confidence::Certain, proof)
        .because(SHUN.with("address", Class::Host, address))
        .fix("shun")
        .value("address", address);
    if interface.is_empty() { finding } else { finding.value("interface", interface) }
}

/// Packets to the address that phones dial, from a sender that is not known. Where no phone says what it dials, packets
/// to the ASA's own port of SSL VPN in a log that shows no client of it.
fn unknown_sender(case: &Case<'_>, gate: &Gate, log: &Log<'_>, phones: &BTreeSet<String>) -> Option<Finding> {
    let any_client = log.observations.iter().any(is_client);
    let dialled = !gate.addresses.is_empty();
    if any_client && !dialled {
        return None;
    }
    let drops = log.observations.iter().filter(|event| {
        gate.denied(event).is_some_and(|(transport, from)| {
            let other = case.whose.address(from).confidence().is_none();
            transport != Transport::Udp && !phones.contains(from) && !other
        })
    });
    let mut lines = drops
        .map(|event| Evidence::at(&event.place(), if dialled { DROPPED_UNKNOWN } else { DROPPED_SOMEBODY }));
    let first = lines.next()?;
    let witness = if dialled && !any_client { Witness::Dialled } else { Witness::Nothing };
    let because = match (dialled, any_client) {
        (true, false) => DIALLED,
        (true, true) => OTHERS_PASS,
        (false, _) => UNKNOWN,
    };
    let mut finding = Finding::new(witness.confidence(), first).and(lines).because(because).fix("permit");
    if finding.confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
    }
    Some(finding)
}

/// An address that the ASA shuns, in a log in which nobody gets through, beside a phone whose address is not known.
fn shunned_unknown(gate: &Gate, log: &Log<'_>, phones: &BTreeSet<String>) -> Option<Finding> {
    let events = &log.observations;
    if gate.addresses.is_empty() || events.iter().any(is_client) {
        return None;
    }
    let mut shuns: BTreeMap<&str, (&Observation<'_>, &str)> = BTreeMap::new();
    for event in events {
        match event.what {
            What::Shunned { address, interface } if !phones.contains(address) => {
                shuns.entry(address).or_insert((event, interface));
            }
            What::Unshunned { address: "" } => shuns.clear(),
            What::Unshunned { address } => drop(shuns.remove(address)),
            _ => {}
        }
    }
    let (address, (event, interface)) = shuns.pop_first()?;
    let mut finding = shun(event, address, interface);
    finding.confidence = Confidence::Possible;
    finding.severity = Some(Severity::Warning);
    finding.because = vec![SHUN_UNKNOWN];
    Some(finding)
}

/// What the phones dial.
struct Gate {
    /// By their files and logs, and by the interface of an ASA that has them.
    addresses: BTreeSet<IpAddr>,
    /// The ports of their URLs, and 443.
    ports: BTreeSet<u16>,
}

impl Gate {
    fn of(case: &Case<'_>) -> Self {
        let by_phones = gateway_address::dialled(&case.documents, &case.gateway_urls);
        let interfaces = case.gateway_interfaces.iter().filter(|it| it.dialled.is_some());
        let urls = case.gateway_urls.iter().filter_map(|dialled| dialled.url.as_ref());
        Self {
            addresses: by_phones
                .into_iter()
                .map(|(address, _)| address)
                .chain(interfaces.filter_map(|it| it.address))
                .collect(),
            ports: urls.map(|url| url.effective_port()).chain([DEFAULT_PORT]).collect(),
        }
    }

    /// The sender of a packet to the SSL VPN port of the phones' gateway that was dropped.
    fn denied<'a>(&self, event: &Observation<'a>) -> Option<(Transport, &'a str)> {
        let What::PacketDenied { transport, from, to, of_asa, stale: false } = event.what else {
            return None;
        };
        if !to.port.is_some_and(|port| self.ports.contains(&port)) {
            return None;
        }
        // Where nobody says what phones dial, a packet may be for a server behind the ASA.
        let here = if self.addresses.is_empty() {
            of_asa
        } else {
            to.address.parse().is_ok_and(|target| self.addresses.contains(&target))
        };
        here.then_some((transport, from.address.as_str()))
    }
}

/// Somebody's handshake or session.
fn is_client(event: &Observation<'_>) -> bool {
    event.peer().is_some() || event.session().is_some()
}

/// Of HTTPS.
const DEFAULT_PORT: u16 = 443;

const SHUNNED: Text =
    Text::fixed("the ASA shuns the phone's address", "Die ASA sperrt die Adresse des Telefons");
const DROPPED: Text =
    Text::fixed("the ASA drops the phone's packet", "Die ASA verwirft das Paket des Telefons");
const DROPPED_UNKNOWN: Text = Text::fixed(
    "the ASA drops a packet to the address that the phones dial",
    "Die ASA verwirft ein Paket an die Adresse, die die Telefone wählen",
);
const SHUN: Text = Text::fixed(
    "From {address} a phone logs in. As long as this address is shunned, the ASA drops everything from it, of other phones behind the same router, too.",
    "Von {address} meldet sich ein Telefon an. Solange diese Adresse gesperrt ist, verwirft die ASA alles, was von ihr kommt, auch von anderen Telefonen hinter demselben Router.",
);
const SHUN_UNKNOWN: Text = Text::fixed(
    "The log shows no client that gets through. Whether a phone is at the shunned address is not shown: compare it with the public address of the phone's site.",
    "Das Protokoll zeigt keinen Client, der durchkommt. Ob an der gesperrten Adresse ein Telefon ist, ist nicht belegt: Vergleichen Sie sie mit der öffentlichen Adresse am Standort des Telefons.",
);
const FROM_PHONE: Text = Text::fixed(
    "From {address} a phone logs in at other times; here its packets to port 443 are dropped, and no handshake follows.",
    "Von {address} meldet sich sonst ein Telefon an; hier werden seine Pakete an Port 443 verworfen, und kein Handshake folgt.",
);
const FROM_PHONE_UDP: Text = Text::fixed(
    "Only UDP from {address} is dropped: the login succeeds and DTLS does not.",
    "Verworfen wird nur UDP von {address}: Die Anmeldung gelingt, DTLS nicht.",
);
const DROPPED_SOMEBODY: Text = Text::fixed(
    "the ASA drops a packet to its own port 443",
    "Die ASA verwirft ein Paket an ihren eigenen Port 443",
);
const DIALLED: Text = Text::fixed(
    "That is the address which the phone dials, and the log shows no client that gets through.",
    "Das ist die Adresse, die das Telefon wählt, und das Protokoll zeigt keinen Client, der durchkommt.",
);
const OTHERS_PASS: Text = Text::fixed(
    "That is the address which the phone dials. Others get through, and nothing shows whether a phone sent these packets.",
    "Das ist die Adresse, die das Telefon wählt. Andere kommen durch, und ob ein Telefon diese Pakete gesendet hat, ist nicht belegt.",
);
const UNKNOWN: Text = Text::fixed(
    "Whether a phone sent these packets is not shown: its public address is not known, and the log shows no SSL VPN client at all.",
    "Ob ein Telefon diese Pakete gesendet hat, ist nicht belegt: Seine öffentliche Adresse ist nicht bekannt, und das Protokoll zeigt überhaupt keinen SSL-VPN-Client.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const LOGIN: &str = "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <192.0.2.9> Address <198.51.100.7> assigned to session\n";
    const DENIED: &str =
        "%ASA-3-710003: TCP access denied by ACL from 192.0.2.9/50091 to outside:203.0.113.1/443\n";

    const ASA: &str = "ASA Version 9.1(1)\ninterface Vlan1\n nameif outside\n ip address 203.0.113.1 255.255.255.0\nwebvpn\n enable outside\n: end\n";
    const PHONE: &str = "<vpnGroup><addresses><url1>https://203.0.113.1/P</url1></addresses></vpnGroup>";

    #[test]
    fn packets_of_a_phone_that_are_dropped_are_told() {
        let finding = &fires(&RULE, &[("x", &format!("{LOGIN}{DENIED}"))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 2);
        assert_eq!(finding.fixes, ["permit"]);
        let udp = DENIED.replace("TCP", "UDP");
        let finding = &fires(&RULE, &[("x", &format!("{LOGIN}{udp}"))])[0];
        assert_eq!(finding.severity, Some(Severity::Warning));
    }

    #[test]
    fn strangers_late_packets_and_other_ports_are_not() {
        for line in [
            DENIED.replace("192.0.2.9", "192.0.2.66"),
            DENIED.replace("/443", "/22"),
            format!(
                "{DENIED}%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50092 for TLSv1 session.\n"
            ),
        ] {
            silent(&RULE, &[("x", &format!("{LOGIN}{line}"))]);
        }
    }

    #[test]
    fn a_late_packet_of_a_closed_connection_is_no_denial() {
        let late = "%ASA-6-106015: Deny TCP (no connection) from 192.0.2.9/50091 to 203.0.113.1/443 flags RST on interface outside\n";
        silent(&RULE, &[("a", ASA), ("b", PHONE), ("x", &format!("{LOGIN}{late}"))]);
        let denied = "%ASA-4-106023: Deny tcp src outside:192.0.2.9/50091 dst outside:203.0.113.1/443 by access-group \"outside_in\" [0x0, 0x0]\n";
        fires(&RULE, &[("a", ASA), ("b", PHONE), ("x", &format!("{LOGIN}{denied}"))]);
        silent(&RULE, &[("x", &format!("{LOGIN}{denied}"))]);
    }

    #[test]
    fn a_shun_holds_until_it_is_taken_back() {
        let shun = "%ASA-4-733102: Threat-detection adds host 192.0.2.9 to shun list\n";
        let finding = &fires(&RULE, &[("x", &format!("{LOGIN}{shun}"))])[0];
        assert_eq!(finding.fixes, ["shun"]);
        assert!(finding.because[0].en().contains("192.0.2.9"));
        let back = "%ASA-4-733103: Threat-detection removes host 192.0.2.9 from shun list\n";
        silent(&RULE, &[("x", &format!("{LOGIN}{shun}{back}"))]);
        silent(&RULE, &[("x", &format!("{LOGIN}{}", shun.replace("2.9", "2.66")))]);
        let by_hand = "%ASA-4-401002: Shun added: 192.0.2.9 0.0.0.0 0 0\n";
        fires(&RULE, &[("x", &format!("{LOGIN}{by_hand}"))]);
        for back in [
            "%ASA-4-401003: Shun deleted: 192.0.2.9\n",
            "%ASA-4-401001: Shuns cleared\n",
            "%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 for TLS session\n",
        ] {
            silent(&RULE, &[("x", &format!("{LOGIN}{by_hand}{back}"))]);
            fires(&RULE, &[("x", &format!("{LOGIN}{by_hand}{back}{by_hand}"))]);
        }
    }

    #[test]
    fn packets_to_the_dialled_address_are_likely_a_phones() {
        for files in [&[("b", PHONE), ("x", DENIED)][..], &[("a", ASA), ("b", PHONE), ("x", DENIED)]] {
            let finding = &fires(&RULE, files)[0];
            assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        }
        let log = format!("{}{DENIED}", LOGIN.replace("192.0.2.9", "192.0.2.77"));
        for (files, lines) in [(&[("b", PHONE), ("x", log.as_str())][..], 2), (&[("x", DENIED)], 1)] {
            let finding = &fires(&RULE, files)[0];
            assert_eq!(
                (finding.confidence, finding.severity),
                (Confidence::Possible, Some(Severity::Warning))
            );
            assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, lines);
        }
        waits(&RULE, &[("x", &DENIED.replace("710003", "106023"))]);
        waits(&RULE, &[("b", PHONE), ("x", &DENIED.replace("203.0.113.1/", "203.0.113.2/"))]);
        waits(&RULE, &[]);
    }
}
