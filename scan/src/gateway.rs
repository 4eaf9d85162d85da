//! Whether a message of a connection is about the gateway's own port 443.
//!
//! ```text
//! Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)
//! Deny tcp src outside:192.0.2.9/50091 dst outside:198.51.100.1/443 by access-group "outside_in" [0x0, 0x0]
//! Deny udp src outside:198.51.100.7/50091 dst inside:198.51.100.69/69 by access-group "outside_in" [0x0, 0x0]
//! ```
//! `identity` is the ASA's name for itself as the end of a connection. The last line is of a packet that came out of a
//! tunnel: see [`is_denial_at_phone_port`].

use memchr::{memchr_iter, memchr2_iter};

/// True for a connection to the ASA itself that names port 443.
pub fn is_connection_to_gateway(text: &[u8]) -> bool {
    names_itself(text) && names_port(text)
}

/// True for a message that names port 443 and permits nothing.
pub fn is_denial_at_gateway(text: &[u8]) -> bool {
    names_port(text) && !is_let_through(text)
}

/// True for a message that names, behind its first address, a port on which phones fetch files or register, and permits
/// nothing: TFTP (69), SCCP (2000, 2443), SIP (5060, 5061), trust verification (2445), CAPF (3804), files (6970-6972).
/// Source: Cisco Unified Communications Manager, TCP and UDP Port Usage.
pub fn is_denial_at_phone_port(text: &[u8]) -> bool {
    let mut marks = memchr2_iter(b'/', b'(', text);
    let Some(first) = marks.next() else { return false };
    // `outside/198.51.100.7(50091)`: the first mark stands before the address.
    let listed = text.get(first + 1..).is_some_and(|rest| {
        rest.iter().find(|byte| !byte.is_ascii_hexdigit()).is_some_and(|byte| matches!(byte, b'.' | b':'))
    });
    if listed {
        marks.next();
    }
    marks.any(|at| text.get(at + 1..).is_some_and(is_phone_port)) && !is_let_through(text)
}

/// `access-list o permitted tcp …`, and `est-allowed`: denied by the list, but of a connection that stands.
fn is_let_through(text: &[u8]) -> bool {
    [b" permitted ".as_slice(), b" est-allowed "]
        .iter()
        .any(|word| memchr::memmem::find(text, word).is_some())
}

fn is_phone_port(rest: &[u8]) -> bool {
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    rest.get(length) != Some(&b'.')
        && rest.get(length) != Some(&b':')
        && rest.get(..length).is_some_and(|word| PHONE_PORTS.contains(&word))
}

/// As numbers, and as the ASA's names of them.
const PHONE_PORTS: [&[u8]; 12] =
    [b"69", b"2000", b"2443", b"2445", b"3804", b"5060", b"5061", b"6970", b"6971", b"6972", b"sip", b"tftp"];

/// `identity:`, by its rarest letter.
fn names_itself(text: &[u8]) -> bool {
    memchr_iter(b'y', text).any(|at| {
        text.get(..at).is_some_and(|before| before.ends_with(b"identit")) && text.get(at + 1) == Some(&b':')
    })
}

/// `/443`, `(443)` or `/https`.
fn names_port(text: &[u8]) -> bool {
    memchr2_iter(b'/', b'(', text).any(|at| {
        text.get(at..).is_some_and(|rest| {
            rest.starts_with(b"/443") || rest.starts_with(b"(443)") || rest.starts_with(b"/https")
        })
    })
}
