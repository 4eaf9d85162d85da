//! A stream that another thread unpacks, while this one reads what came out before. There is none in the page.
//!
//! ```text
//! a block ─► piece, piece, piece, …, it waits ─► the next block
//! └ here ┘   └ unpacked there, read here ───┘    └── here ────┘
//! ```
//! The other thread is given a block only when all that the one before it gave was read: so what a stream gives, and what
//! is known at each piece of how much was taken, is the same as in one thread. A block of logs gives some fifty pieces,
//! and what it costs to wait for the first of them is little beside that.
//!
//! Who stops in the middle of a block drops the rest; the thread ends where nobody takes its pieces.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::stream::{Piece, Stream, Then};

/// A stream in another thread.
pub(super) struct Ahead {
    blocks: SyncSender<Vec<u8>>,
    pieces: Receiver<Unpacked>,
    spare: Sender<Vec<u8>>,
    thread: Option<JoinHandle<Stream>>,
    /// The last block, while nobody has it.
    block: Vec<u8>,
    /// The last piece.
    piece: Vec<u8>,
    /// A block is being unpacked; whether something came of it.
    under_way: Option<bool>,
}

enum Unpacked {
    Piece {
        taken: usize,
        bytes: Vec<u8>,
        full: bool,
        checksum: u32,
        then: Then,
    },
    /// The block is used up as far as it can be.
    Waits(Vec<u8>),
}

impl Ahead {
    /// Hands a stream to a new thread; it stays where there is none to be had.
    pub(super) fn start(stream: &mut Stream) -> Option<Self> {
        let (blocks, packed) = sync_channel::<Vec<u8>>(1);
        let (tell, pieces) = sync_channel(PIECES_AHEAD);
        let (spare, used) = channel();
        let (begin, first) = sync_channel::<Stream>(1);
        let work = move || {
            let mut stream = first.recv().unwrap_or_default();
            for block in packed {
                if unpack(&mut stream, block, &tell, &used).is_none() {
                    break;
                }
            }
            stream
        };
        let thread = Some(Builder::new().spawn(work).ok()?);
        // It waits for it.
        let _ = begin.send(std::mem::take(stream));
        let (block, piece) = (Vec::new(), Vec::new());
        Some(Self { blocks, pieces, spare, thread, block, piece, under_way: None })
    }

    /// What [`Stream::step`] gives.
    pub(super) fn step(&mut self, input: &[u8]) -> Option<Piece<'_>> {
        loop {
            if self.under_way.is_none() {
                let mut block = std::mem::take(&mut self.block);
                block.clear();
                block.extend_from_slice(input.get(..BLOCK).unwrap_or(input));
                if self.blocks.send(block).is_err() {
                    self.end();
                    return None;
                }
                self.under_way = Some(false);
            }
            match self.pieces.recv() {
                Ok(Unpacked::Piece { taken, bytes, full, checksum, then }) => {
                    self.under_way = Some(true);
                    // Nobody needs it where the stream is over.
                    let _ = self.spare.send(std::mem::replace(&mut self.piece, bytes));
                    return Some(Piece { taken, bytes: &self.piece, full, checksum, then });
                }
                Ok(Unpacked::Waits(block)) => {
                    self.block = block;
                    let gave = self.under_way.take();
                    if gave != Some(true) || input.is_empty() {
                        return None;
                    }
                }
                Err(_) => {
                    self.end();
                    return None;
                }
            }
        }
    }

    /// The stream, which is over.
    pub(super) fn finish(self) -> Stream {
        let Self { blocks, pieces, thread, .. } = self;
        drop((blocks, pieces));
        thread.map(joined).unwrap_or_default()
    }

    /// The thread is gone: what stopped it stops this one as well.
    fn end(&mut self) {
        if let Some(thread) = self.thread.take() {
            joined(thread);
        }
    }
}

/// Tells what a block gives, piece by piece. `None` where nothing more of the stream comes, or is wanted.
fn unpack(
    stream: &mut Stream,
    block: Vec<u8>,
    tell: &SyncSender<Unpacked>,
    used: &Receiver<Vec<u8>>,
) -> Option<()> {
    let mut rest = block.as_slice();
    while let Some(Piece { taken, bytes, full, checksum, then }) = stream.step(rest) {
        let mut copy = used.try_recv().unwrap_or_default();
        copy.clear();
        copy.extend_from_slice(bytes);
        tell.send(Unpacked::Piece { taken, bytes: copy, full, checksum, then }).ok()?;
        if then != Then::On {
            return None;
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    tell.send(Unpacked::Waits(block)).ok()
}

fn joined(thread: JoinHandle<Stream>) -> Stream {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Packed bytes of a block at most.
const BLOCK: usize = 256 << 10;
/// Pieces that wait at most: as many as are still near when they are read.
const PIECES_AHEAD: usize = 8;
