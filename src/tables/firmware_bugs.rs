//! Bugs of phone firmware that concern the VPN.
//!
//! A list of resolved bugs tells the release with the fix, the headline, and seldom the first release with the bug. So
//! a row says what its source names: a build by name, a release from which it is, or only the fix.
//!
//! Sources: "Resolved Caveats" of the release notes of the Cisco IP Phone 7800 and 8800 series, as each row says.

use crate::tables::phone_families::{Firmware, firmware};
use crate::text::Text;

/// One bug.
#[derive(Debug, PartialEq, Eq)]
pub struct Bug {
    /// Cisco's id.
    pub id: &'static str,
    /// How the loads that have it begin, in lower case.
    pub loads: &'static [&'static str],
    /// The only models that have it; empty where every phone with the load has.
    pub models: &'static [&'static str],
    /// The build that its source names, as it stands in a load.
    pub build: Option<&'static str>,
    /// The first release with it, where that is known.
    pub from: Option<Firmware>,
    /// The first release without it.
    pub fixed: Firmware,
    /// The same, as people write it.
    pub fixed_in: &'static str,
    /// How bad it is.
    pub effect: Effect,
    /// What happens.
    pub what: Text,
    /// Where it stands.
    pub source: &'static str,
}

/// How bad a bug is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// No VPN.
    Blocks,
    /// VPN is lost, or not for every phone with the load.
    Hurts,
    /// The phone shows something wrong.
    Looks,
}

/// How well a load fits a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Its source names this build.
    Named,
    /// It lies between the first release with the bug and the fix.
    Between,
    /// It is older than the fix; whether it has the bug already is not known.
    BeforeFix,
}

/// The bugs of a load. `model` is the phone's number where it is known: bugs of one model alone need it.
pub fn of_load(load: &str, model: Option<&str>) -> Vec<(&'static Bug, Fit)> {
    let Some(release) = firmware(load) else { return Vec::new() };
    let lower = load.trim().to_ascii_lowercase();
    let version = lower.split_once('.').map_or("", |(_, version)| version);
    let fit = |bug: &'static Bug| {
        let of_load = bug.loads.iter().any(|start| lower.starts_with(start));
        let of_model = bug.models.is_empty() || model.is_some_and(|model| bug.models.contains(&model));
        if !of_load || !of_model || release >= bug.fixed {
            return None;
        }
        match (bug.build, bug.from) {
            (Some(build), _) if is_build(version, build) => Some((bug, Fit::Named)),
            (_, Some(from)) => (release >= from).then_some((bug, Fit::Between)),
            (_, None) => Some((bug, Fit::BeforeFix)),
        }
    };
    ALL.iter().filter_map(fit).collect()
}

/// `12-5-1-16` and what follows it behind a dash, not `12-5-1-160`.
fn is_build(version: &str, build: &str) -> bool {
    version
        .strip_prefix(build)
        .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
}

const LOADS_88: &[&str] = &["sip88xx.", "sip8845_65."];
const LOADS_78_88: &[&str] = &["sip78xx.", "sip7832.", "sip88xx.", "sip8845_65."];

