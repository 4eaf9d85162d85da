//! Which release does the ASA run?
//!
//! ```text
//! Cisco Adaptive Security Appliance Software Version 9.12(4)67     show version
//! ASA Version 9.12(4)67                                            the configuration
//! ```
//!
//! Witnesses, strongest first: `show version`, which tells what runs now; then the configuration, which names the
//! release that wrote it and may be an old backup. Empty means that no document names a release that can be read.
//!
//! A release is `major.minor(maintenance)interim`: 9.5(2)204 comes after 9.5(2) and before 9.5(3).
//!
//! Sources: the ASA release notes for how releases are counted; recorded outputs of 8.0 to 9.16.

use std::fmt;

use crate::documents::asa_config::AsaConfig;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::{Documents, In};
use crate::source::{Located, Place};

/// A release that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// 9 in `9.12(4)67`.
    pub major: u32,
    /// 12 in `9.12(4)67`.
    pub minor: u32,
    /// 4 in `9.12(4)67`.
    pub maintenance: u32,
    /// 67 in `9.12(4)67`; 0 where there is none.
    pub interim: u32,
}

impl Release {
    /// A release without an interim, as release notes name it: `at(9, 4, 1)` is 9.4(1).
    pub const fn at(major: u32, minor: u32, maintenance: u32) -> Self {
        Self { major, minor, maintenance, interim: 0 }
    }

    /// Reads `9.12(4)67`, `9.4(1)`, `9.1`, and `9.8.4.10` as names of images spell it.
    pub fn parse(printed: &str) -> Option<Self> {
        let printed = printed.trim();
        if !printed.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        // What follows a blank or `<context>` is not part of the number.
        let end = printed.find(|sign: char| !(sign.is_ascii_digit() || ".()".contains(sign)));
        let number = end.and_then(|end| printed.get(..end)).unwrap_or(printed);
        let mut parts = number.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
        let mut next = || parts.next().map(str::parse::<u32>);
        let (major, minor) = (next()?.ok()?, next()?.ok()?);
        let mut rest = || next().map_or(Some(0), Result::ok);
        Some(Self { major, minor, maintenance: rest()?, interim: rest()? })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, maintenance, interim } = self;
        write!(f, "{major}.{minor}({maintenance})")?;
        if *interim > 0 { write!(f, "{interim}") } else { Ok(()) }
    }
}

/// A release and the line that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsaRelease {
    /// To compare.
    pub release: Release,
    /// As the device printed it.
    pub printed: String,
    /// The line, and the input that holds it.
    pub place: Place,
    /// What told it.
    pub witness: Witness,
}

/// What tells a release, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// `show version`: it runs now.
    ShowVersion,
    /// `ASA Version` in a configuration: it wrote that configuration.
    Configuration,
}

/// Every release that a document names, the strongest witness first.
pub fn of(documents: &Documents<'_>) -> Vec<AsaRelease> {
    let versions = documents.asa_versions.iter().filter_map(|version| {
        let seen = version.document.version.as_ref()?;
        release(seen, version.place(&seen.at), Witness::ShowVersion)
    });
    let configs = documents.asa_configs.iter().filter_map(|config| of_config_itself(*config));
    versions.chain(configs).collect()
}

/// The release that an ASA's configurations name first.
pub fn of_device(device: &AsaDevice<'_>) -> Option<Release> {
    let printed = device.configs.iter().find_map(|config| config.document.version.as_ref());
    printed.and_then(|seen| Release::parse(&seen.value))
}

/// The release of the case's ASA, where the strongest witnesses agree: else there is more than one ASA.
pub fn agreed(releases: &[AsaRelease]) -> Option<&AsaRelease> {
    let first = releases.first()?;
    let mut equals = releases.iter().filter(|other| other.witness == first.witness);
    equals.all(|other| other.release == first.release).then_some(first)
}

