//! CUCM is reached and does not take the phone, for a reason that the phone names.
//!
//! `ReasonForOutOfService` in the alarm, `unreg-reason` in the log: 24, 31, 100, 101, 105, 106 (CUCM 15, alarm
//! LastOutOfServiceInformation). 104 is a change that was applied. `Cert key size is not FIPS compliant` is the same
//! in a status message. Logged registrations afterwards take it back.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, ToldBy, open};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::deregistration_reasons::{Concern, by_code};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "registration-rejected",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::PhoneStatus, Need::Capture],
    echoes: &[],
    sources: &[
        "CUCM 15, alarm LastOutOfServiceInformation",
        "8800 series administration guide, status messages",
    ],
    prose: Text::fixed(
        include_str!("registration_rejected.en.md"),
        include_str!("registration_rejected.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let registered = |sign: &Sign| *sign == Sign::Registered;
    let remarks = open(&case.after_tunnel, rejects, registered);
    let Some((first, rest)) = remarks.split_first() else {
        // Status messages name no reasons: that a page has none of them proves nothing.
        let told = |remark: &Remark| matches!(remark.sign, Sign::Registered | Sign::Deregistered(_));
        return match case.after_tunnel.iter().any(told) {
            true => Ok(Vec::new()),
            false => Err(Missing(vec![Need::PhoneLog, Need::PhoneStatus])),
        };
    };
    let logged =
        remarks.iter().any(|remark| remark.told_by == ToldBy::Log || remark.sign == Sign::KeyRefused);
    // The alarm tells of the last time, which may be long past.
    let confidence = if logged { Confidence::Certain } else { Confidence::Likely };
    let proof = |remark: &Remark| Evidence::at(&remark.place, words(&remark.sign));
    let mut finding = Finding::new(confidence, proof(first)).and(rest.iter().map(|remark| proof(remark)));
    let codes: BTreeSet<u32> = remarks.iter().filter_map(|remark| code(&remark.sign)).collect();
    for code in codes {
        let Some(reason) = by_code(code) else { continue };
        finding = finding.because(
            Text::fixed("Reason {code}: {reason}.", "Grund {code}: {reason}.")
                .number("code", code)
                .nested("reason", reason.words.clone()),
        );
    }
    if remarks.iter().any(|remark| remark.sign == Sign::KeyRefused) {
        finding = finding.because(KEY);
    }
    Ok(vec![finding])
}

fn rejects(sign: &Sign) -> bool {
    match sign {
        Sign::Deregistered(code) => by_code(*code).is_some_and(|reason| reason.concern == Concern::Rejected),
        Sign::KeyRefused => true,
        _ => false,
    }
}

fn code(sign: &Sign) -> Option<u32> {
    match sign {
        Sign::Deregistered(code) => Some(*code),
        _ => None,
    }
}

fn words(sign: &Sign) -> Text {
    match code(sign).and_then(by_code) {
        Some(reason) => Text::fixed("reason {code}: {reason}", "Grund {code}: {reason}")
            .number("code", reason.code)
            .nested("reason", reason.words.clone()),
        None => KEY,
    }
}

const KEY: Text = Text::fixed(
    "The key of a certificate is too short for FIPS mode, which wants RSA keys of at least 2048 bits.",
    "Der Schlüssel eines Zertifikats ist zu kurz für den FIPS-Modus; der verlangt RSA-Schlüssel ab 2048 Bit.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn log(code: u32) -> String {
        format!(
            "1962 NOT Nov 09 13:01:22.681701 JAVA-x: setLastDeregistrationReason - new unreg-reason={code}(x) , old unreg-reason=25\n"
        )
    }

    #[test]
    fn the_reason_is_told_in_words() {
        for (code, words) in
            [(24, "CUCM rejected the registration"), (100, "version stamp"), (106, "secure connection")]
        {
            let finding = &fires(&RULE, &[("x", &log(code))])[0];
            assert_eq!(finding.confidence, Confidence::Certain);
            assert!(finding.because[0].en().contains(words), "{code}: {:?}", finding.because);
        }
        let alarm = "Nov 24 10:12:33 cucm : %UC_PHONE-6-LastOutOfServiceInformation: %[DeviceName=SEP001122334455][ReasonForOutOfService=105]\n";
        assert_eq!(fires(&RULE, &[("x", alarm)])[0].confidence, Confidence::Likely);
        fires(&RULE, &[("x", "10:12:33a Phone failed to register. Cert key size is not FIPS compliant.\n")]);
    }

    #[test]
    fn other_reasons_are_not_a_rejection() {
        for code in [10, 25, 104, 108, 999] {
            silent(&RULE, &[("x", &log(code))]);
        }
        let registered = "1798 DEB Nov 09 13:02:23.493726 JAVA-SIPCC-SIP_STATE: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n";
        silent(&RULE, &[("x", &format!("{}{registered}", log(24)))]);
        waits(&RULE, &[("x", "10:20:00a Trust List updated\n")]);
    }
}
