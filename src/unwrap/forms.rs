//! What the forms of one text share, and what they find inside it.

use crate::input::Note;
use crate::limits::Limits;

/// A file or an output inside a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// The attachment's name, the command, or where it lay.
    pub name: String,
    /// The command that printed it, where that is known.
    pub command: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// It is one field of a record among others, and may be about anything.
    pub field: bool,
}

/// What the forms of one text share.
pub(crate) struct Forms<'a> {
    pub(super) name: &'a str,
    pub(super) markup: bool,
    pub(super) limits: &'a Limits,
    pub(super) inside: Vec<Inside>,
    pub(super) notes: Vec<Note>,
    /// A mail was taken off.
    pub(super) mail: bool,
}
