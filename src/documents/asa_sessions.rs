//! What `show vpn-sessiondb` prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};

/// The sessions of one output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSessions {
    /// In order.
    pub sessions: Vec<AsaSession>,
    /// Rows of the two tables of the summary.
    pub summary: Vec<SummaryRow>,
    /// `Device Total VPN Capacity`: sessions that the model allows.
    pub capacity: Option<Located<u64>>,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSession {
    /// Where it begins.
    pub at: At,
    /// `Session Type` above it, for example `AnyConnect Detailed`; may be empty.
    pub session_type: String,
    /// `Username`.
    pub user: String,
    /// `Assigned IP`; may be empty.
    pub assigned: String,
    /// `Public IP`; may be empty.
    pub public: String,
    /// `Protocol`: its words, for example `SSL-Tunnel`, `DTLS-Tunnel`.
    pub protocol: Option<Located<String>>,
    /// `License`.
    pub licence: Option<Located<String>>,
    /// `Group Policy`.
    pub group_policy: Option<Located<String>>,
    /// `Tunnel Group`.
    pub tunnel_group: Option<Located<String>>,
    /// `Client Ver` of its first tunnel that says one, for example `Cisco SVC IPPhone Client v1.0 (1.0)`.
    pub client: Option<Located<String>>,
    /// `Auth Mode` likewise, for example `Certificate`.
    pub authentication: Option<Located<String>>,
    /// Every other pair, as printed: name and value.
    pub other: Vec<(String, Located<String>)>,
    /// Its tunnels, in the detailed form.
    pub tunnels: Vec<AsaTunnel>,
}

/// One tunnel of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaTunnel {
    /// Where its heading stands.
    pub at: At,
    /// `AnyConnect-Parent`, `SSL-Tunnel`, `DTLS-Tunnel`.
    pub name: String,
    /// Its pairs, as printed.
    pub pairs: Vec<(String, Located<String>)>,
}

/// A row such as `SSL-Tunnel : 125 : 1577 : 204`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// Where it stands.
    pub at: At,
    /// Its name.
    pub name: String,
    /// Sessions, or tunnels, now.
    pub active: u64,
    /// Since the start.
    pub cumulative: u64,
    /// Most at a time.
    pub peak: Option<u64>,
}

impl AsaSession {
    /// The session's own words say that a phone holds it: its client, or the licence that it uses (Cisco 115785).
    pub fn says_phone(&self) -> bool {
        self.client.as_ref().is_some_and(|client| client.value.contains("IPPhone"))
            || self.licence.as_ref().is_some_and(|licence| {
                licence.value.contains("Cisco VPN Phone") || licence.value.contains("Linksys phone")
            })
    }

    /// The session has a tunnel of this name; `None` where the list does not say which tunnels it has.
    pub fn has_tunnel(&self, name: &str) -> Option<bool> {
        let words = &self.protocol.as_ref()?.value;
        Some(words.split_whitespace().any(|word| word == name))
    }

    /// More than a name is known of it.
    pub(crate) fn is_told(&self) -> bool {
        let pairs = [&self.protocol, &self.group_policy, &self.tunnel_group];
        !self.assigned.is_empty()
            || !self.public.is_empty()
            || pairs.into_iter().any(Option::is_some)
            || self.other.iter().any(|(key, _)| key == "Index" || key == "Login Time")
    }

    pub(crate) fn take(&mut self, key: &str, value: Located<String>) {
        match key {
            "Assigned IP" => self.assigned = value.value,
            "Public IP" => self.public = value.value,
            "Protocol" => self.protocol = Some(value),
            "License" => self.licence = Some(value),
            "Group Policy" => self.group_policy = Some(value),
            "Tunnel Group" => self.tunnel_group = Some(value),
            "Client Ver" => self.client = Some(value),
            "Auth Mode" => self.authentication = Some(value),
            _ => self.other.push((key.to_owned(), value)),
        }
    }
}
