//! An ASA configuration: running, startup, or a part of it.
//!
//! ```text
//! ssl trust-point PHONES outside
//! webvpn
//!  enable outside
//! tunnel-group VPNPhone webvpn-attributes
//!  authentication certificate
//!  group-url https://vpn.example.com/VPNPhone enable
//! ```
//! A block is its first line and what is indented under it. Web pages and documents lose the indentation, put a
//! whole configuration on one line, or write commands as people type them: with prompts and abbreviations. So a
//! block's lines are known by their indentation where there is one, and else by the words that it may hold.
//!
//! Empty means: nothing in the text is a command that phones depend on; then there is no document. The output of
//! `show running-config ssl` may be empty and still proves that nothing is set: its document says what it covers.
//!
//! Certificates stand as hexadecimal under `crypto ca certificate chain`; the same blocks of IOS (`crypto pki`) are
//! read too, for their certificates alone.
//!
//! Quirks: `show running-config` hides defaults; `webvpn` begins a block of its own, but also a part of a group
//! policy; up to 8.3 `anyconnect` was called `svc`.
//!
//! Sources: Cisco documents 116162 and 115785; the ASA command reference.

use crate::documents::Content;
use crate::documents::asa_config::AsaConfig;
use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::input::{InputState, Note};
use crate::limits::Limits;
use crate::text::Text;

mod aaa;
mod access_list;
mod blocks;
mod bounded;
mod certificate_map;
mod chain;
mod commands;
mod dap;
mod group_policy;
mod pool;
mod reader;
mod scope;
mod ssl;
mod trustpoint;
mod tunnel_group;
mod user;
mod webvpn;

/// The format.
pub const FORMAT: Format = Format { name: "asa_config", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    scope::claim(sample)
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut reader = reader::Reader::new(limits);
    for line in sample.text.lines() {
        for command in commands::commands(&line) {
            reader.take(&command);
        }
    }
    let mut parsed = Parsed { state: InputState::Read, ..Parsed::default() };
    let covered = scope::covered(sample);
    let cut = scope::is_cut(sample, &covered.scope);
    let mut config = reader.finish(&mut parsed, covered.scope);
    if cut {
        parsed.notes.push(Note::whole(ENDS_EARLY));
    }
    config.lines = sample.text.line_count();
    config.all = covered.all;
    // A text of which nothing was understood proves nothing, unless a command says what it covers: then it shows
    // that nothing of that is configured.
    let blank = AsaConfig { lines: config.lines, all: config.all, ..AsaConfig::default() };
    if config != blank {
        if limits.keep_lines {
            config.kept = sample.text.lines().map(|line| (line.number, line.text.to_owned())).collect();
        }
        parsed.documents.push(Content::AsaConfig(Box::new(config)));
    }
    if !parsed.notes.is_empty() {
        parsed.state = InputState::PartlyRead;
    }
    parsed
}

/// A command without the prompt in front of it: `vpn(config-webvpn)# enable outside` is `enable outside`.
pub fn without_prompt(text: &str) -> &str {
    commands::after_prompt(text).unwrap_or(text)
}

/// True where a block, by the words of its first line, may hold a command that begins with these words. It tells the
/// lines of a block that has lost its indentation.
pub fn block_holds(head: &[&str], words: &[&str]) -> bool {
    blocks::begun_by(head).is_some_and(|block| blocks::holds(block, words))
}

/// True for a command of the top-level `webvpn` that no group policy's `webvpn` has.
pub fn is_top_level_webvpn(words: &[&str]) -> bool {
    blocks::is_top_level_webvpn(words)
}

const ENDS_EARLY: Text = Text::fixed(
    "The configuration begins here and breaks off before `: end`: what would follow is not known. Save the whole output, with `terminal pager 0` before it.",
    "Die Konfiguration beginnt hier und bricht vor `: end` ab: Was folgen würde, ist nicht bekannt. Speichern Sie die ganze Ausgabe, mit `terminal pager 0` davor.",
);

#[cfg(test)]
mod tests;
