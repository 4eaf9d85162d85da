//! A recorded command-line session, cut into its commands.
//!
//! ```text
//! ASA5510-F# show run ssl
//! ssl trust-point PHONES outside
//! ASA5510-F# configure terminal
//! ASA5510-F(config)# webvpn
//! ASA5510-F(config-webvpn)# enable outside
//! Result of the command: "show version"
//! ------------------ show version ------------------
//! ```
//!
//! Empty: a command that printed nothing is not listed.
//! Quirks: every output becomes an input of its own, with the command that printed it; line numbers count in that
//! output. What was typed in the configuration is gathered without its prompts, so that it reads like a
//! configuration. Text before the first prompt, and what a device printed by itself, is an input without a command, named
//! `session.log:9` after the line at which it begins.
//! A text whose first prompt stands far down is a document that quotes a session: it stays one input, so that its lines
//! keep their numbers. Lines that a terminal broke at 80 columns stay broken: only the readers of the outputs know what may be joined.
//! Sources: recorded sessions of ASA 8 and 9, ASDM's command window, `show tech-support`.

mod commands;
mod prompt;

use std::collections::{BTreeMap, BTreeSet};

use prompt::{Prompt, prompt};

use crate::formats::{Claim, Format, How, Member, Parsed, Sample, Share, Sink, hand_out};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::LineRun;
use crate::text::Text;
use crate::unwrap::screen;

/// The format.
pub const FORMAT: Format = Format { name: "terminal", recognise, most: 100, read: How::Holder(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    // The output of a command was cut from a session already.
    if sample.command.is_some() {
        return None;
    }
    let mut names = Names::default();
    // A prompt far down a text is a quotation in a document: its lines are read where they stand.
    let head = sample.text.lines().filter(|line| !line.text.trim().is_empty()).take(HEAD_LINES);
    let head = head.take_while(|line| line.text.len() <= BANNER_WIDTH);
    let mut shown = head.filter_map(|line| Some((line, screen::screen_line(line.text)?)));
    let (line, _) = shown.find(|(_, text)| announced(text).is_some() || names.see(text))?;
    Some(Claim { kind: Kind::Terminal, strength: 95, because: quoted(&line), share: Share::Alone })
}

/// A session shows a prompt within this many lines; a banner may stand before it.
const HEAD_LINES: usize = 12;
/// Bytes of a banner's line; paragraphs of a document are longer.
const BANNER_WIDTH: usize = 240;

/// `"asa# sh run" in line 3`.
fn quoted(line: &Line<'_>) -> Text {
    crate::lines::quoted(&screen::screen_line(line.text).unwrap_or_default(), line.number)
}

/// The names in front of prompts, and which of them are believed.
#[derive(Default)]
struct Names {
    believed: BTreeSet<String>,
    /// The others.
    seen: BTreeMap<String, SeenName>,
}

/// How a name was seen that is not believed yet.
#[derive(Default)]
struct SeenName {
    /// With nothing behind it.
    bare: bool,
    /// With a command that is not known.
    command: bool,
}

impl Names {
    /// Looks at a line; true if it makes a name believed.
    fn see(&mut self, line: &str) -> bool {
        let Some(prompt) = prompt(line) else { return false };
        if !prompt.is_certain() && !self.repeats(&prompt) {
            return false;
        }
        self.believed.insert(prompt.host.to_owned());
        true
    }

    /// A name that stands alone in front of its sign, and again with a command, is a prompt as well.
    fn repeats(&mut self, prompt: &Prompt<'_>) -> bool {
        if self.seen.len() >= MOST_NAMES && !self.seen.contains_key(prompt.host) {
            return false;
        }
        let seen = self.seen.entry(prompt.host.to_owned()).or_default();
        if prompt.command.is_empty() {
            seen.bare = true;
        } else {
            seen.command = true;
        }
        seen.bare && seen.command
    }
}

fn read(sample: &Sample<'_>, _limits: &Limits, sink: &mut dyn Sink) -> Parsed {
    let mut names = Names::default();
    for line in sample.text.lines() {
        if let Some(text) = screen::screen_line(line.text) {
            names.see(&text);
        }
    }
    let open = Section::default();
    let mut cutter = Cutter { sample_name: sample.name, sink, open, block: String::new(), line: 0, byte: 0 };
    for line in sample.text.lines() {
        let Some(text) = screen::screen_line(line.text) else { continue };
        (cutter.line, cutter.byte) = (line.number, line.offset);
        if let Some(command) = announced(&text) {
            cutter.command(command);
            continue;
        }
        match prompt(&text).filter(|prompt| names.believed.contains(prompt.host)) {
            Some(prompt) => {
                for piece in inline(&text, prompt.host) {
                    cutter.prompt(piece);
                }
            }
            None => cutter.output(&text),
        }
    }
    cutter.close(Section::default());
    Parsed::read(Vec::new())
}

/// A command that is named without a prompt: by ASDM, or by `show tech-support`.
fn announced(line: &str) -> Option<&str> {
    if let Some(command) = line.trim().strip_prefix("Result of the command:") {
        return Some(command.trim().trim_matches('"')).filter(|command| !command.is_empty());
    }
    let inner = line.trim().strip_prefix(RULE)?.strip_suffix(RULE)?.trim_matches('-').trim();
    commands::is_show(inner).then_some(inner)
}

/// Documents lose line ends, so several prompts of one device may stand on a line.
fn inline<'a>(line: &'a str, host: &str) -> Vec<Prompt<'a>> {
    let mut starts = vec![0];
    for (at, _) in line.match_indices(host).skip(1) {
        let before = line.get(..at).unwrap_or_default();
        let again = line.get(at..).and_then(prompt).is_some_and(|prompt| prompt.host == host);
        if again && before.ends_with([' ', '\t']) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| prompt(line.get(*start..end)?)).collect()
}

