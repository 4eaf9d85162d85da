//! What a person types into an ASA, command by command, each with the blocks that it is typed in.
//!
//! ```text
//! vpn(config)# webvpn                      webvpn
//! vpn(config-webvpn)# enable outside       webvpn › enable outside
//! ```
//! Lines may be indented as `show running-config` prints them, or flat as they are typed; then the words of a block tell
//! where it ends. `configure terminal`, `exit`, `end`, `show …` and `write memory` change nothing.

use crate::formats::asa_config::{block_holds, is_top_level_webvpn, without_prompt};

/// How deep blocks lie in one another.
pub(super) const DEEPEST: usize = 2;

/// True for a line that begins a block.
pub(super) fn begins_block(words: &[&str]) -> bool {
    match words {
        ["aaa-server", _, "protocol", ..] => false,
        ["aaa-server", _, _, "host", ..] | ["aaa-server", _, "host", ..] => true,
        ["aaa-server", ..] => false,
        words => BLOCKS.iter().any(|block| block.fits(words)),
    }
}

struct Block(&'static [&'static str]);

impl Block {
    fn fits(&self, words: &[&str]) -> bool {
        let Self(wanted) = self;
        let same = |(wanted, word): (&&str, &&str)| *wanted == "*" || wanted == word;
        let attributes = |word: &&str| word.ends_with("attributes");
        match wanted.last() {
            Some(&"…attributes") => {
                words.len() == wanted.len()
                    && words.last().is_some_and(attributes)
                    && wanted.iter().zip(words).take(wanted.len() - 1).all(same)
            }
            _ => words.len() == wanted.len() && wanted.iter().zip(words).all(same),
        }
    }
}

const BLOCKS: &[Block] = &[
    Block(&["webvpn"]),
    Block(&["tunnel-group", "*", "…attributes"]),
    Block(&["group-policy", "*", "…attributes"]),
    Block(&["username", "*", "…attributes"]),
    Block(&["interface", "*"]),
    Block(&["crypto", "ca", "trustpoint", "*"]),
    Block(&["crypto", "ca", "certificate", "chain", "*"]),
    Block(&["crypto", "ca", "certificate", "map", "*", "*"]),
    Block(&["dynamic-access-policy-record", "*"]),
    Block(&["vpn", "load-balancing"]),
];

/// One typed command and the blocks that it is typed in.
pub(super) struct Typed {
    pub path: Vec<String>,
    pub number: u32,
    pub text: String,
}

/// What is typed, command by command.
pub(super) fn typed(change: &[(u32, String)]) -> Vec<Typed> {
    let lines: Vec<(u32, usize, &str)> = change
        .iter()
        .filter_map(|(number, line)| {
            let text = without_prompt(line.trim());
            // Behind a prompt nothing is indented.
            let indent =
                if text.len() < line.trim().len() { 0 } else { line.len() - line.trim_start().len() };
            (!text.is_empty() && !text.starts_with(['!', ':'])).then_some((*number, indent, text))
        })
        .collect();
    let mut all = Vec::new();
    let mut path: Vec<String> = Vec::new();
    // Columns before the lines of the blocks that are open.
    let mut heads: Vec<usize> = Vec::new();
    for (at, (number, indent, text)) in lines.iter().enumerate() {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["exit" | "quit"] => {
                path.pop();
                heads.pop();
                continue;
            }
            ["end"] => {
                path.clear();
                heads.clear();
                continue;
            }
            ["enable" | "wr" | "write"] => continue,
            words if IDLE.iter().any(|idle| words.starts_with(idle)) => continue,
            _ => {}
        }
        let next: Vec<&str> =
            lines.get(at + 1).map(|(.., text)| text.split_ascii_whitespace().collect()).unwrap_or_default();
        let deeper_next = lines.get(at + 1).is_some_and(|(_, next, _)| next > indent);
        while let Some(head) = heads.last() {
            let flat = *head == *indent && holds(&path, &words, &next);
            if *indent > *head || flat {
                break;
            }
            heads.pop();
            path.pop();
        }
        all.push(Typed { path: path.clone(), number: *number, text: words.join(" ") });
        let inner = path.len() == 1 && words == ["webvpn"];
        let begins = path.is_empty() && (begins_block(&words) || deeper_next && words.first() != Some(&"no"));
        if (begins || inner || deeper_next) && path.len() < DEEPEST {
            if inner {
                all.pop();
            }
            path.push(words.join(" "));
            heads.push(*indent);
        }
    }
    all
}

/// Whether a flat line goes on in the block that is open. `webvpn` begins the part of a group policy, or a block of its
/// own: the next line tells.
fn holds(path: &[String], words: &[&str], next: &[&str]) -> bool {
    let Some(outer) = path.first() else { return false };
    let mut head: Vec<&str> = outer.split_ascii_whitespace().collect();
    if path.len() > 1 {
        head.push("webvpn");
        return block_holds(&head, words) && !begins_block(words);
    }
    if words == ["webvpn"] {
        let policy = outer.starts_with("group-policy") || outer.starts_with("username");
        return policy && !is_top_level_webvpn(next);
    }
    block_holds(&head, words) && !begins_block(words)
}

/// What changes nothing in a configuration.
const IDLE: &[&[&str]] = &[
    &["configure", "terminal"],
    &["conf", "t"],
    &["write", "memory"],
    &["wr", "mem"],
    &["copy", "running-config", "startup-config"],
    &["show"],
];
