//! Rows of a page, and what a row is: a status message or a setting.
//!
//! ```text
//! 10:12:33a TFTP timeout          a message behind its time
//! TFTP Server 1 <tab> 192.0.2.1   a label that is known, and its value
//! ```
//!
//! Quirks: a copied page has a tab, several blanks, a colon or one blank between label and value, by browser. A label
//! counts only where the table knows it, so that prose is not taken for settings.

use crate::documents::phone_status::bare;
use crate::lines::Decoded;
use crate::names::phone::PhoneName;
use crate::source::At;
use crate::tables::{phone_models, phone_status_messages as messages};

/// One row: its cells from left to right, and where it begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub cells: Vec<String>,
    pub at: At,
}

/// The first lines of a plain text that are of no ASA's log, cut at tabs or at two blanks and more.
pub(super) fn plain(text: &Decoded, at_most: usize) -> Vec<Row> {
    let filled = text.unlogged_lines().filter(|line| !line.text.trim().is_empty());
    filled
        .take(at_most)
        .map(|line| {
            let separator = if line.text.contains('\t') { "\t" } else { "  " };
            let cells = line.text.split(separator).map(str::trim).filter(|cell| !cell.is_empty());
            Row { cells: cells.map(str::to_owned).collect(), at: line.at() }
        })
        .collect()
}

/// Time and text of a status message; the time may be empty.
pub(super) fn message(row: &Row) -> Option<(String, String)> {
    let whole = row.cells.join(" ");
    let text = whole.trim();
    let start = time_length(text);
    let (time, said) = (text.get(..start)?, text.get(start..)?.trim());
    messages::of(said)?;
    let time = time.trim().trim_matches(['[', ']', ':', '-', ' ']);
    Some((time.to_owned(), said.to_owned()))
}

/// Bytes at the beginning that are a time: words of digits and their signs, with `a`, `am` and the like.
fn time_length(text: &str) -> usize {
    let mut length = 0;
    for word in text.split_inclusive([' ', '\t']) {
        let bare = word.trim().trim_matches(['[', ']', ',']);
        let digits = bare.trim_end_matches(['a', 'p', 'm', 'A', 'P', 'M']);
        let time = digits.starts_with(|sign: char| sign.is_ascii_digit())
            && digits.contains([':', '/', '-'])
            && digits.bytes().all(|byte| byte.is_ascii_digit() || b":/-.T".contains(&byte));
        let half = ["am", "pm", "AM", "PM", ":", "-", ""].contains(&bare) && length > 0;
        if !time && !half {
            break;
        }
        length += word.len();
    }
    length
}

/// The head of a page.
pub(super) struct Head {
    pub model: String,
    pub device: Option<String>,
}

/// `Cisco Unified IP Phone CP-7965G ( SEP001122334455 )`; nothing but maker, model and name stands there.
pub(super) fn head(row: &Row) -> Option<Head> {
    let whole = row.cells.join(" ");
    if whole.len() > HEAD_AT_MOST {
        return None;
    }
    let signs = |sign: char| matches!(sign, '(' | ')' | ',' | ':' | '[' | ']');
    let words = whole.split_whitespace().map(|word| word.trim_matches(signs)).filter(|word| !word.is_empty());
    let (mut model, mut device, mut maker) = (None, None, false);
    for word in words {
        let lower = word.to_ascii_lowercase();
        if is_device(word) && device.is_none() {
            device = Some(word.to_owned());
        } else if ["cisco", "unified", "ip", "phone", "ip-phone", "telefon", "ip-telefon"]
            .contains(&lower.as_str())
        {
            maker |= lower == "cisco";
        } else if model.is_none()
            && (maker || lower.starts_with("cp-"))
            && phone_models::number_in(word).is_some()
        {
            model = Some(word.to_owned());
        } else {
            return None;
        }
    }
    Some(Head { model: model?, device })
}

fn is_device(word: &str) -> bool {
    PhoneName::parse(word).is_some()
}

