//! A trust list as CUCM's command line prints it.
//!
//! ```text
//! Length of ITL file: 5438
//! ITL Record #:1
//! BYTEPOS TAG             LENGTH  VALUE
//! 1       RECORDLENGTH    2       1115
//! 3       SUBJECTNAME     62      CN=cucm-pub;OU=UC;O=Example
//! 4       FUNCTION        2       CCM+TFTP
//! 9       CERTIFICATE     694     E9 D4 33 … 8C 9C (SHA1 Hash HEX)
//! ```
//!
//! Values wrap, and copies from a web page have lost all their line breaks, so the text is read word by word: a
//! number, a known tag and a second number begin a field, and the next one ends it.

use memchr::memmem;

use crate::documents::Content;
use crate::documents::trust_list::{Record, TrustList};
use crate::formats::Parsed;
use crate::hex;
use crate::lines::Decoded;
use crate::text::Text;

/// Why a text is a printed trust list.
pub(super) fn because(text: &Decoded) -> Option<Text> {
    const TELLING: [&str; 4] = ["CTL Record #", "ITL Record #", "Parse CTL File", "Parse ITL File"];
    let (at, told) = TELLING
        .iter()
        .find_map(|told| memmem::find(text.text().as_bytes(), told.as_bytes()).map(|at| (at, *told)))?;
    let columns = text.text().get(at..)?.contains("BYTEPOS");
    let line = text.at(at).line;
    columns.then(|| {
        Text::fixed("{told} in line {line}", "{told} in Zeile {line}")
            .quote("told", told)
            .number("line", line)
    })
}

/// Reads every record that was printed.
pub(super) fn read(text: &Decoded) -> Parsed {
    let words: Vec<&str> = text.text().split_whitespace().collect();
    let mut list = TrustList::default();
    let starts: Vec<usize> = (0..words.len()).filter(|at| field(&words, *at).is_some()).collect();
    for (place, start) in starts.iter().enumerate() {
        let Some(tag) = field(&words, *start) else { continue };
        let next = starts.get(place + 1).copied().unwrap_or(words.len());
        let value = words.get(start + 3..next).unwrap_or_default();
        let end = value.iter().position(|word| ENDS.contains(word)).unwrap_or(value.len());
        let value = value.get(..end).unwrap_or_default().join(" ");
        if tag == "RECORDLENGTH" && list.records.len() < RECORDS_AT_MOST {
            let offset = words.get(*start).map_or(0, |word| place_of(text, word));
            list.records.push(Record { offset, role: UNKNOWN_ROLE, ..Record::default() });
        } else if tag == "SIGNERNAME" {
            list.signed_by = value;
        } else if let Some(record) = list.records.last_mut() {
            take(record, tag, value);
        }
    }
    if let Some(at) = words.windows(4).find(|four| matches!(four, ["Length", "of", _, "file:"])) {
        let after = words.iter().position(|word| std::ptr::eq(*word, *at.last().unwrap_or(word)));
        let size = after.and_then(|after| words.get(after + 1)).and_then(|size| size.parse().ok());
        list.bytes = size.unwrap_or_default();
    }
    Parsed::read(vec![Content::TrustList(list)])
}

fn take(record: &mut Record, tag: &str, value: String) {
    match tag {
        "SUBJECTNAME" => record.subject = value,
        "ISSUERNAME" => record.issuer = value,
        "SERIALNUMBER" => record.serial = value.replace([':', ' '], "").to_ascii_lowercase(),
        "FUNCTION" => record.role = role(&value),
        "CERTIFICATE" => record.sha1 = sha1(&value),
        _ => {}
    }
}

/// The tag of the field that begins at a word.
fn field<'t>(words: &[&'t str], at: usize) -> Option<&'t str> {
    let &[position, tag, length] = words.get(at..at.checked_add(3)?)? else { return None };
    let number = |word: &str| !word.is_empty() && word.bytes().all(|digit| digit.is_ascii_digit());
    (number(position) && number(length) && TAGS.contains(&tag)).then_some(tag)
}

