//! Where a name stands in a text: known by what stands before it, so that a name which is a common word goes too.
//!
//! A device's grammar is strict: after `tunnel-group` stands a name, whatever it looks like. In our own sentences
//! only what is known to be a name is taken for one.

use std::ops::Range;

use super::dictionary::{Class, Dictionary};
use super::secrets::{elements, segments};
use super::shapes;

/// A name: where it stands, and what it names.
pub(super) type Named = (Range<usize>, Class);

/// Every name that what stands before it tells.
pub(super) fn spans(text: &str, dictionary: &mut Dictionary) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, segment) in segments(text) {
        let command = segment.trim_start();
        let skipped = at + segment.len() - command.len();
        found.extend(prompt(command).map(|span| (span.start + skipped..span.end + skipped, Class::Host)));
        for (start, class) in COMMANDS {
            let Some(after) = command.strip_prefix(start) else { continue };
            let begin = skipped + start.len();
            if *class == Class::Text {
                let whole = after.trim_end();
                found.push((begin..begin + whole.len(), Class::Text));
            } else if let Some(name) = name_at(after) {
                found.push((begin..begin + name.len(), *class));
            }
        }
    }
    for (word, class) in STRICT {
        for (at, _) in matches(text, word) {
            if let Some(name) = name_at(text.get(at + word.len()..).unwrap_or_default()) {
                found.push((at + word.len()..at + word.len() + name.len(), *class));
            }
        }
    }
    for (name, span) in elements(text) {
        let class = ELEMENTS.iter().find(|(element, _)| element.eq_ignore_ascii_case(name));
        found.extend(class.map(|(_, class)| (span, *class)));
    }
    found.retain(|(span, class)| {
        let word = text.get(span.clone()).unwrap_or_default();
        is_name(word, *class)
    });
    for (span, class) in &found {
        if *class != Class::Text {
            dictionary.name(*class, text.get(span.clone()).unwrap_or_default());
        }
    }
    for word in SENTENCES {
        for (at, _) in matches(text, word) {
            let begin = at + word.len();
            let name = name_at(text.get(begin..).unwrap_or_default()).unwrap_or_default();
            found.extend(dictionary.known_name(name).map(|class| (begin..begin + name.len(), class)));
        }
    }
    // A sentence begins with a capital; a small word in its place may be a name, and so may a word in quotation.
    for (at, segment) in segments(text) {
        let name = if at == 0 { name_at(segment).unwrap_or_default() } else { segment };
        found.extend(dictionary.known_name(name).map(|class| (at..at + name.len(), class)));
    }
    found
}

/// Where a word stands that no letter precedes.
fn matches<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    text.match_indices(word).filter(|(at, _)| {
        !text.get(..*at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric)
    })
}

/// The word at the beginning of a text.
fn name_at(text: &str) -> Option<&str> {
    let end = text.find([' ', ',', '>', '<', '\n', '\t', '"', '“', '”', '\'', '`', ';', '(', ')', ']']);
    let name = text.get(..end.unwrap_or(text.len()))?.trim_end_matches(['.', ':']);
    (!name.is_empty()).then_some(name)
}

/// Not an address, a phone, a hash or a pseudonym: those have their own shapes; and not something cut off.
fn is_name(word: &str, class: Class) -> bool {
    let shaped = shapes::sep(word).is_some()
        || word.contains("PHONE-")
        || word.contains(['⟨', '…', '@', '{'])
        || word.split(['\\', '/']).any(shapes::pseudonym)
        || word.parse::<std::net::IpAddr>().is_ok()
        || (class != Class::Text && shapes::host(word))
        || word.contains("://")
        || (class != Class::Text && word.contains(['\\', '/', '=']));
    word.chars().any(char::is_alphanumeric) && !shaped && !NO_NAMES.contains(&word)
}

/// `ASA5520-C(config)# show`: the name before the prompt's sign.
fn prompt(command: &str) -> Option<Range<usize>> {
    let (before, _) = command.split_once('#')?;
    let name = before.split_once('(').map_or(before, |(name, _)| name);
    let fits = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    (!name.is_empty() && name.len() < 64 && name.chars().all(fits)).then_some(0..name.len())
}

