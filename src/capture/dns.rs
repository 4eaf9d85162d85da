//! DNS: one question, and what came back.
//!
//! ```text
//! 1a2b 0100 0001 0000 0000 0000 | 03 vpn 07 example 03 com 00 0001 0001
//! ```
//!
//! Sources: RFC 1035, section 4; RFC 6891 (EDNS).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::cursor::Cursor;

/// A question or an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dns {
    /// What ties an answer to its question.
    pub id: u16,
    /// It is an answer.
    pub answer: bool,
    /// It did not fit and should be asked for over TCP.
    pub truncated: bool,
    /// 0 fine, 2 server failure, 3 no such name, 5 refused.
    pub code: u8,
    /// The name asked for, in lower case, without the dot at its end.
    pub name: String,
    /// 1 asks for an IPv4 address, 28 for an IPv6 address.
    pub kind: u16,
    /// The addresses that were answered, the first 16.
    pub addresses: Vec<IpAddr>,
}

/// Names have at most 255 bytes; a pointer chain longer than this runs in circles.
const MAX_LABELS: usize = 128;
const MAX_ADDRESSES: usize = 16;

/// Reads a message; `None` where it is no question or answer about one name.
pub fn message(bytes: &[u8]) -> Option<Dns> {
    let mut cursor = Cursor::new(bytes);
    let id = cursor.u16()?;
    let flags = cursor.u16()?;
    let (questions, answers) = (cursor.u16()?, cursor.u16()?);
    cursor.u32()?;
    if questions != 1 || flags & 0x7800 != 0 {
        return None;
    }
    let name = name(bytes, &mut cursor)?;
    let kind = cursor.u16()?;
    cursor.u16()?;
    let mut dns = Dns {
        id,
        answer: flags & 0x8000 != 0,
        truncated: flags & 0x0200 != 0,
        code: (flags & 0x000f) as u8,
        name,
        kind,
        addresses: Vec::new(),
    };
    for _ in 0..answers.min(256) {
        if record(&mut cursor, &mut dns.addresses).is_none() {
            break;
        }
    }
    Some(dns)
}

fn record(cursor: &mut Cursor<'_>, addresses: &mut Vec<IpAddr>) -> Option<()> {
    loop {
        match cursor.u8()? {
            0 => break,
            length if length >= 0xc0 => {
                cursor.u8()?;
                break;
            }
            length => {
                cursor.take(usize::from(length))?;
            }
        }
    }
    let kind = cursor.u16()?;
    cursor.u16()?;
    cursor.u32()?;
    let data = cursor.vector(2)?.rest();
    let address = match (kind, data.len()) {
        (1, 4) => data.first_chunk::<4>().map(|bytes| IpAddr::V4(Ipv4Addr::from(*bytes))),
        (28, 16) => data.first_chunk::<16>().map(|bytes| IpAddr::V6(Ipv6Addr::from(*bytes))),
        _ => None,
    };
    if addresses.len() < MAX_ADDRESSES {
        addresses.extend(address);
    }
    Some(())
}

fn name<'a>(message: &'a [u8], cursor: &mut Cursor<'a>) -> Option<String> {
    let mut name = String::new();
    let mut jumped: Option<Cursor<'a>> = None;
    for _ in 0..MAX_LABELS {
        let from = jumped.as_mut().unwrap_or(cursor);
        let length = usize::from(from.u8()?);
        if length == 0 {
            return Some(name);
        }
        if length >= 0xc0 {
            let place = (length & 0x3f) << 8 | usize::from(from.u8()?);
            jumped = Some(Cursor::new(message.get(place..)?));
            continue;
        }
        let label = from.take(length)?;
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(&String::from_utf8_lossy(label).to_lowercase());
        if name.len() > 255 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for label in name.split('.') {
            bytes.push(u8::try_from(label.len()).unwrap());
            bytes.extend(label.bytes());
        }
        bytes.push(0);
        bytes
    }

    #[test]
    fn questions_and_answers_are_read() {
        let mut question = vec![0x1a, 0x2b, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        question.extend(labels("VPN.example.com"));
        question.extend([0, 1, 0, 1]);
        let read = message(&question).unwrap();
        assert_eq!((read.id, read.answer, read.name.as_str()), (0x1a2b, false, "vpn.example.com"));

        let mut answer = question.clone();
        answer[2] = 0x81;
        answer[3] = 0x80;
        answer[7] = 2;
        answer.extend([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 12]);
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 198, 51, 100, 1]);
        let read = message(&answer).unwrap();
        assert!(read.answer && read.code == 0);
        assert_eq!(read.addresses, [IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1))]);
        answer[3] = 0x83;
        assert_eq!(message(&answer).unwrap().code, 3);
    }

    #[test]
    fn a_name_that_points_at_itself_ends() {
        let bytes = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1];
        assert_eq!(message(&bytes), None);
    }
}
