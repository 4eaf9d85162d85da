//! Hardened SSL settings cut off phones that know AES-SHA on TLS 1.0 only.
//!
//! `ssl server-version tlsv1.2`, lists of GCM and ECDHE suites only, and the levels `high` and `fips` are good advice
//! for PCs. This is told where the ASA serves phones, or a phone is in the case. Models that the case has a phone of
//! are left to the rules on ciphers and versions: for them it is a fault, and no longer a warning.
//!
//! What a level leaves out is not documented release by release: there it is possible only.

use super::{cipher_lists, rows};
use crate::case::Case;
use crate::facts::negotiation::{Ground, Negotiation, Outcome, Row};
use crate::facts::serving_asas::Serves;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::tables::tls_versions::Protocol;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "ssl-settings-hardened-for-old-phones",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaConfigAll, Need::AsaSsl, Need::PhoneConfig, Need::Answer],
    echoes: &[],
    sources: &["Cisco 116162, SSL ciphers on the ASA", "Cisco 115785, a phone's session"],
    prose: Text::fixed(
        include_str!("ssl_settings_hardened_for_old_phones.en.md"),
        include_str!("ssl_settings_hardened_for_old_phones.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.negotiations.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::AsaSsl]));
    }
    let phones_known =
        !case.phones.is_empty() || case.phone_groups.sure().next().is_some() || rows::own(case).is_ok();
    let older_fail = case.said.answer("phones-failing") == Some("older");
    let mut findings = Vec::new();
    let mut open = false;
    let mut waits = false;
    for negotiation in &case.negotiations {
        // Output of `show ssl` alone is of no ASA that is known, and counts where phones are.
        let serves = match case.device_of(negotiation.server.input).map(|device| case.serves(device)) {
            Some(serves) => serves,
            None if phones_known => Serves::Alone,
            None => Serves::Nothing,
        };
        let serves =
            if phones_known && case.asa_devices.len() < 2 { serves.min(Serves::Alone) } else { serves };
        waits |= serves >= Serves::Named;
        let old = negotiation.rows.iter().filter(|row| row.kind.ability.highest == Protocol::Tls10);
        let strangers: Vec<&Row> = old.filter(|row| !row.kind.own).collect();
        let cut_off: Vec<&Row> = strangers.iter().copied().filter(|row| is_cut_off(row)).collect();
        match finding_of(negotiation, &cut_off, older_fail) {
            Some(finding) => findings.extend(serves.limit(finding)),
            None => open |= strangers.iter().any(|row| !is_served(negotiation, row)),
        }
    }
    if findings.is_empty() && waits {
        return Err(Missing(vec![Need::PhoneConfig, Need::Answer]));
    }
    if findings.is_empty() && open {
        return Err(Missing(vec![Need::AsaSsl, Need::AsaConfigAll]));
    }
    Ok(findings)
}

fn is_cut_off(row: &Row) -> bool {
    // A default is nobody's hardening.
    let set = row.list.as_ref().is_some_and(|list| list.ground != Ground::Assumed);
    row.outcome == Outcome::TooNew || (row.outcome == Outcome::NoCipher && set)
}

/// Lines say that it is served.
fn is_served(negotiation: &Negotiation, row: &Row) -> bool {
    let version = negotiation.server.lowest.as_ref().is_some_and(|lowest| lowest.ground.is_shown());
    let list = row.list.as_ref().is_some_and(|list| list.ground.is_shown() && !row.shared.is_empty());
    version && list
}

