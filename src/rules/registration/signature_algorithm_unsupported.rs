//! The configuration is signed with SHA-512, which older phones cannot check.
//!
//! CUCM's enterprise parameter TFTP File Signature Algorithm may be SHA-512; the 79xx, 89xx and 99xx series take only
//! SHA-1 for files (CUCM 15 security guide, TFTP encryption and CAPF). The signature's header tells the algorithm,
//! the load in the file tells the phone.

use crate::case::Case;
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::At;
use crate::stage::Stage;
use crate::tables::phone_families::{self, Family};
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "signature-algorithm-unsupported",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &["trust-list-update-failed"],
    sources: &["CUCM 15 security guide, TFTP encryption", "CUCM 15 security guide, CAPF"],
    prose: Text::fixed(
        include_str!("signature_algorithm_unsupported.en.md"),
        include_str!("signature_algorithm_unsupported.de.md"),
    ),
    check,
};

/// Tag 8 of the header: 1 SHA-1, 2 SHA-256, 3 SHA-512.
const SHA_512: u8 = 3;
/// Families that check SHA-1 only.
const SHA_1_ONLY: [&str; 2] = ["79xx", "89xx/99xx"];

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut told = false;
    let mut findings = Vec::new();
    for phone in &case.phones {
        let Some(signed) = phone.signed else { continue };
        match signed.document.hash_algorithm {
            Some(SHA_512) => {}
            Some(_) => {
                told = true;
                continue;
            }
            None => continue,
        }
        let Some((family, load)) = family(phone) else { continue };
        told = true;
        if SHA_1_ONLY.contains(&family.name) {
            let name = phone.name(&case.documents);
            findings.push(
                Finding::new(Confidence::Likely, Evidence::at(&signed.place(&At::byte(0)), SIGNED))
                    .and([load])
                    .because(WHOSE.with("phone", Class::Phone, &name).word("family", family.name))
                    .value("phone", name.clone()),
            );
        }
    }
    if told { Ok(findings) } else { Err(Missing::need(Need::PhoneConfig)) }
}

fn family(phone: &Phone<'_>) -> Option<(&'static Family, Evidence)> {
    let load = phone.config.document.load.as_ref()?;
    let family = phone_families::of_load(&load.value)?;
    Some((family, Evidence::marked(&phone.config.place(&load.at), &load.value, LOAD)))
}

const SIGNED: Text = Text::fixed(
    "the file's header says that it is signed with SHA-512",
    "Der Kopf der Datei sagt, dass sie mit SHA-512 signiert ist",
);
const LOAD: Text =
    Text::fixed("this load tells the phone's series", "Diese Firmware verrät die Serie des Telefons");
const WHOSE: Text = Text::fixed(
    "{phone} is a {family} phone: these check SHA-1 signatures only.",
    "{phone} ist ein Telefon der Reihe {family}: Diese prüfen nur Signaturen mit SHA-1.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::intake;
    use crate::limits::Limits;
    use crate::testing::{now, waits};
    use crate::tlv::element_of as element;

    fn answer(algorithm: u8, load: &str) -> Result<Vec<Finding>, Missing> {
        let mut tail = element(4, b"CN=cucm.example.com\0");
        tail.extend(element(8, &[algorithm]));
        tail.extend(element(14, b"SEP001122334455.cnf.xml.sgn\0"));
        let mut bytes = element(1, &[1, 0]);
        let length = u16::try_from(bytes.len() + 5 + tail.len()).unwrap();
        bytes.extend(element(2, &length.to_be_bytes()));
        bytes.extend(tail);
        bytes.extend(format!("<device><deviceProtocol>SIP</deviceProtocol><callManagerGroup/><vpnGroup/><loadInformation>{load}</loadInformation></device>").bytes());
        let readings = [intake::read("x", &bytes, &Limits::default())];
        (RULE.check)(&Case::of(&readings, &Said::new(), now()))
    }

    #[test]
    fn only_old_phones_cannot_check_it() {
        let found = answer(3, "SIP45.9-4-2SR3-1S").unwrap();
        assert!(found[0].because[0].en().starts_with("SEP001122334455 is a 79xx phone"), "{found:?}");
        assert_eq!(answer(3, "sip88xx.12-5-1SR2-2").unwrap().len(), 0);
        assert_eq!(answer(1, "SIP45.9-4-2SR3-1S").unwrap().len(), 0);
        assert!(answer(3, "unknown.1-2").is_err(), "the series is not known");
        waits(&RULE, &[]);
    }
}
