//! Configurations as people drop them.

use super::*;
use crate::documents::Holder;
use crate::documents::asa_config::Scope;
use crate::formats::Share;
use crate::input::Kind;
use crate::lines::Decoded;
use crate::source::Located;

fn read_as(text: &str, command: Option<&str>) -> Parsed {
    let decoded = Decoded::new(text.as_bytes(), 1 << 16);
    let sample = Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true };
    read(&sample, &Limits::default())
}

fn config(text: &str) -> AsaConfig {
    config_of(read_as(text, None))
}

fn config_of(parsed: Parsed) -> AsaConfig {
    let document = parsed.documents.into_iter().find_map(|content| match content {
        Content::AsaConfig(config) => Some(*config),
        _ => None,
    });
    document.unwrap_or_default()
}

fn claimed(text: &str) -> Option<(Kind, u8)> {
    let decoded = Decoded::new(text.as_bytes(), 1 << 16);
    let sample = Sample { name: "x", command: None, bytes: text.as_bytes(), text: &decoded, complete: true };
    recognise(&sample)
        .inspect(|claim| assert_eq!(claim.share, Share::Mixed))
        .map(|claim| (claim.kind, claim.strength))
}

fn value<T: Clone>(seen: &Option<Located<T>>) -> Option<(T, u32)> {
    seen.as_ref().map(|seen| (seen.value.clone(), seen.at.line))
}

const WHOLE: &str = "\
: Saved
:
ASA Version 9.8(2)
!
hostname vpn
!
interface GigabitEthernet0/0
 description to the world
 nameif outside
 security-level 0
 ip address 192.0.2.1 255.255.255.0
!
interface GigabitEthernet0/1
 no nameif
 no ip address
!
crypto ca trustpoint PHONES
 enrollment self
 fqdn vpn.example.com
 subject-name CN=vpn.example.com,O=Example
 keypair PHONES
 no validation-usage
 revocation-check crl none
 crl configure
crypto ca certificate chain PHONES
 certificate 5A2B
    3003020101
  quit
 certificate ca 01
    30030201 01
  quit
ssl server-version tlsv1.1
ssl cipher tlsv1.2 custom \"AES256-SHA:AES128-SHA\"
ssl trust-point PHONES outside
ssl trust-point OTHER domain www.example.com outside
webvpn
 enable outside
 dtls port 4443
 csd enable
 anyconnect image disk0:/anyconnect.pkg 1
 no anyconnect enable
 tunnel-group-list enable
 cache
  disable
group-policy DfltGrpPolicy attributes
 vpn-tunnel-protocol ssl-client
 webvpn
  anyconnect ssl dtls none
  anyconnect ask none default anyconnect
 group-lock value VPNPhone
group-policy Phones internal
dynamic-access-policy-record DfltAccessPolicy
 action terminate
username CP-7962G-SEP001122334455 attributes
 webvpn
  anyconnect keep-installer none
tunnel-group VPNPhone type remote-access
tunnel-group VPNPhone general-attributes
 address-pool (outside) PHONES MORE
 default-group-policy Phones
tunnel-group VPNPhone webvpn-attributes
 authentication certificate
 group-alias phones disable
 group-url https://vpn.example.com/VPNPhone enable
 without-csd
vpn load-balancing
 cluster ip address 192.0.2.9
 participate
Cryptochecksum:0123
: end
";

