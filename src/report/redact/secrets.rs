//! Where a secret stands in a text: known by what stands before it, never by its look.
//!
//! Source: the ASA's and IOS's command references, the elements of a phone's configuration.

use std::ops::Range;

use super::vocabulary;

/// A text from quotation mark to quotation mark, so that a quoted command begins where its quotation does.
pub(super) fn segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split(['"', '“', '”', '„', '`', '\'', '\n']).map(move |segment| {
        let begin = start;
        // Every mark is skipped by its own length.
        let end = begin + segment.len();
        start = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (begin, segment)
    })
}

/// The bytes of every secret.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A secret of a command, and one behind a colon, stands behind a blank.
    let blank = text.contains([' ', '\t']);
    for (at, segment) in segments(text).filter(|_| blank) {
        found.extend(in_command(segment).map(|span| span.start + at..span.end + at));
    }
    if blank || text.contains('=') {
        found.extend(in_parameters(text));
    }
    found.extend(in_urls(text));
    found.extend(in_elements(text));
    found
}

/// To the end of the command, or of the element that it stands in.
fn in_command(segment: &str) -> Option<Range<usize>> {
    let command = segment.trim_start();
    let first = command.as_bytes().first();
    let begins = |row: &&(&str, &str)| row.0.as_bytes().first() == first && command.starts_with(row.0);
    // Keeps every byte's place.
    let low = segment.to_ascii_lowercase();
    let mut starts: Vec<usize> =
        COMMANDS.iter().filter(begins).filter_map(|(_, word)| after_word(&low, word)).collect();
    let certificates = command.split_ascii_whitespace().take(2).any(|word| word.starts_with("cry"));
    for at in words(&low) {
        let rest = low.get(at..).unwrap_or_default();
        let begins =
            |word: &&&str| word.as_bytes().first() == rest.as_bytes().first() && rest.starts_with(**word);
        // Most words are none of these.
        if !ANYWHERE.iter().chain(&PLAIN).chain(&[PKCS12]).any(|word| begins(&word)) {
            continue;
        }
        let (before, part) = low.get(..at).map_or(("", ""), token_before);
        if is_naming(before) {
            continue;
        }
        let value = |word: &&str| value_at(&low, at + word.len());
        // `reset-passwd` is not the word, and may be anybody's name.
        let anywhere = ANYWHERE.iter().filter(begins).filter_map(value);
        starts.extend(anywhere.filter(|at| part.is_empty() || is_value(segment, *at)));
        if certificates && rest.starts_with(PKCS12) {
            starts.extend(value(&PKCS12).filter(|at| is_value(segment, *at)));
        }
        let plain =
            PLAIN.iter().filter(begins).filter(|word| **word != "license" || command.starts_with(*word));
        starts.extend(plain.filter_map(value).filter(|at| is_value(segment, *at)));
    }
    starts.extend(after_server(&low));
    let start = starts.into_iter().min()?;
    let rest = segment.get(start..)?;
    let end = rest.find(['<', '&']).unwrap_or(rest.len());
    (end > 0).then(|| start..start + end)
}

/// `aaa-server RADIUS (inside) host 192.0.2.5 key`: what follows the address.
fn after_server(low: &str) -> Option<usize> {
    if !low.trim_start().starts_with("aaa-server ") {
        return None;
    }
    let host = after_word(low, "host")?;
    let blank = low.get(host..)?.find(' ')?;
    Some(host + blank + 1)
}

/// Where words begin.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let mut letter = false;
    text.char_indices().filter_map(move |(at, sign)| {
        let begins = !letter && sign.is_alphanumeric();
        letter = sign.is_alphanumeric();
        begins.then_some(at)
    })
}

/// What stands before a place: the word before its own one, and as much of its own as is before it.
fn token_before(text: &str) -> (&str, &str) {
    let begin =
        text.rfind(|sign: char| sign.is_whitespace() || "=:<>(".contains(sign)).map_or(0, |at| at + 1);
    let (before, part) = text.split_at_checked(begin).unwrap_or((text, ""));
    (before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default(), part)
}

/// True for a word behind which a name stands, whatever it is: a group may be called `passwd`.
fn is_naming(word: &str) -> bool {
    NAMING.contains(&word)
}

/// The byte after a word and its blank in a text in lower case, where a value follows.
fn after_word(low: &str, word: &str) -> Option<usize> {
    low.match_indices(word).find_map(|(at, _)| {
        let before = low.get(..at)?.chars().next_back();
        value_at(low, at + word.len()).filter(|_| !before.is_some_and(char::is_alphanumeric))
    })
}

/// Where a value begins behind the end of a word: `password : local` and `password.` are no values.
fn value_at(low: &str, after: usize) -> Option<usize> {
    let first = low.get(after..)?.strip_prefix([' ', '\t'])?.chars().next()?;
    (!":.,;)<={⟨".contains(first) && !first.is_whitespace()).then_some(after + 1)
}

/// A word that no sentence goes on with: `password 12345`, not `password expired`.
fn is_value(segment: &str, at: usize) -> bool {
    let word = segment.get(at..).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    let word = word.trim_end_matches(['.', ',', ';', ':', ')', '…']);
    !word.split('-').all(vocabulary::holds)
}

