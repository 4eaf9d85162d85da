//! What a message says: one reader for each subject.
//!
//! Wordings differ between releases (`Device chooses cipher : AES128-SHA for …`, `Device chooses cipher AES128-SHA
//! for …`), so keywords are searched and blanks around colons do not matter. Names that a user chose may hold
//! anything: where a keyword can occur in a name, the last one counts, because names stand first.

use super::phrase::Words;
use crate::documents::asa_syslog::AsaMessage;

mod aaa;
mod address;
mod certificate;
mod login;
#[cfg(not(target_arch = "wasm32"))]
mod of_row;
mod owned;
pub(super) mod path;
mod tls;
mod tunnel;
mod words;

pub(super) use owned::owned;

/// Messages that name neither a session nor a client's handshake and tell of no failure: of packets and their connections,
/// of ciphers in a list, of what address belongs to whom.
pub(super) fn are_of_nobody(id: u32) -> bool {
    matches!(
        id,
        106_000..=106_999 | 110_000..=110_999 | 302_000..=302_999 | 305_000..=305_999 | 710_000..=710_999 | 718_000..=718_999 | 725_009..=725_011 | 746_012..=746_013
    )
}

/// Reads the text of a message by its id. What it says stands in the text, so next to nothing is copied.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    match id {
        109_026 | 113_000..=113_999 => aaa::read(id, text),
        106_000..=106_999
        | 110_000..=110_999
        | 302_000..=302_999
        | 305_000..=305_999
        | 401_000..=401_999
        | 710_000..=710_999
        | 733_000..=733_999 => path::read(id, text),
        199_005 | 199_006 => AsaMessage::Startup,
        444_005 => AsaMessage::LicenceExpiring { days: words::number_after(text, "expire in") },
        716_000..=716_999 | 724_000..=724_999 | 734_000..=734_999 => login::read(id, text),
        717_000..=717_999 => certificate::read(id, text),
        718_000..=718_999 => AsaMessage::LoadBalancing,
        722_000..=722_999 => tunnel::read(id, text),
        725_000..=725_999 => tls::read(id, text),
        737_000..=737_999 | 746_000..=746_999 => address::read(id, text),
        _ => AsaMessage::Other,
    }
}

/// The same for a phone's row: other fields than those of a row may be empty.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn of_row(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    of_row::of_row(id, text).unwrap_or_else(|| read(id, text))
}

/// The page would weigh more for it than it gains.
#[cfg(target_arch = "wasm32")]
pub(super) use read as of_row;

#[cfg(test)]
mod tests {
    use super::super::steps;
    use super::*;
    use crate::event::attempt::Step;

    #[test]
    fn what_is_of_nobody_names_nobody_and_decides_nothing() {
        let text =
            "Group <g> User <u> IP <192.0.2.9> for outside:192.0.2.9/50091 to identity:198.51.100.1/443";
        for id in (0..=999_999).filter(|id| are_of_nobody(*id)) {
            let message = read(id, text);
            assert!(message.session().is_none() && message.peer().is_none(), "{id}");
            assert_eq!(steps::step(id, &message, text), Step::Context, "{id}");
        }
        assert!([106_023, 302_013, 725_011, 746_012].into_iter().all(are_of_nobody));
        assert!(![725_008, 725_012, 113_004, 733_102].into_iter().any(are_of_nobody));
    }

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
                assert_eq!(steps::step(id, &all, text), steps::step(id, &row, text), "{id} {text}");
                named += u32::from(all.session().is_some_and(|session| !session.user.is_empty()));
            }
        }
        assert!(named > 1000, "{named}");
    }
}
