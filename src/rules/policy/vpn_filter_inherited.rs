//! A VPN filter that the phones' own policy does not set drops their traffic, silently.
//!
//! `vpn-filter value NO-TRAFFIC` in DfltGrpPolicy is meant for those who have no policy of their own; phones inherit
//! it (Cisco 116162, attributes inherited from DfltGrpPolicy). The tunnel comes up and nothing passes; no message says
//! why. The end of every access list denies what no line permits: one that permits web pages and names alone carries
//! no call. A filter that the phones' own policy sets is told only where it is such a list: somebody meant it for them.
//! The lists of a dynamic access policy record take its place (ASA command reference, `network-acl`): where a record with
//! lists is the phones', no filter of a policy is told; where it may be, the filter is only possible.

use super::settings::{check_setting, finding, quoted};
use crate::case::Case;
use crate::diagnosis::Origin;
use crate::facts::access_policy_filters::{self, Replaces};
use crate::facts::effective_policy::{EffectivePolicy, Setting};
use crate::facts::filter_traffic::{self, FilterList};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::policy_attributes::FILTER;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-filter-inherited",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaConfigAll],
    echoes: &["tunnel-traffic-dropped"],
    sources: &["Cisco 116162, attributes inherited from DfltGrpPolicy", "ASA command reference, network-acl"],
    prose: Text::fixed(
        include_str!("vpn_filter_inherited.en.md"),
        include_str!("vpn_filter_inherited.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let replaced: Vec<Replaces> = case
        .asa_devices
        .iter()
        .map(|device| {
            let filters = access_policy_filters::of_device(device, &case.messages);
            access_policy_filters::replaces(&filters.unwrap_or_default())
        })
        .collect();
    let by_record =
        |policy: &EffectivePolicy<'_>| replaced.get(policy.device).copied().unwrap_or(Replaces::Nothing);
    let judged = check_setting(case, FILTER, |policy, setting| match setting.named() {
        Some(_) if by_record(policy) == Replaces::Always => false,
        Some(name) => setting.origin != Origin::Own || carries_nothing(case, policy, name),
        None => false,
    });
    let told = judged.wrong.iter().filter_map(|(policy, setting)| {
        let found = tell(case, policy, setting)?;
        Some(if by_record(policy) == Replaces::Perhaps { doubted(found) } else { found })
    });
    let findings = told.collect();
    judged.answer(findings)
}

/// A record of the access policy may put a list in the filter's place.
fn doubted(mut found: Finding) -> Finding {
    found.severity = Some(Severity::Warning);
    found.confidence = Confidence::Possible;
    found.because(REPLACED)
}

fn tell(case: &Case<'_>, policy: &EffectivePolicy<'_>, setting: &Setting) -> Option<Finding> {
    let name = setting.named()?;
    let mut found = finding(policy, setting, setting.place.as_ref()?, FILTERS).value("list", name);
    let Some(list) = list(case, policy, name) else {
        // What the list lets through is not known; that it comes from elsewhere is.
        found.confidence = found.confidence.max(Confidence::Likely);
        return Some(found.because(NOT_SHOWN.with("list", Class::Group, name)));
    };
    let permits = list.permits();
    let lines = if permits { list.lines() } else { list.denying() };
    found = found.and(lines.iter().map(|line| Evidence::at(line, LINE_OF_LIST)));
    if setting.origin == Origin::Own {
        found.title = Some(OWN_TITLE.with("list", Class::Group, name));
    }
    if !permits {
        let first = lines.first();
        let line = first.map(|line| line.at.line.to_string()).unwrap_or_default();
        let text = first.map(|line| quoted(&line.at.text)).unwrap_or_default();
        return Some(found.because(
            DENIES_ALL.with("list", Class::Group, name).with("line", Class::Words, line).with(
                "quoted",
                Class::Words,
                text,
            ),
        ));
    }
    if !list.may_carry_phones() {
        return Some(found.because(CARRIES_NOTHING.with("list", Class::Group, name)));
    }
    // It may let the phones' traffic through: only its lines can tell, and what the phones need is not known here.
    found.severity = Some(Severity::Warning);
    found.confidence = Confidence::Possible;
    Some(found.because(PERMITS_SOME.with("list", Class::Group, name)))
}

/// True where the list is there and lets nothing of a phone's through.
fn carries_nothing(case: &Case<'_>, policy: &EffectivePolicy<'_>, name: &str) -> bool {
    list(case, policy, name).is_some_and(|list| !list.may_carry_phones())
}

fn list<'a>(case: &Case<'a>, policy: &EffectivePolicy<'_>, name: &str) -> Option<FilterList<'a>> {
    filter_traffic::list(case.asa_devices.get(policy.device)?, name)
}

const REPLACED: Text = Text::fixed(
    "A record of the dynamic access policies (DAP) has an access list that would take the filter's place. 734001 in the log would show whether phones get that record.",
    "Ein Eintrag der dynamischen Zugriffsrichtlinien (DAP) hat eine Zugriffsliste (access-list), die an die Stelle des Filters träte. 734001 im Protokoll würde zeigen, ob Telefone diesen Eintrag bekommen.",
);
const OWN_TITLE: Text = Text::fixed(
    "The phones' VPN filter lets nothing of a phone through: {list}",
    "Der VPN-Filter der Telefone lässt nichts durch, was ein Telefon braucht: {list}",
);
const FILTERS: Text = Text::fixed(
    "every packet of the tunnel has to pass this access list",
    "Jedes Paket des Tunnels muss diese Zugriffsliste (access-list) passieren",
);
const LINE_OF_LIST: Text = Text::fixed("a line of that list", "eine Zeile dieser Liste");
const NOT_SHOWN: Text = Text::fixed(
    "The text does not show access list {list}, so what it denies is not known here.",
    "Der Text zeigt die Zugriffsliste (access-list) {list} nicht. Was sie verbietet, ist hier nicht bekannt.",
);
pub(super) const DENIES_ALL: Text = Text::fixed(
    "Access list {list} permits nothing: “{quoted}” in line {line}.",
    "Die Zugriffsliste (access-list) {list} erlaubt nichts: „{quoted}“ in Zeile {line}.",
);
pub(super) const CARRIES_NOTHING: Text = Text::fixed(
    "Access list {list} permits none of the ports that a phone needs: TFTP (69), files by HTTP (6970), call control (2000, 2443, 5060, 5061), trust verification (2445) and voice (16384 to 32767).",
    "Die Zugriffsliste (access-list) {list} erlaubt keinen der Ports, die ein Telefon braucht: TFTP (69), Dateien über HTTP (6970), Anrufsteuerung (2000, 2443, 5060, 5061), Trust Verification (2445) und Sprache (16384 bis 32767).",
);
const PERMITS_SOME: Text = Text::fixed(
    "Access list {list} permits some traffic. Compare its lines with what the phones need: TFTP, call control and voice.",
    "Die Zugriffsliste (access-list) {list} erlaubt manches. Vergleichen Sie ihre Zeilen mit dem, was die Telefone brauchen: TFTP, Anrufsteuerung und Sprache.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, handsets, silent, waits};

    const DROP: &str = " vpn-filter value DROP-ALL\n";

    #[test]
    fn a_list_that_permits_nothing_is_quoted() {
        let files = handsets(DROP, "", "").with("access-list DROP-ALL extended deny ip any any\n");
        let finding = &fires(&RULE, &files.files())[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[1].en().contains("extended deny ip any any"), "{:?}", finding.because);
        assert_eq!(finding.evidence().len(), 2);
    }

    #[test]
    fn a_list_that_permits_some_is_only_possible() {
        let files = handsets(DROP, "", "").with("access-list DROP-ALL extended permit udp any any eq tftp\n");
        let finding = &fires(&RULE, &files.files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn a_list_for_other_things_than_phones_carries_nothing() {
        let list = "access-list DROP-ALL extended permit tcp any any eq ssh\naccess-list DROP-ALL extended permit udp any any eq ntp\n";
        let files = handsets(DROP, "", "").with(list);
        let finding = &fires(&RULE, &files.files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert!(finding.because[1].en().contains("none of the ports"), "{:?}", finding.because);
        let subnet = "access-list DROP-ALL extended permit ip any 192.0.2.0 255.255.255.0\n";
        let files = handsets(DROP, "", "").with(subnet);
        assert_eq!(fires(&RULE, &files.files())[0].severity, Some(Severity::Warning));
    }

    #[test]
    fn a_list_that_is_not_shown_is_said_to_be_unknown() {
        let finding = &fires(&RULE, &handsets(DROP, "", "").files())[0];
        assert!(finding.because[1].en().contains("not known"));
        assert_eq!(finding.confidence, Confidence::Likely);
    }

    #[test]
    fn the_phones_own_filter_is_their_own_business() {
        for own in [" vpn-filter none\n", " vpn-filter value VOICE\n"] {
            silent(&RULE, &handsets(DROP, own, "").files());
        }
        waits(&RULE, &handsets("", "", "").files());
        fires(&RULE, &handsets("", "", DROP).files());
    }

    #[test]
    fn an_own_filter_that_carries_nothing_is_told_as_the_phones_own() {
        let own = handsets("", " vpn-filter value WEB\n", "");
        let list = |line: &str| own.with(&format!("access-list WEB extended {line}\n"));
        let finding = &fires(&RULE, &list("permit tcp any any eq www").files())[0];
        assert!(finding.title.as_ref().unwrap().en().contains("lets nothing of a phone through"));
        assert_eq!(finding.confidence, Confidence::Certain);
        silent(&RULE, &list("permit udp any any eq tftp").files());
    }

    #[test]
    fn the_list_of_an_access_policy_record_takes_the_filters_place() {
        let list =
            "access-list DROP-ALL extended deny ip any any\naccess-list VOICE extended permit ip any any\n";
        let of = |record: &str| format!("{list}dynamic-access-policy-record {record}\n network-acl VOICE\n");
        silent(&RULE, &handsets(DROP, "", "").with(&of("DfltAccessPolicy")).files());
        let bare = "dynamic-access-policy-record DfltAccessPolicy\n";
        let finding = &fires(&RULE, &handsets(DROP, "", "").with(&(of("DESK") + bare)).files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        // A record without a list, or whose list lets nothing through either, makes nothing better.
        for lines in [format!("{list}{bare}"), of("DESK").replace("permit", "deny") + bare] {
            let finding = &fires(&RULE, &handsets(DROP, "", "").with(&lines).files())[0];
            assert_eq!(finding.confidence, Confidence::Certain, "{lines}");
        }
    }

    #[test]
    fn a_name_with_commands_in_it_reaches_no_command() {
        let files = handsets(" vpn-filter value x;reload\n", "", "");
        let finding = &fires(&RULE, &files.files())[0];
        let fixes = crate::rules::prose::parse(&RULE.prose).fixes_for(finding);
        assert!(fixes.iter().all(|fix| fix.commands.iter().all(|line| !line.contains("reload"))));
    }
}
