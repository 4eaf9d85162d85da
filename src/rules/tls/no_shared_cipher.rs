//! Phone and ASA have no cipher in common.
//!
//! Log: 725014 `no shared cipher`, with what the ASA supports (725010) and what the phone proposes (725008) as
//! lists of 725011 (Cisco 116162). Where both lists name a suite, it is not the cipher that is missing but a curve, a
//! kind of key or a signature algorithm (measured with OpenSSL 1.0.2 to 3.5 as servers). Prediction: the ASA's list for the version that both speak holds nothing that the
//! phone offers; see the fact on negotiations for what is shown and what is assumed.

use super::cipher_lists::{self, AES_SHA};
use super::rows;
use crate::case::Case;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::negotiation::{Negotiation, Outcome, Row};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Located;
use crate::stage::Stage;
use crate::tables::cipher_suites;
use crate::tables::tls_versions::Protocol;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-shared-cipher",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[
        Need::AsaLog,
        Need::Capture,
        Need::AsaConfig,
        Need::AsaConfigAll,
        Need::AsaSsl,
        Need::PhoneConfig,
        Need::Answer,
    ],
    echoes: &["ssl-settings-hardened-for-old-phones", "tls-alert-from-phone", "login-failed"],
    sources: &["Cisco 116162, SSL ciphers on the ASA", "ASA command reference, ssl ecdh-group"],
    prose: Text::fixed(include_str!("no_shared_cipher.en.md"), include_str!("no_shared_cipher.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if let Some(finding) = by_log(case) {
        return Ok(vec![finding]);
    }
    let agreed = |one: &Handshake| one.tie > Tie::None && one.chosen.is_some();
    match by_settings(case) {
        // A phone's handshake in the log agreed on a cipher: that is an answer.
        Err(_) if case.handshakes.iter().any(agreed) => Ok(Vec::new()),
        Err(Missing(mut needs)) => {
            needs.insert(0, Need::AsaLog);
            Err(Missing(needs))
        }
        found => found,
    }
}

/// One finding for all handshakes that failed so; those that are phones' come first.
fn by_log(case: &Case<'_>) -> Option<Finding> {
    let mut failed: Vec<(&Handshake, &Located<String>)> = case
        .handshakes
        .iter()
        .filter(|handshake| handshake.tie != Tie::Another && handshake.fails_now())
        .filter(|handshake| !handshake.is_datagram())
        .filter_map(|handshake| {
            let says =
                |reason: &&Located<String>| reason.value.to_ascii_lowercase().contains("no shared cipher");
            Some((handshake, handshake.reasons.iter().find(says)?))
        })
        .collect();
    // Where some are phones', the others are PCs that fail beside them.
    let is_phones = |handshake: &Handshake| handshake.tie > Tie::None || handshake.offers_like_a_79xx();
    let tied = failed.iter().any(|(handshake, _)| is_phones(handshake));
    failed.retain(|(handshake, _)| !tied || is_phones(handshake));
    failed.sort_by_key(|(handshake, _)| std::cmp::Reverse(handshake.tie));
    let (best, reason) = *failed.first()?;
    let confidence = if tied { Confidence::Certain } else { Confidence::Possible };
    let mut finding =
        Finding::new(confidence, Evidence::marked(&best.place(reason), &reason.value, NO_CIPHER))
            .and(list(best, &best.supported, SUPPORTED))
            .and(list(best, &best.proposed, PROPOSED))
            .and(configured_lists(case))
            .and(failed.iter().skip(1).map(|(other, reason)| Evidence::at(&other.place(reason), NO_CIPHER)));
    let shared = shared_names(best);
    if shared.is_empty() {
        finding = cipher_lists::with_commands(
            finding,
            case.negotiations.first().map(|one| &one.server),
            Protocol::by_word(&best.protocol),
        );
    } else {
        finding = for_another_reason(finding, best, &shared);
    }
    if !best.proposed.is_empty() {
        finding = finding.because(both_lists(best));
    } else if best.supported.is_empty() && may_lack_a_curve(best) {
        finding.confidence = finding.confidence.max(Confidence::Likely);
        finding = finding.because(WITHOUT_LISTS);
    }
    if !tied {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(NOT_TIED);
    }
    Some(finding)
}

