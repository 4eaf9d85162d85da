//! What is known of each place on the way from a phone to CUCM, a few lines each.
//!
//! ```text
//! phone    SEP001122334455 · from 203.0.113.9        way    dials https://vpn.example.com/Phones
//! gateway  asa · outside 192.0.2.1                   tunnel 198.51.100.11       cucm   cucm.example.com
//! ```
//! Empty: nothing is known of the place. Quirks: a name in a URL can be resolved by nobody here, so the URL stands with
//! the way and the ASA's own address with the ASA; the interface called `outside` is only the likeliest one.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::diagnosis::{PathView, PhoneRow};
use crate::facts::gateway_address;
use crate::facts::serving_asas::Serves;
use crate::observe::What;
use crate::text::{Class, Text};

/// What is known, of these phones.
pub fn of(case: &Case<'_>, phones: &[PhoneRow]) -> PathView {
    PathView {
        phone: phone(phones),
        way: way(case),
        gateway: gateway(case),
        tunnel: lines(
            &VALUE,
            Class::Host,
            case.addresses_given().filter_map(|message| match message.what {
                What::AddressAssigned { address } => Some(address),
                _ => None,
            }),
        ),
        cucm: cucm(case),
    }
}

fn phone(phones: &[PhoneRow]) -> Vec<Text> {
    let mut told = Vec::new();
    if phones.len() > 1 {
        told.push(PHONES.number("count", phones.len()));
    }
    told.extend(lines(&VALUE, Class::Phone, phones.iter().map(|phone| phone.name.as_str())));
    told.extend(lines(&VALUE, Class::Words, phones.iter().map(|phone| phone.model.as_str())));
    let addresses = phones.iter().flat_map(|phone| &phone.addresses);
    told.extend(lines(&FROM, Class::Host, addresses.map(String::as_str)));
    told
}

fn way(case: &Case<'_>) -> Vec<Text> {
    let dialled = lines(&DIALS, Class::Url, case.gateway_urls.iter().map(|url| url.text.trim()));
    if !dialled.is_empty() {
        return dialled;
    }
    let seen: Vec<String> = gateway_address::dialled(&case.documents, &case.gateway_urls)
        .into_iter()
        .map(|(address, _)| address.to_string())
        .collect();
    lines(&CONNECTS, Class::Host, seen.iter().map(String::as_str))
}

fn gateway(case: &Case<'_>) -> Vec<Text> {
    let unknown = (0..case.asa_devices.len()).all(|device| case.serves(device) == Serves::Nothing);
    let serving = |device: usize| unknown || case.serves(device) != Serves::Nothing;
    let own = case.asa_devices.iter().enumerate().filter(|(device, _)| serving(*device));
    let mut told = lines(&VALUE, Class::Host, own.filter_map(|(_, asa)| asa.hostname()));
    told.extend(case.asa_release().map(|release| RELEASE.with("release", Class::Words, &release.printed)));
    let interfaces = case.gateway_interfaces.iter().filter(|interface| serving(interface.device));
    told.extend(interfaces.take(FEW).filter_map(|interface| {
        let address = interface.address?.to_string();
        Some(INTERFACE.with("interface", Class::Interface, &interface.name).with(
            "address",
            Class::Host,
            address,
        ))
    }));
    told.extend(case.other_gateways.first().map(|other| OTHER.nested("file", other.file.clone())));
    told
}

fn cucm(case: &Case<'_>) -> Vec<Text> {
    let named = case.phones.iter().flat_map(|phone| &phone.config.document.call_managers);
    let mut told = lines(&VALUE, Class::Host, named.map(|name| name.value.trim()));
    told.extend(lines(&TFTP, Class::Host, case.tftp_servers.iter().map(|server| server.address.as_str())));
    told
}

/// Each value once; of many the first ones, and how many more there are.
fn lines<'v>(form: &Text, class: Class, values: impl Iterator<Item = &'v str>) -> Vec<Text> {
    let mut seen = BTreeSet::new();
    let each: Vec<&str> = values.filter(|value| !value.is_empty() && seen.insert(*value)).collect();
    let shown = each.iter().take(FEW).map(|value| form.clone().with("value", class, value));
    let rest = each.len().saturating_sub(FEW);
    shown.chain((rest > 0).then(|| MORE.number("count", rest))).collect()
}

