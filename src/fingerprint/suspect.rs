//! From what was found to a [`Value`]: what is odd about a hash, and what a text that is none looks like.
//!
//! Hashes of no bytes at all are met where a command got no input: `da39a3ee…0709` stands in public guides as the
//! fingerprint of a server.

use super::candidate::Candidate;
use super::clean::{Clean, Trace};
use super::{Algorithm, LooksLike, Notation, State, Value, base64, bytes_of_base64, bytes_of_hex, hex};
use crate::text::{Class, Text};

pub(super) fn value(given: &str, clean: &Clean, found: Candidate) -> Value {
    let mut value = Value {
        text: given.to_owned(),
        state: State::Invalid,
        algorithm: None,
        bytes: Vec::new(),
        notation: found.notation,
        looks_like: None,
        notes: Vec::new(),
        digits: String::new(),
        meant: None,
    };
    match found.bytes.as_deref() {
        Some(bytes) if found.label.is_some_and(|label| label.bytes() > bytes.len()) => {
            value.digits.clone_from(&found.digits);
            value.notation = None;
            value.looks_like = Some(LooksLike::Truncated);
            let name = found.label.map_or("", Algorithm::name);
            let real = Algorithm::of_length(bytes.len()).map_or("", Algorithm::name);
            value.notes.push(SHORT_FOR_LABEL.with("label", Class::Words, name).with(
                "real",
                Class::Words,
                real,
            ));
        }
        Some(bytes) if Algorithm::of_length(bytes.len()).is_some() => {
            value.state = State::Hash;
            value.algorithm = Algorithm::of_length(bytes.len());
            value.bytes = bytes.to_vec();
            suspect(&mut value, &found);
        }
        _ => {
            value.digits.clone_from(&found.digits);
            refuse(&mut value, &found, &clean.text);
        }
    }
    if clean.traces.contains(&Trace::Invisible) {
        value.notes.push(INVISIBLE);
    }
    if clean.traces.contains(&Trace::FullWidth) {
        value.notes.push(FULL_WIDTH);
    }
    value
}

/// What is odd about a hash.
fn suspect(value: &mut Value, found: &Candidate) {
    let before = found.before.to_ascii_lowercase();
    let mut say = |looks_like: LooksLike, note: Text| {
        value.looks_like = value.looks_like.or(Some(looks_like));
        value.notes.push(note);
    };
    let Some(algorithm) = value.algorithm else { return };
    if EMPTY.iter().any(|start| value.bytes.starts_with(start)) {
        say(LooksLike::EmptyInputHash, EMPTY_INPUT);
    }
    if is_pattern(&value.bytes) {
        say(LooksLike::Placeholder, PLACEHOLDER);
    }
    if let Some(label) = found.label.filter(|label| *label != algorithm) {
        let wrong = WRONG_LABEL.word("label", label.name()).word("real", algorithm.name());
        say(LooksLike::WrongLabel, wrong);
    }
    if before.contains("certificate request") {
        say(LooksLike::CertificateRequest, REQUEST);
    }
    if value.notation == Some(Notation::Base64UrlSafe) {
        say(LooksLike::UrlSafeBase64, URL_SAFE);
    }
    let named = found.label.is_some() || NAMES.iter().any(|name| before.contains(name));
    if before.contains("serial") || (algorithm == Algorithm::Md5 && !named) {
        say(LooksLike::SerialNumber, SERIAL_NUMBER);
    } else if algorithm == Algorithm::Md5 && found.label.is_none() {
        value.notes.push(UNNAMED_MD5);
    }
    if algorithm != Algorithm::Sha1 && value.looks_like != Some(LooksLike::SerialNumber) {
        value.notes.push(NOT_SHA1.word("name", algorithm.name()));
    }
}

/// Words that say that 16 bytes are a fingerprint.
const NAMES: [&str; 4] = ["fingerprint", "thumbprint", "hash", "abdruck"];

