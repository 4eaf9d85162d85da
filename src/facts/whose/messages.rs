//! Whose is each message of the ASAs' logs?
//!
//! ```text
//! 113012: AAA user authentication Successful : local database : user = CP-7945G-SEP001122334466   that phone's
//! 113040: Terminating the VPN connection attempt from BRANCH. Reason: …   nameless, right behind: likely that phone's
//! 716039: Group <STAFF> User <somebody> IP <192.0.2.66> Authentication: rejected …   another client's: left out
//! ```
//! A message that names a session, an address, a certificate or a group is judged by what it names. One that names
//! nobody belongs to the line before it, where that is near in lines and in time; else it may be any phone's that the
//! log shows. Messages that name nobody are kept only where they tell of a failure.
//!
//! Quirks: sessions interleave, so a line of another client in between unties what follows. Messages of a TLS
//! handshake have their own fact, [`crate::facts::handshakes`].

pub use super::message::{Message, Over};
use super::{Owner, Whose, Witness, order};
use crate::event::Session;
use crate::event::attempt::Step;
use crate::facts::Documents;
use crate::facts::client_certificates::{CertificateKind, kind_by_issuer};
use crate::facts::distinguished_name::common_name;
use crate::facts::handshake::Handshake;
use crate::finding::Confidence;
use crate::names::user::without_domain;
use crate::observe::{By, CertificateMatter, Observation, What, Whom};
use crate::time::Stamp;

/// Every message that is or may be a phone's, each log's in its order. Handshakes are told when they were over.
pub fn of<'a>(documents: &Documents<'a>, whose: &Whose, handshakes: &mut [Handshake]) -> Vec<Message<'a>> {
    let mut all = Vec::new();
    for log in documents.logs_by(By::AsaLog) {
        let mut near = Near { whose, last: None, client: false };
        for (index, observation) in log.observations.iter().enumerate() {
            let Some((witness, user, address)) = near.take(index, observation) else { continue };
            all.push(Message {
                observation: observation.clone(),
                index,
                witness,
                user,
                address,
                over: None,
                ends_attempt: false,
                ends_failed: false,
            });
        }
    }
    order::judge(documents, &mut all, handshakes);
    all
}

/// The line before a nameless one.
struct Last {
    owner: Owner,
    address: String,
    index: usize,
    stamp: Option<Stamp>,
    /// Its client has what it wanted: a failure behind it is not its own.
    done: bool,
}

struct Near<'w> {
    whose: &'w Whose,
    last: Option<Last>,
    /// Somebody's TLS handshake was logged before.
    client: bool,
}

/// What ties a message, the user and the address.
type Tied = (Witness, String, String);

