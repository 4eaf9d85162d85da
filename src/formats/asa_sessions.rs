//! `show vpn-sessiondb [detail] anyconnect` and its summary: who is connected, and how.
//!
//! ```text
//! Session Type: AnyConnect Detailed
//!
//! Username     : CP-7962G-SEP001122334455
//! Index        : 57
//! Assigned IP  : 198.51.100.7               Public IP    : 192.0.2.9
//! Protocol     : AnyConnect-Parent SSL-Tunnel DTLS-Tunnel
//! Group Policy : PHONES                     Tunnel Group : VPNPhone
//!
//! DTLS-Tunnel:
//!   Tunnel ID    : 57.3
//!   Auth Mode    : Certificate
//!   Client Ver   : Cisco SVC IPPhone Client v1.0 (1.0)
//! ```
//! A session begins with its user's name; what stands before the first one in a cut output is a session whose user
//! is empty. Empty means: no session and no row of a summary; then there is no document.
//!
//! Quirks: two pairs stand in a line, but a long user name pushes `Index` to a line of its own, and releases differ
//! in blanks; copies out of web pages run lines together (`SHA1Bytes Tx     : 305849 Bytes Rx`). So a pair is known
//! by its key, never by its column. `Encryption` and `Hashing` hold colons of their own. What masks a user's name
//! (`*****`) or an address (`x.x.x.x`) is kept as it stands.
//!
//! Sources: ASA command reference, show vpn-sessiondb; Cisco document 115785 for a phone's session.

use crate::documents::Content;
use crate::documents::asa_sessions::{AsaSession, AsaSessions, AsaTunnel, SummaryRow};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::{Line, printed_by};
use crate::source::Located;
use crate::text::Text;
use crate::typed;

/// The format.
pub const FORMAT: Format = Format { name: "asa_sessions", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let claim =
        |strength, because| Some(Claim { kind: Kind::AsaSessions, strength, because, share: Share::Mixed });
    if let Some(command) = sample.command.filter(|command| is_command(command)) {
        return claim(85, printed_by(command));
    }
    let mut user: Option<Text> = None;
    let mut others = 0;
    for line in sample.text.unlogged_lines() {
        let text = line.text.trim();
        if TITLES.iter().any(|title| text.starts_with(title)) {
            return claim(85, line.quoted());
        }
        for pair in pairs(text) {
            match pair.key {
                "Username" => user = user.or_else(|| Some(line.quoted())),
                "Assigned IP" | "Public IP" | "Tunnel Group" | "Login Time" => others += 1,
                _ => {}
            }
        }
        if let (Some(because), 2..) = (&user, others) {
            return claim(80, because.clone());
        }
    }
    None
}

/// `show vpn-sessiondb` in any abbreviation that the device takes.
fn is_command(command: &str) -> bool {
    typed::is(command, &[("show", 2), ("vpn-sessiondb", 4)])
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let mut reader = Reader::default();
    for line in sample.text.lines() {
        reader.line(&line);
    }
    let mut list = reader.list;
    // `Username:` also asks for one at a prompt; a session has more.
    list.sessions.retain(AsaSession::is_told);
    if list.sessions.is_empty() && list.summary.is_empty() {
        return Parsed::default();
    }
    Parsed::read(vec![Content::AsaSessions(list)])
}

