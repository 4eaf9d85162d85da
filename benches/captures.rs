//! How fast a capture is read, beside `tshark` with a filter of the same meaning: `cargo bench --bench captures`.
//!
//! The capture is made once, 1 GB of an office's traffic with phones in it, into `target/bench`, and is left there.
//! Memory is the largest that the process held, as Linux counts it. Where `tshark` is missing there is nothing to
//! compare with, and the bench says how it is got.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use vpn_phone_doctor::intake::Intake;
use vpn_phone_doctor::limits::Limits;

#[path = "../tests/captured/packets.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]
mod packets;
#[path = "../tests/generator/traffic.rs"]
mod traffic;

const BYTES: u64 = 1_000_000_000;
const CHUNK: usize = 1 << 20;
const FILTER: &str = "tls.handshake || tls.alert_message || dtls";

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/traffic.pcap");
    if !path.exists() {
        make(&path)?;
    }
    let megabytes = fs::metadata(&path)?.len() as f64 / 1e6;
    for round in 1..=3 {
        let ours = read(&path)?;
        print!(
            "capture, round {round}: {megabytes:.0} MB in {ours:.2} s = {:.0} MB/s, {:.0} MB of memory at most; ",
            megabytes / ours,
            peak()
        );
        match tshark(&path) {
            Some(theirs) => println!("tshark {theirs:.1} s; ratio {:.2}", ours / theirs),
            None => println!("tshark is not here to compare with: `sudo apt-get install tshark`"),
        }
    }
    Ok(())
}

/// Reads the capture as if it had been dropped; seconds.
fn read(path: &Path) -> std::io::Result<f64> {
    let start = Instant::now();
    let mut file = File::open(path)?;
    let mut intake = Intake::new("traffic.pcap", file.metadata()?.len(), &Limits::default());
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        intake.push(chunk.get(..length).unwrap_or_default());
    }
    let reading = intake.finish();
    let seconds = start.elapsed().as_secs_f64();
    drop(reading);
    Ok(seconds)
}

/// The same with tshark; `None` where there is none.
fn tshark(path: &Path) -> Option<f64> {
    let start = Instant::now();
    let mut command = Command::new("tshark");
    command.arg("-r").arg(path).args(["-Y", FILTER]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok()?.success().then(|| start.elapsed().as_secs_f64())
}

/// The largest that this process held so far, in megabytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0) / 1000.0
}

fn make(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let half = path.with_extension("half");
    let mut out = BufWriter::with_capacity(CHUNK, File::create(&half)?);
    let mut traffic = traffic::Traffic::new(7, 5);
    let mut written = 0;
    while written < BYTES {
        let piece = traffic.more();
        out.write_all(&piece)?;
        written += piece.len() as u64;
    }
    out.flush()?;
    fs::rename(half, path)
}
