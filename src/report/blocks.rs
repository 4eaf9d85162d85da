//! Headings, paragraphs, lists and tables of a report for people, the same in Markdown and HTML.
//!
//! What a device said is told apart from our own words ([`Part`]), so that no form takes it for markup.

use crate::report::visible;
use crate::report::words::NOTHING;
use crate::text::{Lang, Text};

/// One heading and what stands below it.
pub struct Section {
    pub heading: Text,
    pub blocks: Vec<Block>,
}

/// One paragraph, list or table.
pub enum Block {
    Paragraph(Line),
    List(Vec<Line>),
    Table { head: Vec<Text>, rows: Vec<Vec<Line>> },
}

/// One line or cell.
pub type Line = Vec<Part>;

/// A part of a line.
pub enum Part {
    /// Our own words; what stands between backticks is code.
    Words(String),
    /// What a device or a file says.
    Device(String),
}

impl Part {
    /// Our own words.
    pub fn words(text: &Text, lang: Lang) -> Self {
        Self::Words(text.get(lang).into_owned())
    }

    /// What a device or a file says, or a dash where it says nothing.
    pub fn device(text: &str) -> Self {
        if text.is_empty() { Self::Words(NOTHING.to_owned()) } else { Self::Device(visible(text)) }
    }
}

/// A table, or nothing where it has no rows.
pub fn table(head: Vec<Text>, rows: Vec<Vec<Line>>) -> Vec<Block> {
    if rows.is_empty() { Vec::new() } else { vec![Block::Table { head, rows }] }
}

pub const PLACE: Text = Text::fixed("Where", "Wo");
