//! The phone's configuration was signed by somebody whom its trust list does not allow to sign files.
//!
//! A phone accepts a signed file only from a record with the role TFTP or CCM+TFTP of its ITL or CTL (CUCM security
//! guide; 7800 series administration guide, troubleshooting).

use crate::case::Case;
use crate::facts::trust_list_signers::{self, Allowed};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "trust-list-signer-unknown",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::TrustList],
    echoes: &[],
    sources: &["CUCM security guide, default security", "Cisco IP phone 7800 series, troubleshooting"],
    prose: Text::fixed(
        include_str!("trust_list_signer_unknown.en.md"),
        include_str!("trust_list_signer_unknown.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if !trust_list_signers::has_list(&case.documents) {
        return Err(Missing::need(Need::TrustList));
    }
    let signed = trust_list_signers::of(&case.documents);
    if signed.is_empty() {
        return Err(Missing::need(Need::PhoneConfig));
    }
    let (mut findings, mut open) = (Vec::new(), false);
    for file in signed {
        match &file.allowed {
            Allowed::Yes => {}
            Allowed::NotShown => open = true,
            Allowed::No(lists) => {
                let says = SIGNED_BY.with("signer", Class::Subject, &file.signer);
                let says = says.with("serial", Class::Serial, &file.serial);
                let finding = Finding::new(Confidence::Likely, Evidence::at(&file.place, says))
                    .and(lists.iter().map(|list| Evidence::not_in(list, NOT_LISTED)));
                findings.push(finding.value("signer", file.signer));
            }
        }
    }
    if findings.is_empty() && open { Err(Missing::need(Need::TrustList)) } else { Ok(findings) }
}

const SIGNED_BY: Text = Text::fixed(
    "the file was signed by {signer} (serial number {serial})",
    "Die Datei hat {signer} signiert (Seriennummer {serial})",
);
const NOT_LISTED: Text = Text::fixed(
    "no record with the role TFTP or CCM+TFTP has this serial number",
    "Kein Eintrag mit der Rolle TFTP oder CCM+TFTP hat diese Seriennummer",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::intake;
    use crate::limits::Limits;
    use crate::testing::{now, waits};
    use crate::tlv::element_of as element;

    /// A configuration that this serial number signed.
    fn signed(serial: &[u8]) -> Vec<u8> {
        let mut tail = element(4, b"CN=cucm-new.example.com\0");
        tail.extend(element(5, serial));
        tail.extend(element(14, b"SEP001122334455.cnf.xml.sgn\0"));
        let mut bytes = element(1, &[1, 0]);
        bytes.extend(element(2, &u16::try_from(bytes.len() + 5 + tail.len()).unwrap().to_be_bytes()));
        bytes.extend(tail);
        bytes.extend(b"<device><deviceProtocol>SIP</deviceProtocol><callManagerGroup/><vpnGroup/></device>");
        bytes
    }

    /// A trust list with one record.
    fn list(role: u16, serial: &[u8]) -> Vec<u8> {
        let mut fields = element(3, b"CN=cucm-old.example.com\0");
        fields.extend(element(4, &role.to_be_bytes()));
        fields.extend(element(6, serial));
        let mut bytes = element(1, &[1, 2]);
        bytes.extend(element(2, &10_u16.to_be_bytes()));
        bytes.extend(element(1, &u16::try_from(fields.len() + 5).unwrap().to_be_bytes()));
        bytes.extend(fields);
        bytes
    }

    fn answer(config: &[u8], list: &[u8]) -> Result<Vec<Finding>, Missing> {
        let readings = [("SEP001122334455.cnf.xml.sgn", config), ("ITLFile.tlv", list)];
        let readings = readings.map(|(name, bytes)| intake::read(name, bytes, &Limits::default()));
        (RULE.check)(&Case::of(&readings, &Said::new(), now()))
    }

    #[test]
    fn a_signer_that_no_tftp_record_names() {
        let found = answer(&signed(&[0x0a, 0x1b]), &list(2, &[0x0c, 0x2d])).unwrap();
        assert_eq!(found[0].values, [("signer", "CN=cucm-new.example.com".to_owned())]);
        assert!(found[0].evidence()[0].says.en().contains("0a1b"), "{found:?}");
        assert_eq!(found[0].evidence()[1].looked_in.as_deref(), Some("1 records"));
        let wrong_role = answer(&signed(&[0x0a, 0x1b]), &list(4, &[0x0a, 0x1b])).unwrap();
        assert_eq!(wrong_role.len(), 1, "a CAPF record may not sign files");
    }

    #[test]
    fn a_signer_in_the_list_is_fine_however_its_number_is_written() {
        for serial in [&[0x0a, 0x1b][..], &[0x00, 0x0a, 0x1b]] {
            for role in [2_u16, 3] {
                assert_eq!(answer(&signed(&[0x0a, 0x1b]), &list(role, serial)).unwrap().len(), 0);
            }
        }
    }

    #[test]
    fn without_list_or_signed_file_it_waits() {
        assert_eq!(waits(&RULE, &[]), [Need::TrustList]);
    }
}
