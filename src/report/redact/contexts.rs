//! Where a name stands in a text: known by what stands before it, so that a name which is a common word goes too.
//!
//! The position decides, not the word. After `tunnel-group` stands a name, whatever it looks like: `phones`,
//! `default`, `1234`. Everywhere else the same word is one that every device says anyway, and it stays.

use super::class::{Class, Named};
use super::dictionary::Dictionary;
use super::positions::{
    ANNOUNCED, ATTRIBUTES, BEFORE_NAMES, COMMANDS, ELEMENTS, INSIDE, LISTS, NO_NAMES, ZONES,
};
use super::secrets::{elements, segments};
use super::{addressed, public_names, shapes, vocabulary};

/// Every name that what stands before it tells.
pub(super) fn spans(text: &str, dictionary: &mut Dictionary) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, segment) in segments(text) {
        commands(segment, at, &mut found);
    }
    found.extend(header(text));
    lines(text, &mut found);
    for (at, class) in matches(text, || BEFORE_NAMES) {
        after(text, at, *class, &mut found);
    }
    for (at, class) in matches(text, || LISTS) {
        list(text, at, *class, &mut found);
    }
    for (name, span) in elements(text) {
        let class = ELEMENTS.iter().find(|(element, _)| element.eq_ignore_ascii_case(name));
        found.extend(class.map(|(_, class)| (span, *class)));
    }
    attributes(text, &mut found);
    found.extend(addressed::spans(text));
    found.retain(|(span, class)| is_name(text.get(span.clone()).unwrap_or_default(), *class));
    for (span, class) in &found {
        if *class != Class::Text {
            dictionary.name(*class, text.get(span.clone()).unwrap_or_default());
        }
    }
    for (at, class) in matches(text, || ANNOUNCED) {
        learn(text, at, *class, dictionary);
    }
    found
}

/// The words of a text as a name is written, with their places.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive(ends_name).filter_map(move |piece| {
        let at = start;
        start += piece.len();
        let word = piece.trim_end_matches(ends_name).trim_end_matches(['.', ':']);
        (!word.is_empty()).then_some((at, word))
    })
}

