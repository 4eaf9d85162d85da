//! Which block a command begins, and which commands a block may hold.
//!
//! Where the indentation is lost, the words of a block are all that tells its lines from the next block's.

pub(super) use crate::typed::begins as is;

/// The block that a line stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Block {
    /// None, or one that phones do not depend on.
    #[default]
    None,
    Interface,
    /// The trust-point at this place of the list.
    Trustpoint(usize),
    /// The certificates of the trust-point at this place.
    Chain(usize),
    Webvpn,
    TunnelGroup(usize, Attributes),
    GroupPolicy(usize),
    /// `webvpn` inside a group policy.
    GroupPolicyWebvpn(usize),
    /// A user's attributes.
    Username(usize),
    /// `webvpn` inside a user's attributes.
    UsernameWebvpn(usize),
    AaaServer(usize),
    CertificateMap(usize),
    AccessPolicy(usize),
    LoadBalancing,
}

/// The kinds of a tunnel group's blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attributes {
    General,
    Webvpn,
    Other,
}

/// The kind of block that a line begins; its place in a list is not told.
pub(super) fn begun_by(head: &[&str]) -> Option<Block> {
    Some(match head {
        ["webvpn"] => Block::Webvpn,
        ["interface", ..] => Block::Interface,
        ["crypto", "ca", "trustpoint", ..] => Block::Trustpoint(0),
        ["crypto", "ca", "certificate", "chain", ..] => Block::Chain(0),
        ["crypto", "ca", "certificate", "map", ..] => Block::CertificateMap(0),
        ["tunnel-group", _, word, ..] if *word != "type" => Block::TunnelGroup(0, Attributes::Other),
        ["group-policy", _, word, "webvpn"] if is(word, "attributes", 3) => Block::GroupPolicyWebvpn(0),
        ["group-policy", _, word] if is(word, "attributes", 3) => Block::GroupPolicy(0),
        ["username", _, word, "webvpn"] if is(word, "attributes", 3) => Block::UsernameWebvpn(0),
        ["username", _, word] if is(word, "attributes", 3) => Block::Username(0),
        ["aaa-server", _, _, ..] => Block::AaaServer(0),
        ["dynamic-access-policy-record", _] => Block::AccessPolicy(0),
        ["vpn", "load-balancing"] => Block::LoadBalancing,
        _ => return None,
    })
}

/// Whether a block may hold a command that begins with these words.
pub(super) fn holds(block: Block, words: &[&str]) -> bool {
    let words = match words {
        ["no", rest @ ..] if !rest.is_empty() => rest,
        words => words,
    };
    let Some(first) = words.first().filter(|_| !is_top_level(block, words)) else { return false };
    let list = match block {
        Block::None => return false,
        Block::Interface => INTERFACE,
        Block::Trustpoint(_) => TRUSTPOINT,
        Block::Chain(_) => &["certificate"],
        Block::Webvpn => WEBVPN,
        Block::TunnelGroup(..) => TUNNEL_GROUP,
        Block::GroupPolicy(_) => GROUP_POLICY,
        Block::GroupPolicyWebvpn(_) | Block::UsernameWebvpn(_) => GROUP_POLICY_WEBVPN,
        Block::Username(_) => return among(GROUP_POLICY, first) || among(USERNAME, first),
        Block::AaaServer(_) => AAA_SERVER,
        Block::CertificateMap(_) => CERTIFICATE_MAP,
        Block::AccessPolicy(_) => ACCESS_POLICY,
        Block::LoadBalancing => LOAD_BALANCING,
    };
    among(list, first)
}

/// True for a command of its own that begins with the same word as one of the block.
fn is_top_level(block: Block, words: &[&str]) -> bool {
    match (block, words) {
        (Block::Interface, ["ip" | "ipv6", second, ..]) => {
            ["local", "audit", "verify", "route", "access-list", "icmp"].contains(second)
        }
        (Block::GroupPolicy(_) | Block::Username(_), ["banner", second, ..]) => {
            ["exec", "login", "motd", "asdm"].contains(second)
        }
        _ => false,
    }
}

/// The word itself, a longer one that begins so (`ikev1-…`), or an abbreviation of it.
fn among(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => *known == word || (word.len() >= SHORTEST_ABBREVIATION && known.starts_with(word)),
    })
}

/// True for a command that stands in the top-level `webvpn` and never in a group policy's.
pub(super) fn is_top_level_webvpn(words: &[&str]) -> bool {
    match words {
        ["no", rest @ ..] => is_top_level_webvpn(rest),
        ["anyconnect" | "svc", "image" | "enable", ..] => true,
        ["anyconnect", "profiles", name, ..] => *name != "value" && *name != "none",
        // The word alone is also an abbreviation of `anyconnect-essentials`.
        ["anyconnect" | "svc", ..] | [] => false,
        [first, ..] => among(TOP_LEVEL_WEBVPN, first),
    }
}

