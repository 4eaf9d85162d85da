//! What may be changed, by key and value: `asa-release=9.16(4)`, `ssl=lines.txt`, `certificate=renewed`.
//!
//! A value that names a file is read by whoever has the file; [`Change::of_file`] takes what was read and says where it
//! is not what the key needs.

use serde::{Deserialize, Serialize};

use crate::documents::Content;
use crate::documents::asa_config::Scope;
use crate::facts::asa_release::Release;
use crate::input::Kind;
use crate::intake::{Intake, Reading};
use crate::limits::Limits;
use crate::lines::Encoding;
use crate::tables::{phone_families, phone_models};
use crate::text::Text;

/// What may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// The release of the ASA.
    AsaRelease,
    /// Its `ssl` lines.
    Ssl,
    /// Its configuration, whole or some lines.
    AsaConfig,
    /// Its `show version`: licences.
    AsaVersion,
    /// The certificate that it presents.
    Certificate,
    /// The firmware of phones.
    PhoneLoad,
    /// The model of phones.
    PhoneModel,
    /// Host ID check in the VPN profile.
    HostIdCheck,
    /// The method of login in the VPN profile.
    Authentication,
    /// The certificate of CAPF.
    Capf,
}

impl Key {
    /// Every key.
    pub const ALL: [Self; 10] = [
        Self::AsaRelease,
        Self::Ssl,
        Self::AsaConfig,
        Self::AsaVersion,
        Self::Certificate,
        Self::PhoneLoad,
        Self::PhoneModel,
        Self::HostIdCheck,
        Self::Authentication,
        Self::Capf,
    ];

    /// As it is typed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AsaRelease => "asa-release",
            Self::Ssl => "ssl",
            Self::AsaConfig => "asa-config",
            Self::AsaVersion => "asa-version",
            Self::Certificate => "certificate",
            Self::PhoneLoad => "phone-load",
            Self::PhoneModel => "phone-model",
            Self::HostIdCheck => "host-id-check",
            Self::Authentication => "authentication",
            Self::Capf => "capf",
        }
    }

    /// The value names a file.
    pub fn takes_file(self, value: &str) -> bool {
        match self {
            Self::Ssl | Self::AsaConfig | Self::AsaVersion | Self::Capf => true,
            Self::Certificate => value != RENEWED,
            _ => false,
        }
    }
}

/// A change that can be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// What is changed.
    pub key: Key,
    /// As it was typed, or the name of the file.
    pub value: String,
    /// What it will be.
    pub(super) to: To,
}

/// What something will be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum To {
    /// A value in one word.
    Word,
    /// A certificate of the same CA, names and key.
    Renewed,
    /// What a file says.
    File(Reading),
    /// Lines of a configuration, each with its number, and the file that they are of.
    Lines(Reading, Vec<(u32, String)>),
    /// A whole configuration.
    Whole(Reading),
}

/// Why something is no change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAChange {
    /// There is no such key.
    UnknownKey,
    /// The key does not take this value; what it takes.
    Value(Text),
    /// The file does not hold what the key needs; what that is.
    File(Text),
    /// The file is larger than a configuration may be.
    TooLarge,
}

/// The value of `certificate` that names no file.
pub const RENEWED: &str = "renewed";

impl Change {
    /// The key of a word.
    pub fn key(word: &str) -> Result<Key, NotAChange> {
        Key::ALL.into_iter().find(|key| key.word() == word).ok_or(NotAChange::UnknownKey)
    }

    /// A change by a value that is no file.
    pub fn of_value(key: Key, value: &str) -> Result<Self, NotAChange> {
        let value = value.trim();
        let (good, takes) = match key {
            Key::AsaRelease => (Release::parse(value).is_some(), A_RELEASE),
            Key::PhoneLoad => (firmware(value).is_some(), A_LOAD),
            Key::PhoneModel => (
                phone_models::number_in(value).and_then(phone_models::of_number).is_some()
                    || phone_families::of_model(value).is_some(),
                A_MODEL,
            ),
            Key::HostIdCheck => (matches!(value, "on" | "off"), ON_OR_OFF),
            Key::Authentication => (matches!(value, "certificate" | "password" | "both"), A_METHOD),
            Key::Certificate => (value == RENEWED, A_FILE_OR_RENEWED),
            Key::Ssl | Key::AsaConfig | Key::AsaVersion | Key::Capf => (false, A_FILE),
        };
        if !good {
            return Err(NotAChange::Value(takes));
        }
        let to = if key == Key::Certificate { To::Renewed } else { To::Word };
        Ok(Self { key, value: value.to_owned(), to })
    }

    /// A change by what a file holds, given by its name and bytes.
    pub fn of_file(key: Key, name: &str, bytes: &[u8]) -> Result<Self, NotAChange> {
        let limits = Limits { keep_lines: true, ..Limits::default() };
        if bytes.len() as u64 > limits.whole {
            return Err(NotAChange::TooLarge);
        }
        let read = || {
            let mut intake = Intake::new(name, bytes.len() as u64, &limits);
            intake.push(bytes);
            intake.finish()
        };
        let has = |reading: &Reading, wanted: fn(&Content) -> bool| {
            reading.documents.iter().any(|document| wanted(&document.content))
        };
        let to = match key {
            Key::Ssl | Key::AsaConfig => configuration(key, name, bytes, read())?,
            Key::AsaVersion => {
                let reading = read();
                if !has(&reading, |content| matches!(content, Content::AsaVersion(_))) {
                    return Err(NotAChange::File(SHOW_VERSION));
                }
                To::File(reading)
            }
            Key::Certificate | Key::Capf => {
                let reading = read();
                let is =
                    |content: &Content| matches!(content, Content::Certificate(one) if one.fields.is_some());
                if !has(&reading, is) {
                    return Err(NotAChange::File(A_CERTIFICATE));
                }
                To::File(reading)
            }
            _ => return Err(NotAChange::Value(A_VALUE)),
        };
        Ok(Self { key, value: name.to_owned(), to })
    }

