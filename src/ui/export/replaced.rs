//! How many names of each class a redaction replaced, in words.

use vpn_phone_doctor::report::redact::{Entry, counts};
use vpn_phone_doctor::text::Text;

use crate::ui::widgets::counted;

/// A statement for each class that there is, with its id: `3 phones`.
pub fn classes(map: &[Entry]) -> Vec<(String, Text)> {
    let said = |(class, count): (String, u32)| {
        let text = words(&class, count);
        (class, text)
    };
    counts(map).into_iter().map(said).collect()
}

/// `4 secrets removed`.
pub fn secrets(count: u32) -> Text {
    said(&SECRETS, count)
}

fn words(class: &str, count: u32) -> Text {
    let row = CLASSES.iter().find(|(known, _)| *known == class);
    row.map_or_else(|| Text::quoted(format!("{count} {class}")), |(_, forms)| said(forms, count))
}

fn said([one, many]: &[Text; 2], count: u32) -> Text {
    counted(count as usize, one.clone(), many.clone())
}

/// One and several of each class, by how its pseudonyms begin.
static CLASSES: [(&str, [Text; 2]); 13] = [
    (
        "PHONE",
        [Text::fixed("{count} phone", "{count} Telefon"), Text::fixed("{count} phones", "{count} Telefone")],
    ),
    (
        "HOST",
        [
            Text::fixed("{count} host name", "{count} Hostname"),
            Text::fixed("{count} host names", "{count} Hostnamen"),
        ],
    ),
    (
        "IP",
        [
            Text::fixed("{count} address", "{count} Adresse"),
            Text::fixed("{count} addresses", "{count} Adressen"),
        ],
    ),
    (
        "USER",
        [
            Text::fixed("{count} user name", "{count} Benutzername"),
            Text::fixed("{count} user names", "{count} Benutzernamen"),
        ],
    ),
    (
        "GROUP",
        [
            Text::fixed("{count} name of a group or policy", "{count} Name einer Gruppe oder Richtlinie"),
            Text::fixed("{count} names of groups or policies", "{count} Namen von Gruppen oder Richtlinien"),
        ],
    ),
    (
        "TP",
        [
            Text::fixed("{count} trust-point", "{count} Vertrauenspunkt (trust-point)"),
            Text::fixed("{count} trust-points", "{count} Vertrauenspunkte (trust-point)"),
        ],
    ),
    (
        "NAME",
        [
            Text::fixed("{count} name in a certificate", "{count} Name in einem Zertifikat"),
            Text::fixed("{count} names in certificates", "{count} Namen in Zertifikaten"),
        ],
    ),
    (
        "SERIAL",
        [
            Text::fixed("{count} serial number", "{count} Seriennummer"),
            Text::fixed("{count} serial numbers", "{count} Seriennummern"),
        ],
    ),
    ("FP", [Text::fixed("{count} hash", "{count} Hash"), Text::fixed("{count} hashes", "{count} Hashes")]),
    (
        "MAIL",
        [
            Text::fixed("{count} e-mail address", "{count} E-Mail-Adresse"),
            Text::fixed("{count} e-mail addresses", "{count} E-Mail-Adressen"),
        ],
    ),
    (
        "file",
        [
            Text::fixed("{count} name of a file", "{count} Dateiname"),
            Text::fixed("{count} names of files", "{count} Dateinamen"),
        ],
    ),
    (
        "folder",
        [
            Text::fixed("{count} name of a folder", "{count} Ordnername"),
            Text::fixed("{count} names of folders", "{count} Ordnernamen"),
        ],
    ),
    (
        "text",
        [
            Text::fixed("{count} other word", "{count} anderes Wort"),
            Text::fixed("{count} other words", "{count} andere Wörter"),
        ],
    ),
];

static SECRETS: [Text; 2] = [
    Text::fixed("{count} secret removed", "{count} Geheimnis entfernt"),
    Text::fixed("{count} secrets removed", "{count} Geheimnisse entfernt"),
];

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};
    use vpn_phone_doctor::report::redact::{Addresses, redact};
    use vpn_phone_doctor::text::Lang;

    use super::*;

    /// A line for each class.
    const LINES: [&str; 9] = [
        "User <fritz7> from 192.0.2.9, phone SEP001122334455",
        "tunnel-group Zweigstelle webvpn-attributes",
        "crypto ca trustpoint Berlin",
        "vpn.example.com",
        "certificate 5a3f",
        "subject CN=Kolibri",
        "E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76",
        "mail to root@branch.example.net",
        "something Unheardof",
    ];

    #[test]
    fn every_class_has_words_for_one_and_for_several() {
        let mut diagnosis = diagnose(&[], &Said::new(), 0);
        diagnosis.verdict.detail = Text::quoted(LINES.join("\n"));
        let map = redact(&diagnosis, Addresses::Opaque, [0; 32]).map;
        let told = classes(&map);
        assert!(told.len() >= 9, "{told:?}");
        for (class, _) in &told {
            assert!(CLASSES.iter().any(|(known, _)| known == class), "{class} has no words");
            for lang in [Lang::En, Lang::De] {
                let [one, many] = [1, 2].map(|count| words(class, count).get(lang).into_owned());
                assert!(one.starts_with("1 ") && many.starts_with("2 "), "{one}, {many}");
                assert_ne!(one.get(2..), many.get(2..));
            }
        }
        assert_eq!(secrets(4).get(Lang::De), "4 Geheimnisse entfernt");
    }
}
