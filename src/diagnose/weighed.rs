//! What settings foretell, held against what a log shows.
//!
//! A log shows that a phone had a session, and nothing later failed: then it got past every stage before its tunnel. What
//! settings, tables and certificates alone say against that is no fault that is sure: it is *doubted* where it was
//! concluded, and *disputed* where a line says it outright. Then one of the two is older than the other, and a person has
//! to say which.
//!
//! What rests on a log is weighed where it is found: a failure that a later attempt got past is past.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::diagnose::phones::Phones;
use crate::diagnosis::PhoneRow;
use crate::facts::after_tunnel::Sign;
use crate::facts::certificates::CaseCertificate;
use crate::finding::{Conclusion, Confidence, Evidence, Severity};
use crate::input::Kind;
use crate::observe::By;
use crate::rules;
use crate::source::{At, Place};
use crate::stage::Stage;
use crate::text::Text;
use crate::time::Stamp;

/// What a session makes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// Nothing: it may be so, and the phone connected all the same.
    Stands,
    /// The session shows otherwise, and the finding was only concluded.
    Doubted,
    /// The session shows otherwise, and a line says outright what the finding says.
    Disputed,
}

/// What a session of the phones that a finding is about makes of it.
pub fn by_session(case: &Case<'_>, found: &Conclusion) -> Weighed {
    let got_past = found.severity == Severity::Blocker && found.stage <= Stage::Policy;
    let registered = || case.after_tunnel.iter().any(|remark| remark.sign == Sign::Registered);
    let behind = BEHIND_THE_TUNNEL.contains(&found.rule.as_str()) && !registered();
    if !got_past || behind || OF_TIME.contains(&found.rule.as_str()) || !is_by_settings(case, found) {
        return Weighed::Stands;
    }
    match found.confidence {
        Confidence::Certain => Weighed::Disputed,
        Confidence::Likely | Confidence::Possible => Weighed::Doubted,
    }
}

/// The findings of the whole case, each with its place in the catalogue, weighed by the sessions of every phone that it
/// may be about. What follows from a doubted one alone is doubted with it.
pub(super) fn all(
    case: &Case<'_>,
    of_phones: &Phones<'_, '_>,
    phones: &[PhoneRow],
    mut findings: Vec<(usize, Conclusion)>,
) -> Vec<(usize, Conclusion)> {
    let mut doubted: BTreeSet<&str> = BTreeSet::new();
    for (_, found) in &mut findings {
        let weighed = by_session(case, found);
        let session =
            if weighed == Weighed::Stands { None } else { session_of_all(case, of_phones, phones, found) };
        let Some(place) = session else { continue };
        if weighed == Weighed::Doubted {
            (found.severity, found.confidence) = (Severity::Warning, Confidence::Possible);
            doubted.extend(rules::by_id(&found.rule).into_iter().flat_map(|rule| rule.echoes));
        }
        found.explanation.insert(0, if weighed == Weighed::Doubted { DOUBTED } else { DISPUTED });
        found.evidence.push(Evidence::at(&place, CONNECTED));
    }
    for (_, echo) in &mut findings {
        if doubted.contains(echo.rule.as_str()) && is_by_settings(case, echo) {
            echo.confidence = Confidence::Possible;
        }
    }
    findings
}

/// No log says it.
fn is_by_settings(case: &Case<'_>, found: &Conclusion) -> bool {
    let is_log = |input: u32| {
        let kind = case.documents.input(input).map(|input| input.kind);
        kind.is_none_or(|kind| LOGS.contains(&kind))
    };
    found.evidence.iter().all(|piece| piece.input.is_none_or(|input| !is_log(input)))
}

/// A session, where each phone that the finding may be about had one and failed at nothing since.
fn session_of_all(
    case: &Case<'_>,
    of_phones: &Phones<'_, '_>,
    phones: &[PhoneRow],
    found: &Conclusion,
) -> Option<Place> {
    // Of phones that are not cited nothing is known.
    if found.more_evidence > 0 || found.more_of_kind > 0 {
        return None;
    }
    let of_phone = |input: u32| case.phones.iter().any(|phone| phone.config.input == input);
    let mut cited = found.evidence.iter().filter_map(|piece| piece.input);
    if cited.any(|input| of_phone(input) && of_phones.of_input(input).is_none()) {
        return None;
    }
    let names = of_phones.named_by(&found.evidence);
    let own =
        |row: &&PhoneRow| names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(&row.name));
    let rows: Vec<&PhoneRow> = phones.iter().filter(own).collect();
    let all = rows.iter().all(|row| row.connected > 0 && row.failed.is_none());
    if !all || rows.len() < names.len() {
        return None;
    }
    let place = rows.iter().find_map(|row| row.place.clone())?;
    (!is_renewed_since(case, found, &place)).then_some(place)
}

/// A certificate that the finding cites is valid only since the log with the session ended, or since a day before: then
/// it replaced another, which the session was built with.
fn is_renewed_since(case: &Case<'_>, found: &Conclusion, session: &Place) -> bool {
    let mut logs = [By::AsaLog, By::PhoneLog].into_iter();
    let log = logs.find_map(|by| case.documents.log_of(by, session.input));
    let last = log.and_then(|log| log.times.1);
    let in_utc = |stamp: Stamp| Stamp { offset_minutes: stamp.offset_minutes.or(Some(0)), ..stamp };
    let Some(ended) = last.and_then(|stamp| in_utc(stamp).unix_seconds()) else { return false };
    let cited = |known: &&CaseCertificate<'_>| {
        let place = known.place();
        let is_there = |at: &At| (at.line, at.offset) == (place.at.line, place.at.offset);
        let mut pieces = found.evidence.iter().filter(|piece| piece.input == Some(place.input));
        pieces.any(|piece| piece.at.as_ref().is_some_and(is_there))
    };
    let fields =
        case.certificates.iter().filter(cited).filter_map(|known| known.certificate.document.fields.as_ref());
    fields.filter_map(|fields| fields.not_before).any(|begin| begin >= ended - DAY)
}

/// Seconds; an ASA's log says nothing of its time zone.
const DAY: i64 = 86_400;

/// What tells of the past.
const LOGS: [Kind; 6] =
    [Kind::AsaSyslog, Kind::AsaDebug, Kind::AsaSessions, Kind::PhoneLog, Kind::PhoneStatus, Kind::Capture];
/// What lets the tunnel come up and stops what is in it: a session shows nothing of that.
const BEHIND_THE_TUNNEL: [&str; 2] = ["vpn-filter-inherited", "dap-list-drops-phones"];
/// What time alone brings about: a session before it shows nothing.
const OF_TIME: [&str; 2] = ["gateway-certificate-expired", "client-certificate-expired"];

const CONNECTED: Text = Text::fixed("the phone connects here", "Hier verbindet sich das Telefon");
const DOUBTED: Text = Text::fixed(
    "A log shows a session of this phone and no failure after it, so this cannot stop the phone as long as the settings are those of the log. It stops it if they were changed since.",
    "Ein Protokoll zeigt eine Sitzung dieses Telefons und danach keinen Fehler. Gelten noch die Einstellungen von damals, hält das hier das Telefon also nicht auf; wurden sie seitdem geändert, doch.",
);
const DISPUTED: Text = Text::fixed(
    "A log shows a session of this phone and no failure after it, which contradicts these lines: either they are newer than the log, or they are not what the ASA and the phone use.",
    "Ein Protokoll zeigt eine Sitzung dieses Telefons und danach keinen Fehler; das widerspricht diesen Zeilen. Entweder sind sie neuer als das Protokoll, oder ASA und Telefon benutzen andere.",
);
