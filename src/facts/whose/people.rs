//! Who is known in the logs: which users and addresses are phones', and which are other clients'?
//!
//! ```text
//! 722055: Group <P> User <desk7001> IP <192.0.2.9> Client Type: Cisco SVC IPPhone Client v1.0 (1.0)
//! 716038: Group <P> User <CP-8851-SEP001122334455> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.
//! ```
//! Witnesses: every session that an ASA's log names, what its reader counted of phones further than the list of its
//! events reaches, and lists of sessions. A phone may log in with a person's name, so its client type makes its user
//! a phone's (Cisco 115785); the same person may have a PC, and then the address tells them apart.
//!
//! Quirks: a user's name comes with and without a domain. `*****` is a name that the ASA hides.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::Session;
use crate::facts::Documents;
use crate::facts::phone_groups::PhoneGroups;
use crate::names::phone::{PHONE_CLIENT, PhoneName};
use crate::names::user::without_domain;
use crate::observe::{By, What};

/// Users and addresses of the case.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// The user or address that the person named.
    answer: String,
    /// Phones are known by their names or clients, so that another user of their group is less surely one.
    pub named: bool,
    users: BTreeMap<String, User>,
    addresses: BTreeMap<String, Address>,
    /// What may be said of each address, once all witnesses are heard: it is asked for every message.
    lodgers: BTreeMap<String, Lodgers>,
}

/// What is known of a user.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct User {
    /// Its client calls itself a phone.
    pub phone_client: bool,
    /// A client of it calls itself something else.
    pub other_client: bool,
    /// It is in a group that serves phones.
    pub in_group: bool,
}

/// Whose an address is.
#[derive(Clone, Debug, Default)]
pub(super) struct Address {
    /// Users that came from it.
    users: BTreeSet<String>,
    /// Users of it whose client there calls itself a phone, or something else.
    clients: BTreeMap<String, bool>,
    /// A phone whose name is hidden came from it.
    phone: bool,
    /// Another client whose name is hidden came from it.
    other: bool,
}

/// What may be said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lodgers {
    /// One phone alone; its user, or empty.
    Phone(String),
    /// Several phones and nobody else.
    Phones,
    /// Phones and others.
    Shared,
    /// Others alone.
    Others,
    /// Nobody is known.
    Unknown,
}

/// The message names nobody.
pub fn is_hidden(user: &str) -> bool {
    user.bytes().all(|byte| byte == b'*')
}

impl People {
    /// Collects them.
    pub fn of(documents: &Documents<'_>, groups: &PhoneGroups) -> Self {
        let mut people = Self::default();
        for (log, told) in documents.asa_syslogs.iter().zip(documents.logs_by(By::AsaLog)) {
            for observation in &told.observations {
                let Some(session) = observation.session() else { continue };
                people.add_session(session, groups);
                if let What::ClientNamed { client } = observation.what {
                    people.add_client(&session.user, &session.address, client);
                }
            }
            let counted = &log.document.phones;
            for phone in &counted.phones {
                people.add_client(&phone.user, "", PHONE_CLIENT);
                for address in &phone.addresses {
                    let place = people.addresses.entry(address.clone()).or_default();
                    place.users.insert(phone.user.clone());
                    place.clients.entry(phone.user.clone()).or_insert(true);
                }
            }
            // Its reader tells an address of several users by two of them, and phones go before others: where it has
            // two phones of it, nothing says that anybody else came from there.
            for address in counted.shared.iter().flat_map(|row| &row.addresses) {
                let place = people.addresses.entry(address.clone()).or_default();
                let phones = place.clients.values().filter(|phone| **phone).count();
                place.other |= phones < 2;
            }
        }
        for list in &documents.asa_sessions {
            for session in &list.document.sessions {
                let client = session.client.as_ref().map_or("", |client| client.value.as_str());
                people.add_client(&session.user, &session.public, client);
            }
        }
        people.named = people.users.iter().any(|(name, user)| PhoneName::ends(name) || user.phone_client);
        people
    }

