//! A text, word by word.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::class::{Class, Named};
use super::dictionary::Dictionary;
use super::public_names::{CISCO, PUBLIC, harmless, harmless_letters};
use super::secrets::SECRET;
use super::{contexts, in_names, paths, secrets, shapes, vocabulary};

/// A device's words, redacted.
pub(super) fn text(text: &str, dictionary: &mut Dictionary) -> String {
    let names = contexts::spans(text, dictionary);
    with_names(text, names, dictionary)
}

/// What stands in a text that is more than its words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Special {
    Secret,
    File,
    Name(Class),
}

fn with_names(text: &str, names: Vec<Named>, dictionary: &mut Dictionary) -> String {
    let mut special: Vec<(Range<usize>, Special)> =
        secrets::spans(text).into_iter().map(|span| (span, Special::Secret)).collect();
    special.extend(dictionary.files.quoted(text).into_iter().map(|span| (span, Special::File)));
    special.extend(names.into_iter().map(|(span, class)| (span, Special::Name(class))));
    // The longest of those that begin together; a secret before a name.
    special.sort_by_key(|(span, special)| {
        (span.start, *special != Special::Secret, std::cmp::Reverse(span.end), *special)
    });
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, special) in special {
        if span.start < at {
            // A secret that begins inside what was written already still hides its own end.
            if special == Special::Secret && span.end > at {
                at = span.end;
            }
            continue;
        }
        words(text.get(at..span.start).unwrap_or_default(), &mut out, dictionary);
        let word = text.get(span.clone()).unwrap_or_default();
        match special {
            Special::Secret => {
                dictionary.hide(word);
                out.push_str(SECRET);
            }
            Special::File => out.push_str(&paths::path(word, dictionary, self::text)),
            Special::Name(Class::Serial) => out.push_str(&dictionary.serial(word)),
            Special::Name(class) => out.push_str(&dictionary.pseudonym(class, word, word)),
        }
        at = span.end;
    }
    words(text.get(at..).unwrap_or_default(), &mut out, dictionary);
    out
}

