//! How fast an ASA's log is scanned: `cargo bench --bench syslog`, in megabytes a second.
//!
//! Two logs are made in memory: one of connections alone, which are only counted, and one in which every hundredth
//! line belongs to a login and is typed.

use std::time::Instant;

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake::Intake;
use vpn_phone_doctor::limits::Limits;

const BYTES: usize = 200_000_000;
const CHUNK: usize = 4 << 20;

fn main() {
    for (name, every) in [("connections", u64::MAX), ("one line in 100 of a login", 100)] {
        let log = asa_log(BYTES, every);
        for round in 1..=3 {
            let start = Instant::now();
            let mut intake = Intake::new("messages", log.len() as u64, &Limits::default());
            for chunk in log.as_bytes().chunks(CHUNK) {
                intake.push(chunk);
            }
            let reading = intake.finish();
            let seconds = start.elapsed().as_secs_f64();
            let told = reading.documents.iter().find_map(|document| match &document.content {
                Content::AsaSyslog(log) => Some((log.messages, log.events.len())),
                _ => None,
            });
            let (messages, events) = told.unwrap_or_default();
            let megabytes = log.len() as f64 / 1e6;
            println!(
                "{name}, round {round}: {megabytes:.0} MB in {seconds:.2} s = {:.0} MB/s; {messages} messages, {events} events",
                megabytes / seconds
            );
        }
    }
}

fn asa_log(bytes: usize, every: u64) -> String {
    let mut text = String::with_capacity(bytes + 300);
    let mut number = 0_u64;
    while text.len() < bytes {
        number += 1;
        let (seconds, minutes, port) = (number / 1000 % 60, number / 60_000 % 60, 1024 + number % 60_000);
        let words = if number.is_multiple_of(every) {
            format!("%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/{port}")
        } else {
            format!(
                "%ASA-6-302013: Built inbound TCP connection {number} for outside:192.0.2.7/{port} (192.0.2.7/{port}) to inside:198.51.100.9/443 (198.51.100.9/443)"
            )
        };
        text.push_str(&format!("Nov 23 2026 10:{minutes:02}:{seconds:02} vpn : {words}\n"));
    }
    text
}