#[test]
fn a_whole_configuration_is_read() {
    let config = config(WHOLE);
    assert_eq!(config.scope, Scope::Whole);
    assert_eq!(value(&config.version), Some(("9.8(2)".into(), 3)));
    assert_eq!(value(&config.hostname), Some(("vpn".into(), 5)));
    assert_eq!(config.interfaces.len(), 1);
    assert_eq!(value(&config.interfaces[0].address), Some(("192.0.2.1".into(), 11)));
    let trustpoint = &config.trustpoints[0];
    assert_eq!(value(&trustpoint.revocation_check), Some(("crl none".into(), 23)));
    assert_eq!(value(&trustpoint.validation_usage), Some((String::new(), 22)));
    let chain: Vec<_> = trustpoint.chain.iter().map(|(serial, ca)| (serial.value.as_str(), *ca)).collect();
    assert_eq!(chain, [("5a2b", false), ("01", true)]);
    let bound: Vec<_> = config
        .ssl
        .trust_points
        .iter()
        .map(|bound| (bound.name.value.as_str(), bound.interface.as_deref(), bound.domain.as_deref()))
        .collect();
    assert_eq!(
        bound,
        [("PHONES", Some("outside"), None), ("OTHER", Some("outside"), Some("www.example.com"))]
    );
    assert_eq!(config.ssl.ciphers[0].0, "tlsv1.2");
    assert_eq!(config.ssl.ciphers[0].1.value, "custom \"AES256-SHA:AES128-SHA\"");
    let webvpn = config.webvpn.as_ref().unwrap();
    assert_eq!(webvpn.enabled[0].value, "outside");
    assert_eq!(value(&webvpn.anyconnect_enabled).map(|(on, _)| on), Some(false));
    assert_eq!(value(&webvpn.csd_enabled).map(|(on, _)| on), Some(true));
    assert_eq!(value(&webvpn.dtls_port).map(|(port, _)| port), Some("4443".into()));
    assert_eq!(webvpn.other.len(), 3, "{:?}", webvpn.other);
    let attributes: Vec<_> = config.group_policies[0]
        .attributes
        .iter()
        .map(|(name, value)| (name.as_str(), value.value.as_str()))
        .collect();
    assert_eq!(
        attributes,
        [
            ("vpn-tunnel-protocol", "ssl-client"),
            ("webvpn anyconnect", "ssl dtls none"),
            ("webvpn anyconnect", "ask none default anyconnect"),
            ("group-lock", "value VPNPhone"),
        ]
    );
    assert_eq!(config.group_policies[1].internal.as_ref().map(|seen| seen.value), Some(true));
    assert_eq!(value(&config.dap_records[0].action).map(|(action, _)| action), Some("terminate".into()));
    assert_group(&config);
    assert!(!config.tunnel_groups[0].group_aliases[0].1);
    assert_eq!(config.tunnel_groups[0].without_csd.as_ref().map(|seen| seen.value), Some(true));
    assert_eq!(config.load_balancing.unwrap().participate.map(|seen| seen.value), Some(true));
}

const ACCESS: &str = "\
access-list WEB extended permit tcp any any eq 443
access-list DROP-ALL remark nothing passes
access-list DROP-ALL extended deny ip any any
ip local pool PHONES 198.51.100.1-198.51.100.50 mask 255.255.255.0
crypto ca permit-weak-crypto
crypto ca certificate map SEP 10
 subject-name attr cn co SEP
tunnel-group-map enable rules
tunnel-group-map SEP 10 VPNPhone
aaa-server LDAP protocol ldap
 max-failed-attempts 2
aaa-server LDAP (inside) host 198.51.100.5 sesame timeout 5
 ldap-base-dn dc=example,dc=com
 ldap-login-password sesame
 server-port 636
group-policy Phones external server-group LDAP password sesame
group-policy Phones attributes
 vpn-filter value DROP-ALL
username CP-7962G-SEP001122334455 password sesame encrypted
username CP-7962G-SEP001122334455 attributes
 vpn-group-policy Phones
 vpn-simultaneous-logins 1
 webvpn
  anyconnect ask none
username operator password sesame encrypted privilege 15
dynamic-access-policy-record Phones
 user-message \"No access.\"
 action terminate
 priority 7
 webvpn
  always-on-vpn profile-setting
 network-acl DROP-ALL
webvpn
 enable outside
 keepout \"closed\"
tunnel-group VPNPhone type remote-access
tunnel-group VPNPhone general-attributes
 dhcp-server subnet-selection 198.51.100.9
 authorization-server-group LOCAL
 authorization-required
 username-from-certificate CN OU
 secondary-authentication-server-group LDAP use-primary-username
tunnel-group VPNPhone webvpn-attributes
 pre-fill-username ssl-client
