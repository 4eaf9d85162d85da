//! Which phone models have the VPN client.
//!
//! What decides is CUCM's own list (Unified Reporting > Unified CM Phone Feature List > Virtual Private Network): it
//! is of the installed version. The rows are what public documents say; where they contradict each other or say
//! nothing, the row says so and no more.
//!
//! Sources: Cisco 115785, components (79xx, 8961, 99xx); Cisco IP Phone 8800 administration guide, features; Cisco IP
//! Phone 7800 and 8832 administration guides and release notes; Cisco 116162 (7940 and 7960 have no certificate of
//! their own); CUCM, Unified CM Phone Feature List, Virtual Private Network: of the 7900 series it names the 7942G,
//! 7945G, 7962G, 7965G and 7975G; usecallmanager.nz, VPN connection (894x). Names of loads: CUCM's device defaults.

use crate::text::Text;

/// Whether a model has the VPN client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vpn {
    /// Cisco names it as one that has.
    Listed,
    /// It was seen to work; Cisco's lists that were found do not name it.
    Reported,
    /// Cisco's documents contradict one another.
    Contradictory,
    /// It is named as one that has not.
    Without,
    /// No document that was found names it.
    NotNamed,
}

/// One row: models of which the same is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Models {
    /// Their numbers.
    pub numbers: &'static [&'static str],
    /// How their loads begin, in lower case.
    pub loads: &'static [&'static str],
    /// What is known.
    pub vpn: Vpn,
    /// Where it stands.
    pub source: Text,
}

/// Every row.
pub const ALL: &[Models] = &[
    Models {
        numbers: &["7942", "7945", "7962", "7965", "7975"],
        loads: &["sip42.", "sccp42.", "sip45.", "sccp45.", "sip75.", "sccp75."],
        vpn: Vpn::Listed,
        source: COMPONENTS,
    },
    Models {
        numbers: &["8961", "9951", "9971"],
        loads: &["sip8961.", "sip9951.", "sip9971."],
        vpn: Vpn::Listed,
        source: COMPONENTS,
    },
    Models {
        numbers: &["8811", "8841", "8845", "8851", "8861", "8865"],
        loads: &["sip88xx.", "sip8845_65."],
        vpn: Vpn::Listed,
        source: GUIDE_8800,
    },
    Models {
        numbers: &["8941", "8945"],
        loads: &["sip894x.", "sccp894x."],
        vpn: Vpn::Reported,
        source: SEEN_WORKING,
    },
    Models {
        numbers: &["7811", "7821", "7841", "7861", "7832", "8832"],
        loads: &["sip78xx.", "sip7832.", "sip8832."],
        vpn: Vpn::Contradictory,
        source: GUIDES_DISAGREE,
    },
    Models {
        numbers: &["7940", "7960"],
        loads: &["p003", "p0s3"],
        vpn: Vpn::Without,
        source: NO_CERTIFICATE,
    },
    Models {
        numbers: &["7941", "7961", "7970", "7971"],
        loads: &["sip41.", "sccp41.", "sip70.", "sccp70."],
        vpn: Vpn::Without,
        source: GENERATION_BEFORE,
    },
    Models {
        numbers: &["7906", "7911"],
        loads: &["sip11.", "sccp11."],
        vpn: Vpn::Without,
        source: NOT_IN_LIST,
    },
    Models {
        numbers: &[
            "3905", "3911", "3951", "6901", "6911", "6921", "6941", "6945", "6961", "7902", "7905", "7910",
            "7912", "7920", "7921", "7925", "7926", "7931", "7935", "7936", "7937", "7985", "8821", "8831",
        ],
        loads: &["sip31.", "sccp31.", "sip8821."],
        vpn: Vpn::NotNamed,
        source: NOWHERE,
    },
];

/// The row of a model's number.
pub fn of_number(number: &str) -> Option<&'static Models> {
    ALL.iter().find(|row| row.numbers.contains(&number))
}

/// The row of a firmware load.
pub fn of_load(load: &str) -> Option<&'static Models> {
    let load = load.trim().to_ascii_lowercase();
    ALL.iter().find(|row| row.loads.iter().any(|start| load.starts_with(start)))
}

