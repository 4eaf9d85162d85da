//! Walks over the commands and keeps the block that they stand in.

use super::blocks::{self, Attributes, Block, is};
use super::commands::Command;
use super::{
    aaa, access_list, bounded, certificate_map, chain, dap, group_policy, pool, ssl, trustpoint,
    tunnel_group, user, webvpn,
};
use crate::documents::asa_config::{
    AsaConfig, CertificateMap, DapRecord, GroupPolicy, Interface, LoadBalancing, Scope, Trustpoint,
    TunnelGroup, Webvpn, Written,
};
use crate::formats::Parsed;
use crate::input::Note;
use crate::limits::{self, Limits};
use crate::source::Located;
use crate::time::Stamp;

/// A configuration as far as it was read.
pub(super) struct Reader {
    config: AsaConfig,
    block: Block,
    /// Columns before the line that began the block.
    head: u32,
    style: Style,
    /// Columns before the `webvpn` of a group policy.
    inner: u32,
    /// What the block of an interface has said so far.
    interface: ThisInterface,
    /// A `webvpn` behind a block that may hold one, without indentation: the next line tells whether it stands at
    /// top level or begins this block.
    undecided: Option<(Block, Located<()>)>,
    chain: chain::Reader,
    lists: access_list::Lists,
    kept: limits::Lists,
}

