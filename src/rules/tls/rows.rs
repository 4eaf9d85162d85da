//! What the rules of this stage have in common: the case's own phones in the negotiation, and how they are told.

use crate::case::Case;
use crate::facts::negotiation::{Basis, List, Negotiation, Row};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::source::Place;
use crate::tables::asa_defaults::Certainty;
use crate::tables::phone_families::{Ability, Firmware};
use crate::text::{Class, Text};

/// Each kind of the case's phones with each ASA, or what is missing.
pub(super) fn own<'c>(case: &'c Case<'_>) -> Result<Vec<(&'c Negotiation, &'c Row)>, Missing> {
    if case.negotiations.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::AsaSsl]));
    }
    let rows: Vec<_> = case
        .negotiations
        .iter()
        .flat_map(|negotiation| negotiation.rows.iter().map(move |row| (negotiation, row)))
        .filter(|(_, row)| row.kind.own)
        .collect();
    if rows.is_empty() { Err(Missing(vec![Need::PhoneConfig, Need::Answer])) } else { Ok(rows) }
}

/// How sure a prediction is: by what the ASA's side rests on, and by how well the phone's is known.
pub(super) fn confidence(shown: bool, row: &Row) -> Confidence {
    match (shown, row.kind.certainty) {
        (true, Certainty::Documented | Certainty::Inferred) => Confidence::Likely,
        _ => Confidence::Possible,
    }
}

/// True where a line, or a logged handshake, says what the list holds.
pub(super) fn is_shown(list: &List, row: &Row) -> bool {
    row.basis == Basis::Logged || list.ground.is_shown()
}

/// A finding that rests on the ASA's line, or on the phone's where the ASA's side is a default.
pub(super) fn predicted(
    confidence: Confidence,
    (place, says): (Option<&Place>, Text),
    row: &Row,
) -> Option<Finding> {
    let mut proof = place.map(|place| Evidence::at(place, says)).into_iter().chain(phone_lines(row));
    let mut finding = Finding::new(confidence, proof.next()?).and(proof);
    if confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
    }
    Some(finding)
}

/// What the phones themselves could do, as a labelled fix: newer firmware that can, or else other phones.
pub(super) fn with_phones(finding: Finding, row: &Row, can: impl Fn(&Ability) -> bool) -> Finding {
    let abilities = row.kind.family.abilities.iter();
    let newer = abilities.filter(|ability| ability.from > row.kind.ability.from);
    match newer.into_iter().find(|ability| can(ability)) {
        Some(ability) => finding.fix("load").computed("firmware", printed(ability.from)),
        None => finding.fix("replace"),
    }
}

/// `14.3(1)SR3`
fn printed([major, minor, maintenance, service]: Firmware) -> String {
    let service = if service > 0 { format!("SR{service}") } else { String::new() };
    format!("{major}.{minor}({maintenance}){service}")
}

/// The lines that show which phone it is, and what it can do.
pub(super) fn phone_lines(row: &Row) -> impl Iterator<Item = Evidence> {
    let says = SUCH_A_PHONE
        .word("family", row.kind.family.name)
        .word("highest", row.kind.ability.highest.name())
        .with("offers", Class::Words, row.kind.offers.join(", "));
    row.kind.places.iter().map(move |place| Evidence::at(place, says.clone()))
}

const SUCH_A_PHONE: Text = Text::fixed(
    "a {family} phone: it speaks {highest} at most and offers {offers}",
    "Ein Telefon der Reihe {family}: Es spricht höchstens {highest} und bietet {offers} an.",
);
