//! Whose is this: a phone's, possibly a phone's, or another client's? The one tie between what an ASA logs and phones.
//!
//! All witnesses and their strength stand here, once; rules and other facts ask, and decide nothing themselves.
//!
//! | witness | strength |
//! |---|---|
//! | the person's answer; a phone's name as the user or in the certificate; an issuer of phones' certificates | certain |
//! | the client type; the address of a phone and of nobody else; a group that serves phones; a trust-point called like CAPF | likely |
//! | an offer of nothing but AES256-SHA and AES128-SHA; the same alert in a phone's own log | likely |
//! | a nameless message directly behind the phone's own; a packet to the address that phones dial | likely |
//! | an address or a group that a phone shares with others; a name that hints; a nameless message where phones are logged | possible |
//! | nothing at all, and nobody else is named | possible |
//!
//! Whoever is named and is no phone is another client, and so is everything from an address where only such clients
//! logged in.
//!
//! Sources: Cisco 116162 (the user name of a certificate login), Cisco 115785 (the client type), the ASA syslog guide.

use crate::event::Session;
use crate::facts::Documents;
use crate::facts::phone_groups::{PhoneGroups, is_called_phone};
use crate::finding::Confidence;
use crate::names::phone::PhoneName;
use crate::names::user::without_domain;

mod crowd;
mod message;
pub mod messages;
mod order;
mod owner;
mod people;

pub use messages::{Message, Over};
pub use owner::{Owner, Witness};
pub use people::is_hidden;
use people::{Lodgers, People};

/// Answers whose something is.
#[derive(Clone, Debug, Default)]
pub struct Whose {
    people: People,
    groups: PhoneGroups,
    any_phone: bool,
}

impl Whose {
    /// Hears the witnesses; `answer` is what the person said to `phone`: a name, a user or an address.
    pub fn of(documents: &Documents<'_>, groups: &PhoneGroups, answer: Option<&str>) -> Self {
        let answer = answer.map(|answer| without_domain(answer.trim()).to_owned()).unwrap_or_default();
        let people = People::of(documents, groups).answered(answer);
        let any_phone = people.any_phone()
            || !documents.phone_logs.is_empty()
            || documents.phone_configs.iter().any(|config| config.document.vpn_group.is_some())
            || groups.sure().next().is_some();
        Self { people, groups: groups.clone(), any_phone }
    }

    /// True where the case shows a phone at all.
    pub fn any_phone(&self) -> bool {
        self.any_phone
    }

    /// True where no log and no list of sessions names anybody.
    pub fn names_nobody(&self) -> bool {
        self.people.is_empty()
    }

    /// True where a log or a list of sessions names a phone.
    pub fn names_phones(&self) -> bool {
        self.people.any_phone()
    }

    /// Whose a session is that a message names.
    pub fn session(&self, session: &Session) -> Owner {
        let user = without_domain(&session.user);
        if is_hidden(user) {
            return self.nameless(session);
        }
        if self.people.is_answer(user) || self.people.is_answer(&session.address) {
            return Owner::phone(Witness::Answer, user);
        }
        if PhoneName::ends(user) {
            return Owner::phone(Witness::UserName, user);
        }
        let known = self.people.user(user).unwrap_or_default();
        let from_phone = matches!(
            self.people.address(&session.address),
            Lodgers::Phone(_) | Lodgers::Phones | Lodgers::Shared
        );
        if known.phone_client && (!known.other_client || from_phone) {
            return Owner::phone(Witness::ClientType, user);
        }
        if known.other_client {
            return Owner::Another;
        }
        if known.in_group || self.groups.serves(&session.group) {
            let witness = if self.people.named { Witness::SharedGroup } else { Witness::Group };
            return Owner::phone(witness, user);
        }
        if is_called_phone(&session.group) {
            return Owner::phone(Witness::Name, user);
        }
        Owner::Another
    }

    /// The most that may be claimed of a session; `None` where it is another client's.
    pub fn claim(&self, session: &Session) -> Option<Confidence> {
        self.session(session).confidence()
    }

    /// True for a session whose client calls itself a phone.
    pub fn is_by_client(&self, session: &Session) -> bool {
        matches!(self.session(session), Owner::Phone { witness: Witness::ClientType, .. })
    }

    /// True for a session that more than a possibility ties to a phone.
    pub fn is_phones(&self, session: &Session) -> bool {
        self.session(session).is_phone()
    }

    /// Whose a session is whose user is not printed.
    fn nameless(&self, session: &Session) -> Owner {
        let by_address = if session.address.is_empty() {
            Owner::phone(Witness::Nothing, "")
        } else {
            self.address(&session.address)
        };
        match &by_address {
            Owner::Phone { witness, .. }
                if *witness > Witness::Group && self.groups.serves(&session.group) =>
            {
                Owner::phone(Witness::Group, "")
            }
            Owner::Phone { witness: Witness::Nothing, .. } if is_called_phone(&session.group) => {
                Owner::phone(Witness::Name, "")
            }
            _ => by_address,
        }
    }

