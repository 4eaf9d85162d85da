//! Reads damaged copies of files and says which panic, take long or take much memory: `cargo xtask mutants FOLDER…`.
//!
//! ```text
//! 1728 files, 20 copies of each, seeds 20261129 to 20261148
//! 0 panics, 0 over 2 s, 0 over 200 MB
//! slowest:  0.41 s  flipped, seed 20261131, 12,000,000 bytes of samples/big.log
//! ```
//!
//! Each copy is read, judged and reported as if it had been dropped. Memory is what the process grew by at most while
//! it did, as Linux counts it; elsewhere it is not measured.

#[path = "../tests/mutants/mod.rs"]
mod mutants;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use std::{fs, panic};

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

const SEED: u64 = 20_261_129;
const SECONDS: f64 = 2.0;
const MEGABYTES: f64 = 200.0;
/// How many of the slowest and the largest are named.
const NAMED: usize = 10;

/// One copy, read.
struct Row {
    seconds: f64,
    megabytes: f64,
    panicked: bool,
    of: String,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = ["tests/samples", "tests/fixtures", "assets/examples"].map(|own| root.join(own)).into();
    }
    let files = files(folders);
    let last = SEED + mutants::EACH - 1;
    println!("{} files, {} copies of each, seeds {SEED} to {last}", files.len(), mutants::EACH);
    let mut rows: Vec<Row> = Vec::new();
    for path in &files {
        let Ok(bytes) = fs::read(path) else {
            println!("{}: cannot be read", path.display());
            continue;
        };
        rows.extend((SEED..=last).map(|seed| row(path, &bytes, seed)));
    }
    let panics = rows.iter().filter(|row| row.panicked).count();
    let slow = rows.iter().filter(|row| row.seconds > SECONDS).count();
    let large = rows.iter().filter(|row| row.megabytes > MEGABYTES).count();
    println!("{panics} panics, {slow} over {SECONDS} s, {large} over {MEGABYTES} MB");
    rows.iter().filter(|row| row.panicked).for_each(|row| println!("panics: {}", row.of));
    rows.sort_by(|one, two| two.seconds.total_cmp(&one.seconds));
    rows.iter().take(NAMED).for_each(|row| println!("slowest: {:6.2} s  {}", row.seconds, row.of));
    rows.sort_by(|one, two| two.megabytes.total_cmp(&one.megabytes));
    rows.iter().take(NAMED).for_each(|row| println!("largest: {:6.0} MB  {}", row.megabytes, row.of));
    if panics + slow + large == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every file in these folders, in a stable order; a file may be named itself.
fn files(mut open: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        match fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) => files.push(path),
        }
    }
    files.sort();
    files
}

fn row(path: &Path, bytes: &[u8], seed: u64) -> Row {
    let (copy, how) = mutants::mutant(bytes, seed);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let before = restart_peak();
    let start = Instant::now();
    let panicked = panic::catch_unwind(|| {
        let reading = intake::read(&name, &copy, &Limits::default());
        let diagnosis = diagnose(&[reading], &Said::new(), 1_795_521_600);
        report::render(&diagnosis, Form::Json, Lang::En).len()
    })
    .is_err();
    Row {
        seconds: start.elapsed().as_secs_f64(),
        megabytes: (kilobytes("VmHWM:") - before).max(0.0) / 1000.0,
        panicked,
        of: format!("{how}, seed {seed}, {} bytes of {}", copy.len(), path.display()),
    }
}

/// Has the kernel count the peak anew; what the process holds now, in kilobytes.
fn restart_peak() -> f64 {
    // Where there is no such file, nothing is measured and the figures are 0.
    let _ = fs::write("/proc/self/clear_refs", "5");
    kilobytes("VmRSS:")
}

fn kilobytes(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0)
}
