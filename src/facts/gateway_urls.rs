//! Which urls do the phones dial?
//!
//! Witness: `addresses/url1…` of a phone's configuration, tried in this order. `vpn-gateway` of a CME is what all its
//! phones are told.

use crate::facts::Documents;
use crate::facts::of_phone::OfPhone;
use crate::facts::phones::Phone;
use crate::source::Place;
use crate::url::GatewayUrl;

/// One url of one phone.
#[derive(Clone, Debug)]
pub struct PhoneUrl<'a> {
    /// The phone's place in the list of phones; behind its end for what a CME tells all its phones.
    pub phone: usize,
    /// Number in the tag, 1 to 3.
    pub number: u32,
    /// As it stands in the file.
    pub text: &'a str,
    /// Where.
    pub place: Place,
    /// Its parts; `None` where it has no host.
    pub url: Option<GatewayUrl<'a>>,
}

impl OfPhone for PhoneUrl<'_> {
    fn phone(&self) -> usize {
        self.phone
    }
}

/// Every url of every phone; empty elements are left out.
pub fn of<'a>(documents: &Documents<'a>, phones: &[Phone<'a>]) -> Vec<PhoneUrl<'a>> {
    let mut urls = Vec::new();
    for (index, phone) in phones.iter().enumerate() {
        let Some(group) = phone.vpn_group() else { continue };
        for (number, seen) in &group.urls {
            if seen.value.trim().is_empty() {
                continue;
            }
            urls.push(PhoneUrl {
                phone: index,
                number: *number,
                text: &seen.value,
                place: phone.config.place(&seen.at),
                url: GatewayUrl::parse(&seen.value),
            });
        }
    }
    for cme in &documents.cme_configs {
        for (seen, number) in cme.document.gateways.iter().zip(1..) {
            urls.push(PhoneUrl {
                phone: phones.len(),
                number,
                text: &seen.value,
                place: cme.place(&seen.at),
                url: GatewayUrl::parse(&seen.value),
            });
        }
    }
    urls
}
