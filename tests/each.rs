//! `check --each`: one report for each file, phone or folder of a fleet, and what a broken file costs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const NOW: &str = "--now=2026-11-24T12:00:00Z";
const FIRST: &str = "SEP001122334455";
const SECOND: &str = "SEPAABBCCDDEEFF";
const THIRD: &str = "SEP00AA11BB22CC";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"));
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .args(arguments)
        .output()
        .expect("the command line starts")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed by a signal")
}

/// The reports by their subjects, in the order in which they came.
fn reports(output: &Output) -> Vec<(String, Value)> {
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    let reports = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    reports.map(|report| (report["subject"].as_str().unwrap().to_owned(), report)).collect()
}

fn subjects(output: &Output) -> Vec<String> {
    reports(output).into_iter().map(|(subject, _)| subject).collect()
}

fn input_names(report: &Value) -> Vec<&str> {
    report["inputs"].as_array().unwrap().iter().map(|input| input["name"].as_str().unwrap()).collect()
}

fn config(url: &str, load: &str) -> String {
    format!(
        "<device><deviceProtocol>SCCP</deviceProtocol><vpnGroup><addresses><url1>{url}</url1></addresses></vpnGroup>\
         <loadInformation>{load}</loadInformation></device>\n"
    )
}

const ASA_LOG: &str = "\
Nov 24 2026 08:00:01 vpn : %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.7/50001 for TLSv1 session.
Nov 24 2026 08:00:01 vpn : %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.8/50002 for TLSv1 session.
Nov 24 2026 08:00:02 vpn : %ASA-6-725002: Device completed SSL handshake with client outside:198.51.100.7/50001
Nov 24 2026 08:00:02 vpn : %ASA-6-725002: Device completed SSL handshake with client outside:198.51.100.8/50002
Nov 24 2026 08:00:03 vpn : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = CP-7962G-SEP001122334455 : user IP = 198.51.100.7
Nov 24 2026 08:00:03 vpn : %ASA-6-716039: Group <GP> User <CP-7962G-SEP001122334455> IP <198.51.100.7> Authentication: rejected, Session Type: WebVPN.
Nov 24 2026 08:00:04 vpn : %ASA-6-113039: Group <GP> User <CP-8845-SEPAABBCCDDEEFF> IP <198.51.100.8> AnyConnect parent session started.
Nov 24 2026 08:00:05 vpn : %ASA-4-722051: Group <GP> User <CP-8845-SEPAABBCCDDEEFF> IP <198.51.100.8> IPv4 Address <192.0.2.77> IPv6 address <::> assigned to session
";

const CONSOLE: &str = "\
0901: NOT 10:19:26.000000 JAVA: sipSPIAddContactHeader: CFGID_DEVICE_NAME = SEP00AA11BB22CC
0902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization
0928: ERR 10:19:28.432467 VPNC: protocol_handler: login failed
";