";

#[test]
fn users_servers_pools_lists_and_records_are_read() {
    let flat: String = ACCESS.lines().map(|line| format!("{}\n", line.trim())).collect();
    for text in [ACCESS.to_owned(), flat] {
        let config = config(&text);
        let [list] = config.access_lists.as_slice() else { panic!("{:?}", config.access_lists) };
        assert_eq!((list.name.as_str(), list.lines.len(), list.permits()), ("DROP-ALL", 1, false));
        assert_eq!(list.denying().next().map(|line| line.at.line), Some(3));
        assert_eq!(config.address_pools[0].size(), Some(50));
        assert_eq!(config.permit_weak_crypto.as_ref().map(|seen| seen.value), Some(true));
        assert_eq!(config.certificate_maps[0].conditions[0].value, "subject-name attr cn co SEP");
        assert_eq!(config.tunnel_group_maps[1].value, "SEP 10 VPNPhone");
        let [server] = config.aaa_servers.as_slice() else { panic!("{:?}", config.aaa_servers) };
        assert_eq!(value(&server.protocol), Some(("ldap".into(), 10)));
        assert_eq!(server.hosts[0].host.value, "198.51.100.5");
        let settings: Vec<_> = server.hosts[0].settings.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(settings, ["ldap-base-dn", "server-port"]);
        let policy = &config.group_policies[0];
        assert_eq!(value(&policy.server_group).map(|(name, _)| name), Some("LDAP".into()));
        assert_eq!(policy.shown.as_ref().map(|at| at.line), Some(17));
        let [user, operator] = config.users.as_slice() else { panic!("{:?}", config.users) };
        let names: Vec<_> = user.attributes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["vpn-group-policy", "vpn-simultaneous-logins", "webvpn anyconnect"]);
        assert!(operator.attributes.is_empty());
        let record = &config.dap_records[0];
        assert_eq!(value(&record.action).map(|(action, _)| action), Some("terminate".into()));
        assert_eq!(value(&record.priority).map(|(priority, _)| priority), Some("7".into()));
        assert_eq!(record.network_lists.len(), 1, "{record:?}");
        assert_eq!(
            value(&config.webvpn.as_ref().unwrap().keepout).map(|(text, _)| text),
            Some("\"closed\"".into())
        );
        let group = &config.tunnel_groups[0];
        assert_eq!(group.dhcp_servers.len(), 1);
        assert_eq!(value(&group.authorization_required).map(|(on, _)| on), Some(true));
        assert_eq!(value(&group.username_from_certificate).map(|(fields, _)| fields), Some("CN OU".into()));
        assert!(group.secondary_authentication_server_group.is_some() && group.pre_fill_username.is_some());
        assert!(group.other.is_empty(), "{:?}", group.other);
        assert!(!format!("{config:?}").contains("sesame"), "{config:?}");
    }
}

fn assert_group(config: &AsaConfig) {
    let [group] = config.tunnel_groups.as_slice() else { panic!("{:?}", config.tunnel_groups) };
    assert_eq!(group.name.value, "VPNPhone");
    assert_eq!(value(&group.authentication).map(|(value, _)| value), Some("certificate".into()));
    assert_eq!(value(&group.default_group_policy).map(|(value, _)| value), Some("Phones".into()));
    assert_eq!(group.group_urls[0].0.value, "https://vpn.example.com/VPNPhone");
    assert!(group.group_urls[0].1);
    assert_eq!(group.address_pools[0].value, "PHONES");
}

