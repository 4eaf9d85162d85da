//! A packet as a line of evidence, and when it came.

use std::net::IpAddr;

use crate::capture::conversation::PacketPlace;
use crate::source::{At, Packet};
use crate::time::Stamp;

/// A moment of a capture, which is in UTC.
pub(super) fn stamp_of(nanos: i64) -> Stamp {
    Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(nanos.div_euclid(1000)) }
}

/// `2023-11-14T22:13:23.155Z`: to the millisecond, which redaction knows as a time and leaves.
pub(super) fn printed(nanos: i64) -> String {
    let time = stamp_of(nanos.div_euclid(1_000_000) * 1_000_000).to_string();
    match time.strip_suffix("000Z") {
        Some(millis) if time.contains('.') => format!("{millis}Z"),
        _ => time,
    }
}

/// A packet's place, with a line such as capture programs print.
pub(super) fn place(packet: &PacketPlace, words: &str) -> At {
    let time = packet.nanos.map(|nanos| format!(" {}", printed(nanos))).unwrap_or_default();
    let text = format!("packet {}{time} {words}", packet.number);
    let number = u32::try_from(packet.number).unwrap_or(u32::MAX);
    let time = packet.nanos.map(|nanos| nanos.div_euclid(1000));
    At::packet(Packet { number, time }, packet.offset, &text)
}

/// Both hosts lie in one network of 256 addresses: all that a capture tells where it has no netmask.
pub(super) fn one_network(one: IpAddr, two: IpAddr) -> bool {
    match (one, two) {
        (IpAddr::V4(one), IpAddr::V4(two)) => one.octets().get(..3) == two.octets().get(..3),
        (IpAddr::V6(one), IpAddr::V6(two)) => one.segments().get(..4) == two.segments().get(..4),
        _ => false,
    }
}
