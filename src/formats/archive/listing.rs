//! The members of an archive one by one, with the SHA-256 of each.
//!
//! ```text
//! logs/messages   270177   9f86d081884c7d65…   read
//! ```
//! Empty: an archive without members.
//! Quirks: what a damaged member still gave counts, and its state says that it is not all.
//!
//! Source: FIPS 180-4 (SHA-256).

use sha2::{Digest as _, Sha256};

use crate::documents::archive::{Listed, Listing};
use crate::formats::Loss;
use crate::hex;
use crate::input::InputState;

/// Lists members while they come.
#[derive(Default)]
pub(super) struct Lister {
    listing: Listing,
    open: Option<(Listed, Sha256)>,
}

impl Lister {
    /// A member begins.
    pub fn begin(&mut self, name: &str) {
        self.end(Loss::Nothing);
        self.open = Some((Listed { name: name.to_owned(), ..Listed::default() }, Sha256::new()));
    }

    /// Its next bytes.
    pub fn data(&mut self, bytes: &[u8]) {
        if let Some((member, digest)) = &mut self.open {
            member.bytes += bytes.len() as u64;
            digest.update(bytes);
        }
    }

    /// It ends, and so much of it is missing.
    pub fn end(&mut self, loss: Loss) {
        let Some((mut member, digest)) = self.open.take() else { return };
        member.state = match loss {
            Loss::Nothing => InputState::Read,
            Loss::Part => InputState::PartlyRead,
            Loss::Everything => InputState::Refused,
        };
        if loss != Loss::Everything {
            member.sha256 = Some(hex::encode(&digest.finalize()));
        }
        self.listing.members.push(member);
    }

    /// All of them. One that did not end was stopped.
    pub fn finish(mut self) -> Listing {
        self.end(Loss::Part);
        self.listing
    }
}