/// Values of one kind that are shown.
const FEW: usize = 2;

const VALUE: Text = Text::fixed("`{value}`", "`{value}`");
const PHONES: Text = Text::fixed("{count} phones", "{count} Telefone");
const FROM: Text = Text::fixed("from `{value}`", "von `{value}`");
const DIALS: Text = Text::fixed("dials `{value}`", "wählt `{value}`");
const CONNECTS: Text = Text::fixed("connects to `{value}`", "verbindet sich mit `{value}`");
const RELEASE: Text = Text::fixed("release {release}", "Version {release}");
const INTERFACE: Text = Text::fixed("`{interface}` `{address}`", "`{interface}` `{address}`");
const OTHER: Text = Text::fixed("another product: {file}", "ein anderes Produkt: {file}");
const TFTP: Text = Text::fixed("TFTP server `{value}`", "TFTP-Server `{value}`");
const MORE: Text = Text::fixed("and {count} more", "und {count} weitere");

#[cfg(test)]
mod tests {
    use crate::diagnose::{Said, diagnose};
    use crate::diagnosis::PathView;
    use crate::intake;
    use crate::limits::Limits;
    use crate::text::Text;

    fn path(files: &[(&str, &str)]) -> PathView {
        let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
        diagnose(&files.iter().map(read).collect::<Vec<_>>(), &Said::new(), 1_795_000_000).path
    }

    fn said(lines: &[Text]) -> Vec<String> {
        lines.iter().map(|line| line.en().into_owned()).collect()
    }

    fn phone(host: &str) -> String {
        format!(
            "<device><callManager><processNodeName>cucm.example.com</processNodeName></callManager><vpnGroup>\
             <addresses><url1>https://{host}/Phones</url1></addresses></vpnGroup></device>"
        )
    }

    #[test]
    fn each_place_has_what_its_witnesses_name() {
        let asa = "ASA Version 9.8(2)\nhostname edge\ninterface GigabitEthernet0/0\n nameif outside\n \
                   ip address 192.0.2.1 255.255.255.0\nwebvpn\n enable outside\n anyconnect enable\n: end\n";
        let log = "Nov 24 2026 08:00:04 edge : %ASA-4-722051: Group <Phones> User <CP-7962G-SEP001122334455> \
                   IP <203.0.113.9> Address <198.51.100.11> assigned to session\n";
        let config = phone("vpn.example.com");
        let all = path(&[("SEP001122334455.cnf.xml", &config), ("asa.txt", asa), ("asa.log", log)]);
        assert_eq!(said(&all.phone), ["`SEP001122334455`", "`CP-7962G`", "from `203.0.113.9`"]);
        assert_eq!(said(&all.way), ["dials `https://vpn.example.com/Phones`"]);
        assert_eq!(said(&all.gateway), ["`edge`", "release 9.8(2)", "`outside` `192.0.2.1`"]);
        assert_eq!(said(&all.tunnel), ["`198.51.100.11`"]);
        assert_eq!(said(&all.cucm), ["`cucm.example.com`"]);
    }

    #[test]
    fn what_nobody_names_is_empty_and_many_are_counted() {
        let names: Vec<String> = (10..15).map(|number| format!("SEP0011223344{number}.cnf.xml")).collect();
        let configs: Vec<String> =
            (10..15).map(|number| phone(&format!("vpn{number}.example.com"))).collect();
        let files: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(configs.iter().map(String::as_str)).collect();
        let all = path(&files);
        assert_eq!(said(&all.phone), ["5 phones", "`SEP001122334410`", "`SEP001122334411`", "and 3 more"]);
        assert_eq!(all.way.len(), 3);
        assert_eq!(said(&all.cucm), ["`cucm.example.com`"], "one that all have is told once");
        assert!(all.gateway.is_empty() && all.tunnel.is_empty());
        assert_eq!(path(&[]), PathView::default());
    }
}
