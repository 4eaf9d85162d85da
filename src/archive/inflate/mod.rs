//! Unpacks deflate streams, a large one in a thread of its own.
//!
//! Whoever reads what comes out does as much work as whoever unpacks it, so both at a time take half as long. A small
//! stream is over before a thread has begun. In the page all is done in one thread: a worker there has no other.

#[cfg(not(target_arch = "wasm32"))]
mod ahead;
mod stream;

#[cfg(not(target_arch = "wasm32"))]
use ahead::Ahead;
use stream::Stream;
pub(super) use stream::{Piece, Then};

/// Unpacks one stream after the other.
#[derive(Default)]
pub(super) struct Inflate {
    /// The stream, unless another thread has it.
    stream: Stream,
    #[cfg(not(target_arch = "wasm32"))]
    ahead: Option<Ahead>,
    /// Bytes that the stream gave in this thread.
    #[cfg(not(target_arch = "wasm32"))]
    given: usize,
}

impl Inflate {
    /// Begins a stream.
    pub(super) fn start(&mut self) {
        #[cfg(not(target_arch = "wasm32"))]
        {
            if let Some(ahead) = self.ahead.take() {
                self.stream = ahead.finish();
            }
            self.given = 0;
        }
        self.stream.start();
    }

    /// The next piece of what the stream holds. `None` where it waits for input.
    pub(super) fn step(&mut self, input: &[u8]) -> Option<Piece<'_>> {
        #[cfg(not(target_arch = "wasm32"))]
        {
            if self.given >= LARGE && input.len() >= WORTH_IT && self.ahead.is_none() {
                self.ahead = Ahead::start(&mut self.stream);
                self.given = 0;
            }
            if let Some(ahead) = &mut self.ahead {
                return ahead.step(input);
            }
        }
        let piece = self.stream.step(input)?;
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.given = self.given.saturating_add(piece.bytes.len());
        }
        Some(piece)
    }
}

/// A stream that gave so many bytes is large.
#[cfg(not(target_arch = "wasm32"))]
const LARGE: usize = 4 << 20;
/// Packed bytes that come at a time where they are read from a large archive.
#[cfg(not(target_arch = "wasm32"))]
const WORTH_IT: usize = 16 << 10;

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    /// What one step gave, to be kept.
    type Kept = (usize, Vec<u8>, bool, u32, Then);

    fn kept(piece: Piece<'_>) -> Kept {
        (piece.taken, piece.bytes.to_vec(), piece.full, piece.checksum, piece.then)
    }

    /// All that a stream gives that comes in chunks, and what of its bytes it left.
    fn all(packed: &[u8], chunk: usize, mut step: impl FnMut(&[u8]) -> Option<Kept>) -> (Vec<Kept>, usize) {
        let (mut given, mut held, mut left) = (Vec::new(), Vec::new(), packed.len());
        for bytes in packed.chunks(chunk) {
            held.extend_from_slice(bytes);
            while let Some(piece) = step(&held) {
                held.drain(..piece.0);
                left -= piece.0;
                let over = piece.4 != Then::On;
                given.push(piece);
                if over {
                    return (given, left);
                }
            }
        }
        (given, left)
    }

    fn log(lines: u32) -> Vec<u8> {
        let line = |number: u32| format!("Nov 23 2026 10:19:27 vpn : %ASA-6-725001: Starting {number}\n");
        (0..lines).map(line).collect::<String>().into_bytes()
    }

    /// Bytes of no order at all.
    fn noise() -> Vec<u8> {
        let mut random = 20_261_129_u32;
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 24) as u8
        };
        (0..300_000).map(|_| next()).collect()
    }

    #[test]
    fn another_thread_gives_what_this_one_gives_piece_by_piece() {
        for content in [log(8_000), noise(), vec![0; 1_000_000]] {
            let whole = compress_to_vec(&content, 6);
            let mut damaged = whole.clone();
            let middle = damaged.len() / 2;
            damaged[middle..].iter_mut().for_each(|byte| *byte ^= 0x55);
            let cut = whole[..whole.len() - 9].to_vec();
            let behind = [whole.as_slice(), b"and what stands behind it"].concat();
            for packed in [whole, damaged, cut, behind, b"\x07".to_vec()] {
                for chunk in [1000, 70_001, usize::MAX] {
                    let mut stream = Stream::default();
                    stream.start();
                    let mut away = Stream::default();
                    away.start();
                    let mut ahead = Ahead::start(&mut away).unwrap();
                    // A block is no longer than this, so a longer chunk may be cut there.
                    let chunk = chunk.min(256 << 10);
                    let wanted = all(&packed, chunk, |input| stream.step(input).map(kept));
                    assert!(all(&packed, chunk, |input| ahead.step(input).map(kept)) == wanted, "{chunk}");
                    let mut again = ahead.finish();
                    again.start();
                    stream.start();
                    let next =
                        |stream: &mut Stream| all(&packed, chunk, |input| stream.step(input).map(kept));
                    assert!(next(&mut again) == next(&mut stream));
                }
            }
        }
    }

    #[test]
    fn streams_of_any_size_follow_one_another() {
        let (log, noise) = (log(100_000), noise());
        let packed = [&log, &noise, &log, &log].map(|content| compress_to_vec(content, 6));
        let mut inflate = Inflate::default();
        let mut threads = 0;
        for (packed, content) in packed.iter().zip([&log, &noise, &log, &log]) {
            inflate.start();
            // Of the beginning nobody wants the rest.
            for input in [&packed[..packed.len() / 2], packed] {
                inflate.start();
                let (given, _) = all(input, 100_000, |input| inflate.step(input).map(kept));
                let bytes: Vec<u8> = given.into_iter().flat_map(|piece| piece.1).collect();
                assert!(content.starts_with(&bytes) && (bytes == *content || input.len() < packed.len()));
                threads += usize::from(inflate.ahead.is_some());
            }
        }
        assert_eq!(threads, 3, "large streams, and no other, have a thread");
    }
}
