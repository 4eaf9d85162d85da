//! Does an access list on the control plane let phones reach the port of SSL VPN?
//!
//! ```text
//! access-list TO-BOX extended permit tcp host 192.0.2.9 any eq ssh
//! access-list TO-BOX extended deny ip any any
//! access-group TO-BOX in interface outside control-plane
//! ```
//! Witness: the configuration. Only a list that is bound with `control-plane` is asked about packets to the ASA itself; it
//! is read in its order, up to a line that denies the port to everybody.
//!
//! Quirks: what `http` allows goes before the list, and on the port of SSL VPN it lets clients of SSL VPN through. By
//! Cisco's guide nothing is denied at the end of such a list without a line that says so; a list that only denies is
//! taken so, and one that permits leaves it open. What an object or a group stands for is not read, so it may be
//! anything; a line with `inactive` does nothing, one with `time-range` not always.
//!
//! Sources: ASA command reference, `access-group` and `access-list extended`; Cisco ASA Series Firewall CLI
//! configuration guide, management access rules.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::documents::asa_config::{AccessList, AsaConfig, ControlPlaneList};
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::filter_traffic::{is_any, ports};
use crate::facts::webvpn;
use crate::source::{Place, Stated};

/// A list on the control plane of an interface.
#[derive(Clone, Debug)]
pub struct ControlPlane {
    /// The list's name, and the line that binds it.
    pub list: Stated<String>,
    /// The interface.
    pub interface: String,
    /// The interface's own address, where the configuration has it.
    pub address: Option<Ipv4Addr>,
    /// The port of SSL VPN.
    pub port: u16,
    /// Who gets through to it.
    pub passage: Passage,
}

/// Who gets through to the port of SSL VPN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// Anybody.
    Open,
    /// What decides is not shown.
    Unknown,
    /// Whoever comes from these networks alone; where the rest is denied, if a line does.
    Only(Vec<Source>, Option<Place>),
    /// Nobody: this line denies it.
    Closed(Place),
    /// No line speaks of it, though others permit.
    Unmatched(Vec<Place>),
}

/// Who is let through by a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The line.
    pub place: Place,
    network: Option<Network>,
}

impl Source {
    /// True where the line lets this address through; `None` where it names a group or an object.
    pub fn holds(&self, address: Ipv4Addr) -> Option<bool> {
        self.network.map(|network| network.holds(address))
    }
}

