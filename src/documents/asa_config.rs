//! What an ASA is configured to do, as it was read.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};
use crate::time::Stamp;

/// What an ASA is configured to do, as far as phones are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaConfig {
    /// `ASA Version 9.8(2)`.
    pub version: Option<Located<String>>,
    /// `: Written by admin at 10:00:00.123 UTC Mon Nov 16 2026`, on its own clock.
    pub written: Option<Located<Written>>,
    /// `hostname`.
    pub hostname: Option<Located<String>>,
    /// What the text covers: absence proves something only where presence would have been seen.
    pub scope: Scope,
    /// Defaults are printed too (`show running-config all`).
    pub all: bool,
    /// Lines of the text.
    pub lines: u32,
    /// The lines themselves with their numbers, where they were asked for ([`Limits::keep_lines`]): a plan changes some
    /// of them and reads the whole again.
    ///
    /// [`Limits::keep_lines`]: crate::limits::Limits::keep_lines
    pub kept: Vec<(u32, String)>,
    /// `interface` blocks with a `nameif`.
    pub interfaces: Vec<Interface>,
    /// `crypto ca trustpoint`.
    pub trustpoints: Vec<Trustpoint>,
    /// `ssl …`.
    pub ssl: Ssl,
    /// `webvpn` at top level; `None` where there is no such block.
    pub webvpn: Option<Webvpn>,
    /// `tunnel-group`.
    pub tunnel_groups: Vec<TunnelGroup>,
    /// `group-policy`.
    pub group_policies: Vec<GroupPolicy>,
    /// `username`, with their attributes.
    pub users: Vec<User>,
    /// `aaa-server`.
    pub aaa_servers: Vec<AaaServer>,
    /// `ip local pool`.
    pub address_pools: Vec<AddressPool>,
    /// `no vpn-addr-assign local`: pools give nobody an address.
    pub local_addresses_off: Option<Located<()>>,
    /// `access-list`, of the lists alone that a policy, an access policy record or the control plane names.
    pub access_lists: Vec<AccessList>,
    /// `access-group NAME in interface INTERFACE control-plane`.
    pub control_plane_lists: Vec<ControlPlaneList>,
    /// `http …`: where managers' HTTPS listens, and who may come. Kept only beside a list on the control plane.
    pub http: Vec<Located<String>>,
    /// `crypto ca certificate map`.
    pub certificate_maps: Vec<CertificateMap>,
    /// `tunnel-group-map …`: what follows the word, for example `enable rules` or `MAP 10 GROUP`.
    pub tunnel_group_maps: Vec<Located<String>>,
    /// `crypto ca permit-weak-crypto` (9.16(1) and later).
    pub permit_weak_crypto: Option<Located<bool>>,
    /// `dynamic-access-policy-record`.
    pub dap_records: Vec<DapRecord>,
    /// `vpn load-balancing` with `participate`.
    pub load_balancing: Option<LoadBalancing>,
}

/// When a configuration was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Date and time on the ASA's own clock.
    pub clock: Stamp,
    /// The word of its time zone: no offset.
    pub zone: String,
}

/// What a text covers of a configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// A whole configuration: it begins (`ASA Version`, `: Saved`) and ends (`: end`).
    Whole,
    /// The output of `show running-config <section>`: whole for these first words of its commands.
    Sections(Vec<String>),
    /// A piece: nothing is proved by what is not there.
    #[default]
    Excerpt,
}

impl Scope {
    /// True where a line that begins with `words` would have been seen if it existed: `crypto ca trustpoint` in the
    /// output of `show running-config crypto ca`, too.
    pub fn covers(&self, words: &str) -> bool {
        let inside = |known: &str| {
            words.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        match self {
            Self::Whole => true,
            Self::Sections(sections) => sections.iter().any(|known| inside(known)),
            Self::Excerpt => false,
        }
    }
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// `nameif`.
    pub name: Located<String>,
    /// `ip address`, without the mask; `None` for DHCP or none.
    pub address: Option<Located<String>>,
    /// `shutdown`.
    pub shutdown: Option<Located<()>>,
}

/// A trust-point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trustpoint {
    /// Its name, and where the block begins.
    pub name: Located<String>,
    /// `enrollment …`, for example `self` or `terminal`.
    pub enrollment: Option<Located<String>>,
    /// `subject-name`.
    pub subject_name: Option<Located<String>>,
    /// `fqdn`.
    pub fqdn: Option<Located<String>>,
    /// `keypair`.
    pub keypair: Option<Located<String>>,
    /// `revocation-check`.
    pub revocation_check: Option<Located<String>>,
    /// `validation-usage`: for which clients' certificates it is asked. Nothing where the ASA's own setting holds, which
    /// is all of VPN; empty after `no validation-usage`.
    pub validation_usage: Option<Located<String>>,
    /// Its chain: `certificate [ca] <serial>`, serial in lower case, `true` for a CA certificate.
    pub chain: Vec<(Located<String>, bool)>,
}

