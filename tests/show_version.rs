//! `show version` and other show commands, against outputs that nobody here wrote and sessions that hold them.
//!
//! Reads `../shared/samples`; where that folder is missing, a line says so and the tests pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;

use vpn_phone_doctor::formats::Content;
use vpn_phone_doctor::formats::asa_version::{AsaVersion, Feature};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

/// Release, hardware, the phones' licence in effect, sessions, how it is licensed.
type Row = (&'static str, &'static str, &'static str, Option<bool>, Option<u32>, Option<&'static str>);

/// Read by eye from each output.
const ROWS: &[Row] = &[
    (
        "show-version/genie_generic_asa_1.txt",
        "9.8(4)10",
        "ASAv",
        Some(false),
        Some(2),
        Some("Smart Licensing"),
    ),
    (
        "show-version/genie_show_version1.txt",
        "9.8(4)10",
        "ASAv",
        Some(false),
        Some(2),
        Some("Smart Licensing"),
    ),
    (
        "show-version/genie_show_version3.txt",
        "9.14(2)15",
        "FPR9K-SM-24",
        Some(true),
        Some(20000),
        Some("Smart Licensing"),
    ),
    (
        "show-version/ntc_show_version1_asav_9.5.raw",
        "9.5(2)204",
        "ASAv",
        Some(false),
        Some(2),
        Some("Smart Licensing"),
    ),
    (
        "show-version/ntc_show_version3_5516_failover_9.9.raw",
        "9.9(2)32",
        "ASA5516",
        Some(false),
        Some(8),
        None,
    ),
    ("show-version/pyntc_show_version.txt", "9.16(2)", "ASAv", Some(false), Some(2), Some("Smart Licensing")),
    ("transcribed/show_version_8.2_pastebin_excerpt.txt", "8.2(1)", "ASA5510", None, Some(10), None),
];

fn versions(bytes: &[u8]) -> Vec<AsaVersion> {
    let reading = intake::read("x", bytes, &Limits::default());
    let version = |document: intake::Document| match document.content {
        Content::AsaVersion(version) => Some(*version),
        _ => None,
    };
    reading.documents.into_iter().filter_map(version).collect()
}

#[test]
fn recorded_outputs_say_what_a_person_reads_in_them() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/asa");
    for (file, release, hardware, phones, sessions, smart) in ROWS {
        let Ok(bytes) = std::fs::read(samples.join(file)) else {
            println!("skipped: there is no {file}");
            continue;
        };
        let [version] = versions(&bytes).try_into().unwrap_or_else(|all| panic!("{file}: {all:?}"));
        let phone = version.licence(Feature::VpnPhone);
        let premium = version.licence(Feature::Premium).and_then(|licence| licence.number());
        assert_eq!(version.version.as_ref().unwrap().value, *release, "{file}");
        assert_eq!(version.hardware.as_ref().unwrap().value, *hardware, "{file}");
        assert_eq!(phone.and_then(|licence| licence.enabled()), *phones, "{file}");
        assert_eq!(premium, *sessions, "{file}");
        assert_eq!(version.smart.as_ref().map(|mode| mode.value.as_str()), *smart, "{file}");
    }
}

/// Our own: what `show tech-support` prints, in a recorded session, and ASDM's command window after it.
const SUPPORT: &str = "\
asa/pri/act# show tech-support

------------------ show version ------------------

Cisco Adaptive Security Appliance Software Version 9.8(4)20
Hardware:   ASA5525, 8192 MB RAM, CPU Lynnfield 2394 MHz, 1 CPU (4 cores)
Licensed features for this platform:
AnyConnect Premium Peers          : 750            perpetual
AnyConnect for Cisco VPN Phone    : Enabled        perpetual

------------------ show disk0: controller ------------------

Flash Model: TOSHIBA

------------------ show ip local pool PHONES ------------------

Begin           End             Mask            Free     Held     In use
198.51.100.1    198.51.100.9    255.255.255.0       0        0        9

------------------ show running-config ------------------

: Saved
ASA Version 9.8(4)20
hostname asa
webvpn
 enable outside
: end

Result of the command: \"show crypto ca trustpoints\"

Trustpoint PHONES:
    Not authenticated.
";

#[test]
fn the_sections_of_show_tech_support_are_read_as_commands() {
    let reading = intake::read("x", SUPPORT.as_bytes(), &Limits::default());
    let listed: Vec<(&str, &str)> =
        reading.inputs.iter().skip(1).map(|input| (input.name.as_str(), input.kind.id())).collect();
    assert_eq!(
        listed,
        [
            ("show version", "asa-version"),
            ("show disk0: controller", "asa-show"),
            ("show ip local pool PHONES", "asa-show"),
            ("show running-config", "asa-config"),
            ("show crypto ca trustpoints", "asa-show"),
        ]
    );
    let pool = reading.documents.iter().find_map(|document| match &document.content {
        Content::AsaPools(pools) => pools.pools.first(),
        _ => None,
    });
    assert_eq!(pool.map(|pool| (pool.name.as_str(), pool.free, pool.in_use)), Some(("PHONES", 0, 9)));
    let noted: Vec<bool> = reading.inputs.iter().skip(1).map(|input| !input.notes.is_empty()).collect();
    assert_eq!(noted, [false, true, false, false, true], "only what nothing reads is noted");
}

#[test]
fn recorded_outputs_of_other_commands_are_named() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/asa/show");
    for file in [
        "genie_ShowIpLocalPool_golden_output_output.txt",
        "ntc_cisco_asa_show_license_all2.raw",
        "ntc_cisco_asa_show_license_all4.raw",
    ] {
        let Ok(bytes) = std::fs::read(samples.join(file)) else {
            println!("skipped: there is no {file}");
            continue;
        };
        let reading = intake::read("x", &bytes, &Limits::default());
        assert_eq!(reading.inputs[0].kind.id(), "asa-show", "{file}");
        let pools = reading.documents.iter().find_map(|document| match &document.content {
            Content::AsaPools(pools) => Some(&pools.pools),
            _ => None,
        });
        let Some(pools) = pools else { continue };
        assert_eq!((pools[0].name.as_str(), pools[0].free, pools[0].in_use), ("test1", 2, 2), "{file}");
    }
}
