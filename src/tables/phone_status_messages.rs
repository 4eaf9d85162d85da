//! The messages that phones show under Settings > Status > Status Messages.
//!
//! ```text
//! TFTP timeout
//! File not found SEP001122334455.cnf.xml
//! ```
//!
//! 16:04:06, 04/05/2018 : CTLSEP001122334455.tlv not found in 192.0.2.10        8941 and 8945
//!
//! Phones differ in case, and some put a colon and a file's name behind the message, some before it. Messages of a
//! phone that speaks another language are not known.
//! Sources: Cisco IP Phone 8800 series administration guide, status messages; the 7800 series has the same list;
//! Cisco Unified IP Phone 8941 and 8945 administration guide, status messages.

/// What a message says, as far as rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// `TFTP timeout`.
    TftpTimeout,
    /// `TFTP error`, `CFG TFTP Size Error`.
    TftpError,
    /// `TFTP access error`: the server has no such folder.
    TftpAccessError,
    /// `File not found …`, with the file in the message.
    FileNotFound,
    /// `Trust List update failed`, `CTL update failed`.
    TrustListUpdateFailed,
    /// `Trust List updated`, `ITL installed`, `CTL installed`, `CTL and ITL installed`.
    TrustListInstalled,
    /// `No Trust List installed`.
    NoTrustList,
    /// `DNS timeout`.
    DnsTimeout,
    /// `DNS unknown host`.
    DnsUnknownHost,
    /// `No DNS server IP`.
    NoDnsServer,
    /// `Restart requested by Cisco Unified Communications Manager`.
    RestartRequested,
    /// `Phone failed to register. Cert key size is not FIPS compliant.`
    RegistrationFailed,
    /// `SEP….cnf.xml.sgn(HTTP)`: the configuration was loaded.
    ConfigLoaded,
    /// Another message of the list.
    Other,
}

/// The message that a text is, if it is one. The text begins with it; a file's name or more words may follow.
pub fn of(text: &str) -> Option<Said> {
    let lower = text.trim().to_ascii_lowercase();
    let known = MESSAGES.iter().find(|(words, _)| {
        lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_alphanumeric()))
    });
    if let Some((_, said)) = known {
        return Some(*said);
    }
    if let Some((file, rest)) = lower.split_once(' ')
        && rest.trim_start().starts_with("not found")
        && FILES.iter().any(|ending| file.contains(ending))
    {
        return Some(Said::FileNotFound);
    }
    let loaded = lower.contains(".cnf.xml") && ["(http)", "(tftp)"].iter().any(|by| lower.ends_with(by));
    loaded.then_some(Said::ConfigLoaded)
}

/// What the names of the files that a phone asks for hold.
const FILES: [&str; 3] = [".cnf.xml", ".tlv", ".loads"];

/// How a message begins, in lower case; longer ones before their own beginnings.
const MESSAGES: &[(&str, Said)] = &[
    ("cfg tftp size error", Said::TftpError),
    ("checksum error", Said::Other),
    ("could not acquire an ip address from dhcp", Said::Other),
    ("ctl and itl installed", Said::TrustListInstalled),
    ("ctl installed", Said::TrustListInstalled),
    ("ctl update failed", Said::TrustListUpdateFailed),
    ("dhcp timeout", Said::Other),
    ("dns timeout", Said::DnsTimeout),
    ("dns unknown host", Said::DnsUnknownHost),
    ("duplicate ip", Said::Other),
    ("erasing ctl and itl files", Said::Other),
    ("error update locale", Said::Other),
    ("file not found", Said::FileNotFound),
    ("ip address released", Said::Other),
    ("itl installed", Said::TrustListInstalled),
    ("load rejected hc", Said::Other),
    ("no default router", Said::Other),
    ("no dns server ip", Said::NoDnsServer),
    ("no trust list installed", Said::NoTrustList),
    ("phone failed to register", Said::RegistrationFailed),
    ("restart requested by cisco unified", Said::RestartRequested),
    ("tftp access error", Said::TftpAccessError),
    ("tftp error", Said::TftpError),
    ("tftp timeout", Said::TftpTimeout),
    ("timed out", Said::Other),
    ("trust list update failed", Said::TrustListUpdateFailed),
    ("trust list updated", Said::TrustListInstalled),
    ("version error", Said::Other),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_known_in_any_case_and_with_a_file() {
        for (text, said) in [
            ("TFTP timeout", Some(Said::TftpTimeout)),
            ("TFTP Timeout : SEP001122334455.cnf.xml", Some(Said::TftpTimeout)),
            ("File Not Found : CTLFile.tlv", Some(Said::FileNotFound)),
            ("Trust List Update Failed", Some(Said::TrustListUpdateFailed)),
            ("Trust List updated", Some(Said::TrustListInstalled)),
            ("SEP001122334455.cnf.xml.sgn(HTTP)", Some(Said::ConfigLoaded)),
            ("TFTP timeouts are common", None),
            ("the file not found", None),
            ("CTLSEP001122334455.tlv not found in 192.0.2.10", Some(Said::FileNotFound)),
            ("ITLFile.tlv not found", Some(Said::FileNotFound)),
            ("index.html not found", None),
            ("TFTP error : download CTLSEP001122334455.tlv fail", Some(Said::TftpError)),
        ] {
            assert_eq!(of(text), said, "{text}");
        }
    }
}
