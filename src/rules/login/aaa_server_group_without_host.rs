//! The phones' tunnel group asks a group of AAA servers in which no server stands.
//!
//! `aaa-server NAME protocol radius` names a group; `aaa-server NAME (inside) host ADDRESS` puts a server into it (ASA
//! command reference). Without one there is nobody to ask for the password. With `LOCAL` behind the group's name the
//! ASA's own database is asked then (`authentication-server-group`). A piece of a configuration proves nothing by the
//! hosts that it lacks.

use crate::case::Case;
use crate::facts::aaa_servers;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::phone_groups::PhoneGroup;
use crate::facts::tunnel_groups::{self, TunnelGroupLines};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "aaa-server-group-without-host",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::PhoneConfig, Need::AsaLog],
    echoes: &["aaa-server-unreachable", "aaa-rejected", "login-failed"],
    sources: &[
        "ASA command reference, aaa-server and aaa-server host",
        "ASA command reference, authentication-server-group",
    ],
    prose: Text::fixed(
        include_str!("aaa_server_group_without_host.en.md"),
        include_str!("aaa_server_group_without_host.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut checked, mut findings) = (false, Vec::new());
    for (index, device) in case.asa_devices.iter().enumerate() {
        for group in &case.phone_groups.groups {
            match asked(device, group) {
                Asked::NotKnown => {}
                Asked::SomebodyElse => checked |= group.is_sure(),
                Asked::Nobody(found) => {
                    let found = weighed(case, group, *found);
                    findings
                        .extend(case.serves(index).limit(found).map(Finding::no_blocker_if_only_possible));
                }
            }
        }
    }
    if !findings.is_empty() || checked {
        return Ok(findings);
    }
    if case.phone_groups.sure().next().is_some() {
        return Err(Missing::need(Need::AsaConfig));
    }
    Err(Missing(vec![Need::AsaConfig, Need::PhoneConfig, Need::AsaLog]))
}

/// Who is asked for the password of a tunnel group.
enum Asked {
    NotKnown,
    /// Nobody is, or a server, or the ASA's own database.
    SomebodyElse,
    /// A group without a server.
    Nobody(Box<Finding>),
}

fn asked(device: &AsaDevice<'_>, group: &PhoneGroup) -> Asked {
    let lines = || tunnel_groups::named(device, &group.name);
    let stated = lines().find_map(|lines| lines.authentication().filter(|asks| asks.line.is_some()));
    let Some(method) = stated.or_else(|| lines().find_map(|lines| lines.authentication())) else {
        return Asked::NotKnown;
    };
    if !method.by_password() {
        return Asked::SomebodyElse;
    }
    let Some(line) = lines().find_map(|lines: TunnelGroupLines<'_>| lines.authentication_servers()) else {
        // Without the line it is LOCAL.
        return if device.covers("tunnel-group") { Asked::SomebodyElse } else { Asked::NotKnown };
    };
    let words: Vec<&str> = line.value.split_ascii_whitespace().collect();
    let (interface, words) = match words.as_slice() {
        [first, rest @ ..] if first.starts_with('(') => (Some(*first), rest),
        words => (None, words),
    };
    let [name, fallback @ ..] = words else { return Asked::NotKnown };
    if BUILT_IN.contains(name) || fallback.contains(&LOCAL) {
        return Asked::SomebodyElse;
    }
    if !device.covers("aaa-server") {
        return Asked::NotKnown;
    }
    let Some(empty) = aaa_servers::without_host(device, name) else {
        return if aaa_servers::has_host(device, name) { Asked::SomebodyElse } else { Asked::NotKnown };
    };
    // For clients of one interface alone.
    let confidence = if interface.is_some() { Confidence::Possible } else { Confidence::Certain };
    let mut found = Finding::new(confidence, Evidence::marked(&empty.place, name, EMPTY))
        .and([Evidence::not_in(&empty.searched, NO_HOST), Evidence::stated(&line, ASKS)])
        .and(method.line.map(|line| Evidence::at(&line, BY_PASSWORD)))
        .because(NOBODY.with("group", Class::Group, &group.name).with("servers", Class::Group, *name))
        .value("server-group", *name)
        .value("tunnel-group", group.name.as_str());
    if interface.is_some() {
        found = found.because(ONE_INTERFACE);
    }
    Asked::Nobody(Box::new(found))
}

/// As sure as the tie of the group to phones, and as what files show of logins.
fn weighed(case: &Case<'_>, group: &PhoneGroup, mut found: Finding) -> Finding {
    found.confidence = group.at_most(found.confidence);
    if case.progress.passed.contains_key(&Stage::Login) {
        found.confidence = Confidence::Possible;
        found = found.because(SEEN);
    }
    found
}

/// The ASA's own database.
const LOCAL: &str = "LOCAL";
/// Words in the place of a group that has servers.
const BUILT_IN: [&str; 3] = [LOCAL, "none", "NONE"];

const EMPTY: Text = Text::fixed("this group of servers is named", "Diese Servergruppe ist benannt");
const NO_HOST: Text = Text::fixed("no line puts a server into it", "Keine Zeile stellt einen Server hinein");
const ASKS: Text = Text::fixed(
    "the phones' tunnel group asks it, without LOCAL behind it",
    "Die Tunnelgruppe (tunnel-group) der Telefone fragt sie, ohne LOCAL dahinter",
);
const BY_PASSWORD: Text = Text::fixed("a password is asked for", "Ein Kennwort wird verlangt");
const NOBODY: Text = Text::fixed(
    "Tunnel group {group} asks the servers of {servers} for the password, and that group has none.",
    "Die Tunnelgruppe (tunnel-group) {group} lässt das Kennwort von den Servern der Gruppe {servers} prüfen, und diese Gruppe hat keinen.",
);
const ONE_INTERFACE: Text = Text::fixed(
    "The line holds for clients of one interface alone; whether phones come in there is not shown.",
    "Die Zeile gilt nur für Clients einer Schnittstelle; ob Telefone dort ankommen, ist nicht belegt.",
);
const SEEN: Text = Text::fixed(
    "A file of the case shows that a phone was let in: the configuration is of another time, or the phone uses another tunnel group.",
    "Eine Datei des Falls zeigt, dass ein Telefon eingelassen wurde: Die Konfiguration ist von einer anderen Zeit, oder das Telefon benutzt eine andere Tunnelgruppe (tunnel-group).",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, handsets, silent, waits};

    const GROUP: &str = "aaa-server ISE protocol radius\n";
    const HOST: &str = "aaa-server ISE (inside) host 192.0.2.53\n key *****\n";

    /// The phones' tunnel group with these servers and this method, and more lines of the configuration.
    fn config(servers: &str, method: &str, more: &str) -> String {
        let asa = handsets("", "", "").with(more).asa;
        asa.replace(" authentication certificate\n", method).replace(
            " address-pool BRANCH\n",
            &format!(" address-pool BRANCH\n authentication-server-group {servers}\n"),
        )
    }

    fn with_phone(config: &str) -> [(&str, &str); 2] {
        [
            ("a", config),
            ("b", "<vpnGroup><addresses><url1>https://gw.example.com/Branch</url1></addresses></vpnGroup>"),
        ]
    }

    #[test]
    fn a_group_without_a_server_answers_nobody() {
        for method in [" authentication aaa\n", " authentication aaa certificate\n", ""] {
            let config = config("ISE", method, GROUP);
            let finding = &fires(&RULE, &with_phone(&config))[0];
            assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None), "{method}");
            assert!(finding.because[0].en().contains("servers of ISE"), "{:?}", finding.because);
            assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("protocol radius"));
        }
    }

    #[test]
    fn a_server_local_or_a_certificate_alone_is_none_of_this() {
        let aaa = " authentication aaa\n";
        for config in [
            config("ISE", aaa, &format!("{GROUP}{HOST}")),
            config("ISE LOCAL", aaa, GROUP),
            config("LOCAL", aaa, GROUP),
            config("ISE", " authentication certificate\n", GROUP),
            config(
                "DUO",
                aaa,
                &format!("{GROUP}aaa-server DUO protocol ldap\naaa-server DUO host 192.0.2.54\n"),
            ),
            handsets("", "", "").with(GROUP).asa.replace(" authentication certificate\n", aaa),
        ] {
            silent(&RULE, &with_phone(&config));
        }
    }

    #[test]
    fn a_piece_or_a_group_that_is_not_named_leaves_it_open() {
        let aaa = " authentication aaa\n";
        waits(&RULE, &with_phone(&config("ISE", aaa, GROUP).replace(": end\n", "")));
        waits(&RULE, &with_phone(&config("ISE", aaa, "")));
        waits(&RULE, &with_phone(&config("ISE", aaa, GROUP))[..1]);
        waits(&RULE, &[]);
    }

    #[test]
    fn one_interface_or_a_phone_that_is_let_in_makes_it_possible() {
        let aaa = " authentication aaa\n";
        let one = config("(outside) ISE", aaa, GROUP);
        let all = config("ISE", aaa, GROUP);
        let log = "%ASA-4-722051: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> Address <198.51.100.7> assigned to session\n";
        let mut logged = with_phone(&all).to_vec();
        logged.push(("a.log", log));
        for files in [with_phone(&one).to_vec(), logged] {
            let finding = &fires(&RULE, &files)[0];
            assert_eq!(
                (finding.confidence, finding.severity),
                (Confidence::Possible, Some(Severity::Warning))
            );
        }
    }

    #[test]
    fn a_name_with_commands_in_it_reaches_no_command() {
        let config = config("ISE", " authentication aaa\n", GROUP).replace("ISE", "x;reload");
        let finding = &fires(&RULE, &with_phone(&config))[0];
        let fixes = crate::rules::prose::parse(&RULE.prose).fixes_for(finding);
        assert!(fixes.iter().all(|fix| fix.commands.iter().all(|line| !line.contains("reload"))));
    }
}
