//! CRC-32 as gzip and zip use it: the reversed polynomial `0xedb88320`, all ones before and after.
//!
//! A crate does it with the instructions that processors have for it. In the page, where there are none, it is done by
//! tables of ours.
//!
//! Source: RFC 1952 section 8.

#[cfg(any(test, target_arch = "wasm32"))]
mod tables;

#[cfg(target_arch = "wasm32")]
use tables::Tables;

/// The checksum of no bytes.
pub(super) const EMPTY: u32 = 0;

/// Makes checksums.
#[derive(Default)]
pub(super) struct Crc {
    #[cfg(target_arch = "wasm32")]
    tables: Tables,
}

impl Crc {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The checksum of what `checksum` is of, and these bytes behind it.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn update(&self, checksum: u32, bytes: &[u8]) -> u32 {
        self.tables.update(checksum, bytes)
    }

    /// The checksum of what `checksum` is of, and these bytes behind it.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn update(&self, checksum: u32, bytes: &[u8]) -> u32 {
        let mut checksum = crc32fast::Hasher::new_with_initial(checksum);
        checksum.update(bytes);
        checksum.finalize()
    }
}

#[cfg(test)]
mod tests {
    use super::tables::Tables;
    use super::*;

    #[test]
    fn the_check_values_come_out_in_any_pieces() {
        // The page's own, and that of a crate.
        pieces(|checksum, bytes| Tables::default().update(checksum, bytes));
        pieces(|checksum, bytes| Crc::new().update(checksum, bytes));
    }

    fn pieces(update: impl Fn(u32, &[u8]) -> u32) {
        // The check value of CRC-32/ISO-HDLC, and two that zlib gives.
        assert_eq!(update(EMPTY, b"123456789"), 0xcbf4_3926);
        assert_eq!(update(EMPTY, b""), 0);
        assert_eq!(update(EMPTY, b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
        let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for at in [0, 1, 7, 8, 9, 500, 999, 1000] {
            let (left, right) = bytes.split_at(at);
            assert_eq!(update(update(EMPTY, left), right), update(EMPTY, &bytes), "{at}");
        }
    }
}
