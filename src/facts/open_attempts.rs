//! Who begins to connect again and again, without a word in any file of how that ended?
//!
//! ```text
//! VPNC: -tcp_connect: connecting to 203.0.113.1:443        and a minute later the same line again
//! 725001 … Starting SSL handshake with client outside:198.51.100.45/50091   and neither 725002 nor 725006
//! ```
//! Once may be where a log ends. Where the next attempt begins, the one before it came to nothing, though nothing in
//! the log says that it failed: no rule has anything to tell, and still the client does not get through.
//!
//! Witnesses: a phone's own log; handshakes over TCP in an ASA's log. Handshakes that nothing ties to a phone are
//! somebody else's where the logs show a phone.

use std::collections::BTreeMap;

use crate::facts::Documents;
use crate::facts::handshake::Handshake;
use crate::facts::phones::{self, Phone};
use crate::observe::{By, Log, LoginOutcome};
use crate::source::Place;

/// Attempts of one client, one behind the other up to the end of the log.
#[derive(Clone, Debug)]
pub struct OpenAttempts {
    /// A phone's name, or the client's address; empty where a phone's log does not say whose it is.
    pub name: String,
    /// It is a phone.
    pub is_phones: bool,
    /// How many there are; two at least.
    pub times: usize,
    /// Where the last one begins.
    pub place: Place,
}

/// The client with the most of them, phones before others.
pub fn of(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    handshakes: &[Handshake],
    any_phone: bool,
) -> Option<OpenAttempts> {
    let logs = documents.logs_by(By::PhoneLog).filter_map(|log| of_phone_log(log, phones));
    let handshakes = of_handshakes(handshakes).into_iter().filter(|one| one.is_phones || !any_phone);
    logs.chain(handshakes).filter(|one| one.times > 1).max_by_key(|one| (one.is_phones, one.times))
}

fn of_phone_log(log: &Log<'_>, phones: &[Phone<'_>]) -> Option<OpenAttempts> {
    let last = log.attempts.last().filter(|attempt| attempt.last >= log.past)?;
    let open = log.attempts.iter().rev().take_while(|attempt| attempt.outcome == LoginOutcome::Open);
    let begins = log.observations.get(last.first)?;
    Some(OpenAttempts {
        name: phones::of_log(log, phones),
        is_phones: true,
        times: open.count(),
        place: begins.place(),
    })
}

/// What each address has begun since it last came to an end.
fn of_handshakes(handshakes: &[Handshake]) -> Vec<OpenAttempts> {
    let mut open: BTreeMap<(u32, &str), OpenAttempts> = BTreeMap::new();
    for handshake in handshakes.iter().filter(|one| !one.is_datagram()) {
        let key = (handshake.input, handshake.peer.address.as_str());
        let ended = handshake.done.is_some() || handshake.failed.is_some() || !handshake.reasons.is_empty();
        let begins =
            handshake.started.as_ref().filter(|_| !ended && (handshake.is_phones() || handshake.is_untied()));
        let Some(begins) = begins else {
            open.remove(&key);
            continue;
        };
        let one = open.entry(key).or_insert_with(|| OpenAttempts {
            name: handshake.peer.address.clone(),
            is_phones: false,
            times: 0,
            place: begins.clone(),
        });
        one.times = one.times.saturating_add(1);
        one.is_phones |= handshake.is_phones();
        one.place = begins.clone();
    }
    open.into_values().collect()
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn open_attempts_of(lines: &[&str]) -> Option<(String, bool, usize, u32)> {
        let (readings, said) = (readings(&[("x", &(lines.join("\n") + "\n"))]), Said::new());
        let case = Case::of(&readings, &said, now());
        case.open_attempts.as_ref().map(|one| (one.name.clone(), one.is_phones, one.times, one.place.at.line))
    }

    const DIALS: &str =
        "0959 NOT Nov 30 10:00:00.155936 (711:853) VPNC: -tcp_connect: connecting to 203.0.113.1:443";
    const HELLO: &str = "0960 NOT Nov 30 10:00:00.155936 (711:853) VPNC: -ssl_state_cb: TLSv1.2: SSL_connect: before/connect initialization";
    const NO_LOGIN: &str = "0961 ERR Nov 30 10:00:01.155936 (711:853) VPNC: -protocol_handler: login failed";
    const BEGINS: &str =
        "%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.45/50091 for TLS session";
    const AGAIN: &str =
        "%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.45/50092 for TLS session";
    const DONE: &str =
        "%ASA-6-725002: Device completed SSL handshake with client outside:198.51.100.45/50092";
    const FAILS: &str = "%ASA-6-725006: Device failed SSL handshake with client outside:198.51.100.45/50092";
    const PHONE: &str = "%ASA-4-722051: Group <P> User <CP-8851-SEP001122334455> IP <192.0.2.9> Address <198.51.100.8> assigned to session";

    #[test]
    fn a_phone_that_dials_again_and_again_is_told() {
        assert_eq!(open_attempts_of(&[DIALS, HELLO, DIALS, HELLO, DIALS]), Some((String::new(), true, 3, 5)));
        assert_eq!(open_attempts_of(&[DIALS, HELLO]), None, "the log ends");
        assert_eq!(open_attempts_of(&[DIALS, HELLO, DIALS, HELLO, NO_LOGIN]), None, "how it ended is told");
        assert_eq!(open_attempts_of(&[DIALS, HELLO, NO_LOGIN, DIALS]), None, "one is under way");
    }

    #[test]
    fn handshakes_that_come_to_no_end_are_told() {
        let client = |times, line| Some(("198.51.100.45".to_owned(), false, times, line));
        assert_eq!(open_attempts_of(&[BEGINS, AGAIN]), client(2, 2));
        for lines in [&[BEGINS][..], &[BEGINS, AGAIN, DONE], &[BEGINS, AGAIN, FAILS], &[PHONE, BEGINS, AGAIN]]
        {
            assert_eq!(open_attempts_of(lines), None, "{lines:?}");
        }
        let phones = PHONE.replace("192.0.2.9", "198.51.100.45");
        assert_eq!(
            open_attempts_of(&[&phones, BEGINS, AGAIN]),
            Some(("198.51.100.45".to_owned(), true, 2, 3))
        );
        let datagrams = [BEGINS, AGAIN].map(|line| line.replace("for TLS", "for DTLSv1.2"));
        assert_eq!(open_attempts_of(&[&datagrams[0], &datagrams[1]]), None);
    }
}
