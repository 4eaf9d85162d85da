//! An encrypted phone configuration: what it says of VPN cannot be read without the phone's key.
//!
//! CUCM writes `SEP….cnf.xml.enc.sgn` (header version 2.0) and beside it a short clear file whose `encrConfig` is
//! true and which holds no `<vpnGroup>` (CUCM 15 security guide, TFTP encryption; certutils, enccnf). A decrypted
//! file says `encrConfig` true as well; there the VPN settings are to be seen, and the rule stays silent.

use super::fleet::Fleet;
use super::setting;
use crate::case::Case;
use crate::facts::phone_files::{self, EncryptedFile};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-config-encrypted",
    stage: Stage::Provisioning,
    severity: Severity::Notice,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["CUCM 15 security guide, TFTP encryption", "certutils, enccnf"],
    prose: Text::fixed(
        include_str!("phone_config_encrypted.en.md"),
        include_str!("phone_config_encrypted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for file in phone_files::encrypted(&case.documents) {
        fleet.add((), &file.phone, Confidence::Certain, Evidence::at(&file.place, header(&file)));
    }
    let phones = case.phone_configs();
    for phone in phones.iter().flatten().filter(|phone| phone.is_stub()) {
        if let Some(encryption) = phone.encryption() {
            let proof = setting("encrConfig", &encryption, STUB);
            fleet.add((), &phone.name(&case.documents), Confidence::Certain, proof);
        }
    }
    match fleet.answer(|(), group| group.finding(None))? {
        found if found.is_empty() => phones.map(|_| found),
        found => Ok(found),
    }
}

/// What the header says without the key.
fn header(file: &EncryptedFile) -> Text {
    let time = file.signed_at.map(|seconds| rfc3339(i64::from(seconds)));
    let time = time.map_or_else(Text::default, |time| SIGNED.with("time", Class::Words, time));
    let signer = match file.signer.as_str() {
        "" => Text::default(),
        signer => BY.with("signer", Class::Subject, signer),
    };
    Text::joined([HEADER, time, signer], "")
}

const SIGNED: Text = Text::fixed(", signed at {time}", ", signiert um {time}");
const BY: Text = Text::fixed(" by {signer}", " von {signer}");

const HEADER: Text = Text::fixed(
    "the header is readable, the text behind it is encrypted",
    "Der Kopf ist lesbar, der Text dahinter ist verschlüsselt",
);
const STUB: Text = Text::fixed(
    "this is the clear file beside an encrypted one: the VPN settings are only in that one",
    "Das ist die Klartextdatei neben einer verschlüsselten: Nur in jener stehen die VPN-Einstellungen",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::intake;
    use crate::limits::Limits;
    use crate::testing::{fires, silent, waits};

    const STUB: &str = "<device>\n<fullConfig>false</fullConfig>\n<encrConfig>true</encrConfig>\n</device>";
    const DECRYPTED: &str = "<device>\n<vpnGroup></vpnGroup>\n<encrConfig>true</encrConfig>\n</device>";
    const CLEAR: &str = "<device>\n<encrConfig>false</encrConfig>\n</device>";

    #[test]
    fn the_clear_file_beside_an_encrypted_one_is_told() {
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", STUB)]);
        assert_eq!(findings[0].evidence()[0].at.as_ref().unwrap().line, 3);
    }

    #[test]
    fn the_header_of_an_encrypted_file_is_told() {
        let file = [ENCRYPTED_HEADER, &[0x5a; 64]].concat();
        let readings = [intake::read("x", &file, &Limits::default())];
        let said = crate::case::Said::new();
        let case = crate::case::Case::of(&readings, &said, crate::testing::now());
        let findings = (RULE.check)(&case).unwrap();
        assert_eq!(findings[0].values, [("phone", "SEP001122334455".to_owned())]);
        assert!(findings[0].evidence()[0].says.en().contains("2001-09-09T01:46:40Z"));
    }

    /// Version 2.0, header length, a file name and a time of signing.
    const ENCRYPTED_HEADER: &[u8] = b"\x01\x00\x02\x02\x00\x02\x00\x02\x00\x35\
        \x0e\x00\x20SEP001122334455.cnf.xml.enc.sgn\0\x0f\x00\x04\x3b\x9a\xca\x00\x0d";

    #[test]
    fn a_readable_file_is_silent() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", CLEAR)]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", DECRYPTED)]);
    }

    #[test]
    fn without_a_file_it_waits() {
        waits(&RULE, &[]);
    }
}
