//! 113xxx: authentication, authorisation and accounting; who may have a session.
//!
//! ```text
//! AAA user authentication Rejected : reason = Invalid password : server = 192.0.2.20 : user = u : user IP = 192.0.2.9
//! AAA user authentication Rejected: reason = Invalid password: server = 192.0.2.20, User = u
//! AAA retrieved default group policy (PHONES) for user = u
//! Group = g, Username = u, IP = 192.0.2.9, Session disconnected. Session Type: SSL, … Reason: User Requested
//! ```
//! A user's name may hold what looks like the next key, so the address is searched from behind.

use super::super::PolicySource;
use super::super::phrase::{Words, rsplit_phrase, split_phrase};
use super::super::session::{named, session};
use super::words::{between, keyed, number_after, rsplit_word, split_word, trimmed};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::Session;

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let named_session = || session(text).map(|(session, _)| session).unwrap_or_default();
    match id {
        113_004 | 113_008 | 113_012 => {
            let Keys { session, server, .. } = keys(text);
            AsaMessage::AaaAccepted { session, server }
        }
        113_005 | 113_015..=113_017 => {
            let Keys { session, server, reason } = keys(text);
            AsaMessage::AaaRejected { session, server, reason }
        }
        113_013 | 113_014 => {
            let Keys { session, server, reason } = keys(text);
            AsaMessage::AaaServerFailed { session, server, reason }
        }
        109_026 | 113_020 | 113_022 => server_failed(id, text),
        113_023 => AsaMessage::AaaServerActive { server: marked_server(text).into() },
        113_010 => {
            let (user, server) = between_users(text, "received for user", " from server ");
            AsaMessage::AaaChallenge { session: named("", user, ""), server: trimmed(server).into() }
        }
        113_006 => AsaMessage::UserLockedOut { session: named("", locked_out(text), "") },
        113_003 => {
            let (user, policy) = between_users(text, "policy for user", " is being set to ");
            chosen(user, policy, PolicySource::User)
        }
        113_009 | 113_011 => {
            let (policy, user) = between_users(text, "group policy", " for user");
            let by = if id == 113_009 { PolicySource::TunnelGroup } else { PolicySource::User };
            chosen(user.trim_start_matches([' ', '=']), policy, by)
        }
        113_019 => session_ended(text),
        113_024 => AsaMessage::UserFromCertificate { session: user_from_certificate(text) },
        113_025..=113_027 => not_in_certificate(text),
        113_029 => {
            AsaMessage::SessionLimit { session: named_session(), limit: number_after(text, "limit of") }
        }
        113_035 => AsaMessage::ClientNotEnabled { session: named_session() },
        113_039 => AsaMessage::ParentSessionStarted { session: named_session() },
        113_040 => AsaMessage::GroupLocked {
            attempted: name(between(text, "connection attempt from", ". reason:")),
            locked: name(between(text, "group locked to", "\n")),
        },
        _ => match session(text) {
            Some((session, _)) => AsaMessage::Named { session },
            None => AsaMessage::Other,
        },
    }
}

struct Keys<'a> {
    session: Session<Words<'a>>,
    server: Words<'a>,
    reason: Words<'a>,
}

/// The `key = value` pairs, whatever stands between them.
fn keys(text: &str) -> Keys<'_> {
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim_matches(AROUND);
    let (session, end) = user(text);
    let server_at = keyed(text, "server").filter(|(_, key)| *key < end);
    let server = server_at.map(|(value, _)| piece(value, end)).unwrap_or_default();
    let local = || split_word(text, "local database").map(|(before, _)| before.len());
    let reason_end = server_at.map(|(_, key)| key).or_else(local);
    let reason_end = reason_end.filter(|at| *at < end).unwrap_or(end);
    let reason = keyed(text, "reason").filter(|(value, _)| *value <= reason_end);
    let reason = reason.map(|(value, _)| piece(value, reason_end)).unwrap_or_default();
    Keys { session, server: server.into(), reason: reason.into() }
}

/// The user and its address, and where their keys begin.
pub(super) fn user(text: &str) -> (Session<Words<'_>>, usize) {
    let Some((value, key)) = keyed(text, "user") else { return (named("", "", ""), text.len()) };
    let value = text.get(value..).unwrap_or_default();
    let (user, address) = rsplit_word(value, "user ip").unwrap_or((value, ""));
    let address = address.trim_matches(AROUND).rsplit('=').next().unwrap_or_default().trim_matches(AROUND);
    let address = if address.eq_ignore_ascii_case("none") { "" } else { address };
    (named("", user.trim_matches(AROUND), address), key)
}

