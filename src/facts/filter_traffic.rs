//! Does an access list let anything through that a phone needs?
//!
//! ```text
//! extended permit tcp any any eq https          nothing of a phone's
//! extended permit ip any 192.0.2.0 255.255.255.0   may well be all of it
//! ```
//! Witness: the list's lines in the order that they stand in, up to one that denies everything. Which servers a phone
//! needs is not known here, so addresses are not weighed: a line counts if it may carry any of a phone's ports.
//!
//! Quirks: what an object or an object group stands for is not read, so it may carry anything; a line with `inactive`
//! does nothing; a standard list names networks alone.
//!
//! Sources: ASA command reference, `access-list extended` and `vpn-filter`; the ports are those of
//! [`phone_ports`].

use crate::documents::asa_config::{AccessList, AsaConfig};
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::source::Place;
use crate::tables::phone_ports::{self, Protocol};

/// A list of an ASA.
#[derive(Clone, Copy, Debug)]
pub struct FilterList<'a> {
    config: In<'a, AsaConfig>,
    list: &'a AccessList,
}

/// The list of a name; `None` where no configuration shows it.
pub fn list<'a>(device: &AsaDevice<'a>, name: &str) -> Option<FilterList<'a>> {
    device.configs.iter().find_map(|config| {
        let list = config.document.access_lists.iter().find(|list| list.name == name)?;
        Some(FilterList { config: *config, list })
    })
}

impl FilterList<'_> {
    /// Where its lines stand.
    pub fn lines(&self) -> Vec<Place> {
        self.list.lines.iter().map(|line| self.config.place(&line.at)).collect()
    }

    /// Where the lines stand that deny.
    pub fn denying(&self) -> Vec<Place> {
        self.list.denying().map(|line| self.config.place(&line.at)).collect()
    }

    /// True where some line permits anything.
    pub fn permits(&self) -> bool {
        self.list.permits()
    }

    /// True where some line may let a phone's traffic pass.
    pub fn may_carry_phones(&self) -> bool {
        may_carry(self.list)
    }

    /// Likewise in the list of an access policy record: where it holds nothing but denials, all else passes.
    pub fn may_carry_phones_of_record(&self) -> bool {
        may_carry_of_record(self.list)
    }

    /// True where the text would show every line of it.
    pub fn is_whole(&self) -> bool {
        self.config.document.scope.covers("access-list")
    }

    /// True where it permits and denies, which the list of an access policy record may not.
    pub fn is_mixed(&self) -> bool {
        let (permits, denies) = acting(self.list);
        permits && denies
    }

    /// True where a line permits, and none denies: what is added at its end counts.
    pub fn permits_alone(&self) -> bool {
        acting(self.list) == (true, false) && self.list.more == 0
    }
}

/// True where some line of the list may let a phone's traffic pass.
fn may_carry(list: &AccessList) -> bool {
    for line in &list.lines {
        let words: Vec<&str> = line.value.split_ascii_whitespace().collect();
        match line_of(&words) {
            Effect::Nothing => {}
            Effect::MayCarry => return true,
            Effect::DeniesAll => return false,
        }
    }
    // Lines that were not kept may say anything.
    list.more > 0
}

/// The same for a list of an access policy record. One that holds lines of another kind is not judged.
fn may_carry_of_record(list: &AccessList) -> bool {
    let is_known = |line: &str| {
        let first = line.split_ascii_whitespace().next();
        first.is_some_and(|word| matches!(word, "extended" | "standard" | "permit" | "deny"))
    };
    if !list.lines.iter().all(|line| is_known(&line.value)) {
        return true;
    }
    match acting(list) {
        (true, _) => may_carry(list),
        (false, _) => {
            let words = |line: &str| line_of(&line.split_ascii_whitespace().collect::<Vec<_>>());
            !list.lines.iter().any(|line| words(&line.value) == Effect::DeniesAll)
        }
    }
}

/// Whether some line permits, and some line denies; one that is inactive does neither.
fn acting(list: &AccessList) -> (bool, bool) {
    let (mut permits, mut denies) = (false, false);
    for line in &list.lines {
        let mut words = line.value.split_ascii_whitespace();
        let active = words.clone().next_back() != Some("inactive");
        let word = words.find(|word| matches!(*word, "permit" | "deny")).filter(|_| active);
        permits |= word == Some("permit");
        denies |= word == Some("deny");
    }
    (permits, denies)
}

