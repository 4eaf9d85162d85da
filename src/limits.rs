//! Every bound on an input, in one place; tests make them tiny.
//!
//! What is looked up among all others of its kind costs the square of their number: a text of four megabytes names
//! forty thousand trust-points, and no ASA has a tenth of that. [`Lists`] cuts such lists and counts what it cut.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What is read at most. Sizes are bytes.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes looked at to recognise an input.
    pub head: u64,
    /// A file that has to be held whole: a configuration, a certificate, a recorded session.
    pub whole: u64,
    /// A streamed input: a log, later a capture.
    pub streamed: u64,
    /// Characters kept of one line; the rest is counted.
    pub line: usize,
    /// An XML document.
    pub xml: u64,
    /// Attributes of one XML element.
    pub xml_attributes: usize,
    /// Open XML elements at a time.
    pub xml_depth: usize,
    /// XML elements of one document.
    pub xml_nodes: u32,
    /// One DER object.
    pub der: u64,
    /// Certificates of one input.
    pub certificates: usize,
    /// Inputs found inside one dropped file.
    pub children: usize,
    /// How deep an input may lie inside sessions, signed files and texts.
    pub depth: u32,
    /// How many archives may lie around an input.
    pub packed: u32,
    /// Typed events kept of one log; further ones are counted.
    pub events: usize,
    /// Entries kept of one list of a configuration or of a device's output; further ones are counted.
    pub entries: usize,
    /// Notes kept of one input; further ones are counted.
    pub notes: usize,
    /// Whether the lines of an ASA's configuration are kept besides what was understood of them.
    pub keep_lines: bool,
    /// One archive.
    pub archive: ArchiveLimits,
}

/// What is read at most of one archive. Sizes are bytes.
#[derive(Clone, Debug)]
pub struct ArchiveLimits {
    /// Members told of; further ones are counted.
    pub members: u64,
    /// What all members unpack to together.
    pub unpacked: u64,
    /// From so many unpacked bytes of a member on it is compared with its packed size.
    pub ratio_from: u64,
    /// So many times its packed size is told.
    pub ratio_noted: u64,
    /// So many times its packed size is too much: deflate reaches 1,032 times with zeros alone.
    pub ratio: u64,
    /// A member's name.
    pub name: usize,
    /// A record of tar's that describes the next member.
    pub extension: u64,
    /// Whether members are listed with their SHA-256, which costs as much as unpacking them.
    pub digests: bool,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            head: 64 << 10,
            whole: 64 * MIB,
            streamed: 4096 * MIB,
            line: 64 << 10,
            xml: 4 * MIB,
            xml_attributes: 256,
            xml_depth: 64,
            xml_nodes: 100_000,
            der: MIB,
            certificates: 256,
            children: 10_000,
            depth: 3,
            packed: 3,
            events: 50_000,
            entries: 4096,
            notes: 100,
            keep_lines: false,
            archive: ArchiveLimits::default(),
        }
    }
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            members: 10_000,
            unpacked: 4096 * MIB,
            ratio_from: 8 * MIB,
            ratio_noted: 200,
            ratio: 1000,
            name: 1024,
            extension: 64 << 10,
            digests: false,
        }
    }
}

/// Lists that grow no further than [`Limits::entries`].
#[derive(Clone, Debug)]
pub struct Lists {
    most: usize,
    left_out: usize,
}

impl Lists {
    /// Lists within limits.
    pub const fn new(limits: &Limits) -> Self {
        Self { most: limits.entries, left_out: 0 }
    }

    /// Takes off a list what is too much of it.
    pub fn cut<T>(&mut self, list: &mut Vec<T>) {
        self.left_out = self.left_out.saturating_add(list.len().saturating_sub(self.most));
        list.truncate(self.most);
    }

    /// How many entries were cut.
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// What is to be said of what was cut; `None` where nothing was.
    pub fn note(&self) -> Option<Text> {
        (self.left_out > 0).then(|| LEFT_OUT.number("left", self.left_out).number("most", self.most))
    }
}

/// How many rows are not listed. Findings that were left out are counted with the first of their rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What the group policies do to the phones of a tunnel group.
    pub policies: u32,
    /// What phones and one ASA agree on.
    pub negotiations: u32,
}

impl LeftOut {
    /// Everything is listed.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

const LEFT_OUT: Text = Text::fixed(
    "Of each list, the first {most} entries were kept; {left} more were left out. Cut out the part that concerns the phones.",
    "Von jeder Liste wurden die ersten {most} Einträge behalten; {left} weitere fehlen. Schneiden Sie den Teil heraus, der die Telefone betrifft.",
);
