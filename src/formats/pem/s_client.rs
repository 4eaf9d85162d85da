//! What `openssl s_client` prints around certificates: which of them a server showed in a handshake.
//!
//! ```text
//! $ openssl s_client -connect vpn.example.com:443 -showcerts
//! CONNECTED(00000003)
//! Certificate chain
//!  0 s:CN = vpn.example.com
//!    i:CN = Example CA
//! -----BEGIN CERTIFICATE-----
//! ```
//! Empty means that a block stands in no such output: it is only a file.
//!
//! Quirks: without `-showcerts` the server's certificate stands behind `Server certificate` and the others are named
//! only; the command is often left out of what is saved, and then the server is not known; names are written
//! `CN = x` from OpenSSL 1.1.0 on, `/CN=x` before.
//!
//! Sources: manual page `openssl-s_client` (1.0.2 to 3.5), and its output.

use crate::formats::Sample;

/// A certificate that was seen in a handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The host that was asked for; empty where the command is not there.
    pub server: String,
    /// 0 is the server's own, 1 its issuer's.
    pub depth: u32,
}

/// Where runs begin, and what stands before certificates, in order of the lines.
#[derive(Debug, Default)]
pub(super) struct Runs {
    marks: Vec<(u32, Mark)>,
}

#[derive(Debug)]
enum Mark {
    /// The command, with the host that it asks for.
    Command(String),
    /// `CONNECTED(00000003)`.
    Connected,
    /// ` 0 s:CN = vpn.example.com`, or `Server certificate`.
    Depth(u32),
    /// The handshake's figures follow, or a certificate that was written by another command.
    End,
}

impl Runs {
    /// Looks for runs in a text.
    pub(super) fn of(sample: &Sample<'_>) -> Self {
        let mut marks = Vec::new();
        if let Some(command) = sample.command.filter(|command| command.contains(COMMAND)) {
            marks.push((0, Mark::Command(host(command))));
        }
        marks.extend(sample.text.lines().filter_map(|line| Some((line.number, mark(line.text)?))));
        // A text without any run has no other marks that mean something.
        if !marks.iter().any(|(_, mark)| matches!(mark, Mark::Connected)) {
            marks.clear();
        }
        Self { marks }
    }

    /// What the block at this line is; `None` where it is no part of a run.
    pub(super) fn shown(&self, line: u32) -> Option<Shown> {
        let before = self.marks.partition_point(|(at, _)| *at < line);
        let mut marks = self.marks.get(..before)?.iter().rev().map(|(_, mark)| mark);
        let Some(Mark::Depth(depth)) = marks.next() else { return None };
        let mut connected = false;
        for mark in marks.take(MARKS_BACK) {
            match mark {
                Mark::Connected => connected = true,
                Mark::Command(server) => {
                    return connected.then(|| Shown { server: server.clone(), depth: *depth });
                }
                Mark::End if connected => break,
                _ => {}
            }
        }
        connected.then_some(Shown { server: String::new(), depth: *depth })
    }
}

fn mark(text: &str) -> Option<Mark> {
    let text = text.trim();
    if text.starts_with("CONNECTED(") {
        return Some(Mark::Connected);
    }
    if text.contains(COMMAND) {
        return Some(Mark::Command(host(text)));
    }
    if text == "Server certificate" {
        return Some(Mark::Depth(0));
    }
    if ENDS.iter().any(|end| text.starts_with(end)) {
        return Some(Mark::End);
    }
    let (number, _) = text.split_once(" s:")?;
    number.parse().ok().map(Mark::Depth)
}

/// The name of `-servername`, else the host of `-connect host:port` or `-host`.
fn host(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let behind = |option: &str| {
        let pairs = words.iter().zip(words.iter().skip(1));
        let mut pairs =
            pairs.filter(|(word, _)| word.trim_start_matches('-') == option && word.starts_with('-'));
        pairs.next().map(|(_, value)| value.trim_matches(['"', '\'']))
    };
    let connect = || {
        let value = behind("connect")?;
        Some(value.rsplit_once(':').map_or(value, |(host, _)| host))
    };
    let host = behind("servername").or_else(connect).or_else(|| behind("host")).unwrap_or_default();
    host.trim_matches(['[', ']']).to_owned()
}

const COMMAND: &str = "s_client";
/// Marks that are looked at before a block: a run has few.
const MARKS_BACK: usize = 32;
const ENDS: [&str; 4] = ["SSL handshake has read", "SSL-Session:", "closed", "DONE"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Decoded;

    fn shown(command: Option<&str>, text: &str) -> Vec<Option<(String, u32)>> {
        let decoded = Decoded::new(text.as_bytes(), 1 << 16);
        let sample = Sample { name: "x", command, bytes: text.as_bytes(), text: &decoded, complete: true };
        let runs = Runs::of(&sample);
        let begins = text.lines().zip(1..).filter(|(line, _)| line.starts_with("-----BEGIN"));
        begins.map(|(_, line)| runs.shown(line).map(|shown| (shown.server, shown.depth))).collect()
    }

    const BLOCK: &str = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";

    #[test]
    fn a_run_tells_the_server_and_which_certificate_is_its_own() {
        let text = format!(
            "{BLOCK}$ openssl s_client -connect 192.0.2.7:443 -servername 'desk.example.com' -showcerts\nCONNECTED(00000003)\n---\n\
             Certificate chain\n 0 s:/CN=desk.example.com\n   i:/CN=Example CA\n{BLOCK} 1 s:/CN=Example CA\n   i:/CN=Example CA\n{BLOCK}---\n\
             Server certificate\nsubject=/CN=desk.example.com\n---\nSSL handshake has read 9 bytes\nclosed\n{BLOCK}"
        );
        let server = || "desk.example.com".to_owned();
        assert_eq!(shown(None, &text), [None, Some((server(), 0)), Some((server(), 1)), None]);
    }

    #[test]
    fn the_command_may_be_elsewhere_or_missing() {
        let text = format!(
            "CONNECTED(00000005)\n---\nCertificate chain\n 0 s:CN = a\n   i:CN = a\n---\nServer certificate\n{BLOCK}"
        );
        assert_eq!(shown(None, &text), [Some((String::new(), 0))]);
        let command = "openssl s_client -connect [2001:db8::1]:443";
        assert_eq!(shown(Some(command), &text), [Some(("2001:db8::1".to_owned(), 0))]);
    }

    #[test]
    fn a_block_alone_was_seen_in_no_handshake() {
        assert_eq!(shown(None, &format!("Server certificate\n{BLOCK}")), [None]);
        assert_eq!(shown(None, BLOCK), [None]);
    }
}
