//! Configurations whose lines a terminal or a tool broke at a fixed width.
//!
//! ```text
//! ssl encryption aes256-sha1 aes128-sha1 dhe-aes256-sha1 dhe-aes128-sha1 3des-sha1
//!  rc4-md5                                       broken at 80: the first line is the longest of all
//!  anyconnect image disk0:/anyconnect-win-4.10-webdeploy-k9.pkg 1 regex "Wind
//! ows NT"
//! ```
//! No line is longer than the width; one that is full and goes on with a word that begins no command is joined with
//! the next. Otherwise the rest of a line would end its block, and what follows would be told as missing.
//!
//! Empty: a text that is no configuration, and one whose longest lines are followed by commands.
//! Quirks: a recorded session with other outputs in it is left alone.
//! Lists of similar commands are often equally long. One such place is enough at the usual widths alone.
//! Tools that break at blanks leave lines that the next word would have made too long.
//!
//! Sources: `fold -w`, `fold -s`; terminals of 80 and 132 columns; tmux, `capture-pane`.

use super::Forms;
use super::width::{COMMON, first_word, length};
use crate::lines::{Decoded, Line};

/// The configuration with its broken lines joined.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    let width = text.lines().map(|line| length(line.text)).max()?;
    if text.has_log() || !(NARROWEST..=WIDEST).contains(&width) || !is_configuration(text) {
        return None;
    }
    // The lines of another output (licences, sessions, certificates) begin with no command and would all go on.
    if text.lines().any(|line| is_of_another_output(line.text)) {
        return None;
    }
    let indented = text.lines().filter(|line| line.text.starts_with(' ')).take(LEAST).count() == LEAST;
    let broken = |line: &str, next: &str| {
        let full = length(line) == width;
        let at_blank = !next.starts_with(' ') && length(line.trim_end()) + 1 + first_word(next) > width;
        (full || at_blank) && goes_on(next, indented)
    };
    let begins = |line: &str| line.trim().contains(' ') && !is_data(line);
    let pairs = text.lines().zip(text.lines().skip(1));
    let mut places = pairs.filter(|(line, next)| begins(line.text) && broken(line.text, next.text));
    // Two equally long lines prove a width; one proves a usual one, or one at which a line cannot end.
    let (first, _) = places.next()?;
    let cut = first.text.ends_with(' ') || first.text.matches('"').count() % 2 == 1;
    if !cut && !COMMON.contains(&width) && places.next().is_none() {
        return None;
    }
    let mut written = Decoded::default();
    let mut open: Option<(Line<'_>, String)> = None;
    let mut last = "";
    for line in text.lines() {
        match &mut open {
            Some((first, whole)) if begins(first.text) && broken(last, line.text) => {
                let apart = length(last) < width && !whole.ends_with(' ');
                whole.push_str(if apart { " " } else { "" });
                whole.push_str(line.text);
            }
            _ => {
                if let Some((first, whole)) = open.replace((line, line.text.to_owned())) {
                    written.append(&Line { text: &whole, ..first });
                }
            }
        }
        last = line.text;
    }
    if let Some((first, whole)) = open {
        written.append(&Line { text: &whole, ..first });
    }
    Some(written)
}

/// Lines that a configuration has, and mostly commands.
fn is_configuration(text: &Decoded) -> bool {
    let lines =
        || text.lines().map(|line| line.text).filter(|line| !line.trim().is_empty() && !is_data(line));
    let sure = lines().filter(|line| SURE.iter().any(|start| line.starts_with(start))).take(LEAST).count();
    let head = || lines().take(HEAD_LINES);
    sure == LEAST && head().filter(|line| !goes_on(line, false)).count() * 2 >= head().count()
}

/// A command that prints something else than a configuration, or the head of `show version`.
fn is_of_another_output(line: &str) -> bool {
    let command = line.split_once(['#', '>']).map(|(_, command)| command.trim_start()).unwrap_or_default();
    let shows = command.starts_with("sh ") || command.starts_with("show ");
    let configuration = [" run", " start", " conf", "more "].iter().any(|part| command.contains(part));
    (shows && !configuration) || line.starts_with("Cisco Adaptive Security Appliance Software Version")
}

/// The line begins with nothing that a line of its own begins with.
fn goes_on(line: &str, indented: bool) -> bool {
    let at_edge = indented && !line.starts_with(' ');
    let line = line.trim();
    let word = line.split(' ').next().unwrap_or_default();
    let known = COMMANDS.contains(&word)
        || !at_edge && INSIDE.contains(&word)
        || GROUPS.iter().any(|start| word.starts_with(start));
    !word.is_empty()
        && !known
        && !word.starts_with(['!', ':', '<'])
        && !["--", "**", "=="].iter().any(|rule| word.starts_with(rule))
        && !word.contains('#')
        && !is_data(line)
}

