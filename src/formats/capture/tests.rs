//! Captures as a format: claims, places, notes.

use super::*;
use crate::event::traffic::{Happening, Service};
use crate::intake;

/// A little-endian pcap with one frame: a SYN that nobody answers, and its repeat three seconds later.
fn unanswered() -> Vec<u8> {
    let mut file =
        vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0];
    for second in [1_700_000_000_u32, 1_700_000_003] {
        let mut frame = vec![0, 0x11, 0x22, 0x33, 0x44, 0x66, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 8, 0];
        frame.extend([0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 10, 198, 51, 100, 1]);
        frame.extend([0xc3, 0x50, 1, 0xbb, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0]);
        for field in [second, 0, 54, 54] {
            file.extend(field.to_le_bytes());
        }
        file.extend(frame);
    }
    file
}

fn read(bytes: &[u8]) -> intake::Reading {
    intake::read("x", bytes, &Limits::default())
}

#[test]
fn a_capture_is_recognised_by_its_first_bytes_and_read() {
    let reading = read(&unanswered());
    let input = &reading.inputs[0];
    assert_eq!((input.kind, input.state), (Kind::Capture, InputState::Read));
    let Content::Capture(file) = &reading.documents[0].content else { panic!() };
    assert_eq!((file.packets, file.file_type.as_str()), (2, "pcap"));
    let [event] = file.events.as_slice() else { panic!("{:?}", file.events) };
    assert_eq!((event.at.order, event.at.offset, event.at.line), (2, 94, 0));
    assert_eq!(
        event.at.text,
        "packet 2 2023-11-14T22:13:23Z 192.0.2.10:50000 > 198.51.100.1:443 SYN, unanswered"
    );
    assert_eq!((event.service, &event.what), (Service::Gateway, &Happening::Unanswered { requests: 2 }));
}

#[test]
fn damage_is_noted_with_its_byte_and_costs_only_itself() {
    let good = unanswered();
    let reading = read(&good[..good.len() - 3]);
    let input = &reading.inputs[0];
    assert_eq!((input.kind, input.state), (Kind::Capture, InputState::PartlyRead));
    assert_eq!(input.notes[0].offset, Some(94));
    let Content::Capture(file) = &reading.documents[0].content else { panic!() };
    assert_eq!(file.packets, 1);
}

#[test]
fn times_are_printed_to_the_millisecond() {
    let second = 1_700_000_000_000_000_000;
    for (nanos, expected) in [
        (second, "2023-11-14T22:13:20Z"),
        (second + 155_936_000, "2023-11-14T22:13:20.155Z"),
        (second + 999, "2023-11-14T22:13:20Z"),
        (second + 100_000_000, "2023-11-14T22:13:20.100Z"),
    ] {
        assert_eq!(places::printed(nanos), expected);
    }
}

#[test]
fn other_files_are_no_captures() {
    for bytes in [&b"PK\x03\x04"[..], b"\x1f\x8b\x08\0", b"\xd4\xc3\xb2", b"show version", b""] {
        assert!(read(bytes).inputs[0].kind != Kind::Capture, "{bytes:?}");
    }
}
