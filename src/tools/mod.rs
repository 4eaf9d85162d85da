//! Tools that need no case: pure functions behind the page's tool pages and the command line.

pub mod hash;
