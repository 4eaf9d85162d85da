//! What phones are told, what they are, and how far they came.

use super::items::{Items, Thing, idle, thing};
use crate::case::Case;
use crate::diagnosis::Diagnosis;
use crate::documents::phone_config::VpnGroup;
use crate::facts::client_certificates::CertificateKind;
use crate::facts::phone_kinds;
use crate::facts::phones::Phone;
use crate::source::Located;
use crate::stage::Stage;
use crate::text::Text;

/// A setting of `<vpnGroup>`.
type Setting = (Thing, Text, fn(&VpnGroup) -> Option<&Located<String>>);

const SETTINGS: &[Setting] = &[
    (
        thing("host-id-check", Stage::HostName, &["certificate-name-mismatch", "host-id-check-failed"]),
        Text::fixed("host ID check", "Host-ID-Prüfung"),
        |group| group.host_id_check.as_ref(),
    ),
    (
        thing("auth-method", Stage::Login, &["authentication-method-mismatch"]),
        Text::fixed("method of login in the VPN profile", "Anmeldeverfahren im VPN-Profil"),
        |group| group.auth_method.as_ref(),
    ),
    (
        thing("mtu", Stage::Tunnel, &["vpn-setting-out-of-range", "mtu-too-large"]),
        Text::fixed("MTU", "MTU"),
        |group| group.mtu.as_ref(),
    ),
    (
        thing("fail-connect-time", Stage::Provisioning, &["vpn-setting-out-of-range"]),
        Text::fixed("setting Fail to Connect", "Einstellung Fail to Connect"),
        |group| group.fail_connect_time.as_ref(),
    ),
    (
        thing("auto-network-detect", Stage::Provisioning, &["auto-network-detect-believes-inside"]),
        Text::fixed("setting Auto Network Detect", "Einstellung Auto Network Detect"),
        |group| group.auto_network_detect.as_ref(),
    ),
    (
        thing("password-persistence", Stage::Login, &[]),
        Text::fixed("setting Password Persistence", "Einstellung Password Persistence"),
        |group| group.password_persistent.as_ref(),
    ),
    (
        thing("hash-algorithm", Stage::Trust, &["hash-algorithm-undocumented"]),
        Text::fixed("hash algorithm", "Hash-Verfahren"),
        |group| group.hash_algorithm.as_ref(),
    ),
];

/// Everything of phones.
pub(super) fn items(case: &Case<'_>, diagnosis: &Diagnosis, items: &mut Items) {
    for phone in case.phones.iter().filter(|phone| phone.is_enterprise()) {
        of_phone(case, phone, items);
    }
    for known in &case.phone_models {
        items.add(MODEL, Text::fixed("model", "Modell"), known.number.clone(), Some(known.place.clone()));
    }
    for known in phone_kinds::loads(&case.documents, &case.phones) {
        items.add(LOAD, Text::fixed("firmware", "Firmware"), known.load, Some(known.place));
    }
    for hash in &case.trusted_hashes {
        items.add(
            HASH,
            Text::fixed("trusted certificate hash", "Hash des vertrauten Zertifikats"),
            &hash.text,
            Some(hash.place.clone()),
        );
    }
    for one in &case.client_certificates {
        let kind = match one.kind {
            CertificateKind::Mic => "MIC",
            CertificateKind::Lsc => "LSC",
            CertificateKind::Unknown => "–",
        };
        let place = Some(one.place.clone());
        items.add(
            CLIENT,
            Text::fixed(
                "certificate of the login, and its issuer",
                "Zertifikat der Anmeldung und sein Aussteller",
            ),
            format!("{kind}, {}", one.issuer),
            place.clone(),
        );
        let fields = one
            .known
            .and_then(|index| case.certificate(index))
            .and_then(|one| one.certificate.document.fields.as_ref());
        if let Some(fields) = fields {
            let strength = format!("{}, {}", fields.key, fields.signature);
            items.add(
                STRENGTH,
                Text::fixed(
                    "key and signature of that certificate",
                    "Schlüssel und Signatur dieses Zertifikats",
                ),
                strength,
                place,
            );
        }
    }
    for login in case.phone_groups.logins.values() {
        if let Some((name, place)) = &login.tunnel_group {
            items.add(
                GROUP,
                Text::fixed("tunnel group of the login", "Tunnelgruppe der Anmeldung"),
                name,
                Some(place.clone()),
            );
        }
        if let Some((name, place)) = &login.policy {
            items.add(
                POLICY,
                Text::fixed("group policy of the session", "Gruppenrichtlinie der Sitzung"),
                name,
                Some(place.clone()),
            );
        }
    }
    for row in &diagnosis.phones {
        let value = match (row.failed, row.connected) {
            (Some(stage), _) => stage.id(),
            (None, 1..) => "✔",
            (None, 0) => continue,
        };
        items.add(
            RESULT,
            Text::fixed("how the last attempt ended", "wie der letzte Versuch endete"),
            value,
            row.place.clone(),
        );
        if !row.name.is_empty() {
            items.add(
                idle("phone-name"),
                Text::fixed("name of the phone", "Name des Telefons"),
                &row.name,
                row.place.clone(),
            );
        }
    }
}

