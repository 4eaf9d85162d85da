//! Phone families by firmware load and by model: which TLS they speak, and what they offer.
//!
//! Loads are `<protocol><family>.<version>`: `SIP45.9-4-2SR3-1S`, `SCCP75.9-3-1SR4-1S`, `sip88xx.12-5-1SR2-2`.
//!
//! Sources: Cisco 116162 (7962G with 9.1.1: AES256-SHA and AES128-SHA only; newer models negotiate elliptic curves);
//! Cisco 115785 (a 7962's session: TLS 1.0 and DTLS 1.0); CUCM 15 security guide, FIPS mode (7975 and 9971 support TLS
//! 1.0 only; said of TLS towards CUCM); release notes of the 8800 series 10.3(1) (TLS 1.2, of the 8811 to 8861),
//! 14.0(1) (DTLS 1.2) and 14.3(1)SR3 (lowest version TLS 1.2); TLS 1.3 compatibility matrix (78xx: TLS 1.2 from 12.0, no
//! source says from when); release notes of the 7832 and 8832, 14.4(1) (TLS 1.3); the suites that `disableTLSCiphers`
//! names. That these hold for the VPN client, too, is inferred: the release notes speak of TLS clients in general.
//!
//! Sources that contradict each other: the TLS 1.3 matrix of October 2024 says that no 7832 or 8832 has TLS 1.3, their
//! later notes of 14.4(1) say that they do; the desk phones' notes of 14.4(1) do not have it. The phones' guides name
//! ECDHE-RSA suites alone before 12.5(1), while phones of 2015 were given certificates on curves (Cisco 116162): the
//! ECDHE-ECDSA suites stand here from 10.3(1) on.

use crate::tables::asa_defaults::Certainty;
use crate::tables::tls_versions::Protocol;

/// A phone's firmware as numbers: `12-5-1SR2` is `[12, 5, 1, 2]`, without a service release the last is 0.
pub type Firmware = [u32; 4];

/// A family of phones.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// How its loads begin, in lower case, after `sip` or `sccp`.
    pub loads: &'static [&'static str],
    /// How its models' numbers begin.
    pub models: &'static [&'static str],
    /// What a person calls it.
    pub name: &'static str,
    /// What it can do, by firmware, in order.
    pub abilities: &'static [Ability],
}

/// What a family can do from a firmware on.
#[derive(Debug, PartialEq, Eq)]
pub struct Ability {
    /// The first firmware.
    pub from: Firmware,
    /// The lowest version that it accepts.
    pub lowest: Protocol,
    /// The highest version that it speaks.
    pub highest: Protocol,
    /// The highest version over UDP.
    pub highest_datagram: Protocol,
    /// What it offers, in order, by OpenSSL's names.
    pub offers: &'static [&'static str],
    /// How well this is known.
    pub certainty: Certainty,
}

impl Family {
    /// What it can do with a firmware; the first row where the firmware is older than any.
    pub fn ability(&self, firmware: Firmware) -> Option<&'static Ability> {
        self.abilities.iter().rev().find(|ability| ability.from <= firmware).or(self.abilities.first())
    }

    /// What it can do with a firmware that is not known: only where it never changed.
    pub fn only_ability(&self) -> Option<&'static Ability> {
        match self.abilities {
            [only] => Some(only),
            _ => None,
        }
    }
}

const AES_SHA: &[&str] = &["AES256-SHA", "AES128-SHA"];
const CURVES: &[&str] = &[
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "AES256-SHA",
    "AES128-SHA",
    "DES-CBC3-SHA",
];