/// What stands between two phrases, and what follows the second; a user's name may stand on either side of it.
fn between_users<'a>(text: &'a str, before: &str, behind: &str) -> (&'a str, &'a str) {
    let rest = split_word(text, before).map(|(_, rest)| rest).unwrap_or_default();
    rsplit_phrase(rest, behind).unwrap_or((rest, ""))
}

fn chosen<'a>(user: &'a str, policy: &'a str, by: PolicySource) -> AsaMessage<Words<'a>> {
    let user = user.trim().trim_start_matches(['=', ' ']);
    AsaMessage::PolicyChosen { session: named("", user, ""), policy: name(policy), by }
}

/// A name without brackets and punctuation around it.
fn name(text: &str) -> Words<'_> {
    let text = text.trim().trim_end_matches(['.', ',', ':']).trim();
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let bare = bare.or_else(|| text.strip_prefix('<').and_then(|text| text.strip_suffix('>')));
    bare.unwrap_or(text).trim().into()
}

/// `User u locked out on exceeding 3 successive failed authentication attempts`, and the same with `'u'`.
fn locked_out(text: &str) -> &str {
    let rest = text.trim_start().strip_prefix("User ").unwrap_or(text);
    let user = rest.rsplit_once(" locked out on").map_or(rest, |(user, _)| user).trim();
    user.strip_prefix('\'').and_then(|user| user.strip_suffix('\'')).unwrap_or(user)
}

fn server_failed(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let server = match id {
        113_022 => marked_server(text),
        113_020 => between(text, "skew with server", " "),
        _ => "",
    };
    AsaMessage::AaaServerFailed {
        session: Session::default(),
        server: server.into(),
        reason: trimmed(text).into(),
    }
}

/// `AAA Marking RADIUS server 192.0.2.20 in aaa-server group ISE as FAILED`
fn marked_server(text: &str) -> &str {
    between(text, " server ", " in ")
}

fn session_ended(text: &str) -> AsaMessage<Words<'_>> {
    let (session, rest) = session(text).unwrap_or_default();
    AsaMessage::SessionEnded {
        session,
        kind: between(rest, "session type:", ",").into(),
        duration: between(rest, "duration:", ",").into(),
        reason: trimmed(split_word(rest, "reason:").map(|(_, reason)| reason).unwrap_or_default()).into(),
    }
}

/// `Group <tg>: FAILED to extract username from certificate while authenticating ssl connection from <192.0.2.9>`
fn not_in_certificate(text: &str) -> AsaMessage<Words<'_>> {
    let group = text.trim_start().strip_prefix("Group ").and_then(|rest| rest.split_once(": FAILED"));
    let (group, rest) = group.unwrap_or(("", text));
    let address = rest.rsplit_once(" from ").map(|(_, address)| trimmed(address)).unwrap_or_default();
    let known = !group.is_empty() && !address.contains(' ');
    let session = named(group, "", if known { address } else { "" });
    AsaMessage::UserNotInCertificate { session, reason: trimmed(text).into() }
}

/// `Group <tg>: Authenticating ssl connection from <192.0.2.9> with username, <u>, from client certificate`
fn user_from_certificate(text: &str) -> Session<Words<'_>> {
    let group =
        text.trim_start().strip_prefix("Group ").and_then(|rest| split_phrase(rest, ": Authenticating"));
    let (group, rest) = group.unwrap_or(("", text));
    let (before, user) = split_phrase(rest, "with username,").unwrap_or((rest, ""));
    let user = rsplit_phrase(user, ", from client certificate").map_or(user, |(user, _)| user);
    let address = rsplit_phrase(before, " from ").map(|(_, address)| address).unwrap_or_default();
    named(group, user, address)
}

