//! Which phones are ready for the certificate that will replace the presented one?
//!
//! The next certificate is the one with the latest beginning among those that an ASA might present and does not
//! present yet. A phone is ready if one of its hashes is the next certificate's, or that of a CA that issued both
//! the presented and the next one (Cisco 116162, renewal of the ASA's certificate).
//!
//! Where the ASA has switched too early, phones still trust what it presented before: the certificate that most of
//! their hashes name among those that are not younger than the presented one.

use crate::diagnosis::{RenewalPhone, RenewalView};
use crate::facts::Documents;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::GatewayCertificates;
use crate::facts::of_phone::of_phone;
use crate::facts::phones::Phone;
use crate::facts::trusted_hashes::TrustedHash;

/// Works it out; `None` where no certificate is presented.
pub fn of(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    hashes: &[TrustedHash],
    gateway: &GatewayCertificates,
    certificates: &[CaseCertificate<'_>],
) -> Option<RenewalView> {
    let presented = gateway.presented.first()?;
    let place = |sha1: [u8; 20]| certificates.iter().position(|known| known.sha1() == sha1);
    let present = place(presented.sha1);
    let next = next_of(gateway, certificates);
    let previous = previous_of(presented.sha1, next, hashes, gateway, certificates);
    let issuer = present.and_then(|index| issuer_of(index, certificates));
    let same_issuer = next.is_some_and(|next| issuer.is_some() && issuer_of(next, certificates) == issuer);
    let sha1_of =
        |index: Option<usize>| index.and_then(|index| certificates.get(index)).map(CaseCertificate::sha1);
    let (next_sha1, issuer_sha1) = (sha1_of(next), sha1_of(issuer));
    let previous_sha1 = sha1_of(previous);
    let rows = phones.iter().enumerate().filter(|(_, phone)| phone.vpn_group().is_some());
    let rows = rows.map(|(index, phone)| {
        let trusts = |sha1: Option<[u8; 20]>| {
            sha1.is_some_and(|sha1| of_phone(hashes, index).iter().any(|hash| hash.sha1 == Ok(sha1)))
        };
        RenewalPhone {
            name: phone.name(documents),
            place: phone.vpn_group_place(),
            trusts_presented: trusts(Some(presented.sha1)),
            trusts_next: trusts(next_sha1) || (same_issuer && trusts(issuer_sha1)),
            trusts_previous: trusts(previous_sha1),
            trusts_issuer: trusts(issuer_sha1),
        }
    });
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let trustpoint = |index: Option<usize>| {
        let known = index.and_then(|index| certificates.get(index));
        known.and_then(CaseCertificate::trustpoint).unwrap_or_default().to_owned()
    };
    // Where the ASA has switched already, it is the previous one that the upload overwrote.
    let pair = if next.is_some() { (present, next) } else { (previous, present) };
    let same_subject = match (subject(pair.0, certificates), subject(pair.1, certificates)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    Some(RenewalView {
        presented: present.map(number),
        next: next.map(number),
        previous: previous.map(number),
        further_presented: number(gateway.presented.len().saturating_sub(1)),
        same_subject,
        trustpoint: presented.trustpoint.clone().unwrap_or_default(),
        next_trustpoint: trustpoint(next),
        previous_trustpoint: trustpoint(previous),
        interface: presented.interface.clone().unwrap_or_default(),
        phones: rows.collect(),
    })
}

/// The certificate that is kept ready: begins last, and later than what is presented.
fn next_of(gateway: &GatewayCertificates, certificates: &[CaseCertificate<'_>]) -> Option<usize> {
    let begins = |known: &CaseCertificate<'_>| {
        known.certificate.document.fields.as_ref().and_then(|fields| fields.not_before)
    };
    let is_presented =
        |known: &CaseCertificate<'_>| gateway.presented.iter().any(|shown| shown.sha1 == known.sha1());
    let present = certificates.iter().filter(|known| is_presented(known)).filter_map(begins).max();
    certificates
        .iter()
        .enumerate()
        .filter(|(_, known)| known.role.could_be_gateway() && !is_presented(known))
        .filter(|(_, known)| begins(known).is_some() && begins(known) > present)
        .max_by_key(|(index, known)| (begins(known), std::cmp::Reverse(*index)))
        .map(|(index, _)| index)
}

/// The certificate that was presented before.
fn previous_of(
    presented: [u8; 20],
    next: Option<usize>,
    hashes: &[TrustedHash],
    gateway: &GatewayCertificates,
    certificates: &[CaseCertificate<'_>],
) -> Option<usize> {
    let present = certificates.iter().position(|known| known.sha1() == presented);
    let begins = |index: usize| certificates.get(index)?.certificate.document.fields.as_ref()?.not_before;
    let is_presented =
        |known: &CaseCertificate<'_>| gateway.presented.iter().any(|shown| shown.sha1 == known.sha1());
    let trusted = |sha1: [u8; 20]| hashes.iter().filter(|hash| hash.sha1 == Ok(sha1)).count();
    let rows = certificates.iter().enumerate();
    let older = rows.filter(|(index, known)| {
        let not_younger = present.is_none_or(|present| begins(*index) <= begins(present));
        known.role.could_be_gateway() && !is_presented(known) && Some(*index) != next && not_younger
    });
    let told = older.filter(|(index, known)| {
        let same = present.is_some() && subject(present, certificates) == subject(Some(*index), certificates);
        trusted(known.sha1()) > 0 || same
    });
    told.max_by_key(|(index, known)| (trusted(known.sha1()), begins(*index), std::cmp::Reverse(*index)))
        .map(|(index, _)| index)
}

fn subject(index: Option<usize>, certificates: &[CaseCertificate<'_>]) -> Option<String> {
    let fields = index.and_then(|index| certificates.get(index))?.certificate.document.fields.as_ref()?;
    Some(fields.subject.clone()).filter(|subject| !subject.is_empty())
}

fn issuer_of(index: usize, certificates: &[CaseCertificate<'_>]) -> Option<usize> {
    let fields = certificates.get(index)?.certificate.document.fields.as_ref()?;
    if fields.self_signed {
        return None;
    }
    certificates.iter().position(|known| {
        known.certificate.document.fields.as_ref().is_some_and(|ca| ca.ca && ca.subject == fields.issuer)
    })
}

#[cfg(test)]
mod tests {
    use crate::case::Said;
    use crate::diagnose::diagnose;
    use crate::testing::certificates::{CURRENT, ENDING, OTHER, PREVIOUS};
    use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};

    #[test]
    fn each_phone_is_told_ready_or_not() {
        let chains = chain("PHONES", &[("", PREVIOUS)]) + &chain("PORTAL", &[("", CURRENT)]);
        let config = asa("ssl trust-point PHONES outside", &chains);
        let ready = phone_trusting(&[hash_of(PREVIOUS), hash_of(CURRENT)]);
        let old = phone_trusting(&[hash_of(PREVIOUS)]);
        let neither = phone_trusting(&[hash_of(OTHER)]);
        let read = readings(&[("a", config.as_str()), ("1", &ready), ("2", &old), ("3", &neither)]);
        let view = diagnose(&read, &Said::new(), now()).renewal.unwrap();
        let phones: Vec<_> =
            view.phones.iter().map(|phone| (phone.trusts_presented, phone.trusts_next)).collect();
        assert_eq!(phones, [(true, true), (true, false), (false, false)]);
        assert_eq!((view.trustpoint.as_str(), view.next_trustpoint.as_str()), ("PHONES", "PORTAL"));
        assert_eq!(view.interface, "outside");
        assert!(view.same_subject, "CSCuh19734 threatens");
    }

    #[test]
    fn an_older_certificate_is_not_the_next_one() {
        let chains = chain("PHONES", &[("", CURRENT)]) + &chain("PORTAL", &[("", PREVIOUS)]);
        let config = asa("ssl trust-point PHONES outside", &chains);
        let read = readings(&[("a", config.as_str()), ("1", &phone_trusting(&[hash_of(CURRENT)]))]);
        let view = diagnose(&read, &Said::new(), now()).renewal.unwrap();
        assert_eq!(view.next, None);
        assert!(view.phones[0].trusts_presented);
        assert!(
            diagnose(&readings(&[("p", &phone_trusting(&[hash_of(ENDING)]))]), &Said::new(), now())
                .renewal
                .is_none()
        );
    }
}
