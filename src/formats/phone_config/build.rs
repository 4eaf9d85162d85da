//! What the elements of a phone's configuration say.
//!
//! ```text
//! <vpnGroup> … <certHash1>QilRh0DTTkpVFLf1SKjIf6x9UjQ=</certHash1> … </vpnGroup>   →  VpnGroup { cert_hashes: [(1, "Qil…")] }
//! ```
//!
//! An element counts by its name and the block around it, never by its depth: a tag that is opened twice and never
//! closed shifts the depth of all that follows. Values are kept as written, without the blanks around them. A
//! value's place is where its text begins, or its tag where it is empty.

use std::borrow::Cow;

use super::notes::*;
use super::pieces::{Piece, Pieces};
use super::regions::{Region, like_a_hash};
use crate::documents::phone_config::{Form, PhoneConfig, VpnGroup};
use crate::formats::Sample;
use crate::input::Note;
use crate::limits::Limits;
use crate::names::phone::PhoneName;
use crate::source::{At, Located};
use crate::tables::config_blocks::Block;
use crate::text::{Class, Text};

/// Characters kept of one value; the longest documented one, a url, has 255.
const VALUE_CHARS: usize = 1024;
/// Values kept of one list; CUCM knows 10 hashes, 3 urls and 5 servers.
const LIST_AT_MOST: usize = 64;

/// What was understood of one region.
pub(super) struct Outcome {
    /// `None` where nothing was.
    pub config: Option<PhoneConfig>,
    pub notes: Vec<Note>,
    /// Nothing was damaged, cut or over a bound.
    pub undamaged: bool,
}

/// Reads one region.
pub(super) fn build(sample: &Sample<'_>, region: &Region, limits: &Limits) -> Outcome {
    let mut builder = Builder::new(sample, region, limits);
    builder.look_for_lost_text(region);
    let pieces = Pieces::new(sample.text.text(), region.range.clone(), limits.xml_attributes);
    if region.range.len() as u64 > limits.xml {
        builder.stop(region.range.start, TOO_LARGE);
    } else {
        for piece in pieces {
            builder.take(piece);
            if builder.stopped {
                break;
            }
        }
    }
    builder.finish(region)
}

/// Whether a value was ended by its own tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Own,
    Missing,
}

/// A number, a url or a hash: what stands in `<vpnGroup>`.
fn plausible(value: &str) -> bool {
    let number = !value.is_empty() && value.bytes().all(|digit| digit.is_ascii_digit());
    number || like_a_hash(value) || value.starts_with("https://") && !value.contains(char::is_whitespace)
}

/// An element whose text is being collected.
struct Leaf<'t> {
    name: &'t str,
    tag: usize,
    /// The file's own text, where nothing is put together.
    value: Cow<'t, str>,
    /// Where the text begins, blanks included.
    from: Option<usize>,
}

struct Builder<'t, 's> {
    sample: &'s Sample<'t>,
    limits: &'s Limits,
    config: PhoneConfig,
    notes: Vec<Note>,
    /// Open elements: name, and where the tag begins.
    stack: Vec<(&'s str, usize)>,
    leaf: Option<Leaf<'s>>,
    /// A `<vpnGroup>` is open.
    group_open: bool,
    /// The last byte that belongs to the group.
    group_end: usize,
    /// The first tag was closed.
    closed: bool,
    /// Damage, or a bound: absence proves nothing any more.
    lost: bool,
    undamaged: bool,
    stopped: bool,
    nodes: u32,
    priority: Option<u32>,
    managers: Vec<(u32, Located<String>)>,
    disabled_ciphers: Vec<(Block, Located<String>)>,
    full_lists: bool,
}

impl<'t, 's> Builder<'t, 's> {
    fn new(sample: &'s Sample<'t>, region: &Region, limits: &'s Limits) -> Self {
        let form = match region.form {
            Form::Device if named_default(sample.name) => Form::Default,
            form => form,
        };
        let config = PhoneConfig { form, lines: sample.text.line_count(), ..PhoneConfig::default() };
        Self {
            sample,
            limits,
            config,
            notes: Vec::new(),
            stack: Vec::new(),
            leaf: None,
            group_open: false,
            group_end: 0,
            closed: false,
            lost: false,
            undamaged: true,
            stopped: false,
            nodes: 0,
            priority: None,
            managers: Vec::new(),
            disabled_ciphers: Vec::new(),
            full_lists: false,
        }
    }

