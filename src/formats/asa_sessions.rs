//! `show vpn-sessiondb [detail] anyconnect`: who is connected, and how.
//!
//! ```text
//! Username     : CP-7962G-SEP001122334455   Index        : 57
//! Assigned IP  : 198.51.100.7               Public IP    : 192.0.2.9
//! Protocol     : AnyConnect-Parent SSL-Tunnel DTLS-Tunnel
//! Group Policy : PHONES                     Tunnel Group : VPNPhone
//! ```

use serde::{Deserialize, Serialize};

use crate::source::{At, Seen};

/// The sessions of one output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSessions {
    /// In order.
    pub sessions: Vec<AsaSession>,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSession {
    /// Where it begins.
    pub at: At,
    /// `Username`.
    pub user: String,
    /// `Assigned IP`; may be empty.
    pub assigned: String,
    /// `Public IP`; may be empty.
    pub public: String,
    /// `Protocol`: its words, for example `SSL-Tunnel`, `DTLS-Tunnel`.
    pub protocol: Option<Seen<String>>,
    /// `License`.
    pub licence: Option<Seen<String>>,
    /// `Group Policy`.
    pub group_policy: Option<Seen<String>>,
    /// `Tunnel Group`.
    pub tunnel_group: Option<Seen<String>>,
    /// `Client Ver`, for example `Cisco SVC IPPhone Client v1.0 (1.0)`.
    pub client: Option<Seen<String>>,
    /// `Auth Mode`, for example `Certificate`.
    pub authentication: Option<Seen<String>>,
    /// Every other pair, as printed: name and value.
    pub other: Vec<(String, Seen<String>)>,
}
