//! Output of ASA show commands that nothing here reads: it is named, so that nobody wonders what became of it.
//!
//! ```text
//! Trustpoint PHONES:                      show crypto ca trustpoints
//! Cluster IP: 192.0.2.9                   show vpn load-balancing
//! Smart Licensing is ENABLED              show license all
//! ```
//! Empty means: neither a known line nor a show command that printed the text. There is never a document.
//!
//! Quirks: a command of a recorded session names itself better than its output does. Commands whose output another
//! format reads are left to that format, also where it finds nothing in it.
//!
//! Sources: the ASA command reference; recorded outputs.

use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Line, printed_by};
use crate::text::{Class, Text};

/// The format.
pub const FORMAT: Format = Format { name: "asa_show", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let because = match printed(sample)? {
        Printed::By(command) => printed_by(command),
        Printed::Line(line, _) => line.quoted(),
    };
    Some(Claim { kind: Kind::AsaShow, strength: WEAK, because, share: Share::Mixed })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let (line, command) = match printed(sample) {
        Some(Printed::By(command)) => (None, command),
        Some(Printed::Line(line, command)) => (Some(line.number), command),
        None => return Parsed::default(),
    };
    let command: String = command.chars().filter(|sign| !sign.is_control()).take(COMMAND_CHARS).collect();
    let note = Note { line, offset: None, text: UNUSED.with("command", Class::Words, command) };
    Parsed { notes: vec![note], state: InputState::Read, ..Parsed::default() }
}

/// What tells an output.
enum Printed<'s> {
    /// Its command.
    By(&'s str),
    /// A line of it, and the command that prints such lines.
    Line(Line<'s>, &'static str),
}

fn printed<'s>(sample: &Sample<'s>) -> Option<Printed<'s>> {
    if let Some(command) = sample.command {
        let command = command.trim();
        let plain = command.strip_prefix("do ").unwrap_or(command);
        let is_a_routers = ROUTERS.iter().any(|full| abbreviates(plain, full));
        return (abbreviates(plain, "show") && !is_read_elsewhere(plain) && !is_a_routers)
            .then_some(Printed::By(command));
    }
    sample.text.lines().take(LINES_AT_MOST).find_map(|line| {
        let text = line.text.trim();
        let (_, command) = LINES.iter().find(|(told, _)| told(text))?;
        Some(Printed::Line(line, command))
    })
}

/// True for a command whose output some other format reads.
pub fn is_read_elsewhere(command: &str) -> bool {
    READ_ELSEWHERE.iter().any(|full| abbreviates(command.trim(), full))
}

/// True where the typed words are beginnings of the command's words: `sh ver` is `show version`.
fn abbreviates(typed: &str, full: &str) -> bool {
    let mut words = typed.split_whitespace().map(str::to_ascii_lowercase);
    full.split(' ').all(|full| {
        let begins = |word: String| {
            word.len() >= 2 && full.starts_with(&word) && !WHOLE_WORDS.contains(&word.as_str())
        };
        words.next().is_some_and(begins)
    })
}

fn names_a_trustpoint(text: &str) -> bool {
    let name = text.strip_prefix("Trustpoint ").and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(' '))
}

fn is_load_balancing(text: &str) -> bool {
    text.starts_with("Total License Load:") || text.starts_with("Cluster IP:")
}

fn is_smart_licensing(text: &str) -> bool {
    text.starts_with("Smart Licensing is ")
}

/// Whether a line is one that a command prints.
type Tells = fn(&str) -> bool;

/// Lines that tell an output, and the command that prints it.
const LINES: &[(Tells, &str)] = &[
    (names_a_trustpoint, "show crypto ca trustpoints"),
    (is_load_balancing, "show vpn load-balancing"),
    (is_smart_licensing, "show license all"),
];

/// Commands of an IOS router that no ASA has.
const ROUTERS: &[&str] = &[
    "show webvpn gateway",
    "show webvpn context",
    "show webvpn session",
    "show webvpn policy",
    "show webvpn stats",
];

/// Commands whose output another format reads.
const READ_ELSEWHERE: &[&str] = &[
    "show activation-key",
    "show configuration",
    "show crypto ca certificates",
    "show ip local pool",
    "show logging",
    "show running-config",
    "show ssl",
    "show startup-config",
    "show tech-support",
    "show version",
    "show vpn-sessiondb",
];

/// Words that are commands of their own, not beginnings of longer ones: `show vpn load-balancing`.
const WHOLE_WORDS: &[&str] = &["vpn"];

/// A claim on a text: below every reader's.
const WEAK: u8 = 35;
/// Lines looked at: a telling line stands near the top of what it tells of.
const LINES_AT_MOST: usize = 2000;
/// Characters of a command that are repeated.
const COMMAND_CHARS: usize = 80;

const UNUSED: Text = Text::fixed(
    "Recognised as output of “{command}”; no check uses it.",
    "Als Ausgabe von „{command}“ erkannt; keine Prüfung nutzt sie.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Decoded;

    fn note(command: Option<&str>, text: &str) -> Option<String> {
        let decoded = Decoded::new(text.as_bytes(), 65536);
        let sample = Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true };
        let claim = recognise(&sample)?;
        assert_eq!(claim.kind, Kind::AsaShow);
        let parsed = read(&sample, &Limits::default());
        assert!(parsed.documents.is_empty());
        assert_eq!(parsed.state, InputState::Read);
        Some(parsed.notes[0].text.en().to_string())
    }

    #[test]
    fn a_command_is_named_unless_another_format_reads_its_output() {
        for (command, named) in [
            ("show interface ip brief", true),
            ("sh cry ca trustpoints", true),
            ("show vpn load-balancing", true),
            ("do show failover", true),
            ("show version", false),
            ("sh ver", false),
            ("sh vpn-sessiondb detail anyconnect", false),
            ("show ip local pool PHONES", false),
            ("sh run", false),
            ("show running-config all ssl", false),
            ("sh cry ca cert", false),
            ("show logging", false),
            ("configure terminal", false),
        ] {
            let told = note(Some(command), "some output\n");
            assert_eq!(told.is_some_and(|note| note.contains(command)), named, "{command}");
        }
    }

    #[test]
    fn an_output_without_its_command_is_known_by_a_line() {
        for (text, command) in [
            (
                "\nTrustpoint PHONES:\n    Subject Name:\n    cn=vpn.example.com\n",
                "show crypto ca trustpoints",
            ),
            (
                "      Status: enabled\n        Role: Master\n  Cluster IP: 192.0.2.9\n",
                "show vpn load-balancing",
            ),
            ("Smart Licensing Status\n=====\n\nSmart Licensing is ENABLED\n", "show license all"),
        ] {
            assert!(note(None, text).unwrap().contains(command), "{text}");
            for cut in 0..text.len() {
                let told = note(None, &text[..cut]);
                assert!(told.is_none_or(|note| note.contains(command)), "{cut} of {text}");
            }
        }
        for text in ["Associated Trustpoints: PHONES\n", "Trustpoint:\n", "crypto ca trustpoint PHONES\n", ""]
        {
            assert_eq!(note(None, text), None, "{text}");
        }
    }
}
