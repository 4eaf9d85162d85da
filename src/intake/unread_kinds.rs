//! Kinds of evidence that begin somewhere behind the head of a file that is too large to be held.
//!
//! ```text
//! %ASA-6-302013: Built inbound TCP connection …     70 MiB of an ASA's log, whose reader gets the file,
//! 902: NOT 10:19:27.123456 VPNC: …                  and then a phone's, whose reader did not claim the head
//! ```
//! The readers of such a file are chosen by its head. What another reader would have read behind it is not read, and
//! a note says so: nobody may take the file for one in which nothing of it stands.
//!
//! Empty: a file of one kind.
//! Quirks: a kind is known by words that hardly stand in anything else; behind the name of a phone's process stands a
//! colon or, in newer loads, a dash. A word may lie across the border of two chunks. A line that the log's own reader
//! passes over begins nothing else, whatever stands in it, and is not looked at: that is most of a busy gateway's log.

use std::ops::Range;

use scan::Mark;

use crate::input::Kind;
use crate::text::Text;

/// The kinds whose words stand in a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met(Vec<Kind>);

/// Looks for the words of all kinds: in another thread, before the chunk comes to its reader.
pub struct Search(UnreadKinds);

impl Default for Search {
    fn default() -> Self {
        Self(UnreadKinds::beside(&[]))
    }
}

impl Search {
    /// What stands in a chunk. A word that the chunk's border cuts is found by the reader.
    pub fn of(&self, chunk: &[u8]) -> Met {
        let met = self.0.looked_for.iter().filter(|(_, marks)| marks.iter().any(|mark| mark.is_in(chunk)));
        Met(met.map(|(kind, _)| *kind).collect())
    }
}

/// Looks for the kinds that nobody reads.
#[derive(Default)]
pub(super) struct UnreadKinds {
    looked_for: Vec<(Kind, Vec<Mark>)>,
    /// The end of the chunk before.
    tail: Vec<u8>,
    /// Those that were met, in the order of the table.
    met: Vec<Kind>,
}

impl UnreadKinds {
    /// Looks for the kinds of streamed formats that are not among those being read.
    pub fn beside(read: &[Kind]) -> Self {
        let others = MARKS.iter().filter(|(kind, _)| !read.contains(kind));
        let looked_for = others
            .map(|(kind, marks)| (*kind, marks.iter().map(|(begin, ends)| Mark::new(begin, ends)).collect()))
            .collect();
        Self { looked_for, tail: Vec::new(), met: Vec::new() }
    }

    /// Looks for nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Takes the next chunk, whose lines in `passed` are not looked at, and what stands in all of it where that is known.
    pub fn push(&mut self, chunk: &[u8], passed: &[Range<usize>], known: Option<&Met>) {
        if self.looked_for.is_empty() {
            return;
        }
        let ends = passed.iter().map(|run| run.end);
        let begins = passed.iter().map(|run| run.start).chain([chunk.len()]);
        let others = [0].into_iter().chain(ends).zip(begins).filter_map(|(from, to)| chunk.get(from..to));
        let others = others.filter(|lines| !lines.is_empty());
        // No word holds a line's end, so none lies across a line that was passed over.
        let first = passed.first().map_or(chunk.len(), |run| run.start);
        let mut border = std::mem::take(&mut self.tail);
        border.extend_from_slice(chunk.get(..first.min(LONGEST_MARK)).unwrap_or_default());
        let met = &mut self.met;
        self.looked_for.retain(|(kind, marks)| {
            let is_in = |bytes: &[u8]| marks.iter().any(|mark| mark.is_in(bytes));
            let may_be = known.is_none_or(|known| known.0.contains(kind));
            let found = may_be && others.clone().any(is_in) || is_in(&border);
            if found {
                met.push(*kind);
            }
            !found
        });
        let last = passed.last().map_or(0, |run| run.end);
        let end = if chunk.len() < LONGEST_MARK && last == 0 { border.as_slice() } else { chunk };
        let from = end.len().saturating_sub(LONGEST_MARK).max(last);
        self.tail = end.get(from..).unwrap_or_default().to_vec();
    }

    /// What was met.
    pub fn met(self) -> Vec<Kind> {
        self.met
    }
}

/// What a note says of such a kind. `limit` is in bytes.
pub(super) fn unread(kind: Kind, limit: u64) -> Text {
    FURTHER_ON.nested("kind", kind.name()).number("limit", limit >> 20)
}

const FURTHER_ON: Text = Text::fixed(
    "Further on, the file holds something else as well ({kind}). Of a file over {limit} MiB only what its beginning shows is read. Cut that part out and drop it as a file of its own.",
    "Weiter hinten steht in der Datei noch etwas anderes ({kind}). Von einer Datei über {limit} MiB wird nur gelesen, was ihr Anfang zeigt. Schneiden Sie diesen Teil heraus und legen Sie ihn als eigene Datei ab.",
);