/// A part of a text in which nothing is known by what stands before it.
fn words(text: &str, out: &mut String, dictionary: &mut Dictionary) {
    let mut rest = text;
    let mut before = "";
    while let Some(first) = rest.chars().next() {
        if let Some((bytes, after)) = groups(rest) {
            out.push_str(&dictionary.fingerprint(bytes));
            rest = after;
            continue;
        }
        if is_border(first) {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(is_border).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let version =
            VERSIONS.contains(&before) && run.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
        if version {
            out.push_str(run)
        } else {
            out.push_str(&one_run(run, dictionary))
        }
        before = run;
        rest = after;
    }
}

/// `cn=vpn.example.com, o=Example`: the kinds of attributes stay, their values do not.
pub(super) fn distinguished_name(name: &str, dictionary: &mut Dictionary) -> String {
    if CISCO.contains(&name) {
        return name.to_owned();
    }
    let mut parts = Vec::new();
    for part in name.split(',') {
        let Some((kind, value)) = part.split_once('=') else {
            parts.push(text(part, dictionary));
            continue;
        };
        let value = value.trim();
        let known = shapes::holds_pseudonym(value)
            || shapes::pseudonym_of_model(value)
            || shapes::sep(value).is_some()
            || shapes::host_or_wildcard(value)
            || value.parse::<IpAddr>().is_ok();
        let written =
            if known { text(value, dictionary) } else { dictionary.pseudonym(Class::Name, value, value) };
        let kind = if kind.trim().len() <= 2 || vocabulary::holds(kind.trim()) { kind } else { "x" };
        parts.push(format!("{kind}={written}"));
    }
    parts.join(",")
}

/// A run of signs between two borders.
fn one_run(run: &str, dictionary: &mut Dictionary) -> String {
    // Of what was cut off nobody can tell what it was.
    if let Some(cut) = run.strip_suffix('…')
        && !cut.contains('…')
        && !(cut.starts_with("CP-") && harmless(cut))
        && !harmless_letters(cut)
        && !is_written(cut)
    {
        return "…".to_owned();
    }
    let body = run.trim_end_matches(['.', ':', '…']);
    let tail = run.get(body.len()..).unwrap_or_default();
    format!("{}{tail}", piece(body, dictionary))
}

/// Pseudonyms, and at most the kinds of attributes that they are values of: `O=NAME-02/CN=NAME-01`.
fn is_written(run: &str) -> bool {
    let is_word = |part: &str| part.is_empty() || shapes::pseudonym(part) || harmless_letters(part);
    let is_kind = |kind: &str| kind.len() <= 2 || harmless_letters(kind);
    let mut parts = run.split(|sign| sign != '=' && SPLITS.contains(&sign));
    parts.all(|part| match part.split_once('=') {
        Some((kind, value)) => is_kind(kind) && shapes::pseudonym(value),
        None => is_word(part),
    })
}

fn piece(run: &str, dictionary: &mut Dictionary) -> String {
    if run.is_empty() {
        return String::new();
    }
    if let Some(class) = dictionary.class_of(run) {
        return dictionary.pseudonym(class, run, run);
    }
    // Nearly every word is one of a sentence, and has no other shape.
    if run.bytes().all(|byte| byte.is_ascii_alphabetic()) && vocabulary::holds(run) {
        return run.to_owned();
    }
    if let Some(digits) = shapes::mac(run) {
        return dictionary.pseudonym(Class::Phone, &digits, run);
    }
    if let Some(digits) = shapes::client_id(run) {
        return format!("01{}", dictionary.pseudonym(Class::Phone, &digits, run));
    }
    if let Ok(address) = run.parse::<Ipv6Addr>() {
        if let Some(address) = address.to_ipv4_mapped() {
            return dictionary.address(IpAddr::V4(address), &address.to_string());
        }
        if let Some(digits) = shapes::eui64(address) {
            return dictionary.pseudonym(Class::Phone, &digits, run);
        }
        return dictionary.address(IpAddr::V6(address), run);
    }
    if shapes::hash(run) {
        return dictionary.fingerprint(run);
    }
    if run.matches('@').count() == 1 && !run.contains('/') {
        let (user, host) = run.split_once('@').unwrap_or_default();
        if !user.is_empty() && shapes::host(host) {
            return dictionary.pseudonym(Class::Mail, &run.to_lowercase(), run);
        }
    }
    // `if:192.0.2.1/443`, `LOCAL\user`, `cn=name`, `https://host/path`: each part for itself.
    let mut out = String::new();
    let mut rest = run;
    loop {
        if let Some((address, after)) = leading_ipv6(rest) {
            out.push_str(&piece(address, dictionary));
            rest = after;
        }
        let end = rest.find(SPLITS).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(&word(part, dictionary));
        let Some(sign) = after.chars().next() else { return out };
        out.push(sign);
        rest = after.get(sign.len_utf8()..).unwrap_or_default();
    }
}

/// `2001:db8::9/443`: an IPv6 address at the beginning, and what follows.
fn leading_ipv6(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|sign: char| !sign.is_ascii_hexdigit() && sign != ':').unwrap_or(text.len());
    let (address, after) = text.split_at_checked(end)?;
    (address.matches(':').count() >= 2 && address.parse::<Ipv6Addr>().is_ok()).then_some((address, after))
}

