//! Which phones are in the case, and what each was told?
//!
//! Witnesses: configuration files. A signed file's header names the device and the time of signing for the
//! clear text inside it.

use crate::documents::phone_config::{Form, PhoneConfig, VpnGroup};
use crate::documents::signed_file::SignedFile;
use crate::facts::{Documents, In};
use crate::observe::Log;
use crate::source::{At, Located, Place, Searched, Stated};
use crate::tables::config_blocks::Block;

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

    /// The lines of its configuration.
    pub fn searched(&self) -> Searched {
        Searched::lines(self.config.input, self.config.document.lines)
    }

    /// True where what is not in its configuration is really absent.
    pub fn is_whole(&self) -> bool {
        self.config.document.complete
    }

    /// Its firmware.
    pub fn load(&self) -> Option<Stated<String>> {
        self.config.document.load.as_ref().map(|load| self.config.stated(load))
    }

    /// Seconds since 1970 at which its file was made, where that stands, and the part of the line that says so: the time
    /// of the signature, else the beginning of `versionStamp`.
    pub fn made(&self) -> Option<(i64, Place, String)> {
        if let Some(signed) = self.signed
            && let Some(seconds) = signed.document.signed_at
        {
            return Some((i64::from(seconds), signed.place(&At::byte(0)), String::new()));
        }
        let stamp = self.config.document.version_stamp.as_ref()?;
        let seconds = stamp.value.trim().split('-').next()?;
        Some((seconds.parse::<u32>().ok()?.into(), self.config.place(&stamp.at), seconds.to_owned()))
    }

    /// True for the `<flat-profile>` of multiplatform firmware.
    pub fn is_multiplatform(&self) -> bool {
        self.config.document.form == Form::MultiPlatform
    }

    /// `encrConfig` where it is on.
    pub fn encryption(&self) -> Option<Stated<String>> {
        let on = self.config.document.encrypted.as_ref().filter(|setting| is_on(&setting.value));
        on.map(|setting| self.config.stated(setting))
    }

    /// True for the short clear file that CUCM puts beside an encrypted one. It never holds `<vpnGroup>`, so its absence
    /// there shows nothing.
    pub fn is_stub(&self) -> bool {
        self.encryption().is_some() && self.vpn_group().is_none()
    }

    /// Where a `<vpnGroup>` stands in a comment.
    pub fn commented_vpn_group(&self) -> Option<Place> {
        self.config.document.commented_vpn_group.as_ref().map(|at| self.config.place(at))
    }

    /// `ipAddressMode`: 0 IPv4, 1 IPv6, 2 both.
    pub fn ip_address_mode(&self) -> Option<Stated<String>> {
        self.config.document.ip_address_mode.as_ref().map(|mode| self.config.stated(mode))
    }

    /// `disableTLSCiphers`.
    pub fn disabled_ciphers(&self) -> Option<&'a str> {
        self.config.document.disabled_tls_ciphers.as_ref().map(|setting| setting.value.as_str())
    }

    /// `webAccess` of the block that wins.
    pub fn web_access(&self) -> Option<WebAccess> {
        let all = &self.config.document.web_access;
        let (block, winner) = PhoneConfig::winning(all)?;
        let is_disabled = |setting: &Located<String>| setting.value.trim() == WEB_ACCESS_DISABLED;
        Some(WebAccess {
            block: *block,
            setting: self.config.stated(winner),
            is_disabled: is_disabled(winner),
            all_disabled: all.iter().all(|(_, setting)| is_disabled(setting)),
        })
    }

    /// A setting of `<vpnGroup>` by its element: `mtu`, `failConnectTime`, `authMethod`, `autoNetDetect`.
    pub fn vpn_setting(&self, element: &str) -> Option<Stated<String>> {
        let group = self.vpn_group()?;
        let setting = match element {
            "mtu" => group.mtu.as_ref(),
            "failConnectTime" => group.fail_connect_time.as_ref(),
            "authMethod" => group.auth_method.as_ref(),
            "autoNetDetect" => group.auto_network_detect.as_ref(),
            _ => None,
        };
        setting.map(|setting| self.config.stated(setting))
    }

    /// The lines of its VPN settings.
    pub fn vpn_group_searched(&self) -> Searched {
        let lines = self.vpn_group().map(|group| format!("lines {}-{}", group.at.line, group.last_line));
        Searched { input: self.config.input, what: lines.unwrap_or_default() }
    }

    /// True where nothing of its VPN settings was cut off.
    pub fn has_whole_vpn_group(&self) -> bool {
        self.vpn_group().is_some_and(|group| group.complete)
    }

    /// The URLs that it may dial, by their numbers.
    pub fn urls(&self) -> &'a [(u32, Located<String>)] {
        self.vpn_group().map(|group| group.urls.as_slice()).unwrap_or_default()
    }

    /// The hashes that it trusts, by their numbers.
    pub fn cert_hashes(&self) -> &'a [(u32, Located<String>)] {
        self.vpn_group().map(|group| group.cert_hashes.as_slice()).unwrap_or_default()
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

/// `webAccess` of a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAccess {
    /// The block that wins.
    pub block: Block,
    /// Its setting.
    pub setting: Stated<String>,
    /// It switches the phone's page off.
    pub is_disabled: bool,
    /// Every other block that has the setting does so, too.
    pub all_disabled: bool,
}

/// The value of `webAccess` that switches the page off.
const WEB_ACCESS_DISABLED: &str = "1";

/// True for `1` and `true`, as CUCM and hand-made files write a setting that is on.
pub fn is_on(value: &str) -> bool {
    let value = value.trim();
    value == "1" || value.eq_ignore_ascii_case("true")
}

/// The phone that wrote a log: as it names itself, or the only one in the case.
pub fn of_log(log: &Log<'_>, phones: &[Phone<'_>]) -> String {
    if let Some(device) = log.phone {
        return device.value.clone();
    }
    match phones {
        [only] => only.config.document.device.as_ref().map(|device| device.value.clone()).unwrap_or_default(),
        _ => String::new(),
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
