//! Readers that others are built on: elements of DER, hashes in any notation.

use vpn_phone_doctor::der::{self, Elements};
use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::names::phone::PhoneName;
use vpn_phone_doctor::tools::explain;
use vpn_phone_doctor::url::GatewayUrl;

pub(super) fn der(bytes: &[u8]) {
    let _ = der::bundle::certificates(bytes);
    der::shape::shape(bytes);
    let _ = der::name::read(bytes);
    der::oid::dotted(bytes);
    der::integer_hex(bytes);
    let mut open = vec![bytes];
    let mut elements = 0;
    while let Some(content) = open.pop() {
        for element in Elements::of(content) {
            let Ok(element) = element else { break };
            assert!(element.content.len() < element.whole.len());
            der::name::plain(&element);
            elements += 1;
            if element.tag & 0x20 != 0 {
                open.push(element.content);
            }
        }
        if elements > 10_000 {
            break;
        }
    }
}

pub(super) fn fingerprint(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for value in fingerprint::read(&text) {
        assert!(!value.bytes.is_empty() || !value.notes.is_empty(), "{value:?}");
    }
    let _ = fingerprint::phone_hash(&text);
    GatewayUrl::parse(&text);
    assert!(PhoneName::all_in(&text).count() <= text.len());
    explain::explain(&text);
}
