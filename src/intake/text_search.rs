//! A text that is looked for in a dropped file, and in all that is packed in it.
//!
//! The file is opened as when it was read, by the same formats and within the same limits, and nothing is understood of
//! it: each input's lines are looked through as they are, and without what stands around them. An input whose lines are
//! lines of its holder is looked through there.

use crate::input::Kind;
use crate::intake::inside::Aim;
use crate::intake::nest::Nest;
use crate::intake::sink::{Search, Shared};
use crate::limits::Limits;
use crate::sought::{FoundLines, Sought};

/// Lines that are kept of what one dropped file holds; further ones are counted.
pub const KEPT: usize = 1000;

/// Looks through one dropped file in chunks of any size.
pub struct TextSearch {
    root: Nest,
    shared: Shared,
}

impl TextSearch {
    /// Of a file of `size` bytes, as [`Intake::new`](super::Intake::new) had it; what the person said that it is.
    pub fn new(name: &str, size: u64, said: Option<Kind>, sought: Sought, limits: &Limits) -> Self {
        let mut shared = Shared::new(limits, Nest::open);
        shared.search = Some(Search::new(sought, KEPT));
        let mut root = Nest::dropped(name, size, Aim::Lines(Vec::new()));
        root.said = said;
        Self { root, shared }
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        self.shared.taken += chunk.len() as u64;
        self.root.push(chunk, &mut self.shared);
    }

    /// False once further chunks would change nothing.
    pub fn wants_more(&self) -> bool {
        self.root.wants_more(&self.shared)
    }

    /// All chunks were given. Holders stand before what they hold.
    pub fn finish(mut self) -> FoundLines {
        self.root.finish(&mut self.shared);
        let mut found = self.shared.search.map(|search| search.found).unwrap_or_default();
        found.inputs.sort_by(|one, other| one.members.cmp(&other.members));
        found
    }

    /// The file stopped coming before its end.
    pub fn finish_short(self) -> FoundLines {
        FoundLines { cut_short: true, ..self.finish() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::lookup::input_at;
    use crate::intake::read;

    /// The inputs that hold a text, each with the numbers of its lines.
    fn searched(
        name: &str,
        bytes: &[u8],
        text: &str,
        limits: &Limits,
    ) -> (Vec<(String, Vec<u32>)>, FoundLines) {
        let sought = Sought { text: text.to_owned(), match_case: false };
        let mut search = TextSearch::new(name, bytes.len() as u64, None, sought, limits);
        bytes.chunks(1000).for_each(|chunk| search.push(chunk));
        let found = search.finish();
        let inputs = read(name, bytes, limits).inputs;
        let named = found.inputs.iter().map(|one| {
            let input = input_at(&inputs, 0, &one.members).unwrap();
            (inputs[input as usize].name.clone(), one.hits.iter().map(|hit| hit.line).collect())
        });
        (named.collect(), found.clone())
    }

    #[test]
    fn a_session_is_looked_through_once() {
        let session = "asa# show clock\n12:00:00.000 UTC Tue Nov 24 2026\nasa# show logging\n%ASA-6-725001: Starting SSL handshake with client outside:198.51.100.7/1 for clock\n";
        let (named, _) = searched("session.txt", session.as_bytes(), "clock", &Limits::default());
        assert_eq!(named, [("session.txt".to_owned(), vec![1, 4])]);
    }

    #[test]
    fn a_file_too_large_to_be_held_is_looked_through_while_it_comes() {
        let limits = Limits { whole: 64 << 10, ..Limits::default() };
        let log = "%ASA-6-302013: Built inbound TCP connection\n".repeat(5_000);
        let log = format!("{log}the address 198.51.100.77 of somebody\n{log}");
        let (named, found_in) = searched("asa.log", log.as_bytes(), "198.51.100.77", &limits);
        assert_eq!(named, [("asa.log".to_owned(), vec![5_001])]);
        assert_eq!((found_in.passed_by, found_in.long_lines), (0, 0));
        let nothing = Limits { streamed: 1 << 10, ..limits };
        let (named, found_in) = searched("asa.log", log.as_bytes(), "198.51.100.77", &nothing);
        assert_eq!((named, found_in.passed_by), (vec![], 1), "what was not looked through is told");
    }

    #[test]
    fn a_file_that_stops_coming_is_looked_through_so_far_and_says_so() {
        let search = || {
            let sought = Sought { text: "here".to_owned(), match_case: false };
            let mut search = TextSearch::new("a.log", 1_000, None, sought, &Limits::default());
            search.push(b"it is here\nand there is mo");
            search
        };
        let short = search().finish_short();
        assert!(short.cut_short && short.inputs[0].hits.iter().map(|hit| hit.line).eq([1, 2]), "{short:?}");
        assert!(!search().finish().cut_short);
    }

    #[test]
    fn what_is_no_text_is_told_and_not_looked_through() {
        let (named, found_in) = searched("core.bin", &[1; 5_000], "x", &Limits::default());
        assert_eq!((named, found_in.passed_by), (vec![], 1));
    }
}
