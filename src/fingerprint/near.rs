//! Two hashes of one length that differ so little that one was made from the other by hand or by a wrong tool.
//!
//! Two unrelated SHA-1 hashes agree in 2 or 3 of 40 digits by chance; at most four different digits are therefore
//! never chance. `od -x` and `xxd -e` print the bytes of each word in the machine's order, which is the reverse.

use super::{base64, hex};
use crate::text::{Class, Text};

/// Why two SHA-1 hashes are almost the same; `None` where they are equal, or have nothing in common.
pub fn difference(one: [u8; 20], other: [u8; 20]) -> Option<Text> {
    near_miss(&one, &other)
}

/// The same for two hashes of any one length.
pub(super) fn near_miss(one: &[u8], other: &[u8]) -> Option<Text> {
    if one == other || one.len() != other.len() {
        return None;
    }
    let (first, second) = (base64(one), base64(other));
    if first.eq_ignore_ascii_case(&second) {
        return Some(CASE);
    }
    in_digits(&hex(one), &hex(other)).or_else(|| in_base64(&first, &second)).or_else(|| {
        let words = [(one.len(), REVERSED), (2, PAIRS_REVERSED), (4, FOURS_REVERSED)];
        words.into_iter().find_map(|(size, text)| (reversed_words(one, size) == other).then_some(text))
    })
}

/// Where one text has a character more than the other, its place counted from 1; `None` where more differs.
pub(super) fn missing_place(shorter: &str, longer: &str) -> Option<usize> {
    if longer.chars().count() != shorter.chars().count() + 1 {
        return None;
    }
    let same = shorter.chars().zip(longer.chars()).take_while(|(one, other)| one == other).count();
    shorter.chars().skip(same).eq(longer.chars().skip(same + 1)).then_some(same + 1)
}

fn in_digits(one: &str, other: &str) -> Option<Text> {
    let places = differing(one, other);
    match places.as_slice() {
        [(place, one, other)] => {
            let (place, one, other) = (place.to_string(), one.to_string(), other.to_string());
            Some(ONE_DIGIT.with("place", Class::Words, place).with("one", Class::Words, one).with(
                "other",
                Class::Words,
                other,
            ))
        }
        [(first, a, b), (second, c, d)] if a == d && b == c => {
            Some(SWAPPED.number("first", first).number("second", second))
        }
        [_, _] | [_, _, _] | [_, _, _, _] => {
            let list: Vec<String> = places.iter().map(|(place, _, _)| place.to_string()).collect();
            Some(FEW_DIGITS.number("few", places.len()).number("all", one.len()).with(
                "places",
                Class::Words,
                list.join(", "),
            ))
        }
        _ => None,
    }
}

fn in_base64(one: &str, other: &str) -> Option<Text> {
    match differing(one, other).as_slice() {
        [(place, one, other)] => {
            let (place, one, other) = (place.to_string(), one.to_string(), other.to_string());
            Some(ONE_CHARACTER.with("place", Class::Words, place).with("one", Class::Words, one).with(
                "other",
                Class::Words,
                other,
            ))
        }
        [(first, a, b), (second, c, d)] if a == d && b == c => {
            Some(SWAPPED_CHARACTERS.number("first", first).number("second", second))
        }
        _ => None,
    }
}

/// The places, counted from 1, at which two texts of one length differ, and what stands there.
fn differing(one: &str, other: &str) -> Vec<(usize, char, char)> {
    let pairs = one.chars().zip(other.chars()).enumerate();
    pairs.filter(|(_, (one, other))| one != other).map(|(at, (one, other))| (at + 1, one, other)).collect()
}

fn reversed_words(bytes: &[u8], size: usize) -> Vec<u8> {
    bytes.chunks(size.max(1)).flat_map(|word| word.iter().rev().copied()).collect()
}

