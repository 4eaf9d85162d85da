//! How is a tunnel group configured?
//!
//! ```text
//! tunnel-group PHONES webvpn-attributes
//!  authentication certificate
//!  group-url https://vpn.example.com/Phones enable
//! ```
//! Witness: the lines of one configuration. Two outputs of one ASA may each hold a part of a group, so a group of one
//! name may come several times for one device.
//!
//! Sources: ASA command reference, `tunnel-group`; Cisco 115785.

use crate::documents::asa_config::{AsaConfig, TunnelGroup};
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::source::{Located, Place, Searched, Stated};

/// What one configuration says of a tunnel group.
#[derive(Clone, Copy, Debug)]
pub struct TunnelGroupLines<'a> {
    config: In<'a, AsaConfig>,
    group: &'a TunnelGroup,
}

/// What a tunnel group asks of whoever logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// `aaa`, `certificate` or `multiple-certificate`, or `aaa` and one of these.
    pub asks: String,
    /// The line; `None` where it is the default, and the line would have been shown.
    pub line: Option<Place>,
}

impl Authentication {
    /// It asks for a certificate.
    pub fn by_certificate(&self) -> bool {
        self.asks.contains("certificate")
    }

    /// It asks for several certificates of one client.
    pub fn by_several_certificates(&self) -> bool {
        self.asks.split_ascii_whitespace().any(|word| word == "multiple-certificate")
    }

    /// It asks for a password.
    pub fn by_password(&self) -> bool {
        self.asks.contains("aaa")
    }
}

/// Every tunnel group of an ASA.
pub fn of_device<'a>(device: &AsaDevice<'a>) -> impl Iterator<Item = TunnelGroupLines<'a>> {
    device.tunnel_groups().map(|(config, group)| TunnelGroupLines { config, group })
}

/// The tunnel groups of a name.
pub fn named<'a>(device: &AsaDevice<'a>, name: &str) -> impl Iterator<Item = TunnelGroupLines<'a>> {
    of_device(device).filter(move |lines| lines.name() == name)
}

impl<'a> TunnelGroupLines<'a> {
    /// Its lines in a configuration.
    pub(super) const fn new(config: In<'a, AsaConfig>, group: &'a TunnelGroup) -> Self {
        Self { config, group }
    }

    /// The configuration that holds it.
    pub(super) const fn config(&self) -> &'a AsaConfig {
        self.config.document
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        &self.group.name.value
    }

    /// Its first line.
    pub fn place(&self) -> Place {
        self.config.place(&self.group.name.at)
    }

    /// The lines of its configuration.
    pub fn searched(&self) -> Searched {
        self.config.searched()
    }

    /// `group-url`, the enabled and the disabled.
    pub fn group_urls(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.group.group_urls.iter().map(|(url, _)| url.value.as_str())
    }

    /// True where somebody may come here by a URL.
    pub fn has_enabled_url(&self) -> bool {
        self.group.group_urls.iter().any(|(_, enabled)| *enabled)
    }

    /// The pools that it names.
    pub fn address_pools(&self) -> impl Iterator<Item = Stated<String>> {
        self.group.address_pools.iter().map(|pool| self.config.stated(pool))
    }

    /// True where a DHCP server gives the addresses.
    pub fn has_dhcp_server(&self) -> bool {
        !self.group.dhcp_servers.is_empty()
    }

    /// What it asks for: the line, or the default `aaa` where the line would have been seen.
    pub fn authentication(&self) -> Option<Authentication> {
        match &self.group.authentication {
            Some(line) => {
                Some(Authentication { asks: line.value.clone(), line: Some(self.config.place(&line.at)) })
            }
            None if self.config.document.scope.covers("tunnel-group") => {
                Some(Authentication { asks: "aaa".to_owned(), line: None })
            }
            None => None,
        }
    }

    /// `authentication saml`: whoever logs in is sent to a web page.
    pub fn saml(&self) -> Option<Stated<String>> {
        self.stated(self.group.authentication.as_ref()).filter(|line| line.value.contains("saml"))
    }

    /// `authentication-server-group`: who is asked for the password.
    pub fn authentication_servers(&self) -> Option<Stated<String>> {
        self.stated(self.group.authentication_server_group.as_ref())
    }

    /// `secondary-authentication-server-group` that is not `none`: who is asked for a second password.
    pub fn second_authentication(&self) -> Option<Stated<String>> {
        self.stated(self.group.secondary_authentication_server_group.as_ref())
            .filter(|line| line.value != "none")
    }

    /// `username-from-certificate`: the fields of a certificate that hold the user.
    pub fn username_fields(&self) -> Option<Stated<String>> {
        self.stated(self.group.username_from_certificate.as_ref())
    }

    /// `authorization-server-group`: who is asked for the user.
    pub fn authorization_servers(&self) -> Option<Stated<String>> {
        self.stated(self.group.authorization_server_group.as_ref())
    }

    /// `authorization-required` where it is on.
    pub fn requires_authorization(&self) -> Option<Place> {
        self.switched_on(self.group.authorization_required.as_ref())
    }

    /// `without-csd` where it is on.
    pub fn without_csd(&self) -> Option<Place> {
        self.switched_on(self.group.without_csd.as_ref())
    }

    /// True where a RADIUS or LDAP server is asked, which may answer with an address.
    pub fn asks_server(&self) -> bool {
        [&self.group.authentication_server_group, &self.group.authorization_server_group]
            .into_iter()
            .flatten()
            .any(|seen| {
                seen.value.split_ascii_whitespace().any(|word| word != "LOCAL" && !word.starts_with('('))
            })
    }

    fn switched_on(&self, switch: Option<&Located<bool>>) -> Option<Place> {
        switch.filter(|switch| switch.value).map(|switch| self.config.place(&switch.at))
    }

    fn stated(&self, located: Option<&Located<String>>) -> Option<Stated<String>> {
        located.map(|located| self.config.stated(located))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Documents, asa_devices};
    use crate::testing::readings;

    #[test]
    fn what_a_group_asks_for_is_its_line_or_the_default_of_a_whole_configuration() {
        let head = "tunnel-group PHONES type remote-access\ntunnel-group PHONES webvpn-attributes\n";
        let whole = |lines: &str| format!("ASA Version 9.8(4)\nhostname asa\n{head}{lines}: end\n");
        for (text, wanted) in [
            (format!("{head} authentication certificate\n"), Some(("certificate".to_owned(), true))),
            (whole(" authentication aaa certificate\n"), Some(("aaa certificate".to_owned(), true))),
            (whole(" group-url https://vpn.example.com/Phones enable\n"), Some(("aaa".to_owned(), false))),
            (format!("{head} group-url https://vpn.example.com/Phones enable\n"), None),
        ] {
            let read = readings(&[("asa.cfg", &text)]);
            let devices = asa_devices::of(&Documents::of(&read));
            let asked = named(&devices[0], "PHONES").find_map(|group| group.authentication());
            assert_eq!(asked.map(|asked| (asked.asks, asked.line.is_some())), wanted, "{text}");
        }
    }
}
