//! How does each log's and capture's clock stand to that of the case?
//!
//! ```text
//! phone  913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA
//! ASA    Nov 23 2026 10:19:31: %ASA-7-725014: SSL lib error. … Reason: tlsv1 alert unknown ca
//!        so the phone is 3.6 s behind
//! ```
//! Witnesses: moments that both sides saw. Every moment is held against every one of the ASA's of its kind; the offset
//! under which most of them agree within `AGREES` wins, in the order in which they happened. The ASA's clock is the
//! clock of the case: it prints a date, a phone as a rule does not. Without a log of an ASA it is the first capture's,
//! which is in UTC. A phone that has no moment with the ASA may have some with a capture that has.
//!
//! Empty: no ASA log and no capture, no times in it, no moment that both saw, or several offsets that fit equally well.
//! Quirks: PCs begin handshakes with an ASA, too, so the beginning of one proves nothing alone. An ASA cuts its times
//! to the second and sees what a phone sends after it was sent: each pair gives a lower bound, and the largest of
//! them contradicts none.
//! Sources: Cisco 116162 (alert 48 and 725014); ASA syslog guide, the messages of a handshake and a login.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use crate::exchange::Moment;
use crate::facts::phone_addresses::phone_addresses;
use crate::facts::timeline::Event;
use crate::facts::wire_steps::{Shows, WireStep};
use crate::facts::{Documents, exchanges};
use crate::names::user::is_phone_user;
use crate::observe::By;
use crate::text::Text;
use crate::time::Stamp;

/// Microseconds within which moments agree: the ASA's whole second, and the way through the network.
const AGREES: i64 = 3_000_000;
/// Microseconds below which two clocks are taken to be set by the same source, where several offsets fit.
const NEAR: i64 = 5_000_000;
/// Moments looked at on each side; a log of a whole fleet has more.
const PHONE_MOMENTS: usize = 200;
const ASA_MOMENTS: usize = 2_000;
/// Offsets whose moments are paired one by one.
const CANDIDATES: usize = 64;
const SECOND: i64 = 1_000_000;
/// Nobody writes down what he does more exactly than that, in microseconds.
const LEAST: i64 = 50_000;
/// Zones differ by quarters of an hour (the IANA time zone database).
const QUARTER: i64 = 900 * SECOND;
/// What the clocks of an ASA and of a PC may be apart, both set by hand.
const DRIFT: i64 = 120 * SECOND;
const DAY: i64 = 86_400 * SECOND;

/// One input's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The phone log or capture.
    pub input: u32,
    /// Microseconds to add to its times; within half a day where the log has no date.
    pub offset_micros: i64,
    /// The true offset lies within so many microseconds of that.
    pub within_micros: i64,
    /// What it was found from.
    pub from: Text,
    /// Microseconds to add to its times as they are counted here, days included.
    shift: i64,
}

/// The clocks of a case.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    /// Every phone log and capture whose offset is known.
    pub known: Vec<Clock>,
    /// Inputs that are on the case's clock themselves.
    own: Vec<u32>,
    /// What the case's clock knows of the date.
    shape: Shape,
}

impl Clocks {
    /// An event's time on the clock of the case.
    pub fn aligned(&self, event: &Event) -> Option<String> {
        let stamp = event.stamp?;
        if self.own.contains(&event.place.input) {
            // A time without a date is as much as such an ASA knows.
            return match stamp.month_day {
                Some(_) if stamp.offset_minutes.is_some() => Some(self.shape.print(self.shape.asa(stamp)?)),
                _ => Some(stamp.to_string()),
            };
        }
        let clock = self.known.iter().find(|clock| clock.input == event.place.input)?;
        Some(self.shape.print(self.shape.phone(stamp, event.day)?.checked_add(clock.shift)?))
    }
}