#[derive(Default)]
struct Reader {
    list: AsaSessions,
    session_type: String,
    /// The lines are not a user's: a site-to-site connection.
    elsewhere: bool,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>) {
        let text = line.text.trim();
        if let Some(row) = summary_row(text, line) {
            self.list.summary.push(row);
            return;
        }
        for pair in pairs(text) {
            self.pair(&pair, line);
        }
    }

    fn pair(&mut self, pair: &Pair<'_>, line: &Line<'_>) {
        let value = || Located::new(pair.value.to_owned(), line.at());
        match pair.key {
            "Session Type" => {
                pair.value.clone_into(&mut self.session_type);
                self.elsewhere = false;
            }
            "Device Total VPN Capacity" => {
                self.list.capacity =
                    pair.value.parse().ok().map(|sessions| Located::new(sessions, line.at()));
            }
            "Username" => {
                self.elsewhere = false;
                self.begin(line);
                if let Some(session) = self.list.sessions.last_mut() {
                    pair.value.clone_into(&mut session.user);
                }
            }
            "Connection" => self.elsewhere = true,
            _ if self.elsewhere => {}
            key if TUNNELS.contains(&key) => {
                if let Some(session) = self.list.sessions.last_mut() {
                    session.tunnels.push(AsaTunnel {
                        at: line.at(),
                        name: key.to_owned(),
                        pairs: Vec::new(),
                    });
                }
            }
            key => {
                if self.list.sessions.is_empty() {
                    // The output is cut above this line. A total alone is no session.
                    if pair.value.is_empty() || !SESSION_BEGINS.contains(&key) {
                        return;
                    }
                    self.begin(line);
                }
                let Some(session) = self.list.sessions.last_mut() else { return };
                let Some(tunnel) = session.tunnels.last_mut() else { return session.take(key, value()) };
                tunnel.pairs.push((key.to_owned(), value()));
                match key {
                    "Client Ver" if session.client.is_none() => session.client = Some(value()),
                    "Auth Mode" if session.authentication.is_none() => session.authentication = Some(value()),
                    _ => {}
                }
            }
        }
    }

    fn begin(&mut self, line: &Line<'_>) {
        let session_type = self.session_type.clone();
        self.list.sessions.push(AsaSession { at: line.at(), session_type, ..AsaSession::default() });
    }
}

/// A known key and what stands behind it, up to the next known key.
struct Pair<'t> {
    key: &'static str,
    value: &'t str,
}

/// The pairs of a line, by known keys.
fn pairs(text: &str) -> Vec<Pair<'_>> {
    // Where a key begins, the key, and where its value begins.
    let mut keys: Vec<(usize, &'static str, usize)> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let (before, behind) = text.split_at(colon);
        let before = before.trim_end();
        // A tunnel's name is a heading only where its first pair follows; else it stands inside a value.
        let rest = behind.get(1..).unwrap_or_default().trim_start();
        let is_heading = rest.is_empty() || rest.starts_with("Tunnel ID");
        let known = KEYS.iter().chain(if is_heading { TUNNELS } else { &[] });
        let Some(key) = known.filter(|key| before.ends_with(*key)).max_by_key(|key| key.len()) else {
            continue;
        };
        keys.push((before.len() - key.len(), key, colon + 1));
    }
    let ends = keys.iter().skip(1).map(|(begin, ..)| *begin).chain([text.len()]);
    let value = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim();
    keys.iter().zip(ends).map(|((_, key, from), to)| Pair { key, value: value(*from, to) }).collect()
}

/// `AnyConnect Client : 38 : 330351 : 442 : 0`.
fn summary_row(text: &str, line: &Line<'_>) -> Option<SummaryRow> {
    let mut columns = text.split(':').map(str::trim);
    let name = columns.next().filter(|name| name.starts_with(|first: char| first.is_alphabetic()))?;
    let mut number = || columns.next().map(str::parse::<u64>);
    let (active, cumulative) = (number()?.ok()?, number()?.ok()?);
    let peak = match number() {
        Some(peak) => Some(peak.ok()?),
        None => None,
    };
    Some(SummaryRow { at: line.at(), name: name.to_owned(), active, cumulative, peak })
}

const TITLES: &[&str] =
    &["Session Type: AnyConnect", "Session Type: SSL VPN Client", "Session Type: SVC", "VPN Session Summary"];

/// Headings of a session's tunnels.
const TUNNELS: &[&str] =
    &["AnyConnect-Parent", "Clientless", "DTLS-Tunnel", "IKEv2", "IPsecOverNatT", "SSL-Tunnel"];

/// Keys with which a session whose head is cut off may begin.
const SESSION_BEGINS: &[&str] =
    &["Assigned IP", "Group Policy", "Index", "Login Time", "Protocol", "Public IP", "Tunnel Group"];

