//! The ASA answers the phone's login with a redirect, as VPN load balancing does.
//!
//! Phone: `HTTP/1.0 302 Temporary moved`, `login code: 302 (redirected)`, `set_redirect_url: new URL <…>`. ASA:
//! `vpn load-balancing` with `participate`, and its messages. Only the ASA that answers at the cluster's address (718072)
//! redirects; a member (718073) takes who dials it. Phones cannot follow: each member shows another
//! certificate (Cisco 116162, SSL VPN load balancing). A redirect to the same host is the clientless portal: the
//! url met no group-url.

use crate::case::Case;
use crate::facts::handshake::Handshake;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{BalancingPart, By, Observation, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::url::GatewayUrl;

/// The rule.
pub const RULE: Rule = Rule {
    id: "load-balancing-redirect",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::AsaConfig, Need::AsaLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, SSL VPN load balancing", "Cisco 115785"],
    prose: Text::fixed(
        include_str!("load_balancing_redirect.en.md"),
        include_str!("load_balancing_redirect.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let redirects = redirects(case);
    // An ASA that balances the load of PCs only is no fault: something has to tie it to phones.
    let serves_phones = serves_phones(case);
    let balancing = if serves_phones { participates(case) } else { Vec::new() };
    let logged = balancing_log(case);
    if let Some((first, rest)) = redirects.lines.split_first() {
        let confidence = if redirects.same_host && balancing.is_empty() && logged.is_empty() {
            Confidence::Likely
        } else {
            Confidence::Certain
        };
        let mut finding =
            Finding::new(confidence, first.clone()).and(rest.iter().cloned()).and(balancing).and(logged);
        if let Some(url) = redirects.url {
            finding = finding.because(REDIRECTED.with("url", Class::Url, &url));
        }
        if redirects.same_host {
            finding = finding.because(SAME_HOST).fix("group-url");
        }
        return Ok(vec![finding.fix("member")]);
    }
    let is_log_alone = balancing.is_empty();
    let mut lines = balancing.into_iter().chain(logged);
    if let Some(first) = lines.next() {
        let confidence = if serves_phones { Confidence::Likely } else { Confidence::Possible };
        let mut finding = Finding::new(confidence, first).and(lines).because(PREDICTED).fix("member");
        if !serves_phones {
            finding.severity = Some(Severity::Warning);
            finding = finding.because(NO_PHONE);
        } else if case.progress.passed.contains_key(&Stage::Tunnel) {
            // It is not redirected always.
            let harmless = is_log_alone && is_member(case);
            finding.severity = Some(if harmless { Severity::Notice } else { Severity::Warning });
            finding = finding.because(GETS_THROUGH);
            if harmless {
                finding.confidence = Confidence::Possible;
                finding.title = Some(TAKES_PART);
                finding = finding.because(IS_MEMBER);
            }
        }
        return Ok(vec![finding]);
    }
    let answered = case.phone_attempts().is_ok_and(|logs| {
        let mut events = logs.into_iter().flat_map(|log| &log.observations);
        events.any(|event| event.what == What::LoginAnswered)
    });
    let configured =
        case.documents.asa_configs.iter().any(|config| {
            config.document.webvpn.is_some() && config.document.scope.covers("vpn load-balancing")
        });
    if answered || configured { Ok(Vec::new()) } else { Err(Missing(vec![Need::PhoneLog, Need::AsaConfig])) }
}

/// Something in the case is a phone's, or a configuration is that of an SSL VPN gateway.
fn serves_phones(case: &Case<'_>) -> bool {
    !case.phones.is_empty()
        || !case.documents.phone_logs.is_empty()
        || case.logs_show_phones()
        || case.handshakes.iter().any(Handshake::is_phones)
        || webvpn::of(&case.documents).next().is_some()
}

/// What the phones' logs say of redirects.
#[derive(Default)]
struct Redirects {
    lines: Vec<Evidence>,
    url: Option<String>,
    same_host: bool,
}

fn redirects(case: &Case<'_>) -> Redirects {
    let mut found = Redirects::default();
    for event in case.phone_events() {
        let says = match event.what {
            What::HttpStatus { code: 301..=308 } => STATUS,
            What::Location => LOCATION,
            What::Redirected { url } => {
                found.same_host |= dials_same_host(case, url);
                found.url = Some(url.to_owned());
                NEW_URL
            }
            _ => continue,
        };
        found.lines.push(Evidence::at(&event.place(), says));
    }
    found
}

fn dials_same_host(case: &Case<'_>, url: &str) -> bool {
    let target = GatewayUrl::parse(url);
    target.is_some_and(|target| {
        let hosts = case.gateway_urls.iter().filter_map(|dialled| dialled.url.as_ref());
        hosts.into_iter().any(|dialled| dialled.host.eq_ignore_ascii_case(target.host))
    })
}

fn participates(case: &Case<'_>) -> Vec<Evidence> {
    let configs = case.documents.asa_configs.iter();
    configs
        .filter_map(|config| {
            let participate = config.document.load_balancing.as_ref()?.participate.as_ref()?;
            participate.value.then(|| Evidence::at(&config.place(&participate.at), PARTICIPATES))
        })
        .collect()
}

fn balancing_log(case: &Case<'_>) -> Vec<Evidence> {
    let logs = case.documents.logs_by(By::AsaLog);
    let first = logs.filter_map(|log| log.observations.iter().find(|event| part_of(event).is_some()));
    first.map(|event| Evidence::at(&event.place(), BALANCES)).collect()
}

/// What a message says of load balancing, where it says anything of it.
fn part_of(event: &Observation<'_>) -> Option<Option<BalancingPart>> {
    match event.what {
        What::LoadBalancing { part } => Some(part),
        _ => None,
    }
}

/// The last that each log says of the ASA's part is that it is a member.
fn is_member(case: &Case<'_>) -> bool {
    let mut logs = case.documents.logs_by(By::AsaLog).filter_map(|log| {
        let balancing = log.observations.iter().rev().filter_map(part_of);
        balancing.fold(None, |last: Option<Option<BalancingPart>>, part| Some(last.flatten().or(part)))
    });
    logs.all(|part| part == Some(BalancingPart::Member))
}

const STATUS: Text = Text::fixed("the ASA answers with a redirect", "Die ASA antwortet mit einer Umleitung");
const LOCATION: Text = Text::fixed("this is where it sends the phone", "Dorthin schickt sie das Telefon");
const NEW_URL: Text =
    Text::fixed("this is the URL that the phone is to use", "Diese URL soll das Telefon benutzen");
const PARTICIPATES: Text = Text::fixed(
    "this ASA takes part in VPN load balancing",
    "Diese ASA nimmt an der VPN-Lastverteilung teil",
);
const BALANCES: Text =
    Text::fixed("the ASA logs VPN load balancing", "Die ASA protokolliert VPN-Lastverteilung");
const REDIRECTED: Text = Text::fixed("The phone was sent to {url}.", "Das Telefon wurde zu {url} geschickt.");
const SAME_HOST: Text = Text::fixed(
    "That is the host which the phone dialled: so it met the portal and no tunnel group, because its URL is no group-url there.",
    "Das ist der Host, den das Telefon gewählt hat: Es ist also beim Portal gelandet und nicht in einer Tunnelgruppe, weil seine URL dort keine group-url ist.",
);
const GETS_THROUGH: Text = Text::fixed(
    "A phone of this case had its tunnel, so it was not redirected at that time.",
    "Ein Telefon dieses Falls hatte seinen Tunnel, wurde zu dieser Zeit also nicht umgeleitet.",
);
const TAKES_PART: Text =
    Text::fixed("The ASA takes part in VPN load balancing", "Die ASA nimmt an der VPN-Lastverteilung teil");
const IS_MEMBER: Text = Text::fixed(
    "The ASA is a member of the cluster and does not answer at its address: it redirects nobody.",
    "Die ASA ist ein Mitglied des Clusters und antwortet nicht unter dessen Adresse: Sie leitet niemanden um.",
);
const NO_PHONE: Text = Text::fixed(
    "Nothing shows that this ASA serves phones.",
    "Dass diese ASA Telefone bedient, ist nicht belegt.",
);
const PREDICTED: Text = Text::fixed(
    "No redirect is seen in a phone's log yet. A phone that dials the cluster's address will be redirected.",
    "In einem Telefonprotokoll ist noch keine Umleitung zu sehen. Ein Telefon, das die Adresse des Clusters wählt, wird umgeleitet.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const REDIRECT: &str = "910: NOT 20:59:50.052581 VPNC: process_login: HTTP/1.0 302 Temporary moved\n\
        911: NOT 20:59:50.053221 VPNC: process_login: login code: 302 (redirected)\n\
        913: NOT 20:59:50.054441 VPNC: process_login: new 'Location': /+webvpn+/index.html\n\
        914: NOT 20:59:50.055141 VPNC: set_redirect_url: new URL <https://asa2.example.com:443/+webvpn+/index.html>\n";
    const PHONE: &str =
        "<vpnGroup><addresses><url1>https://asa2.example.com/Phones</url1></addresses></vpnGroup>";

    #[test]
    fn a_redirect_in_the_phones_log_is_certain() {
        let finding = &fires(&RULE, &[("x", REDIRECT)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("asa2.example.com"));
    }

    #[test]
    fn a_redirect_to_the_same_host_is_the_portal() {
        let finding = &fires(&RULE, &[("x", REDIRECT), ("SEP001122334455.cnf.xml", PHONE)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.fixes.contains(&"group-url"));
    }

    #[test]
    fn a_log_of_a_cluster_is_possible_and_likely_beside_a_phones_offer() {
        let member = "%ASA-5-718073: Becoming slave of Load Balancing in context 0.\n";
        let finding = &fires(&RULE, &[("x", member)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        let offer = "%ASA-7-725008: SSL client outside:203.0.113.9/50001 proposes the following 1 cipher(s).\n%ASA-7-725011: Cipher[1] : AES128-SHA\n%ASA-6-725002: Device completed SSL handshake with client outside:203.0.113.9/50001\n";
        let finding = &fires(&RULE, &[("x", &format!("{offer}{member}"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        waits(&RULE, &[("x", offer)]);
    }

    #[test]
    fn an_asa_that_takes_part_is_predicted() {
        let config = |participate: &str| {
            format!(
                "ASA Version 9.1(1)\nwebvpn\n enable outside\nvpn load-balancing\n cluster ip address 192.0.2.1\n{participate}\n: end\n"
            )
        };
        fires(&RULE, &[("asa.cfg", &config(" participate"))]);
        silent(&RULE, &[("asa.cfg", &config(""))]);
        // A piece of a configuration proves nothing by what it lacks.
        waits(&RULE, &[("asa.cfg", "webvpn\n enable outside\n anyconnect enable\n"), ("phone", PHONE)]);
        waits(&RULE, &[]);
    }
}
