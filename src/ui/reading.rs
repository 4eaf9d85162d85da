//! A file as the page knows it: a number, and what a worker made of it.

use std::rc::Rc;

/// What a worker made of one file: opaque here.
pub type Reading = Rc<Vec<u8>>;

/// A dropped file's number; never used twice.
pub type FileId = u32;
