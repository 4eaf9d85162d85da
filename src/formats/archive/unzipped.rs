//! What a gzip packs: a tar, whose members are the archive's, or one file.
//!
//! ```text
//! prt.tar.gz ─► tar ─► logs/messages, …          messages.0.gz ─► messages.0
//! ```
//! Empty: too few bytes for a tar's header are one file.
//! Quirks: the name of the file is the archive's own without its ending; the one inside the gzip is that of a day when
//! it was still called otherwise.
//!
//! Source: RFC 1952.

use super::account::Account;
use crate::archive::tar::{self, Tar};
use crate::archive::{Event, Next};
use crate::formats::Sink;
use crate::limits::ArchiveLimits;

/// What comes out of a gzip.
pub(super) struct Unzipped {
    inside: Inside,
    limits: ArchiveLimits,
    /// The name inside the gzip.
    name: String,
}

enum Inside {
    /// Too few bytes to tell came so far.
    Unknown(Vec<u8>),
    Tar(Box<Tar>),
    File,
}

impl Unzipped {
    /// Of a gzip of which nothing came yet.
    pub fn new(limits: &ArchiveLimits) -> Self {
        Self { inside: Inside::Unknown(Vec::new()), limits: limits.clone(), name: String::new() }
    }

    /// Takes an event of the gzip.
    pub fn take(&mut self, event: Event<'_>, account: &mut Account, sink: &mut dyn Sink) -> Next {
        match event {
            Event::Begin(member) => {
                self.name.clone_from(&member.name.text);
                Next::Go
            }
            Event::Data(bytes) if !account.unpacked(bytes, sink) => Next::Stop,
            Event::Data(bytes) => self.data(bytes, account, sink),
            Event::End(end) => {
                self.decide(account, sink);
                match &mut self.inside {
                    Inside::Tar(tar) => {
                        tar.finish(&mut |event| account.take_counted(event, sink));
                        account.packed_in(&end.troubles);
                    }
                    Inside::File | Inside::Unknown(_) => account.end(&end.troubles, sink),
                }
                Next::Go
            }
            Event::Note(note) => account.note(note),
        }
    }

    fn data(&mut self, bytes: &[u8], account: &mut Account, sink: &mut dyn Sink) -> Next {
        match &mut self.inside {
            Inside::Unknown(head) => {
                head.extend_from_slice(bytes);
                if head.len() < HEADER { Next::Go } else { self.decide(account, sink) }
            }
            Inside::Tar(tar) => {
                tar.push(bytes, &mut |event| account.take_counted(event, sink));
                account.next(sink)
            }
            Inside::File => account.give(bytes, sink),
        }
    }

    /// The first bytes are there, or no more come.
    fn decide(&mut self, account: &mut Account, sink: &mut dyn Sink) -> Next {
        let Inside::Unknown(head) = &mut self.inside else { return Next::Go };
        let head = std::mem::take(head);
        if tar::begins(&head) || is_empty_tar(&head, account.archive()) {
            let mut tar = Box::new(Tar::new(&self.limits));
            tar.push(&head, &mut |event| account.take_counted(event, sink));
            self.inside = Inside::Tar(tar);
            return account.next(sink);
        }
        self.inside = Inside::File;
        let name = without_ending(account.archive(), &self.name);
        match account.begin(&name, None, true, sink) {
            Next::Go => account.give(&head, sink),
            other => other,
        }
    }
}

/// A tar without members is zeros alone, and only the name says that it is one.
fn is_empty_tar(head: &[u8], name: &str) -> bool {
    let named = [".tar.gz", ".tgz"].iter().any(|ending| name.ends_with(ending));
    named && head.len() >= HEADER && head.iter().all(|byte| *byte == 0)
}

/// The name of what a gzip packs: its own without the ending, or the one that it was packed by.
fn without_ending(archive: &str, packed: &str) -> String {
    for (ending, without) in [(".tgz", ".tar"), (".gz", ""), (".GZ", "")] {
        if let Some(name) = archive.strip_suffix(ending).filter(|name| !name.is_empty()) {
            return format!("{name}{without}");
        }
    }
    if packed.is_empty() { archive.to_owned() } else { packed.to_owned() }
}

/// Bytes that tell a tar: one header.
const HEADER: usize = 512;
