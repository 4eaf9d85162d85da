//! What was understood of one dropped file: its inputs, holders before what they hold, and their documents.

use serde::{Deserialize, Serialize};

use crate::documents::Content;
use crate::input::Input;

/// Everything understood of one dropped file. The first input is the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The file and what was found inside it.
    pub inputs: Vec<Input>,
    /// What they hold.
    pub documents: Vec<Document>,
}

/// One document of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The input's place in [`Reading::inputs`].
    pub input: u32,
    /// What it holds.
    pub content: Content,
}
