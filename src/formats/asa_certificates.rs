//! `show crypto ca certificates`: names and dates, but no hash.
//!
//! ```text
//! Certificate
//!   Status: Available
//!   Certificate Serial Number: 0d5071b8
//!   Subject Name:
//!     cn=vpn.example.com
//!   Validity Date:
//!     end   date: 08:00:00 EDT Sep 18 2018
//!   Associated Trustpoints: PHONES
//! ```
//! A block begins with `Certificate` for an identity, or `CA Certificate`. Empty means: no block with a serial
//! number, a subject or an end date; then there is no document.
//!
//! Quirks: dates are local time, and a zone's name gives no offset that could be relied on, so they hold to the day
//! only. Old releases print no signature algorithm. The list has no hash: only a certificate itself has one.
//!
//! Sources: the ASA command reference; the ASA part of the CME administration guide for old releases.

use crate::documents::Content;
use crate::documents::asa_certificates::{AsaCertificates, Entry};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::{At, Located};
use crate::text::Text;
use crate::time::Stamp;

/// The format.
pub const FORMAT: Format = Format { name: "asa_certificates", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let mut serial = None;
    let mut others = 0;
    for line in sample.text.unlogged_lines() {
        let text = line.text.trim();
        match field(text) {
            Some((Field::Serial, _)) => serial = serial.or_else(|| Some((line.number, text.to_owned()))),
            Some((Field::Trustpoints | Field::Status | Field::Issuer | Field::End, _)) => others += 1,
            _ => {}
        }
        if let Some((number, text)) = &serial
            && others >= 2
        {
            return Some(Claim {
                kind: Kind::AsaCertificates,
                strength: 85,
                because: Text::fixed("{text} in line {number}", "{text} in Zeile {number}")
                    .quote("text", text)
                    .number("number", number),
                share: Share::Mixed,
            });
        }
    }
    None
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let mut list = AsaCertificates::default();
    let mut names = Names::None;
    let mut title: Option<(At, bool)> = None;
    let mut known: Option<Field> = None;
    for line in sample.text.lines() {
        let text = line.text.trim();
        if let Some(ca) = title_of(text) {
            title = Some((line.at(), ca));
            (names, known) = (Names::None, None);
            continue;
        }
        let Some((field, value)) = field(text) else {
            if let (Some(entry), true) = (list.entries.last_mut(), title.is_none()) {
                names = continue_names(names, known, text, &line, entry);
            }
            continue;
        };
        if let Some((at, ca)) = title.take() {
            list.entries.push(Entry { at, ca, ..Entry::default() });
        } else if list.entries.is_empty()
            || (field == Field::Serial && list.entries.last().is_some_and(|entry| entry.serial.is_some()))
        {
            // The title is cut off.
            list.entries.push(Entry { at: line.at(), ..Entry::default() });
        }
        let Some(entry) = list.entries.last_mut() else { continue };
        let seen = |text: &str| Some(Located::new(text.to_owned(), line.at()));
        (names, known) = (Names::None, Some(field));
        match field {
            Field::Status => entry.status = seen(value),
            Field::Serial => entry.serial = Some(Located::new(serial_number(value), line.at())),
            Field::Key => entry.key = seen(value),
            Field::Signature => entry.signature = seen(value),
            Field::Issuer => names = begin_names(value, Names::Issuer, &line, &mut entry.issuer),
            Field::Subject => names = begin_names(value, Names::Subject, &line, &mut entry.subject),
            Field::Start => {
                entry.not_before_day = day(value);
                entry.start = seen(value);
            }
            Field::End => {
                entry.not_after_day = day(value);
                entry.end = seen(value);
            }
            Field::Trustpoints => add_trustpoints(entry, value, &line),
            Field::Other => {}
        }
    }
    // A block that says nothing is a heading of something else.
    list.entries.retain(|entry| entry.serial.is_some() || entry.subject.is_some() || entry.end.is_some());
    if list.entries.is_empty() {
        return Parsed::default();
    }
    Parsed::read(vec![Content::AsaCertificates(list)])
}

