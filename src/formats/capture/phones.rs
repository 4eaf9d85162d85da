//! Which hosts of a capture are phones?
//!
//! ```text
//! TFTP: read request SEP001122334455.cnf.xml        its name
//! DHCP: vendor class "Cisco Systems, Inc. IP Phone CP-7962G"
//! SCCP register, SIP REGISTER with its device name, HTTP user agent "Cisco SVC IPPhone Client"
//! ```
//!
//! A capture names nobody else. What a host asks of the gateway does not tell it from a PC.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::place;
use crate::capture::Traffic;
use crate::capture::conversation::{Conversation, PacketPlace, What};
use crate::capture::sccp::Sccp;
use crate::capture::tftp::Tftp;
use crate::documents::capture::Phone;

/// Phones of one capture that are kept; a network has few behind one port.
const MAX_PHONES: usize = 500;

pub(super) fn of(traffic: &Traffic) -> Vec<Phone> {
    let mut phones = Phones::default();
    let says_so = traffic.dhcp.iter().filter(|(_, message)| message.vendor_class.contains("IP Phone"));
    let named: BTreeSet<_> = says_so.map(|(_, message)| message.client).collect();
    for (at, message) in &traffic.dhcp {
        // The address that is given to a client which said that it is a phone.
        if message.message == 5 && !message.address.is_unspecified() && named.contains(&message.client) {
            phones.add(IpAddr::V4(message.address), "", at, || "DHCP".to_owned());
        }
    }
    for conversation in &traffic.conversations {
        for step in &conversation.steps {
            if let Some(name) = name_in(&step.what) {
                phones.add(conversation.client.ip(), &name, &step.at, || line(conversation));
            }
        }
    }
    phones.all
}

fn line(conversation: &Conversation) -> String {
    format!("{} > {}", conversation.client, conversation.server)
}

/// Phones in the order in which they show, each found again by its address.
#[derive(Default)]
struct Phones {
    all: Vec<Phone>,
    places: BTreeMap<IpAddr, usize>,
}

impl Phones {
    fn add(&mut self, address: IpAddr, name: &str, at: &PacketPlace, words: impl FnOnce() -> String) {
        if let Some(known) = self.places.get(&address).and_then(|at| self.all.get_mut(*at)) {
            if known.name.is_empty() && !name.is_empty() {
                known.name = name.to_owned();
            }
        } else if self.all.len() < MAX_PHONES {
            self.places.insert(address, self.all.len());
            let (address, name) = (address.to_string(), name.to_owned());
            self.all.push(Phone { address, name, at: place(at, &words()) });
        }
    }
}

/// The phone's name in what it says, or an empty text where only its kind shows.
fn name_in(what: &What) -> Option<String> {
    match what {
        What::Tftp(Tftp::Request { file }) => sep(file),
        What::Sccp(Sccp::Register { name }) => sep(name),
        What::Http(head) if head.target.contains("SEP") => sep(&head.target),
        What::Http(head) if head.header("user-agent").contains("IPPhone") => Some(String::new()),
        What::Sip(head) if head.method == "REGISTER" => sep(head.header("contact"))
            .or_else(|| sep(head.header("reason")))
            .or_else(|| head.header("user-agent").starts_with("Cisco-").then(String::new)),
        _ => None,
    }
}

/// `SEP` and the twelve digits of a hardware address, wherever it stands in a text.
fn sep(text: &str) -> Option<String> {
    let at = text.find("SEP")?;
    let name = text.get(at..at + 15)?;
    let digits = name.get(3..)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| name.to_ascii_uppercase())
}
