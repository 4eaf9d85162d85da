//! The unit tests of the page's pure modules, run on this machine: the page itself is built for the browser only.

#[path = "../src/ui/mod.rs"]
mod ui;
