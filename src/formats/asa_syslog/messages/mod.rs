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
mod of_row;
mod owned;
pub(super) mod path;
mod tls;
mod tunnel;
mod words;

pub(super) use of_row::of_row;
pub(super) use owned::owned;

/// Messages that name neither a session nor a client's handshake and tell of no failure: of packets and their connections,
/// of ciphers in a list, of what address belongs to whom.
pub(super) fn are_of_nobody(id: u32) -> bool {
    matches!(
        id,
        106_000..=106_999 | 302_000..=302_999 | 710_000..=710_999 | 718_000..=718_999 | 725_009..=725_011 | 746_012..=746_013
    )
}

/// Reads the text of a message by its id. What it says stands in the text, so next to nothing is copied.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    match id {
        109_026 | 113_000..=113_999 => aaa::read(id, text),
        106_000..=106_999 | 302_000..=302_999 | 710_000..=710_999 | 733_000..=733_999 => path::read(id, text),
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
}
