//! The phone's trust list: `ITLFile.tlv`, `CTLFile.tlv`, and what `show itl` and `show ctl` print of it.
//!
//! ```text
//! 01 0002 01 02 02 0002 0184 …        header, version 1.2, as of every signed file
//! 01 0002 05cc 03 0017 "CN=…" 05 … 06 … 04 0002 0000 … 09 …   records until the end
//! ```
//!
//! Empty means: an empty text where a record does not have the field. A record's length counts from its own tag.
//!
//! Quirks: in a record tag 5 is the issuer and 6 the serial number, in the header it is the other way round. The
//! certificate that an ASA presents is never in a trust list: a phone gets its hash in `<vpnGroup>`.
//!
//! Sources: usecallmanager certutils (tlvfile); Cisco 118893 and 118892 (`show ctl`); Cisco 210541 (roles 20-27).

use sha1::{Digest, Sha1};

use crate::documents::{Content, Holder};
use crate::formats::{Claim, Der, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::source::At;
use crate::text::Text;
use crate::{hex, tlv};

mod printed;

use printed::{RECORDS_AT_MOST, UNKNOWN_ROLE};

use crate::documents::trust_list::{Record, TrustList};

/// The format.
pub const FORMAT: Format = Format { name: "trust_list", recognise, most: 100, read: How::Whole(read) };

/// The name of a record's function; numbers that are not known stay numbers.
pub fn role_name(role: u16) -> String {
    match role {
        0 => "SAST".into(),
        1 => "CCM".into(),
        2 => "CCM+TFTP".into(),
        3 => "TFTP".into(),
        4 => "CAPF".into(),
        5 => "SRST".into(),
        6 => "FIREWALL".into(),
        7 => "APP-SERVER".into(),
        20 => "CA".into(),
        21 => "TVS".into(),
        26 => "VPN".into(),
        other => other.to_string(),
    }
}

/// The version of a trust list's header.
const VERSION: (u8, u8) = (1, 2);
fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    if tlv::version(sample.bytes) == Some(VERSION) {
        let because = Text::fixed(
            "trust list header of version 1.2 in the first bytes",
            "Kopf einer Vertrauensliste der Version 1.2 in den ersten Bytes",
        );
        return Some(Claim { kind: Kind::TrustList, strength: 100, because, share: Share::Alone });
    }
    let because = printed::because(sample.text)?;
    Some(Claim { kind: Kind::TrustList, strength: 80, because, share: Share::Mixed })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    if tlv::version(sample.bytes) != Some(VERSION) {
        return printed::read(sample.text);
    }
    let header = tlv::header(sample.bytes);
    let mut list = TrustList {
        bytes: sample.bytes.len() as u64,
        signed_by: header.signer,
        signed_at: header.signed_at,
        records: Vec::new(),
    };
    let mut parsed = Parsed { notes: header.notes, ..Parsed::default() };
    let mut rest = sample.bytes.get(header.body..).unwrap_or_default();
    while !rest.is_empty() {
        let offset = sample.bytes.len() - rest.len();
        if list.records.len() >= RECORDS_AT_MOST {
            parsed.notes.push(Note::byte(offset as u64, TOO_MANY));
            break;
        }
        let Some((record, after)) = record(rest) else {
            parsed.notes.push(Note::byte(offset as u64, BREAKS_OFF));
            break;
        };
        list.records.push(read_record(record, offset, &mut parsed));
        rest = after;
    }
    parsed.state = if parsed.notes.is_empty() { InputState::Read } else { InputState::PartlyRead };
    parsed.documents.push(Content::TrustList(list));
    parsed
}

/// Cuts off the first record: its own tag holds its whole length.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (tag, value, _) = tlv::value(bytes)?;
    let &[high, low] = value else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    (tag == 1 && length >= RECORD_TAG_BYTES).then(|| tlv::split(bytes, length)).flatten()
}

/// Length of the element that states a record's length.
const RECORD_TAG_BYTES: usize = 5;

fn read_record(bytes: &[u8], offset: usize, parsed: &mut Parsed) -> Record {
    let mut record = Record { offset: offset as u64, role: UNKNOWN_ROLE, ..Record::default() };
    let mut certificate = None;
    let mut rest = bytes.get(RECORD_TAG_BYTES..).unwrap_or_default();
    while !rest.is_empty() {
        let at = offset + (bytes.len() - rest.len());
        let Some((tag, value, after)) = tlv::value(rest) else {
            parsed.notes.push(Note::byte(at as u64, BREAKS_OFF));
            break;
        };
        match (tag, value) {
            (3, name) => record.subject = tlv::text(name),
            (4, &[high, low]) => record.role = u16::from_be_bytes([high, low]),
            (5, name) => record.issuer = tlv::text(name),
            (6, serial) => record.serial = hex::encode(serial),
            (9, der) if !der.is_empty() => {
                record.sha1 = Some(Sha1::digest(der).into());
                // Behind the tag and its length.
                certificate = Some((at as u64 + 3, der.to_vec()));
            }
            _ => {}
        }
        rest = after;
    }
    if let Some((at, bytes)) = certificate {
        let holder = Holder::TrustList { role: role_name(record.role) };
        parsed.certificates.push(Der { bytes, at: At::byte(at), holder });
    }
    record
}

