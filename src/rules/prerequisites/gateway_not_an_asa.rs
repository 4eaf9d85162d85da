//! The gateway that the phones dial is another product than an ASA.

use crate::case::Case;
use crate::facts::other_gateway::OtherGateway;
use crate::finding::{Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-not-an-asa",
    stage: Stage::Prerequisites,
    severity: Severity::Notice,
    needs: &[Need::AsaConfig, Need::PhoneConfig, Need::Certificate],
    echoes: &[],
    sources: &[
        "Cisco IOS SSL VPN configuration guide, 15M&T (webvpn gateway, webvpn context)",
        "ocserv, README-cisco-svc",
    ],
    prose: Text::fixed(include_str!("gateway_not_an_asa.en.md"), include_str!("gateway_not_an_asa.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut others = case.other_gateways.iter();
    let Some(first) = others.next() else {
        // An ASA's own file is what shows that the gateway is one, where anything shows that phones use it.
        return match (case.has_asa(), case.knows_phones()) {
            (true, true) => Ok(Vec::new()),
            (true, false) => Err(Missing::need(Need::PhoneConfig)),
            (false, _) => Err(Missing::need(Need::AsaConfig)),
        };
    };
    let seen = |other: &OtherGateway| {
        let says = Text::fixed("This is {file}, not of an ASA.", "Das ist {file}, nicht von einer ASA.")
            .nested("file", other.file.clone());
        Evidence::at(&other.place, says)
    };
    let title = OTHER_GATEWAY.nested("file", first.file.clone());
    let mut finding = Finding::new(first.confidence, seen(first)).and(others.map(seen));
    if case.has_asa() {
        finding = finding.because(BESIDE_AN_ASA);
        finding.title = Some(FILE_OF_OTHER_GATEWAY.nested("file", first.file.clone()));
    } else {
        finding.title = Some(title);
    }
    Ok(vec![finding])
}

const BESIDE_AN_ASA: Text = Text::fixed(
    "There are files of an ASA as well. Which of the two the phones dial shows in the URL of their configuration.",
    "Es gibt auch Dateien einer ASA. Welches von beiden die Telefone anwählen, steht als URL in ihrer Konfiguration.",
);

const OTHER_GATEWAY: Text = Text::fixed(
    "The gateway is not an ASA: there is {file} in the case",
    "Das Gateway ist keine ASA: Im Fall ist {file}",
);
const FILE_OF_OTHER_GATEWAY: Text = Text::fixed(
    "A file in the case is of another gateway than an ASA: {file}",
    "Eine Datei im Fall ist von einem anderen Gateway als einer ASA: {file}",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::need::Need;
    use crate::testing::{asa, fires, phone_trusting, silent, waits};

    const ROUTER: &str =
        "version 15.7\nhostname edge\nwebvpn gateway OUT\n ip address 203.0.113.9 port 443\n";
    const OCSERV: &str = "Nov 24 10:00:00 gw ocserv[812]: main: initialized ocserv 1.1.6\n";

    #[test]
    fn another_product_is_named_with_its_line() {
        for (file, line, name) in [(ROUTER, 3, "an IOS router"), (OCSERV, 1, "ocserv's log")] {
            let finding = &fires(&RULE, &[("x", file)])[0];
            let proof = &finding.evidence()[0];
            assert_eq!(proof.at.as_ref().unwrap().line, line);
            assert!(proof.says.en().contains(name), "{proof:?}");
            assert_eq!(finding.confidence, Confidence::Likely);
        }
    }

    #[test]
    fn beside_an_asa_it_is_no_more_than_possible() {
        let asa = asa("ssl trust-point PHONES outside", "");
        assert_eq!(fires(&RULE, &[("x", OCSERV), ("y", &asa)])[0].confidence, Confidence::Possible);
        silent(&RULE, &[("y", &asa), ("z", &phone_trusting(&[]))]);
        assert_eq!(waits(&RULE, &[("y", &asa)]), [Need::PhoneConfig]);
    }

    #[test]
    fn without_a_gateways_file_it_waits() {
        assert_eq!(
            waits(&RULE, &[("x", "Nmap scan report for vpn.example.com (192.0.2.1)\n")]),
            [Need::AsaConfig]
        );
    }
}
