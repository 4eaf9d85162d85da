//! One phone of a case as a side of a comparison: what names only other phones is left out, and what names none stays
//! on both sides, where it is the same.

use std::collections::BTreeSet;

use crate::case::{Case, Said};
use crate::diagnosis::PhoneRow;
use crate::documents::Content;
use crate::documents::capture::CaptureFile;
use crate::facts::{log_parts, one_phone};
use crate::intake::Reading;
use crate::names::phone::PhoneName;
use crate::views;

/// The readings of one phone; `None` where the case shows no phone of that name. Inputs keep their numbers.
pub fn of_phone(readings: &[Reading], said: &Said, now: i64, name: &str) -> Option<Vec<Reading>> {
    let joined = log_parts::joined(readings);
    let readings = joined.as_deref().unwrap_or(readings);
    let mut said = said.clone();
    // Whom the person looks at is no matter of the other side.
    said.unsay("phone");
    let rows = views::phones::all(&Case::of(readings, &said, now));
    let mut narrowed = one_phone::narrowed(readings, &rows, name)?;
    let own = PhoneName::parse(name);
    let is_other = |other: &str| {
        let device = PhoneName::at_end_of(other).map(|(_, device)| device);
        device.is_some() && device != own
    };
    for reading in &mut narrowed {
        reading.documents.retain(|document| match &document.content {
            Content::Certificate(one) => {
                let names = one.fields.iter().flat_map(|fields| &fields.common_names);
                !names.into_iter().any(|name| is_other(name))
            }
            _ => true,
        });
        for document in &mut reading.documents {
            if let Content::Capture(capture) = &mut document.content {
                let others = addresses_of_others(capture, &rows, name);
                narrow(capture, &others);
            }
        }
    }
    Some(narrowed)
}

/// Addresses that another phone alone has: by the capture itself, and by what else is known of the phones.
fn addresses_of_others(capture: &CaptureFile, rows: &[PhoneRow], name: &str) -> BTreeSet<String> {
    let own = |other: &str| other.eq_ignore_ascii_case(name);
    let seen = capture.phones.iter().map(|phone| (phone.name.as_str(), phone.address.as_str()));
    let told = rows
        .iter()
        .flat_map(|row| row.addresses.iter().map(move |address| (row.name.as_str(), address.as_str())));
    let all: Vec<(&str, &str)> = seen.chain(told).filter(|(name, _)| !name.is_empty()).collect();
    let is_own = |address: &str| all.iter().any(|(name, other)| own(name) && *other == address);
    let others = all.iter().filter(|(name, address)| !own(name) && !is_own(address));
    others.map(|(_, address)| (*address).to_owned()).collect()
}

fn narrow(capture: &mut CaptureFile, others: &BTreeSet<String>) {
    // `192.0.2.9:50001`, and `[2001:db8::9]:50001`.
    let host = |end: &str| {
        let host = end.rsplit_once(':').map_or(end, |(host, _)| host);
        others.contains(host.trim_matches(['[', ']'])) || others.contains(end)
    };
    capture.handshakes.retain(|handshake| !host(&handshake.client) && !host(&handshake.server));
    capture.events.retain(|event| !others.contains(&event.client) && !others.contains(&event.server));
    capture.phones.retain(|phone| !others.contains(&phone.address));
}

#[cfg(test)]
mod tests {
    use super::super::{Matters, compare};
    use super::*;
    use crate::testing::{now, readings};

    const LOG: &str = "\
Nov 24 2026 08:00:03 asa : %ASA-4-722051: Group <PHONES> User <CP-7962G-SEP001122334455> IP <203.0.113.7> Address <198.51.100.7> assigned to session
Nov 24 2026 08:00:03 asa : %ASA-6-716039: Group <PHONES> User <CP-8845-SEPAABBCCDDEEFF> IP <203.0.113.8> Authentication: rejected, Session Type: WebVPN.
";

    fn phone(load: &str) -> String {
        format!(
            "<device><loadInformation>{load}</loadInformation><vpnGroup><mtu>1290</mtu></vpnGroup></device>"
        )
    }

    #[test]
    fn two_phones_of_one_case_differ_in_what_is_their_own() {
        let (old, new) = (phone("SIP45.9-4-2SR3-1S"), phone("sip88xx.12-5-1SR2-2"));
        let files = [
            ("SEP001122334455.cnf.xml", old.as_str()),
            ("SEPAABBCCDDEEFF.cnf.xml", new.as_str()),
            ("asa.log", LOG),
        ];
        let (all, said) = (readings(&files), Said::new());
        let of = |name| of_phone(&all, &said, now(), name).unwrap();
        let told = compare(&of("sep001122334455"), &of("SEPAABBCCDDEEFF"), &said, now());
        let load = told.differences.iter().find(|one| one.what.en() == "firmware").unwrap();
        assert_eq!(
            (load.a.value.as_str(), load.b.value.as_str()),
            ("SIP45.9-4-2SR3-1S", "sip88xx.12-5-1SR2-2")
        );
        let ended = told.differences.iter().find(|one| one.what.en().starts_with("how the last")).unwrap();
        assert_eq!((ended.a.value.as_str(), ended.b.value.as_str()), ("✔", "login"));
        assert!(told.differences.iter().all(|one| one.matters != Matters::No || one.rule.is_none()));
        assert!(told.same > 0, "the MTU is the same");
        assert!(of_phone(&all, &said, now(), "SEP000000000000").is_none());
    }

    #[test]
    fn a_certificate_of_another_phone_is_no_part_of_a_side() {
        let own = include_bytes!("../../tests/samples/certificate/phone-mic-sha1.crt");
        let config = phone("SIP45.9-4-2SR3-1S");
        let files = [("SEP001122334466.cnf.xml", config.as_str()), ("SEPAABBCCDDEEFF.cnf.xml", &config)];
        let mut all = readings(&files);
        all.push(crate::intake::read("mic.crt", own, &crate::limits::Limits::default()));
        let certificates = |name| {
            let side = of_phone(&all, &Said::new(), now(), name).unwrap();
            let documents = side.iter().flat_map(|reading| &reading.documents);
            documents.filter(|document| matches!(document.content, Content::Certificate(_))).count()
        };
        assert_eq!((certificates("SEP001122334466"), certificates("SEPAABBCCDDEEFF")), (1, 0));
    }

    #[test]
    fn handshakes_of_another_phone_are_left_out_of_a_capture() {
        use crate::documents::capture::Phone;
        use crate::event::tls_handshake::Handshake;
        let phone = |name: &str, address: &str| Phone {
            name: name.to_owned(),
            address: address.to_owned(),
            ..Phone::default()
        };
        let mut capture = CaptureFile {
            phones: vec![phone("SEP001122334455", "192.0.2.7"), phone("SEPAABBCCDDEEFF", "192.0.2.8")],
            handshakes: ["192.0.2.7:50001", "192.0.2.8:50002", "192.0.2.9:50003"]
                .map(|client| Handshake { client: client.to_owned(), ..Handshake::default() })
                .to_vec(),
            ..CaptureFile::default()
        };
        let others = addresses_of_others(&capture, &[], "SEP001122334455");
        narrow(&mut capture, &others);
        let left: Vec<&str> = capture.handshakes.iter().map(|one| one.client.as_str()).collect();
        assert_eq!(left, ["192.0.2.7:50001", "192.0.2.9:50003"], "whose it is nobody knows stays");
        assert_eq!(capture.phones.len(), 1);
    }
}
