//! Texts split at a phrase, as `str::split_once` does it.
//!
//! A message is searched for several phrases of a few bytes, and to prepare the search of the standard library takes longer
//! than to look at the bytes where the first one of the phrase stands.

use std::borrow::Cow;

/// Texts of a message while it is read: nearly always those of its line.
pub(super) type Words<'a> = Cow<'a, str>;

/// Splits at the first occurrence of a phrase; what `str::split_once` does, without its preparations.
pub(super) fn split_phrase<'a>(text: &'a str, phrase: &str) -> Option<(&'a str, &'a str)> {
    let bytes = text.as_bytes();
    let mut starts = memchr::memchr_iter(*phrase.as_bytes().first()?, bytes);
    let at = starts.find(|at| bytes.get(*at..).is_some_and(|here| here.starts_with(phrase.as_bytes())))?;
    Some((text.get(..at)?, text.get(at + phrase.len()..)?))
}

/// The same at the last occurrence.
pub(super) fn rsplit_phrase<'a>(text: &'a str, phrase: &str) -> Option<(&'a str, &'a str)> {
    let bytes = text.as_bytes();
    let mut starts = memchr::memrchr_iter(*phrase.as_bytes().first()?, bytes);
    let at = starts.find(|at| bytes.get(*at..).is_some_and(|here| here.starts_with(phrase.as_bytes())))?;
    Some((text.get(..at)?, text.get(at + phrase.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_at_a_phrase_as_by_the_standard_library() {
        for text in ["a> IP <b> IP <c", "> IP <", "> IP", "", "ä> IP <ö", ">> IP <"] {
            assert_eq!(split_phrase(text, "> IP <"), text.split_once("> IP <"), "{text}");
            assert_eq!(rsplit_phrase(text, "> IP <"), text.rsplit_once("> IP <"), "{text}");
        }
        assert_eq!(rsplit_phrase("aaa", "aa"), "aaa".rsplit_once("aa"));
    }
}
