//! Hashes written as groups of hexadecimal digits.
//!
//! ```text
//! E5:7E:81:…   E57E81EA 9954C144 …   0xe5,0x7e,…   e57e.81ea.…
//! ```
//!
//! Digits are taken together as long as the same separator stands between them, over line ends too: browsers wrap.
//! Where a group is a whole hash by itself, what follows on its line is another hash or a file name. A word that is
//! almost a group, with a letter that is no digit, stays in its run and spoils it: its halves are no hashes.

use super::candidate::Candidate;
use super::{Algorithm, Notation, bytes_of_hex};

/// Groups of digits with the same separator between them.
#[derive(Default)]
pub(super) struct Run<'t> {
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
        // `12: E5:7E:…` is a number and a hash; only a comma has a blank behind it.
        1 if mark != ',' && text.contains(' ') => Gap::Apart,
        0 | 1 => Gap::Separator(mark),
        _ => Gap::Apart,
    }
}

/// Runs of hexadecimal groups in a text.
pub(super) fn runs(text: &str) -> Vec<Run<'_>> {
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

pub(super) fn is_hex(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A whole hash in one word, with a letter that is none of the sixteen digits.
pub(super) fn is_long_typo(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_hexdigit).count();
    word.len() >= 24 && digits * 10 >= word.len() * 9
}

impl Run<'_> {
    /// Whether a word that is not hexadecimal is a mistyped group of this run rather than the next word of a
    /// sentence.
    fn takes_typo(&self, word: &str, link: &Gap, next: Option<&str>) -> bool {
        let Some(last) = self.groups.last() else { return false };
        let like = word.len() >= 2 && word.len().abs_diff(last.text.len()) <= 1;
        let digit = word.bytes().any(|byte| byte.is_ascii_digit());
        let between = next.is_some_and(|next| next.len() == last.text.len() && is_hex(next));
        let digits = self.digits();
        let complete = digits.len() >= 40 && is_whole(&digits);
        match link {
            Gap::Apart => false,
            Gap::Separator(' ') | Gap::LineEnd => like && !complete && (digit || between),
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

    fn candidate(&self, digits: String) -> Candidate {
        let bytes = bytes_of_hex(&digits)
            .filter(|bytes| Algorithm::of_length(bytes.len()).is_some() && self.is_regular());
        Candidate {
            notation: bytes.is_some().then(|| self.notation()),
            bytes,
            digits,
            ..Candidate::default()
        }
    }

    /// The hashes of a run, or one entry that is none.
    pub(super) fn hashes(&self, label: Option<Algorithm>) -> Vec<Candidate> {
        let all = self.digits();
        let whole = self.candidate(all.clone());
        let promised = label.is_some_and(|label| label.bytes() * 2 == all.len());
        if self.groups.len() == 1 || (promised && whole.bytes.is_some()) {
            return vec![whole];
        }
        let lines = self.lines();
        let pieces = lines.len() == self.groups.len() && !lines.iter().all(|line| is_whole(line));
        if pieces && whole.bytes.is_some() {
            return vec![whole];
        }
        // Only a group that is a hash by itself may be followed by something else.
        let groups: Vec<&str> = self.groups.iter().map(|group| group.text).collect();
        if groups.first().is_some_and(|first| is_whole(first)) {
            return groups.iter().filter(|group| is_whole(group)).map(|group| self.single(group)).collect();
        }
        // Two lines of 16 bytes are one wrapped SHA-256; two of 20 or 32 bytes are two hashes.
        let wrapped = lines.first().is_some_and(|first| first.len() <= 32);
        if whole.bytes.is_some() && wrapped {
            return vec![whole];
        }
        if lines.len() > 1 && lines.iter().all(|line| is_whole(line)) {
            return lines.into_iter().map(|line| self.candidate(line)).collect();
        }
        vec![whole]
    }

    fn single(&self, group: &str) -> Candidate {
        let prefixed = self.groups.iter().any(|group| group.prefixed);
        let notation = if prefixed { Notation::HexBytes } else { Notation::Hex };
        Candidate { notation: Some(notation), ..self.candidate(group.to_owned()) }
    }

    /// Bytes in groups of one length, the last of a line maybe shorter. Decimal numbers and bytes without their
    /// leading zeros are not: they could add up to the digits of another hash.
    fn is_regular(&self) -> bool {
        self.groups.chunk_by(|one, next| one.line == next.line).filter(|line| line.len() > 1).all(|line| {
            let first = line.first().map_or(0, |group| group.text.len());
            let all_whole = line.first().is_some_and(|group| is_whole(group.text));
            let (last, others) =
                line.split_last().map_or((first, line), |(last, others)| (last.text.len(), others));
            let even = first.is_multiple_of(2) && last.is_multiple_of(2) && last <= first;
            all_whole || (even && others.iter().all(|group| group.text.len() == first))
        })
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
