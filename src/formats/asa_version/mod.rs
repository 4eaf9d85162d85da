//! `show version` of an ASA: release, hardware and licences.
//!
//! ```text
//! Cisco Adaptive Security Appliance Software Version 9.1(1)
//! Hardware:   ASA5510, 1024 MB RAM, CPU Pentium 4 Celeron 1600 MHz
//! Licensed features for this platform:
//! AnyConnect Premium Peers          : 2              perpetual
//! AnyConnect for Cisco VPN Phone    : Disabled       perpetual
//! UC Phone Proxy Sessions           : 12             62 days
//! Failover cluster licensed features for this platform:
//! AnyConnect for Cisco VPN Phone    : Enabled        perpetual
//! This platform has a Base license.
//! ```
//! Empty means: neither a release nor a licence line; then there is no document. `show activation-key` prints the same
//! blocks without a release and is read as well; so is a single licence line that somebody quotes.
//!
//! Quirks: release 8.0 calls the phones' licence `AnyConnect for Linksys phone`; 8.0 and 8.2 print no duration, and
//! smart licences have none. Of a failover pair the block of the failover cluster is the one in effect. The keys that
//! `show activation-key` lists below the blocks may be inactive: their lines are not licences. Several outputs in one
//! text are several documents. Backup tools (Oxidized, model `asa`) put the output in front of the configuration, each
//! line behind `! `.
//!
//! Sources: Cisco 116162, licences; `show version` in the ASA command reference; recorded outputs of 8.2 to 9.16.

use crate::documents::Content;
use crate::documents::asa_version::{AsaVersion, Licence, LicenceBlock};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::{At, Located};
use crate::text::Text;