/// Every bug, the worst first.
pub const ALL: &[Bug] = &[
    Bug {
        id: "CSCvn76864",
        loads: LOADS_88,
        models: &[],
        build: Some("12-5-1-16"),
        from: Some([12, 5, 1, 0]),
        fixed: [12, 5, 1, 2],
        fixed_in: "12.5(1)SR2",
        effect: Effect::Blocks,
        what: Text::fixed(
            "after the upgrade to 12-5-1-16 the VPN fails with “unknown CA”",
            "nach dem Upgrade auf 12-5-1-16 scheitert das VPN mit „unknown CA“",
        ),
        source: "Cisco IP Phone 8800 release notes, resolved caveats",
    },
    Bug {
        id: "CSCvt64703",
        loads: LOADS_88,
        models: &["8861"],
        build: None,
        from: Some([12, 7, 1, 0]),
        fixed: [12, 7, 1, 1],
        fixed_in: "12.7(1)SR1",
        effect: Effect::Hurts,
        what: Text::fixed(
            "with 12.7(1) an 8861 on Wi-Fi does not register over VPN",
            "mit 12.7(1) registriert sich ein 8861 im WLAN nicht über VPN",
        ),
        source: "Cisco IP Phone 8800 release notes for 12.7(1)SR1, resolved caveats",
    },
    Bug {
        id: "CSCvt11376",
        loads: LOADS_88,
        models: &["8861"],
        build: None,
        from: None,
        fixed: [12, 7, 1, 1],
        fixed_in: "12.7(1)SR1",
        effect: Effect::Hurts,
        what: Text::fixed(
            "an 8861 of hardware revision V15 or later cannot connect over VPN",
            "ein 8861 mit Hardware-Revision V15 oder neuer kann sich nicht über VPN verbinden",
        ),
        source: "Cisco IP Phone 8800 release notes for 12.7(1)SR1, resolved caveats",
    },
    Bug {
        id: "CSCvw29327",
        loads: LOADS_88,
        models: &["8861"],
        build: None,
        from: None,
        fixed: [12, 8, 1, 1],
        fixed_in: "12.8(1)SR1",
        effect: Effect::Hurts,
        what: Text::fixed(
            "an 8861 does not connect again by itself after its TFTP server was changed",
            "ein 8861 verbindet sich nach einer Änderung seines TFTP-Servers nicht von selbst wieder",
        ),
        source: "Cisco IP Phone 8800 release notes for 12.8(1)SR1, resolved caveats",
    },
    Bug {
        id: "CSCwj95457",
        loads: LOADS_88,
        models: &[],
        build: None,
        from: None,
        fixed: [14, 3, 1, 0],
        fixed_in: "14.3(1)",
        effect: Effect::Looks,
        what: Text::fixed(
            "the VPN may be lost a few seconds into a call",
            "das VPN kann wenige Sekunden nach Gesprächsbeginn abbrechen",
        ),
        source: "Cisco IP Phone 8800 release notes for 14.3(1), resolved caveats",
    },
    Bug {
        id: "CSCvr56478",
        loads: LOADS_78_88,
        models: &[],
        build: None,
        from: None,
        fixed: [12, 6, 1, 1],
        fixed_in: "12.6(1)SR1",
        effect: Effect::Looks,
        what: Text::fixed(
            "the line “Attempting VPN connection” may stay although the VPN is up",
            "die Zeile „Attempting VPN connection“ kann stehen bleiben, obwohl das VPN steht",
        ),
        source: "Cisco IP Phone 7800, 7832 and 8800 release notes for 12.6(1)SR1, resolved caveats",
    },
    Bug {
        id: "CSCvq52160",
        loads: LOADS_88,
        models: &[],
        build: None,
        from: None,
        fixed: [12, 6, 1, 0],
        fixed_in: "12.6(1)",
        effect: Effect::Looks,
        what: Text::fixed(
            "prompts may look wrong while the phone registers over VPN",
            "Meldungen können falsch aussehen, während sich das Telefon über VPN registriert",
        ),
        source: "Cisco IP Phone 8800 release notes for 12.6(1), resolved caveats",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(load: &str, model: Option<&str>) -> Vec<(&'static str, Fit)> {
        of_load(load, model).into_iter().map(|(bug, fit)| (bug.id, fit)).collect()
    }

    #[test]
    fn a_load_is_compared_with_the_fix() {
        for (load, expected) in [
            ("sip88xx.12-5-1-16", Some(Fit::Named)),
            ("sip88xx.12-5-1-160", Some(Fit::Between)),
            ("sip88xx.12-5-1SR1-4", Some(Fit::Between)),
            ("sip88xx.12-5-1SR2-2", None),
            ("sip88xx.12-1-1-12", None),
            ("sip78xx.12-5-1-16", None),
            ("SIP45.9-4-2SR3-1S", None),
            ("sip88xx", None),
        ] {
            let found = ids(load, None).into_iter().find(|(id, _)| *id == "CSCvn76864");
            assert_eq!(found.map(|(_, fit)| fit), expected, "{load}");
        }
    }

    #[test]
    fn a_bug_of_one_model_needs_that_model() {
        let has =
            |load: &str, model: Option<&str>, bug: &str| ids(load, model).iter().any(|(id, _)| *id == bug);
        assert!(has("sip88xx.12-7-1-0001-393", Some("8861"), "CSCvt64703"));
        assert!(!has("sip88xx.12-7-1-0001-393", Some("8851"), "CSCvt64703"));
        assert!(!has("sip88xx.12-7-1-0001-393", None, "CSCvt64703"));
        assert!(!has("sip88xx.12-7-1SR1-1", Some("8861"), "CSCvt64703"));
        assert!(has("sip88xx.11-0-1", Some("8861"), "CSCvt11376"));
    }

    #[test]
    fn what_the_notes_of_both_series_list_is_known_of_both() {
        let has = |load: &str, bug: &str| ids(load, None).iter().any(|(id, _)| *id == bug);
        for (load, bug, expected) in [
            ("sip78xx.12-5-1SR3-74", "CSCvr56478", true),
            ("sip88xx.12-6-1-0001-1", "CSCvr56478", true),
            ("sip8845_65.12-5-1SR3-74", "CSCvr56478", true),
            ("sip88xx.12-6-1SR1-5", "CSCvr56478", false),
            ("sip88xx.12-5-1SR3-74", "CSCvq52160", true),
            ("sip88xx.12-6-1-0001-1", "CSCvq52160", false),
            ("sip78xx.12-5-1SR3-74", "CSCvq52160", false),
        ] {
            assert_eq!(has(load, bug), expected, "{load} {bug}");
        }
    }

    #[test]
    fn the_fix_is_written_as_it_is_compared() {
        for bug in ALL {
            let [major, minor, maintenance, service] = bug.fixed;
            let service = if service > 0 { format!("SR{service}") } else { String::new() };
            assert_eq!(bug.fixed_in, format!("{major}.{minor}({maintenance}){service}"), "{}", bug.id);
        }
    }
}
