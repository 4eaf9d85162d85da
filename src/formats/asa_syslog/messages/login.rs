//! 716xxx, 724xxx, 734xxx: web login, Cisco Secure Desktop, dynamic access policies.
//!
//! ```text
//! Group <g> User <u> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.
//! DAP: User u, Addr 192.0.2.9: Connection terminated by the following DAP records: DfltAccessPolicy
//! ```

use super::super::phrase::Words;
use super::super::session::{access_policy, session};
use super::words::{between, number_after, rsplit_word, split_word, trimmed};
use crate::documents::asa_syslog::AsaMessage;

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let told = session(text);
    let known = told.is_some();
    let (session, rest) = told.unwrap_or_default();
    match id {
        716_001 => AsaMessage::WebSessionStarted { session },
        716_002 => {
            AsaMessage::WebSessionEnded { session, reason: trimmed(behind(rest, "terminated:")).into() }
        }
        716_023 => AsaMessage::SessionLimit { session, limit: number_after(text, "limit of") },
        716_038 => AsaMessage::LoginAccepted { session },
        716_039 => AsaMessage::LoginRejected { session },
        716_052 | 716_058 => AsaMessage::SessionLost { session },
        716_057 => {
            let kind = between(rest, "session terminated, no", "license").into();
            AsaMessage::LicenceLimit { session, kind }
        }
        716_059 => AsaMessage::SessionResumed { session },
        716_060 => AsaMessage::LicenceLimit { session, kind: "".into() },
        724_001..=724_004 => AsaMessage::Posture { session },
        734_001 => {
            let connection = trimmed(between(rest, "connection", ":")).into();
            AsaMessage::DapSelected { session, connection, records: records(text) }
        }
        734_002 => AsaMessage::DapTerminated { session, records: records(text) },
        734_003 => attribute(text),
        734_004 => AsaMessage::DapError { text: trimmed(text).into() },
        _ if known => AsaMessage::Named { session },
        _ => AsaMessage::Other,
    }
}

fn behind<'a>(text: &'a str, phrase: &str) -> &'a str {
    split_word(text, phrase).map(|(_, rest)| rest).unwrap_or_default()
}

/// `… the following DAP records were selected for this connection: A, B`: names stand last.
fn records(text: &str) -> Vec<Words<'_>> {
    let list = rsplit_word(text, "dap records").map(|(_, list)| list).unwrap_or_default();
    let list = list.split_once(':').map(|(_, list)| list).unwrap_or_default();
    list.split(',').map(trimmed).filter(|record| !record.is_empty()).map(Words::from).collect()
}

/// `DAP: User u, Addr 192.0.2.9: Session Attribute aaa.cisco.tunnelgroup = VPNPhone`
fn attribute(text: &str) -> AsaMessage<Words<'_>> {
    let (session, _) = access_policy(text).unwrap_or_default();
    let rest = text.rsplit_once("Session Attribute").map(|(_, rest)| rest).unwrap_or_default();
    let rest = rest.trim_start_matches([':', ' ']);
    let (name, value) = rest.split_once('=').or_else(|| rest.split_once('/')).unwrap_or((rest, ""));
    AsaMessage::DapAttribute {
        session,
        name: name.trim().into(),
        value: value.trim().trim_matches('"').into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;
    use crate::event::Session;

    fn who(group: &str) -> Session {
        Session { group: group.into(), user: "u".into(), address: "192.0.2.9".into() }
    }

    #[test]
    fn the_steps_of_a_web_login_are_read() {
        for (id, text, expected) in [
            (
                716_002,
                "Group <g> User <u> IP <192.0.2.9> WebVPN session terminated: User Requested.",
                AsaMessage::WebSessionEnded { session: who("g"), reason: "User Requested".into() },
            ),
            (
                716_057,
                "Group <g> User <u> IP <192.0.2.9> Session terminated, no AnyConnect Premium license available.",
                AsaMessage::LicenceLimit { session: who("g"), kind: "AnyConnect Premium".into() },
            ),
            (
                716_039,
                "Group <g> User <u> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.",
                AsaMessage::LoginRejected { session: who("g") },
            ),
            (
                724_002,
                "Group <g> User <u> IP <192.0.2.9> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.",
                AsaMessage::Posture { session: who("g") },
            ),
            (
                734_001,
                "DAP: User u, Addr 192.0.2.9, Connection AnyConnect: The following DAP records were selected for this connection: PHONES, DfltAccessPolicy",
                AsaMessage::DapSelected {
                    session: who(""),
                    connection: "AnyConnect".into(),
                    records: vec!["PHONES".into(), "DfltAccessPolicy".into()],
                },
            ),
            (
                734_002,
                "DAP: User u, Addr 192.0.2.9: Connection terminated by the following DAP records: DfltAccessPolicy.",
                AsaMessage::DapTerminated { session: who(""), records: vec!["DfltAccessPolicy".into()] },
            ),
            (
                734_003,
                "DAP: User u, Addr 192.0.2.9: Session Attribute aaa.cisco.tunnelgroup = VPNPhone",
                AsaMessage::DapAttribute {
                    session: who(""),
                    name: "aaa.cisco.tunnelgroup".into(),
                    value: "VPNPhone".into(),
                },
            ),
        ] {
            assert_eq!(owned(read(id, text)), expected, "{text}");
        }
    }
}