/// What tells the formats that are streamed.
const MARKS: [(Kind, &[Words]); 3] = [
    (Kind::AsaSyslog, &[("%ASA-", &[""]), ("%FTD-", &[""])]),
    (Kind::PhoneLog, &[("VPNC", &[":", "-"]), ("SEC", &["D:", "D-", "UREAPP:", "UREAPP-"])]),
    (Kind::AsaDebug, &[("Client Cert Auth ", &[""]), ("CSTP state = ", &[""])]),
];
/// How words begin, and how they may go on.
type Words = (&'static str, &'static [&'static str]);
/// Bytes of the longest of these words.
const LONGEST_MARK: usize = 17;

#[cfg(test)]
mod tests {
    use super::*;

    fn met(read: &[Kind], text: &str, chunk: usize) -> Vec<Kind> {
        let mut kinds = UnreadKinds::beside(read);
        text.as_bytes().chunks(chunk).for_each(|chunk| kinds.push(chunk, &[], None));
        let search = Search::default();
        let mut searched = UnreadKinds::beside(read);
        text.as_bytes().chunks(chunk).for_each(|chunk| searched.push(chunk, &[], Some(&search.of(chunk))));
        let kinds = kinds.met();
        assert_eq!(searched.met(), kinds);
        kinds
    }

    #[test]
    fn what_nobody_reads_is_met_however_the_file_is_cut() {
        let text = "%ASA-6-302013: Built\n902: NOT 10:19:27.123456 VPNC: login\nCSTP state = HAVE_ADDRESS\n";
        for chunk in 1..=text.len() {
            assert_eq!(met(&[Kind::AsaSyslog], text, chunk), [Kind::PhoneLog, Kind::AsaDebug], "{chunk}");
            assert_eq!(met(&[Kind::PhoneLog, Kind::AsaDebug], text, chunk), [Kind::AsaSyslog], "{chunk}");
        }
        for record in [
            "902: NOT 10:19:27.155936 VPNC: ssl_state_cb",
            "7989 ERR 11:04:15.038637  SECD: -HTTPS cert not in CTL",
            "3333 NOT Nov 29 06:34:00.411671 SECUREAPP-Hashes match",
            "1140 NOT Jul 11 22:06:37.151072 (711:853) VPNC-login",
        ] {
            assert_eq!(met(&[Kind::AsaSyslog], record, 5), [Kind::PhoneLog], "{record}");
        }
        let all = [Kind::AsaSyslog, Kind::PhoneLog, Kind::AsaDebug];
        assert_eq!(met(&all, text, 8), []);
        assert_eq!(met(&[Kind::AsaSyslog], "%ASA-6-302013: Built\n", 8), []);
    }

    #[test]
    fn lines_that_were_passed_over_begin_nothing_else() {
        use std::slice::from_ref;
        let own = "%ASA-6-305011: VPNC: x\n";
        let whole = 0..own.len();
        let text = [own, "CSTP state = HAVE_ADDRESS\n", own].concat();
        let passed = [0..own.len(), text.len() - own.len()..text.len()];
        let search = Search::default();
        for known in [None, Some(search.of(text.as_bytes()))] {
            let mut kinds = UnreadKinds::beside(&[Kind::AsaSyslog]);
            kinds.push(text.as_bytes(), &passed, known.as_ref());
            kinds.push(b" SECD", &[], known.as_ref().map(|_| Met::default()).as_ref());
            kinds.push(own.as_bytes(), from_ref(&whole), known.as_ref());
            assert_eq!(kinds.met(), [Kind::AsaDebug], "{known:?}");
        }
        for cut in 1..5 {
            let mut kinds = UnreadKinds::beside(&[Kind::AsaSyslog]);
            kinds.push(own.as_bytes(), from_ref(&whole), None);
            let (begin, end) = b"VPNC:\n".split_at(cut);
            kinds.push(begin, &[], None);
            let behind = end.len()..end.len() + own.len();
            kinds.push(&[end, own.as_bytes()].concat(), from_ref(&behind), None);
            assert_eq!(kinds.met(), [Kind::PhoneLog], "{cut}");
        }
    }

    #[test]
    fn no_mark_is_longer_than_what_is_kept_of_a_chunk() {
        let words = MARKS.iter().flat_map(|(_, marks)| marks.iter());
        let lengths = words.flat_map(|(begin, ends)| ends.iter().map(|end| begin.len() + end.len()));
        let longest = lengths.max();
        assert_eq!(longest, Some(LONGEST_MARK));
    }
}
