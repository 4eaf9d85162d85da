//! Lines of every encoding, in chunks of any size.

use super::*;

fn in_chunks(bytes: &[u8], size: usize, limit: usize) -> Vec<(u32, u64, String)> {
    let mut feed = LineFeed::new(limit);
    let mut lines = Vec::new();
    let mut take = |line: Line<'_>| lines.push((line.number, line.offset, line.text.to_owned()));
    for chunk in bytes.chunks(size) {
        feed.push(chunk, &mut take);
    }
    feed.finish(&mut take);
    lines
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let mut bytes = if big { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] };
    for unit in text.encode_utf16() {
        bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
    bytes
}

#[test]
fn every_encoding_gives_the_same_lines_in_chunks_of_any_size() {
    let text = "first\r\nGrüße ‚x‘\n\nlast";
    let latin: Vec<u8> = b"first\r\nGr\xfc\xdfe \x82x\x91\n\nlast".to_vec();
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for bytes in [text.as_bytes().to_vec(), marked, latin, utf16(text, false), utf16(text, true)] {
        for size in [1, 2, 3, 5, 7, 1000] {
            let lines = in_chunks(&bytes, size, 1000);
            let texts: Vec<&str> = lines.iter().map(|(_, _, text)| text.as_str()).collect();
            assert_eq!(texts, ["first", "Grüße ‚x‘", "", "last"], "{bytes:x?} by {size}");
            let numbers: Vec<u32> = lines.iter().map(|(number, _, _)| *number).collect();
            assert_eq!(numbers, [1, 2, 3, 4]);
        }
    }
}

#[test]
fn offsets_point_into_the_input() {
    let text = "ab\ncd\r\nef";
    for (bytes, expected) in [(text.as_bytes().to_vec(), [0, 3, 7]), (utf16(text, false), [2, 8, 16])] {
        for size in [1, 3, 100] {
            let offsets: Vec<u64> =
                in_chunks(&bytes, size, 100).iter().map(|(_, offset, _)| *offset).collect();
            assert_eq!(offsets, expected);
        }
    }
}

#[test]
fn a_long_line_is_cut_and_the_next_one_keeps_its_place() {
    let bytes = format!("{}\nnext\n", "x".repeat(100));
    for size in [1, 7, 1000] {
        let lines = in_chunks(bytes.as_bytes(), size, 16);
        assert_eq!(lines, [(1, 0, "x".repeat(16)), (2, 101, "next".to_owned())]);
    }
}

#[test]
fn the_size_of_the_chunks_changes_nothing() {
    let long = "ä".repeat(40);
    let text = format!("first\r\n{long}\nnext ü\n{long}{long}\n\nlast");
    let without_mark = utf16(&text, false).split_off(2);
    let rows = [text.as_bytes().to_vec(), utf16(&text, false), utf16(&text, true), without_mark];
    for bytes in rows {
        for limit in [9, 16, 17, 80, 1000] {
            let expected = in_chunks(&bytes, usize::MAX, limit);
            assert_eq!(expected.len(), 6, "{limit}");
            assert_eq!(expected[5].2, "last");
            for size in [1, 2, 3, 5, 7, 11, 64] {
                assert_eq!(in_chunks(&bytes, size, limit), expected, "{limit} by {size}");
            }
        }
    }
}

#[test]
fn a_line_cut_inside_a_character_keeps_its_encoding() {
    let lines = in_chunks("aäääääääää\n".as_bytes(), 100, 16);
    assert_eq!(lines, [(1, 0, "aäääääää".to_owned())]);
}

#[test]
fn a_whole_text_finds_the_line_of_a_byte() {
    let decoded = Decoded::new("one\ntwo\nthree".as_bytes(), 100);
    assert_eq!(decoded.line_count(), 3);
    let at = decoded.text().find("wo").unwrap();
    assert_eq!(decoded.at(at), At::line(2, 4, "two"));
    assert_eq!(decoded.line(3).unwrap().text, "three");
    assert!(decoded.line(4).is_none());
}

#[test]
fn inputs_of_a_few_bytes_are_lines_too() {
    assert_eq!(in_chunks(b"a\nb", 1, 9).len(), 2);
    assert_eq!(in_chunks(b"a", 1, 9), [(1, 0, "a".to_owned())]);
    assert!(in_chunks(b"", 1, 9).is_empty());
}
