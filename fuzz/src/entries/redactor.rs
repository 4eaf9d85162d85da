//! A word that no device says is in no redacted report, wherever it stood; redacting twice is redacting once.

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

use super::check::{NOW, readings};

/// What stands in the seeds wherever something has a name.
const CANARY: &str = "zqxcanary";

pub(super) fn redactor(bytes: &[u8]) {
    let diagnosis = diagnose(&readings(bytes), &Said::new(), NOW);
    for addresses in [Addresses::Opaque, Addresses::Topology] {
        let once = redact(&diagnosis, addresses, [7; 32]);
        let json = serde_json::to_string(&once.diagnosis).unwrap_or_default();
        assert!(!json.to_ascii_lowercase().contains(CANARY), "{}", near(&json));
        if addresses == Addresses::Opaque {
            let markdown = report::render(&once.diagnosis, Form::Markdown, Lang::En).to_ascii_lowercase();
            assert!(!markdown.contains(CANARY), "{}", near(&markdown));
            let twice = redact(&once.diagnosis, addresses, [7; 32]).diagnosis;
            let twice = serde_json::to_string(&twice).unwrap_or_default();
            let same = json.bytes().zip(twice.bytes()).take_while(|(once, twice)| once == twice).count();
            assert!(
                json == twice,
                "twice otherwise than once:\n{}\n{}",
                around(&json, same),
                around(&twice, same)
            );
        }
    }
}

/// What stands beside the canary.
fn near(text: &str) -> &str {
    around(text, text.to_ascii_lowercase().find(CANARY).unwrap_or_default())
}

/// What stands beside a byte.
fn around(text: &str, at: usize) -> &str {
    let (begin, end) = (at.saturating_sub(200), (at + 100).min(text.len()));
    text.get(text.floor_char_boundary(begin)..text.floor_char_boundary(end)).unwrap_or_default()
}
