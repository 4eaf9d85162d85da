//! tar in its dialects, and where readers of it go wrong.

use crate::made::{filled, octal, pax, sum, tar_end, tar_header, tar_member};
use crate::unpacked::{Told, streamed};
use vpn_phone_doctor::archive::{Archive, Decoded, Kind, Note, Trouble};
use vpn_phone_doctor::limits::ArchiveLimits;

/// The same in chunks of any size.
pub fn read(bytes: &[u8]) -> Told {
    let limits = ArchiveLimits::default();
    let whole = streamed(Archive::Tar, bytes, bytes.len().max(1), &limits);
    for chunk in [1, 7, 64, 511, 512, 513, 4096, 16 << 20] {
        assert_eq!(streamed(Archive::Tar, bytes, chunk, &limits), whole, "in chunks of {chunk}");
    }
    whole
}

/// An archive without its end, and its members' names and contents.
type Row<'a> = (&'a str, Vec<u8>, Vec<(&'a str, &'a str)>);

/// The parts of an archive, its members' names and contents, and what else is told.
type Damaged<'a> = (&'a str, Vec<Vec<u8>>, &'a [(String, String)], Vec<Note>);

fn signed(block: Vec<u8>) -> Vec<u8> {
    let mut block: [u8; 512] = block.try_into().unwrap();
    let high = block.iter().filter(|byte| **byte > 127).count();
    sum(&mut block, -256 * high as i64);
    block.to_vec()
}

#[test]
fn members_come_out_of_every_dialect() {
    let long = "logs/".repeat(30) + "messages";
    let text = filled(b"hello");
    let size = octal(5);
    let plain = |size: &[u8]| [tar_header("a", size, b'0', |_| {}), text.clone()].concat();
    let rows: Vec<Row<'_>> = vec![
        ("ustar", tar_member("a", b'0', b"hello"), vec![("a", "hello")]),
        (
            "ustar with a prefix",
            [tar_header("a", &size, b'0', |block| block[345..349].copy_from_slice(b"logs")), text.clone()]
                .concat(),
            vec![("logs/a", "hello")],
        ),
        (
            "star, whose prefix is shorter",
            [
                tar_header("a", &size, b'0', |block| {
                    block[345..349].copy_from_slice(b"logs");
                    block[476..488].copy_from_slice(b"15111111111 ");
                    block[508..512].copy_from_slice(b"tar\0");
                }),
                text.clone(),
            ]
            .concat(),
            vec![("logs/a", "hello")],
        ),
        (
            "GNU, where times stand in the prefix's place",
            [
                tar_header("a", &size, b'0', |block| {
                    block[257..265].copy_from_slice(b"ustar  \0");
                    block[345..357].copy_from_slice(b"15111111111\0");
                }),
                text.clone(),
            ]
            .concat(),
            vec![("a", "hello")],
        ),
        (
            "V7",
            [tar_header("a", &size, 0, |block| block[257..265].fill(0)), text.clone()].concat(),
            vec![("a", "hello")],
        ),
        ("contiguous", tar_member("a", b'7', b"hello"), vec![("a", "hello")]),
        ("an unknown type", tar_member("a", b'Z', b"hello"), vec![("a", "hello")]),
        ("a size in base 256", plain(b"\x80\0\0\0\0\0\0\0\0\0\0\x05"), vec![("a", "hello")]),
        ("a size with spaces", plain(b"          5 "), vec![("a", "hello")]),
        ("a size without an end", plain(b"000000000005"), vec![("a", "hello")]),
        ("a size of zeros, as of tar -V", tar_header("a", &[0; 12], b'0', |_| {}), vec![("a", "")]),
        (
            "a signed checksum",
            [signed(tar_header("caf\u{e9}", &size, b'0', |_| {})), text.clone()].concat(),
            vec![("café", "hello")],
        ),
        (
            "a GNU long name",
            [
                tar_member("././@LongLink", b'L', format!("{long}\0").as_bytes()),
                tar_member("cut", b'0', b"hello"),
            ]
            .concat(),
            vec![(long.as_str(), "hello")],
        ),
        (
            "two long names: the later one",
            [
                tar_member("././@LongLink", b'L', b"first\0"),
                tar_member("././@LongLink", b'L', b"second\0rest"),
                tar_member("cut", b'0', b"hello"),
            ]
            .concat(),
            vec![("second", "hello")],
        ),
        (
            "pax path and size",
            [
                pax(b'x', &[("path", &long), ("size", "5")]),
                tar_header("cut", &octal(0), b'0', |_| {}),
                text.clone(),
            ]
            .concat(),
            vec![(long.as_str(), "hello")],
        ),
        (
            "two pax paths: the later one",
            [
                pax(b'x', &[("path", "first")]),
                pax(b'x', &[("path", "second")]),
                tar_member("cut", b'0', b"hello"),
            ]
            .concat(),
            vec![("second", "hello")],
        ),
        (
            "a pax path for all, one of its own, and one taken away",
            [
                pax(b'g', &[("path", "all")]),
                tar_member("cut", b'0', b"a"),
                pax(b'x', &[("path", "own")]),
                tar_member("cut", b'0', b"b"),
                tar_member("cut", b'0', b"c"),
                pax(b'x', &[("path", "")]),
                tar_member("cut", b'0', b"d"),
            ]
            .concat(),
            vec![("all", "a"), ("own", "b"), ("all", "c"), ("", "d")],
        ),
        (
            "records behind a damaged one",
            [tar_member("pax", b'x', b"11 path=ok\n99 path=x\n"), tar_member("cut", b'0', b"hello")].concat(),
            vec![("ok", "hello")],
        ),
        (
            "types without content that claim one",
            ["1", "2", "3", "4", "5", "6"]
                .iter()
                .flat_map(|kind| tar_header(kind, &octal(1000), kind.as_bytes()[0], |_| {}))
                .chain(tar_member("a", b'0', b"hello"))
                .collect(),
            vec![("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", ""), ("6", ""), ("a", "hello")],
        ),
        (
            "two members of one name",
            [tar_member("a", b'0', b"old"), tar_member("a", b'0', b"new")].concat(),
            vec![("a", "old"), ("a", "new")],
        ),
    ];
    for (what, bytes, expected) in rows {
        let told = read(&[bytes, tar_end()].concat());
        let texts = told.texts();
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(texts, expected, "{what}");
        assert!(told.members.iter().all(|member| member.end.troubles.is_empty()), "{what}");
        assert_eq!(told.notes, [], "{what}");
    }
}

