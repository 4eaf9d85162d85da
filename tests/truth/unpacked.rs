//! What a reader of archives tells, kept whole for tests.
#![allow(dead_code)]

use vpn_phone_doctor::archive::{Archive, End, Event, Member, Next, Note, Reader, Sink, zip};
use vpn_phone_doctor::limits::ArchiveLimits;

/// A member with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    pub member: Member,
    pub content: Vec<u8>,
    pub end: End,
}

/// Everything that was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub members: Vec<Unpacked>,
    pub notes: Vec<Note>,
}

impl Told {
    /// Name and content of each member as text.
    pub fn texts(&self) -> Vec<(String, String)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.members.iter().map(|one| (one.member.name.text.clone(), text(&one.content))).collect()
    }
}

/// Reads an archive in chunks of a size.
pub fn streamed(archive: Archive, bytes: &[u8], chunk: usize, limits: &ArchiveLimits) -> Told {
    collect(|sink| {
        let mut reader = Reader::new(archive, limits).expect("a kind that is read");
        for chunk in bytes.chunks(chunk) {
            reader.push(chunk, sink);
        }
        reader.finish(sink);
    })
}

/// Reads a zip by its directory.
pub fn by_directory(bytes: &[u8], limits: &ArchiveLimits) -> Told {
    collect(|sink| zip::read(bytes, limits, sink))
}

fn collect(read: impl FnOnce(&mut Sink<'_>)) -> Told {
    let mut told = Told::default();
    let mut open: Option<(Member, Vec<u8>)> = None;
    read(&mut |event| {
        match event {
            Event::Begin(member) => {
                assert!(open.is_none(), "{member:?} begins before another one ends");
                open = Some((member.clone(), Vec::new()));
            }
            Event::Data(bytes) => open.as_mut().expect("a member").1.extend_from_slice(bytes),
            Event::End(end) => {
                let (member, content) = open.take().expect("a member");
                assert_eq!(end.length, content.len() as u64, "{member:?}");
                told.members.push(Unpacked { member, content, end: end.clone() });
            }
            Event::Note(note) => told.notes.push(note),
        }
        Next::Go
    });
    assert!(open.is_none(), "a member did not end: {open:?}");
    told
}
