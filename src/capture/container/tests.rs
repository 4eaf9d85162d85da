//! Capture files in all their kinds, and the places where they are damaged.

use super::*;

struct Ng {
    big: bool,
    bytes: Vec<u8>,
}

impl Ng {
    fn new(big: bool) -> Self {
        let mut file = Self { big, bytes: Vec::new() };
        file.section();
        file
    }

    fn u16(&self, value: u16) -> [u8; 2] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn u32(&self, value: u32) -> [u8; 4] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn block(&mut self, kind: u32, body: &[u8]) {
        let length = u32::try_from(body.len().next_multiple_of(4) + 12).unwrap();
        self.bytes.extend(self.u32(kind));
        self.bytes.extend(self.u32(length));
        self.bytes.extend(body);
        self.bytes.extend(vec![0; body.len().next_multiple_of(4) - body.len()]);
        self.bytes.extend(self.u32(length));
    }

    fn section(&mut self) {
        let body = [&self.u32(0x1a2b_3c4d)[..], &self.u16(1), &self.u16(0), &[0xff; 8]].concat();
        self.block(0x0a0d_0d0a, &body);
    }

    fn interface(&mut self, link: u16, snap: u32, options: &[(u16, &[u8])]) {
        let mut body = [&self.u16(link)[..], &[0, 0], &self.u32(snap)].concat();
        for (code, value) in options {
            body.extend(self.u16(*code));
            body.extend(self.u16(u16::try_from(value.len()).unwrap()));
            body.extend(*value);
            body.extend(vec![0; value.len().next_multiple_of(4) - value.len()]);
        }
        self.block(1, &body);
    }

    fn packet(&mut self, interface: u32, time: u64, captured: u32, data: &[u8]) {
        let high = u32::try_from(time >> 32).unwrap();
        let low = u32::try_from(time & 0xffff_ffff).unwrap();
        let length = u32::try_from(data.len()).unwrap();
        let mut body: Vec<u8> =
            [interface, high, low, captured, length].iter().flat_map(|field| self.u32(*field)).collect();
        body.extend(data);
        self.block(6, &body);
    }
}

type Read = (u64, Option<i64>, Option<u16>, Vec<u8>);

fn packets(file: &[u8], chunk: usize) -> (Vec<Read>, Counts) {
    let mut container = Container::default();
    let mut rows = Vec::new();
    for chunk in file.chunks(chunk) {
        container.push(chunk, &mut |packet| {
            rows.push((packet.number, packet.nanos, packet.link, packet.data.to_vec()));
        });
    }
    (rows, container.finish())
}

fn classic(magic: [u8; 4], big: bool, link: u32, snap: u32, records: &[(u32, u32, u32, &[u8])]) -> Vec<u8> {
    let u32 = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut file = magic.to_vec();
    file.extend(if big { [0, 2, 0, 4] } else { [2, 0, 4, 0] });
    for field in [0, 0, snap, link] {
        file.extend(u32(field));
    }
    for (seconds, fraction, captured, data) in records {
        for field in [*seconds, *fraction, *captured, *captured] {
            file.extend(u32(field));
        }
        if magic.contains(&0xcd) {
            file.extend([0; 8]);
        }
        file.extend(*data);
    }
    file
}

#[test]
fn classic_files_of_every_kind_are_read() {
    let second = 1_700_000_000_000_000_000;
    let rows: &[([u8; 4], bool, i64)] = &[
        ([0xd4, 0xc3, 0xb2, 0xa1], false, 5000),
        ([0xa1, 0xb2, 0xc3, 0xd4], true, 5000),
        ([0x4d, 0x3c, 0xb2, 0xa1], false, 5),
        ([0xa1, 0xb2, 0x3c, 0x4d], true, 5),
        ([0x34, 0xcd, 0xb2, 0xa1], false, 5000),
        ([0xa1, 0xb2, 0xcd, 0x34], true, 5000),
    ];
    for (magic, big, nanos) in rows {
        // A snap length of 0, one that is smaller than the packets, and a link type with the length of an FCS.
        for (snap, link) in [(0, 1), (2, 1), (65_535, 0x4400_0001)] {
            let records: &[(u32, u32, u32, &[u8])] =
                &[(1_700_000_000, 5, 4, b"abcd"), (1_700_000_001, 0, 0, b"")];
            let file = classic(*magic, *big, link, snap, records);
            for chunk in [1, 7, 64, file.len()] {
                let (packets, counts) = packets(&file, chunk);
                let wanted = [
                    (1, Some(second + nanos), Some(1), b"abcd".to_vec()),
                    (2, Some(second + 1_000_000_000), Some(1), Vec::new()),
                ];
                assert_eq!(packets, wanted, "{magic:x?} in chunks of {chunk}");
                assert!(counts.damage.is_empty());
            }
        }
    }
}

#[test]
fn damage_of_classic_files_is_told_with_its_byte() {
    let magic = [0xd4, 0xc3, 0xb2, 0xa1];
    let zero = [classic(magic, false, 1, 0, &[(9, 0, 1, b"a")]), vec![0; 40]].concat();
    let mut huge = classic(magic, false, 1, 0, &[(9, 0, 1, b"a")]);
    huge.extend(classic(magic, false, 1, 0, &[(9, 0, 0x8000_0000, b"rest")]).split_off(24));
    let cut = classic(magic, false, 1, 0, &[(9, 0, 1, b"a"), (9, 0, 4, b"ab")]);
    let rows = [(zero, Fault::ZeroBytes), (huge, Fault::TooLong), (cut, Fault::CutOff)];
    for (file, what) in rows {
        for chunk in [1, 64, file.len()] {
            let (packets, counts) = packets(&file, chunk);
            assert_eq!((packets.len(), counts.packets), (1, 1), "{what:?}");
            assert_eq!(counts.damage.first(), Some(&Damage { offset: 41, what }));
        }
    }
}

