//! What tells of the past: logs, captures, debug output, lists of sessions and of addresses in use.
//!
//! They show how it is today and say nothing of a case that is changed. Certificates that a handshake showed are of the
//! past, too, where the change may concern the certificate; else they stay.

use std::collections::BTreeSet;

use crate::documents::{Content, Holder};
use crate::intake::Reading;

/// The readings without what happened. `seen` keeps certificates that a handshake showed.
pub(super) fn without_events(readings: &[Reading], seen: bool) -> Vec<Reading> {
    let kept = |content: &Content| match content {
        Content::AsaDebug(_)
        | Content::AsaPools(_)
        | Content::AsaSessions(_)
        | Content::AsaSyslog(_)
        | Content::Capture(_)
        | Content::EarlierReport(_)
        | Content::PhoneLog(_)
        | Content::PhoneStatus(_) => false,
        Content::Certificate(one) => seen || !matches!(one.holder, Holder::Handshake { .. }),
        Content::Archive(_)
        | Content::AsaCertificates(_)
        | Content::AsaConfig(_)
        | Content::AsaSsl(_)
        | Content::AsaVersion(_)
        | Content::CmeConfig(_)
        | Content::CucmCli(_)
        | Content::Foreign(_)
        | Content::IosConfig(_)
        | Content::PhoneConfig(_)
        | Content::SignedFile(_)
        | Content::TrustList(_) => true,
    };
    let mut readings = readings.to_vec();
    for reading in &mut readings {
        reading.documents.retain(|document| kept(&document.content));
    }
    readings
}

/// The readings with one phone's files alone: configurations of other inputs, and certificates that name another phone,
/// are left out.
pub(super) fn of_one_phone(readings: &[Reading], input: u32, others: &BTreeSet<String>) -> Vec<Reading> {
    let mut readings = readings.to_vec();
    let mut base = 0_u32;
    for reading in &mut readings {
        reading.documents.retain(|document| match &document.content {
            Content::PhoneConfig(_) => base.saturating_add(document.input) == input,
            Content::Certificate(one) => {
                let names = one.fields.iter().flat_map(|fields| &fields.common_names);
                let device =
                    |name: &String| crate::names::phone::PhoneName::at_end_of(name).map(|(_, name)| name);
                !names.filter_map(device).any(|name| others.contains(name.as_str()))
            }
            _ => true,
        });
        base = base.saturating_add(u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX));
    }
    readings
}