/// Gathers what belongs to one command, and hands it out.
struct Cutter<'a> {
    sample_name: &'a str,
    sink: &'a mut dyn Sink,
    open: Section,
    /// The last line typed at the top of the configuration, which opened the block under way.
    block: String,
    /// The line of the session under way, and the byte at which it begins.
    line: u32,
    byte: u64,
}

/// What was printed since the last prompt.
#[derive(Default)]
struct Section {
    /// The command as typed; empty for text that no command printed.
    typed: String,
    text: String,
    /// How many lines the text has, and where they stand in the session.
    count: u32,
    lines: Vec<LineRun>,
    /// It gathers what is typed in the configuration.
    configuration: bool,
}

impl Cutter<'_> {
    fn prompt(&mut self, prompt: Prompt<'_>) {
        let Some(mode) = prompt.mode.filter(|_| !commands::is_show(prompt.command)) else {
            return self.command(prompt.command);
        };
        if prompt.command.is_empty() && self.open.configuration {
            return;
        }
        if prompt.command.is_empty() {
            return self.command("");
        }
        if !self.open.configuration {
            self.command(CONFIGURE);
            // A show command does not leave the block.
            if mode != TOP_MODE && !self.block.is_empty() {
                self.output(&self.block.clone());
            }
        }
        // A mode below the configuration is a block of it, which a configuration shows by indenting.
        if mode == TOP_MODE {
            prompt.command.clone_into(&mut self.block);
            self.output(prompt.command);
        } else {
            self.output(&format!(" {}", prompt.command));
        }
    }

    fn command(&mut self, typed: &str) {
        let configuration = commands::expanded(typed) == CONFIGURE;
        self.close(Section { typed: typed.to_owned(), configuration, ..Section::default() });
    }

    fn output(&mut self, line: &str) {
        self.open.count = self.open.count.saturating_add(1);
        LineRun::add(&mut self.open.lines, self.open.count, self.line, self.byte);
        self.open.text.push_str(line);
        self.open.text.push('\n');
    }

    /// Keeps the open section if it holds anything, and opens the next.
    fn close(&mut self, next: Section) {
        let section = std::mem::replace(&mut self.open, next);
        let says = |line: &str| {
            let line = line.trim();
            !line.is_empty() && !LOGIN_LINES.iter().any(|start| line.starts_with(start))
        };
        if !section.text.lines().any(says) {
            return;
        }
        let loose = section.typed.is_empty();
        // Lines are counted anew in each section, so one without a command says where it stands.
        let first = section.lines.first().map_or(0, |run| run.holder_line);
        let name = if loose { format!("{}:{first}", self.sample_name) } else { section.typed };
        let command = (!loose).then(|| commands::expanded(&name));
        let member = Member { name, command, lines: section.lines, ..Member::default() };
        hand_out(self.sink, member, section.text.as_bytes());
    }
}

const CONFIGURE: &str = "configure terminal";

/// The mode at the top of the configuration.
const TOP_MODE: &str = "config";

/// The rule on both sides of a command in `show tech-support`.
const RULE: &str = "----------";

/// Names that are watched until one of them proves to be a prompt.
const MOST_NAMES: usize = 256;