/// `shutdown` stands before the name in what an ASA prints, and anywhere in what people type.
#[derive(Default)]
struct ThisInterface {
    shutdown: Option<Located<()>>,
    /// Its place in the list, once it has a name.
    place: Option<usize>,
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
            interface: ThisInterface::default(),
            undecided: None,
            chain: chain::Reader::new(limits),
            lists: access_list::Lists::default(),
            kept: limits::Lists::new(limits),
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
            if let Some(written) = written(&words) {
                self.config.written = Some(Located::new(written, command.at()));
            }
            if command.text == "!" && command.indent <= self.head || first.starts_with(['%', ':']) {
                self.leave();
            }
            return;
        }
        self.decide(command, &words);
        if self.inside(command, &words) {
            self.take_inside(command, &words);
            self.cut(bounded::inside);
            return;
        }
        self.leave();
        self.take_top(command, &words);
        self.cut(bounded::top);
        // The head of a block may say something of it: `aaa-server NAME (inside) host ADDRESS`.
        self.cut(bounded::inside);
    }

    /// The text has ended. Where something was left out, the rest is a piece: what is missed in it may be just that.
    pub fn finish(mut self, parsed: &mut Parsed, covered: Scope) -> AsaConfig {
        self.chain.finish(parsed);
        let cut = self.kept.note().map(Note::whole);
        self.config.scope = if cut.is_none() { covered } else { Scope::Excerpt };
        parsed.notes.extend(cut);
        if self.config.control_plane_lists.is_empty() {
            self.config.http.clear();
        }
        self.config.access_lists = self.lists.named(&self.config);
        self.config
    }

    /// Keeps lists within bounds. What follows would be taken for a part of the entry before the one that was cut.
    fn cut(&mut self, lists: fn(&mut AsaConfig, Block, &mut limits::Lists)) {
        let before = self.kept.left_out();
        lists(&mut self.config, self.block, &mut self.kept);
        if self.kept.left_out() > before {
            self.leave();
        }
    }

    fn leave(&mut self) {
        (self.block, self.style, self.undecided) = (Block::None, Style::Unknown, None);
    }

    fn enter(&mut self, block: Block, command: &Command<'_>) {
        (self.block, self.style, self.head) = (block, Style::Unknown, command.indent);
        self.interface = ThisInterface::default();
    }

    /// Settles whose `webvpn` the last line was, by what this one says.
    fn decide(&mut self, command: &Command<'_>, words: &[&str]) {
        let Some((inner, seen)) = self.undecided.take() else { return };
        if blocks::is_top_level_webvpn(words) {
            self.open_webvpn(seen);
            self.block = Block::Webvpn;
            self.head = command.indent;
        } else {
            self.block = inner;
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
                block if outer(block).is_some() && !blocks::holds(block, words) => {
                    self.block = outer(block).unwrap_or_default();
                    blocks::holds(self.block, words) && !begins_block(words)
                }
                block => blocks::holds(block, words) && !begins_block(words),
            },
        }
    }

    fn take_inside(&mut self, command: &Command<'_>, words: &[&str]) {
        if let Some(outer) = outer(self.block)
            && self.style == Style::Indented
            && command.indent <= self.inner
        {
            self.block = outer;
        }
        if let Some(inner) = inner(self.block)
            && words == ["webvpn"]
        {
            if self.style == Style::Flat {
                self.undecided = Some((inner, Located::new((), command.at())));
            } else {
                self.inner = command.indent;
                self.block = inner;
            }
            return;
        }
        let config = &mut self.config;
        match self.block {
            Block::None => {}
            Block::Interface => take_interface(command, words, config, &mut self.interface),
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
            Block::GroupPolicy(at) | Block::GroupPolicyWebvpn(at) => {
                if let Some(policy) = config.group_policies.get_mut(at) {
                    let inside =
                        if matches!(self.block, Block::GroupPolicyWebvpn(_)) { "webvpn " } else { "" };
                    policy.attributes.extend(group_policy::attribute(command, words, inside));
                }
            }
            Block::Username(at) | Block::UsernameWebvpn(at) => {
                if let Some(user) = config.users.get_mut(at) {
                    let inside = if matches!(self.block, Block::UsernameWebvpn(_)) { "webvpn " } else { "" };
                    user.attributes.extend(group_policy::attribute(command, words, inside));
                }
            }
            Block::AaaServer(at) => {
                if let Some(server) = config.aaa_servers.get_mut(at) {
                    aaa::take(command, words, server);
                }
            }
            Block::CertificateMap(at) => {
                if let Some(map) = config.certificate_maps.get_mut(at) {
                    certificate_map::take(command, map);
                }
            }
            Block::AccessPolicy(at) => {
                if let Some(record) = config.dap_records.get_mut(at) {
                    dap::take(command, words, record);
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
        let seen = |word: &str| Located::new(word.to_owned(), command.at());
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
            ["crypto", "ca", word, "map", name, number] if is(word, "certificate", 4) => {
                let map = CertificateMap {
                    name: seen(name),
                    sequence: (*number).to_owned(),
                    ..CertificateMap::default()
                };
                self.config.certificate_maps.push(map);
                self.enter(Block::CertificateMap(self.config.certificate_maps.len() - 1), command);
            }
            ["certificate", ..] => self.chain.begin_alone(command, words),
            ["ssl", ..] | ["no", "ssl", ..] => ssl::take(command, words, &mut self.config.ssl),
            ["webvpn"] => {
                self.open_webvpn(Located::new((), command.at()));
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
            [word, name, kind @ ..] if is(word, "group-policy", 7) => self.group_policy(command, name, kind),
            ["username", name, rest @ ..] => {
                let at = user::named(command, name, &mut self.config.users);
                if rest.first().is_some_and(|word| is(word, "attributes", 3)) {
                    self.enter(Block::Username(at), command);
                }
            }
            ["aaa-server", _, _, ..] => {
                if let Some(at) = aaa::head(command, words, &mut self.config.aaa_servers) {
                    self.enter(Block::AaaServer(at), command);
                }
            }
            ["vpn-addr-assign", "local", ..] => self.config.local_addresses_off = None,
            ["no", "vpn-addr-assign", "local"] => {
                self.config.local_addresses_off = Some(Located::new((), command.at()));
            }
            ["ip", "local", "pool", rest @ ..] => {
                self.config.address_pools.extend(pool::pool(command, rest));
            }
            ["access-list", ..] => self.lists.take(command, words),
            ["access-group", ..] | ["no", "access-group", ..] => {
                access_list::bind(command, words, &mut self.config);
            }
            ["http", "server", "enable", ..] => self.config.http.push(seen(command.after(1))),
            ["http", address, mask, _] => {
                let mut allowed = seen(command.after(1));
                // Nothing in front of the interface's name tells that it is one: it is not quoted.
                allowed.at.text = format!("http {address} {mask}");
                self.config.http.push(allowed);
            }
            ["tunnel-group-map", ..] => self.config.tunnel_group_maps.push(seen(command.after(1))),
            ["crypto", "ca", "permit-weak-crypto"] => {
                self.config.permit_weak_crypto = Some(Located::new(true, command.at()));
            }
            ["no", "crypto", "ca", "permit-weak-crypto"] => {
                self.config.permit_weak_crypto = Some(Located::new(false, command.at()));
            }
            ["dynamic-access-policy-record", name] => {
                self.config.dap_records.push(DapRecord { name: seen(name), ..DapRecord::default() });
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

    fn open_webvpn(&mut self, seen: Located<()>) {
        self.config.webvpn.get_or_insert_with(|| Webvpn { at: seen.at, ..Webvpn::default() });
    }

    fn trustpoint(&mut self, name: Located<String>) -> usize {
        let list = &mut self.config.trustpoints;
        list.iter().position(|known| known.name.value == name.value).unwrap_or_else(|| {
            list.push(Trustpoint { name, ..Trustpoint::default() });
            list.len() - 1
        })
    }

    fn tunnel_group(&mut self, name: Located<String>) -> usize {
        let list = &mut self.config.tunnel_groups;
        list.iter().position(|known| known.name.value == name.value).unwrap_or_else(|| {
            list.push(TunnelGroup { name, ..TunnelGroup::default() });
            list.len() - 1
        })
    }

    fn group_policy(&mut self, command: &Command<'_>, name: &str, rest: &[&str]) {
        let Some(kind) = rest.first() else { return };
        let attributes = is(kind, "attributes", 3);
        if !attributes && !is(kind, "internal", 3) && !is(kind, "external", 3) {
            return;
        }
        let list = &mut self.config.group_policies;
        let at = list.iter().position(|known| known.name.value == name).unwrap_or_else(|| {
            list.push(GroupPolicy {
                name: Located::new(name.to_owned(), command.at()),
                ..GroupPolicy::default()
            });
            list.len() - 1
        });
        let Some(policy) = list.get_mut(at) else { return };
        if attributes {
            policy.shown.get_or_insert_with(|| command.at());
            self.enter(Block::GroupPolicy(at), command);
        } else {
            group_policy::made(command, rest, policy);
            if let Some(internal) = &policy.internal
                && internal.at.line == policy.name.at.line
            {
                policy.name.at = internal.at.clone();
            }
        }
    }
}

/// The block that begins with `webvpn` inside this one.
fn inner(block: Block) -> Option<Block> {
    match block {
        Block::GroupPolicy(at) => Some(Block::GroupPolicyWebvpn(at)),
        Block::Username(at) => Some(Block::UsernameWebvpn(at)),
        // What stands in an access policy's part is read with the rest of it.
        Block::AccessPolicy(at) => Some(Block::AccessPolicy(at)),
        _ => None,
    }
}

/// The block that this one is a part of.
fn outer(block: Block) -> Option<Block> {
    match block {
        Block::GroupPolicyWebvpn(at) => Some(Block::GroupPolicy(at)),
        Block::UsernameWebvpn(at) => Some(Block::Username(at)),
        _ => None,
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
        ["crypto" | "ssl" | "username" | "vpn" | "aaa-server", ..] => true,
        [word, _, kind, ..] if is(word, "tunnel-group", 8) => attributes(kind).is_some(),
        [word, _, _, ..] => is(word, "group-policy", 7),
        _ => false,
    }
}

fn take_interface(command: &Command<'_>, words: &[&str], config: &mut AsaConfig, this: &mut ThisInterface) {
    match words {
        [word, name] if is(word, "nameif", 4) => {
            this.place = Some(config.interfaces.len());
            config.interfaces.push(Interface {
                name: Located::new((*name).to_owned(), command.at()),
                address: None,
                shutdown: this.shutdown.clone(),
            });
        }
        [word] | ["no", word] if is(word, "shutdown", 4) => {
            this.shutdown = (words.len() == 1).then(|| Located::new((), command.at()));
            if let Some(interface) = this.place.and_then(|place| config.interfaces.get_mut(place)) {
                interface.shutdown = this.shutdown.clone();
            }
        }
        ["ip", word, address, ..] if is(word, "address", 3) && address.contains('.') => {
            if let Some(interface) =
                config.interfaces.last_mut().filter(|interface| interface.address.is_none())
            {
                interface.address = Some(Located::new((*address).to_owned(), command.at()));
            }
        }
        _ => {}
    }
}

/// `: Written by admin at 10:00:00.123 UTC Mon Nov 16 2026`
fn written(words: &[&str]) -> Option<Written> {
    let [":", "Written", "by", .., clock, zone, _weekday, month, day, year] = words else { return None };
    let clock = Stamp {
        year: Some(year.parse().ok()?),
        month_day: Some((Stamp::month(month)?, day.parse().ok()?)),
        micros_of_day: Stamp::clock(clock)?,
        offset_minutes: None,
    };
    Some(Written { clock, zone: (*zone).to_owned() })
}

fn take_load_balancing(command: &Command<'_>, words: &[&str], balancing: &mut LoadBalancing) {
    match words {
        ["participate"] => balancing.participate = Some(Located::new(true, command.at())),
        ["no", "participate"] => balancing.participate = Some(Located::new(false, command.at())),
        ["cluster", "ip", "address", address, ..] => {
            balancing.cluster_address = Some(Located::new((*address).to_owned(), command.at()));
        }
        _ => {}
    }
}
