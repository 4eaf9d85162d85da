//! What to drop next where nothing could be checked: the kinds of evidence that say most, without those that are there.
//!
//! Logs that are there and show no attempt of a phone are asked for again, but as what they would have to be.

use super::still_needed::is_there;
use crate::case::Case;
use crate::need::Need;
use crate::text::Text;

/// One sentence; empty where all of it is there.
pub fn first_wanted(case: &Case<'_>) -> Text {
    let documents = &case.documents;
    let asa_log = if documents.asa_syslogs.is_empty() { ASA_LOG } else { ASA_LOG_OF_ATTEMPT };
    let phone_logs = if documents.phone_logs.is_empty() { PHONE_LOGS } else { PHONE_LOGS_OF_ATTEMPT };
    let wanted = [
        (documents.phone_configs.is_empty(), PHONE_CONFIG),
        (!is_there(case, Need::PhoneLog), phone_logs),
        (documents.asa_configs.is_empty(), ASA_CONFIG),
        (!is_there(case, Need::AsaLog), asa_log),
        (documents.certificates.is_empty(), CERTIFICATE),
    ];
    let wanted: Vec<Text> =
        wanted.into_iter().filter(|(missing, _)| *missing).map(|(_, text)| text).collect();
    let Some((last, first)) = wanted.split_last() else { return Text::default() };
    let list = match first {
        [] => last.clone(),
        _ => OR.nested("first", Text::joined(first.iter().cloned(), ", ")).nested("last", last.clone()),
    };
    DROP.nested("list", list)
}

const DROP: Text = Text::fixed("Drop {list}.", "Legen Sie {list} ab.");
const OR: Text = Text::fixed("{first} or {last}", "{first} oder {last}");

const PHONE_CONFIG: Text = Text::fixed("the phone's configuration", "die Konfiguration des Telefons");
const PHONE_LOGS: Text = Text::fixed("the phone's console logs", "die Konsolenprotokolle des Telefons");
const ASA_CONFIG: Text = Text::fixed("the ASA's configuration", "die Konfiguration der ASA");
const ASA_LOG: Text = Text::fixed("the ASA's log", "das Protokoll der ASA");
const ASA_LOG_OF_ATTEMPT: Text = Text::fixed(
    "a log of the ASA in which a phone tries (the one here shows none)",
    "ein Protokoll der ASA, in dem ein Telefon es versucht (in diesem ist keines zu sehen)",
);
const PHONE_LOGS_OF_ATTEMPT: Text = Text::fixed(
    "console logs of the phone in which it tries (those here show no attempt)",
    "Konsolenprotokolle des Telefons, in denen es den Versuch macht (in diesen ist keiner zu sehen)",
);
const CERTIFICATE: Text = Text::fixed("a certificate", "ein Zertifikat");

#[cfg(test)]
mod tests {
    use crate::diagnose::{Said, diagnose};
    use crate::testing;

    #[test]
    fn what_is_there_is_not_asked_for_again() {
        let detail = |files: &[(&str, &str)]| {
            let told = diagnose(&testing::readings(files), &Said::default(), testing::now());
            told.verdict.detail.en().into_owned()
        };
        let pc = "Nov 23 2026 10:19:27 vpn : %ASA-6-113039: Group <PC-USERS> User <alice> IP <198.51.100.20> AnyConnect parent session started.\n";
        assert_eq!(
            detail(&[("pc.log", pc)]),
            "Drop the phone's configuration, the phone's console logs, the ASA's configuration, a log of the ASA in \
             which a phone tries (the one here shows none) or a certificate."
        );
        let idle = "902: NOT 10:19:27.155936 CDP-D: a frame\n".repeat(3);
        let told = detail(&[("phone.log", &idle)]);
        assert!(told.contains("(those here show no attempt)") && told.contains("the ASA's log"), "{told}");
    }
}
