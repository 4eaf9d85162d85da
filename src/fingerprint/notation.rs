//! Finds hashes in cleaned text, segment by segment: a segment begins at an algorithm's name.
//!
//! ```text
//! Fingerprint MD5: 0813A2CD A3577F5B B8444C8F 093BDB2E     one segment
//! Fingerprint SHA1: 50CB1BE1 F8A16D5C 0DB3BC72 …           the next: it begins at the algorithm's name
//! ```
//!
//! In each segment hexadecimal digits are looked for first, see [`super::groups`], then base64, see
//! [`super::encoded`]. A text without any hash gives one [`Candidate`] that says what came closest.

use super::candidate::{Candidate, SHORTEST};
use super::clean::{Clean, Trace};
use super::encoded::base64_hashes;
use super::groups::{is_hex, runs};
use super::{Algorithm, Notation};

/// Hashes kept of one text.
const MOST: usize = 64;

/// Every hash of the text; one entry without bytes where there is none.
pub(super) fn find(clean: &Clean) -> Vec<Candidate> {
    let mut hashes = Vec::new();
    let mut nearest: Option<Candidate> = None;
    for segment in segments(&clean.text) {
        let found = segment.read(clean);
        let labelled = segment.label.is_some();
        for found in found {
            if found.bytes.is_some() || (labelled && found.digits.len() >= SHORTEST) {
                hashes.push(found);
            } else if nearest.as_ref().is_none_or(|nearest| nearest.digits.len() < found.digits.len()) {
                nearest = Some(found);
            }
        }
    }
    hashes.truncate(MOST);
    if hashes.is_empty() {
        hashes.push(nearest.unwrap_or_default());
    }
    hashes
}

/// A part of the text that has one label.
struct Segment<'t> {
    label: Option<Algorithm>,
    before: &'t str,
    text: &'t str,
}

/// The text cut at each name of an algorithm, and at each further line that begins with a name of its own.
fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut segments = vec![];
    let (mut label, mut before, mut from) = (None, "", 0);
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(rest) = lower.get(at..).filter(|rest| !rest.is_empty()) {
        let (next, length) = match name_at(&lower, at) {
            Some(named) => named,
            // `Signature Algorithm: SHA256` says nothing about the `Thumbprint: …` in the next line.
            None if label.is_some() && names_itself(rest) => (None, 1),
            None => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        segments.push(Segment { label, before, text: text.get(from..at).unwrap_or_default() });
        let line = text.get(..at).and_then(|head| head.rsplit('\n').next()).unwrap_or_default();
        (label, before) = (next, line);
        at += length;
        let after = lower.get(at..).unwrap_or_default();
        at += file_name(after);
        // `sha256-…` and `sha256//…` are base64 in web pages and in curl.
        at += if after.starts_with('-') {
            1
        } else if after.starts_with("//") {
            2
        } else {
            0
        };
        from = at;
    }
    segments.push(Segment { label, before, text: text.get(from..).unwrap_or_default() });
    segments
}

/// A line end and then `Thumbprint: …` or `certHash1=…`.
fn names_itself(rest: &str) -> bool {
    let Some(line) = rest.strip_prefix('\n').and_then(|rest| rest.lines().next()) else { return false };
    let Some((name, value)) = line.split_once([':', '=']) else { return false };
    let name = name.trim();
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !name.split_whitespace().all(is_hex)
        && !value.trim_matches([' ', '=']).is_empty()
}

/// The algorithm whose name stands at this byte as a word of its own, and the length of the name. Of the members
/// of the family that are not read here only the name is taken away, so that its number is no digit of the hash.
fn name_at(lower: &str, at: usize) -> Option<(Option<Algorithm>, usize)> {
    let rest = lower.get(at..)?;
    let family = if rest.starts_with("sha") { "sha" } else { "md" };
    let mut number = rest.strip_prefix(family)?.trim_start_matches(['-', '_', ' ']);
    // OpenSSL 3 prints `SHA2-256`.
    if let Some(member) = number.strip_prefix("2-").filter(|member| member.starts_with(['2', '3', '5'])) {
        number = member;
    }
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let (name, after) = number.split_at(digits);
    let algorithm = match (family, name) {
        ("md", "5") => Some(Algorithm::Md5),
        ("sha", "1") => Some(Algorithm::Sha1),
        ("sha", "256") => Some(Algorithm::Sha256),
        ("sha", "512") => Some(Algorithm::Sha512),
        ("sha", "2" | "224" | "384") => None,
        _ => return None,
    };
    let before = lower.get(..at)?;
    let inside = before.ends_with(|before: char| before.is_alphanumeric());
    // `sha256.der` and `/tmp/sha1` name a file.
    let file = after.starts_with('.') || before.ends_with(['/', '\\', '.']);
    let longer = after.starts_with(|after: char| after.is_alphanumeric());
    (!inside && !longer && !file).then_some((algorithm, rest.len() - after.len()))
}

/// Length of the file name in `SHA1(/tmp/asa.der)= …` and `SHA1 (/tmp/asa.der) = …`.
fn file_name(rest: &str) -> usize {
    let Some(inside) = rest.trim_start_matches(' ').strip_prefix('(') else { return 0 };
    let Some((_, after)) = inside.split_once(')') else { return 0 };
    if after.trim_start().starts_with('=') { rest.len() - after.len() } else { 0 }
}

impl Segment<'_> {
    fn read(&self, clean: &Clean) -> Vec<Candidate> {
        let mut found = Vec::new();
        for run in runs(self.text) {
            found.extend(run.hashes(self.label));
        }
        let hexadecimal = found.iter().any(|found| found.bytes.is_some());
        found.extend(base64_hashes(self.text, hexadecimal));
        if found.iter().any(|found| found.bytes.is_some()) {
            found.retain(|found| found.bytes.is_some());
        } else {
            found.sort_by_key(|found| std::cmp::Reverse(found.digits.len()));
            found.truncate(1);
        }
        for found in &mut found {
            found.label = self.label.filter(|label| self.belongs(*label, found));
            found.before = match self.label {
                Some(_) => self.before.to_owned(),
                None => self.text.to_owned(),
            };
            found.notation = found.notation.map(|notation| as_given(notation, clean));
        }
        found
    }
}

impl Segment<'_> {
    /// A label belongs to what stands on its line; in further lines only to what has its length.
    fn belongs(&self, label: Algorithm, found: &Candidate) -> bool {
        let right = found.bytes.as_ref().is_some_and(|bytes| bytes.len() == label.bytes());
        let start = found.digits.get(..found.digits.len().min(2)).unwrap_or_default();
        right || self.text.lines().next().is_some_and(|line| line.contains(start))
    }
}

/// The notation as it stood in the text before it was cleaned.
fn as_given(notation: Notation, clean: &Clean) -> Notation {
    let base64 = matches!(notation, Notation::Base64 | Notation::Base64Unpadded | Notation::Base64UrlSafe);
    if clean.traces.contains(&Trace::Dump) {
        Notation::HexDump
    } else if base64 && clean.traces.contains(&Trace::Percent) {
        Notation::Base64Percent
    } else {
        notation
    }
}
