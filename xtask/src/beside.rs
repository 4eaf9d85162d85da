//! `cargo xtask bench beside`: what reading costs beside the tool that does the least of the same, as ratios of one run.
//!
//! ```text
//! | log of a busy gateway, 1.1 GB | 0.80 s (0.71 s processor) | 0.52 s (0.33 s processor) | 1.5 (2.2) | 40 MB | …
//! ```
//! The files are made once, into `target/bench`, and left there. Each command runs three times, ours and the other in
//! turn, and the quickest counts: what else a machine does makes a run slower, never quicker. Processor seconds are of
//! all threads together, so their ratio is the one of a single thread. They and the memory are what Linux tells in
//! `/proc`; elsewhere only the clock on the wall is told. Where a tool is missing, its row says so.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, look, root, run, step};

/// Messages of logins, certificates and tunnels: what ripgrep counts.
const WANTED: &str = "%(ASA|FTD)-[0-7]-(109026|113|199|444005|716|717|718|722|724|725|734|737|746)";
/// Megabytes of each log.
const MEGABYTES: &str = "1074";
/// Megabytes of each log in an archive.
const PACKED: u64 = 300;
const PHONES: u32 = 10_000;
const ROUNDS: usize = 3;

/// One row: what is read, our words, and another tool with its words.
struct Row {
    what: &'static str,
    file: &'static str,
    other: Vec<String>,
}

/// Makes the files, measures and prints the table.
pub fn table() -> Outcome<()> {
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    step("build the command line", || {
        run("cargo", &["build", "--quiet", "--release", "--bin", "vpn-phone-doctor"])
    })?;
    step("make the files", || make(&folder))?;
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let grep = |file: &str| ["rg", "-j1", "-c", WANTED, file].map(str::to_owned).to_vec();
    let rows = [
        Row { what: "log of a busy gateway", file: "busy.log", other: grep("busy.log") },
        Row { what: "log of 5,000 phones", file: "phones.log", other: grep("phones.log") },
        Row { what: "tar.gz of the first", file: "busy.tar.gz", other: words("tar -xzOf busy.tar.gz") },
        Row { what: "tar.gz of the second", file: "phones.tar.gz", other: words("tar -xzOf phones.tar.gz") },
        Row {
            what: "10,000 phones' configurations",
            file: "phones",
            other: words("grep -r -c certHash phones"),
        },
    ];
    println!("| what | ours | beside | ratio | memory at most | commands |\n|---|---|---|---|---|---|");
    for row in rows {
        println!("{}", measured(&folder, &row)?);
    }
    Ok(())
}

fn measured(folder: &Path, row: &Row) -> Outcome<String> {
    let program = root().join("target/release/vpn-phone-doctor");
    let ours = [&program.to_string_lossy(), "check", row.file, "--format", "json"].map(str::to_owned);
    let (mut own, mut beside) = (Cost::default(), Cost::default());
    for _ in 0..ROUNDS {
        own = own.better(Cost::of(folder, &ours)?);
        if row.other.first().is_some_and(|tool| look::program(tool).is_some()) {
            beside = beside.better(Cost::of(folder, &row.other)?);
        }
    }
    let ratio = |own: Option<Duration>, beside: Option<Duration>| match own.zip(beside) {
        Some((own, beside)) => format!("{:.2}", own.as_secs_f64() / beside.as_secs_f64().max(0.001)),
        None => "–".to_owned(),
    };
    let mut text = format!("| {} | {} | {} | ", row.what, own.shown(), beside.shown());
    let (wall, processor) = (ratio(own.wall, beside.wall), ratio(own.processor, beside.processor));
    write!(text, "{wall} ({processor}) | {} MB | ", own.memory >> 10)?;
    write!(text, "`check {}`, `{}` |", row.file, row.other.join(" ").replace('|', "\\|"))?;
    Ok(text)
}

/// What one run cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: Option<Duration>,
    /// Of all its threads, in user and system.
    processor: Option<Duration>,
    /// At most, in kilobytes.
    memory: u64,
}

