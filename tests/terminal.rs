//! What a person sees at a terminal, and nobody else: colours, width, progress. The program writes to a terminal that
//! the test made, as it would to a real one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/examples/replaced-certificate");
const CHECK: [&str; 4] = ["check", EXAMPLE, "--now", "2026-11-23T10:19:27Z"];

/// A terminal: the end that a person has, and the end that a program gets.
fn terminal(columns: u16) -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    tcsetwinsize(&person, Winsize { ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let program = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    (File::from(person), program)
}

fn doctor(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"));
    command.args(arguments).env_clear().env("TERM", "xterm-256color").stdin(Stdio::null());
    command
}

/// Everything that comes out of a terminal until the program is gone; `heard` is told of it on the way.
fn seen(mut person: File, mut heard: impl FnMut(&str)) -> String {
    let (mut all, mut bytes) = (Vec::new(), [0; 4096]);
    // At its end Linux gives an error, others nothing.
    while let Ok(length @ 1..) = person.read(&mut bytes) {
        all.extend_from_slice(&bytes[..length]);
        heard(&String::from_utf8_lossy(&all));
    }
    String::from_utf8(all).unwrap().replace("\r\n", "\n")
}

/// Its status, and what a person sees of it at a terminal of so many columns.
fn at_terminal(columns: u16, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    let (person, program) = terminal(columns);
    let mut command = doctor(arguments);
    command.envs(variables.iter().copied()).stdout(program.try_clone().unwrap()).stderr(program);
    let mut child = command.spawn().unwrap();
    // It holds the program's end open.
    drop(command);
    let text = seen(person, |_| ());
    (child.wait().unwrap().code().unwrap(), text)
}

fn piped(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    doctor(arguments).envs(variables.iter().copied()).output().unwrap()
}

/// Without escape sequences.
fn plain(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| all + piece.split_once(['m', 'K']).map_or("", |(_, rest)| rest))
}

#[test]
fn colours_are_for_a_terminal_that_wants_them() {
    let nothing = piped(&CHECK, &[]);
    let text = String::from_utf8(nothing.stdout).unwrap();
    assert!(text.contains("cert-hash-mismatch") && !text.contains('\u{1b}'));
    let (status, coloured) = at_terminal(100, &CHECK, &[]);
    assert_eq!(status, 2);
    assert!(coloured.starts_with("\u{1b}[1;31m✖ "), "{coloured}");
    assert_eq!(plain(&coloured), text, "a colour changes no word");
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
        assert_eq!(at_terminal(100, &CHECK, &[(name, value)]).1, text, "{name}");
    }
    assert_eq!(at_terminal(100, &CHECK, &[("NO_COLOR", "")]).1, coloured, "it has to say something");
    let forced = piped(&CHECK, &[("CLICOLOR_FORCE", "1")]);
    assert_eq!(String::from_utf8(forced.stdout).unwrap(), coloured);
    let json = at_terminal(100, &[&CHECK[..], &["--format", "json"]].concat(), &[]).1;
    assert!(!json.contains('\u{1b}'), "a form for programs has none");
}

#[test]
fn paragraphs_are_as_wide_as_the_terminal_and_no_wider_than_can_be_read() {
    let piped = String::from_utf8(piped(&CHECK, &[("COLUMNS", "50")]).stdout).unwrap();
    let at = |columns, variables: &[(&str, &str)]| plain(&at_terminal(columns, &CHECK, variables).1);
    assert_eq!(at(300, &[]), piped, "nor does a variable change what is piped");
    // Lines of devices and commands stay whole: they are copied. The verdict stands first, and is ours.
    let widest = |text: &str| {
        let verdict = text.lines().take_while(|line| !line.is_empty());
        verdict.map(|line| line.chars().count()).max().unwrap()
    };
    for columns in [50, 80] {
        let narrow = at(columns, &[]);
        assert!(widest(&narrow) <= usize::from(columns), "{narrow}");
        assert_eq!(narrow, at(120, &[("COLUMNS", &columns.to_string())]), "COLUMNS decides");
    }
    assert!(widest(&at(50, &[])) < widest(&piped));
}