/// Keys of the outputs of all releases (ASA command reference, show vpn-sessiondb; Cisco 115785).
const KEYS: &[&str] = &[
    "AnyConnect-Parent Tunnels",
    "Assigned IP",
    "Assigned IPv6",
    "Audt Sess ID",
    "Auth Mode",
    "Bytes Rx",
    "Bytes Tx",
    "Client OS",
    "Client OS Ver",
    "Client Type",
    "Client Ver",
    "Clientless Tunnels",
    "Conn Time Out",
    "Conn TO Left",
    "Connection",
    "DTLS-Tunnel Tunnels",
    "Device Load",
    "Device Total VPN Capacity",
    "Duration",
    "Encapsulation",
    "Encryption",
    "Filter Name",
    "Group",
    "Group Policy",
    "Hashing",
    "Idle TO Left",
    "Idle Time Out",
    "Inactivity",
    "Index",
    "License",
    "Login Time",
    "NAC Result",
    "Pkts Rx",
    "Pkts Rx Drop",
    "Pkts Tx",
    "Pkts Tx Drop",
    "Protocol",
    "Public IP",
    "Public IPv6",
    "SSL-Tunnel Tunnels",
    "SSO Server",
    "Security Grp",
    "Session Type",
    "TCP Dst Port",
    "TCP Src Port",
    "Total Active and Inactive",
    "Total Cumulative",
    "Tunnel Group",
    "Tunnel ID",
    "Tunnel Zone",
    "UDP Dst Port",
    "UDP Src Port",
    "Username",
    "VLAN",
    "VLAN Mapping",
];

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake;

    const DETAIL: &str = "Session Type: AnyConnect Detailed\n\n\
        Username     : CP-8851-SEP001122334455\nIndex        : 57\n\
        Assigned IP  : 198.51.100.7           Public IP    : 192.0.2.9\n\
        Protocol     : AnyConnect-Parent SSL-Tunnel DTLS-Tunnel\n\
        License      : AnyConnect Premium, AnyConnect for Cisco VPN Phone\n\
        Encryption   : AnyConnect-Parent: (1)none  SSL-Tunnel: (1)AES128  DTLS-Tunnel: (1)AES128\n\
        Group Policy : PHONES                 Tunnel Group : Voice Phones\n\
        SSL-Tunnel Tunnels: 1\nDTLS-Tunnel Tunnels: 1\n\n\
        SSL-Tunnel:\n  Tunnel ID    : 57.2\n  Public IP    : 192.0.2.9\n\
        \x20 Encapsulation: TLSv1.0                TCP Src Port : 50529\n\
        \x20 TCP Dst Port : 443                    Auth Mode    : Certificate\n\
        \x20 Client Type  : SSL VPN Client\n  Client Ver   : Cisco SVC IPPhone Client v1.0 (1.0)\n\
        DTLS-Tunnel:\n  Tunnel ID    : 57.3\n  Assigned IP  : 198.51.100.7\n\n\
        Username     : joe                    Index        : 58\n\
        Assigned IP  : 198.51.100.8           Public IP    : 192.0.2.10\n\
        Protocol     : AnyConnect-Parent SSL-Tunnel\n";

    fn parsed(text: &str) -> Option<AsaSessions> {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        reading.documents.into_iter().find_map(|document| match document.content {
            Content::AsaSessions(list) => Some(list),
            _ => None,
        })
    }

    /// What a person looks for in a session.
    fn fields_of(session: &AsaSession) -> [&str; 7] {
        let value = |seen: &'_ Option<Located<String>>| match seen {
            Some(seen) => seen.value.clone().leak() as &str,
            None => "",
        };
        [
            session.user.clone().leak(),
            session.assigned.clone().leak(),
            session.public.clone().leak(),
            value(&session.group_policy),
            value(&session.tunnel_group),
            value(&session.client),
            value(&session.authentication),
        ]
    }

    const PHONE: [&str; 7] = [
        "CP-8851-SEP001122334455",
        "198.51.100.7",
        "192.0.2.9",
        "PHONES",
        "Voice Phones",
        "Cisco SVC IPPhone Client v1.0 (1.0)",
        "Certificate",
    ];

    #[test]
    fn a_detailed_list_is_read_in_full() {
        let list = parsed(DETAIL).unwrap();
        assert_eq!(list.sessions.len(), 2);
        let phone = &list.sessions[0];
        assert_eq!(fields_of(phone), PHONE);
        assert!(phone.says_phone());
        assert_eq!(phone.at.line, 3);
        assert_eq!(phone.session_type, "AnyConnect Detailed");
        let tunnels: Vec<_> = phone.tunnels.iter().map(|t| (t.name.as_str(), t.pairs.len())).collect();
        assert_eq!(tunnels, [("SSL-Tunnel", 8), ("DTLS-Tunnel", 2)]);
        assert_eq!(phone.has_tunnel("DTLS-Tunnel"), Some(true));
        assert_eq!(phone.other[0].1.value, "57");
        assert!(phone.other.iter().any(|(key, seen)| key == "Encryption" && seen.value.ends_with("AES128")));
        let joe = &list.sessions[1];
        assert_eq!(fields_of(joe), ["joe", "198.51.100.8", "192.0.2.10", "", "", "", ""]);
        assert!(!joe.says_phone());
        assert_eq!(joe.has_tunnel("DTLS-Tunnel"), Some(false));
    }

    #[test]
    fn a_copy_that_ran_its_lines_together_says_the_same() {
        let line = DETAIL.replace('\n', " ").replace("  ", " ").replace("AES128 Group", "AES128Group");
        let list = parsed(&line).unwrap();
        assert_eq!(fields_of(&list.sessions[0]), PHONE);
        assert_eq!(list.sessions[0].tunnels.len(), 2);
        assert_eq!(list.sessions[1].user, "joe");
    }

    #[test]
    fn a_summary_is_rows_and_a_capacity() {
        let list = parsed(
            "VPN Session Summary\n     Active : Cumulative : Peak Concur : Inactive\n\
             AnyConnect Client   :     38 :     330 :         42 :        0\n  Browser : 0 : 10 : 9\n\
             Total Active and Inactive    :     38             Total Cumulative : 340\n\
             Device Total VPN Capacity    :   5000\nTotals   :    113 :    3543\n",
        )
        .unwrap();
        let rows: Vec<_> = list.summary.iter().map(|row| (row.name.as_str(), row.active, row.peak)).collect();
        assert_eq!(
            rows,
            [("AnyConnect Client", 38, Some(42)), ("Browser", 0, Some(9)), ("Totals", 113, None)]
        );
        assert_eq!(list.capacity.map(|seen| seen.value), Some(5000));
        assert!(list.sessions.is_empty());
    }

    #[test]
    fn other_texts_are_no_session_list() {
        for text in [
            "",
            "username joe password x\nusername joe attributes\n",
            "x Authentication: successful, Session Type: AnyConnect\n10:20:30: started\n",
            "%ASA-4-722051: Group <P> User <joe> IP <192.0.2.9> Address <198.51.100.7> assigned to session\n",
            "Username: joe\nfullname : Joe\n",
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
        assert!(is_command("sh vpn-sess det any") && !is_command("show vpn load-balancing"));
    }

    #[test]
    fn a_site_to_site_connection_is_no_ones_session() {
        let list = parsed(&format!(
            "{DETAIL}\nConnection   : 203.0.113.1\nIndex        : 3   IP Addr : 203.0.113.1\nProtocol : IKEv2\n"
        ))
        .unwrap();
        assert_eq!(list.sessions.len(), 2);
        assert_eq!(list.sessions[1].protocol.as_ref().unwrap().value, "AnyConnect-Parent SSL-Tunnel");
    }

    #[test]
    fn cut_at_every_byte_it_never_panics() {
        for cut in 0..DETAIL.len() {
            let cut = String::from_utf8_lossy(&DETAIL.as_bytes()[cut..]).into_owned();
            drop(parsed(&cut));
            let head = &DETAIL.as_bytes()[..DETAIL.len() - cut.len()];
            drop(parsed(&String::from_utf8_lossy(head)));
        }
    }
}
