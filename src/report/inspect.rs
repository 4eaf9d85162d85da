//! What was recognised and understood, without any rule: `inspect`.

mod capture;

use serde_json::{Map, Value, json};

use crate::documents::Content;
use crate::documents::asa_config::AsaConfig;
use crate::documents::asa_syslog::AsaSyslog;
use crate::documents::asa_version::{AsaVersion, LicenceBlock};
use crate::documents::cme_config::CmeConfig;
use crate::documents::cucm_cli::CucmCli;
use crate::documents::phone_config::{PhoneConfig, VpnGroup};
use crate::documents::phone_log::PhoneLog;
use crate::documents::phone_status::PhoneStatus;
use crate::documents::signed_file::SignedFile;
use crate::documents::trust_list::TrustList;
use crate::facts::{self, Documents};
use crate::fingerprint;
use crate::formats::trust_list::role_name;
use crate::intake::Reading;
use crate::report::json::{certificate_entry, input_entry};
use crate::report::redact::hide_secrets;
use crate::source::Located;
use crate::text::Lang;
use crate::time::rfc3339;

/// One entry for each input, and one more for each further document of the same input.
pub fn render(readings: &[Reading], lang: Lang) -> Value {
    let documents = Documents::of(readings);
    let known = facts::certificates::of(&documents);
    let phones = facts::phones::of(&documents);
    let mut entries = Vec::new();
    let mut base = 0_u32;
    for reading in readings {
        for (input, local) in reading.inputs.iter().zip(0_u32..) {
            let id = base.saturating_add(local);
            let Some(listed) = documents.input(id) else { continue };
            let head = json!({ "input": input_entry(listed, id, lang), "kind": input.kind });
            let held = reading.documents.iter().filter(|document| document.input == local);
            let mut any = false;
            for document in held {
                any = true;
                let mut entry = head.clone();
                let body = match &document.content {
                    Content::PhoneConfig(config) => {
                        let phone =
                            phones.iter().find(|phone| std::ptr::eq(phone.config.document, &**config));
                        phone_config(
                            config,
                            phone.and_then(|phone| phone.signed).map(|signed| signed.document),
                        )
                    }
                    Content::Certificate(certificate) => {
                        let row = known
                            .iter()
                            .find(|known| std::ptr::eq(known.certificate.document, &**certificate));
                        row.map(|row| json!(certificate_entry(&crate::views::certificates::row(row), lang)))
                            .unwrap_or_default()
                    }
                    other => body(other),
                };
                merge(&mut entry, &body);
                entries.push(entry);
            }
            if !any {
                entries.push(head);
            }
        }
        base = base.saturating_add(u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX));
    }
    let mut answer = json!({ "schema": "vpn-phone-doctor/inspect/1", "documents": entries });
    // A command is the name of its output, and may hold a passphrase.
    hide_secrets(&mut answer);
    answer
}

fn merge(entry: &mut Value, body: &Value) {
    if let (Some(entry), Some(body)) = (entry.as_object_mut(), body.as_object()) {
        for (key, value) in body {
            // The certificate's own `input` number says no more than the entry's input.
            if key != "input" {
                entry.insert(key.clone(), value.clone());
            }
        }
    }
}