impl Near<'_> {
    fn take(&mut self, index: usize, event: &Observation<'_>) -> Option<Tied> {
        if matter(event) == Some(CertificateMatter::NextChain)
            && self.last.as_ref().is_some_and(|last| last.address.is_empty())
        {
            self.last = None;
            return None;
        }
        if let Some(peer) = event.peer() {
            self.client = true;
            let owner = self.whose.address(&peer.address);
            // A PC that logs in with a password brings no certificate either.
            let told = matches!(event.what, What::NoClientCertificate)
                && (owner.is_phone() || self.whose.any_phone());
            let tied = if told { tied(&owner, &peer.address) } else { None };
            self.remember(owner, &peer.address, index, event);
            return tied;
        }
        if let Some((owner, address)) = self.named(event) {
            let owner = self.behind(owner, &address, index, event);
            let result = tied(&owner, &address);
            self.remember(owner, &address, index, event);
            return result;
        }
        if !tells(event) {
            return None;
        }
        // A server that is down is nobody's in particular.
        if matches!(event.what, What::ServerFailed { .. }) {
            return self.seen_alone(String::new());
        }
        let by_group = match event.about {
            Whom::TunnelGroup(name) => self.whose.group(name),
            _ => None,
        };
        let owner = by_group.unwrap_or_else(|| Owner::phone(Witness::Nothing, ""));
        let owner = self.behind(owner, "", index, event);
        let unseen = matches!(&owner, Owner::Phone { witness: Witness::Nothing, .. });
        let address = self.near(index, event).map(|last| last.address.clone()).unwrap_or_default();
        match owner {
            Owner::Phone { user, .. } if unseen => self.seen_alone(user),
            owner => tied(&owner, &address),
        }
    }

    /// What ties a failure that nothing ties: the log shows phones; or it shows a client, and nobody is named at all.
    fn seen_alone(&self, user: String) -> Option<Tied> {
        if self.whose.any_phone() {
            return Some((Witness::LogShowsPhones, user, String::new()));
        }
        (self.client && self.whose.names_nobody()).then(|| (Witness::Nothing, user, String::new()))
    }

    /// Who is named by a message, and the address beside the name.
    fn named(&self, event: &Observation<'_>) -> Option<(Owner, String)> {
        if let Some(session) = event.session().filter(|session| names_somebody(session)) {
            // It names a tunnel group, and the phones' are known.
            let told = matches!(event.what, What::UserNotInCertificate);
            if told && self.whose.group(&session.group) == Some(Owner::Another) {
                return Some((Owner::Another, session.address.clone()));
            }
            return Some((self.whose.session(session), session.address.clone()));
        }
        match event.about {
            Whom::Certificate { subject, issuer, trustpoint, .. } => {
                let name = common_name(subject);
                let of_phones = |name: &str| kind_by_issuer(name) != CertificateKind::Unknown;
                if !name.is_empty() && matter(event) != Some(CertificateMatter::IssuerUnknown) {
                    return Some((self.whose.certificate(name), String::new()));
                }
                // Only phones' certificates are issued by a CAPF or by the maker's CAs.
                if of_phones(common_name(issuer)) {
                    return Some((Owner::phone(Witness::Certificate, ""), String::new()));
                }
                let capf = trustpoint.to_ascii_lowercase().contains(CAPF);
                (capf || of_phones(trustpoint))
                    .then(|| (Owner::phone(Witness::TrustPoint, ""), String::new()))
            }
            Whom::Address(address) if !address.is_empty() => {
                Some((self.whose.address(address), address.to_owned()))
            }
            _ => None,
        }
    }

    /// What is not tied by what it names belongs to the line right before it.
    fn behind(&self, owner: Owner, address: &str, index: usize, event: &Observation<'_>) -> Owner {
        let Owner::Phone { witness, .. } = &owner else { return owner };
        let nameless = event.session().is_none_or(|session| super::is_hidden(without_domain(&session.user)));
        if *witness < Witness::RightBehind && !matches!(&owner, Owner::Phone { user, .. } if user.is_empty())
            || !nameless
            || is_check(event)
            || !tells(event)
        {
            return owner;
        }
        let Some(last) = self.near(index, event).filter(|last| !last.done) else { return owner };
        let same_place = address.is_empty() || last.address.is_empty() || last.address == address;
        match &last.owner {
            Owner::Phone { witness: near, user }
                if same_place && near.confidence() < Confidence::Possible =>
            {
                Owner::phone((*witness).min(Witness::RightBehind), user)
            }
            Owner::Another if *witness > Witness::Group && address.is_empty() => Owner::Another,
            _ => owner,
        }
    }

    /// The line before, where it is near enough.
    fn near(&self, index: usize, event: &Observation<'_>) -> Option<&Last> {
        self.last.as_ref().filter(|last| {
            let soon = match (last.stamp, event.stamp) {
                (Some(before), Some(now)) if before.month_day == now.month_day => {
                    now.micros_of_day.saturating_sub(before.micros_of_day) <= MICROS
                }
                (Some(_), Some(_)) => false,
                _ => true,
            };
            soon && index.saturating_sub(last.index) <= LINES
        })
    }

    fn remember(&mut self, owner: Owner, address: &str, index: usize, event: &Observation<'_>) {
        let done = matches!(
            event.what,
            What::AddressAssigned { .. } | What::TunnelTransport { .. } | What::SessionEnded { .. }
        );
        self.last = Some(Last { owner, address: address.to_owned(), index, stamp: event.stamp, done });
    }
}

fn tied(owner: &Owner, address: &str) -> Option<Tied> {
    match owner {
        Owner::Phone { witness, user } => Some((*witness, user.clone(), address.to_owned())),
        Owner::Another => None,
    }
}

/// A hidden user without an address and without a group tells nothing.
fn names_somebody(session: &Session) -> bool {
    !super::is_hidden(without_domain(&session.user))
        || !session.address.is_empty()
        || !session.group.is_empty()
}

/// What the ASA does with a certificate.
fn matter<'a>(event: &Observation<'a>) -> Option<CertificateMatter<'a>> {
    match event.what {
        What::Certificate { matter, .. } => Some(matter),
        _ => None,
    }
}

/// It tells that something failed.
fn tells(event: &Observation<'_>) -> bool {
    is_check(event) || matches!(event.step, Step::Failed { .. })
}

/// Lists of revoked certificates are fetched at any time, and no attempt fails by the line itself.
fn is_check(event: &Observation<'_>) -> bool {
    matter(event) == Some(CertificateMatter::RevocationListMissing)
}

/// A trust-point that is called so holds the CA of the phones' own certificates.
const CAPF: &str = "capf";
/// Lines between a client's line and a nameless one behind it.
const LINES: usize = 12;
/// Time between them; without times the lines alone count.
const MICROS: u64 = 30_000_000;
