//! What of the case concerns one phone?
//!
//! Other phones' configurations, logs and sessions are left out, and so are the lines of an ASA's log that name
//! another phone or an address that only others came from. A line of a TLS handshake has to belong to an address
//! of the phone: lists of suites and reasons carry none, and belong where [`crate::facts::handshakes`] puts them.
//! What names no phone at all stays: it may concern this one.

use std::collections::BTreeSet;

use crate::diagnosis::PhoneRow;
use crate::documents::Content;
use crate::documents::asa_syslog::{AsaEvent, AsaSyslog};
use crate::facts::handshake::Handshake;
use crate::facts::{Documents, handshakes, phones};
use crate::intake::Reading;
use crate::names::phone::PhoneName;
use crate::observe::By;

/// The readings without what only concerns other phones; `None` where no row is of a phone with that name.
pub fn narrowed(readings: &[Reading], rows: &[PhoneRow], name: &str) -> Option<Vec<Reading>> {
    let own = rows.iter().find(|row| !row.name.is_empty() && row.name.eq_ignore_ascii_case(name))?;
    let others = || rows.iter().filter(|row| row.name != own.name);
    let addresses = |row: &PhoneRow| row.addresses.clone();
    let sides = Sides {
        own_name: PhoneName::parse(&own.name),
        own_addresses: own.addresses.iter().cloned().collect(),
        other_addresses: others().flat_map(addresses).filter(|one| !own.addresses.contains(one)).collect(),
    };
    let foreign = foreign_inputs(readings, &own.name);
    let handshakes = handshakes::of(&Documents::of(readings));
    let mut base = 0_u32;
    let mut kept = Vec::with_capacity(readings.len());
    for reading in readings {
        let mut reading = reading.clone();
        reading.documents.retain(|document| {
            let of_one = matches!(document.content, Content::PhoneConfig(_) | Content::PhoneLog(_));
            !(of_one && foreign.contains(&base.saturating_add(document.input)))
        });
        for document in &mut reading.documents {
            match &mut document.content {
                Content::AsaSyslog(log) => {
                    let input = base.saturating_add(document.input);
                    sides.narrow_log(log, &sides.lines_of(&handshakes, input));
                }
                Content::AsaSessions(list) => {
                    list.sessions.retain(|session| sides.subject_of(&session.user) != Subject::Another);
                }
                _ => {}
            }
        }
        base = base.saturating_add(u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX));
        kept.push(reading);
    }
    Some(kept)
}

/// Inputs that hold the configuration or the log of a phone with another name.
fn foreign_inputs(readings: &[Reading], own: &str) -> BTreeSet<u32> {
    let documents = Documents::of(readings);
    let phones = phones::of(&documents);
    let configs = phones.iter().filter(|phone| phone.is_enterprise());
    let configs = configs.map(|phone| (phone.config.input, phone.name(&documents)));
    let logs = documents.logs_by(By::PhoneLog).map(|log| (log.input, phones::of_log(log, &phones)));
    let named = configs
        .chain(logs)
        .filter(|(_, name)| PhoneName::parse(name).is_some() && !name.eq_ignore_ascii_case(own));
    named.map(|(input, _)| input).collect()
}

/// Whom a text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    This,
    Another,
    Nobody,
}

struct Sides {
    own_name: Option<PhoneName>,
    own_addresses: BTreeSet<String>,
    other_addresses: BTreeSet<String>,
}

impl Sides {
    /// Where the lines without an address of this phone's handshakes stand, as bytes of the input.
    fn lines_of(&self, handshakes: &[Handshake], input: u32) -> BTreeSet<u64> {
        let own = handshakes.iter().filter(|handshake| {
            handshake.input == input && self.own_addresses.contains(&handshake.peer.address)
        });
        let mut lines = BTreeSet::new();
        for handshake in own {
            let seen = [&handshake.proposed, &handshake.supported, &handshake.reasons].into_iter().flatten();
            lines.extend(seen.map(|seen| seen.at.order));
            lines.extend(handshake.supports.iter().map(|place| place.at.order));
        }
        lines
    }

    fn narrow_log(&self, log: &mut AsaSyslog, own_lines: &BTreeSet<u64>) {
        log.events.retain(|event| match self.subject_of(event.text()) {
            Subject::This => true,
            Subject::Another => false,
            Subject::Nobody => !is_handshake(event) || own_lines.contains(&event.at.order),
        });
        let own = |user: &str| self.subject_of(user) != Subject::Another;
        log.phones.phones.retain(|seen| own(&seen.user));
        let near = |address: &String| self.own_addresses.contains(address);
        log.phones.shared.retain(|seen| seen.addresses.iter().any(near));
        log.phones.strangers.retain(|seen| seen.addresses.iter().any(near));
    }

    fn subject_of(&self, text: &str) -> Subject {
        let mut told = Subject::Nobody;
        for (_, name) in PhoneName::all_in(text) {
            if Some(&name) == self.own_name.as_ref() {
                return Subject::This;
            }
            told = Subject::Another;
        }
        for address in addresses(text) {
            if self.own_addresses.contains(address) {
                // A name tells more than an address that several phones share.
                return if told == Subject::Another { told } else { Subject::This };
            }
            if self.other_addresses.contains(address) {
                told = Subject::Another;
            }
        }
        told
    }
}

