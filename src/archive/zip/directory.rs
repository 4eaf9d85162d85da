//! A zip whose bytes are all at hand: its members by its directory.
//!
//! ```text
//! junk   members   PK\1\2 …   [PK\6\6 … PK\6\7 …]   PK\5\6 disks, members, size and place of the directory, comment   junk
//! ```
//!
//! The last end counts that has a directory with members; an end that says "no members" counts only where there is no
//! other, as a comment may hold one. Places count from where the archive began before something was put in front of it.

use super::super::crc::Crc;
use super::super::inflate::{Inflate, Then};
use super::super::outlet::Outlet;
use super::super::{Note, Sink, Trouble};
use super::entry::Entry;
use super::marks::{DEFLATED, END, END_64, LISTED, LOCATOR_64, STORED, u16_at, u32_at, u64_at};
use super::walk::Zip;
use crate::limits::ArchiveLimits;
use crate::tables::packings;

/// A directory that was found.
#[derive(Clone, Copy)]
pub(super) struct Directory {
    /// Where it begins, and how many members it lists.
    start: usize,
    members: u64,
    /// Bytes that were put in front of the archive.
    prefix: u64,
    /// Which file of a split archive this is, from 0.
    disk: u32,
    /// Where the archive is over.
    end: usize,
}

impl Directory {
    pub(super) const fn is_empty(&self) -> bool {
        self.members == 0
    }
}

/// A file of a split archive whose number does not fit the field. Nobody splits into so many.
const SAID_ELSEWHERE: u32 = 0xffff;

/// How many ends are looked at, from the back: a file may be made of nothing else.
const ENDS: usize = 64;

/// Reads an archive whose bytes are all there: by its directory, and by its local headers where that cannot be.
pub fn read(whole: &[u8], limits: &ArchiveLimits, sink: &mut Sink<'_>) {
    let Some(directory) = find(whole) else {
        let mut walk = Zip::new(limits);
        walk.push(whole, sink);
        walk.finish_without_directory(sink);
        return;
    };
    let mut outlet = Outlet::new(limits);
    let mut inflate = Inflate::default();
    let crc = Crc::new();
    let (entries, listed) = list(whole, &directory, limits.members);
    let overlaps = overlapping(whole, &directory, &entries);
    for (entry, overlaps) in entries.iter().zip(overlaps) {
        if outlet.stopped() {
            return;
        }
        let place = place(whole, &directory, entry);
        let at = place.as_ref().map_or(entry.offset, |place| place.header as u64);
        outlet.begin(&mut entry.member(at, &crc), sink);
        if overlaps {
            outlet.trouble(Trouble::Overlaps);
        } else {
            content(whole, &directory, entry, place, &mut outlet, &mut inflate, sink);
        }
        outlet.end(sink);
    }
    if listed > entries.len() as u64 {
        outlet.note(Note::MembersLeftOut(listed - entries.len() as u64), sink);
    }
    // More than 65,535 do not fit the field; some programs write what is left of their number.
    if listed < directory.members || listed % 65_536 != directory.members % 65_536 {
        outlet.note(Note::DirectoryDiffers { listed: directory.members, walked: listed }, sink);
    }
    if directory.prefix > 0 {
        outlet.note(Note::Junk { at: 0, bytes: directory.prefix }, sink);
    }
    if whole.len() > directory.end {
        let bytes = (whole.len() - directory.end) as u64;
        outlet.note(Note::Junk { at: directory.end as u64, bytes }, sink);
    }
}

/// The directory that counts.
pub(super) fn find(whole: &[u8]) -> Option<Directory> {
    let mut empty = None;
    for end in memchr::memmem::rfind_iter(whole, END).take(ENDS) {
        match at_end(whole, end) {
            Some(directory) if !directory.is_empty() => return Some(directory),
            // Of ends without members, the one that the file ends with.
            Some(directory) if empty.is_none() && directory.end == whole.len() => empty = Some(directory),
            _ => {}
        }
    }
    empty
}

/// The directory of an end record; `None` where there is none.
fn at_end(whole: &[u8], end: usize) -> Option<Directory> {
    let record = whole.get(end..)?;
    let comment = usize::from(u16_at(record, 20)?);
    let mut disk = u32::from(u16_at(record, 4)?);
    let mut members = u64::from(u16_at(record, 10)?);
    let (mut size, mut offset) = (u64::from(u32_at(record, 12)?), u64::from(u32_at(record, 16)?));
    // Where the directory ends: at this record, or at its wide form.
    let mut behind = end;
    if let Some(wide) = wide_end(whole, end) {
        let record = whole.get(wide..)?;
        disk = u32_at(record, 16)?;
        members = u64_at(record, 32)?;
        (size, offset) = (u64_at(record, 40)?, u64_at(record, 48)?);
        behind = wide;
    }
    let over = (end + 22 + comment).min(whole.len());
    if members == 0 {
        return Some(Directory { start: behind, members, prefix: 0, disk, end: over });
    }
    let by_size = usize::try_from(size).ok().and_then(|size| behind.checked_sub(size));
    let by_offset = usize::try_from(offset).ok();
    let is_directory = |start: &usize| whole.get(*start..).is_some_and(|there| there.starts_with(LISTED));
    let start = by_size.filter(is_directory).or_else(|| by_offset.filter(is_directory))?;
    // In a split archive the place counts from where its own file began.
    let prefix = (start as u64).saturating_sub(offset);
    Some(Directory { start, members, prefix, disk, end: over })
}

