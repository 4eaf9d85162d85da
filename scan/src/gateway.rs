//! Whether a message of a connection is about the gateway's own port 443.
//!
//! ```text
//! Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)
//! Deny tcp src outside:192.0.2.9/50091 dst outside:198.51.100.1/443 by access-group "outside_in" [0x0, 0x0]
//! ```
//! `identity` is the ASA's name for itself as the end of a connection.

use memchr::{memchr_iter, memchr2_iter};

/// True for a connection to the ASA itself that names port 443.
pub fn is_connection_to_gateway(text: &[u8]) -> bool {
    names_itself(text) && names_port(text)
}

/// True for a message that names port 443 and permits nothing.
pub fn is_denial_at_gateway(text: &[u8]) -> bool {
    names_port(text) && memchr::memmem::find(text, b" permitted ").is_none()
}

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
