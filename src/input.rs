//! One input of a case: a dropped file, a member of it, or a command of a recorded session.

use serde::{Deserialize, Serialize, Serializer};

use crate::source::LineRun;
use crate::strings::{no_strings, strings};
use crate::tables::foreign_files::{self, ForeignFile};
use crate::text::Text;

/// What an input was recognised as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An ASA running or startup configuration, or a part of it.
    AsaConfig,
    /// `show version`.
    AsaVersion,
    /// `show ssl`.
    AsaSsl,
    /// Syslog of an ASA.
    AsaSyslog,
    /// `debug webvpn anyconnect`.
    AsaDebug,
    /// `show crypto ca certificates`.
    AsaCertificates,
    /// `show vpn-sessiondb`.
    AsaSessions,
    /// Another known show command.
    AsaShow,
    /// A recorded session; its commands are children.
    Terminal,
    /// A phone's console log.
    PhoneLog,
    /// A phone's status messages or network page.
    PhoneStatus,
    /// A phone's configuration file.
    PhoneConfig,
    /// The same, encrypted.
    PhoneConfigEncrypted,
    /// ITL or CTL.
    TrustList,
    /// Certificates.
    Certificate,
    /// A private key: never shown, never decoded.
    PrivateKey,
    /// A certificate signing request.
    CertificateRequest,
    /// PKCS#12 or Java key store.
    Keystore,
    /// A packet capture.
    Capture,
    /// zip, tar, gzip.
    Archive,
    /// CUCM command line.
    CucmCli,
    /// CME configuration.
    CmeConfig,
    /// An IOS router's configuration that has an SSL VPN of its own.
    IosConfig,
    /// A report that this program saved: no evidence, but what to compare with.
    EarlierReport,
    /// Not recognised.
    #[default]
    Unknown,
}

impl Kind {
    /// Kinds that a person may say a file is, where it was taken for another. Each is a text that could be mistaken:
    /// what magic bytes tell needs no one to say it.
    pub const SAYABLE: [Self; 7] = [
        Self::PhoneConfig,
        Self::PhoneLog,
        Self::AsaConfig,
        Self::AsaSyslog,
        Self::AsaCertificates,
        Self::Certificate,
        Self::Terminal,
    ];

    /// Every kind.
    pub const ALL: [Self; 25] = [
        Self::AsaConfig,
        Self::AsaVersion,
        Self::AsaSsl,
        Self::AsaSyslog,
        Self::AsaDebug,
        Self::AsaCertificates,
        Self::AsaSessions,
        Self::AsaShow,
        Self::Terminal,
        Self::PhoneLog,
        Self::PhoneStatus,
        Self::PhoneConfig,
        Self::PhoneConfigEncrypted,
        Self::TrustList,
        Self::Certificate,
        Self::PrivateKey,
        Self::CertificateRequest,
        Self::Keystore,
        Self::Capture,
        Self::Archive,
        Self::CucmCli,
        Self::CmeConfig,
        Self::IosConfig,
        Self::EarlierReport,
        Self::Unknown,
    ];

    /// It holds a private key, and nothing of it is shown.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::PrivateKey | Self::Keystore)
    }

    /// The kind of an id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsaConfig => "asa-config",
            Self::AsaVersion => "asa-version",
            Self::AsaSsl => "asa-ssl",
            Self::AsaSyslog => "asa-syslog",
            Self::AsaDebug => "asa-debug",
            Self::AsaCertificates => "asa-certificates",
            Self::AsaSessions => "asa-sessions",
            Self::AsaShow => "asa-show",
            Self::Terminal => "terminal",
            Self::PhoneLog => "phone-log",
            Self::PhoneStatus => "phone-status",
            Self::PhoneConfig => "phone-config",
            Self::PhoneConfigEncrypted => "phone-config-encrypted",
            Self::TrustList => "trust-list",
            Self::Certificate => "certificate",
            Self::PrivateKey => "private-key",
            Self::CertificateRequest => "certificate-request",
            Self::Keystore => "keystore",
            Self::Capture => "capture",
            Self::Archive => "archive",
            Self::CucmCli => "cucm-cli",
            Self::CmeConfig => "cme-config",
            Self::IosConfig => "ios-config",
            Self::EarlierReport => "earlier-report",
            Self::Unknown => "unknown",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> Text {
        match self {
            Self::AsaConfig => Text::fixed("ASA configuration", "ASA-Konfiguration"),
            Self::AsaVersion => Text::fixed("ASA version", "ASA-Version"),
            Self::AsaSsl => Text::fixed("ASA SSL settings", "SSL-Einstellungen der ASA"),
            Self::AsaSyslog => Text::fixed("ASA log", "ASA-Protokoll"),
            Self::AsaDebug => Text::fixed("ASA debug output", "ASA-Debug-Ausgabe"),
            Self::AsaCertificates => Text::fixed("ASA certificate list", "Zertifikatsliste der ASA"),
            Self::AsaSessions => Text::fixed("ASA sessions", "ASA-Sitzungen"),
            Self::AsaShow => Text::fixed("ASA command output", "ASA-Befehlsausgabe"),
            Self::Terminal => Text::fixed("Recorded session", "Aufgezeichnete Sitzung"),
            Self::PhoneLog => Text::fixed("Phone log", "Telefonprotokoll"),
            Self::PhoneStatus => Text::fixed("Phone status", "Telefonstatus"),
            Self::PhoneConfig => Text::fixed("Phone configuration", "Telefonkonfiguration"),
            Self::PhoneConfigEncrypted => {
                Text::fixed("Encrypted phone configuration", "Verschlüsselte Telefonkonfiguration")
            }
            Self::TrustList => Text::fixed("Phone trust list", "Vertrauensliste des Telefons"),
            Self::Certificate => Text::fixed("Certificate", "Zertifikat"),
            Self::PrivateKey => Text::fixed("Private key", "Privater Schlüssel"),
            Self::CertificateRequest => Text::fixed("Certificate request", "Zertifikatsanforderung"),
            Self::Keystore => Text::fixed("Key store", "Schlüsselspeicher"),
            Self::Capture => Text::fixed("Packet capture", "Paketmitschnitt"),
            Self::Archive => Text::fixed("Archive", "Archiv"),
            Self::CucmCli => Text::fixed("CUCM command output", "CUCM-Befehlsausgabe"),
            Self::IosConfig => Text::fixed("IOS router configuration", "Konfiguration eines IOS-Routers"),
            Self::CmeConfig => Text::fixed("CME configuration", "CME-Konfiguration"),
            Self::EarlierReport => Text::fixed("Earlier report", "Früherer Bericht"),
            Self::Unknown => Text::fixed("Not recognised", "Nicht erkannt"),
        }
    }
}

