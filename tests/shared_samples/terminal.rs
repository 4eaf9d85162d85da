//! Recorded sessions, through the one door that files take.

use crate::Check;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

/// The names of what was cut from a sample.
fn commands(sample: &str) -> Vec<String> {
    let path = crate::shared().join("samples").join(sample);
    let bytes = std::fs::read(&path).unwrap_or_else(|_| panic!("no {}", path.display()));
    let reading = intake::read("x", &bytes, &Limits::default());
    assert_eq!(reading.inputs[0].kind, Kind::Terminal, "{sample}");
    let children = reading.inputs.iter().filter(|input| input.inside == Some(0));
    children.map(|input| input.name.clone()).collect()
}

pub fn real_sessions_are_cut_into_their_commands() {
    let rows: &[(&str, &[&str])] = &[
        ("asa/transcribed/chinaccie_725014_no_shared_cipher_console.txt", &["show log", "show ssl"]),
        ("asa/show-version/genie_show_version1.txt", &["sho version"]),
        (
            "certificates/cisco/asa-cli-authenticate-session.txt",
            &["configure terminal", "show crypto ca certificates msca"],
        ),
        (
            "asa/show/chuckbag_show_run_ssl_show_crypto_ca_cert.md",
            &["x:1", "sh run ssl", "sh crypto ca cert vpn.chuck.com-2017"],
        ),
    ];
    for (sample, expected) in rows {
        let told = commands(sample);
        let told: Vec<&str> = told.iter().map(String::as_str).take(expected.len()).collect();
        assert_eq!(told, *expected, "{sample}");
    }
}

pub fn a_text_that_quotes_a_prompt_far_down_is_no_session() {
    let shared = crate::shared();
    for text in ["samples/asa/transcribed/qytang_asa_cert_map_ldap_sslvpn.txt", "seed/cisco-116162-de.txt"] {
        let bytes = std::fs::read(shared.join(text)).unwrap_or_else(|_| panic!("no {text}"));
        let reading = intake::read("x", &bytes, &Limits::default());
        assert!(reading.inputs.iter().all(|input| input.kind != Kind::Terminal), "{text}");
    }
}

pub fn logs_and_configurations_without_prompts_are_no_sessions() {
    let samples = crate::shared().join("samples");
    for folder in ["phone-logs", "other-logs", "asa/syslog", "phone-config"] {
        let entries = std::fs::read_dir(samples.join(folder)).unwrap_or_else(|_| panic!("no {folder}"));
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // The one example of a router's session among the configurations.
            if name.starts_with("cme-show-run") {
                continue;
            }
            let reading = intake::read(&name, &std::fs::read(&path).unwrap(), &Limits::default());
            assert!(reading.inputs.iter().all(|input| input.kind != Kind::Terminal), "{name}");
        }
    }
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    ("real_sessions_are_cut_into_their_commands", real_sessions_are_cut_into_their_commands),
    (
        "a_text_that_quotes_a_prompt_far_down_is_no_session",
        a_text_that_quotes_a_prompt_far_down_is_no_session,
    ),
    (
        "logs_and_configurations_without_prompts_are_no_sessions",
        logs_and_configurations_without_prompts_are_no_sessions,
    ),
];
