//! Settings of VPN gateways, groups and profiles, copied from CUCM's pages or exported as a table.
//!
//! ```text
//! VPN Gateway URL: https://vpn.example.com/Phones     one setting a line; colon, comma, semicolon or tab
//! "VPN Gateway Name","VPN Gateway URL"                a row of labels, and rows of values under it
//! "HQ","https://vpn.example.com/Phones"
//! ```
//!
//! Quirks: pages mark what must be filled in with `*`. Labels such as `MTU` stand in other texts too, so they count
//! only in a text that has a label of VPN settings as well.
//! Sources: CUCM 15 feature guide, chapter VPN client (fields of gateway, group, profile and feature configuration);
//! AXL schema of CUCM 8.5 (the names on the left).

use crate::lines::Line;
use crate::source::Located;

/// What AXL calls it, and the labels of the pages, in lower case. Those with `vpn` in them tell alone.
const SETTINGS: &[(&str, &[&str])] = &[
    ("vpnGateway/name", &["vpn gateway name"]),
    ("vpnGateway/description", &["vpn gateway description"]),
    ("vpnGateway/url", &["vpn gateway url"]),
    ("vpnGateway/certificates", &["vpn certificates in this location"]),
    ("vpnGroup/name", &["vpn group name"]),
    ("vpnGroup/description", &["vpn group description"]),
    ("vpnGroup/vpnGateways", &["selected vpn gateways in this vpn group"]),
    ("vpnProfile/name", &["vpn profile name"]),
    ("vpnProfile/description", &["vpn profile description"]),
    ("vpnProfile/autoNetworkDetection", &["enable auto network detect", "enable auto network detection"]),
    ("vpnProfile/mtu", &["mtu"]),
    ("vpnProfile/failToConnect", &["fail to connect"]),
    ("vpnProfile/clientAuthentication", &["client authentication method"]),
    ("vpnProfile/pwdPersistant", &["enable password persistence"]),
    ("vpnProfile/enableHostIdCheck", &["enable host id check"]),
    ("vpnProfile/keepAlive", &["keep alive"]),
];

/// Columns of a table that are looked at.
const COLUMNS_AT_MOST: usize = 256;

/// Reads settings line by line.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Names of the columns, where the last row of labels is still in force.
    columns: Vec<Option<&'static str>>,
    telling: bool,
}

impl Table {
    /// Takes the next line.
    pub fn take(&mut self, line: &Line<'_>, found: &mut Vec<(String, Located<String>)>) {
        let cells = cells(line.text);
        let names: Vec<_> = cells.iter().map(|cell| name_of(cell)).collect();
        let labels = names.iter().flatten().count();
        self.telling |= cells.iter().any(|cell| is_vpn_label(cell));
        let mut keep = |name: &str, value: &str| {
            let value = value.trim();
            if !value.is_empty() {
                found.push((name.to_owned(), Located::new(value.to_owned(), line.at())));
            }
        };
        match (names.as_slice(), cells.as_slice()) {
            (_, _) if labels > 1 => self.columns = names,
            ([Some(name), None], [_, value]) => keep(name, value),
            _ if cells.len() > 1 && cells.len() == self.columns.len() => {
                for (name, value) in self.columns.iter().zip(&cells) {
                    if let Some(name) = name {
                        keep(name, value);
                    }
                }
            }
            _ => {
                self.columns.clear();
                if let Some((name, value)) = pair(line.text) {
                    self.telling |= is_vpn_label(line.text.split(':').next().unwrap_or_default());
                    keep(name, value);
                }
            }
        }
    }

    /// A label of VPN settings was seen: the others count as well.
    pub fn was_telling(&self) -> bool {
        self.telling
    }
}

/// A line with a label that only VPN settings have.
pub(super) fn is_telling(text: &str) -> bool {
    let starts = text.trim_start().trim_start_matches('"');
    let vpn = starts.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("vpn"))
        || starts.get(..8).is_some_and(|head| head.eq_ignore_ascii_case("selected"));
    if !vpn {
        return false;
    }
    // A label alone is a heading of a document about CUCM.
    let cells = cells(text);
    let told =
        text.split_once(':').is_some_and(|(label, value)| is_vpn_label(label) && !value.trim().is_empty());
    told || cells.len() > 1 && cells.iter().any(|cell| is_vpn_label(cell))
}

fn is_vpn_label(cell: &str) -> bool {
    name_of(cell).is_some() && bare(cell).contains("vpn")
}

fn name_of(cell: &str) -> Option<&'static str> {
    let label = bare(cell);
    SETTINGS.iter().find(|(_, labels)| labels.contains(&label.as_str())).map(|(name, _)| *name)
}

fn bare(cell: &str) -> String {
    cell.trim().trim_end_matches(['*', ':', ' ']).to_ascii_lowercase()
}

/// `VPN Gateway URL: https://…`.
fn pair(text: &str) -> Option<(&'static str, &str)> {
    let (label, value) = text.split_once(':')?;
    Some((name_of(label)?, value))
}

/// The cells of a row: between tabs, or between commas or semicolons outside of quotation marks.
fn cells(text: &str) -> Vec<String> {
    let separator = ['\t', ';', ','].into_iter().find(|sign| text.contains(*sign));
    let Some(separator) = separator else { return vec![text.to_owned()] };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in text.chars() {
        match sign {
            '"' => quoted = !quoted,
            sign if sign == separator && !quoted => {
                if cells.len() >= COLUMNS_AT_MOST {
                    break;
                }
                cells.push(String::new());
            }
            sign => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(sign);
                }
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Decoded;

    fn settings_of(text: &str) -> (Vec<(String, String, u32)>, bool) {
        let decoded = Decoded::new(text.as_bytes(), 1000);
        let (mut table, mut found) = (Table::default(), Vec::new());
        for line in decoded.lines() {
            table.take(&line, &mut found);
        }
        let rows = found.into_iter().map(|(name, seen)| (name, seen.value, seen.at.line)).collect();
        (rows, table.was_telling())
    }

    #[test]
    fn pairs_and_tables_give_the_same_names() {
        let url = |line| ("vpnGateway/url".to_owned(), "https://vpn.example.com/Phones".to_owned(), line);
        let name = |line| ("vpnGateway/name".to_owned(), "HQ, north".to_owned(), line);
        for text in [
            "VPN Gateway Name*: HQ, north\nVPN Gateway URL: https://vpn.example.com/Phones\n",
            "VPN Gateway Name*\tHQ, north\nVPN Gateway URL\thttps://vpn.example.com/Phones\n",
        ] {
            assert_eq!(settings_of(text), (vec![name(1), url(2)], true), "{text}");
        }
        let table =
            "\"VPN Gateway Name\",\"VPN Gateway URL\"\n\"HQ, north\",\"https://vpn.example.com/Phones\"\n";
        assert_eq!(settings_of(table), (vec![name(2), url(2)], true));
    }

    #[test]
    fn common_words_do_not_tell_alone() {
        let (rows, telling) = settings_of("MTU: 1500\n");
        assert_eq!((rows.len(), telling), (1, false));
        assert!(
            is_telling("VPN Gateway URL: x")
                && !is_telling("MTU: 1500")
                && !is_telling("VPN Gateway Name")
                && !is_telling("vpn is up, x")
        );
    }
}
