//! Hashes written as base64.
//!
//! ```text
//! 5X6B6plUwUSXZnjQ4kGM33mpMXY=   certHash1=5X6B6plUwUSX…   4-eD08ycMK7e_83rXs_uCP-PFoQ=
//! ```
//!
//! Padding that is there must be complete, and no bits may be left over: the end of a longer hash, wrapped over
//! lines, would else be a hash of its own. Without padding a token has to look like base64 and not like a word.

use super::candidate::{Candidate, SHORTEST};
use super::groups::{is_hex, is_long_typo};
use super::{Algorithm, Notation, bytes_of_base64};

/// The base64 hashes of a segment, or the longest thing that looks like base64.
pub(super) fn base64_hashes(text: &str, only_padded: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut nearest = Candidate::default();
    for chunk in text.split(|character: char| !is_base64(character) && !character.is_whitespace()) {
        let tokens: Vec<&str> = chunk.split_whitespace().filter_map(without_label).collect();
        for token in tokens.iter().filter(|token| is_mixed(token)) {
            if token.len() > nearest.digits.len() {
                nearest.digits = (*token).to_owned();
            }
        }
        // Over lines, one piece a line, before each piece alone: the end of a longer hash may look like a shorter.
        let lines = chunk.lines().filter(|line| !line.trim().is_empty());
        let wrapped = lines.clone().all(|line| line.split_whitespace().count() == 1);
        let joined = || joined(&tokens, only_padded);
        if let Some(whole) = if wrapped { joined() } else { None } {
            found.push(whole);
            continue;
        }
        let before = found.len();
        for token in &tokens {
            if token.ends_with('=') || (!only_padded && (tokens.len() == 1 || is_mixed(token))) {
                found.extend(base64_hash(token));
            }
        }
        if found.len() == before {
            found.extend(joined());
        }
    }
    if found.is_empty() && !only_padded && nearest.digits.len() >= SHORTEST {
        found.push(nearest);
    }
    found
}

/// A hash in several pieces, of which the last ends it; a label may stand before the first.
fn joined(tokens: &[&str], only_padded: bool) -> Option<Candidate> {
    if !(2..=MOST_PIECES).contains(&tokens.len()) {
        return None;
    }
    (0..tokens.len() - 1).find_map(|from| {
        let whole = tokens.get(from..)?.concat();
        let ends = whole.ends_with('=') || (from == 0 && !only_padded && is_mixed(&whole));
        if ends { base64_hash(&whole) } else { None }
    })
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

fn base64_hash(token: &str) -> Option<Candidate> {
    // Padding that is there is complete; else the end of one hash could be taken for another.
    if token.ends_with('=') && !token.len().is_multiple_of(4) {
        return None;
    }
    let bytes = bytes_of_base64(token).filter(|bytes| Algorithm::of_length(bytes.len()).is_some())?;
    // A hash whose bytes are all digits is no hash: it is a part of its hexadecimal text.
    if bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    // Digits only, and too few or too many of them: a damaged hexadecimal hash, not base64.
    if !token.ends_with('=') && (is_hex(token) || is_long_typo(token)) {
        return None;
    }
    let notation = match token {
        _ if token.contains(['-', '_']) => Notation::Base64UrlSafe,
        _ if token.len().is_multiple_of(4) => Notation::Base64,
        _ => Notation::Base64Unpadded,
    };
    Some(Candidate {
        bytes: Some(bytes),
        notation: Some(notation),
        digits: token.to_owned(),
        ..Candidate::default()
    })
}