    /// Whose everything from an address is.
    pub fn address(&self, address: &str) -> Owner {
        if self.people.is_answer(address) {
            return Owner::phone(Witness::Answer, "");
        }
        match self.people.address(address) {
            Lodgers::Phone(user) => Owner::phone(Witness::Address, &user),
            Lodgers::Phones => Owner::phone(Witness::Address, ""),
            Lodgers::Shared => Owner::phone(Witness::SharedAddress, ""),
            Lodgers::Others => Owner::Another,
            Lodgers::Unknown => Owner::phone(Witness::Nothing, ""),
        }
    }

    /// Whose the client is whose certificate has this common name.
    pub fn certificate(&self, common_name: &str) -> Owner {
        if PhoneName::ends(common_name) {
            Owner::phone(Witness::Certificate, common_name)
        } else {
            Owner::Another
        }
    }

    /// What a message about a tunnel group is, as far as the group tells.
    pub fn group(&self, name: &str) -> Option<Owner> {
        if self.groups.serves(name) {
            return Some(Owner::phone(Witness::Group, ""));
        }
        if is_called_phone(name) {
            return Some(Owner::phone(Witness::Name, ""));
        }
        // Where the phones' groups are known, another one is not theirs.
        let known = !name.is_empty() && self.groups.sure().next().is_some();
        known.then_some(Owner::Another)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    /// The witness of the last line's session, or nothing where it is another client's.
    fn witness(lines: &[&str], answer: Option<&str>) -> Option<Witness> {
        let mut said = Said::new();
        if let Some(answer) = answer {
            said.say("phone", answer).unwrap();
        }
        let readings = readings(&[("x", &lines.join("\n"))]);
        let case = Case::of(&readings, &said, now());
        let event = case.documents.asa_syslogs[0].document.events.last().unwrap();
        match case.whose.session(event.message.session().unwrap()) {
            Owner::Phone { witness, .. } => Some(witness),
            Owner::Another => None,
        }
    }

    const PHONE: &str = "%ASA-6-716038: Group <P> User <CP-8861-SEPAABBCCDDEE01> IP <203.0.113.40> Authentication: successful, Session Type: WebVPN.";
    const LOBBY: &str = "%ASA-6-722055: Group <P> User <lobby> IP <203.0.113.41> Client Type: Cisco SVC IPPhone Client v1.0 (1.0)";

    fn rejected(group: &str, user: &str, address: &str) -> String {
        format!(
            "%ASA-6-716039: Group <{group}> User <{user}> IP <{address}> Authentication: rejected, Session Type: WebVPN."
        )
    }

    #[test]
    fn each_witness_has_its_say() {
        let (hidden, there) = ("*****", "203.0.113.40");
        let bob = PHONE.replace("CP-8861-SEPAABBCCDDEE01", "bob").replace("<P>", "<STAFF>");
        type Row<'a> = (&'a [&'a str], String, Option<&'a str>, Option<Witness>);
        let rows: &[Row<'_>] = &[
            (
                &[],
                rejected("P", "LOCAL\\CP-8861-SEPAABBCCDDEE01", "192.0.2.1"),
                None,
                Some(Witness::UserName),
            ),
            (&[LOBBY], rejected("Q", "lobby", "192.0.2.1"), None, Some(Witness::ClientType)),
            (&[PHONE], rejected("Q", hidden, there), None, Some(Witness::Address)),
            (&[PHONE, &bob], rejected("Q", hidden, there), None, Some(Witness::SharedAddress)),
            (&[&bob], rejected("Q", hidden, there), None, None),
            (&[LOBBY], rejected("P", hidden, "192.0.2.1"), None, Some(Witness::Group)),
            (&[LOBBY], rejected("P", "guest", "192.0.2.1"), None, Some(Witness::SharedGroup)),
            (&[], rejected("VPN-Phones", "guest", "192.0.2.1"), None, Some(Witness::Name)),
            (&[], rejected("Q", "guest", "192.0.2.1"), None, None),
            (&[], rejected("Q", hidden, "192.0.2.1"), None, Some(Witness::Nothing)),
            (&[], rejected("Q", "guest", "192.0.2.1"), Some("guest"), Some(Witness::Answer)),
            (&[], rejected("Q", hidden, "192.0.2.1"), Some("192.0.2.1"), Some(Witness::Answer)),
        ];
        for (before, line, answer, expected) in rows {
            let lines: Vec<&str> = before.iter().copied().chain([line.as_str()]).collect();
            assert_eq!(witness(&lines, *answer), *expected, "{lines:?}");
        }
    }

    #[test]
    fn a_log_without_dates_tells_nothing_of_when_another_one_was_written() {
        let failed = rejected("P", "CP-8861-SEPAABBCCDDEE01", "203.0.113.40");
        let tunnel = "%ASA-5-722033: Group <P> User <CP-8861-SEPAABBCCDDEE01> IP <203.0.113.40> First TCP SVC connection established for SVC session.";
        let over = |files: &[(&str, &str)]| {
            let (readings, said) = (readings(files), Said::new());
            let case = Case::of(&readings, &said, now());
            case.logged_failures.iter().map(|failure| failure.over.is_some()).collect::<Vec<_>>()
        };
        let (a, b) = (("a.log", failed.as_str()), ("b.log", tunnel));
        assert_eq!(over(&[a, b]), [false]);
        assert_eq!(over(&[b, a]), [false]);
        assert_eq!(over(&[("one.log", &format!("{failed}\n{tunnel}"))]), [true]);
    }
}
