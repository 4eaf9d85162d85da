//! `cargo xtask test fleet [--phones N] [--log SIZE]`: a fleet on Spark against the same fleet in one process.
//!
//! A fleet is made: a configuration for each phone (some with a fault), the ASA's configuration and certificate, and a log
//! of a busy gateway in which the phones connect. `check --each phone` reads it in one process; `fleet/spark.py` sifts the
//! log in pieces, groups the files by phone and checks the groups, its executors being processes of their own. Then the
//! reports are compared. Sizes are small unless asked for: `--phones 10000 --log 2G` takes a while.
//!
//! Everything lies in `target/fleet`: the Python packages that `fleet/requirements.txt` names, the fleet, the reports.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use super::log::generator::{Log, Wanted};
use super::{Outcome, command, root, run, step};

/// The clock of the case.
const NOW: &str = "2026-11-24T12:00:00Z";
/// Bytes of the log that are the phones' own, at most: about what each needs for some attempts.
const BYTES_OF_A_PHONE: u64 = 8_000;
/// From so many bytes of log on a program that is built for speed is worth its build.
const LARGE: u64 = 100_000_000;

/// Makes the fleet, reads it twice and compares.
pub fn test(words: &[&str]) -> Outcome<()> {
    let (mut phones, mut bytes) = (40_u32, 4_000_000_u64);
    for pair in words.chunks(2) {
        match pair {
            ["--phones", number] => {
                phones = number.parse().map_err(|_| format!("`{number}` is no number"))?
            }
            ["--log", size] => bytes = size_of(size).ok_or_else(|| format!("`{size}` is no size like 2G"))?,
            other => return Err(format!("{other:?} is no option of `test fleet`").into()),
        }
    }
    let folder = root().join("target/fleet");
    let case = folder.join("case");
    let release = bytes >= LARGE;
    let doctor = step("build the command line", || {
        let mut words = vec!["build", "--quiet", "--bin", "vpn-phone-doctor"];
        words.extend(release.then_some("--release"));
        run("cargo", &words)?;
        Ok(root().join(if release { "target/release" } else { "target/debug" }).join("vpn-phone-doctor"))
    })?;
    let python = step("get Spark", || packages(&folder))?;
    step("make a fleet", || make(&case, phones, bytes))?;
    let text = |path: &Path| path.display().to_string();
    let (doctor, configs, log) = (text(&doctor), text(&case.join("phones")), text(&case.join("asa.log")));
    let shared = [text(&case.join("asa.cfg")), text(&case.join("asa.pem"))];
    let one = folder.join("one-process.ndjson");
    step("check it in one process", || {
        let mut check = command(&doctor, &["check", &configs, "--each", "phone", "--format", "ndjson"]);
        check.args(["--now", NOW, "--shared", &shared[0], "--shared", &shared[1], "--shared", &log]);
        let start = Instant::now();
        let status = check.stdout(File::create(&one)?).status()?;
        println!("   done in {:.1} s", start.elapsed().as_secs_f32());
        // Statuses 1 and 2 say that something was found.
        if matches!(status.code(), Some(0..=2)) { Ok(()) } else { Err(format!("{status}").into()) }
    })?;
    let out = text(&folder.join("spark"));
    step("check it on Spark", || {
        let script = text(&root().join("fleet/spark.py"));
        let mut words = vec![script.as_str(), "--doctor", &doctor, "--log", &log, "--phones", &configs];
        words.extend(["--out", &out, "--now", NOW, "--shared", &shared[0], &shared[1]]);
        let piece = (bytes / 6).clamp(100_000, 128 << 20).to_string();
        words.extend(["--piece", &piece]);
        run(&python, &words)
    })?;
    step("compare", || {
        let reports = format!("{out}/reports.ndjson");
        let script = text(&root().join("fleet/compare.py"));
        run(&python, &[&script, &text(&one), &reports])?;
        let summary = |reports: &str| -> Outcome<Vec<u8>> {
            Ok(command(&doctor, &["summary", reports, "--format", "json"]).output()?.stdout)
        };
        let (own, spark) = (summary(&text(&one))?, fs::read(format!("{out}/summary.json"))?);
        if own == spark && !own.is_empty() { Ok(()) } else { Err("the summaries differ".into()) }
    })
}

/// `2G`, `500M` or a number of bytes.
fn size_of(text: &str) -> Option<u64> {
    let (digits, times) = match text.strip_suffix(['G', 'g']) {
        Some(digits) => (digits, 1_000_000_000),
        None => text.strip_suffix(['M', 'm']).map_or((text, 1), |digits| (digits, 1_000_000)),
    };
    digits.parse::<u64>().ok()?.checked_mul(times)
}