/// The format.
pub const FORMAT: Format = Format { name: "asa_version", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let mut best: Option<(u8, Line<'_>)> = None;
    for line in sample.text.unlogged_lines() {
        let text = uncommented(line.text);
        let strength = if version_of(text).is_some() {
            STRONG
        } else if title_of(text).is_some() {
            TITLE
        } else if licence_of(text).is_some_and(|licence| licence.feature().is_some()) {
            if sample.command.is_some() { TITLE } else { SINGLE }
        } else {
            continue;
        };
        if best.is_none_or(|(known, _)| strength > known) {
            best = Some((strength, line));
        }
        if strength == STRONG {
            break;
        }
    }
    let (strength, line) = best?;
    let because = line.quoted();
    Some(Claim { kind: Kind::AsaVersion, strength, because, share: Share::Mixed })
}

/// A line without the `! ` that backup tools put in front of what is no configuration.
fn uncommented(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix('!').map_or(line, str::trim_start)
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Under no title: only licences that are known by name are told from other text.
    Loose,
    /// In a block: whatever looks like a licence is one.
    Block(LicenceBlock),
    /// Below a key that may be inactive.
    Key,
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut outputs = vec![AsaVersion::default()];
    let mut part = Part::Loose;
    let mut left_out = 0_u32;
    for line in sample.text.lines() {
        let text = uncommented(line.text);
        let Some(open) = outputs.last_mut() else { break };
        let seen = |value: &str| Some(Located::new(value.to_owned(), line.at()));
        if let Some(version) = version_of(text) {
            part = Part::Loose;
            if *open == AsaVersion::default() {
                open.version = seen(version);
            } else if outputs.len() < limits.children {
                outputs.push(AsaVersion { version: seen(version), ..AsaVersion::default() });
            }
        } else if let Some(block) = title_of(text) {
            part = Part::Block(block);
            if block == LicenceBlock::FailoverCluster && open.failover_cluster.is_none() {
                open.failover_cluster = Some(line.at());
            }
        } else if text.to_ascii_lowercase().ends_with("timebased activation key:") {
            part = Part::Key;
        } else if open.version.is_some() && open.hardware.is_none() && text.starts_with("Hardware:") {
            open.hardware = after(text, "Hardware:").and_then(|value| seen(first_of(value)));
        } else if let Some(mode) = after(text, "License mode:") {
            open.smart = open.smart.take().or(seen(mode));
        } else if let Some(state) =
            after(text, "ASAv Platform License State:").or_else(|| after(text, "License state:"))
        {
            open.licence_state = open.licence_state.take().or(seen(state));
        } else if text.starts_with("This platform has a") {
            open.licence_sentence = open.licence_sentence.take().or(seen(text));
            part = Part::Loose;
        } else if part != Part::Key
            && let Some(mut licence) = licence_of(text)
        {
            match part {
                Part::Block(block) => licence.block = block,
                Part::Loose if licence.feature().is_some() => {}
                Part::Loose | Part::Key => continue,
            }
            licence.name.at = line.at();
            if open.licences.len() < MOST_LICENCES {
                open.licences.push(licence);
            } else {
                left_out = left_out.saturating_add(1);
            }
        } else if END_OF_BLOCK.iter().any(|start| text.starts_with(start)) {
            part = Part::Loose;
        }
    }
    outputs.retain(|output| output.version.is_some() || !output.licences.is_empty());
    let mut parsed = Parsed::default();
    if outputs.is_empty() {
        return parsed;
    }
    parsed.state = InputState::Read;
    if outputs.iter().all(|output| output.licences.is_empty()) {
        parsed.notes.push(Note::whole(NO_LICENCES));
        parsed.state = InputState::PartlyRead;
    }
    if left_out > 0 {
        let count = left_out;
        parsed.notes.push(Note::whole(LEFT_OUT.number("count", count)));
        parsed.state = InputState::PartlyRead;
    }
    parsed.documents = outputs.into_iter().map(|output| Content::AsaVersion(Box::new(output))).collect();
    parsed
}

/// The release of the line that names it: `9.14(2)15` before a blank or ` <context>`.
fn version_of(text: &str) -> Option<&str> {
    let rest = VERSIONS.iter().find_map(|start| text.strip_prefix(start))?;
    let version = rest.split([' ', '\t', '<']).find(|word| !word.is_empty())?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some(version)
}

/// The block that a title opens.
fn title_of(text: &str) -> Option<LicenceBlock> {
    // Device output is long and this is asked of every line: most lines leave here.
    if !text.ends_with(':') || text.len() > LONGEST_TITLE {
        return None;
    }
    let text = plain(text);
    if text.starts_with("licensed features for this ") {
        Some(LicenceBlock::Own)
    } else if text.starts_with("failover cluster licensed features for this ") {
        Some(LicenceBlock::FailoverCluster)
    } else {
        None
    }
}

/// A line that has the shape of a licence: `name : value [duration]`. Its place is left open.
fn licence_of(text: &str) -> Option<Licence> {
    let (name, rest) = text.split_once(':')?;
    let name = name.trim();
    let begins = name.starts_with(|first: char| first.is_ascii_alphanumeric());
    if !begins || name.len() > LONGEST_NAME {
        return None;
    }
    let mut words = rest.split_ascii_whitespace();
    let value = words.next().filter(|value| is_value(value))?;
    let days_left = match (words.next(), words.next()) {
        (None | Some("perpetual" | "Perpetual"), None) => None,
        (Some(days), Some("day" | "days")) => Some(days.parse().ok()?),
        _ => return None,
    };
    if words.next().is_some() {
        return None;
    }
    let name = Located::new(name.to_owned(), At::default());
    Some(Licence { name, value: value.to_owned(), days_left, block: LicenceBlock::Own })
}

fn is_value(word: &str) -> bool {
    let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    number || WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn after<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    text.strip_prefix(title).map(str::trim).filter(|value| !value.is_empty())
}

fn first_of(value: &str) -> &str {
    value.split(',').next().unwrap_or_default().trim()
}

/// Lower case, with single blanks.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

/// Strength of the line that names the release.
const STRONG: u8 = 90;
/// Strength of a block's title, or of a licence that a command printed.
const TITLE: u8 = 80;
/// Strength of a single licence line.
const SINGLE: u8 = 45;
/// Bytes of a block's title.
const LONGEST_TITLE: usize = 100;
/// Bytes of a licence's name.
const LONGEST_NAME: usize = 60;
/// Licences of one output; the longest recorded one has 41.
const MOST_LICENCES: usize = 200;

/// The line that names the release, of an ASA and of the PIX that runs the same software.
const VERSIONS: [&str; 2] =
    ["Cisco Adaptive Security Appliance Software Version ", "Cisco PIX Security Appliance Software Version "];

/// Values of licences that are no numbers.
const WORDS: [&str; 7] =
    ["Enabled", "Disabled", "Unlimited", "Active/Active", "Active/Standby", "Default", "Restricted"];

/// Lines behind the blocks, under which nothing is a licence.
const END_OF_BLOCK: [&str; 5] = ["Serial Number", "Running ", "The flash ", "Configuration ", "Image type"];

const NO_LICENCES: Text = Text::fixed(
    "The licence lines are not in it: copy `show version` to its end.",
    "Die Lizenzzeilen fehlen darin: Kopieren Sie `show version` bis zum Ende.",
);
const LEFT_OUT: Text = Text::fixed(
    "{count} more licence lines were not kept: no ASA has so many.",
    "{count} weitere Lizenzzeilen wurden nicht übernommen: So viele hat keine ASA.",
);

#[cfg(test)]
mod tests;
