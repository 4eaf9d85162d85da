//! zip by its directory and without it.

use crate::made::{Member, crc32, deflated, end, zip, zip_with};
use crate::unpacked::{Told, by_directory, streamed};
use vpn_phone_doctor::archive::{self, Archive, Decoded, Kind, Note, Trouble};
use vpn_phone_doctor::limits::ArchiveLimits;

/// By the local headers, the same in chunks of any size.
pub fn walked(bytes: &[u8]) -> Told {
    let limits = ArchiveLimits::default();
    let whole = streamed(Archive::Zip, bytes, bytes.len().max(1), &limits);
    for chunk in [1, 3, 7, 29, 64, 1000, 16 << 20] {
        assert_eq!(streamed(Archive::Zip, bytes, chunk, &limits), whole, "in chunks of {chunk}");
    }
    whole
}

pub fn read(bytes: &[u8]) -> Told {
    by_directory(bytes, &ArchiveLimits::default())
}

/// A name's bytes, flags and extra field, and how it is shown.
type Named<'a> = (&'a str, &'a [u8], u16, Vec<u8>, &'a str, Decoded);

fn pair() -> [Member; 2] {
    [Member::stored("a.txt", "hello"), Member::deflated("b.txt", &"world ".repeat(500))]
}

fn expected() -> Vec<(String, String)> {
    vec![("a.txt".into(), "hello".into()), ("b.txt".into(), "world ".repeat(500))]
}

#[test]
fn members_come_out_both_ways() {
    let [a, b] = pair();
    let late = |wide, mark| zip(&[a.clone().late(wide, mark), b.clone().late(wide, mark)]);
    let inner = zip(&pair());
    // A stored archive of unknown length: its own headers are content.
    let nested = Member::new("a.zip", &inner, 0, inner.clone()).late(false, true);
    let unmarked = Member::new("a.zip", &inner, 0, inner.clone()).late(false, false);
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("plain", zip(&pair())),
        ("sizes behind", late(false, true)),
        ("sizes behind without a mark", late(false, false)),
        ("wide sizes behind", late(true, true)),
        ("wide sizes behind without a mark", late(true, false)),
        ("a comment", zip_with(&pair(), b"", b"made on a Tuesday")),
        ("junk in front and behind", [zip_with(&pair(), &[b'M'; 700], b""), vec![b'?'; 70_000]].concat()),
        ("an end record in the comment", zip_with(&pair(), b"", &end(0, 0, 0, b""))),
        ("a comment that claims more than there is", {
            let mut bytes = zip(&pair());
            let at = bytes.len() - 2;
            bytes[at] = 9;
            bytes
        }),
    ];
    for (what, bytes) in rows {
        for (how, told) in [("listed", read(&bytes)), ("walked", walked(&bytes))] {
            assert_eq!(told.texts(), expected(), "{what}, {how}");
            let troubles: Vec<_> = told.members.iter().flat_map(|one| one.end.troubles.clone()).collect();
            assert_eq!(troubles, [], "{what}, {how}");
            let quiet = told.notes.iter().all(|note| matches!(note, Note::Junk { .. } | Note::Cut { .. }));
            assert!(quiet, "{what}, {how}: {:?}", told.notes);
        }
    }
    for member in [nested, unmarked] {
        let bytes = zip(&[member]);
        for told in [read(&bytes), walked(&bytes)] {
            assert_eq!(told.members.len(), 1);
            assert!(told.members[0].content == inner && told.members[0].end.troubles.is_empty());
        }
    }
}

