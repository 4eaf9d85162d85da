//! Of a message what a phone's row needs: whose it is, and what it means for an attempt to connect.
//!
//! Of most messages of a large log nothing else is kept, so lists, addresses and names that no row has are not looked for.

use super::super::phrase::Words;
use super::super::session::{access_policy, session};
use super::{aaa, tls};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::{Transport, TransportStep};

/// Reads the text of a message by its id; fields that are no row's are empty. `None` where all of it is to be read.
pub(super) fn of_row(id: u32, text: &str) -> Option<AsaMessage<Words<'_>>> {
    use AsaMessage as M;
    let none = Words::default;
    let whose = || session(text).map(|(session, _)| session).unwrap_or_default();
    let step = |step| M::Transport { session: whose(), transport: Transport::Unknown, step };
    let message = match id {
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
        _ => return None,
    };
    Some(message)
}
