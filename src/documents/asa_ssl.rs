//! What `show ssl` prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::Located;

/// What `show ssl` and `show ssl ciphers` print.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSsl {
    /// `Accept connections using … and negotiate to …`.
    pub accepts: Option<Located<Versions>>,
    /// Enabled ciphers in the ASA's order: protocol version (empty where one list holds for all) and names as
    /// printed.
    pub ciphers: Vec<(String, Located<Vec<String>>)>,
    /// Trust-points of interfaces.
    pub trust_points: Vec<SslTrustpoint>,
    /// The title `SSL trust-points:` was printed: what is not under it is not bound.
    pub lists_trust_points: bool,
    /// `Self-signed (EC 256 bits …) certificate available`: one of these lines each.
    pub self_signed: Vec<Located<String>>,
    /// `Certificate authentication is not enabled`, or where it is.
    pub certificate_authentication: Option<Located<String>>,
}

/// The versions that are negotiated, as printed: `TLSv1`, `TLSv1.2`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// The lowest.
    pub lowest: String,
    /// The highest; `None` for `or greater`.
    pub highest: Option<String>,
}

/// A trust-point of an interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SslTrustpoint {
    /// The interface.
    pub interface: String,
    /// The trust-point.
    pub name: Located<String>,
    /// What stands in brackets behind it, for example `RSA 2048 bits RSA-SHA256`; may be empty.
    pub key: String,
}
