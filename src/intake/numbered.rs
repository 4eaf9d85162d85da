//! Lines of an input that were taken out of another file: each is numbered as it stood there.
//!
//! ```text
//! line 1 of what came ─► line 812, byte 90211 of asa.log
//! line 2              ─► line 900, byte 99000
//! ```

use std::collections::VecDeque;

use crate::lines::{Decoded, Line, LineFeed};
use crate::source::LineRun;

/// Where lines stood, as far as they have not come yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    runs: VecDeque<LineRun>,
    /// The run that goes on, and the byte at which it begins in what came.
    open: Option<(LineRun, u64)>,
}

impl Places {
    /// The lines that come next, from `run.line` on.
    pub fn add(&mut self, run: LineRun) {
        self.runs.push_back(run);
    }

    /// No line is numbered otherwise than it comes.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.open.is_none()
    }

    /// Number and byte of the next line, of which number and byte among what came are given.
    fn of(&mut self, line: u32, byte: u64) -> (u32, u64) {
        while let Some(run) = self.runs.pop_front_if(|run| run.line <= line) {
            // The first line begins behind a byte order mark.
            self.open = Some((run, if run.line == 1 { 0 } else { byte }));
        }
        match self.open {
            Some((run, begins)) => (
                run.holder_line.saturating_add(line.saturating_sub(run.line)),
                run.holder_byte.saturating_add(byte.saturating_sub(begins)),
            ),
            None => (line, byte),
        }
    }

    /// The same text with its lines numbered.
    pub fn number(mut self, text: Decoded) -> Decoded {
        if self.is_empty() {
            return text;
        }
        let mut written = Decoded::default();
        for line in text.lines() {
            written.append(&numbered(&mut self, &line));
        }
        written.sealed()
    }
}

/// The same for bytes that come in chunks.
pub(super) struct Numbered {
    feed: LineFeed,
    places: Places,
}

impl Numbered {
    /// Keeps at most `limit` bytes of a line.
    pub fn new(limit: usize, places: Places) -> Self {
        Self { feed: LineFeed::new(limit), places }
    }

    /// The lines that come next stood there.
    pub fn add(&mut self, run: LineRun) {
        self.places.add(run);
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8], mut line: impl FnMut(Line<'_>)) {
        let Self { feed, places } = self;
        feed.push(chunk, &mut |came| line(numbered(places, &came)));
    }

    /// All chunks were given; how many lines came.
    pub fn finish(mut self, mut line: impl FnMut(Line<'_>)) -> u32 {
        let Self { feed, places } = &mut self;
        feed.finish(&mut |came| line(numbered(places, &came)));
        feed.lines()
    }
}

fn numbered<'l>(places: &mut Places, line: &Line<'l>) -> Line<'l> {
    let (number, offset) = places.of(line.number, line.offset);
    Line { number, offset, ..*line }
}
