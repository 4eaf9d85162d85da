//! The phone does not accept its new trust list, or a file that it should vouch for.
//!
//! Status message `Trust List update failed`; reason 31 in the alarm; in a log a trust list that was not taken, or a
//! trust verification service that does not vouch (status other than 0). Several certificates of CUCM renewed at
//! once, or a phone moved between clusters (8800 and 7800 administration guides; Cisco 118699).
//!
//! `No match found in trust list` alone is ordinary: the phone then asks the trust verification service.

use super::{Tunnel, finding, passed};
use crate::case::Case;
use crate::facts::after_tunnel::{Sign, open};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "trust-list-update-failed",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog],
    echoes: &[],
    sources: &["8800 series administration guide, status messages", "7800 series, troubleshooting"],
    prose: Text::fixed(
        include_str!("trust_list_update_failed.en.md"),
        include_str!("trust_list_update_failed.de.md"),
    ),
    check,
};

/// Reason 31: a file could not be authenticated.
const FILE_NOT_AUTHENTICATED: u32 = 31;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let refused = |sign: &Sign| {
        matches!(
            sign,
            Sign::TrustListRefused | Sign::TrustNotVerified(_) | Sign::Deregistered(FILE_NOT_AUTHENTICATED)
        )
    };
    let taken = |sign: &Sign| matches!(sign, Sign::TrustListTaken);
    let remarks = open(&case.after_tunnel, refused, taken);
    let says = |remark: &crate::facts::after_tunnel::Remark| match remark.sign {
        Sign::TrustNotVerified(_) => NOT_VERIFIED,
        Sign::Deregistered(_) => REASON_31,
        _ => REFUSED,
    };
    let Some(mut found) = finding(case, &remarks, &Tunnel::Unknown, says) else { return passed(case, taken) };
    // A phone says this of itself, wherever it stands: whether the tunnel was up does not matter.
    found.because.truncate(1);
    let own_words = remarks.iter().any(|remark| {
        matches!(remark.sign, Sign::TrustListRefused | Sign::Deregistered(_))
            && remark.told_by != crate::facts::after_tunnel::ToldBy::LogInferred
    });
    let also_taken = case.after_tunnel.iter().any(|remark| taken(&remark.sign));
    found.confidence = match (own_words, also_taken) {
        (true, false) => Confidence::Certain,
        (true, true) => Confidence::Likely,
        (false, _) => Confidence::Possible,
    };
    if also_taken {
        found = found.because(BOTH);
    }
    let unknown = case.after_tunnel.iter().filter(|remark| remark.sign == Sign::NotInTrustList);
    Ok(vec![found.and(unknown.map(|remark| Evidence::at(&remark.place, NOT_IN_LIST)))])
}

const REFUSED: Text = Text::fixed(
    "the phone did not take the trust list",
    "Das Telefon hat die Vertrauensliste nicht übernommen",
);
const NOT_VERIFIED: Text = Text::fixed(
    "the trust verification service (TVS) does not vouch for it",
    "Der Trust Verification Service (TVS) bürgt nicht dafür",
);
const REASON_31: Text = Text::fixed(
    "reason 31: a file from the TFTP server could not be authenticated",
    "Grund 31: Eine Datei des TFTP-Servers ließ sich nicht authentifizieren",
);
const NOT_IN_LIST: Text = Text::fixed(
    "this is not in the phone's trust list",
    "Das steht nicht in der Vertrauensliste des Telefons",
);
const BOTH: Text = Text::fixed(
    "An update that succeeded is shown as well: compare the times to see which came last.",
    "Eine gelungene Aktualisierung ist ebenfalls zu sehen: Vergleichen Sie die Zeiten, welche die letzte war.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    #[test]
    fn a_refused_list_is_certain_and_two_messages_are_to_be_compared() {
        let failed = "10:12:40a Trust List update failed\n";
        let finding = &fires(&RULE, &[("x", failed)])[0];
        assert_eq!((finding.confidence, finding.because.len()), (Confidence::Certain, 1));
        assert!(finding.because[0].de().contains("„10:12:40a Trust List update failed“ in Zeile 1"));
        let both = format!("{failed}10:20:00a Trust List updated\n");
        let finding = &fires(&RULE, &[("x", &both)])[0];
        assert_eq!((finding.confidence, finding.because.len()), (Confidence::Likely, 2));
    }

    #[test]
    fn a_service_that_does_not_vouch_is_possible() {
        let asked = "7988 ERR Jul 11 20:37:18.587580 (366:32531) SECUREAPP-No match found in trust list against the item\n";
        let answer = |status: u8| {
            format!(
                "{asked}7989 NOT Jul 11 20:37:18.687580 (366:32531) SECUREAPP-Authentication Response received, status : {status}\n"
            )
        };
        let finding = &fires(&RULE, &[("x", &answer(5))])[0];
        assert_eq!((finding.confidence, finding.evidence().len()), (Confidence::Possible, 2));
        waits(&RULE, &[("x", &answer(0))]);
    }

    #[test]
    fn a_list_that_was_taken_later_is_fine() {
        silent(&RULE, &[("x", "10:20:00a Trust List updated\n")]);
        let taken = "3339 INF Nov 29 06:34:00.413512 SECUREAPP-TL file updated.\n";
        let log = format!(
            "3330 NOT Nov 29 06:33:00.413031 SECUREAPP-updateFromFile: TL parse to table: CTL_FAIL\n{taken}"
        );
        silent(&RULE, &[("x", &log)]);
        waits(&RULE, &[]);
    }
}
