//! What do the phones say of the time after the tunnel: of files, trust lists and registration?
//!
//! Witnesses: status messages, alarms and console logs, each in the order of its input. A log tells what happened
//! last; a status page may list the newest message first or last, so only its times show an order.
//!
//! Quirks: the alarm `LastOutOfServiceInformation` is also sent after the phone has registered again, and then speaks
//! of what is over.
//!
//! That a server has no such file is an answer of that server: RFC 1350, error code 1.

use std::collections::BTreeMap;

use crate::event::Push;
use crate::facts::Documents;
use crate::names::phone::PhoneName;
use crate::observe::{By, FileTrouble, Log, LoginState, Observation, Trouble, What};
use crate::source::{Located, Place};

/// One thing that a phone says.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Where.
    pub place: Place,
    /// What.
    pub sign: Sign,
    /// What kind of document it stands in.
    pub told_by: ToldBy,
    /// What its document tells behind it happened later.
    pub in_order: bool,
    /// The phone that says it, `SEP001122334455`; empty where neither the document nor the message names it.
    pub phone: String,
    /// Where its log says that the VPN client had stopped; it has not logged in again since.
    pub stopped: Option<Place>,
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
    for log in documents.logs_by(By::PhoneStatus).chain(documents.logs_by(By::PhoneLog)) {
        from_log(log, &mut |event, told_by, sign, stopped| {
            let phone = speaker(&sign, log.phone);
            // An alarm speaks of the last time out of service, whenever that was.
            let in_order = log.in_order && told_by != ToldBy::Alarm;
            let stopped = stopped.map(Observation::place);
            remarks.push(Remark { place: event.place(), sign, told_by, in_order, phone, stopped });
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
    // A phone may say it thousands of times: of each log the last remark that heals decides.
    let healing = remarks.iter().enumerate().filter(|(_, remark)| remark.in_order && heals(&remark.sign));
    let last: BTreeMap<u32, usize> = healing.map(|(index, remark)| (remark.place.input, index)).collect();
    let healed = |index: usize, remark: &Remark| {
        remark.in_order && last.get(&remark.place.input).is_some_and(|last| *last >= index)
    };
    remarks
        .iter()
        .enumerate()
        .filter(|(index, remark)| fails(&remark.sign) && !healed(*index, remark))
        .map(|(_, remark)| remark)
        .collect()
}

fn from_log(log: &Log<'_>, take: &mut impl FnMut(&Observation<'_>, ToldBy, Sign, Option<&Observation<'_>>)) {
    use What as W;
    // What a page says is all published; of a log's words some only read as English.
    let (published, inferred, alarmed) = match log.by {
        By::PhoneLog => (ToldBy::Log, ToldBy::LogInferred, ToldBy::Log),
        _ => (ToldBy::Status, ToldBy::Status, ToldBy::Alarm),
    };
    let (mut registered, mut stopped) = (false, None);
    for event in &log.observations {
        match event.what {
            W::ClientStopped | W::ClientActive { active: false } => stopped = Some(event),
            W::LoginStateChanged { now: LoginState::LoggedIn, .. } | W::TunnelParameters { .. } => {
                stopped = None
            }
            _ => {}
        }
        let (told_by, sign) = match &event.what {
            W::FileArrived | W::FileServer { .. } => (published, Sign::FileLoaded),
            W::FileFailed { trouble, file, .. } => (inferred, file_failed(*trouble, file)),
            W::TrustListTaken => (published, Sign::TrustListTaken),
            W::TrustListRefused { .. } => (inferred, Sign::TrustListRefused),
            W::NotInTrustList => (published, Sign::NotInTrustList),
            W::TrustVerified { status } if *status > 0 => (published, Sign::TrustNotVerified(*status)),
            W::CallControlUnreachable { server } => {
                (published, Sign::CallControlUnreachable((*server).to_owned()))
            }
            W::RegistrationFailed => {
                registered = false;
                (published, Sign::RegistrationFailed)
            }
            W::Registered => {
                registered = true;
                (published, Sign::Registered)
            }
            W::OutOfService { code, .. } => {
                registered = false;
                (published, Sign::Deregistered(*code))
            }
            W::KeyRefused => (published, Sign::KeyRefused),
            W::SomeNameNotResolved => (published, Sign::NameUnresolved),
            W::NoDnsServer => (published, Sign::NoDnsServer),
            W::CapfFailed => (inferred, Sign::CapfFailed),
            W::CapfDone => (inferred, Sign::CapfDone),
            W::Pushed { push } => (published, Sign::Pushed(*push)),
            W::ClientStopped => (published, Sign::VpnStopped),
            W::Alarm { troubles } => {
                for trouble in troubles.iter().filter(|_| !registered) {
                    take(event, alarmed, of_alarm(trouble), stopped);
                }
                continue;
            }
            _ => continue,
        };
        take(event, told_by, sign, stopped);
    }
}

fn file_failed(trouble: FileTrouble, file: &str) -> Sign {
    match trouble {
        FileTrouble::NotFound => Sign::FileNotFound(file.to_owned()),
        FileTrouble::TimedOut => Sign::FileTimedOut,
        FileTrouble::Error => Sign::FileError(file.to_owned()),
    }
}

fn of_alarm(trouble: &Trouble) -> Sign {
    match trouble {
        Trouble::FileTimedOut => Sign::FileTimedOut,
        Trouble::NoTftpServer => Sign::NoTftpServer,
        Trouble::CallControlUnresolved { number, status } => {
            Sign::CallControlUnresolved(*number, status.clone())
        }
        Trouble::OutOfService(code) => Sign::Deregistered(*code),
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