#[test]
fn the_directory_decides_where_it_is_there() {
    let [a, b] = pair();
    // Deleted from the directory, still in front of it.
    let mut bytes = a.local();
    let at = bytes.len();
    bytes.extend(b.local());
    let (offset, listed) = (bytes.len(), b.listed(at));
    let bytes = [bytes, listed.clone(), end(1, listed.len(), offset, b"")].concat();
    assert_eq!(read(&bytes).texts(), expected()[1..]);
    let told = walked(&bytes);
    assert_eq!(told.texts(), expected());
    assert_eq!(told.notes, [Note::DirectoryDiffers { listed: 1, walked: 2 }]);

    // Two archives joined: the last one counts, and the other is told.
    let joined = [zip(&[Member::stored("old.txt", "old")]), zip(&pair())].concat();
    assert_eq!(read(&joined).texts(), expected());
    assert!(matches!(read(&joined).notes[..], [Note::Junk { at: 0, .. }]));

    // Without it the headers are walked.
    let whole = zip(&pair());
    let cut = &whole[..whole.len() - 40];
    assert_eq!(read(cut).texts(), expected());
    assert!(read(cut).notes.contains(&Note::NoEnd));
    let told = read(&whole[..a.local().len() + 40]);
    assert_eq!(told.members[0].content, b"hello");
    assert_eq!(told.members[1].end.troubles, [Trouble::Cut]);

    // A wrong size of the directory, and places that count what was put in front.
    let mut wrong = whole.clone();
    let at = wrong.len() - 10;
    wrong[at] ^= 1;
    assert_eq!(read(&wrong).texts(), expected());

    // Two of one name are two.
    let twice = zip(&[Member::stored("dup.txt", "1"), Member::stored("dup.txt", "2")]);
    assert_eq!(read(&twice).texts(), [("dup.txt".into(), "1".into()), ("dup.txt".into(), "2".into())]);
    assert_eq!(walked(&twice), Told { notes: vec![], ..read(&twice) });
    assert_eq!(read(&zip(&[])), Told::default());
}

#[test]
fn wide_archives_are_read() {
    let [a, b] = pair();
    let wide = |member: &Member, local: bool, offset: u64| {
        let mut numbers = vec![(member.content.len() as u64), (member.packed.len() as u64)];
        if !local {
            numbers.push(offset);
        }
        let field: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        [&[1, 0][..], &(field.len() as u16).to_le_bytes(), &field].concat()
    };
    let (mut bytes, mut directory) = (b"#!/bin/sh\n".to_vec(), Vec::new());
    for member in [a, b] {
        let offset = bytes.len() - 10;
        let member = Member {
            local_extra: wide(&member, true, 0),
            extra: wide(&member, false, offset as u64),
            ..member
        };
        let mut local = member.local();
        local[18..26].fill(0xff);
        let mut listed = member.listed(0);
        listed[20..28].fill(0xff);
        listed[42..46].fill(0xff);
        bytes.extend(local);
        directory.extend(listed);
    }
    let offset = (bytes.len() - 10) as u64;
    let place = offset + directory.len() as u64;
    let numbers = [2, 2, directory.len() as u64, offset];
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    bytes.extend(directory);
    bytes.extend([b"PK\x06\x06", &44_u64.to_le_bytes()[..], &[45, 0, 45, 0], &[0; 8], &numbers].concat());
    bytes.extend([b"PK\x06\x07", &[0; 4][..], &place.to_le_bytes(), &[1, 0, 0, 0]].concat());
    let mut last = end(0xffff, 0xffff_ffff, 0xffff_ffff, b"");
    last[4..8].fill(0xff);
    bytes.extend(last);
    for told in [read(&bytes), walked(&bytes)] {
        assert_eq!(told.texts(), expected());
        assert!(told.members.iter().all(|one| one.end.troubles.is_empty()), "{told:?}");
    }
}