/// How far an input could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InputState {
    /// Read to its end.
    Read,
    /// Damaged, cut or over a bound: what could be understood was kept.
    PartlyRead,
    /// Not a format that is known.
    #[default]
    Unrecognised,
    /// Over a limit, encrypted or not readable.
    Refused,
}

impl InputState {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::PartlyRead => "partly-read",
            Self::Unrecognised => "unrecognised",
            Self::Refused => "refused",
        }
    }
}

/// Something that the reader of an input has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// 1-based line, where it concerns one.
    pub line: Option<u32>,
    /// 0-based byte, where it concerns one of a binary input.
    pub offset: Option<u64>,
    /// What happened, and what to do about it.
    pub text: Text,
}

impl Note {
    /// A note on the whole input.
    pub fn whole(text: Text) -> Self {
        Self { line: None, offset: None, text }
    }

    /// A note on a line.
    pub fn line(line: u32, text: Text) -> Self {
        Self { line: Some(line), offset: None, text }
    }

    /// A note on a byte.
    pub fn byte(offset: u64, text: Text) -> Self {
        Self { line: None, offset: Some(offset), text }
    }
}

/// One input as it is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The base name of a file, the path below a folder, the name of a member, or a session's command.
    pub name: String,
    /// The id of the input that holds this one. Ids count from 0 inside one reading, and anew over a case.
    pub inside: Option<u32>,
    /// Its number among what its holder hands out, from 0 on: by it the holder opens it again.
    #[serde(default)]
    pub member: u32,
    /// Its lines as lines of its holder; empty where it has to be opened again to see them.
    #[serde(default, serialize_with = "for_the_page")]
    pub lines_inside: Vec<LineRun>,
    /// Size in bytes.
    pub bytes: u64,
    /// Lines of a text input.
    pub lines: Option<u32>,
    /// What it was recognised as.
    pub kind: Kind,
    /// How far it was read.
    pub state: InputState,
    /// Why it was recognised. Never quotes a private key's label or content.
    pub because: Text,
    /// What it seems to be where it was not recognised: the id of a row in `tables::foreign_files`; may be empty.
    #[serde(default)]
    pub seems: String,
    /// What its reader has to say.
    pub notes: Vec<Note>,
}

impl Input {
    /// What it seems to be where it was not recognised.
    pub fn foreign(&self) -> Option<&'static ForeignFile> {
        foreign_files::by_id(&self.seems)
    }
}

/// The page leads back to lines by them. A report tells none, and as JSON they take a hundred times the bytes of what
/// they are about.
fn for_the_page<S: Serializer>(runs: &[LineRun], serializer: S) -> Result<S::Ok, S::Error> {
    let told: &[LineRun] = if serializer.is_human_readable() { &[] } else { runs };
    told.serialize(serializer)
}

no_strings! { InputState Kind LineRun }

strings! {
    Input {
        name: File, inside, member, lines_inside, bytes, lines, kind, state, because, seems: Own, notes,
    }
    Note { line, offset, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_gets_the_lines_of_a_holder_and_a_report_does_not() {
        let runs = vec![LineRun { line: 1, holder_line: 7, holder_byte: 99 }];
        let input = Input { lines_inside: runs, ..Input::default() };
        let bytes = postcard::to_allocvec(&input).unwrap();
        assert_eq!(postcard::from_bytes::<Input>(&bytes).unwrap(), input);
        assert_eq!(serde_json::to_value(&input).unwrap()["lines_inside"], serde_json::json!([]));
    }

    #[test]
    fn ids_are_what_serde_writes() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
            assert_eq!(Kind::of(kind.id()), Some(kind));
        }
    }
}