const OLD: &[Ability] = &[old(Certainty::Documented)];
const MIDDLE: &[Ability] = &[old(Certainty::Inferred)];
/// Desk phones of the 78xx series.
const NEW_78: &[Ability] = &[
    old(Certainty::Unsure),
    new([10, 3, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls10, Certainty::Unsure),
    new([12, 0, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls10, Certainty::Inferred),
    new([14, 0, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls12, Certainty::Inferred),
    new([14, 3, 1, 3], Protocol::Tls12, Protocol::Tls12, Protocol::Dtls12, Certainty::Unsure),
];
/// Desk phones of the 88xx series.
const NEW_88: &[Ability] = &[
    old(Certainty::Unsure),
    new([10, 3, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls10, Certainty::Inferred),
    new([14, 0, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls12, Certainty::Inferred),
    new([14, 3, 1, 3], Protocol::Tls12, Protocol::Tls12, Protocol::Dtls12, Certainty::Unsure),
];
/// Conference phones. From 14.4(1) on their lowest version holds for DTLS as well.
const CONFERENCE: &[Ability] = &[
    new([0, 0, 0, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls10, Certainty::Inferred),
    new([14, 0, 1, 0], Protocol::Tls10, Protocol::Tls12, Protocol::Dtls12, Certainty::Inferred),
    new([14, 3, 1, 3], Protocol::Tls12, Protocol::Tls12, Protocol::Dtls12, Certainty::Unsure),
    new([14, 4, 1, 0], Protocol::Tls12, Protocol::Tls13, Protocol::Dtls12, Certainty::Unsure),
];

const fn old(certainty: Certainty) -> Ability {
    Ability {
        from: [0, 0, 0, 0],
        lowest: Protocol::Tls10,
        highest: Protocol::Tls10,
        highest_datagram: Protocol::Dtls10,
        offers: AES_SHA,
        certainty,
    }
}

const fn new(
    from: Firmware,
    lowest: Protocol,
    highest: Protocol,
    highest_datagram: Protocol,
    certainty: Certainty,
) -> Ability {
    Ability { from, lowest, highest, highest_datagram, offers: CURVES, certainty }
}

/// Every family whose abilities are known, the oldest first.
pub const ALL: &[Family] = &[
    Family {
        loads: &["41.", "42.", "45.", "70.", "75."],
        models: &["794", "796", "797"],
        name: "79xx",
        abilities: OLD,
    },
    Family {
        loads: &["894", "8961", "9951", "9971"],
        models: &["894", "8961", "9951", "9971"],
        name: "89xx/99xx",
        abilities: MIDDLE,
    },
    // Before the series whose numbers theirs begin with.
    Family { loads: &["7832", "8832"], models: &["7832", "8832"], name: "7832/8832", abilities: CONFERENCE },
    Family { loads: &["78xx"], models: &["78"], name: "78xx", abilities: NEW_78 },
    Family { loads: &["88xx", "8845_65", "8821"], models: &["88"], name: "88xx", abilities: NEW_88 },
];

/// The family of a load; `None` where its abilities are not known.
pub fn of_load(load: &str) -> Option<&'static Family> {
    let load = load.trim().to_ascii_lowercase();
    let rest = load.strip_prefix("sip").or_else(|| load.strip_prefix("sccp"))?;
    ALL.iter().find(|family| family.loads.iter().any(|start| rest.starts_with(start)))
}

/// The family of a model: `7962`, `CP-7962G`, `CP-8851-SEP001122334455`.
pub fn of_model(model: &str) -> Option<&'static Family> {
    let model = model.trim();
    let digits = model.strip_prefix("CP-").or_else(|| model.strip_prefix("cp-")).unwrap_or(model);
    let number = digits.get(..4).filter(|number| number.bytes().all(|digit| digit.is_ascii_digit()))?;
    // Four digits, not the first four of a longer number.
    if digits.get(4..)?.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    ALL.iter().find(|family| family.models.iter().any(|start| number.starts_with(start)))
}

/// The firmware in a load; `None` where no version can be read.
pub fn firmware(load: &str) -> Option<Firmware> {
    let (_, version) = load.trim().split_once('.')?;
    let mut words = version.split(['-', '.', '_']);
    let major = words.next()?.parse().ok()?;
    let minor = words.next()?.parse().ok()?;
    let third = words.next()?.to_ascii_uppercase();
    let (maintenance, service) = third.split_once("SR").unwrap_or((&third, "0"));
    let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
    Some([major, minor, digits(maintenance).parse().ok()?, digits(service).parse().unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_and_models_tell_the_family() {
        for (load, family) in [
            ("SIP45.9-4-2SR3-1S", Some("79xx")),
            ("SCCP75.9-3-1SR4-1S", Some("79xx")),
            ("sip88xx.12-5-1SR2-2", Some("88xx")),
            ("sip8845_65.14-2-1", Some("88xx")),
            ("sip78xx.12-5-1SR2-2", Some("78xx")),
            ("sip9971.9-4-2", Some("89xx/99xx")),
            ("sip8832.14-4-1-0001", Some("7832/8832")),
            ("sip3905.9-4-1", None),
            ("", None),
        ] {
            assert_eq!(of_load(load).map(|family| family.name), family, "{load}");
        }
        for (model, family) in [
            ("CP-7962G-SEP001122334455", Some("79xx")),
            ("8851", Some("88xx")),
            ("CP-7821", Some("78xx")),
            ("CP-7832", Some("7832/8832")),
            ("88511", None),
            ("äöü", None),
        ] {
            assert_eq!(of_model(model).map(|family| family.name), family, "{model}");
        }
    }

    #[test]
    fn firmware_is_compared_by_its_numbers() {
        for (load, expected) in [
            ("sip88xx.14-3-1SR3-2", Some([14, 3, 1, 3])),
            ("SIP45.9-4-2SR3-1S", Some([9, 4, 2, 3])),
            ("sip88xx.10-3-1-20", Some([10, 3, 1, 0])),
            ("sip88xx.12-5-1ES4", Some([12, 5, 1, 0])),
            ("sip88xx", None),
        ] {
            assert_eq!(firmware(load), expected, "{load}");
        }
    }

    #[test]
    fn abilities_grow_with_the_firmware() {
        let family = of_load("sip88xx.14-0-1").unwrap();
        let at = |load: &str| family.ability(firmware(load).unwrap()).unwrap();
        assert_eq!(at("sip88xx.10-2-1").highest, Protocol::Tls10);
        assert_eq!(at("sip88xx.12-5-1SR2-2").highest_datagram, Protocol::Dtls10);
        assert_eq!(at("sip88xx.14-0-1-1").highest_datagram, Protocol::Dtls12);
        assert_eq!(at("sip88xx.14-3-1SR2").lowest, Protocol::Tls10);
        assert_eq!(at("sip88xx.14-3-1SR3").lowest, Protocol::Tls12);
        assert_eq!(at("sip88xx.14-4-1").highest, Protocol::Tls12, "the desk phones' notes have no TLS 1.3");
        let conference = of_load("sip8832.14-4-1").unwrap();
        assert_eq!(conference.ability(firmware("sip8832.14-4-1").unwrap()).unwrap().highest, Protocol::Tls13);
    }
}