/// How the hashes of no bytes begin.
const EMPTY: [[u8; 8]; 4] = [
    [0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04],
    [0xda, 0x39, 0xa3, 0xee, 0x5e, 0x6b, 0x4b, 0x0d],
    [0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14],
    [0xcf, 0x83, 0xe1, 0x35, 0x7e, 0xef, 0xb8, 0xbd],
];

/// `0000…`, `aabbccdd…` and `01234567…`: no hash function makes them.
fn is_pattern(bytes: &[u8]) -> bool {
    let steps =
        |step: u8| bytes.iter().zip(bytes.iter().skip(1)).all(|(one, next)| next.wrapping_sub(*one) == step);
    let digits = hex(bytes);
    steps(0)
        || steps(1)
        || steps(0x11)
        || digits.starts_with("0123456789abcdef")
        || digits.starts_with("deadbeefdeadbeef")
}

/// What a text that is no hash looks like.
fn refuse(value: &mut Value, found: &Candidate, text: &str) {
    let digits = found.digits.as_str();
    if let Some(hidden) = hex_in_base64(digits) {
        value.looks_like = Some(LooksLike::Base64OfHex);
        let hashes = BASE64_OF_HEX.with("hex", Class::Hash, hex(&hidden));
        value.notes.push(hashes.with("base64", Class::Hash, base64(&hidden)));
        value.meant = Some(hidden);
        return;
    }
    if bytes_of_base64(digits)
        .is_some_and(|bytes| bytes.len() >= 8 && bytes.iter().all(u8::is_ascii_hexdigit))
    {
        value.looks_like = Some(LooksLike::Base64OfHex);
        value.notes.push(BASE64_OF_CUT_HEX);
        return;
    }
    if is_placeholder(text) {
        value.looks_like = Some(LooksLike::Placeholder);
        value.notes.push(PLACEHOLDER);
        return;
    }
    if digits.is_empty() {
        value.notes.push(if text.trim_matches(['|', ' ', '\n']).is_empty() { NOTHING } else { NO_HASH });
        return;
    }
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && !digits.ends_with('=') {
        refuse_hex(value, digits, found.label);
        return;
    }
    let corrected: String = digits.chars().map(digit_for_letter).collect();
    let close = digits.bytes().filter(u8::is_ascii_hexdigit).count() * 10 >= digits.len() * 9;
    if close && digits.len() >= 24 {
        let (place, letter) =
            digits.chars().enumerate().find(|(_, letter)| !letter.is_ascii_hexdigit()).unwrap_or((0, ' '));
        let letter = LETTER.with("letter", Class::Words, letter.to_string());
        value.notes.push(letter.number("place", place + 1));
        value.looks_like = Some(LooksLike::LetterForDigit);
        value.meant = bytes_of_hex(&corrected).filter(|bytes| Algorithm::of_length(bytes.len()).is_some());
        return;
    }
    refuse_base64(value, digits);
}

fn refuse_hex(value: &mut Value, digits: &str, label: Option<Algorithm>) {
    let length = digits.len();
    let count = length;
    let longer = Algorithm::ALL.into_iter().find(|algorithm| algorithm.bytes() * 2 > length);
    let expected = label.filter(|label| label.bytes() * 2 > length).or(longer);
    let over = Algorithm::ALL.into_iter().find(|algorithm| algorithm.bytes() * 2 + 1 == length);
    if bytes_of_hex(digits).is_some_and(|bytes| Algorithm::of_length(bytes.len()).is_some()) {
        value.notes.push(IRREGULAR.number("count", count));
    } else if let Some(algorithm) = over.filter(|over| label.is_none_or(|label| label == *over)) {
        value.looks_like = Some(LooksLike::OneDigitTooMany);
        value.notes.push(ONE_MORE.number("count", count).word("name", algorithm.name()));
    } else if length == 96 {
        value.looks_like = Some(LooksLike::Sha384);
        value.notes.push(SHA384);
    } else if let Some(algorithm) = expected {
        value.looks_like = Some(LooksLike::Truncated);
        let missing = (algorithm.bytes() * 2).saturating_sub(length);
        value
            .notes
            .push(FEWER.number("count", count).word("name", algorithm.name()).number("missing", missing));
    } else {
        value.notes.push(LONGER.number("count", count));
    }
}

