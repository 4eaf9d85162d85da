//! Through which access lists does a dynamic access policy put a phone's traffic?
//!
//! ```text
//! dynamic-access-policy-record PHONES
//!  network-acl VOICE
//! 734001: DAP: User CP-8841-SEP001122334455, Addr …: The following DAP records were selected …: PHONES
//! ```
//! The lists of a record take the place of the group policy's `vpn-filter`. Witnesses, the strongest first: the log
//! names the records of a phone's session (734001); DfltAccessPolicy is the only record, and so it is everybody's. What
//! another record matches stands in `dap.xml` on the ASA's disk: without a log it may be the phones'. Where records
//! are called after phones, they are meant, and not the others.
//!
//! Quirks: the lists of all selected records are joined. A list holds lines that permit or lines that deny and not both;
//! what a list of denials does not name passes. A record that ends the session filters nothing.
//!
//! Sources: ASA command reference, `network-acl` and `dynamic-access-policy-record`; ASDM guide, "Configure DAP Access
//! and Authorization Policy Attributes"; ASA syslog guide, 734001.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::asa_config::{AsaConfig, DapRecord};
use crate::facts::In;
use crate::facts::access_policies::{DEFAULT_RECORD, records};
use crate::facts::asa_devices::AsaDevice;
use crate::facts::filter_traffic::{self, FilterList};
use crate::facts::phone_groups::is_called_phone;
use crate::facts::whose::Message;
use crate::finding::Confidence;
use crate::observe::What;
use crate::source::{Place, Stated};

/// The lists of one record, or of all records that one session got.
#[derive(Clone, Debug)]
pub struct PolicyFilter<'a> {
    /// Whether it is the phones'.
    pub applies: Applies,
    /// The names of the records.
    pub records: Vec<String>,
    /// Their lists.
    pub lists: Vec<NetworkList<'a>>,
}

/// Whether a record is the phones'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies {
    /// There is no other.
    Always,
    /// A log names it for a session that is, as surely as this, a phone's.
    Selected(Place, Confidence),
    /// It may be.
    Perhaps,
    /// It may be, and others are called after phones.
    Others,
}

/// A list that a record names.
#[derive(Clone, Debug)]
pub struct NetworkList<'a> {
    /// Its name, and the line that names it.
    pub named: Stated<String>,
    /// The list; `None` where no configuration shows it.
    pub list: Option<FilterList<'a>>,
}

/// What the access policy does to the `vpn-filter` of the phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// Nothing that is known.
    Nothing,
    /// Lists that may let phones through may take its place.
    Perhaps,
    /// Lists take its place.
    Always,
}

/// The filters that may be the phones', those of records without a list as well; `None` where the configuration does
/// not show the records.
pub fn of_device<'a>(device: &AsaDevice<'a>, messages: &[Message<'_>]) -> Option<Vec<PolicyFilter<'a>>> {
    let mut known: BTreeMap<&'a str, Vec<(In<'a, AsaConfig>, &'a DapRecord)>> = BTreeMap::new();
    for (config, record) in records(device) {
        known.entry(record.name.value.as_str()).or_default().push((config, record));
    }
    let covered = device.covers("dynamic-access-policy-record");
    if known.is_empty() && !covered {
        return None;
    }
    // Without a list no record filters anything.
    if known.values().flatten().all(|(_, record)| record.network_lists.is_empty()) {
        return covered.then(Vec::new);
    }
    let made = |names: &[&str], applies: Applies| {
        let own: Vec<_> = names.iter().filter_map(|name| known.get(name)).flatten().collect();
        let ends = own.iter().any(|(_, record)| ends_session(record));
        (!ends).then(|| PolicyFilter {
            applies,
            records: names.iter().map(|name| (*name).to_owned()).collect(),
            lists: lists_of(device, own.into_iter().copied()),
        })
    };
    let selected = selected(messages);
    let is_here = |names: &[&str]| names.iter().all(|name| known.contains_key(name));
    let only_default = covered && known.keys().all(|name| *name == DEFAULT_RECORD);
    if only_default && selected.keys().all(|names| is_here(names)) {
        return Some(made(&[DEFAULT_RECORD], Applies::Always).into_iter().collect());
    }
    let here = selected.into_iter().filter(|(names, _)| is_here(names)).take(MOST);
    let logged: Vec<_> = here
        .filter_map(|(names, (confidence, place))| made(&names, Applies::Selected(place, confidence)))
        .collect();
    if !logged.is_empty() {
        return Some(logged);
    }
    let called = known.keys().any(|name| is_called_phone(name));
    let candidates = known.keys().take(MOST).filter_map(|name| {
        let applies = if called && !is_called_phone(name) { Applies::Others } else { Applies::Perhaps };
        made(&[*name], applies)
    });
    Some(candidates.collect())
}

/// What the filters of an ASA's access policy do to its `vpn-filter`.
pub fn replaces(filters: &[PolicyFilter<'_>]) -> Replaces {
    let is_sure =
        |filter: &PolicyFilter<'_>| matches!(filter.applies, Applies::Always | Applies::Selected(..));
    let may_pass =
        |filter: &&PolicyFilter<'_>| !filter.lists.is_empty() && filter.lets_phones_through() != Some(false);
    if !filters.is_empty() && filters.iter().all(|filter| is_sure(filter) && !filter.lists.is_empty()) {
        Replaces::Always
    } else if filters.iter().any(|filter| may_pass(&filter)) {
        Replaces::Perhaps
    } else {
        Replaces::Nothing
    }
}

impl PolicyFilter<'_> {
    /// Whether a phone's traffic may pass; `None` where a list that tells is not shown.
    pub fn lets_phones_through(&self) -> Option<bool> {
        let mut shown = self.lists.iter().filter_map(|named| named.list.as_ref());
        if self.lists.is_empty() || shown.any(FilterList::may_carry_phones_of_record) {
            return Some(true);
        }
        self.lists.iter().all(|named| named.list.is_some()).then_some(false)
    }
}

fn ends_session(record: &DapRecord) -> bool {
    record.action.as_ref().is_some_and(|action| action.value == "terminate")
}

/// The lists of records, each once.
fn lists_of<'a>(
    device: &AsaDevice<'a>,
    records: impl Iterator<Item = (In<'a, AsaConfig>, &'a DapRecord)>,
) -> Vec<NetworkList<'a>> {
    let mut told = BTreeSet::new();
    let named =
        records.flat_map(|(config, record)| record.network_lists.iter().map(move |seen| config.stated(seen)));
    named
        .filter(|named| told.insert(named.value.clone()))
        .take(MOST)
        .map(|named| NetworkList { list: filter_traffic::list(device, &named.value), named })
        .collect()
}