/// What may stand around a value.
const AROUND: [char; 6] = [' ', ':', ',', '.', '<', '>'];

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;

    fn who(group: &str, user: &str, address: &str) -> Session {
        Session { group: group.into(), user: user.into(), address: address.into() }
    }

    #[test]
    fn refusals_of_old_and_new_wordings_are_read() {
        for (id, text, [user, address, server, reason]) in [
            (
                113_005,
                "AAA user authentication Rejected : reason = Invalid password : server = 192.0.2.20 : user = a b : user IP = 192.0.2.9",
                ["a b", "192.0.2.9", "192.0.2.20", "Invalid password"],
            ),
            (
                113_005,
                "AAA user authentication Rejected: reason = AAA failure: server = 192.0.2.20, User = u",
                ["u", "", "192.0.2.20", "AAA failure"],
            ),
            (
                113_005,
                "AAA user authentication Rejected : reason = Unspecified : server =  192.0.2.20 : user = x : user IP = 192.0.2.1 : user IP = 192.0.2.9",
                ["x : user IP = 192.0.2.1", "192.0.2.9", "192.0.2.20", "Unspecified"],
            ),
            (
                113_015,
                "AAA user authentication Rejected : reason = User was not found : local database : user = ***** : user IP = None",
                ["*****", "", "", "User was not found"],
            ),
            (
                113_017,
                "AAA credentials rejected: reason = Invalid password: local database: user = u: user IP = user_ip=192.0.2.9",
                ["u", "192.0.2.9", "", "Invalid password"],
            ),
            (113_005, "AAA user authentication Rejected", ["", "", "", ""]),
        ] {
            let expected = AsaMessage::AaaRejected {
                session: who("", user, address),
                server: server.into(),
                reason: reason.into(),
            };
            assert_eq!(owned(read(id, text)), expected, "{text}");
        }
    }

    #[test]
    fn the_rest_of_a_login_by_aaa_is_read() {
        for (id, text, expected) in [
            (
                113_004,
                "AAA user authentication Successful : server =  192.0.2.20 : user = u",
                AsaMessage::AaaAccepted { session: who("", "u", ""), server: "192.0.2.20".into() },
            ),
            (
                113_012,
                "AAA user authentication Successful : local database : user = u",
                AsaMessage::AaaAccepted { session: who("", "u", ""), server: String::new() },
            ),
            (
                113_014,
                "AAA authentication server not accessible : server = 192.0.2.20 : user = u",
                AsaMessage::AaaServerFailed {
                    session: who("", "u", ""),
                    server: "192.0.2.20".into(),
                    reason: String::new(),
                },
            ),
            (
                113_022,
                "AAA Marking RADIUS server 192.0.2.20 in aaa-server group ISE as FAILED",
                AsaMessage::AaaServerFailed {
                    session: Session::default(),
                    server: "192.0.2.20".into(),
                    reason: "AAA Marking RADIUS server 192.0.2.20 in aaa-server group ISE as FAILED".into(),
                },
            ),
            (
                113_010,
                "AAA challenge received for user u from server 192.0.2.20.",
                AsaMessage::AaaChallenge { session: who("", "u", ""), server: "192.0.2.20".into() },
            ),
            (
                113_009,
                "AAA retrieved default group policy (PHONES) for user = u",
                AsaMessage::PolicyChosen {
                    session: who("", "u", ""),
                    policy: "PHONES".into(),
                    by: PolicySource::TunnelGroup,
                },
            ),
            (
                113_003,
                "AAA group policy for user u is being set to PHONES",
                AsaMessage::PolicyChosen {
                    session: who("", "u", ""),
                    policy: "PHONES".into(),
                    by: PolicySource::User,
                },
            ),
            (
                113_019,
                "Group = g, Username = u, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:00m:31s, Bytes xmt: 1, Bytes rcv: 2, Reason: User Requested",
                AsaMessage::SessionEnded {
                    session: who("g", "u", "192.0.2.9"),
                    kind: "SSL".into(),
                    duration: "0h:00m:31s".into(),
                    reason: "User Requested".into(),
                },
            ),
            (
                113_024,
                "Group <g>: Authenticating ssl connection from <192.0.2.9> with username, <u>, from client certificate",
                AsaMessage::UserFromCertificate { session: who("g", "u", "192.0.2.9") },
            ),
            (
                113_024,
                "Group g: Authenticating SSL connection from 192.0.2.9 with username, u, from client certificate",
                AsaMessage::UserFromCertificate { session: who("g", "u", "192.0.2.9") },
            ),
            (
                113_025,
                "Group g: FAILED to extract username from certificate while authenticating ssl connection from 192.0.2.9",
                AsaMessage::UserNotInCertificate {
                    session: who("g", "", "192.0.2.9"),
                    reason: "Group g: FAILED to extract username from certificate while authenticating ssl connection from 192.0.2.9".into(),
                },
            ),
            (
                113_029,
                "Group <g> User <u> IP <192.0.2.9> Session could not be established: session limit of 0 reached.",
                AsaMessage::SessionLimit { session: who("g", "u", "192.0.2.9"), limit: Some(0) },
            ),
            (
                113_040,
                "Terminating the VPN connection attempt from VPNPhone. Reason: This connection is group locked to Staff.",
                AsaMessage::GroupLocked { attempted: "VPNPhone".into(), locked: "Staff".into() },
            ),
            (
                113_006,
                "User 'x locked out on' locked out on exceeding 3 successive failed authentication attempts",
                AsaMessage::UserLockedOut { session: who("", "x locked out on", "") },
            ),
        ] {
            assert_eq!(owned(read(id, text)), expected, "{text}");
        }
    }
}