#[test]
fn kinds_times_and_names_are_told() {
    let link = |block: &mut [u8; 512]| block[157..168].copy_from_slice(b"/etc/passwd");
    let bytes = [
        tar_header("logs/", &octal(0), 0, |block| block[257..265].fill(0)),
        tar_header("link", &octal(0), b'2', link),
        tar_header("hard", &octal(0), b'1', link),
        tar_member("label", b'V', b""),
        tar_member("listing", b'D', b"Yfile\0"),
        tar_header("x", &octal(0), b'0', |block| {
            block[..3].copy_from_slice(b"h\x80i");
            block[136..148].copy_from_slice(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
        }),
        tar_end(),
    ]
    .concat();
    let told = read(&bytes);
    let kinds: Vec<&Kind> = told.members.iter().map(|one| &one.member.kind).collect();
    let target = match kinds[1] {
        Kind::SymbolicLink(Some(name)) => name.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(target.text, "/etc/passwd");
    let expected = [
        Kind::Folder,
        Kind::SymbolicLink(Some(target.clone())),
        Kind::HardLink(target),
        Kind::Remark(b'V'),
        Kind::Remark(b'D'),
        Kind::File,
    ];
    assert_eq!(kinds, expected.iter().collect::<Vec<_>>());
    let last = &told.members[5].member;
    assert_eq!((last.name.text.as_str(), last.name.decoded), ("h\\x80i", Decoded::Escaped));
    assert_eq!(last.name.bytes, b"h\x80i");
    assert_eq!(last.modified.unwrap().unix_seconds(), Some(-1));
    assert_eq!(told.members[0].member.modified.unwrap().unix_seconds(), Some(0o15_111_111_111));
}

#[test]
fn sparse_members_are_named_and_never_read_as_they_are_stored() {
    let old = |more: bool| {
        tar_header("holes", &octal(512), b'S', |block| {
            block[257..265].copy_from_slice(b"ustar  \0");
            block[482] = u8::from(more);
            block[483..495].copy_from_slice(b"00000100000\0");
        })
    };
    let mut map = vec![0; 512];
    map[504] = 1;
    let stored = vec![b'x'; 512];
    let pax_member = |records: &[(&str, &str)]| {
        [pax(b'x', records), tar_member("GNUSparseFile.0/cut", b'0', &[b'x'; 512])].concat()
    };
    let rows = [
        ("old GNU", [old(false), stored.clone()].concat(), Some(32768)),
        ("old GNU with more holes", [old(true), map, vec![0; 512], stored].concat(), Some(32768)),
        (
            "pax 0.0",
            pax_member(&[("GNU.sparse.size", "1000"), ("GNU.sparse.numblocks", "0"), ("path", "holes")]),
            Some(1000),
        ),
        (
            "pax 0.1",
            pax_member(&[
                ("GNU.sparse.map", "0,5"),
                ("GNU.sparse.size", "1000"),
                ("GNU.sparse.name", "holes"),
            ]),
            Some(1000),
        ),
        (
            "pax 1.0",
            pax_member(&[
                ("GNU.sparse.major", "1"),
                ("GNU.sparse.realsize", "1000"),
                ("GNU.sparse.name", "holes"),
            ]),
            Some(1000),
        ),
    ];
    for (what, bytes, size) in rows {
        let told = read(&[bytes, tar_member("a", b'0', b"hello"), tar_end()].concat());
        assert_eq!(told.texts(), [("holes".into(), String::new()), ("a".into(), "hello".into())], "{what}");
        assert_eq!(told.members[0].member.size, size, "{what}");
        assert_eq!(told.members[0].end.troubles, [Trouble::Sparse], "{what}");
        assert_eq!(told.notes, [], "{what}");
    }
}

#[test]
fn what_is_damaged_is_told_and_the_next_member_found() {
    let (a, b) = (tar_member("a", b'0', b"hello"), tar_member("b", b'0', b"world"));
    let junk = vec![b'?'; 1024];
    let mut bad = tar_member("bad", b'0', b"lost");
    bad[0] ^= 1;
    let negative = tar_header("bad", b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", b'0', |_| {});
    let both = vec![("a".to_owned(), "hello".to_owned()), ("b".to_owned(), "world".to_owned())];
    let first = vec![both[0].clone()];
    let rows: Vec<Damaged<'_>> = vec![
        (
            "junk between",
            vec![a.clone(), junk.clone(), b.clone(), tar_end()],
            &both,
            vec![Note::Lost { at: 1024, bytes: 1024 }],
        ),
        (
            "a bad header between",
            vec![a.clone(), bad, b.clone(), tar_end()],
            &both,
            vec![Note::Lost { at: 1024, bytes: 1024 }],
        ),
        (
            "a negative size",
            vec![a.clone(), negative, b.clone(), tar_end()],
            &both,
            vec![Note::Lost { at: 1024, bytes: 512 }],
        ),
        (
            "zeros among junk",
            vec![a.clone(), junk, vec![0; 512], b.clone(), tar_end()],
            &both,
            vec![Note::Lost { at: 1024, bytes: 1536 }],
        ),
        (
            "one block of zeros ends it",
            vec![a.clone(), vec![0; 512], b.clone(), tar_end()],
            &first,
            vec![Note::Lost { at: 1536, bytes: 2048 }],
        ),
        ("zeros behind the end", vec![a.clone(), vec![0; 10240]], &first, vec![]),
        ("no end", vec![a.clone()], &first, vec![Note::NoEnd]),
        (
            "half a header at the end",
            vec![a.clone(), b[..100].to_vec()],
            &first,
            vec![Note::Lost { at: 1024, bytes: 100 }, Note::NoEnd],
        ),
        (
            "a record about nothing",
            vec![a.clone(), pax(b'x', &[("path", "b")])],
            &first,
            vec![Note::Cut { at: 2048 }],
        ),
        (
            "a record that is cut",
            vec![a, pax(b'x', &[("path", "b")])[..515].to_vec()],
            &first,
            vec![Note::Cut { at: 1536 }],
        ),
    ];
    for (what, parts, members, notes) in rows {
        let told = read(&parts.concat());
        assert_eq!((told.texts(), told.notes), (members.to_vec(), notes), "{what}");
    }
}

#[test]
fn a_short_read_is_compared_with_the_size() {
    let bytes = tar_member("a", b'0', &[b'x'; 1000]);
    for (end, content, whole) in [(512, 0, false), (700, 188, false), (1511, 999, false), (1512, 1000, true)]
    {
        let told = read(&bytes[..end]);
        assert_eq!(told.members[0].content.len(), content, "{end}");
        assert_eq!(told.members[0].end.troubles.is_empty(), whole, "{end}");
    }
    let huge = tar_header("huge", b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", b'0', |_| {});
    assert_eq!(read(&huge).members[0].end.troubles, [Trouble::Cut]);
}

#[test]
fn a_record_longer_than_allowed_is_passed_over() {
    let long = vec![b'x'; (64 << 10) + 1];
    let told = read(
        &[tar_member("././@LongLink", b'L', &long), tar_member("cut", b'0', b"hello"), tar_end()].concat(),
    );
    assert_eq!(told.texts(), [("cut".into(), "hello".into())]);
    assert_eq!(told.notes, [Note::ExtensionTooLong { at: 512 }]);
    let name = "x".repeat(2000);
    let told = read(
        &[tar_member("././@LongLink", b'L', name.as_bytes()), tar_member("cut", b'0', b"hello"), tar_end()]
            .concat(),
    );
    assert_eq!(told.members[0].member.name.text, "x".repeat(1024));
    assert_eq!(told.members[0].end.troubles, [Trouble::NameCut]);
}
