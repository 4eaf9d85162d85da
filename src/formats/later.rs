//! Formats that are recognised but not read yet: the list of inputs says what to take out of them.
//!
//! ```text
//! d4 c3 b2 a1 02 00 04 00 …                               a packet capture
//! ```
//!
//! None of them makes a document. A capture is refused, because what it holds is not looked at; the note says how to
//! take it out.
//!
//! Sources: libpcap and pcapng file formats.

use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{Kind, Note};
use crate::limits::Limits;
use crate::text::Text;

/// pcap and pcapng.
pub const CAPTURE: Format =
    Format { name: "capture", recognise: recognise_capture, read: How::Whole(read_capture) };
fn recognise_capture(sample: &Sample<'_>) -> Option<Claim> {
    magic(sample, Kind::Capture, CAPTURES)
}

fn read_capture(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::refused(Note::whole(CAPTURE_NOTE))
}

/// The first bytes, or bytes further in, that tell a file.
struct Magic {
    offset: usize,
    bytes: &'static [u8],
    name: &'static str,
}

fn magic(sample: &Sample<'_>, kind: Kind, table: &[Magic]) -> Option<Claim> {
    let row = table
        .iter()
        .find(|row| sample.bytes.get(row.offset..).is_some_and(|bytes| bytes.starts_with(row.bytes)))?;
    let because = Text::made(
        format!("the bytes of {} at byte {}", row.name, row.offset),
        format!("die Kennung von {} an Byte {}", row.name, row.offset),
    );
    Some(Claim { kind, strength: 100, because, share: Share::Alone })
}

/// libpcap's `pcap-savefile(5)`, both byte orders, micro- and nanoseconds; pcapng's section header and its
/// byte-order magic, of which eight bytes in between are the length.
const CAPTURES: &[Magic] = &[
    Magic { offset: 0, bytes: &[0xd4, 0xc3, 0xb2, 0xa1], name: "pcap" },
    Magic { offset: 0, bytes: &[0xa1, 0xb2, 0xc3, 0xd4], name: "pcap" },
    Magic { offset: 0, bytes: &[0x4d, 0x3c, 0xb2, 0xa1], name: "pcap (nanoseconds)" },
    Magic { offset: 0, bytes: &[0xa1, 0xb2, 0x3c, 0x4d], name: "pcap (nanoseconds)" },
    Magic { offset: 0, bytes: &[0x34, 0xcd, 0xb2, 0xa1], name: "pcap (modified)" },
    Magic { offset: 0, bytes: &[0xa1, 0xb2, 0xcd, 0x34], name: "pcap (modified)" },
    Magic { offset: 0, bytes: &[0x0a, 0x0d, 0x0d, 0x0a], name: "pcapng" },
];

const CAPTURE_NOTE: Text = Text::fixed(
    "Packet captures are not read yet. The certificate that the ASA sends can be taken out with Wireshark: filter for tls.handshake.type == 11, open Transport Layer Security > Handshake Protocol: Certificate > Certificates in the packet's details, select the first certificate, choose File > Export Packet Bytes…, save it as asa.der, and drop that file.",
    "Paketmitschnitte werden noch nicht gelesen. Das Zertifikat, das die ASA sendet, lässt sich mit Wireshark herausnehmen: Filtern Sie nach tls.handshake.type == 11, öffnen Sie in den Paketdetails Transport Layer Security > Handshake Protocol: Certificate > Certificates, wählen Sie das erste Zertifikat, dann Datei > Paketbytes exportieren (File > Export Packet Bytes…), speichern Sie es als asa.der und legen Sie diese Datei ab.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::InputState;
    use crate::lines::Decoded;

    fn kind(bytes: &[u8]) -> Option<Kind> {
        let text = Decoded::new(bytes, 65536);
        let sample = Sample { name: "x", command: None, bytes, text: &text, complete: true };
        [CAPTURE].iter().find_map(|format| {
            let claim = (format.recognise)(&sample)?;
            let How::Whole(read) = format.read else { return None };
            let parsed = read(&sample, &Limits::default());
            assert_eq!((parsed.documents.len(), parsed.notes.len()), (0, 1));
            assert_eq!((parsed.state, claim.strength), (InputState::Refused, 100));
            Some(claim.kind)
        })
    }

    #[test]
    fn what_is_not_read_yet_is_recognised() {
        let rows: &[(&[u8], Option<Kind>)] = &[
            (b"\xd4\xc3\xb2\xa1\x02\0\x04\0", Some(Kind::Capture)),
            (b"\xa1\xb2\x3c\x4d\0\x02\0\x04", Some(Kind::Capture)),
            (b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a", Some(Kind::Capture)),
            (b"WebVPN: CSD data not sent from client\n", None),
            (b"Authentication: successful, Session Type: AnyConnect\n", None),
            (b"", None),
        ];
        for (bytes, expected) in rows {
            assert_eq!(kind(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
