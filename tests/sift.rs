//! What `sift` leaves of our own samples, of every kind of fault and of generated logs is diagnosed as the whole is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;

#[path = "generator/mod.rs"]
#[allow(dead_code)]
mod generator;
#[path = "sift/mod.rs"]
mod property;

use generator::{Log, Wanted};
use property::{File, broken, file, files_below, is_compared};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a busy gateway logs between the lines of a log.
fn busy(lines: impl Iterator<Item = String>, noise: usize) -> String {
    let mut text = String::new();
    for (number, line) in lines.enumerate() {
        let header = line.split("%ASA").next().filter(|header| header.len() > 10 && line.contains("%ASA"));
        // A line that a terminal broke is followed by its rest.
        let header = header.filter(|_| line.trim_end().len() != 80).unwrap_or_default().to_owned();
        text.push_str(&line);
        if header.is_empty() {
            continue;
        }
        for more in 0..noise {
            let id = [
                "%ASA-6-305011: Built dynamic TCP translation from inside:192.0.2.5/",
                "%ASA-6-302013: Built outbound TCP connection 7 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:192.0.2.5/",
                "%ASA-4-106023: Deny tcp src outside:203.0.113.7/1 dst inside:192.0.2.1/22 by access-group \"out\" ",
                "%ASA-4-106023: Deny tcp src outside:203.0.113.7/1 dst inside:192.0.2.1/5060 by access-group \"out\" ",
            ][if more == 29 { 3 } else { (number + more) % 3 }];
            text.push_str(&format!("{header}{id}{more}\n"));
        }
    }
    text
}

#[test]
fn our_own_cases_are_diagnosed_the_same() {
    let mut cases: BTreeMap<PathBuf, Vec<File>> = BTreeMap::new();
    for folder in ["tests/samples", "assets/examples", "tests/kinds"] {
        for path in files_below(&root().join(folder)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if ["want.json", "truth.jsonl", "make.py"].contains(&name.as_str()) {
                continue;
            }
            // A sample is a case of its own, the files of a kind are one together.
            let case =
                if folder == "tests/samples" { path.clone() } else { path.parent().unwrap().to_owned() };
            cases.entry(case).or_default().push(file(&path));
        }
    }
    assert!(cases.len() > 100, "{}", cases.len());
    let mut wrong = Vec::new();
    for (case, files) in &cases {
        if !files.iter().all(is_compared) {
            continue;
        }
        let (found, _, _) = broken(files, &[100, 777, 1500]);
        wrong.extend(found.map(|found| format!("{}: {found}", case.display())));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_busy_log_is_reduced_and_diagnosed_the_same() {
    for (seed, noise) in [(1, 9), (2, 30), (3, 0)] {
        let log = Log::new(Wanted { phones: 12, pcs: 4, bytes: 60_000, seed });
        let text = busy(log, noise);
        let files = [("asa.log".to_owned(), text.into_bytes())];
        let (found, left, all) = broken(&files, &[5000, 40_001, 99_999]);
        assert_eq!(found, None, "seed {seed}");
        if noise == 30 {
            assert!(left * 4 < all, "{left} of {all} bytes are left");
        }
    }
}

#[test]
fn a_phones_log_is_reduced_and_diagnosed_the_same() {
    let record = |number: usize, what: &str| {
        let second = number % 3600;
        format!(
            "{number:04}: NOT {:02}:{:02}:{:02}.000001 {what}\n",
            20 + number / 3600,
            second / 60,
            second % 60
        )
    };
    let mut text = String::new();
    for number in 0..2000 {
        text.push_str(&match number {
            50 => record(number, "JAVA: sipSPIAddContactHeader: CFGID_DEVICE_NAME = SEP001122334455"),
            700 => record(number, "VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization"),
            701 => record(number, "VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3\n(FAILED)"),
            705 => record(number, "VPNC: protocol_handler: login failed"),
            1500 => "another thing\n".to_owned(),
            _ => record(number, "JAVA: sipTransport: ACK received"),
        });
    }
    let (found, left, all) =
        broken(&[("console.log".to_owned(), text.into_bytes())], &[30_000, 30_100, 50_000]);
    assert_eq!(found, None);
    assert!(left * 20 < all, "{left} of {all} bytes are left");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a log is cut, its pieces are sifted to what tells the same.
    #[test]
    fn any_cut_is_diagnosed_the_same(seed in 0..1000_u64, noise in 0..12_usize, cuts in vec(any::<usize>(), 0..6)) {
        let text = busy(Log::new(Wanted { phones: 4, pcs: 2, bytes: 12_000, seed }), noise);
        let (found, _, _) = broken(&[("asa.log".to_owned(), text.into_bytes())], &cuts);
        prop_assert_eq!(found, None);
    }
}
