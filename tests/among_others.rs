//! A log in which a phone's failure stands among those of many others.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

/// Failures of every kind, of a user from an address.
fn failures(user: &str, address: &str, port: u32) -> String {
    let who = format!("Group <Staff> User <{user}> IP <{address}>");
    format!(
        "\
Nov 23 2026 10:00:01 vpn : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = {user} : user IP = {address}
Nov 23 2026 10:00:01 vpn : %ASA-6-716039: {who} Authentication: rejected, Session Type: WebVPN.
Nov 23 2026 10:00:02 vpn : %ASA-4-724002: {who} WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.
Nov 23 2026 10:00:02 vpn : %ASA-5-734002: DAP: User {user}, Addr {address}: Connection terminated by the following DAP records: DfltAccessPolicy
Nov 23 2026 10:00:03 vpn : %ASA-4-113029: {who} Session could not be established: session limit of 3 reached.
Nov 23 2026 10:00:03 vpn : %ASA-4-722050: {who} Session terminated: SVC not enabled for the user.
Nov 23 2026 10:00:04 vpn : %ASA-3-722020: TunnelGroup <Staff> GroupPolicy <Staff> User <{user}> IP <{address}> No address available for SVC connection
Nov 23 2026 10:00:04 vpn : %ASA-4-113019: Group = Staff, Username = {user}, IP = {address}, Session disconnected. Session Type: SSL, Duration: 0h:00m:31s, Bytes xmt: 1, Bytes rcv: 2, Reason: Lost Service
Nov 23 2026 10:00:05 vpn : %ASA-5-722037: {who} SVC closing connection: DPD failure.
Nov 23 2026 10:00:05 vpn : %ASA-5-722032: {who} New SVC connection replacing old connection.
Nov 23 2026 10:00:06 vpn : %ASA-6-725001: Starting SSL handshake with client outside:{address}/{port} for TLSv1.2 session
"
    )
}

fn findings(log: &str) -> Vec<(String, Vec<u32>)> {
    let readings = [intake::read("x", log.as_bytes(), &Limits::default())];
    let told = diagnose(&readings, &Said::new(), 1_795_000_000);
    let lines = |found: &vpn_phone_doctor::finding::Conclusion| {
        found.evidence.iter().filter_map(|evidence| evidence.at.as_ref()).map(|at| at.line).collect()
    };
    told.findings.iter().map(|found| (found.rule.clone(), lines(found))).collect()
}

#[test]
fn fifty_other_users_failures_are_not_the_phones() {
    let others: String =
        (1..=50).map(|n| failures(&format!("user.{n}"), &format!("203.0.113.{n}"), 1024 + n)).collect();
    let phone = "\
Nov 23 2026 10:01:00 vpn : %ASA-6-113015: AAA user authentication Rejected : reason = Account has been disabled : local database : user = CP-7962G-SEP00112233445A : user IP = 192.0.2.9
Nov 23 2026 10:01:00 vpn : %ASA-6-716039: Group <PHONES> User <CP-7962G-SEP00112233445A> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.
";
    let own: u32 = u32::try_from(others.lines().count()).unwrap();
    let told = findings(&format!("{others}{phone}{others}"));
    assert!(!told.is_empty(), "the phone's own failure is told");
    for (rule, lines) in &told {
        assert!(
            lines.iter().all(|line| *line == own + 1 || *line == own + 2),
            "{rule} speaks of others: {lines:?}"
        );
    }
    let alone = findings(phone);
    let rules = |told: &[(String, Vec<u32>)]| told.iter().map(|(rule, _)| rule.clone()).collect::<Vec<_>>();
    assert_eq!(rules(&told), rules(&alone), "others change nothing");
}
