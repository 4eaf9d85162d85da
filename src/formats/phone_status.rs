//! A phone's status messages and network page, saved as HTML or text, and alarms with their reason codes.
//!
//! ```text
//! 10:12:33a TFTP timeout
//! 10:12:40a File not found SEP001122334455.cnf.xml
//! TFTP Server 1    192.168.1.1
//! ```

use serde::{Deserialize, Serialize};

use crate::source::{At, Seen};

/// What the phone shows about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneStatus {
    /// The device's name, where the page has it.
    pub device: Option<Seen<String>>,
    /// Status messages in order.
    pub messages: Vec<StatusMessage>,
    /// Pairs of the network or device page, as printed: name and value.
    pub settings: Vec<(String, Seen<String>)>,
    /// Alarm parameters: name (`LastOutOfServiceInformation`, `TFTPCfgStatus` …) and value.
    pub alarms: Vec<(String, Seen<String>)>,
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
