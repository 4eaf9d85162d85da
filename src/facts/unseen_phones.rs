//! Which phones of the case do its logs not show, though they show others?
//!
//! ```text
//! SEP001122334455.cnf.xml                                                  the phone that is asked about
//! 722033 … User <CP-8861-SEP001122334466> … First TCP SVC connection …     another one, and it is connected
//! ```
//! That others get through tells nothing of a phone that no log names. Witnesses: the users of ASA logs and of lists of
//! sessions, and the hosts of captures. Nothing is said where one of the phones of the case is among them (a fleet is
//! never whole), where a phone has a log of its own, and where a phone goes by another name: that may be this one.

use std::collections::BTreeSet;

use crate::facts::Documents;
use crate::facts::phones::Phone;
use crate::names::phone::{PHONE_CLIENT, PhoneName};
use crate::observe::{By, What};

/// Phones with a configuration of the VPN, none of which is among those that logs name; in the order of their names.
pub fn of(documents: &Documents<'_>, phones: &[Phone<'_>]) -> Vec<PhoneName> {
    if !documents.phone_logs.is_empty() {
        return Vec::new();
    }
    let with_vpn = phones.iter().filter(|phone| phone.vpn_group().is_some());
    let asked: BTreeSet<PhoneName> = with_vpn.filter_map(|phone| named(&phone.name(documents))).collect();
    let Some(seen) = phones_in_logs(documents) else { return Vec::new() };
    if seen.is_empty() || !asked.is_disjoint(&seen) {
        return Vec::new();
    }
    asked.into_iter().collect()
}

/// Every phone that is seen to do something; `None` where one goes by no name, or by another one.
fn phones_in_logs(documents: &Documents<'_>) -> Option<BTreeSet<PhoneName>> {
    let logs = documents.asa_syslogs.iter();
    let counted = logs.flat_map(|log| log.document.phones.phones.iter().map(|row| row.user.as_str()));
    let lists = documents.asa_sessions.iter().flat_map(|list| &list.document.sessions);
    let listed = lists.filter(|one| {
        let client = one.client.as_ref().is_some_and(|client| client.value.contains(PHONE_CLIENT));
        client || PhoneName::ends(&one.user)
    });
    let hosts = documents.observed_by(By::Wire).filter_map(|event| match event.what {
        What::HostIsPhone { name } => Some(name),
        _ => None,
    });
    let users = counted.chain(listed.map(|one| one.user.as_str())).chain(hosts);
    users.map(named).collect()
}

fn named(name: &str) -> Option<PhoneName> {
    PhoneName::at_end_of(name).map(|(_, phone)| phone)
}
