//! How states look: a picture, a word and a class for each. Colour never tells alone.

use vpn_phone_doctor::finding::{Conclusion, Confidence, Severity};
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::stage::StageState;
use vpn_phone_doctor::text::Text;

use super::icons::Icon;

/// How a state looks.
pub struct Look {
    /// Its picture.
    pub icon: Icon,
    /// Its class.
    pub class: &'static str,
    /// Its word.
    pub word: Text,
}

/// A look, with its word in both languages.
pub const fn look(icon: Icon, class: &'static str, en: &'static str, de: &'static str) -> Look {
    Look { icon, class, word: Text::fixed(en, de) }
}

/// A stage.
pub const fn stage(state: StageState) -> Look {
    match state {
        StageState::Failed => look(Icon::Cross, "is-bad", "failed", "gescheitert"),
        StageState::Warned => look(Icon::Triangle, "is-warn", "warning", "Warnung"),
        StageState::Passed => look(Icon::Check, "is-good", "passed", "bestanden"),
        StageState::Unknown => look(Icon::Ring, "is-open", "not known", "unbekannt"),
        StageState::NotReached => look(Icon::Dots, "is-off", "not reached", "nicht erreicht"),
    }
}

/// A severity.
pub const fn severity(severity: Severity) -> Look {
    match severity {
        Severity::Blocker => look(Icon::Cross, "is-bad", "Blocks now", "Blockiert jetzt"),
        Severity::Warning => look(Icon::Triangle, "is-warn", "Will fail later", "Wird später scheitern"),
        Severity::Notice => look(Icon::Info, "is-open", "Worth knowing", "Gut zu wissen"),
    }
}

/// A finding: what would stop the phone, but is only possible, does not look as if it were known to.
pub fn finding(finding: &Conclusion) -> Look {
    match (finding.severity, finding.confidence) {
        (Severity::Blocker, Confidence::Possible) => {
            look(Icon::Triangle, "is-warn", "May block now", "Blockiert vielleicht jetzt")
        }
        _ => severity(finding.severity),
    }
}

/// How sure a finding is.
pub const fn confidence(confidence: Confidence) -> Text {
    match confidence {
        Confidence::Certain => Text::fixed("certain", "sicher"),
        Confidence::Likely => Text::fixed("likely", "wahrscheinlich"),
        Confidence::Possible => Text::fixed("possible", "möglich"),
    }
}

/// How far an input was read.
pub const fn input(state: InputState) -> Look {
    match state {
        InputState::Read => look(Icon::Check, "is-good", "read", "gelesen"),
        InputState::PartlyRead => look(Icon::Triangle, "is-warn", "partly read", "teilweise gelesen"),
        InputState::Unrecognised => look(Icon::Ring, "is-open", "not recognised", "nicht erkannt"),
        InputState::Refused => look(Icon::Cross, "is-bad", "not read", "nicht gelesen"),
    }
}
