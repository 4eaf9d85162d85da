//! One TLS handshake as an ASA logs it, from its first message to its end or its failure.

use crate::event::Peer;
use crate::facts::whose::Over;
use crate::source::{Located, Place};
use crate::tables::tls_alerts;
use crate::time::Stamp;

/// One handshake.
#[derive(Clone, Debug, Default)]
pub struct Handshake {
    /// The input that logged it.
    pub input: u32,
    /// The far end.
    pub peer: Peer,
    /// As printed with 725001 or 725002; may be empty.
    pub protocol: String,
    /// 725001.
    pub started: Option<Place>,
    /// The client's ciphers: 725008 and its list.
    pub proposed: Vec<Located<String>>,
    /// 725008 itself.
    pub proposes: Option<Place>,
    /// The ASA's ciphers: 725010 and its list.
    pub supported: Vec<Located<String>>,
    /// 725010 itself.
    pub supports: Option<Place>,
    /// 725012.
    pub chosen: Option<Located<String>>,
    /// 725016.
    pub trustpoint: Option<Located<String>>,
    /// Reasons of 725014, as printed.
    pub reasons: Vec<Located<String>>,
    /// 725006.
    pub failed: Option<Place>,
    /// 725002.
    pub done: Option<Place>,
    /// When 725006 or 725002 was logged.
    pub ended: Option<Stamp>,
    /// Where its failure was over; `None` where it counts, and where it did not fail.
    pub over: Option<Over>,
    /// How it is known to be a phone's.
    pub tie: Tie,
}

/// How sure it is that a handshake is a phone's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Another client's: only such logged in from its address, or it spoke no TLS at all.
    Another,
    /// A phone and others logged in from its address: at most `possible`.
    Shared,
    /// Nothing ties it to a phone: at most `possible`.
    #[default]
    None,
    /// It offered what only a phone of the 79xx kind offers.
    Offer,
    /// The phone's own log in this case shows the same alert or error.
    SameAlert,
    /// Its address is one from which a phone, and nobody else, logged in; or the person says that it is the phone's.
    Address,
}

impl Handshake {
    /// A client that proposes just these two is a phone of the 79xx kind: no browser or PC client does.
    pub fn offers_like_a_79xx(&self) -> bool {
        !self.proposed.is_empty()
            && self.proposed.iter().all(|cipher| cipher.value == "AES256-SHA" || cipher.value == "AES128-SHA")
    }

    /// The case-wide place of something in it.
    pub fn place<T>(&self, seen: &Located<T>) -> Place {
        Place { input: self.input, at: seen.at.clone() }
    }

    /// It is for DTLS.
    pub fn is_datagram(&self) -> bool {
        self.protocol.starts_with('D')
    }

    /// More than a possibility.
    pub fn is_phones(&self) -> bool {
        self.tie > Tie::None
    }

    /// It may be a phone's, and nothing ties it to one.
    pub fn is_untied(&self) -> bool {
        matches!(self.tie, Tie::None | Tie::Shared)
    }

    /// It failed, and its client did not get past it later.
    pub fn fails_now(&self) -> bool {
        (self.failed.is_some() || !self.reasons.is_empty()) && self.over.is_none()
    }

    /// The alert that the far end sent, by the reason of 725014.
    pub fn alert_from_peer(&self) -> Option<(u8, &Located<String>)> {
        self.reasons.iter().find_map(|reason| tls_alerts::by_reason(&reason.value).map(|code| (code, reason)))
    }
}