fn finding_of(negotiation: &Negotiation, cut_off: &[&Row], older_fail: bool) -> Option<Finding> {
    let server = &negotiation.server;
    let mut places: Vec<&Place> = Vec::new();
    for place in cut_off.iter().filter_map(|row| row.asa_place(server)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let mut lines = places.into_iter().map(|place| Evidence::at(place, HARDENED));
    let first = lines.next()?;
    let shown = cut_off.iter().any(|row| match row.outcome {
        Outcome::TooNew => server.lowest.as_ref().is_some_and(|lowest| lowest.ground.is_shown()),
        _ => row.list.as_ref().is_some_and(|list| list.ground.is_shown()),
    });
    let confidence = if shown { Confidence::Likely } else { Confidence::Possible };
    let mut finding = Finding::new(confidence, first)
        .and(lines)
        .computed("encryption", cipher_lists::encryption(Some(server)))
        .computed("suites", cipher_lists::custom(Some(server), Protocol::Tls10))
        .computed("datagram-suites", cipher_lists::custom(Some(server), Protocol::Dtls10));
    finding.fixes = match server.has_cipher_command() {
        Some(true) => vec!["cipher"],
        Some(false) => vec!["encryption"],
        None => vec!["encryption", "cipher"],
    };
    if older_fail {
        finding = finding.and([Evidence::answer(OLDER_FAIL)]);
        finding.severity = shown.then_some(Severity::Blocker);
    }
    for row in cut_off {
        let models = if row.kind.certainty == Certainty::Unsure { MODELS_UNSURE } else { MODELS };
        finding = finding.because(
            models
                .word("family", row.kind.family.name)
                .with("offers", Class::Words, row.kind.offers.join(", "))
                .word("version", row.kind.ability.highest.name()),
        );
    }
    if !shown {
        finding = finding.because(LEVEL_UNSURE);
    }
    Some(finding)
}

const HARDENED: Text =
    Text::fixed("this leaves out what older phones need", "Das schließt aus, was ältere Telefone brauchen");
const MODELS: Text = Text::fixed(
    "Phones of the {family} series know {offers} on {version} only, and so cannot connect.",
    "Telefone der Reihe {family} kennen nur {offers} mit {version} und können sich so nicht verbinden.",
);
const MODELS_UNSURE: Text = Text::fixed(
    "Phones of the {family} series are reported to know {offers} on {version} only, and then cannot connect either.",
    "Telefone der Reihe {family} kennen Berichten nach nur {offers} mit {version} und könnten sich dann auch nicht verbinden.",
);
const LEVEL_UNSURE: Text = Text::fixed(
    "What this level leaves out in this release is not known here; `show ssl ciphers` shows it.",
    "Was diese Stufe in dieser Version ausschließt, ist hier nicht bekannt; `show ssl ciphers` zeigt es.",
);
const OLDER_FAIL: Text = Text::fixed(
    "you said that older phones fail",
    "Sie haben angegeben, dass ältere Telefone betroffen sind",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{check, fires, silent, waits};

    const NEW: &str =
        "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";
    const OLD: &str =
        "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup></vpnGroup></device>";

    fn config(ssl: &str) -> String {
        format!("ASA Version 9.12(4)\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
    }

    #[test]
    fn it_says_which_models_are_cut_off() {
        let modern = config("ssl server-version tlsv1.2");
        let finding = &fires(&RULE, &[("asa.cfg", &modern), ("SEP001122334455.cnf.xml", NEW)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        assert!(finding.because[0].en().contains("79xx series know AES256-SHA, AES128-SHA on TLS 1.0 only"));
        assert!(finding.because[1].en().contains("89xx/99xx series know"));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 3);
    }

    #[test]
    fn a_list_and_a_level_do_the_same() {
        let list = config("ssl server-version tlsv1\nssl cipher tlsv1 custom \"DES-CBC3-SHA\"");
        assert_eq!(fires(&RULE, &[("asa.cfg", &list), ("x.cnf.xml", NEW)])[0].confidence, Confidence::Likely);
        let high = config("ssl server-version tlsv1\nssl cipher tlsv1 high");
        let finding = &fires(&RULE, &[("asa.cfg", &high), ("SEP001122334455.cnf.xml", NEW)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
    }

    #[test]
    fn a_phone_of_the_case_has_a_rule_of_its_own() {
        let modern = config("ssl server-version tlsv1.2");
        let finding = &fires(&RULE, &[("asa.cfg", &modern), ("SEP001122334455.cnf.xml", OLD)])[0];
        assert!(finding.because.iter().all(|text| !text.en().contains("79xx")));
    }

    #[test]
    fn older_phones_that_fail_make_it_a_fault() {
        let files = [("asa.cfg", config("ssl server-version tlsv1.2"))];
        let files: Vec<_> = files.iter().map(|(n, t)| (*n, t.as_str())).chain([("a.cnf.xml", NEW)]).collect();
        let found = check(&RULE, &files, &[("phones-failing", "older")]).unwrap();
        assert_eq!(found[0].severity, Some(Severity::Blocker));
    }

    #[test]
    fn a_group_that_is_called_after_phones_makes_it_possible() {
        let named = config("ssl server-version tlsv1.2")
            .replace(": end", "tunnel-group GRP-TEL type remote-access\n: end");
        assert_eq!(fires(&RULE, &[("asa.cfg", &named)])[0].confidence, Confidence::Possible);
        let hotel = named.replace("GRP-TEL", "GRP-HOTEL");
        waits(&RULE, &[("asa.cfg", &hotel)]);
        for line in ["group-alias IP-Phones enable", "group-url https://desk.example.com/telefone enable"] {
            let hinted = format!("tunnel-group GRP-HOTEL webvpn-attributes\n {line}\n: end");
            fires(&RULE, &[("asa.cfg", &hotel.replace(": end", &hinted))]);
        }
        waits(&RULE, &[("asa.cfg", &named.replace("tlsv1.2", "tlsv1"))]);
    }

    #[test]
    fn an_asa_that_serves_no_phones_is_left_alone() {
        waits(&RULE, &[("asa.cfg", &config("ssl server-version tlsv1.2"))]);
        waits(&RULE, &[("asa.cfg", &config("")), ("SEP001122334455.cnf.xml", NEW)]);
        waits(&RULE, &[]);
        let open = config("ssl server-version tlsv1\nssl cipher tlsv1 custom \"AES256-SHA\"");
        silent(&RULE, &[("asa.cfg", &open), ("SEP001122334455.cnf.xml", NEW)]);
    }
}
