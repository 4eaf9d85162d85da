//! Phones' sessions have their TLS tunnel and never the one over UDP (DTLS).
//!
//! Log: a phone's session has its tunnel over TCP and never one over UDP, or DTLS was disabled for want of a cipher. `show vpn-sessiondb`: `Protocol` names SSL-Tunnel and not DTLS-Tunnel (Cisco 115785 shows both for a
//! phone). Configuration: `anyconnect ssl dtls none` in the phones' group policy, `enable outside tls-only`; and, as the reason of what a log or
//! list shows, ciphers for DTLS without AES256-SHA and AES128-SHA (openconnect-gui, issue 54: DHE suites alone). Without DTLS, voice goes over TCP
//! or the phone gives the connection up.
//!
//! That no UDP is logged proves something only where the log goes on after the TCP tunnel.

use std::collections::BTreeMap;

use super::cipher_lists::{self, AES_SHA};
use crate::case::Case;
use crate::event::{Transport, TransportStep};
use crate::facts::listed_sessions;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::tls_versions::Protocol;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "dtls-not-established",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaLog, Need::AsaSessions, Need::AsaConfig, Need::AsaSsl, Need::Capture],
    echoes: &[],
    sources: &[
        "Cisco 115785, a phone's session",
        "Cisco Secure Firewall ASA syslog guide, 722022 and 722043",
        "Cisco Secure Firewall ASA command reference, enable (webvpn)",
    ],
    prose: Text::fixed(
        include_str!("dtls_not_established.en.md"),
        include_str!("dtls_not_established.de.md"),
    ),
    check,
};

/// Events that a log must hold after a TCP tunnel before the missing UDP is told: a phone opens it at once.
const EVENTS_AFTER: usize = 3;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let switched_off = by_policy(case);
    let logs = by_logs(case);
    let lists = by_session_lists(case);
    let seen = logs.with + lists.with > 0;
    let tls_only = by_interfaces(case);
    let mut lines: Vec<(Confidence, Evidence)> = switched_off;
    lines.extend(tls_only.iter().map(|(confidence, line, _)| (*confidence, line.clone())));
    lines.extend(logs.lines);
    lines.extend(lists.lines);
    lines.extend(by_handshakes(case));
    // The surest line speaks for all: the others say the same of other sessions.
    lines.sort_by_key(|(confidence, _)| *confidence);
    let confidence = lines.first().map(|(confidence, _)| *confidence);
    let mut proof = lines.into_iter().map(|(_, line)| line);
    let (Some(confidence), Some(first)) = (confidence, proof.next()) else {
        return if seen { Ok(Vec::new()) } else { Err(Missing(vec![Need::AsaLog, Need::AsaSessions])) };
    };
    let without = logs.without + lists.without;
    let with = logs.with + lists.with;
    let mut finding = Finding::new(confidence, first).and(proof);
    if let Some(policy) = case.effective_policies.iter().find(|policy| !policy.policy.is_empty()) {
        finding = finding.value("policy", policy.policy.clone());
    }
    finding = with_list(case, finding);
    if let Some((.., interface)) = tls_only.first() {
        finding = finding.value("interface", interface.clone()).fix("interface");
    }
    if without > 0 {
        finding = finding.because(COUNTED.number("without", without).number("with", with));
    }
    Ok(vec![finding])
}

/// Interfaces that phones may dial and that have no DTLS, with their names.
fn by_interfaces(case: &Case<'_>) -> Vec<(Confidence, Evidence, String)> {
    let mut lines = Vec::new();
    for block in webvpn::of(&case.documents).filter(|block| case.may_serve(block.input())) {
        let device = case.device_of(block.input());
        let own = || case.gateway_interfaces.iter().filter(|gateway| Some(gateway.device) == device);
        let dialled = |name: &str| own().any(|gateway| gateway.dialled.is_some() && gateway.name == name);
        let any_dialled = own().any(|gateway| gateway.dialled.is_some());
        for interface in block.tls_only() {
            let confidence = match any_dialled {
                true if !dialled(&interface.value) => continue,
                true => Confidence::Likely,
                false if block.interfaces().len() == 1 => Confidence::Likely,
                false => Confidence::Possible,
            };
            let line = Evidence::marked(&interface.place, "tls-only", TLS_ONLY);
            lines.push((confidence, line, interface.value));
        }
    }
    lines
}

