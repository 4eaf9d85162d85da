//! Does a phone log in with a certificate?
//!
//! Fleets are mixed: while certificates are brought in, some phones still ask for a password. So the answer is a
//! phone's own. Witnesses, the strongest first: the certificate that the ASA received from it; `authMethod` of its
//! configuration; `authentication` of the tunnel group that its URL leads to, or that it logged in to. A phone of which
//! nothing of that is known does what all others do, where they all do the same.
//!
//! Sources: Cisco 116162, certificate authentication; CUCM feature configuration guide, VPN profile; ASA command
//! reference, `authentication` of a tunnel group.

use std::collections::BTreeMap;

use crate::documents::asa_config::TunnelGroup;
use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::client_certificates::{ClientCertificate, Witness, device};
use crate::facts::dialled_asa::Lead;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::of_phone::{of_phone, places};
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::phones::Phone;
use crate::url::GatewayUrl;

/// The answer for each phone, and what they have in common.
#[derive(Clone, Debug, Default)]
pub struct LoginMethods {
    by_phone: BTreeMap<String, bool>,
    any: Option<bool>,
    agreed: Option<bool>,
}

impl LoginMethods {
    /// True for a phone that logs in with a certificate, false for one that does not; `None` where nothing tells. Takes
    /// `SEP001122334455` as well as `CP-8851-SEP001122334455`.
    pub fn of_phone(&self, name: &str) -> Option<bool> {
        self.by_phone.get(&key(name)).copied().or(self.agreed)
    }

    /// True where some phone logs in with a certificate, false where all that are known do not.
    pub fn any(&self) -> Option<bool> {
        self.any
    }
}

/// What the answer is worked out from.
#[derive(Clone, Copy)]
pub struct Witnesses<'c, 'a> {
    /// The documents.
    pub documents: &'c Documents<'a>,
    /// The phones.
    pub phones: &'c [Phone<'a>],
    /// The ASAs.
    pub devices: &'c [AsaDevice<'a>],
    /// The urls that the phones dial.
    pub urls: &'c [PhoneUrl<'a>],
    /// Where they lead.
    pub leads: &'c [Lead],
    /// The phones' tunnel groups and logins.
    pub groups: &'c PhoneGroups,
    /// The certificates that they log in with.
    pub certificates: &'c [ClientCertificate],
}

/// Hears the witnesses.
pub fn of(from: Witnesses<'_, '_>) -> LoginMethods {
    let mut by_phone: BTreeMap<String, bool> = BTreeMap::new();
    for one in from.certificates.iter().filter(|one| one.witness == Witness::AsaLog) {
        by_phone.insert(key(&one.name), true);
    }
    for (index, phone) in from.phones.iter().enumerate() {
        let Some(group) = phone.vpn_group() else { continue };
        let own = group.auth_method.as_ref().map(|method| method.value.trim() == "2");
        if let Some(method) = own.or_else(|| by_url(from, index)) {
            by_phone.entry(key(&phone.name(from.documents))).or_insert(method);
        }
    }
    let configured = || from.devices.iter().flat_map(AsaDevice::tunnel_groups).map(|(_, group)| group);
    for (user, login) in &from.groups.logins {
        let Some((name, _)) = &login.tunnel_group else { continue };
        let method = configured().filter(|group| group.name.value == *name).find_map(asks);
        if let Some(method) = method {
            by_phone.entry(key(user)).or_insert(method);
        }
    }
    let sure = |group: &&TunnelGroup| from.groups.group(&group.name.value).is_some_and(|one| one.is_sure());
    let of_groups = configured().filter(sure).filter_map(asks);
    let all: Vec<bool> = by_phone.values().copied().chain(of_groups).collect();
    let any = all.iter().copied().reduce(|one, other| one || other);
    let same = all.iter().all(|one| Some(one) == all.first());
    LoginMethods { by_phone, any, agreed: any.filter(|_| same) }
}

/// The tunnel groups that a phone's urls lead to, where they all ask for the same.
fn by_url(from: Witnesses<'_, '_>, phone: usize) -> Option<bool> {
    let leads = from.leads.get(places(from.urls, phone)).unwrap_or_default();
    let mut told: Vec<bool> = Vec::new();
    for (url, lead) in of_phone(from.urls, phone).iter().zip(leads) {
        let (Some(dialled), Lead::Here(places)) = (&url.url, lead) else { continue };
        let devices = places.iter().filter_map(|place| from.devices.get(*place));
        let groups = devices.flat_map(AsaDevice::tunnel_groups).map(|(_, group)| group);
        let meant = groups.filter(|group| {
            let mut urls = group.group_urls.iter().filter_map(|(url, _)| GatewayUrl::parse(&url.value));
            urls.any(|own| own.host.eq_ignore_ascii_case(dialled.host) && own.path == dialled.path)
        });
        told.extend(meant.filter_map(asks));
    }
    let first = told.first().copied()?;
    told.iter().all(|one| *one == first).then_some(first)
}

fn asks(group: &TunnelGroup) -> Option<bool> {
    group.authentication.as_ref().map(|line| line.value.contains("certificate"))
}

fn key(name: &str) -> String {
    device(name).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn methods_of(files: &[(&str, &str)], phone: &str) -> (Option<bool>, Option<bool>) {
        let (readings, said) = (readings(files), Said::new());
        let case = Case::of(&readings, &said, now());
        (case.login_methods.of_phone(phone), case.login_methods.any())
    }

    fn phone(method: &str, path: &str) -> String {
        let method =
            if method.is_empty() { String::new() } else { format!("<authMethod>{method}</authMethod>") };
        format!(
            "<device><vpnGroup>{method}<addresses><url1>https://vpn.example.com/{path}</url1></addresses></vpnGroup><loadInformation/></device>"
        )
    }

    const ASA: &str = "ASA Version 9.1(1)\nhostname a\nwebvpn\n enable outside\n\
        tunnel-group CERT webvpn-attributes\n authentication certificate\n group-url https://vpn.example.com/cert enable\n\
        tunnel-group PASS webvpn-attributes\n authentication aaa\n group-url https://vpn.example.com/pass enable\n: end\n";

    #[test]
    fn each_phone_answers_for_itself() {
        let (certificate, password) = (phone("2", "x"), phone("0", "x"));
        let files =
            [("SEP0011223344AA.cnf.xml", certificate.as_str()), ("SEP0011223344BB.cnf.xml", &password)];
        assert_eq!(methods_of(&files, "CP-8851-SEP0011223344aa"), (Some(true), Some(true)));
        assert_eq!(methods_of(&files, "SEP0011223344BB"), (Some(false), Some(true)));
        assert_eq!(methods_of(&files, "SEP0011223344CC").0, None, "the others disagree");
        assert_eq!(methods_of(&files[..1], "SEP0011223344CC").0, Some(true), "all others do");
    }

    #[test]
    fn a_url_leads_to_a_group_and_a_log_shows_the_certificate() {
        let (one, other) = (phone("", "cert"), phone("", "pass"));
        let files = [
            ("asa.cfg", ASA),
            ("SEP0011223344AA.cnf.xml", one.as_str()),
            ("SEP0011223344BB.cnf.xml", other.as_str()),
        ];
        assert_eq!(methods_of(&files, "SEP0011223344AA").0, Some(true));
        assert_eq!(methods_of(&files, "SEP0011223344BB").0, Some(false));
        let log = "%ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A, subject name: cn=CP-8851-SEP0011223344BB,ou=CTG,o=Cisco Systems Inc..\n";
        assert_eq!(methods_of(&[files[0], files[2], ("log", log)], "SEP0011223344BB").0, Some(true));
    }
}