/// The offset of every phone log and capture, as far as one can be told.
pub fn of(documents: &Documents<'_>, wire: &[WireStep<'_>]) -> Clocks {
    let mut own: Vec<u32> = documents.logs_by(By::AsaLog).map(|log| log.input).collect();
    let dated = |stamp: &Stamp| stamp.month_day.is_some();
    let of_asa = documents.observed_by(By::AsaLog).filter_map(|event| event.stamp).find(dated);
    let first = of_asa.or_else(|| wire.iter().find_map(|step| step.stamp));
    let Some(first) = first else { return Clocks { own, ..Clocks::default() } };
    let shape = Shape { year: first.year, zone: first.offset_minutes.is_some() };
    if wire.is_empty() && documents.logs_by(By::PhoneLog).next().is_none() {
        return Clocks { own, shape, ..Clocks::default() };
    }
    let mut captures = captures(wire, shape).into_iter();
    let own_capture = if of_asa.is_none() { captures.next() } else { None };
    let base = match own_capture {
        None => Base { moments: by_kind(asa_moments(documents, shape)), exact: false },
        Some((input, moments)) => {
            own.push(input);
            Base { moments, exact: true }
        }
    };
    let mut known = Vec::new();
    // Captures that are on the case's clock, with what takes their times to it.
    let mut bridges = Vec::new();
    for (input, moments) in captures {
        // Two captures saw one connection only where its client has the same address and port in both. An ASA may see
        // another address; but its clock is off by a time zone, or hardly: else these are two attempts that end alike.
        let fits = |fit: &Fit| fit.names_client() || !base.exact && fit.is_off_by_a_zone();
        let fit = best(&moments, &base, true).filter(fits);
        if let Some(fit) = fit {
            let clock = fit.clock(input, true, None);
            bridges.push((Base { moments, exact: true }, clock.clone()));
            known.push(clock);
        }
    }
    for log in documents.logs_by(By::PhoneLog) {
        let dated = log.observations.iter().filter_map(|event| event.stamp).all(|s| s.month_day.is_some());
        let moments = log.observations.iter().filter_map(|event| {
            let moment = exchanges::by_phone(&event.what).moment.filter(is_dating)?;
            Some((moment, shape.phone(event.stamp?, event.day)?))
        });
        let phone = by_kind(moments.take(PHONE_MOMENTS));
        let direct = best(&phone, &base, dated).map(|fit| fit.clock(log.input, dated, None));
        let over = || {
            let fits = bridges.iter().map(|(base, bridge)| (best(&phone, base, dated), bridge));
            fits.filter_map(|(fit, bridge)| Some(fit?.clock(log.input, dated, Some(bridge)))).next()
        };
        known.extend(direct.or_else(over));
    }
    Clocks { known, own, shape }
}

/// What others are held against.
struct Base {
    moments: MomentsByKind,
    /// Its times are exact, and not cut to the second.
    exact: bool,
}

