//! A VPN url that does not begin with `https`, or is too long.
//!
//! A phone dials https urls of at most 255 characters (usecallmanager.nz, SEPMAC.cnf.xml; CUCM 15 feature guide,
//! chapter VPN client). Where another url of the same phone is good, the wrong one costs only that gateway.

use super::fleet::Fleet;
use super::{all_told, quotable};
use crate::case::Case;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-url-not-https",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &[
        "CUCM 15 feature configuration guide, VPN gateway fields",
        "usecallmanager.nz, SEPMAC.cnf.xml",
    ],
    prose: Text::fixed(include_str!("vpn_url_not_https.en.md"), include_str!("vpn_url_not_https.de.md")),
    check,
};

/// Longest url in characters.
const LONGEST: usize = 255;

/// What is wrong with a url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    Scheme,
    Length,
}

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phones_with_vpn()?;
    let mut fleet = Fleet::new();
    if !all_told(&phones, Phone::urls) {
        fleet.cannot_tell();
    }
    for urls in case.gateway_urls.chunk_by(|one, next| one.phone == next.phone) {
        let another_is_good = urls.iter().any(|url| url.url.is_some() && wrong(url).is_none());
        let severity = if another_is_good { Severity::Warning } else { Severity::Blocker };
        for url in urls {
            let Some(wrong) = wrong(url) else { continue };
            let proof = match (&url.url, wrong) {
                (Some(parts), Wrong::Scheme) if !parts.scheme.is_empty() => {
                    Evidence::marked(&url.place, parts.scheme, NOT_HTTPS)
                }
                (_, Wrong::Scheme) => Evidence::marked(&url.place, url.text.trim(), NO_SCHEME),
                (_, Wrong::Length) => Evidence::at(&url.place, TOO_LONG),
            };
            let name = case.phone_name(url.phone);
            fleet.add((severity, wrong, url.text.trim()), &name, Confidence::Certain, proof);
        }
    }
    fleet.answer(|(severity, wrong, url), group| {
        let mut finding = group.finding((severity == Severity::Warning).then_some(OTHERS_ARE_GOOD));
        finding.severity = Some(severity);
        if wrong == Wrong::Length {
            finding.title = Some(LENGTH_TITLE);
        }
        finding.value("url", quotable(url))
    })
}

/// Urls without a host are not judged here: such a url is none.
fn wrong(url: &PhoneUrl<'_>) -> Option<Wrong> {
    let parts = url.url.as_ref()?;
    if !parts.scheme.eq_ignore_ascii_case("https") {
        return Some(Wrong::Scheme);
    }
    (url.text.trim().chars().count() > LONGEST).then_some(Wrong::Length)
}

const NOT_HTTPS: Text = Text::fixed("this URL is not https", "Diese URL ist nicht https");
const NO_SCHEME: Text =
    Text::fixed("https:// is missing in front of this URL", "Vor dieser URL fehlt https://");
const TOO_LONG: Text =
    Text::fixed("this URL has more than 255 characters", "Diese URL hat mehr als 255 Zeichen");
const LENGTH_TITLE: Text = Text::fixed(
    "The phone's VPN URL is longer than 255 characters",
    "Die VPN-URL des Telefons ist länger als 255 Zeichen",
);
const OTHERS_ARE_GOOD: Text = Text::fixed(
    "Another URL of the phone is well formed: the phone can use that one.",
    "Eine andere URL des Telefons ist wohlgeformt: Diese kann das Telefon benutzen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Severity;
    use crate::testing::{fires, silent, waits};

    fn file(urls: &[&str]) -> String {
        let urls: Vec<_> = (1..).zip(urls).map(|(n, url)| format!("<url{n}>{url}</url{n}>")).collect();
        format!("<device>\n<vpnGroup>\n<addresses>{}</addresses>\n</vpnGroup>\n</device>", urls.join("\n"))
    }

    #[test]
    fn anything_but_https_is_told() {
        for (url, mark) in [
            ("http://vpn.example.com/VPNPhone", "http"),
            ("vpn.example.com/VPNPhone", "vpn.example.com/VPNPhone"),
            (&format!("https://vpn.example.com/{}", "a".repeat(232)), ""),
        ] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(&[url]))]);
            assert_eq!(findings[0].severity, Some(Severity::Blocker));
            assert_eq!(findings[0].evidence()[0].mark, mark, "{url}");
        }
    }

    #[test]
    fn beside_a_good_url_a_wrong_one_is_a_warning() {
        let urls = ["https://vpn.example.com/VPNPhone", "http://vpn.example.com/VPNPhone"];
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(&urls))]);
        assert_eq!((findings.len(), findings[0].severity), (1, Some(Severity::Warning)));
    }

    #[test]
    fn https_in_any_case_and_255_characters_are_fine() {
        let longest = format!("https://vpn.example.com/{}", "a".repeat(231));
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file(&["HTTPS://vpn.example.com/p", &longest]))]);
    }

    #[test]
    fn half_a_group_or_none_waits() {
        waits(&RULE, &[("x", "<device>\n<vpnGroup>\n<addresses><url1>https://vpn.example.com/p</url1>")]);
        waits(&RULE, &[]);
    }
}
