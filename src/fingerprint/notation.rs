//! Finds hashes in cleaned text: groups of hexadecimal digits, or base64.
//!
//! ```text
//! Fingerprint MD5: 0813A2CD A3577F5B B8444C8F 093BDB2E     one segment
//! Fingerprint SHA1: 50CB1BE1 F8A16D5C 0DB3BC72 …           the next: it begins at the algorithm's name
//! ```
//!
//! A segment's digits are taken together as long as the same separator stands between them, over line ends too:
//! browsers wrap. Where a group is a whole hash by itself, what follows is another hash or a file name. A text
//! without any hash gives one [`Found`] that says what came closest.

use super::clean::{Clean, Trace};
use super::{Algorithm, Notation, bytes_of_base64, bytes_of_hex};

/// Hashes kept of one text.
const MOST: usize = 64;

/// A hash, or what came closest to one.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The bytes, where it is a hash.
    pub bytes: Option<Vec<u8>>,
    /// How it was written.
    pub notation: Option<Notation>,
    /// The algorithm that its label names.
    pub label: Option<Algorithm>,
    /// The words before it.
    pub before: String,
    /// Digits or characters without separators.
    pub digits: String,
}

/// Every hash of the text; one entry without bytes where there is none.
pub(super) fn find(clean: &Clean) -> Vec<Found> {
    let mut hashes = Vec::new();
    let mut nearest: Option<Found> = None;
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

/// Fewer digits are a time of day or a line number, not a damaged hash.
const SHORTEST: usize = 12;

/// A part of the text that has one label.
struct Segment<'t> {
    label: Option<Algorithm>,
    before: &'t str,
    text: &'t str,
}

/// The text cut at each name of an algorithm.
fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut segments = vec![];
    let (mut label, mut before, mut from) = (None, "", 0);
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(rest) = lower.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((algorithm, length)) = name_at(&lower, at) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        segments.push(Segment { label, before, text: text.get(from..at).unwrap_or_default() });
        let line = text.get(..at).and_then(|head| head.rsplit('\n').next()).unwrap_or_default();
        (label, before) = (Some(algorithm), line);
        at += length;
        at += file_name(lower.get(at..).unwrap_or_default());
        from = at;
    }
    segments.push(Segment { label, before, text: text.get(from..).unwrap_or_default() });
    segments
}

/// The algorithm whose name stands at this byte as a word of its own, and the length of the name.
fn name_at(lower: &str, at: usize) -> Option<(Algorithm, usize)> {
    let rest = lower.get(at..)?;
    let inside = lower.get(..at)?.ends_with(|before: char| before.is_alphanumeric());
    let (name, algorithm) = NAMES.iter().find(|(name, _)| rest.starts_with(name))?;
    let longer = rest.get(name.len()..)?.starts_with(|after: char| after.is_alphanumeric());
    // `sha256.der` and `/tmp/sha1` name a file.
    let file = rest.get(name.len()..)?.starts_with('.') || lower.get(..at)?.ends_with(['/', '\\', '.']);
    (!inside && !longer && !file).then_some((*algorithm, name.len()))
}

const NAMES: [(&str, Algorithm); 8] = [
    ("md5", Algorithm::Md5),
    ("sha-1", Algorithm::Sha1),
    ("sha1", Algorithm::Sha1),
    ("sha-256", Algorithm::Sha256),
    ("sha256", Algorithm::Sha256),
    ("sha-512", Algorithm::Sha512),
    ("sha512", Algorithm::Sha512),
    ("md-5", Algorithm::Md5),
];

/// Length of the file name in `SHA1(/tmp/asa.der)= …` and `SHA1 (/tmp/asa.der) = …`.
fn file_name(rest: &str) -> usize {
    let Some(inside) = rest.trim_start_matches(' ').strip_prefix('(') else { return 0 };
    let Some((_, after)) = inside.split_once(')') else { return 0 };
    if after.trim_start().starts_with('=') { rest.len() - after.len() } else { 0 }
}

impl Segment<'_> {
    fn read(&self, clean: &Clean) -> Vec<Found> {
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
            found.label = self.label;
            found.before = match self.label {
                Some(_) => self.before.to_owned(),
                None => self.text.to_owned(),
            };
            found.notation = found.notation.map(|notation| as_given(notation, clean));
        }
        found
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

/// Groups of digits with the same separator between them.
#[derive(Default)]
struct Run<'t> {
    groups: Vec<Group<'t>>,
    separator: Option<char>,
}

#[derive(Clone, Copy)]
struct Group<'t> {
    text: &'t str,
    line: usize,
    /// A byte's prefix in a program, `0x` or `\x`, was taken away.
    prefixed: bool,
}

