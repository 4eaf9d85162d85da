//! What may be changed, a row each: what it is called, and how it is said.

use vpn_phone_doctor::plan::Key;
use vpn_phone_doctor::text::Text;

/// How a value is said.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// One word, with proposals.
    Word,
    /// One of a few words.
    Choice,
    /// Lines, typed or of a file.
    Lines,
    /// A file.
    File,
    /// A file, or one of a few words.
    FileOrChoice,
}

/// What may be changed.
pub struct Field {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub name: Text,
    /// How its value is said.
    pub kind: Kind,
}

/// Fields that belong together.
pub struct Part {
    /// What they are of.
    pub name: Text,
    /// The fields.
    pub fields: &'static [Field],
}

const fn field(key: Key, kind: Kind, name: Text) -> Field {
    Field { key, name, kind }
}

/// Everything that may be changed.
pub static PARTS: [Part; 3] = [
    Part {
        name: Text::fixed("The ASA", "Die ASA"),
        fields: &[
            field(Key::AsaRelease, Kind::Word, Text::fixed("Release", "Version")),
            field(Key::Ssl, Kind::Lines, Text::fixed("Lines of `ssl`", "Zeilen von `ssl`")),
            field(
                Key::Certificate,
                Kind::FileOrChoice,
                Text::fixed("Certificate that it presents", "Zertifikat, das sie vorlegt"),
            ),
            field(
                Key::AsaConfig,
                Kind::Lines,
                Text::fixed("Configuration, whole or some lines", "Konfiguration, ganz oder einige Zeilen"),
            ),
            field(
                Key::AsaVersion,
                Kind::File,
                Text::fixed("Licences: another `show version`", "Lizenzen: ein anderes `show version`"),
            ),
        ],
    },
    Part {
        name: Text::fixed("The phones", "Die Telefone"),
        fields: &[
            field(Key::PhoneLoad, Kind::Word, Text::fixed("Firmware", "Firmware")),
            field(Key::PhoneModel, Kind::Word, Text::fixed("Model", "Modell")),
        ],
    },
    Part {
        name: Text::fixed("CUCM", "Der CUCM"),
        fields: &[
            field(
                Key::HostIdCheck,
                Kind::Choice,
                Text::fixed("Host ID check (VPN profile)", "Host-ID-Prüfung (VPN-Profil)"),
            ),
            field(
                Key::Authentication,
                Kind::Choice,
                Text::fixed("Method of login (VPN profile)", "Anmeldeverfahren (VPN-Profil)"),
            ),
            field(Key::Capf, Kind::File, Text::fixed("Certificate of the CAPF", "Zertifikat der CAPF")),
        ],
    },
];

/// What the values of a choice are called.
pub fn word(value: &str) -> Text {
    match value {
        "on" => Text::fixed("on", "ein"),
        "off" => Text::fixed("off", "aus"),
        "certificate" => Text::fixed("certificate", "Zertifikat"),
        "password" => Text::fixed("user and password", "Benutzer und Kennwort"),
        "both" => Text::fixed("certificate and password", "Zertifikat und Kennwort"),
        "renewed" => Text::fixed("renewed by the same CA", "von derselben CA erneuert"),
        other => Text::quoted(other),
    }
}

/// What a key is called.
pub fn name(key: Key) -> Text {
    let fields = PARTS.iter().flat_map(|part| part.fields);
    fields.into_iter().find(|field| field.key == key).map(|field| field.name.clone()).unwrap_or_default()
}
