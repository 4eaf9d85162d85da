//! Lists of ciphers for a command: what the ASA allows now, and what every VPN phone knows besides.
//!
//! A list that is entered replaces the one before. One that held only the phones' ciphers would cut off others.

use crate::facts::negotiation::Server;
use crate::finding::Finding;
use crate::tables::tls_versions::Protocol;
use crate::tables::{asa_ciphers, cipher_suites};

/// What every VPN phone offers (Cisco 116162, SSL ciphers on the ASA).
pub(super) const AES_SHA: [&str; 2] = ["AES256-SHA", "AES128-SHA"];

/// For `ssl cipher <version> custom`: OpenSSL's names, for example `ECDHE-RSA-AES256-GCM-SHA384:AES256-SHA:AES128-SHA`.
pub(super) fn custom(asa: Option<&Server>, version: Protocol) -> String {
    suites(asa, version).join(":")
}

/// For `ssl encryption`: the ASA's names, for example `3des-sha1 aes256-sha1 aes128-sha1`.
pub(super) fn encryption(asa: Option<&Server>) -> String {
    let names: Vec<_> = suites(asa, Protocol::Tls10).into_iter().filter_map(asa_ciphers::asa_name).collect();
    names.join(" ")
}

/// Only names that the tables know: a list may hold whatever a file's author liked.
fn suites(asa: Option<&Server>, version: Protocol) -> Vec<&'static str> {
    let now = asa.and_then(|asa| asa.lists.get(&version)).map(|list| list.suites.as_slice());
    let known = now.unwrap_or_default().iter().filter_map(|name| cipher_suites::by_name(name));
    let mut names: Vec<_> = known.map(|suite| suite.name).collect();
    let missing: Vec<_> = AES_SHA.into_iter().filter(|name| !names.contains(name)).collect();
    names.extend(missing);
    names
}

/// A finding with the one of the two commands that the ASA has, or with both where that is not known, and their lists.
pub(crate) fn with_commands(
    mut finding: Finding,
    asa: Option<&Server>,
    version: Option<Protocol>,
) -> Finding {
    finding.fixes = match asa.and_then(Server::has_cipher_command) {
        Some(true) => vec!["cipher"],
        Some(false) => vec!["encryption"],
        None => vec!["encryption", "cipher"],
    };
    let (stream, datagram) = match version {
        Some(Protocol::Tls12 | Protocol::Tls13 | Protocol::Dtls12) => (Protocol::Tls12, Protocol::Dtls12),
        Some(Protocol::Tls11) => (Protocol::Tls11, Protocol::Dtls10),
        _ => (Protocol::Tls10, Protocol::Dtls10),
    };
    finding
        .computed("encryption", encryption(asa))
        .computed("version", stream.word())
        .computed("suites", custom(asa, stream))
        .computed("datagram-version", datagram.word())
        .computed("datagram-suites", custom(asa, datagram))
}
