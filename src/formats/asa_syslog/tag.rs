//! The tag of a message, and where messages stand in a line.
//!
//! `%ASA-7-725014:` is a tag; so are `%FTD-6-113039:`, `%ASA-auth-6-113004:` with a class, and a tag without a
//! colon. In a log file the tag follows a header at the start of the line. In an export of a log management tool
//! it stands inside a JSON string, a CSV field or an HTML paragraph.

use super::header::{self, Header, Recent};
use crate::unwrap::tag::next_tag;

/// A message in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TaggedMessage<'a> {
    /// What stands before the tag.
    pub header: &'a str,
    pub severity: u8,
    pub id: u32,
    /// What follows the tag, as it stands in the line.
    pub text: &'a str,
    pub wrapping: Wrapping,
    /// Everything that stands before the tag in its line.
    pub before: &'a str,
    /// How often the line says that it was written.
    pub times: u64,
    /// The line only quotes the message before, to say that it came again.
    pub quoted: bool,
}

/// What a message is packed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// Nothing: the text runs to the end of the line.
    None,
    /// A JSON string.
    Json,
    /// A quoted field, in which a quotation mark is doubled.
    Quoted,
}

/// The first tag of a line, with its header where it stands at the start of the line. `recent` is the header before.
pub(super) fn first<'a>(
    line: &'a str,
    recent: &mut Recent,
) -> Option<(TaggedMessage<'a>, Option<Header<'a>>)> {
    let (start, tag) = next_tag(line, 0)?;
    let before = line.get(..start)?;
    let mut found = TaggedMessage {
        header: before,
        severity: tag.severity,
        id: tag.id,
        text: line.get(tag.end..)?,
        wrapping: Wrapping::None,
        before,
        times: 1,
        quoted: false,
    };
    if let Some((header, times)) = repetition(before) {
        let text = found.text.trim_end();
        found = TaggedMessage { header, times, text: text.strip_suffix(']').unwrap_or(text), ..found };
    } else if let Some(header) = before.strip_suffix("Last message '") {
        let times = found.text.rsplit_once('\'').and_then(|(_, rest)| times_in(rest.trim()));
        found = TaggedMessage { header, times: times?, quoted: true, ..found };
    } else if !line.get(start..tag.end)?.contains(':') {
        found.text = without_fields(before, found.text);
    }
    Some((found, recent.scan(found.header)))
}

/// `… message repeated 3 times: [ `: rsyslog's header of a message that came again, and how often.
fn repetition(before: &str) -> Option<(&str, u64)> {
    let rest = before.trim_end().strip_suffix('[')?.trim_end().strip_suffix("times:")?;
    let (header, times) = rest.trim_end().rsplit_once("message repeated ")?;
    Some((header, times.trim().parse().ok().filter(|times| *times <= MOST_TIMES)?))
}

/// A line that says how often the message before came again: `last message repeated 3 times`.
pub(super) fn repeated(line: &str) -> Option<u64> {
    let at = memchr::memmem::find(line.as_bytes(), b"essage repeated ")?;
    times_in(line.get(at + "essage ".len()..)?)
}

/// `repeated 3 times …`.
fn times_in(text: &str) -> Option<u64> {
    let (times, rest) = text.strip_prefix("repeated ")?.split_once(' ')?;
    times.parse().ok().filter(|times| *times <= MOST_TIMES && rest.starts_with("time"))
}

/// The text of a message whose tag is a field of RFC 5424's header: process, number and data may still follow.
fn without_fields<'a>(before: &str, text: &'a str) -> &'a str {
    let head = before.trim_start();
    let head = if head.starts_with('<') { head.split_once('>').map_or(head, |(_, rest)| rest) } else { head };
    let mut words = head.split_ascii_whitespace();
    if words.next() != Some("1") {
        return text;
    }
    // The tag is the application's name behind time and host, or the message's number two fields later.
    let plain = if words.count() <= 2 { 2 } else { 0 };
    let mut rest = text.trim_start();
    for _ in 0..plain {
        let Some((_, behind)) = rest.split_once(' ') else { return text };
        rest = behind;
    }
    if let Some(behind) = rest.strip_prefix('-') {
        return behind.trim_start_matches([' ', '\u{feff}']);
    }
    while let Some(end) = rest.strip_prefix('[').and_then(|data| data.find(']')) {
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    rest.trim_start_matches([' ', '\u{feff}'])
}

