//! Lines to commands: prompts off, and lines cut where a web page put several commands on one.
//!
//! `vpn(config-webvpn)# enable outside` is the command `enable outside`. A page that lost its line ends prints
//! `tunnel-group A webvpn-attributes authentication certificate webvpn enable outside`: three commands and a half
//! block. Such a line is cut where words stand that begin a command, once the command before has its arguments.

use crate::lines::Line;
use crate::source::At;

/// One command and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Command<'a> {
    line: Line<'a>,
    /// Without prompt, indentation and blanks at the end.
    pub text: &'a str,
    /// Columns before it; nothing after a prompt or inside a line of several commands.
    pub indent: u32,
}

impl<'a> Command<'a> {
    /// Where it stands. A line of several commands is quoted by the command alone.
    pub fn at(&self) -> At {
        if self.line.text.len() > self.text.len() + LONGEST_PROMPT {
            At::line(self.line.number, self.line.offset, self.text).ranked(self.line.order)
        } else {
            self.line.at()
        }
    }

    /// 1-based.
    pub fn line_number(&self) -> u32 {
        self.line.number
    }

    /// Its words.
    pub fn words(&self) -> Vec<&'a str> {
        self.text.split_ascii_whitespace().take(MOST_WORDS).collect()
    }

    /// What follows its first `count` words.
    pub fn after(&self, count: usize) -> &'a str {
        let mut rest = self.text;
        for _ in 0..count {
            rest =
                rest.trim_start().split_once(|c: char| c.is_ascii_whitespace()).map_or("", |(_, rest)| rest);
        }
        rest.trim()
    }
}

/// The commands of one line.
pub(super) fn commands<'a>(line: &Line<'a>) -> Vec<Command<'a>> {
    let trimmed = line.text.trim_start();
    let indent = indent(line.text, trimmed);
    let text = trimmed.trim_end();
    let (text, indent) = match after_prompt(text) {
        Some(rest) => (rest, 0),
        None => (text, indent),
    };
    if text.len() >= SHORTEST_OF_SEVERAL
        && let Some(pieces) = several(text)
    {
        return pieces.into_iter().map(|text| Command { line: *line, text, indent: 0 }).collect();
    }
    vec![Command { line: *line, text, indent }]
}

fn indent(line: &str, trimmed: &str) -> u32 {
    let blank = line.get(..line.len() - trimmed.len()).unwrap_or_default();
    let columns = blank.chars().map(|c| if c == '\t' { 8 } else { 1 }).sum::<usize>();
    u32::try_from(columns).unwrap_or(u32::MAX)
}

/// What follows the ASA's prompt: `vpn# …`, `vpn/act(config)# …`, `vpn> …`.
pub(super) fn after_prompt(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST_PROMPT).position(|byte| byte == b'#' || byte == b'>')?;
    let (head, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let (host, mode) = head.split_once('(').map_or((head, ""), |(host, mode)| (host.trim_end(), mode));
    let named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    let known_mode = mode.is_empty() || (mode.starts_with("conf") && mode.ends_with(')'));
    (named && known_mode).then(|| rest.trim())
}

/// Cuts a line of several commands; `None` where it is one.
fn several(text: &str) -> Option<Vec<&str>> {
    let words: Vec<(usize, &str)> = text
        .split_ascii_whitespace()
        .take(MOST_WORDS)
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let mut cuts: Vec<usize> = Vec::new();
    let mut heads = 0;
    let mut free_from = 0;
    for at in 0..words.len() {
        if at < free_from {
            continue;
        }
        let Some(start) = START.iter().find(|start| start.matches(words.get(at..).unwrap_or_default()))
        else {
            continue;
        };
        let (offset, _) = words.get(at).copied().unwrap_or_default();
        cuts.push(offset);
        heads += u32::from(start.head);
        free_from = at + 1 + start.arguments;
    }
    if cuts.len() < 3 || heads == 0 {
        return None;
    }
    cuts.push(text.len());
    let pieces = cuts.windows(2).filter_map(|cut| match cut {
        [from, to] => text.get(*from..*to).map(without_prompt_behind),
        _ => None,
    });
    Some(pieces.collect())
}

/// The prompt after the output ends up at the end of the line.
fn without_prompt_behind(piece: &str) -> &str {
    let piece = piece.trim();
    match piece.rsplit_once(' ') {
        Some((rest, last)) if last.ends_with('#') && after_prompt(last).is_some() => rest.trim_end(),
        _ => piece,
    }
}

/// Words that begin a command inside a line.
struct Start {
    first: &'static str,
    /// What the second word has to be; any where empty.
    second: &'static [&'static str],
    /// Likewise for the third.
    third: &'static [&'static str],
    /// Words that belong to it before another command may begin.
    arguments: usize,
    /// It begins a block.
    head: bool,
}