/// The SSL settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ssl {
    /// `ssl trust-point NAME [domain D] [INTERFACE]`.
    pub trust_points: Vec<SslTrustpoint>,
    /// `ssl encryption …` (up to 9.3(1)): the ASA's own names, in order.
    pub encryption: Option<Located<Vec<String>>>,
    /// `ssl cipher <version> <level> | custom "…"` (9.3(2) and later): version (`tlsv1.2`, `default` …) and the rest.
    pub ciphers: Vec<(String, Located<String>)>,
    /// `ssl server-version …`.
    pub server_version: Option<Located<String>>,
    /// `ssl client-version …`.
    pub client_version: Option<Located<String>>,
}

/// A trust-point bound to the SSL server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SslTrustpoint {
    /// Its name.
    pub name: Located<String>,
    /// The interface; `None` binds all that have none of their own, or a domain.
    pub interface: Option<String>,
    /// The domain of server name indication: only a client that asks for it is shown this trust-point.
    pub domain: Option<String>,
    /// `vpnlb-ip`: only a client that dials the load-balancing cluster's address is shown this trust-point.
    pub of_cluster: bool,
}

impl SslTrustpoint {
    /// True where every client that dials an interface's own address is shown it, if the interface has no other.
    pub fn is_for(&self, interface: &str) -> bool {
        self.is_for_all() && self.interface.as_deref().is_none_or(|own| own == interface)
    }

    /// False where only clients of a domain, or of a load-balancing cluster, are shown it.
    pub fn is_for_all(&self) -> bool {
        self.domain.is_none() && !self.of_cluster
    }
}

/// The `webvpn` block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webvpn {
    /// Where it begins.
    pub at: At,
    /// `enable <interface>`.
    pub enabled: Vec<Located<String>>,
    /// Those of them with `tls-only`, which has no DTLS (ASA command reference, `enable (webvpn)`).
    pub tls_only: Vec<Located<String>>,
    /// `anyconnect enable` or `svc enable`.
    pub anyconnect_enabled: Option<Located<bool>>,
    /// `anyconnect image …` or `svc image …`.
    pub images: Vec<Located<String>>,
    /// `csd enable` or `hostscan enable`.
    pub csd_enabled: Option<Located<bool>>,
    /// `keepout "…"`: nobody may log in, and everybody is shown this text.
    pub keepout: Option<Located<String>>,
    /// `anyconnect-essentials`.
    pub essentials: Option<Located<bool>>,
    /// `port N`.
    pub port: Option<Located<String>>,
    /// `dtls port N`.
    pub dtls_port: Option<Located<String>>,
    /// `tunnel-group-preference group-url`.
    pub group_url_preferred: Option<Located<bool>>,
    /// `certificate-group-map MAP SEQ GROUP`.
    pub certificate_group_maps: Vec<Located<String>>,
    /// Every other line, as written.
    pub other: Vec<Located<String>>,
}

/// A tunnel group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TunnelGroup {
    /// Its name, and where it is first named.
    pub name: Located<String>,
    /// `remote-access`, `webvpn`, `ipsec-l2l` …
    pub kind: Option<Located<String>>,
    /// `group-url <url> enable|disable`; `true` where enabled.
    pub group_urls: Vec<(Located<String>, bool)>,
    /// `group-alias <name> enable|disable`.
    pub group_aliases: Vec<(Located<String>, bool)>,
    /// `authentication aaa | certificate | aaa certificate | saml`.
    pub authentication: Option<Located<String>>,
    /// `default-group-policy`.
    pub default_group_policy: Option<Located<String>>,
    /// `authentication-server-group`.
    pub authentication_server_group: Option<Located<String>>,
    /// `address-pool`.
    pub address_pools: Vec<Located<String>>,
    /// `dhcp-server`.
    pub dhcp_servers: Vec<Located<String>>,
    /// `authorization-server-group`.
    pub authorization_server_group: Option<Located<String>>,
    /// `authorization-required`.
    pub authorization_required: Option<Located<bool>>,
    /// `username-from-certificate`: the fields, or `use-entire-name`, `use-script`.
    pub username_from_certificate: Option<Located<String>>,
    /// `secondary-authentication-server-group`.
    pub secondary_authentication_server_group: Option<Located<String>>,
    /// `pre-fill-username …`.
    pub pre_fill_username: Option<Located<String>>,
    /// `without-csd`.
    pub without_csd: Option<Located<bool>>,
    /// Every other line of its blocks, as written.
    pub other: Vec<Located<String>>,
}

