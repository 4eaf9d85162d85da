//! A report that this program saved as JSON: yesterday's, to be compared with today's case.
//!
//! ```text
//! {
//!   "schema": "vpn-phone-doctor/report/1",
//! ```
//! It quotes the lines of other files, so no other format may read it. It is listed as unknown, because it is no
//! evidence; its text is handed on whole, to `report::compare`. Empty never occurs.

use serde::{Deserialize, Serialize};

use crate::formats::{Claim, Content, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::text::Text;

/// The format.
pub const FORMAT: Format = Format { name: "earlier report", recognise, read: How::Whole(read) };

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierReport {
    /// Its JSON, as it was saved.
    pub text: String,
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    // The schema is the first field that is written.
    let text = sample.text.text().trim_start_matches('\u{feff}').trim_start();
    let value = text.strip_prefix('{')?.trim_start().strip_prefix("\"schema\"")?;
    let value = value.trim_start().strip_prefix(':')?.trim_start();
    value.starts_with("\"vpn-phone-doctor/report/").then_some(Claim {
        kind: Kind::Unknown,
        strength: 100,
        because: Text::fixed("an earlier report", "ein früherer Bericht"),
        share: Share::Alone,
    })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::read(vec![Content::EarlierReport(EarlierReport { text: sample.text.text().to_owned() })])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::InputState;
    use crate::intake;

    const REPORT: &str = "{\n  \"schema\": \"vpn-phone-doctor/report/1\",\n  \"findings\": [{\"text\": \
        \"%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\"}]\n}\n";

    #[test]
    fn a_report_is_listed_as_one_under_any_name_and_nothing_else_reads_it() {
        for text in [REPORT.to_owned(), format!("\u{feff}{REPORT}"), REPORT.replace(['\n', ' '], "")] {
            let reading = intake::read("x", text.as_bytes(), &Limits::default());
            let input = reading.inputs.first().unwrap();
            assert_eq!((input.kind, input.state), (Kind::Unknown, InputState::Read));
            assert_eq!(input.because.en, "an earlier report");
            assert_eq!(reading.documents.len(), 1, "{:?}", reading.documents);
        }
        let other = intake::read("x", REPORT.replace("report/1", "inspect/1").as_bytes(), &Limits::default());
        assert!(!other.documents.iter().any(|one| matches!(one.content, Content::EarlierReport(_))));
    }

    #[test]
    fn cut_at_every_byte_it_does_not_panic() {
        for cut in 0..REPORT.len() {
            intake::read("x", REPORT.as_bytes().get(..cut).unwrap(), &Limits::default());
        }
    }
}
