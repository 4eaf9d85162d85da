//! `sift` and `summary` as a script meets them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const NOW: &str = "--now=2026-11-24T12:00:00Z";

fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A command that does not read its input closes it.
    let _ = writer.join().unwrap();
    output
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed by a signal")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn rows(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn noise(count: usize) -> String {
    "Nov 24 2026 08:00:00 vpn : %ASA-6-305011: Built dynamic TCP translation\n".repeat(count)
}

const REJECTED: &str = "\
Nov 24 2026 08:00:03 vpn : %ASA-6-716039: Group <GP> User <CP-7962G-SEP001122334455> IP <198.51.100.7> Authentication: rejected, Session Type: WebVPN.
";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("asa.log"), format!("{}{REJECTED}{}", noise(500), noise(500))).unwrap();
    fs::write(folder.join("asa.der"), [0x30, 0x82, 0xff, 0x00]).unwrap();
    folder
}

#[test]
fn a_log_is_reduced_byte_for_byte() {
    let folder = folder("sift-plain");
    let log = fs::read(folder.join("asa.log")).unwrap();
    let from_file = run(&folder, &["sift", "asa.log"], b"");
    for piped in [run(&folder, &["sift"], &log), run(&folder, &["sift", "-"], &log)] {
        assert_eq!((status(&piped), &piped.stdout), (0, &from_file.stdout));
    }
    assert!(from_file.stdout.len() < 1500, "{}", text(&from_file.stdout));
    assert!(text(&from_file.stdout).lines().all(|line| text(&log).contains(line)));
    assert!(text(&from_file.stdout).contains(REJECTED));
    let other = run(&folder, &["sift", "asa.der"], b"");
    assert_eq!(other.stdout, [0x30, 0x82, 0xff, 0x00], "what is no log passes whole");
}

#[test]
fn lines_with_places_are_cited_where_they_stood() {
    let folder = folder("sift-places");
    let sifted = run(&folder, &["sift", "--places", "asa.log", "gone.log", "asa.der"], b"");
    assert_eq!(status(&sifted), 0);
    assert!(text(&sifted.stderr).contains("gone.log"), "named, and no more");
    let all = rows(&sifted);
    let telling = all.iter().find(|row| row["line"] == 501).expect("the line that tells is there");
    assert_eq!((&telling["file"], &telling["byte"]), (&"asa.log".into(), &noise(500).len().into()));
    assert_eq!(telling["text"], REJECTED.trim_end());
    fs::write(folder.join("sifted.ndjson"), &sifted.stdout).unwrap();
    let report = run(&folder, &["check", "sifted.ndjson", "--format=json", NOW], b"");
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let names: Vec<&str> =
        report["inputs"].as_array().unwrap().iter().map(|input| input["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sifted.ndjson", "asa.log", "gone.log", "asa.der"]);
    assert_eq!(report["inputs"][2]["state"], "refused");
    let evidence = &report["findings"][0]["evidence"][0];
    assert_eq!((&evidence["input"], &evidence["line"]), (&1.into(), &501.into()), "{report}");
}

#[test]
fn a_piece_says_in_its_first_line_where_it_stands() {
    let folder = folder("sift-pieces");
    let log = fs::read_to_string(folder.join("asa.log")).unwrap();
    let cut = noise(300).len();
    let mut pieces = Vec::new();
    for (piece, line, byte) in [(&log[..cut], 1, 0), (&log[cut..], 301, cut)] {
        let first = format!("{{\"file\":\"asa.log\",\"line\":{line},\"byte\":{byte}}}\n");
        let output = run(&folder, &["sift", "--places", "--placed"], format!("{first}{piece}").as_bytes());
        assert_eq!(status(&output), 0);
        pieces.extend(rows(&output));
    }
    for row in run(&folder, &["sift", "--places", "asa.log"], b"").stdout.split(|byte| *byte == b'\n') {
        if !row.is_empty() {
            let row: Value = serde_json::from_slice(row).unwrap();
            assert!(pieces.contains(&row), "{row} is in no piece");
        }
    }
    let own: Vec<&str> = log.lines().collect();
    assert!(pieces.iter().all(|row| own[row["line"].as_u64().unwrap() as usize - 1] == row["text"]));
    assert_eq!(status(&run(&folder, &["sift", "--places", "--placed"], b"")), 0, "an empty partition");
    for (arguments, input) in [
        (vec!["sift", "--places", "--placed"], "no row\n"),
        (vec!["sift", "--placed"], ""),
        (vec!["sift", "--places", "--placed", "asa.log"], ""),
    ] {
        let output = run(&folder, &arguments, input.as_bytes());
        assert_eq!((status(&output), output.stdout.is_empty()), (64, true), "{arguments:?}");
    }
    assert_eq!(status(&run(&folder, &["sift", "absent.log"], b"")), 66);
}

#[test]
fn a_fleet_is_summarised_and_a_damaged_line_costs_itself() {
    let folder = folder("summary");
    for name in ["SEP001122334455", "SEPAABBCCDDEEFF"] {
        fs::write(
            folder.join(format!("{name}.cnf.xml")),
            "<device><deviceProtocol>SIP</deviceProtocol></device>",
        )
        .unwrap();
    }
    let reports = run(&folder, &["check", ".", "--each", "phone", "--format", "ndjson", NOW], b"");
    let damaged = format!("{}{{\"schema\":\"vpn-phone-doctor/re", text(&reports.stdout));
    fs::write(folder.join("reports.ndjson"), damaged).unwrap();
    let json = run(&folder, &["summary", "reports.ndjson", "--format", "json"], b"");
    assert_eq!(status(&json), 0);
    assert!(text(&json.stderr).contains("reports.ndjson, line 4"), "{}", text(&json.stderr));
    let summary: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(summary["schema"], "vpn-phone-doctor/summary/1");
    assert_eq!((&summary["reports"], &summary["damaged_lines"]), (&3.into(), &1.into()), "{summary}");
    let rule = summary["by_rule"].as_array().unwrap().iter().find(|row| row["rule"] == "vpn-group-missing");
    assert_eq!(rule.unwrap()["subjects"], 2);
    let piped = run(&folder, &["summary", "-", "--format", "html", "--lang", "de"], &reports.stdout);
    let page = text(&piped.stdout);
    assert!(page.starts_with("<!doctype html>") && page.contains("<svg") && page.contains("Nach Gateway"));
    let plain = run(&folder, &["summary", "-"], &reports.stdout);
    assert!(text(&plain.stdout).contains("By gateway"));
    assert_eq!(status(&run(&folder, &["summary", "absent.ndjson"], b"")), 66);
    assert_eq!(status(&run(&folder, &["summary", "asa.log"], b"")), 66, "no report at all");
    assert_eq!(status(&run(&folder, &["summary", "x", "--format", "pdf"], b"")), 64);
}