/// A line of a certificate.
fn is_data(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 8 && line.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b' ')
}

/// Beginnings that only a configuration has, and how many of its lines must have one.
const SURE: [&str; 13] = [
    "ASA Version ",
    "hostname ",
    "interface ",
    " nameif ",
    " security-level ",
    "webvpn",
    "group-policy ",
    "tunnel-group ",
    "crypto ca ",
    "ssl ",
    "access-list ",
    "ip local pool ",
    "aaa-server ",
];
const LEAST: usize = 4;
/// Lines in which the commands are counted.
const HEAD_LINES: usize = 400;
const NARROWEST: usize = 40;
const WIDEST: usize = 200;
/// Beginnings of words that begin commands.
const GROUPS: [&str; 26] = [
    "aaa-",
    "accounting",
    "address-pool",
    "anyconnect",
    "authenticat",
    "authoriz",
    "certificate",
    "class",
    "crypto",
    "dhcp",
    "dynamic-",
    "group-",
    "http",
    "ipv6",
    "ldap-",
    "object",
    "policy-",
    "secondary-",
    "split-",
    "ssl",
    "svc",
    "tunnel-",
    "username",
    "vpn",
    "webvpn",
    "Cryptochecksum",
];
/// Words that begin lines at the left edge. (`regex` does too, but ends the longest lines far more often.)
const COMMANDS: &[&str] = &[
    "ASA",
    "INFO:",
    "WARNING:",
    "aaa",
    "access-group",
    "access-list",
    "alias",
    "arp",
    "asdm",
    "banner",
    "boot",
    "call-home",
    "client-update",
    "clock",
    "cluster",
    "default",
    "dns",
    "domain-name",
    "end",
    "established",
    "exit",
    "failover",
    "fixup",
    "fragment",
    "ftp",
    "global",
    "hostname",
    "icmp",
    "ikev1",
    "ikev2",
    "interface",
    "ip",
    "isakmp",
    "jumbo-frame",
    "license",
    "logging",
    "mac-address",
    "management-access",
    "map",
    "monitor-interface",
    "mtu",
    "name",
    "names",
    "nat",
    "no",
    "ntp",
    "pager",
    "passwd",
    "password",
    "pim",
    "privilege",
    "prompt",
    "redundancy",
    "route",
    "router",
    "same-security-traffic",
    "service",
    "service-policy",
    "sla",
    "smart-tunnel",
    "smtp-server",
    "snmp",
    "snmp-server",
    "ssh",
    "static",
    "sysopt",
    "telnet",
    "terminal",
    "tftp-server",
    "threat-detection",
    "time-range",
    "timeout",
    "track",
    "user-identity",
    "virtual",
    "xlate",
];
/// Words that begin lines inside a block alone; at the left edge they are the rest of a line.
const INSIDE: &[&str] = &[
    "action",
    "authentication",
    "auto-import",
    "cache",
    "console",
    "contact-email-addr",
    "crl",
    "csd",
    "customization",
    "default-domain",
    "default-group-policy",
    "deny",
    "description",
    "destination",
    "disable",
    "dns-group",
    "dns-server",
    "drop",
    "dtls",
    "duplex",
    "email",
    "enable",
    "encryption",
    "enrollment",
    "error-recovery",
    "filter",
    "forward-reference",
    "fqdn",
    "frequency",
    "hash",
    "hostscan",
    "id-usage",
    "inspect",
    "integrity",
    "ip-comp",
    "issuer-name",
    "keepout",
    "key",
    "keypair",
    "lifetime",
    "management-only",
    "mask",
    "match",
    "max-failed-attempts",
    "message-length",
    "name-server",
    "nameif",
    "nat-assigned-to-public-ip",
    "nbns-server",
    "network",
    "network-acl",
    "network-object",
    "ocsp",
    "parameters",
    "participate",
    "peer-id-validate",
    "periodic",
    "permit",
    "port",
    "port-object",
    "pre-fill-username",
    "pre-shared-key",
    "prf",
    "priority",
    "profile",
    "protocol-object",
    "proxy-auth",
    "quit",
    "range",
    "reactivation-mode",
    "redirect-fqdn",
    "revocation-check",
    "security-level",
    "serial-number",
    "server-port",
    "service-object",
    "service-type",
    "set",
    "shutdown",
    "speed",
    "standby",
    "subject-name",
    "subnet",
    "subscribe-to-alert-group",
    "switchport",
    "trustpoint",
    "type",
    "url-list",
    "user-message",
    "validation-usage",
    "vlan",
    "wins-server",
    "zone-member",
];
