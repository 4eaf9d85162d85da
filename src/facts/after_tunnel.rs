//! What do the phones say of the time after the tunnel: of files, trust lists and registration?
//!
//! Witnesses: status messages, alarms and console logs, each in the order of its input. A log tells what happened
//! last; a status page may list the newest message first or last, so order there proves nothing.
//!
//! Quirks: the alarm `LastOutOfServiceInformation` is also sent after the phone has registered again, and then speaks
//! of what is over. `File not found` names a file behind it, `TFTP error : download … fail` (8941 and 8945) one in its
//! middle; some phones put the name in angle brackets. `<Cfg File>` is how documents write a configuration.
//!
//! That a server has no such file is an answer of that server: RFC 1350, error code 1.

use crate::facts::Documents;
use crate::formats::phone_log::{PhoneLog, PhoneMessage, Push};
use crate::formats::phone_status::PhoneStatus;
use crate::names::phone::PhoneName;
use crate::source::{At, Located, Place};
use crate::tables::deregistration_reasons::{TFTP_NO_SERVER, TFTP_TIMED_OUT};
use crate::tables::phone_status_messages::{self as messages, Said};

/// One thing that a phone says.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Where.
    pub place: Place,
    /// What.
    pub sign: Sign,
    /// What kind of document it stands in.
    pub told_by: ToldBy,
    /// The phone that says it, `SEP001122334455`; empty where neither the document nor the message names it.
    pub phone: String,
}

/// Who says it, and so how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// A status page.
    Status,
    /// An alarm, which speaks of the last time out of service.
    Alarm,
    /// A console log, in words that are published.
    Log,
    /// A console log, in words that are not published and only read as English.
    LogInferred,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A file's transfer got no answer.
    FileTimedOut,
    /// A file's transfer ended in an error; the file's name as printed, may be empty.
    FileError(String),
    /// The phone was given no TFTP server.
    NoTftpServer,
    /// The server has no such file; the name as printed, may be empty.
    FileNotFound(String),
    /// A file arrived.
    FileLoaded,
    /// A trust list or a file was not accepted.
    TrustListRefused,
    /// A trust list was taken.
    TrustListTaken,
    /// A certificate or signer is not in the trust list.
    NotInTrustList,
    /// The trust verification service does not vouch for it; its status.
    TrustNotVerified(u32),
    /// A call manager did not take a connection.
    CallControlUnreachable(String),
    /// A call manager's name was not resolved: its number, and the status of the alarm.
    CallControlUnresolved(u32, String),
    /// Registration failed with every call manager.
    RegistrationFailed,
    /// The phone says that it cannot register because of a certificate's key.
    KeyRefused,
    /// The phone is registered.
    Registered,
    /// A reason for being out of service, by number.
    Deregistered(u32),
    /// CUCM pushed a change.
    Pushed(Push),
    /// A name was not resolved by DNS.
    NameUnresolved,
    /// The phone has no DNS server.
    NoDnsServer,
    /// The VPN client stopped.
    VpnStopped,
    /// CAPF refused, did not answer, or its TLS failed.
    CapfFailed,
    /// CAPF gave the phone its certificate.
    CapfDone,
}

impl Sign {
    /// The file that a server does not have.
    pub fn not_found(&self) -> Option<&str> {
        match self {
            Self::FileNotFound(file) => Some(file),
            _ => None,
        }
    }
}

/// Everything that phones say of it.
pub fn of(documents: &Documents<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for status in &documents.phone_statuses {
        let device = status.document.device.as_ref();
        from_status(status.document, &mut |at, told_by, sign| {
            let phone = speaker(&sign, device);
            remarks.push(Remark { place: status.place(at), sign, told_by, phone });
        });
    }
    for log in &documents.phone_logs {
        let device = log.document.device.as_ref();
        from_log(log.document, &mut |at, told_by, sign| {
            let phone = speaker(&sign, device);
            remarks.push(Remark { place: log.place(at), sign, told_by, phone });
        });
    }
    remarks
}

/// Who says it: the phone that the file is of, else the one that the document names.
fn speaker(sign: &Sign, device: Option<&Located<String>>) -> String {
    let of_file = match sign {
        Sign::FileNotFound(file) | Sign::FileError(file) => phone_of_file(file),
        _ => None,
    };
    of_file.map(str::to_owned).or_else(|| device.map(|seen| seen.value.clone())).unwrap_or_default()
}

