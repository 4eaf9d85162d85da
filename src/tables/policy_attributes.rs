//! The attributes of a group policy that matter to a phone, with the values that hold where nobody sets them.
//!
//! Source of the defaults: `show run all group-policy` in Cisco document 116162. Where that does not print an
//! attribute, no default is claimed.

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyAttribute {
    /// The ASA's word; one of the `webvpn` part without that word in front.
    pub name: &'static str,
    /// What lines of it begin with, in newer and older releases (up to 8.3 `anyconnect` was `svc`).
    pub lines: &'static [&'static str],
    /// The release's default; empty where none is documented.
    pub default: &'static str,
}

const fn row(name: &'static str, lines: &'static [&'static str], default: &'static str) -> PolicyAttribute {
    PolicyAttribute { name, lines, default }
}

/// Every attribute, those that stop a phone first.
pub const POLICY_ATTRIBUTES: &[PolicyAttribute] = &[
    row(SIMULTANEOUS_LOGINS, &["vpn-simultaneous-logins"], "3"),
    row(TUNNEL_PROTOCOL, &["vpn-tunnel-protocol"], "ikev1 ikev2 l2tp-ipsec ssl-client ssl-clientless"),
    row(GROUP_LOCK, &["group-lock"], ""),
    row(FILTER, &["vpn-filter"], "none"),
    row(FILTER_6, &["ipv6-vpn-filter"], "none"),
    row(ACCESS_HOURS, &["vpn-access-hours"], "none"),
    row(SPLIT_TUNNEL, &["split-tunnel-policy"], ""),
    row("split-tunnel-network-list", &["split-tunnel-network-list"], ""),
    row(BANNER, &["banner"], "none"),
    row(ASK, &["webvpn anyconnect ask", "webvpn svc ask"], ""),
    row(ADDRESS_POOLS, &["address-pools"], ""),
    row(DHCP_SCOPE, &["dhcp-network-scope"], "none"),
    row("vpn-idle-timeout", &["vpn-idle-timeout"], "30"),
    row("vpn-session-timeout", &["vpn-session-timeout"], "none"),
    row("anyconnect ssl dtls", &["webvpn anyconnect ssl dtls", "webvpn svc dtls"], ""),
    row("anyconnect mtu", &["webvpn anyconnect mtu", "webvpn svc mtu"], ""),
    row("anyconnect ssl keepalive", &["webvpn anyconnect ssl keepalive", "webvpn svc keepalive"], ""),
    row(
        "anyconnect dpd-interval client",
        &["webvpn anyconnect dpd-interval client", "webvpn svc dpd-interval client"],
        "",
    ),
    row("anyconnect ssl compression", &["webvpn anyconnect ssl compression", "webvpn svc compression"], ""),
    row("dns-server", &["dns-server"], ""),
    row("default-domain", &["default-domain"], ""),
];

/// How many sessions a user may have at once.
pub const SIMULTANEOUS_LOGINS: &str = "vpn-simultaneous-logins";
/// By which protocols a user may connect.
pub const TUNNEL_PROTOCOL: &str = "vpn-tunnel-protocol";
/// The one tunnel group through which a user may connect.
pub const GROUP_LOCK: &str = "group-lock";
/// The access list that every packet of the tunnel has to pass.
pub const FILTER: &str = "vpn-filter";
/// Likewise, for IPv6.
pub const FILTER_6: &str = "ipv6-vpn-filter";
/// The hours in which a user may connect.
pub const ACCESS_HOURS: &str = "vpn-access-hours";
/// Which traffic goes through the tunnel.
pub const SPLIT_TUNNEL: &str = "split-tunnel-policy";
/// A text that the user has to read.
pub const BANNER: &str = "banner";
/// What a user is asked when no client is installed.
pub const ASK: &str = "anyconnect ask";
/// Pools that addresses come from.
pub const ADDRESS_POOLS: &str = "address-pools";
/// The subnet that a DHCP server is asked for.
pub const DHCP_SCOPE: &str = "dhcp-network-scope";

impl PolicyAttribute {
    /// What a line says of this attribute: its value, `Some(None)` where a `no` takes it back, `None` where the line
    /// is about something else. `name` and `value` as a configuration's group policy holds them.
    pub fn told_by<'a>(&self, name: &str, value: &'a str) -> Option<Option<&'a str>> {
        let taken_back = name.contains("no ");
        let name = name.replacen("no ", "", 1);
        for start in self.lines {
            let Some(rest) = start.strip_prefix(name.as_str()) else { continue };
            let rest = rest.trim_start();
            // `vpn-idle-timeout alert-interval 1` is another setting.
            let Some(value) = value.strip_prefix(rest) else { continue };
            let whole_word = value.is_empty() || rest.is_empty() || value.starts_with(' ');
            if !whole_word || value.trim_start().starts_with("alert-interval") {
                continue;
            }
            return Some(if taken_back { None } else { Some(value.trim()) });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_of_one_attribute() {
        for (name, value, attribute, expected) in [
            ("vpn-filter", "value DROP", FILTER, Some(Some("value DROP"))),
            ("no vpn-filter", "", FILTER, Some(None)),
            ("ipv6-vpn-filter", "none", FILTER, None),
            ("webvpn anyconnect", "ask enable default webvpn", ASK, Some(Some("enable default webvpn"))),
            ("webvpn svc", "ask none", ASK, Some(Some("none"))),
            ("webvpn no anyconnect", "ask", ASK, Some(None)),
            ("webvpn anyconnect", "asking", ASK, None),
            ("vpn-idle-timeout", "alert-interval 1", "vpn-idle-timeout", None),
        ] {
            let row = POLICY_ATTRIBUTES.iter().find(|row| row.name == attribute).unwrap();
            assert_eq!(row.told_by(name, value), expected, "{name} {value}");
        }
    }
}
