//! The readers of archives: every member ends, in chunks as at once; a zip by its directory as well.

#[path = "../../../tests/truth/unpacked.rs"]
mod unpacked;

use vpn_phone_doctor::archive::{self, Archive};
use vpn_phone_doctor::limits::ArchiveLimits;

use super::piece_size;

fn limits() -> ArchiveLimits {
    ArchiveLimits { unpacked: 8 << 20, ratio_from: 1 << 20, members: 1000, ..ArchiveLimits::default() }
}

fn read(kind: Archive, bytes: &[u8]) {
    archive::recognise(bytes);
    let whole = unpacked::streamed(kind, bytes, bytes.len().max(1), &limits());
    assert_eq!(unpacked::streamed(kind, bytes, piece_size(bytes), &limits()), whole);
}

pub(super) fn gzip(bytes: &[u8]) {
    read(Archive::Gzip, bytes);
}

pub(super) fn tar(bytes: &[u8]) {
    read(Archive::Tar, bytes);
}

pub(super) fn zip(bytes: &[u8]) {
    read(Archive::Zip, bytes);
    unpacked::by_directory(bytes, &limits());
}
