//! The ports on which a phone's own traffic arrives: files, call control, trust verification and voice.
//!
//! A filter in the tunnel has to let these through for the phone to fetch its files, to register and to be heard.
//!
//! Sources: Cisco Unified Communications Manager, TCP and UDP Port Usage, "Signaling, Media, and Other Communication
//! Between Phones and Cisco Unified Communications Manager"; names of ports: ASA command reference, "TCP and UDP
//! Ports".

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// Ports that a phone needs inside.
#[derive(Clone, Copy, Debug)]
pub struct PhonePorts {
    /// Their protocol.
    pub protocol: Protocol,
    /// The lowest of them.
    pub lowest: u16,
    /// The highest.
    pub highest: u16,
}

/// Every row.
pub const ALL: &[PhonePorts] = &[
    // TFTP.
    PhonePorts { protocol: Protocol::Udp, lowest: TFTP, highest: TFTP },
    // SCCP and secure SCCP.
    PhonePorts { protocol: Protocol::Tcp, lowest: 2000, highest: 2000 },
    PhonePorts { protocol: Protocol::Tcp, lowest: 2443, highest: 2443 },
    // The trust verification service.
    PhonePorts { protocol: Protocol::Tcp, lowest: 2445, highest: 2445 },
    // CAPF.
    PhonePorts { protocol: Protocol::Tcp, lowest: 3804, highest: 3804 },
    // SIP and secure SIP.
    PhonePorts { protocol: Protocol::Tcp, lowest: 5060, highest: 5061 },
    PhonePorts { protocol: Protocol::Udp, lowest: 5060, highest: 5060 },
    // Files by HTTP and HTTPS.
    PhonePorts { protocol: Protocol::Tcp, lowest: 6970, highest: 6972 },
    // Voice.
    PhonePorts { protocol: Protocol::Udp, lowest: VOICE, highest: 32767 },
];

/// True for a port of TFTP, of files, of trust verification, of CAPF or of call control, of whatever protocol.
pub fn is_of_files_or_calls(port: u16) -> bool {
    port < VOICE && ALL.iter().any(|row| row.lowest <= port && port <= row.highest)
}

/// True for a port without which no phone registers: TFTP, files by HTTP, call control.
pub fn is_of_registration(port: u16) -> bool {
    matches!(port, TFTP | 2000 | 2443 | 5060 | 5061 | 6970..=6972)
}

/// The port of TFTP, which is UDP.
pub const TFTP: u16 = 69;
/// The lowest port of voice.
const VOICE: u16 = 16384;

/// The number of a port by the ASA's name of it, as far as a list for phones could hold it.
pub fn number(port: &str) -> Option<u16> {
    port.parse().ok().or_else(|| NAMES.iter().find(|(name, _)| *name == port).map(|(_, number)| *number))
}

const NAMES: [(&str, u16); 24] = [
    ("bootpc", 68),
    ("bootps", 67),
    ("citrix-ica", 1494),
    ("ctiqbe", 2748),
    ("domain", 53),
    ("ftp", 21),
    ("ftp-data", 20),
    ("h323", 1720),
    ("http", 80),
    ("https", 443),
    ("imap4", 143),
    ("ldap", 389),
    ("ldaps", 636),
    ("ntp", 123),
    ("pop3", 110),
    ("rtsp", 554),
    ("sip", 5060),
    ("smtp", 25),
    ("snmp", 161),
    ("ssh", 22),
    ("syslog", 514),
    ("telnet", 23),
    ("tftp", 69),
    ("www", 80),
];