/// What one line does to a phone's traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Nothing,
    MayCarry,
    DeniesAll,
}

fn line_of(words: &[&str]) -> Effect {
    if words.last() == Some(&"inactive") {
        return Effect::Nothing;
    }
    let (standard, rest) = match words {
        ["standard", rest @ ..] => (true, rest),
        ["extended", rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    // At some hours only.
    if rest.first() == Some(&"deny") && words.contains(&"time-range") {
        return Effect::Nothing;
    }
    match rest {
        ["deny", "ip", source, destination, ..] if is_any(source) && is_any(destination) => Effect::DeniesAll,
        ["deny", network, ..] if standard && is_any(network) => Effect::DeniesAll,
        ["permit", rest @ ..] if standard || carries(rest) => Effect::MayCarry,
        _ => Effect::Nothing,
    }
}

/// True for every address of IPv4.
pub(super) fn is_any(word: &str) -> bool {
    matches!(word, "any" | "any4")
}

/// What follows `permit` of an extended line: `tcp any any eq https`.
fn carries(words: &[&str]) -> bool {
    let protocol = match words.first() {
        Some(&("tcp" | "6")) => Protocol::Tcp,
        Some(&("udp" | "17")) => Protocol::Udp,
        Some(
            &("icmp" | "icmp6" | "igmp" | "esp" | "ah" | "gre" | "ospf" | "eigrp" | "ipinip" | "nos" | "pcp"
            | "pim" | "snp"),
        ) => {
            return false;
        }
        // `ip`, an object group, or a number of a protocol.
        None => return false,
        Some(_) => return true,
    };
    let rest = words.get(1..).unwrap_or_default();
    let Some(rest) = behind_address(rest) else { return true };
    let (source, rest) = ports(rest);
    let Some(rest) = behind_address(rest) else { return true };
    let (destination, _) = ports(rest);
    match (source, destination) {
        (_, Some(ports)) => ports.hold_a_phones(protocol),
        // Written the other way round, the port of the server inside stands first.
        (Some(ports), None) => ports.hold_a_phones(protocol) || !matches!(ports, Ports::Equal(_)),
        (None, None) => true,
    }
}

/// What stands behind an address; `None` where it is a group that may hold ports as well.
fn behind_address<'w, 't>(words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let taken = match words {
        ["any" | "any4" | "any6", ..] => 1,
        ["host" | "object" | "interface", ..] => 2,
        [prefix, ..] if prefix.contains(':') => 1,
        [network, mask, ..] if is_dotted(network) && is_dotted(mask) => 2,
        _ => return None,
    };
    words.get(taken..)
}

fn is_dotted(word: &str) -> bool {
    word.parse::<std::net::Ipv4Addr>().is_ok()
}

/// A condition on ports.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ports<'t> {
    Equal(&'t str),
    Within(&'t str, &'t str),
    /// `neq`, or what a group or an object stands for.
    Other,
}

/// The condition that words begin with, and what stands behind it.
pub(super) fn ports<'w, 't>(words: &'w [&'t str]) -> (Option<Ports<'t>>, &'w [&'t str]) {
    let (ports, taken) = match words {
        ["eq", port, ..] => (Ports::Equal(port), 2),
        ["lt", port, ..] => (Ports::Within("0", port), 2),
        ["gt", port, ..] => (Ports::Within(port, "65535"), 2),
        ["range", lowest, highest, ..] => (Ports::Within(lowest, highest), 3),
        ["neq", _, ..] => (Ports::Other, 2),
        ["object-group", ..] => (Ports::Other, 2),
        _ => return (None, words),
    };
    (Some(ports), words.get(taken..).unwrap_or_default())
}

impl Ports<'_> {
    /// True where they hold one of the ports that a phone needs.
    fn hold_a_phones(self, protocol: Protocol) -> bool {
        let mut known = phone_ports::ALL.iter().filter(|row| row.protocol == protocol);
        match (self, self.bounds()) {
            // A name that is not known here is no port of a phone's: those have no other names.
            (Self::Equal(_), None) => false,
            (_, None) => true,
            (_, Some((lowest, highest))) => known.any(|row| row.lowest <= highest && lowest <= row.highest),
        }
    }

    /// Whether they hold this port; `None` where that is not known.
    pub(super) fn hold(self, port: u16) -> Option<bool> {
        let (lowest, highest) = self.bounds()?;
        Some(match self {
            // The bound itself is not among them.
            Self::Within("0", below) if phone_ports::number(below) == Some(port) => false,
            Self::Within(above, "65535") if phone_ports::number(above) == Some(port) => false,
            _ => lowest <= port && port <= highest,
        })
    }

    /// The lowest and the highest, where both are numbers or known names.
    fn bounds(self) -> Option<(u16, u16)> {
        let (lowest, highest) = match self {
            Self::Other => return None,
            Self::Equal(port) => (port, port),
            Self::Within(lowest, highest) => (lowest, highest),
        };
        Some((phone_ports::number(lowest)?, phone_ports::number(highest)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{At, Located};

    fn list(lines: &[&str]) -> AccessList {
        let seen = |line: &&str| Located::new((*line).to_owned(), At::byte(0));
        AccessList { name: "L".to_owned(), lines: lines.iter().map(seen).collect(), more: 0 }
    }

    #[test]
    fn each_line_carries_a_phones_ports_or_not() {
        for (line, carries) in [
            ("extended permit ip any 192.0.2.0 255.255.255.0", true),
            ("extended permit tcp any any", true),
            ("extended permit udp any any eq tftp", true),
            ("extended permit tcp any host 192.0.2.10 eq sip", true),
            ("extended permit tcp any any range 2000 2002", true),
            ("extended permit udp 198.51.100.0 255.255.255.0 any gt 16000", true),
            ("extended permit tcp any any eq https", false),
            ("extended permit udp any any eq domain", false),
            ("extended permit tcp any any eq 6970", true),
            ("extended permit udp any any eq 6970", false),
            ("extended permit tcp any any lt 1024", false),
            ("extended permit icmp any any echo", false),
            ("extended permit tcp any object-group SERVERS", true),
            ("extended permit object-group VOICE any any", true),
            ("extended permit tcp any any object-group PORTS", true),
            ("extended permit tcp any eq 5060 any", true),
            ("extended permit tcp any eq 3389 any", false),
            ("extended permit ip any any inactive", false),
            ("permit tcp 2001:db8::/32 any6 eq ssh", false),
            ("standard permit 192.0.2.0 255.255.255.0", true),
            ("extended deny ip any any", false),
            ("extended permit", false),
        ] {
            assert_eq!(may_carry(&list(&[line])), carries, "{line}");
        }
    }

    #[test]
    fn what_stands_behind_a_line_that_denies_all_does_nothing() {
        let deny = "extended deny ip any any";
        let permit = "extended permit ip any 192.0.2.0 255.255.255.0";
        assert!(!may_carry(&list(&[deny, permit])));
        assert!(may_carry(&list(&[permit, deny])));
        assert!(may_carry(&list(&["extended deny ip any any time-range NIGHT", permit])));
        assert!(may_carry(&AccessList { more: 3, ..list(&["extended permit tcp any any eq ssh"]) }));
    }

    #[test]
    fn a_list_of_denials_lets_all_else_through_where_a_record_names_it() {
        for (lines, carries) in [
            (&["extended deny ip any any"][..], false),
            (&["extended deny ip any any inactive"], true),
            (&["extended deny ip any any time-range NIGHT"], true),
            (&["extended deny tcp any any eq 445", "extended deny ip any 192.0.2.0 255.255.255.0"], true),
            (&["extended permit tcp any any eq www"], false),
            (&["extended permit tcp any any eq www", "extended deny ip any any"], false),
            (&["extended permit ip any any", "extended deny ip any any"], true),
            (&["webtype permit url any"], true),
            (&["extended permit ip any any inactive"], true),
        ] {
            assert_eq!(may_carry_of_record(&list(lines)), carries, "{lines:?}");
        }
    }
}