#[test]
fn names_are_read_as_they_were_meant() {
    let unicode = |name: &[u8], text: &str| {
        let field = [&[1][..], &crc32(name).to_le_bytes(), text.as_bytes()].concat();
        [&[0x75, 0x70][..], &(field.len() as u16).to_le_bytes(), &field].concat()
    };
    let rows: Vec<Named<'_>> = vec![
        ("ASCII", b"a.txt", 0, vec![], "a.txt", Decoded::Utf8),
        ("the flag", "中.txt".as_bytes(), 1 << 11, vec![], "中.txt", Decoded::Utf8),
        ("UTF-8 that nobody announced", "Müller.log".as_bytes(), 0, vec![], "Müller.log", Decoded::Utf8),
        ("code page 437", b"M\x81ller.log", 0, vec![], "Müller.log", Decoded::Cp437),
        (
            "the field",
            b"M_ller.log",
            0,
            unicode(b"M_ller.log", "Müller.log"),
            "Müller.log",
            Decoded::UnicodeField,
        ),
        (
            "a field for another name",
            b"M\x81ller.log",
            0,
            unicode(b"other", "other"),
            "Müller.log",
            Decoded::Cp437,
        ),
        ("the flag, and no UTF-8", b"M\x81ller.log", 1 << 11, vec![], "M\\x81ller.log", Decoded::Escaped),
        ("a way out", b"../../etc/passwd", 0, vec![], "../../etc/passwd", Decoded::Utf8),
    ];
    for (what, name, flags, extra, text, decoded) in rows {
        let member = Member {
            name: name.to_vec(),
            flags,
            extra: extra.clone(),
            local_extra: extra,
            ..Member::stored("", "x")
        };
        let bytes = zip(&[member]);
        for told in [read(&bytes), walked(&bytes)] {
            let shown = &told.members[0].member.name;
            assert_eq!((&*shown.bytes, &*shown.text, shown.decoded), (name, text, decoded), "{what}");
        }
    }
}

#[test]
fn kinds_and_times_are_told() {
    let stamp = [&[0x55, 0x54, 5, 0, 1][..], &0x6929_4b29_u32.to_le_bytes()].concat();
    let bytes = zip(&[
        Member::stored("logs/", ""),
        Member { extra: stamp.clone(), local_extra: stamp, ..Member::stored("a", "x") },
    ]);
    for told in [read(&bytes), walked(&bytes)] {
        let members: Vec<_> = told.members.iter().map(|one| one.member.clone()).collect();
        assert_eq!((&members[0].kind, &members[1].kind), (&Kind::Folder, &Kind::File));
        let packed = members[0].modified.unwrap();
        assert_eq!(
            (packed.year, packed.month_day, packed.offset_minutes),
            (Some(2026), Some((11, 28)), None)
        );
        assert_eq!(packed.micros_of_day, 12 * 3_600_000_000);
        assert_eq!(members[1].modified.unwrap().unix_seconds(), Some(0x6929_4b29));
    }
    let link = {
        let mut bytes = zip(&[Member::stored("link", "/etc/passwd")]);
        let at = bytes.len() - 22 - 50;
        bytes[at + 5] = 3;
        bytes[at + 38..at + 42].copy_from_slice(&(0o120_777_u32 << 16).to_le_bytes());
        bytes
    };
    assert_eq!(read(&link).members[0].member.kind, Kind::SymbolicLink(None));
}