fn refuse_base64(value: &mut Value, characters: &str) {
    let length = characters.trim_end_matches('=').len();
    let count = length;
    let of_length = |wanted: usize| {
        Algorithm::ALL.into_iter().find(|algorithm| (algorithm.bytes() * 4).div_ceil(3) == wanted)
    };
    if let Some(algorithm) = of_length(length + 1).or(of_length(length + 2)) {
        value.looks_like = Some(LooksLike::Truncated);
        value.notes.push(BASE64_FEWER.number("count", count).word("name", algorithm.name()));
    } else if let Some(algorithm) = length.checked_sub(1).and_then(of_length) {
        value.looks_like = Some(LooksLike::OneDigitTooMany);
        value.notes.push(BASE64_MORE.number("count", count).word("name", algorithm.name()));
    } else {
        value.notes.push(NO_HASH);
    }
}

/// The hash whose hexadecimal text was encoded.
pub(super) fn hex_in_base64(characters: &str) -> Option<Vec<u8>> {
    let decoded = String::from_utf8(bytes_of_base64(characters)?).ok()?;
    let digits: String =
        decoded.chars().filter(|character| !matches!(character, ':' | ' ' | '\n' | '\r')).collect();
    bytes_of_hex(&digits).filter(|bytes| Algorithm::of_length(bytes.len()).is_some())
}

/// `XX:XX:XX:XX:...`, `<fingerprint>`.
fn is_placeholder(text: &str) -> bool {
    let words = || text.split(|character: char| !character.is_ascii_alphanumeric());
    let crossed =
        words().filter(|word| word.len() >= 2 && word.bytes().all(|byte| matches!(byte, b'x' | b'X')));
    crossed.map(str::len).sum::<usize>() >= 6
}

/// The digit that a letter is easily taken for.
fn digit_for_letter(letter: char) -> char {
    match letter {
        'O' | 'o' | 'Q' => '0',
        'I' | 'i' | 'l' | 'L' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'G' => '6',
        'g' | 'q' => '9',
        other => other,
    }
}

