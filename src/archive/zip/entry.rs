//! What a local header or an entry of the directory says of a member.

use super::super::crc::Crc;
use super::super::{Decoded, Kind, Member, Name};
use super::marks::{LISTED, LOCAL, u16_at, u32_at, u64_at};
use crate::tables::code_page_437;
use crate::time::Stamp;

/// A member's header, of either kind.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) checksum: u32,
    /// Bytes of the packed content, and of the content.
    pub(super) packed: u64,
    pub(super) size: u64,
    /// Its sizes take eight bytes each where they come late.
    pub(super) wide: bool,
    /// Of the directory: where the local header lies, and in which of a split archive's files.
    pub(super) offset: u64,
    pub(super) disk: u32,
    /// Bytes that the header takes.
    pub(super) length: usize,
    pub(super) name: Vec<u8>,
    unicode_name: Option<(u32, String)>,
    modified: Option<Stamp>,
    symbolic_link: bool,
    /// It stands in the directory.
    listed: bool,
}

const LATE_SIZES: u16 = 1 << 3;
const UTF8: u16 = 1 << 11;
/// Encrypted, strongly encrypted, with a hidden header.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

impl Entry {
    /// A local header at the front of these bytes; `None` where they are no whole one.
    pub(super) fn local(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(LOCAL) {
            return None;
        }
        let (name_length, extra_length) = (u16_at(bytes, 26)?, u16_at(bytes, 28)?);
        let name = bytes.get(30..)?.get(..usize::from(name_length))?;
        let extra = bytes.get(30 + name.len()..)?.get(..usize::from(extra_length))?;
        let mut entry = Self {
            flags: u16_at(bytes, 6)?,
            method: u16_at(bytes, 8)?,
            checksum: u32_at(bytes, 14)?,
            packed: u64::from(u32_at(bytes, 18)?),
            size: u64::from(u32_at(bytes, 22)?),
            wide: false,
            offset: 0,
            disk: 0,
            length: 30 + name.len() + extra.len(),
            name: name.to_vec(),
            unicode_name: None,
            modified: dos_time(u16_at(bytes, 12)?, u16_at(bytes, 10)?),
            symbolic_link: false,
            listed: false,
        };
        entry.read_extra(extra);
        Some(entry)
    }

    /// An entry of the directory at the front of these bytes.
    pub(super) fn listed(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(LISTED) {
            return None;
        }
        let lengths = [u16_at(bytes, 28)?, u16_at(bytes, 30)?, u16_at(bytes, 32)?].map(usize::from);
        let [name_length, extra_length, comment_length] = lengths;
        let name = bytes.get(46..)?.get(..name_length)?;
        let extra = bytes.get(46 + name_length..)?.get(..extra_length)?;
        let length = 46 + name_length + extra_length + comment_length;
        bytes.get(..length)?;
        // Who made it is Unix (3) or macOS (19): then the upper half is a mode, and 0o120000 a link.
        let made_by_unix = matches!(bytes.get(5), Some(3 | 19));
        let mode = u32_at(bytes, 38)? >> 16;
        let mut entry = Self {
            flags: u16_at(bytes, 8)?,
            method: u16_at(bytes, 10)?,
            checksum: u32_at(bytes, 16)?,
            packed: u64::from(u32_at(bytes, 20)?),
            size: u64::from(u32_at(bytes, 24)?),
            wide: false,
            offset: u64::from(u32_at(bytes, 42)?),
            disk: u32::from(u16_at(bytes, 34)?),
            length,
            name: name.to_vec(),
            unicode_name: None,
            modified: dos_time(u16_at(bytes, 14)?, u16_at(bytes, 12)?),
            symbolic_link: made_by_unix && mode & 0o170_000 == 0o120_000,
            listed: true,
        };
        entry.read_extra(extra);
        Some(entry)
    }

