//! Where does a phone find the gateway's certificate outside its validity, by its own clock?
//!
//! ```text
//! VPNC: cert_vfy_cb: depth:1 of 1, pre_err: 9 (certificate is not yet valid)   what the check found
//! VPNC: alert_err: SSL write alert: code 42, bad certificate                   and the phone ends the handshake
//! ```
//! The check tells its result before the hash is compared, so it counts only where the phone ends that attempt, and not
//! because nobody vouches for the certificate (alert 48). What a later attempt got past is past.
//!
//! Sources: OpenSSL, `X509_STORE_CTX_get_error`: 9 is not yet valid, 10 has expired; RFC 5246, section 7.2.2.

use crate::event::{Channel, Sender};
use crate::facts::Documents;
use crate::facts::events_that_matter::events_that_matter;
use crate::observe::{By, Log, Observation, What};
use crate::source::Place;

/// One attempt of a phone.
#[derive(Clone, Debug)]
pub struct OutsideValidity {
    /// Where the check tells it.
    pub place: Place,
    /// The certificate is not valid yet; else it has expired.
    pub is_early: bool,
    /// Where the phone ends the handshake.
    pub ends: Place,
    /// The ranks of the attempt's first and last line.
    within: (u64, u64),
}

/// Of each attempt that still counts, what its check says first; by inputs and their lines.
pub fn of(documents: &Documents<'_>) -> Vec<OutsideValidity> {
    let mut all: Vec<_> = documents.logs_by(By::PhoneLog).flat_map(of_log).collect();
    all.sort_by_key(|one| (one.place.input, one.within));
    all
}

/// True for a line of one of these attempts.
pub fn covers(attempts: &[OutsideValidity], event: &Observation<'_>) -> bool {
    let line = (event.input, event.at.order);
    let behind = attempts.partition_point(|one| (one.place.input, one.within.0) <= line);
    let before = attempts.get(..behind).and_then(<[_]>::last);
    before.is_some_and(|one| one.place.input == event.input && event.at.order <= one.within.1)
}

fn of_log(log: &Log<'_>) -> Vec<OutsideValidity> {
    let counts = events_that_matter(log);
    let Some(from) = counts.first().map(|event| event.at.order) else { return Vec::new() };
    let attempts = log.attempts.iter().filter_map(|attempt| {
        let events = log.observations.get(attempt.first..=attempt.last)?;
        let (first, last) = (events.first()?.at.order, events.last()?.at.order);
        let (told, is_early) = events.iter().find_map(|event| match event.what {
            What::VerifyCode { code: NOT_YET } => Some((event, true)),
            What::VerifyCode { code: EXPIRED } => Some((event, false)),
            _ => None,
        })?;
        let is_untrusted = events.iter().any(|event| alert(&event.what) == Some(UNKNOWN_CA));
        let ends = |event: &&Observation<'_>| {
            alert(&event.what).is_some_and(|code| OF_VALIDITY.contains(&code))
                || matches!(event.what, What::ChainNotTrusted)
        };
        let ends = events.iter().rev().find(ends).filter(|_| !is_untrusted && first >= from)?;
        Some(OutsideValidity { place: told.place(), is_early, ends: ends.place(), within: (first, last) })
    });
    attempts.collect()
}

/// The code of an alert that the phone writes.
fn alert(what: &What<'_>) -> Option<u8> {
    match what {
        What::Alert { channel: Channel::Tls, sender: Sender::Phone, code, .. } => *code,
        _ => None,
    }
}

/// `X509_V_ERR_CERT_NOT_YET_VALID`
const NOT_YET: u32 = 9;
/// `X509_V_ERR_CERT_HAS_EXPIRED`
const EXPIRED: u32 = 10;
const UNKNOWN_CA: u8 = 48;
/// bad_certificate, which OpenSSL sends for one that is not yet valid; certificate_expired; certificate_unknown.
const OF_VALIDITY: [u8; 3] = [42, 45, 46];
