//! A skin over the library.
fn main() {}
