//! Forms around a session or a configuration: it is read the same whatever is put around its lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::intake::{Reading, read};
use vpn_phone_doctor::limits::Limits;

/// A session whose configuration is indented and whose outputs are several.
const SESSION: &str = "gw2# show version\n\nCisco Adaptive Security Appliance Software Version 9.8(4)\n\nHardware:   ASA5516, 8192 MB RAM\n\nAnyConnect for Cisco VPN Phone    : Disabled       perpetual\ngw2# show running-config\n: Saved\n:\nASA Version 9.8(4)\n!\nhostname gw2\n!\ninterface GigabitEthernet1/1\n nameif wan\n ip address 192.0.2.80 255.255.255.0\n!\nssl trust-point ID-2026 wan\nwebvpn\n enable wan\n anyconnect enable\ngroup-policy GP-TEL attributes\n vpn-tunnel-protocol ikev2\ntunnel-group TEL type remote-access\ntunnel-group TEL webvpn-attributes\n authentication certificate\n group-url https://gw2.example.com/tel enable\n: end\n";

fn reading(text: &[u8]) -> Reading {
    read("dropped", text, &Limits::default())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn documents(text: &str) -> Vec<Content> {
    reading(text.as_bytes()).documents.into_iter().map(|document| document.content).collect()
}

fn gist(contents: &[Content]) -> Vec<String> {
    let told = contents.iter().map(|content| match content {
        Content::AsaConfig(config) => {
            let groups: Vec<_> = config.tunnel_groups.iter().map(|group| group.name.clone()).collect();
            format!("configuration {groups:?} {}", config.group_policies.len())
        }
        Content::AsaVersion(_) => "version".to_owned(),
        other => format!("{other:?}").chars().take(20).collect(),
    });
    told.collect()
}

#[test]
fn a_session_is_read_the_same_in_every_form() {
    let plain = gist(&documents(SESSION));
    assert_eq!(plain.len(), 2, "{plain:?}");
    let each = |form: &dyn Fn(usize, &str) -> String| -> String {
        SESSION.lines().enumerate().map(|(place, line)| form(place, line) + "\n").collect()
    };
    let outputs: Vec<&str> =
        SESSION.split("gw2# ").skip(1).map(|output| output.split_once('\n').unwrap().1).collect();
    let json_lines = |text: &str| text.lines().map(json).collect::<Vec<_>>().join(",");
    for (form, text) in [
        ("quoted", each(&|_, line| format!("> {line}"))),
        ("numbered", each(&|place, line| format!("{:>4} {line}", place + 1))),
        ("numbered with a bar", each(&|place, line| format!("{} | {line}", place + 1))),
        ("a recorder's days", each(&|_, line| format!("[Mon Mar 09 22:10:11.001 2026] {line}"))),
        ("a recorder's clock", each(&|_, line| format!("22:10:11.001 {line}"))),
        ("ts", each(&|_, line| format!("Mar 09 22:10:11 {line}"))),
        ("a file's name", each(&|_, line| format!("gw2.txt:{line}"))),
        ("code", each(&|_, line| format!("    {line}"))),
        ("breaks", each(&|_, line| format!("{}<br/>", escaped(line)))),
        ("a page", format!("<html><body><pre>{}</pre></body></html>", escaped(SESSION))),
        ("bars behind", each(&|_, line| format!("{line} | |"))),
        ("one string", format!("{{\"rc\": 0, \"text\": {}}}", json(SESSION))),
        (
            "two strings",
            format!(
                "{{\"stdout\": [{}, {}], \"stdout_lines\": [[{}], [{}]]}}",
                json(outputs[0]),
                json(outputs[1]),
                json_lines(outputs[0]),
                json_lines(outputs[1])
            ),
        ),
        (
            "lists of lines",
            format!(
                "ok: [gw2] => {{\n \"stdout_lines\": [[{}], [{}]]}}",
                json_lines(outputs[0]),
                json_lines(outputs[1])
            ),
        ),
        (
            "under commands",
            format!(
                "{{\"show version\": {}, \"show running-config\": {}}}",
                json(outputs[0]),
                json(outputs[1])
            ),
        ),
        ("one string of Python", format!("{:?}\n", SESSION).replace('"', "'")),
        ("a difference", format!("--- a\n+++ b\n@@ -0,0 +1,29 @@\n{}", each(&|_, line| format!("+{line}")))),
        ("a column", format!("line,text\n{}", each(&|place, line| format!("{place},\"{line}\"")))),
        ("a cell", format!("host,output\ngw2,\"{SESSION}\"\n")),
        ("returns", SESSION.replace('\n', "\r")),
        ("hyphens", SESSION.replace('-', "\u{2010}")),
        (
            "a pager",
            SESSION.replace(
                " nameif",
                &format!("<--- More --->{0}{1}{0} nameif", "\u{8}".repeat(14), " ".repeat(14)),
            ),
        ),
    ] {
        assert_eq!(gist(&documents(&text)), plain, "{form}:\n{text}");
    }
}

#[test]
fn a_configuration_broken_at_any_width_is_joined() {
    let long = SESSION.split("running-config\n").nth(1).unwrap().replace(
        " anyconnect enable",
        " anyconnect image disk0:/anyconnect-win-4.9.06037-webdeploy-k9.pkg 1 regex \"Windows NT\"\n anyconnect image disk0:/anyconnect-macos-4.9.06037-webdeploy-k9.pkg 2 regex \"Intel Mac OS X of any release at all\"\n anyconnect enable",
    );
    let told = |text: &str| match &documents(text)[..] {
        [Content::AsaConfig(config)] => {
            let webvpn = config.webvpn.as_ref().unwrap();
            (webvpn.anyconnect_enabled.is_some(), config.tunnel_groups.len())
        }
        other => panic!("{other:?}\n{text}"),
    };
    let whole = told(&long);
    assert_eq!(whole, (true, 1));
    for width in 40..=90 {
        let broken: String = long
            .lines()
            .map(|line| {
                let pieces: Vec<&str> =
                    line.as_bytes().chunks(width).map(|piece| std::str::from_utf8(piece).unwrap()).collect();
                if pieces.is_empty() { "\n".to_owned() } else { pieces.join("\n") + "\n" }
            })
            .collect();
        assert_eq!(told(&broken), whole, "{width}:\n{broken}");
    }
    // Commands of the same length are no broken lines.
    let equal = "webvpn\n enable wan\nssl trust-point ID-2026 wan\nhostname gw2\nip local pool POOL-A 198.51.100.1-198.51.100.9\nip local pool POOL-B 198.51.100.1-198.51.100.9\ntunnel-group TEL type remote-access\n";
    assert_eq!(told(&format!("{equal}{equal}")).1, 1);
}

#[test]
fn a_difference_tells_the_new_version_and_that_it_is_a_part() {
    let text = format!(
        "--- a/gw2\n+++ b/gw2\n@@ -7,28 +7,28 @@\n{}-tunnel-group OLD type remote-access\n",
        SESSION.lines().map(|line| format!(" {line}\n")).collect::<String>()
    );
    assert_eq!(gist(&documents(&text)), gist(&documents(SESSION)), "what was taken away is not read");
    let reading = reading(text.as_bytes());
    assert_eq!((reading.inputs[0].state, reading.inputs[0].notes.len()), (InputState::PartlyRead, 1));
}
