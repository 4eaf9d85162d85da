//! What is known of the way from a phone to CUCM, place by place.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What is known of each place on the way from a phone to CUCM, a line each; empty where nothing is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathView {
    /// The phone, or the phones.
    pub phone: Vec<Text>,
    /// What it dials.
    pub way: Vec<Text>,
    /// The gateway.
    pub gateway: Vec<Text>,
    /// The address that it has in the tunnel.
    pub tunnel: Vec<Text>,
    /// CUCM and the TFTP server.
    pub cucm: Vec<Text>,
}

impl PathView {
    /// True where nothing is known of any place.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
