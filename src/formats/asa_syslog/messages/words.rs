//! Small readers that several kinds of messages share.

use std::borrow::Cow;
use std::net::IpAddr;

use super::super::Peer;
use super::super::phrase::Words;

/// A text without the blanks that the guide prints before `:` and `/`.
pub(super) fn unspaced(text: &str) -> Words<'_> {
    let bytes = text.as_bytes();
    let mut signs = memchr::memchr2_iter(b':', b'/', bytes);
    let spaced = signs.any(|at| at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b' '));
    if spaced { text.replace(" :", ":").replace(" /", "/").into() } else { text.into() }
}

/// A far end with texts of its own: those that it was read from are given up.
pub(super) fn apart(peer: Peer<Words<'_>>) -> Peer<Words<'static>> {
    let Peer { interface, address, port, is_server } = peer;
    let (interface, address) = (Cow::Owned(interface.into_owned()), Cow::Owned(address.into_owned()));
    Peer { interface, address, port, is_server }
}

/// True for an IPv4 or IPv6 address.
pub(super) fn is_address(text: &str) -> bool {
    is_plain_v6(text) || text.parse::<IpAddr>().is_ok()
}

/// True for an IPv6 address without digits of IPv4 in it; not all of them are found.
fn is_plain_v6(text: &str) -> bool {
    let (mut colons, mut digits, mut gaps, mut before) = (0, 0, 0, b' ');
    for byte in text.bytes() {
        match byte {
            b':' => {
                gaps += u8::from(before == b':');
                colons += 1;
                digits = 0;
            }
            _ if byte.is_ascii_hexdigit() => digits += 1,
            _ => return false,
        }
        if digits > 4 || colons > 7 {
            return false;
        }
        before = byte;
    }
    // One gap stands for at least one group, and here neither first nor last.
    let ends = !text.starts_with(':') && before != b':';
    ends && (gaps == 0 && colons == 7 || gaps == 1 && colons >= 2)
}

/// Splits at the first occurrence of an ASCII word, in any case.
pub(super) fn split_word<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let (bytes, first) = (text.as_bytes(), *word.as_bytes().first()?);
    let mut starts = memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes);
    let at = starts.find(|at| {
        bytes.get(*at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    })?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

/// The same at the last occurrence.
pub(super) fn rsplit_word<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let (bytes, first) = (text.as_bytes(), *word.as_bytes().first()?);
    let mut starts = memchr::memrchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes);
    let at = starts.find(|at| {
        bytes.get(*at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    })?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

pub(super) fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// The first word, without punctuation around it.
pub(super) fn first_word(text: &str) -> &str {
    let word = text.split_ascii_whitespace().next().unwrap_or_default();
    word.trim_matches(['<', '>', ',', '.', ':', ';'])
}

/// What stands between two phrases, in any case; to the end where the second is missing.
pub(super) fn between<'a>(text: &'a str, before: &str, behind: &str) -> &'a str {
    let rest = split_word(text, before).map(|(_, rest)| rest).unwrap_or_default();
    split_word(rest, behind).map_or(rest, |(value, _)| value).trim()
}

/// The value behind `key =`, in any case, as a place in the text: its start, and the start of the key.
pub(super) fn keyed(text: &str, key: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        let (before, rest) = split_word(text.get(at..)?, key)?;
        let start = at + before.len();
        at = start + key.len();
        let value = rest.trim_start().strip_prefix('=');
        let whole = start == 0 || text.as_bytes().get(start - 1).is_none_or(|b| !b.is_ascii_alphanumeric());
        if let Some(value) = value.filter(|_| whole) {
            return Some((text.len() - value.len(), start));
        }
    }
}

/// Digits of a number that stands in words: `(threshold 1366)`, `length 1466`.
pub(super) fn number_after(text: &str, word: &str) -> Option<u32> {
    let (_, rest) = split_word(text, word)?;
    let rest = rest.trim_start_matches([' ', ':', '=']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_at_a_word_in_any_case() {
        assert_eq!(split_word("Reason: x, reason: y", "reason:"), Some(("", " x, reason: y")));
        assert_eq!(split_word("ä REASON: y", "reason:"), Some(("ä ", " y")));
        assert_eq!(split_word("reaso", "reason:"), None);
        assert_eq!(rsplit_word("Reason: x, reason: y", "REASON:"), Some(("Reason: x, ", " y")));
        assert_eq!(rsplit_word("ä Reason: ö", "reason:"), Some(("ä ", " ö")));
        assert_eq!(rsplit_word("reaso", "reason:"), None);
        assert_eq!(unspaced("outside :192.0.2.9 /443"), "outside:192.0.2.9/443");
    }

    #[test]
    fn what_is_found_to_be_an_address_is_one() {
        let parts =
            [":", "::", "1", "abcd", "12345", "g", ".", "192.0.2.9", "2001:db8", ":0:0:", "1:2:3:4:5:6", "%"];
        let mut plain = 0;
        let count = parts.len();
        for number in 0..count.pow(4) {
            let part = |place: u32| parts[number / count.pow(place) % count];
            let text = [part(0), part(1), part(2), part(3)].concat();
            assert_eq!(is_address(&text), text.parse::<IpAddr>().is_ok(), "{text}");
            plain += u32::from(is_plain_v6(&text));
        }
        assert!(plain > 50, "{plain}");
        assert!(is_plain_v6("2001:db8:0:0::6c5") && !is_plain_v6("1::2::3") && !is_plain_v6("1:::2"));
    }

    #[test]
    fn a_key_is_a_whole_word_before_an_equals_sign() {
        let text = "user authentication: user ip = 192.0.2.9: User = u";
        assert_eq!(keyed(text, "user").and_then(|(at, _)| text.get(at..)), Some(" u"));
        assert_eq!(keyed(text, "ser"), None);
        assert_eq!(number_after("large packet 1466 (threshold 1366)", "threshold"), Some(1366));
        assert_eq!(number_after("threshold x", "threshold"), None);
    }
}
