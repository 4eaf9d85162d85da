//! What is found of an ASA that no phone of the case is known to use.
//!
//! ```text
//! south.cfg    csd enable, tunnel-group Phones         the phones dial north, or a log names a group of both
//! ```
//! Rules look at every ASA of a case. What they find of one that only a name ties to phones, although phones are known,
//! may be of no concern to any of them: it is possible at most. A finding that cites anything else as well has a
//! witness of its own.

use crate::case::Case;
use crate::facts::serving_asas::Serves;
use crate::finding::{Confidence, Finding};

/// The finding, as sure as the tie of its ASAs to phones lets it be; none is left out here.
pub(super) fn limited(case: &Case<'_>, finding: Finding) -> Option<Finding> {
    let is_doubtful = finding.confidence < Confidence::Possible
        && case.knows_phones()
        && finding.evidence().iter().all(|piece| {
            let device = piece.input.and_then(|input| case.device_of(input));
            device.is_some_and(|device| case.serves(device) == Serves::Named)
        });
    if is_doubtful { Serves::Named.limit(finding) } else { Some(finding) }
}