/// Remarks of one kind that no later one of the same log takes back.
pub fn open(
    remarks: &[Remark],
    fails: impl Fn(&Sign) -> bool,
    heals: impl Fn(&Sign) -> bool,
) -> Vec<&Remark> {
    let in_log = |remark: &Remark| matches!(remark.told_by, ToldBy::Log | ToldBy::LogInferred);
    let healed = |index: usize, remark: &Remark| {
        in_log(remark)
            && remarks
                .iter()
                .skip(index)
                .any(|later| in_log(later) && later.place.input == remark.place.input && heals(&later.sign))
    };
    remarks
        .iter()
        .enumerate()
        .filter(|(index, remark)| fails(&remark.sign) && !healed(*index, remark))
        .map(|(_, remark)| remark)
        .collect()
}

fn from_status(status: &PhoneStatus, take: &mut impl FnMut(&At, ToldBy, Sign)) {
    for message in &status.messages {
        let sign = match messages::of(&message.text) {
            Some(Said::TftpTimeout) => Sign::FileTimedOut,
            Some(Said::TftpError | Said::TftpAccessError) => Sign::FileError(file_in(&message.text)),
            Some(Said::FileNotFound) => Sign::FileNotFound(file_in(&message.text)),
            Some(Said::TrustListUpdateFailed) => Sign::TrustListRefused,
            Some(Said::TrustListInstalled) => Sign::TrustListTaken,
            Some(Said::DnsTimeout | Said::DnsUnknownHost) => Sign::NameUnresolved,
            Some(Said::NoDnsServer) => Sign::NoDnsServer,
            Some(Said::RestartRequested) => Sign::Pushed(Push::Restart),
            Some(Said::RegistrationFailed) => Sign::KeyRefused,
            Some(Said::ConfigLoaded) => Sign::FileLoaded,
            Some(Said::NoTrustList | Said::Other) | None => continue,
        };
        take(&message.at, ToldBy::Status, sign);
    }
    for (name, seen) in &status.alarms {
        if let Some(sign) = of_alarm(name, &seen.value) {
            take(&seen.at, ToldBy::Alarm, sign);
        }
    }
}

/// What a parameter of an alarm says, where that is bad news or a reason.
fn of_alarm(name: &str, value: &str) -> Option<Sign> {
    if name == "TFTPCfgStatus" {
        return match value {
            TFTP_TIMED_OUT => Some(Sign::FileTimedOut),
            TFTP_NO_SERVER => Some(Sign::NoTftpServer),
            _ => None,
        };
    }
    if let Some(number) = name.strip_prefix("DNSStatusUnifiedCM") {
        let failed = matches!(value, "2" | "3");
        return failed
            .then(|| Sign::CallControlUnresolved(number.parse().unwrap_or_default(), value.to_owned()));
    }
    if crate::alarm::REASONS.contains(&name) {
        return value.parse().ok().map(Sign::Deregistered);
    }
    None
}

fn from_log(log: &PhoneLog, take: &mut impl FnMut(&At, ToldBy, Sign)) {
    use PhoneMessage as M;
    let mut registered = false;
    for event in &log.events {
        let (told_by, sign) = match &event.message {
            M::FileStatus { status: 100 } | M::FileServer { .. } => (ToldBy::Log, Sign::FileLoaded),
            M::FileFailed { text } => (ToldBy::LogInferred, file_failed(text)),
            M::TrustListUpdated => (ToldBy::Log, Sign::TrustListTaken),
            M::TrustListRefused { .. } => (ToldBy::LogInferred, Sign::TrustListRefused),
            M::NotInTrustList { .. } => (ToldBy::Log, Sign::NotInTrustList),
            M::TrustVerified { status } if *status > 0 => (ToldBy::Log, Sign::TrustNotVerified(*status)),
            M::CallControlConnectFailed { server, .. } | M::CallControlNotConnected { server } => {
                (ToldBy::Log, Sign::CallControlUnreachable(server.clone()))
            }
            M::RegistrationFailed => {
                registered = false;
                (ToldBy::Log, Sign::RegistrationFailed)
            }
            M::Registered => {
                registered = true;
                (ToldBy::Log, Sign::Registered)
            }
            M::Deregistered { code, .. } => {
                registered = false;
                (ToldBy::Log, Sign::Deregistered(*code))
            }
            M::CapfFailed { .. } => (ToldBy::LogInferred, Sign::CapfFailed),
            M::CapfDone => (ToldBy::LogInferred, Sign::CapfDone),
            M::Pushed { push } => (ToldBy::Log, Sign::Pushed(*push)),
            M::Stopped => (ToldBy::Log, Sign::VpnStopped),
            M::OutOfService { parameters } => {
                if !registered {
                    for (name, value) in parameters {
                        if let Some(sign) = of_alarm(name, value) {
                            take(&event.at, ToldBy::Log, sign);
                        }
                    }
                }
                continue;
            }
            _ => continue,
        };
        take(&event.at, told_by, sign);
    }
}