/// The name that the next lines belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    None,
    Issuer,
    Subject,
}

/// Older releases print a name behind its title, newer ones on the lines below it.
fn begin_names(value: &str, names: Names, line: &Line<'_>, into: &mut Option<Located<String>>) -> Names {
    *into = (!value.is_empty()).then(|| Located::new(value.to_owned(), line.at()));
    names
}

/// A line without a title: a part of a name, or more trust-points. Anything else ends them.
fn continue_names(
    names: Names,
    known: Option<Field>,
    text: &str,
    line: &Line<'_>,
    entry: &mut Entry,
) -> Names {
    let into = match names {
        Names::Issuer => &mut entry.issuer,
        Names::Subject => &mut entry.subject,
        Names::None => {
            let single = !text.contains(' ') && !text.ends_with(['#', '>']);
            if known == Some(Field::Trustpoints) && single && !text.is_empty() && line.text.starts_with(' ') {
                add_trustpoints(entry, text, line);
            }
            return Names::None;
        }
    };
    if !text.contains('=') {
        return Names::None;
    }
    match into {
        Some(seen) => {
            seen.value.push_str(", ");
            seen.value.push_str(text);
        }
        None => *into = Some(Located::new(text.to_owned(), line.at())),
    }
    names
}

fn add_trustpoints(entry: &mut Entry, value: &str, line: &Line<'_>) {
    for name in value.split([' ', ',']).filter(|name| !name.is_empty()) {
        entry.trustpoints.push(Located::new(name.to_owned(), line.at()));
    }
}

/// Whether a line is a block's title, and then whether it is a CA's.
fn title_of(text: &str) -> Option<bool> {
    match text {
        "Certificate" | "Certificate Subject Name:" => Some(false),
        "CA Certificate" | "RA Certificate" | "CA Certificate:" => Some(true),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Status,
    Serial,
    Key,
    Signature,
    Issuer,
    Subject,
    Start,
    End,
    Trustpoints,
    Other,
}

/// The field that a line begins, and its value.
fn field(text: &str) -> Option<(Field, &str)> {
    let (title, value) = text.split_once(':')?;
    let title = title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let (_, field) = FIELDS.iter().find(|(known, _)| *known == title)?;
    Some((*field, value.trim()))
}

/// Lower-case hexadecimal without leading zeros.
fn serial_number(value: &str) -> String {
    let digits = value.strip_prefix("0x").unwrap_or(value).replace([' ', ':'], "").to_ascii_lowercase();
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    }
}

/// The day in `20:00:00 EDT Sep 12 2017`, as midnight in seconds since 1970.
fn day(value: &str) -> Option<i64> {
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    let [.., month, day, year] = words.as_slice() else { return None };
    let stamp = Stamp {
        year: Some(year.parse().ok()?),
        month_day: Some((Stamp::month(month)?, day.parse().ok()?)),
        micros_of_day: 0,
        offset_minutes: Some(0),
    };
    stamp.unix_seconds()
}

/// Titles, with single blanks.
const FIELDS: &[(&str, Field)] = &[
    ("Status", Field::Status),
    ("Certificate Serial Number", Field::Serial),
    ("Certificate Usage", Field::Other),
    ("Public Key Type", Field::Key),
    ("Signature Algorithm", Field::Signature),
    ("Issuer Name", Field::Issuer),
    ("Subject Name", Field::Subject),
    ("OCSP AIA", Field::Other),
    ("URL", Field::Other),
    ("CRL Distribution Points", Field::Other),
    ("CRL Distribution Point", Field::Other),
    ("Validity Date", Field::Other),
    ("start date", Field::Start),
    ("end date", Field::End),
    ("renew date", Field::Other),
    ("Storage", Field::Other),
    ("Proxy Bypass", Field::Other),
    ("Associated Trustpoints", Field::Trustpoints),
    ("Associated Trustpoint", Field::Trustpoints),
];

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;

    const LIST: &str = "\
vpn# show crypto ca certificates
Certificate
  Status: Available
  Certificate Serial Number: 00d0507A
  Certificate Usage: General Purpose
  Public Key Type: RSA (2048 bits)
  Signature Algorithm: SHA256 with RSA Encryption
  Issuer Name:
    cn=Example CA
    o=Example
  Subject Name:
    cn=vpn.example.com
    o=Example
  CRL Distribution Points:
    [1]  http://crl.example.com/a.crl
  Validity Date:
    start date: 20:00:00 EDT Sep 12 2017
    end   date: 08:00:00 EDT Sep 18 2018
  Associated Trustpoints: PHONES SECOND