/// A command as it is configured, perhaps after a prompt.
fn commands(segment: &str, at: usize, found: &mut Vec<Named>) {
    let mut command = segment.trim_start();
    let mut begin = at + segment.len() - command.len();
    if let Some((host, rest)) = prompt(command) {
        found.push((begin..begin + host, Class::Host));
        begin += rest;
        command = command.get(rest..).unwrap_or_default();
    }
    let first = command.as_bytes().first();
    let begins = |start: &str| start.as_bytes().first() == first && command.starts_with(start);
    for (start, classes) in COMMANDS.iter().filter(|(start, _)| begins(start)) {
        let Some(mut rest) = command.strip_prefix(start) else { continue };
        let mut at = begin + start.len();
        // `authentication-server-group (outside) RADIUS`: the interface in between.
        if let Some((interface, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
            found.push((at + 1..at + 1 + interface.len(), Class::Interface));
            at += interface.len() + 3;
            rest = after;
        }
        for class in *classes {
            if *class == Class::Text {
                found.push((at..at + rest.trim_end().len(), Class::Text));
                break;
            }
            let skipped = rest.len() - rest.trim_start().len();
            let Some(name) = name_at(rest.get(skipped..).unwrap_or_default()) else { break };
            found.push((at + skipped..at + skipped + name.len(), *class));
            at += skipped + name.len();
            rest = rest.get(skipped + name.len()..).unwrap_or_default();
        }
        break;
    }
    for (start, word, class) in INSIDE {
        if begins(start) {
            let mut inside = Vec::new();
            for (at, _) in command.match_indices(word) {
                after(command, at + word.len(), *class, &mut inside);
            }
            found.extend(
                inside.into_iter().map(|(span, class)| (span.start + begin..span.end + begin, class)),
            );
        }
    }
}

/// The name that stands at a byte, or behind blanks.
fn after(text: &str, at: usize, class: Class, found: &mut Vec<Named>) {
    let rest = text.get(at..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let begin = at + blanks;
    let Some(name) = name_at(rest.get(blanks..).unwrap_or_default()) else { return };
    match name.rsplit_once('\\') {
        Some((domain, user)) if class == Class::User => {
            found.push((begin..begin + domain.len(), Class::Text));
            found.push((begin + domain.len() + 1..begin + domain.len() + 1 + user.len(), class));
        }
        _ => found.push((begin..begin + name.len(), class)),
    }
}

/// Names one after the other, with commas or blanks between them.
fn list(text: &str, mut at: usize, class: Class, found: &mut Vec<Named>) {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches([' ', ',']).len();
        let Some(name) = name_at(rest.get(skipped..).unwrap_or_default()) else { return };
        let begin = at + skipped;
        found.push((begin..begin + name.len(), class));
        at = begin + name.len();
    }
}

/// `Nov 23 2026 10:19:27 berlin : %ASA-6-…`: who wrote a syslog line, and who passed it on.
fn header(text: &str) -> Vec<Named> {
    let marks = ["%ASA-", "%FTD-", "%PIX-"];
    let Some(end) = marks.iter().filter_map(|mark| text.find(mark)).min() else { return Vec::new() };
    let mut found = Vec::new();
    let mut timed = false;
    for (at, word) in tokens(text.get(..end).unwrap_or_default()) {
        let zone = ZONES.contains(&word);
        let month = word.len() == 3 && word.chars().all(char::is_alphabetic) && vocabulary::holds(word);
        let clock = word.matches(':').count() >= 2;
        if timed && !clock && !zone && !month {
            found.push((at..at + word.len(), Class::Host));
        }
        timed = clock || (timed && zone);
    }
    found
}

/// What is told by the shape of a line more than by the word before.
fn lines(text: &str, found: &mut Vec<Named>) {
    found.extend(session_attribute(text));
    for (at, word) in tokens(text) {
        // `EXAMPLE\fritz`
        if let Some((domain, user)) = word.split_once('\\')
            && !domain.is_empty()
            && domain != "LOCAL"
            && !user.contains('\\')
        {
            found.push((at..at + domain.len(), Class::Text));
            found.push((at + domain.len() + 1..at + word.len(), Class::User));
        }
    }
    // `berlin up 20 days 3 hours`
    if let Some((name, after)) = text.split_once(" up ")
        && after.starts_with(|sign: char| sign.is_ascii_digit())
        && !name.contains(' ')
    {
        found.push((0..name.len(), Class::Host));
    }
    // `%ASA-6-113006: User fritz locked out`: a message that begins with whom it is about.
    if let Some(at) = text.find("%ASA-").and_then(|at| Some(at + text.get(at..)?.find(": ")? + 2)) {
        for (word, class) in [("User ", Class::User), ("Group ", Class::Group)] {
            let name = text.get(at..).and_then(|message| message.strip_prefix(word)).and_then(name_at);
            let begin = at + word.len();
            found.extend(name.map(|name| (begin..begin + name.len(), class)));
        }
    }
    trust_points(text, found);
    let command = text.trim_start();
    // `name 192.0.2.1 berlin`
    if let Some((address, name)) = command.strip_prefix("name ").and_then(|rest| rest.split_once(' '))
        && address.parse::<std::net::IpAddr>().is_ok()
        && let Some(name) = name_at(name)
    {
        let begin = text.len() - command.len() + "name ".len() + address.len() + 1;
        found.push((begin..begin + name.len(), Class::Host));
    }
    // `map-value memberOf "CN=…" policy`
    if command.starts_with("map-value ")
        && let Some((at, name)) = tokens(text).last()
    {
        found.push((at..at + name.len(), Class::Group));
    }
    // `webvpn_login_primary_username[1234] fritz`
    if let Some(at) = text.find("username[")
        && let Some((line, name)) = text.get(at..).and_then(|rest| rest.split_once("] "))
        && let Some(name) = name_at(name)
    {
        let begin = at + line.len() + "] ".len();
        found.push((begin..begin + name.len(), Class::User));
    }
}

/// `Interface outside: PHONES (RSA 2048 bits RSA-SHA256)`: what an interface presents.
fn trust_points(text: &str, found: &mut Vec<Named>) {
    // `outside interface: PHONES`: an older release.
    let command = text.trim();
    if let Some((interface, trust_point)) = command.split_once(" interface: ")
        && !interface.contains(' ')
        && !trust_point.contains(' ')
    {
        let begin = text.len() - text.trim_start().len();
        found.push((begin..begin + interface.len(), Class::Interface));
        found.push((begin + command.len() - trust_point.len()..begin + command.len(), Class::Trustpoint));
        return;
    }
    let Some((named, key)) = text.split_once(" (") else { return };
    let Some((before, trust_point)) = named.split_once(": ").filter(|_| key.contains(" bits ")) else {
        return;
    };
    if let Some(at) = before.find("Interface ").map(|at| at + "Interface ".len())
        && let Some(interface) = before.get(at..).and_then(name_at)
    {
        found.push((at..at + interface.len(), Class::Interface));
    }
    let begin = before.len() + ": ".len();
    found.push((begin..begin + trust_point.len(), Class::Trustpoint));
}

/// `Session Attribute aaa.ldap.memberOf = x`: what a directory or a device says of somebody.
fn session_attribute(text: &str) -> Option<Named> {
    let at = text.find("Session Attribute ")?;
    let rest = text.get(at..)?;
    let told = ["aaa.ldap.", "aaa.radius.", "endpoint.device."].iter().any(|start| rest.contains(start));
    let value = at + rest.find(" = ")? + " = ".len();
    (told && value < text.len()).then_some((value..text.len(), Class::Text))
}

/// `cn=berlin, o=Example Corp`: the values of a distinguished name's attributes.
fn attributes(text: &str, found: &mut Vec<Named>) {
    for (equal, _) in text.match_indices('=') {
        let before = text.get(..equal).unwrap_or_default().trim_end_matches(' ');
        let kind = before.len()
            - before.chars().rev().take_while(char::is_ascii_alphabetic).map(char::len_utf8).sum::<usize>();
        let kind = before.get(kind..).unwrap_or_default();
        if !ATTRIBUTES.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
            continue;
        }
        let rest = text.get(equal + 1..).unwrap_or_default();
        let begin = equal + 1 + rest.len() - rest.trim_start_matches(' ').len();
        let value = text.get(begin..).unwrap_or_default();
        let end = value.find([',', ';', '/', '+', '<', '>', '"', '“', '”', '\'', '`', '\n', '?', '|', '…']);
        let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        // `o=Example Corp Reason: x`: the value ends before the next thing that is named.
        let mut length = 0;
        for word in value.split_inclusive(' ') {
            let named = word.trim_end().ends_with(':') || word.contains('=');
            if named || word == " " {
                break;
            }
            length += word.len();
        }
        let value = value.get(..length).unwrap_or_default().trim_end().trim_end_matches('.');
        if !public_names::is_public(value) {
            found.push((begin..begin + value.len(), Class::Name));
        }
    }
}