#[test]
fn lost_indentation_prompts_and_abbreviations_give_the_same() {
    let flat: String = WHOLE.lines().map(|line| format!("{}\n", line.trim())).collect();
    let prompts: String = WHOLE.lines().map(|line| format!("vpn(config)# {}\n", line.trim())).collect();
    let shifted: String = WHOLE.lines().map(|line| format!("    {line}\n")).collect();
    let short = WHOLE
        .replace("general-attributes", "general-attribute")
        .replace("tunnel-group VPNPhone", "tunnel-g VPNPhone")
        .replace("group-policy Phones", "group-po Phones");
    let expected = config(WHOLE);
    for text in [flat, prompts, shifted, short] {
        let config = config(&text);
        assert_group(&config);
        assert_eq!(config.group_policies.len(), expected.group_policies.len());
        let attributes = |config: &AsaConfig| -> Vec<(String, String)> {
            let policy = &config.group_policies[0];
            policy.attributes.iter().map(|(name, value)| (name.clone(), value.value.clone())).collect()
        };
        assert_eq!(attributes(&config), attributes(&expected), "{text}");
        assert_eq!(config.webvpn.map(|webvpn| webvpn.enabled.len()), Some(1));
        assert_eq!(config.ssl.trust_points.len(), 2);
    }
}

#[test]
fn a_page_that_lost_its_line_ends_is_read() {
    let config = config(
        "ip local pool P 192.0.2.10-192.0.2.20 mask 255.255.255.0 group-policy Phones internal group-policy Phones \
         attributes vpn-tunnel-protocol ssl-client tunnel-group VPNPhone type remote-access tunnel-group VPNPhone \
         general-attributes address-pool PHONES default-group-policy Phones tunnel-group VPNPhone webvpn-attributes \
         authentication certificate group-url https://vpn.example.com/VPNPhone enable webvpn enable outside \
         anyconnect enable ssl trust-point SSL outside",
    );
    assert_group(&config);
    assert_eq!(config.group_policies[0].attributes.len(), 1);
    assert!(config.webvpn.unwrap().anyconnect_enabled.unwrap().value);
    assert_eq!(config.ssl.trust_points[0].interface.as_deref(), Some("outside"));
}

#[test]
fn without_indentation_the_next_line_tells_whose_webvpn_it_is() {
    let top = config("group-policy P attributes\nvpn-filter none\nwebvpn\nenable outside\n");
    assert!(top.webvpn.is_some());
    let inner = config(
        "group-policy P attributes\nvpn-filter none\nwebvpn\nanyconnect ask none\nvpn-idle-timeout 5\n",
    );
    assert!(inner.webvpn.is_none());
    let names: Vec<_> = inner.group_policies[0].attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["vpn-filter", "webvpn anyconnect", "vpn-idle-timeout"]);
}

#[test]
fn without_indentation_a_command_of_its_own_ends_a_block_that_has_its_first_word() {
    let flat = config(
        "interface GigabitEthernet0/0\nnameif outside\nip address 192.0.2.1 255.255.255.0\n\
         ip local pool PHONES 198.51.100.10-198.51.100.20 mask 255.255.255.0\n\
         group-policy P attributes\nvpn-filter none\nbanner login Authorised use only\n",
    );
    assert_eq!(flat.address_pools[0].name.value, "PHONES");
    assert!(flat.interfaces[0].address.is_some());
    let names: Vec<_> = flat.group_policies[0].attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["vpn-filter"]);
    let inner = config("group-policy P attributes\nbanner value Welcome\n");
    assert_eq!(inner.group_policies[0].attributes.len(), 1);
}

#[test]
fn a_text_says_what_it_covers() {
    let empty = config_of(read_as("\n", Some("show running-config ssl")));
    assert_eq!(empty.scope, Scope::Sections(vec!["ssl".into()]));
    let set = config_of(read_as("ssl trust-point P outside\n", Some("show run all ssl")));
    assert!(set.all && set.scope.covers("ssl") && !set.scope.covers("webvpn"));
    let part = config_of(read_as("crypto ca trustpoint A\n", Some("show running-config crypto ca")));
    assert!(part.scope.covers("crypto ca trustpoint") && !part.scope.covers("crypto map"));
    let cut = WHOLE.split("tunnel-group VPNPhone").next().unwrap();
    assert_eq!(config(cut).scope, Scope::Excerpt);
    assert_eq!(config("webvpn\n enable outside\n").scope, Scope::Excerpt);
}

