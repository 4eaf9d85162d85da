//! What mends a fault that nothing but a capture shows.
//!
//! A rule with several fixes names the ones that its finding wants. Where only the wire tells of a defect, what would
//! tell them apart (the ASA's release, its list of users, its licence) is not known, and all that may help are named.

use super::no_certificate::{TITLE_NONE_CAME, WHY_NONE_CAME};
use super::tls::cipher_lists;
use crate::event::traffic::Happening;
use crate::facts::client_certificates::{CertificateKind, kind_by_issuer};
use crate::facts::distinguished_name::common_name;
use crate::facts::wire::OnTheWire;
use crate::finding::Finding;

/// The finding of a rule with the fixes for what these packets show. A rule whose fixes have no names gives them all.
pub(super) fn with_fixes(rule: &str, finding: Finding, events: &[&OnTheWire<'_>]) -> Finding {
    match rule {
        "aaa-rejected" => finding.fix("server").fix("local"),
        "client-certificate-expired" => finding.fix("lsc").fix("clock"),
        "client-certificate-issuer-untrusted" => untrusted(finding, events),
        "connection-denied-by-acl" => finding.fix("permit").fix("shun"),
        "load-balancing-redirect" => finding.fix("member"),
        "no-shared-cipher" => cipher_lists::with_commands(finding, None, None),
        "tunnel-dropped" => finding.fix("path").fix("limits"),
        "vpn-session-limit-reached" => finding.fix("licence").fix("limit"),
        _ => finding,
    }
}

fn untrusted(mut finding: Finding, events: &[&OnTheWire<'_>]) -> Finding {
    if events.iter().all(|event| event.shows_none()) {
        finding.title = Some(TITLE_NONE_CAME);
        return finding.because(WHY_NONE_CAME).fix("none");
    }
    let issuer = events.iter().find_map(|event| match event.what {
        Happening::IssuerNotAskedFor { issuer, .. } => Some(common_name(issuer)),
        _ => None,
    });
    match issuer.map_or(CertificateKind::Unknown, kind_by_issuer) {
        CertificateKind::Lsc => finding.fix("capf"),
        CertificateKind::Mic => finding.fix("maker"),
        CertificateKind::Unknown => finding.fix("capf").fix("maker"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, Evidence};
    use crate::need::Need;
    use crate::rules::{all, prose};
    use crate::text::Text;

    #[test]
    fn each_rule_that_a_capture_proves_says_what_to_do() {
        let mut witnessed = 0;
        for rule in all().filter(|rule| rule.needs.contains(&Need::Capture)) {
            let proof = Evidence::answer(Text::fixed("seen", "gesehen"));
            let finding = with_fixes(rule.id, Finding::new(Confidence::Likely, proof), &[]);
            assert!(!prose::parse(&rule.prose).fixes_for(&finding).is_empty(), "{}", rule.id);
            witnessed += 1;
        }
        assert!(witnessed > 20, "{witnessed}");
    }
}
