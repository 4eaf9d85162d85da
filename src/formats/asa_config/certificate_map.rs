//! `crypto ca certificate map`: rules about the names in a client's certificate.
//!
//! ```text
//! crypto ca certificate map PHONES 10
//!  subject-name attr cn co SEP
//! ```
//! `certificate-group-map` in `webvpn`, or `tunnel-group-map`, sends the clients that match to a tunnel group.

use serde::{Deserialize, Serialize};

use super::commands::Command;
use crate::source::Located;

/// One rule of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateMap {
    /// The map's name, and where the rule begins.
    pub name: Located<String>,
    /// The rule's number, as printed.
    pub sequence: String,
    /// What has to hold, one line each.
    pub conditions: Vec<Located<String>>,
}

/// Takes one command of a rule.
pub(super) fn take(command: &Command<'_>, map: &mut CertificateMap) {
    map.conditions.push(Located::new(command.text.to_owned(), command.at()));
}