/// The messages of a TLS handshake: Cisco ASA Series Syslog Messages, 725001 to 725016.
pub(super) fn is_handshake(event: &AsaEvent) -> bool {
    (725_001..=725_016).contains(&event.id)
}

/// What looks like an IPv4 or IPv6 address; `outside:192.0.2.9/443` holds one.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let words =
        text.split(|character: char| !(character.is_ascii_hexdigit() || matches!(character, '.' | ':')));
    let candidates = words.flat_map(|word| [Some(word), word.rsplit_once(':').map(|(_, last)| last)]);
    candidates
        .flatten()
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| word.parse::<std::net::IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::diagnose::diagnose;
    use crate::diagnosis::Diagnosis;
    use crate::testing::{now, readings};

    const LOG: &str = "\
Nov 24 2026 08:00:01: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.7/50001 for TLSv1 session.
Nov 24 2026 08:00:01: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.8/50002 for TLSv1 session.
Nov 24 2026 08:00:01: %ASA-7-725014: SSL lib error. Function: SSL3_GET_RECORD Reason: no shared cipher
Nov 24 2026 08:00:02: %ASA-6-725002: Device completed SSL handshake with client outside:198.51.100.7/50001
Nov 24 2026 08:00:03: %ASA-6-113039: Group <GP> User <CP-7962G-SEP001122334455> IP <198.51.100.7> AnyConnect parent session started.
Nov 24 2026 08:00:03: %ASA-6-113039: Group <GP> User <CP-8845-SEPAABBCCDDEEFF> IP <198.51.100.8> AnyConnect parent session started.
Nov 24 2026 08:00:03: %ASA-7-725010: Device supports the following 1 cipher(s)
Nov 24 2026 08:00:03: %ASA-7-725011: Cipher[1] : AES256-SHA
Nov 24 2026 08:00:03: %ASA-7-725008: SSL client outside:198.51.100.8/50003 proposes the following 1 cipher(s)
Nov 24 2026 08:00:04: %ASA-4-411001: Line protocol on Interface outside, changed state to up
";

    fn row(name: &str, address: &str) -> PhoneRow {
        PhoneRow { name: name.to_owned(), addresses: vec![address.to_owned()], ..PhoneRow::default() }
    }

    fn kept(name: &str) -> Vec<u32> {
        let rows = [row("SEP001122334455", "198.51.100.7"), row("SEPAABBCCDDEEFF", "198.51.100.8")];
        let narrowed = narrowed(&readings(&[("x", LOG)]), &rows, name).unwrap();
        let lines = narrowed[0].documents.iter().flat_map(|document| match &document.content {
            Content::AsaSyslog(log) => log.events.iter().map(|event| event.at.line).collect(),
            _ => Vec::new(),
        });
        lines.collect()
    }

    #[test]
    fn a_log_is_narrowed_to_the_lines_of_one_phone() {
        let of_first = kept("sep001122334455");
        assert!(of_first.contains(&1) && of_first.contains(&5), "{of_first:?}");
        assert!([2, 3, 6, 7, 8, 9].iter().all(|line| !of_first.contains(line)), "{of_first:?}");
        let of_second = kept("SEPAABBCCDDEEFF");
        assert!([2, 3, 6, 7, 8, 9].iter().all(|line| of_second.contains(line)), "{of_second:?}");
        assert!([1, 4, 5].iter().all(|line| !of_second.contains(line)), "{of_second:?}");
    }

    #[test]
    fn a_phone_that_is_not_there_narrows_nothing() {
        assert!(
            narrowed(&readings(&[("x", LOG)]), &[row("SEP001122334455", "")], "SEP000000000000").is_none()
        );
    }

    #[test]
    fn addresses_are_found_however_they_stand() {
        let text = "outside:198.51.100.7/50091 (2001:db8::7) at 08:00:01, dead:beef";
        assert_eq!(addresses(text).collect::<Vec<_>>(), ["198.51.100.7", "2001:db8::7"]);
    }

    fn diagnosis_of(name: Option<&str>) -> Diagnosis {
        let file = |url: &str| {
            format!(
                "<device><vpnGroup><addresses><url1>{url}</url1></addresses></vpnGroup><loadInformation/></device>"
            )
        };
        let (good, bad) = (file("https://vpn.example.com/a"), file("http://vpn.example.com/a"));
        let files = [("SEP001122334455.cnf.xml", good.as_str()), ("SEPAABBCCDDEEFF.cnf.xml", bad.as_str())];
        let mut said = Said::new();
        if let Some(name) = name {
            said.say("phone", name).unwrap();
        }
        diagnose(&readings(&files), &said, now())
    }

    #[test]
    fn findings_of_other_phones_are_gone_and_the_list_of_phones_stays() {
        let has = |case: &Diagnosis| case.findings.iter().any(|found| found.rule == "vpn-url-not-https");
        let (all, good, bad) = (
            diagnosis_of(None),
            diagnosis_of(Some("SEP001122334455")),
            diagnosis_of(Some("SEPAABBCCDDEEFF")),
        );
        assert_eq!((has(&all), has(&good), has(&bad)), (true, false, true));
        assert!(all.phones.len() == 2 && good.phones == all.phones, "another one can still be chosen");
        assert_eq!(good.inputs, all.inputs, "every file is still listed");
    }
}
