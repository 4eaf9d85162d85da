//! The trust list is larger than phones take.
//!
//! More than 39 certificates in the cluster make an ITL of more than 64 KB, and phones fail to load it (CUCM default
//! security). A printed list tells its records, the file itself its size.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::At;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "trust-list-too-large",
    stage: Stage::Registration,
    severity: Severity::Warning,
    needs: &[Need::TrustList],
    echoes: &[],
    sources: &["CUCM security guide, default security"],
    prose: Text::fixed(
        include_str!("trust_list_too_large.en.md"),
        include_str!("trust_list_too_large.de.md"),
    ),
    check,
};

/// Bytes that phones take.
const BYTES: u64 = 64 << 10;
/// Certificates that phones take.
const CERTIFICATES: usize = 39;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let lists: Vec<_> =
        case.documents.trust_lists.iter().filter(|list| !list.document.records.is_empty()).collect();
    if lists.is_empty() {
        return Err(Missing::need(Need::TrustList));
    }
    let mut findings = Vec::new();
    for list in lists {
        let records = list.document.records.len();
        let bytes = list.document.bytes;
        if bytes <= BYTES && records <= CERTIFICATES {
            continue;
        }
        let size = SIZE.number("records", records).number("bytes", bytes);
        let proof = Evidence::at(&list.place(&At::byte(0)), size.clone());
        findings.push(Finding::new(Confidence::Likely, proof).because(size));
    }
    Ok(findings)
}

const SIZE: Text = Text::fixed(
    "The list has {records} records in {bytes} bytes; phones take 39 certificates and 65536 bytes.",
    "Die Liste hat {records} Einträge in {bytes} Bytes; Telefone nehmen 39 Zertifikate und 65536 Bytes an.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::intake;
    use crate::limits::Limits;
    use crate::testing::{now, waits};
    use crate::tlv::element_of as element;

    fn findings(records: usize, certificate_bytes: usize) -> Vec<Finding> {
        let mut bytes = element(1, &[1, 2]);
        bytes.extend(element(2, &10_u16.to_be_bytes()));
        for _ in 0..records {
            let mut fields = element(4, &2_u16.to_be_bytes());
            fields.extend(element(9, &vec![0; certificate_bytes]));
            bytes.extend(element(1, &u16::try_from(fields.len() + 5).unwrap().to_be_bytes()));
            bytes.extend(fields);
        }
        let readings = [intake::read("x", &bytes, &Limits::default())];
        (RULE.check)(&Case::of(&readings, &Said::new(), now())).unwrap()
    }

    #[test]
    fn both_bounds_count() {
        assert_eq!(findings(39, 900).len(), 0);
        assert!(findings(40, 900)[0].because[0].en().contains("40 records"));
        assert_eq!(findings(30, 2500).len(), 1, "over 64 KB");
        waits(&RULE, &[]);
    }
}