/// A group policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPolicy {
    /// Its name, and where it is first named.
    pub name: Located<String>,
    /// `internal` or `external`; `None` where only its attributes are in the text.
    pub internal: Option<Located<bool>>,
    /// `external server-group NAME`: the servers that hold its attributes.
    pub server_group: Option<Located<String>>,
    /// `from OTHER`: the policy that its attributes were copied from.
    pub from: Option<Located<String>>,
    /// Its `attributes` block is in the text.
    pub shown: Option<At>,
    /// Attributes in order: name and value, the `webvpn` sub-block's with `webvpn ` in front. What a `no` takes
    /// back stands with it: `no vpn-filter`.
    pub attributes: Vec<(String, Located<String>)>,
}

/// `vpn load-balancing`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadBalancing {
    /// Where the block begins.
    pub at: At,
    /// `participate`.
    pub participate: Option<Located<bool>>,
    /// `cluster ip address`.
    pub cluster_address: Option<Located<String>>,
}

/// A group of servers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AaaServer {
    /// Its name, and where it is first named.
    pub name: Located<String>,
    /// `radius`, `ldap`, `tacacs+` …
    pub protocol: Option<Located<String>>,
    /// Its hosts in order.
    pub hosts: Vec<AaaHost>,
}

/// One server of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AaaHost {
    /// Address or name.
    pub host: Located<String>,
    /// The interface that it is reached by; empty where the line names none.
    pub interface: String,
    /// Its settings, name and value, but for keys and passwords.
    pub settings: Vec<(String, Located<String>)>,
}

/// A list that packets to the ASA itself have to pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlPlaneList {
    /// The list's name, and the line that binds it.
    pub list: Located<String>,
    /// The interface.
    pub interface: String,
}

/// A list that something names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessList {
    /// Its name.
    pub name: String,
    /// Its first lines without name and remarks: `extended deny ip any any`.
    pub lines: Vec<Located<String>>,
    /// Lines that were not kept.
    pub more: u32,
}

impl AccessList {
    /// The lines that deny.
    pub fn denying(&self) -> impl Iterator<Item = &Located<String>> {
        self.lines
            .iter()
            .filter(|line| line.value.split_ascii_whitespace().take(2).any(|word| word == "deny"))
    }

    /// True where some line permits, as far as they were kept.
    pub fn permits(&self) -> bool {
        self.more > 0
            || self
                .lines
                .iter()
                .any(|line| line.value.split_ascii_whitespace().take(2).any(|word| word == "permit"))
    }
}

/// One rule of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateMap {
    /// The map's name, and where the rule begins.
    pub name: Located<String>,
    /// The rule's number, as printed.
    pub sequence: String,
    /// What has to hold, one line each.
    pub conditions: Vec<Located<String>>,
}

/// A dynamic access policy record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DapRecord {
    /// Its name.
    pub name: Located<String>,
    /// `continue`, `terminate` or `quarantine`; `None` means continue.
    pub action: Option<Located<String>>,
    /// `priority`.
    pub priority: Option<Located<String>>,
    /// `user-message`.
    pub user_message: Option<Located<String>>,
    /// `description`.
    pub description: Option<Located<String>>,
    /// `network-acl`, one name each.
    pub network_lists: Vec<Located<String>>,
}

/// A pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressPool {
    /// Its name, and where it stands.
    pub name: Located<String>,
    /// First address.
    pub first: String,
    /// Last address; the first one where the line names only one.
    pub last: String,
}

impl AddressPool {
    /// How many addresses it holds; `None` where they cannot be counted.
    pub fn size(&self) -> Option<u32> {
        let number = |text: &str| text.parse::<Ipv4Addr>().ok().map(u32::from);
        number(&self.last)?.checked_sub(number(&self.first)?)?.checked_add(1)
    }
}

/// A user of the ASA's own database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name, and where it is first named.
    pub name: Located<String>,
    /// Attributes in order, as of a group policy; `vpn-group-policy` among them.
    pub attributes: Vec<(String, Located<String>)>,
}
