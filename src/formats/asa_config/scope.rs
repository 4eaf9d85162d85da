//! Whether a text is a configuration, and what it covers of one.
//!
//! Absence proves something only where presence would have been seen. A whole configuration begins with
//! `ASA Version` and ends with `: end`; the output of `show running-config ssl` covers the lines that begin with
//! `ssl`; the output for one name, or filtered by `| include`, covers nothing.
//!
//! Backup tools leave out comments, and with them the end (Oxidized, model `asa`) or all that stands before `hostname`.
//! Then the content tells: a configuration is printed in the same order by every release, so one that begins with its
//! first sections and ends with its last, without a sign that something was left out, is whole.

use super::blocks::is;
use super::commands::{self, Command};
use super::{chain, reader};
use crate::documents::asa_config::Scope;
use crate::formats::{Claim, Sample, Share};
use crate::input::Kind;
use crate::lines::{printed_by, quoted};

/// What a text covers.
pub(super) struct Covered {
    pub scope: Scope,
    pub all: bool,
}

/// Whether a text says that it begins a whole configuration and does not go on to its end.
pub(super) fn is_cut(sample: &Sample<'_>, scope: &Scope) -> bool {
    let begins = || sample.text.lines().take(HEAD_LINES).any(|line| line.text.trim() == SAVED);
    sample.complete && *scope == Scope::Excerpt && begins() && !ends(sample)
}

/// Works it out from the command that printed it and from its first and last lines.
pub(super) fn covered(sample: &Sample<'_>) -> Covered {
    let command = sample.command.map(str::to_owned).or_else(|| asdm_command(sample));
    let (section, all) = match command.as_deref().and_then(shown) {
        Some(shown) => shown,
        None => (Section::Everything, false),
    };
    let scope = match section {
        Section::Everything if is_whole(sample) => Scope::Whole,
        Section::Named(words) => Scope::Sections(vec![words]),
        Section::Everything | Section::Part => Scope::Excerpt,
    };
    Covered { scope, all }
}

/// `Result of the command: "show running-config ssl"`, as ASDM's command window prints it.
fn asdm_command(sample: &Sample<'_>) -> Option<String> {
    let line = sample.text.lines().take(HEAD_LINES).find(|line| line.text.trim_start().starts_with(ASDM))?;
    line.text.split('"').nth(1).map(str::to_owned)
}

/// The sections of a configuration that a command prints.
#[derive(Debug, PartialEq, Eq)]
enum Section {
    Everything,
    /// The lines that begin with these words.
    Named(String),
    /// Only some of them.
    Part,
}

/// What a `show running-config` prints, and whether with defaults; `None` for another command.
fn shown(command: &str) -> Option<(Section, bool)> {
    let (command, filter) = command.split_once('|').map_or((command, false), |(head, _)| (head, true));
    let words: Vec<&str> = command.split_ascii_whitespace().collect();
    let rest = match words.as_slice() {
        [show, word, rest @ ..] if is(show, "show", 2) && is(word, "running-config", 3) => rest,
        [show, word, rest @ ..] if is(show, "show", 2) && is(word, "startup-config", 3) => rest,
        ["more", word, rest @ ..] if word.ends_with("running-config") => rest,
        [write, word, rest @ ..] if is(write, "write", 2) && is(word, "terminal", 1) => rest,
        _ => return None,
    };
    let (all, rest) = match rest {
        ["all", rest @ ..] => (true, rest),
        [rest @ .., "all"] => (true, rest),
        rest => (false, rest),
    };
    if filter {
        return Some((Section::Part, all));
    }
    let section = match rest {
        [] => Section::Everything,
        rest => SECTIONS
            .iter()
            .find(|section| {
                let known: Vec<&str> = section.split(' ').collect();
                known.len() == rest.len()
                    && rest.iter().zip(known).all(|(word, known)| is(word, known, 3.min(known.len())))
            })
            .map_or(Section::Part, |section| Section::Named((*section).to_owned())),
    };
    Some((section, all))
}

/// Begins with its version and ends with its end; or the one that is missing is told by the content.
fn is_whole(sample: &Sample<'_>) -> bool {
    if !sample.complete {
        return false;
    }
    let begins = sample.text.lines().take(HEAD_LINES).any(|line| is_version(line.text));
    let ends = ends(sample);
    begins && ends || Content::of(sample).is_whole(ends)
}

fn ends(sample: &Sample<'_>) -> bool {
    let mut tail = sample.text.lines().rev().take(TAIL_LINES);
    tail.any(|line| matches!(line.text.trim(), ": end" | ":end"))
}

/// What of a whole configuration's content a text has.
#[derive(Default)]
struct Content {
    /// Its first command is one of those that a configuration begins with.
    begins: bool,
    hostname: bool,
    interface: bool,
    webvpn: bool,
    /// The last command at the left edge is one of the last section's.
    ends: bool,
    /// A sign that something was left out.
    cut: bool,
}

