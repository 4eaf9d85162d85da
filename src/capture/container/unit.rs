//! A head, a record or a block of a capture: what its reader says of it, and the fields in it.

/// What a reader says of the bytes at the beginning of a unit.
pub(super) enum Unit {
    /// It needs so many bytes, counted from the unit's beginning: never more than the next thing that it can say of them
    /// takes, or the end of a file would be told otherwise in pieces than whole.
    Needs(usize),
    /// It took so many bytes.
    Took(usize),
    /// It passes over so many bytes, of which some may not have come yet.
    Skip(u64),
    /// Nothing behind can be read.
    Stop,
}

pub(super) fn u16_of(bytes: &[u8], at: usize, big: bool) -> Option<u16> {
    let bytes = *bytes.get(at..)?.first_chunk::<2>()?;
    Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
}

pub(super) fn u32_of(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let bytes = *bytes.get(at..)?.first_chunk::<4>()?;
    Some(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
}

/// The link type of a field that holds the length of a frame check sequence in its upper bits.
pub(super) fn link_type(field: u32) -> u16 {
    (field & 0xffff) as u16
}
