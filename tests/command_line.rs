//! The command line as a script meets it: exit statuses, standard input, folders, one report a line, a closed pipe.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sha1::Digest;

const HEX: &str = "e57e81ea9954c144976678d0e2418cdf79a93176";
const BASE64: &str = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
const OTHER: &str = "1289b8a7aa9ffd84865e38939f3466a61b5608fc";
const NOW: &str = "--now=2026-11-24T12:00:00Z";

fn doctor(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    doctor(folder).args(arguments).output().expect("the command line starts")
}

fn run(arguments: &[&str]) -> Output {
    run_in(Path::new(env!("CARGO_TARGET_TMPDIR")), arguments)
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = doctor(Path::new(env!("CARGO_TARGET_TMPDIR")))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed by a signal")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A fresh folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn hash_says_by_its_status_whether_values_match() {
    for (values, expected, telling) in [
        (vec![HEX], 0, BASE64),
        (vec![HEX, BASE64], 0, "Equal: They are the same bytes."),
        (vec![HEX, OTHER], 1, "Different: "),
        (vec![HEX, "Fingerprint: dbc1e67d 061ff7f2 9f9b3a10 63fc7912"], 1, "One is SHA-1, the other MD5"),
        (vec!["asa.example.com"], 65, "There is no hash here"),
        (vec![HEX, &HEX[..39]], 65, "place 40, which is missing"),
    ] {
        let output = run(&[&["hash"], values.as_slice()].concat());
        assert_eq!(status(&output), expected, "{values:?}");
        assert!(text(&output.stdout).contains(telling), "{values:?}: {}", text(&output.stdout));
    }
}

#[test]
fn hash_writes_the_contract_and_speaks_german() {
    let answer = json(&run(&["hash", "--format", "json", "--lang", "de", HEX, BASE64]));
    assert_eq!(answer["schema"], "vpn-phone-doctor/hash/1");
    assert_eq!(answer["values"][1]["hex"], HEX);
    assert_eq!(answer["values"][1]["notation"], "base64");
    assert_eq!(answer["verdict"]["state"], "equal");
    assert_eq!(answer["verdict"]["why"], "Es sind dieselben Bytes.");
}

#[test]
fn hash_reads_one_value_of_many_lines_from_standard_input() {
    let printed = b"Certificate has the following attributes:\n\
        \x20      Fingerprint MD5: DBC1E67D 061FF7F2 9F9B3A10 63FC7912 \n\
        \x20     Fingerprint SHA1: E57E81EA 9954C144 976678D0 E2418CDF 79A93176 \n";
    let output = run_with_input(&["hash", "-", BASE64, "--format=json"], printed);
    assert_eq!(status(&output), 0);
    let answer = json(&output);
    let algorithms: Vec<&str> =
        answer["values"].as_array().unwrap().iter().filter_map(|value| value["algorithm"].as_str()).collect();
    assert_eq!(algorithms, ["md5", "sha1", "sha1"]);
}

#[test]
fn hash_needs_certificates_that_can_be_read() {
    let folder = folder("no-certificate", &[("note.txt", "nothing of interest\n")]);
    let absent = run_in(&folder, &["hash", HEX, "--certificate", "absent.pem"]);
    assert_eq!(status(&absent), 66);
    assert!(text(&absent.stderr).contains("absent.pem: no certificate was found in it. It cannot be opened"));
    assert_eq!(status(&run_in(&folder, &["hash", HEX, "--certificate", "note.txt"])), 65);
}