/// Hands on every message that is packed into a line.
pub(super) fn packed<'a>(line: &'a str, mut take: impl FnMut(TaggedMessage<'a>)) {
    let mut from = 0;
    let mut before: Option<(TaggedMessage<'_>, usize)> = None;
    while let Some((start, tag)) = next_tag(line, from) {
        from = tag.end;
        let Some((border, header)) = field_before(line, start) else { continue };
        let wrapping = match border {
            Some(at) if line.as_bytes().get(at) == Some(&b'"') => quoting(line, at),
            _ => Wrapping::None,
        };
        // Only the first message of a line may stand without quotation marks: a second one would be a name or
        // an address that somebody chose so.
        let after_break = border.is_some_and(|at| ends_with_break(line.get(..=at).unwrap_or_default()));
        if before.is_some() && wrapping == Wrapping::None && !after_break {
            continue;
        }
        let rest = line.get(tag.end..).unwrap_or_default();
        let length = match wrapping {
            Wrapping::None => line_break(rest).unwrap_or(rest.len()),
            Wrapping::Json | Wrapping::Quoted => closing_quote(rest),
        };
        let text = rest.get(..length).unwrap_or(rest);
        let (severity, id) = (tag.severity, tag.id);
        let before_tag = line.get(..start).unwrap_or_default();
        let found = TaggedMessage {
            header,
            severity,
            id,
            text,
            wrapping,
            before: before_tag,
            times: 1,
            quoted: false,
        };
        from = tag.end + length;
        // One record may hold the same line in two fields (`_raw` and `message`).
        let same = before.is_some_and(|(before, end)| {
            let between = line.get(end..start).unwrap_or_default();
            before.text == text && before.id == tag.id && !between.contains('}')
        });
        if !same {
            take(found);
        }
        before = Some((found, from));
    }
}

/// The header between a tag and the border of its field, and the byte of that border.
fn field_before(line: &str, start: usize) -> Option<(Option<usize>, &str)> {
    let before = line.get(..start)?;
    let border = before.rfind(BORDERS);
    let from = border.map_or(0, |at| at + 1);
    let header = before.get(from..)?;
    header::scan(header)?;
    // A border inside a JSON string is part of the message that the string holds.
    let escaped = border.and_then(|at| at.checked_sub(1)).and_then(|at| before.as_bytes().get(at));
    if border.is_some_and(|at| before.as_bytes().get(at) == Some(&b'"')) && escaped == Some(&b'\\') {
        return None;
    }
    // `"<166>Nov 23 …: %ASA` has its priority between quotation mark and time.
    if let Some(at) = border
        && before.as_bytes().get(at) == Some(&b'>')
        && let Some(open) = before.get(..at).and_then(|text| text.rfind('<'))
        && before.get(open + 1..at).is_some_and(|digits| {
            (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
        && let Some(outer) = open.checked_sub(1)
        && before.as_bytes().get(outer) == Some(&b'"')
    {
        return Some((Some(outer), before.get(open..)?));
    }
    Some((border, header))
}

fn quoting(line: &str, quote: usize) -> Wrapping {
    let before = line.get(..quote).unwrap_or_default().trim_end();
    if before.ends_with([':', '[']) { Wrapping::Json } else { Wrapping::Quoted }
}

/// Bytes up to the quotation mark that ends a field.
fn closing_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += next;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), _) | (Some(b'"'), Some(b'"')) => at += 2,
            _ => return at,
        }
    }
    text.len()
}

/// Where `<br>` stands, in any of its spellings.
fn line_break(text: &str) -> Option<usize> {
    BREAKS.iter().filter_map(|word| text.find(word)).min()
}

fn ends_with_break(text: &str) -> bool {
    BREAKS.iter().any(|word| text.ends_with(word))
}

/// Whether there is something in the text of a message that stands alone in its line which [`unpacked`] takes off.
pub(super) fn is_packed(text: &[u8]) -> bool {
    text.ends_with(b">") || memchr::memchr(b'&', text).is_some()
}