/// What stands between two words.
enum Gap {
    /// They have nothing to do with each other.
    Apart,
    /// One kind of separator: a punctuation mark, or a blank where there are only blanks.
    Separator(char),
    /// A line end, maybe with a separator.
    LineEnd,
}

fn gap(text: &str) -> Gap {
    let mut mark = ' ';
    let mut marks = 0;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        if !matches!(character, ':' | '-' | '.' | ',' | '\\') {
            return Gap::Apart;
        }
        mark = character;
        marks += 1;
    }
    match marks {
        0 | 1 if text.contains('\n') => Gap::LineEnd,
        0 | 1 => Gap::Separator(mark),
        _ => Gap::Apart,
    }
}

/// Runs of hexadecimal groups in a text.
fn runs(text: &str) -> Vec<Run<'_>> {
    let words = words(text);
    let mut runs = Vec::new();
    let mut run = Run::default();
    for (index, word) in words.iter().enumerate() {
        let link = if run.groups.is_empty() { Gap::Apart } else { gap(word.gap) };
        let next = words.get(index + 1).map(|next| next.group.text);
        if !is_hex(word.group.text) && !run.takes_typo(word.group.text, &link, next) {
            runs.push(std::mem::take(&mut run));
            if is_long_typo(word.group.text) {
                runs.push(Run { groups: vec![word.group], separator: None });
            }
            continue;
        }
        match (link, run.separator) {
            (Gap::LineEnd, _) => {}
            (Gap::Separator(mark), None) => run.separator = Some(mark),
            (Gap::Separator(mark), Some(before)) if mark == before => {}
            // `18:38:57 E5:7E:…` and `1 E5:7E:…`: a mark binds more closely than a blank.
            (Gap::Separator(mark), Some(' ')) => {
                let last = run.groups.pop();
                runs.push(std::mem::take(&mut run));
                run = Run { groups: last.into_iter().collect(), separator: Some(mark) };
            }
            (Gap::Apart | Gap::Separator(_), _) => runs.push(std::mem::take(&mut run)),
        }
        run.groups.push(word.group);
    }
    runs.push(run);
    runs.retain(|run| !run.groups.is_empty());
    runs
}

struct Word<'t> {
    gap: &'t str,
    group: Group<'t>,
}

/// Letters and digits, with what stands before them.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    let mut line = 0;
    while let Some(start) = rest.find(|character: char| character.is_ascii_alphanumeric()) {
        let (gap, from) = rest.split_at(start);
        line += gap.matches('\n').count();
        let end = from.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let plain = match gap.ends_with('\\') {
            true => word.strip_prefix('x'),
            false => word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")),
        };
        let group = Group { text: plain.unwrap_or(word), line, prefixed: plain.is_some() };
        words.push(Word { gap, group });
        rest = after;
    }
    words
}

fn is_hex(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A whole hash in one word, with a letter that is none of the sixteen digits.
fn is_long_typo(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_hexdigit).count();
    word.len() >= 24 && digits * 10 >= word.len() * 9
}