/// The byte of the input at which the line of a word begins.
fn place_of(text: &Decoded, word: &str) -> u64 {
    let at = (word.as_ptr() as usize).saturating_sub(text.text().as_ptr() as usize);
    text.at(at).offset
}

fn role(function: &str) -> u16 {
    match function {
        "System Administrator Security Token" | "SAST" => 0,
        "CCM" => 1,
        "CCM+TFTP" => 2,
        "TFTP" => 3,
        "CAPF" => 4,
        "TVS" => 21,
        "VPN" => 26,
        _ => UNKNOWN_ROLE,
    }
}

/// Twenty pairs of hexadecimal digits.
fn sha1(value: &str) -> Option<[u8; 20]> {
    let pairs: Vec<&str> = value.split(' ').take(20).collect();
    let whole = pairs.iter().all(|pair| pair.len() == 2);
    hex::decode(&pairs.concat()).filter(|_| whole)?.try_into().ok()
}

/// Tags of a record and of the header that are used (Cisco 118893).
const TAGS: &[&str] = &[
    "CANAME",
    "CERTHASH",
    "CERTIFICATE",
    "DIGESTALGORTITHM",
    "DNSNAME",
    "FILENAME",
    "FUNCTION",
    "HASHALGORITHM",
    "IPADDRESS",
    "ISSUERNAME",
    "PUBLICKEY",
    "RECORDLENGTH",
    "SERIALNUMBER",
    "SIGNATURE",
    "SIGNATUREINFO",
    "SIGNATUREMODULUS",
    "SIGNERID",
    "SIGNERNAME",
    "SUBJECTNAME",
    "TIMESTAMP",
];

/// Words that end a value: the next record's heading, and sentences behind a record.
const ENDS: &[&str] = &["CTL", "ITL", "The", "This", "[...]", "[..]", "----", "BYTEPOS"];

/// The role of a record that states none (Cisco 210541).
pub(super) const UNKNOWN_ROLE: u16 = 255;

/// Records kept; CUCM's phones load no list with more than 39 certificates.
pub(super) const RECORDS_AT_MOST: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "admin:show itl
Length of ITL file: 5438
ITL Record #:1
----
BYTEPOS TAG             LENGTH  VALUE
------- ---             ------  -----
1       RECORDLENGTH    2       1115
2       DNSNAME         1
3       SUBJECTNAME     62      CN=cucm-pub;OU=UC; O=Example
4       FUNCTION        2       System Administrator Security Token
5       ISSUERNAME      62      CN=cucm-pub;OU=UC;O=Example
6       SERIALNUMBER    16      70:CA:F6:4E:09:07:51:B9:DF:22:F4:9F:75:4F:C5:BB
7       PUBLICKEY       140
9       CERTIFICATE     694     E9 D4 33 64 5B C8 8C ED 51 4D 8F E5 EA 5B 6D 21 A5 A3 8C 9C (SHA1 Hash HEX)
10      IPADDRESS       4
This etoken was used to sign the ITL file.

ITL Record #:2
----
BYTEPOS TAG             LENGTH  VALUE
1       RECORDLENGTH    2       1115
4       FUNCTION        2       TVS
The ITL file was verified successfully.
";

    fn list(text: &str) -> TrustList {
        let parsed = read(&Decoded::new(text.as_bytes(), 65536));
        let [Content::TrustList(list)] = parsed.documents.as_slice() else { panic!("one list") };
        list.clone()
    }

    #[test]
    fn records_are_read_with_and_without_their_line_breaks() {
        for text in [PRINTED.to_owned(), PRINTED.replace('\n', " ")] {
            let list = list(&text);
            assert_eq!((list.bytes, list.records.len()), (5438, 2));
            let first = &list.records[0];
            assert_eq!(first.subject, "CN=cucm-pub;OU=UC; O=Example");
            assert_eq!((first.role, first.serial.as_str()), (0, "70caf64e090751b9df22f49f754fc5bb"));
            assert_eq!(first.sha1.map(|hash| (hash[0], hash[19])), Some((0xe9, 0x9c)));
            assert_eq!(list.records[1].role, 21);
        }
        assert_eq!(list(PRINTED).records[0].offset, PRINTED.find("1       RECORD").unwrap() as u64);
    }
}
