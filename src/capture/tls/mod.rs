//! TLS as a capture shows it: records, and the handshake messages, alerts and changes of cipher in them.
//!
//! ```text
//! 16 0301 00c8 | 01 0000c4 0303 …      a record of 200 bytes, and in it a client hello
//! 15 0301 0002 | 02 30                 a fatal alert, 48: unknown CA
//! ```
//!
//! What stands behind a ChangeCipherSpec, and in TLS 1.3 in records of application data, is encrypted: it is counted
//! as [`Message::Hidden`], never guessed at.
//!
//! Quirks: a handshake message may lie over many records, and several in one; records of no bytes are allowed; those
//! of TLS 1.2 reach 2^14 + 2048 bytes; an SSLv2-compatible hello has a head of its own; the ChangeCipherSpec of TLS 1.3
//! means nothing.
//!
//! Sources: RFC 8446; RFC 5246, sections 6 and 7; RFC 6101, appendix E.

mod hello;
mod message;
mod record;
mod side;

pub use hello::{ClientHello, ServerHello};
pub use message::{CertificateRequest, MAX_LISTED, Message, handshake};
pub use record::{Session, begins_record};
pub use side::Side;

#[cfg(test)]
mod tests;
