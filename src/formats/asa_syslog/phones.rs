//! One compact row for each phone, kept while the log streams by.
//!
//! A log of a large network has more messages than can be kept one by one, so what it shows of each phone is
//! counted as it comes: attempts, how far they came, and where and why the last one failed.
//!
//! A phone is known by its user name (`CP-7962G-SEP001122334455`) or by its client (`Cisco SVC IPPhone Client`); an
//! attempt that fails before that is known by its address alone. Such an attempt is a phone's where the address
//! belongs to one phone and to nobody else; where several share an address (a branch behind NAT, a phone beside a
//! PC) it stays with the address.
//!
//! A failure that names nobody (113040, 734004) is that of the user whose line stands right before it, as in the tie of
//! the whole case.
//!
//! Attempts: a failed TLS handshake is one; a login is one together with the handshake before it; a completed
//! handshake that no login follows is one. A DTLS handshake belongs to the attempt whose tunnel stands.
//!
//! Empty means: no phone was seen, which does not mean that there is none.

use super::attempts::{Attempts, Tally};
use super::event::Event;
use super::handshakes::{Ended, OpenHandshakes};
use super::phrase::Words;
use super::remembered::RememberedEvent;
use super::rows::Rows;
use super::steps;
use crate::documents::asa_syslog::{AsaEvent, AsaMessage, PhoneSeen, PhonesSeen};
use crate::event::Session;
use crate::event::attempt::Step;
use crate::names::phone::PHONE_CLIENT;
use crate::names::user::{is_phone_user, without_domain};
use crate::time::Stamp;

/// Takes events and keeps the rows.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    users: Rows<User>,
    addresses: Rows<Address>,
    handshakes: OpenHandshakes,
    others: usize,
    /// Events so far.
    number: u64,
    /// Whom the last line named that named a user or an address; its number and time, where it was somebody's.
    last: Named,
    last_address: String,
    last_line: (u64, Option<Stamp>),
}

/// What a line names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Named {
    #[default]
    Nobody,
    /// The user at this place; `None` where there was no room for it.
    User(Option<u32>),
    /// The address of one user, of several or of none. Who logged in from it is asked where it matters: no line between
    /// could change it that is not the last one itself.
    Address,
}

#[derive(Debug, Default)]
struct User {
    phone: bool,
    addresses: Vec<String>,
    /// The place of the address that it was last seen at, counted from 1. The two know each other.
    last_address: u32,
    attempts: Attempts,
    /// The last failure that found no room in the list of events.
    late: Option<Box<RememberedEvent>>,
}

#[derive(Debug, Default)]
struct Address {
    /// Users that logged in from it: two are enough to know that it is shared.
    users: Vec<Guest>,
    /// Handshakes that failed or that no login followed, and logins whose user is hidden.
    attempts: Attempts,
    /// A completed handshake waits for its login since then.
    waiting: Option<Option<Stamp>>,
    /// The last failed handshake that found no room in the list of events, with its reason before it.
    late: Vec<RememberedEvent>,
}

/// A user who logged in from an address.
#[derive(Debug)]
struct Guest {
    name: String,
    /// The place of its row, where it had one then: it stays there.
    place: Option<u32>,
}

impl Guest {
    fn row<'u>(&self, users: &'u mut Rows<User>) -> Option<&'u mut User> {
        let place = self.place.or_else(|| users.place(&self.name))?;
        users.at(place)
    }
}

impl Ledger {
    /// Takes the next event, in the order of the log.
    pub fn take(&mut self, event: &Event<'_>) {
        if let Some(ended) = self.handshakes.take(event) {
            self.handshake(ended, event);
        }
        self.number += 1;
        match event.message.session() {
            Some(session) if !is_hidden(&session.user) || !session.address.is_empty() => {
                self.session(session, event);
            }
            _ => self.nameless(event),
        }
    }

    /// So many events that name nobody and decide nothing come next.
    pub fn pass(&mut self, times: u32) {
        self.handshakes.pass(times);
        self.number += u64::from(times);
    }

