//! Are the VPN settings in the phone's configuration, and are they usable?

use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence};
use crate::rules::Rule;
use crate::source::{Located, Stated, shortened};
use crate::text::Text;

pub mod auto_network_detect_believes_inside;
pub mod capf_not_reached;
pub mod cert_hash_malformed;
pub mod cert_hash_missing;
pub mod default_phone_config;
mod fleet;
pub mod gateway_url_port;
pub mod ipv6_only_phone;
pub mod phone_config_encrypted;
pub mod phone_config_older_than_certificate;
pub mod phone_web_access_disabled;
pub mod too_many_gateways_or_certificates;
pub mod vpn_group_missing;
pub mod vpn_setting_out_of_range;
pub mod vpn_url_missing;
pub mod vpn_url_not_https;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &vpn_group_missing::RULE,
    &default_phone_config::RULE,
    &vpn_url_missing::RULE,
    &vpn_url_not_https::RULE,
    &cert_hash_missing::RULE,
    &cert_hash_malformed::RULE,
    &vpn_setting_out_of_range::RULE,
    &phone_config_encrypted::RULE,
    &phone_config_older_than_certificate::RULE,
    &ipv6_only_phone::RULE,
    &phone_web_access_disabled::RULE,
    &auto_network_detect_believes_inside::RULE,
    &gateway_url_port::RULE,
    &too_many_gateways_or_certificates::RULE,
    &capf_not_reached::RULE,
];

/// The proof that a list inside `<vpnGroup>` holds nothing: its empty element, or the group's lines where not
/// even that is there. A group that stands in a whole file shows it for certain; a piece may have been cut.
fn nothing_in(phone: &Phone<'_>, list: Numbered<'_>, absent: Text, empty: Text) -> (Confidence, Evidence) {
    let confidence = if phone.is_whole() { Confidence::Certain } else { Confidence::Likely };
    let proof = match list.first() {
        Some((_, element)) => Evidence::at(&phone.config.place(&element.at), empty),
        None => Evidence::not_in(&phone.vpn_group_searched(), absent),
    };
    (confidence, proof)
}

/// A setting's line with the whole element marked: the value alone may stand elsewhere in the line as well.
fn setting(element: &str, stated: &Stated<String>, says: Text) -> Evidence {
    let mark = format!("<{element}>{}</{element}>", stated.value);
    Evidence::marked(&stated.place, &mark, says)
}

/// True where every list of these phones is whole and has something in it to judge.
fn all_told<'a>(phones: &[&Phone<'a>], list: fn(&Phone<'a>) -> Numbered<'a>) -> bool {
    phones.iter().filter(|phone| phone.vpn_group().is_some()).all(|phone| {
        phone.has_whole_vpn_group() && list(phone).iter().any(|(_, element)| !element.value.trim().is_empty())
    })
}

/// Elements of a list with their numbers, such as 1 of `<url1>`.
type Numbered<'a> = &'a [(u32, Located<String>)];

/// A value from a file, cut to a length that a sentence can bear.
fn quotable(value: &str) -> String {
    shortened(value.trim(), QUOTED)
}

/// Characters of a value that is quoted in a sentence.
const QUOTED: usize = 64;