/// How a line begins after which a name stands, or free text.
const COMMANDS: &[(&str, Class)] = &[
    ("hostname ", Class::Host),
    ("nameif ", Class::Name),
    ("username ", Class::User),
    ("tunnel-group ", Class::Group),
    ("group-policy ", Class::Group),
    ("default-group-policy ", Class::Group),
    ("vpn-group-policy ", Class::Group),
    ("group-lock value ", Class::Group),
    ("group-alias ", Class::Group),
    ("address-pool ", Class::Group),
    ("address-pools value ", Class::Group),
    ("ip local pool ", Class::Group),
    ("vpn-filter value ", Class::Group),
    ("split-tunnel-network-list value ", Class::Group),
    ("dynamic-access-policy-record ", Class::Group),
    ("aaa-server ", Class::Group),
    ("authentication-server-group ", Class::Group),
    ("access-list ", Class::Group),
    ("object network ", Class::Name),
    ("object-group network ", Class::Name),
    ("ssl trust-point ", Class::Trustpoint),
    ("crypto ca trustpoint ", Class::Trustpoint),
    ("crypto ca certificate chain ", Class::Trustpoint),
    ("crypto pki trustpoint ", Class::Trustpoint),
    ("crypto pki certificate chain ", Class::Trustpoint),
    ("crypto ca export ", Class::Trustpoint),
    ("crypto ca authenticate ", Class::Trustpoint),
    ("keypair ", Class::Trustpoint),
    ("Associated Trustpoints: ", Class::Trustpoint),
    ("certificate ca ", Class::Serial),
    ("certificate self-signed ", Class::Serial),
    ("certificate ", Class::Serial),
    ("description ", Class::Text),
    ("banner ", Class::Text),
    ("user-message ", Class::Text),
    ("snmp-server location ", Class::Text),
    ("snmp-server contact ", Class::Text),
    ("contact-name ", Class::Text),
    ("street-address ", Class::Text),
    ("site-id ", Class::Text),
];

/// What a device writes before a name, anywhere in a line.
const STRICT: &[(&str, Class)] = &[
    ("User <", Class::User),
    ("username, <", Class::User),
    ("user = ", Class::User),
    ("User = ", Class::User),
    ("User=", Class::User),
    ("username = ", Class::User),
    ("Username = ", Class::User),
    ("Username     : ", Class::User),
    ("User '", Class::User),
    ("DAP: User ", Class::User),
    ("for user \"", Class::User),
    ("LOCAL\\", Class::User),
    ("Written by ", Class::User),
    ("modified by ", Class::User),
    ("Group <", Class::Group),
    ("TunnelGroup <", Class::Group),
    ("GroupPolicy <", Class::Group),
    ("Group = ", Class::Group),
    ("group = ", Class::Group),
    ("Tunnel Group: ", Class::Group),
    ("Tunnel Group : ", Class::Group),
    ("Group Policy : ", Class::Group),
    ("tunnel-group '", Class::Group),
    ("group policy (", Class::Group),
    ("DAP records: ", Class::Group),
    ("selected for this connection: ", Class::Group),
    ("group locked to ", Class::Group),
    ("aaa-server group ", Class::Group),
    ("access-group \"", Class::Group),
    ("remark ", Class::Text),
    ("in the trustpoint ", Class::Trustpoint),
    ("serial number: ", Class::Serial),
    ("Serial Number: ", Class::Serial),
    ("on interface ", Class::Name),
];

/// What our own sentences say before a name.
const SENTENCES: [&str; 26] = [
    "tunnel group ",
    "tunnel-group ",
    "Tunnelgruppe ",
    "Tunnelgruppe (tunnel-group) ",
    "group policy ",
    "group-policy ",
    "Gruppenrichtlinie ",
    "Gruppenrichtlinie (group-policy) ",
    "trust-point ",
    "trustpoint ",
    "Vertrauenspunkt ",
    "Vertrauenspunkt (trustpoint) ",
    "user ",
    "user name ",
    "Benutzer ",
    "Benutzername ",
    "pool ",
    "Pool ",
    "Adresspool ",
    "interface ",
    "Schnittstelle ",
    "record ",
    "default-group-policy ",
    "is ",
    "ist ",
    "value ",
];

/// Elements of a phone's configuration that hold names.
const ELEMENTS: [(&str, Class); 13] = [
    ("sshUserId", Class::User),
    ("userId", Class::User),
    ("ownerUserId", Class::User),
    ("authName", Class::User),
    ("contact", Class::Text),
    ("name", Class::Text),
    ("displayName", Class::Text),
    ("featureLabel", Class::Text),
    ("phoneLabel", Class::Text),
    ("description", Class::Text),
    ("speedDialNumber", Class::Text),
    ("messagesNumber", Class::Text),
    ("processNodeName", Class::Host),
];

/// Keywords and placeholders of our own that stand where a name could.
pub(super) const NO_NAMES: [&str; 16] = [
    "NAME",
    "INTERFACE",
    "TRUSTPOINT",
    "GROUP",
    "POLICY",
    "POOL",
    "USER",
    "ADDRESS",
    "CUCM",
    "Available",
    "type",
    "value",
    "none",
    "Requested",
    "Policy",
    "number",
];