#[test]
fn times_count_in_the_unit_of_their_interface() {
    let half = (1_700_000_000_u64 << 20) | 1 << 19;
    let second = 1_700_000_000_000_000_000;
    type Row<'a> = (&'a [(u16, &'a [u8])], u64, i64);
    for big in [false, true] {
        let offset = if big { (-3600_i64).to_be_bytes() } else { (-3600_i64).to_le_bytes() };
        let rows: &[Row<'_>] = &[
            (&[], 1_700_000_000_000_001, second + 1000),
            (&[(9, &[9])], 1_700_000_000_000_000_001, second + 1),
            (&[(9, &[3])], 1_700_000_000_001, second + 1_000_000),
            (&[(9, &[0x94])], half, second + 500_000_000),
            (&[(9, &[0x94]), (14, &offset)], half, second + 500_000_000 - 3_600_000_000_000),
            (&[(9, &[12])], u64::MAX, 18_446_744_073_709_551),
            (&[(9, &[127])], 5, 0),
            (&[(9, &[])], 1_700_000_000_000_000, second),
        ];
        for (options, time, nanos) in rows {
            let mut file = Ng::new(big);
            file.interface(1, 0, options);
            file.packet(0, *time, 2, b"ab");
            let (packets, _) = packets(&file.bytes, 64);
            assert_eq!(packets, [(1, Some(*nanos), Some(1), b"ab".to_vec())], "{options:x?} {big}");
        }
    }
}

#[test]
fn every_kind_of_block_is_read_or_passed_over() {
    let mut file = Ng::new(false);
    file.interface(1, 3, &[]);
    file.block(9, b"journal");
    file.block(0x0bad, &[0; 8]);
    file.block(0x4321, b"unknown");
    // The obsolete packet: interface, drops, time, captured, length.
    file.block(2, &[&[0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0][..], b"ab"].concat());
    // The simple one: cut to the snap length.
    file.block(3, &[&[6, 0, 0, 0][..], b"abc"].concat());
    file.packet(5, 0, 1, b"x");
    file.packet(0, 0, 99, b"x");
    let place = file.bytes.len();
    file.big = true;
    file.section();
    file.packet(0, 1, 1, b"y");
    file.interface(113, 0, &[]);
    file.packet(0, 1, 1, b"z");
    for chunk in [1, 64, file.bytes.len()] {
        let (packets, counts) = packets(&file.bytes, chunk);
        let wanted = [
            (3, Some(7000), Some(1), b"ab".to_vec()),
            (4, None, Some(1), b"abc".to_vec()),
            (5, None, None, b"x".to_vec()),
            (7, None, None, b"y".to_vec()),
            (8, Some(1000), Some(113), b"z".to_vec()),
        ];
        assert_eq!(packets, wanted);
        assert_eq!((counts.packets, counts.sections, counts.links.as_slice()), (6, 2, &[1, 113][..]));
        let damage: Vec<Fault> = counts.damage.iter().map(|damage| damage.what).collect();
        assert_eq!(damage, [Fault::UnknownInterface, Fault::NotInBlock, Fault::UnknownInterface]);
        assert_eq!(counts.damage.get(2).map(|damage| damage.offset), Some(place as u64 + 28));
    }
}

/// Whatever stands behind the last whole packet, and however little of it.
#[test]
fn a_file_that_ends_early_is_told_the_same_in_pieces() {
    let record: &[(u32, u32, u32, &[u8])] = &[(1, 2, 4, &[1, 2, 3, 4])];
    let mut block = Ng::new(false);
    block.interface(1, 0, &[]);
    let files = [
        classic([0xd4, 0xc3, 0xb2, 0xa1], false, 1, 65_535, record),
        classic([0xa1, 0xb2, 0xcd, 0x34], true, 1, 65_535, &[]),
        block.bytes,
    ];
    let mut told = std::collections::BTreeSet::new();
    for file in &files {
        for byte in [0, 1, 7, 0xff] {
            for length in 1..=40 {
                let file = [&file[..], &vec![byte; length]].concat();
                let whole = packets(&file, file.len());
                for chunk in [1, 3, 7, 16] {
                    assert_eq!(packets(&file, chunk), whole, "{length} times {byte:#x}, {chunk} at once");
                }
                told.extend(whole.1.damage.iter().map(|damage| format!("{:?}", damage.what)));
            }
        }
    }
    assert_eq!(Vec::from_iter(told), ["BlockLength", "CutOff", "TooLong", "ZeroBytes"]);
}

#[test]
fn lengths_that_no_block_has_end_or_are_passed_over() {
    let mut file = Ng::new(false);
    let place = file.bytes.len() as u64;
    file.bytes.extend([6, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
    let (_, counts) = packets(&file.bytes, 5);
    assert_eq!(counts.damage, [Damage { offset: place, what: Fault::BlockLength }]);

    let mut file = Ng::new(false);
    file.bytes.extend([6, 0, 0, 0, 0, 0, 0, 0x40]);
    file.bytes.extend([0; 100]);
    let mut container = Container::default();
    container.push(&file.bytes, &mut |_| ());
    assert!(container.held.len() < 64);
    assert_eq!(container.finish().damage.first().map(|damage| damage.what), Some(Fault::TooLong));
}
