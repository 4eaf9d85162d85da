//! The phone logs in with something else than its tunnel group asks for.
//!
//! Phone: `authMethod` 0 (user and password), 1 (password), 2 (certificate). ASA: `authentication aaa`,
//! `certificate`, or both; `aaa` where the line is missing (Cisco 115785; CUCM feature guide, VPN client). With both,
//! a phone that is told to use its certificate has no password to send. `multiple-certificate` wants a second one of the
//! client, and a phone has one.

use crate::case::Case;
use crate::facts::phone_groups::PhoneGroup;
use crate::facts::phones::Phone;
use crate::facts::tunnel_groups::{Authentication, TunnelGroupLines};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Stated;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::url::GatewayUrl;

/// The rule.
pub const RULE: Rule = Rule {
    id: "authentication-method-mismatch",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::AsaConfig],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &[
        "Cisco 115785, authentication",
        "CUCM 15 feature configuration guide, VPN profile",
        "ASA command reference, authentication (tunnel-group webvpn)",
    ],
    prose: Text::fixed(
        include_str!("authentication_method_mismatch.en.md"),
        include_str!("authentication_method_mismatch.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phones_with_vpn()?;
    let groups = case.phone_tunnel_groups();
    let mut findings: Vec<Finding> = Vec::new();
    let mut compared = false;
    let mut told: Vec<(&str, String, usize)> = Vec::new();
    for (group, tunnel) in &groups {
        for phone in &phones {
            let Some(method) = phone.vpn_setting("authMethod") else { continue };
            if !leads_to(phone, tunnel) && groups.len() > 1 {
                continue;
            }
            let Some(asked) = tunnel.authentication() else { continue };
            compared = true;
            let Some(finding) = mismatch(case, phone, &method, group, tunnel, &asked) else { continue };
            let same =
                |(name, value, _): &&(&str, String, usize)| *name == tunnel.name() && *value == method.value;
            if let Some((.., at)) = told.iter().find(same) {
                // The same mistake in another phone is mended in the same place.
                if let Some(first) = findings.get_mut(*at) {
                    first.add([Evidence::stated(&method, PHONE_USES)]);
                }
            } else {
                told.push((tunnel.name(), method.value.clone(), findings.len()));
                findings.push(finding);
            }
        }
    }
    if compared { Ok(findings) } else { Err(Missing::need(Need::AsaConfig)) }
}

/// One of the phone's urls is a group-url of this tunnel group.
fn leads_to(phone: &Phone<'_>, tunnel: &TunnelGroupLines<'_>) -> bool {
    let dialled = phone.vpn_group().into_iter().flat_map(|vpn| &vpn.urls);
    dialled.filter_map(|(_, url)| GatewayUrl::parse(&url.value)).any(|dialled| {
        let mut own = tunnel.group_urls().filter_map(GatewayUrl::parse);
        own.any(|own| own.host.eq_ignore_ascii_case(dialled.host) && own.path == dialled.path)
    })
}

fn mismatch(
    case: &Case<'_>,
    phone: &Phone<'_>,
    method: &Stated<String>,
    group: &PhoneGroup,
    tunnel: &TunnelGroupLines<'_>,
    asked: &Authentication,
) -> Option<Finding> {
    let says = match (method.value.as_str(), asked.by_certificate(), asked.by_password()) {
        ("2", false, true) => CERTIFICATE_NOT_ASKED,
        ("2", true, true) => PASSWORD_TOO,
        ("2", true, false) if asked.by_several_certificates() => SEVERAL_ASKED,
        ("0" | "1", true, true) if asked.by_several_certificates() => SEVERAL_ASKED,
        ("0" | "1", true, false) => PASSWORD_NOT_ASKED,
        _ => return None,
    };
    // No document says that a phone cannot: it has one certificate to show.
    let confidence = if says == SEVERAL_ASKED {
        Confidence::Likely
    } else if asked.line.is_some() {
        Confidence::Certain
    } else {
        Confidence::Likely
    };
    let theirs = match &asked.line {
        Some(line) => Evidence::at(line, GROUP_ASKS),
        None => Evidence::not_in(&tunnel.searched(), DEFAULT),
    };
    let label = if method.value == "2" { "certificate" } else { "password" };
    Some(
        Finding::new(group.at_most(confidence), Evidence::stated(method, PHONE_USES))
            .and([theirs])
            .because(says.with("group", Class::Group, tunnel.name()))
            .because(group.because())
            .value("tunnel-group", tunnel.name())
            .value("phone", phone.name(&case.documents))
            .fix(label),
    )
}

const PHONE_USES: Text = Text::fixed(
    "this is the phone's method (0, 1: password, 2: certificate)",
    "Das ist die Methode des Telefons (0, 1: Kennwort, 2: Zertifikat)",
);
const GROUP_ASKS: Text =
    Text::fixed("this is what the tunnel group asks for", "Das verlangt die Tunnelgruppe");
const DEFAULT: Text = Text::fixed(
    "the tunnel group has no authentication line, so that the default holds: aaa",
    "Die Tunnelgruppe hat keine Zeile authentication; es gilt also die Vorgabe aaa",
);
const CERTIFICATE_NOT_ASKED: Text = Text::fixed(
    "The phone wants to log in with its certificate; tunnel group {group} asks for user name and password.",
    "Das Telefon will sich mit seinem Zertifikat anmelden; die Tunnelgruppe (tunnel-group) {group} verlangt Benutzername und Kennwort.",
);
const PASSWORD_TOO: Text = Text::fixed(
    "Tunnel group {group} asks for a certificate and a password; the phone is told to use its certificate alone and asks nobody for a password.",
    "Die Tunnelgruppe (tunnel-group) {group} verlangt Zertifikat und Kennwort; das Telefon soll nur sein Zertifikat benutzen und fragt niemanden nach einem Kennwort.",
);
const SEVERAL_ASKED: Text = Text::fixed(
    "Tunnel group {group} asks for several certificates of one client; a phone has one to show.",
    "Die Tunnelgruppe (tunnel-group) {group} verlangt mehrere Zertifikate von einem Client; ein Telefon hat eines vorzulegen.",
);
const PASSWORD_NOT_ASKED: Text = Text::fixed(
    "The phone asks its user for a password; tunnel group {group} takes certificates alone.",
    "Das Telefon fragt seinen Benutzer nach einem Kennwort; die Tunnelgruppe (tunnel-group) {group} nimmt nur Zertifikate an.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn phone(method: &str) -> String {
        format!(
            "<vpnGroup><authMethod>{method}</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup>"
        )
    }

    fn config(authentication: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nwebvpn\n enable outside\ntunnel-group Desk type remote-access\ntunnel-group Desk webvpn-attributes\n{authentication}\
             \x20group-url https://vpn.example.com/Desk enable\n: end\n"
        )
    }

    #[test]
    fn each_combination_is_judged() {
        for (method, asks, expected) in [
            ("2", " authentication aaa\n", Some((Confidence::Certain, "certificate"))),
            ("2", "", Some((Confidence::Likely, "certificate"))),
            ("2", " authentication aaa certificate\n", Some((Confidence::Certain, "certificate"))),
            ("0", " authentication certificate\n", Some((Confidence::Certain, "password"))),
            ("1", " authentication certificate\n", Some((Confidence::Certain, "password"))),
            ("2", " authentication certificate\n", None),
            ("2", " authentication multiple-certificate\n", Some((Confidence::Likely, "certificate"))),
            ("2", " authentication aaa multiple-certificate\n", Some((Confidence::Certain, "certificate"))),
            ("0", " authentication aaa multiple-certificate\n", Some((Confidence::Likely, "password"))),
            ("0", " authentication multiple-certificate\n", Some((Confidence::Certain, "password"))),
            ("0", " authentication aaa certificate\n", None),
            ("0", "", None),
            ("0", " authentication saml\n", None),
        ] {
            let files = [("p.xml", phone(method)), ("asa.cfg", config(asks))];
            let files = [(files[0].0, files[0].1.as_str()), (files[1].0, files[1].1.as_str())];
            match expected {
                Some((confidence, label)) => {
                    let finding = &fires(&RULE, &files)[0];
                    assert_eq!(
                        (finding.confidence, finding.fixes[0]),
                        (confidence, label),
                        "{method} {asks}"
                    );
                    assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("authMethod"));
                }
                None => silent(&RULE, &files),
            }
        }
    }

    #[test]
    fn both_sides_are_needed() {
        waits(&RULE, &[("p.xml", &phone("2"))]);
        waits(&RULE, &[("asa.cfg", &config(""))]);
    }
}