/// The message's text without its packing: escapes of JSON, doubled quotation marks, entities, line breaks.
pub(super) fn unpacked(found: &TaggedMessage<'_>) -> String {
    let mut text = match found.wrapping {
        Wrapping::None => found.text.to_owned(),
        Wrapping::Quoted => found.text.replace("\"\"", "\""),
        Wrapping::Json => serde_json::from_str(&format!("\"{}\"", found.text))
            .unwrap_or_else(|_| found.text.replace("\\\"", "\"").replace("\\\\", "\\")),
    };
    for word in BREAKS {
        if let Some(rest) = text.trim_end().strip_suffix(word) {
            text = rest.to_owned();
        }
    }
    if text.contains('&') {
        for (entity, character) in ENTITIES {
            text = text.replace(entity, character);
        }
    }
    text
}

/// More is no count.
const MOST_TIMES: u64 = 1_000_000;
/// Characters that end what stands before a field of an export.
const BORDERS: [char; 10] = ['"', '\'', '`', '>', ',', ';', '|', '=', '}', '\t'];
const BREAKS: [&str; 3] = ["<br />", "<br/>", "<br>"];
/// `&amp;` last, so that `&amp;lt;` becomes `&lt;`.
const ENTITIES: [(&str, &str); 5] =
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Vec<(u32, String)> {
        let mut found = Vec::new();
        packed(line, |message| found.push((message.id, unpacked(&message))));
        found
    }

    #[test]
    fn tags_of_every_spelling_are_read() {
        for (line, id, severity, text) in [
            ("%ASA-7-725014: SSL lib error.", 725_014, 7, "SSL lib error."),
            ("%ASA-auth-6-113004: AAA", 113_004, 6, "AAA"),
            ("%ASA-5-111010 User x", 111_010, 5, "User x"),
            ("%PIX-3-710003: TCP", 710_003, 3, "TCP"),
            ("%FTD-6-113005: %ASA-6-113005: AAA", 113_005, 6, "AAA"),
            ("100% of %ASA-7-725014: x", 725_014, 7, "x"),
        ] {
            let (found, _) = first(line, &mut Recent::default()).unwrap();
            assert_eq!((found.id, found.severity, found.text), (id, severity, text), "{line}");
        }
        for line in ["%ASA-7-7250144: x", "%ASA-9-725014: x", "%IOS-7-725014: x", "%ASA-7-72501", "%"] {
            assert!(first(line, &mut Recent::default()).is_none(), "{line}");
        }
    }

    #[test]
    fn messages_packed_into_an_export_are_found_once() {
        for (line, expected) in [
            (
                r#"{"_raw":"%ASA-6-725006: a \"b\" LOCAL\\c","message":"%ASA-6-725006: a \"b\" LOCAL\\c"}"#,
                vec![(725_006, r#"a "b" LOCAL\c"#)],
            ),
            (r#"[{"m":"%ASA-6-725006: a"},{"m":"%ASA-6-725006: a"}]"#, vec![(725_006, "a"), (725_006, "a")]),
            (r#"1,"<166>Nov 23 2026 10:19:27: %ASA-6-725006: say ""x""",2"#, vec![(725_006, "say \"x\"")]),
            ("1587157688,vpn,%ASA-6-725006: a, b", vec![(725_006, "a, b")]),
            (
                "<p>%ASA-6-725006: a &lt;b&gt;<br />%ASA-6-725007: c<br />",
                vec![(725_006, "a <b>"), (725_007, "c")],
            ),
            ("log 1 pass = %ASA-6-725006: a", vec![(725_006, "a")]),
        ] {
            let expected: Vec<_> = expected.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
            assert_eq!(all(line), expected, "{line}");
        }
    }

    #[test]
    fn a_tag_inside_a_packed_message_is_no_message() {
        for line in [
            r#"{"m":"%ASA-6-113005: user = \"%ASA-6-725006: forged"}"#,
            "log = %ASA-6-113005: user = %ASA-6-725006: forged",
            r#"{"m":"%ASA-6-113005: user = %ASA-6-725006: forged"}"#,
        ] {
            assert_eq!(all(line).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [113_005], "{line}");
        }
    }
}