#[test]
fn certificates_of_a_chain_are_handed_on() {
    let parsed = read_as(WHOLE, None);
    let holders: Vec<_> =
        parsed.certificates.iter().map(|der| (der.at.line, der.bytes.clone(), der.holder.clone())).collect();
    let holder = |ca| Holder::Trustpoint { name: "PHONES".into(), ca };
    assert_eq!(
        holders,
        [(26, vec![0x30, 3, 2, 1, 1], holder(false)), (29, vec![0x30, 3, 2, 1, 1], holder(true)),]
    );
    let ios = read_as(
        "crypto pki certificate chain TP-self-signed-1\n certificate self-signed 01\n  30030201 01\n  \tquit\n",
        None,
    );
    assert_eq!(ios.certificates.len(), 1);
}

#[test]
fn a_damaged_certificate_gives_a_note_and_no_hash() {
    for (text, line) in [
        (" certificate 01\n  30030201 0g\n  quit\n", 3),
        (" certificate 01\n  30030201\n  quit\nssl trust-point A\n", 2),
        (" certificate 01\n  30820201 01020304\n", 2),
    ] {
        let parsed = read_as(&format!("crypto ca certificate chain P\n{text}"), None);
        assert!(parsed.certificates.is_empty());
        assert_eq!(parsed.notes.iter().map(|note| note.line).collect::<Vec<_>>(), [Some(line)], "{text}");
        assert_eq!(parsed.state, InputState::PartlyRead);
    }
}

#[test]
fn it_is_recognised_by_content() {
    for (text, expected) in [
        (WHOLE, Some((Kind::AsaConfig, 90))),
        (
            "webvpn\n enable outside\n anyconnect enable\nssl trust-point P outside\n",
            Some((Kind::AsaConfig, 70)),
        ),
        ("vpn# show run ssl\nssl trust-point P outside\n", Some((Kind::AsaConfig, 30))),
        (
            "crypto pki certificate chain A\n certificate self-signed 01\n  3003\n",
            Some((Kind::AsaConfig, 30)),
        ),
        ("%ASA-5-111008: User 'a' executed the 'tunnel-group A type remote-access' command.\n", None),
        ("The tunnel-group of the phones needs a group-policy, see webvpn and ssl trust-point.\n", None),
        ("hostname r1\ninterface Gi0\n ip address 192.0.2.1 255.255.255.0\nip ssh version 2\n", None),
    ] {
        assert_eq!(claimed(text), expected, "{text}");
    }
}

#[test]
fn a_whole_configuration_is_known_by_its_content_as_well() {
    let without = |lines: &[&str]| {
        let kept = WHOLE.lines().filter(|line| !lines.contains(line));
        kept.map(|line| format!("{line}\n")).collect::<String>()
    };
    let backup = without(&[": Saved", ":", ": end"]);
    let comments = "! Cisco Adaptive Security Appliance Software Version 9.8(2)\n! \n".repeat(40);
    for (text, scope) in [
        (backup.clone(), Scope::Whole),
        (format!("{comments}{backup}"), Scope::Whole),
        (without(&[": Saved", ":", "ASA Version 9.8(2)"]), Scope::Whole),
        (backup.replace("webvpn\n enable outside\n", "[...]\n"), Scope::Excerpt),
        (backup.replace("hostname vpn\n", ""), Scope::Excerpt),
        (backup.split("tunnel-group VPNPhone").next().unwrap().to_owned(), Scope::Excerpt),
        (backup.trim_end().to_owned(), Scope::Excerpt),
    ] {
        assert_eq!(config(&text).scope, scope, "{text}");
    }
}

#[test]
fn a_configuration_cut_at_any_byte_is_still_read() {
    for cut in 0..WHOLE.len() - 1 {
        let config = config(&WHOLE[..cut]);
        // Between two lines of the last section nothing tells that more followed.
        let tells = !WHOLE[..cut].ends_with('\n') || !WHOLE[..cut].contains("tunnel-group VPNPhone");
        assert!(!tells || config.scope != Scope::Whole, "{cut}");
        let _ = claimed(&WHOLE[..cut]);
    }
    for cut in 0..ACCESS.len() {
        let _ = config(&ACCESS[..cut]);
    }
}
