//! Walks over the commands and keeps the block that they stand in.

use super::blocks::{self, Attributes, Block, is};
use super::commands::Command;
use super::{
    AsaConfig, DapRecord, GroupPolicy, Interface, LoadBalancing, Trustpoint, TunnelGroup, Webvpn, chain,
    group_policy, ssl, trustpoint, tunnel_group, webvpn,
};
use crate::formats::Parsed;
use crate::limits::Limits;
use crate::source::Seen;

/// A configuration as far as it was read.
pub(super) struct Reader {
    config: AsaConfig,
    block: Block,
    /// Columns before the line that began the block.
    head: u32,
    style: Style,
    /// Columns before the `webvpn` of a group policy.
    inner: u32,
    /// A `webvpn` behind a group policy, without indentation: the next line tells whose it is.
    undecided: Option<(usize, Seen<()>)>,
    chain: chain::Reader,
}

/// How a block holds its lines together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Its first line has not come yet.
    Unknown,
    /// By indentation.
    Indented,
    /// By nothing but their words.
    Flat,
}

impl Reader {
    pub fn new(limits: &Limits) -> Self {
        Self {
            config: AsaConfig::default(),
            block: Block::None,
            head: 0,
            style: Style::Unknown,
            inner: 0,
            undecided: None,
            chain: chain::Reader::new(limits),
        }
    }

    /// Takes the next command.
    pub fn take(&mut self, command: &Command<'_>) {
        if self.chain.take(command) {
            return;
        }
        let words = command.words();
        let Some(first) = words.first() else { return };
        if first.starts_with(['!', ':', '%']) {
            // A lone `!` separates blocks; with text behind it, it is a comment that may stand anywhere.
            if command.text == "!" && command.indent <= self.head || first.starts_with(['%', ':']) {
                self.leave();
            }
            return;
        }
        self.decide(command, &words);
        if self.inside(command, &words) {
            self.take_inside(command, &words);
            return;
        }
        self.leave();
        self.take_top(command, &words);
    }

    /// The text has ended.
    pub fn finish(self, parsed: &mut Parsed) -> AsaConfig {
        self.chain.finish(parsed);
        self.config
    }

    fn leave(&mut self) {
        (self.block, self.style, self.undecided) = (Block::None, Style::Unknown, None);
    }

    fn enter(&mut self, block: Block, command: &Command<'_>) {
        (self.block, self.style, self.head) = (block, Style::Unknown, command.indent);
    }

    /// Settles whose `webvpn` the last line was, by what this one says.
    fn decide(&mut self, command: &Command<'_>, words: &[&str]) {
        let Some((policy, seen)) = self.undecided.take() else { return };
        if blocks::is_top_level_webvpn(words) {
            self.open_webvpn(seen);
            self.block = Block::Webvpn;
            self.head = command.indent;
        } else {
            self.block = Block::GroupPolicyWebvpn(policy);
        }
        self.style = Style::Flat;
    }

    fn inside(&mut self, command: &Command<'_>, words: &[&str]) -> bool {
        if self.block == Block::None {
            return false;
        }
        if self.style == Style::Unknown {
            self.style = if command.indent > self.head { Style::Indented } else { Style::Flat };
        }
        match self.style {
            Style::Indented => command.indent > self.head,
            _ => match self.block {
                // After the part of a group policy, its other attributes may go on.
                Block::GroupPolicyWebvpn(policy) if !blocks::holds(self.block, words) => {
                    self.block = Block::GroupPolicy(policy);
                    blocks::holds(self.block, words)
                }
                block => blocks::holds(block, words) && !begins_block(words),
            },
        }
    }

