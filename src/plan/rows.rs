//! Of whom is something foretold? Every phone that a file names; where none is named, one phone of each family.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::diagnosis::PhoneRow;
use crate::facts::phone_kinds;
use crate::facts::phones::Phone;
use crate::names::phone::PhoneName;
use crate::tables::phone_families;

/// One phone, or one family.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// `SEP001122334455`.
    pub name: Option<String>,
    /// The input that holds its configuration.
    pub input: Option<u32>,
    /// `7962`, or a family's name.
    pub model: Option<String>,
    pub load: Option<String>,
    /// A model that stands for it, where no configuration does.
    pub stands_for: Option<String>,
    /// Phones whose files say the same are foretold together.
    pub class: String,
}

/// Every subject, by name.
pub(super) fn of(case: &Case<'_>, seen: &[PhoneRow], model: Option<&str>) -> Vec<Subject> {
    let models = &case.phone_models;
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    for known in models {
        numbers.entry(known.phone.to_ascii_uppercase()).or_insert_with(|| known.number.clone());
    }
    let own = own_files(case);
    let mut subjects: Vec<Subject> = Vec::new();
    for phone in case.phones.iter().filter(|phone| phone.is_enterprise()) {
        let name = phone.name(&case.documents);
        let name = PhoneName::parse(&name).map(String::from);
        let load = phone.load().map(|load| load.value).filter(|load| !load.trim().is_empty());
        let number = name.as_ref().and_then(|name| numbers.get(name)).cloned();
        let family =
            || load.as_deref().and_then(phone_families::of_load).map(|family| family.name.to_owned());
        subjects.push(Subject {
            model: number.clone().or_else(family),
            // Without a load the model tells what it can do, where it is known.
            stands_for: number
                .filter(|_| load.is_none())
                .or_else(|| model.map(str::to_owned).filter(|_| load.is_none())),
            class: class_of(phone, name.as_deref().filter(|name| own.contains(*name))),
            input: Some(phone.config.input),
            name,
            load,
        });
    }
    let named: BTreeSet<String> = subjects.iter().filter_map(|subject| subject.name.clone()).collect();
    let others = seen.iter().filter_map(|row| PhoneName::parse(&row.name).map(String::from));
    for name in others.filter(|name| !named.contains(name)) {
        let number = numbers.get(&name).cloned();
        let loads = phone_kinds::loads(&case.documents, &case.phones);
        let load =
            loads.into_iter().find(|load| load.phone.eq_ignore_ascii_case(&name)).map(|load| load.load);
        let class = format!("model {number:?} {}", own.get(&name).cloned().unwrap_or_default());
        subjects.push(Subject {
            model: number.clone(),
            stands_for: number,
            load,
            name: Some(name),
            class,
            input: None,
        });
    }
    if subjects.is_empty() {
        subjects = families(model);
    }
    subjects.sort_by(|one, other| (&one.name, one.input).cmp(&(&other.name, other.input)));
    subjects
}

/// One phone of each family, or of the model that the person names.
fn families(model: Option<&str>) -> Vec<Subject> {
    let of = |model: &str, shown: &str| Subject {
        model: Some(shown.to_owned()),
        stands_for: Some(model.to_owned()),
        class: format!("family {model}"),
        ..Subject::default()
    };
    match model {
        Some(model) => vec![of(model, model)],
        None => FAMILIES.iter().map(|(model, shown)| of(model, shown)).collect(),
    }
}

/// A model of each family that has VPN.
const FAMILIES: [(&str, &str); 4] =
    [("7962", "79xx"), ("9971", "89xx/99xx"), ("7841", "78xx"), ("8851", "88xx")];

/// Phones that certificates or signed files of the case are of: what is foretold of them is theirs alone.
fn own_files(case: &Case<'_>) -> BTreeSet<String> {
    let names = case.certificates.iter().filter_map(|one| one.certificate.document.fields.as_ref());
    let names = names.flat_map(|fields| &fields.common_names);
    let of_certificates =
        names.filter_map(|name| PhoneName::at_end_of(name).map(|(_, name)| String::from(name)));
    let signed = case.phones.iter().filter(|phone| phone.signed.is_some());
    let of_signed = signed.map(|phone| phone.name(&case.documents).to_ascii_uppercase());
    of_certificates.chain(of_signed).collect()
}

/// What a configuration says, without where and without the phone's name.
fn class_of(phone: &Phone<'_>, alone: Option<&str>) -> String {
    let config = phone.config.document;
    let value = |setting: Option<&crate::source::Located<String>>| setting.map(|one| one.value.clone());
    let group = config.vpn_group.as_ref().map(|group| {
        let settings = [
            &group.mtu,
            &group.fail_connect_time,
            &group.auth_method,
            &group.password_persistent,
            &group.auto_network_detect,
            &group.host_id_check,
            &group.hash_algorithm,
        ];
        let settings = settings.map(|one| value(one.as_ref()));
        let list = |list: &[(u32, crate::source::Located<String>)]| {
            list.iter().map(|(number, one)| (*number, one.value.clone())).collect::<Vec<_>>()
        };
        (settings, list(&group.urls), list(&group.cert_hashes), group.complete)
    });
    format!(
        "{alone:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{group:?}{:?}",
        config.form,
        config.complete,
        value(config.load.as_ref()),
        value(config.disabled_tls_ciphers.as_ref()),
        value(config.ip_address_mode.as_ref()),
        value(config.encrypted.as_ref()),
        value(config.security_mode.as_ref()),
        value(config.version_stamp.as_ref()).map(|_| phone.config.input),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_that_stands_for_its_phones_is_one() {
        for (model, shown) in FAMILIES {
            assert_eq!(phone_families::of_model(model).map(|family| family.name), Some(shown));
        }
    }
}
