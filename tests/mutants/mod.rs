//! Damaged copies of a file: always the same for the same seed.

/// Copies that are made of each file.
pub const EACH: u64 = 20;

/// SplitMix64: a row of numbers that follow from the first.
struct Numbers(u64);

impl Numbers {
    /// The next one below a bound that is not 0.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound.max(1)
    }

    /// A piece of so many bytes: its begin and end.
    fn piece(&mut self, length: usize) -> (usize, usize) {
        let begin = self.below(length);
        (begin, (begin + 1 + self.below(length / 4 + 1)).min(length))
    }
}

/// A copy of a file and how it is damaged: one byte in fifty flipped, cut, a piece doubled, or two pieces exchanged, by
/// turns.
pub fn mutant(bytes: &[u8], seed: u64) -> (Vec<u8>, &'static str) {
    let mut numbers = Numbers(seed);
    let mut copy = bytes.to_vec();
    let length = copy.len();
    match seed % 4 {
        0 => {
            for _ in 0..(length / 50).max(1) {
                let (at, bit) = (numbers.below(length), numbers.below(8));
                if let Some(byte) = copy.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            (copy, "flipped")
        }
        1 => {
            copy.truncate(numbers.below(length));
            (copy, "cut")
        }
        2 => {
            let (begin, end) = numbers.piece(length);
            let piece = bytes.get(begin..end).unwrap_or_default();
            copy.splice(begin..begin, piece.iter().copied());
            (copy, "doubled")
        }
        _ => {
            let ((a, b), (c, d)) = (numbers.piece(length), numbers.piece(length));
            let ((a, b), (c, d)) = if a <= c { ((a, b), (c, d)) } else { ((c, d), (a, b)) };
            let (b, c) = (b.min(c), c.max(b.min(c)));
            let pieces = [(0, a), (c, d), (b, c), (a, b), (d, length)];
            let pieces = pieces.map(|(begin, end)| bytes.get(begin..end).unwrap_or_default());
            (pieces.concat(), "exchanged")
        }
    }
}
