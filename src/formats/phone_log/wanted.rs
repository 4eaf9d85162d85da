//! Which records of a phone's log are looked into.

use memchr::memmem::Finder;

use super::after_tunnel::{self, FETCHERS};
use super::messages::VPN_WORDS;
use super::record::Record;

/// Words by which records are told apart. Kept from record to record, so that a record costs no allocation.
#[derive(Debug)]
pub(super) struct Wanted {
    own_certificate: [Finder<'static>; OWN_CERTIFICATE.len()],
    vpn: [Finder<'static>; VPN_WORDS.len()],
    after_tunnel: [Finder<'static>; after_tunnel::WORDS.len()],
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            own_certificate: OWN_CERTIFICATE.map(Finder::new),
            vpn: VPN_WORDS.map(Finder::new),
            after_tunnel: after_tunnel::WORDS.map(Finder::new),
        }
    }
}

impl Wanted {
    /// SECUREAPP, JAVA and others talk much: their records are looked into only where a word of ours stands in them.
    pub fn concerns_vpn(&self, record: &Record<'_>) -> bool {
        let any =
            |words: &[Finder<'_>]| words.iter().any(|word| word.find(record.message.as_bytes()).is_some());
        match record.process {
            "VPNC" | "SECD" => true,
            "SECUREAPP" => any(&self.own_certificate) || any(&self.vpn) || any(&self.after_tunnel),
            process if FETCHERS.contains(&process) => true,
            _ => any(&self.own_certificate) || any(&self.after_tunnel),
        }
    }
}

/// What any process may say of the phone's own certificate, and of the end of the tunnel.
const OWN_CERTIFICATE: [&str; 3] = ["Certificate ", ", type=", "VpnConnectionLost"];
