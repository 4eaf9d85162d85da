//! Packet captures: pcap and pcapng, from the phone's PC port, the ASA or anywhere between.
//!
//! ```text
//! d4 c3 b2 a1 02 00 04 00 …     pcap
//! 0a 0d 0d 0a …                 pcapng
//! ```
//!
//! [`crate::capture`] reads the bytes; here what two ends said becomes events in the field's words, each with its
//! packet. Only what answers a question about a phone is kept, and nothing that was carried.
//!
//! Quirks: a capture names nobody; who of its hosts is a phone shows by what it asks for (`Phone`). What stands
//! behind a ChangeCipherSpec cannot be seen, and nothing follows from it.
//!
//! Sources: see [`crate::capture`]; Cisco 116162, "Capture", for where captures come from.

use std::collections::BTreeSet;

use crate::capture::container::{Fault, FileType};
use crate::capture::{Capture, Traffic};
use crate::documents::Content;
use crate::documents::capture::CaptureFile;
use crate::formats::{Claim, Format, How, Parsed, Sample, Share, Stream};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::Line;
use crate::text::{Argument, Text};

mod authorities;
mod context;
mod events;
mod handshakes;
mod phones;
mod places;
mod registration;

use context::Context;
use places::{one_network, place, stamp_of};

/// The format.
pub const FORMAT: Format = Format {
    name: "capture",
    recognise,
    most: 100,
    read: How::Streamed(|limits| Box::new(Reader::new(limits))),
};

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let name = type_name(FileType::of(sample.bytes)?);
    let because = Text::fixed("the bytes of {name} at byte 0", "die Kennung von {name} an Byte 0");
    let because = because.word("name", name);
    Some(Claim { kind: Kind::Capture, strength: 100, because, share: Share::Alone })
}

fn type_name(file_type: FileType) -> &'static str {
    match file_type {
        FileType::Pcap => "pcap",
        FileType::NanosecondPcap => "pcap (nanoseconds)",
        FileType::ModifiedPcap => "pcap (modified)",
        FileType::Pcapng => "pcapng",
    }
}

struct Reader {
    capture: Capture,
    events: usize,
    certificates: usize,
}

impl Reader {
    fn new(limits: &Limits) -> Self {
        Self { capture: Capture::default(), events: limits.events, certificates: limits.certificates }
    }
}

impl Stream for Reader {
    fn push(&mut self, chunk: &[u8]) {
        self.capture.push(chunk);
    }

