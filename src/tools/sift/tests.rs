//! What stays of a text and what does not, in chunks of any size.

use super::*;

fn sifted(text: &[u8], chunk: usize) -> (Vec<u8>, Vec<(Option<u32>, u64)>) {
    let (mut out, mut places) = (Vec::new(), Vec::new());
    let mut take = |part: Part<'_>| {
        places.push((part.line, part.byte));
        out.extend_from_slice(part.bytes);
    };
    let mut sift = Sift::new(1, 0);
    text.chunks(chunk).for_each(|chunk| sift.push(chunk, &mut take));
    sift.finish(&mut take);
    (out, places)
}

fn noise(count: usize) -> String {
    "Nov 23 2026 10:19:26 vpn : %ASA-6-305011: Built dynamic TCP translation\n".repeat(count)
}

#[test]
fn the_middle_of_a_stretch_is_left_out_and_its_ends_stay() {
    let event = "Nov 23 2026 10:19:27 vpn : %ASA-6-725002: Device completed SSL handshake with client outside:192.0.2.9/5\n";
    let text = format!("{}{event}{}wrapped\n{}", noise(100), noise(50), noise(9));
    for chunk in [1, 7, 100_000] {
        let (out, places) = sifted(text.as_bytes(), chunk);
        let lines: Vec<u32> = places.iter().filter_map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 101, 151, 152, 153, 154, 155, 156, 161], "{chunk}");
        let own: Vec<&str> = text.split_inclusive('\n').collect();
        let expected: String = lines.iter().map(|line| own[*line as usize - 1]).collect();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

#[test]
fn records_of_a_phone_stay_where_its_clock_goes_back() {
    let record = |number: u32, clock: &str| format!("{number}: NOT {clock}.000000 JAVA: sipTransport\n");
    let text: String =
        (0..30).map(|number| record(number, if number < 20 { "23:59:00" } else { "00:00:01" })).collect();
    let (_, places) = sifted(text.as_bytes(), 64);
    let lines: Vec<u32> = places.iter().filter_map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 20, 21, 22, 23, 24, 30]);
}

#[test]
fn what_is_no_text_passes_whole() {
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(noise(50).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let binary: Vec<u8> = [0, 1, 2, 3].into_iter().cycle().take(10_000).collect();
    let returns = noise(50).replace('\n', "\r").into_bytes();
    let long = format!("{}\n{}", "x".repeat(200_000), noise(3)).into_bytes();
    for bytes in [wide, binary, returns, long, Vec::new(), b"x".to_vec()] {
        for chunk in [11, 100_000] {
            assert_eq!(sifted(&bytes, chunk).0, bytes);
        }
    }
}