    fn take_inside(&mut self, command: &Command<'_>, words: &[&str]) {
        if let Block::GroupPolicyWebvpn(policy) = self.block
            && self.style == Style::Indented
            && command.indent <= self.inner
        {
            self.block = Block::GroupPolicy(policy);
        }
        let config = &mut self.config;
        match self.block {
            Block::None | Block::Username => {}
            Block::Interface => take_interface(command, words, config),
            Block::Trustpoint(at) => {
                if let Some(trustpoint) = config.trustpoints.get_mut(at) {
                    trustpoint::take(command, words, trustpoint);
                }
            }
            Block::Chain(at) => self.chain.begin(command, words, at, config),
            Block::Webvpn => {
                if let Some(webvpn) = &mut config.webvpn {
                    webvpn::take(command, words, webvpn);
                }
            }
            Block::TunnelGroup(at, attributes) => {
                if let Some(group) = config.tunnel_groups.get_mut(at) {
                    tunnel_group::take(command, words, attributes, group);
                }
            }
            Block::GroupPolicy(at) => {
                if words == ["webvpn"] {
                    if self.style == Style::Flat {
                        self.undecided = Some((at, Seen::new((), command.at())));
                    } else {
                        self.inner = command.indent;
                        self.block = Block::GroupPolicyWebvpn(at);
                    }
                } else if let Some(policy) = config.group_policies.get_mut(at) {
                    group_policy::take(command, words, "", policy);
                }
            }
            Block::GroupPolicyWebvpn(at) => {
                if let Some(policy) = config.group_policies.get_mut(at) {
                    group_policy::take(command, words, "webvpn ", policy);
                }
            }
            Block::AccessPolicy(at) => {
                if let (["action", ..], Some(record)) = (words, config.dap_records.get_mut(at)) {
                    record.action = Some(Seen::new(command.after(1).to_owned(), command.at()));
                }
            }
            Block::LoadBalancing => {
                if let Some(balancing) = &mut config.load_balancing {
                    take_load_balancing(command, words, balancing);
                }
            }
        }
    }

    fn take_top(&mut self, command: &Command<'_>, words: &[&str]) {
        let seen = |word: &str| Seen::new(word.to_owned(), command.at());
        match words {
            ["ASA" | "PIX", "Version", version, ..] => self.config.version = Some(seen(version)),
            ["hostname", name] => self.config.hostname = Some(seen(name)),
            [word, _, ..] if is(word, "interface", 3) => self.enter(Block::Interface, command),
            ["crypto", "ca" | "pki", word, name, ..] if is(word, "trustpoint", 7) => {
                let at = self.trustpoint(seen(name));
                self.enter(Block::Trustpoint(at), command);
            }
            ["crypto", "ca" | "pki", word, "chain", name] if is(word, "certificate", 4) => {
                let at = self.trustpoint(seen(name));
                self.enter(Block::Chain(at), command);
            }
            ["certificate", ..] => self.chain.begin_alone(command, words),
            ["ssl", ..] | ["no", "ssl", ..] => ssl::take(command, words, &mut self.config.ssl),
            ["webvpn"] => {
                self.open_webvpn(Seen::new((), command.at()));
                self.enter(Block::Webvpn, command);
            }
            [word, name, kind, ..] if is(word, "tunnel-group", 8) => {
                let Some(attributes) = attributes(kind) else { return };
                let at = self.tunnel_group(seen(name));
                match attributes {
                    None => {
                        if let (Some(group), Some(kind)) =
                            (self.config.tunnel_groups.get_mut(at), words.get(3))
                        {
                            group.kind = Some(seen(kind));
                        }
                    }
                    Some(attributes) => self.enter(Block::TunnelGroup(at, attributes), command),
                }
            }
            [word, name, kind, ..] if is(word, "group-policy", 7) => self.group_policy(command, name, kind),
            ["username", _, word] if is(word, "attributes", 3) => self.enter(Block::Username, command),
            ["dynamic-access-policy-record", name] => {
                self.config.dap_records.push(DapRecord { name: seen(name), action: None });
                self.enter(Block::AccessPolicy(self.config.dap_records.len() - 1), command);
            }
            ["vpn", "load-balancing"] => {
                self.config.load_balancing =
                    Some(LoadBalancing { at: command.at(), ..LoadBalancing::default() });
                self.enter(Block::LoadBalancing, command);
            }
            _ => {}
        }
    }

