//! Why a phone says that it was out of service: the codes of `LastOutOfServiceInformation`.
//!
//! ```text
//! ReasonForOutOfService=108          in the alarm, and as unreg-reason=108(…) in the phone's log
//! ```
//!
//! Numbers that are not here are not published; they stay numbers.
//! Sources: CUCM 15, alarm LastOutOfServiceInformation; Cisco 200850. TFTPCfgStatus and DNSStatusUnifiedCM: ibid.

use crate::text::Text;

/// What a reason has to do with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The way to CUCM: no answer, a closed or broken connection.
    Path,
    /// CUCM does not take the phone, or its configuration does not fit.
    Rejected,
    /// CUCM pushed a change, or somebody restarted the phone.
    Change,
    /// The VPN tunnel was lost.
    Tunnel,
    /// The phone's own address or network.
    Address,
    /// Nothing is wrong.
    None,
}

/// One code.
pub struct Reason {
    /// The number.
    pub code: u32,
    /// What it has to do with.
    pub concern: Concern,
    /// What it says.
    pub words: Text,
}

/// A reason by its number.
pub fn by_code(code: u32) -> Option<&'static Reason> {
    REASONS.iter().find(|reason| reason.code == code)
}

const fn row(code: u32, concern: Concern, en: &'static str, de: &'static str) -> Reason {
    Reason { code, concern, words: Text::fixed(en, de) }
}

/// Every published code.
pub const REASONS: &[Reason] = &[
    row(
        10,
        Concern::Path,
        "the TCP connection to CUCM timed out",
        "die TCP-Verbindung zum CUCM lief in eine Zeitüberschreitung",
    ),
    row(12, Concern::Path, "CUCM reset the TCP connection", "der CUCM hat die TCP-Verbindung zurückgesetzt"),
    row(13, Concern::Path, "CUCM aborted the TCP connection", "der CUCM hat die TCP-Verbindung abgebrochen"),
    row(14, Concern::Path, "CUCM closed the TCP connection", "der CUCM hat die TCP-Verbindung geschlossen"),
    row(
        15,
        Concern::Path,
        "keepalives to CUCM were not answered",
        "Keepalives an den CUCM blieben ohne Antwort",
    ),
    row(16, Concern::Address, "the phone lost its IP address", "das Telefon hat seine IP-Adresse verloren"),
    row(17, Concern::Path, "the registration timed out", "die Registrierung lief in eine Zeitüberschreitung"),
    row(
        20,
        Concern::Change,
        "the phone was reset at its own keys",
        "das Telefon wurde am Gerät zurückgesetzt",
    ),
    row(22, Concern::Change, "CUCM reset the phone", "der CUCM hat das Telefon zurückgesetzt (Reset)"),
    row(23, Concern::Change, "CUCM restarted the phone", "der CUCM hat das Telefon neu gestartet (Restart)"),
    row(24, Concern::Rejected, "CUCM rejected the registration", "der CUCM hat die Registrierung abgelehnt"),
    row(
        25,
        Concern::None,
        "this is the first registration since the phone started",
        "es ist die erste Registrierung seit dem Start des Telefons",
    ),
    row(26, Concern::Address, "the voice VLAN changed", "das Sprach-VLAN hat sich geändert"),
    row(
        31,
        Concern::Rejected,
        "a file from the TFTP server could not be authenticated",
        "eine Datei des TFTP-Servers ließ sich nicht authentifizieren",
    ),
    row(41, Concern::Address, "the DHCP server did not answer", "der DHCP-Server hat nicht geantwortet"),
    row(
        100,
        Concern::Rejected,
        "the version stamp of the configuration does not match CUCM's",
        "der Versionsstempel der Konfiguration passt nicht zu dem des CUCM",
    ),
    row(
        101,
        Concern::Rejected,
        "a version stamp (100 and 101 are both described so) does not match CUCM's",
        "ein Versionsstempel (100 und 101 sind beide so beschrieben) passt nicht zu dem des CUCM",
    ),
    row(
        104,
        Concern::Change,
        "a changed configuration was applied (Apply Config)",
        "eine geänderte Konfiguration wurde übernommen (Apply Config)",
    ),
    row(
        105,
        Concern::Rejected,
        "the configuration could not be downloaded",
        "die Konfiguration ließ sich nicht herunterladen",
    ),
    row(
        106,
        Concern::Rejected,
        "the secure connection to CUCM failed",
        "die gesicherte Verbindung zum CUCM ist gescheitert",
    ),
    row(108, Concern::Tunnel, "the VPN connection was lost", "die VPN-Verbindung ging verloren"),
    row(
        109,
        Concern::Address,
        "the phone's IP address changed",
        "die IP-Adresse des Telefons hat sich geändert",
    ),
    row(113, Concern::Path, "the socket to CUCM failed", "der Socket zum CUCM hat einen Fehler gemeldet"),
];

/// `TFTPCfgStatus`: whether the configuration was fetched.
pub const TFTP_TIMED_OUT: &str = "2";
/// `TFTPCfgStatus`: the phone was given no TFTP server.
pub const TFTP_NO_SERVER: &str = "3";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_told_once() {
        assert!(REASONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(by_code(108).map(|reason| reason.concern), Some(Concern::Tunnel));
        assert!(by_code(11).is_none());
    }
}