/// Where less is certain, a word is taken for a name that nobody would say otherwise.
fn learn(text: &str, at: usize, class: Class, dictionary: &mut Dictionary) {
    let name = text.get(at..).and_then(name_at).unwrap_or_default();
    if is_name(name, class) && !public_names::harmless(name) {
        dictionary.name(class, name);
    }
}

/// Every row whose word stands in a text without a letter before it: the byte behind the word, and what it tells.
fn matches<'t, T: 't, R>(
    text: &'t str,
    rows: impl Fn() -> R + 't,
) -> impl Iterator<Item = (usize, &'t T)> + 't
where
    R: IntoIterator<Item = &'t (&'t str, T)> + 't,
    R::IntoIter: 't,
{
    let mut letter = false;
    let starts = text.char_indices().filter(move |(_, sign)| {
        let within = letter && sign.is_alphanumeric();
        letter = sign.is_alphanumeric();
        !within
    });
    starts.flat_map(move |(at, _)| {
        let rest = text.get(at..).unwrap_or_default();
        rows()
            .into_iter()
            .filter_map(move |(word, tells)| rest.starts_with(word).then_some((at + word.len(), tells)))
    })
}

fn ends_name(sign: char) -> bool {
    [' ', ',', '>', '<', '\n', '\t', '"', '“', '”', '„', '\'', '`', ';', '(', ')', ']', '&'].contains(&sign)
}

/// The word at the beginning of a text.
fn name_at(text: &str) -> Option<&str> {
    let end = text.find(ends_name);
    let name = text.get(..end.unwrap_or(text.len()))?.trim_end_matches(['.', ':']);
    (!name.is_empty()).then_some(name)
}

/// Not an address, a phone, a hash or a pseudonym: those have their own shapes; and not something cut off.
pub(super) fn is_name(word: &str, class: Class) -> bool {
    let shaped = shapes::sep(word).is_some()
        || word.contains("PHONE-")
        || word.contains(['⟨', '⟩', '…', '{'])
        || word.split(['\\', '/']).any(shapes::pseudonym)
        || word.parse::<std::net::IpAddr>().is_ok()
        || (class != Class::Text && shapes::host_or_wildcard(word))
        || word.split_once('@').is_some_and(|(_, host)| shapes::host(host))
        || word.contains("://")
        || (class == Class::Interface && word.contains('/'))
        || (class == Class::Name && shapes::mac(word).is_some());
    word.chars().any(char::is_alphanumeric) && !shaped && !NO_NAMES.contains(&word)
}

/// `ASA5520-C(config)# show`: the length of the name before the prompt's sign, and where the command begins.
fn prompt(command: &str) -> Option<(usize, usize)> {
    let (before, after) = command.split_once(['#', '>'])?;
    let name = before.split_once('(').map_or(before, |(name, _)| name);
    let name = name.split_once('/').map_or(name, |(name, _)| name);
    let fits = |sign: char| sign.is_alphanumeric() || "-_.".contains(sign);
    let sign = command.as_bytes().get(before.len()).copied();
    let named = !name.is_empty() && name.len() < 64 && name.chars().all(fits);
    // `asa> enable`: not a sentence with an arrow in it, and not an element.
    (named && (sign == Some(b'#') || after.starts_with(' ') && before == name))
        .then(|| (name.len(), command.len() - after.trim_start().len()))
}