const INVISIBLE: Text = Text::fixed(
    "Invisible characters were left out, as the Windows certificate dialog copies them.",
    "Unsichtbare Zeichen wurden weggelassen, wie sie der Zertifikatsdialog von Windows mitkopiert.",
);
const FULL_WIDTH: Text = Text::fixed(
    "Full-width characters were read as ordinary ones.",
    "Zeichen in voller Breite wurden wie gewöhnliche gelesen.",
);
const EMPTY_INPUT: Text = Text::fixed(
    "This is the hash of nothing: the command that made it got no input.",
    "Das ist der Hash von nichts: Der Befehl, der ihn erzeugt hat, bekam keine Eingabe.",
);
const PLACEHOLDER: Text = Text::fixed(
    "This looks like a placeholder, not like a hash.",
    "Das sieht nach einem Platzhalter aus, nicht nach einem Hash.",
);
const WRONG_LABEL: Text = Text::fixed(
    "It is labelled {label}, but it has the length of {real}.",
    "Davor steht {label}, die Länge ist aber die von {real}.",
);
const REQUEST: Text = Text::fixed(
    "This is the hash of a certificate request, not of a certificate; a phone never sees it.",
    "Das ist der Hash einer Zertifikatsanforderung, nicht der eines Zertifikats; ein Telefon sieht ihn nie.",
);
const URL_SAFE: Text = Text::fixed(
    "It is written in url-safe base64, with - and _ in place of + and /. A phone's configuration has + and /.",
    "Er steht in URL-sicherem Base64, mit - und _ statt + und /. In der Konfiguration eines Telefons stehen + und /.",
);
const SERIAL_NUMBER: Text = Text::fixed(
    "Serial numbers are often written like this, too. Is it the certificate's serial number? Then it says nothing about its hash.",
    "Auch Seriennummern werden oft so geschrieben. Ist es die Seriennummer des Zertifikats? Dann sagt sie nichts über dessen Hash.",
);
const UNNAMED_MD5: Text = Text::fixed(
    "16 bytes are MD5. An ASA prints this as “Fingerprint” without naming the algorithm.",
    "16 Bytes sind MD5. Eine ASA gibt das als „Fingerprint“ aus, ohne das Verfahren zu nennen.",
);
const NOT_SHA1: Text = Text::fixed(
    "A phone compares SHA-1; {name} never equals it, not even for the same certificate.",
    "Ein Telefon vergleicht SHA-1; {name} ist nie gleich, auch nicht beim selben Zertifikat.",
);
const BASE64_OF_HEX: Text = Text::fixed(
    "The hexadecimal text was turned into base64, not the bytes of the hash. Inside stand the digits of {hex}; the right base64 of that is {base64}.",
    "In Base64 wurde der hexadezimale Text umgewandelt, nicht die Bytes des Hashs. Darin stehen die Ziffern von {hex}; das richtige Base64 dazu ist {base64}.",
);
const BASE64_OF_CUT_HEX: Text = Text::fixed(
    "A hexadecimal text was turned into base64, not the bytes of the hash; and a part of it is missing.",
    "In Base64 wurde ein hexadezimaler Text umgewandelt, nicht die Bytes des Hashs; und ein Teil davon fehlt.",
);
const SHORT_FOR_LABEL: Text = Text::fixed(
    "It is labelled {label}, but has only the length of {real}: a part is missing, or the label is wrong.",
    "Davor steht {label}, es hat aber nur die Länge von {real}: Ein Teil fehlt, oder die Bezeichnung ist falsch.",
);
const NOTHING: Text = Text::fixed("There is nothing to read.", "Hier steht nichts.");
const NO_HASH: Text = Text::fixed(
    "There is no hash here: neither 32, 40, 64 or 128 hexadecimal digits nor base64 of that length.",
    "Hier steht kein Hash: weder 32, 40, 64 oder 128 hexadezimale Ziffern noch Base64 dieser Länge.",
);
const LETTER: Text = Text::fixed(
    "“{letter}” at place {place} is not a hexadecimal digit (0-9, a-f).",
    "„{letter}“ an Stelle {place} ist keine hexadezimale Ziffer (0-9, a-f).",
);
const ONE_MORE: Text = Text::fixed(
    "{count} hexadecimal digits: one more than {name} has.",
    "{count} hexadezimale Ziffern: eine mehr, als {name} hat.",
);
const IRREGULAR: Text = Text::fixed(
    "{count} hexadecimal digits in groups of different lengths: either digits are missing, or these are decimal numbers.",
    "{count} hexadezimale Ziffern in verschieden langen Gruppen: Entweder fehlen Ziffern, oder es sind Dezimalzahlen.",
);
const SHA384: Text = Text::fixed(
    "96 hexadecimal digits: SHA-384, which neither phone nor ASA prints.",
    "96 hexadezimale Ziffern: SHA-384; das gibt weder ein Telefon noch eine ASA aus.",
);
const FEWER: Text = Text::fixed(
    "{count} hexadecimal digits: {missing} missing for {name}.",
    "{count} hexadezimale Ziffern: Für {name} fehlen {missing}.",
);
const LONGER: Text = Text::fixed(
    "{count} hexadecimal digits: longer than any hash of a certificate.",
    "{count} hexadezimale Ziffern: länger als jeder Hash eines Zertifikats.",
);
const BASE64_FEWER: Text = Text::fixed(
    "{count} characters of base64: too few for {name}; part of it is missing.",
    "{count} Zeichen Base64: zu wenige für {name}; ein Teil fehlt.",
);
const BASE64_MORE: Text = Text::fixed(
    "{count} characters of base64: one more than {name} has.",
    "{count} Zeichen Base64: eines mehr, als {name} hat.",
);