/// What each phone's last session got: every set of records, how surely it is a phone's, and the line.
fn selected<'m>(messages: &'m [Message<'_>]) -> BTreeMap<Vec<&'m str>, (Confidence, Place)> {
    let mut last: BTreeMap<&str, (&'m [String], &'m Message<'_>)> = BTreeMap::new();
    for message in messages.iter().filter(|message| message.is_phones()) {
        let What::AccessPolicyApplied { records } = message.what else { continue };
        let phone = if message.user.is_empty() { &message.address } else { &message.user };
        last.insert(phone, (records, message));
    }
    let mut sets: BTreeMap<Vec<&str>, (Confidence, Place)> = BTreeMap::new();
    for (records, message) in last.into_values() {
        let names: Vec<&str> = records.iter().map(String::as_str).collect();
        let known = sets.get(&names).map(|(confidence, _)| *confidence);
        if known.is_none_or(|known| message.confidence() < known) {
            sets.insert(names, (message.confidence(), message.place()));
        }
    }
    sets
}

/// Records and lists that are looked at of one ASA.
const MOST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    const LIST: &str = "access-list WEB extended permit tcp any any eq www\n";
    const DEFAULT: &str = "dynamic-access-policy-record DfltAccessPolicy\n network-acl WEB\n";
    const STAFF: &str = "dynamic-access-policy-record STAFF\n network-acl WEB\n";
    const PHONES: &str = "dynamic-access-policy-record IP-PHONES\n";
    const LOG: &str = "%ASA-6-734001: DAP: User CP-8841-SEP001122334455, Addr 203.0.113.77, Connection AnyConnect: The following DAP records were selected for this connection: STAFF, IP-PHONES\n";

    /// How each filter applies, its records, and what it lets through.
    fn filters_of(config: &str, log: &str) -> Option<Vec<(char, String, Option<bool>)>> {
        let text = format!("ASA Version 9.8(4)\nhostname asa\n{config}: end\n");
        let (readings, said) = (readings(&[("asa.cfg", &text), ("a.log", log)]), Said::new());
        let case = Case::of(&readings, &said, now());
        let filters = of_device(&case.asa_devices[0], &case.messages)?;
        let word = |filter: &PolicyFilter<'_>| match filter.applies {
            Applies::Always => 'a',
            Applies::Selected(..) => 's',
            Applies::Perhaps => 'p',
            Applies::Others => 'o',
        };
        let told = filters
            .iter()
            .map(|filter| (word(filter), filter.records.join(" "), filter.lets_phones_through()));
        Some(told.collect())
    }

    #[test]
    fn the_log_names_the_records_and_else_only_a_lone_default_is_sure() {
        let row = |how, records: &str, lets| (how, records.to_owned(), lets);
        let dflt = "DfltAccessPolicy";
        for (config, log, wanted) in [
            (format!("{LIST}{DEFAULT}"), "", vec![row('a', dflt, Some(false))]),
            (DEFAULT.to_owned(), "", vec![row('a', dflt, None)]),
            (format!("{LIST}{DEFAULT} action terminate\n"), "", vec![]),
            // The log tells of records that this text does not have: it is of another day, or of another ASA.
            (format!("{LIST}{DEFAULT}"), LOG, vec![row('p', dflt, Some(false))]),
            (
                format!("{LIST}{DEFAULT}{STAFF}"),
                "",
                vec![row('p', dflt, Some(false)), row('p', "STAFF", Some(false))],
            ),
            (
                format!("{LIST}{DEFAULT}{STAFF}{PHONES}"),
                "",
                vec![
                    row('o', dflt, Some(false)),
                    row('p', "IP-PHONES", Some(true)),
                    row('o', "STAFF", Some(false)),
                ],
            ),
            (format!("{LIST}{DEFAULT}{STAFF}{PHONES}"), LOG, vec![row('s', "STAFF IP-PHONES", Some(false))]),
            (PHONES.to_owned(), "", vec![]),
        ] {
            assert_eq!(filters_of(&config, log), Some(wanted), "{config}{log}");
        }
    }
}
