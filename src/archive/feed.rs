//! Chunks of any size for readers that want a header in one piece.

/// What of the chunks has not been taken yet: never more than one header and a piece.
#[derive(Default)]
pub(super) struct Feed {
    held: Vec<u8>,
}

/// How much is put behind a header that is still waiting, so that a large chunk is not copied whole.
const PIECE: usize = 64 << 10;

impl Feed {
    /// Hands a chunk to `step`, behind what is left of the earlier ones. A step takes what it can from the front and
    /// says how many bytes, which may be none where it only goes on to its next state; `None` where it waits for more.
    /// It must not wait for more than a header.
    pub(super) fn push(&mut self, mut chunk: &[u8], mut step: impl FnMut(&[u8]) -> Option<usize>) {
        while !self.held.is_empty() && !chunk.is_empty() {
            let (piece, rest) = chunk.split_at(chunk.len().min(PIECE));
            self.held.extend_from_slice(piece);
            let taken = run(&self.held, &mut step);
            self.held.drain(..taken.min(self.held.len()));
            chunk = rest;
        }
        if self.held.is_empty() {
            let taken = run(chunk, &mut step);
            self.held.extend_from_slice(chunk.get(taken..).unwrap_or_default());
        }
    }

    /// What was never taken.
    pub(super) fn rest(self) -> Vec<u8> {
        self.held
    }
}

/// Runs steps until one waits; how many bytes they took.
fn run(bytes: &[u8], step: &mut impl FnMut(&[u8]) -> Option<usize>) -> usize {
    let mut taken = 0;
    while let Some(more) = step(bytes.get(taken..).unwrap_or_default()) {
        taken += more;
    }
    taken
}
