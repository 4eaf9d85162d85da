//! Small helpers that turn values into words: code spans of a prose, sizes, days, places.

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::source::{At, Place, Spot};
use vpn_phone_doctor::text::{Lang, Text};
pub use vpn_phone_doctor::time::day;

/// A part of a prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span<'t> {
    /// Words.
    Words(&'t str),
    /// What stood between backticks.
    Code(&'t str),
}

/// Takes a prose apart at its backticks. One without a partner stays a character.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, tail)) = after.split_once('`') else { break };
        spans.extend((!before.is_empty()).then_some(Span::Words(before)));
        spans.extend((!code.is_empty()).then_some(Span::Code(code)));
        rest = tail;
    }
    spans.extend((!rest.is_empty()).then_some(Span::Words(rest)));
    spans
}

/// The words for one thing, or for `{count}` of them.
pub fn counted(count: usize, one: Text, many: Text) -> Text {
    let form = if count == 1 { one } else { many };
    form.number("count", count)
}

/// A whole number as a person reads it: from five digits on in groups of three.
pub fn number(value: usize, lang: Lang) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(if lang == Lang::De { '.' } else { ',' });
        }
        grouped.push(digit);
    }
    grouped
}

/// Digits with a point as a person writes them, with a comma in German.
pub fn decimal(digits: &str, lang: Lang) -> String {
    if lang == Lang::De { digits.replace('.', ",") } else { digits.to_owned() }
}

/// Milliseconds as seconds with one digit behind the point.
pub fn tenths(millis: i64, lang: Lang) -> String {
    let tenths = millis.saturating_add(50) / 100;
    decimal(&format!("{}.{}", tenths / 10, tenths % 10), lang)
}

/// A number of seconds in the unit that fits; the units are called the same in both languages.
pub fn duration(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

/// A size as a person reads it, in steps of 1024.
pub fn size(bytes: u64, lang: Lang) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut tenths = u128::from(bytes) * 10 / 1024;
    let mut unit = UNITS.iter();
    let mut name = unit.next().copied().unwrap_or_default();
    for next in unit {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1024;
        name = next;
    }
    if tenths >= 100 {
        return format!("{} {name}", tenths / 10);
    }
    decimal(&format!("{}.{} {name}", tenths / 10, tenths % 10), lang)
}

/// Where something stands, as `phone.log:7`, `vpn.pcap, packet 12` or `core.bin@0x1f`.
pub fn place(diagnosis: &Diagnosis, place: &Place, lang: Lang) -> String {
    at(&name(diagnosis, place.input), &place.at, lang)
}

/// The same for an input's name.
pub fn at(name: &str, at: &At, lang: Lang) -> String {
    match at.spot() {
        Spot::Line { number, .. } => format!("{name}:{number}"),
        Spot::Packet { packet, .. } => format!("{name}, {}", packet.name().get(lang)),
        Spot::Byte { at } => format!("{name}@0x{at:x}"),
    }
}

/// True for an input whose lines a device wrote by itself, one event each.
pub fn is_log(diagnosis: &Diagnosis, input: u32) -> bool {
    let input = usize::try_from(input).ok().and_then(|index| diagnosis.inputs.get(index));
    input.is_some_and(|input| {
        matches!(input.kind, Kind::AsaSyslog | Kind::AsaDebug | Kind::PhoneLog | Kind::PhoneStatus)
    })
}

/// The name of an input, with the archives that it lies in.
pub fn name(diagnosis: &Diagnosis, input: u32) -> String {
    diagnosis.full_name(input)
}

/// Words with a capital at their beginning, as they stand at the beginning of a line.
pub fn sentence_case(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Bytes in upper-case hexadecimal, two digits each.
pub fn hex_bytes(bytes: &[u8]) -> Vec<String> {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_are_taken_out() {
        assert_eq!(
            spans("Type `show ssl` now"),
            [Span::Words("Type "), Span::Code("show ssl"), Span::Words(" now")]
        );
        assert_eq!(spans("a lone ` stays"), [Span::Words("a lone ` stays")]);
        assert_eq!(spans(""), []);
    }

    #[test]
    fn numbers_read_well_in_both_languages() {
        for (value, english, german) in [
            (0, "0", "0"),
            (9_999, "9999", "9999"),
            (10_000, "10,000", "10.000"),
            (1_234_567, "1,234,567", "1.234.567"),
        ] {
            assert_eq!(
                (number(value, Lang::En).as_str(), number(value, Lang::De).as_str()),
                (english, german)
            );
        }
        assert_eq!((tenths(640, Lang::En).as_str(), tenths(640, Lang::De).as_str()), ("0.6", "0,6"));
        assert_eq!(decimal("-0.125", Lang::De), "-0,125");
        assert_eq!([duration(119), duration(120), duration(7_200)], ["119 s", "2 min", "2 h"]);
    }

    #[test]
    fn sizes_and_days_read_well() {
        for (bytes, english) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 kB"),
            (5120, "5.0 kB"),
            (1 << 20, "1.0 MB"),
            (3 << 30, "3.0 GB"),
        ] {
            assert_eq!(size(bytes, Lang::En), english);
        }
        assert_eq!(size(1536, Lang::De), "1,5 kB");
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_521_600, "2026-11-24"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(day(seconds), expected);
        }
    }
}
