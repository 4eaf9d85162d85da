//! `cargo xtask log --phones 5000 --megabytes 100 --seed 7 > big.log`: an ASA's log of many phones, and beside it what
//! it must be read as, in `log-answer.json`. With `--busy 99` ninety-nine lines of a busy gateway's other traffic stand
//! beside each line of a client.

use std::io::Write;

use super::Outcome;

#[path = "../../tests/generator/busy.rs"]
mod busy;
#[path = "../../tests/generator/mod.rs"]
pub mod generator;

use busy::Busy;
use generator::{Answer, Log, Wanted};

/// Writes the log to the standard output, and the answer beside the caller.
pub fn write(words: &[&str]) -> Outcome<()> {
    let mut wanted = Wanted { phones: 5000, pcs: 500, bytes: 100_000_000, seed: 7 };
    let mut beside = 0;
    for pair in words.chunks(2) {
        let [key, value] = pair else { return Err(format!("{pair:?}: a number is missing").into()) };
        let number: u32 = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        match *key {
            "--phones" => wanted.phones = number,
            "--pcs" => wanted.pcs = number,
            "--megabytes" => wanted.bytes = u64::from(number) * 1_000_000,
            "--seed" => wanted.seed = u64::from(number),
            "--busy" => beside = number,
            other => return Err(format!("`{other}` is no option of `log`").into()),
        }
    }
    if beside > 0 {
        // The others are a fifth longer than the clients' own.
        wanted.bytes = wanted.bytes * 5 / 6 / u64::from(beside);
    }
    let mut log = Log::new(wanted);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in Busy::new(&mut log, beside, wanted.seed) {
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    let (phones, shared) = log.answers();
    let rows = |rows: &[Answer]| rows.iter().map(json).collect::<Vec<_>>().join(",\n");
    let text = format!("{{\"phones\": [\n{}\n], \"shared\": [\n{}\n]}}\n", rows(&phones), rows(&shared));
    std::fs::write(ANSWER, text)?;
    eprintln!("{} phones and {} shared addresses; the answer is in {ANSWER}", phones.len(), shared.len());
    Ok(())
}

/// Names, addresses and reasons of the generator hold nothing that JSON would have to escape.
fn json(answer: &Answer) -> String {
    format!(
        "{{\"name\": \"{}\", \"address\": \"{}\", \"attempts\": {}, \"connected\": {}, \"furthest\": {}, \"failed\": \"{}\", \"reason\": \"{}\"}}",
        answer.name,
        answer.address,
        answer.attempts,
        answer.connected,
        answer.furthest,
        answer.failed,
        answer.reason
    )
}

const ANSWER: &str = "log-answer.json";
