//! Where a line ends, and whether all of it is ASCII.

/// Where the first line feed stands, and whether nothing but ASCII stands before it.
///
/// In WebAssembly each byte is looked at once: sixteen of them are compared together, and their highest bits are kept.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub fn end(bytes: &[u8]) -> Option<(usize, bool)> {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128_or};

    const BLOCK: usize = 16;
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut high = u8x16_splat(0);
    let mut at = 0;
    for block in blocks {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *block;
        let both =
            u64x2(u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes([i, j, k, l, m, n, o, p]));
        let feeds = u8x16_bitmask(u8x16_eq(both, u8x16_splat(b'\n')));
        if feeds != 0 {
            let before = (feeds & feeds.wrapping_neg()) - 1;
            let ascii = (u8x16_bitmask(high) | u8x16_bitmask(both) & before) == 0;
            return Some((at + feeds.trailing_zeros() as usize, ascii));
        }
        high = v128_or(high, both);
        at += BLOCK;
    }
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let ascii = u8x16_bitmask(high) == 0 && rest.get(..end)?.is_ascii();
    Some((at + end, ascii))
}

/// Where the first line feed stands, and whether nothing but ASCII stands before it.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub fn end(bytes: &[u8]) -> Option<(usize, bool)> {
    let end = memchr::memchr(b'\n', bytes)?;
    // Without a way out that would hinder looking at many bytes at a time.
    let all = bytes.get(..end)?.iter().fold(0, |all, byte| all | byte);
    Some((end, all.is_ascii()))
}
