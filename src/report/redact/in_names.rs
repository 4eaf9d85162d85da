//! Who is named inside a name whose parts are held together by dashes, dots and underscores.
//!
//! ```text
//! host-192-0-2-9_443   00_26_cb_00_01_26   log of CP-7962G-SEP001122334455 (2)   2001-db8--9
//! ```
//! A name of a file cannot have colons, and its author had no rule for what stands in their place. In doubt four
//! numbers are an address and twelve hexadecimal digits a phone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::class::Class;
use super::dictionary::Dictionary;
use super::{public_names, shapes};

/// The name with a pseudonym for everybody in it, where nothing else of it could name anybody; and those pseudonyms.
pub(super) fn written(name: &str, dictionary: &mut Dictionary) -> (Option<String>, Vec<String>) {
    let mut out = String::new();
    let mut known = Vec::new();
    let mut harmless = true;
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        if !first.is_alphanumeric() && first != '⟨' {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let whole = rest.len() == name.len();
        if let Some((length, pseudonym)) = entity(rest, whole, dictionary) {
            out.push_str(&pseudonym);
            known.push(pseudonym);
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        let word = word(rest);
        harmless &= public_names::harmless(word) || is_date(word);
        out.push_str(word);
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    (harmless.then_some(out), known)
}

/// The letters and digits at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whoever is named at the beginning of a text: how many bytes that takes, and the pseudonym.
fn entity(text: &str, whole: bool, dictionary: &mut Dictionary) -> Option<(usize, String)> {
    for end in ends(text).into_iter().rev() {
        let part = text.get(..end)?;
        if shapes::written(part) {
            return Some((end, part.to_owned()));
        }
        if let Some(name) = dictionary.in_file_name(part, whole && end == text.len()) {
            return Some((end, name));
        }
    }
    if let Some((end, digits)) = mac(text) {
        let original = text.get(..end)?;
        return Some((end, dictionary.pseudonym(Class::Phone, &digits, original)));
    }
    let first = word(text);
    if let Some((at, digits)) = phone(first) {
        let phone = dictionary.pseudonym(Class::Phone, &digits, first.get(at..)?);
        let before = first.get(..at).filter(|before| public_names::harmless(before) || before.len() <= 4)?;
        return Some((first.len(), format!("{before}{phone}")));
    }
    if shapes::hash(first) {
        return Some((first.len(), dictionary.fingerprint(first)));
    }
    if let Some((end, address)) = ipv6(text).or_else(|| ipv4(text)) {
        let original = text.get(..end)?;
        if let IpAddr::V6(v6) = address
            && let Some(digits) = shapes::eui64(v6)
        {
            return Some((end, dictionary.pseudonym(Class::Phone, &digits, original)));
        }
        return Some((end, dictionary.address(address, original)));
    }
    named(text, dictionary)
}

/// `fritz@example.com`, `vpn.example.com`.
fn named(text: &str, dictionary: &mut Dictionary) -> Option<(usize, String)> {
    for end in ends(text).into_iter().rev() {
        let part = text.get(..end)?;
        if let Some((user, host)) = part.split_once('@')
            && !user.is_empty()
            && !user.contains([' ', '_'])
            && shapes::host(host)
        {
            return Some((end, dictionary.pseudonym(Class::Mail, &part.to_lowercase(), part)));
        }
        if shapes::host(part) && !public_names::harmless(part) {
            return Some((end, dictionary.pseudonym(Class::Host, &part.to_lowercase(), part)));
        }
    }
    None
}

/// Where a name that begins a text could end: behind one of the first words.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut letter = false;
    for (at, sign) in text.char_indices() {
        if letter && !sign.is_alphanumeric() || sign == '⟩' {
            ends.push(if sign == '⟩' { at + sign.len_utf8() } else { at });
        }
        letter = sign.is_alphanumeric();
        if ends.len() == MOST_WORDS {
            return ends;
        }
    }
    if letter {
        ends.push(text.len());
    }
    ends
}

/// Words of the longest name that is looked for.
const MOST_WORDS: usize = 16;

/// Twelve hexadecimal digits in groups of one size, a client identifier of fourteen, and where they end.
fn mac(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let size = bytes.iter().take(15).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if !matches!(size, 2 | 3 | 4 | 6 | 12 | 14) {
        return None;
    }
    let mark = bytes.get(size).copied().filter(|mark| b"-_:. ".contains(mark));
    let mut digits = String::new();
    let mut end = 0;
    loop {
        let group = text.get(end..end + size)?;
        if !group.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        digits.push_str(group);
        end += size;
        let next = bytes.get(end + 1..end + 1 + size);
        let again = next.is_some_and(|next| next.iter().all(u8::is_ascii_hexdigit))
            && !bytes.get(end + 1 + size).is_some_and(u8::is_ascii_alphanumeric);
        let client = digits.len() == 12 && digits.starts_with("01") && size == 2;
        if digits.len() >= 12 && !(client && again && bytes.get(end).copied() == mark) || digits.len() >= 14 {
            break;
        }
        if mark.is_none() || bytes.get(end).copied() != mark {
            return None;
        }
        end += 1;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let digits = match digits.len() {
        12 => digits,
        14 => digits.strip_prefix("01")?.to_owned(),
        _ => return None,
    };
    Some((end, digits.to_ascii_uppercase()))
}

/// `SEP001122334455`, `CTLSEP001122334455`, `SIP001122334455`: where the name of the phone begins in a word, and the
/// digits of its address.
fn phone(word: &str) -> Option<(usize, String)> {
    if let Some((at, digits)) = shapes::sep(word) {
        return (word.len() == at + 15).then_some((at, digits));
    }
    let at = word.len().checked_sub(12)?;
    let (before, digits) = word.split_at_checked(at)?;
    let letters = !before.is_empty() && before.chars().all(char::is_alphabetic);
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    (letters && hexadecimal && digits.contains(|sign: char| sign.is_ascii_digit()))
        .then(|| (at, digits.to_ascii_uppercase()))
}

/// Four numbers of at most 255 with one sign between them.
fn ipv4(text: &str) -> Option<(usize, IpAddr)> {
    let mark = *text.as_bytes().get(word(text).len()).filter(|mark| b"-_. ".contains(mark))?;
    let mut octets = [0_u8; 4];
    let mut end = 0;
    for (place, octet) in octets.iter_mut().enumerate() {
        if place > 0 {
            text.as_bytes().get(end).filter(|byte| **byte == mark)?;
            end += 1;
        }
        let digits = word(text.get(end..)?);
        *octet = digits.parse().ok()?;
        end += digits.len();
    }
    Some((end, IpAddr::V4(Ipv4Addr::from(octets))))
}

/// Groups of hexadecimal digits with one sign in the colons' place.
fn ipv6(text: &str) -> Option<(usize, IpAddr)> {
    let first = text.find(|sign: char| !sign.is_ascii_hexdigit())?;
    let mark = text.get(first..)?.chars().next().filter(|mark| "-_:".contains(*mark))?;
    let run = text.find(|sign: char| !sign.is_ascii_hexdigit() && sign != mark).unwrap_or(text.len());
    let run = text.get(..run)?;
    for end in ends(run).into_iter().rev() {
        let part = run.get(..end)?;
        if text.get(end..)?.starts_with(char::is_alphanumeric) {
            continue;
        }
        if let Ok(address) = part.replace(mark, ":").parse::<Ipv6Addr>() {
            return Some((end, IpAddr::V6(address)));
        }
    }
    None
}

/// `20261123`
fn is_date(word: &str) -> bool {
    let part = |from: usize, to: usize| word.get(from..to).and_then(|part| part.parse::<u32>().ok());
    word.len() == 8
        && part(0, 4).is_some_and(|year| (1990..2100).contains(&year))
        && part(4, 6).is_some_and(|month| (1..=12).contains(&month))
        && part(6, 8).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_in_every_notation_that_a_name_of_a_file_can_have() {
        for name in [
            "0026CB000126",
            "00-26-CB-00-01-26",
            "00_26_cb_00_01_26",
            "00.26.cb.00.01.26",
            "00 26 cb 00 01 26",
            "0026.cb00.0126",
            "0026-cb00-0126",
            "0026CB-000126",
            "01-00-26-cb-00-01-26",
            "010026cb000126",
        ] {
            assert_eq!(mac(name), Some((name.len(), "0026CB000126".to_owned())), "{name}");
        }
        for (name, at) in [("SEP0026CB000126", 0), ("ITLSEP0026cb000126", 3), ("SIP0026CB000126", 3)] {
            assert_eq!(phone(name), Some((at, "0026CB000126".to_owned())), "{name}");
        }
        for other in ["00-26-cb-00-01", "2026-11-23", "00-26-CB-00-01-2x", "0026-cb000126", "configuration"] {
            assert_eq!((mac(other), phone(other)), (None, None), "{other}");
        }
    }

    #[test]
    fn an_address_in_every_notation_that_a_name_of_a_file_can_have() {
        for name in ["192.0.2.9", "192-0-2-9", "192_0_2_9", "192-0-2-9_443", "192.0.2.9-2026"] {
            let (end, address) = ipv4(name).unwrap();
            assert_eq!((address.to_string().as_str(), end), ("192.0.2.9", 9), "{name}");
        }
        for name in ["2001-db8--9", "2001_db8__9", "2001:db8::9", "2001-db8-0-0-0-0-0-9"] {
            assert_eq!(ipv6(name).map(|(_, address)| address.to_string()), Some("2001:db8::9".to_owned()));
        }
        for other in ["2026-11-23", "9-12-4", "sip88xx", "256.1.1.1"] {
            assert_eq!((ipv4(other), ipv6(other)), (None, None), "{other}");
        }
    }

    #[test]
    fn a_day_is_no_number_of_a_telephone() {
        assert!(is_date("20261123") && !is_date("20261323") && !is_date("49301234"));
    }
}