#[test]
fn long_reading_is_told_at_a_terminal_alone_and_leaves_nothing_behind() {
    // Standard input gives as much as it takes until something is told.
    let run = |arguments: &[&str], looks: bool, enough: usize| {
        let (person, program) = terminal(80);
        let mut command = doctor(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        if looks {
            command.stderr(program);
        } else {
            command.stderr(Stdio::piped());
            drop(program);
        }
        let mut child = command.spawn().unwrap();
        drop(command);
        let mut input = child.stdin.take().unwrap();
        let told = AtomicBool::new(false);
        let text = std::thread::scope(|scope| {
            scope.spawn(|| {
                let lines =
                    "Nov 24 2026 08:00:01: %ASA-6-302013: Built inbound TCP connection\n".repeat(4000);
                let mut written = 0;
                while !told.load(Ordering::Relaxed) && written < enough {
                    written += lines.len();
                    if input.write_all(lines.as_bytes()).is_err() {
                        break;
                    }
                }
                drop(input);
            });
            if looks {
                return seen(person, |text| told.store(text.contains("reading: "), Ordering::Relaxed));
            }
            let mut text = String::new();
            child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
            text
        });
        child.wait().unwrap();
        text
    };
    let told = run(&["check", "-"], true, usize::MAX);
    assert!(told.contains("\rreading: ") && told.ends_with("\r\u{1b}[K"), "{told:?}");
    // As much as takes far longer than what is waited for.
    const MUCH: usize = 64 << 20;
    assert_eq!(run(&["check", "-", "--quiet"], true, MUCH), "");
    assert_eq!(run(&["check", "-"], false, MUCH), "");
}

#[test]
fn a_mistyped_path_is_one_line_and_status_66_whatever_is_asked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistyped");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("asa.cfg"), "hostname asa\n").unwrap();
    for arguments in [
        "check absent",
        "check absent --quiet",
        "check asa.cfg --before absent",
        "inspect absent",
        "plan absent --change phone-load=sip88xx.14-3-1SR3-2",
        "plan asa.cfg --change ssl=absent",
        "compare absent asa.cfg",
        "compare asa.cfg absent",
        "sift absent",
        "summary absent",
        "hash e57e81ea9954c144976678d0e2418cdf79a93176 --certificate absent",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let output = doctor(&words).current_dir(&folder).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(66), "{arguments}: {told}");
        assert_eq!(told.lines().count(), 1, "{arguments}: {told}");
        assert!(told.starts_with("vpn-phone-doctor: ") && told.contains("absent"), "{arguments}: {told}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn help_is_as_wide_as_the_terminal() {
    for command in ["check", "plan", "compare", "sift", "summary", "inspect", "hash", "rules", "explain"] {
        let (status, text) = at_terminal(60, &[command, "--help"], &[]);
        assert_eq!(status, 0, "{command}");
        let text = plain(&text);
        let (usage, others): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with("Usage: vpn-phone-doctor"));
        let wide: Vec<&str> = others.into_iter().filter(|line| line.chars().count() > 60).collect();
        assert!(usage.len() == 1 && wide.is_empty(), "{command}: {wide:#?}");
    }
}

#[test]
fn quiet_leaves_the_status() {
    let plan = ["plan", EXAMPLE, "--change", "host-id-check=on", "--now", "2026-11-23T10:19:27Z"];
    let compare = ["compare", EXAMPLE, EXAMPLE];
    let hash = |other: &'static str| ["hash", "e57e81ea9954c144976678d0e2418cdf79a93176", other];
    let (equal, different) = (hash("5X6B6plUwUSXZnjQ4kGM33mpMXY="), hash("5X6B6plUwUSXZnjQ4kGM33mpMXc="));
    let rows: [(&[&str], i32); 6] =
        [(&CHECK, 2), (&plan, 0), (&compare, 0), (&equal, 0), (&different, 1), (&hash("none"), 65)];
    for (arguments, status) in rows {
        let (told, quiet) = (piped(arguments, &[]), piped(&[arguments, &["--quiet"]].concat(), &[]));
        assert_eq!((told.status.code(), quiet.status.code()), (Some(status), Some(status)), "{arguments:?}");
        assert!(!told.stdout.is_empty() && quiet.stdout.is_empty() && quiet.stderr.is_empty());
    }
}
