//! No enabled group-url of the ASA is the url that the phone dials.
//!
//! A phone chooses its tunnel group by the url alone, and CUCM's gateway url must be the group-url exactly (Cisco
//! 115785; CUCM 15 feature guide, VPN client). Log: the user's name in the certificate, or an attribute of access policies, shows a phone in a default tunnel group. Whether
//! the ASA minds the case of the path or a slash at its end is not documented; a difference in just that is told as
//! possible.
//!
//! A VPN group of CUCM has up to three gateways. A url whose host no ASA of the case knows belongs to one that was not
//! brought; only where no phone's url leads to the one ASA that is there, the two may be meant for each other.

use crate::case::Case;
use crate::facts::dialled_asa::Lead;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::group_url_offers::{self, GroupUrl, GroupUrlOffers};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::names::user::is_phone_user;
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::url::Part;

/// The rule.
pub const RULE: Rule = Rule {
    id: "group-url-mismatch",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::AsaConfig, Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco 115785, group-url", "CUCM 15 feature configuration guide, VPN client"],
    prose: Text::fixed(include_str!("group_url_mismatch.en.md"), include_str!("group_url_mismatch.de.md")),
    check,
};

/// Tunnel groups in which a session lands when nothing chose another.
const DEFAULT_GROUPS: [&str; 2] = ["DefaultWEBVPNGroup", "DefaultRAGroup"];

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let landed = landed_in_default(case);
    let predicted = by_configuration(case);
    match (landed, predicted) {
        (Some(finding), _) => Ok(vec![finding]),
        (None, Ok(findings)) => Ok(findings),
        (None, Err(missing)) => Err(missing),
    }
}

fn landed_in_default(case: &Case<'_>) -> Option<Finding> {
    let mut lines = Vec::new();
    for event in case.documents.observed_by(By::AsaLog) {
        let Some(session) = event.session() else { continue };
        let group = match event.what {
            What::UserFromCertificate => session.group.as_str(),
            What::AccessAttribute { name: "aaa.cisco.tunnelgroup", value } => value,
            _ => continue,
        };
        if DEFAULT_GROUPS.contains(&group) && is_phone_user(&session.user) {
            lines.push(Evidence::marked(&event.place(), group, LANDED));
        }
    }
    let mut lines = lines.into_iter();
    let first = lines.next()?;
    Some(Finding::new(Confidence::Certain, first).and(lines))
}

fn by_configuration(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.gateway_urls.is_empty() {
        return Err(Missing::need(Need::PhoneConfig));
    }
    let offers = group_url_offers::of(&case.documents);
    if !offers.iter().any(GroupUrlOffers::serves_vpn) {
        return Err(Missing::need(Need::AsaConfig));
    }
    let mut findings: Vec<Finding> = Vec::new();
    // What each url came to: the place of its finding, or nothing.
    let mut told: Vec<(&str, Option<usize>)> = Vec::new();
    let mut open = false;
    let someone_dials = case.dialled_asas.iter().any(|lead| matches!(lead, Lead::Here(_)));
    for (phone_url, lead) in case.gateway_urls.iter().zip(&case.dialled_asas) {
        let Some(url) = &phone_url.url else { continue };
        if let Some((_, finding)) = told.iter().find(|(text, _)| *text == phone_url.text) {
            // The same mistake in another phone is mended in the same place.
            if let Some(finding) = finding.and_then(|at| findings.get_mut(at)) {
                finding.add([Evidence::marked(&phone_url.place, phone_url.text, DIALS)]);
            }
            continue;
        }
        let found = findings.len();
        let dialled: Vec<GroupUrlOffers<'_>> =
            offers.iter().filter(|offer| may_be_meant(case, lead, offer.input())).copied().collect();
        let candidates: Vec<GroupUrl<'_>> =
            dialled.iter().flat_map(|offer| offer.compared_with(url)).collect();
        if candidates.iter().any(|one| one.enabled && one.differs.is_empty()) {
            told.push((phone_url.text, None));
            continue;
        }
        let whole = offers.len() == 1 && offers.iter().all(GroupUrlOffers::is_whole);
        match lead {
            Lead::Here(_) => findings.push(tell(case, phone_url, &dialled, candidates)),
            Lead::Elsewhere | Lead::Unknown if whole && !someone_dials => {
                let mut finding = tell(case, phone_url, &offers, candidates).because(OR_ANOTHER);
                finding.severity = Some(Severity::Warning);
                finding.confidence = Confidence::Possible;
                findings.push(finding);
            }
            Lead::Elsewhere | Lead::Router | Lead::Unknown => open = true,
        }
        told.push((phone_url.text, (findings.len() > found).then_some(found)));
    }
    if findings.is_empty() && open { Err(Missing::need(Need::AsaConfig)) } else { Ok(findings) }
}