/// Suites that both printed lists name. What ends in SCSV is a signal in the list, not a suite (RFC 5746, RFC 7507).
fn shared_names(handshake: &Handshake) -> Vec<&str> {
    let offered = |name: &str| handshake.proposed.iter().any(|one| one.value.eq_ignore_ascii_case(name));
    let is_suite = |name: &&str| !name.to_ascii_uppercase().ends_with("SCSV");
    handshake
        .supported
        .iter()
        .map(|one| one.value.as_str())
        .filter(is_suite)
        .filter(|name| offered(name))
        .collect()
}

/// Suites of plain RSA need nothing else, and older versions are what phones have that know no others.
fn may_lack_a_curve(handshake: &Handshake) -> bool {
    Protocol::by_word(&handshake.protocol)
        .is_some_and(|version| cipher_suites::exists_in(OF_TLS_1_2, version))
}

/// Both lists name a suite, and the ASA found none all the same: what goes with a suite does not fit. OpenSSL says `no
/// shared cipher` of a curve, a kind of key and a signature algorithm, too.
fn for_another_reason(finding: Finding, handshake: &Handshake, shared: &[&str]) -> Finding {
    let names = shared.join(", ");
    let version = Protocol::by_word(&handshake.protocol);
    let newer =
        version.is_some_and(|version| !shared.iter().any(|name| cipher_suites::exists_in(name, version)));
    let why = match () {
        () if newer => OF_NEWER_VERSION,
        () if shared.iter().all(|name| name.contains("ECDSA")) => NEEDS_EC_KEY,
        () if shared.iter().all(|name| name.starts_with("ECDHE")) => NEEDS_CURVE,
        () => NEEDS_RSA_KEY,
    };
    let version = version.map_or("TLS", Protocol::name);
    let mut finding = finding
        .because(why.with("shared", Class::Words, names).with("version", Class::Words, version))
        .fix("agreement");
    finding.confidence = finding.confidence.max(Confidence::Likely);
    finding.title = Some(TITLE_OF_ANOTHER_REASON);
    finding
}

fn list<'h>(
    handshake: &'h Handshake,
    ciphers: &'h [Located<String>],
    says: Text,
) -> impl Iterator<Item = Evidence> + 'h {
    ciphers.iter().map(move |cipher| Evidence::marked(&handshake.place(cipher), &cipher.value, says.clone()))
}

fn both_lists(handshake: &Handshake) -> Text {
    let names =
        |list: &[Located<String>]| list.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(", ");
    let (supported, proposed) = (names(&handshake.supported), names(&handshake.proposed));
    if supported.is_empty() {
        return PHONE_OFFERS.with("proposed", Class::Words, proposed);
    }
    BOTH_LISTS.with("proposed", Class::Words, proposed).with("supported", Class::Words, supported)
}

/// The line that leaves out what old phones offer on TLS 1.0: the cause of what the log shows.
fn configured_lists(case: &Case<'_>) -> Vec<Evidence> {
    let lists = case.negotiations.iter().filter_map(|one| one.server.lists.get(&Protocol::Tls10));
    let without = lists.filter(|list| {
        let has = list.suites.iter().any(|name| AES_SHA.contains(&name.as_str()));
        list.complete && list.ground.is_shown() && !has
    });
    without
        .filter_map(|list| list.ground.place())
        .map(|place| Evidence::at(place, LIST_WITHOUT_AES))
        .collect()
}

fn by_settings(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows::own(case)? {
        let Some(list) = row.list.as_ref().filter(|_| row.outcome != Outcome::TooOld) else {
            open |= row.outcome != Outcome::TooOld;
            continue;
        };
        let shown = rows::is_shown(list, row);
        if row.shared.is_empty() && list.complete {
            findings.extend(predicted(negotiation, row, shown));
        } else if row.outcome == Outcome::NoCertificate {
            findings.extend(predicted(negotiation, row, shown).map(|found| found.because(NO_CERTIFICATE)));
        } else {
            open |= row.shared.is_empty() || !shown;
        }
    }
    if findings.is_empty() && open {
        return Err(Missing(vec![Need::AsaSsl, Need::AsaConfigAll]));
    }
    Ok(findings)
}