/// The model's number in a name: `7962` in `CP-7962G-SEP001122334455`, `Cisco 7962` and `7962G`.
pub fn number_in(name: &str) -> Option<&str> {
    let name = name.trim();
    let starts =
        |start: &&&str| name.get(..start.len()).is_some_and(|before| before.eq_ignore_ascii_case(start));
    let start = ["cisco ip phone ", "cisco ", "cp-"].iter().find(starts);
    let rest = name.get(start.map_or(0, |start| start.len())..)?;
    let rest = rest.strip_prefix("CP-").unwrap_or(rest);
    let number = rest.get(..4).filter(|number| number.bytes().all(|digit| digit.is_ascii_digit()))?;
    // Four digits, not the first four of a longer number.
    (!rest.get(4..)?.starts_with(|next: char| next.is_ascii_digit())).then_some(number)
}

const COMPONENTS: Text = Text::fixed(
    "Cisco 115785 names it among the models that have the VPN client.",
    "Cisco 115785 nennt es unter den Modellen mit VPN-Client.",
);
const GUIDE_8800: Text = Text::fixed(
    "The administration guide of the 8800 series lists VPN among its features.",
    "Das Administrationshandbuch der Reihe 8800 führt VPN unter den Funktionen auf.",
);
const SEEN_WORKING: Text = Text::fixed(
    "It was reported to work; no list of Cisco's that was found names it.",
    "Es soll funktionieren; keine gefundene Liste von Cisco nennt es.",
);
const GUIDES_DISAGREE: Text = Text::fixed(
    "Its administration guide lists no VPN feature, while its release notes speak of VPN.",
    "Sein Administrationshandbuch führt kein VPN auf, seine Versionshinweise sprechen aber davon.",
);
const GENERATION_BEFORE: Text = Text::fixed(
    "It is of the generation before: of the 7900 series, CUCM's feature list and Cisco 115785 name 7942, 7945, 7962, 7965 and 7975.",
    "Es gehört zur Generation davor: Von der Reihe 7900 nennen die Funktionsliste des CUCM und Cisco 115785 die Modelle 7942, 7945, 7962, 7965 und 7975.",
);
const NO_CERTIFICATE: Text = Text::fixed(
    "It is of the generation before: Cisco's list of models with the VPN client begins with 7942 and 7962.",
    "Es gehört zur Generation davor: Ciscos Liste der Modelle mit VPN-Client beginnt mit 7942 und 7962.",
);
const NOT_IN_LIST: Text = Text::fixed(
    "It is not in Cisco's list of models with the VPN client.",
    "Es steht nicht in Ciscos Liste der Modelle mit VPN-Client.",
);
const NOWHERE: Text = Text::fixed(
    "No document of Cisco's that was found names it as a model with the VPN client.",
    "Kein gefundenes Dokument von Cisco nennt es als Modell mit VPN-Client.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_model_and_no_load_stands_in_two_rows() {
        for (place, row) in ALL.iter().enumerate() {
            for number in row.numbers {
                assert_eq!(ALL.iter().position(|row| row.numbers.contains(number)), Some(place), "{number}");
            }
            for load in row.loads {
                assert_eq!(of_load(load), Some(row), "{load}");
            }
        }
    }

    #[test]
    fn names_and_loads_tell_the_model() {
        for (name, vpn) in [
            ("CP-7962G-SEP001122334455", Some(Vpn::Listed)),
            ("CP-7940G", Some(Vpn::Without)),
            ("Cisco 7911", Some(Vpn::Without)),
            ("Cisco IP Phone CP-8861", Some(Vpn::Listed)),
            ("7821", Some(Vpn::Contradictory)),
            ("7961G", Some(Vpn::Without)),
            ("7937G", Some(Vpn::NotNamed)),
            ("79421", None),
            ("joe", None),
            ("CP-", None),
            ("äöüß", None),
            ("", None),
        ] {
            assert_eq!(number_in(name).and_then(of_number).map(|row| row.vpn), vpn, "{name}");
        }
        for (load, vpn) in [
            ("P0S3-8-12-00", Some(Vpn::Without)),
            ("SCCP11.9-4-2SR3-1S", Some(Vpn::Without)),
            ("SIP45.9-4-2SR3-1S", Some(Vpn::Listed)),
            ("sip78xx.12-5-1SR2-2", Some(Vpn::Contradictory)),
            ("jar45sip.9-4-2", None),
        ] {
            assert_eq!(of_load(load).map(|row| row.vpn), vpn, "{load}");
        }
    }
}