/// Lines of terminals and of logging in, which are no output.
const LOGIN_LINES: &[&str] = &[
    "=~=~=~=~",
    "login as:",
    "Using username",
    "Using keyboard-interactive",
    "Password:",
    "password:",
    "Type help or '?'",
    "Type escape sequence",
    "User ",
    "Logins over the last",
    "Failed logins since",
    "Logoff",
    "Connection closed",
    "Cryptochecksum",
    "Building configuration",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::lines::Decoded;
    use crate::testing::Kept;

    fn with<T>(text: &str, command: Option<&str>, then: impl FnOnce(&Sample<'_>) -> T) -> T {
        let decoded = Decoded::new(text.as_bytes(), 1000);
        then(&Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true })
    }

    fn children(text: &str) -> Vec<(String, String, String)> {
        let mut kept = Kept::default();
        with(text, None, |sample| read(sample, &Limits::default(), &mut kept));
        let child = |(member, bytes): (Member, Vec<u8>)| {
            (member.name, member.command.unwrap_or_default(), String::from_utf8(bytes).unwrap())
        };
        kept.members.into_iter().map(child).collect()
    }

    const SESSION: &str = "\
=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.11.23 10:19:27 =~=~=~=~=~=~=~=~=~=~=~=
Type help or '?' for a list of available commands.\r
asa/pri/act> en\r
Password: ********\r
asa/pri/act# sh run ssl\r
ssl trust-point PHONES outside\r
<--- More --->\r              \r ssl server-version tlsv1\r
asa/pri/act# \r
%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091\r
asa/pri/act# terminal pager 0\r
asa/pri/act# conf t\r
asa/pri/act(config)# webvpn\r
asa/pri/act(config-webvpn)# enable outside\r
INFO: WebVPN and DTLS are enabled on 'outside'.\r
asa/pri/act(config-webvpn)# sh ver\r
Cisco Adaptive Security Appliance Software Version 9.8(4)\r
asa/pri/act(config-webvpn)# csd none\r
asa/pri/act(config-webvpn)# end\r
asa/pri/act#";

    #[test]
    fn a_session_is_cut_into_its_commands() {
        let row =
            |name: &str, command: &str, text: &str| (name.to_owned(), command.to_owned(), text.to_owned());
        assert_eq!(
            children(SESSION),
            [
                row(
                    "sh run ssl",
                    "show running-config ssl",
                    "ssl trust-point PHONES outside\n ssl server-version tlsv1\n"
                ),
                row("x:9", "", "%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091\n"),
                row(
                    "conf t",
                    "configure terminal",
                    "webvpn\n enable outside\nINFO: WebVPN and DTLS are enabled on 'outside'.\n"
                ),
                row("sh ver", "show version", "Cisco Adaptive Security Appliance Software Version 9.8(4)\n"),
                row("configure terminal", "configure terminal", "webvpn\n csd none\n end\n"),
            ]
        );
    }

    #[test]
    fn commands_are_found_without_prompts_too() {
        let commands = |text: &str| -> Vec<(String, String)> {
            children(text).into_iter().map(|(name, _, text)| (name, text)).collect()
        };
        let row = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            commands("Result of the command: \"show version\"\n\nHardware: ASA5510\n"),
            [row("show version", "\nHardware: ASA5510\n")]
        );
        assert_eq!(
            commands(
                "------------------ show version ------------------\nx\n\n------------------ show clock ------------------\ny"
            ),
            [row("show version", "x\n\n"), row("show clock", "y\n")]
        );
        assert_eq!(
            commands("asa(config)# webvpn asa(config-webvpn)# enable outside asa(config-webvpn)# csd"),
            [row("configure terminal", "webvpn\n enable outside\n csd\n")]
        );
    }

    #[test]
    fn text_in_front_of_the_first_prompt_is_kept() {
        let told = children("hostname asa\nssl trust-point PHONES outside\nasa# sh ver\nHardware: ASA5510");
        assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("x:1", ""));
        assert_eq!(told[0].2, "hostname asa\nssl trust-point PHONES outside\n");
        assert_eq!(told[1].1, "show version");
    }

    #[test]
    fn a_session_is_told_from_what_looks_like_one() {
        for (text, line) in [
            (SESSION, Some(3)),
            ("asa# sh ver", Some(1)),
            ("x\nasa(config)# hostname b", Some(2)),
            ("asa# vlan-thing\nx\nasa#", Some(3)),
            ("Result of the command: \"show version\"", Some(1)),
            ("--------- show version ---------", None),
            ("# show version\n\n## Steps\n", None),
            ("root@asa:~# show version", None),
            ("C# is typed\nC# is compiled\n", None),
            ("hostname asa\nssl trust-point PHONES outside\n: end", None),
            ("902: NOT 10:19:27.155936 VPNC: do_login: got login response", None),
            ("%ASA-6-725001: Starting SSL handshake", None),
            ("<device># show</device>", None),
            ("", None),
        ] {
            let claim = with(text, None, recognise);
            let because = claim.map(|claim| claim.because.en().into_owned()).unwrap_or_default();
            let expected = line.map(|line| format!("in line {line}")).unwrap_or_default();
            assert!(
                because.ends_with(&expected) && because.is_empty() == line.is_none(),
                "{text}: {because}"
            );
        }
        assert_eq!(with(SESSION, Some("show tech-support"), recognise), None);
    }

    #[test]
    fn a_session_cut_anywhere_is_read_without_panic() {
        for end in 0..=SESSION.len() {
            let reading = intake::read("x", &SESSION.as_bytes()[..end], &Limits::default());
            assert!(!reading.inputs.is_empty(), "cut at {end}");
        }
        let reading = intake::read("x", SESSION.as_bytes(), &Limits::default());
        assert_eq!(reading.inputs[0].kind, Kind::Terminal);
        assert_eq!(reading.inputs[1].name, "sh run ssl");
    }
}
