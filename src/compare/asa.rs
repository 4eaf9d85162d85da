//! What ASAs are: release, licences, certificates, and every line of their configurations.

use super::difference::Matters;
use super::items::{Items, Thing, idle, named_line, thing};
use crate::case::Case;
use crate::diagnosis::{Diagnosis, Origin};
use crate::documents::asa_config::{AsaConfig, Scope};
use crate::facts::In;
use crate::plan::merge::{Configuration, setting_of};
use crate::source::{At, Place};
use crate::stage::Stage;
use crate::tables::licence_features::Feature;
use crate::text::{Class, Text};

/// Everything of ASAs.
pub(super) fn items(case: &Case<'_>, diagnosis: &Diagnosis, items: &mut Items) {
    for told in &case.asa_releases {
        items.add(
            RELEASE,
            Text::fixed("release of the ASA", "Version der ASA"),
            told.release.to_string(),
            Some(told.place.clone()),
        );
    }
    for version in &case.documents.asa_versions {
        for (feature, name) in [(Feature::VpnPhone, PHONE_LICENCE), (Feature::Premium, PREMIUM_LICENCE)] {
            if let Some(licence) = version.document.licence(feature) {
                let key = format!("{feature:?}");
                items.named(LICENCE, &key, name, &licence.value, Some(version.place(&licence.name.at)));
            }
        }
        if let Some(seen) = &version.document.hardware {
            items.add(
                HARDWARE,
                Text::fixed("hardware of the ASA", "Hardware der ASA"),
                &seen.value,
                Some(version.place(&seen.at)),
            );
        }
    }
    for presented in &case.gateway_certificates.presented {
        let hash = crate::fingerprint::hex(&presented.sha1);
        items.add(
            PRESENTED,
            Text::fixed(
                "certificate that the ASA presents (SHA-1)",
                "Zertifikat, das die ASA vorlegt (SHA-1)",
            ),
            hash,
            presented.place().cloned(),
        );
        let known = presented.certificate.and_then(|index| case.certificate(index));
        if let Some((known, fields)) =
            known.and_then(|known| Some((known, known.certificate.document.fields.as_ref()?)))
        {
            let place = Some(known.place());
            let strength = format!("{}, {}", fields.key, fields.signature);
            items.add(
                KEY,
                Text::fixed("its key and signature", "sein Schlüssel und seine Signatur"),
                strength,
                place.clone(),
            );
            items.add(
                NAMES,
                Text::fixed("its names", "seine Namen"),
                known.host_names().unwrap_or_default().join(", "),
                place.clone(),
            );
            items.add(
                ENDS,
                Text::fixed("its end", "sein Ende"),
                fields.not_after.map(crate::time::rfc3339).unwrap_or_default(),
                place,
            );
        }
    }
    for authority in &case.asa_authorities.all {
        items.add(TRUSTED, TRUSTS, &authority.name, Some(authority.place.clone()));
    }
    // An ASA whose configuration is here and that trusts no CA is no ASA of which nothing is known.
    let whole = |config: &In<'_, AsaConfig>| config.document.scope == Scope::Whole;
    if case.asa_authorities.all.is_empty() && case.documents.asa_configs.iter().any(whole) {
        items.add(TRUSTED, TRUSTS, "–", None);
    }
    for view in &diagnosis.policies {
        for setting in view.settings.iter().filter(|setting| setting.origin != Origin::Unknown) {
            let value = if setting.value.is_empty() { "–" } else { setting.value.as_str() };
            let what = EFFECTIVE.with("attribute", Class::Words, &setting.attribute);
            items.named(SETTING, &setting.attribute, what, value, setting.place.clone());
        }
    }
    for config in &case.documents.asa_configs {
        let kept = config.document.kept.iter().map(|(number, text)| (*number, text.as_str()));
        let Ok(configuration) = Configuration::of(kept) else { continue };
        for edit in Configuration::default().compared_with(&configuration) {
            let Some((number, text)) = &edit.added else { continue };
            let path = edit.path.join(" › ");
            let thing = of_line(if path.is_empty() { text } else { &path });
            let what = |setting: &str| match path.as_str() {
                "" => LINE.with("line", Class::Words, setting),
                path => LINE_IN.with("line", Class::Words, setting).with("block", Class::Words, path),
            };
            let place = Place { input: config.input, at: At::line(*number, 0, text) };
            let setting = setting_of(&edit.path, text);
            items.named(thing, &named_line(&edit.path, &setting), what(&setting), text, Some(place));
        }
    }
}

/// What a line is for, by its first words or by those of its block.
fn of_line(text: &str) -> Thing {
    let fits = |(start, ..): &&(&str, Stage, &[&str])| text.starts_with(start);
    match LINES.iter().find(fits) {
        Some((_, stage, rules)) => thing("line", *stage, rules),
        None => idle("line"),
    }
}