fn body(content: &Content) -> Value {
    match content {
        Content::Archive(listing) => plain("archive", listing),
        Content::AsaConfig(config) => asa_config(config),
        Content::AsaSyslog(log) => asa_syslog(log),
        Content::PhoneConfig(config) => phone_config(config, None),
        Content::PhoneLog(log) => phone_log(log),
        Content::SignedFile(file) => signed_file(file),
        Content::TrustList(list) => trust_list(list),
        Content::AsaCertificates(list) => json!({
            "kind": "asa-certificates",
            "certificates": list.entries.iter().map(|entry| json!({
                "ca": entry.ca,
                "serial": text(entry.serial.as_ref()),
                "subject": text(entry.subject.as_ref()),
                "issuer": text(entry.issuer.as_ref()),
                "start": text(entry.start.as_ref()),
                "end": text(entry.end.as_ref()),
                "trustpoints": entry.trustpoints.iter().map(|name| name.value.clone()).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        }),
        // Everything that such a document holds, under its own names.
        Content::Foreign(document) => plain("unknown", document),
        Content::IosConfig(document) => plain("ios-config", document),
        Content::AsaDebug(document) => plain("asa-debug", document),
        Content::AsaPools(document) => plain("asa-show", document),
        Content::AsaSessions(document) => plain("asa-sessions", document),
        Content::AsaSsl(document) => plain("asa-ssl", document),
        Content::AsaVersion(version) => asa_version(version),
        Content::CmeConfig(config) => cme_config(config),
        Content::CucmCli(told) => cucm_cli(told),
        Content::PhoneStatus(status) => phone_status(status),
        Content::Capture(file) => capture::body(file),
        Content::EarlierReport(_) => json!({ "kind": "earlier-report" }),
        Content::Certificate(_) => Value::Null,
    }
}

fn text(seen: Option<&Located<String>>) -> Value {
    seen.map_or(Value::Null, |seen| json!(seen.value))
}

fn flag(seen: Option<&Located<bool>>) -> bool {
    seen.is_some_and(|seen| seen.value)
}

fn enabled(names: &[(Located<String>, bool)]) -> Vec<&str> {
    names.iter().filter(|(_, on)| *on).map(|(name, _)| name.value.as_str()).collect()
}

fn asa_config(config: &AsaConfig) -> Value {
    let webvpn = config.webvpn.as_ref();
    let ciphers: Map<String, Value> =
        config.ssl.ciphers.iter().map(|(version, value)| (version.clone(), json!(value.value))).collect();
    json!({
        "kind": "asa-config",
        "version": text(config.version.as_ref()),
        "hostname": text(config.hostname.as_ref()),
        "tunnel_groups": config.tunnel_groups.iter().map(|group| json!({
            "name": group.name.value,
            "type": text(group.kind.as_ref()),
            "group_urls": enabled(&group.group_urls),
            "group_aliases": enabled(&group.group_aliases),
            "authentication": text(group.authentication.as_ref()),
            "default_group_policy": text(group.default_group_policy.as_ref()),
            "authentication_server_group": text(group.authentication_server_group.as_ref()),
            "address_pools": group.address_pools.iter().map(|pool| pool.value.clone()).collect::<Vec<_>>(),
            "without_csd": flag(group.without_csd.as_ref()),
        })).collect::<Vec<_>>(),
        "group_policies": config.group_policies.iter().map(|policy| json!({
            "name": policy.name.value,
            "internal": policy.internal.as_ref().map(|internal| internal.value),
            "attributes": policy.attributes.iter()
                .map(|(name, value)| (name.clone(), json!(value.value)))
                .collect::<Map<String, Value>>(),
        })).collect::<Vec<_>>(),
        "webvpn": {
            "enabled_interfaces": webvpn
                .map(|webvpn| webvpn.enabled.iter().map(|name| name.value.clone()).collect::<Vec<_>>())
                .unwrap_or_default(),
            "anyconnect_enabled": flag(webvpn.and_then(|webvpn| webvpn.anyconnect_enabled.as_ref())),
            "csd_enabled": flag(webvpn.and_then(|webvpn| webvpn.csd_enabled.as_ref())),
            "anyconnect_essentials": flag(webvpn.and_then(|webvpn| webvpn.essentials.as_ref())),
        },
        "ssl": {
            "trust_points": config.ssl.trust_points.iter().map(|bound| json!({
                "name": bound.name.value,
                "interface": bound.interface,
            })).collect::<Vec<_>>(),
            "encryption": config.ssl.encryption.as_ref().map(|list| list.value.clone()),
            "ciphers": ciphers,
            "server_version": text(config.ssl.server_version.as_ref()),
        },
        "trustpoints": config.trustpoints.iter().map(|point| point.name.value.clone()).collect::<Vec<_>>(),
        "dap_records": config.dap_records.iter().map(|record| json!({
            "name": record.name.value,
            "action": text(record.action.as_ref()),
        })).collect::<Vec<_>>(),
        "load_balancing": {
            "participate": config.load_balancing.as_ref().is_some_and(|balancing| flag(balancing.participate.as_ref())),
        },
    })
}

/// The licence lines stand in the order of the output: of a failover pair those in effect come last.
fn asa_version(version: &AsaVersion) -> Value {
    json!({
        "kind": "asa-version",
        "version": text(version.version.as_ref()),
        "hardware": text(version.hardware.as_ref()),
        "licence_mode": text(version.smart.as_ref()),
        "licence_state": text(version.licence_state.as_ref()),
        "licence_sentence": text(version.licence_sentence.as_ref()),
        "licences": version.licences.iter().map(|licence| json!({
            "name": licence.name.value,
            "value": licence.value,
            "days_left": licence.days_left,
            "block": match licence.block {
                LicenceBlock::Own => "own",
                LicenceBlock::FailoverCluster => "failover-cluster",
            },
        })).collect::<Vec<_>>(),
    })
}

fn asa_syslog(log: &AsaSyslog) -> Value {
    let by_id: Map<String, Value> =
        log.by_id.iter().map(|(id, count)| (format!("{id:06}"), json!(count))).collect();
    json!({
        "kind": "asa-syslog",
        "messages": log.messages,
        "by_id": by_id,
        "first": log.first.map(|stamp| stamp.to_string()),
        "last": log.last.map(|stamp| stamp.to_string()),
    })
}

fn phone_log(log: &PhoneLog) -> Value {
    let grammar =
        log.grammars.iter().max_by_key(|(_, count)| **count).map(|(grammar, _)| grammar.to_string());
    json!({
        "kind": "phone-log",
        "lines": log.records,
        "format": grammar,
        "vpn_attempts": log.attempts.len(),
        "by_level": log.levels,
    })
}

fn phone_config(config: &PhoneConfig, signed: Option<&SignedFile>) -> Value {
    json!({
        "kind": "phone-config",
        "device": text(config.device.as_ref()),
        "load": text(config.load.as_ref()),
        "signed": signed.map(signature),
        "vpn_group": config.vpn_group.as_ref().map(vpn_group),
    })
}

/// Fields under the names that the file itself gives them.
fn vpn_group(group: &VpnGroup) -> Value {
    let mut fields = Map::new();
    let numbers = [
        ("mtu", &group.mtu),
        ("failConnectTime", &group.fail_connect_time),
        ("authMethod", &group.auth_method),
        ("pswdPersistent", &group.password_persistent),
        ("autoNetDetect", &group.auto_network_detect),
        ("enableHostIDCheck", &group.host_id_check),
        ("hashAlg", &group.hash_algorithm),
    ];
    for (name, seen) in numbers {
        if let Some(seen) = seen {
            let number = seen.value.parse::<i64>().map_or_else(|_| json!(seen.value), |number| json!(number));
            fields.insert(name.to_owned(), number);
        }
    }
    for (number, url) in &group.urls {
        fields.insert(format!("url{number}"), json!(url.value));
    }
    for (hash, at) in group.cert_hashes.iter().zip(1..) {
        let number = if hash.0 > 0 { hash.0 } else { at };
        fields.insert(format!("certHash{number}"), json!(hash.1.value));
    }
    Value::Object(fields)
}

fn signed_file(file: &SignedFile) -> Value {
    json!({
        "kind": if file.encrypted { "phone-config-encrypted" } else { "phone-config" },
        "signed": signature(file),
    })
}

fn signature(file: &SignedFile) -> Value {
    json!({
        "signer": file.signer,
        "serial": file.serial,
        "issuer": file.issuer,
        "hash_algorithm": file.hash_algorithm,
        "file_name": file.file_name,
        "signed_at": file.signed_at.map(|at| rfc3339(i64::from(at))),
    })
}

fn trust_list(list: &TrustList) -> Value {
    json!({
        "kind": "trust-list",
        "records": list.records.iter().map(|record| json!({
            "role": role_name(record.role),
            "subject": record.subject,
            "issuer": record.issuer,
            "serial": record.serial,
            "sha1": record.sha1.map(|sha1| fingerprint::hex(&sha1)),
        })).collect::<Vec<_>>(),
        "signed_by": list.signed_by,
        "signed_at": list.signed_at.map(|at| rfc3339(i64::from(at))),
    })
}

fn phone_status(status: &PhoneStatus) -> Value {
    json!({
        "kind": "phone-status",
        "device": text(status.device.as_ref()),
        "messages": status.messages.iter().map(|message| json!({
            "line": message.at.line,
            "time": message.time,
            "text": message.text,
        })).collect::<Vec<_>>(),
        "settings": pairs(&status.settings),
        "alarms": pairs(&status.alarms),
    })
}

fn cucm_cli(told: &CucmCli) -> Value {
    json!({
        "kind": "cucm-cli",
        "version": text(told.version.as_ref()),
        "unrestricted": told.unrestricted.as_ref().map(|unrestricted| unrestricted.value),
        "certificates": told.certificates.iter().map(|(store, entry)| json!({
            "store": store,
            "entry": entry.value,
        })).collect::<Vec<_>>(),
        "vpn_settings": pairs(&told.vpn_settings),
    })
}

fn cme_config(config: &CmeConfig) -> Value {
    json!({
        "kind": "cme-config",
        "gateways": values(&config.gateways),
        "trustpoints": values(&config.trustpoints),
        "hashes": values(&config.hashes),
        "settings": pairs(&config.settings),
    })
}

fn values(list: &[Located<String>]) -> Vec<&str> {
    list.iter().map(|seen| seen.value.as_str()).collect()
}

/// Names may come twice, for example of two gateways, so they stay a list.
fn pairs(list: &[(String, Located<String>)]) -> Vec<Value> {
    list.iter()
        .map(|(name, seen)| json!({ "name": name, "value": seen.value, "line": seen.at.line }))
        .collect()
}

fn plain(kind: &str, document: &impl serde::Serialize) -> Value {
    let mut value = serde_json::to_value(document).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("kind".to_owned(), json!(kind));
    }
    // Lines are no packets.
    let mut open = vec![&mut value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, value| name != "packet" || !value.is_null());
                open.extend(fields.values_mut());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    value
}
