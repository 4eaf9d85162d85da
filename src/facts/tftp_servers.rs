//! Which TFTP server does a phone use, and who gave it to the phone?
//!
//! Witnesses: the network page (`TFTP Server 1`, `Alternate TFTP`, `DHCP server`, `Default router`), and in a
//! console log the DHCP daemon's `tftpsvr1` and the server that a download really came from.
//!
//! Quirks: while the VPN is up, a phone shows the tunnel's address on its network page, so the address of the page
//! says nothing of the site. Without the row `Alternate TFTP` nobody knows whether the server was typed in.

use crate::documents::phone_status::PhoneStatus;
use crate::facts::Documents;
use crate::observe::{By, What};
use crate::source::{Located, Place};

/// A TFTP server of one phone, by one document.
#[derive(Clone, Debug)]
pub struct TftpServer {
    /// Its address or name; empty where the phone was given none.
    pub address: String,
    /// Where that stands.
    pub place: Place,
    /// Who gave it.
    pub given_by: GivenBy,
    /// The router or DHCP server of the phone's site, where it has the same address.
    pub same_as_local: Option<Place>,
    /// The page says that no alternate TFTP server is set.
    pub alternate_off: bool,
    /// The phone, `SEP001122334455`; empty where the document does not name it.
    pub phone: String,
}

/// Who gave a phone its TFTP server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// It was typed in: Alternate TFTP is on.
    Person,
    /// DHCP: Alternate TFTP is off, or the DHCP daemon says so.
    Dhcp,
    /// Not told.
    Unknown,
}

/// The server of every status page and log that shows one.
pub fn of(documents: &Documents<'_>) -> Vec<TftpServer> {
    let mut servers = Vec::new();
    for page in &documents.phone_statuses {
        let Some(server) = page.document.setting(&["tftpserver1", "tftpserver"]) else { continue };
        let address = first_word(&server.value);
        let given_by = match page.document.setting(&["alternatetftp", "alttftp"]) {
            Some(seen) if is_yes(&seen.value) => GivenBy::Person,
            Some(_) => GivenBy::Dhcp,
            None => GivenBy::Unknown,
        };
        let same_as_local = local(page.document)
            .find(|seen| first_word(&seen.value) == address && !address.is_empty())
            .map(|seen| page.place(&seen.at));
        servers.push(TftpServer {
            address,
            place: page.place(&server.at),
            given_by,
            same_as_local,
            alternate_off: given_by == GivenBy::Dhcp,
            phone: page.document.device.as_ref().map(|device| device.value.clone()).unwrap_or_default(),
        });
    }
    for log in documents.logs_by(By::PhoneLog) {
        for event in &log.observations {
            let (server, given_by) = match event.what {
                What::TftpServerGiven { number: 1, server } => (server, GivenBy::Dhcp),
                What::FileServer { server } => (server, GivenBy::Unknown),
                _ => continue,
            };
            let phone = log.phone.map(|device| device.value.clone()).unwrap_or_default();
            servers.push(TftpServer {
                address: server.to_owned(),
                place: event.place(),
                given_by,
                same_as_local: None,
                alternate_off: false,
                phone,
            });
        }
    }
    servers
}

/// The phones behind these names, each once. What names none is the one phone's, where there is one.
pub fn each_phone<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut phones: Vec<&str> = names.collect();
    phones.sort_unstable();
    phones.dedup();
    if phones.len() == 2 {
        phones.retain(|name| !name.is_empty());
    }
    phones
}

/// True where a document that says it is of `said` may speak of this one of so many phones.
pub fn is_of(said: &str, phone: &str, phones: usize) -> bool {
    said.eq_ignore_ascii_case(phone) || phones < 2 && (said.is_empty() || phone.is_empty())
}

/// What the site itself gave the phone.
fn local(page: &PhoneStatus) -> impl Iterator<Item = &Located<String>> {
    [&["dhcpserver"] as &[_], &["defaultrouter1", "defaultrouter"]]
        .into_iter()
        .filter_map(|names| page.setting(names))
}

fn is_yes(value: &str) -> bool {
    ["yes", "on", "1", "true", "ja"].iter().any(|word| value.trim().eq_ignore_ascii_case(word))
}

/// A server without what a page writes behind it: `192.0.2.10 (a)`.
fn first_word(value: &str) -> String {
    let word = value.split_whitespace().next().unwrap_or_default();
    if word == "0.0.0.0" { String::new() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    fn servers(text: &str) -> Vec<(String, GivenBy, bool)> {
        let readings = readings(&[("x", text)]);
        let all = of(&Documents::of(&readings));
        all.into_iter().map(|one| (one.address, one.given_by, one.same_as_local.is_some())).collect()
    }

    #[test]
    fn the_server_and_who_gave_it() {
        let page = |alternate: &str| {
            format!(
                "DHCP Server\t192.168.1.1\nTFTP Server 1\t192.168.1.1\n{alternate}Domain Name\texample.com\n"
            )
        };
        let address = || "192.168.1.1".to_owned();
        assert_eq!(servers(&page("Alternate TFTP\tNo\n")), [(address(), GivenBy::Dhcp, true)]);
        assert_eq!(servers(&page("Alternate TFTP\tYes\n")), [(address(), GivenBy::Person, true)]);
        assert_eq!(servers(&page("")), [(address(), GivenBy::Unknown, true)]);
        let log = "2165 NOT Aug 10 16:58:12.226947 (689-695) DHCP-tftpsvr1:0.0.0.0\n";
        assert_eq!(servers(log), [(String::new(), GivenBy::Dhcp, false)]);
    }
}