fn predicted(negotiation: &Negotiation, row: &Row, shown: bool) -> Option<Finding> {
    let list = row.list.as_ref()?;
    let confidence = rows::confidence(shown, row);
    let mut finding = rows::predicted(confidence, (list.ground.place(), LIST_WITHOUT), row)?;
    let allowed = if list.suites.is_empty() { "–".to_owned() } else { list.suites.join(", ") };
    finding = finding.because(BOTH_LISTS.with("proposed", Class::Words, row.kind.offers.join(", ")).with(
        "supported",
        Class::Words,
        allowed,
    ));
    if !shown {
        finding = finding.because(ASSUMED);
    }
    let finding = cipher_lists::with_commands(finding, Some(&negotiation.server), row.version);
    if !row.shared.is_empty() {
        return Some(finding);
    }
    let lists = &negotiation.server.lists;
    Some(rows::with_phones(finding, row, |ability| {
        let list = lists.get(&ability.highest).unwrap_or(list);
        ability.offers.iter().any(|name| list.suites.iter().any(|suite| suite == name))
    }))
}

const TITLE_OF_ANOTHER_REASON: Text = Text::fixed(
    "Phone and ASA both know a cipher, and what goes with it does not fit",
    "Telefon und ASA kennen eine gemeinsame Chiffre, aber was dazu gehört, passt nicht",
);
/// A suite that no version before has.
const OF_TLS_1_2: &str = "ECDHE-RSA-AES128-GCM-SHA256";
const WITHOUT_LISTS: Text = Text::fixed(
    "The log does not hold the lists of ciphers (725008, 725010 and 725011). The ASA uses the same words where both know a cipher and an elliptic curve, a kind of key or a signature algorithm does not fit.",
    "Das Protokoll enthält die Listen der Chiffren nicht (725008, 725010 und 725011). Dieselben Worte benutzt die ASA, wenn beide eine Chiffre kennen und eine elliptische Kurve, die Art des Schlüssels oder ein Signaturverfahren nicht passt.",
);
const NEEDS_CURVE: Text = Text::fixed(
    "Both lists name {shared}, so no cipher is missing. Such a cipher also needs an elliptic curve that both know (`ssl ecdh-group` on the ASA), a certificate with an RSA key, and a signature algorithm that both know. One of these does not fit.",
    "Beide Listen nennen {shared}; es fehlt also keine Chiffre. Eine solche braucht auch eine elliptische Kurve, die beide kennen (`ssl ecdh-group` auf der ASA), ein Zertifikat mit RSA-Schlüssel und ein Signaturverfahren, das beide kennen. Eines davon passt nicht.",
);
const NEEDS_EC_KEY: Text = Text::fixed(
    "Both lists name {shared}, so no cipher is missing. These need a certificate on an elliptic curve, and a curve that both know (`ssl ecdh-group` on the ASA): where an RSA certificate alone is bound, none of them can be used.",
    "Beide Listen nennen {shared}; es fehlt also keine Chiffre. Diese brauchen ein Zertifikat auf einer elliptischen Kurve und eine Kurve, die beide kennen (`ssl ecdh-group` auf der ASA): Ist nur ein RSA-Zertifikat gebunden, ist keine davon benutzbar.",
);
const NEEDS_RSA_KEY: Text = Text::fixed(
    "Both lists name {shared}, so no cipher is missing. These need a certificate with an RSA key and a signature algorithm that both know: where a certificate on an elliptic curve alone is bound, none of them can be used.",
    "Beide Listen nennen {shared}; es fehlt also keine Chiffre. Diese brauchen ein Zertifikat mit RSA-Schlüssel und ein Signaturverfahren, das beide kennen: Ist nur ein Zertifikat auf einer elliptischen Kurve gebunden, ist keine davon benutzbar.",
);
const OF_NEWER_VERSION: Text = Text::fixed(
    "Both lists name {shared}, but {version} does not have these: they belong to TLS 1.2. So no cipher is common in this version, or the curve or signature algorithm does not fit.",
    "Beide Listen nennen {shared}, aber {version} hat diese nicht: Sie gehören zu TLS 1.2. In dieser Version ist also keine Chiffre gemeinsam, oder Kurve oder Signaturverfahren passen nicht.",
);
const NO_CIPHER: Text =
    Text::fixed("the ASA found no cipher in common", "Die ASA hat keine gemeinsame Chiffre gefunden");
