//! The phone cannot resolve the name of its VPN gateway.
//!
//! Status messages `DNS unknown host`, `DNS timeout`, `No DNS server IP` (8800 administration guide); resolver errors
//! of the VPN client in the phone's log, whose words are not published. The name of the url has to be known to the
//! DNS server of the remote site. A phone whose tunnel stood has resolved it.

use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::progress::of_phone_log;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::source::Located;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-name-unresolved",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &["gateway-not-reached"],
    sources: &["8800 series administration guide, status messages"],
    prose: Text::fixed(
        include_str!("gateway_name_unresolved.en.md"),
        include_str!("gateway_name_unresolved.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (reached, name) = (case.progress.passed.contains_key(&Stage::Reach), name_in_urls(case));
    // An address needs no DNS, and what was reached was resolved: other names are another matter.
    let other_names = reached || name.is_none() && !case.gateway_urls.is_empty();
    let logged = logged(case);
    let shown: Vec<_> = case
        .after_tunnel
        .iter()
        .filter(|remark| matches!(remark.sign, Sign::NameUnresolved | Sign::NoDnsServer))
        .filter(|remark| !of_phone(case, remark).unwrap_or(other_names))
        .collect();
    let confidence = match (shown.is_empty(), &name) {
        (false, Some(_)) => Confidence::Likely,
        _ => Confidence::Possible,
    };
    let mut proofs = shown.iter().map(|remark| proof(remark)).chain(logged);
    if let Some(first) = proofs.next() {
        let mut finding = Finding::new(confidence, first).and(proofs);
        if let Some((url, host)) = name {
            let dialled = Evidence::marked(&url.place, host, DIALS);
            finding = finding
                .and([dialled])
                .because(NAME.with("host", Class::Host, host))
                .value("gateway-host", host);
        }
        return Ok(vec![finding]);
    }
    let attempts = case.phone_attempts().is_ok();
    if case.shows_status_messages() || attempts || reached {
        Ok(Vec::new())
    } else {
        Err(Missing(vec![Need::PhoneStatus, Need::PhoneLog]))
    }
}

/// True where a phone that is named dials addresses alone, or reached its gateway by its own log: then another name was
/// meant. `None` for a phone that is not known.
fn of_phone(case: &Case<'_>, remark: &Remark) -> Option<bool> {
    let named = |seen: Option<&Located<String>>| {
        seen.is_some_and(|seen| seen.value.eq_ignore_ascii_case(&remark.phone))
    };
    let index = case.phones.iter().position(|phone| named(phone.config.document.device.as_ref()));
    let logs: Vec<_> = case.documents.logs_by(By::PhoneLog).filter(|log| named(log.phone)).collect();
    if remark.phone.is_empty() || index.is_none() && logs.is_empty() {
        return None;
    }
    let reached = logs.iter().any(|log| of_phone_log(log).passed.contains_key(&Stage::Reach));
    let mut urls = case.gateway_urls.iter().filter(|url| Some(url.phone) == index).peekable();
    let addresses = urls.peek().is_some()
        && urls.all(|url| url.url.as_ref().is_some_and(crate::url::GatewayUrl::is_address));
    Some(reached || addresses)
}

/// Resolver errors of the VPN client since its last success.
fn logged(case: &Case<'_>) -> Vec<Evidence> {
    let errors = case.phone_events().filter(|event| matches!(event.what, What::NameNotResolved { .. }));
    errors.map(|event| Evidence::at(&event.place(), LOGGED)).collect()
}

/// The first url whose host is a name.
fn name_in_urls<'c>(case: &'c Case<'_>) -> Option<(&'c PhoneUrl<'c>, &'c str)> {
    case.gateway_urls.iter().find_map(|dialled| {
        let host = dialled.url.as_ref()?.host;
        host.parse::<std::net::IpAddr>().is_err().then_some((dialled, host))
    })
}

fn proof(remark: &Remark) -> Evidence {
    let says = if remark.sign == Sign::NoDnsServer { NO_SERVER } else { SHOWN };
    Evidence::at(&remark.place, says)
}

const SHOWN: Text = Text::fixed("a name was not resolved", "Ein Name wurde nicht aufgelöst");
const NO_SERVER: Text = Text::fixed("the phone has no DNS server", "Das Telefon hat keinen DNS-Server");
const LOGGED: Text = Text::fixed(
    "the VPN client could not resolve the name, as far as its words can be read",
    "Der VPN-Client konnte den Namen nicht auflösen, soweit sich seine Worte deuten lassen",
);
const DIALS: Text = Text::fixed("the phone dials this name", "Diesen Namen wählt das Telefon");
const NAME: Text = Text::fixed(
    "The phone dials {host}, which the DNS server of its site has to know.",
    "Das Telefon wählt {host}; der DNS-Server an seinem Standort muss diesen Namen kennen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const UNKNOWN: &str = "10:12:33a DNS unknown host\n";
    const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const LOG: &str = "0930: ERR 10:19:27.155936 VPNC: do_login: gethostbyname failed\n";

    fn phone(host: &str) -> String {
        format!("<vpnGroup><addresses><url1>https://{host}/Phones</url1></addresses></vpnGroup>")
    }

    #[test]
    fn a_name_that_is_dialled_and_not_resolved() {
        let phone = phone("vpn.example.com");
        let finding = &fires(&RULE, &[("status.txt", UNKNOWN), ("SEP001122334455.cnf.xml", &phone)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.because[0].en().starts_with("The phone dials vpn.example.com"));
        assert_eq!(fires(&RULE, &[("status.txt", UNKNOWN)])[0].confidence, Confidence::Possible);
        assert_eq!(fires(&RULE, &[("console.log", LOG)])[0].confidence, Confidence::Possible);
    }

    #[test]
    fn an_address_or_a_tunnel_shows_that_it_is_another_name() {
        silent(&RULE, &[("status.txt", UNKNOWN), ("SEP001122334455.cnf.xml", &phone("192.0.2.1"))]);
        silent(&RULE, &[("status.txt", UNKNOWN), ("console.log", UP)]);
        silent(&RULE, &[("status.txt", "10:12:33a TFTP timeout\n")]);
        waits(&RULE, &[]);
    }

    #[test]
    fn each_phone_speaks_of_the_name_that_it_dials() {
        let status = format!("Host Name\tSEP0011223344AA\nTFTP Server 1\t192.0.2.69\n{UNKNOWN}");
        let (name, address) = (phone("vpn.example.com"), phone("192.0.2.1"));
        let files = |own: &'static str, other: &'static str| {
            [("status.txt", status.clone()), (own, address.clone()), (other, name.clone())]
        };
        let answer = |files: [(&'static str, String); 3]| {
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            crate::testing::check(&RULE, &files, &[]).map(|found| found.len())
        };
        assert_eq!(answer(files("SEP0011223344AA.cnf.xml", "SEP0011223344BB.cnf.xml")), Ok(0));
        assert_eq!(answer(files("SEP0011223344BB.cnf.xml", "SEP0011223344AA.cnf.xml")), Ok(1));
    }

    #[test]
    fn a_hostile_name_is_read_and_never_typed() {
        let phone = phone("vpn.example.com;reload");
        let files = [("status.txt", UNKNOWN), ("SEP001122334455.cnf.xml", phone.as_str())];
        let finding = &fires(&RULE, &files)[0];
        let prose = crate::rules::prose::parse(&RULE.prose);
        let typed = format!("{:?}", prose.fixes_for(finding));
        assert!(typed.contains("<gateway-host>") && !typed.contains("reload"), "{typed}");
    }
}