fn of_phone(case: &Case<'_>, phone: &Phone<'_>, items: &mut Items) {
    let config = phone.config;
    let place = |at: &crate::source::At| Some(config.place(at));
    let has = if phone.vpn_group().is_some() { "✔" } else { "–" };
    items.add(
        VPN,
        Text::fixed("VPN settings in the configuration", "VPN-Einstellungen in der Konfiguration"),
        has,
        phone.vpn_group().and_then(|group| place(&group.at)),
    );
    if let Some(group) = phone.vpn_group() {
        for (thing, what, of) in SETTINGS {
            match of(group) {
                Some(seen) => items.add(*thing, what.clone(), &seen.value, place(&seen.at)),
                // What a whole configuration does not set is no file that is missing.
                None if phone.is_whole() => items.add(*thing, what.clone(), "–", None),
                None => {}
            }
        }
    }
    for (_, url) in phone.urls() {
        items.add(
            URL,
            Text::fixed("URL that the phone dials", "URL, die das Telefon wählt"),
            &url.value,
            place(&url.at),
        );
    }
    let document = config.document;
    let plain: [(Thing, Text, Option<&Located<String>>); 6] = [
        (
            CIPHERS,
            Text::fixed("ciphers that are switched off", "abgeschaltete Chiffren"),
            document.disabled_tls_ciphers.as_ref(),
        ),
        (ADDRESSES, Text::fixed("IP version", "IP-Version"), document.ip_address_mode.as_ref()),
        (SECURITY, Text::fixed("security mode", "Sicherheitsmodus"), document.security_mode.as_ref()),
        (
            ENCRYPTED,
            Text::fixed("encrypted configuration", "verschlüsselte Konfiguration"),
            document.encrypted.as_ref(),
        ),
        (PROTOCOL, Text::fixed("protocol", "Protokoll"), document.protocol.as_ref()),
        (
            STAMP,
            Text::fixed("version of the configuration file", "Stand der Konfigurationsdatei"),
            document.version_stamp.as_ref(),
        ),
    ];
    for (thing, what, seen) in plain {
        match seen {
            Some(seen) => items.add(thing, what, &seen.value, place(&seen.at)),
            None if phone.is_whole() => items.add(thing, what, "–", None),
            None => {}
        }
    }
    for seen in &document.call_managers {
        items.add(CUCM, Text::fixed("CUCM server", "CUCM-Server"), &seen.value, place(&seen.at));
    }
    if let Some(access) = phone.web_access() {
        items.add(
            idle("web-access"),
            Text::fixed("web page of the phone", "Webseite des Telefons"),
            &access.setting.value,
            Some(access.setting.place),
        );
    }
    items.add(
        idle("phone-name"),
        Text::fixed("name of the phone", "Name des Telefons"),
        phone.name(&case.documents),
        document.device.as_ref().and_then(|device| place(&device.at)),
    );
}

const MODEL: Thing = thing("phone-model", Stage::Prerequisites, &["phone-model-without-vpn"]);
const LOAD: Thing = thing(
    "phone-load",
    Stage::Prerequisites,
    &[
        "phone-firmware-bug",
        "multiplatform-firmware",
        "tls-version-too-old-for-phone",
        "tls-version-too-new-for-phone",
        "no-shared-cipher",
        "ec-certificate-offered",
    ],
);
const HASH: Thing = thing(
    "certificate-hash",
    Stage::Trust,
    &["cert-hash-mismatch", "cert-hash-malformed", "cert-hash-missing"],
);
const CLIENT: Thing = thing(
    "client-certificate",
    Stage::Login,
    &[
        "capf-changed",
        "client-certificate-issuer-untrusted",
        "mic-used-for-authentication",
        "sha2-manufacturing-ca-missing",
        "phone-without-mic",
    ],
);
const STRENGTH: Thing = thing("client-certificate-key", Stage::Login, &["client-certificate-too-weak"]);
const GROUP: Thing = thing(
    "tunnel-group",
    Stage::Login,
    &["group-url-mismatch", "group-lock-elsewhere", "certificate-map-redirects"],
);
const POLICY: Thing =
    thing("group-policy", Stage::Policy, &["inherited-setting-at-risk", "vpn-filter-inherited"]);
const VPN: Thing = thing("vpn-group", Stage::Provisioning, &["vpn-group-missing"]);
const URL: Thing = thing(
    "url",
    Stage::Login,
    &[
        "group-url-mismatch",
        "vpn-url-missing",
        "vpn-url-not-https",
        "gateway-url-port",
        "gateway-name-unresolved",
    ],
);
const CIPHERS: Thing = thing("disabled-ciphers", Stage::Tls, &["phone-ciphers-disabled", "no-shared-cipher"]);
const ADDRESSES: Thing = thing("ip-version", Stage::Provisioning, &["ipv6-only-phone"]);
const SECURITY: Thing = thing("security-mode", Stage::Registration, &[]);
const ENCRYPTED: Thing = thing("encrypted-config", Stage::Provisioning, &["phone-config-encrypted"]);
const PROTOCOL: Thing = thing("protocol", Stage::Registration, &[]);
const STAMP: Thing = thing("config-version", Stage::Provisioning, &["phone-config-older-than-certificate"]);
const CUCM: Thing =
    thing("cucm-server", Stage::Registration, &["call-control-unreachable", "registration-rejected"]);
const RESULT: Thing =
    Thing { matters: super::difference::Matters::No, ..thing("last-attempt", Stage::Tunnel, &[]) };
