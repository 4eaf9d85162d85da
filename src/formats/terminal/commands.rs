//! Commands as typed, and what they stand for.
//!
//! ```text
//! sh run ssl        show running-config ssl
//! sh cry ca cert X  show crypto ca certificates X
//! wr t              write terminal
//! ```
//!
//! Empty: a command that is not in the table stays as it was typed.
//! Quirks: the device takes any unambiguous beginning of a word. The table says how much of a word must stand, and
//! is only as long as the readers of the outputs need. Names and filters behind the known words are not touched.
//! Sources: the command reference of the ASA; the lengths are chosen so that no other command of that place begins
//! alike, as far as the reference shows.

use std::borrow::Cow;

/// The command with its leading words written out.
pub(super) fn expanded(typed: &str) -> String {
    let mut place: Cow<'static, str> = Cow::Borrowed("");
    let mut words = typed.split_whitespace().peekable();
    let mut written: Vec<&str> = Vec::new();
    while let Some(word) = words.peek() {
        let Some(known) = known_word(&place, word) else { break };
        words.next();
        // `do show …` in the configuration is `show …`.
        if known == "do" && place.is_empty() {
            continue;
        }
        written.push(known);
        place = Cow::Owned(written.join(" "));
    }
    written.extend(words);
    written.join(" ")
}

/// The command begins with a word that a device outside of its configuration knows.
pub(super) fn is_known(typed: &str) -> bool {
    typed.split_whitespace().next().is_some_and(|word| known_word("", word).is_some())
}

/// The command prints something, and so is no line of the configuration, wherever it is typed.
pub(super) fn is_show(typed: &str) -> bool {
    let expanded = expanded(typed);
    let verb = expanded.split(' ').next().unwrap_or_default();
    ["show", "write", "more", "ping", "packet-tracer", "debug", "undebug", "traceroute", "test", "dir"]
        .contains(&verb)
}

fn known_word(place: &str, word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let rows = WORDS.iter().filter(|(at, ..)| *at == place);
    let mut fitting = rows.filter(|(_, whole, least)| word.len() >= *least && whole.starts_with(&word));
    fitting.next().map(|(_, whole, _)| *whole)
}

/// Where a word may stand, the word, and how many of its letters must be typed.
const WORDS: &[(&str, &str, usize)] = &[
    ("", "changeto", 6),
    ("", "clear", 3),
    ("", "configure", 4),
    ("", "copy", 3),
    ("", "debug", 3),
    ("", "dir", 3),
    ("", "disable", 4),
    ("", "do", 2),
    ("", "enable", 2),
    ("", "exit", 2),
    ("", "logout", 4),
    ("", "more", 3),
    ("", "packet-tracer", 3),
    ("", "ping", 4),
    ("", "reload", 3),
    ("", "show", 2),
    ("", "terminal", 3),
    ("", "test", 4),
    ("", "traceroute", 5),
    ("", "undebug", 3),
    ("", "write", 2),
    ("configure", "terminal", 1),
    ("show", "aaa-server", 3),
    ("show", "access-list", 8),
    ("show", "asp", 3),
    ("show", "bootvar", 4),
    ("show", "clock", 3),
    ("show", "conn", 4),
    ("show", "context", 5),
    ("show", "crypto", 3),
    ("show", "curpriv", 3),
    ("show", "debug", 3),
    ("show", "disk0:", 5),
    ("show", "failover", 3),
    ("show", "flash:", 2),
    ("show", "history", 3),
    ("show", "interface", 3),
    ("show", "inventory", 3),
    ("show", "ip", 2),
    ("show", "logging", 3),
    ("show", "module", 3),
    ("show", "nat", 3),
    ("show", "ntp", 3),
    ("show", "running-config", 2),
    ("show", "route", 3),
    ("show", "ssl", 3),
    ("show", "startup-config", 4),
    ("show", "tech-support", 3),
    ("show", "version", 3),
    ("show", "vpn", 3),
    ("show", "vpn-sessiondb", 4),
    ("show", "webvpn", 3),
    ("show", "xlate", 2),
    ("show crypto", "ca", 2),
    ("show crypto", "key", 3),
    ("show crypto", "pki", 3),
    ("show crypto ca", "certificates", 3),
    ("show crypto ca", "crls", 3),
    ("show crypto ca", "server", 3),
    ("show crypto ca", "trustpoints", 6),
    ("show crypto ca", "trustpool", 6),
    ("show crypto key", "mypubkey", 2),
    ("show crypto pki", "certificates", 3),
    ("show running-config", "aaa", 3),
    ("show running-config", "access-list", 8),
    ("show running-config", "all", 3),
    ("show running-config", "crypto", 3),
    ("show running-config", "dynamic-access-policy-record", 3),
    ("show running-config", "group-policy", 2),
    ("show running-config", "http", 4),
    ("show running-config", "interface", 3),
    ("show running-config", "ip", 2),
    ("show running-config", "logging", 3),
    ("show running-config", "nat", 3),
    ("show running-config", "ssl", 3),
    ("show running-config", "tunnel-group", 3),
    ("show running-config", "tunnel-group-map", 13),
    ("show running-config", "username", 4),
    ("show running-config", "webvpn", 3),
    ("show running-config all", "crypto", 3),
    ("show running-config all", "group-policy", 2),
    ("show running-config all", "ssl", 3),
    ("show running-config all", "tunnel-group", 3),
    ("show running-config all", "webvpn", 3),
    ("show running-config crypto", "ca", 2),
    ("show running-config crypto ca", "certificate", 4),
    ("show running-config crypto ca", "trustpoint", 2),
    ("show vpn-sessiondb", "anyconnect", 3),
    ("show vpn-sessiondb", "detail", 3),
    ("show vpn-sessiondb", "full", 4),
    ("show vpn-sessiondb", "svc", 3),
    ("show vpn-sessiondb", "webvpn", 3),
    ("show vpn-sessiondb detail", "anyconnect", 3),
    ("show vpn-sessiondb detail", "svc", 3),
    ("show vpn-sessiondb detail", "webvpn", 3),
    ("write", "erase", 1),
    ("write", "memory", 1),
    ("write", "terminal", 1),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_words_are_written_out() {
        for (typed, expected) in [
            ("sh run", "show running-config"),
            ("sh ru", "show running-config"),
            ("Show  Run ssl", "show running-config ssl"),
            ("sh ver", "show version"),
            ("sh cry ca cert vpn.example.com", "show crypto ca certificates vpn.example.com"),
            ("sh log | i 725014", "show logging | i 725014"),
            ("sh run tun", "show running-config tunnel-group"),
            ("sh run all tun PHONES", "show running-config all tunnel-group PHONES"),
            ("sh vpn-sessiondb det any", "show vpn-sessiondb detail anyconnect"),
            ("sh flash", "show flash:"),
            ("do sh clock", "show clock"),
            ("wr t", "write terminal"),
            ("wr", "write"),
            ("conf t", "configure terminal"),
            ("more system:running-config", "more system:running-config"),
            ("show something else", "show something else"),
            ("tunnel-group PHONES type remote-access", "tunnel-group PHONES type remote-access"),
            ("", ""),
        ] {
            assert_eq!(expanded(typed), expected);
        }
    }

    #[test]
    fn every_word_stands_where_its_place_can_be_reached() {
        for (place, word, least) in WORDS {
            assert!(*least <= word.len(), "{word}");
            let spelt = format!("{place} {word}");
            assert_eq!(expanded(&spelt), if *word == "do" { "" } else { spelt.trim() });
        }
    }
}
