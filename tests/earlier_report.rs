//! `--before`, and an earlier report among the files, as a script meets them.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CERTIFICATE: &str = include_str!("fixtures/vpn.pem");
/// The hash of that certificate as a phone's configuration writes it, and of another one.
const RIGHT: &str = "YbJigJ+20P3a2YjOjBMIJkHgHuE=";
const WRONG: &str = "RobwGS1Pny+lelXQ/PtzJ9SFIdk=";
const LOG: &str = "0902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
    0908: NOT 10:19:27.375718 SECD: Leaf cert hash = 61B262809FB6D0FDDAD988CE8C13082641E01EE1\n";
const FIRST: &str = "SEP001122334455.cnf.xml";
const SECOND: &str = "SEP0011223344AA.cnf.xml";
const RULE: &str = "cert-hash-mismatch";

fn phone(hash: &str) -> String {
    format!(
        "<device><vpnGroup><mtu>1290</mtu><addresses><url1>https://vpn.example.com/Phones</url1></addresses>\
         <credentials><hashAlg>0</hashAlg><certHash1>{hash}</certHash1></credentials></vpnGroup></device>\n"
    )
}

/// A fresh folder: the case of a phone that trusts the wrong certificate in `then`, of one that trusts the right one
/// in `now`.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (day, hash) in [("then", WRONG), ("now", RIGHT)] {
        let day = folder.join(day);
        fs::create_dir_all(&day).unwrap();
        fs::write(day.join(FIRST), phone(hash)).unwrap();
        fs::write(day.join("phone.log"), LOG).unwrap();
        fs::write(day.join("vpn.pem"), CERTIFICATE).unwrap();
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"));
    command.current_dir(folder).stdin(Stdio::null()).args(["check", "--now=2026-11-24T12:00:00Z"]);
    command.args(arguments).output().expect("the command line starts")
}

fn save(folder: &Path, name: &str, arguments: &[&str]) {
    fs::write(folder.join(name), check(folder, arguments).stdout).unwrap();
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed by a signal")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn rules(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|change| change["rule"].as_str().unwrap()).collect()
}

#[test]
fn every_form_says_what_is_fixed_whether_named_or_among_the_paths() {
    let folder = folder("before-forms");
    save(&folder, "yesterday.json", &["then", "--format=json"]);
    for given in [&["now", "--before", "yesterday.json"][..], &["now", "yesterday.json"]] {
        for (form, telling) in [
            ("text", "✔ Behoben: "),
            ("markdown", "✔ Behoben (1)"),
            ("html", "✔ Behoben (1)"),
            ("json", "\"summary\": \"1 behoben"),
        ] {
            let output = check(&folder, &[given, &["--format", form, "--lang=de"]].concat());
            assert!(text(&output.stdout).contains(telling), "{given:?} {form}: {}", text(&output.stdout));
            assert_eq!((status(&output), text(&output.stderr)), (status(&check(&folder, &["now"])), ""));
        }
        let report: Value =
            serde_json::from_slice(&check(&folder, &[given, &["--format=json"]].concat()).stdout).unwrap();
        assert_eq!(rules(&report["since"]["fixed"]), [RULE], "{report:#}");
        assert_eq!(report["since"]["input"].is_null(), given.contains(&"--before"));
    }
    let without: Value = serde_json::from_slice(&check(&folder, &["now", "--format=json"]).stdout).unwrap();
    assert!(without.get("since").is_none());
}

#[test]
fn a_redacted_report_compares_and_is_compared() {
    let folder = folder("before-redacted");
    save(&folder, "yesterday.json", &["then", "--format=json"]);
    save(&folder, "hidden.json", &["then", "--format=json", "--redact"]);
    let output = check(&folder, &["now", "--before", "yesterday.json", "--redact", "--format=json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rules(&report["since"]["fixed"]), [RULE]);
    assert!(!text(&output.stdout).contains("001122334455") && !text(&output.stdout).contains(WRONG));
    let report = check(&folder, &["now", "--before", "hidden.json"]);
    let report = text(&report.stdout);
    assert!(report.contains("The earlier report is redacted.") && report.contains("✔ Fixed: "), "{report}");
}

#[test]
fn what_is_no_report_is_bad_usage() {
    let folder = folder("before-wrong");
    for (name, content, telling) in [
        ("other.json", "{}", "no report of this program"),
        (
            "later.json",
            "{\"schema\":\"vpn-phone-doctor/report/2\"}",
            "a form that this version does not know",
        ),
        ("cut.json", "{\"schema\":\"vpn-phone-doctor/report/1\",", "damaged or cut off"),
    ] {
        fs::write(folder.join(name), content).unwrap();
        let output = check(&folder, &["now", "--before", name]);
        assert_eq!(status(&output), 64, "{name}");
        assert!(
            text(&output.stderr).contains(telling) && output.stdout.is_empty(),
            "{}",
            text(&output.stderr)
        );
    }
    assert_eq!(status(&check(&folder, &["now", "--before", "absent.json"])), 66);
}

#[test]
fn a_fleet_is_compared_path_by_path() {
    let folder = folder("before-fleet");
    let without = "<device><deviceProtocol>SIP</deviceProtocol></device>";
    fs::write(folder.join("then").join(SECOND), without).unwrap();
    for (name, content) in [(FIRST, without), (SECOND, without), ("SEP0011223344BB.cnf.xml", without)] {
        fs::write(folder.join("now").join(name), content).unwrap();
    }
    let then = [format!("then/{FIRST}"), format!("then/{SECOND}")];
    save(&folder, "fleet.ndjson", &[&then[0], &then[1], "--format=ndjson"]);
    let now = [format!("now/{SECOND}"), format!("now/{FIRST}"), "now/SEP0011223344BB.cnf.xml".to_owned()];
    let paths: Vec<&str> = now.iter().map(String::as_str).collect();
    let output = check(&folder, &[&paths[..], &["--format=ndjson", "--before", "fleet.ndjson"]].concat());
    let reports: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let missing = "vpn-group-missing";
    assert_eq!(rules(&reports[0]["since"]["same"]), [missing]);
    assert!(rules(&reports[1]["since"]["new"]).contains(&missing), "{:#}", reports[1]["since"]);
    assert!(reports[2].get("since").is_none(), "the earlier run did not have it");
    assert!(text(&output.stderr).contains("does not name them: 1"), "{}", text(&output.stderr));

    save(&folder, "hidden.ndjson", &[&then[0], &then[1], "--format=ndjson", "--redact"]);
    let output = check(&folder, &[&paths[..], &["--format=ndjson", "--before", "hidden.ndjson"]].concat());
    assert_eq!(status(&output), 64);
    assert!(text(&output.stderr).contains("redacted"), "{}", text(&output.stderr));
}

#[test]
fn of_several_reports_the_one_of_the_same_files_is_compared() {
    let folder = folder("before-several");
    save(&folder, "yesterday.json", &["then", "--format=json"]);
    fs::write(folder.join("elsewhere.log"), LOG).unwrap();
    save(&folder, "elsewhere.json", &["elsewhere.log", "--format=json"]);
    let output = check(&folder, &["now", "yesterday.json", "elsewhere.json"]);
    let report = text(&output.stdout);
    assert!(
        report.contains("There are 2 earlier reports") && report.contains("in `yesterday.json`"),
        "{report}"
    );
    assert!(report.contains("✔ Fixed: "), "{report}");
}
