//! `ssl …`: what the ASA's TLS server offers, and with which certificate.
//!
//! Up to 9.3(1) one list of ciphers holds for all versions (`ssl encryption`); since 9.3(2) each version has its
//! own (`ssl cipher tlsv1.2 high`, `ssl cipher tlsv1.2 custom "AES256-SHA:AES128-SHA"`).

use super::blocks::is;
use super::commands::Command;
use crate::documents::asa_config::{Ssl, SslTrustpoint};
use crate::source::Located;

/// Takes one command.
pub(super) fn take(command: &Command<'_>, words: &[&str], ssl: &mut Ssl) {
    let seen = |text: &str| Located::new(text.to_owned(), command.at());
    match words {
        ["ssl", word, rest @ ..] if is(word, "trust-point", 5) => {
            if let Some(bound) = trust_point(command, rest) {
                ssl.trust_points.push(bound);
            }
        }
        ["no", "ssl", word, rest @ ..] if is(word, "trust-point", 5) => {
            let Some(bound) = trust_point(command, rest) else { return };
            let binding = |one: &SslTrustpoint| {
                let SslTrustpoint { name, interface, domain, of_cluster } = one.clone();
                (name.value, interface, domain, of_cluster)
            };
            ssl.trust_points.retain(|known| binding(known) != binding(&bound));
        }
        ["ssl", word, ciphers @ ..] if is(word, "encryption", 3) => {
            let ciphers = ciphers.iter().map(|cipher| (*cipher).to_owned()).collect();
            ssl.encryption = Some(Located::new(ciphers, command.at()));
        }
        ["ssl", "cipher", version, _, ..] => {
            let level = seen(command.after(3));
            match ssl.ciphers.iter_mut().find(|(known, _)| known == version) {
                Some((_, known)) => *known = level,
                None => ssl.ciphers.push(((*version).to_owned(), level)),
            }
        }
        ["ssl", word, ..] if is(word, "server-version", 6) => {
            ssl.server_version = Some(seen(command.after(2)));
        }
        ["ssl", word, ..] if is(word, "client-version", 6) => {
            ssl.client_version = Some(seen(command.after(2)));
        }
        _ => {}
    }
}

/// `NAME [domain D] [INTERFACE] [vpnlb-ip]`
fn trust_point(command: &Command<'_>, words: &[&str]) -> Option<SslTrustpoint> {
    let (name, mut rest) = words.split_first()?;
    let mut domain = None;
    if let ["domain", value, after @ ..] = rest {
        domain = Some((*value).to_owned());
        rest = after;
    }
    let interface = rest.first().map(|interface| (*interface).to_owned());
    let of_cluster = rest.get(1) == Some(&"vpnlb-ip");
    Some(SslTrustpoint {
        name: Located::new((*name).to_owned(), command.at()),
        interface,
        domain,
        of_cluster,
    })
}
