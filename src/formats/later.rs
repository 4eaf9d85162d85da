//! Formats that are recognised but not read yet: the list of inputs says what to take out of them.
//!
//! ```text
//! d4 c3 b2 a1 02 00 04 00 …                               a packet capture
//! 50 4b 03 04 …                                           a zip archive
//! ```
//!
//! None of them makes a document. A capture or an archive is refused, because what it holds is not looked at; the
//! note says how to take it out.
//!
//! Sources: libpcap and pcapng file formats; PKWARE appnote 4.3; RFC 1952; POSIX ustar.

use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{Kind, Note};
use crate::limits::Limits;
use crate::tables::foreign_files;
use crate::text::Text;

/// pcap and pcapng.
pub const CAPTURE: Format =
    Format { name: "capture", recognise: recognise_capture, read: How::Whole(read_capture) };
/// zip, tar and gzip.
pub const ARCHIVE: Format =
    Format { name: "archive", recognise: recognise_archive, read: How::Whole(read_archive) };
fn recognise_capture(sample: &Sample<'_>) -> Option<Claim> {
    magic(sample, Kind::Capture, CAPTURES)
}

fn recognise_archive(sample: &Sample<'_>) -> Option<Claim> {
    // An office document or a program in a zip is called what it is, not an archive to be unpacked.
    let other = foreign_files::by_bytes(sample.bytes).is_some();
    if other { None } else { magic(sample, Kind::Archive, ARCHIVES) }
}

fn read_capture(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::refused(Note::whole(CAPTURE_NOTE))
}

fn read_archive(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::refused(Note::whole(ARCHIVE_NOTE))
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

const ARCHIVES: &[Magic] = &[
    Magic { offset: 0, bytes: b"PK\x03\x04", name: "zip" },
    Magic { offset: 0, bytes: b"PK\x05\x06", name: "zip" },
    Magic { offset: 0, bytes: b"PK\x07\x08", name: "zip" },
    Magic { offset: 0, bytes: &[0x1f, 0x8b], name: "gzip" },
    Magic { offset: 257, bytes: b"ustar", name: "tar" },
    Magic { offset: 0, bytes: b"7z\xbc\xaf\x27\x1c", name: "7z" },
    Magic { offset: 0, bytes: b"Rar!\x1a\x07", name: "rar" },
    Magic { offset: 0, bytes: &[0xfd, b'7', b'z', b'X', b'Z', 0x00], name: "xz" },
    Magic { offset: 4, bytes: &[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], name: "bzip2" },
];

const ARCHIVE_NOTE: Text = Text::fixed(
    "Archives are not opened yet. Unpack it and drop what is inside. Of a phone's problem report (prt-….tar.gz) these are its console logs and its SEP….cnf.xml; a file that is still packed after that has to be unpacked as well.",
    "Archive werden noch nicht geöffnet. Entpacken Sie es und legen Sie den Inhalt ab. Bei einem Problembericht des Telefons (prt-….tar.gz) sind das seine Konsolenprotokolle und seine SEP….cnf.xml; was danach noch gepackt ist, müssen Sie ebenfalls entpacken.",
);
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
        [CAPTURE, ARCHIVE].iter().find_map(|format| {
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
        let mut tar = vec![0; 257];
        tar.extend_from_slice(b"ustar\x0000");
        let rows: &[(&[u8], Option<Kind>)] = &[
            (b"\xd4\xc3\xb2\xa1\x02\0\x04\0", Some(Kind::Capture)),
            (b"\xa1\xb2\x3c\x4d\0\x02\0\x04", Some(Kind::Capture)),
            (b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a", Some(Kind::Capture)),
            (b"PK\x03\x04\x14\0", Some(Kind::Archive)),
            (b"\x1f\x8b\x08\0", Some(Kind::Archive)),
            (&tar, Some(Kind::Archive)),
            (b"WebVPN: CSD data not sent from client\n", None),
            (b"Authentication: successful, Session Type: AnyConnect\n", None),
            (b"", None),
        ];
        for (bytes, expected) in rows {
            assert_eq!(kind(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