    fn add_session(&mut self, session: &Session, groups: &PhoneGroups) {
        let user = without_domain(&session.user);
        if is_hidden(user) {
            return;
        }
        let in_group = groups.serves(&session.group);
        // A log has many lines of few users: a name is copied once.
        match self.users.get_mut(user) {
            Some(known) => known.in_group |= in_group,
            None => {
                self.users.insert(user.to_owned(), User { in_group, ..User::default() });
            }
        }
        if session.address.is_empty() {
            return;
        }
        match self.addresses.get_mut(&session.address) {
            Some(place) if place.users.contains(user) => {}
            Some(place) => {
                place.users.insert(user.to_owned());
            }
            None => {
                let users = BTreeSet::from([user.to_owned()]);
                self.addresses.insert(session.address.clone(), Address { users, ..Address::default() });
            }
        }
    }

    fn add_client(&mut self, user: &str, address: &str, client: &str) {
        let user = without_domain(user);
        let (phone, other) = (client.contains(PHONE_CLIENT), !client.is_empty());
        if !is_hidden(user) {
            let known = self.users.entry(user.to_owned()).or_default();
            known.phone_client |= phone;
            known.other_client |= other && !phone;
        }
        if address.is_empty() {
            return;
        }
        let place = self.addresses.entry(address.to_owned()).or_default();
        if is_hidden(user) {
            place.phone |= phone;
            place.other |= other && !phone;
        } else {
            place.users.insert(user.to_owned());
            if other {
                *place.clients.entry(user.to_owned()).or_default() |= phone;
            }
        }
    }

    /// Nobody is known.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// What is known of a user.
    pub fn user(&self, user: &str) -> Option<User> {
        self.users.get(without_domain(user)).copied()
    }

    /// True for a user whose name, client or group is a phone's.
    pub fn is_phone(&self, user: &str) -> bool {
        self.is_answer(without_domain(user))
            || PhoneName::ends(without_domain(user))
            || self.user(user).is_some_and(|user| user.phone_client || user.in_group && !self.named)
    }

    /// The person named this user or address.
    pub fn is_answer(&self, text: &str) -> bool {
        !text.is_empty() && self.answer.eq_ignore_ascii_case(text)
    }

    /// A user from an address: the same person may have a phone at one and a PC at another.
    fn is_phone_at(&self, user: &str, place: &Address) -> bool {
        let phone = place.clients.get(user).copied();
        PhoneName::ends(user) || phone.unwrap_or_else(|| self.is_phone(user))
    }

    /// True where any phone is known.
    pub fn any_phone(&self) -> bool {
        self.users.keys().any(|user| self.is_phone(user)) || self.addresses.values().any(|one| one.phone)
    }

    /// Hears what the person answers, behind all other witnesses.
    pub fn answered(mut self, answer: String) -> Self {
        self.answer = answer;
        self.lodgers =
            self.addresses.iter().map(|(address, place)| (address.clone(), self.lodgers_of(place))).collect();
        self
    }

    /// Who came from an address.
    pub fn address(&self, address: &str) -> Lodgers {
        self.lodgers.get(address).cloned().unwrap_or(Lodgers::Unknown)
    }

    fn lodgers_of(&self, place: &Address) -> Lodgers {
        let mut phones = place.users.iter().filter(|user| self.is_phone_at(user, place));
        let (first, more) = (phones.next(), phones.next().is_some());
        let others = place.other || place.users.iter().any(|user| !self.is_phone_at(user, place));
        match (first, others) {
            (Some(_), true) => Lodgers::Shared,
            (Some(_), false) if more => Lodgers::Phones,
            (Some(only), false) => Lodgers::Phone(only.clone()),
            (None, true) if place.phone => Lodgers::Shared,
            (None, true) => Lodgers::Others,
            (None, false) if place.phone => Lodgers::Phone(String::new()),
            (None, false) => Lodgers::Unknown,
        }
    }
}