const ONE_DIGIT: Text = Text::fixed(
    "They differ in one hexadecimal digit: place {place} is {one} in one and {other} in the other. One of them was mistyped.",
    "Sie unterscheiden sich in einer hexadezimalen Ziffer: An Stelle {place} steht einmal {one}, einmal {other}. Einer ist vertippt.",
);
const SWAPPED: Text = Text::fixed(
    "They are the same but for two swapped hexadecimal digits, at places {first} and {second}.",
    "Sie sind gleich bis auf zwei vertauschte hexadezimale Ziffern, an den Stellen {first} und {second}.",
);
const FEW_DIGITS: Text = Text::fixed(
    "Only {few} of {all} hexadecimal digits differ, at places {places}. One of them was mistyped.",
    "Nur {few} von {all} hexadezimalen Ziffern unterscheiden sich, an den Stellen {places}. Einer ist vertippt.",
);
const ONE_CHARACTER: Text = Text::fixed(
    "As base64 they differ in one character: place {place} is {one} in one and {other} in the other. One of them was mistyped.",
    "Als Base64 unterscheiden sie sich in einem Zeichen: An Stelle {place} steht einmal {one}, einmal {other}. Einer ist vertippt.",
);
const SWAPPED_CHARACTERS: Text = Text::fixed(
    "As base64 they are the same but for two swapped characters, at places {first} and {second}.",
    "Als Base64 sind sie gleich bis auf zwei vertauschte Zeichen, an den Stellen {first} und {second}.",
);
const CASE: Text = Text::fixed(
    "As base64 they differ only in upper and lower case, which base64 keeps apart.",
    "Als Base64 unterscheiden sie sich nur in Groß- und Kleinschreibung; Base64 unterscheidet beides.",
);
const REVERSED: Text = Text::fixed(
    "They are the same bytes in reverse order.",
    "Es sind dieselben Bytes in umgekehrter Reihenfolge.",
);
const PAIRS_REVERSED: Text = Text::fixed(
    "They are the same bytes with each two swapped, as od -x prints them.",
    "Es sind dieselben Bytes, paarweise vertauscht, wie od -x sie ausgibt.",
);
const FOURS_REVERSED: Text = Text::fixed(
    "They are the same bytes with each four in reverse order, as xxd -e prints them.",
    "Es sind dieselben Bytes, je vier in umgekehrter Reihenfolge, wie xxd -e sie ausgibt.",
);

#[cfg(test)]
mod tests {
    use super::super::bytes_of_hex;
    use super::*;

    #[test]
    fn a_near_miss_is_told_from_another_hash() {
        let hash = |hex: &str| <[u8; 20]>::try_from(bytes_of_hex(hex).unwrap()).unwrap();
        let good = hash("e57e81ea9954c144976678d0e2418cdf79a93176");
        for (other, telling) in [
            ("e57e81ea9954c144976678d0e2418cdf79a93177", "place 40 is 6 in one and 7 in the other"),
            ("e57e81ea9954c144976678d0e2418cdf79a93167", "swapped hexadecimal digits, at places 39 and 40"),
            ("e57e81ea9954c144976678d0e2418cdf79a90000", "Only 4 of 40"),
            ("7631a979df8c41e2d078669744c15499ea817ee5", "reverse order"),
            ("7ee5ea81549944c16697d07841e2df8ca9797631", "od -x"),
            ("ea817ee544c15499d0786697df8c41e27631a979", "xxd -e"),
        ] {
            let text = difference(good, hash(other)).unwrap();
            assert!(text.en().contains(telling), "{other}: {}", text.en());
        }
        assert_eq!(difference(good, good), None);
        assert_eq!(difference(good, hash("1289b8a7aa9ffd84865e38939f3466a61b5608fc")), None);
    }

    #[test]
    fn lost_case_of_base64_is_seen() {
        let of = |text: &str| <[u8; 20]>::try_from(super::super::bytes_of_base64(text).unwrap()).unwrap();
        let text = difference(of("5X6B6plUwUSXZnjQ4kGM33mpMXY="), of("5x6b6plUwUSXZnjQ4kGM33mpMXY="));
        assert!(text.is_some_and(|text| text.en().contains("upper and lower case")));
    }

    #[test]
    fn the_missing_place_is_found() {
        assert_eq!(missing_place("abd", "abcd"), Some(3));
        assert_eq!(missing_place("abc", "abcd"), Some(4));
        assert_eq!(missing_place("xbc", "abcd"), None);
    }
}
