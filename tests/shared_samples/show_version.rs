//! `show version` and other show commands, against outputs that nobody here wrote and sessions that hold them.
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::asa_version::AsaVersion;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::tables::licence_features::Feature;

use crate::Check;

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

pub fn recorded_outputs_say_what_a_person_reads_in_them() {
    let samples = crate::shared().join("samples/asa");
    for (file, release, hardware, phones, sessions, smart) in ROWS {
        let bytes = std::fs::read(samples.join(file)).unwrap_or_else(|_| panic!("no {file}"));
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

pub fn recorded_outputs_of_other_commands_are_named() {
    let samples = crate::shared().join("samples/asa/show");
    for file in [
        "genie_ShowIpLocalPool_golden_output_output.txt",
        "ntc_cisco_asa_show_license_all2.raw",
        "ntc_cisco_asa_show_license_all4.raw",
    ] {
        let bytes = std::fs::read(samples.join(file)).unwrap_or_else(|_| panic!("no {file}"));
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

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    ("recorded_outputs_say_what_a_person_reads_in_them", recorded_outputs_say_what_a_person_reads_in_them),
    ("recorded_outputs_of_other_commands_are_named", recorded_outputs_of_other_commands_are_named),
];