impl Start {
    fn matches(&self, words: &[(usize, &str)]) -> bool {
        let word = |at: usize| words.get(at).map_or("", |(_, word)| *word);
        let allowed = |list: &[&str], at: usize| list.is_empty() || list.contains(&word(at));
        word(0) == self.first
            && words.len() > self.arguments
            && allowed(self.second, 1)
            && allowed(self.third, 2)
    }
}

const fn start(first: &'static str, second: &'static [&'static str], arguments: usize) -> Start {
    Start { first, second, third: &[], arguments, head: false }
}

const fn head(
    first: &'static str,
    second: &'static [&'static str],
    third: &'static [&'static str],
    arguments: usize,
) -> Start {
    Start { first, second, third, arguments, head: true }
}

const START: &[Start] = &[
    head("tunnel-group", &[], &["type"], 3),
    head(
        "tunnel-group",
        &[],
        &[
            "general-attributes",
            "general-attribute",
            "webvpn-attributes",
            "webvpn-attribute",
            "ipsec-attributes",
        ],
        2,
    ),
    head("group-policy", &[], &["internal", "external", "attributes"], 2),
    head("username", &[], &["attributes", "attribute"], 2),
    head("webvpn", &["enable", "anyconnect", "svc", "csd", "hostscan", "port"], &[], 0),
    head("ssl", &["trust-point", "encryption", "cipher", "server-version", "client-version"], &[], 2),
    head("crypto", &["ca"], &["trustpoint", "certificate"], 3),
    start("ip", &["local"], 3),
    start("enable", &["outside", "inside", "dmz"], 1),
    start("anyconnect", &["image", "enable", "profiles", "ask", "ssl", "mtu", "keep-installer"], 1),
    start("svc", &["image", "enable", "ask", "dtls", "keepalive", "keep-installer"], 1),
    start("csd", &["image", "enable"], 1),
    start("hostscan", &["image", "enable"], 1),
    start("split-tunnel-policy", &[], 1),
    start("split-tunnel-network-list", &[], 1),
    start("vpn-tunnel-protocol", &[], 1),
    start("vpn-simultaneous-logins", &[], 1),
    start("vpn-filter", &[], 1),
    start("vpn-idle-timeout", &[], 1),
    start("vpn-session-timeout", &[], 1),
    start("group-lock", &[], 1),
    start("vpn-group-policy", &[], 1),
    start("dns-server", &["value", "none"], 1),
    start("wins-server", &["value", "none"], 1),
    start("default-domain", &["value", "none"], 1),
    start("address-pools", &[], 1),
    start("address-pool", &[], 1),
    start("default-group-policy", &[], 1),
    start("authentication", &["aaa", "certificate", "saml"], 1),
    start("authentication-server-group", &[], 1),
    start("authorization-server-group", &[], 1),
    start("authorization-required", &[], 0),
    start("group-url", &[], 2),
    start("group-alias", &[], 2),
    start("without-csd", &[], 0),
    start("tunnel-group-list", &[], 1),
    start("enrollment", &["self", "terminal", "url"], 1),
    start("revocation-check", &[], 1),
    start("keypair", &[], 1),
];

/// Bytes of the shortest line that can hold several commands.
const SHORTEST_OF_SEVERAL: usize = 40;
/// Bytes of the longest prompt.
const LONGEST_PROMPT: usize = 80;
/// Words of a line that are looked at.
const MOST_WORDS: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        commands(&Line { number: 1, offset: 0, text, time: None, order: 1 })
            .iter()
            .map(|command| command.text)
            .collect()
    }

    #[test]
    fn prompts_are_taken_off() {
        for (text, expected) in [
            ("vpn# show run ssl", "show run ssl"),
            ("vpn/act(config-webvpn)# enable outside", "enable outside"),
            ("vpn (config)# hostname a", "hostname a"),
            ("vpn(config)#show log", "show log"),
            (" enable outside", "enable outside"),
            ("# a comment", "# a comment"),
            ("a b > c", "a b > c"),
        ] {
            assert_eq!(split(text), [expected]);
        }
    }

    #[test]
    fn a_line_of_several_commands_is_cut() {
        let text = "vpn# show run group-policy P group-policy P attributes dns-server value 192.0.2.1 vpn-filter none \
                    tunnel-group A type remote-access tunnel-group A webvpn-attributes authentication certificate \
                    group-url https://vpn.example.com/A enable webvpn enable outside anyconnect enable vpn#";
        assert_eq!(
            split(text),
            [
                "group-policy P attributes",
                "dns-server value 192.0.2.1",
                "vpn-filter none",
                "tunnel-group A type remote-access",
                "tunnel-group A webvpn-attributes",
                "authentication certificate",
                "group-url https://vpn.example.com/A enable",
                "webvpn",
                "enable outside",
                "anyconnect enable",
            ]
        );
        let long = "banner value The group-policy of this house is that tunnel-group names are written down";
        assert_eq!(split(long), [long]);
    }
}