/// The interpreter of an environment that has what `fleet/requirements.txt` names.
fn packages(folder: &Path) -> Outcome<String> {
    let (venv, wanted) = (folder.join("venv"), root().join("fleet/requirements.txt"));
    let python = venv.join("bin/python").display().to_string();
    let done = venv.join("done");
    if fs::read(&done).ok() != Some(fs::read(&wanted)?) {
        run("java", &["-version"]).map_err(|problem| {
            format!("{problem}; Spark needs Java 17 (Debian: `apt-get install openjdk-17-jre-headless`)")
        })?;
        run("python3", &["-m", "venv", &venv.display().to_string()]).map_err(|problem| {
            format!("{problem}; Debian has venv in a package of its own: `apt-get install python3-venv`")
        })?;
        run(&python, &["-m", "pip", "install", "--quiet", "--requirement", &wanted.display().to_string()])?;
        fs::copy(&wanted, &done)?;
    }
    Ok(python)
}

/// Writes the fleet's files.
fn make(case: &Path, phones: u32, bytes: u64) -> Outcome<()> {
    let _ = fs::remove_dir_all(case);
    let configs = case.join("phones");
    fs::create_dir_all(&configs)?;
    let example = root().join("assets/examples/replaced-certificate");
    fs::copy(example.join("asa-running-config.txt"), case.join("asa.cfg"))?;
    fs::copy(example.join("asa.pem"), case.join("asa.pem"))?;
    let config = fs::read_to_string(example.join("SEP001122334455.cnf.xml"))?;
    let own = (bytes / 2).min(u64::from(phones) * BYTES_OF_A_PHONE);
    let mut log = Log::new(Wanted { phones, pcs: phones / 50, bytes: own, seed: 7 });
    let mut out = BufWriter::with_capacity(1 << 20, File::create(case.join("asa.log"))?);
    let (mut written, mut telling, mut noise) = (0, 0, Noise::default());
    for line in &mut log {
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
        telling += line.len() as u64;
        // A line that a terminal broke ends in its next line.
        let header = line.split("%ASA").next().filter(|_| line.matches('\n').count() == 1);
        let Some(header) = header.filter(|header| header.ends_with(": ")) else { continue };
        // As many lines of others as keep the phones' part of the log where it should be.
        while written < bytes.saturating_mul(telling) / own.max(1) {
            written += noise.line(header, &mut out)?;
        }
    }
    out.flush()?;
    let (known, _) = log.answers();
    for (number, phone) in known.iter().enumerate() {
        // One in five has a fault of its own.
        let text = match number % 5 {
            1 => config.replace("https://asa.example.com", "http://asa.example.com"),
            2 => without_group(&config),
            _ => config.clone(),
        };
        fs::write(configs.join(format!("{}.cnf.xml", phone.name)), text)?;
    }
    println!("   {} phones, {written} bytes of log, {telling} of them of VPN", known.len());
    Ok(())
}

/// A configuration without VPN settings.
fn without_group(config: &str) -> String {
    let before = config.split("<vpnGroup>").next().unwrap_or_default();
    let behind = config.split("</vpnGroup>").nth(1).unwrap_or_default();
    format!("{before}{behind}")
}

/// What else a busy gateway logs.
#[derive(Default)]
struct Noise {
    number: u64,
}

impl Noise {
    fn line(&mut self, header: &str, out: &mut impl Write) -> Outcome<u64> {
        self.number += 1;
        let (number, host, port) = (self.number, self.number % 250, 1024 + self.number % 60_000);
        let text = match number % 4 {
            0 => format!(
                "{header}%ASA-6-305011: Built dynamic TCP translation from inside:198.51.100.{host}/{port} to outside:192.0.2.1/{port}\n"
            ),
            1 => format!(
                "{header}%ASA-6-302013: Built outbound TCP connection {number} for outside:203.0.113.{host}/443 (203.0.113.{host}/443) to inside:198.51.100.{host}/{port} (192.0.2.1/{port})\n"
            ),
            2 => format!(
                "{header}%ASA-6-302014: Teardown TCP connection {number} for outside:203.0.113.{host}/443 to inside:198.51.100.{host}/{port} duration 0:00:03 bytes {port} TCP FINs\n"
            ),
            _ => format!(
                "{header}%ASA-4-106023: Deny tcp src outside:203.0.113.{host}/{port} dst inside:198.51.100.{host}/22 by access-group \"outside_in\" [0x0, 0x0]\n"
            ),
        };
        out.write_all(text.as_bytes())?;
        Ok(text.len() as u64)
    }
}
