//! Whole texts written as one string of a programming language: line ends stand as a back-slash and an `n`.
//!
//! ```text
//! 'hostname edge1\ninterface GigabitEthernet0/0\n nameif outside\n'        Python prints a string so
//! ['hostname edge1', 'interface GigabitEthernet0/0', ' nameif outside']    and a list of lines so
//! result: "hostname edge1\r\ninterface GigabitEthernet0/0\r\n"             YAML, and a debugger's window
//! ```
//! Each written line end is one; quotation marks around the whole go. What stands before the first mark on the line
//! goes where it is a name.
//!
//! Empty: a text in which no line has several written line ends, and no list.
//! Quirks: JSON has a form of its own ([`super::json`]). A path of Windows may hold `\n` once or twice (`C:\new`).
//!
//! Sources: Python, `repr`; YAML 1.2, 5.7 (escaped characters); C string literals.

use super::Forms;
use super::json::unescaped;
use crate::lines::{Decoded, Line};

/// The text with its lines.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    memchr::memchr2(b'\\', b'\'', text.text().as_bytes())?;
    let written = |line: &str| ends(line) >= LEAST || list(line).is_some();
    if !text.lines().any(|line| written(line.text)) {
        return None;
    }
    let mut shown = Decoded::default();
    for line in text.lines() {
        if let Some(items) = list(line.text) {
            for item in items {
                let item = unescaped(&item);
                item.lines().for_each(|text| shown.append(&Line { text, ..line }));
            }
        } else if ends(line.text) >= LEAST {
            let whole = unescaped(inner(line.text));
            whole.lines().for_each(|text| shown.append(&Line { text: text.trim_end_matches('\r'), ..line }));
        } else {
            shown.append(&line);
        }
    }
    Some(shown)
}

/// Line ends that are written out in a line.
fn ends(line: &str) -> usize {
    memchr::memmem::find_iter(line.as_bytes(), b"\\n").take(LEAST).count()
}

/// The string without its quotation marks and its name.
fn inner(line: &str) -> &str {
    let line = line.trim().trim_end_matches([',', ';', ')']);
    let Some(mark) = line.chars().next_back().filter(|sign| ['"', '\''].contains(sign)) else {
        return line;
    };
    let head = line.get(..line.floor_char_boundary(LONGEST_NAME)).unwrap_or_default();
    match head.find(mark).filter(|at| at + 1 < line.len()) {
        Some(at) if head.get(..at).is_some_and(is_name) => line.get(at + 1..line.len() - 1).unwrap_or(line),
        _ => line.get(..line.len() - 1).unwrap_or(line),
    }
}

/// What may stand before a string: nothing, `b`, `out =`, `result:`, `print(`.
fn is_name(before: &str) -> bool {
    before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _-.:=([{'\"".contains(&byte))
}

/// The strings of a list as Python prints it.
fn list(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let inside = line.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    if !inside.starts_with(['\'', '"']) {
        return None;
    }
    let mut items = Vec::new();
    let mut rest = inside;
    while let Some(mark) = rest.chars().next().filter(|sign| ['"', '\''].contains(sign)) {
        let bytes = rest.as_bytes();
        let mut end = 1;
        while bytes.get(end).is_some_and(|byte| char::from(*byte) != mark) {
            end += if bytes.get(end) == Some(&b'\\') { 2 } else { 1 };
        }
        items.push(rest.get(1..end)?.to_owned());
        rest = rest.get(end + 1..)?.trim_start();
        let Some(next) = rest.strip_prefix(',') else { break };
        rest = next.trim_start();
    }
    (rest.is_empty() && items.len() >= LEAST && items.iter().any(|item| item.contains(' '))).then_some(items)
}

/// Written line ends, or strings of a list, that show the form.
const LEAST: usize = 3;
/// Bytes before a string.
const LONGEST_NAME: usize = 60;
