//! What was read of an archive so far: its members go to the sink, the rest is kept to be said of it.
//!
//! ```text
//! begins logs/messages ─► open      data ─► push      ends, damaged ─► say, close
//! ```
//! Empty: an archive of which nothing has to be said.
//! Quirks: an archive full of members that unpack to a thousand times their packed size is no archive of anyone's
//! logs; it is stopped as a whole, and what lies behind is not read.
//!
//! Source: `src/archive/event.rs`.

use super::listing::Lister;
use super::notes;
use crate::archive::{self, Event, Kind as What, Next, Trouble};
use crate::documents::Content;
use crate::formats::{Loss, Member, Parsed, Sink};
use crate::input::{InputState, Note};

/// What is kept of an archive.
pub(super) struct Account {
    /// Its name.
    archive: String,
    notes: Vec<Note>,
    state: InputState,
    /// Links or devices came by.
    links: bool,
    /// More of the open member is wanted.
    wanted: bool,
    /// Members that unpack to more than anything real does.
    bombs: u32,
    /// Nothing more is unpacked.
    stopped: bool,
    listing: Option<Lister>,
}

impl Account {
    /// Of an archive of this name; `digests` where its members are to be listed.
    pub fn new(archive: &str, digests: bool) -> Self {
        Self {
            archive: archive.to_owned(),
            notes: Vec::new(),
            state: InputState::Read,
            links: false,
            wanted: false,
            bombs: 0,
            stopped: false,
            listing: digests.then(Lister::default),
        }
    }

    /// The archive's name.
    pub fn archive(&self) -> &str {
        &self.archive
    }

    /// Nothing more of it is read.
    pub const fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Takes an event of an archive whose members are not packed again as one.
    pub fn take(&mut self, event: Event<'_>, sink: &mut dyn Sink) -> Next {
        if let Event::Data(bytes) = event
            && !self.unpacked(bytes, sink)
        {
            return Next::Stop;
        }
        self.take_counted(event, sink)
    }

    /// Takes an event whose bytes were counted where they were unpacked.
    pub fn take_counted(&mut self, event: Event<'_>, sink: &mut dyn Sink) -> Next {
        match event {
            Event::Begin(member) => {
                let file = matches!(member.kind, What::File | What::Other(_));
                self.links |= !file && !matches!(member.kind, What::Folder | What::Remark(_));
                self.begin(&member.name.text, member.size, file, sink)
            }
            Event::Data(bytes) => self.give(bytes, sink),
            Event::End(end) => {
                self.end(&end.troubles, sink);
                self.next(sink)
            }
            Event::Note(note) => self.note(note),
        }
    }

    /// Counts bytes that were unpacked; false where no more may be.
    pub fn unpacked(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        if sink.unpacked(bytes.len() as u64) {
            return true;
        }
        self.stopped = true;
        sink.say(Note::whole(notes::STOPPED), Loss::Part);
        sink.close();
        false
    }

    /// A member begins. One that is no file is no input.
    pub fn begin(&mut self, name: &str, bytes: Option<u64>, file: bool, sink: &mut dyn Sink) -> Next {
        if let Some(listing) = &mut self.listing {
            listing.begin(name);
        }
        self.wanted = file && sink.open(Member { name: name.to_owned(), bytes, ..Member::default() });
        self.goes_on()
    }

    /// Its next bytes.
    pub fn give(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Next {
        if let Some(listing) = &mut self.listing {
            listing.data(bytes);
        }
        if self.wanted && !sink.push(bytes) {
            self.wanted = false;
            self.stopped |= !sink.wants_more();
        }
        self.goes_on()
    }

    fn goes_on(&self) -> Next {
        match (self.stopped, self.wanted || self.listing.is_some()) {
            (true, _) => Next::Stop,
            (false, true) => Next::Go,
            (false, false) => Next::Skip,
        }
    }

    /// It ends.
    pub fn end(&mut self, troubles: &[Trouble], sink: &mut dyn Sink) {
        let mut most = Loss::Nothing;
        for trouble in troubles {
            let (text, loss) = notes::of_member(trouble, &self.archive);
            most = most.max(loss);
            sink.say(Note::whole(text), loss);
            if matches!(trouble, Trouble::TooDense | Trouble::TooMuch) {
                self.bombs += 1;
                self.state = InputState::PartlyRead;
            }
        }
        self.stopped |= self.bombs >= MOST_BOMBS;
        if let Some(listing) = &mut self.listing {
            listing.end(most);
        }
        sink.close();
    }

    /// Something is wrong with what the archive itself is packed in.
    pub fn packed_in(&mut self, troubles: &[Trouble]) {
        for trouble in troubles {
            let (text, loss) = notes::of_member(trouble, &self.archive);
            self.notes.push(Note::whole(text));
            if loss > Loss::Nothing {
                self.state = InputState::PartlyRead;
            }
        }
    }

    /// Something that belongs to no member.
    pub fn note(&mut self, note: archive::Note) -> Next {
        let (note, partly) = notes::of_archive(note);
        self.notes.push(note);
        if partly {
            self.state = InputState::PartlyRead;
        }
        Next::Go
    }

    /// Whether another member is wanted.
    pub fn next(&mut self, sink: &mut dyn Sink) -> Next {
        self.stopped |= !sink.wants_more();
        if self.stopped { Next::Stop } else { Next::Go }
    }

    /// The archive was read as far as it is.
    pub fn finish(mut self) -> Parsed {
        if self.stopped || self.bombs > 0 {
            // What comes behind was not looked at, whoever met the limit.
            self.notes.push(Note::whole(notes::STOPPED));
            self.state = InputState::PartlyRead;
        }
        self.notes.extend(self.links.then(|| Note::whole(notes::LINKS)));
        let documents = self.listing.map(|listing| Content::Archive(listing.finish())).into_iter().collect();
        Parsed { documents, notes: self.notes, state: self.state, ..Parsed::default() }
    }
}

/// So many members of one archive that unpack to more than anything real does are no accident.
const MOST_BOMBS: u32 = 4;
