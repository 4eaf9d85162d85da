//! Damaged copies: nothing panics, every member ends, chunks make no difference.

use crate::made::{Member, gzip, pax, tar_end, tar_member, zip};
use crate::unpacked::{by_directory, streamed};
use vpn_phone_doctor::archive::Archive;
use vpn_phone_doctor::limits::ArchiveLimits;

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

#[test]
fn damaged_copies_do_no_harm() {
    let text = "902: NOT 20:59:50.051721 VPNC: vpn_stop\n".repeat(60);
    let tar = [
        pax(b'g', &[("mtime", "1764331200")]),
        pax(b'x', &[("path", "logs/messages"), ("size", "2400")]),
        tar_member("cut", b'0', text.as_bytes()),
        tar_member("././@LongLink", b'L', b"logs/messages.0\0"),
        tar_member("cut", b'0', text.as_bytes()),
        tar_end(),
    ]
    .concat();
    let zip = zip(&[
        Member::deflated("logs/messages", &text),
        Member::stored("a.txt", &text).late(false, true),
        Member::deflated("b.txt", &text).late(true, false),
    ]);
    let gzip = [gzip(text.as_bytes()), gzip(text.as_bytes()), vec![0; 20]].concat();
    let limits = ArchiveLimits { unpacked: 100_000, ..ArchiveLimits::default() };
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (archive, bytes) in [(Archive::Tar, tar), (Archive::Zip, zip), (Archive::Gzip, gzip)] {
        for _ in 0..400 {
            let mut copy = bytes.clone();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(copy.len());
                match numbers.below(4) {
                    0 => copy[at] ^= 1 << numbers.below(8),
                    1 => copy[at] = [0, 0xff, b'P', 0x7f][numbers.below(4)],
                    2 => copy.truncate(at.max(1)),
                    _ => {
                        let from = numbers.below(copy.len());
                        let piece: Vec<u8> = copy[from..].iter().take(numbers.below(64)).copied().collect();
                        copy.splice(at..at, piece);
                    }
                }
            }
            let whole = streamed(archive, &copy, copy.len(), &limits);
            let chunk = 1 + numbers.below(700);
            assert_eq!(streamed(archive, &copy, chunk, &limits), whole, "{archive:?} in chunks of {chunk}");
            by_directory(&copy, &limits);
        }
    }
}
