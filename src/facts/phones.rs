//! Which phones are in the case, and what each was told?
//!
//! Witnesses: configuration files. A signed file's header names the device and the time of signing for the
//! clear text inside it.

use crate::facts::{Documents, In};
use crate::formats::phone_config::{Form, PhoneConfig, VpnGroup};
use crate::formats::signed_file::SignedFile;
use crate::source::Place;

/// One phone's configuration with its signature header.
#[derive(Clone, Copy, Debug)]
pub struct Phone<'a> {
    /// What it was told.
    pub config: In<'a, PhoneConfig>,
    /// Who signed that, where the file is signed.
    pub signed: Option<In<'a, SignedFile>>,
}

impl<'a> Phone<'a> {
    /// `SEP001122334455`, or the name of the file where nothing names the device.
    pub fn name(&self, documents: &Documents<'_>) -> String {
        if let Some(device) = &self.config.document.device {
            return device.value.clone();
        }
        let signed_name = self.signed.map(|signed| signed.document.file_name.clone()).unwrap_or_default();
        match signed_name.split('.').next() {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => documents.input(self.config.input).map(|input| input.name.clone()).unwrap_or_default(),
        }
    }

    /// Its VPN settings.
    pub fn vpn_group(&self) -> Option<&'a VpnGroup> {
        self.config.document.vpn_group.as_ref()
    }

    /// True for an enterprise phone's file or a piece of one, as opposed to `XMLDefault.cnf.xml` and
    /// multiplatform firmware.
    pub fn is_enterprise(&self) -> bool {
        matches!(self.config.document.form, Form::Device | Form::Fragment)
    }

    /// Where the VPN settings begin.
    pub fn vpn_group_place(&self) -> Option<Place> {
        self.vpn_group().map(|group| self.config.place(&group.at))
    }
}

/// Every phone configuration of the case.
pub fn of<'a>(documents: &Documents<'a>) -> Vec<Phone<'a>> {
    documents
        .phone_configs
        .iter()
        .map(|config| {
            let holder = documents.input(config.input).and_then(|input| input.inside);
            let signed = documents
                .signed_files
                .iter()
                .find(|signed| Some(signed.input) == holder || signed.input == config.input)
                .copied();
            Phone { config: *config, signed }
        })
        .collect()
}
