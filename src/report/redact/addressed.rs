//! What of a URL or of an end of a connection names somebody: `https://berlin/phones`, `dmz7:192.0.2.1/443`.
//!
//! The path of a group-url is as telling as its host, even where it is made of common words.

use std::net::IpAddr;

use super::class::{Class, Named};
use super::{public_names, shapes};

/// Every such part.
pub(super) fn spans(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("://") {
        url(text, at + mark.len(), &mut found);
    }
    interfaces(text, &mut found);
    found
}

fn url(text: &str, start: usize, found: &mut Vec<Named>) {
    let rest = text.get(start..).unwrap_or_default();
    let ends = |sign: char| sign.is_whitespace() || "\"'<>`“”„⟨…)".contains(sign);
    let whole = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
    let whole = whole.trim_end_matches(['.', ',', ';', ':']);
    let host_ends = whole.find(['/', '?']).unwrap_or(whole.len());
    let (authority, path) = whole.split_at_checked(host_ends).unwrap_or((whole, ""));
    let user = authority.rfind('@').map_or(0, |at| at + 1);
    let host = authority.get(user..).unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(host, _)| !host.contains(':')).map_or(host, |(host, _)| host);
    if public_names::PUBLIC.contains(&host) {
        return;
    }
    // A host that is one word; one with dots and an address have their own shapes.
    if !host.is_empty() && !shapes::host_or_wildcard(host) && !host.contains(['[', ']']) {
        found.push((start + user..start + user + host.len(), Class::Host));
    }
    let mut begin = start + host_ends;
    for piece in path.split_inclusive(['/', '?', '&', '=', ',', ';']) {
        let word = piece.trim_end_matches(['/', '?', '&', '=', ',', ';']);
        let key = piece.ends_with('=');
        let stem = shapes::ending(word).map_or(word, |(stem, _)| stem);
        let told = key && public_names::harmless(word);
        if !stem.is_empty() && !told {
            found.push((begin..begin + stem.len(), Class::Text));
        }
        begin += piece.len();
    }
}

/// `client outside:192.0.2.1/443`: the interface.
fn interfaces(text: &str, found: &mut Vec<Named>) {
    for (colon, _) in text.match_indices(':') {
        let after = text.get(colon + 1..).unwrap_or_default();
        let address = after.split('/').next().filter(|address| address.len() < after.len());
        if address.is_none_or(|address| address.parse::<IpAddr>().is_err()) {
            continue;
        }
        let before = text.get(..colon).unwrap_or_default();
        let fits = |sign: &char| sign.is_alphanumeric() || "-_.".contains(*sign);
        let length: usize = before.chars().rev().take_while(fits).map(char::len_utf8).sum();
        let begin = colon - length;
        // Not a part of an IPv6 address.
        let whole = text.get(begin..colon + 1 + address.map_or(0, str::len)).unwrap_or_default();
        let alone = !before.get(..begin).is_some_and(|before| before.ends_with(':'))
            && whole.parse::<IpAddr>().is_err();
        if length > 0 && alone {
            found.push((begin..colon, Class::Interface));
        }
    }
}
