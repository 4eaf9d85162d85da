//! What mail programs, dialogs, web pages and dump tools put around a hash is taken away before it is read.

use super::bytes_of_hex;

/// Characters looked at; a hash tool that is handed a whole file need not read it to the end.
const MOST: usize = 64 << 10;

/// A text without its wrapping.
pub(super) struct Clean {
    /// ASCII where the original had a wide or special form of it; a removed tag leaves `|`.
    pub text: String,
    /// What was taken away.
    pub traces: Vec<Trace>,
}

/// Something that was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trace {
    /// Characters that cannot be seen.
    Invisible,
    /// East Asian wide digits and letters.
    FullWidth,
    /// `%2B` and the like.
    Percent,
    /// Offsets and the right-hand column of a dump.
    Dump,
}

pub(super) fn clean(text: &str) -> Clean {
    let mut clean = Clean { text: String::new(), traces: Vec::new() };
    for character in text.chars().take(MOST) {
        match character {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {
                clean.trace(Trace::Invisible);
            }
            '\u{ff01}'..='\u{ff5e}' => {
                clean.trace(Trace::FullWidth);
                clean.text.push(narrow(character));
            }
            '\n' | '\r' => clean.text.push('\n'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => clean.text.push('-'),
            '…' => clean.text.push_str("..."),
            other if other.is_whitespace() || other.is_control() => clean.text.push(' '),
            other => clean.text.push(other),
        }
    }
    if let Some(bytes) = dump(&clean.text) {
        clean.trace(Trace::Dump);
        clean.text = bytes;
        return clean;
    }
    // JSON may write a slash as `\\/`.
    clean.text = clean.text.replace("\\/", "/");
    if let Some(decoded) = percent_decoded(&clean.text) {
        clean.trace(Trace::Percent);
        clean.text = decoded;
    }
    clean.text = without_tags(&clean.text);
    clean
}

impl Clean {
    fn trace(&mut self, trace: Trace) {
        if !self.traces.contains(&trace) {
            self.traces.push(trace);
        }
    }
}

/// The ASCII character of a full-width form (Unicode block FF00).
fn narrow(character: char) -> char {
    u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character)
}

/// The bytes of `xxd`, `od -tx1` or `hexdump -C`, as one line of hex; `None` for any other text.
fn dump(text: &str) -> Option<String> {
    let mut digits = String::new();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    for line in &lines {
        let (offset, rest) = line.trim_start().split_once(' ').unwrap_or((line.trim(), ""));
        let (hexadecimal, number) = match offset.strip_suffix(':') {
            Some(number) => (true, number),
            None => (offset.len() == 8, offset),
        };
        if !(7..=8).contains(&number.len()) {
            return None;
        }
        let at = usize::from_str_radix(number, if hexadecimal { 16 } else { 8 }).ok()?;
        if at != digits.len() / 2 {
            return None;
        }
        digits.push_str(&dumped_bytes(rest));
    }
    let known = super::Algorithm::of_length(digits.len() / 2).is_some();
    (known && bytes_of_hex(&digits).is_some()).then_some(digits)
}

/// The groups of one dump line, without the column of characters: at most 16 bytes, in groups of 2 or 4 digits.
fn dumped_bytes(rest: &str) -> String {
    let mut digits = String::new();
    // The columns of characters stand behind a bar, or behind two blanks after a line's bytes in pairs.
    let rest = rest.split('|').next().unwrap_or_default().trim_start();
    let in_pairs = rest.split(' ').next().is_some_and(|group| group.len() == 4);
    let columns = if in_pairs { rest.split("  ").next().unwrap_or_default() } else { rest };
    for group in columns.split_whitespace() {
        let whole = matches!(group.len(), 2 | 4) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !whole || digits.len() >= 32 {
            break;
        }
        digits.push_str(group);
    }
    digits
}

/// The text with `%2B` and the like resolved; `None` where there is none.
fn percent_decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut decoded = parts.next()?.to_owned();
    let mut any = false;
    for part in parts {
        let byte = part.get(..2).and_then(bytes_of_hex).and_then(|bytes| bytes.first().copied());
        match (byte, part.get(2..)) {
            (Some(byte @ 0x20..=0x7e), Some(rest)) => {
                any = true;
                decoded.push(char::from(byte));
                decoded.push_str(rest);
            }
            _ => {
                decoded.push('%');
                decoded.push_str(part);
            }
        }
    }
    any.then_some(decoded)
}

/// The text with a bar in place of each XML tag.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        plain.push('|');
        let named =
            tag.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?'));
        rest = match tag.split_once('>') {
            Some((inside, after)) if named && !inside.contains('<') => after,
            _ => tag,
        };
    }
    plain.push_str(rest);
    plain
}
