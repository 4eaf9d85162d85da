//! Signature headers and trust lists: lengths that lie, tags that do not belong there, ends that come too early.

use super::{Case, Class, case, file};

pub const SIGNED: &str = "samples/signed_file/phone.sgn";
pub const LIST: &str = "samples/trust_list/list.tlv";

/// Where each element of a header begins, by its tag; those inside a container count as the container's.
fn elements(bytes: &[u8], end: usize) -> Vec<(u8, usize)> {
    let (mut at, mut found) = (0, Vec::new());
    while at + 3 <= end {
        let tag = bytes[at];
        if tag == 13 {
            at += 1;
            continue;
        }
        found.push((tag, at));
        let container = [3, 7, 9].contains(&tag);
        let length = usize::from(u16::from_be_bytes([bytes[at + 1], bytes[at + 2]]));
        at += 3 + if container { 0 } else { length };
    }
    found
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    headers("signed configuration", &file(SIGNED), &mut cases);
    headers("trust list", &file(LIST), &mut cases);
    signed(&mut cases);
    records(&mut cases);
    cases
}

fn header_length(bytes: &[u8]) -> usize {
    usize::from(u16::from_be_bytes([bytes[8], bytes[9]]))
}

/// What any header can suffer.
fn headers(name: &str, whole: &[u8], cases: &mut Vec<Case>) {
    let length = header_length(whole);
    for (tag, at) in elements(whole, length).into_iter().skip(2) {
        let place = format!("its element {tag} at byte {at}");
        cases.push(case(name, &format!("cut in {place}"), &whole[..at + 2], Class::Cut));
        if ![3, 7, 9].contains(&tag) {
            let mut copy = whole.to_vec();
            copy[at + 1] = 0xff;
            cases.push(case(name, &format!("a huge length in {place}"), copy, Class::Length));
        }
    }
    for cut in [12, 40, length / 2, length - 1] {
        cases.push(case(name, &format!("cut in its header at byte {cut}"), &whole[..cut], Class::Cut));
    }
    for stated in [11_u16, 60, 200, 0xffff] {
        let mut copy = whole.to_vec();
        copy[8..10].copy_from_slice(&stated.to_be_bytes());
        cases.push(case(name, &format!("a header of {stated} bytes stated"), copy, Class::Length));
    }
}

fn signed(cases: &mut Vec<Case>) {
    let whole = file(SIGNED);
    let length = header_length(&whole);
    let name = "signed configuration";
    cases.push(case(name, "without its body", &whole[..length], Class::Missing));
    for version in [(1, 1), (3, 0), (9, 9)] {
        let mut copy = whole.clone();
        (copy[3], copy[4]) = version;
        cases.push(case(name, &format!("of version {}.{}", version.0, version.1), copy, Class::Tag));
    }
    for part in [length + 60, length + 300, whole.len() - 12] {
        cases.push(case(name, &format!("cut in its body at byte {part}"), &whole[..part], Class::Cut));
    }
    let encrypted = file("samples/signed_file/encrypted.sgn");
    cases.push(case("encrypted configuration", "whole", encrypted.clone(), Class::NotRead));
    cases.push(case(
        "encrypted configuration",
        "cut in its body",
        &encrypted[..encrypted.len() - 30],
        Class::NotRead,
    ));
    cases.push(case("encrypted configuration", "cut in its header", &encrypted[..200], Class::Cut));
}

fn records(cases: &mut Vec<Case>) {
    let whole = file(LIST);
    let name = "trust list";
    let mut starts = vec![header_length(&whole)];
    while let Some(at) = starts.last().copied().filter(|at| at + 5 <= whole.len()) {
        starts.push(at + usize::from(u16::from_be_bytes([whole[at + 3], whole[at + 4]])));
    }
    assert_eq!(starts.pop(), Some(whole.len()));
    for (number, start) in (1..).zip(starts) {
        let length = usize::from(u16::from_be_bytes([whole[start + 3], whole[start + 4]]));
        let mut add = |damage: &str, bytes: Vec<u8>, class| {
            cases.push(case(name, &format!("record {number} {damage}"), bytes, class));
        };
        for cut in [2, 4, 9, length / 2, length - 1] {
            add(&format!("cut after {cut} bytes"), whole[..start + cut].to_vec(), Class::Cut);
        }
        let changed = |at: usize, value: u8| {
            let mut copy = whole.clone();
            copy[start + at] = value;
            copy
        };
        add("with another tag", changed(0, 77), Class::Tag);
        add("with a huge length", changed(3, 0xff), Class::Length);
        add(
            "with a length of 3",
            {
                let mut copy = changed(3, 0);
                copy[start + 4] = 3;
                copy
            },
            Class::Length,
        );
        add("with a huge name", changed(6, 0xff), Class::Length);
    }
    let start = header_length(&whole);
    let record = [1, 0, 2, 0, 9, 4, 0, 1, 0].repeat(5_000);
    cases.push(case(name, "with 5,000 records", [&whole[..start], &record].concat(), Class::TooMuch));
    cases.push(case(name, "with zero bytes behind it", [&whole[..], &[0; 64]].concat(), Class::Tag));
}