    // A capture is no text; nobody gives it lines.
    fn line(&mut self, _line: Line<'_>) {}

    fn finish(self: Box<Self>) -> Parsed {
        let traffic = self.capture.finish();
        let (file, certificates) = understood(&traffic, self.events, self.certificates);
        let notes = notes(&traffic, file.left_out);
        // Each of them is about something that was not read.
        let state = if notes.is_empty() { InputState::Read } else { InputState::PartlyRead };
        let documents = vec![Content::Capture(Box::new(file))];
        Parsed { certificates, notes, state, ..Parsed::read(documents) }
    }
}

fn understood(
    traffic: &Traffic,
    max_events: usize,
    max_certificates: usize,
) -> (CaptureFile, Vec<crate::formats::Der>) {
    let phones = phones::of(traffic);
    let context = Context::new(traffic);
    let mut events = events::of(&context);
    registration::add(&context, &mut events);
    events.sort_by_key(|event| event.at.order);
    let over = events.len().saturating_sub(max_events);
    if over > 0 {
        // Phones' own events first: what mends a failure may come late.
        let addresses: BTreeSet<&str> = phones.iter().map(|phone| phone.address.as_str()).collect();
        events.sort_by_key(|event| !addresses.contains(event.client.as_str()));
        events.truncate(max_events);
        events.sort_by_key(|event| event.at.order);
    }
    let handshakes = handshakes::of(traffic);
    let certificates = handshakes::certificates(traffic, &phones, max_certificates);
    let file = CaptureFile {
        file_type: traffic.file_type.map(type_name).unwrap_or_default().to_owned(),
        packets: traffic.counts.packets,
        link_types: traffic.counts.links.clone(),
        begins: traffic.earliest.map(stamp_of),
        ends: traffic.latest.map(stamp_of),
        browsers: handshakes::browsers(traffic, &phones),
        phones,
        handshakes,
        events,
        left_out: traffic.left_out + over as u64,
    };
    (file, certificates)
}

fn notes(traffic: &Traffic, left_out: u64) -> Vec<Note> {
    let mut notes: Vec<Note> =
        traffic.counts.damage.iter().map(|damage| Note::byte(damage.offset, fault(damage.what))).collect();
    let unread: BTreeSet<u16> =
        traffic.counts.links.iter().copied().filter(|link| !READ_LINKS.contains(link)).collect();
    if !unread.is_empty() {
        let list = unread.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        notes.push(Note::whole(LINKS.argument("list", Argument::Own(list.into()))));
    }
    if traffic.cut > 0 {
        notes.push(Note::whole(BEGINNINGS.number("cut", traffic.cut)));
    }
    if left_out > 0 {
        notes.push(Note::whole(LEFT_OUT.number("count", left_out)));
    }
    notes
}

const LINKS: Text = Text::fixed(
    "Packets of link type {list} are only counted. Capture on an Ethernet interface, or with `tcpdump -i any`.",
    "Pakete des Verbindungstyps {list} werden nur gezählt. Schneiden Sie an einer Ethernet-Schnittstelle mit, oder mit `tcpdump -i any`.",
);
const BEGINNINGS: Text = Text::fixed(
    "Of {cut} packets only the beginning was captured: certificates in them cannot be seen. Capture whole packets, with `tcpdump -s 0`.",
    "Von {cut} Paketen wurde nur der Anfang mitgeschnitten: Zertifikate darin sind nicht zu sehen. Schneiden Sie ganze Pakete mit, mit `tcpdump -s 0`.",
);
const LEFT_OUT: Text = Text::fixed(
    "{count} more conversations were only counted. Cut out the time of one connection attempt and drop that.",
    "{count} weitere Verbindungen wurden nur gezählt. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
/// Link types whose packets are read.
const READ_LINKS: [u16; 10] = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276];

fn fault(what: Fault) -> Text {
    match what {
        Fault::CutOff => Text::fixed(
            "The file ends in the middle of a packet. What stands before it was read.",
            "Die Datei endet mitten in einem Paket. Was davor steht, wurde gelesen.",
        ),
        Fault::TooLong => Text::fixed(
            "A packet here states a length that none has. It was skipped.",
            "Ein Paket nennt hier eine unmögliche Länge. Es wurde übersprungen.",
        ),
        Fault::NotInBlock => Text::fixed(
            "A packet here is longer than the block that holds it. It was skipped.",
            "Ein Paket ist hier länger als der Block, in dem es steht. Es wurde übersprungen.",
        ),
        Fault::UnknownInterface => Text::fixed(
            "A packet here belongs to an interface that the file does not describe. It was only counted.",
            "Ein Paket gehört hier zu einer Schnittstelle, die die Datei nicht beschreibt. Es wurde nur gezählt.",
        ),
        Fault::ZeroBytes => Text::fixed(
            "Zero bytes follow the last packet. They were skipped.",
            "Hinter dem letzten Paket stehen Nullbytes. Sie wurden übersprungen.",
        ),
        Fault::BlockLength => Text::fixed(
            "A block here states a length that none has. What follows was not read.",
            "Ein Block nennt hier eine unmögliche Länge. Was folgt, wurde nicht gelesen.",
        ),
        Fault::Head => Text::fixed(
            "No capture goes on here. What follows was not read.",
            "Hier geht kein Mitschnitt weiter. Was folgt, wurde nicht gelesen.",
        ),
    }
}

#[cfg(test)]
mod tests;
