//! Certificate hashes in any notation: read, convert, compare, and say why two differ.
//!
//! ```text
//! SHA1 Fingerprint=E5:7E:81:EA:…     908: NOT 10:19:27.375718 SECD: Leaf cert hash = 1289B8A7…
//! <certHash1>5X6B6plUwUSX…=</…>      Fingerprint:     dbc1e67d 061ff7f2 9f9b3a10 63fc7912
//! ```
//!
//! A person's text may hold several labelled hashes: IOS prints MD5 and SHA-1 one under the other. Text without
//! any hash gives one invalid [`Value`] that says what it looks like.
//!
//! Quirks: an ASA prints MD5 and does not say so, so the length decides and a label is only checked against it.
//! The Windows dialog puts U+200E in front, which becomes `?` in an ANSI program (dotnet/corefx#31463). Forty hex
//! digits are valid base64 as well: hex wins. A phone compares SHA-1 over the DER certificate, written as base64
//! in its configuration: 28 characters that end in `=`.

pub use crate::hex::encode as hex;

mod bytes;
mod candidate;
mod clean;
mod compare;
mod encoded;
mod groups;
mod kinds;
mod near;
mod notation;
mod phone_hash;
mod read;
mod suspect;
mod value;

use bytes::bytes_of_base64;
pub use bytes::{base64, bytes_of_hex, colons};
pub use compare::{KnownCertificate, Verdict, VerdictState, compare};
pub use kinds::{Algorithm, LooksLike, Notation, State};
pub use near::difference;
pub use phone_hash::{Malformed, phone_hash};
pub use read::read;
pub use value::Value;

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "e57e81ea9954c144976678d0e2418cdf79a93176";

    #[track_caller]
    fn single(text: &str) -> Value {
        let mut values = read(text);
        assert_eq!(values.len(), 1, "{text:?}: {values:#?}");
        values.remove(0)
    }

    #[test]
    fn every_notation_gives_the_same_bytes() {
        let bytes = bytes_of_hex(HEX).unwrap();
        let spaced = colons(&bytes).replace(':', " ");
        let bytewise: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        for (text, notation) in [
            (HEX.to_owned(), Notation::Hex),
            (format!("SHA1 Fingerprint={}", colons(&bytes)), Notation::HexColons),
            (format!("Thumbprint  {}", HEX.to_uppercase()), Notation::Hex),
            (format!("\u{200e}{spaced}"), Notation::HexSpaces),
            (format!("?{spaced}"), Notation::HexSpaces),
            (format!("SHA-1 {spaced}"), Notation::HexSpaces),
            (format!("18:38:57 {}", colons(&bytes)), Notation::HexColons),
            (spaced.replace(' ', "-"), Notation::HexDashes),
            ("e57e.81ea.9954.c144.9766.78d0.e241.8cdf.79a9.3176".to_owned(), Notation::HexDots),
            ("E57E81EA 9954C144 976678D0 E2418CDF 79A93176 ".to_owned(), Notation::HexGroups),
            (format!("{{ 0x{} }}", bytewise.join(", 0x")), Notation::HexBytes),
            (format!("\"\\x{}\"", bytewise.join("\\x")), Notation::HexBytes),
            (
                "00000000  e5 7e 81 ea 99 54 c1 44  97 66 78 d0 e2 41 8c df  |.~...T.D.fx..A..|\n\
                 00000010  79 a9 31 76                                       |y.1v|\n00000014\n"
                    .to_owned(),
                Notation::HexDump,
            ),
            (
                "0000000 e5 7e 81 ea 99 54 c1 44 97 66 78 d0 e2 41 8c df\n0000020 79 a9 31 76\n0000024\n"
                    .to_owned(),
                Notation::HexDump,
            ),
            (format!("{HEX}  cafe.sha256"), Notation::Hex),
            (format!("SHA1 (/tmp/sha256.der) = {HEX}"), Notation::Hex),
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("certHash1=5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("<certHash1>5X6B6plUwUSX\n  ZnjQ4kGM33mpMXY=</certHash1>".to_owned(), Notation::Base64),
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY".to_owned(), Notation::Base64Unpadded),
            ("SHA 1: ".to_owned() + &colons(&bytes), Notation::HexColons),
            (format!("12: {}", colons(&bytes)), Notation::HexColons),
            (format!("Signature Algorithm: SHA256\nThumbprint: {HEX}"), Notation::Hex),
            (format!("{}\n{}", &HEX[..32], &HEX[32..]), Notation::Hex),
            (format!("| SHA-1 | `{}` |", colons(&bytes)), Notation::HexColons),
            ("sha1-5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("sha1//5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("5X6B 6plU wUSX ZnjQ 4kGM 33mp MXY=".to_owned(), Notation::Base64),
            (
                "Thumbprint                                Subject\n----------                                -------\n"
                    .to_owned()
                    + &HEX.to_uppercase()
                    + "  CN=asa.example.com",
                Notation::Hex,
            ),
        ] {
            let value = single(&text);
            assert_eq!((hex(&value.bytes).as_str(), value.notation), (HEX, Some(notation)), "{text}");
            assert_eq!(value.looks_like, None, "{text}");
        }
    }

    #[test]
    fn several_hashes_of_one_text_are_all_read() {
        let other = "1289b8a7aa9ffd84865e38939f3466a61b5608fc";
        for text in [
            format!("{HEX}\n{other}"),
            format!("{HEX} {other}"),
            format!("{}\n{}", colons(&bytes_of_hex(HEX).unwrap()), colons(&bytes_of_hex(other).unwrap())),
            "<certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>\n\
             <certHash2>Eom4p6qf/YSGXjiTnzRmphtWCPw=</certHash2>"
                .to_owned(),
        ] {
            let hexes: Vec<String> = read(&text).iter().map(|value| hex(&value.bytes)).collect();
            assert_eq!(hexes, [HEX, other], "{text}");
        }
    }

    #[test]
    fn a_wrapped_sha_256_is_not_taken_for_something_shorter() {
        let hexadecimal = "c74d4b4a14519dd065191d96845e8d4ec851436bc559c4a45e24ca5c7c01fcd4";
        let encoded = base64(&bytes_of_hex(hexadecimal).unwrap());
        for whole in [hexadecimal, &encoded] {
            for at in 1..whole.len() - 1 {
                let values = read(&format!("{}\n{}", &whole[..at], &whole[at..]));
                // Two lines of 16 bytes could be two MD5; everything else is told.
                let two = whole == hexadecimal && at == 32;
                assert!(two || (values.len() == 1 && hex(&values[0].bytes) == hexadecimal), "{whole} {at}");
            }
        }
        let label = read(&format!("SHA2-256(asa.der)= {}\n{}", &hexadecimal[..32], &hexadecimal[32..]));
        assert_eq!((label.len(), label[0].looks_like), (1, None));
    }

    #[test]
    fn decimal_numbers_are_not_taken_for_digits() {
        let value = single("[229, 126, 129, 234, 153, 84, 193, 68, 151, 102, 120, 208, 226, 65, 140, 22]");
        assert_eq!(value.state, State::Invalid);
    }

    #[test]
    fn what_is_no_hash_says_what_it_looks_like() {
        use LooksLike::*;
        for (text, expected) in [
            ("e57e81ea9954c144976678d0e2418cdf79a9317", Some(Truncated)),
            ("e57e81ea9954c144976678d0e2418cdf79a931760", Some(OneDigitTooMany)),
            ("e57e81ea9954c144976678dOe2418cdf79a93176", Some(LetterForDigit)),
            ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:7G", Some(LetterForDigit)),
            ("E5 7E 81 EO 99 54 C1 44 97 66 78 D0 E2 41 8C DF 79 A9 31 76", Some(LetterForDigit)),
            ("ZTU3ZTgxZWE5OTU0YzE0NDk3NjY3OGQwZTI0MThjZGY3OWE5MzE3Ng==", Some(Base64OfHex)),
            ("5X6B6plUwUSXZnjQ4kGM33mpMX=", Some(Truncated)),
            ("SHA256: e57e81ea9954c144976678d0e2418cdf79a93176", Some(Truncated)),
            ("MTY2ZmZjNzdhYzNhOTMwYjFkNjM", Some(Base64OfHex)),
            ("E5 7E 81 2g2 99 54 C1 44 97 66 78 D0 E2 41 8C DF 79 A9 31 76", Some(LetterForDigit)),
            ("SHA1: XX:XX:XX:XX:...", Some(Placeholder)),
            ("the trust-point is bound", None),
            ("", None),
        ] {
            let value = single(text);
            assert_eq!((value.state, value.looks_like), (State::Invalid, expected), "{text}");
            assert!(!value.notes.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_suspicious_hash_is_read_and_the_suspicion_said() {
        use LooksLike::*;
        for (text, expected) in [
            ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF", Some(SerialNumber)),
            ("Fingerprint:     dbc1e67d 061ff7f2 9f9b3a10 63fc7912", None),
            ("da39a3ee5e6b4b0d3255bfef95601890afd80709", Some(EmptyInputHash)),
            ("0000000000000000000000000000000000000000", Some(Placeholder)),
            ("MD5: e57e81ea9954c144976678d0e2418cdf79a93176", Some(WrongLabel)),
            ("5X6B6plUwUSXZnjQ4kGM33mp-XY=", Some(UrlSafeBase64)),
        ] {
            let value = single(text);
            assert_eq!((value.state, value.looks_like), (State::Hash, expected), "{text}");
        }
    }

    #[test]
    fn any_text_is_read_without_panic() {
        let text = "\u{feff}<a>%2B%ZZ sha1 (\\x 0x \u{ff25} 00000000: e3e7 5X6B6plUwUSXZnjQ4kGM33mpMXY== …";
        for (cut, _) in text.char_indices() {
            assert!(!read(&text[..cut]).is_empty());
            assert!(!read(&text[cut..]).is_empty());
        }
    }
}
