//! `cargo xtask traffic --megabytes 1000 --seed 7 > big.pcap`: what a span port of an office records, with phones in it.

use std::io::{BufWriter, Write};

use super::Outcome;

#[path = "../../tests/generator/traffic.rs"]
mod office;
#[path = "../../tests/captured/packets.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]
mod packets;

/// Steps in a thousand that may open a connection.
const MOST_OPENING: u32 = 1000;

/// Writes the capture to the standard output.
pub fn write(words: &[&str]) -> Outcome<()> {
    let (mut bytes, mut seed, mut opening) = (1_000_000_000, 7, 5);
    for pair in words.chunks(2) {
        let [key, value] = pair else { return Err(format!("{pair:?}: a number is missing").into()) };
        let number: u64 = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        match *key {
            "--megabytes" => bytes = number * 1_000_000,
            "--seed" => seed = number,
            "--opening" => opening = u32::try_from(number)?.min(MOST_OPENING),
            other => return Err(format!("`{other}` is no option of `traffic`").into()),
        }
    }
    let mut traffic = office::Traffic::new(seed, opening);
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let mut written = 0;
    while written < bytes {
        let piece = traffic.more();
        out.write_all(&piece)?;
        written += piece.len() as u64;
    }
    out.flush()?;
    eprintln!("{} phones connect, {} of them refuse the certificate", traffic.phones, traffic.refused);
    Ok(())
}