/// Letters that an abbreviation has at least.
const SHORTEST_ABBREVIATION: usize = 7;
const INTERFACE: &[&str] = &[
    "nameif",
    "security-level",
    "ip",
    "ipv6",
    "description",
    "shutdown",
    "duplex",
    "speed",
    "switchport",
    "management-only",
    "vlan",
    "standby",
    "channel-group",
    "delay",
    "mac-address",
    "bridge-group",
    "des",
];
const TRUSTPOINT: &[&str] = &[
    "enrollment",
    "subject-name",
    "fqdn",
    "keypair",
    "revocation-check",
    "validation-usage",
    "crl",
    "id-usage",
    "ip-address",
    "email",
    "ocsp",
    "match",
    "client-types",
    "accept-subordinates",
    "password",
    "serial-number",
    "proxy-ldc-issuer",
    "ignore-ipsec-keyusage",
    "ignore-ssl-keyusage",
    "ca-check",
    "auto-enroll",
];
const WEBVPN: &[&str] = &[
    "enable",
    "port",
    "dtls",
    "csd",
    "hostscan",
    "anyconnect",
    "anyconnect-essentials",
    "svc",
    "tunnel-group-list",
    "tunnel-group-preference",
    "certificate-group-map",
    "cache",
    "disable",
    "error-recovery",
    "keepout",
    "http-headers",
    "onscreen-keyboard",
    "default-idle-timeout",
    "smart-tunnel",
    "saml",
    "proxy-bypass",
    "rewrite",
    "hsts-server",
    "hsts-client",
    "include-sub-domains",
    "x-content-type-options",
    "x-xss-protection",
    "content-security-policy",
    "internal-password",
    "character-encoding",
    "http-proxy",
    "https-proxy",
    "java-trustpoint",
    "mus",
    "memory-size",
    "portal-access-rule",
    "sso-server",
    "url-list",
    "port-forward",
    "default-language",
];
const TOP_LEVEL_WEBVPN: &[&str] = &[
    "enable",
    "port",
    "dtls",
    "csd",
    "hostscan",
    "anyconnect-essentials",
    "tunnel-group-list",
    "tunnel-group-preference",
    "certificate-group-map",
    "cache",
    "error-recovery",
    "keepout",
    "http-headers",
    "onscreen-keyboard",
    "default-idle-timeout",
    "saml",
];
const TUNNEL_GROUP: &[&str] = &[
    "address-pool",
    "ipv6-address-pool",
    "authentication*",
    "authenticated-session-username",
    "authorization*",
    "accounting-server-group",
    "default-group-policy",
    "dhcp-server",
    "username-from-certificate",
    "secondary*",
    "strip-realm",
    "strip-group",
    "password-management",
    "group-alias",
    "group-url",
    "without-csd",
    "pre-fill-username",
    "customization",
    "radius-reject-message",
    "proxy-auth",
    "override-svc-download",
    "override-account-disable",
    "dns-group",
    "nbns-server",
    "saml",
    "scep-enrollment",
    "nat-assigned-to-public-ip",
    "ikev1",
    "ikev2",
    "chain",
    "peer-id-validate",
    "isakmp",
    "radius-with-expiry",
    "pre-shared-key",
    "trust-point",
    "radius-sdi-xauth",
    "annotation",
    "hic-fail-group-policy",
    "nac*",
];
const GROUP_POLICY: &[&str] = &[
    "banner",
    "wins-server",
    "dns-server",
    "dhcp-network-scope",
    "vpn-*",
    "ipv6-*",
    "split-*",
    "default-domain",
    "group-lock",
    "address-pools",
    "ip-comp",
    "re-xauth",
    "pfs",
    "ipsec-udp*",
    "msie-proxy",
    "nac*",
    "backup-servers",
    "client-*",
    "smartcard-removal-disconnect",
    "secure-unit-authentication",
    "user-authentication*",
    "ip-phone-bypass",
    "leap-bypass",
    "nem",
    "webvpn",
    "password-storage",
    "vlan",
    "intercept-dhcp",
    "gateway-fqdn",
    "security-group-tag",
    "scep-forwarding-url",
    "periodic-authentication",
    "ike-retry*",
];
const GROUP_POLICY_WEBVPN: &[&str] = &[
    "anyconnect*",
    "svc",
    "url-list",
    "filter",
    "homepage",
    "port-forward*",
    "customization",
    "keep-alive-ignore",
    "http-comp",
    "http-proxy",
    "html-content-filter",
    "sso-server",
    "deny-message",
    "user-storage",
    "storage-*",
    "hidden-shares",
    "activex-relay",
    "file-*",
    "url-entry",
    "smart-tunnel",
    "auto-signon",
    "unix-auth-*",
    "functions",
    "always-on-vpn",
    "download-max-size",
    "upload-max-size",
    "post-max-size",
    "anyconnect-custom",
];
const USERNAME: &[&str] = &["service-type", "memberof", "ssh", "password", "privilege"];
const AAA_SERVER: &[&str] = &[
    "key",
    "timeout",
    "retry-interval",
    "ldap-*",
    "server-*",
    "authentication-port",
    "accounting-*",
    "radius-common-pw",
    "acl-netmask-convert",
    "mschapv2-capable",
    "sasl-mechanism",
    "kerberos-realm",
    "nt-auth-domain-controller",
    "max-failed-attempts",
    "reactivation-mode",
    "ad-agent-mode",
    "dynamic-authorization",
    "interim-accounting-update",
    "merge-dacl",
    "authorize-only",
    "group-search-timeout",
];
const CERTIFICATE_MAP: &[&str] =
    &["subject-name", "issuer-name", "alt-subject-name", "extended-key-usage", "serial-number"];
const ACCESS_POLICY: &[&str] = &[
    "action",
    "priority",
    "user-message",
    "network-acl",
    "description",
    "webvpn",
    "svc",
    "url-list",
    "always-on-vpn",
    "appl-acl",
    "file-*",
    "functions",
    "http-proxy",
    "port-forward*",
    "url-entry",
];
const LOAD_BALANCING: &[&str] = &["participate", "redirect-fqdn", "cluster", "priority", "interface", "nat"];