/// The moments of each capture, in their order.
fn captures(wire: &[WireStep<'_>], shape: Shape) -> Vec<(u32, MomentsByKind)> {
    let mut all = Vec::new();
    for steps in wire.chunk_by(|one, next| one.place.input == next.place.input) {
        let moments = steps.iter().flat_map(|step| {
            let micros = step.stamp.and_then(|stamp| shape.phone(stamp, 0));
            let client = match step.shows {
                Shows::Hello(hello) => hello.client.parse().ok().map(Moment::Client),
                _ => None,
            };
            let moment = exchanges::on_the_wire(step).moment.filter(is_dating);
            moment.into_iter().chain(client).filter_map(move |moment| Some((moment, micros?)))
        });
        let input = steps.first().map_or(0, |step| step.place.input);
        all.push((input, by_kind(moments.take(ASA_MOMENTS))));
    }
    all
}

/// Moments that hold clocks together.
fn is_dating(moment: &Moment) -> bool {
    use Moment as M;
    !matches!(moment, M::Name | M::Connection | M::SuiteChosen | M::Certificate | M::HandshakeDone)
}

/// More than that some client dials an ASA.
fn tells(moment: Moment) -> bool {
    !matches!(moment, Moment::TlsBegins | Moment::DtlsBegins)
}

fn name(moment: Moment) -> Text {
    match moment {
        Moment::Alert(code) => Text::fixed("alert {code}", "Alert {code}").number("code", code),
        Moment::LoginRefused => Text::fixed("login refused", "Anmeldung abgelehnt"),
        Moment::LoginAccepted => Text::fixed("login accepted", "Anmeldung angenommen"),
        Moment::Tunnel => Text::fixed("address and tunnel", "Adresse und Tunnel"),
        Moment::HandshakeFailed => Text::fixed("handshake failed", "Handshake gescheitert"),
        Moment::DtlsBegins => Text::fixed("DTLS handshake begins", "DTLS-Handshake beginnt"),
        Moment::Registered => Text::fixed("registered", "registriert"),
        Moment::Client(_) => Text::fixed("the same address and port", "dieselbe Adresse und derselbe Port"),
        _ => Text::fixed("TLS handshake begins", "TLS-Handshake beginnt"),
    }
}

/// Sessions of PCs are no moment of a phone's; handshakes name no user, so those of every client stand here.
fn asa_moments(documents: &Documents<'_>, shape: Shape) -> impl Iterator<Item = (Moment, i64)> {
    let phones = phone_addresses(documents);
    let told = documents.observed_by(By::AsaLog).filter_map(move |event| {
        let session = event.session();
        if session.is_some_and(|one| !is_phone_user(&one.user) && !phones.contains(&one.address)) {
            return None;
        }
        let moment = exchanges::by_asa(&event.what).moment.filter(is_dating)?;
        let micros = shape.asa(event.stamp?)?;
        let begins = event.peer().filter(|_| !tells(moment));
        let client = begins
            .and_then(|peer| Some(Moment::Client(SocketAddr::new(peer.address.parse().ok()?, peer.port?))));
        Some([Some((moment, micros)), client.map(|client| (client, micros))])
    });
    told.take(ASA_MOMENTS).flatten().flatten()
}

type MomentsByKind = BTreeMap<Moment, Vec<i64>>;

fn by_kind(moments: impl Iterator<Item = (Moment, i64)>) -> MomentsByKind {
    let mut sorted = MomentsByKind::new();
    for (kind, micros) in moments {
        sorted.entry(kind).or_default().push(micros);
    }
    for times in sorted.values_mut() {
        times.sort_unstable();
    }
    sorted
}

/// What agrees under one offset.
#[derive(Debug, Default)]
struct Fit {
    /// What was paired, and by how much the ASA's clock is ahead in it.
    pairs: Vec<(Moment, i64)>,
    /// The other side's times are exact.
    exact: bool,
}

impl Fit {
    /// Pairs every kind in order; a moment that finds no partner within the window is passed over.
    fn of(phone: &MomentsByKind, base: &Base, low: i64) -> Self {
        let mut pairs = Vec::new();
        for (kind, mine) in phone {
            let mut theirs = base.moments.get(kind).into_iter().flatten().peekable();
            for moment in mine {
                while theirs.next_if(|their| **their - moment < low).is_some() {}
                if let Some(their) = theirs.next_if(|their| **their - moment <= low + AGREES) {
                    pairs.push((*kind, their - moment));
                }
            }
        }
        Self { pairs, exact: base.exact }
    }

    fn score(&self) -> usize {
        self.pairs.iter().map(|(kind, _)| if tells(*kind) { 2 } else { 1 }).sum()
    }

    fn tells(&self) -> bool {
        self.pairs.iter().any(|(kind, _)| tells(*kind))
    }

    /// Off by quarters of an hour, as time zones are, give or take what a clock drifts.
    fn is_off_by_a_zone(&self) -> bool {
        let rest = self.offset().rem_euclid(QUARTER);
        rest.min(QUARTER - rest) <= DRIFT
    }

    fn names_client(&self) -> bool {
        self.pairs.iter().any(|(kind, _)| matches!(kind, Moment::Client(_)))
    }

    /// The largest lower bound; the middle where they are further apart than the ASA's second explains, or exact.
    fn offset(&self) -> i64 {
        let mut ahead: Vec<i64> = self.pairs.iter().map(|(_, ahead)| *ahead).collect();
        ahead.sort_unstable();
        let most = ahead.last().copied().unwrap_or_default();
        let apart = self.apart() >= SECOND || self.exact;
        if apart { ahead.get(ahead.len() / 2).copied().unwrap_or(most) } else { most }
    }

    /// By how much the pairs differ.
    fn apart(&self) -> i64 {
        let ahead = || self.pairs.iter().map(|(_, ahead)| *ahead);
        ahead().max().unwrap_or_default() - ahead().min().unwrap_or_default()
    }

    /// How far the truth may lie from the offset: what the pairs leave of an ASA's second, or by what they differ.
    fn within(&self) -> i64 {
        match self.apart() {
            apart if self.exact => apart.max(LEAST),
            apart if apart < SECOND => SECOND - apart,
            apart => apart,
        }
    }

    /// The clock of an input; `over`: the other side is no case's clock itself, but stands to it like this.
    fn clock(&self, input: u32, dated: bool, over: Option<&Clock>) -> Clock {
        let shift = self.offset() + over.map_or(0, |over| over.shift);
        let within_micros = self.within() + over.map_or(0, |over| over.within_micros);
        Clock { input, offset_micros: shown(shift, dated), within_micros, from: self.words(), shift }
    }

    fn words(&self) -> Text {
        let mut kinds: Vec<Moment> = self.pairs.iter().map(|(kind, _)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds = Text::joined(kinds.into_iter().map(name), ", ");
        Text::counted(self.pairs.len(), BOTH_SAW_IT, BOTH_SAW_THEM).nested("kinds", kinds)
    }
}

const BOTH_SAW_IT: Text =
    Text::fixed("{kinds}: 1 event that both sides saw", "{kinds}: 1 Ereignis, das beide Seiten sahen");
const BOTH_SAW_THEM: Text = Text::fixed(
    "{kinds}: {count} events that both sides saw",
    "{kinds}: {count} Ereignisse, die beide Seiten sahen",
);

/// The offset under which most agrees. Where two agree equally, only one that leaves the clocks as they are is taken.
fn best(phone: &MomentsByKind, base: &Base, dated: bool) -> Option<Fit> {
    let mut fits: Vec<Fit> =
        candidates(phone, &base.moments).into_iter().map(|low| Fit::of(phone, base, low)).collect();
    fits.retain(Fit::tells);
    let most = fits.iter().map(Fit::score).max()?;
    fits.retain(|fit| fit.score() == most);
    if fits.len() > 1 {
        fits.retain(|fit| shown(fit.offset(), dated).abs() <= NEAR);
    }
    let only = fits.pop()?;
    fits.is_empty().then_some(only)
}

/// Beginnings of windows that hold many differences, none reaching into another.
fn candidates(phone: &MomentsByKind, asa: &MomentsByKind) -> Vec<i64> {
    let mut ahead = Vec::new();
    for (kind, mine) in phone {
        for their in asa.get(kind).into_iter().flatten() {
            ahead.extend(mine.iter().map(|moment| their - moment));
        }
    }
    ahead.sort_unstable();
    let mut windows: Vec<(usize, i64)> = Vec::with_capacity(ahead.len());
    let mut end = 0;
    for (begin, low) in ahead.iter().enumerate() {
        while ahead.get(end).is_some_and(|one| *one <= low + AGREES) {
            end += 1;
        }
        // An ASA cuts its times to the second, so many differences are the same: the first of them holds the most.
        if windows.last().is_none_or(|(_, last)| last != low) {
            windows.push((end - begin, *low));
        }
    }
    windows.sort_by_key(|(count, low)| (std::cmp::Reverse(*count), low.abs()));
    let mut taken: Vec<i64> = Vec::new();
    for (_, low) in windows {
        if taken.len() == CANDIDATES {
            break;
        }
        if taken.iter().all(|other| (other - low).abs() > AGREES) {
            taken.push(low);
        }
    }
    taken
}

/// An offset as people read it. Which day it is, is not the clock's business where the phone prints none.
fn shown(shift: i64, dated: bool) -> i64 {
    if dated {
        return shift;
    }
    let of_day = shift.rem_euclid(DAY);
    if of_day > DAY / 2 { of_day - DAY } else { of_day }
}

/// What the case's clock knows.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    year: Option<i16>,
    /// Times can be told in UTC.
    zone: bool,
}

impl Shape {
    /// Microseconds of an ASA's time; `None` for one that knows less or more than the others.
    fn asa(self, stamp: Stamp) -> Option<i64> {
        let alike =
            stamp.year.is_some() == self.year.is_some() && stamp.offset_minutes.is_some() == self.zone;
        let east = i64::from(stamp.offset_minutes.unwrap_or_default()) * 60 * SECOND;
        alike.then(|| self.dated(stamp)).flatten().map(|micros| micros - east)
    }

    /// Microseconds of a phone's time: since its log began where it prints no date.
    fn phone(self, stamp: Stamp, day: u32) -> Option<i64> {
        match stamp.month_day {
            Some(_) => self.dated(stamp),
            None => Some(i64::from(day) * DAY + i64::try_from(stamp.micros_of_day).ok()?),
        }
    }

    fn dated(self, stamp: Stamp) -> Option<i64> {
        // Where the case's clock prints no year, a leap year has every day.
        let year = self.year.map_or(2000, |year| stamp.year.unwrap_or(year));
        let whole = Stamp { year: Some(year), offset_minutes: Some(0), ..stamp };
        let within = i64::try_from(stamp.micros_of_day % 1_000_000).ok()?;
        Some(whole.unix_seconds()?.checked_mul(SECOND)? + within)
    }

    fn print(self, micros: i64) -> String {
        let stamp = Stamp::of_unix_micros(micros);
        let year = if self.year.is_some() { stamp.year } else { None };
        Stamp { year, offset_minutes: self.zone.then_some(0), ..stamp }.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::timeline;
    use crate::intake::Reading;
    use crate::testing::readings;

    /// A phone's refused attempt that begins at this time.
    fn attempt(begins: &str, alerts: &str) -> String {
        format!(
            "1: NOT {begins} VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
             2: ERR {alerts} VPNC: alert_err: SSL write alert: code 48, unknown CA\n"
        )
    }

    /// The same as the ASA logs it.
    fn refused(begins: &str, alerts: &str) -> String {
        format!(
            "{begins}: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.20/50091 for TLSv1 session.\n\
             {alerts}: %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n"
        )
    }

    fn clocks(readings: &[Reading]) -> Clocks {
        of(&Documents::of(readings), &[])
    }

    /// The offset of the first of these files, in milliseconds.
    fn offset(files: &[&str]) -> Option<i64> {
        let files: Vec<_> = files.iter().map(|text| ("x", *text)).collect();
        clocks(&readings(&files)).known.first().map(|clock| clock.offset_micros / 1000)
    }

    #[test]
    fn the_offset_is_that_of_the_moments_both_saw() {
        let phone = attempt("10:19:27.000000", "10:19:28.000000");
        for (begins, alerts, expected) in [
            ("Nov 23 2026 10:19:30", "Nov 23 2026 10:19:31", Some(3_000)),
            ("Nov 23 2026 09:19:27", "Nov 23 2026 09:19:28", Some(-3_600_000)),
            ("Nov 23 10:19:30", "Nov 23 10:19:31", Some(3_000)),
            // The clocks drift, or the network is slow.
            ("Nov 23 2026 10:19:30", "Nov 23 2026 10:19:32", Some(4_000)),
        ] {
            assert_eq!(offset(&[&phone, &refused(begins, alerts)]), expected, "{begins} {alerts}");
        }
    }

    #[test]
    fn an_asas_whole_seconds_contradict_nothing() {
        let phone = attempt("10:19:27.155936", "10:19:27.422295");
        let asa = refused("Nov 23 2026 10:19:27", "Nov 23 2026 10:19:28");
        assert_eq!(offset(&[&phone, &asa]), Some(577));
    }

    #[test]
    fn moments_that_lie_apart_do_not_agree() {
        let phone = attempt("10:19:27.000000", "10:19:28.000000");
        for (alerts, agree) in [("Nov 23 2026 10:19:32", "2 events"), ("Nov 23 2026 10:19:40", "1 event ")] {
            let asa = refused("Nov 23 2026 10:19:30", alerts);
            let readings = readings(&[("x", &phone), ("y", &asa)]);
            let clocks = clocks(&readings);
            let from = &clocks.known.first().unwrap().from.en();
            assert!(from.contains(agree), "{alerts}: {from}");
        }
    }

    #[test]
    fn no_moment_in_common_is_no_offset() {
        let phone = attempt("10:19:27.000000", "10:19:28.000000");
        let begins = "Nov 23 2026 10:19:27: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.20/50091 for TLSv1 session.\n";
        assert_eq!(offset(&[&phone]), None, "no ASA");
        assert_eq!(offset(&[&phone, begins]), None, "any PC begins a handshake");
        let other = "Nov 23 2026 10:19:27: %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: sslv3 alert certificate expired\n";
        assert_eq!(offset(&[&phone, other]), None, "another alert");
        let pc = "Nov 23 2026 10:19:28: %ASA-6-716039: Group <DfltGrpPolicy> User <alice> IP <198.51.100.99> Authentication: rejected, Session Type: WebVPN.\n";
        let failed = "3: ERR 10:19:28.000000 VPNC: protocol_handler: login failed\n";
        assert_eq!(offset(&[failed, pc]), None, "a PC's login");
    }

    #[test]
    fn several_attempts_fall_into_step_and_what_fits_twice_is_not_claimed() {
        let phone = [
            attempt("10:19:27.0", "10:19:28.0"),
            attempt("10:20:27.0", "10:20:28.0"),
            attempt("10:22:27.0", "10:22:28.0"),
        ];
        let asa = |minutes: &[u8]| -> String {
            let moment = |minute, second| format!("Nov 23 2026 10:{minute:02}:{second}");
            minutes.iter().map(|minute| refused(&moment(minute, 37), &moment(minute, 38))).collect()
        };
        assert_eq!(offset(&[&phone.concat(), &asa(&[18, 19, 20, 22, 25])]), Some(10_000));
        assert_eq!(offset(&[&phone[0], &asa(&[18, 20, 25])]), None, "it may be any of three");
        let near = refused("Nov 23 2026 10:19:28", "Nov 23 2026 10:19:29");
        assert_eq!(offset(&[&phone[0], &[near, asa(&[20])].concat()]), Some(1_000), "clocks that agree");
    }

    #[test]
    fn times_go_on_after_midnight_and_take_the_asas_date() {
        let phone = [attempt("23:59:58.0", "23:59:59.0"), attempt("00:00:58.0", "00:00:59.0")].concat();
        let asa = [
            refused("Nov 23 2026 23:59:56", "Nov 23 2026 23:59:57"),
            refused("Nov 24 2026 00:00:56", "Nov 24 2026 00:00:57"),
        ];
        let readings = readings(&[("x", &phone), ("y", &asa.concat())]);
        let documents = Documents::of(&readings);
        let clocks = of(&documents, &[]);
        assert_eq!(clocks.known[0].offset_micros, -2_000_000);
        let aligned: Vec<_> =
            timeline::of(&documents, &[]).iter().take(4).filter_map(|event| clocks.aligned(event)).collect();
        assert_eq!(
            aligned,
            ["2026-11-23T23:59:56", "2026-11-23T23:59:57", "2026-11-24T00:00:56", "2026-11-24T00:00:57"]
        );
    }

    #[test]
    fn what_the_asa_does_not_know_is_not_made_up() {
        let phone = attempt("10:19:27.0", "10:19:28.0");
        for (begins, alerts, expected) in [
            ("Nov 23 10:19:30", "Nov 23 10:19:31", "--11-23T10:19:30"),
            ("Nov 23 2026 10:19:30", "Nov 23 2026 10:19:31", "2026-11-23T10:19:30"),
        ] {
            let asa = refused(begins, alerts);
            let readings = readings(&[("x", &phone), ("y", &asa)]);
            let documents = Documents::of(&readings);
            let (clocks, events) = (of(&documents, &[]), timeline::of(&documents, &[]));
            assert_eq!(clocks.aligned(&events[0]).as_deref(), Some(expected));
            let own = events.iter().find(|event| event.place.input == 1).unwrap();
            assert_eq!(clocks.aligned(own).as_deref(), Some(expected));
        }
    }

    #[test]
    fn each_phone_has_its_own_clock_and_says_what_it_was_found_from() {
        let one = attempt("10:19:27.0", "10:19:28.0");
        let other = attempt("08:30:00.0", "08:30:02.0")
            .replace("code 48, unknown CA", "code 45, certificate expired");
        let asa = [
            refused("Nov 23 2026 10:19:27", "Nov 23 2026 10:19:28"),
            refused("Nov 23 2026 10:31:00", "Nov 23 2026 10:31:02")
                .replace("tlsv1 alert unknown ca", "sslv3 alert certificate expired"),
        ];
        let found = clocks(&readings(&[("x", &one), ("y", &other), ("z", &asa.concat())]));
        let told: Vec<_> =
            found.known.iter().map(|clock| (clock.input, clock.offset_micros / SECOND)).collect();
        assert_eq!(told, [(0, 0), (1, 2 * 3600 + 60)]);
        assert_eq!(found.known[0].from.en(), "alert 48, TLS handshake begins: 2 events that both sides saw");
    }
}
