//! One format: it looks at an input, and reads it whether or not it claims it; in chunks as at once.
//!
//! A first line that begins with `$ ` is the command that printed the rest.

use vpn_phone_doctor::formats::{Format, How, Parsed, Sample};
use vpn_phone_doctor::limits::{ArchiveLimits, Limits};
use vpn_phone_doctor::lines::{Decoded, LineFeed};

use super::holder::Listing;
use super::piece_size;

/// Limits that are met by inputs of a few kilobytes.
pub(super) fn limits() -> Limits {
    let archive =
        ArchiveLimits { unpacked: 16 << 20, ratio_from: 1 << 20, digests: true, ..ArchiveLimits::default() };
    Limits { archive, children: 200, ..Limits::default() }
}

/// Recognises and reads.
pub(super) fn format(format: &Format, bytes: &[u8]) {
    let limits = limits();
    let (command, bytes) = command(bytes);
    let text = Decoded::new(bytes, limits.line);
    let sample = Sample { name: "dropped", command, bytes, text: &text, complete: true };
    if let Some(claim) = (format.recognise)(&sample) {
        assert!(claim.strength <= 100, "{claim:?}");
        assert!(!claim.because.en().is_empty());
    }
    match &format.read {
        How::Whole(read) => drop(read(&sample, &limits)),
        How::Holder(read) => {
            let mut listing = Listing::default();
            read(&sample, &limits, &mut listing);
            listing.check();
        }
        How::Streamed(start) => {
            let read = |size: usize| {
                let mut stream = start(&limits);
                bytes.chunks(size.max(1)).for_each(|chunk| stream.push(chunk));
                told(&stream.finish())
            };
            assert_eq!(read(bytes.len()), read(piece_size(bytes)), "in pieces otherwise than whole");
            // By lines there may be fewer: a text in which nothing lies around them.
            let mut stream = start(&limits);
            let mut feed = LineFeed::new(limits.line);
            feed.push(bytes, &mut |line| stream.line(line));
            feed.finish(&mut |line| stream.line(line));
            stream.finish();
        }
        How::Unpacked(start) => {
            let read = |size: usize| {
                let mut listing = Listing::default();
                let mut reader = start(&sample, &limits);
                for chunk in bytes.chunks(size.max(1)) {
                    if !reader.wants_more() {
                        break;
                    }
                    reader.push(chunk, &mut listing);
                }
                let parsed = reader.finish(&mut listing);
                listing.check();
                (told(&parsed), listing)
            };
            assert_eq!(read(bytes.len()), read(piece_size(bytes)), "in pieces otherwise than whole");
        }
    }
}

fn command(bytes: &[u8]) -> (Option<&str>, &[u8]) {
    let Some(rest) = bytes.strip_prefix(b"$ ") else { return (None, bytes) };
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (line, behind) = rest.split_at(end);
    match str::from_utf8(line) {
        Ok(line) => (Some(line), behind.get(1..).unwrap_or_default()),
        Err(_) => (None, bytes),
    }
}

fn told(parsed: &Parsed) -> String {
    format!("{parsed:?}")
}
