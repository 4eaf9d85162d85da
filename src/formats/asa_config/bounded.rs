//! How much of a configuration is kept: of each list, as many entries as no ASA has.

use super::blocks::Block;
use crate::documents::asa_config::AsaConfig;
use crate::limits::Lists;

/// Keeps the lists of the configuration within bounds.
pub(super) fn top(config: &mut AsaConfig, _: Block, kept: &mut Lists) {
    kept.cut(&mut config.trustpoints);
    kept.cut(&mut config.ssl.trust_points);
    kept.cut(&mut config.ssl.ciphers);
    kept.cut(&mut config.tunnel_groups);
    kept.cut(&mut config.group_policies);
    kept.cut(&mut config.users);
    kept.cut(&mut config.aaa_servers);
    kept.cut(&mut config.address_pools);
    kept.cut(&mut config.certificate_maps);
    kept.cut(&mut config.tunnel_group_maps);
    kept.cut(&mut config.dap_records);
    kept.cut(&mut config.control_plane_lists);
    kept.cut(&mut config.http);
}

/// Likewise those of the block; a block that was cut itself has none.
pub(super) fn inside(config: &mut AsaConfig, block: Block, kept: &mut Lists) {
    match block {
        Block::None | Block::LoadBalancing => {}
        Block::Interface => kept.cut(&mut config.interfaces),
        Block::Trustpoint(at) | Block::Chain(at) => {
            config.trustpoints.get_mut(at).into_iter().for_each(|it| kept.cut(&mut it.chain));
        }
        Block::Webvpn => {
            if let Some(webvpn) = &mut config.webvpn {
                kept.cut(&mut webvpn.enabled);
                kept.cut(&mut webvpn.images);
                kept.cut(&mut webvpn.certificate_group_maps);
                kept.cut(&mut webvpn.other);
            }
        }
        Block::TunnelGroup(at, _) => {
            if let Some(group) = config.tunnel_groups.get_mut(at) {
                kept.cut(&mut group.group_urls);
                kept.cut(&mut group.group_aliases);
                kept.cut(&mut group.address_pools);
                kept.cut(&mut group.dhcp_servers);
                kept.cut(&mut group.other);
            }
        }
        Block::GroupPolicy(at) | Block::GroupPolicyWebvpn(at) => {
            config.group_policies.get_mut(at).into_iter().for_each(|it| kept.cut(&mut it.attributes));
        }
        Block::Username(at) | Block::UsernameWebvpn(at) => {
            config.users.get_mut(at).into_iter().for_each(|it| kept.cut(&mut it.attributes));
        }
        Block::AaaServer(at) => {
            if let Some(server) = config.aaa_servers.get_mut(at) {
                kept.cut(&mut server.hosts);
                if let Some(host) = server.hosts.last_mut() {
                    kept.cut(&mut host.settings);
                }
            }
        }
        Block::CertificateMap(at) => {
            config.certificate_maps.get_mut(at).into_iter().for_each(|it| kept.cut(&mut it.conditions));
        }
        Block::AccessPolicy(at) => {
            config.dap_records.get_mut(at).into_iter().for_each(|it| kept.cut(&mut it.network_lists));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::documents::Content;
    use crate::documents::asa_config::{AsaConfig, Scope};
    use crate::input::InputState;
    use crate::intake::Intake;
    use crate::limits::Limits;

    /// The configuration of a text with three entries kept of each list, and how far it was read.
    fn read(lines: &str) -> (AsaConfig, InputState, usize) {
        let text = format!(": Saved\nASA Version 9.8(4)\nhostname asa\n{lines}: end\n");
        let limits = Limits { entries: 3, ..Limits::default() };
        let mut intake = Intake::new("asa.cfg", text.len() as u64, &limits);
        intake.push(text.as_bytes());
        let reading = intake.finish();
        let config = reading.documents.iter().find_map(|document| match &document.content {
            Content::AsaConfig(config) => Some((**config).clone()),
            _ => None,
        });
        let input = &reading.inputs[0];
        (config.unwrap(), input.state, input.notes.len())
    }

    #[test]
    fn every_list_is_cut_and_what_was_cut_is_counted_and_proves_nothing() {
        type Length = fn(&AsaConfig) -> usize;
        const LISTS: [(&str, &str, Length); 23] = [
            ("", "crypto ca trustpoint T#\n", |config| config.trustpoints.len()),
            ("", "crypto ca certificate chain T#\n", |config| config.trustpoints.len()),
            ("", "ssl trust-point T# outside\n", |config| config.ssl.trust_points.len()),
            ("", "ssl cipher tlsv1.# high\n", |config| config.ssl.ciphers.len()),
            ("", "tunnel-group G# type remote-access\n", |config| config.tunnel_groups.len()),
            ("tunnel-group G webvpn-attributes\n", " group-url https://a.example.com/# enable\n", |config| {
                config.tunnel_groups[0].group_urls.len()
            }),
            ("tunnel-group G webvpn-attributes\n", " group-alias a# enable\n", |config| {
                config.tunnel_groups[0].group_aliases.len()
            }),
            ("tunnel-group G general-attributes\n", " address-pool P#\n", |config| {
                config.tunnel_groups[0].address_pools.len()
            }),
            ("", "group-policy P# internal\n", |config| config.group_policies.len()),
            ("group-policy P attributes\n", " vpn-filter value F#\n", |config| {
                config.group_policies[0].attributes.len()
            }),
            ("", "username u# password x\n", |config| config.users.len()),
            ("username u attributes\n", " vpn-filter value F#\n", |config| config.users[0].attributes.len()),
            ("", "aaa-server S# protocol radius\n", |config| config.aaa_servers.len()),
            ("", "aaa-server S (inside) host 192.0.2.#\n", |config| config.aaa_servers[0].hosts.len()),
            ("", "ip local pool P# 192.0.2.1-192.0.2.9 mask 255.255.255.0\n", |config| {
                config.address_pools.len()
            }),
            ("", "crypto ca certificate map M# 10\n", |config| config.certificate_maps.len()),
            ("", "tunnel-group-map M# 10 G\n", |config| config.tunnel_group_maps.len()),
            ("", "dynamic-access-policy-record R#\n", |config| config.dap_records.len()),
            ("", "access-group L in interface i# control-plane\n", |config| config.control_plane_lists.len()),
            (
                "access-group L in interface i control-plane\n",
                "http 192.0.2.# 255.255.255.255 i\n",
                |config| config.http.len(),
            ),
            ("", "interface G0/#\n nameif i#\n ip address 192.0.2.# 255.255.255.0\n", |config| {
                config.interfaces.len()
            }),
            ("webvpn\n", " enable i#\n", |config| config.webvpn.as_ref().unwrap().enabled.len()),
            ("webvpn\n", " certificate-group-map M# 10 G\n", |config| {
                config.webvpn.as_ref().unwrap().certificate_group_maps.len()
            }),
        ];
        for (head, entry, length) in LISTS {
            let lines = |count: usize| {
                let entries = (1..=count).map(|number| entry.replace('#', &number.to_string()));
                format!("{head}{}", entries.collect::<String>())
            };
            let (config, state, notes) = read(&lines(3));
            assert_eq!(
                (length(&config), config.scope, state, notes),
                (3, Scope::Whole, InputState::Read, 0),
                "{entry}"
            );
            let (config, state, notes) = read(&lines(5));
            assert_eq!((length(&config), config.scope), (3, Scope::Excerpt), "{entry}");
            assert_eq!((state, notes), (InputState::PartlyRead, 1), "{entry}");
        }
    }

    #[test]
    fn what_follows_an_entry_that_was_cut_is_not_taken_for_the_one_before() {
        let lines: String =
            (1..=4).map(|number| format!("interface G0/{number}\n nameif i{number}\n")).collect();
        let (config, ..) = read(&format!("{lines} ip address 192.0.2.4 255.255.255.0\n"));
        assert!(config.interfaces.iter().all(|interface| interface.address.is_none()), "{config:?}");
    }
}
