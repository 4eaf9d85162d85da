//! What is an ASA licensed for?
//!
//! ```text
//! AnyConnect for Cisco VPN Phone    : Disabled       perpetual
//! ```
//! Witness: the licence lines of `show version` that are in effect; of a failover pair those of the cluster.
//!
//! Sources: Cisco 116162, "Licenses"; ASA command reference, `show version`.

use crate::documents::asa_version::{AsaVersion, Licence, LicenceBlock};
use crate::facts::{Documents, In};
use crate::source::{Place, Stated};
use crate::tables::licence_features::Feature;

/// The licences that one output prints.
#[derive(Clone, Copy, Debug)]
pub struct AsaLicences<'a> {
    output: In<'a, AsaVersion>,
}

/// One licence line.
#[derive(Clone, Debug)]
pub struct LicenceLine<'a> {
    licence: &'a Licence,
    /// The line.
    pub place: Place,
}

/// Every output of the case.
pub fn of<'a>(documents: &Documents<'a>) -> impl Iterator<Item = AsaLicences<'a>> {
    documents.asa_versions.iter().map(|output| AsaLicences { output: *output })
}

impl<'a> AsaLicences<'a> {
    /// The input that holds it.
    pub fn input(&self) -> u32 {
        self.output.input
    }

    /// The line of a licence; `None` where it is not printed, as in an output that is cut.
    pub fn line(&self, feature: Feature) -> Option<LicenceLine<'a>> {
        let licence = self.output.document.licence(feature)?;
        Some(LicenceLine { licence, place: self.output.place(&licence.name.at) })
    }

    /// True where licences come from an account, and their numbers say nothing.
    pub fn is_smart(&self) -> bool {
        self.output.document.smart.is_some()
    }

    /// The hardware and the release, where both are printed.
    pub fn hardware_and_release(&self) -> Option<(&'a str, &'a str)> {
        let document = self.output.document;
        Some((document.hardware.as_ref()?.value.as_str(), document.version.as_ref()?.value.as_str()))
    }

    /// The platform itself says that it has no licence: `ASAv Platform License State: Unlicensed`.
    pub fn unlicensed_platform(&self) -> Option<Stated<String>> {
        let state = self.output.document.licence_state.as_ref()?;
        state.value.eq_ignore_ascii_case("unlicensed").then(|| self.output.stated(state))
    }
}

impl<'a> LicenceLine<'a> {
    /// Its name as printed.
    pub fn name(&self) -> &'a str {
        &self.licence.name.value
    }

    /// `Enabled`, `Disabled` or a number, as printed.
    pub fn value(&self) -> &'a str {
        &self.licence.value
    }

    /// True for `Enabled`, false for `Disabled`, nothing for any other value.
    pub fn is_enabled(&self) -> Option<bool> {
        self.licence.enabled()
    }

    /// The number of sessions, where the value is one.
    pub fn number(&self) -> Option<u32> {
        self.licence.number()
    }

    /// Days left of a time-based licence.
    pub fn days_left(&self) -> Option<u32> {
        self.licence.days_left
    }

    /// The line is the failover cluster's.
    pub fn of_cluster(&self) -> bool {
        self.licence.block == LicenceBlock::FailoverCluster
    }
}
