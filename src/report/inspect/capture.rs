//! What a packet capture holds, for `inspect`: its handshakes in the contract's shape, and its events by their packets.

use serde_json::{Value, json};

use crate::documents::capture::CaptureFile;
use crate::event::tls_handshake::Handshake;
use crate::fingerprint::hex;
use crate::tables::tls_alerts;

pub(super) fn body(file: &CaptureFile) -> Value {
    json!({
        "kind": "capture",
        "packets": file.packets,
        "file_type": file.file_type,
        "link_types": file.link_types,
        "begins": file.begins.map(|stamp| stamp.to_string()),
        "ends": file.ends.map(|stamp| stamp.to_string()),
        "phones": file.phones.iter().map(|phone| json!({
            "address": phone.address,
            "name": phone.name,
        })).collect::<Vec<_>>(),
        "handshakes": file.handshakes.iter().map(handshake).collect::<Vec<_>>(),
        "events": file.events.iter().map(|event| json!({
            "packet": event.at.order,
            "offset": event.at.offset,
            "text": event.at.text,
        })).collect::<Vec<_>>(),
    })
}

fn handshake(handshake: &Handshake) -> Value {
    json!({
        "client": handshake.client,
        "server": handshake.server,
        "transport": if handshake.datagrams { "dtls" } else { "tls" },
        "client_version": number(handshake.client_version),
        "server_version": number(handshake.server_version),
        "offered_suites": handshake.offered_suites.iter().map(|suite| number(*suite)).collect::<Vec<_>>(),
        "chosen_suite": handshake.chosen_suite.map(number),
        "server_name": handshake.server_name,
        "server_certificates": hashes(&handshake.server_certificates),
        "asks_for_certificate": handshake.asks_for_certificate,
        "asked_authorities": handshake.asked_authorities,
        "client_certificates": hashes(handshake.client_certificates.as_deref().unwrap_or_default()),
        "alerts": handshake.alerts.iter().map(|alert| json!({
            "from": if alert.from_client { "client" } else { "server" },
            "level": alert.level,
            "code": alert.code,
            "name": tls_alerts::by_code(alert.code).map(|row| row.name),
        })).collect::<Vec<_>>(),
        "resumed": handshake.resumed,
        "certificates_hidden": handshake.certificates_hidden,
        "packet": handshake.at.order,
    })
}

/// `"0x0303"`; nothing where it was not seen.
fn number(number: u16) -> Option<String> {
    (number != 0).then(|| format!("0x{number:04x}"))
}

fn hashes(hashes: &[[u8; 20]]) -> Vec<String> {
    hashes.iter().map(|hash| hex(hash)).collect()
}
