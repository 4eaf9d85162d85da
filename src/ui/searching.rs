//! How far a search in the files is, and what it found. Nothing of it is kept once another text is typed.

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake::lookup::input_at;
use vpn_phone_doctor::sought::{FoundLines, Hit, Sought};
use vpn_phone_doctor::source::{At, Place};
use vpn_phone_doctor::text::Text;

use crate::ui::state::FileId;

/// A search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Searching {
    /// What is looked for.
    pub sought: Sought,
    files: Vec<Looked>,
}

#[derive(Clone, Debug, PartialEq)]
struct Looked {
    id: FileId,
    bytes: u64,
    done: u64,
    outcome: Option<Result<FoundLines, Text>>,
}

/// News of a search.
#[derive(Clone, Debug)]
pub enum Heard {
    /// It begins anew, in files of so many bytes.
    Begun(Sought, Vec<(FileId, u64)>),
    /// So many bytes of a file were looked through.
    Progressed(FileId, u64),
    /// A file was looked through.
    Done(FileId, FoundLines),
    /// A file could not be looked through, and why.
    Failed(FileId, Text),
}

/// What was found, as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The lines, in the order of the case.
    pub hits: Vec<Place>,
    /// How many lines there are; more than are listed, where there are too many.
    pub lines: usize,
    /// How many inputs hold them.
    pub inputs: usize,
    /// Inputs that were not looked through.
    pub passed_by: usize,
    /// Lines of which only the beginning was looked through.
    pub long_lines: usize,
    /// Why files could not be looked through, or not to their end.
    pub failed: Vec<Text>,
}

impl Searching {
    /// The same after some news.
    #[must_use]
    pub fn after(&self, heard: Heard) -> Self {
        let mut next = self.clone();
        let mut settle = |id, outcome| {
            if let Some(file) = next.files.iter_mut().find(|file| file.id == id) {
                file.outcome = Some(outcome);
            }
        };
        match heard {
            Heard::Begun(sought, files) => {
                let files = files.into_iter();
                next.files = files.map(|(id, bytes)| Looked { id, bytes, done: 0, outcome: None }).collect();
                next.sought = sought;
            }
            Heard::Progressed(id, bytes) => {
                if let Some(file) = next.files.iter_mut().find(|file| file.id == id) {
                    file.done = bytes.min(file.bytes);
                }
            }
            Heard::Done(id, found) => settle(id, Ok(found)),
            Heard::Failed(id, why) => settle(id, Err(why)),
        }
        next
    }

    /// Bytes looked through and bytes to look through, while there are such.
    pub fn running(&self) -> Option<(u64, u64)> {
        let done = |file: &Looked| if file.outcome.is_some() { file.bytes } else { file.done };
        let runs = self.files.iter().any(|file| file.outcome.is_none());
        runs.then(|| (self.files.iter().map(done).sum(), self.files.iter().map(|file| file.bytes).sum()))
    }

    /// What was found so far, in inputs of the case that may be shown. `sources` are the case's files.
    pub fn listed(&self, diagnosis: &Diagnosis, sources: &[FileId]) -> Listed {
        let mut listed = Listed::default();
        for (id, file) in sources.iter().zip(0_u32..) {
            let looked = self.files.iter().find(|looked| looked.id == *id);
            match looked.and_then(|looked| looked.outcome.as_ref()) {
                None => {}
                Some(Err(why)) => listed.failed.push(why.clone()),
                Some(Ok(found)) => listed.add(diagnosis, file, found),
            }
        }
        listed
    }
}

impl Listed {
    fn add(&mut self, diagnosis: &Diagnosis, file: u32, found: &FoundLines) {
        self.passed_by += count(found.passed_by);
        self.long_lines += count(found.long_lines);
        self.failed.extend(found.cut_short.then_some(CUT_SHORT));
        for one in &found.inputs {
            let input = input_at(&diagnosis.inputs, file, &one.members);
            let Some(input) = input.filter(|input| !is_secret(diagnosis, *input)) else {
                self.passed_by += 1;
                continue;
            };
            self.lines += count(one.lines);
            self.inputs += 1;
            self.hits.extend(one.hits.iter().map(|hit| Place { input, at: at(hit) }));
        }
    }
}

/// True for what holds a private key, of which nothing is shown.
pub fn is_secret(diagnosis: &Diagnosis, input: u32) -> bool {
    let input = usize::try_from(input).ok().and_then(|index| diagnosis.inputs.get(index));
    input.is_some_and(|input| input.kind.is_secret())
}

fn at(hit: &Hit) -> At {
    At { text: hit.text.clone(), ..At::line(hit.line, hit.offset, "") }
}

fn count(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// So short a text is in nearly every line.
pub const SHORTEST: usize = 2;

const CUT_SHORT: Text = Text::fixed(
    "A file could not be looked through to its end: the browser stopped handing it out.",
    "Eine Datei ließ sich nicht bis zum Ende durchsuchen: Der Browser gibt sie nicht weiter heraus.",
);

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};
    use vpn_phone_doctor::input::{Input, Kind};
    use vpn_phone_doctor::sought::FoundIn;

    use super::*;

    /// A log, and a mail that holds a key and a log.
    fn case() -> Diagnosis {
        let input = |kind, inside: Option<u32>, member| Input { kind, inside, member, ..Input::default() };
        let inputs = vec![
            input(Kind::PhoneLog, None, 0),
            input(Kind::Archive, None, 0),
            input(Kind::PrivateKey, Some(1), 0),
            input(Kind::AsaSyslog, Some(1), 1),
        ];
        Diagnosis { inputs, ..diagnose(&[], &Said::new(), 0) }
    }

    fn found_lines(members: &[u32], lines: u32) -> FoundLines {
        let hits = vec![Hit { line: 7, offset: 70, text: "needle".to_owned() }];
        let one = FoundIn { members: members.to_vec(), lines, hits };
        FoundLines { inputs: vec![one], ..FoundLines::default() }
    }

    #[test]
    fn hits_lead_to_the_inputs_that_hold_them_and_never_into_a_key() {
        let begun = Heard::Begun(Sought::default(), vec![(5, 100), (9, 50)]);
        let search = Searching::default().after(begun).after(Heard::Progressed(9, 20));
        assert_eq!(search.running(), Some((20, 150)));
        let search = search.after(Heard::Done(9, found_lines(&[1], 3_000)));
        assert_eq!(search.running(), Some((50, 150)));
        let listed = search.listed(&case(), &[5, 9]);
        assert_eq!(
            (listed.lines, listed.inputs, listed.hits[0].input, listed.hits[0].at.line),
            (3_000, 1, 3, 7)
        );
        let search = search.after(Heard::Done(5, found_lines(&[], 1)));
        assert_eq!(search.running(), None);
        let inputs: Vec<u32> = search.listed(&case(), &[5, 9]).hits.iter().map(|hit| hit.input).collect();
        assert_eq!(inputs, [0, 3], "in the order of the case");
        let search = search.after(Heard::Done(9, found_lines(&[0], 1)));
        let listed = search.listed(&case(), &[5, 9]);
        assert_eq!((listed.hits.len(), listed.passed_by), (1, 1), "a private key");
    }

    #[test]
    fn late_news_of_files_that_are_gone_is_no_news() {
        let search = Searching::default().after(Heard::Begun(Sought::default(), vec![(5, 100)]));
        assert_eq!(search.after(Heard::Done(4, found_lines(&[], 1))), search);
        let search = search.after(Heard::Failed(5, CUT_SHORT));
        assert_eq!(search.listed(&case(), &[5]).failed, [CUT_SHORT]);
    }
}
