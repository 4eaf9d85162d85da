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

use Logs::{Closes, Connects, Idles, Leaves, NoCipher, Refuses, Rejects, Returns, ShakesHands};

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
    /// Its connections end, and no message tells of its session.
    Closes(&'a str),
    /// Its login ends, and no message tells of its tunnel.
    Idles(&'a str),
    /// It comes back to its session over a new connection.
    Returns(&'a str),
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
    let of = |user: &str| format!("Group <PHONES> User <{user}> IP <203.0.113.40>");
    match logs {
        Closes(user) => format!(
            "{at}-6-722023: {0} TCP SVC connection terminated without compression\n{at}-6-722023: {0} UDP SVC connection terminated without compression\n",
            of(user)
        ),
        Idles(user) => {
            format!("{at}-6-716002: {} WebVPN session terminated: Idle Timeout.\n", of(user))
        }
        Returns(user) => {
            format!("{done}{at}-5-722034: {} New TCP SVC connection, no existing connection.\n", of(user))
        }
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
            let session = of(user);
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

#[test]
fn a_tunnel_ends_by_whatever_message_tells_it() {
    for end in [Leaves(SECOND), Closes(SECOND), Idles(SECOND)] {
        // The second one is the one without a tunnel: that the first one comes back proves nothing of it.
        let story = [Connects(FIRST), Connects(SECOND), end, Refuses, Connects(FIRST)];
        counts(&story, &[REFUSED]);
    }
    for end in [Closes(SECOND), Idles(SECOND)] {
        is_over(&[Connects(FIRST), Connects(SECOND), end, Refuses, Connects(SECOND)], REFUSED);
    }
    is_over(&[Connects(FIRST), Connects(SECOND), Closes(SECOND), Refuses, Returns(SECOND)], REFUSED);
    // It was back before somebody was refused, so nothing says which of them that was.
    is_over(
        &[Connects(FIRST), Connects(SECOND), Closes(SECOND), Returns(SECOND), Refuses, Connects(FIRST)],
        REFUSED,
    );
}

#[test]
fn a_phone_that_is_written_in_two_ways_is_one() {
    let small = FIRST.to_lowercase();
    for other in ["SEP001122334455", small.as_str(), "EXAMPLE\\CP-8861-SEP001122334455"] {
        is_over(&[Connects(FIRST), Leaves(FIRST), Refuses, Connects(other)], REFUSED);
        is_over(&[Connects(other), Leaves(other), Refuses, Connects(FIRST)], REFUSED);
    }
}
