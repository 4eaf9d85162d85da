//! Whether a line continues the message before it.
//!
//! A terminal breaks a long line at exactly 80 columns, in the middle of a word: such pieces are joined with
//! nothing between them. A document breaks at a blank, somewhere before its right margin: such pieces are joined
//! with one blank. What follows a message without having been wrapped (prose, a prompt, another log) must not be
//! taken into it, so a line continues another only where the other could have been too long.

use crate::tables::syslog_texts;

/// How a line continues the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// Broken inside a word or at its edge by a terminal.
    Terminal,
    /// Broken at a blank by a document.
    Document,
}

/// How `line` continues a message whose last physical line has `before` bytes; `None` where it does not. `so_far` is
/// number and text of the message, where they are known: one that is complete as its form goes takes nothing more.
pub(super) fn join(before: usize, so_far: Option<(u32, &str)>, line: &str) -> Option<Join> {
    let trimmed = line.trim();
    if so_far.is_some_and(|(id, text)| !syslog_texts::may_go_on(id, text, trimmed)) {
        return None;
    }
    let so_far = so_far.map(|(_, text)| text).unwrap_or_default();
    // `… User <CP-7962G-SEP00\n1122334455> IP …`: the end of a name in brackets looks like a prompt.
    let in_brackets = so_far.rfind('<') > so_far.rfind('>');
    if trimmed.is_empty() || (begins_anew(trimmed) && !in_brackets) {
        return None;
    }
    if before == TERMINAL_COLUMNS && line.len() <= TERMINAL_COLUMNS {
        return Some(Join::Terminal);
    }
    let word = trimmed.split_ascii_whitespace().next().unwrap_or_default();
    let too_long = before + 1 + word.len() > NARROWEST_DOCUMENT;
    (too_long && before <= WIDEST_DOCUMENT && line.len() <= WIDEST_DOCUMENT).then_some(Join::Document)
}

/// The pager's prompt, or the ASA's word that a message came again: neither part of a message nor its end.
pub(super) fn is_noise(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("<--- More --->") || line.starts_with("(Message repeated ")
}

/// True for lines that are known to be something else.
fn begins_anew(line: &str) -> bool {
    let word = line.split_ascii_whitespace().next().unwrap_or_default();
    let prompt = word.ends_with('#') || (word.ends_with('>') && !word.starts_with('<'));
    prompt
        || ELSEWHERE.iter().any(|start| line.starts_with(start))
        || is_phone_line(line)
        || has_time(word)
        || is_debug(line)
}

/// `902: NOT 10:19:27.155936 VPNC: …`, a line of a phone's log.
fn is_phone_line(line: &str) -> bool {
    let Some((number, rest)) = line.split_once(": ") else { return false };
    let level = rest.split_ascii_whitespace().next().unwrap_or_default();
    number.bytes().all(|byte| byte.is_ascii_digit())
        && level.len() == 3
        && level.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A line of `debug webvpn anyconnect`, which a console prints between the messages.
fn is_debug(line: &str) -> bool {
    line.contains(", Client Cert Auth ") || DEBUGS.iter().any(|start| line.starts_with(start))
}

/// The first word of a line of another log: a month, or a date and time in one.
fn has_time(word: &str) -> bool {
    (word.len() == 3 && crate::time::Stamp::month(word).is_some())
        || (word.len() >= 19
            && word.bytes().take(4).all(|byte| byte.is_ascii_digit())
            && word.as_bytes().get(4) == Some(&b'-'))
}

/// Width of a terminal.
const TERMINAL_COLUMNS: usize = 80;
/// No document has a narrower text than this, in bytes.
const NARROWEST_DOCUMENT: usize = 60;
/// No document that wraps its lines has a wider text than this, in bytes.
pub(super) const WIDEST_DOCUMENT: usize = 100;
/// Starts of lines that end a message: marks of a cut, code fences, comments, names of phone log components.
const ELSEWHERE: [&str; 9] = ["<snip", "```", "--", "==", "~~~", "!", "VPNC:", "SECD:", "{"];
/// Starts of lines of the WebVPN debug output.
const DEBUGS: [&str; 5] =
    ["WebVPN: CSD", "http_remove_auth_handle", "http_parse_cstp", "Processing CSTP", "webvpn_cstp"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_wrapped_are_told_from_lines_that_follow() {
        for (before, line, expected) in [
            (80, "72.0.2.9/59371) to identity", Some(Join::Terminal)),
            (76, "client outside:192.0.2.9/50091", Some(Join::Document)),
            (63, "LOCAL\\CP-7962G-SEP001122334455 Succeeded", Some(Join::Document)),
            (37, "and then some prose", None),
            (151, "After that the phone", None),
            (81, "902: NOT 10:19:27.155936 VPNC: start", None),
            (76, "vpn# show ssl", None),
            (76, "vpn(config)# show ssl", None),
            (76, "<snip>", None),
            (76, "Tunnel Group: PHONES, Client Cert Auth Success.", None),
            (76, "Tunnel Group: PHONES, Peer certificate: x", Some(Join::Document)),
            (76, "<192.0.2.9> Authentication: successful", Some(Join::Document)),
            (76, "Nov 23 10:19:27 other: line", None),
        ] {
            assert_eq!(join(before, None, line), expected, "{before} {line}");
        }
        for (id, so_far, line, expected) in [
            (725_014, "SSL lib error. Function: f Reason: tlsv1 alert unknown ca", "Any ideas?", None),
            (725_014, "SSL lib error. Function: f Reason: tlsv1 alert unknown", "ca", Some(Join::Document)),
            (725_006, "Device failed SSL handshake with client o:192.0.2.9/5 to 192.0.2.1/443", "Help", None),
            (716_038, "Group <g> User <u> IP <192.0.2.9> Authentication: successful.", "Help", None),
        ] {
            assert_eq!(join(76, Some((id, so_far)), line), expected, "{so_far}");
        }
        for (so_far, expected) in [("Group <g> User <CP-7962", Some(Join::Terminal)), ("Group <g> was", None)]
        {
            assert_eq!(
                join(80, Some((716_038, so_far)), "G> IP <192.0.2.9> Authentication"),
                expected,
                "{so_far}"
            );
        }
    }
}
