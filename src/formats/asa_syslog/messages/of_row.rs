//! Of a message what a phone's row needs: whose it is, and what it means for an attempt to connect.
//!
//! Of most messages of a large log nothing else is kept, so lists, addresses and names that no row has are not looked for.

use super::super::phrase::Words;
use super::super::session::{access_policy, session};
use super::super::{Transport, TransportStep};
use super::{aaa, read, tls};
use crate::documents::asa_syslog::AsaMessage;

/// Reads the text of a message by its id as [`read`] does; other fields than those of a row may be empty.
pub(in super::super) fn of_row(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    use AsaMessage as M;
    let none = Words::default;
    let whose = || session(text).map(|(session, _)| session).unwrap_or_default();
    let step = |step| M::Transport { session: whose(), transport: Transport::Unknown, step };
    match id {
        113_004 | 113_008 | 113_012 => M::AaaAccepted { session: aaa::user(text).0, server: none() },
        722_022 => step(TransportStep::Established),
        722_023 => step(TransportStep::Terminated),
        722_028 => step(TransportStep::Stale),
        722_032 => step(TransportStep::Replaced),
        722_033 => step(TransportStep::First),
        722_034 => step(TransportStep::New),
        722_051 => M::AddressAssigned { session: whose(), assigned: none() },
        725_008 => M::ClientProposes { peer: tls::peer(text), count: 0 },
        725_012 => M::CipherChosen { peer: tls::peer(text), name: none() },
        734_001 => M::DapSelected { session: whose(), connection: none(), records: Vec::new() },
        734_003 => {
            let session = access_policy(text).map(|(session, _)| session).unwrap_or_default();
            M::DapAttribute { session, name: none(), value: none() }
        }
        _ => read(id, text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::steps::step;
    use super::*;

    /// Texts of many kinds, whole and cut.
    const TEXTS: [&str; 12] = [
        "AAA user authorization Successful : server = 198.51.100.20 : user = CP-7962G-SEP001122334455",
        "AAA user accounting Successful : local database : user = u : user IP = 192.0.2.9",
        "AAA user authentication Rejected : reason = Invalid password : server = 192.0.2.20 : user = u : user IP = none",
        "Group <g> User <u> IP <192.0.2.9> First UDP SVC connection established for SVC session.",
        "Group <g> User <u> IP <192.0.2.9> IPv4 Address <198.51.100.7> IPv6 address <::> assigned to session",
        "TunnelGroup <t> GroupPolicy <p> User <u> IP <192.0.2.9> No address available for SVC connection",
        "Group = g, Username = u, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Reason: User Requested",
        "SSL client outside:192.0.2.9/50091 to 198.51.100.1/443 proposes the following 2 cipher(s)",
        "Device chooses cipher : AES128-SHA for the SSL session with server inside :192.0.2.9 /443",
        "DAP: User u, Addr 192.0.2.9, Connection AnyConnect: The following DAP records were selected for this connection: A, B",
        "DAP: User u, Addr 192.0.2.9: Session Attribute aaa.cisco.tunnelgroup = VPNPhone",
        "no names at all",
    ];

    #[test]
    fn a_row_learns_of_each_message_what_all_of_it_would_tell() {
        let ids = [113, 716, 717, 722, 724, 725, 734, 737].into_iter();
        let mut named = 0;
        for id in ids.flat_map(|family| family * 1000..(family + 1) * 1000) {
            for text in
                TEXTS.iter().flat_map(|text| [*text, &text[..text.len() * 2 / 3], &text[text.len() / 5..]])
            {
                let (all, row) = (read(id, text), of_row(id, text));
                assert_eq!(std::mem::discriminant(&all), std::mem::discriminant(&row), "{id} {text}");
                assert_eq!(all.session(), row.session(), "{id} {text}");
                assert_eq!(all.peer(), row.peer(), "{id} {text}");
                assert_eq!(step(id, &all, text), step(id, &row, text), "{id} {text}");
                named += u32::from(all.session().is_some_and(|session| !session.user.is_empty()));
            }
        }
        assert!(named > 1000, "{named}");
    }
}
