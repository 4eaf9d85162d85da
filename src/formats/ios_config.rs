//! The SSL VPN of an IOS router: a gateway of another make than an ASA.
//!
//! ```text
//! version 15.3
//! hostname r1921
//! webvpn gateway GW
//!  ip address 192.0.2.1 port 443
//!  ssl trustpoint TP-self-signed-1000000001
//!  inservice
//! webvpn context PHONES
//!  gateway GW domain phones
//! ```
//! ```text
//! crypto ssl policy PHONES                    the same since IOS XE 3.12
//!  pki trustpoint TP1 sign
//!  ip address local 192.0.2.1 port 443
//! crypto ssl profile PHONES
//! ```
//! Empty: a router without any of these blocks gives no document.
//! Quirks: the certificates under `crypto pki certificate chain` are read with those of an ASA, which writes them alike.
//! A block ends where the indentation does. CME's part of the same configuration is read for itself.
//! Sources: Cisco IOS SSL VPN configuration guide, 15M&T (`webvpn gateway`, `webvpn context`, `ssl trustpoint`); SSL VPN
//! configuration guide, IOS XE 16 (`crypto ssl policy`, `crypto ssl profile`).

use crate::documents::Content;
use crate::documents::ios_config::{IosConfig, IosGateway};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::Located;

/// The format.
pub const FORMAT: Format = Format { name: "ios_config", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let line = sample.text.unlogged_lines().find(|line| block(line.text).is_some())?;
    // An unmistakable command; an ASA has no such block.
    Some(Claim { kind: Kind::IosConfig, strength: 88, because: line.quoted(), share: Share::Mixed })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let mut told = IosConfig::default();
    let mut open = false;
    for line in sample.text.lines() {
        let words = line.text.trim();
        if words.is_empty() || words.starts_with('!') {
            continue;
        }
        if !line.text.starts_with([' ', '\t']) {
            open = begins(&mut told, &line);
            continue;
        }
        if let Some(gateway) = told.gateways.last_mut().filter(|_| open) {
            inside(gateway, &line);
        }
    }
    if told.gateways.is_empty() && told.contexts.is_empty() {
        return Parsed::read(Vec::new());
    }
    Parsed::read(vec![Content::IosConfig(told)])
}

/// Takes a line at the left edge; true where it opens a gateway.
fn begins(told: &mut IosConfig, line: &Line<'_>) -> bool {
    let seen = |value: &str| Located::new(value.trim().to_owned(), line.at());
    match block(line.text) {
        Some(Block::Gateway(name)) if told.gateways.len() < MOST => {
            told.gateways.push(IosGateway { name: seen(name), ..IosGateway::default() });
            return true;
        }
        Some(Block::Context(name)) if told.contexts.len() < MOST => told.contexts.push(seen(name)),
        Some(_) => {}
        None => {
            if let Some(version) = line.text.strip_prefix("version ") {
                told.version = told.version.take().or_else(|| Some(seen(version)));
            } else if let Some(hostname) = line.text.strip_prefix("hostname ") {
                told.hostname = told.hostname.take().or_else(|| Some(seen(hostname)));
            }
        }
    }
    false
}

fn inside(gateway: &mut IosGateway, line: &Line<'_>) {
    let words = line.text.trim();
    let seen = |value: &str| Some(Located::new(value.trim().to_owned(), line.at()));
    if let Some(address) = words.strip_prefix("ip address ") {
        gateway.address = seen(address.strip_prefix("local ").unwrap_or(address));
    } else if let Some(trustpoint) = words.strip_prefix("ssl trustpoint ") {
        gateway.trustpoint = seen(trustpoint);
    } else if let Some(trustpoint) = words.strip_prefix("pki trustpoint ") {
        gateway.trustpoint = seen(trustpoint.strip_suffix(" sign").unwrap_or(trustpoint));
    } else if matches!(words, "inservice" | "no shut" | "no shutdown") {
        gateway.in_service = true;
    }
}

enum Block<'l> {
    Gateway(&'l str),
    Context(&'l str),
}

/// `webvpn gateway GW` or `webvpn context PHONES`; `crypto ssl policy GW` or `crypto ssl profile PHONES`.
fn block(line: &str) -> Option<Block<'_>> {
    let named = |start: &str| {
        let name = line.strip_prefix(start)?.trim();
        (!name.is_empty() && !name.contains(' ')).then_some(name)
    };
    let gateway = || named("webvpn gateway ").or_else(|| named("crypto ssl policy ")).map(Block::Gateway);
    let context = || named("webvpn context ").or_else(|| named("crypto ssl profile ")).map(Block::Context);
    gateway().or_else(context)
}

/// Gateways and contexts kept; no router has so many.
const MOST: usize = 64;

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake;

    const CONFIG: &str = "\
version 15.7
hostname edge-7
!
webvpn gateway OUT
 ip address 203.0.113.9 port 8443
 ssl trustpoint EDGE
 !
 inservice
!
webvpn context STAFF
 gateway OUT
 ssl trustpoint NOT-A-GATEWAY
";

    fn kind_and_config(text: &str) -> (Kind, Option<IosConfig>) {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        let document = reading.documents.into_iter().find_map(|document| match document.content {
            Content::IosConfig(config) => Some(config),
            _ => None,
        });
        (reading.inputs[0].kind, document)
    }

    #[test]
    fn a_gateway_and_its_trustpoint_are_read() {
        let (kind, config) = kind_and_config(CONFIG);
        let config = config.unwrap();
        assert_eq!(kind, Kind::IosConfig);
        let [gateway] = config.gateways.as_slice() else { panic!("{config:?}") };
        let trustpoint = gateway.trustpoint.as_ref().unwrap();
        assert_eq!((trustpoint.value.as_str(), trustpoint.at.line), ("EDGE", 6));
        assert_eq!(gateway.address.as_ref().unwrap().value, "203.0.113.9 port 8443");
        assert!(gateway.in_service);
        assert_eq!(
            (config.contexts[0].value.as_str(), config.hostname.unwrap().value.as_str()),
            ("STAFF", "edge-7")
        );
    }

    #[test]
    fn the_later_commands_are_read_alike() {
        let (kind, config) = kind_and_config(
            "version 16.9\nhostname edge-8\ncrypto ssl proposal OLD\n protection rsa-aes256-sha1\n\
             crypto ssl policy DESK\n pki trustpoint EDGE sign\n ip address local 203.0.113.9 port 443\n no shut\n\
             crypto ssl profile DESK\n match policy DESK\n",
        );
        let config = config.unwrap();
        let [gateway] = config.gateways.as_slice() else { panic!("{config:?}") };
        assert_eq!(kind, Kind::IosConfig);
        assert_eq!((gateway.name.value.as_str(), gateway.name.at.line), ("DESK", 5));
        assert_eq!(gateway.trustpoint.as_ref().unwrap().value, "EDGE");
        assert_eq!(gateway.address.as_ref().unwrap().value, "203.0.113.9 port 443");
        assert!(gateway.in_service);
        assert_eq!(config.contexts[0].value, "DESK");
    }

    #[test]
    fn an_asa_is_no_router() {
        let (kind, config) = kind_and_config("ASA Version 9.8(2)\nwebvpn\n enable outside\n");
        assert_eq!((kind, config), (Kind::AsaConfig, None));
    }

    #[test]
    fn a_cut_text_is_no_trouble() {
        for cut in 0..CONFIG.len() {
            kind_and_config(&CONFIG[..cut]);
        }
    }
}