    /// A failure that names nobody belongs to the user of the line before it.
    fn nameless(&mut self, event: &Event<'_>) {
        if let Some(peer) = event.message.peer() {
            (*peer.address).clone_into(&mut self.last_address);
            (self.last, self.last_line) = (Named::Address, (self.number, event.stamp));
            return;
        }
        // A server's failure is nobody's in particular, and behind a request for an address 722020 names its session.
        let nobodys =
            matches!(event.message, AsaMessage::AaaServerFailed { .. } | AsaMessage::AddressRequest { .. });
        if nobodys || !matches!(steps::step(event.id, event.message, event.text), Step::Failed { .. }) {
            return;
        }
        let (number, stamp) = self.last_line;
        let soon = match (stamp, event.stamp) {
            (Some(before), Some(now)) => {
                before.month_day == now.month_day
                    && now.micros_of_day.saturating_sub(before.micros_of_day) <= BEHIND_MICROS
            }
            _ => true,
        };
        if !soon || self.number - number > BEHIND_LINES {
            return;
        }
        let users = &mut self.users;
        let user = match self.last {
            Named::Nobody => None,
            Named::User(place) => place.and_then(|place| users.at(place)),
            Named::Address => {
                match self.addresses.get(&self.last_address).map(|known| known.users.as_slice()) {
                    Some([only]) => only.row(users),
                    _ => None,
                }
            }
        };
        if let Some(known) = user {
            let failed = known.attempts.take(event);
            if failed && event.late && known.phone {
                RememberedEvent::put(&mut known.late, event);
            }
        }
    }

    fn handshake(&mut self, ended: Ended, event: &Event<'_>) {
        let address = event.message.peer().map(|peer| &*peer.address).unwrap_or_default();
        if address.is_empty() {
            return;
        }
        let Some(known) = self.addresses.room(address) else { return };
        let users = &mut self.users;
        let mut running =
            known.users.iter().map(|user| user.row(users).is_some_and(|user| user.attempts.is_running()));
        let tally = &mut known.attempts.tally;
        tally.heard_at(event.stamp);
        if let Some(furthest) = ended.furthest {
            tally.reach(furthest);
        }
        match ended.failure {
            Some(failure) => {
                tally.attempts = tally.attempts.saturating_add(u32::from(!ended.datagram));
                tally.fail(failure);
                if event.late {
                    known.late = ended.reason.into_iter().chain([RememberedEvent::of(event)]).collect();
                }
            }
            // A second connection of a login under way, or its DTLS channel.
            None if ended.datagram || running.any(|running| running) => {}
            None => known.wait(event.stamp),
        }
    }

    fn session(&mut self, session: &Session<Words<'_>>, event: &Event<'_>) {
        let user = without_domain(&session.user);
        let hidden = is_hidden(user);
        self.last_line = (self.number, event.stamp);
        let place = if hidden { None } else { self.users.place(user) };
        let mut address = None;
        if !session.address.is_empty() {
            // Most users come from where they came from before.
            let last = place.and_then(|place| self.users.at(place)?.last_address.checked_sub(1));
            address = last
                .filter(|last| self.addresses.is_at(*last, &session.address))
                .or_else(|| self.addresses.place(&session.address))
                .or_else(|| self.addresses.add(&session.address));
            if let Some(known) = address.and_then(|place| self.addresses.at(place)) {
                // A session speaks: the handshake before it was not given up.
                known.waiting = None;
                if hidden {
                    known.attempts.take(event);
                }
            }
        }
        if hidden {
            self.last = Named::Nobody;
            return;
        }
        let known = place.and_then(|place| self.users.at(place));
        // Who was told of the other one once has nothing to learn from being told again.
        let met = address.is_some_and(|place| known.is_some_and(|user| user.last_address == place + 1));
        let place = place.or_else(|| self.add(user));
        self.last = Named::User(place);
        if !met && let Some(known) = address.and_then(|place| self.addresses.at(place)) {
            known.add(user, place);
        }
        let Some(known) = place.and_then(|place| self.users.at(place)) else { return };
        if let AsaMessage::ClientType { client, .. } = event.message
            && !known.phone
            && client.contains(PHONE_CLIENT)
        {
            known.phone = true;
            self.others = self.others.saturating_sub(1);
        }
        if !met
            && known.addresses.len() < MOST_ADDRESSES
            && !session.address.is_empty()
            && !known.addresses.iter().any(|known| *known == *session.address)
        {
            known.addresses.push(session.address.clone().into_owned());
        }
        if let Some(address) = address {
            known.last_address = address + 1;
        }
        let failed = known.attempts.take(event);
        if failed && event.late && known.phone {
            RememberedEvent::put(&mut known.late, event);
        }
    }

