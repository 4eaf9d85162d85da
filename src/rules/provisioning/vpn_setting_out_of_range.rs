//! `mtu`, `failConnectTime`, `authMethod`, or the number of a url or hash outside the documented range.
//!
//! CUCM's pages do not take such a value; AXL, an import or an editor can write it. The ranges and their source
//! stand in [`crate::tables::phone_vpn_ranges`].

use super::fleet::Fleet;
use super::{quotable, setting};
use crate::case::Case;
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Located;
use crate::stage::Stage;
use crate::tables::phone_vpn_ranges::{AUTH_METHOD, CERT_HASH, FAIL_CONNECT_TIME, MTU, Range, URL};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-setting-out-of-range",
    stage: Stage::Provisioning,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &[
        "CUCM 15 feature configuration guide, VPN feature parameters",
        "usecallmanager.nz, SEPMAC.cnf.xml",
    ],
    prose: Text::fixed(
        include_str!("vpn_setting_out_of_range.en.md"),
        include_str!("vpn_setting_out_of_range.de.md"),
    ),
    check,
};

/// A setting, its range, and the fix that puts it right.
struct Row {
    range: &'static Range,
    fix: &'static str,
}

const ROWS: &[Row] = &[
    Row { range: &MTU, fix: "mtu" },
    Row { range: &FAIL_CONNECT_TIME, fix: "fail-connect-time" },
    Row { range: &AUTH_METHOD, fix: "auth-method" },
];

/// One wrong value: which setting, what stands there, which range it misses, which fix.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wrong {
    setting: String,
    value: String,
    range: String,
    fix: &'static str,
}

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phones_with_vpn()? {
        let name = phone.name(&case.documents);
        let mut all_there = phone.has_whole_vpn_group();
        for row in ROWS {
            let stated = phone.vpn_setting(row.range.element);
            let Some(stated) = stated.filter(|stated| !stated.value.trim().is_empty()) else {
                // A whole file without the element leaves it to the phone; a piece may have lost it.
                all_there &= phone.is_whole();
                continue;
            };
            if !row.range.holds(&stated.value) {
                let wrong = Wrong {
                    setting: row.range.element.to_owned(),
                    value: quotable(&stated.value),
                    range: row.range.to_string(),
                    fix: row.fix,
                };
                let proof = setting(row.range.element, &stated, OUTSIDE);
                fleet.add(wrong, &name, Confidence::Certain, proof);
            }
        }
        for (range, list) in [(&URL, phone.urls()), (&CERT_HASH, phone.cert_hashes())] {
            for (number, seen) in list {
                if is_misnumbered(*number, range, seen) {
                    fleet.add(misnumbered(*number, range), &name, Confidence::Certain, numbered(phone, seen));
                }
            }
        }
        if !all_there {
            fleet.cannot_tell();
        }
    }
    fleet.answer(|wrong, group| {
        let finding = group.finding(None).value("setting", wrong.setting).value("value", wrong.value);
        finding.value("range", wrong.range).fix(wrong.fix)
    })
}

/// 0 stands for an element whose tag was lost, and an empty element counts for nothing.
fn is_misnumbered(number: u32, range: &Range, seen: &Located<String>) -> bool {
    number > range.highest && !seen.value.trim().is_empty()
}

fn misnumbered(number: u32, range: &Range) -> Wrong {
    Wrong {
        setting: range.element.to_owned(),
        value: format!("{}{number}", range.element),
        range: format!("{0}{1}–{0}{2}", range.element, range.lowest, range.highest),
        fix: "number",
    }
}

fn numbered(phone: &Phone<'_>, seen: &Located<String>) -> Evidence {
    Evidence::at(&phone.config.place(&seen.at), OUTSIDE)
}

const OUTSIDE: Text = Text::fixed(
    "this value is outside the documented range",
    "Dieser Wert liegt außerhalb des dokumentierten Bereichs",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::prose;
    use crate::testing::{fires, silent, waits};

    fn file(group: &str) -> String {
        format!("<device>\n<vpnGroup>\n{group}\n</vpnGroup>\n</device>")
    }

    #[test]
    fn a_value_outside_is_told_with_its_own_fix() {
        for (group, title, fix) in [
            ("<mtu>1920</mtu>", "mtu is 1920, documented is 256–1406", "mtu"),
            ("<mtu>large</mtu>", "mtu is large, documented is 256–1406", "mtu"),
            (
                "<failConnectTime>601</failConnectTime>",
                "failConnectTime is 601, documented is 0–600",
                "fail-connect-time",
            ),
            ("<authMethod>3</authMethod>", "authMethod is 3, documented is 0–2", "auth-method"),
            (
                "<addresses><url4>https://vpn.example.com/p</url4></addresses>",
                "url is url4, documented is url1–url3",
                "number",
            ),
        ] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(group))]);
            let told = prose::parse(&RULE.prose).title_for(&findings[0]).en().into_owned();
            assert_eq!(told, format!("A VPN setting is out of range: {title}"));
            assert_eq!(findings[0].fixes, [fix]);
            assert_eq!(prose::parse(&RULE.prose).fixes_for(&findings[0]).len(), 1);
        }
    }

    #[test]
    fn the_ends_of_the_ranges_are_fine() {
        let lowest = "<mtu>256</mtu><failConnectTime>0</failConnectTime><authMethod>0</authMethod>";
        let highest = "<mtu>1406</mtu><failConnectTime>600</failConnectTime><authMethod>2</authMethod>";
        for group in [lowest, highest, "<mtu></mtu>"] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &file(group))]);
        }
    }

    #[test]
    fn a_pasted_group_may_have_lost_a_setting() {
        waits(&RULE, &[("x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>")]);
        waits(&RULE, &[]);
    }
}
