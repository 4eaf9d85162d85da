//! `show ssl` and `show ssl ciphers`: what the ASA's TLS server does right now.
//!
//! ```text
//! Accept connections using SSLv3 or greater and negotiate to TLSv1 or greater
//! Enabled cipher order: aes256-sha1 aes128-sha1
//! SSL trust-points:
//!   outside interface: PHONES
//! Certificate authentication is not enabled
//! ```

use serde::{Deserialize, Serialize};

use crate::source::Seen;

/// What `show ssl` and `show ssl ciphers` print.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSsl {
    /// `Accept connections using …`, the whole line.
    pub accepts: Option<Seen<String>>,
    /// Enabled ciphers in the ASA's order: protocol version (empty where one list holds for all) and names as
    /// printed.
    pub ciphers: Vec<(String, Seen<Vec<String>>)>,
    /// Interface and trust-point.
    pub trust_points: Vec<(String, Seen<String>)>,
    /// `Self-signed (EC 256 bits …) certificate available`: one of these lines each.
    pub self_signed: Vec<Seen<String>>,
    /// `Certificate authentication is not enabled`, or where it is.
    pub certificate_authentication: Option<Seen<String>>,
}