fn word(word: &str, dictionary: &mut Dictionary) -> String {
    if word.is_empty() {
        return String::new();
    }
    if let Some(class) = dictionary.class_of(word) {
        return dictionary.pseudonym(class, word, word);
    }
    if let Ok(address) = word.parse::<Ipv4Addr>() {
        return dictionary.address(IpAddr::V4(address), word);
    }
    // `192.0.2.1-192.0.2.9`
    if let Some((first, last)) = word.split_once('-')
        && let (Ok(first), Ok(last)) = (first.parse::<Ipv4Addr>(), last.parse::<Ipv4Addr>())
    {
        let first = dictionary.address(IpAddr::V4(first), &first.to_string());
        return format!("{first}-{}", dictionary.address(IpAddr::V4(last), &last.to_string()));
    }
    // `host-192-0-2-1`
    if let Some((before, digits, address)) = shapes::dashed(word) {
        return format!("{}{}", plain(before, dictionary), dictionary.address(IpAddr::V4(address), digits));
    }
    if let Some((at, digits)) = shapes::sep(word) {
        let before = word.get(..at).unwrap_or_default();
        let after = word.get(at + 15..).unwrap_or_default();
        let phone = dictionary.pseudonym(Class::Phone, &digits, word.get(at..at + 15).unwrap_or_default());
        return format!("{}{phone}{}", plain(before, dictionary), plain(after, dictionary));
    }
    if let Some(digits) = shapes::mac(word) {
        return dictionary.pseudonym(Class::Phone, &digits, word);
    }
    if shapes::hash(word) {
        return dictionary.fingerprint(word);
    }
    if shapes::release(word) {
        return word.to_owned();
    }
    if let Some((stem, ending)) = shapes::ending(word) {
        let stem = in_names::written(stem, dictionary).0.unwrap_or_else(|| plain(stem, dictionary));
        return format!("{stem}.{ending}");
    }
    // `⟨text 1⟩.log`: the name is written already.
    if word.strip_prefix('.').is_some_and(shapes::is_ending) {
        return word.to_owned();
    }
    // `*.example.com`: the star is written already.
    if let Some(host) = word.strip_prefix('.').filter(|host| shapes::host(host)) {
        return format!(".{}", self::word(host, dictionary));
    }
    if shapes::host(word) && !is_attribute(word) && !PUBLIC.contains(&word) {
        return dictionary.pseudonym(Class::Host, &word.to_lowercase(), word);
    }
    plain(word, dictionary)
}

/// A word that is nothing in particular: it stays if every part of it is harmless.
fn plain(word: &str, dictionary: &mut Dictionary) -> String {
    if word.is_empty() || harmless(word) {
        word.to_owned()
    } else {
        dictionary.pseudonym(Class::Text, word, word)
    }
}

/// `aaa.cisco.tunnelgroup`: an attribute of access policies, and no host.
fn is_attribute(word: &str) -> bool {
    ["aaa.", "endpoint."].iter().any(|start| word.starts_with(start)) && harmless(word)
}

/// Sixteen or more bytes as groups of two, four or eight digits with blanks, colons or dashes between them, and what
/// follows. Six bytes are a MAC address; a time is three.
fn groups(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let digits = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.iter().take(9).take_while(|byte| byte.is_ascii_hexdigit()).count()
    };
    let size = digits(0);
    let mark = *bytes.get(size)?;
    if !matches!(size, 2 | 4 | 8) || !matches!(mark, b' ' | b':' | b'-') {
        return None;
    }
    let mut end = size;
    let mut count = 1;
    while bytes.get(end) == Some(&mark)
        && digits(end + 1) == size
        && !bytes.get(end + 1 + size).is_some_and(u8::is_ascii_alphanumeric)
    {
        count += 1;
        end += 1 + size;
    }
    // `2001:0db8:0000:…` is an address.
    let address = mark == b':' && size == 4;
    (count * size >= 32 && !address).then(|| text.split_at_checked(end))?
}

fn is_border(sign: char) -> bool {
    sign.is_whitespace() || "<>()[]{}\"'`„“”‘’,;|!?→⟨⟩·–—≠✖".contains(sign)
}

/// After these stands a version, though it looks like an address.
const VERSIONS: [&str; 6] = ["Version", "version", "Release", "release", "Load", "load"];
const SPLITS: [char; 11] = ['/', '=', ':', '\\', '@', '%', '+', '*', '~', '#', '&'];
