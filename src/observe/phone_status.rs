//! What a phone's status messages and alarms tell.
//!
//! ```text
//! 10:12:33a TFTP timeout                                   a file did not arrive: no answer
//! 10:12:40a File not found SEP001122334455.cnf.xml         a file did not arrive: the server has none
//! TFTPCfgStatus=2                                          the same, of the last time out of service
//! ```
//! Quirks: a page may list the newest message first or last. `File not found` names a file behind it, `TFTP error :
//! download … fail` (8941 and 8945) one in its middle; some phones put the name in angle brackets. `<Cfg File>` is how
//! documents write a configuration.
//!
//! Sources: Cisco IP Phone 8800 series administration guide, status messages; Cisco Unified CM error messages,
//! LastOutOfServiceInformation.

use super::{By, FileTrouble, Log, Observation, Trouble, What};
use crate::documents::phone_status::{PhoneStatus, StatusMessage};
use crate::event::Push;
use crate::tables::deregistration_reasons::{TFTP_NO_SERVER, TFTP_TIMED_OUT};
use crate::tables::phone_status_messages::{self as messages, Said};
use crate::time::Stamp;

/// The page's messages, then its alarms, then what it says of the tunnel.
pub(super) fn log(status: &PhoneStatus, input: u32) -> Log<'_> {
    let (messages, in_order) = by_time(&status.messages);
    let messages = messages.into_iter().map(|message| (&message.at, what(&message.text)));
    let alarms = status.alarms.iter().map(|(name, seen)| {
        let troubles = trouble(name, &seen.value).into_iter().collect();
        (&seen.at, What::Alarm { troubles })
    });
    let tunnel = status.setting(&["vpn"]).filter(|seen| is_connected(&seen.value));
    let tunnel = tunnel.map(|seen| (&seen.at, What::TunnelShown));
    let all = messages.chain(alarms).chain(tunnel);
    let observations = all.map(|(at, what)| Observation::new(By::PhoneStatus, input, at, what)).collect();
    Log { phone: status.device.as_ref(), in_order, ..Log::new(By::PhoneStatus, input, observations) }
}

/// The messages, the oldest first, and whether their times show that: each has one, and they only rise or only fall
/// down the page. A page over midnight does neither.
fn by_time(messages: &[StatusMessage]) -> (Vec<&StatusMessage>, bool) {
    let as_listed: Vec<&StatusMessage> = messages.iter().collect();
    let Some(times) = messages.iter().map(|message| clock(&message.time)).collect::<Option<Vec<u64>>>()
    else {
        return (as_listed, false);
    };
    let steps = |rises: bool| {
        let steps = times.windows(2).filter(|pair| pair.first() != pair.last());
        steps.filter(|pair| (pair.first() < pair.last()) == rises).count()
    };
    let (rises, falls) = (steps(true), steps(false));
    if rises >= STEPS && falls == 0 {
        return (as_listed, true);
    }
    let falls = falls >= STEPS && rises == 0;
    (if falls { messages.iter().rev().collect() } else { as_listed }, falls)
}

/// One step alone may lead over midnight.
const STEPS: usize = 2;

/// `10:12:33`, `10:12:33a`, `10:12:33 PM`, in microseconds since midnight. A time with a date is not read.
fn clock(time: &str) -> Option<u64> {
    const HALF_A_DAY: u64 = 12 * 3_600_000_000;
    let lower = time.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix('m').unwrap_or(&lower);
    let (digits, half) = match (lower.strip_suffix('a'), lower.strip_suffix('p')) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(HALF_A_DAY)),
        _ => (lower, None),
    };
    let micros = Stamp::clock(digits.trim())?;
    Some(half.map_or(micros, |half| micros % HALF_A_DAY + half))
}

/// `Connected`, in the row of the VPN.
fn is_connected(value: &str) -> bool {
    value.trim().to_ascii_lowercase().starts_with("connected")
}

fn what(text: &str) -> What<'_> {
    let failed = |trouble, file| What::FileFailed { trouble, file, text };
    match messages::of(text) {
        Some(Said::TftpTimeout) => failed(FileTrouble::TimedOut, ""),
        Some(Said::TftpError | Said::TftpAccessError) => failed(FileTrouble::Error, file_in(text)),
        Some(Said::FileNotFound) => failed(FileTrouble::NotFound, file_in(text)),
        Some(Said::TrustListUpdateFailed) => What::TrustListRefused { text },
        Some(Said::TrustListInstalled) => What::TrustListTaken,
        Some(Said::DnsTimeout | Said::DnsUnknownHost) => What::SomeNameNotResolved,
        Some(Said::NoDnsServer) => What::NoDnsServer,
        Some(Said::RestartRequested) => What::Pushed { push: Push::Restart },
        Some(Said::RegistrationFailed) => What::KeyRefused,
        Some(Said::ConfigLoaded) => What::FileArrived,
        Some(Said::NoTrustList | Said::Other) | None => What::Other,
    }
}

/// What a parameter of an alarm says, where that is bad news or a reason.
pub(super) fn trouble(name: &str, value: &str) -> Option<Trouble> {
    if name == "TFTPCfgStatus" {
        return match value {
            TFTP_TIMED_OUT => Some(Trouble::FileTimedOut),
            TFTP_NO_SERVER => Some(Trouble::NoTftpServer),
            _ => None,
        };
    }
    if let Some(number) = name.strip_prefix("DNSStatusUnifiedCM") {
        let number = number.parse().unwrap_or_default();
        let failed = matches!(value, "2" | "3");
        return failed.then(|| Trouble::CallControlUnresolved { number, status: value.to_owned() });
    }
    if crate::alarm::REASONS.contains(&name) {
        return value.parse().ok().map(Trouble::OutOfService);
    }
    None
}

/// The word with a file's ending; empty where there is none.
pub(super) fn file_in(text: &str) -> &str {
    let endings = [".cnf.xml", ".tlv", ".sgn", ".loads", ".xml", ".jar"];
    let signs = ['(', ')', '[', ']', '<', '>'];
    let words = text.split([' ', ':', ',', '\'', '"']).map(|word| word.trim_matches(signs));
    let mut named =
        words.filter(|word| endings.iter().any(|ending| word.to_ascii_lowercase().contains(ending)));
    match named.next() {
        Some(word) => word,
        None if text.to_ascii_lowercase().contains("cfg file") => "<Cfg File>",
        None => "",
    }
}