    /// Reads the extra fields: number, length, content.
    fn read_extra(&mut self, mut extra: &[u8]) {
        while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let Some((field, rest)) = extra.get(4..).and_then(|rest| rest.split_at_checked(length.into()))
            else {
                return;
            };
            extra = rest;
            match id {
                0x0001 => self.read_wide(field),
                // NTFS: a reserved word, then attribute 1 with three times in 100 ns since 1601.
                0x000a if u16_at(field, 4) == Some(1) => {
                    let micros = u64_at(field, 8).and_then(|time| i64::try_from(time / 10).ok());
                    let micros = micros.and_then(|micros| micros.checked_sub(11_644_473_600_000_000));
                    self.modified = micros.map(utc).or(self.modified);
                }
                // Extended time stamp; the first bit says that the time of change is there.
                0x5455 if field.first().is_some_and(|flags| flags & 1 != 0) => {
                    let seconds = u32_at(field, 1).map(|seconds| i64::from(seconds.cast_signed()));
                    self.modified = seconds.map(|seconds| utc(seconds * 1_000_000)).or(self.modified);
                }
                // Info-ZIP's Unicode path: version 1, the checksum of the name that it is for, the name.
                0x7075 if field.first() == Some(&1) => {
                    let text = field.get(5..).and_then(|text| str::from_utf8(text).ok());
                    self.unicode_name = u32_at(field, 1).zip(text.map(str::to_owned));
                }
                _ => {}
            }
        }
    }

    /// zip64: eight bytes for each of the numbers that are all ones, in this order.
    fn read_wide(&mut self, field: &[u8]) {
        self.wide = true;
        let mut numbers = field.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        for number in [&mut self.size, &mut self.packed, &mut self.offset] {
            if *number == u64::from(u32::MAX)
                && let Some(wide) = numbers.next()
            {
                *number = wide;
            }
        }
    }

    /// True where checksum and sizes stand behind the content.
    pub(super) const fn has_late_sizes(&self) -> bool {
        self.flags & LATE_SIZES != 0
    }

    /// True where the content is encrypted.
    pub(super) const fn is_encrypted(&self) -> bool {
        self.flags & ENCRYPTED != 0
    }

    /// True where the length of the packed content is not known before it is read: a directory always knows it.
    pub(super) const fn is_open(&self) -> bool {
        !self.listed && self.has_late_sizes() && self.packed == 0
    }

    /// The member that it is the header of.
    pub(super) fn member(&self, at: u64, crc: &Crc) -> Member {
        let name = self.decoded_name(crc);
        let kind = match () {
            () if self.symbolic_link => Kind::SymbolicLink(None),
            () if name.bytes.ends_with(b"/") => Kind::Folder,
            () => Kind::File,
        };
        let size = (!self.is_open() || self.size > 0).then_some(self.size);
        Member { at, name, kind, size, modified: self.modified }
    }

    /// The name: as the Unicode field says, as UTF-8 where it is that, in code page 437 otherwise. Many programs write
    /// UTF-8 without saying so, and no real name of that code page happens to be valid UTF-8.
    fn decoded_name(&self, crc: &Crc) -> Name {
        let bytes = self.name.clone();
        if let Some((checksum, text)) = &self.unicode_name
            && *checksum == crc.update(super::super::crc::EMPTY, &bytes)
        {
            return Name { bytes, text: text.clone(), decoded: Decoded::UnicodeField };
        }
        let plain = Name::plain(&bytes);
        if plain.decoded == Decoded::Utf8 || self.flags & UTF8 != 0 {
            return plain;
        }
        Name { text: code_page_437::decode(&bytes), decoded: Decoded::Cp437, bytes }
    }
}

fn utc(micros: i64) -> Stamp {
    Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(micros) }
}

/// A date and a time of MS-DOS: two seconds, minutes, hours; day, month, years since 1980. By the packer's clock.
fn dos_time(date: u16, time: u16) -> Option<Stamp> {
    let [day, month] = [date & 0x1f, date >> 5 & 0xf].map(|part| u8::try_from(part).unwrap_or_default());
    let (seconds, minutes, hours) = (u64::from(time & 0x1f) * 2, time >> 5 & 0x3f, time >> 11);
    let right = (1..=12).contains(&month) && day > 0 && seconds < 60 && minutes < 60 && hours < 24;
    right.then(|| Stamp {
        year: i16::try_from(date >> 9).ok().map(|years| 1980 + years),
        month_day: Some((month, day)),
        micros_of_day: ((u64::from(hours) * 60 + u64::from(minutes)) * 60 + seconds) * 1_000_000,
        offset_minutes: None,
    })
}
