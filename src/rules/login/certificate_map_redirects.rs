//! A rule about certificates sends the phones to another tunnel group than their url.
//!
//! Configuration: `certificate-group-map MAP 10 GROUP` in `webvpn`, without `tunnel-group-preference group-url`;
//! `tunnel-group-map` maps sessions of IKE alone. Log: 717038 shows the tunnel group that was chosen, 717037 and 717060 that no
//! rule matched. Whether a rule's conditions match a phone is judged by the words that a phone's certificate has
//! (ASA command reference; ASA syslog guide).

use crate::case::Case;
use crate::event::attempt::Step;
use crate::facts::distinguished_name::common_name;
use crate::facts::whose::{Message, Over};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::names::phone::PhoneName;
use crate::need::{Missing, Need};
use crate::observe::{CertificateMatter, What, Whom};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "certificate-map-redirects",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaConfig],
    echoes: &["group-url-mismatch", "aaa-rejected", "login-failed"],
    sources: &[
        "ASA syslog guide, 717037, 717038, 717060",
        "ASA command reference, certificate-group-map",
        "ASA CLI configuration guide, certificate group matching",
    ],
    prose: Text::fixed(
        include_str!("certificate_map_redirects.en.md"),
        include_str!("certificate_map_redirects.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let sure: Vec<&str> = case
        .phone_groups
        .groups
        .iter()
        .filter(|group| group.is_sure())
        .map(|group| group.name.as_str())
        .collect();
    if let Some(finding) = by_log(case, &sure) {
        return Ok(vec![finding]);
    }
    if sure.is_empty() {
        return Err(Missing(vec![Need::AsaLog, Need::AsaConfig]));
    }
    let mut looked = false;
    let mut findings = Vec::new();
    for config in &case.documents.asa_configs {
        let document = config.document;
        let Some(webvpn) = &document.webvpn else { continue };
        looked |= document.scope.covers("webvpn");
        if webvpn.group_url_preferred.as_ref().is_some_and(|preferred| preferred.value) {
            continue;
        }
        for line in &webvpn.certificate_group_maps {
            let words: Vec<&str> = line.value.split_whitespace().collect();
            let [map, sequence, group] = words.as_slice() else { continue };
            if sure.contains(group) {
                continue;
            }
            let rule = document
                .certificate_maps
                .iter()
                .find(|rule| rule.name.value == *map && rule.sequence == *sequence);
            let Some(condition) =
                rule.and_then(|rule| rule.conditions.iter().find(|one| names_phones(&one.value)))
            else {
                continue;
            };
            let elsewhere = ELSEWHERE.with("map", Class::Group, map).with("sequence", Class::Words, sequence);
            let elsewhere = elsewhere.with("group", Class::Group, group);
            let finding =
                Finding::new(Confidence::Likely, Evidence::marked(&config.place(&line.at), group, SENDS))
                    .and([Evidence::at(&config.place(&condition.at), MATCHES)])
                    .because(elsewhere);
            findings.push(finding.fix("prefer"));
        }
    }
    if looked || !findings.is_empty() { Ok(findings) } else { Err(Missing::need(Need::AsaConfig)) }
}

/// A condition that is written for phones: on the name or the issuer of their certificates.
fn names_phones(condition: &str) -> bool {
    let condition = condition.to_ascii_lowercase();
    ["sep", "cp-", "capf", "cisco manufacturing"].iter().any(|word| condition.contains(word))
        && [" eq ", " co "].iter().any(|word| condition.contains(word))
}

fn by_log(case: &Case<'_>, sure: &[&str]) -> Option<Finding> {
    // A tunnel group that the phones' url leads to is needed to call another one wrong.
    let dialled: Vec<&str> = case
        .phone_tunnel_groups()
        .iter()
        .filter(|(group, _)| {
            group.witness() <= crate::facts::phone_groups::GroupWitness::Url
                && sure.contains(&group.name.as_str())
        })
        .map(|(_, tunnel)| tunnel.name())
        .collect();
    let mut past = None;
    for message in &case.messages {
        let What::Certificate { matter, .. } = message.what else { continue };
        let Whom::Certificate { subject, .. } = message.about else { continue };
        if !PhoneName::ends(common_name(subject)) {
            continue;
        }
        let place = message.place();
        let (confidence, proof, because) = match matter {
            CertificateMatter::NoGroup { .. } => {
                (Confidence::Likely, Evidence::at(&place, NO_MATCH), NO_RULE)
            }
            CertificateMatter::GroupChosen { tunnel_group: group }
                if !dialled.is_empty() && !group.is_empty() && !dialled.contains(&group) =>
            {
                let because = LOGGED.with("group", Class::Group, group);
                (Confidence::Certain, Evidence::marked(&place, group, SENT), because)
            }
            _ => continue,
        };
        let finding = Finding::new(confidence, proof.clone()).because(because).fix("prefer");
        // Whoever got a tunnel behind it was not stopped by it.
        let over = connected_behind(case, message);
        let is_over = over.is_some();
        let line = Line { confidence, witness: message.witness, over, proof };
        let finding = logged::weighed(finding, &[line]);
        if !is_over {
            return Some(finding);
        }
        past = past.or(Some(finding));
    }
    past
}

/// Where the phone of a message got an address or a tunnel later in the same log.
fn connected_behind(case: &Case<'_>, before: &Message<'_>) -> Option<Over> {
    let later = case.messages.iter().find(|message| {
        message.input == before.input
            && message.index > before.index
            && message.user == before.user
            && matches!(message.step, Step::Connected | Step::Tunnel)
    })?;
    Some(Over { place: later.place(), stamp: later.stamp, passed: true })
}

const SENDS: Text = Text::fixed(
    "this line sends those that match to a tunnel group",
    "Diese Zeile schickt die Treffer in eine Tunnelgruppe",
);
const MATCHES: Text = Text::fixed("this condition is met by phones", "Diese Bedingung erfüllen Telefone");
const SENT: Text = Text::fixed(
    "the phone's certificate chooses this tunnel group",
    "Das Zertifikat des Telefons wählt diese Tunnelgruppe",
);
const NO_MATCH: Text = Text::fixed(
    "no rule about certificates matches the phone",
    "Keine Regel für Zertifikate passt auf das Telefon",
);
const ELSEWHERE: Text = Text::fixed(
    "Rule {sequence} of map {map} is met by phones' certificates and sends them to tunnel group {group}, whatever their URL says.",
    "Regel {sequence} der Zuordnung {map} trifft auf die Zertifikate der Telefone zu und schickt sie in die Tunnelgruppe (tunnel-group) {group}, gleich was ihre URL sagt.",
);
const LOGGED: Text = Text::fixed(
    "The phone landed in tunnel group {group}; its URL leads to another one.",
    "Das Telefon ist in der Tunnelgruppe (tunnel-group) {group} gelandet; seine URL führt in eine andere.",
);
const NO_RULE: Text = Text::fixed(
    "The ASA chooses by certificate, and no rule matches: so the phone lands in the default tunnel group.",
    "Die ASA wählt nach dem Zertifikat, und keine Regel passt: Deshalb landet das Telefon in der Standard-Tunnelgruppe.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const PHONE: &str =
        "<vpnGroup><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup>";

    fn config(group: &str, more: &str, condition: &str) -> String {
        format!(
            "ASA Version 9.1(1)\ncrypto ca certificate map CERTS 10\n {condition}\nwebvpn\n enable outside\n certificate-group-map CERTS 10 {group}\n{more}\
             tunnel-group Desk type remote-access\ntunnel-group Desk webvpn-attributes\n authentication certificate\n group-url https://vpn.example.com/Desk enable\n\
             tunnel-group Staff type remote-access\n: end\n"
        )
    }

    #[test]
    fn a_rule_that_phones_meet_is_told() {
        let phones = "subject-name attr cn co SEP";
        let finding = &fires(&RULE, &[("p.xml", PHONE), ("asa", &config("Staff", "", phones))])[0];
        assert!(finding.because[0].en().contains("Rule 10 of map CERTS"));
        silent(&RULE, &[("p.xml", PHONE), ("asa", &config("Desk", "", phones))]);
        silent(
            &RULE,
            &[("p.xml", PHONE), ("asa", &config("Staff", " tunnel-group-preference group-url\n", phones))],
        );
        silent(&RULE, &[("p.xml", PHONE), ("asa", &config("Staff", "", "subject-name attr o eq Example"))]);
        waits(&RULE, &[("p.xml", PHONE)]);
        let of_ike = "tunnel-group-map enable rules\ntunnel-group-map CERTS 10 Staff\n";
        silent(&RULE, &[("p.xml", PHONE), ("asa", &config("Desk", of_ike, phones))]);
    }

    #[test]
    fn the_log_shows_where_it_went() {
        let log = |name: &str| {
            format!(
                "%ASA-7-717038: Tunnel group match found. Tunnel Group: Staff, Peer certificate: serial number: 0A, subject name: cn={name}, issuer_name: cn=CAPF-0a1b2c3d.\n"
            )
        };
        let config = config("Staff", "", "subject-name attr o eq Example");
        let files = |log: &str| fires(&RULE, &[("p.xml", PHONE), ("asa", &config), ("log", log)]);
        assert_eq!(files(&log("CP-8851-SEP001122334455"))[0].confidence, Confidence::Certain);
        silent(&RULE, &[("p.xml", PHONE), ("asa", &config), ("log", &log("pc1"))]);
    }
}
