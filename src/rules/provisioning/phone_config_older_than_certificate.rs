//! The phone's file was made before the ASA's certificate existed, so its hash cannot stand in it.
//!
//! The time of a file is that of its signature, else the seconds since 1970 at the beginning of `versionStamp`
//! (certutils, sgnfile; usecallmanager.nz, SEPMAC.cnf.xml). A phone that trusts the issuer of the certificate
//! does not need its hash; nor does one whose file holds it, whatever its clock said.

use std::collections::BTreeSet;

use super::fleet::Fleet;
use crate::case::Case;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::of_phone::of_phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-config-older-than-certificate",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::Certificate],
    echoes: &[],
    sources: &["Cisco 116162, certificate renewal", "certutils, sgnfile"],
    prose: Text::fixed(
        include_str!("phone_config_older_than_certificate.en.md"),
        include_str!("phone_config_older_than_certificate.de.md"),
    ),
    check,
};

/// A certificate that the ASA presents, as far as this rule needs it.
struct New<'c, 'a> {
    presented: &'c Presented,
    known: &'c CaseCertificate<'a>,
    not_before: i64,
    /// Hashes by which a phone would accept it.
    accepted: BTreeSet<[u8; 20]>,
    confidence: Confidence,
}

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    let presented = &case.gateway_certificates.presented;
    let certificates: Vec<_> = presented.iter().filter_map(|shown| new(case, shown)).collect();
    if certificates.is_empty() {
        return Err(Missing::need(Need::Certificate));
    }
    let mut fleet = Fleet::new();
    let mut shown = BTreeSet::new();
    for (index, phone) in case.phones.iter().enumerate() {
        if !phone.is_enterprise() || phone.vpn_group().is_none() {
            continue;
        }
        let Some((made, place, mark)) = phone.made() else {
            fleet.cannot_tell();
            continue;
        };
        let trusted = trusted(case, index);
        for (number, certificate) in certificates.iter().enumerate() {
            if !case.is_presented_to(certificate.presented, index)
                || made >= certificate.not_before
                || !certificate.accepted.is_disjoint(&trusted)
            {
                continue;
            }
            let name = phone.name(&case.documents);
            let proof = Evidence::marked(&place, &mark, dated(MADE, made));
            fleet.add(number, &name, certificate.confidence, proof);
            if shown.insert(number) {
                let valid = dated(VALID, certificate.not_before);
                let proof = Evidence::at(&certificate.known.place(), valid);
                fleet.add(number, &name, certificate.confidence, proof);
            }
        }
    }
    fleet.answer(|number, group| {
        let finding = group.finding(None);
        match certificates.get(number) {
            Some(certificate) => finding.value("valid-from", moment(certificate.not_before)),
            None => finding,
        }
    })
}

fn new<'c, 'a>(case: &'c Case<'a>, shown: &'c Presented) -> Option<New<'c, 'a>> {
    let known = case.certificate(shown.certificate?)?;
    let fields = known.certificate.document.fields.as_ref()?;
    let issuers = case.certificates.iter().filter(|other| {
        other.certificate.document.fields.as_ref().is_some_and(|issuer| issuer.subject == fields.issuer)
    });
    let chain = shown.chain.iter().filter_map(|index| case.certificate(*index));
    Some(New {
        presented: shown,
        known,
        not_before: fields.not_before?,
        accepted: issuers.chain(chain).chain([known]).map(CaseCertificate::sha1).collect(),
        // A file that lies there may be any certificate; the other witnesses have seen it at the ASA.
        confidence: match shown.witness {
            Witness::LooseFile => Confidence::Possible,
            _ => Confidence::Likely,
        },
    })
}

/// The hashes of one phone.
fn trusted(case: &Case<'_>, phone: usize) -> BTreeSet<[u8; 20]> {
    of_phone(&case.trusted_hashes, phone).iter().filter_map(|hash| hash.sha1.ok()).collect()
}

fn dated(text: Text, seconds: i64) -> Text {
    text.with("moment", Class::Words, moment(seconds))
}

/// `2026-11-23 10:19:27 UTC`.
fn moment(seconds: i64) -> String {
    rfc3339(seconds).replace('T', " ").replace('Z', " UTC")
}

const MADE: Text = Text::fixed("the file was made on {moment}", "Die Datei stammt vom {moment}");
const VALID: Text = Text::fixed("the certificate is valid from {moment}", "Das Zertifikat gilt ab {moment}");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::need::Need;
    use crate::testing::{fires, silent, waits};

    fn file(seconds: &str, hash: &str) -> String {
        format!(
            "<device>\n<vpnGroup>\n<credentials><certHash1>{hash}</certHash1></credentials>\n</vpnGroup>\n<versionStamp>{seconds}-00000000-0000-0000-0000-000000000000</versionStamp>\n</device>"
        )
    }

    #[test]
    fn a_file_from_before_the_certificate_is_told() {
        let files = [("SEP001122334455.cnf.xml", file(BEFORE, OTHER_HASH)), ("asa.pem", PEM.to_owned())];
        let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let findings = fires(&RULE, &files);
        assert_eq!((findings.len(), findings[0].confidence), (1, Confidence::Possible));
        assert_eq!((findings[0].evidence().len(), findings[0].evidence()[0].mark.as_str()), (2, BEFORE));
    }

    #[test]
    fn a_newer_file_or_one_that_holds_the_hash_is_not() {
        for xml in [file(AFTER, OTHER_HASH), file(BEFORE, ITS_HASH)] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &xml), ("asa.pem", PEM)]);
        }
    }

    #[test]
    fn it_waits_for_file_time_and_certificate() {
        let xml = file(BEFORE, OTHER_HASH);
        assert_eq!(waits(&RULE, &[("SEP001122334455.cnf.xml", &xml)]), [Need::Certificate]);
        assert_eq!(waits(&RULE, &[("asa.pem", PEM)]), [Need::PhoneConfig]);
        let timeless = "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>";
        assert_eq!(waits(&RULE, &[("x", timeless), ("asa.pem", PEM)]), [Need::PhoneConfig]);
    }

    const BEFORE: &str = "1555108264";
    const AFTER: &str = "1900000000";
    const OTHER_HASH: &str = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
    const ITS_HASH: &str = "KFEBUwcK8X99nuBnf9MOv3ohXdE=";

    /// CN=vpn.example.com, self-signed, valid from November 2026.
    const PEM: &str = "-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIUG/yNe+/f1XqRvhkOy6P4vOchDkwwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPdnBuLmV4YW1wbGUuY29tMB4XDTI2MTEyNDA0Mjk1NFoXDTM2
MTEyMTA0Mjk1NFowGjEYMBYGA1UEAwwPdnBuLmV4YW1wbGUuY29tMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAE0lwq2qklC8VzlACOyHzEq1es3lvBffUVz4ALPvfG
a6yXwgoXE3Vv+XBIV2KV0fofe0BWB4xHNnNoYzkeCJAuxqNTMFEwHQYDVR0OBBYE
FBoLQ8JIhryvu1jYIEiXJWNk9gLGMB8GA1UdIwQYMBaAFBoLQ8JIhryvu1jYIEiX
JWNk9gLGMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAJ0KiqNr
SGjHz/MUTQdnlpOlrf6w9fBs/RkNHd9SzvOFAiEA8U7pZY389vwy3REySSpAAMZO
OH+gmGQ+SNcLtI8+M80=
-----END CERTIFICATE-----\n";
}
