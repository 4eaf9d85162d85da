//! What is worth bringing: neither what is there, nor what could change nothing.
//!
//! A rule that waits names every kind of evidence that would let it run. Of those, some are in the case already and
//! showed nothing to it; some only tell what is decided: that a phone failed for a reason which was found, or that it
//! came past a stage which the log shows to be passed.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::diagnosis::WaitingRow;
use crate::documents::asa_config::Scope;
use crate::facts::handshake::Handshake;
use crate::finding::Conclusion;
use crate::input::{InputState, Kind};
use crate::need::Need;
use crate::observe::By;
use crate::rules;

/// Takes out of the waiting rules' needs what is not worth bringing.
pub fn keep_useful(case: &Case<'_>, findings: &[Conclusion], waiting: &mut [WaitingRow]) {
    let decided = echoes_of(findings);
    let there: Vec<Need> = Need::ALL.into_iter().filter(|need| is_there(case, *need)).collect();
    let signed = case.phones.iter().any(|phone| phone.signed.is_some());
    let without_asa = case.is_without_asa();
    for row in waiting {
        if decided.contains(row.rule.as_str()) {
            row.needs.clear();
        }
        let passed = case.progress.passed.contains_key(&row.stage);
        let reads_signature = SIGNED.contains(&row.rule.as_str());
        row.needs.retain(|need| {
            let there = there.contains(need) && (signed || !reads_signature || *need != Need::PhoneConfig);
            !(there || passed && need.is_log() || without_asa && need.is_of_asa())
        });
    }
}

/// Rules that could only tell consequences of what was found, through any number of steps.
fn echoes_of(findings: &[Conclusion]) -> BTreeSet<&'static str> {
    let mut open: Vec<&str> = findings.iter().map(|found| found.rule.as_str()).collect();
    let mut echoes = BTreeSet::new();
    while let Some(rule) = open.pop() {
        for echo in rules::by_id(rule).map(|rule| rule.echoes).unwrap_or_default() {
            if echoes.insert(*echo) {
                open.push(echo);
            }
        }
    }
    echoes
}

/// True where the case holds the whole of it: another one of the kind would say the same.
pub(super) fn is_there(case: &Case<'_>, need: Need) -> bool {
    let documents = &case.documents;
    let read = |input: u32| documents.input(input).is_some_and(|input| input.state == InputState::Read);
    // A phone may dial several gateways, and each of them has a configuration of its own.
    let gateways: BTreeSet<&str> =
        case.gateway_urls.iter().filter_map(|url| url.url.as_ref()).map(|url| url.host).collect();
    let whole = |all: bool| {
        let configs = documents.asa_configs.iter().filter(|config| {
            read(config.input) && config.document.scope == Scope::Whole && (config.document.all || !all)
        });
        configs.count() >= gateways.len().max(1)
    };
    match need {
        Need::AsaConfig => whole(false),
        Need::AsaConfigAll => whole(true),
        Need::AsaVersion => documents
            .asa_versions
            .iter()
            .any(|version| read(version.input) && !version.document.licences.is_empty()),
        Need::AsaSsl => documents.asa_ssls.iter().any(|ssl| read(ssl.input)),
        Need::AsaCertificates => documents.asa_certificates.iter().any(|list| read(list.input)),
        Need::PhoneConfig => documents.phone_configs.iter().any(|config| {
            let kind = documents.input(config.input).map(|input| input.kind);
            read(config.input) && config.document.device.is_some() && kind == Some(Kind::PhoneConfig)
        }),
        // A log in which a phone shows, or somebody who may be one: the next attempt would read the same.
        Need::AsaLog => {
            !case.failing_clients.is_empty()
                || !case.messages.is_empty()
                || case.handshakes.iter().any(Handshake::is_phones)
        }
        Need::PhoneLog => documents.phone_logs.iter().any(|log| !log.document.attempts.is_empty()),
        Need::PhoneStatus => documents.phone_statuses.iter().any(|status| read(status.input)),
        Need::AsaDebug => documents.asa_debugs.iter().any(|debug| read(debug.input)),
        Need::AsaSessions => documents.asa_sessions.iter().any(|list| read(list.input)),
        // A capture in which anybody speaks: the next attempt would show the same.
        Need::Capture => documents.logs_by(By::Wire).any(|log| {
            read(log.input) && log.observations.iter().any(|observation| observation.flow().is_some())
        }),
        Need::TrustList => documents.trust_lists.iter().any(|list| read(list.input)),
        _ => false,
    }
}

/// Rules that look at the signature around a phone's configuration, which a plain copy of it has not.
const SIGNED: [&str; 3] =
    ["phone-config-older-than-certificate", "signature-algorithm-unsupported", "trust-list-signer-unknown"];
