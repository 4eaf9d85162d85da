//! Phone and ASA have no cipher in common.
//!
//! Log: 725014 `no shared cipher`, with what the ASA supports (725010) and what the phone proposes (725008) as
//! lists of 725011 (Cisco 116162). Prediction: an ASA whose list for TLS 1.0 holds neither AES256-SHA nor
//! AES128-SHA, and phones that offer nothing else (7962G with 9.1.1, the same document).

use crate::case::Case;
use crate::facts::In;
use crate::facts::handshakes::{Handshake, Tie};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_config::AsaConfig;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Seen;
use crate::stage::Stage;
use crate::tables::phone_families;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-shared-cipher",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::Capture, Need::AsaConfig, Need::PhoneConfig],
    echoes: &["tls-alert-from-phone", "login-failed"],
    sources: &["Cisco 116162, SSL ciphers on the ASA"],
    prose: Text::fixed(include_str!("no_shared_cipher.en.md"), include_str!("no_shared_cipher.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings: Vec<Finding> = by_log(case).into_iter().collect();
    let predicted = by_configuration(case);
    if findings.is_empty() {
        match predicted {
            Ok(found) => findings.extend(found),
            Err(missing)
                if !case.handshakes.iter().any(|one| one.tie > Tie::None && one.chosen.is_some()) =>
            {
                return Err(missing);
            }
            // A phone's handshake in the log agreed on a cipher: that is an answer.
            Err(_) => {}
        }
    }
    Ok(findings)
}

/// One finding for all handshakes that failed so; those that are phones' come first.
fn by_log(case: &Case<'_>) -> Option<Finding> {
    let mut failed: Vec<(&Handshake, &Seen<String>)> = case
        .handshakes
        .iter()
        .filter_map(|handshake| {
            let says =
                |reason: &&Seen<String>| reason.value.to_ascii_lowercase().contains("no shared cipher");
            Some((handshake, handshake.reasons.iter().find(says)?))
        })
        .collect();
    // Where some are phones', the others are PCs that fail beside them.
    let is_phones = |handshake: &Handshake| handshake.tie > Tie::None || is_phone_offer(handshake);
    let tied = failed.iter().any(|(handshake, _)| is_phones(handshake));
    failed.retain(|(handshake, _)| !tied || is_phones(handshake));
    failed.sort_by_key(|(handshake, _)| std::cmp::Reverse(handshake.tie));
    let (best, reason) = *failed.first()?;
    let confidence = if tied { Confidence::Certain } else { Confidence::Possible };
    let mut finding =
        Finding::new(confidence, Evidence::marked(&best.place(reason), &reason.value, NO_CIPHER))
            .and(list(best, &best.supported, SUPPORTED))
            .and(list(best, &best.proposed, PROPOSED))
            .and(
                failed.iter().skip(1).map(|(other, reason)| Evidence::seen(&other.place(reason), NO_CIPHER)),
            );
    if !best.proposed.is_empty() {
        finding = finding.because(both_lists(best));
    }
    if !tied {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(NOT_TIED);
    }
    Some(finding)
}

/// A client that proposes just these two is a phone of the 79xx kind: no browser or PC client does.
fn is_phone_offer(handshake: &Handshake) -> bool {
    !handshake.proposed.is_empty() && handshake.proposed.iter().all(|cipher| is_phone_cipher(&cipher.value))
}

fn is_phone_cipher(name: &str) -> bool {
    name == "AES256-SHA" || name == "AES128-SHA"
}

fn list<'h>(
    handshake: &'h Handshake,
    ciphers: &'h [Seen<String>],
    says: Text,
) -> impl Iterator<Item = Evidence> + 'h {
    ciphers.iter().map(move |cipher| Evidence::marked(&handshake.place(cipher), &cipher.value, says.clone()))
}

fn both_lists(handshake: &Handshake) -> Text {
    let names =
        |list: &[Seen<String>]| list.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(", ");
    let (supported, proposed) = (names(&handshake.supported), names(&handshake.proposed));
    if supported.is_empty() {
        return PHONE_OFFERS.filled(&[("proposed", &proposed)]);
    }
    BOTH_LISTS.filled(&[("proposed", &proposed), ("supported", &supported)])
}