/// `password=x&…`, `Cookie: webvpn=x;`, `Authorization: Basic x`.
fn in_parameters(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains([':', '=']) {
        return found;
    }
    let low = text.to_ascii_lowercase();
    for (word, ends) in [("cookie: ", "'\"<"), ("authorization: ", "'\"<")] {
        let starts = low.match_indices(word).map(|(at, _)| at + word.len());
        found.extend(starts.map(|start| start..start + until(&low, start, ends)));
    }
    for word in PARAMETERS {
        let starts = low.match_indices(word).map(|(at, _)| at + word.len());
        found.extend(starts.map(|start| start..start + until(&low, start, "&; '\"<>")));
    }
    found
}

fn until(text: &str, start: usize, ends: &str) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.find(|sign| ends.contains(sign)).unwrap_or(rest.len())
}

/// `https://user:password@host`; a password may hold the slash that ends a host.
fn in_urls(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices("://").map(|(at, mark)| at + mark.len());
    let spans = starts.filter_map(|start| {
        let url = text.get(start..start + until(text, start, " \t\"'<>`"))?;
        let authority = url.split('/').next()?;
        let port = |(_, port): (&str, &str)| port.bytes().all(|byte| byte.is_ascii_digit());
        let plain = authority.split_once(':').is_none_or(port);
        let end = if plain { authority.rfind('@') } else { url.rfind('@') };
        end.map(|at| start..start + at)
    });
    spans.collect()
}

/// `<sshPassword>x</sshPassword>` and every element of such a name.
fn in_elements(text: &str) -> Vec<Range<usize>> {
    elements(text).filter(|(name, _)| is_secret_name(name)).map(|(_, span)| span).collect()
}

fn is_secret_name(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    ["pass", "secret", "psk", "token"].iter().any(|part| low.contains(part))
        || low.ends_with("pin")
        || low.ends_with("key")
}

/// Every element with text in it: its name and the bytes of its text.
pub(super) fn elements(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.match_indices('<').filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let (tag, content) = rest.split_once('>')?;
        let name = tag.split_whitespace().next().filter(|name| name.chars().all(char::is_alphanumeric))?;
        let end = content.find('<')?;
        let closed = content.get(end..)?.strip_prefix("</")?.starts_with(name);
        let start = at + 1 + tag.len() + 1;
        (closed && end > 0).then_some((name, start..start + end))
    })
}

/// How a command begins, and the word that the secret follows.
const COMMANDS: [(&str, &str); 40] = [
    ("enable ", "password"),
    ("snmp-server ", "community"),
    ("enable ", "secret"),
    ("username ", "password"),
    ("username ", "secret"),
    ("password ", "password"),
    ("sshpassword ", "sshpassword"),
    ("key ", "key"),
    ("passphrase ", "passphrase"),
    ("failover ", "key"),
    ("neighbor ", "password"),
    ("vpdn ", "password"),
    ("vpnclient ", "password"),
    ("http-proxy ", "password"),
    ("https-proxy ", "password"),
    ("web admin ", "password"),
    ("web admin ", "secret"),
    ("cts ", "password"),
    ("ntp authentication-key ", "md5"),
    ("ntp authentication-key ", "sha1"),
    ("ntp authentication-key ", "sha256"),
    ("ntp authentication-key ", "sha512"),
    ("ntp authentication-key ", "cmac"),
    ("ospf authentication-key ", "authentication-key"),
    ("ospf message-digest-key ", "md5"),
    ("authentication key eigrp ", "eigrp"),
    ("snmp-server user ", "auth"),
    ("snmp-server user ", "engineid"),
    ("crypto isakmp key ", "key"),
    ("crypto ca export ", "pkcs12"),
    ("crypto ca import ", "pkcs12"),
    ("crypto pki export ", "pkcs12"),
    ("crypto pki import ", "pkcs12"),
    ("crypto pki export ", "password"),
    ("crypto pki import ", "password"),
    ("crypto map ", "cipher"),
    ("logging ftp-server ", "ftp-server"),
    ("ssh authentication ", "publickey"),
    ("ldap-dn ", "ldap-dn"),
    ("aaa-server ", "key"),
];

/// Words that nothing but a secret follows.
const ANYWHERE: [&str; 15] = [
    "passwd",
    "pre-shared-key",
    "ldap-login-password",
    "radius-common-pw",
    "key-string",
    "password-encryption",
    "policy-server-secret",
    "idtoken",
    "session-key",
    "pkf",
    "phonepassword",
    "adminpassword",
    "authpassword",
    "common-pw",
    "shared-secret",
];

/// The certificate and the key of a server, behind a command about certificates.
const PKCS12: &str = "pkcs12";

/// Words that a sentence has as well: a secret follows where no word of the vocabulary does.
const PLAIN: [&str; 5] = ["password", "community", "license", "activation-key", "activation key:"];

/// Words that a name follows.
const NAMING: [&str; 12] = [
    "tunnel-group",
    "group-policy",
    "group-lock",
    "default-group-policy",
    "vpn-group-policy",
    "trustpoint",
    "trust-point",
    "chain",
    "pool",
    "hostname",
    "nameif",
    "group",
];

const PARAMETERS: [&str; 8] =
    ["password=", "passwd=", "secret=", "token=", "pin=", "webvpn=", "webvpnc=", "sessionid="];

/// What is written for a secret: neither its length nor whether two are the same.
pub(super) const SECRET: &str = "⟨secret⟩";
