//! Several phones behind one address: what fails there without a name counts until every phone that it may be of is
//! connected.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::{Conclusion, Severity};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::time::parse_rfc3339;

const FIRST: &str = "CP-8861-SEP001122334455";
const SECOND: &str = "CP-8861-SEP001122334456";
const PC: &str = "bob";

use Logs::{Connects, Leaves, NoCipher, Refuses, Rejects, ShakesHands};

/// What an ASA logs, a minute each.
enum Logs<'a> {
    /// A client that says no name refuses the certificate.
    Refuses,
    /// A client that says no name has no cipher in common.
    NoCipher,
    /// A client that says no name completes its handshake.
    ShakesHands,
    /// A login whose name is hidden is rejected.
    Rejects,
    /// Handshake, login and both tunnels.
    Connects(&'a str),
    /// The session ends.
    Leaves(&'a str),
}

fn lines(minute: usize, logs: &Logs<'_>) -> String {
    let at = format!("Nov 24 2026 10:{minute:02}:00 asa1 : %ASA");
    let peer = format!("outside:203.0.113.40/{}", 50_000 + minute);
    let start = format!(
        "{at}-6-725001: Starting SSL handshake with client {peer} to 192.0.2.1/443 for TLS session\n"
    );
    let done = format!(
        "{start}{at}-6-725002: Device completed SSL handshake with client {peer} to 192.0.2.1/443 for TLSv1.2 session\n"
    );
    let failed = |reason: &str| {
        format!(
            "{start}{at}-7-725014: SSL lib error. Function: ssl3_read_bytes Reason: {reason}\n{at}-6-725006: Device failed SSL handshake with client {peer} to 192.0.2.1/443\n"
        )
    };
    match logs {
        Refuses => failed("tlsv1 alert unknown ca"),
        NoCipher => failed("no shared cipher"),
        ShakesHands => done,
        Rejects => format!(
            "{done}{at}-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = ***** : user IP = 203.0.113.40\n"
        ),
        Connects(user) => {
            let client = if *user == PC {
                "Cisco AnyConnect VPN Agent for Windows 4.10"
            } else {
                "Cisco SVC IPPhone Client v1.0 (1.0)"
            };
            let session = format!("Group <PHONES> User <{user}> IP <203.0.113.40>");
            format!(
                "{done}{at}-6-716038: {session} Authentication: successful, Session Type: WebVPN.\n{at}-6-722055: {session} Client Type: {client}\n{at}-5-722033: {session} First TCP SVC connection established for SVC session.\n{at}-5-722033: {session} First UDP SVC connection established for SVC session.\n"
            )
        }
        Leaves(user) => format!(
            "{at}-4-113019: Group = PHONES, Username = {user}, IP = 203.0.113.40, Session disconnected. Session Type: AnyConnect-Parent, Duration: 0h:01m:00s, Bytes xmt: 1, Bytes rcv: 1, Reason: User Requested\n"
        ),
    }
}

fn case(story: &[Logs<'_>]) -> Diagnosis {
    let text: String = story.iter().enumerate().map(|(minute, logs)| lines(minute, logs)).collect();
    let reading = intake::read("asa.log", text.as_bytes(), &Limits::default());
    diagnose(&[reading], &Said::new(), parse_rfc3339("2026-11-24T12:00:00Z").unwrap())
}

/// The rules of what counts, and of what is told as over.
fn told(story: &[Logs<'_>]) -> (Vec<String>, Vec<String>) {
    let (over, counts): (Vec<_>, Vec<_>) =
        case(story).findings.into_iter().partition(|found| found.severity == Severity::Notice);
    let rules = |found: Vec<Conclusion>| {
        let mut rules: Vec<String> = found.into_iter().map(|found| found.rule).collect();
        rules.sort();
        rules
    };
    (rules(counts), rules(over))
}

#[track_caller]
fn counts(story: &[Logs<'_>], rules: &[&str]) {
    assert_eq!(told(story).0, rules);
}

#[track_caller]
fn is_over(story: &[Logs<'_>], rule: &str) {
    assert_eq!(told(story), (Vec::new(), vec![rule.to_owned()]));
}

const REFUSED: &str = "phone-rejected-server-certificate";
const CIPHER: &str = "no-shared-cipher";
const PASSWORD: &str = "aaa-rejected";

#[test]
fn a_phone_that_connects_proves_nothing_of_its_neighbour() {
    // The first one has no tunnel when somebody is refused, and does not come back.
    counts(&[Connects(FIRST), Leaves(FIRST), Refuses, Connects(SECOND)], &[REFUSED]);
    counts(
        &[Connects(SECOND), Connects(FIRST), Leaves(FIRST), Refuses, Leaves(SECOND), Connects(SECOND)],
        &[REFUSED],
    );
    counts(&[Connects(SECOND), Connects(FIRST), Leaves(FIRST), Refuses, ShakesHands], &[REFUSED]);
    counts(&[Connects(SECOND), Connects(FIRST), Leaves(FIRST), Rejects, Connects(SECOND)], &[PASSWORD]);
}

#[test]
fn it_is_over_once_every_phone_without_a_tunnel_has_one() {
    is_over(&[Refuses, Connects(FIRST), Connects(SECOND)], REFUSED);
    is_over(&[Connects(FIRST), Refuses, Connects(SECOND)], REFUSED);
    is_over(&[Connects(FIRST), Leaves(FIRST), Refuses, Connects(SECOND), Connects(FIRST)], REFUSED);
    // A phone without power whose session the ASA still counts.
    is_over(&[Connects(FIRST), Connects(SECOND), Refuses, Connects(FIRST)], REFUSED);
}

#[test]
fn a_failure_of_one_is_not_superseded_by_another_ones() {
    counts(
        &[Connects(FIRST), Leaves(FIRST), Connects(SECOND), Leaves(SECOND), Refuses, NoCipher],
        &[CIPHER, REFUSED],
    );
}

#[test]
fn one_phone_alone_gets_past_what_nobody_else_can_have_had() {
    is_over(&[Refuses, Connects(FIRST)], REFUSED);
    is_over(&[Connects(FIRST), Leaves(FIRST), Refuses, ShakesHands], REFUSED);
}

#[test]
fn a_pc_beside_a_phone_mends_nothing_of_it() {
    counts(&[Connects(FIRST), Leaves(FIRST), Refuses, Connects(PC)], &[REFUSED]);
    counts(&[Connects(FIRST), Leaves(FIRST), Refuses, Connects(PC), Connects(FIRST)], &[]);
}
