//! What do captures show that phones offered?
//!
//! A client hello names all that this very phone can do, in its own order: no table knows that better. Only the last
//! hello of each client counts; a DTLS hello repeats what TLS agreed on and is left out.
//!
//! Sources: IANA, TLS Supported Groups and TLS SignatureScheme registries; RFC 5246, section 7.4.1.4.1.

use std::collections::BTreeMap;

use crate::event::traffic::Service;
use crate::facts::Documents;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::recordings::{self, Tie};
use crate::source::Place;
use crate::tables::cipher_suites;
use crate::tables::tls_versions::Protocol;

/// What one phone offered.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its address in the capture.
    pub client: String,
    /// Its name, `SEP001122334455`; empty where the capture does not tell it.
    pub phone: String,
    /// The highest version that it offers.
    pub highest: Protocol,
    /// Suites by OpenSSL's names, in its order.
    pub suites: Vec<String>,
    /// Elliptic curves and other groups.
    pub groups: Vec<String>,
    /// Signature algorithms.
    pub signatures: Vec<String>,
    /// Version and suite that the gateway chose.
    pub chosen: Option<(Protocol, String)>,
    /// The packet.
    pub place: Place,
}

/// One for each phone of each capture.
pub fn of(documents: &Documents<'_>, urls: &[PhoneUrl<'_>]) -> Vec<Heard> {
    let mut all: BTreeMap<(u32, &str), Heard> = BTreeMap::new();
    let hosts = recordings::dialled_hosts(urls);
    for recording in recordings::of(documents) {
        for (observation, hello, tie) in recording.handshakes(&hosts) {
            let Some(flow) = observation.flow() else { continue };
            let Some(highest) = Protocol::by_number(hello.client_version) else { continue };
            if hello.datagrams || tie < Tie::Alone || flow.service != Service::Gateway {
                continue;
            }
            let chosen = Protocol::by_number(hello.server_version)
                .zip(hello.chosen_suite)
                .map(|(version, suite)| (version, cipher_suites::name_of(suite)));
            // What means nothing (RFC 8446, section 4.1.2; RFC 7507) is no suite.
            let suites = hello.offered_suites.iter().filter(|number| !matches!(**number, 0x00ff | 0x5600));
            let heard = Heard {
                client: flow.client.to_owned(),
                phone: recording.phones.get(flow.client).copied().unwrap_or_default().to_owned(),
                highest,
                suites: suites.map(|number| cipher_suites::name_of(*number)).collect(),
                groups: hello.offered_groups.iter().map(|number| group(*number)).collect(),
                signatures: hello.offered_signatures.iter().map(|number| signature(*number)).collect(),
                chosen,
                place: observation.place(),
            };
            all.insert((observation.input, flow.client), heard);
        }
    }
    all.into_values().collect()
}

fn group(number: u16) -> String {
    let name = match number {
        23 => "secp256r1",
        24 => "secp384r1",
        25 => "secp521r1",
        29 => "x25519",
        30 => "x448",
        256 => "ffdhe2048",
        257 => "ffdhe3072",
        _ => return format!("0x{number:04X}"),
    };
    name.to_owned()
}

/// As OpenSSL writes them: `RSA+SHA256`.
fn signature(number: u16) -> String {
    let [hash, key] = number.to_be_bytes();
    let hash = match hash {
        1 => "MD5",
        2 => "SHA1",
        3 => "SHA224",
        4 => "SHA256",
        5 => "SHA384",
        6 => "SHA512",
        8 => match key {
            4 => return "RSA-PSS+SHA256".to_owned(),
            5 => return "RSA-PSS+SHA384".to_owned(),
            6 => return "RSA-PSS+SHA512".to_owned(),
            _ => return format!("0x{number:04X}"),
        },
        _ => return format!("0x{number:04X}"),
    };
    match key {
        1 => format!("RSA+{hash}"),
        2 => format!("DSA+{hash}"),
        3 => format!("ECDSA+{hash}"),
        _ => format!("0x{number:04X}"),
    }
}