/// Bytes of the longest head of a page.
const HEAD_AT_MOST: usize = 80;

/// Label and value of a setting that is known and not empty; of the TFTP server it tells as well that there is none.
pub(super) fn setting(row: &Row) -> Option<(String, String)> {
    if let [label] = row.cells.as_slice()
        && bare(label) == "tftpserver1"
    {
        return Some((label.trim_end_matches([':', ' ']).to_owned(), String::new()));
    }
    if let [label, value, ..] = row.cells.as_slice() {
        let label = label.trim_end_matches([':', ' ']);
        return (is_label(label) && !value.is_empty()).then(|| (label.to_owned(), value.clone()));
    }
    let [line] = row.cells.as_slice() else { return None };
    // With a single blank between them, `ip address 192.0.2.1` of any configuration looks like a label and a value.
    let (label, value, known) = match line.split_once(':') {
        Some((label, value)) => (label, value, is_label as fn(&str) -> bool),
        None => at_last_blank(line).map(|(label, value)| (label, value, is_telling as fn(&str) -> bool))?,
    };
    let (label, value) = (label.trim(), value.trim());
    (known(label) && !value.is_empty()).then(|| (label.to_owned(), value.to_owned()))
}

/// `TFTP Server 1 192.0.2.1`: the value has no blanks.
fn at_last_blank(line: &str) -> Option<(&str, &str)> {
    line.trim().rsplit_once(' ')
}

fn is_label(label: &str) -> bool {
    if !may_be_label(label) {
        return false;
    }
    let bare = bare(label);
    LABELS.contains(&bare.as_str()) || TELLING.contains(&bare.as_str())
}

/// A label that only phones have.
pub(super) fn is_telling(label: &str) -> bool {
    may_be_label(label) && TELLING.contains(&bare(label).as_str())
}

/// False for what has more letters and digits than any label: lines of a log are looked at as well, without a copy.
fn may_be_label(label: &str) -> bool {
    label.bytes().filter(u8::is_ascii_alphanumeric).count() <= LONGEST_LABEL
}

/// Letters and digits of the longest label.
const LONGEST_LABEL: usize = 17;

/// A record of a phone's console log: a number, a level and a time.
pub(super) fn is_console_record(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().map(|word| word.trim_end_matches(':'));
    let level = words.next();
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        && level.is_some_and(|level| ["DEB", "ERR", "INF", "NOT", "WRN"].contains(&level))
}

/// Labels of the network and device pages that other devices have as well.
const LABELS: &[&str] = &[
    "activeload",
    "defaultrouter",
    "defaultrouter1",
    "dhcp",
    "dhcpenabled",
    "dhcpserver",
    "dnsserver1",
    "dnsserver2",
    "domainname",
    "hostname",
    "ipaddress",
    "ipv4address",
    "macaddress",
    "modelnumber",
    "serialnumber",
    "subnetmask",
    "tftpserver",
    "version",
    "versionid",
    "vpn",
];

/// Labels that only a phone's pages have.
const TELLING: &[&str] = &[
    "alternatetftp",
    "alttftp",
    "apploadid",
    "bootloadid",
    "callmanager1",
    "callmanager2",
    "callmanager3",
    "ciscounifiedcm1",
    "ciscounifiedcm2",
    "ciscounifiedcm3",
    "cucmserver1",
    "cucmserver2",
    "cucmserver3",
    "operationalvlanid",
    "phonedn",
    "phoneloadid",
    "tftpserver1",
    "tftpserver2",
    "unifiedcm1",
    "unifiedcm2",
    "unifiedcm3",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_found_with_whatever_signs_stand_in_it() {
        for label in LABELS.iter().chain(TELLING) {
            let dotted: String = label.chars().map(|sign| format!("{sign} . . . . ")).collect();
            assert!(is_label(label) && is_label(&dotted), "{label}");
        }
        assert!(!is_label(&"tftp server 1 ".repeat(9)));
    }
}
