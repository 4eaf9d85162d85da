//! The prompt of an ASA or an IOS device, and what was typed behind it.
//!
//! ```text
//! ASA5510-F# show run ssl
//! HOST/pri/act(config-webvpn)# enable outside
//! hostname>
//! ********asa# show version
//! ```
//!
//! Empty: a line without a prompt.
//! Quirks: headings of Markdown, prompts of shells and quoted mail use the same signs. So a name must stand right in
//! front of the sign, and the caller believes a name only when it has seen a command that such a device knows. Filters
//! for passwords (netmiko, `session_log`) put stars wherever a password stands, in a name as well.
//! Sources: real sessions in the samples, and the `prompt` command of the ASA (hostname, context, priority, state).

use super::commands;

/// A line that begins with a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prompt<'a> {
    /// Everything before the mode or the sign: `HOST/pri/act`.
    pub host: &'a str,
    /// `config-webvpn`; `None` outside of the configuration.
    pub mode: Option<&'a str>,
    /// What was typed, without blanks around it.
    pub command: &'a str,
}

impl Prompt<'_> {
    /// The command is one that such a device knows, or a mode of configuration shows what kind of prompt it is.
    pub fn is_certain(&self) -> bool {
        commands::is_known(self.command)
            || !self.command.is_empty()
                && self.mode.is_some_and(|mode| mode.starts_with("config") || mode.starts_with("ca-"))
    }
}

/// Reads a prompt at the very beginning of a line.
pub(super) fn prompt(line: &str) -> Option<Prompt<'_>> {
    let sign = line.bytes().position(|byte| !is_prompt_byte(byte))?;
    let (before, after) = line.split_at_checked(sign)?;
    let command = after.strip_prefix(['#', '>'])?;
    let (host, mode) = match before.strip_suffix(')') {
        Some(open) => open.split_once('(').map(|(host, mode)| (host, Some(mode)))?,
        None => (before, None),
    };
    let named = host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '*')
        && (!host.contains('*') || host.contains(HIDDEN))
        && host.len() <= LONGEST_HOST
        && !host.contains(['(', ')'])
        && host.split('/').count() <= PARTS_OF_HOST
        && host.split('/').all(|part| !part.is_empty());
    let mode_known = mode.is_none_or(|mode| {
        !mode.is_empty()
            && mode.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    });
    (named && mode_known).then(|| Prompt { host, mode, command: command.trim() })
}

fn is_prompt_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'(' | b')' | b'*')
}

/// A host name has up to 63 characters; context, priority and state follow.
const LONGEST_HOST: usize = 120;

/// At least so many stars hide a password.
const HIDDEN: &str = "***";

/// `host/context/pri/act`.
const PARTS_OF_HOST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_what_looks_like_them() {
        let rows = [
            ("ASA5510-F# show run ssl ", Some(("ASA5510-F", None, "show run ssl"))),
            ("ciscoasa(config)#show log", Some(("ciscoasa", Some("config"), "show log"))),
            ("HOST/pri/act(config-webvpn)# csd", Some(("HOST/pri/act", Some("config-webvpn"), "csd"))),
            ("asa(ca-trustpoint)# ", Some(("asa", Some("ca-trustpoint"), ""))),
            ("hostname>", Some(("hostname", None, ""))),
            ("********asa# show version", Some(("********asa", None, "show version"))),
            ("fw-********/act(config)# exit", Some(("fw-********/act", Some("config"), "exit"))),
            ("**Note**# x", None),
            ("*> 192.0.2.0/24", None),
            ("# heading", None),
            ("root@host:~# ls", None),
            ("[root@host ~]# ls", None),
            ("<166>Jun 22 2022 13:29:11: %ASA-6-725001", None),
            ("> quoted", None),
            (" ciscoasa# indented", None),
            ("a b#", None),
            ("host()# x", None),
            ("/etc/x# x", None),
            ("", None),
        ];
        for (line, expected) in rows {
            let read = prompt(line).map(|prompt| (prompt.host, prompt.mode, prompt.command));
            assert_eq!(read, expected, "{line}");
        }
    }

    #[test]
    fn a_prompt_is_certain_with_a_command_that_the_device_knows() {
        for (line, certain) in [
            ("asa# sh run", true),
            ("asa# wr t", true),
            ("asa(config)# hostname x", true),
            ("asa# ", false),
            ("asa(config)# ", false),
            ("C# is a language", false),
            ("issue#12 show", false),
            ("step(one)# x", false),
        ] {
            assert_eq!(prompt(line).is_some_and(|prompt| prompt.is_certain()), certain, "{line}");
        }
    }
}