const BREAKS_OFF: Text = Text::fixed(
    "The trust list breaks off or is damaged at this byte; the records before it were read. Download the file from the TFTP server again.",
    "Die Vertrauensliste bricht an diesem Byte ab oder ist beschädigt; die Einträge davor wurden gelesen. Laden Sie die Datei erneut vom TFTP-Server herunter.",
);
const TOO_MANY: Text = Text::fixed(
    "There are more records than any phone takes; from this byte on they were not read. Download the file from the TFTP server again.",
    "Es gibt mehr Einträge, als ein Telefon annimmt; ab diesem Byte wurden sie nicht gelesen. Laden Sie die Datei erneut vom TFTP-Server herunter.",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;
    use crate::tlv::element_of as element;

    fn listed(role: u16, certificate: &[u8]) -> Vec<u8> {
        let mut fields = element(3, b"CN=cucm-pub\0");
        fields.extend(element(5, b"CN=Example CA\0"));
        fields.extend(element(6, &[0x0a, 0x1b]));
        fields.extend(element(4, &role.to_be_bytes()));
        fields.extend(element(9, certificate));
        let mut record = element(1, &u16::try_from(fields.len() + 5).unwrap().to_be_bytes());
        record.extend(fields);
        record
    }

    fn list() -> Vec<u8> {
        let mut bytes = element(1, &[1, 2]);
        bytes.extend(element(2, &36_u16.to_be_bytes()));
        bytes.extend(element(4, b"CN=signer\0"));
        bytes.extend(element(15, &1_700_000_000_u32.to_be_bytes()));
        bytes.extend([13; 6]);
        assert_eq!(bytes.len(), 36);
        bytes.extend(listed(2, b"abc"));
        bytes.extend(listed(26, b"abcd"));
        bytes
    }

    fn understood(bytes: &[u8]) -> (Option<Claim>, Parsed, TrustList) {
        let text = Decoded::default();
        let sample = Sample { name: "x", command: None, bytes, text: &text, complete: true };
        let claim = recognise(&sample);
        let parsed = read(&sample, &Limits::default());
        let [Content::TrustList(list)] = parsed.documents.as_slice() else { panic!("one list") };
        let list = list.clone();
        (claim, parsed, list)
    }

    #[test]
    fn records_and_their_certificates_are_read() {
        let bytes = list();
        let (claim, parsed, list) = understood(&bytes);
        assert_eq!(claim.map(|claim| (claim.kind, claim.share)), Some((Kind::TrustList, Share::Alone)));
        assert_eq!((parsed.state, parsed.notes.len()), (InputState::Read, 0));
        assert_eq!((list.bytes, list.signed_by.as_str()), (bytes.len() as u64, "CN=signer"));
        assert_eq!((list.signed_at, list.records.len()), (Some(1_700_000_000), 2));
        let first = &list.records[0];
        assert_eq!((first.offset, first.role, first.subject.as_str()), (36, 2, "CN=cucm-pub"));
        assert_eq!((first.issuer.as_str(), first.serial.as_str()), ("CN=Example CA", "0a1b"));
        // SHA-1 of "abc", FIPS 180-4's own example.
        assert_eq!(
            first.sha1.map(|hash| hex::encode(&hash)).as_deref(),
            Some("a9993e364706816aba3e25717850c26c9cd0d89d")
        );
        let second = &parsed.certificates[1];
        assert_eq!(second.holder, Holder::TrustList { role: "VPN".into() });
        let at = usize::try_from(second.at.offset).unwrap();
        assert_eq!((second.bytes.as_slice(), &bytes[at..]), (b"abcd".as_slice(), b"abcd".as_slice()));
    }

    #[test]
    fn a_list_cut_at_any_byte_keeps_the_records_before() {
        let bytes = list();
        let first_end = 36 + listed(2, b"abc").len();
        for cut in 7..bytes.len() {
            let (claim, parsed, list) = understood(&bytes[..cut]);
            assert!(claim.is_some(), "{cut}");
            let whole = cut == 36 || cut == first_end;
            assert_eq!(parsed.state == InputState::Read, whole, "{cut}");
            assert_eq!(list.records.is_empty(), cut < first_end, "{cut}");
        }
    }
}