CA Certificate
  Status: Available
  Certificate Serial Number: 01
  Issuer Name:
    cn=Example CA
  Subject Name:
    cn=Example CA
  Validity Date:
    start date: 10:00:00 UTC Jan 1 2010
    end   date: 10:00:00 UTC Jan 1 2030
  Associated Trustpoints: PHONES
vpn#
";

    fn run<T>(text: &str, work: impl Fn(&Sample<'_>) -> T) -> T {
        let decoded = Decoded::new(text.as_bytes(), 1 << 16);
        work(&Sample { name: "x", command: None, bytes: text.as_bytes(), text: &decoded, complete: true })
    }

    fn list(text: &str) -> AsaCertificates {
        let parsed = run(text, |sample| read(sample, &Limits::default()));
        match parsed.documents.into_iter().next() {
            Some(Content::AsaCertificates(list)) => list,
            _ => AsaCertificates::default(),
        }
    }

    #[test]
    fn both_blocks_are_read_in_full() {
        let list = list(LIST);
        let text =
            |seen: &Option<Located<String>>| seen.as_ref().map(|seen| (seen.value.clone(), seen.at.line));
        let [identity, ca] = list.entries.as_slice() else { panic!("{list:?}") };
        assert!(!identity.ca && ca.ca);
        assert_eq!((identity.at.line, ca.at.line), (2, 21));
        assert_eq!(text(&identity.serial), Some(("d0507a".into(), 4)));
        assert_eq!(text(&identity.subject), Some(("cn=vpn.example.com, o=Example".into(), 12)));
        assert_eq!(text(&identity.issuer), Some(("cn=Example CA, o=Example".into(), 9)));
        assert_eq!(text(&identity.key), Some(("RSA (2048 bits)".into(), 6)));
        assert_eq!(text(&identity.end), Some(("08:00:00 EDT Sep 18 2018".into(), 18)));
        assert_eq!(identity.not_after_day, Some(1_537_228_800));
        let trustpoints: Vec<_> = identity.trustpoints.iter().map(|seen| seen.value.as_str()).collect();
        assert_eq!(trustpoints, ["PHONES", "SECOND"]);
        assert_eq!(ca.trustpoints.len(), 1);
        assert_eq!(ca.signature, None);
    }

    #[test]
    fn it_is_recognised_by_content() {
        let claim = run(LIST, recognise).unwrap();
        assert_eq!((claim.kind, claim.strength), (Kind::AsaCertificates, 85));
        assert!(claim.because.en().contains("line 4"), "{}", claim.because.en());
        assert_eq!(run("Certificate\n  Status: Available\n", recognise), None);
        assert_eq!(run("The Certificate Serial Number: 01 is wrong", recognise), None);
    }

    #[test]
    fn lost_indentation_gives_the_same() {
        let flat: String = LIST.lines().map(|line| format!("{}\n", line.trim())).collect();
        let values = |list: AsaCertificates| -> Vec<(Option<String>, Option<i64>)> {
            list.entries
                .into_iter()
                .map(|entry| (entry.subject.map(|seen| seen.value), entry.not_after_day))
                .collect()
        };
        assert_eq!(values(list(&flat)), values(list(LIST)));
    }

    #[test]
    fn a_list_cut_at_any_byte_is_still_read() {
        for cut in 0..LIST.len() {
            assert!(list(&LIST[..cut]).entries.len() <= 2);
        }
    }
}
