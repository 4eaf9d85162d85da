//! What does an ASA's `webvpn` block say?
//!
//! ```text
//! webvpn
//!  enable outside
//!  anyconnect image disk0:/anyconnect-win.pkg 1
//!  anyconnect enable
//! ```
//! Witness: the block of a configuration. What it does not say is off where the configuration would have shown it
//! ([`WebvpnBlock::is_whole`]), and not known elsewhere.
//!
//! Sources: ASA command reference, `webvpn`; Cisco 115785.

use crate::documents::asa_config::{AsaConfig, Webvpn};
use crate::facts::asa_devices::AsaDevice;
use crate::facts::{Documents, In};
use crate::source::{Located, Place, Searched, Stated};

/// The block of one configuration.
#[derive(Clone, Copy, Debug)]
pub struct WebvpnBlock<'a> {
    config: In<'a, AsaConfig>,
    block: &'a Webvpn,
}

/// The block of a configuration that has one.
pub fn of_config<'a>(config: &In<'a, AsaConfig>) -> Option<WebvpnBlock<'a>> {
    config.document.webvpn.as_ref().map(|block| WebvpnBlock { config: *config, block })
}

/// Every block of an ASA's configurations.
pub fn of_device<'a>(device: &AsaDevice<'a>) -> impl Iterator<Item = WebvpnBlock<'a>> {
    device.configs.iter().filter_map(of_config)
}

/// For each configuration of an ASA its lines, where they would show the block, and the block.
pub fn of_each_config<'a>(
    device: &AsaDevice<'a>,
) -> impl Iterator<Item = (Option<Searched>, Option<WebvpnBlock<'a>>)> {
    device.configs.iter().map(|config| {
        let whole = config.document.scope.covers("webvpn");
        (whole.then(|| config.searched()), of_config(config))
    })
}

/// Every block of the case.
pub fn of<'a>(documents: &Documents<'a>) -> impl Iterator<Item = WebvpnBlock<'a>> {
    documents.asa_configs.iter().filter_map(of_config)
}

impl WebvpnBlock<'_> {
    /// The input that holds it.
    pub fn input(&self) -> u32 {
        self.config.input
    }

    /// Where it begins.
    pub fn place(&self) -> Place {
        self.config.place(&self.block.at)
    }

    /// True where a line that is not in it is not set.
    pub fn is_whole(&self) -> bool {
        self.config.document.scope.covers("webvpn")
    }

    /// The lines of its configuration.
    pub fn searched(&self) -> Searched {
        self.config.searched()
    }

    /// `enable outside`: the interfaces on which it answers.
    pub fn interfaces(&self) -> Vec<Stated<String>> {
        self.block.enabled.iter().map(|interface| self.config.stated(interface)).collect()
    }

    /// `enable outside tls-only`: the interfaces on which it has no DTLS.
    pub fn tls_only(&self) -> Vec<Stated<String>> {
        self.block.tls_only.iter().map(|interface| self.config.stated(interface)).collect()
    }

    /// True where it answers on this interface.
    pub fn answers_on(&self, interface: &str) -> bool {
        self.block.enabled.iter().any(|known| known.value == interface)
    }

    /// `anyconnect enable`, up to 8.3 `svc enable`.
    pub fn client_service(&self) -> Option<Stated<bool>> {
        self.stated(self.block.anyconnect_enabled.as_ref())
    }

    /// `anyconnect image …`, up to 8.3 `svc image …`.
    pub fn has_image(&self) -> bool {
        !self.block.images.is_empty()
    }

    /// `csd enable`, from 9.5 on `hostscan enable`.
    pub fn secure_desktop(&self) -> Option<Stated<bool>> {
        self.stated(self.block.csd_enabled.as_ref())
    }

    /// `anyconnect-essentials`.
    pub fn essentials(&self) -> Option<Stated<bool>> {
        self.stated(self.block.essentials.as_ref())
    }

    /// `keepout "…"`: the text that shuts everybody out.
    pub fn keepout(&self) -> Option<Stated<String>> {
        self.stated(self.block.keepout.as_ref())
    }

    /// `port 8443`.
    pub fn port(&self) -> Option<Stated<String>> {
        self.stated(self.block.port.as_ref())
    }

    fn stated<T: Clone>(&self, located: Option<&Located<T>>) -> Option<Stated<T>> {
        located.map(|located| self.config.stated(located))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    /// Interfaces, client service, Secure Desktop, port, whole.
    type Block = (Vec<String>, Option<bool>, Option<bool>, Option<String>, bool);

    fn said(text: &str) -> Option<Block> {
        let read = readings(&[("asa.cfg", text)]);
        let documents = Documents::of(&read);
        let block = of(&documents).next()?;
        let interfaces = block.interfaces().into_iter().map(|interface| interface.value).collect();
        Some((
            interfaces,
            block.client_service().map(|seen| seen.value),
            block.secure_desktop().map(|seen| seen.value),
            block.port().map(|seen| seen.value),
            block.is_whole(),
        ))
    }

    #[test]
    fn a_block_says_what_is_on_what_is_off_and_what_it_leaves_open() {
        let outside = vec!["outside".to_owned()];
        for (text, wanted) in [
            (
                "webvpn\n enable outside\n port 8443\n svc enable\n",
                Some((outside.clone(), Some(true), None, Some("8443".to_owned()), false)),
            ),
            (
                "ASA Version 9.8(4)\nhostname asa\nwebvpn\n enable outside\n hostscan enable\n no anyconnect enable\n: end\n",
                Some((outside, Some(false), Some(true), None, true)),
            ),
            ("ssl trust-point PHONES outside\n", None),
        ] {
            assert_eq!(said(text), wanted, "{text}");
        }
    }
}
