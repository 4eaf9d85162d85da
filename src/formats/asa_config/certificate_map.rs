//! `crypto ca certificate map`: rules about the names in a client's certificate.
//!
//! ```text
//! crypto ca certificate map PHONES 10
//!  subject-name attr cn co SEP
//! ```
//! `certificate-group-map` in `webvpn` sends the clients that match to a tunnel group; `tunnel-group-map` does so with
//! IKE's.

use super::commands::Command;
use crate::documents::asa_config::CertificateMap;
use crate::source::Located;

/// Takes one command of a rule.
pub(super) fn take(command: &Command<'_>, map: &mut CertificateMap) {
    map.conditions.push(Located::new(command.text.to_owned(), command.at()));
}