    /// Control characters, and lines that were cut when the text was decoded, may hide elements.
    fn look_for_lost_text(&mut self, region: &Region) {
        let text = self.sample.text.text().get(region.range.clone()).unwrap_or_default();
        let damage = |sign: char| {
            sign.is_control() && !matches!(sign, '\t' | '\n' | '\r') || sign == char::REPLACEMENT_CHARACTER
        };
        if let Some(at) = text.find(damage) {
            self.note(region.range.start + at, CONTROL_CHARACTERS);
            self.lost = true;
        }
        let long = text.split('\n').find(|line| line.len() + 4 > self.limits.line.max(8));
        if let Some(line) = long {
            let at = (line.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            self.note(region.range.start + at, LONG_LINE);
            self.lost = true;
        }
    }

    fn at(&self, byte: usize) -> At {
        self.sample.text.at(byte)
    }

    /// A note on damage.
    fn note(&mut self, byte: usize, text: Text) {
        self.undamaged = false;
        // One more than the limit, so that the intake can say that there are more.
        if self.notes.len() <= self.limits.notes {
            self.notes.push(Note::line(self.at(byte).line, text));
        }
    }

    /// Around a loose fragment there may be prose, whose angle brackets are no damage.
    fn strict(&self) -> bool {
        self.config.form != Form::Fragment || self.group_open
    }

    fn stop(&mut self, byte: usize, text: Text) {
        self.note(byte, text);
        self.lost = true;
        self.stopped = true;
    }

    fn take(&mut self, piece: Piece<'s>) {
        match piece {
            Piece::Open { name, start, attributes, priority } => {
                self.nodes = self.nodes.saturating_add(1);
                if self.nodes > self.limits.xml_nodes {
                    self.stop(start, TOO_MANY_ELEMENTS);
                } else if attributes > self.limits.xml_attributes {
                    self.stop(start, TOO_MANY_ATTRIBUTES);
                } else if self.stack.len() >= self.limits.xml_depth {
                    self.stop(start, TOO_DEEP);
                } else {
                    self.open(name, start, priority);
                }
            }
            Piece::Close { name, range } => self.close(name, range.start, range.end),
            Piece::Text { text, start } => self.text(text, start),
            Piece::Comment { text, start } => {
                if self.config.commented_vpn_group.is_none()
                    && let Some(at) = text.find("<vpnGroup")
                {
                    self.config.commented_vpn_group = Some(self.at(start + at));
                }
            }
            Piece::DocType { start } => self.stop(start, DOCTYPE),
            Piece::Damage { start } => {
                if self.strict() {
                    self.note(start, UNCLOSED_TAG);
                }
                self.lost = true;
            }
            Piece::GivenUp { start } => self.stop(start, TOO_DAMAGED),
        }
    }

    fn open(&mut self, name: &'s str, start: usize, priority: Option<u32>) {
        self.finish_leaf(Ending::Missing);
        if self.group_open && name == "vpnGroup" {
            self.note(start, OPENED_TWICE);
            return;
        }
        if self.group_open && AFTER_THE_GROUP.contains(&name) {
            self.note(start, GROUP_NOT_CLOSED);
            self.leave_group();
        }
        match name {
            "vpnGroup" if self.config.vpn_group.is_some() => self.note(start, SECOND_GROUP),
            "vpnGroup" => self.enter_group(start),
            "flat-profile" => self.config.form = Form::MultiPlatform,
            "member" => self.priority = priority,
            _ => {}
        }
        self.stack.push((name, start));
        self.leaf = Some(Leaf { name, tag: start, value: Cow::Borrowed(""), from: None });
    }

    fn close(&mut self, name: &'s str, start: usize, end: usize) {
        let own = self.leaf.as_ref().is_some_and(|leaf| leaf.name == name);
        self.finish_leaf(if own { Ending::Own } else { Ending::Missing });
        let Some(place) = self.stack.iter().rposition(|(open, _)| *open == name) else {
            // A lost beginning leaves ends without a start; in a fragment that is no damage worth a note.
            if name == "vpnGroup" && self.config.vpn_group.is_some() && !self.group_open {
                self.group_end = self.group_end.max(start);
            } else if self.config.form != Form::Fragment && !self.lost {
                self.note(start, unmatched(UNMATCHED_END, name));
            }
            return;
        };
        for (open, opened_at) in self.stack.split_off(place).into_iter().skip(1) {
            if self.strict() {
                self.note(opened_at, unmatched(NEVER_CLOSED, open));
            }
            if open == "vpnGroup" {
                self.group_open = false;
            }
        }
        if name == "vpnGroup" && self.group_open {
            self.group_open = false;
            self.group_end = end.saturating_sub(1);
            if let Some(group) = &mut self.config.vpn_group {
                group.complete = true;
            }
        }
        self.closed |= self.stack.is_empty();
    }

    fn text(&mut self, text: Cow<'s, str>, start: usize) {
        if self.leaf.is_none() && self.stack.last().is_some_and(|(name, _)| *name == "credentials") {
            self.leaf = Some(Leaf { name: "credentials", tag: start, value: Cow::Borrowed(""), from: None });
        } else if self.leaf.is_none() && self.config.form == Form::Fragment && like_a_hash(text.trim()) {
            // A fragment that begins behind `<credentials>`.
            self.leaf = Some(Leaf { name: "credentials", tag: start, value: Cow::Borrowed(""), from: None });
        }
        if let Some(leaf) = &mut self.leaf {
            let room = (VALUE_CHARS * 8).saturating_sub(leaf.value.len());
            leaf.from.get_or_insert(start);
            if leaf.value.is_empty() && text.len() <= room {
                leaf.value = text;
            } else {
                leaf.value.to_mut().extend(text.chars().take(room));
            }
        }
    }

    fn enter_group(&mut self, start: usize) {
        self.group_open = true;
        self.group_end = start;
        self.config.vpn_group = Some(VpnGroup { at: self.at(start), ..VpnGroup::default() });
    }

    fn leave_group(&mut self) {
        self.group_open = false;
        if let Some(place) = self.stack.iter().rposition(|(name, _)| *name == "vpnGroup") {
            self.stack.truncate(place);
        }
    }

    fn finish_leaf(&mut self, ending: Ending) {
        let Some(leaf) = self.leaf.take() else { return };
        let leading = leaf.value.len() - leaf.value.trim_start().len();
        let blank = leaf.value.trim().is_empty();
        // Where the text begins; a value that an entity or CDATA begins has no blanks in front of it.
        let place = match leaf.from {
            Some(from) if !blank => from.saturating_add(leading),
            _ => leaf.tag,
        };
        if self.group_open {
            self.group_end = self.group_end.max(place);
        }
        if leaf.name == "credentials" {
            if !blank {
                self.bare_hashes(&leaf.value, leaf.from.unwrap_or(leaf.tag));
            }
            return;
        }
        // A sentence that only names the tag goes on behind it.
        if ending == Ending::Missing && self.config.form == Form::Fragment && !plausible(leaf.value.trim()) {
            return;
        }
        let mut value = leaf.value.trim();
        if let Some((end, _)) = value.char_indices().nth(VALUE_CHARS) {
            value = value.get(..end).unwrap_or_default();
            self.note(place, LONG_VALUE);
        }
        if !self.group_value(leaf.name, value, place) {
            self.value(leaf.name, value, place);
        }
    }

    /// Files a value of `<vpnGroup>`. A group whose start tag is lost begins with the first element that only it has.
    fn group_value(&mut self, name: &str, value: &str, place: usize) -> bool {
        let (plain, number) = numbered(name);
        let alone = GROUP_ONLY.contains(&plain) && (plain != "certHash" || number.is_some());
        let fragment = self.config.form == Form::Fragment;
        let common =
            fragment && (matches!(plain, "mtu" | "authMethod") || plain == "url" && number.is_some());
        if self.config.vpn_group.is_none() && (alone || common) {
            self.enter_group(place);
            self.group_open = false;
            if !fragment {
                self.note(place, GROUP_NOT_OPENED);
            }
        }
        if !self.group_open && !alone && !common {
            return false;
        }
        let seen = Located::new(value.to_owned(), self.at(place));
        let Some(group) = &mut self.config.vpn_group else { return false };
        let slot = match (plain, number) {
            ("mtu", None) => &mut group.mtu,
            ("failConnectTime", None) => &mut group.fail_connect_time,
            ("authMethod", None) => &mut group.auth_method,
            ("pswdPersistent", None) => &mut group.password_persistent,
            ("autoNetDetect", None) => &mut group.auto_network_detect,
            ("enableHostIDCheck", None) => &mut group.host_id_check,
            ("hashAlg", None) => &mut group.hash_algorithm,
            ("url", Some(number)) => {
                self.full_lists |= !push(&mut group.urls, number, seen);
                self.group_end = self.group_end.max(place);
                return true;
            }
            ("certHash", Some(number)) => {
                let seen = Located::new(joined(value), seen.at);
                self.full_lists |= !push(&mut group.cert_hashes, number, seen);
                self.group_end = self.group_end.max(place);
                return true;
            }
            _ => return false,
        };
        keep(slot, seen);
        self.group_end = self.group_end.max(place);
        true
    }

    /// Hashes that stand in `<credentials>` without a tag of their own, as in Cisco's document: a hash may go over
    /// several lines, and ends with its `=`.
    fn bare_hashes(&mut self, text: &str, from: usize) {
        let mut hash = String::new();
        let mut place = from;
        let mut offset = from;
        let mut found = Vec::new();
        for line in text.split('\n') {
            let word = line.trim();
            if word.is_empty() || hash.is_empty() {
                if like_a_hash(&hash) {
                    found.push((place, std::mem::take(&mut hash)));
                }
                hash.clear();
                place = offset.saturating_add(line.len() - line.trim_start().len());
            }
            hash.push_str(word);
            if word.ends_with('=') && like_a_hash(&hash) {
                found.push((place, std::mem::take(&mut hash)));
            }
            offset = offset.saturating_add(line.len() + 1);
        }
        if like_a_hash(&hash) {
            found.push((place, hash));
        }
        for (place, hash) in found {
            if self.config.vpn_group.is_none() {
                self.enter_group(place);
                self.group_open = false;
            }
            let seen = Located::new(hash, self.at(place));
            if let Some(group) = &mut self.config.vpn_group {
                self.full_lists |= !push(&mut group.cert_hashes, 0, seen);
                self.group_end = self.group_end.max(place);
            }
        }
    }

    /// Files a value outside `<vpnGroup>`.
    fn value(&mut self, name: &str, value: &str, place: usize) {
        // Of most elements nothing is kept.
        let text = &self.sample.text;
        let seen = || Located::new(value.to_owned(), text.at(place));
        let config = &mut self.config;
        match name {
            "deviceProtocol" => keep(&mut config.protocol, seen()),
            "loadInformation" if !self.stack.iter().any(|(name, _)| name.starts_with("addOnModule")) => {
                keep(&mut config.load, seen());
            }
            "ipAddressMode" => keep(&mut config.ip_address_mode, seen()),
            "versionStamp" => keep(&mut config.version_stamp, seen()),
            "encrConfig" => keep(&mut config.encrypted, seen()),
            "deviceSecurityMode" => keep(&mut config.security_mode, seen()),
            "webAccess" => {
                let block = self.block();
                self.full_lists |= !push(&mut self.config.web_access, block, seen());
            }
            "spanToPCPort" => {
                let block = self.block();
                self.full_lists |= !push(&mut self.config.span_to_pc_port, block, seen());
            }
            "disableTLSCiphers" => {
                let block = self.block();
                self.full_lists |= !push(&mut self.disabled_ciphers, block, seen());
            }
            "processNodeName" if self.in_call_manager() => {
                let priority = self.priority.unwrap_or(u32::MAX);
                if self.managers.len() < LIST_AT_MOST {
                    self.managers.push((priority, seen()));
                } else {
                    self.full_lists = true;
                }
            }
            _ => {}
        }
    }

    /// The block around the element at hand.
    fn block(&self) -> Block {
        let blocks = self.stack.iter().rev().filter_map(|(name, _)| match *name {
            "vendorConfig" => Some(Block::Device),
            "commonConfig" => Some(Block::Common),
            "enterpriseConfig" => Some(Block::Enterprise),
            _ => None,
        });
        blocks.into_iter().next().unwrap_or(Block::Device)
    }

    /// CAPF and SRST name their servers with the same element.
    fn in_call_manager(&self) -> bool {
        let nearest = self.stack.iter().rev().map(|(name, _)| *name);
        nearest.into_iter().find(|name| matches!(*name, "callManager" | "capf" | "capfList" | "srstInfo"))
            == Some("callManager")
    }

    fn finish(mut self, region: &Region) -> Outcome {
        let cut = !self.closed && !self.stack.is_empty() && !self.stopped && self.strict();
        self.finish_leaf(Ending::Missing);
        if cut {
            let end = region.range.end.saturating_sub(1);
            self.note(end, cut_off(&self.stack));
        }
        if self.full_lists {
            self.note(region.range.start, FULL_LISTS);
            self.lost = true;
        }
        self.managers.sort_by_key(|(priority, _)| *priority);
        self.config.call_managers = self.managers.into_iter().map(|(_, seen)| seen).collect();
        self.disabled_ciphers.sort_by_key(|(block, seen)| (seen.value.is_empty(), *block));
        self.config.disabled_tls_ciphers = self.disabled_ciphers.into_iter().map(|(_, seen)| seen).next();
        let last_line = self.sample.text.at(self.group_end).line;
        if let Some(group) = &mut self.config.vpn_group {
            group.last_line = last_line.max(group.at.line);
            // Ten thousand phones have as many of these lists.
            group.urls.shrink_to_fit();
            group.cert_hashes.shrink_to_fit();
        }
        self.config.device = device(self.sample, region);
        let fragment = self.config.form == Form::Fragment;
        self.config.complete = self.closed && !self.lost && !fragment;
        let nothing = self.stopped && self.nodes <= 1;
        let config = (!nothing).then_some(self.config);
        Outcome { config, notes: self.notes, undamaged: self.undamaged }
    }
}

/// The phone's name: from the file's name, else from the first place in the text that names it.
fn device(sample: &Sample<'_>, region: &Region) -> Option<Located<String>> {
    if let Some((_, name)) = PhoneName::first_in(sample.name) {
        let at = sample.text.line(1).map(|line| line.at()).unwrap_or_default();
        return Some(Located::new(name.into(), at));
    }
    let text = sample.text.text().get(region.range.clone())?;
    let (at, name) = PhoneName::first_in(text)?;
    Some(Located::new(name.into(), sample.text.at(region.range.start + at)))
}

/// A name's number: `url1` is `url` and 1.
fn numbered(name: &str) -> (&str, Option<u32>) {
    let plain = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let number = name.get(plain.len()..).and_then(|digits| digits.parse().ok());
    (plain, number)
}

/// A hash without the line breaks, and the blanks around them, that a tool has put into it.
fn joined(value: &str) -> String {
    value.lines().map(str::trim).collect()
}

/// The first value counts, unless it was empty.
fn keep(slot: &mut Option<Located<String>>, seen: Located<String>) {
    if slot.as_ref().is_none_or(|kept| kept.value.is_empty()) {
        *slot = Some(seen);
    }
}

/// Adds to a list; false where it is full. A tag that stands where its end should be is empty, and adds nothing.
fn push<K: Copy + PartialEq>(list: &mut Vec<(K, Located<String>)>, key: K, seen: Located<String>) -> bool {
    let double = seen.value.is_empty() && list.iter().any(|(known, _)| *known == key);
    if double {
        return true;
    }
    if list.len() >= LIST_AT_MOST {
        return false;
    }
    list.push((key, seen));
    true
}

/// Elements of `<vpnGroup>` that nothing else has.
const GROUP_ONLY: &[&str] =
    &["autoNetDetect", "certHash", "enableHostIDCheck", "failConnectTime", "hashAlg", "pswdPersistent"];

/// Elements that stand behind `<vpnGroup>`, never in it (order of a file made by CUCM).
const AFTER_THE_GROUP: &[&str] = &[
    "commonConfig",
    "commonProfile",
    "enterpriseConfig",
    "loadInformation",
    "sipProfile",
    "vendorConfig",
    "versionStamp",
];

fn unmatched(text: Text, name: &str) -> Text {
    let name: String = name.chars().take(40).collect();
    text.with("name", Class::Words, name)
}

fn cut_off(stack: &[(&str, usize)]) -> Text {
    let open = stack.first().map_or("", |(name, _)| *name);
    unmatched(CUT_OFF, open)
}

pub(super) fn named_default(name: &str) -> bool {
    name.to_ascii_lowercase().contains("xmldefault")
}