/// The wide end record in front of an end record.
fn wide_end(whole: &[u8], end: usize) -> Option<usize> {
    let locator = end.checked_sub(20)?;
    let record = whole.get(locator..)?;
    if !record.starts_with(LOCATOR_64) {
        return None;
    }
    let claimed = u64_at(record, 8).and_then(|place| usize::try_from(place).ok());
    let usual = locator.checked_sub(56);
    [usual, claimed]
        .into_iter()
        .flatten()
        .find(|place| *place < locator && whole.get(*place..).is_some_and(|there| there.starts_with(END_64)))
}

/// The entries, at most so many of them, and how many there are.
fn list(whole: &[u8], directory: &Directory, most: u64) -> (Vec<Entry>, u64) {
    let mut entries = Vec::new();
    let mut listed = 0;
    let mut rest = whole.get(directory.start..).unwrap_or_default();
    while let Some(entry) = Entry::listed(rest) {
        rest = rest.get(entry.length..).unwrap_or_default();
        listed += 1;
        if listed <= most {
            entries.push(entry);
        }
    }
    (entries, listed)
}

/// Where a member lies.
struct Place {
    /// Its local header, and what that says.
    header: usize,
    local: Entry,
    /// Where its content begins.
    content: usize,
}

fn place(whole: &[u8], directory: &Directory, entry: &Entry) -> Option<Place> {
    let offset = usize::try_from(entry.offset).ok()?;
    let shifted = usize::try_from(directory.prefix).ok().and_then(|prefix| offset.checked_add(prefix));
    [shifted, Some(offset)].into_iter().flatten().find_map(|header| {
        let local = Entry::local(whole.get(header..)?)?;
        let content = header + local.length;
        Some(Place { header, local, content })
    })
}

/// Which members lie partly in another one.
fn overlapping(whole: &[u8], directory: &Directory, entries: &[Entry]) -> Vec<bool> {
    let mut overlaps = vec![false; entries.len()];
    let mut spans: Vec<(u64, u64, usize)> = entries
        .iter()
        .enumerate()
        .filter_map(|(number, entry)| {
            let place = place(whole, directory, entry)?;
            Some((place.header as u64, (place.content as u64).saturating_add(entry.packed), number))
        })
        .collect();
    spans.sort_unstable();
    let mut reach: Option<(u64, usize)> = None;
    for (start, end, number) in spans {
        if let Some((until, before)) = reach
            && start < until
        {
            for each in [before, number] {
                overlaps.get_mut(each).into_iter().for_each(|overlaps| *overlaps = true);
            }
        }
        if reach.is_none_or(|(until, _)| end > until) {
            reach = Some((end, number));
        }
    }
    overlaps
}

/// Hands out a member's content.
fn content(
    whole: &[u8],
    directory: &Directory,
    entry: &Entry,
    place: Option<Place>,
    outlet: &mut Outlet,
    inflate: &mut Inflate,
    sink: &mut Sink<'_>,
) {
    if ![directory.disk, SAID_ELSEWHERE].contains(&entry.disk) {
        return outlet.trouble(Trouble::Split);
    }
    let Some(place) = place else { return outlet.trouble(Trouble::Header) };
    let local = &place.local;
    let sizes_differ =
        !local.has_late_sizes() && (local.packed, local.checksum) != (entry.packed, entry.checksum);
    if local.method != entry.method || local.name != entry.name || sizes_differ {
        outlet.trouble(Trouble::Differs);
    }
    if entry.is_encrypted() {
        return outlet.trouble(Trouble::Encrypted);
    }
    if !matches!(entry.method, STORED | DEFLATED) {
        let packing = packings::by_zip_method(entry.method);
        return outlet.trouble(packing.map_or(Trouble::PackedUnknown(entry.method), Trouble::Packed));
    }
    let behind = whole.get(place.content..).unwrap_or_default();
    let packed = usize::try_from(entry.packed).ok().and_then(|length| behind.get(..length));
    if packed.is_none() {
        outlet.trouble(Trouble::Cut);
    }
    let packed = packed.unwrap_or(behind);
    if entry.method == STORED {
        outlet.checked(packed, sink);
    } else if outlet.full() {
        return outlet.trouble(Trouble::TooMuch);
    } else if !unpack(packed, outlet, inflate, sink) {
        return;
    }
    if packed.len() as u64 == entry.packed {
        outlet.compare(entry.checksum, entry.size);
    }
}

/// Unpacks a whole deflated content; false where the limits ended it, or nobody wants it.
fn unpack(mut packed: &[u8], outlet: &mut Outlet, inflate: &mut Inflate, sink: &mut Sink<'_>) -> bool {
    inflate.start();
    loop {
        let Some(piece) = inflate.step(packed) else {
            outlet.trouble(Trouble::Damaged);
            return true;
        };
        if !outlet.unpacked(&piece, sink) || !outlet.wanted() {
            return false;
        }
        packed = packed.get(piece.taken..).unwrap_or_default();
        match piece.then {
            Then::On => {}
            Then::Over if packed.is_empty() => return true,
            Then::Over | Then::Damaged => {
                outlet.trouble(Trouble::Damaged);
                return true;
            }
        }
    }
}
