//! Redaction of the names of files and folders, as somebody meets it who sends a report of a whole folder.
//!
//! Logs are named by address, by phone, by host, by user or by customer; each such name is planted here in names of
//! files, of folders, of a session's commands and of an earlier report, and looked for in every form of the report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const NOW: &str = "--now=2026-11-24T12:00:00Z";
const FORMS: [&str; 5] = ["text", "json", "ndjson", "markdown", "html"];

/// A phone that was refused, at one address, behind an ASA of this host name.
const LOG: &str = "\
Nov 23 2026 10:19:27 crane-7 : %ASA-6-725001: Starting SSL handshake with client outside:203.0.113.5/50091 to 198.51.100.1/443 for TLSv1 session\n\
Nov 23 2026 10:19:27 crane-7 : %ASA-7-725012: Device chooses cipher AES128-SHA for the SSL session with client outside:203.0.113.5/50091 to 198.51.100.1/443\n\
Nov 23 2026 10:19:28 crane-7 : %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
Nov 23 2026 10:19:28 crane-7 : %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.5/50091 to 198.51.100.1/443\n\
Nov 23 2026 10:29:27 crane-7 : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = heike.lund : user IP = 203.0.113.5\n\
Nov 23 2026 10:39:29 crane-7 : %ASA-6-716038: Group <Nordhafen> User <CP-7962G-SEP0026CB000126> IP <203.0.113.5> Authentication: successful, Session Type: WebVPN.\n";

const CONFIG: &str = "\
: Saved\nASA Version 9.1(7)\nhostname crane-7\ndomain-name harbour.example\ninterface GigabitEthernet0/0\n nameif outside\n \
ip address 198.51.100.1 255.255.255.0\nwebvpn\n enable outside\ntunnel-group Nordhafen type remote-access\n\
tunnel-group Nordhafen webvpn-attributes\n authentication certificate\n group-url https://vpn.harbour.example/Nordhafen enable\n: end\n";

/// Name of a file, what of it must not be left, and what stands there instead.
const NAMES: [(&str, &str, &str); 33] = [
    ("203.0.113.5.log", "203.0.113.5", "IP-"),
    ("203-0-113-5.log", "203-0-113-5", "IP-"),
    ("203_0_113_5.log", "203_0_113_5", "IP-"),
    ("asa-203-0-113-5-443.txt", "203-0-113-5", "asa-IP-"),
    ("host_203_0_113_5.log.1", "203_0_113_5", "host_IP-"),
    ("2001-db8--5.log", "2001-db8--5", "IP-"),
    ("2001_db8_0_0_0_0_0_5.log", "2001_db8", "IP-"),
    ("00-26-CB-00-01-26.txt", "00-26-cb", "PHONE-"),
    ("00_26_cb_00_01_26.txt", "00_26_cb", "PHONE-"),
    ("00.26.cb.00.01.26.txt", "00.26.cb", "PHONE-"),
    ("0026.cb00.0126.txt", "0026.cb00", "PHONE-"),
    ("0026cb000126.txt", "0026cb000126", "PHONE-"),
    ("01-00-26-cb-00-01-26.txt", "26-cb", "PHONE-"),
    ("SEP0026CB000126.cnf.xml.sgn", "0026cb000126", "PHONE-"),
    ("sep0026cb000126-status.html", "0026cb000126", "PHONE-"),
    ("CTLSEP0026CB000126.tlv", "0026cb000126", "CTLPHONE-"),
    ("CP-7962G-SEP0026CB000126.log", "0026cb000126", "CP-7962G-PHONE-"),
    ("SIP0026CB000126.cnf", "0026cb000126", "SIPPHONE-"),
    ("crane-7.conf", "crane", "HOST-"),
    ("CRANE-7.txt", "crane", "HOST-"),
    ("crane-7-2026-11-23.cfg", "crane", "HOST-"),
    ("vpn.harbour.example.pem", "harbour", "HOST-"),
    ("vpn.harbour.example_443.pem", "harbour", "HOST-"),
    ("heike.lund.eml", "heike", "HOST-"),
    ("lundh5.eml", "lundh5", "file-"),
    ("heike.lund@harbour.example.eml", "heike", "MAIL-"),
    ("Nordhafen.txt", "nordhafen", "GROUP-"),
    ("log of Nordhafen (2).txt", "nordhafen", "log of GROUP-"),
    ("fw-tiefsee-18.conf", "tiefsee", "file-"),
    ("Müllerei Zitterbach GmbH.log", "zitterbach", "file-"),
    ("zitterbach_203.0.113.5.log", "zitterbach", "file-"),
    ("crypto ca export Nordhafen pkcs12 Kolibri7.txt", "kolibri7", "crypto ca export"),
    ("running-config 2026-11-23.txt", "nothing of it names anybody", "running-config 2026-11-23"),
];

