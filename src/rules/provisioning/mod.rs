//! Are the VPN settings in the phone's configuration, and are they usable?

use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence};
use crate::formats::phone_config::{PhoneConfig, VpnGroup};
use crate::rules::Rule;
use crate::source::Located;
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
fn nothing_in(
    phone: &Phone<'_>,
    group: &VpnGroup,
    list: &[(u32, Located<String>)],
    absent: Text,
    empty: Text,
) -> (Confidence, Evidence) {
    let config = phone.config;
    let confidence = if config.document.complete { Confidence::Certain } else { Confidence::Likely };
    let proof = match list.first() {
        Some((_, element)) => Evidence::at(&config.place(&element.at), empty),
        None => {
            let looked_in = format!("lines {}-{}", group.at.line, group.last_line);
            Evidence::absent(config.input, looked_in, absent)
        }
    };
    (confidence, proof)
}

/// A setting's line with the whole element marked: the value alone may stand elsewhere in the line as well.
fn setting(phone: &Phone<'_>, element: &str, seen: &Located<String>, says: Text) -> Evidence {
    let mark = format!("<{element}>{}</{element}>", seen.value);
    Evidence::marked(&phone.config.place(&seen.at), &mark, says)
}

/// True where nothing of a list can have been cut off and there is something in it to judge.
fn is_told(group: &VpnGroup, list: &[(u32, Located<String>)]) -> bool {
    group.complete && list.iter().any(|(_, element)| !element.value.trim().is_empty())
}

/// A value from a file, cut to a length that a sentence can bear.
fn quotable(value: &str) -> String {
    let value = value.trim();
    match value.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("{}…", value.get(..cut).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// `encrConfig` where it is on.
fn encryption(config: &PhoneConfig) -> Option<&Located<String>> {
    config.encrypted.as_ref().filter(|seen| is_on(&seen.value))
}

/// True for the short clear file that CUCM puts beside an encrypted one. It never holds `<vpnGroup>`, so its
/// absence there shows nothing.
fn is_stub(config: &PhoneConfig) -> bool {
    encryption(config).is_some() && config.vpn_group.is_none()
}

/// True for `1` and `true`, as CUCM and hand-made files write a setting that is on.
fn is_on(value: &str) -> bool {
    let value = value.trim();
    value == "1" || value.eq_ignore_ascii_case("true")
}

/// Characters of a value that is quoted in a sentence.
const QUOTED: usize = 64;
