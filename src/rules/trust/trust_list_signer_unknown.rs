//! The phone's configuration was signed by somebody whom its trust list does not allow to sign files.
//!
//! A phone accepts a signed file only from a record with the role TFTP or CCM+TFTP of its ITL or CTL (CUCM security
//! guide; 7800 series administration guide, troubleshooting).

use crate::case::Case;
use crate::facts::In;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::trust_list::{Record, TrustList};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::{At, Place};
use crate::stage::Stage;
use crate::text::Text;

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

/// Roles that may sign files: CCM+TFTP and TFTP.
const SIGNING_ROLES: [u16; 2] = [2, 3];

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let signed: Vec<_> =
        case.documents.signed_files.iter().filter(|file| !file.document.serial.is_empty()).collect();
    let lists: Vec<_> =
        case.documents.trust_lists.iter().filter(|list| !list.document.records.is_empty()).collect();
    if lists.is_empty() {
        return Err(Missing::one(Need::TrustList));
    }
    if signed.is_empty() {
        return Err(Missing::one(Need::PhoneConfig));
    }
    let mut findings = Vec::new();
    for file in signed {
        let serial = bare(&file.document.serial);
        if lists.iter().any(|list| may_sign(list, &serial)) {
            continue;
        }
        let place = Place { input: file.input, at: At::byte(0) };
        let says = SIGNED_BY.filled(&[("signer", &file.document.signer), ("serial", &file.document.serial)]);
        let records = lists.iter().map(|list| {
            let count = list.document.records.len();
            Evidence::absent(list.input, format!("{count} records"), NOT_LISTED)
        });
        findings.push(
            Finding::new(Confidence::Likely, Evidence::seen(&place, says))
                .and(records)
                .value("signer", file.document.signer.clone()),
        );
    }
    Ok(findings)
}

fn may_sign(list: &In<'_, TrustList>, serial: &str) -> bool {
    let allowed = |record: &Record| SIGNING_ROLES.contains(&record.role) && bare(&record.serial) == serial;
    list.document.records.iter().any(allowed)
}

/// Two writings of one serial number differ in leading zeros.
fn bare(serial: &str) -> String {
    serial.trim_start_matches('0').to_ascii_lowercase()
}

const SIGNED_BY: Text = Text::fixed(
    "the file was signed by {signer} (serial number {serial})",
    "Die Datei hat {signer} signiert (Seriennummer {serial}).",
);
const NOT_LISTED: Text = Text::fixed(
    "no record with the role TFTP or CCM+TFTP has this serial number",
    "Kein Eintrag mit der Rolle TFTP oder CCM+TFTP hat diese Seriennummer.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::need::Need;
    use crate::testing::waits;

    #[test]
    fn without_list_or_signed_file_it_waits() {
        assert_eq!(waits(&RULE, &[]), [Need::TrustList]);
    }
}
