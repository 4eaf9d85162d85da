//! Which certificate hashes do the phones trust?
//!
//! Witness: `certHash1…` of a phone's configuration. All hashes of a phone are one pool, not tied to a url
//! (CUCM 15, chapter VPN client).

use crate::facts::phones::Phone;
use crate::fingerprint::{self, Malformed};
use crate::source::Place;

/// One hash of one phone.
#[derive(Clone, Debug)]
pub struct TrustedHash {
    /// The phone's place in the list of phones.
    pub phone: usize,
    /// Number in the tag; 0 where the tag is lost.
    pub number: u32,
    /// As it stands in the file.
    pub text: String,
    /// Where.
    pub place: Place,
    /// The SHA-1 that it stands for, or what it is instead.
    pub sha1: Result<[u8; 20], Malformed>,
}

/// Every hash of every phone; empty elements are left out.
pub fn of(phones: &[Phone<'_>]) -> Vec<TrustedHash> {
    let mut hashes = Vec::new();
    for (index, phone) in phones.iter().enumerate() {
        let Some(group) = phone.vpn_group() else { continue };
        for (number, seen) in &group.cert_hashes {
            if seen.value.trim().is_empty() {
                continue;
            }
            hashes.push(TrustedHash {
                phone: index,
                number: *number,
                text: seen.value.clone(),
                place: phone.config.place(&seen.at),
                sha1: fingerprint::phone_hash(&seen.value),
            });
        }
    }
    hashes
}