/// The release that wrote a configuration; where it names none, the one that all others tell.
pub fn of_config(documents: &Documents<'_>, config: In<'_, AsaConfig>) -> Option<AsaRelease> {
    of_config_itself(config).or_else(|| {
        let all = of(documents);
        let first = all.first()?;
        all.iter().all(|other| other.release == first.release).then(|| first.clone())
    })
}

fn of_config_itself(config: In<'_, AsaConfig>) -> Option<AsaRelease> {
    let seen = config.document.version.as_ref()?;
    release(seen, config.place(&seen.at), Witness::Configuration)
}

fn release(seen: &Located<String>, place: Place, witness: Witness) -> Option<AsaRelease> {
    Some(AsaRelease { release: Release::parse(&seen.value)?, printed: seen.value.clone(), place, witness })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    #[test]
    fn releases_are_read_and_compared() {
        for (printed, release, shown) in [
            ("9.12(4)67", Some((9, 12, 4, 67)), "9.12(4)67"),
            ("9.5(2)204 <context>", Some((9, 5, 2, 204)), "9.5(2)204"),
            ("8.0(5)", Some((8, 0, 5, 0)), "8.0(5)"),
            ("9.8.4.10", Some((9, 8, 4, 10)), "9.8(4)10"),
            ("9.1", Some((9, 1, 0, 0)), "9.1(0)"),
            ("9", None, ""),
            ("nine", None, ""),
            ("99999999999.1(1)", None, ""),
            ("9.1(99999999999)", None, ""),
            ("", None, ""),
        ] {
            let read = Release::parse(printed);
            let numbers = read.map(|r| (r.major, r.minor, r.maintenance, r.interim));
            assert_eq!(numbers, release, "{printed}");
            assert_eq!(read.map(|r| r.to_string()).unwrap_or_default(), shown);
        }
        let at = |printed: &str| Release::parse(printed).unwrap();
        assert!(at("9.10(1)") > at("9.9(2)32") && at("9.4(1)") == Release::at(9, 4, 1));
        assert!(at("9.5(2)") < at("9.5(2)204") && at("9.5(2)204") < at("9.5(3)"));
    }

    const VERSION: &str = "Cisco Adaptive Security Appliance Software Version 9.16(2) \n";
    const OLDER: &str = "ASA Version 9.1(1)\nhostname asa\nwebvpn\n enable outside\n";
    const EXCERPT: &str = "ssl trust-point PHONES outside\nwebvpn\n enable outside\n";

    #[test]
    fn what_runs_now_comes_first_and_a_configuration_speaks_for_itself() {
        let read = readings(&[("a", OLDER), ("b", EXCERPT), ("c", VERSION)]);
        let documents = Documents::of(&read);
        let told: Vec<_> = of(&documents).into_iter().map(|told| (told.printed, told.place.input)).collect();
        assert_eq!(told, [("9.16(2)".to_owned(), 2), ("9.1(1)".to_owned(), 0)]);
        let of_config = |index: usize| of_config(&documents, documents.asa_configs[index]);
        assert_eq!(of_config(0).unwrap().release, Release::at(9, 1, 1));
        assert_eq!(of_config(1), None, "two devices may be in the case");
        assert_eq!(agreed(&of(&documents)).unwrap().release, Release::at(9, 16, 2));
    }

    #[test]
    fn two_devices_have_no_one_release() {
        let other = VERSION.replace("9.16(2)", "9.8(4)");
        let read = readings(&[("a", VERSION), ("b", &other)]);
        assert_eq!(agreed(&of(&Documents::of(&read))), None);
    }

    #[test]
    fn an_excerpt_takes_the_release_that_all_others_tell() {
        let read = readings(&[("b", EXCERPT), ("c", VERSION)]);
        let documents = Documents::of(&read);
        let told = of_config(&documents, documents.asa_configs[0]).unwrap();
        assert_eq!((told.release, told.place.input, told.place.at.line), (Release::at(9, 16, 2), 1, 1));
    }
}
