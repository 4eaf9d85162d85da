//! How fast a tar.gz is read, beside `tar -xzOf`: `cargo bench --bench archives`, as a ratio of both in one run.
//!
//! The archive is made once, of logs of phones like those of a problem report: it is about 1 GB unpacked, goes through
//! `gzip` into `target/bench`, and is left there. Where `tar` or `gzip` is missing there is nothing to compare with, and
//! the bench says so.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use vpn_phone_doctor::archive::gzip::Gzip;
use vpn_phone_doctor::archive::tar::Tar;
use vpn_phone_doctor::archive::{Event, Next};
use vpn_phone_doctor::limits::ArchiveLimits;

const MEMBERS: usize = 100;
const MEMBER: usize = 10_000_000;
const CHUNK: usize = 4 << 20;

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/logs.tar.gz");
    if !path.exists()
        && let Err(error) = make(&path)
    {
        println!("tar.gz: gzip is needed to make the archive: {error}");
        return Ok(());
    }
    let packed = fs::metadata(&path)?.len() as f64 / 1e6;
    for round in 1..=3 {
        let (ours, bytes) = read(&path)?;
        let Some(theirs) = tar(&path) else {
            println!("tar.gz: tar is needed to compare with");
            return Ok(());
        };
        let unpacked = bytes as f64 / 1e6;
        println!(
            "tar.gz, round {round}: {packed:.0} MB of {unpacked:.0} MB in {ours:.2} s = {:.0} MB/s; tar -xzOf {theirs:.2} s; ratio {:.2}",
            unpacked / ours,
            ours / theirs
        );
    }
    Ok(())
}

/// Reads the archive; seconds, and bytes of content.
fn read(path: &PathBuf) -> std::io::Result<(f64, u64)> {
    let start = Instant::now();
    let limits = ArchiveLimits { unpacked: u64::MAX, ..ArchiveLimits::default() };
    let (mut gzip, mut tar) = (Gzip::new(&limits), Tar::new(&limits));
    let mut bytes = 0;
    let mut content = |event: Event<'_>| {
        if let Event::Data(data) = event {
            bytes += data.len() as u64;
        }
        Next::Go
    };
    let mut file = File::open(path)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = file.read(&mut chunk)?;
        let mut unpacked = |event: Event<'_>| {
            if let Event::Data(data) = event {
                tar.push(data, &mut content);
            }
            Next::Go
        };
        if length == 0 {
            gzip.finish(&mut unpacked);
            break;
        }
        gzip.push(chunk.get(..length).unwrap_or_default(), &mut unpacked);
    }
    tar.finish(&mut content);
    Ok((start.elapsed().as_secs_f64(), bytes))
}

/// The same with tar; `None` where there is none.
fn tar(path: &PathBuf) -> Option<f64> {
    let start = Instant::now();
    let status = Command::new("tar").arg("-xzOf").arg(path).stdout(Stdio::null()).status().ok()?;
    status.success().then(|| start.elapsed().as_secs_f64())
}

fn make(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let half = path.with_extension("half");
    let mut gzip =
        Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(File::create(&half)?).spawn()?;
    if let Some(input) = gzip.stdin.take() {
        let mut out = BufWriter::with_capacity(1 << 20, input);
        let mut number = 0_u64;
        for member in 0..MEMBERS {
            let log = log(&mut number);
            out.write_all(&header(&format!("logs/messages.{member}"), log.len()))?;
            out.write_all(log.as_bytes())?;
            out.write_all(&vec![0; log.len().next_multiple_of(512) - log.len()])?;
        }
        out.write_all(&[0; 1024])?;
        out.flush()?;
    }
    if !gzip.wait()?.success() {
        return Err(std::io::Error::other("gzip failed"));
    }
    fs::rename(half, path)
}

fn header(name: &str, size: usize) -> Vec<u8> {
    let mut block = Vec::with_capacity(512);
    for (text, width) in [
        (name.to_owned(), 100),
        ("0000644\0".into(), 8),
        ("0000000\0".into(), 8),
        ("0000000\0".into(), 8),
        (format!("{size:011o}\0"), 12),
        ("15111111111\0".into(), 12),
        ("        0".into(), 109),
        ("ustar\x0000".into(), 255),
    ] {
        let end = block.len() + width;
        block.extend_from_slice(text.as_bytes());
        block.resize(end, 0);
    }
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block.splice(148..156, format!("{sum:06o}\0 ").into_bytes());
    block
}

/// A phone's log: lines that differ as real ones do, in clocks, numbers and addresses.
fn log(number: &mut u64) -> String {
    let words = [
        "VPNC: do_login: got login response",
        "(711:853) JAVA-SIPCC-SIP_STATE: sip_reg_sm_change_state: Registration state change",
        "(408:408) ms-RTPSESSION.createRTPSession media [ipv4=239.0.1.2][interface=NULL]",
        "SECUREAPP-Sec SSL Connection - check status & perform handshake.",
    ];
    let mut text = String::with_capacity(MEMBER + 300);
    while text.len() < MEMBER {
        *number += 1;
        let random = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let line = format!(
            "{:04} NOT Nov 29 {:02}:{:02}:{:02}.{:06} {} 192.0.2.{} tag={:011x}\n",
            *number % 10_000,
            *number / 360_000 % 24,
            *number / 6000 % 60,
            *number / 100 % 60,
            random % 1_000_000,
            words.get((random % 4) as usize).unwrap_or(&""),
            random % 250,
            random
        );
        text.push_str(&line);
    }
    text
}