fn doctor(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .args(arguments)
        .arg(NOW)
        .output()
        .expect("the command line starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A fresh folder with these files.
fn folder(name: &str, files: &[(String, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Every name as that of a file, and of a folder with a file in it.
fn planted() -> Vec<(String, &'static str)> {
    let mut files = vec![("fw.cfg".to_owned(), CONFIG)];
    for (name, ..) in NAMES {
        files.push((format!("files/{name}"), LOG));
        files.push((format!("{name}/notes.log"), LOG.lines().next().unwrap()));
    }
    files
}

#[track_caller]
fn nobody_is_named(report: &str, what: &str) {
    let low = report.to_lowercase();
    for (name, telling, _) in NAMES {
        let line = low.lines().find(|line| line.contains(&telling.to_lowercase()));
        assert_eq!(line, None, "{what}: {name}");
    }
}

fn gist(report: &Value) -> Value {
    let of = |key: &str, fields: &[&str]| -> Value {
        let rows = report[key].as_array().unwrap().iter();
        rows.map(|row| Value::from_iter(fields.iter().map(|field| row[*field].clone()))).collect()
    };
    let verdict = [&report["verdict"]["state"], &report["verdict"]["rule"]];
    serde_json::json!([
        verdict,
        of("findings", &["rule", "severity", "confidence"]),
        of("stages", &["id", "state"]),
        of("inputs", &["kind", "state", "bytes"]),
    ])
}

#[test]
fn a_redacted_report_names_nobody_by_a_file_in_any_form() {
    let folder = folder("named-by-files", &planted());
    for (form, lang) in FORMS.into_iter().zip(["en", "de"].into_iter().cycle()) {
        let output = doctor(&folder, &["check", ".", "--redact", "--format", form, "--lang", lang]);
        nobody_is_named(&text(&output.stdout), &format!("{form} {lang}"));
        nobody_is_named(&text(&output.stderr), &format!("{form} {lang} on standard error"));
    }
    let topology = doctor(&folder, &["check", ".", "--redact", "--addresses", "topology"]);
    nobody_is_named(&text(&topology.stdout), "other addresses");
}

#[test]
fn a_redacted_report_says_the_same_of_every_file() {
    let folder = folder("named-the-same", &planted());
    let report = |redact: &[&str]| -> Value {
        let output = doctor(&folder, &[&["check", ".", "--format", "json"], redact].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let (plain, redacted) = (report(&[]), report(&["--redact"]));
    assert_eq!(gist(&plain), gist(&redacted));
    let named = |report: &Value| -> Vec<String> {
        let inputs = report["inputs"].as_array().unwrap().iter();
        inputs.map(|input| input["name"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (named(&plain), named(&redacted));
    for (name, _, written) in NAMES {
        let at = before.iter().position(|before| *before == format!("files/{name}")).unwrap();
        let ending = name.rsplit_once('.').unwrap().1;
        let file = &after[at];
        assert!(file.ends_with(ending), "{name}: {file}");
        let base = file.rsplit('/').next().unwrap();
        assert!(base.to_lowercase().starts_with(&written.to_lowercase()), "{name}: {file}");
    }
    // The address of the log is the one of the file that is named by it, and so is the host.
    let line = redacted["timeline"].as_array().unwrap().iter().find(|row| row["says"].as_str().is_some());
    assert!(line.is_some());
    let all = redacted.to_string();
    let of = |name: &str| after[before.iter().position(|other| other.ends_with(name)).unwrap()].clone();
    let address = of("files/203.0.113.5.log");
    let address = address.trim_start_matches("files/").trim_end_matches(".log");
    assert!(all.contains(&format!("client outside:{address}/50091")), "{address}");
    for other in ["203-0-113-5.log", "203_0_113_5.log"] {
        assert!(of(other).contains(address), "{other}: {}", of(other));
    }
    let phone = of("files/00-26-CB-00-01-26.txt");
    assert!(all.contains(&format!("CP-7962G-{}", phone[6..].trim_end_matches(".txt"))), "{phone}");
    assert_eq!(of("files/fw-tiefsee-18.conf").rsplit_once('.').unwrap().1, "conf");
    assert!(of("files/zitterbach_203.0.113.5.log").contains(address), "who is known in a name stays known");
}

#[test]
fn commands_of_a_session_and_an_earlier_report_name_nobody_either() {
    let session = format!(
        "crane-7# show running-config tunnel-group Nordhafen\ntunnel-group Nordhafen type remote-access\n\
         crane-7# crypto ca export Nordhafen pkcs12 Kolibri7\nExported pkcs12 follows:\n\
         crane-7# show running-config\n{CONFIG}crane-7# show logging\n{LOG}crane-7# \n"
    );
    let folder = folder(
        "named-by-commands",
        &[("zitterbach/heike.lund.txt".to_owned(), &session), ("203.0.113.5.log".to_owned(), LOG)],
    );
    let plain = doctor(&folder, &["check", ".", "--format", "json"]);
    assert!(!text(&plain.stdout).contains("Kolibri7"), "a secret is in no report");
    fs::write(folder.join("zitterbach-earlier.json"), &plain.stdout).unwrap();
    for form in FORMS {
        for more in [&[][..], &["--before", "zitterbach-earlier.json"][..]] {
            let arguments = [&["check", ".", "--redact", "--format", form], more].concat();
            let output = doctor(&folder, &arguments);
            nobody_is_named(&text(&output.stdout), form);
            nobody_is_named(&text(&output.stderr), form);
        }
    }
    let problem = doctor(&folder, &["check", ".", "--redact", "--before", "zitterbach/heike.lund.txt"]);
    nobody_is_named(&text(&problem.stderr), "an earlier report that is none");
    let missing = doctor(&folder, &["check", "zitterbach-203.0.113.5.log", "--redact"]);
    nobody_is_named(&(text(&missing.stdout) + &text(&missing.stderr)), "a file that is not there");
    fs::write(folder.join("zitterbach.map"), "kept").unwrap();
    let map = doctor(&folder, &["check", ".", "--redact", "--map", "zitterbach.map"]);
    assert!(!map.stderr.is_empty());
    nobody_is_named(&text(&map.stderr), "a map that is there already");
}
