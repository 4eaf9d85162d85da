//! What standard output is: colours and width follow a terminal, and only a terminal.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};
use vpn_phone_doctor::report::Look;

/// How a text is to look on standard output: as it would anywhere where that is no terminal. `NO_COLOR`,
/// `CLICOLOR_FORCE` and their like decide on colours, and `COLUMNS` on the width, before the terminal does.
pub fn look() -> Look {
    let out = io::stdout();
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let size = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let columns = out.is_terminal().then(|| columns.or_else(size)).flatten();
    let mut look = Look::of_width(columns);
    look.styled = AutoStream::choice(&out) != ColorChoice::Never;
    look
}
