//! The ASA syslog messages that are kept one by one; every other id is only counted.
//!
//! A message is known by its six-digit id alone: its severity can be changed (`logging message ID level N`), and
//! its wording changes between releases.
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide, and Cisco document 116162 for the messages it shows.

/// A range of message ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRange {
    /// First id.
    pub first: u32,
    /// Last id, inclusive.
    pub last: u32,
    /// What the messages are about.
    pub about: &'static str,
}

/// The ids whose messages become events, in ascending order. Of connections (106xxx, 302xxx) only those to the ASA's
/// own port 443 do, because the others are most of a log; of packets that were dropped (106xxx, 110xxx, 305xxx) those to
/// a port that phones use inside as well.
pub const EVENTS: &[IdRange] = &[
    row(106_001, 106_001, "a connection was denied"),
    row(106_006, 106_006, "a datagram was denied"),
    row(106_015, 106_015, "a packet belongs to no connection"),
    row(106_023, 106_023, "an access list denied a packet"),
    row(106_100, 106_100, "an access list denied or permitted a packet"),
    row(106_102, 106_103, "an access list denied or permitted a user's packet"),
    row(109_026, 109_026, "an answer of an AAA server had the wrong secret"),
    row(110_002, 110_003, "a packet found no route"),
    row(113_001, 113_042, "authentication, authorization and accounting; session limits"),
    row(199_005, 199_006, "the ASA started"),
    row(302_013, 302_016, "a connection was built or torn down"),
    row(305_005, 305_006, "a packet found no translation"),
    row(305_013, 305_013, "the translations of both ways differ"),
    row(401_001, 401_003, "a host was shunned, or no longer is"),
    row(444_005, 444_005, "a time-based activation key runs out"),
    row(710_003, 710_005, "a connection to the ASA itself was denied or discarded"),
    row(716_001, 716_059, "web login"),
    row(716_060, 716_603, "web login: licence limit, posture data"),
    row(717_001, 717_064, "certificates and public key infrastructure"),
    row(718_001, 718_088, "VPN load balancing"),
    row(722_001, 722_057, "the SSL VPN tunnel"),
    row(724_001, 724_004, "Cisco Secure Desktop"),
    row(725_001, 725_025, "TLS handshakes with the ASA"),
    row(733_102, 733_103, "a host was shunned, or no longer is"),
    row(733_201, 733_201, "a peer was shunned for failing logins"),
    row(734_001, 734_004, "dynamic access policies"),
    row(737_001, 737_406, "address assignment"),
    row(746_012, 746_013, "a user's address was learnt or forgotten"),
];

const fn row(first: u32, last: u32, about: &'static str) -> IdRange {
    IdRange { first, last, about }
}

/// True where messages of this id are kept as events.
pub fn is_event(id: u32) -> bool {
    let after = EVENTS.partition_point(|range| range.first <= id);
    after.checked_sub(1).and_then(|at| EVENTS.get(at)).is_some_and(|range| id <= range.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_in_order_and_do_not_overlap() {
        for pair in EVENTS.windows(2) {
            assert!(pair[0].last < pair[1].first, "{pair:?}");
        }
    }

    #[test]
    fn borders_belong_to_their_range() {
        for (id, expected) in [
            (725_001, true),
            (725_014, true),
            (725_026, false),
            (302_013, true),
            (302_020, false),
            (0, false),
            (113_000, false),
            (746_013, true),
            (999_999, false),
        ] {
            assert_eq!(is_event(id), expected, "{id}");
        }
    }
}