impl Run<'_> {
    /// Whether a word that is not hexadecimal is a mistyped group of this run rather than the next word of a
    /// sentence.
    fn takes_typo(&self, word: &str, link: &Gap, next: Option<&str>) -> bool {
        let Some(last) = self.groups.last() else { return false };
        let like = word.len() == last.text.len() && word.len() >= 2;
        let digit = word.bytes().any(|byte| byte.is_ascii_digit());
        let between = next.is_some_and(|next| next.len() == word.len() && is_hex(next));
        match link {
            Gap::Apart => false,
            Gap::Separator(' ') | Gap::LineEnd => like && (digit || between),
            Gap::Separator(_) => like,
        }
    }

    fn digits(&self) -> String {
        self.groups.iter().map(|group| group.text).collect()
    }

    fn notation(&self) -> Notation {
        let longest = self.groups.iter().map(|group| group.text.len()).max().unwrap_or_default();
        if self.groups.iter().any(|group| group.prefixed) {
            return Notation::HexBytes;
        }
        match self.separator {
            _ if self.groups.len() == 1 => Notation::Hex,
            Some(':') => Notation::HexColons,
            Some('-') => Notation::HexDashes,
            Some('.') => Notation::HexDots,
            Some(',') => Notation::HexBytes,
            _ if longest == 8 => Notation::HexGroups,
            _ if longest > 8 => Notation::Hex,
            _ => Notation::HexSpaces,
        }
    }

    fn found(&self, digits: String) -> Found {
        let bytes = bytes_of_hex(&digits).filter(|bytes| Algorithm::of_length(bytes.len()).is_some());
        Found { notation: bytes.is_some().then(|| self.notation()), bytes, digits, ..Found::default() }
    }

    /// The hashes of a run, or one entry that is none.
    fn hashes(&self, label: Option<Algorithm>) -> Vec<Found> {
        let all = self.digits();
        let whole = self.found(all.clone());
        let promised = label.is_some_and(|label| label.bytes() * 2 == all.len());
        if self.groups.len() == 1 || (promised && whole.bytes.is_some()) {
            return vec![whole];
        }
        // Only a group that is a hash by itself may be followed by something else.
        let groups: Vec<&str> = self.groups.iter().map(|group| group.text).collect();
        if groups.first().is_some_and(|first| is_whole(first)) {
            return groups.iter().filter(|group| is_whole(group)).map(|group| self.single(group)).collect();
        }
        let lines = self.lines();
        // Two lines of 16 bytes are one wrapped SHA-256; two of 20 or 32 bytes are two hashes.
        let wrapped = lines.first().is_some_and(|first| first.len() <= 32);
        if whole.bytes.is_some() && wrapped {
            return vec![whole];
        }
        if lines.len() > 1 && lines.iter().all(|line| is_whole(line)) {
            return lines.into_iter().map(|line| self.found(line)).collect();
        }
        vec![whole]
    }

    fn single(&self, group: &str) -> Found {
        let prefixed = self.groups.iter().any(|group| group.prefixed);
        let notation = if prefixed { Notation::HexBytes } else { Notation::Hex };
        Found { notation: Some(notation), ..self.found(group.to_owned()) }
    }

    /// The digits of each line.
    fn lines(&self) -> Vec<String> {
        self.groups
            .chunk_by(|one, next| one.line == next.line)
            .map(|line| line.iter().map(|group| group.text).collect())
            .collect()
    }
}

/// Digits of exactly one hash.
fn is_whole(digits: &str) -> bool {
    digits.len().is_multiple_of(2) && Algorithm::of_length(digits.len() / 2).is_some() && is_hex(digits)
}

/// The base64 hashes of a segment, or the longest thing that looks like base64.
fn base64_hashes(text: &str, only_padded: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut nearest = Found::default();
    for chunk in text.split(|character: char| !is_base64(character) && !character.is_whitespace()) {
        let tokens: Vec<&str> = chunk.split_whitespace().filter_map(without_label).collect();
        let before = found.len();
        for token in &tokens {
            if token.ends_with('=') || (!only_padded && (tokens.len() == 1 || is_mixed(token))) {
                found.extend(base64_hash(token));
            }
            if token.len() > nearest.digits.len() && is_mixed(token) {
                nearest.digits = (*token).to_owned();
            }
        }
        // Wrapped over lines: the last token ends it, a label may stand before it.
        let few = (2..=MOST_PIECES).contains(&tokens.len());
        if found.len() == before && few {
            let joined = (0..tokens.len() - 1).find_map(|from| {
                let whole = tokens.get(from..)?.concat();
                let ends = whole.ends_with('=') || (from == 0 && !only_padded && is_mixed(&whole));
                if ends { base64_hash(&whole) } else { None }
            });
            found.extend(joined);
        }
    }
    if found.is_empty() && !only_padded && nearest.digits.len() >= SHORTEST {
        found.push(nearest);
    }
    found
}

/// Pieces that a wrapped hash may have.
const MOST_PIECES: usize = 8;

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '-' | '_' | '=')
}

/// `certHash1=5X6B…=` without its label: padding stands at the end only.
fn without_label(token: &str) -> Option<&str> {
    let value = token.trim_end_matches('=');
    let from = value.rfind('=').map_or(0, |at| at + 1);
    token.get(from..).filter(|value| !value.is_empty())
}

/// Upper and lower case and a digit or sign, unlike a word of a sentence.
fn is_mixed(token: &str) -> bool {
    token.bytes().any(|byte| byte.is_ascii_uppercase())
        && token.bytes().any(|byte| byte.is_ascii_lowercase())
        && token.bytes().any(|byte| !byte.is_ascii_alphabetic())
}

fn base64_hash(token: &str) -> Option<Found> {
    let bytes = bytes_of_base64(token).filter(|bytes| Algorithm::of_length(bytes.len()).is_some())?;
    // Digits only, and too few or too many of them: a damaged hexadecimal hash, not base64.
    if !token.ends_with('=') && is_hex(token) {
        return None;
    }
    let notation = match token {
        _ if token.contains(['-', '_']) => Notation::Base64UrlSafe,
        _ if token.len().is_multiple_of(4) => Notation::Base64,
        _ => Notation::Base64Unpadded,
    };
    Some(Found { bytes: Some(bytes), notation: Some(notation), digits: token.to_owned(), ..Found::default() })
}