    /// What was read of its file.
    pub(super) fn reading(&self) -> Option<&Reading> {
        match &self.to {
            To::File(reading) | To::Lines(reading, _) | To::Whole(reading) => Some(reading),
            To::Word | To::Renewed => None,
        }
    }
}

/// A whole configuration, or lines. What nobody would recognise by itself is read as lines all the same: the person says
/// that it is a configuration.
fn configuration(key: Key, name: &str, bytes: &[u8], read: Reading) -> Result<To, NotAChange> {
    let whole = |content: &Content| matches!(content, Content::AsaConfig(one) if one.scope == Scope::Whole);
    if key == Key::AsaConfig && read.documents.iter().any(|document| whole(&document.content)) {
        return Ok(To::Whole(read));
    }
    let mut intake = Intake::new(name, bytes.len() as u64, &Limits::default()).read_as(Kind::AsaConfig);
    intake.push(bytes);
    let reading = intake.finish();
    let text = Encoding::of(bytes).decode(bytes);
    let lines: Vec<(u32, String)> =
        (1..).zip(text.lines()).map(|(number, line)| (number, line.to_owned())).collect();
    if lines.iter().all(|(_, line)| line.trim().is_empty()) {
        return Err(NotAChange::File(LINES));
    }
    Ok(To::Lines(reading, lines))
}

/// A load, or a release of one without its family: `14.3(1)SR3` is `[14, 3, 1, 3]`.
pub(super) fn firmware(value: &str) -> Option<phone_families::Firmware> {
    phone_families::firmware(value).or_else(|| {
        let spelt = value.to_ascii_uppercase().replace(['.', '('], "-").replace(')', "");
        let digits = spelt.starts_with(|first: char| first.is_ascii_digit());
        digits.then(|| phone_families::firmware(&format!("sip88xx.{spelt}"))).flatten()
    })
}

const A_RELEASE: Text = Text::fixed("a release such as 9.16(4)", "eine Version wie 9.16(4)");
const A_LOAD: Text = Text::fixed(
    "a load such as sip88xx.14-3-1SR3-2 or 14.3(1)SR3",
    "eine Firmware wie sip88xx.14-3-1SR3-2 oder 14.3(1)SR3",
);
const A_MODEL: Text = Text::fixed("a model such as 8851 or CP-8851", "ein Modell wie 8851 oder CP-8851");
const ON_OR_OFF: Text = Text::fixed("on or off", "on oder off");
const A_METHOD: Text = Text::fixed("certificate, password or both", "certificate, password oder both");
const A_FILE_OR_RENEWED: Text = Text::fixed("a file, or renewed", "eine Datei oder renewed");
const A_FILE: Text = Text::fixed("a file", "eine Datei");
const A_VALUE: Text = Text::fixed("a value and no file", "einen Wert und keine Datei");
const SHOW_VERSION: Text = Text::fixed("the output of `show version`", "die Ausgabe von `show version`");
const A_CERTIFICATE: Text = Text::fixed("a certificate", "ein Zertifikat");
const LINES: Text = Text::fixed("lines of a configuration", "Zeilen einer Konfiguration");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_to_fit_its_key() {
        for (key, value, fits) in [
            ("asa-release", "9.16(4)", true),
            ("asa-release", "newest", false),
            ("phone-load", "sip88xx.14-3-1SR3-2", true),
            ("phone-load", "14.3(1)SR3", true),
            ("phone-load", "new", false),
            ("phone-model", "CP-8851", true),
            ("phone-model", "toaster", false),
            ("host-id-check", "on", true),
            ("host-id-check", "1", false),
            ("authentication", "both", true),
            ("certificate", "renewed", true),
            ("capf", "x", false),
        ] {
            assert_eq!(Change::of_value(Change::key(key).unwrap(), value).is_ok(), fits, "{key}={value}");
        }
        assert_eq!(Change::key("colour"), Err(NotAChange::UnknownKey));
        assert_eq!(firmware("14.3(1)SR3"), Some([14, 3, 1, 3]));
    }

    #[test]
    fn a_file_has_to_hold_what_its_key_needs() {
        let of =
            |key: Key, text: &str| Change::of_file(key, "x.txt", text.as_bytes()).map(|change| change.to);
        assert!(matches!(of(Key::Ssl, "no ssl cipher tlsv1.2\n"), Ok(To::Lines(..))));
        let whole = "ASA Version 9.1(1)\nhostname a\nwebvpn\n enable outside\n: end\n";
        assert!(matches!(of(Key::AsaConfig, whole), Ok(To::Whole(_))));
        assert!(of(Key::AsaConfig, "\n\n").is_err() && of(Key::Capf, "hello\n").is_err());
        assert!(matches!(of(Key::Certificate, crate::testing::certificates::CURRENT), Ok(To::File(_))));
    }
}