#[test]
fn what_is_not_read_is_named() {
    let [_, b] = pair();
    let packed = |method| Member::new("a.txt", b"hello", method, b"?????".to_vec());
    let rows: Vec<(&str, Member, &str)> = vec![
        ("encrypted", Member { flags: 1, ..Member::new("a.txt", b"hello", 8, vec![7; 20]) }, "Encrypted"),
        (
            "encrypted, of unknown length",
            Member { flags: 1, ..Member::new("a.txt", b"hello", 8, vec![7; 20]) }.late(false, true),
            "Encrypted",
        ),
        ("bzip2", packed(12), "bzip2 7z x <file>"),
        ("deflate64", packed(9), "Deflate64 7z x <file>"),
        ("of unknown length", packed(9).late(false, true), "Deflate64 7z x <file>"),
        ("AES", packed(99), "AES 7z x <file>"),
        ("nothing known", packed(77), "method 77"),
    ];
    for (what, member, expected) in rows {
        let bytes = zip(&[member, b.clone()]);
        for (how, told) in [("listed", read(&bytes)), ("walked", walked(&bytes))] {
            assert_eq!(told.members.len(), 2, "{what}, {how}");
            assert_eq!(told.members[0].content, b"", "{what}, {how}");
            let told_as = match told.members[0].end.troubles[..] {
                [Trouble::Packed(packing)] => format!("{} {}", packing.name, packing.command),
                [Trouble::PackedUnknown(method)] => format!("method {method}"),
                [trouble] => format!("{trouble:?}"),
                ref other => panic!("{what}, {how}: {other:?}"),
            };
            assert_eq!(told_as, expected, "{what}, {how}");
            assert_eq!(told.members[1].content, b.content, "{what}, {how}");
        }
    }
    for (head, name) in [
        (&b"BZh91AY&SY"[..], "bzip2"),
        (b"\xfd7zXZ\0\0", "xz"),
        (b"\x28\xb5\x2f\xfd\x04", "Zstandard"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
    ] {
        assert!(
            matches!(archive::recognise(head), Some(Archive::Packed(packing)) if packing.name == name),
            "{name}"
        );
    }
}

#[test]
fn what_differs_is_told() {
    let [a, b] = pair();
    let whole = zip(&pair());
    let directory = a.local().len() + b.local().len();
    let change = |at: usize, bit: u8| {
        let mut bytes = whole.clone();
        bytes[at] ^= bit;
        bytes
    };
    let content = 30 + 5;
    let trouble = |told: &Told| told.members[0].end.troubles.clone();
    for (what, bytes, listed, by_header) in [
        (
            "a flipped bit of the content",
            change(content, 1),
            vec![Trouble::Checksum],
            vec![Trouble::Checksum],
        ),
        (
            "another checksum in the directory",
            change(directory + 16, 1),
            vec![Trouble::Differs, Trouble::Checksum],
            vec![],
        ),
        ("another name in front of it", change(30, 1), vec![Trouble::Differs], vec![]),
        (
            "another length in the directory",
            change(directory + 24, 1),
            vec![Trouble::Length { claimed: 4 }],
            vec![],
        ),
        ("no header in front of it", change(0, 1), vec![Trouble::Header], vec![]),
    ] {
        assert_eq!(trouble(&read(&bytes)), listed, "{what}");
        assert_eq!(trouble(&walked(&bytes)), by_header, "{what}");
    }
    // One content for two members: the second entry points at the first member.
    let entry = b.listed(a.local().len()).len();
    let mut shared = whole.clone();
    let at = directory + a.listed(0).len() + 42;
    assert!(at + 4 <= directory + a.listed(0).len() + entry);
    shared[at..at + 4].fill(0);
    let told = read(&shared);
    assert!(told.members.iter().all(|one| one.end.troubles == [Trouble::Overlaps]), "{told:?}");
}

#[test]
fn a_split_archive_is_named() {
    let bytes = [b"PK\x07\x08".to_vec(), Member::deflated("a", &"x ".repeat(5000)).local()].concat();
    let told = walked(&bytes[..bytes.len() - 10]);
    assert_eq!(told.members[0].end.troubles, [Trouble::Split]);
    let mut last = zip(&pair());
    let at = last.len() - 22;
    last[at + 4] = 3;
    let told = read(&last);
    assert!(told.members.iter().all(|one| one.end.troubles == [Trouble::Split]));
}

#[test]
fn packed_bytes_of_which_nothing_comes_are_told() {
    let content = b"hello hello hello";
    for packed in [[deflated(content), vec![0; 9]].concat(), deflated(content)[..5].to_vec()] {
        let bytes = zip(&[Member::new("a", content, 8, packed), Member::stored("b", "after")]);
        for told in [read(&bytes), walked(&bytes)] {
            assert!(told.members[0].end.troubles.contains(&Trouble::Damaged), "{told:?}");
            assert_eq!(told.members[1].content, b"after");
        }
    }
}

#[test]
fn an_archive_behind_a_program_is_known_by_its_end() {
    let program = zip_with(&pair(), b"MZ\x90\0program", b"");
    assert!(archive::recognise(&program).is_none());
    assert!(archive::zip::has_end(&program));
    assert!(!archive::zip::has_end(b"PK\x05\x06 quoted in a text"));
}