const SUPPORTED: Text = Text::fixed("the ASA allows this", "Das lässt die ASA zu");
const PROPOSED: Text = Text::fixed("the phone offers this", "Das bietet das Telefon an");
const BOTH_LISTS: Text = Text::fixed(
    "The phone offers {proposed}; the ASA allows {supported}.",
    "Das Telefon bietet {proposed}; die ASA lässt {supported} zu.",
);
const PHONE_OFFERS: Text = Text::fixed("The phone offers {proposed}.", "Das Telefon bietet {proposed}.");
const NOT_TIED: Text = Text::fixed(
    "The log does not show whether this was a phone.",
    "Das Protokoll zeigt nicht, ob das ein Telefon war.",
);
const LIST_WITHOUT: Text = Text::fixed(
    "this leaves nothing that the phone offers",
    "Das lässt nichts übrig, was das Telefon anbietet",
);
const LIST_WITHOUT_AES: Text = Text::fixed(
    "this list has neither AES256-SHA nor AES128-SHA",
    "Diese Liste enthält weder AES256-SHA noch AES128-SHA",
);
const NO_CERTIFICATE: Text = Text::fixed(
    "The ciphers that both know need a certificate with another kind of key than the one that is bound.",
    "Die gemeinsamen Chiffren brauchen ein Zertifikat mit einer anderen Art Schlüssel als das gebundene.",
);
const ASSUMED: Text = Text::fixed(
    "What the ASA allows is assumed from its release and level: `show ssl ciphers` shows it for sure.",
    "Was die ASA zulässt, ist aus Version und Stufe angenommen: Sicher zeigt es `show ssl ciphers`.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const LOG: &str = "%ASA-7-725010: Device supports the following 2 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : RC4-SHA\n\
        %ASA-7-725011: Cipher[2] : DES-CBC3-SHA\n\
        %ASA-7-725008: SSL client outside:203.0.113.9/52684 proposes the following 2 cipher(s).\n\
        %ASA-7-725011: Cipher[1] : AES256-SHA\n\
        %ASA-7-725011: Cipher[2] : AES128-SHA\n\
        %ASA-7-725014: SSL lib error. Function: SSL3_GET_CLIENT_HELLO Reason: no shared cipher\n";
    const OLD: &str =
        "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup></vpnGroup></device>";

    fn config(ssl: &str) -> String {
        format!("ASA Version 9.1(1)\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
    }

    #[test]
    fn the_log_shows_both_lists() {
        let findings = fires(&RULE, &[("asa.log", LOG)]);
        assert_eq!(findings[0].confidence, Confidence::Certain);
        assert!(findings[0].because[0].en().contains("RC4-SHA, DES-CBC3-SHA"));
        assert_eq!(findings[0].evidence().len(), 5);
    }

    #[test]
    fn a_suite_in_both_lists_is_not_missing() {
        let phone = "%ASA-6-716038: Group <P> User <CP-8845-SEP001122334478> IP <203.0.113.21> Authentication: successful, Session Type: WebVPN.\n";
        for (protocol, shared, words) in [
            ("TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", "elliptic curve that both know"),
            ("TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384", "where an RSA certificate alone is bound"),
            ("TLSv1.2", "AES256-SHA", "signature algorithm"),
            ("TLSv1", "AES128-GCM-SHA256", "TLS 1.0 does not have these"),
        ] {
            let log = format!(
                "{phone}%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.21/50100 to 198.51.100.1/443 for {protocol} session\n\
                 %ASA-7-725008: SSL client outside:203.0.113.21/50100 to 198.51.100.1/443 proposes the following 2 cipher(s)\n\
                 %ASA-7-725011: Cipher[1] : DES-CBC3-SHA\n%ASA-7-725011: Cipher[2] : {shared}\n\
                 %ASA-7-725010: Device supports the following 2 cipher(s).\n\
                 %ASA-7-725011: Cipher[1] : {shared}\n%ASA-7-725011: Cipher[2] : DHE-RSA-AES256-SHA256\n\
                 %ASA-7-725014: SSL lib error. Function: tls_post_process_client_hello Reason: no shared cipher\n\
                 %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.21/50100 to 198.51.100.1/443\n"
            );
            let finding = &fires(&RULE, &[("fw.log", &log)])[0];
            assert_eq!(
                (finding.confidence, finding.fixes.as_slice()),
                (Confidence::Likely, &["agreement"][..]),
                "{shared}"
            );
            assert!(finding.because[0].en().contains(words), "{shared}: {:?}", finding.because);
        }
    }

    #[test]
    fn a_signal_in_both_lists_is_no_suite() {
        let signal = "%ASA-7-725011: Cipher[3] : TLS_EMPTY_RENEGOTIATION_INFO_SCSV\n%ASA-7-NEXT";
        let log = LOG
            .replace("%ASA-7-725008", &signal.replace("NEXT", "725008"))
            .replace("%ASA-7-725014", &signal.replace("NEXT", "725014"));
        let finding = &fires(&RULE, &[("asa.log", &log)])[0];
        assert!(finding.title.is_none());
    }

    #[test]
    fn a_pc_beside_a_phone_is_not_told() {
        let pc = LOG.replace("AES128-SHA", "CAMELLIA128-SHA").replace("203.0.113.9", "203.0.113.77");
        let finding = &fires(&RULE, &[("asa.log", &format!("{pc}{LOG}"))])[0];
        let lines: Vec<u32> =
            finding.evidence().iter().filter_map(|line| Some(line.at.as_ref()?.line)).collect();
        assert!(lines.iter().all(|line| *line > 7), "{lines:?}");
    }

    #[test]
    fn a_pc_that_offers_more_is_only_possible() {
        let pc = LOG.replace("AES128-SHA", "CAMELLIA128-SHA");
        assert_eq!(fires(&RULE, &[("asa.log", &pc)])[0].confidence, Confidence::Possible);
    }

    #[test]
    fn a_list_without_aes_is_predicted_for_old_phones() {
        fires(
            &RULE,
            &[("asa.cfg", &config("ssl encryption rc4-sha1 3des-sha1")), ("SEP001122334455.cnf.xml", OLD)],
        );
        silent(
            &RULE,
            &[("asa.cfg", &config("ssl encryption rc4-sha1 aes128-sha1")), ("SEP001122334455.cnf.xml", OLD)],
        );
        fires(
            &RULE,
            &[("asa.cfg", &config("ssl cipher tlsv1 custom \"RC4-SHA\"")), ("SEP001122334455.cnf.xml", OLD)],
        );
        silent(
            &RULE,
            &[
                ("asa.cfg", &config("ssl cipher tlsv1 custom \"AES256-SHA:RC4-SHA\"")),
                ("SEP001122334455.cnf.xml", OLD),
            ],
        );
    }

    #[test]
    fn a_log_names_the_line_that_leaves_the_ciphers_out() {
        let finding = &fires(&RULE, &[("asa.log", LOG), ("asa.cfg", &config("ssl encryption rc4-sha1"))])[0];
        assert!(
            finding.evidence().iter().any(|line| line.at.as_ref().unwrap().text == "ssl encryption rc4-sha1")
        );
        assert_eq!(finding.fixes, ["encryption"]);
        let open = config("ssl encryption rc4-sha1 aes128-sha1");
        let finding = &fires(&RULE, &[("asa.log", LOG), ("asa.cfg", &open)])[0];
        assert_eq!(finding.evidence().len(), 5);
    }

    #[test]
    fn the_commands_keep_what_others_use_and_speak_of_the_version_that_failed() {
        let computed = |files: &[(&str, &str)], name: &str| {
            let finding = fires(&RULE, files).remove(0);
            finding.computed.iter().find(|(known, _)| *known == name).unwrap().1.clone()
        };
        let old = config("ssl encryption rc4-sha1 3des-sha1");
        let words = computed(&[("asa.log", LOG), ("asa.cfg", &old)], "encryption");
        assert_eq!(words, "rc4-sha1 3des-sha1 aes256-sha1 aes128-sha1");
        let begins = "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/52684 for TLSv1.2 session.\n";
        let log = format!("{begins}{LOG}");
        let ssl = "ssl cipher tlsv1.2 custom \"ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA:reload\"\n";
        let files = [("asa.log", log.as_str()), ("ssl", ssl)];
        assert_eq!(fires(&RULE, &files)[0].fixes, ["cipher"], "the line tells which command there is");
        assert_eq!(computed(&files, "version"), "tlsv1.2");
        assert_eq!(computed(&files, "suites"), "ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA:AES256-SHA");
        assert_eq!(computed(&files, "datagram-version"), "dtlsv1.2");
        assert_eq!(computed(&[("asa.log", LOG)], "suites"), "AES256-SHA:AES128-SHA");
    }

    #[test]
    fn a_level_that_is_taken_to_leave_them_out_is_only_possible() {
        let high = config("ssl cipher tlsv1 high");
        let finding = &fires(&RULE, &[("asa.cfg", &high), ("SEP001122334455.cnf.xml", OLD)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        assert!(finding.because[1].en().contains("assumed"));
    }

    #[test]
    fn a_level_by_name_and_an_unknown_phone_wait() {
        waits(&RULE, &[("asa.cfg", &config("ssl cipher tlsv1 medium")), ("SEP001122334455.cnf.xml", OLD)]);
        waits(&RULE, &[("asa.cfg", &config("ssl encryption rc4-sha1"))]);
        waits(&RULE, &[]);
    }
}
