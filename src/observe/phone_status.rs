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
/// down the page. A page without dates over midnight does neither.
fn by_time(messages: &[StatusMessage]) -> (Vec<&StatusMessage>, bool) {
    let as_listed: Vec<&StatusMessage> = messages.iter().collect();
    let times = messages.iter().map(|message| Time::of(&message.time));
    let Some(times) = times.collect::<Option<Vec<Time>>>() else { return (as_listed, false) };
    match order(&times) {
        Some(Order::OldestFirst) => (as_listed, true),
        Some(Order::NewestFirst) => (messages.iter().rev().collect(), true),
        None => (as_listed, false),
    }
}

/// How the times of a page run down it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    OldestFirst,
    NewestFirst,
}

/// `None` where the times do not tell, or tell it only for one way to read their dates.
fn order(times: &[Time]) -> Option<Order> {
    let dated = times.iter().all(|time| time.date.is_some());
    if !dated && times.iter().any(|time| time.date.is_some()) {
        return None;
    }
    let read = |month_first: bool| {
        let keys: Vec<[u64; 4]> = times.iter().map(|time| time.key(month_first)).collect();
        let steps = || keys.windows(2).filter(|pair| pair.first() != pair.last());
        let rises = steps().filter(|pair| pair.first() < pair.last()).count();
        let all = steps().count();
        // Without a date, one step alone may lead over midnight; one of a few minutes does not: the other way round it
        // would be a day.
        let short =
            |pair: &[[u64; 4]]| matches!(pair, [[.., one], [.., next]] if one.abs_diff(*next) <= SHORT);
        let is_told = dated && all > 0 || all >= STEPS || all == 1 && steps().all(short);
        match rises {
            _ if !is_told => None,
            0 => Some(Order::NewestFirst),
            rises if rises == all => Some(Order::OldestFirst),
            _ => None,
        }
    };
    read(true).filter(|order| read(false) == Some(*order))
}

/// Steps of times that show an order.
const STEPS: usize = 2;
/// Microseconds of a step that leads over no midnight.
const SHORT: u64 = 300_000_000;

/// What stands before a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Time {
    /// Three numbers as they stand; which of them is the day differs from phone to phone.
    date: Option<[u64; 3]>,
    /// Microseconds since midnight.
    clock: u64,
}

impl Time {
    /// `10:12:33`, `10:12:33a`, `10:12:33 PM`, `10:01:22, 11/24/2026`, `10:01:22 24/11/26`, `2026-11-24 10:01:22`.
    fn of(time: &str) -> Option<Self> {
        const SIGNS: [char; 3] = ['/', '-', '.'];
        let words = || time.split([' ', ',']).filter(|word| !word.is_empty());
        let is_date = |word: &&str| word.split(SIGNS).count() == 3 && !word.contains(':');
        let mut date = None;
        if let Some(word) = words().find(is_date) {
            let parts: Vec<u64> = word.split(SIGNS).map_while(|part| part.parse().ok()).collect();
            date = Some(<[u64; 3]>::try_from(parts).ok()?);
        }
        let clock: Vec<&str> = words().filter(|word| !is_date(word)).collect();
        Some(Self { date, clock: clock_of(&clock.join(" "))? })
    }

    /// Year, month, day and clock, for comparing: a number that is no day is the year.
    fn key(&self, month_first: bool) -> [u64; 4] {
        let [first, second, third] = self.date.unwrap_or_default();
        let [year, month, day] = match (first > 31, month_first) {
            (true, _) => [first, second, third],
            (false, true) => [third, first, second],
            (false, false) => [third, second, first],
        };
        [year, month, day, self.clock]
    }
}

/// `10:12:33`, `10:12:33a`, `10:12:33 PM`, in microseconds since midnight.
fn clock_of(time: &str) -> Option<u64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(times: &[&str]) -> Option<Order> {
        order(&times.iter().map(|time| Time::of(time)).collect::<Option<Vec<_>>>()?)
    }

    #[test]
    fn times_tell_an_order_where_they_can_be_read_in_one_way_alone() {
        use Order::{NewestFirst, OldestFirst};
        for (times, wanted) in [
            (&["10:01:22a", "10:01:27a"][..], Some(OldestFirst)),
            (&["10:01:27a", "10:01:22a"], Some(NewestFirst)),
            (&["10:01:22a", "10:08:27a"], None),
            (&["08:01:22a", "10:01:27p"], None),
            (&["08:01:22a", "09:01:27a", "10:01:27p"], Some(OldestFirst)),
            (&["11:59:22p", "00:01:27a", "00:02:27a"], None),
            (&["23:59:22 24/11/26", "00:01:27 25/11/26"], Some(OldestFirst)),
            (&["08:01:22, 11/24/2026", "10:01:27, 11/24/2026"], Some(OldestFirst)),
            (&["2026-11-25 08:01:22", "2026-11-24 10:01:27"], Some(NewestFirst)),
            (&["08:01:22 12/11/26", "08:01:22 11/12/26"], None),
            (&["08:01:22 24/11/26", "08:02:22"], None),
            (&["08:01:22", "08:01:22"], None),
            (&["yesterday"], None),
        ] {
            assert_eq!(ordered(times), wanted, "{times:?}");
        }
    }
}
