//! Which certificate hashes do the phones trust?
//!
//! Witness: `certHash1…` of a phone's configuration. All hashes of a phone are one pool, not tied to a url
//! (CUCM 15, chapter VPN client). What `show voice vpn` of a CME prints is what all its phones are told.

use crate::facts::Documents;
use crate::facts::of_phone::OfPhone;
use crate::facts::phones::Phone;
use crate::fingerprint::{self, Malformed};
use crate::source::Place;

/// One hash of one phone.
#[derive(Clone, Debug)]
pub struct TrustedHash {
    /// The phone's place in the list of phones; behind its end for what a CME tells all its phones.
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

impl OfPhone for TrustedHash {
    fn phone(&self) -> usize {
        self.phone
    }
}

/// Every hash of every phone; empty elements are left out.
pub fn of(documents: &Documents<'_>, phones: &[Phone<'_>]) -> Vec<TrustedHash> {
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
    for cme in &documents.cme_configs {
        for (seen, number) in cme.document.hashes.iter().zip(1..) {
            hashes.push(TrustedHash {
                phone: phones.len(),
                number,
                text: seen.value.clone(),
                place: cme.place(&seen.at),
                sha1: fingerprint::phone_hash(&seen.value),
            });
        }
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{certificates, hash_of, phone_trusting, readings};

    #[test]
    fn what_cme_shows_is_a_trusted_hash_behind_those_of_the_phones() {
        let hash = hash_of(certificates::CURRENT);
        let shown = format!(
            "The Voice Service VPN Group 1 setting:\nVPN Trustpoint hash in sha-1\nVPN Trustpoint 1 trustpoint cme_cert root {hash} The Voice Service\n"
        );
        let phone = phone_trusting(&[hash_of(certificates::OTHER)]);
        let readings = readings(&[("cme.txt", &shown), ("SEP001122334455.cnf.xml", &phone)]);
        let documents = Documents::of(&readings);
        let hashes = of(&documents, &crate::facts::phones::of(&documents));
        let told: Vec<_> = hashes.iter().map(|hash| (hash.phone, hash.place.at.line)).collect();
        assert_eq!(told, [(0, 8), (1, 3)]);
        assert_eq!((hashes[1].text.as_str(), hashes[1].sha1.is_ok()), (hash.as_str(), true));
    }
}