/// Handshakes over UDP that found no cipher or version in common.
fn by_handshakes(case: &Case<'_>) -> impl Iterator<Item = (Confidence, Evidence)> {
    let refused = || case.tls_objections.iter().filter(|one| one.is_of_datagrams_alone());
    let tied = refused().any(|one| one.tied);
    refused()
        .filter(move |one| one.tied || !tied)
        .map(|one| (one.confidence, Evidence::marked(&one.place, &one.mark, REFUSED)))
}

/// Why: the list of ciphers that holds for DTLS has none of those that phones use there. Up to 9.3(1) it is the one of
/// `ssl encryption`.
fn with_list(case: &Case<'_>, finding: Finding) -> Finding {
    let found = case.negotiations.iter().find_map(|negotiation| {
        let list = negotiation.server.lists.get(&Protocol::Dtls10)?;
        let has = list.suites.iter().any(|name| AES_SHA.contains(&name.as_str()));
        let place = list.ground.place().filter(|_| list.complete && list.ground.is_shown() && !has)?;
        Some((negotiation, list, place))
    });
    let Some((negotiation, list, place)) = found else { return finding };
    let server = Some(&negotiation.server);
    let finding = finding
        .and([Evidence::at(place, LIST)])
        .because(WITHOUT_AES.with("suites", Class::Words, list.suites.join(", ")))
        .computed("encryption", cipher_lists::encryption(server))
        .computed("datagram-suites", cipher_lists::custom(server, Protocol::Dtls10));
    match negotiation.server.has_cipher_command() {
        Some(false) => finding.fix("encryption"),
        Some(true) => finding.fix("cipher"),
        None => finding.fix("encryption").fix("cipher"),
    }
}

/// Sessions of phones with and without their tunnel over UDP.
#[derive(Default)]
struct DtlsSessions {
    with: u32,
    without: u32,
    lines: Vec<(Confidence, Evidence)>,
}

/// One phone's tunnels in one log.
#[derive(Default)]
struct Tunnels {
    tcp: Option<(Place, usize)>,
    udp: bool,
    refused: Option<Place>,
}

fn by_logs(case: &Case<'_>) -> DtlsSessions {
    let mut seen = DtlsSessions::default();
    for log in case.documents.logs_by(By::AsaLog) {
        let events = &log.observations;
        let mut phones: BTreeMap<(&str, &str), Tunnels> = BTreeMap::new();
        for (index, event) in events.iter().enumerate() {
            let Some(session) = event.session() else { continue };
            let tells = matches!(event.what, What::TunnelTransport { .. } | What::DtlsDisabled { .. });
            if !tells || !case.whose.is_phones(session) {
                continue;
            }
            let place = || event.place();
            let key = (session.user.as_str(), session.address.as_str());
            match event.what {
                What::TunnelTransport { transport, step } if comes_up(step) => {
                    let tunnels = phones.entry(key).or_default();
                    match transport {
                        Transport::Tcp if tunnels.tcp.is_none() => tunnels.tcp = Some((place(), index)),
                        Transport::Udp => tunnels.udp = true,
                        _ => {}
                    }
                }
                What::DtlsDisabled { .. } => {
                    phones.entry(key).or_default().refused.get_or_insert_with(place);
                }
                _ => {}
            }
        }
        for tunnels in phones.into_values() {
            seen.with += u32::from(tunnels.udp);
            if tunnels.udp {
                continue;
            }
            if let Some(place) = tunnels.refused {
                seen.without += 1;
                seen.lines.push((Confidence::Certain, Evidence::at(&place, DISABLED)));
            } else if let Some((place, index)) = tunnels.tcp
                && events.len().saturating_sub(index) > EVENTS_AFTER
            {
                seen.without += 1;
                seen.lines.push((Confidence::Likely, Evidence::at(&place, ONLY_TCP)));
            }
        }
    }
    seen
}