/// The lists on the control plane of each of these interfaces; the last line of an interface counts.
pub fn of_device(device: &AsaDevice<'_>, interfaces: &[String]) -> Vec<ControlPlane> {
    let port = webvpn::of_device(device).find_map(|block| block.port());
    let port = port.and_then(|line| line.value.parse().ok()).unwrap_or(HTTPS);
    let managers = managers(device, port);
    let mut last: BTreeMap<&str, (In<'_, AsaConfig>, &ControlPlaneList)> = BTreeMap::new();
    for config in &device.configs {
        for bound in &config.document.control_plane_lists {
            last.insert(&bound.interface, (*config, bound));
        }
    }
    let mut all: Vec<ControlPlane> = Vec::new();
    for name in interfaces {
        if let Some((config, bound)) = last.get(name.as_str()) {
            let address = address_of(device, &bound.interface);
            let plane = ControlPlane {
                list: config.stated(&bound.list),
                interface: bound.interface.clone(),
                address,
                port,
                passage: passage(device, &bound.list.value, managers.get(name.as_str()), port, address),
            };
            all.push(plane);
        }
    }
    all
}

fn address_of(device: &AsaDevice<'_>, interface: &str) -> Option<Ipv4Addr> {
    let interfaces = device.configs.iter().flat_map(|config| &config.document.interfaces);
    let mut own = interfaces.filter(|known| known.name.value == interface);
    own.find_map(|known| known.address.as_ref()?.value.parse().ok())
}

fn passage(
    device: &AsaDevice<'_>,
    name: &str,
    managers: Option<&Vec<Source>>,
    port: u16,
    own: Option<Ipv4Addr>,
) -> Passage {
    let mut lists = device.configs.iter().filter_map(|config| {
        let list = config.document.access_lists.iter().find(|list| list.name == name)?;
        Some((*config, list))
    });
    let Some((config, list)) = lists.next().filter(|(_, list)| !list.lines.is_empty()) else {
        return Passage::Unknown;
    };
    let managers = managers.cloned().unwrap_or_default();
    if managers.iter().any(|source| source.network.is_some_and(|network| network.mask == 0)) {
        return Passage::Open;
    }
    by_lines(config, list, port, own, managers)
}

fn by_lines(
    config: In<'_, AsaConfig>,
    list: &AccessList,
    port: u16,
    own: Option<Ipv4Addr>,
    mut sources: Vec<Source>,
) -> Passage {
    let (mut may_pass, mut may_deny, mut permitting, mut end) = (false, false, Vec::new(), None);
    for line in &list.lines {
        let words: Vec<&str> = line.value.split_ascii_whitespace().collect();
        let place = || config.place(&line.at);
        if words.iter().take(2).any(|word| *word == "permit") && words.last() != Some(&"inactive") {
            permitting.push(place());
        }
        match effect(&words, port, own) {
            Effect::Nothing => {}
            Effect::PermitsAll if may_deny => return Passage::Unknown,
            Effect::PermitsAll => return Passage::Open,
            Effect::MayDeny => may_deny = true,
            Effect::MayPermit => may_pass = true,
            Effect::PermitsFrom(network) => sources.push(Source { place: place(), network }),
            Effect::DeniesAll => {
                end = Some(place());
                break;
            }
        }
    }
    let is_cut = end.is_none() && list.more > 0;
    match end {
        _ if may_pass || is_cut => Passage::Unknown,
        end if !sources.is_empty() => Passage::Only(sources, end),
        Some(end) => Passage::Closed(end),
        None if may_deny => Passage::Unknown,
        None if permitting.is_empty() => Passage::Open,
        None => Passage::Unmatched(permitting),
    }
}

/// Whom `http` lets manage the ASA on this port, by interface.
fn managers<'a>(device: &AsaDevice<'a>, port: u16) -> BTreeMap<&'a str, Vec<Source>> {
    let lines = || {
        device.configs.iter().flat_map(|config| config.document.http.iter().map(move |line| (config, line)))
    };
    let listens = lines().any(|(_, line)| {
        let mut words = line.value.split_ascii_whitespace();
        let is_server = words.next() == Some("server") && words.next() == Some("enable");
        is_server && words.next().map_or(port == HTTPS, |own| own.parse() == Ok(port))
    });
    let mut all: BTreeMap<&str, Vec<Source>> = BTreeMap::new();
    for (config, line) in lines().filter(|_| listens) {
        let words: Vec<&str> = line.value.split_ascii_whitespace().collect();
        let [address, mask, name] = words.as_slice() else { continue };
        if let Some(network) = Network::of(address, mask) {
            let source = Source { place: config.place(&line.at), network: Some(network) };
            all.entry(*name).or_default().push(source);
        }
    }
    all
}

/// What one line does to TCP packets for the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Nothing,
    PermitsAll,
    /// From a network, or from what a group stands for.
    PermitsFrom(Option<Network>),
    /// It may be about them, and from anywhere.
    MayPermit,
    /// It may deny them to everybody.
    MayDeny,
    DeniesAll,
}

