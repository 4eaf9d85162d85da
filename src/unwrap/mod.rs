//! What mail, web pages, tickets, terminals and collectors put around text, taken off once for all text formats.
//!
//! ```text
//! > [2026-11-23 10:19:27] asa# show version          a quoted recording
//! {"host":"asa","log":"%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091"}
//! ```
//! A form is one way of writing around text. It looks at the text and either takes itself off or leaves the text as it
//! is. Forms lie in one another (a mail quotes a web page that shows a table), so the text is looked at again until no
//! form is left. What is left knows its place: each line carries the number and the byte of the dropped file.
//!
//! Empty: a plain text; it goes through untouched and is not copied.
//! Quirks: a form must not touch what a format wants as it is (a phone's XML, a phone's own pages, a signed file);
//! [`Wrapped::markup`] says so. Whole files and whole outputs inside (an attachment, a string with many lines) become
//! inputs of their own.

use crate::input::Note;
use crate::limits::Limits;
use crate::lines::{Decoded, Line};
use crate::text::Text;

mod bare;
mod bars;
mod difference;
mod edges;
mod escaped;
mod folded;
mod forms;
mod html;
mod json;
mod mail;
pub mod moment;
mod numbered;
mod order;
mod record;
pub mod screen;
mod signs;
mod sql;
mod table;
pub mod tag;
mod width;
mod xml;

pub(crate) use forms::Forms;
pub use forms::Inside;
pub use numbered::records_to;

/// A text as it was dropped.
#[derive(Clone, Copy, Debug)]
pub struct Wrapped<'a> {
    /// The input's name.
    pub name: &'a str,
    /// Its text.
    pub text: &'a Decoded,
    /// A format reads the tags of this text itself.
    pub markup: bool,
}

/// What was inside.
#[derive(Debug, Default)]
pub struct Unwrapped {
    /// The text, with places in the dropped file.
    pub text: Decoded,
    /// Files and outputs that lay in it.
    pub inside: Vec<Inside>,
    /// What could not be taken off.
    pub notes: Vec<Note>,
    /// It was a mail: what lies in it are files that have nothing else in common.
    pub mail: bool,
}

/// Takes everything off that is known; `None` for a plain text.
pub fn unwrap(wrapped: &Wrapped<'_>, limits: &Limits) -> Option<Unwrapped> {
    let mut forms = Forms {
        name: wrapped.name,
        markup: wrapped.markup,
        limits,
        inside: Vec::new(),
        notes: Vec::new(),
        mail: false,
    };
    let mut current: Option<Decoded> = None;
    // A form that handed something out and left the text as it was would hand out the same once more.
    let mut spent = [false; FORMS.len()];
    for round in 0..=LAYERS {
        let text = current.as_ref().unwrap_or(wrapped.text);
        let mut left = FORMS.iter().zip(&mut spent).filter(|(_, spent)| !**spent);
        let taken = left.find_map(|(form, spent)| {
            let next = form(text, &mut forms)?;
            *spent = next.lines().map(|line| line.text).eq(text.lines().map(|line| line.text));
            Some(next)
        });
        let Some(next) = taken else { break };
        if round == LAYERS {
            forms.notes.push(Note::whole(TOO_DEEP));
            break;
        }
        current = Some(next.sealed());
    }
    for form in LAST {
        let text = current.as_ref().unwrap_or(wrapped.text);
        if let Some(next) = form(text, &mut forms) {
            current = Some(next.sealed());
        }
    }
    let Forms { inside, notes, limits, mail, .. } = forms;
    current.map(|text| cut(text, limits.line)).map(|text| Unwrapped { text, inside, notes, mail })
}

/// Lines that are longer than is read are cut.
fn cut(text: Decoded, limit: usize) -> Decoded {
    if text.lines().all(|line| line.text.len() <= limit) {
        return text;
    }
    let mut short = Decoded::default();
    for line in text.lines() {
        let end = line.text.floor_char_boundary(limit.min(line.text.len()));
        short.append(&Line { text: line.text.get(..end).unwrap_or_default(), ..line });
    }
    short.sealed()
}

type Form = fn(&Decoded, &mut Forms<'_>) -> Option<Decoded>;

/// In the order in which they lie around one another as a rule.
const FORMS: [Form; 12] = [
    screen::off,
    mail::off,
    json::off,
    xml::off,
    html::off,
    sql::off,
    table::off,
    bars::off,
    escaped::off,
    // Quotation marks are a part of the forms above, blanks and dashes of the one below.
    signs::off,
    difference::off,
    edges::off,
];
/// Those that need the lines as the device wrote them.
const LAST: [Form; 5] = [bare::off, width::off, folded::off, order::off, numbered::off];
/// Forms around one another.
const LAYERS: usize = 12;

const TOO_DEEP: Text = Text::fixed(
    "This text is wrapped more often than is taken off. Drop the device's own output.",
    "Dieser Text ist öfter eingepackt, als hier ausgepackt wird. Legen Sie die Ausgabe des Geräts selbst ab.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_in_what_stays_as_it_is_is_handed_out_once() {
        let output = "asa# show version\\nCisco Adaptive Security Appliance Software Version 9.16(4)\\nasa# show clock";
        for (before, behind) in
            [("{\"output\": \"", "\"}"), ("[{\"output\": \"", "\"}}]"), ("[{\"a\": {\"output\": \"", "\"}}]")]
        {
            let file = format!("{before}{output}{behind}");
            let limits = Limits::default();
            let text = Decoded::new(file.as_bytes(), limits.line);
            let left = unwrap(&Wrapped { name: "dropped", text: &text, markup: false }, &limits);
            let left = left.unwrap_or_default();
            assert_eq!(left.inside.len(), 1, "{file}: {:?}", left.inside);
        }
    }
}