fn comes_up(step: TransportStep) -> bool {
    !matches!(step, TransportStep::Stale | TransportStep::Terminated)
}

fn by_session_lists(case: &Case<'_>) -> DtlsSessions {
    let mut seen = DtlsSessions::default();
    for session in listed_sessions::of_phones(&case.documents, &case.phone_groups) {
        let Some(protocol) = session.protocol() else { continue };
        match (session.has_tunnel("SSL-Tunnel"), session.has_tunnel("DTLS-Tunnel")) {
            (_, Some(true)) => seen.with += 1,
            (Some(true), Some(false)) => {
                seen.without += 1;
                let line = Evidence::marked(&protocol.place, &protocol.value, NO_TUNNEL);
                seen.lines.push((Confidence::Certain, line));
            }
            _ => {}
        }
    }
    seen
}

/// The phones' group policy says none.
fn by_policy(case: &Case<'_>) -> Vec<(Confidence, Evidence)> {
    let mut lines: Vec<(Confidence, Evidence)> = Vec::new();
    for policy in &case.effective_policies {
        let Some(setting) = policy.setting("anyconnect ssl dtls") else { continue };
        let Some(place) = setting.set().filter(|_| setting.value == "none") else { continue };
        let line = Evidence::marked(place, &setting.value, SWITCHED_OFF);
        if !lines.iter().any(|(_, known)| *known == line) {
            lines.push((policy.confidence(setting).max(Confidence::Likely), line));
        }
    }
    lines
}