fn file_failed(text: &str) -> Sign {
    let lower = text.to_ascii_lowercase();
    if lower.contains("not found") {
        Sign::FileNotFound(file_in(text))
    } else if lower.contains("timeout") || lower.contains("timed out") {
        Sign::FileTimedOut
    } else {
        Sign::FileError(file_in(text))
    }
}

/// The word with a file's ending; empty where there is none.
fn file_in(text: &str) -> String {
    let endings = [".cnf.xml", ".tlv", ".sgn", ".loads", ".xml", ".jar"];
    let signs = ['(', ')', '[', ']', '<', '>'];
    let words = text.split([' ', ':', ',', '\'', '"']).map(|word| word.trim_matches(signs));
    let mut named =
        words.filter(|word| endings.iter().any(|ending| word.to_ascii_lowercase().contains(ending)));
    match named.next() {
        Some(word) => word.to_owned(),
        None if text.to_ascii_lowercase().contains("cfg file") => "<Cfg File>".to_owned(),
        None => String::new(),
    }
}

/// True for the name of a trust list: `CTLSEP001122334455.tlv`, `ITLFile.tlv`. A cluster in non-secure mode has no CTL
/// file, and one before version 8 no ITL file either.
pub fn is_trust_list(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    lower.contains(".tlv") && ["ctl", "itl"].iter().any(|kind| lower.starts_with(kind))
}

/// The phone that a file's name is of: `SEP001122334455` of `CTLSEP001122334455.tlv`.
pub fn phone_of_file(file: &str) -> Option<&str> {
    let (at, name) = PhoneName::first_in(file)?;
    file.get(at..)?.get(..name.as_str().len())
}

/// True for the name of a phone's own configuration.
pub fn is_phone_config(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    (lower.contains(".cnf.xml") && !lower.contains("xmldefault")) || lower == "<cfg file>"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    fn signs(text: &str) -> Vec<Sign> {
        let readings = readings(&[("x", text)]);
        of(&Documents::of(&readings)).into_iter().map(|remark| remark.sign).collect()
    }

    #[test]
    fn pages_and_logs_say_the_same_things() {
        assert_eq!(
            signs("10:12:33a TFTP timeout\n10:12:40a File not found SEP001122334455.cnf.xml\n"),
            [Sign::FileTimedOut, Sign::FileNotFound("SEP001122334455.cnf.xml".to_owned())]
        );
        assert!(is_phone_config("SEP001122334455.cnf.xml.sgn") && !is_phone_config("XMLDefault.cnf.xml"));
        let registered = "1798 DEB Nov 09 12:59:23.493726 JAVA-SIPCC-SIP_STATE: sip_reg_sm_change_state: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n";
        let alarm = "1966 INF Nov 09 13:01:22.822003 JAVA-x: send alarm( LastOutOfServiceInformation ): TFTPCfgStatus=2 ReasonForOutOfService=10\n";
        assert_eq!(signs(alarm), [Sign::FileTimedOut, Sign::Deregistered(10)]);
        assert_eq!(
            signs(&format!("{registered}{alarm}")),
            [Sign::Registered],
            "the alarm speaks of the past"
        );
    }

    #[test]
    fn a_later_success_in_a_log_takes_a_failure_back() {
        let failed = "3281 NOT Dec 14 06:34:00.488697 TFTP-TFTP timeout SEP001122334455.cnf.xml\n";
        let loaded = "3282 NOT Dec 14 06:34:01.488984 dgetfile(851)-XXTP complete - status = 100\n";
        for (text, left) in [(format!("{failed}{loaded}"), 0), (format!("{loaded}{failed}"), 1)] {
            let readings = readings(&[("x", &text)]);
            let remarks = of(&Documents::of(&readings));
            let open = open(&remarks, |sign| *sign == Sign::FileTimedOut, |sign| *sign == Sign::FileLoaded);
            assert_eq!(open.len(), left, "{text}");
        }
    }
}
