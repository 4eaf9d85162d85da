//! A diagnosis in a form to keep: JSON, Markdown, HTML, or text for a terminal.

use crate::diagnosis::Diagnosis;
use crate::text::Lang;

pub mod catalogue;
mod html;
pub mod inspect;
mod json;
mod markdown;
mod text;
mod words;

pub use json::{Report, report};

/// The forms of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
pub enum Form {
    /// For a person at a terminal.
    #[default]
    Text,
    /// The report's contract, indented.
    Json,
    /// The same in one line.
    Ndjson,
    /// For a ticket.
    Markdown,
    /// One file without scripts, which prints well.
    Html,
}

/// Writes a diagnosis in one language. The result ends with a line end.
pub fn render(diagnosis: &Diagnosis, form: Form, lang: Lang) -> String {
    match form {
        Form::Text => text::render(diagnosis, lang),
        Form::Json => json::pretty(diagnosis, lang),
        Form::Ndjson => json::line(diagnosis, lang),
        Form::Markdown => markdown::render(diagnosis, lang),
        Form::Html => html::render(diagnosis, lang),
    }
}

/// A device's text with everything that could steer a terminal or a page made visible: control characters,
/// text direction marks and zero-width characters.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push(' '),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => shown.push('\u{2421}'),
            '\u{80}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => shown.push_str(&format!("⟪U+{:04X}⟫", u32::from(character))),
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_survives() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\u{200b}\r"), "a␛[31mb⟪U+202E⟫c⟪U+200B⟫␍");
        assert_eq!(visible("Grüße"), "Grüße");
    }
}
