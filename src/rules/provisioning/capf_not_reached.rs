//! The phone does not reach CAPF, which is to give it its certificate (LSC).
//!
//! ```text
//! SECD: clpConnect: ** connect to <198.51.100.10:3804> failed
//! ```
//! A phone asks CAPF, the publisher's TCP port 3804, when CUCM tells it to install or renew its LSC; without an answer it
//! goes on with its MIC, or with the LSC that runs out (CUCM security guide, Certificate Authority Proxy Function). No
//! public log shows how a phone words the failure, so what is read as English is possible only.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::after_tunnel::{Sign, open};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "capf-not-reached",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &["CUCM security guide, Certificate Authority Proxy Function", "CUCM, TCP and UDP Port Usage"],
    prose: Text::fixed(include_str!("capf_not_reached.en.md"), include_str!("capf_not_reached.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let failed = open(&case.after_tunnel, |sign| *sign == Sign::CapfFailed, |sign| *sign == Sign::CapfDone);
    let mut by_phone: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for remark in failed {
        by_phone.entry(remark.phone.as_str()).or_default().push(&remark.place);
    }
    if by_phone.is_empty() {
        let asked = |sign: &Sign| matches!(sign, Sign::CapfDone | Sign::CapfFailed);
        let heard = case.after_tunnel.iter().any(|remark| asked(&remark.sign));
        return if heard { Ok(Vec::new()) } else { Err(Missing::need(Need::PhoneLog)) };
    }
    let told = by_phone.into_iter().filter_map(|(phone, places)| {
        let mut lines = places.into_iter().map(|place| Evidence::at(place, NOT_REACHED));
        let finding = Finding::new(Confidence::Possible, lines.next()?).and(lines).because(INFERRED);
        Some(if phone.is_empty() { finding } else { finding.value("phone", phone) })
    });
    Ok(told.collect())
}

const NOT_REACHED: Text =
    Text::fixed("the connection to CAPF fails here", "Hier scheitert die Verbindung zur CAPF");
const INFERRED: Text = Text::fixed(
    "The line is read as English: how phones word this is not published. Inside the network it may have worked before.",
    "Die Zeile ist als Englisch gelesen: Wie Telefone das schreiben, ist nicht veröffentlicht. Im internen Netz kann es vorher geklappt haben.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const REFUSED: &str =
        "0911: ERR 10:20:00.420205 SECD: EROR:clpConnect: ** connect to <198.51.100.10:3804> failed\n";
    const DONE: &str = "0950: NOT 10:21:00.420205 SECD: CAPF: operation success, LSC installed\n";

    #[test]
    fn a_connection_that_fails_is_possible() {
        for line in [
            REFUSED.to_owned(),
            REFUSED.replace("failed", "timed out"),
            "4602 ERR Feb 17 11:01:27.062462 (349-349) SECUREAPP-CAPF session: TLS handshake failed\n"
                .to_owned(),
        ] {
            assert_eq!(fires(&RULE, &[("x", &line)])[0].confidence, Confidence::Possible, "{line}");
        }
    }

    #[test]
    fn a_certificate_that_came_later_takes_it_back() {
        silent(&RULE, &[("x", &format!("{REFUSED}{DONE}"))]);
        fires(&RULE, &[("x", &format!("{DONE}{REFUSED}"))]);
    }

    #[test]
    fn other_servers_and_the_name_of_an_issuer_are_another_matter() {
        waits(&RULE, &[("x", &REFUSED.replace("3804", "2445"))]);
        waits(&RULE, &[("x", "0911: ERR 10:20:00.420205 SECD: verify failed: issuer CN=CAPF-0a1b2c3d\n")]);
        waits(&RULE, &[]);
    }
}
