//! Captures: heads that are none, lengths that lie, ends in the middle, interfaces that nobody described.

use super::conversation::refused;
use super::packets::Capture;
use super::{Case, Class, case};

/// A phone's file, name and failed connection.
pub fn conversation() -> Capture {
    refused(&super::file("samples/certificate/issued.crt"))
}

pub fn cases() -> Vec<Case> {
    let capture = conversation();
    let mut cases = pcap(&capture.bytes);
    cases.extend(pcapng(&capture.as_pcapng()));
    cases
}

/// Where each packet's head stands.
fn heads(bytes: &[u8]) -> Vec<usize> {
    let (mut at, mut found) = (24, Vec::new());
    while at < bytes.len() {
        found.push(at);
        at += 16 + field(bytes, at + 8);
    }
    found
}

fn field(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

fn with(bytes: &[u8], at: usize, value: u32) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    copy[at..at + 4].copy_from_slice(&value.to_le_bytes());
    copy
}

fn pcap(whole: &[u8]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case("pcap", damage, bytes, class));
    for cut in [5, 12, 23] {
        add(&format!("cut in its head at byte {cut}"), whole[..cut].to_vec(), Class::Cut);
    }
    for (number, head) in (1..).zip(heads(whole)) {
        let size = field(whole, head + 8);
        for (what, end) in [
            ("head", head + 9),
            ("first byte", head + 17),
            ("middle", head + 16 + size / 2),
            ("last byte", head + 15 + size),
        ] {
            add(&format!("cut in packet {number}, {what}"), whole[..end].to_vec(), Class::Cut);
        }
        if number % 2 == 1 {
            add(
                &format!("packet {number} with a huge length"),
                with(whole, head + 8, 0x7fff_ffff),
                Class::Length,
            );
            add(
                &format!("packet {number} with a negative length"),
                with(whole, head + 8, u32::MAX),
                Class::Length,
            );
        }
    }
    for link in [147_u32, 195, 250] {
        add(&format!("of link type {link}"), with(whole, 20, link), Class::NotRead);
    }
    add("with zero bytes behind it", [whole, &[0; 256]].concat(), Class::Remark);
    add("with another capture behind it and noise", [whole, &[0x5a; 40]].concat(), Class::Length);
    // Only the first 96 bytes of each packet, as a snapshot length leaves them.
    let mut short = whole[..24].to_vec();
    for head in heads(whole) {
        let size = field(whole, head + 8);
        let kept = size.min(96);
        let mut one = whole[head..head + 16 + kept].to_vec();
        one[8..12].copy_from_slice(&u32::try_from(kept).unwrap().to_le_bytes());
        short.extend(one);
    }
    add("of the first 96 bytes of each packet", short, Class::NotRead);
    cases
}

/// Where each block begins, and its length.
fn blocks(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let length = field(bytes, at + 4);
        found.push((at, length));
        at += length;
    }
    found
}

fn pcapng(whole: &[u8]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case("pcapng", damage, bytes, class));
    for cut in [13, 20, 27] {
        add(&format!("cut in its head at byte {cut}"), whole[..cut].to_vec(), Class::Cut);
    }
    let all = blocks(whole);
    for (number, (at, length)) in (1..).zip(all.iter().copied()).skip(1) {
        for (what, end) in [("head", at + 6), ("middle", at + length / 2), ("last byte", at + length - 1)] {
            add(&format!("cut in block {number}, {what}"), whole[..end].to_vec(), Class::Cut);
        }
        if number % 2 == 1 {
            for stated in [0_u32, 4, 0xffff_fff0] {
                add(
                    &format!("block {number} of length {stated}"),
                    with(whole, at + 4, stated),
                    Class::Length,
                );
            }
        }
        if number > 2 && number % 2 == 0 {
            add(&format!("block {number} of interface 9"), with(whole, at + 8, 9), Class::Count);
            let stated = u32::try_from(length).unwrap();
            add(&format!("block {number} with a longer packet"), with(whole, at + 20, stated), Class::Length);
        }
    }
    for link in [147_u8, 195] {
        let mut copy = whole.to_vec();
        copy[all[1].0 + 8] = link;
        add(&format!("of link type {link}"), copy, Class::NotRead);
    }
    add("with a text behind it", [whole, b"this is no block at all"].concat(), Class::Length);
    cases
}
