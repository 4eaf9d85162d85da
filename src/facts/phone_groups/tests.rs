//! What ties a tunnel group to phones, and what does not.

use super::*;
use crate::case::{Case, Said};
use crate::testing::{now, readings};

const CONFIG: &str = "tunnel-group BRANCH type remote-access\ntunnel-group BRANCH general-attributes\n default-group-policy HANDSETS\n\
    tunnel-group BRANCH webvpn-attributes\n group-url https://gw.example.com/Branch enable\n\
    tunnel-group STAFF type remote-access\ntunnel-group STAFF general-attributes\n default-group-policy STAFF\n";

fn groups(files: &[(&str, &str)], said: &Said) -> PhoneGroups {
    let readings = readings(files);
    Case::of(&readings, said, now()).phone_groups
}

fn groups_of(files: &[(&str, &str)]) -> Vec<(String, GroupWitness)> {
    let groups = groups(files, &Said::new());
    groups.groups.iter().map(|group| (group.name.clone(), group.witness())).collect()
}

#[test]
fn each_witness_is_heard() {
    let branch = |witness| vec![("BRANCH".to_owned(), witness)];
    let phone = "<vpnGroup><addresses><url1>https://GW.example.com/Branch</url1></addresses></vpnGroup>";
    assert_eq!(groups_of(&[("a", CONFIG), ("b.xml", phone)]), branch(GroupWitness::Url));
    for (line, witness) in [
        (
            "%ASA-5-113024: Group BRANCH: Authenticating ssl connection from 203.0.113.7 with username, CP-8841-SEP0011223344AA, from client certificate\n",
            GroupWitness::Login,
        ),
        (
            "%ASA-7-734003: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.7: Session Attribute aaa.cisco.tunnelgroup = BRANCH\n",
            GroupWitness::Login,
        ),
        (
            "%ASA-4-722051: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> Address <198.51.100.3> assigned to session\n",
            GroupWitness::Policy,
        ),
        (
            "%ASA-4-722050: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> Session terminated: SVC not enabled for the user\n",
            GroupWitness::Policy,
        ),
        (
            "%ASA-6-722055: Group <HANDSETS> User <*****> IP <203.0.113.7> Client Type: Cisco SVC IPPhone Client v1.0 (1.0)\n",
            GroupWitness::Policy,
        ),
    ] {
        assert_eq!(groups_of(&[("a", CONFIG), ("log", line)]), branch(witness), "{line}");
    }
    let pc = "%ASA-4-722051: Group <HANDSETS> User <alice> IP <203.0.113.7> Address <198.51.100.3> assigned to session\n";
    assert_eq!(groups_of(&[("a", CONFIG), ("log", pc)]), []);
}

#[test]
fn any_message_of_a_phone_names_its_group_or_policy() {
    let branch = |witness| vec![("BRANCH".to_owned(), witness)];
    for (line, expected) in [
        (
            "%ASA-4-724002: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.",
            branch(GroupWitness::Policy),
        ),
        (
            "%ASA-4-724002: Group <BRANCH> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.",
            branch(GroupWitness::Login),
        ),
        (
            "%ASA-5-722033: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> First TCP SVC connection established for SVC session.",
            branch(GroupWitness::Policy),
        ),
        (
            "%ASA-6-716038: Group <DfltGrpPolicy> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> Authentication: successful, Session Type: WebVPN.",
            Vec::new(),
        ),
        (
            "%ASA-5-722033: Group <HANDSETS> User <alice> IP <203.0.113.7> First TCP SVC connection established for SVC session.",
            Vec::new(),
        ),
    ] {
        assert_eq!(groups_of(&[("a", CONFIG), ("log", &format!("{line}\n"))]), expected, "{line}");
    }
}

#[test]
fn a_policy_that_several_groups_hand_out_tells_of_none_alone() {
    let shared = CONFIG.replace("default-group-policy STAFF", "default-group-policy HANDSETS");
    let line = "%ASA-5-722033: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> First TCP SVC connection established for SVC session.\n";
    let all = groups_of(&[("a", &shared), ("log", line)]);
    assert!(all.len() == 2 && all.iter().all(|(_, by)| *by == GroupWitness::SharedPolicy), "{all:?}");
    let phone = "<vpnGroup><addresses><url1>https://gw.example.com/Branch</url1></addresses></vpnGroup>";
    let tied = groups_of(&[("a", &shared), ("log", line), ("b.xml", phone)]);
    assert_eq!(tied, [("BRANCH".to_owned(), GroupWitness::Url)]);
}

#[test]
fn an_answer_counts_and_a_name_is_a_hint() {
    let mut said = Said::new();
    said.say("tunnel-group", "STAFF").unwrap();
    assert!(groups(&[("a", CONFIG)], &said).group("STAFF").unwrap().is_sure());
    for line in [
        "tunnel-group B webvpn-attributes\n group-alias Telefone enable\n",
        "tunnel-group B webvpn-attributes\n group-url https://gw.example.com/voip enable\n",
        "tunnel-group B general-attributes\n default-group-policy GP-IPT\n",
    ] {
        let hinted = groups(&[("a", &format!("tunnel-group B type remote-access\n{line}"))], &Said::new());
        assert!(hinted.group("B").is_some_and(|group| !group.is_sure()), "{line}");
    }
    let named = groups(&[("a", "tunnel-group VPN-Phones type remote-access\n")], &Said::new());
    assert_eq!(named.groups[0].at_most(Confidence::Certain), Confidence::Possible);
    assert_eq!(named.sure().count(), 0);
}

#[test]
fn sessions_of_phones_are_told_from_those_of_people() {
    let log = "%ASA-5-113024: Group BRANCH: Authenticating ssl connection from 203.0.113.7 with username, CP-8841-SEP0011223344AA, from client certificate\n";
    let groups = groups(&[("a", CONFIG), ("log", log)], &Said::new());
    let session = |group: &str, user: &str, address: &str| Session {
        group: group.into(),
        user: user.into(),
        address: address.into(),
    };
    for (session, expected) in [
        (session("x", "LOCAL\\CP-8841-SEP0011223344AA", ""), Some(SessionTie::User)),
        (session("STAFF", "*****", "203.0.113.7"), Some(SessionTie::Address)),
        (session("STAFF", "alice", "203.0.113.7"), None),
        (session("BRANCH", "alice", "203.0.113.9"), Some(SessionTie::Group)),
        (session("HANDSETS", "", ""), Some(SessionTie::Group)),
        (session("DfltGrpPolicy", "bob", "203.0.113.9"), None),
    ] {
        assert_eq!(groups.tie(&session), expected, "{session:?}");
    }
    assert_eq!(groups.claim(&session("VPN-Phones", "lobby", "")), Some(Confidence::Possible));
    assert_eq!(groups.claim(&session("STAFF", "alice", "")), None);
}

#[test]
fn a_name_that_is_a_group_and_its_policy_tells_of_the_group() {
    let line = "%ASA-6-722022: Group <STAFF> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> TCP SVC connection established without compression\n";
    let both = format!("{CONFIG}group-policy STAFF internal\n");
    assert_eq!(groups_of(&[("a", &both), ("log", line)]), [("STAFF".to_owned(), GroupWitness::Policy)]);
    // The group hands out another policy than the one of its name: which is meant is not known.
    let other = both.replace("default-group-policy STAFF", "default-group-policy HANDSETS");
    assert_eq!(groups_of(&[("a", &other), ("log", line)]), []);
}
