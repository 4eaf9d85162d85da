//! What one side of a handshake objected to, by an alert or by its TLS library's reason, and the stage that fails by it.

use crate::event::Sender;
use crate::observe::What;
use crate::stage::Stage;
use crate::tables::tls_reasons::Reason;
use crate::tables::{tls_alerts, tls_reasons};

/// Who objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The phone: it is about the ASA.
    Phone,
    /// The ASA: it is about the phone.
    Asa,
}

/// What is objected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The other side's version of TLS is too old.
    Version,
    /// There is no cipher in common.
    Cipher,
    /// The other side's certificate; with the alert that says why.
    Certificate(Option<u8>),
    /// The other side sent no certificate.
    NoCertificate,
    /// Another cipher than that of the session.
    SessionCipher,
    /// The other side does not speak TLS.
    NotTls,
    /// Another alert.
    Alert(u8),
    /// An error of the library that is not sorted.
    Error,
}

/// protocol_version
pub(super) const PROTOCOL_VERSION: u8 = 70;

/// certificate_required; and what SSL 3.0 had in its place.
pub(super) const NONE_SENT: [u8; 2] = [116, 41];

/// The stage that fails by an alert.
pub fn stage_of_alert(by_phone: bool, code: u8) -> Stage {
    let by = if by_phone { By::Phone } else { By::Asa };
    stage_of(by, matter_of(by, code))
}

/// The stage that fails by a reason of 725014; `chosen`: the ASA had chosen a cipher.
pub fn stage_of_asa_reason(reason: &str, chosen: bool) -> Stage {
    match tls_alerts::by_reason(reason) {
        Some(code) => stage_of_alert(true, code),
        None => tls_reasons::of_asa("", reason, chosen)
            .map_or(Stage::Tls, |reason| stage_of(By::Asa, matter_of_reason(reason))),
    }
}

/// The stage that fails by what a phone logs of its handshake.
pub fn stage_of_phones(what: &What<'_>) -> Option<Stage> {
    let (by, matter, _) = objection_of(what)?;
    Some(stage_of(by, matter))
}

pub(super) fn stage_of(by: By, matter: Matter) -> Stage {
    match (by, matter) {
        (By::Phone, Matter::Certificate(_)) => Stage::Trust,
        (By::Asa, Matter::Certificate(_) | Matter::NoCertificate) => Stage::Login,
        _ => Stage::Tls,
    }
}

pub(super) fn matter_of(by: By, code: u8) -> Matter {
    match code {
        PROTOCOL_VERSION => Matter::Version,
        code if NONE_SENT.contains(&code) && by == By::Asa => Matter::NoCertificate,
        code if NONE_SENT.contains(&code) => Matter::Alert(code),
        code if tls_alerts::is_about_certificate(code) => Matter::Certificate(Some(code)),
        code => Matter::Alert(code),
    }
}

pub(super) fn matter_of_reason(reason: Reason) -> Matter {
    match reason {
        Reason::OtherTooOld | Reason::OwnTooOld => Matter::Version,
        Reason::NoCipher => Matter::Cipher,
        Reason::Certificate => Matter::Certificate(None),
        Reason::NoCertificate => Matter::NoCertificate,
        Reason::SessionCipher => Matter::SessionCipher,
        Reason::NotTls => Matter::NotTls,
    }
}

/// How directly a line tells an alert.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Directness {
    Numbered,
    Error,
    Worded,
}

/// Who objects to what by what a phone logs.
pub(super) fn objection_of(what: &What<'_>) -> Option<(By, Matter, Directness)> {
    match what {
        What::Alert { sender, code, text, .. } => {
            let by = if *sender == Sender::Phone { By::Phone } else { By::Asa };
            let directness = if code.is_some() { Directness::Numbered } else { Directness::Worded };
            let code = code.or_else(|| tls_alerts::by_words(text))?;
            Some((by, matter_of(by, code), directness))
        }
        What::LibraryError { reason: text, .. } => Some(match tls_alerts::by_error(text) {
            Some(code) => (By::Asa, matter_of(By::Asa, code), Directness::Error),
            None => {
                let reason = tls_reasons::of_phone(text).map(matter_of_reason);
                (By::Phone, reason.unwrap_or(Matter::Error), Directness::Error)
            }
        }),
        _ => None,
    }
}