const LIST: Text = Text::fixed(
    "this list has neither AES256-SHA nor AES128-SHA for DTLS",
    "Diese Liste hat für DTLS weder AES256-SHA noch AES128-SHA",
);
const WITHOUT_AES: Text = Text::fixed(
    "For DTLS the ASA allows {suites}. A phone needs AES256-SHA or AES128-SHA there; DHE ciphers alone leave it without a tunnel over UDP, whatever TLS agrees on.",
    "Für DTLS lässt die ASA {suites} zu. Ein Telefon braucht dort AES256-SHA oder AES128-SHA; mit DHE-Chiffren allein bekommt es keinen Tunnel über UDP, was auch immer TLS vereinbart.",
);
const REFUSED: Text = Text::fixed(
    "the DTLS handshake ended: no version or cipher in common",
    "Der DTLS-Handshake ist gescheitert: keine gemeinsame Version oder Chiffre",
);
const ONLY_TCP: Text = Text::fixed(
    "the tunnel over TCP is there; none over UDP follows",
    "Der Tunnel über TCP steht; über UDP folgt keiner",
);
const DISABLED: Text = Text::fixed(
    "the ASA gave DTLS up for want of a common cipher",
    "Die ASA hat DTLS aufgegeben, weil eine gemeinsame Chiffre fehlt",
);
const NO_TUNNEL: Text = Text::fixed(
    "a phone's session with SSL-Tunnel and without DTLS-Tunnel",
    "Die Sitzung eines Telefons mit SSL-Tunnel und ohne DTLS-Tunnel",
);
const TLS_ONLY: Text = Text::fixed("this interface takes no DTLS", "Diese Schnittstelle nimmt kein DTLS an");
const SWITCHED_OFF: Text = Text::fixed(
    "the phones' group policy switches DTLS off",
    "Die Gruppenrichtlinie (group-policy) der Telefone schaltet DTLS ab",
);
const COUNTED: Text = Text::fixed(
    "Phones' sessions without a tunnel over UDP: {without}; with one: {with}.",
    "Sitzungen von Telefonen ohne Tunnel über UDP: {without}; mit: {with}.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn tunnel(user: &str, transport: &str) -> String {
        format!(
            "%ASA-6-722022: Group <P> User <{user}> IP <203.0.113.9> {transport} SVC connection established without compression\n"
        )
    }

    const PHONE: &str = "CP-8851-SEP001122334455";
    const LATER: &str = "%ASA-5-722033: Group <P> User <pc> IP <203.0.113.8> First UDP SVC connection established for SVC session.\n";

    fn log(tcp: &str, rest: &str) -> String {
        format!("{tcp}{rest}{LATER}{LATER}{LATER}{LATER}")
    }

    #[test]
    fn a_phone_with_tcp_alone_is_told_and_a_pc_is_not() {
        let only = log(&tunnel(PHONE, "TCP"), &tunnel("pc", "TCP"));
        let finding = &fires(&RULE, &[("asa.log", &only)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert_eq!(finding.evidence().len(), 1);
        assert!(finding.because[0].en().contains("without a tunnel over UDP: 1; with one: 0"));
        silent(&RULE, &[("asa.log", &log(&tunnel(PHONE, "TCP"), &tunnel(PHONE, "UDP")))]);
        waits(&RULE, &[("asa.log", &log(&tunnel("pc", "TCP"), ""))]);
    }

    #[test]
    fn a_handshake_over_udp_that_agrees_on_nothing_is_told() {
        let handshake = |address: &str, protocol: &str, reason: &str| {
            format!(
                "%ASA-6-725001: Starting SSL handshake with client outside:{address}/50100 to 198.51.100.1/443 for {protocol} session.\n\
                 %ASA-7-725014: SSL lib error. Function: tls_post_process_client_hello Reason: {reason}\n\
                 %ASA-6-725006: Device failed SSL handshake with client outside:{address}/50100 to 198.51.100.1/443\n"
            )
        };
        let of_pc = tunnel("pc", "TCP").replace("203.0.113.9", "203.0.113.8");
        for reason in ["no shared cipher", "unsupported protocol"] {
            let log = format!("{}{}", tunnel(PHONE, "TCP"), handshake("203.0.113.9", "DTLSv1", reason));
            assert_eq!(fires(&RULE, &[("asa.log", &log)])[0].confidence, Confidence::Likely, "{reason}");
            let pcs = format!("{of_pc}{}", handshake("203.0.113.8", "DTLSv1", reason));
            waits(&RULE, &[("asa.log", &pcs)]);
            waits(&RULE, &[("asa.log", &handshake("203.0.113.9", "TLSv1", reason))]);
        }
    }

    #[test]
    fn a_log_that_ends_there_proves_nothing() {
        waits(&RULE, &[("asa.log", &tunnel(PHONE, "TCP"))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_missing_cipher_is_certain() {
        let line = format!(
            "%ASA-5-722043: Group <P> User <{PHONE}> IP <203.0.113.9> DTLS disabled: unable to negotiate cipher.\n"
        );
        assert_eq!(fires(&RULE, &[("asa.log", &line)])[0].confidence, Confidence::Certain);
    }

    #[test]
    fn the_list_of_sessions_shows_the_tunnels() {
        let list = |tunnels: &str| {
            format!(
                "Session Type: AnyConnect\n\nUsername     : {PHONE}   Index        : 57\nAssigned IP  : 198.51.100.7   Public IP    : 203.0.113.9\nProtocol     : AnyConnect-Parent {tunnels}\nLicense      : AnyConnect Premium, AnyConnect for Cisco VPN Phone\nGroup Policy : P   Tunnel Group : VPNPhone\n"
            )
        };
        let finding = &fires(&RULE, &[("x", &list("SSL-Tunnel"))])[0];
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 5);
        silent(&RULE, &[("x", &list("SSL-Tunnel DTLS-Tunnel"))]);
    }

    #[test]
    fn the_phones_group_policy_may_switch_it_off() {
        let config = |word: &str| {
            format!(
                "ASA Version 9.1(1)\nhostname asa\ngroup-policy P internal\ngroup-policy P attributes\n webvpn\n  anyconnect ssl dtls {word}\n\
                tunnel-group VPNPhone type remote-access\ntunnel-group VPNPhone general-attributes\n default-group-policy P\n\
                tunnel-group VPNPhone webvpn-attributes\n group-url https://vpn.example.com/Phones enable\nwebvpn\n enable outside\n: end\n"
            )
        };
        let phone = "<device><vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1></addresses></vpnGroup></device>";
        let finding = &fires(&RULE, &[("a", &config("none")), ("SEP001122334455.cnf.xml", phone)])[0];
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 6);
        waits(&RULE, &[("a", &config("enable")), ("SEP001122334455.cnf.xml", phone)]);
    }

    #[test]
    fn an_interface_for_tls_alone_is_told() {
        let config = |lines: &str| {
            format!(
                "ASA Version 9.8(4)\nhostname asa\ninterface GigabitEthernet0/0\n nameif outside\n ip address 198.51.100.1 255.255.255.0\n\
                interface GigabitEthernet0/1\n nameif inside\n ip address 192.0.2.1 255.255.255.0\nwebvpn\n{lines}\
                tunnel-group VPNPhone type remote-access\ntunnel-group VPNPhone webvpn-attributes\n \
                group-url https://198.51.100.1/Phones enable\n: end\n"
            )
        };
        let phone = "<device><vpnGroup><addresses><url1>https://198.51.100.1/Phones</url1></addresses></vpnGroup></device>";
        let files = |lines: &str, with_phone: bool| {
            let mut files = vec![("asa.cfg".to_owned(), config(lines))];
            if with_phone {
                files.push(("SEP001122334455.cnf.xml".to_owned(), phone.to_owned()));
            }
            files
        };
        for (lines, with_phone, told) in [
            (" enable outside tls-only\n", true, Some(Confidence::Likely)),
            (" enable outside tls-only\n enable inside\n", true, Some(Confidence::Likely)),
            (" enable outside\n enable inside tls-only\n", true, None),
            (" enable outside tls-only\n enable outside\n", true, None),
            (" enable outside\n", true, None),
            (" enable outside tls-only\n", false, Some(Confidence::Likely)),
            (" enable outside tls-only\n enable inside\n", false, Some(Confidence::Possible)),
        ] {
            let files = files(lines, with_phone);
            let files: Vec<(&str, &str)> =
                files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            match told {
                Some(confidence) => {
                    let finding = &fires(&RULE, &files)[0];
                    assert_eq!(
                        (finding.confidence, finding.evidence()[0].at.as_ref().unwrap().line),
                        (confidence, 10)
                    );
                    assert_eq!(finding.fixes, ["interface"], "{lines}");
                }
                None => {
                    waits(&RULE, &files);
                }
            }
        }
    }

    #[test]
    fn a_list_without_the_phones_ciphers_is_the_reason() {
        let session = format!(
            "Session Type: AnyConnect\n\nUsername     : {PHONE}   Index        : 12\nProtocol     : AnyConnect-Parent SSL-Tunnel\nTunnel Group : VPNPhone\n"
        );
        for (ssl, fix) in [
            ("ssl encryption dhe-aes256-sha1 dhe-aes128-sha1", "encryption"),
            ("ssl cipher dtlsv1 custom \"DHE-RSA-AES256-SHA\"", "cipher"),
        ] {
            let finding = &fires(&RULE, &[("ssl.txt", &format!("{ssl}\n")), ("sessions.txt", &session)])[0];
            assert!(finding.because[0].en().contains("DHE-RSA-AES256-SHA"), "{ssl}: {:?}", finding.because);
            assert_eq!(finding.fixes, [fix], "{ssl}");
        }
        let good = "ssl encryption dhe-aes256-sha1 aes128-sha1\n";
        let finding = &fires(&RULE, &[("ssl.txt", good), ("sessions.txt", &session)])[0];
        assert!(finding.fixes.is_empty() && finding.evidence().len() == 1);
    }
}