/// Lines that a phone may depend on, and the rules that judge them.
const LINES: &[(&str, Stage, &[&str])] = &[
    (
        "ssl trust-point",
        Stage::Trust,
        &["wrong-trustpoint-on-interface", "no-trustpoint-on-interface", "cert-hash-mismatch"],
    ),
    (
        "ssl ",
        Stage::Tls,
        &[
            "no-shared-cipher",
            "tls-version-too-new-for-phone",
            "dtls-version-unsupported",
            "dtls-session-cipher-mismatch",
            "ec-certificate-offered",
            "ssl-settings-hardened-for-old-phones",
        ],
    ),
    (
        "webvpn",
        Stage::Reach,
        &["webvpn-interface-disabled", "anyconnect-not-enabled", "csd-enabled", "webvpn-port-changed"],
    ),
    ("crypto ca trustpoint", Stage::Trust, &["client-certificate-revocation-unreachable"]),
    ("crypto ca certificate map", Stage::Login, &["certificate-map-redirects"]),
    ("crypto ca certificate chain", Stage::Trust, &[]),
    ("crypto ca permit-weak-crypto", Stage::Login, &["client-certificate-too-weak"]),
    (
        "tunnel-group",
        Stage::Login,
        &[
            "group-url-mismatch",
            "authentication-method-mismatch",
            "authorization-required-without-user",
            "username-not-in-certificate",
        ],
    ),
    (
        "group-policy",
        Stage::Policy,
        &[
            "simultaneous-logins-zero",
            "tunnel-protocol-without-ssl-client",
            "split-tunnel-for-phones",
            "group-lock-elsewhere",
            "vpn-access-hours-set",
            "vpn-filter-inherited",
        ],
    ),
    ("username", Stage::Login, &[]),
    ("aaa", Stage::Login, &["aaa-server-group-without-host", "aaa-server-unreachable"]),
    (
        "dynamic-access-policy-record",
        Stage::Authorisation,
        &["dap-default-terminates", "dap-list-drops-phones"],
    ),
    ("vpn load-balancing", Stage::Login, &["load-balancing-redirect"]),
    ("ip local pool", Stage::Policy, &["address-pool-missing", "address-pool-exhausted"]),
    ("access-list", Stage::Policy, &["connection-denied-by-acl"]),
    ("access-group", Stage::Reach, &["control-plane-list-denies-phones", "connection-denied-by-acl"]),
    ("nat ", Stage::Registration, &[]),
    ("route ", Stage::Registration, &[]),
    ("http server", Stage::Reach, &["webvpn-port-changed"]),
];

const RELEASE: Thing = thing(
    "asa-release",
    Stage::Tls,
    &["ec-certificate-offered", "client-certificate-too-weak", "tls-version-too-old-for-phone"],
);
const LICENCE: Thing = thing(
    "licence",
    Stage::Prerequisites,
    &[
        "vpn-phone-licence-disabled",
        "anyconnect-premium-missing",
        "licence-time-based-expiring",
        "vpn-session-limit-reached",
    ],
);
const HARDWARE: Thing = Thing { matters: Matters::No, ..thing("hardware", Stage::Prerequisites, &[]) };
const PRESENTED: Thing =
    thing("presented-certificate", Stage::Trust, &["cert-hash-mismatch", "wrong-trustpoint-on-interface"]);
const KEY: Thing = thing("presented-key", Stage::Tls, &["ec-certificate-offered"]);
const NAMES: Thing =
    thing("presented-names", Stage::HostName, &["certificate-name-mismatch", "host-id-check-failed"]);
const ENDS: Thing =
    thing("presented-end", Stage::Trust, &["gateway-certificate-expired", "gateway-certificate-expiring"]);
const TRUSTED: Thing = thing(
    "trusted-authorities",
    Stage::Login,
    &["client-certificate-issuer-untrusted", "capf-changed", "sha2-manufacturing-ca-missing"],
);
const SETTING: Thing = thing(
    "effective",
    Stage::Policy,
    &[
        "simultaneous-logins-zero",
        "tunnel-protocol-without-ssl-client",
        "split-tunnel-for-phones",
        "group-lock-elsewhere",
        "vpn-access-hours-set",
        "vpn-filter-inherited",
        "inherited-setting-at-risk",
    ],
);
const TRUSTS: Text =
    Text::fixed("CAs that the ASA trusts", "Zertifizierungsstellen (CAs), denen die ASA vertraut");
const PHONE_LICENCE: Text = Text::fixed("licence for VPN phones", "Lizenz für VPN-Telefone");
const PREMIUM_LICENCE: Text = Text::fixed("AnyConnect Premium sessions", "AnyConnect-Premium-Sitzungen");
const EFFECTIVE: Text =
    Text::fixed("{attribute}, as it applies to the phones", "{attribute}, wie es für die Telefone gilt");
const LINE: Text = Text::fixed("`{line}`", "`{line}`");
const LINE_IN: Text = Text::fixed("`{line}` in `{block}`", "`{line}` in `{block}`");
