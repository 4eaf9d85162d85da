//! How fast a log of many phones is read, and whether every row is right: `cargo bench --bench phones`.
//!
//! 100 MB with 5,000 phones and 500 PCs at a time are streamed from the generator, without a file.

use std::time::{Duration, Instant};

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake::Intake;
use vpn_phone_doctor::limits::Limits;

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::{Log, Wanted};

const CHUNK: usize = 1 << 20;

fn main() {
    let wanted = Wanted { phones: 5000, pcs: 500, bytes: 100_000_000, seed: 7 };
    let mut log = Log::new(wanted);
    let mut intake = Intake::new("messages", u64::MAX, &Limits::default());
    let (mut bytes, mut reading_time) = (0, Duration::ZERO);
    let mut chunk = String::new();
    loop {
        chunk.clear();
        chunk.extend((&mut log).take(CHUNK / 150));
        if chunk.is_empty() {
            break;
        }
        bytes += chunk.len();
        let start = Instant::now();
        intake.push(chunk.as_bytes());
        reading_time += start.elapsed();
    }
    let reading = intake.finish();
    let (phones, _) = log.answers();
    let seen = reading.documents.iter().find_map(|document| match &document.content {
        Content::AsaSyslog(log) => Some(&log.phones.phones),
        _ => None,
    });
    let right = seen.into_iter().flatten().filter(|seen| {
        let name = seen.user.rsplit('-').next().unwrap_or_default();
        let at = phones.binary_search_by(|answer| answer.name.as_str().cmp(name));
        let answer = at.ok().and_then(|at| phones.get(at));
        answer.is_some_and(|answer| {
            (answer.attempts, answer.connected) == (seen.attempts, seen.connected)
                && (answer.address.as_str(), answer.reason)
                    == (seen.addresses.first().map_or("", String::as_str), &seen.reason)
        })
    });
    let (right, megabytes) = (right.count(), bytes as f64 / 1e6);
    println!(
        "{megabytes:.0} MB in {:.2} s = {:.0} MB/s; {right} of {} phones have the right row",
        reading_time.as_secs_f64(),
        megabytes / reading_time.as_secs_f64(),
        phones.len()
    );
    assert_eq!(right, phones.len(), "a row is wrong");
}
