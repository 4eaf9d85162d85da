//! Session lists that nobody here wrote: users, addresses, policies and tunnel groups as a person reads them.
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::asa_sessions::AsaSessions;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

use crate::Check;

/// File; user, assigned address, public address, group policy, tunnel group, number of words of the protocol.
type Expected =
    (&'static str, &'static [(&'static str, &'static str, &'static str, &'static str, &'static str, usize)]);

const LISTS: &[Expected] = &[
    (
        "show/genie_ShowVpnSessiondbAnyconnect_golden_output_2_output.txt",
        &[
            ("lee", "192.168.246.1", "10.139.1.2", "EngPolicy", "EngGroup", 3),
            ("yumi", "192.168.246.2", "10.139.1.3", "EngPolicy", "EngGroup", 3),
        ],
    ),
    (
        "show/genie_ShowVpnSessiondbAnyconnect_golden_output_4_output.txt",
        &[
            ("xxxxxxxx", "x.x.x.x", "x.x.x.x", "GroupPolicy_Employee", "Employee", 2),
            ("xxxxxxxx", "x.x.x.x", "x.x.x.x", "GroupPolicy_Employee", "Employee", 3),
        ],
    ),
    (
        "show/genie_ShowVpnSessiondbAnyconnect_golden_output_6_output.txt",
        &[(
            "XXX",
            "10.25.112.2",
            "10.69.27.37",
            "GroupPolicy_RSM_Auto_VPN_UserCert",
            "RSM_Auto_VPN_UserCert",
            3,
        )],
    ),
    (
        "show/ncs_netsim_show_anyconnect.txt",
        &[
            ("abcd", "60.0.0.1", "80.0.2.103", "vpn", "vpn", 3),
            ("renuka", "60.0.0.2", "80.0.2.101", "vpn", "vpn", 3),
            ("renuka", "60.0.0.3", "80.0.2.102", "vpn", "vpn", 3),
            ("abcd", "60.0.0.4", "80.0.2.104", "vpn", "vpn", 3),
        ],
    ),
    (
        "show/ntc_cisco_asa_show_vpn-sessiondb_anyconnect.raw",
        &[("USER", "10.254.254.22", "1.2.3.4", "RAVPN", "RAVPN", 3)],
    ),
    (
        "show/ntc_cisco_asa_show_vpn-sessiondb_anyconnect1.raw",
        &[
            ("USER", "10.254.254.22", "1.2.3.4", "RAVPN", "RAVPN", 3),
            ("lee", "192.168.246.1", "10.139.1.2", "EngPolicy", "EngGroup", 3),
        ],
    ),
    (
        "show/ntc_cisco_asa_show_vpn-sessiondb_anyconnect2.raw",
        &[
            ("janedoe", "10.15.113.59", "8.8.8.8", "BORING-GP-NAME-HERE", "BORING-TG-NAME-HERE", 3),
            ("johndoe", "10.15.112.51", "15.25.192.144", "BORING-GP-NAME-HERE", "BORING-TG-NAME-HERE", 3),
            ("foo_bar", "10.15.112.173", "123.15.26.19", "BORING-GP-NAME-HERE", "BORING-TG-NAME-HERE", 1),
        ],
    ),
    (
        "show/ntc_cisco_asa_show_vpn-sessiondb_anyconnect4.raw",
        &[
            ("smithj", "10.1.8.12", "3.4.5.6", "GRP_VPN_PROD", "TUN_VPN_PROD", 3),
            ("smithj1", "10.1.0.14", "3.4.5.7", "GRP_VPN_PROD", "TUN_VPN_PROD", 3),
            ("smithj2", "10.1.0.15", "3.4.5.8", "GRP_VPN_PROD", "TUN_VPN_PROD", 1),
        ],
    ),
    (
        "show/ntc_cisco_asa_show_vpn-sessiondb_anyconnect_long_usernames.raw",
        &[("longfirstname.longlastname@example.com", "10.254.254.22", "1.2.3.4", "RAVPN", "RAVPN", 3)],
    ),
    (
        "phone-docs/cisco_115785_vpn_phone_cert_auth.md",
        &[("CP-7962G-SEPXXXXXXXXXXXX", "10.10.10.2", "172.16.250.15", "GroupPolicy_SSL", "SSL", 3)],
    ),
    (
        "transcribed/qytang_asa_cert_map_ldap_sslvpn.txt",
        &[("ssluser", "", "202.100.1.102", "ssl-user-policy", "sslvpn", 1)],
    ),
    (
        "configs/chuckbag_client_vpn_radius.md",
        &[("chuck", "198.18.1.41", "19.14.14.13", "GroupPolicy1", "labfw-aaa-test", 3)],
    ),
];

fn lists(path: &str) -> (Vec<Kind>, Vec<AsaSessions>) {
    let bytes = std::fs::read(crate::shared().join("samples/asa").join(path));
    let bytes = bytes.unwrap_or_else(|_| panic!("no {path}"));
    // A name that tells nothing, so that only the content can.
    let reading = intake::read("x", &bytes, &Limits::default());
    let kinds = reading.inputs.iter().map(|input| input.kind).collect();
    let lists = reading.documents.into_iter().filter_map(|document| match document.content {
        Content::AsaSessions(list) => Some(list),
        _ => None,
    });
    (kinds, lists.collect())
}

pub fn sessions_are_read_as_a_person_reads_them() {
    for (path, expected) in LISTS {
        let (_, lists) = lists(path);
        let value = |seen: &Option<vpn_phone_doctor::source::Located<String>>| {
            seen.as_ref().map(|seen| seen.value.clone()).unwrap_or_default()
        };
        let sessions: Vec<_> = lists
            .iter()
            .flat_map(|list| &list.sessions)
            .map(|session| {
                (
                    session.user.clone(),
                    session.assigned.clone(),
                    session.public.clone(),
                    value(&session.group_policy),
                    value(&session.tunnel_group),
                    value(&session.protocol).split_whitespace().count(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(user, assigned, public, policy, group, tunnels)| {
                (
                    (*user).to_owned(),
                    (*assigned).to_owned(),
                    (*public).to_owned(),
                    (*policy).to_owned(),
                    (*group).to_owned(),
                    *tunnels,
                )
            })
            .collect();
        assert_eq!(sessions, expected, "{path}");
    }
}

pub fn the_phones_session_says_that_it_is_one() {
    let (_, lists) = lists("phone-docs/cisco_115785_vpn_phone_cert_auth.md");
    let session = &lists[0].sessions[0];
    assert!(session.says_phone());
    assert_eq!(session.client.as_ref().unwrap().value, "Cisco SVC IPPhone Client v1.0 (1.0)");
    assert_eq!(session.authentication.as_ref().unwrap().value, "Certificate");
    let tunnels: Vec<_> = session.tunnels.iter().map(|tunnel| tunnel.name.as_str()).collect();
    assert_eq!(tunnels, ["AnyConnect-Parent", "SSL-Tunnel", "DTLS-Tunnel"]);
}

pub fn summaries_are_read_as_a_person_reads_them() {
    for (path, name, active, rows, capacity) in [
        ("show/genie_ShowVPNSessionDBSummary_golden_output_2_output.txt", "AnyConnect Client", 127, 12, 5000),
        ("show/genie_ShowVPNSessionDBSummary_golden_output_4_output.txt", "Clientless VPN", 0, 4, 250),
        ("show/ntc_cisco_asa_show_vpn-sessiondb.raw", "AnyConnect Client", 38, 9, 5000),
    ] {
        let (kinds, lists) = lists(path);
        assert_eq!(kinds, [Kind::AsaSessions], "{path}");
        let list = &lists[0];
        assert!(list.sessions.is_empty(), "{path}");
        assert_eq!((list.summary[0].name.as_str(), list.summary[0].active), (name, active), "{path}");
        assert_eq!(list.summary.len(), rows, "{path}");
        assert_eq!(list.capacity.as_ref().unwrap().value, capacity, "{path}");
    }
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    ("sessions_are_read_as_a_person_reads_them", sessions_are_read_as_a_person_reads_them),
    ("the_phones_session_says_that_it_is_one", the_phones_session_says_that_it_is_one),
    ("summaries_are_read_as_a_person_reads_them", summaries_are_read_as_a_person_reads_them),
];
