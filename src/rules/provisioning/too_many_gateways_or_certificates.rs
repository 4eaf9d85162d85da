//! More than three gateways, or more than ten certificates, in a phone's VPN group.
//!
//! "You can add up to a maximum of three VPN gateways to a VPN group. Also, the total number of certificates in the
//! VPN group cannot exceed 10" (CUCM 15 feature guide, VPN group fields). A group may hold fewer numbers than
//! elements where a file was made by hand, so the elements are counted.

use super::fleet::Fleet;
use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_vpn_ranges::{CERT_HASH, URL};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "too-many-gateways-or-certificates",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["CUCM 15 feature configuration guide, VPN group fields"],
    prose: Text::fixed(
        include_str!("too_many_gateways_or_certificates.en.md"),
        include_str!("too_many_gateways_or_certificates.de.md"),
    ),
    check,
};

/// What there is too much of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Surplus {
    Gateways,
    Certificates,
}

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phones_with_vpn()? {
        let Some(group) = phone.vpn_group() else { continue };
        if !group.complete {
            fleet.cannot_tell();
        }
        let lists = [
            (Surplus::Gateways, &group.urls, URL.highest),
            (Surplus::Certificates, &group.cert_hashes, CERT_HASH.highest),
        ];
        for (kind, list, highest) in lists {
            let filled = list.iter().map(|(_, seen)| seen).filter(|seen| !seen.value.trim().is_empty());
            for (number, seen) in (1..).zip(filled).filter(|(number, _)| *number > highest) {
                let proof = Evidence::at(&phone.config.place(&seen.at), ordinal(number, kind));
                fleet.add(kind, &phone.name(&case.documents), Confidence::Certain, proof);
            }
        }
    }
    fleet.answer(|kind, group| {
        let mut finding = group.finding(None);
        finding.title = Some(match kind {
            Surplus::Gateways => GATEWAYS,
            Surplus::Certificates => CERTIFICATES,
        });
        finding
    })
}

/// Which one of the list an element is.
fn ordinal(number: u32, kind: Surplus) -> Text {
    let text = match kind {
        Surplus::Gateways => {
            Text::fixed("this is gateway number {number}", "Das ist Gateway Nummer {number}")
        }
        Surplus::Certificates => {
            Text::fixed("this is certificate number {number}", "Das ist Zertifikat Nummer {number}")
        }
    };
    text.number("number", number)
}

const GATEWAYS: Text = Text::fixed(
    "The phone's VPN group holds more than 3 gateways",
    "Die VPN-Gruppe des Telefons enthält mehr als 3 Gateways",
);
const CERTIFICATES: Text = Text::fixed(
    "The phone's VPN group holds more than 10 certificates",
    "Die VPN-Gruppe des Telefons enthält mehr als 10 Zertifikate",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn file(urls: usize, hashes: usize) -> String {
        let url = |n| format!("<url{n}>https://vpn{n}.example.com/p</url{n}>\n");
        let hash = |n| format!("<certHash{n}>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash{n}>\n");
        format!(
            "<device>\n<vpnGroup>\n{}{}</vpnGroup>\n</device>",
            (1..=urls).map(url).collect::<String>(),
            (1..=hashes).map(hash).collect::<String>()
        )
    }

    #[test]
    fn each_surplus_is_told_by_its_elements() {
        let gateways = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(5, 1))]);
        assert_eq!((gateways.len(), gateways[0].evidence().len()), (1, 2));
        assert_eq!(gateways[0].evidence()[0].says.en(), "this is gateway number 4");
        assert_eq!(fires(&RULE, &[("SEP001122334455.cnf.xml", &file(4, 11))]).len(), 2);
    }

    #[test]
    fn three_and_ten_are_fine() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file(3, 10))]);
    }

    #[test]
    fn half_a_group_or_none_waits() {
        waits(&RULE, &[("x", "<device>\n<vpnGroup>\n<url1>https://vpn.example.com/p</url1>")]);
        waits(&RULE, &[]);
    }
}