    /// The place of a new user's row; `None` where there is no room for it.
    fn add(&mut self, user: &str) -> Option<u32> {
        let by_name = is_phone_user(user);
        if !by_name && self.others >= MOST_OTHERS {
            return None;
        }
        let place = self.users.add(user)?;
        if let Some(known) = self.users.at(place) {
            known.phone = by_name;
        }
        self.others += usize::from(!by_name);
        Some(place)
    }

    /// The rows, and the last failure of each phone that found no room in the list of events.
    pub fn finish(mut self) -> (PhonesSeen, Vec<AsaEvent>) {
        let full = self.users.full || self.addresses.full;
        let mut seen = PhonesSeen { full, ..PhonesSeen::default() };
        let mut late = Vec::new();
        for (address, mut known) in std::mem::take(&mut self.addresses).into_sorted() {
            let tally = &mut known.attempts.tally;
            tally.attempts = tally.attempts.saturating_add(u32::from(known.waiting.is_some()));
            let tally = known.attempts.tally;
            let users = &mut self.users;
            let is_phone = known.users.iter().map(|user| user.row(users).is_some_and(|user| user.phone));
            let phones = is_phone.filter(|phone| *phone).count();
            let failed = tally.failure.is_some();
            if phones > 0 {
                late.extend(known.late.drain(..).map(RememberedEvent::into_event));
            }
            match known.users.as_slice() {
                [only] if phones == 1 => {
                    if let Some(user) = only.row(&mut self.users) {
                        user.attempts.tally.merge(tally);
                    }
                }
                [] if failed && seen.strangers.len() < MOST_STRANGERS => {
                    seen.strangers.push(row(String::new(), vec![address], tally));
                }
                _ if failed && phones > 0 => seen.shared.push(row(String::new(), vec![address], tally)),
                _ => {}
            }
        }
        for (name, user) in self.users.into_sorted() {
            if user.phone {
                late.extend(user.late.map(|event| event.into_event()));
                seen.phones.push(row(name, user.addresses, user.attempts.tally));
            } else {
                seen.other_users = seen.other_users.saturating_add(1);
            }
        }
        late.sort_by_key(|event| event.at.order);
        (seen, late)
    }
}

impl Address {
    /// A user logged in from here. Phones are remembered before others.
    fn add(&mut self, user: &str, place: Option<u32>) {
        if self.users.iter().any(|other| other.name == user) {
            return;
        }
        let guest = || Guest { name: user.to_owned(), place };
        if self.users.len() < 2 {
            self.users.push(guest());
        } else if is_phone_user(user)
            && let Some(other) = self.users.iter_mut().find(|other| !is_phone_user(&other.name))
        {
            *other = guest();
        }
    }

    /// A handshake is complete, and a login should follow. Where another one waits since long, its client gave up.
    fn wait(&mut self, stamp: Option<Stamp>) {
        let before = self.waiting.replace(stamp);
        let Some((before, now)) = before.flatten().zip(stamp) else { return };
        if now.micros_of_day.abs_diff(before.micros_of_day) > GIVEN_UP_MICROS {
            let attempts = &mut self.attempts.tally.attempts;
            *attempts = attempts.saturating_add(1);
        }
    }
}

fn row(user: String, addresses: Vec<String>, tally: Tally) -> PhoneSeen {
    let failure = tally.failure.map(|failure| *failure).unwrap_or_default();
    PhoneSeen {
        user,
        addresses,
        attempts: tally.attempts,
        connected: tally.connected,
        furthest: tally.furthest,
        failed: failure.stage,
        id: failure.id,
        reason: failure.words,
        last: tally.last,
        at: if failure.stage.is_some() { failure.at } else { tally.at.map(|at| *at).unwrap_or_default() }
            .into_at(),
    }
}

/// The message names no user, or hides it.
fn is_hidden(user: &str) -> bool {
    user.bytes().all(|byte| byte == b'*')
}

/// Users that are no phones, so that there is room for phones.
const MOST_OTHERS: usize = 5_000;
const MOST_STRANGERS: usize = 1_000;
const MOST_ADDRESSES: usize = 3;
/// A failure that names nobody stands so near behind the line that tells whose it is, in lines and in time.
const BEHIND_LINES: u64 = 12;
const BEHIND_MICROS: u64 = 30_000_000;
/// A login follows its handshake within this time.
const GIVEN_UP_MICROS: u64 = 15_000_000;
