//! The tag of an ASA's message, wherever it stands.
//!
//! ```text
//! %ASA-7-725014: SSL lib error. …
//! %ASA-auth-6-113004: AAA user authentication Successful
//! %FTD-6-113005: %ASA-6-113005: AAA user authentication Rejected
//! %ASA-722037: Group <g> User <u> …            a table gave the number alone
//! ```
//! Empty: a text without such a tag.
//! Quirks: a class may stand before the severity, the colon may be missing, and a tag may be doubled; then the inner
//! one counts. A tag without a severity was put together from a table.
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide, "About the ASA syslog messages".

use memchr::memchr;

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// 0-7; 6 where none is written.
    pub severity: u8,
    /// The six-digit id.
    pub id: u32,
    /// The byte behind colon and blanks.
    pub end: usize,
}

/// The next tag at or after a byte, and where it begins.
pub fn next_tag(line: &str, from: usize) -> Option<(usize, Tag)> {
    let bytes = line.as_bytes();
    let mut at = from;
    loop {
        at += memchr(b'%', bytes.get(at..)?)?;
        if let Some(mut tag) = tag_at(bytes, at) {
            while let Some(inner) = tag_at(bytes, tag.end) {
                tag = inner;
            }
            return Some((at, tag));
        }
        at += 1;
    }
}

/// The tag that begins exactly here.
fn tag_at(bytes: &[u8], at: usize) -> Option<Tag> {
    let rest = bytes.get(at..)?.strip_prefix(b"%")?;
    let mut rest = PRODUCTS.iter().find_map(|product| rest.strip_prefix(product.as_bytes()))?;
    // A class of at most three words may stand before the severity: `%ASA-auth-4-113004`.
    for _ in 0..3 {
        let word = rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
        match rest.get(word) {
            Some(b'-') if word > 0 => rest = rest.get(word + 1..)?,
            _ => break,
        }
    }
    let mut severity = INFORMATIONAL;
    if rest.get(1) == Some(&b'-') {
        severity = rest.first()?.checked_sub(b'0').filter(|severity| *severity < 8)?;
        rest = rest.get(2..)?;
    }
    let (digits, rest) = rest.split_at_checked(6)?;
    let mut id = 0_u32;
    for digit in digits {
        id = id * 10 + u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    if rest.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    Some(Tag { severity, id, end: bytes.len() - rest.len() + blanks })
}

/// Cisco's products that log in this way.
const PRODUCTS: [&str; 5] = ["ASA-", "FTD-", "PIX-", "FWSM-", "NGIPS-"];
const INFORMATIONAL: u8 = 6;