    fn open_webvpn(&mut self, seen: Seen<()>) {
        self.config.webvpn.get_or_insert_with(|| Webvpn { at: seen.at, ..Webvpn::default() });
    }

    fn trustpoint(&mut self, name: Seen<String>) -> usize {
        let list = &mut self.config.trustpoints;
        list.iter().position(|known| known.name.value == name.value).unwrap_or_else(|| {
            list.push(Trustpoint { name, ..Trustpoint::default() });
            list.len() - 1
        })
    }

    fn tunnel_group(&mut self, name: Seen<String>) -> usize {
        let list = &mut self.config.tunnel_groups;
        list.iter().position(|known| known.name.value == name.value).unwrap_or_else(|| {
            list.push(TunnelGroup { name, ..TunnelGroup::default() });
            list.len() - 1
        })
    }

    fn group_policy(&mut self, command: &Command<'_>, name: &str, kind: &str) {
        let internal = match kind {
            kind if is(kind, "internal", 3) => Some(true),
            kind if is(kind, "external", 3) => Some(false),
            kind if is(kind, "attributes", 3) => None,
            _ => return,
        };
        let list = &mut self.config.group_policies;
        let at = list.iter().position(|known| known.name.value == name).unwrap_or_else(|| {
            list.push(GroupPolicy {
                name: Seen::new(name.to_owned(), command.at()),
                ..GroupPolicy::default()
            });
            list.len() - 1
        });
        match internal {
            None => self.enter(Block::GroupPolicy(at), command),
            Some(internal) => {
                if let Some(policy) = list.get_mut(at) {
                    policy.internal = Some(Seen::new(internal, command.at()));
                }
            }
        }
    }
}

/// What the third word of `tunnel-group NAME …` begins: a block, or nothing for `type`.
pub(super) fn attributes(word: &str) -> Option<Option<Attributes>> {
    match word {
        "type" => Some(None),
        word if is(word, "general-attributes", 3) => Some(Some(Attributes::General)),
        word if is(word, "webvpn-attributes", 3) => Some(Some(Attributes::Webvpn)),
        word if is(word, "ipsec-attributes", 3) || is(word, "ppp-attributes", 3) => {
            Some(Some(Attributes::Other))
        }
        _ => None,
    }
}

/// True for the first line of a block that holds lines of phones' interest, which a block without indentation
/// must not take for its own.
fn begins_block(words: &[&str]) -> bool {
    match words {
        ["crypto" | "ssl" | "username" | "vpn", ..] => true,
        [word, _, kind, ..] if is(word, "tunnel-group", 8) => attributes(kind).is_some(),
        [word, _, _, ..] => is(word, "group-policy", 7),
        _ => false,
    }
}

fn take_interface(command: &Command<'_>, words: &[&str], config: &mut AsaConfig) {
    match words {
        [word, name] if is(word, "nameif", 4) => {
            config
                .interfaces
                .push(Interface { name: Seen::new((*name).to_owned(), command.at()), address: None });
        }
        ["ip", word, address, ..] if is(word, "address", 3) && address.contains('.') => {
            if let Some(interface) =
                config.interfaces.last_mut().filter(|interface| interface.address.is_none())
            {
                interface.address = Some(Seen::new((*address).to_owned(), command.at()));
            }
        }
        _ => {}
    }
}

fn take_load_balancing(command: &Command<'_>, words: &[&str], balancing: &mut LoadBalancing) {
    match words {
        ["participate"] => balancing.participate = Some(Seen::new(true, command.at())),
        ["no", "participate"] => balancing.participate = Some(Seen::new(false, command.at())),
        ["cluster", "ip", "address", address, ..] => {
            balancing.cluster_address = Some(Seen::new((*address).to_owned(), command.at()));
        }
        _ => {}
    }
}
