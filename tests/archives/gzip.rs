//! gzip files: one content, whatever it was put together from.

use crate::made::{crc32, gzip, gzip_with};
use crate::unpacked::{Told, streamed};
use vpn_phone_doctor::archive::{Archive, Note, Trouble};
use vpn_phone_doctor::limits::ArchiveLimits;

/// The same in chunks of any size.
pub fn read(bytes: &[u8]) -> Told {
    let limits = ArchiveLimits::default();
    let whole = streamed(Archive::Gzip, bytes, bytes.len().max(1), &limits);
    for chunk in [1, 2, 3, 7, 64, 1000, 16 << 20] {
        assert_eq!(streamed(Archive::Gzip, bytes, chunk, &limits), whole, "in chunks of {chunk}");
    }
    whole
}

/// A file, its content, and what is told of it.
type Row<'a> = (&'a str, Vec<u8>, &'a [u8], Vec<Trouble>, Vec<Note>);

/// A log that needs more than one window.
fn log() -> Vec<u8> {
    let line = |number: u32| format!("{number} NOT 20:59:50.051721 VPNC: do_login: got login response\n");
    (0..3000).flat_map(|number: u32| line(number.wrapping_mul(2_654_435_761)).into_bytes()).collect()
}

#[test]
fn one_content_comes_out_whatever_stands_around_it() {
    let (a, b) = (&b"first half of the log\n"[..], &b"second half of the log\n"[..]);
    let both = [a, b].concat();
    let log = log();
    let named =
        [&[0x1f, 0x8b, 8, 0x1c, 0x29, 0x4b, 0x29, 0x69, 0, 3, 3, 0], &b"abcmessages.0\0a remark\0"[..]]
            .concat();
    let summed = {
        let header = [0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 3];
        [&header[..], &(crc32(&header) as u16).to_le_bytes()].concat()
    };
    let mut badly_summed = summed.clone();
    badly_summed[10] ^= 1;
    let junk = |at: usize, bytes| vec![Note::Junk { at: at as u64, bytes }];
    let changed = |place: usize| {
        let mut bytes = gzip(a);
        let at = bytes.len() - place;
        bytes[at] ^= 0xff;
        bytes
    };
    let claimed = 22 ^ (0xff << 16);
    let rows: Vec<Row<'_>> = vec![
        ("plain", gzip(a), a, vec![], vec![]),
        ("longer than a window", gzip(&log), &log, vec![], vec![]),
        ("two members", [gzip(a), gzip(b)].concat(), &both, vec![], vec![]),
        ("an empty first member", [gzip(b""), gzip(a)].concat(), a, vec![], vec![]),
        ("empty", gzip(b""), b"", vec![], vec![]),
        ("nine zeros behind", [gzip(a), vec![0; 9]].concat(), a, vec![], vec![]),
        ("a block of zeros behind", [gzip(a), vec![0; 512]].concat(), a, vec![], vec![]),
        ("junk behind", [gzip(a), b"junk".to_vec()].concat(), a, vec![], junk(gzip(a).len(), 4)),
        (
            "zeros and junk behind",
            [gzip(a), b"\0\0\0junk".to_vec()].concat(),
            a,
            vec![],
            junk(gzip(a).len() + 3, 4),
        ),
        ("a lone first byte behind", [gzip(a), vec![0x1f]].concat(), a, vec![], junk(gzip(a).len(), 1)),
        (
            "another method behind",
            [gzip(a), vec![0x1f, 0x8b, 9, 0]].concat(),
            a,
            vec![],
            junk(gzip(a).len(), 4),
        ),
        ("all fields", gzip_with(&named, a), a, vec![], vec![]),
        ("a checksum of the header", gzip_with(&summed, a), a, vec![], vec![]),
        (
            "a wrong checksum of the header",
            gzip_with(&badly_summed, a),
            a,
            vec![Trouble::HeaderChecksum],
            vec![],
        ),
        ("a wrong checksum", changed(6), a, vec![Trouble::Checksum], vec![]),
        ("a wrong length", changed(2), a, vec![Trouble::Length { claimed }], vec![]),
        (
            "reserved flags",
            gzip_with(&[0x1f, 0x8b, 8, 0x20, 0, 0, 0, 0, 0, 3], a),
            b"",
            vec![Trouble::Header],
            vec![],
        ),
        ("no deflate", [&gzip(b"")[..10], b"\x07\xff\xff\xff"].concat(), b"", vec![Trouble::Damaged], vec![]),
    ];
    for (what, bytes, content, troubles, notes) in rows {
        let told = read(&bytes);
        assert_eq!(told.members.len(), 1, "{what}");
        assert!(told.members[0].content == content, "{what}");
        assert_eq!((&told.members[0].end.troubles, &told.notes), (&troubles, &notes), "{what}");
    }
    let told = read(&gzip_with(&named, a));
    let member = &told.members[0].member;
    assert_eq!((member.name.text.as_str(), member.size), ("messages.0", None));
    assert_eq!(member.modified.unwrap().unix_seconds(), Some(0x6929_4b29));
}

#[test]
fn a_cut_file_gives_what_is_there() {
    let log = log();
    let bytes = gzip(&log);
    assert_eq!(read(b"").members, []);
    for end in [1, 2, 9, 10, 11, 30, bytes.len() / 2, bytes.len() - 9, bytes.len() - 8, bytes.len() - 1] {
        let told = read(&bytes[..end]);
        let member = &told.members[0];
        assert_eq!(member.end.troubles, [Trouble::Cut], "{end}");
        assert!(log.starts_with(&member.content), "{end}");
    }
    assert_eq!(read(&bytes[..bytes.len() - 8]).members[0].content.len(), log.len());
    // Of the second member nothing is there, or not all.
    let two = [gzip(b"a"), gzip(b"b")].concat();
    for end in [gzip(b"a").len() + 4, two.len() - 1] {
        assert_eq!(read(&two[..end]).members[0].end.troubles, [Trouble::Cut], "{end}");
    }
}

#[test]
fn a_flipped_bit_is_told() {
    let log = log();
    let bytes = gzip(&log);
    for at in (10..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let told = streamed(Archive::Gzip, &damaged, 4096, &ArchiveLimits::default());
        assert!(!told.members[0].end.troubles.is_empty() || !told.notes.is_empty(), "{at}");
    }
}