impl Cost {
    fn of(folder: &Path, words: &[String]) -> Outcome<Self> {
        let Some((program, arguments)) = words.split_first() else { return Err("no command".into()) };
        let before = processor_of_children();
        let start = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let mut memory = 0;
        while child.try_wait()?.is_none() {
            memory = memory.max(peak(child.id()));
            std::thread::sleep(Duration::from_millis(2));
        }
        let wall = Some(start.elapsed());
        let processor = processor_of_children().zip(before).map(|(after, before)| after - before);
        Ok(Self { wall, processor, memory })
    }

    /// The quicker one of two.
    fn better(self, other: Self) -> Self {
        let least = |one: Option<Duration>, other: Option<Duration>| one.into_iter().chain(other).min();
        Self {
            wall: least(self.wall, other.wall),
            processor: least(self.processor, other.processor),
            memory: self.memory.max(other.memory),
        }
    }

    fn shown(self) -> String {
        let seconds = |time: Option<Duration>| time.map(|time| format!("{:.2} s", time.as_secs_f64()));
        match (seconds(self.wall), seconds(self.processor)) {
            (Some(wall), Some(processor)) => format!("{wall} ({processor} processor)"),
            (Some(wall), None) => wall,
            _ => "not there".to_owned(),
        }
    }
}

/// Time of all children that have ended, by the 16th and 17th field of `/proc/self/stat`, in hundredths of a second.
fn processor_of_children() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, behind_name) = text.rsplit_once(')')?;
    let ticks = behind_name.split_ascii_whitespace().skip(13).take(2);
    let ticks: u64 = ticks.map(|ticks| ticks.parse::<u64>().unwrap_or_default()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// Memory that a process had at most, in kilobytes.
fn peak(process: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_ascii_whitespace().next()?.parse().ok()).unwrap_or_default()
}

fn make(folder: &Path) -> Outcome<()> {
    let phones = ["--phones", "5000", "--pcs", "2000", "--megabytes", MEGABYTES];
    let busy = ["--phones", "500", "--pcs", "500", "--busy", "99", "--megabytes", MEGABYTES];
    made(folder, "busy.log", "log", &busy)?;
    made(folder, "phones.log", "log", &phones)?;
    for name in ["busy", "phones"] {
        pack(folder, name)?;
    }
    let configurations = folder.join("phones");
    fs::create_dir_all(&configurations)?;
    let own = "SEP001122334455";
    let example = root().join(format!("assets/examples/replaced-certificate/{own}.cnf.xml"));
    let example = fs::read_to_string(example)?;
    for number in 0..PHONES {
        let name = format!("SEP{:012X}", 0x0011_2233_0000_u64 + u64::from(number));
        let file = configurations.join(format!("{name}.cnf.xml"));
        if !file.exists() {
            fs::write(file, example.replace(own, &name))?;
        }
    }
    Ok(())
}

/// A file in a folder, written there by `cargo xtask log` or `traffic` unless it is there.
pub fn made(folder: &Path, name: &str, maker: &str, words: &[&str]) -> Outcome<()> {
    let file = folder.join(name);
    if file.exists() {
        return Ok(());
    }
    // Under another name until it is whole.
    let growing = folder.join(format!("{name}.growing"));
    let made = Command::new(std::env::current_exe()?)
        .arg(maker)
        .args(words)
        .current_dir(folder)
        .stdout(File::create(&growing)?)
        .status()?;
    if !made.success() {
        return Err(format!("{name} could not be made").into());
    }
    Ok(fs::rename(growing, file)?)
}

/// The beginning of a log in a tar.gz.
fn pack(folder: &Path, name: &str) -> Outcome<()> {
    let packed: PathBuf = folder.join(format!("{name}.tar.gz"));
    if packed.exists() || look::program("tar").is_none() {
        return Ok(());
    }
    let inner = format!("{name}-packed.log");
    let mut from = std::io::Read::take(File::open(folder.join(format!("{name}.log")))?, PACKED * 1_000_000);
    std::io::copy(&mut from, &mut File::create(folder.join(&inner))?)?;
    let words = ["-czf", &packed.to_string_lossy(), &inner];
    let status = Command::new("tar").args(words).current_dir(folder).status()?;
    fs::remove_file(folder.join(&inner))?;
    if status.success() { Ok(()) } else { Err(format!("tar: {status}").into()) }
}
