//! Inputs that could be evidence and were not understood: with one of them a case is never clear.
//!
//! A picture, an office document or a program is called what it is and is no gap; a private key or a request tells
//! nothing of a fault, and an earlier report is no evidence.

use crate::facts::Documents;
use crate::input::{Input, InputState, Kind};
use crate::tables::foreign_files::Weight;
use crate::text::Text;

/// One such input.
#[derive(Clone, Debug)]
pub struct Gap {
    /// In a few words: `nmap.txt seems to be an nmap result`.
    pub says: Text,
}

/// Every such input, in their order.
pub fn of(documents: &Documents<'_>) -> Vec<Gap> {
    let held = |id: u32| documents.inputs.iter().any(|input| input.inside == Some(id));
    let inputs = documents.inputs.iter().zip(0_u32..);
    inputs
        .filter_map(|(input, id)| {
            let empty = || !documents.understood.contains(&id) && !held(id);
            Some(Gap { says: says(input, empty)? })
        })
        .collect()
}

fn says(input: &Input, is_empty: impl Fn() -> bool) -> Option<Text> {
    if matches!(input.kind, Kind::PrivateKey | Kind::CertificateRequest | Kind::EarlierReport) {
        return None;
    }
    let name = &input.name;
    let kind = input.kind.name();
    let text = match (input.state, input.foreign()) {
        (InputState::Unrecognised, Some(row)) if row.weight == Weight::Nothing => return None,
        (InputState::Unrecognised, Some(row)) => Text::made(
            format!("{name} seems to be {}", row.name.en),
            format!("{name} ist anscheinend {}", row.name.de),
        ),
        (InputState::Unrecognised, None) if input.bytes == 0 => {
            Text::made(format!("{name} is empty"), format!("{name} ist leer"))
        }
        (InputState::Unrecognised, None) => {
            Text::made(format!("{name} was not recognised"), format!("{name} wurde nicht erkannt"))
        }
        (InputState::Refused, _) if input.kind == Kind::Unknown => {
            Text::made(format!("{name} was not read"), format!("{name} wurde nicht gelesen"))
        }
        (InputState::Refused, _) => Text::made(
            format!("{name} was not read ({})", kind.en),
            format!("{name} wurde nicht gelesen ({})", kind.de),
        ),
        (InputState::PartlyRead, _) => Text::made(
            format!("{name} was read only in part ({})", kind.en),
            format!("{name} wurde nur teilweise gelesen ({})", kind.de),
        ),
        (InputState::Read, _) if !CARRIES_NOTHING.contains(&input.kind) && is_empty() => Text::made(
            format!("nothing in {name} was understood ({})", kind.en),
            format!("in {name} wurde nichts verstanden ({})", kind.de),
        ),
        (InputState::Read, _) => return None,
    };
    Some(text)
}

/// Several in one sentence, without its full stop: the first ones by name, the others by number.
pub fn told(gaps: &[Gap]) -> Text {
    let named: Vec<&Text> = gaps.iter().take(NAMED).map(|gap| &gap.says).collect();
    let join =
        |wording: fn(&Text) -> &str| named.iter().map(|text| wording(text)).collect::<Vec<_>>().join("; ");
    let (mut en, mut de) = (join(|text| &text.en), join(|text| &text.de));
    let left = gaps.len().saturating_sub(NAMED);
    if left > 0 {
        en.push_str(&format!("; and {left} more"));
        de.push_str(&format!("; und {left} weitere"));
    }
    Text::made(en, de)
}

/// Gaps that are named.
const NAMED: usize = 3;
/// Kinds that may be read without a document: outputs that no check uses, and what only holds other inputs.
const CARRIES_NOTHING: [Kind; 4] = [Kind::AsaShow, Kind::CucmCli, Kind::Terminal, Kind::Archive];