impl Content {
    fn of(sample: &Sample<'_>) -> Self {
        // A text that ends in the middle of a line was cut.
        let ends = sample.bytes.last().is_some_and(|last| matches!(last, b'\n' | b'\r' | 0));
        let mut content = Self { cut: !ends, ..Self::default() };
        let mut first = true;
        for line in sample.text.lines() {
            let text = line.text.trim();
            content.cut |= LEFT_OUT.iter().any(|sign| text.contains(sign));
            content.interface |= text.starts_with("nameif ") && line.text.starts_with(' ');
            if text.is_empty() || text.starts_with(['!', ':']) || line.text.starts_with([' ', '\t']) {
                continue;
            }
            if first {
                content.begins = is_version(text) || text.starts_with("hostname ");
                first = false;
            }
            content.hostname |= text.starts_with("hostname ");
            content.webvpn |= text == "webvpn";
            content.ends = LAST_SECTIONS.iter().any(|word| text.starts_with(word));
        }
        content
    }

    fn is_whole(&self, ends: bool) -> bool {
        let middle = self.hostname && self.interface && self.webvpn;
        self.begins && middle && (self.ends || ends) && !self.cut
    }
}

fn is_version(line: &str) -> bool {
    let rest = line.trim().strip_prefix("ASA Version ").or_else(|| line.trim().strip_prefix("PIX Version "));
    rest.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

/// The claim to a text.
pub(super) fn claim(sample: &Sample<'_>) -> Option<Claim> {
    let section = sample.command.and_then(shown).map(|(section, _)| section);
    if let (Some(Section::Named(words)), Some(command)) = (&section, sample.command)
        && !ALSO_IOS.contains(&words.as_str())
    {
        return Some(made(Kind::AsaConfig, 85, command, None));
    }
    let mut marks: Vec<(&'static str, u32, String)> = Vec::new();
    let (mut ios, mut router) = (None, false);
    for line in sample.text.unlogged_lines() {
        let text = line.text.trim();
        if is_version(text) || text == SAVED {
            return Some(made(Kind::AsaConfig, 90, text, Some(line.number)));
        }
        if text.is_empty() || text.starts_with(['%', '!', '|']) {
            continue;
        }
        for command in commands::commands(&line) {
            let words = command.words();
            if ios.is_none() && matches!(words.as_slice(), ["crypto", "pki", "certificate", "chain", _]) {
                ios = Some((line.number, command.text.to_owned()));
            }
            router = router || is_router(&words);
            if let Some(mark) = mark(&command, &words)
                && marks.iter().all(|(known, _, _)| *known != mark)
            {
                marks.push((mark, line.number, command.text.to_owned()));
            }
        }
        if marks.len() >= ENOUGH {
            break;
        }
    }
    if router {
        marks.clear();
    }
    let strength = match (marks.len(), &section) {
        (0, _) => {
            let (number, text) = ios?;
            return Some(made(Kind::Certificate, 35, &text, Some(number)));
        }
        (_, Some(_)) => 85,
        (1, None) => 30,
        (2, None) => 60,
        _ => 70,
    };
    let (_, number, text) = marks.first()?;
    Some(made(Kind::AsaConfig, strength, text, Some(*number)))
}

/// What only a router's configuration says, CME's above all. It shares many of an ASA's words.
fn is_router(words: &[&str]) -> bool {
    matches!(
        words,
        ["telephony-service"]
            | ["crypto", "pki", "server" | "trustpoint", ..]
            | ["webvpn", "gateway" | "context", ..]
    )
}

fn made(kind: Kind, strength: u8, text: &str, line: Option<u32>) -> Claim {
    let because = match line {
        Some(line) => quoted(text, line),
        None => printed_by(text),
    };
    Claim { kind, strength, because, share: Share::Mixed }
}

/// What a command says about the device, where only an ASA has it. Each word counts once.
fn mark(command: &Command<'_>, words: &[&str]) -> Option<&'static str> {
    let known = match words {
        ["no", rest @ ..] => return mark(command, rest),
        [word, _, kind, ..] if is(word, "tunnel-group", 8) && reader::attributes(kind).is_some() => {
            "tunnel-group"
        }
        [word, _, "internal" | "external" | "attributes", ..] if is(word, "group-policy", 7) => {
            "group-policy"
        }
        ["ssl", word, _, ..] if is(word, "trust-point", 5) => "ssl trust-point",
        ["ssl", "encryption", cipher, ..] if cipher.contains('-') => "ssl encryption",
        ["ssl", "cipher", version, _, ..] if version.contains("tls") || *version == "default" => "ssl cipher",
        ["ssl", "server-version" | "client-version", version]
            if version.contains("ssl") || version.contains("tls") || *version == "any" =>
        {
            "ssl server-version"
        }
        ["webvpn"] => "webvpn",
        ["crypto", "ca", word, _] if is(word, "trustpoint", 7) => "crypto ca trustpoint",
        ["crypto", "ca", word, "chain", _] if is(word, "certificate", 4) => "crypto ca certificate chain",
        ["certificate", ..] if chain::head(words).is_some() && command.indent > 0 => "certificate",
        ["dynamic-access-policy-record", _] => "dynamic-access-policy-record",
        ["anyconnect" | "svc" | "csd" | "hostscan", "image" | "enable", ..] => "anyconnect",
        ["anyconnect-essentials"] => "anyconnect-essentials",
        ["nameif", _] => "nameif",
        ["vpn", "load-balancing"] => "vpn load-balancing",
        ["vpn-tunnel-protocol", protocol, ..] if PROTOCOLS.contains(protocol) => "vpn-tunnel-protocol",
        ["vpn-simultaneous-logins", number] if number.parse::<u32>().is_ok() => "vpn-simultaneous-logins",
        ["group-url", url, "enable" | "disable"] if url.contains("://") => "group-url",
        ["without-csd"] | ["without-csd", "anyconnect"] => "without-csd",
        ["security-level", level] if level.parse::<u32>().is_ok() => "security-level",
        ["default-group-policy", _] => "default-group-policy",
        ["username", _, "attributes"] => "username",
        ["aaa-server", _, "protocol", _] => "aaa-server",
        ["ip", "local", "pool", _, range, ..] if range.contains('-') => "ip local pool",
        _ => return None,
    };
    Some(known)
}

const ASDM: &str = "Result of the command:";
const PROTOCOLS: [&str; 8] =
    ["ikev1", "ikev2", "l2tp-ipsec", "ssl-client", "ssl-clientless", "svc", "webvpn", "IPSec"];
/// Sections that `show running-config` prints by themselves, with the words that their lines begin with.
const SECTIONS: [&str; 15] = [
    "aaa-server",
    "access-list",
    "crypto ca trustpoint",
    "crypto ca certificate chain",
    "crypto ca certificate map",
    "crypto ca",
    "crypto map",
    "ip local pool",
    "dynamic-access-policy-record",
    "group-policy",
    "ssl",
    "tunnel-group",
    "vpn load-balancing",
    "webvpn",
    "username",
];
/// Sections that a router has too.
const ALSO_IOS: [&str; 4] = ["access-list", "crypto map", "ip local pool", "username"];
/// What the output of a whole configuration begins with.
const SAVED: &str = ": Saved";
/// Lines in which the beginning of a configuration stands; a pager or a comment may come before it.
const HEAD_LINES: usize = 30;
/// What stands at the left edge at the end of a configuration, in the order that it is printed in.
const LAST_SECTIONS: [&str; 9] = [
    "tunnel-group ",
    "class-map ",
    "policy-map ",
    "service-policy ",
    "smtp-server ",
    "prompt hostname",
    "call-home",
    "no call-home",
    "Cryptochecksum:",
];
/// What people and programs write in the place of lines.
const LEFT_OUT: [&str; 8] =
    ["<--- More --->", "snip", "omitted", "[...]", "<...>", "truncated", "cut here", "gekürzt"];
/// Lines in which its end stands.
const TAIL_LINES: usize = 6;
/// Different marks after which nothing more is looked for.
const ENOUGH: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_says_what_its_output_covers() {
        let named = |words: &str| Section::Named(words.to_owned());
        for (command, expected) in [
            ("show running-config", Some((Section::Everything, false))),
            ("sh run all", Some((Section::Everything, true))),
            ("show run all ssl", Some((named("ssl"), true))),
            ("show running-config webvpn", Some((named("webvpn"), false))),
            ("show run tunnel", Some((named("tunnel-group"), false))),
            ("show run tunnel-group VPNPhone", Some((Section::Part, false))),
            ("show run crypto ca trustpoint", Some((named("crypto ca trustpoint"), false))),
            ("show run crypto ca", Some((named("crypto ca"), false))),
            ("show run crypto map", Some((named("crypto map"), false))),
            ("show run all aaa-server", Some((named("aaa-server"), true))),
            ("show run all username", Some((named("username"), true))),
            ("show run vpn load", Some((named("vpn load-balancing"), false))),
            (
                "show run all dynamic-access-policy-record",
                Some((named("dynamic-access-policy-record"), true)),
            ),
            ("show run ip local pool", Some((named("ip local pool"), false))),
            ("show run | include ssl", Some((Section::Part, false))),
            ("show ssl", None),
        ] {
            assert_eq!(shown(command), expected, "{command}");
        }
    }
}