fn effect(words: &[&str], port: u16, own: Option<Ipv4Addr>) -> Effect {
    if words.last() == Some(&"inactive") {
        return Effect::Nothing;
    }
    let rest = match words {
        ["extended", rest @ ..] => rest,
        rest => rest,
    };
    let (permits, rest) = match rest {
        ["permit", rest @ ..] => (true, rest),
        ["deny", rest @ ..] => (false, rest),
        // A list of another kind.
        _ => return Effect::MayPermit,
    };
    let unknown = if permits { Effect::MayPermit } else { Effect::MayDeny };
    let always = !rest.contains(&"time-range");
    let Some((meant, rest)) = protocol(rest) else { return Effect::Nothing };
    let Some((source, rest)) = address(rest) else { return unknown };
    let (source_ports, rest) = ports(rest);
    let target = address(rest).map(|(target, rest)| (target, ports(rest).0));
    // A condition on the port of the client holds for some of its connections.
    let is_sure = meant
        && always
        && source_ports.is_none()
        && target.is_some_and(|(target, condition)| {
            let here = match target {
                Address::Any | Address::Own => true,
                Address::Network(network) => own.is_some_and(|own| network.holds(own)),
                Address::Other => false,
            };
            here && condition.is_none_or(|condition| condition.hold(port) == Some(true))
        });
    let elsewhere = target
        .is_some_and(|(_, condition)| condition.is_some_and(|condition| condition.hold(port) == Some(false)));
    let to_another = target.is_some_and(|(target, _)| match target {
        Address::Network(network) => own.is_some_and(|own| !network.holds(own)),
        _ => false,
    });
    match (permits, source) {
        _ if elsewhere => Effect::Nothing,
        (false, _) if to_another => Effect::Nothing,
        (true, Address::Any) if is_sure => Effect::PermitsAll,
        (true, Address::Any) => Effect::MayPermit,
        (true, Address::Network(network)) if is_sure => Effect::PermitsFrom(Some(network)),
        (true, Address::Own | Address::Other) if is_sure => Effect::PermitsFrom(None),
        (true, _) => Effect::MayPermit,
        (false, Address::Any) if is_sure => Effect::DeniesAll,
        // By an object or a group; a line of some hours leaves the others.
        (false, Address::Any | Address::Other) if always => Effect::MayDeny,
        (false, _) => Effect::Nothing,
    }
}

/// Whether TCP is surely meant, and what follows; `None` where it is not meant.
fn protocol<'w, 't>(words: &'w [&'t str]) -> Option<(bool, &'w [&'t str])> {
    match words {
        ["tcp" | "ip" | "6" | "0", rest @ ..] => Some((true, rest)),
        ["object" | "object-group", _, rest @ ..] => Some((false, rest)),
        _ => None,
    }
}

/// An address of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    Any,
    /// The ASA's own.
    Own,
    Network(Network),
    /// What a group or an object stands for, or IPv6.
    Other,
}

fn address<'w, 't>(words: &'w [&'t str]) -> Option<(Address, &'w [&'t str])> {
    let (address, taken) = match words {
        [word, ..] if is_any(word) => (Address::Any, 1),
        ["any6", ..] => (Address::Other, 1),
        ["interface", _, ..] => (Address::Own, 2),
        ["host", host, ..] => {
            (Network::of(host, "255.255.255.255").map_or(Address::Other, Address::Network), 2)
        }
        ["object" | "object-group", _, ..] => (Address::Other, 2),
        [prefix, ..] if prefix.contains(':') => (Address::Other, 1),
        [network, mask, ..] => match Network::of(network, mask)? {
            Network { mask: 0, .. } => (Address::Any, 2),
            network => (Address::Network(network), 2),
        },
        _ => return None,
    };
    Some((address, words.get(taken..).unwrap_or_default()))
}

/// An IPv4 network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: u32,
    mask: u32,
}

impl Network {
    fn of(address: &str, mask: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<Ipv4Addr>().ok().map(u32::from);
        Some(Self { address: number(address)?, mask: number(mask)? })
    }

    fn holds(self, address: Ipv4Addr) -> bool {
        u32::from(address) & self.mask == self.address & self.mask
    }
}