fn by_configuration(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let old_phone = case.phones.iter().enumerate().find_map(|(index, phone)| {
        let load = phone.config.document.load.as_ref()?;
        let family = phone_families::of_load(&load.value)?;
        family.only_ability().is_some().then(|| (index, phone.config.place(&load.at)))
    });
    let settings: Vec<(In<'_, AsaConfig>, Lists<'_>)> =
        case.documents.asa_configs.iter().map(|config| (*config, Lists::of(config.document))).collect();
    if settings.iter().all(|(_, lists)| lists.is_empty()) {
        return Err(Missing(vec![Need::AsaLog, Need::AsaConfig]));
    }
    let Some((phone, load)) = old_phone else { return Err(Missing(vec![Need::AsaLog, Need::PhoneConfig])) };
    let mut findings = Vec::new();
    for (config, lists) in settings {
        if let Some(line) = lists.without_aes_sha() {
            let place = config.place(&line);
            let finding = Finding::new(Confidence::Likely, Evidence::seen(&place, LIST_WITHOUT))
                .and([Evidence::seen(&load, OLD_PHONE)])
                .because(OLD_PHONE_OFFERS)
                .value("phone", case.phone_name(phone));
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// What a configuration says of the ciphers that a TLS 1.0 phone may use.
struct Lists<'a> {
    /// `ssl encryption`, up to 9.3(1).
    encryption: Option<&'a Seen<Vec<String>>>,
    /// `ssl cipher tlsv1 custom "…"`, from 9.3(2) on. What the named levels hold differs by release.
    custom: Option<&'a Seen<String>>,
}

impl<'a> Lists<'a> {
    fn of(config: &'a AsaConfig) -> Self {
        let custom = config
            .ssl
            .ciphers
            .iter()
            .find(|(version, value)| version == "tlsv1" && value.value.contains("custom"));
        Self { encryption: config.ssl.encryption.as_ref(), custom: custom.map(|(_, value)| value) }
    }

    fn is_empty(&self) -> bool {
        self.encryption.is_none() && self.custom.is_none()
    }

    /// The line of a list that holds neither of the two.
    fn without_aes_sha(&self) -> Option<crate::source::At> {
        if let Some(list) = self.encryption {
            let has = list.value.iter().any(|name| name == "aes256-sha1" || name == "aes128-sha1");
            return (!has).then(|| list.at.clone());
        }
        let list = self.custom?;
        let has = list.value.split([':', ' ', '"']).any(is_phone_cipher);
        (!has).then(|| list.at.clone())
    }
}

const NO_CIPHER: Text =
    Text::fixed("the ASA found no cipher in common", "Die ASA hat keine gemeinsame Chiffre gefunden.");
const SUPPORTED: Text = Text::fixed("the ASA allows this", "Das lässt die ASA zu.");
const PROPOSED: Text = Text::fixed("the phone offers this", "Das bietet das Telefon an.");
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
    "this list has neither AES256-SHA nor AES128-SHA",
    "Diese Liste enthält weder AES256-SHA noch AES128-SHA.",
);
const OLD_PHONE: Text = Text::fixed(
    "a phone with this firmware offers AES256-SHA and AES128-SHA only",
    "Ein Telefon mit dieser Firmware bietet nur AES256-SHA und AES128-SHA an.",
);
const OLD_PHONE_OFFERS: Text = Text::fixed(
    "The phone offers AES256-SHA and AES128-SHA only, and the ASA allows neither of them.",
    "Das Telefon bietet nur AES256-SHA und AES128-SHA an, und die ASA lässt keine von beiden zu.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
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
        assert!(findings[0].because[0].en.contains("RC4-SHA, DES-CBC3-SHA"));
        assert_eq!(findings[0].evidence().len(), 5);
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
    fn a_level_by_name_and_an_unknown_phone_wait() {
        waits(&RULE, &[("asa.cfg", &config("ssl cipher tlsv1 medium")), ("SEP001122334455.cnf.xml", OLD)]);
        waits(&RULE, &[("asa.cfg", &config("ssl encryption rc4-sha1"))]);
        waits(&RULE, &[]);
    }
}
