//! 717xxx: certificates and public key infrastructure.
//!
//! ```text
//! Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: CN=a,O=b.
//! ```
//! The wordings differ a lot, so the parts are found by the words that begin them, wherever they stand.

use super::super::phrase::Words;
use super::words::{first_word, split_word, trimmed};
use crate::documents::asa_syslog::AsaMessage;

/// The parts of a message about a certificate, each up to where the next one begins.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, usize, Part)> = Vec::new();
    for (word, part) in PARTS {
        let mut from = 0;
        while let Some(at) = lower.get(from..).and_then(|rest| rest.find(word)) {
            let start = from + at;
            from = start + word.len();
            let whole_word =
                start == 0 || lower.as_bytes().get(start - 1).is_none_or(|b| !b.is_ascii_alphanumeric());
            let taken = found.iter().any(|(other, end, _)| start < *end && *other < from);
            if whole_word && !taken {
                found.push((start, from, *part));
            }
        }
    }
    found.sort_unstable_by_key(|(start, _, _)| *start);
    let [mut subject, mut issuer, mut serial, mut trustpoint, mut reason] = [""; 5];
    for (at, (_, from, part)) in found.iter().enumerate() {
        let end = found.get(at + 1).map_or(text.len(), |(next, _, _)| *next);
        let value = text.get(*from..end).unwrap_or_default();
        let value = value.trim_matches([' ', ',', ':', ';']).trim_end_matches(['.', ' ']);
        let field = match part {
            Part::Subject => &mut subject,
            Part::Issuer => &mut issuer,
            Part::Serial => &mut serial,
            Part::Trustpoint => &mut trustpoint,
            Part::Reason => &mut reason,
            Part::Other => continue,
        };
        if field.is_empty() {
            *field = value;
        }
    }
    serial = first_word(serial);
    trustpoint = first_word(trustpoint);
    if NO_NAMES.contains(&trustpoint) {
        trustpoint = "";
    }
    if reason.is_empty() && REASON_AFTER_FAILED.contains(&id) {
        reason = reason_after_failed(text, found.first().map(|(start, _, _)| *start));
    }
    let [subject, issuer, serial, trustpoint, reason] =
        [subject, issuer, serial, trustpoint, reason].map(Words::from);
    AsaMessage::Certificate { subject, issuer, serial, trustpoint, reason }
}

/// Release 9.16 prints `Certificate validation failed. Hash algorithm is too weak, serial number: …`.
fn reason_after_failed(text: &str, end: Option<usize>) -> &str {
    let head = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let reason = split_word(head, "failed.").or_else(|| split_word(head, "failed validation."));
    reason.map(|(_, reason)| trimmed(reason.trim_end_matches([' ', ',']))).unwrap_or_default()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Subject,
    Issuer,
    Serial,
    Trustpoint,
    Reason,
    Other,
}

/// Words that begin a part, the longer ones first. In lower case.
const PARTS: &[(&str, Part)] = &[
    ("reason:", Part::Reason),
    ("serial number id", Part::Serial),
    ("serial number:", Part::Serial),
    ("serial number", Part::Serial),
    ("subject name id", Part::Subject),
    ("subject name:", Part::Subject),
    ("subject name", Part::Subject),
    ("subject:", Part::Subject),
    ("issuer name id", Part::Issuer),
    ("issuer name:", Part::Issuer),
    ("issuer name", Part::Issuer),
    ("issuer_name:", Part::Issuer),
    ("issuer:", Part::Issuer),
    ("trustpoint name:", Part::Trustpoint),
    ("trustpoint:", Part::Trustpoint),
    ("trustpoint", Part::Trustpoint),
    ("trust-point", Part::Trustpoint),
    ("key length", Part::Other),
    ("matched the configured certificate map", Part::Other),
    ("failed to match the configured certificate map", Part::Other),
];
/// Words after "trustpoint" that are no name.
const NO_NAMES: [&str; 6] = ["for", "was", "found", "is", "to", "could"];
/// Messages that may print their reason without the word.
const REASON_AFTER_FAILED: [u32; 2] = [717_009, 717_027];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificate_messages_give_their_parts() {
        for (id, text, [subject, issuer, serial, trustpoint, reason]) in [
            (
                717_009,
                "Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: CN=a,O=b.",
                ["CN=a,O=b", "", "03", "", "Hash algorithm is too weak"],
            ),
            (
                717_009,
                "Certificate validation failed. Reason: peer certificate is expired.",
                ["", "", "", "", "peer certificate is expired"],
            ),
            (
                717_023,
                "SSL failed to set device certificate for trustpoint PHONES. Reason: Missing key.",
                ["", "", "", "PHONES", "Missing key"],
            ),
            (
                717_029,
                "Identified client certificate within certificate chain. serial number: 0A, subject name: cn=a b,o=c.",
                ["cn=a b,o=c", "", "0A", "", ""],
            ),
            (717_030, "Found a suitable trustpoint CAPF to validate certificate.", ["", "", "", "CAPF", ""]),
            (
                717_031,
                "Failed to find a suitable trustpoint for the issuer: cn=CAPF-1, o=x Reason: not found",
                ["", "cn=CAPF-1, o=x", "", "", "not found"],
            ),
            (
                717_055,
                "The ID certificate in the trustpoint PHONES has expired. Expiration 10:00 Subject Name cn=a Issuer Name cn=b Serial Number 0c.",
                ["cn=a", "cn=b", "0c", "PHONES", ""],
            ),
        ] {
            let expected = AsaMessage::Certificate {
                subject: subject.into(),
                issuer: issuer.into(),
                serial: serial.into(),
                trustpoint: trustpoint.into(),
                reason: reason.into(),
            };
            assert_eq!(read(id, text), expected, "{text}");
        }
    }
}