/// The port of SSL VPN, and of HTTPS for managers, where no line says another.
const HTTPS: u16 = 443;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Documents, asa_devices};
    use crate::testing::readings;

    fn passage_of(lines: &[&str], more: &str) -> Passage {
        let list: String = lines.iter().map(|line| format!("access-list L extended {line}\n")).collect();
        let text = format!(
            "ASA Version 9.8(4)\nhostname asa\ninterface G0/0\n nameif outside\n ip address 203.0.113.1 255.255.255.0\n\
             {list}access-group L in interface outside control-plane\n{more}webvpn\n enable outside\n: end\n"
        );
        let read = readings(&[("asa.cfg", &text)]);
        let devices = asa_devices::of(&Documents::of(&read));
        of_device(&devices[0], &["outside".to_owned()])[0].passage.clone()
    }

    /// `o`pen, un`k`nown, only `s`ome, `c`losed, un`m`atched.
    fn word(passage: &Passage) -> char {
        match passage {
            Passage::Open => 'o',
            Passage::Unknown => 'k',
            Passage::Only(..) => 's',
            Passage::Closed(_) => 'c',
            Passage::Unmatched(_) => 'm',
        }
    }

    #[test]
    fn a_list_is_read_up_to_the_line_that_decides() {
        let ssh = "permit tcp host 192.0.2.9 any eq ssh";
        let all = "deny ip any any";
        let rows: &[(&[&str], char)] = &[
            (&[ssh, all], 'c'),
            (&[ssh, "deny tcp any any"], 'c'),
            (&[ssh, "deny tcp any any eq https log"], 'c'),
            (&[ssh, "deny tcp any host 203.0.113.1 eq 443"], 'c'),
            (&[ssh, "deny tcp any interface outside range 1 1023"], 'c'),
            (&["permit udp any any eq 443", all], 'c'),
            (&["permit ip any any inactive", all], 'c'),
            (&["permit tcp any any eq 8443", all], 'c'),
            (&[all, "permit tcp any any eq https"], 'c'),
            (&[ssh, "permit tcp any any eq https", all], 'o'),
            (&["permit ip any4 any4", all], 'o'),
            (&["permit tcp any host 203.0.113.1 eq https", all], 'o'),
            (&["permit tcp any any gt 400", all], 'o'),
            (&["deny ip host 192.0.2.66 any", "permit ip any any"], 'o'),
            // A list that only denies is made to let all else through.
            (&["deny ip 192.0.2.0 255.255.255.0 any"], 'o'),
            (&["deny tcp any any eq ssh"], 'o'),
            (&["deny ip any any inactive", "permit ip any any"], 'o'),
            (&[ssh], 'm'),
            (&[ssh, "deny tcp any any eq ssh"], 'm'),
            (&[ssh, "deny tcp any host 203.0.113.2 eq https"], 'm'),
            (&[ssh, "deny ip any any time-range NIGHT"], 'm'),
            (&["permit tcp 192.0.2.0 255.255.255.0 any eq https", all], 's'),
            (&["permit tcp object-group BRANCHES any eq https", all], 's'),
            (&["permit ip host 192.0.2.9 any"], 's'),
            (&["permit tcp any any object-group PORTS", all], 'k'),
            (&["permit tcp 192.0.2.0 255.255.255.0 any object-group PORTS", all], 'k'),
            (&["deny tcp any object GATEWAY eq https", "permit ip any any"], 'k'),
            (&["deny object-group WEB any any"], 'k'),
            (&["permit object-group WEB any any", all], 'k'),
            (&["permit tcp any object GATEWAY eq https", all], 'k'),
            (&["permit tcp any host 203.0.113.9 eq https", all], 'k'),
            (&["permit tcp any any eq https time-range DAY", all], 'k'),
        ];
        for (lines, wanted) in rows {
            assert_eq!(word(&passage_of(lines, "")), *wanted, "{lines:?}");
        }
        let many = vec![ssh; 40];
        assert_eq!(word(&passage_of(&many, "")), 'k', "what was cut may say anything");
    }

    #[test]
    fn who_may_manage_on_the_port_comes_through() {
        let all = &["deny ip any any"][..];
        for (more, wanted) in [
            ("http server enable\nhttp 0.0.0.0 0.0.0.0 outside\n", 'o'),
            ("http server enable\nhttp 192.0.2.0 255.255.255.0 outside\n", 's'),
            ("http server enable 8443\nhttp 0.0.0.0 0.0.0.0 outside\n", 'c'),
            ("http server enable\nhttp 0.0.0.0 0.0.0.0 inside\n", 'c'),
            ("http 0.0.0.0 0.0.0.0 outside\n", 'c'),
            (
                "no access-group L in interface outside control-plane\naccess-group L in interface outside control-plane\n",
                'c',
            ),
        ] {
            assert_eq!(word(&passage_of(all, more)), wanted, "{more}");
        }
    }

    #[test]
    fn a_network_holds_its_addresses() {
        let Passage::Only(sources, end) =
            passage_of(&["permit tcp 192.0.2.0 255.255.255.128 any eq https", "deny ip any any"], "")
        else {
            panic!("some are let through");
        };
        assert_eq!(sources[0].holds(Ipv4Addr::new(192, 0, 2, 9)), Some(true));
        assert_eq!(sources[0].holds(Ipv4Addr::new(192, 0, 2, 200)), Some(false));
        assert!(end.is_some());
    }
}
