//! What releases of CUCM changed, and the rule that has to say it: a row each, with its source.
#![allow(clippy::unwrap_used, missing_docs)]

use vpn_phone_doctor::rules;
use vpn_phone_doctor::text::Lang;

/// Rule, what its English and its German text say, and where that stands.
const ROWS: [(&str, &str, &str, &str); 3] = [
    (
        "same-subject-overwrote-certificate",
        "the certificate with the later start date stays, and an older one is not taken in",
        "Das Zertifikat mit dem späteren Beginn bleibt, ein älteres wird stillschweigend nicht übernommen",
        "Security Guide for CUCM 15, certificates overview",
    ),
    (
        "sha2-manufacturing-ca-missing",
        "one that was upgraded from such a version",
        "einer, der aus einer solchen Version aktualisiert wurde",
        "release notes of CUCM 12.5(1)SU6: after an upgrade only the CAs of the old version are there",
    ),
    (
        "client-certificate-too-weak",
        "its guides contradict each other on that (2048 from 10.5(2), or 1024)",
        "Seine Handbücher widersprechen sich darin (2048 ab 10.5(2), oder 1024)",
        "Security Guides 12.5SU4 and 15, section TLS 1.2, against their CAPF table and the BAT guide 15",
    ),
];

#[test]
fn rules_say_what_releases_changed() {
    for (id, en, de, source) in ROWS {
        let rule = rules::by_id(id).unwrap();
        assert!(rule.prose.get(Lang::En).contains(en), "{id}: {source}");
        assert!(rule.prose.get(Lang::De).contains(de), "{id}: {source}");
    }
}
