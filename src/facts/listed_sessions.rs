//! Which sessions do lists of the ASA show as phones', and over which transports?
//!
//! ```text
//! Username     : CP-7962G-SEP001122334455
//! Protocol     : AnyConnect-Parent SSL-Tunnel DTLS-Tunnel
//! Client Type  : Cisco IPPhone
//! ```
//! Witnesses that a session is a phone's, any of which is enough: its client or its licence is a phone's; its user is
//! named like one; its tunnel group is shown to be the phones'.
//!
//! Sources: ASA command reference, `show vpn-sessiondb`; Cisco 116162, "IP Phone Logs".

use crate::documents::asa_sessions::{AsaSession, AsaSessions};
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::{Documents, In};
use crate::names::user::is_phone_user;
use crate::source::{Place, Stated};

/// A session in a list.
#[derive(Clone, Copy, Debug)]
pub struct ListedSession<'a> {
    list: In<'a, AsaSessions>,
    session: &'a AsaSession,
}

/// Every listed session of a phone.
pub fn of_phones<'a>(documents: &Documents<'a>, groups: &PhoneGroups) -> Vec<ListedSession<'a>> {
    let all = of(documents);
    let by_group = |session: &AsaSession| {
        let group = session.tunnel_group.as_ref();
        group.is_some_and(|name| groups.sure().any(|group| group.name == name.value))
    };
    all.filter(|listed| listed.says_phone() || by_group(listed.session)).collect()
}

/// A session that is a phone's by its own words.
pub fn first_of_phone<'a>(documents: &Documents<'a>) -> Option<ListedSession<'a>> {
    of(documents).find(ListedSession::says_phone)
}

fn of<'a>(documents: &Documents<'a>) -> impl Iterator<Item = ListedSession<'a>> {
    let lists = documents.asa_sessions.iter();
    lists.flat_map(|list| list.document.sessions.iter().map(|session| ListedSession { list: *list, session }))
}

impl<'a> ListedSession<'a> {
    /// Its user.
    pub fn user(&self) -> &'a str {
        &self.session.user
    }

    /// Where it begins.
    pub fn place(&self) -> Place {
        self.list.place(&self.session.at)
    }

    /// The line that names its tunnels.
    pub fn protocol(&self) -> Option<Stated<String>> {
        self.session.protocol.as_ref().map(|protocol| self.list.stated(protocol))
    }

    /// Whether it has a tunnel of this name; `None` where the list does not say which it has.
    pub fn has_tunnel(&self, name: &str) -> Option<bool> {
        self.session.has_tunnel(name)
    }

    fn says_phone(&self) -> bool {
        self.session.says_phone() || is_phone_user(&self.session.user)
    }
}
