//! A phone's status messages, as they were read.

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};

/// What the phone shows about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneStatus {
    /// The device's name, where the page has it.
    pub device: Option<Located<String>>,
    /// The model in the head of a page: `CP-7965G`.
    pub model: Option<Located<String>>,
    /// Status messages in order.
    pub messages: Vec<StatusMessage>,
    /// Pairs of the network or device page, as printed: name and value.
    pub settings: Vec<(String, Located<String>)>,
    /// Alarm parameters: name (`ReasonForOutOfService`, `TFTPCfgStatus` …) and value.
    pub alarms: Vec<(String, Located<String>)>,
}

/// One status message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusMessage {
    /// Where it stands.
    pub at: At,
    /// The phone's time as printed; may be empty.
    pub time: String,
    /// The message as printed, without its time.
    pub text: String,
}

impl PhoneStatus {
    /// The first setting with one of these names; blanks, case and signs do not count.
    pub fn setting(&self, names: &[&str]) -> Option<&Located<String>> {
        let named = |name: &String| names.iter().any(|known| bare(name) == *known);
        self.settings.iter().find(|(name, _)| named(name)).map(|(_, seen)| seen)
    }
}

/// A label without blanks and signs, in lower case.
pub(crate) fn bare(label: &str) -> String {
    label.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_lowercase()).collect()
}
