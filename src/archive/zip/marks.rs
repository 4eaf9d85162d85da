//! What headers and records of a zip begin with, the methods that are read, and numbers as they stand there.

pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
pub(super) const LISTED: &[u8] = b"PK\x01\x02";
pub(super) const END: &[u8] = b"PK\x05\x06";
pub(super) const END_64: &[u8] = b"PK\x06\x06";
pub(super) const LOCATOR_64: &[u8] = b"PK\x06\x07";
pub(super) const LATE: &[u8] = b"PK\x07\x08";

/// What deflated and stored members have as their method.
pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}
