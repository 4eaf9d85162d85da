//! What stands around text is taken off, and what is left leads back into the dropped file.

use vpn_phone_doctor::lines::Decoded;
use vpn_phone_doctor::unwrap::{Wrapped, unwrap as take_off};

use super::formats::limits;

pub(super) fn unwrap(bytes: &[u8]) {
    let limits = limits();
    let text = Decoded::new(bytes, limits.line);
    for markup in [false, true] {
        let Some(left) = take_off(&Wrapped { name: "dropped", text: &text, markup }, &limits) else {
            continue;
        };
        let mut length = 0;
        for line in left.text.lines() {
            assert!(line.number > 0, "{line:?} is no line");
            assert!(line.offset <= bytes.len() as u64, "{line:?} lies behind the end");
            length += line.text.len() + 1;
        }
        let inside: usize = left.inside.iter().map(|inside| inside.bytes.len()).sum();
        // A byte of Windows-1252 is three of UTF-8; what lies inside is text and file at most.
        let most = 8 * bytes.len() + 4096;
        assert!(length <= most && inside <= most, "{length} and {inside} of {} bytes", bytes.len());
    }
}
