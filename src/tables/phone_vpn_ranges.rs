//! What values the settings of a phone's VPN may have.
//!
//! Names are the elements of `<vpnGroup>`; the ranges are those of CUCM's own pages (CUCM 15 feature guide, chapter
//! VPN client: VPN feature parameters, VPN gateway fields, VPN group fields; read November 2026). The numbers of
//! `authMethod` are usecallmanager.nz's, SEPMAC.cnf.xml.

/// A setting and the lowest and highest value that is documented for it.
pub struct Range {
    /// The element in `<vpnGroup>`.
    pub element: &'static str,
    /// Lowest value, in the element's unit.
    pub lowest: u32,
    /// Highest value, in the element's unit.
    pub highest: u32,
}

/// Bytes; CUCM's default is 1290.
pub const MTU: Range = Range { element: "mtu", lowest: 256, highest: 1406 };

/// Seconds; CUCM's default is 30.
pub const FAIL_CONNECT_TIME: Range = Range { element: "failConnectTime", lowest: 0, highest: 600 };

/// 0 user and password, 1 password only, 2 certificate.
pub const AUTH_METHOD: Range = Range { element: "authMethod", lowest: 0, highest: 2 };

/// Number of a url, one for each VPN gateway of the group.
pub const URL: Range = Range { element: "url", lowest: 1, highest: 3 };

/// Number of a hash, one for each certificate of all gateways of the group.
pub const CERT_HASH: Range = Range { element: "certHash", lowest: 1, highest: 10 };

impl Range {
    /// True for a value inside the range; a text that is no number is outside.
    pub fn holds(&self, value: &str) -> bool {
        value.trim().parse::<u32>().is_ok_and(|value| (self.lowest..=self.highest).contains(&value))
    }
}

/// `256–1406`.
impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}–{}", self.lowest, self.highest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_belong_to_it() {
        for (value, inside) in
            [("255", false), ("256", true), (" 1406 ", true), ("1407", false), ("-1", false), ("x", false)]
        {
            assert_eq!(MTU.holds(value), inside, "{value}");
        }
        assert_eq!(MTU.to_string(), "256–1406");
    }
}
