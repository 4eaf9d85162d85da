//! A dynamic access policy puts the phones behind an access list that lets nothing of a phone through.
//!
//! `network-acl` of a record takes the place of the group policy's `vpn-filter`, and as silently: the tunnel comes up,
//! and no message says what it drops (ASA command reference, `network-acl`; ASDM guide, network ACL filters of a
//! dynamic access policy). Which record is the phones' is told by 734001, or there is only DfltAccessPolicy. What other
//! records match stands in `dap.xml` on the ASA's disk. A record that ends the session is another rule's.

use super::settings::quoted;
use super::vpn_filter_inherited::{CARRIES_NOTHING, DENIES_ALL};
use crate::case::Case;
use crate::facts::access_policies::DEFAULT_RECORD;
use crate::facts::access_policy_filters::{self, Applies, NetworkList, PolicyFilter};
use crate::facts::phone_groups::PhoneGroup;
use crate::facts::tunnel_groups;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "dap-list-drops-phones",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaLog],
    echoes: &["tunnel-traffic-dropped"],
    sources: &[
        "ASA command reference, network-acl",
        "ASDM guide, DAP access and authorization policy attributes",
        "ASA syslog guide, 734001",
    ],
    prose: Text::fixed(
        include_str!("dap_list_drops_phones.en.md"),
        include_str!("dap_list_drops_phones.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut open: Option<Missing> = None;
    let mut checked = false;
    for (index, device) in case.asa_devices.iter().enumerate() {
        let Some(filters) = access_policy_filters::of_device(device, &case.messages) else { continue };
        let on_device = case.phone_groups.groups.iter();
        let on_device = on_device.filter(|group| tunnel_groups::named(device, &group.name).next().is_some());
        let group = on_device.min_by_key(|group| group.witness());
        let by_log = filters.iter().any(|filter| matches!(filter.applies, Applies::Selected(..)));
        if group.is_none() && !by_log {
            let _ = case.said.answer("tunnel-group");
            open.get_or_insert(Missing(vec![Need::PhoneConfig, Need::AsaLog, Need::Answer]));
            continue;
        }
        let is_sure = by_log || group.is_some_and(PhoneGroup::is_sure);
        checked |= is_sure && filters.is_empty();
        for filter in filters.iter().filter(|filter| filter.applies != Applies::Others) {
            match filter.lets_phones_through() {
                Some(true) => checked |= is_sure,
                None => {
                    let need =
                        if filter.applies == Applies::Perhaps { Need::AsaLog } else { Need::AsaConfig };
                    open.get_or_insert(Missing::need(need));
                }
                Some(false) => {
                    let told = tell(filter, group, case.asa_devices.len() > 1);
                    findings.extend(
                        told.and_then(|found| case.serves(index).limit(found))
                            .map(Finding::no_blocker_if_only_possible),
                    );
                }
            }
        }
    }
    match open {
        _ if !findings.is_empty() => Ok(findings),
        Some(missing) => Err(missing),
        None if checked => Ok(findings),
        None => Err(Missing::need(Need::AsaConfig)),
    }
}

fn tell(filter: &PolicyFilter<'_>, group: Option<&PhoneGroup>, several: bool) -> Option<Finding> {
    let first = filter.lists.first()?;
    let records = filter.records.join(", ");
    // What an ASA does with a list of both kinds is not told, and a piece of a text may leave out lines.
    let is_plain =
        |named: &NetworkList<'_>| named.list.as_ref().is_some_and(|list| list.is_whole() && !list.is_mixed());
    // A log does not say which of several ASAs wrote it.
    let is_plain = !several && filter.lists.iter().all(is_plain);
    let at_best = if is_plain { Confidence::Certain } else { Confidence::Likely };
    let (confidence, whence, line) = match &filter.applies {
        Applies::Always => (group?.at_most(at_best), ONLY, None),
        Applies::Selected(place, confidence) => {
            ((*confidence).max(at_best), SELECTED, Some(Evidence::at(place, GOT)))
        }
        Applies::Perhaps | Applies::Others => (Confidence::Possible, PERHAPS, None),
    };
    let named = filter.lists.iter().map(|named| {
        Evidence::marked(&named.named.place, &named.named.value, if line.is_some() { GETS } else { FILTERS })
    });
    let mut proofs = named.collect::<Vec<_>>().into_iter();
    let mut found = Finding::new(confidence, proofs.next()?)
        .and(line)
        .and(proofs)
        .because(whence.with("records", Class::Group, &records))
        .value("record", records.as_str())
        .value("list", first.named.value.as_str());
    if let Some(group) = group {
        found = found.value("tunnel-group", group.name.as_str());
    }
    for named in &filter.lists {
        found = lines_of(found, named);
    }
    let is_default = filter.records.len() == 1 && records == DEFAULT_RECORD;
    found = found.fix(if is_default { "record" } else { "remove" });
    let may_be_extended =
        |named: &NetworkList<'_>| named.list.as_ref().is_some_and(|list| list.permits_alone());
    Some(if filter.lists.iter().all(may_be_extended) { found.fix("permit") } else { found })
}

/// What a list says, and why nothing of a phone passes.
fn lines_of(found: Finding, named: &NetworkList<'_>) -> Finding {
    let Some(list) = &named.list else { return found };
    let name = &named.named.value;
    let lines = if list.permits() { list.lines() } else { list.denying() };
    let because = match lines.first().filter(|_| !list.permits()) {
        Some(line) => {
            let quoted = quoted(&line.at.text);
            DENIES_ALL.number("line", line.at.line).with("quoted", Class::Words, quoted.as_str())
        }
        None => CARRIES_NOTHING,
    };
    found.and(lines.iter().map(|line| Evidence::at(line, LINE_OF_LIST))).because(because.with(
        "list",
        Class::Group,
        name,
    ))
}

const FILTERS: Text = Text::fixed(
    "every packet of a session with this record has to pass this access list",
    "Jedes Paket einer Sitzung mit diesem Eintrag muss diese Zugriffsliste (access-list) passieren",
);
const GETS: Text = Text::fixed(
    "every packet of the phone's session has to pass this access list",
    "Jedes Paket der Sitzung des Telefons muss diese Zugriffsliste (access-list) passieren",
);
const GOT: Text = Text::fixed(
    "these records were selected for a phone",
    "Diese Einträge wurden für ein Telefon ausgewählt",
);
const LINE_OF_LIST: Text = Text::fixed("a line of that list", "eine Zeile dieser Liste");
const ONLY: Text = Text::fixed(
    "{records} is the only record of the dynamic access policies, so every session gets it.",
    "{records} ist der einzige Eintrag der dynamischen Zugriffsrichtlinien. Deshalb bekommt ihn jede Sitzung.",
);
const SELECTED: Text = Text::fixed(
    "By the log a phone's session got this: {records}.",
    "Laut Protokoll hat die Sitzung eines Telefons das bekommen: {records}.",
);
const PERHAPS: Text = Text::fixed(
    "Whether phones get record {records} is not shown: what it matches is written in dap.xml on the ASA's disk. 734001 in the log would name the records of a phone's session.",
    "Ob Telefone den Eintrag {records} bekommen, ist nicht belegt: Worauf er passt, steht in dap.xml auf der ASA. 734001 im Protokoll würde die Einträge der Sitzung eines Telefons nennen.",
);
#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, handsets, silent, waits};

    const DEFAULT: &str = "dynamic-access-policy-record DfltAccessPolicy\n network-acl WEB\n";
    const STAFF: &str = "dynamic-access-policy-record STAFF\n network-acl WEB\n";
    const WEB: &str = "access-list WEB extended permit tcp any any eq www\n";

    fn log(records: &str) -> String {
        format!(
            "%ASA-6-734001: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.77, Connection AnyConnect: The following DAP records were selected for this connection: {records}\n"
        )
    }

    #[test]
    fn the_only_record_is_everybodys() {
        let finding = &fires(&RULE, &handsets("", "", "").with(&format!("{WEB}{DEFAULT}")).files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert!(finding.because[0].en().starts_with("DfltAccessPolicy is the only"), "{:?}", finding.because);
        assert!(finding.because[1].en().contains("none of the ports"), "{:?}", finding.because);
        assert_eq!(finding.fixes, ["record", "permit"]);
        assert_eq!(finding.evidence().len(), 2);
        let denied = WEB.replace("permit tcp any any eq www", "deny ip any any");
        let finding = &fires(&RULE, &handsets("", "", "").with(&format!("{denied}{DEFAULT}")).files())[0];
        assert!(finding.because[1].en().contains("deny ip any any"), "{:?}", finding.because);
        assert_eq!(finding.fixes, ["record"], "a list of denials takes no line that permits");
    }

    #[test]
    fn the_log_says_which_record_the_phone_got() {
        let files = handsets("", "", "").with(&format!("{WEB}{DEFAULT}{STAFF}"));
        let with = |records: &str| {
            let (files, log) = (files.files(), log(records));
            fires(&RULE, &[files[0], files[1], ("a.log", &log)])[0].clone()
        };
        let finding = with("STAFF");
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert_eq!(finding.evidence()[1].at.as_ref().unwrap().line, 1);
        assert!(finding.fixes.contains(&"remove"));
        let piece = files.asa.replace(": end\n", "");
        let log = log("STAFF");
        let finding = &fires(&RULE, &[("a", &piece), files.files()[1], ("a.log", &log)])[0];
        assert_eq!(
            (finding.confidence, finding.severity),
            (Confidence::Likely, None),
            "a piece may lack lines"
        );
        let finding = &fires(&RULE, &files.files())[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        assert!(finding.because[0].en().contains("dap.xml"));
    }

    #[test]
    fn a_record_that_lets_voice_through_or_ends_the_session_is_none_of_this() {
        let voice = "access-list VOICE extended permit udp any any range 16384 32767\n";
        let none = "dynamic-access-policy-record DfltAccessPolicy\n";
        for lines in [
            none.to_owned(),
            WEB.replace("eq www", "") + DEFAULT,
            WEB.replace("permit tcp any any eq www", "deny tcp any any eq 445") + DEFAULT,
            WEB.replace("any eq www", "object-group SERVERS eq sip") + DEFAULT,
            format!("{WEB}{DEFAULT} action terminate\n"),
            // The lists of a record are joined.
            format!("{WEB}{voice}{DEFAULT} network-acl VOICE\n"),
            format!("{WEB}{STAFF}{none}dynamic-access-policy-record IP-PHONES\n priority 9\n"),
        ] {
            silent(&RULE, &handsets("", "", "").with(&lines).files());
        }
        let files = handsets("", "", "").with(&format!("{WEB}{STAFF}{none}"));
        let (files, log) = (files.files(), log("DfltAccessPolicy"));
        silent(&RULE, &[files[0], files[1], ("a.log", &log)]);
        silent(&RULE, &handsets("", "", "").files());
    }

    #[test]
    fn a_list_that_is_not_shown_or_no_phones_leave_it_open() {
        waits(&RULE, &handsets("", "", "").with(DEFAULT).files());
        let both = format!("{WEB}{DEFAULT} network-acl ELSEWHERE\n");
        waits(&RULE, &handsets("", "", "").with(&both).files());
        waits(&RULE, &handsets("", "", "").with(&format!("{WEB}{DEFAULT}")).files()[..1]);
        waits(&RULE, &[("a", &format!("{WEB}{STAFF}"))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_name_with_commands_in_it_reaches_no_command() {
        let files = handsets("", "", "").with(&format!("{WEB}{DEFAULT}").replace("WEB", "x;reload"));
        let finding = &fires(&RULE, &files.files())[0];
        let fixes = crate::rules::prose::parse(&RULE.prose).fixes_for(finding);
        assert!(fixes.iter().all(|fix| fix.commands.iter().all(|line| !line.contains("reload"))));
    }
}