#[test]
fn bad_usage_says_what_would_be_good() {
    for (arguments, telling) in [
        (vec![], "Usage"),
        (vec!["check"], "PATH"),
        (vec!["check", "x", "--say", "colour=blue"], "phones-failing"),
        (vec!["check", "x", "--say", "phones-failing=blue"], "newer, older, all, some"),
        (vec!["check", "x", "--say", "phones-failing"], "KEY=VALUE"),
        (vec!["check", "x", "--now", "yesterday"], "2026-11-23T10:19:27Z"),
        (vec!["check", "x", "--format", "pdf"], "markdown"),
        (vec!["check", "x", "--addresses", "topology"], "--redact"),
        (vec!["check", "x", "--map", "map.json"], "--redact"),
        (vec!["check", "x", "--redact", "--map", "map.json", "--format", "ndjson"], "one map"),
        (vec!["explain", "no-such-rule"], "rules"),
    ] {
        let output = run(&arguments);
        assert_eq!(status(&output), 64, "{arguments:?}");
        assert!(text(&output.stderr).contains(telling), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    assert_eq!(status(&run(&["--help"])), 0);
    assert_eq!(status(&run(&["--version"])), 0);
}

#[test]
fn what_cannot_be_opened_never_stops_the_others() {
    let folder = folder("unopened", &[("note.txt", "nothing of interest\n"), ("empty.txt", "")]);
    for command in ["check", "inspect"] {
        let none = run_in(&folder, &[command, "absent.txt"]);
        assert_eq!((status(&none), text(&none.stdout)), (66, ""));
        let line = "vpn-phone-doctor: absent.txt: there is no such file or folder\n";
        assert_eq!(text(&none.stderr), line);
    }
    let hidden = run_in(&folder, &["check", "a\u{1b}[31m\u{202e}b\u{9b}", NOW]);
    assert!(text(&hidden.stderr).contains("a␛[31m⟪U+202E⟫b⟪U+009B⟫: "), "{:?}", text(&hidden.stderr));
    let redacted = run_in(&folder, &["check", "SEP001122334455.log", "--redact", NOW]);
    assert_eq!(text(&redacted.stderr), "vpn-phone-doctor: PATH 1: there is no such file or folder\n");

    let some = run_in(&folder, &["check", "absent.txt", "note.txt", "empty.txt", "--format=json", NOW]);
    assert_eq!(status(&some), 0);
    assert_eq!(text(&some.stderr), "vpn-phone-doctor: absent.txt: there is no such file or folder\n");
    let report = json(&some);
    let inputs: Vec<(&str, &str)> = report["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| (input["name"].as_str().unwrap(), input["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        inputs,
        [("absent.txt", "refused"), ("note.txt", "unrecognised"), ("empty.txt", "unrecognised")]
    );
    assert!(report["inputs"][0]["notes"][0]["text"].as_str().unwrap().starts_with("It cannot be opened"));
}

#[test]
fn a_quiet_run_tells_by_its_status_alone() {
    let phone = "<device><deviceProtocol>SIP</deviceProtocol></device>\n";
    let folder = folder("quiet", &[("SEP001122334455.cnf.xml", phone), ("note.txt", "nothing\n")]);
    for (file, expected) in [("SEP001122334455.cnf.xml", 2), ("note.txt", 0)] {
        for form in ["text", "json", "ndjson"] {
            let output = run_in(&folder, &["check", file, "--quiet", "--format", form, NOW]);
            assert_eq!(status(&output), expected, "{file} {form}");
            assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{file} {form}");
        }
    }
}

#[test]
fn a_folder_is_read_to_its_last_file_in_the_order_of_names() {
    // More files than are read at a time, so that order does not come from luck.
    let names: Vec<String> =
        (0..600).map(|number| format!("floor{}/SEP{number:012}.txt", number % 7)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x\n")).collect();
    let folder = folder("many", &files);
    let arguments = ["check", ".", "--format=json", NOW];
    let first = run_in(&folder, &arguments);
    let report = json(&first);
    let read: Vec<&str> =
        report["inputs"].as_array().unwrap().iter().map(|input| input["name"].as_str().unwrap()).collect();
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    assert_eq!(read, sorted);
    assert_eq!(run_in(&folder, &arguments).stdout, first.stdout, "the same, byte for byte");
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_back_into_itself_ends() {
    let folder = folder("circle", &[("inside/note.txt", "x\n")]);
    std::os::unix::fs::symlink(&folder, folder.join("inside/again")).unwrap();
    let report = json(&run_in(&folder, &["check", ".", "--format=json", NOW]));
    assert_eq!(report["inputs"].as_array().unwrap().len(), 2);
    assert_eq!(report["inputs"][0]["name"], "inside/again");
}

#[test]
fn ndjson_writes_a_line_for_each_path_in_order() {
    let folder = folder("lines", &[("a/1.txt", "x\n"), ("a/2.txt", "x\n"), ("b.txt", "x\n")]);
    let output = run_in(&folder, &["check", "b.txt", "a", "absent.txt", "--format=ndjson", NOW]);
    assert_eq!(status(&output), 0);
    let names: Vec<Vec<String>> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|report| {
            let inputs = report["inputs"].as_array().unwrap();
            inputs.iter().map(|input| input["name"].as_str().unwrap().to_owned()).collect()
        })
        .collect();
    assert_eq!(names, [vec!["b.txt"], vec!["1.txt", "2.txt"], vec!["absent.txt"]]);
}

#[test]
fn standard_input_is_a_path() {
    let output = run_with_input(&["check", "-", "--format=json", NOW], b"nothing of interest\n");
    let report = json(&output);
    assert_eq!((&report["inputs"][0]["name"], &report["inputs"][0]["bytes"]), (&"stdin".into(), &20.into()));
    assert_eq!(status(&output), 0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = folder("pipe", &[("note.txt", "x\n")]);
    let mut arguments = vec!["check", "--format=ndjson", NOW];
    arguments.extend(["note.txt"; 2000]);
    let mut child = doctor(&folder)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    let mut first = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!((status(&output), text(&output.stderr)), (0, ""));
}

#[test]
fn nothing_of_a_file_steers_the_terminal() {
    let folder = folder("escape", &[("bad\u{1b}[31mname.txt", "x\n")]);
    for format in ["text", "markdown"] {
        let output = run_in(&folder, &["check", ".", "--format", format, NOW]);
        assert!(!text(&output.stdout).contains('\u{1b}'), "{format}");
    }
    assert!(!text(&run_in(&folder, &["inspect", "."]).stdout).contains('\u{1b}'));
    assert!(!text(&run(&["hash", "\u{1b}[31mx"]).stdout).contains('\u{1b}'));
}

#[test]
fn every_rule_is_listed_and_explained_in_both_languages() {
    let list = json(&run(&["rules", "--format=json"]));
    let rules = list.as_array().unwrap();
    assert!(!rules.is_empty());
    let markdown = run(&["rules", "--format=markdown"]);
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        assert!(text(&markdown.stdout).contains(id), "{id}");
        let title = rule["title"].as_str().unwrap();
        let english = run(&["explain", id]);
        assert_eq!(status(&english), 0, "{id}");
        assert!(text(&english.stdout).contains(title), "{id}");
        assert!(!text(&run(&["explain", id, "--lang=de"]).stdout).contains(title), "{id}");
    }
    assert!(text(&markdown.stdout).contains("phones-failing"));
}

#[test]
fn a_blocker_is_seen_in_the_status_of_check() {
    let without = "<device><deviceProtocol>SIP</deviceProtocol></device>";
    let folder = folder("blocker", &[("SEP001122334455.cnf.xml", without), ("note.txt", "x\n")]);
    for paths in [["SEP001122334455.cnf.xml", "note.txt"], ["note.txt", "SEP001122334455.cnf.xml"]] {
        for format in ["text", "json", "ndjson", "markdown", "html"] {
            let output = run_in(&folder, &[&["check", NOW, "--format", format], &paths[..]].concat());
            assert_eq!(status(&output), 2, "{paths:?} {format}");
        }
    }
    let report = json(&run_in(&folder, &["check", ".", NOW, "--format=json"]));
    assert_eq!(report["verdict"]["state"], "fault");
    assert_eq!(report["verdict"]["rule"], "vpn-group-missing");
}

#[test]
fn hash_is_compared_with_every_certificate_of_the_files() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/certificate");
    let sha1 = |bytes: &[u8]| {
        let hash: [u8; 20] = sha1::Sha1::digest(bytes).into();
        hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let leaf = sha1(&fs::read(samples.join("vpn.der")).unwrap());
    let pem = sha1(&fs::read(samples.join("vpn.pem")).unwrap());
    for (value, expected, telling) in [
        (leaf.as_str(), 0, "Equal: SHA-1 of the certificate CN="),
        (pem.as_str(), 1, "It is the SHA-1 of the PEM text of CN="),
        (OTHER, 1, "is the hash of none of the certificates (2): CN="),
        (&leaf[..38], 65, "Its first 38 digits are those of the other hash"),
    ] {
        let output =
            run_in(&samples, &["hash", value, "--certificate", "ca.pem", "--certificate", "vpn.pem"]);
        assert_eq!(status(&output), expected, "{value}");
        assert!(text(&output.stdout).contains(telling), "{value}: {}", text(&output.stdout));
    }
}

#[test]
fn a_redacted_report_tells_the_same_and_names_nobody() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples/replaced-certificate");
    let check = |more: &[&str]| {
        let now = ["check", example.to_str().unwrap(), "--format", "json", "--now", "2026-11-24T12:00:00Z"];
        run(&[&now, more].concat())
    };
    let (plain, redacted) = (check(&[]), check(&["--redact"]));
    assert_eq!(status(&plain), status(&redacted));
    assert_eq!(json(&plain)["verdict"]["rule"], json(&redacted)["verdict"]["rule"]);
    for name in ["SEP0011", "001122334455", "example.com", "198.51.100.20"] {
        assert!(text(&plain.stdout).contains(name), "the case names {name}");
        assert!(!text(&redacted.stdout).contains(name), "the redacted report still names {name}");
    }
    let topology = check(&["--redact", "--addresses", "topology"]);
    assert!(!text(&topology.stdout).contains("198.51.100.20"));
    assert!(!text(&topology.stdout).contains("IP-01"));
    for form in ["text", "ndjson", "markdown", "html"] {
        let redacted = run(&["check", example.to_str().unwrap(), "--format", form, "--redact", NOW]);
        assert_eq!(status(&redacted), status(&plain), "{form}");
        assert!(text(&redacted.stdout).contains("PHONE-01"), "{form}");
        assert!(!text(&redacted.stdout).contains("198.51.100.20"), "{form}");
    }
}

#[test]
fn the_map_of_a_redacted_report_is_a_file_of_its_own() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples/replaced-certificate");
    let folder = folder("map", &[("mine.json", "kept")]);
    let check =
        |map: &str| run_in(&folder, &["check", example.to_str().unwrap(), "--redact", "--map", map, NOW]);
    let plain = run_in(&folder, &["check", example.to_str().unwrap(), "--redact", NOW]);
    let mapped = check("map.json");
    assert_eq!(plain.stdout, mapped.stdout, "the map is not in the report");
    let map = fs::read_to_string(folder.join("map.json")).unwrap();
    assert!(map.contains("PHONE-01") && map.contains("001122334455"), "{map}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join("map.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
    }
    let refused = check("mine.json");
    assert_eq!((status(&refused), refused.stdout.is_empty()), (64, true));
    assert!(text(&refused.stderr).contains("--map"), "{}", text(&refused.stderr));
    assert!(!text(&refused.stderr).contains("mine.json"), "a name of a file tells as much as a report");
    assert_eq!(fs::read_to_string(folder.join("mine.json")).unwrap(), "kept");
}

const OLD_PHONE: &str = "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup><addresses><url1>https://vpn.example.com/P</url1></addresses><credentials><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1></credentials></vpnGroup></device>";

#[test]
fn plan_says_by_its_status_what_breaks() {
    let config = "ASA Version 9.8(2)\nhostname asa\nusername joe password s3cret encrypted\ncrypto ca trustpoint P\n enrollment terminal\nssl trust-point P outside\nwebvpn\n enable outside\n anyconnect image disk0:/a.pkg 1\n anyconnect enable\n: end\n";
    let files = [
        ("case/SEP001122334455.cnf.xml", OLD_PHONE),
        ("case/asa.cfg", config),
        ("lines.txt", "ssl server-version tlsv1.2\n"),
        ("same.txt", "logging enable\n"),
    ];
    let folder = folder("plan", &files);
    for (changes, expected) in [
        (vec!["--change", "ssl=lines.txt"], 2),
        (vec!["--change", "asa-config=same.txt"], 1),
        (vec!["--change", "asa-config=same.txt", "--works-today"], 0),
        (vec!["--change", "host-id-check=maybe"], 64),
        (vec!["--change", "colour=blue"], 64),
        (vec!["--change", "ssl=missing.txt"], 66),
        (vec!["--change", "certificate=lines.txt"], 64),
        (vec![], 64),
    ] {
        let output = run_in(&folder, &[&["plan", "case", NOW], changes.as_slice()].concat());
        assert_eq!(
            status(&output),
            expected,
            "{changes:?}: {}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
    }
    assert_eq!(status(&run_in(&folder, &["plan", "nowhere", "--change", "ssl=lines.txt"])), 66);
    let json_of = |more: &[&str]| {
        let arguments = ["plan", "case", NOW, "--change", "ssl=lines.txt", "--format", "json"];
        json(&run_in(&folder, &[&arguments, more].concat()))
    };
    let told = json_of(&[]);
    assert_eq!(told["rows"][0]["after"]["rule"], "tls-version-too-new-for-phone");
    assert_eq!(told["changes"][0]["key"], "ssl");
    let redacted = json_of(&["--redact"]);
    assert_eq!(redacted["redacted"], true);
    let written = redacted.to_string();
    for name in ["001122334455", "vpn.example.com", "s3cret"] {
        assert!(!written.contains(name), "{name}: {written}");
    }
    assert_eq!(redacted["rows"][0]["after"], told["rows"][0]["after"]);
}

#[test]
fn compare_says_by_its_status_whether_something_matters() {
    let other = OLD_PHONE.replace("https:", "http:");
    let files = [("a/SEP001122334455.cnf.xml", OLD_PHONE), ("b/SEP0011223344BB.cnf.xml", other.as_str())];
    let folder = folder("compare", &files);
    for (sides, expected) in [(["a", "b"], 1), (["a", "a"], 0), (["a", "nowhere"], 66)] {
        let output = run_in(&folder, &[&["compare", NOW], sides.as_slice()].concat());
        assert_eq!(status(&output), expected, "{sides:?}: {}", text(&output.stdout));
        let complaints = text(&output.stderr).lines().count();
        assert_eq!(complaints, usize::from(expected == 66), "{sides:?}: {}", text(&output.stderr));
    }
    let told = json(&run_in(&folder, &["compare", "a", "b", NOW, "--format", "json", "--lang", "de"]));
    assert_eq!(told["schema"], "vpn-phone-doctor/compare/1");
    assert_eq!(told["differences"][0]["matters"], "likely");
    let redacted = run_in(&folder, &["compare", "a", "b", NOW, "--format", "json", "--redact"]);
    assert!(!text(&redacted.stdout).contains("example.com"), "{}", text(&redacted.stdout));
    assert_eq!(json(&redacted)["differences"][0]["matters"], "likely");
}