/// A fleet of three phones, an ASA's log, a status page that names nobody, and a link to nothing.
fn fleet(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    let files = [
        (format!("configs/{FIRST}.cnf.xml"), config("https://vpn.example.com/phones", "SCCP42.9-4-2SR3-1S")),
        (
            format!("configs/{SECOND}.cnf.xml"),
            config("http://vpn.example.com/phones", "sip8845_65.12-8-1-0001-455"),
        ),
        (format!("logs/{FIRST}/messages"), CONSOLE.replace(THIRD, FIRST)),
        ("logs/console.log".to_owned(), CONSOLE.to_owned()),
        ("asa.log".to_owned(), ASA_LOG.to_owned()),
        ("note.txt".to_owned(), "nothing of interest\n".to_owned()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("absent", folder.join("gone.log")).unwrap();
    folder
}

#[test]
fn a_report_a_line_is_the_only_form() {
    let folder = fleet("each-form");
    for (arguments, telling) in [
        (vec!["check", ".", "--each", "phone"], "--format ndjson"),
        (vec!["check", ".", "--each", "file", "--format", "html"], "--format ndjson"),
        (vec!["check", ".", "--each", "room", "--format", "ndjson"], "folder"),
        (vec!["check", ".", "--threads", "2", "--format", "ndjson"], "--each"),
        (vec!["check", ".", "--shared", "asa.log", "--format", "ndjson"], "--each"),
        (vec!["check", ".", "--each", "file", "--shared", "asa.log", "--format", "ndjson"], "--each phone"),
        (
            vec!["check", ".", "--each", "phone", "--format", "ndjson", "--say", "phone=SEP001122334455"],
            "--say",
        ),
        (vec!["check", ".", "--each", "file", "--threads", "0", "--format", "ndjson"], "threads"),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(status(&output), 64, "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(telling) && output.stdout.is_empty(), "{arguments:?}: {said}");
    }
}

#[test]
fn each_file_has_a_report_and_an_unreadable_one_costs_its_own() {
    let folder = fleet("each-file");
    let arguments = ["check", ".", "--each", "file", "--format", "ndjson", "--threads", "1", NOW];
    let output = run(&folder, &arguments);
    let found = reports(&output);
    let mut sorted: Vec<&String> = found.iter().map(|(subject, _)| subject).collect();
    assert_eq!(sorted.len(), if cfg!(unix) { 7 } else { 6 });
    assert!(found.iter().all(|(subject, report)| input_names(report)[0] == subject));
    assert_eq!(status(&output), 2, "the worst report decides");
    sorted.sort_unstable();
    let subjects: Vec<&String> = found.iter().map(|(subject, _)| subject).collect();
    assert_eq!(subjects, sorted, "one thread keeps the order of names");
    if let Some((_, gone)) = found.iter().find(|(subject, _)| subject == "gone.log") {
        assert_eq!(
            (&gone["inputs"][0]["state"], &gone["verdict"]["state"]),
            (&"refused".into(), &"unknown".into())
        );
    }
    let many = run(&folder, &["check", ".", "--each", "file", "--format", "ndjson", "--threads", "7", NOW]);
    let lines = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<BTreeSet<String>>()
    };
    assert_eq!(lines(&many), lines(&output), "threads change the order alone");
    let none = run(&folder, &["check", "absent.txt", "--each", "file", "--format", "ndjson", NOW]);
    assert_eq!((status(&none), reports(&none).len()), (66, 1), "still named");
}

#[test]
fn each_folder_directly_below_a_path_has_a_report() {
    let folder = fleet("each-folder");
    let arguments =
        ["check", ".", "note.txt", "--each", "folder", "--format", "ndjson", "--threads", "1", NOW];
    let found: BTreeMap<String, Value> = reports(&run(&folder, &arguments)).into_iter().collect();
    let names = |subject: &str| input_names(&found[subject]);
    assert_eq!(names("configs").len(), 2);
    assert_eq!(names("logs"), [format!("logs/{FIRST}/messages"), "logs/console.log".to_owned()]);
    assert_eq!(names("asa.log"), ["asa.log"]);
    assert_eq!(names("note.txt"), ["note.txt"]);
}

#[test]
fn each_phone_has_its_files_together_and_what_the_asa_says_of_it() {
    let folder = fleet("each-phone");
    let arguments = ["check", ".", "--each", "phone", "--format", "ndjson", "--threads", "1", NOW];
    let output = run(&folder, &arguments);
    let found: BTreeMap<String, Value> = reports(&output).into_iter().collect();
    let gone: &[&str] = if cfg!(unix) { &["gone.log"] } else { &[] };
    assert_eq!(
        subjects(&output),
        [&[FIRST, THIRD, SECOND], gone, &["note.txt", "shared"]].concat(),
        "phones by name, then what belongs to none"
    );
    assert_eq!(
        input_names(&found[FIRST]),
        [format!("configs/{FIRST}.cnf.xml"), format!("logs/{FIRST}/messages"), "asa.log".to_owned()]
    );
    assert_eq!(
        input_names(&found[THIRD]),
        ["logs/console.log", "asa.log"],
        "by what the log says of its phone"
    );
    let rules = |subject: &str| -> Vec<String> {
        let findings = found[subject]["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    let has = |subject: &str, rule: &str| rules(subject).iter().any(|found| found == rule);
    assert!(has(FIRST, "aaa-rejected") && !has(SECOND, "aaa-rejected") && !has("shared", "aaa-rejected"));
    assert!(has(SECOND, "vpn-url-not-https") && !has(FIRST, "vpn-url-not-https"));
    assert_eq!(found[FIRST]["phones"].as_array().unwrap().len(), 1);
    assert_eq!(found[FIRST]["fleet"]["load"], "SCCP42.9-4-2SR3-1S");
    assert_eq!(found[FIRST]["fleet"]["model"], "CP-7962G");
    assert_eq!(found[FIRST]["fleet"]["gateways"], Value::from(vec!["vpn.example.com"]));
    assert_eq!(found["note.txt"]["verdict"]["state"], "unknown");

    // What a phone's report says is what the case says where it is narrowed to that phone.
    for phone in [FIRST, SECOND] {
        let say = format!("phone={phone}");
        let whole =
            run(&folder, &["check", "configs", "logs", "asa.log", "--format", "json", "--say", &say, NOW]);
        let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
        let findings = |report: &Value| -> Vec<(String, String)> {
            let all = report["findings"].as_array().unwrap().iter();
            all.map(|found| (found["rule"].to_string(), found["evidence"][0]["text"].to_string())).collect()
        };
        assert_eq!(findings(&found[phone]), findings(&whole), "{phone}");
        assert_eq!(found[phone]["verdict"]["rule"], whole["verdict"]["rule"], "{phone}");
    }
}

#[test]
fn parts_of_a_fleet_are_checked_with_what_they_share() {
    let folder = fleet("each-shared");
    let options = ["--each", "phone", "--format", "ndjson", "--threads", "1", NOW];
    let whole = run(&folder, &[&["check", "configs", "logs", "--shared", "asa.log"], &options[..]].concat());
    assert_eq!(subjects(&whole), [FIRST, THIRD, SECOND], "what is shared has no report of its own");
    let mut parts = Vec::new();
    for files in [vec!["configs"], vec!["logs"]] {
        parts.extend(subjects(&run(
            &folder,
            &[&["check"], &files[..], &["--shared", "asa.log"], &options].concat(),
        )));
    }
    assert_eq!(parts, [FIRST, SECOND, FIRST, THIRD]);
    let found: BTreeMap<String, Value> = reports(&whole).into_iter().collect();
    assert_eq!(input_names(&found[SECOND]), [&format!("{SECOND}.cnf.xml"), "asa.log"]);
}

#[test]
fn a_redacted_fleet_names_nobody() {
    let folder = fleet("each-redacted");
    for each in ["file", "phone", "folder"] {
        let output = run(&folder, &["check", ".", "--each", each, "--format", "ndjson", "--redact", NOW]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        // The first phone's name is also that of an example in a rule's own words.
        for name in ["AABBCCDDEEFF", "00AA11BB22CC", "vpn.example.com", "198.51.100", "\"subject\":\"SEP"] {
            assert!(!text.contains(name), "--each {each} still names {name}");
        }
        assert!(
            each == "folder" || subjects(&output).iter().any(|subject| subject.contains("PHONE-01")),
            "{text}"
        );
    }
}

#[test]
fn the_line_of_a_fleet_is_described_by_the_schema() {
    let folder = fleet("each-schema");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let output = run(&folder, &["check", ".", "--each", "phone", "--format", "ndjson", NOW]);
    for (subject, report) in reports(&output) {
        assert!(validator.is_valid(&report), "{subject}: {:?}", validator.iter_errors(&report).next());
    }
}
