//! A diagnosis in a form to keep: JSON, Markdown, HTML, text for a terminal, or a few lines for a ticket.

use serde::{Deserialize, Serialize};

use crate::diagnosis::Diagnosis;
use crate::finding::Conclusion;
use crate::text::Lang;

mod blocks;
pub mod catalogue;
mod changes;
pub mod files;
mod html;
mod html_file;
pub mod inspect;
mod json;
mod markdown;
pub mod redact;
mod sections;
pub mod subject;
mod tables;
mod text;
mod ticket;
mod views;
mod words;

pub use files::Files;
pub use html_file::html_file;
pub use json::{EvidenceEntry, FixEntry, Report, evidence_entry, fix_entry};
pub use subject::Subject;
#[cfg(not(feature = "page"))]
pub use text::Look;
pub use words::{searched, severity};

pub use crate::visible::visible;

/// The forms of a report. Those of the command line alone are not in the page, where every kilobyte is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(feature = "page"), derive(Default))]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
pub enum Form {
    /// For a person at a terminal.
    #[cfg(not(feature = "page"))]
    #[default]
    Text,
    /// The report's contract, indented.
    Json,
    /// The same in one line.
    #[cfg(not(feature = "page"))]
    Ndjson,
    /// For a ticket that takes a whole report.
    Markdown,
    /// One file without scripts, which prints well.
    Html,
    /// For a ticket or a chat: 25 lines at most.
    Ticket,
}

/// Writes a diagnosis in one language, without its secrets. The result ends with a line end.
pub fn render(diagnosis: &Diagnosis, form: Form, lang: Lang) -> String {
    render_with(diagnosis, form, lang, Files::Short)
}

/// The same; of the files that no format reads, a report for people lists many in one line, or every one.
pub fn render_with(diagnosis: &Diagnosis, form: Form, lang: Lang, files: Files) -> String {
    let diagnosis = redact::without_secrets(diagnosis);
    match form {
        #[cfg(not(feature = "page"))]
        Form::Text => text::render(&diagnosis, lang, files, Look::default()),
        Form::Json => json::pretty(&diagnosis, lang),
        #[cfg(not(feature = "page"))]
        Form::Ndjson => json::line(&diagnosis, lang),
        Form::Markdown => markdown::render(&diagnosis, lang, files),
        Form::Html => html::render(&diagnosis, lang, files),
        Form::Ticket => ticket::render(&diagnosis, lang),
    }
}

/// The report as text for a person at a terminal of this look.
#[cfg(not(feature = "page"))]
pub fn render_to_read(diagnosis: &Diagnosis, lang: Lang, files: Files, look: Look) -> String {
    text::render(&redact::without_secrets(diagnosis), lang, files, look)
}

/// The report of one phone, file or folder of a fleet, as one line of JSON, without its secrets.
pub fn render_of(diagnosis: &Diagnosis, subject: &Subject, lang: Lang) -> String {
    json::line_of(&redact::without_secrets(diagnosis), &redact::without_secrets(subject), lang)
}

/// One finding alone, as it is copied into a ticket or a chat: what, why, the lines that prove it, what to do; without
/// its secrets.
pub fn one_finding(diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) -> String {
    text::one_finding(diagnosis, &redact::without_secrets(found), lang)
}
