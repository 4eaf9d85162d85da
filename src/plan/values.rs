//! What a key's value is today: what a change changes, and what nobody is asked for.

use super::change::Key;
use crate::case::Case;
use crate::documents::phone_config::VpnGroup;
use crate::facts::certificates::CaseCertificate;
use crate::source::Located;

/// What a key's value is in a case; empty where nothing shows it, or where phones differ.
pub(super) fn today(case: &Case<'_>, key: Key) -> String {
    let agreed = |values: Vec<String>| match values.split_first() {
        Some((first, rest)) if rest.iter().all(|value| value == first) => first.clone(),
        _ => String::new(),
    };
    let phones = || case.phones.iter().filter(|phone| phone.is_enterprise());
    let setting = |of: fn(&VpnGroup) -> Option<&Located<String>>| {
        agreed(phones().filter_map(|phone| Some(of(phone.vpn_group()?)?.value.clone())).collect())
    };
    match key {
        Key::AsaRelease | Key::AsaVersion => {
            case.asa_release().map(|told| told.printed.clone()).unwrap_or_default()
        }
        Key::PhoneLoad => agreed(phones().filter_map(|phone| Some(phone.load()?.value)).collect()),
        Key::HostIdCheck => match setting(|group| group.host_id_check.as_ref()).as_str() {
            "0" => "off".to_owned(),
            "1" => "on".to_owned(),
            _ => String::new(),
        },
        Key::Authentication => match setting(|group| group.auth_method.as_ref()).as_str() {
            "2" => "certificate".to_owned(),
            "0" | "1" => "password".to_owned(),
            _ => String::new(),
        },
        Key::Certificate => {
            let presented = case.gateway_certificates.presented.first();
            let known = presented.and_then(|one| case.certificate(one.certificate?));
            known.map(CaseCertificate::name).unwrap_or_default()
        }
        Key::Capf => case.asa_authorities.named("capf-").map(|one| one.name.clone()).unwrap_or_default(),
        Key::Ssl | Key::AsaConfig | Key::PhoneModel => String::new(),
    }
}