/// True for a configuration of an ASA that the url leads to, and for all where that is not known.
fn may_be_meant(case: &Case<'_>, lead: &Lead, input: u32) -> bool {
    let Lead::Here(devices) = lead else { return true };
    let mut dialled = devices.iter().filter_map(|device| case.asa_devices.get(*device));
    dialled.any(|device| device.configs.iter().any(|config| config.input == input))
}

fn tell(
    case: &Case<'_>,
    phone_url: &PhoneUrl<'_>,
    offers: &[GroupUrlOffers<'_>],
    mut candidates: Vec<GroupUrl<'_>>,
) -> Finding {
    candidates.sort_by_key(|one| (one.differs.len(), one.differs.contains(&Part::Host), !one.enabled));
    let dials = Evidence::marked(&phone_url.place, phone_url.text, DIALS);
    let best = candidates.first();
    let spelling = best.is_some_and(|one| one.enabled && one.differs == [Part::PathSpelling]);
    let confidence = if spelling { Confidence::Possible } else { Confidence::Likely };
    let mut finding = Finding::new(confidence, dials)
        .value("url", phone_url.text)
        .value("phone", case.phone_name(phone_url.phone));
    if spelling {
        finding.severity = Some(Severity::Warning);
    }
    match best {
        Some(best) => {
            let says = if best.enabled { NEAREST } else { DISABLED };
            finding = finding
                .and([Evidence::marked(&best.url.place, &best.url.value, says)])
                .because(described(best))
                .value("tunnel-group", best.group)
                .value("group-url", best.url.value.as_str());
        }
        None => {
            let absent = offers.iter().map(|offer| Evidence::not_in(&offer.searched(), NO_GROUP_URL));
            finding = finding.and(absent);
        }
    }
    finding
}

fn described(best: &GroupUrl<'_>) -> Text {
    if best.differs.is_empty() {
        return IS_DISABLED.with("group", Class::Group, best.group);
    }
    let parts = best.differs.iter().map(|part| part_name(*part));
    let nearest =
        NEAREST_GROUP_URL.with("url", Class::Url, &best.url.value).with("group", Class::Group, best.group);
    nearest.nested("parts", Text::joined(parts, ", "))
}

const NEAREST_GROUP_URL: Text = Text::fixed(
    "The nearest group-url is {url} of tunnel group {group}; it differs in {parts}.",
    "Die ähnlichste group-url ist {url} der Tunnelgruppe (tunnel-group) {group}; sie unterscheidet sich in {parts}.",
);

const fn part_name(part: Part) -> Text {
    match part {
        Part::Scheme => Text::fixed("the scheme", "dem Protokoll"),
        Part::Host => Text::fixed("the host", "dem Host"),
        Part::Port => Text::fixed("the port", "dem Port"),
        Part::Path => Text::fixed("the path", "dem Pfad"),
        Part::PathSpelling => Text::fixed(
            "the spelling of the path (upper and lower case, or a slash at its end)",
            "der Schreibweise des Pfads (Groß- und Kleinschreibung oder ein Schrägstrich am Ende)",
        ),
    }
}

const OR_ANOTHER: Text = Text::fixed(
    "This ASA has neither a group-url nor an interface address with that host. If another gateway is dialled there, this is no fault: add its configuration.",
    "Diese ASA hat weder eine group-url noch eine Schnittstellenadresse mit diesem Host. Gehört er zu einem anderen Gateway, ist das kein Fehler: Legen Sie dann dessen Konfiguration dazu.",
);
const LANDED: Text = Text::fixed(
    "the phone landed in this default tunnel group",
    "Das Telefon ist in dieser Standard-Tunnelgruppe gelandet",
);
const DIALS: Text = Text::fixed("the phone dials this URL", "Diese URL wählt das Telefon");
const NEAREST: Text = Text::fixed("this group-url comes nearest", "Diese group-url kommt ihr am nächsten");
const DISABLED: Text =
    Text::fixed("this group-url is disabled", "Diese group-url ist abgeschaltet (disable)");
const NO_GROUP_URL: Text = Text::fixed("there is no group-url", "Es gibt keine group-url");
const IS_DISABLED: Text = Text::fixed(
    "The group-url of tunnel group {group} is the right one, but it is disabled.",
    "Die group-url der Tunnelgruppe (tunnel-group) {group} ist die richtige, aber sie ist abgeschaltet.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const PHONE: &str =
        "<vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1></addresses></vpnGroup>";

    fn config(url: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname asa\nwebvpn\n enable outside\ntunnel-group PHONES type remote-access\n\
             tunnel-group PHONES webvpn-attributes\n authentication certificate\n{url}: end\n"
        )
    }

    #[test]
    fn each_part_that_differs_is_named() {
        for (url, part) in [
            ("https://vpn.example.com/phone", "the path"),
            ("https://vpn.example.com:8443/Phones", "the port"),
            ("http://vpn.example.com/Phones", "the scheme"),
            ("https://asa.example.com/Phones", "the host"),
        ] {
            let config = config(&format!(" group-url {url} enable\n"));
            let finding = &fires(&RULE, &[("a.xml", PHONE), ("asa.cfg", &config)])[0];
            assert!(finding.because[0].en().contains(part), "{url}: {:?}", finding.because);
        }
    }

    #[test]
    fn another_gateway_of_the_phones_is_no_mismatch() {
        let config = config(" group-url https://vpn.example.com/Phones enable\n");
        let urls = |second: &str| {
            format!(
                "<vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1><url2>{second}</url2></addresses></vpnGroup>"
            )
        };
        let files = |phone| [("asa.cfg", config.clone()), ("SEP0011223344AA.cnf.xml", phone)];
        let answer = |phone: String| {
            let files = files(phone);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            crate::testing::check(&RULE, &files, &[])
        };
        assert!(answer(urls("https://west.example.com/Phones")).is_err(), "another ASA has to be brought");
        assert_eq!(answer(urls("https://vpn.example.com/Desks")).unwrap()[0].severity, None);
        let alone = PHONE.replace("vpn.", "west.");
        let found = answer(alone).unwrap();
        assert_eq!((found[0].confidence, found[0].severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn disabled_or_absent_is_told_as_such() {
        let disabled = config(" group-url https://vpn.example.com/Phones disable\n");
        assert!(
            fires(&RULE, &[("a.xml", PHONE), ("asa.cfg", &disabled)])[0].because[0].en().contains("disabled")
        );
        fires(&RULE, &[("a.xml", PHONE), ("asa.cfg", &config(""))]);
    }

    #[test]
    fn the_spelling_of_the_path_is_only_possible() {
        let config = config(" group-url https://vpn.example.com/phones/ enable\n");
        assert_eq!(
            fires(&RULE, &[("a.xml", PHONE), ("asa.cfg", &config)])[0].confidence,
            Confidence::Possible
        );
    }

    #[test]
    fn the_host_has_no_case_and_443_is_the_default() {
        let config = config(" group-url https://VPN.example.com:443/Phones enable\n");
        silent(&RULE, &[("a.xml", PHONE), ("asa.cfg", &config)]);
        waits(&RULE, &[("a.xml", PHONE)]);
        waits(&RULE, &[("asa.cfg", &config)]);
    }

    #[test]
    fn a_phone_in_a_default_group_is_told_by_the_log() {
        let log = "%ASA-5-113024: Group DefaultWEBVPNGroup: Authenticating ssl-client connection from 203.0.113.9 with username, CP-7962G-SEP001122334455, from client certificate\n";
        assert_eq!(fires(&RULE, &[("asa.log", log)])[0].confidence, Confidence::Certain);
    }
}
