//! Phone families by firmware load: which TLS they speak, and what they offer.
//!
//! Loads are `<protocol><family>.<version>`: `SIP45.9-4-2SR3-1S`, `SCCP75.9-3-1SR4-1S`, `sip88xx.12-5-1SR2-2`.
//! What a family offers: Cisco 116162 (7962G with 9.1.1: AES256-SHA and AES128-SHA only), Cisco 115785 (TLS 1.0),
//! release notes of the 7800 and 8800 series (TLS 1.2 from 10.3(1); elliptic curves).

/// What a family of phones can do.
pub struct Family {
    /// How its loads begin, in lower case, after `sip` or `sccp`.
    pub loads: &'static [&'static str],
    /// What a person calls it.
    pub name: &'static str,
    /// It speaks TLS 1.0 only and offers AES256-SHA and AES128-SHA only.
    pub aes_sha_only: bool,
    /// It offers suites on elliptic curves, and so may be given a certificate on one.
    pub elliptic: bool,
}

/// Every family whose abilities are known.
pub const ALL: &[Family] = &[
    Family { loads: &["41.", "42.", "45.", "70.", "75."], name: "79xx", aes_sha_only: true, elliptic: false },
    Family { loads: &["78xx", "7832"], name: "78xx", aes_sha_only: false, elliptic: true },
    Family { loads: &["88xx", "8845_65", "8821", "8832"], name: "88xx", aes_sha_only: false, elliptic: true },
];

/// The family of a load; `None` where its abilities are not known.
pub fn of_load(load: &str) -> Option<&'static Family> {
    let load = load.to_ascii_lowercase();
    let rest = load.strip_prefix("sip").or_else(|| load.strip_prefix("sccp"))?;
    ALL.iter().find(|family| family.loads.iter().any(|start| rest.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_tell_the_family() {
        for (load, family) in [
            ("SIP45.9-4-2SR3-1S", Some("79xx")),
            ("SCCP75.9-3-1SR4-1S", Some("79xx")),
            ("sip88xx.12-5-1SR2-2", Some("88xx")),
            ("sip8845_65.14-2-1", Some("88xx")),
            ("sip78xx.12-5-1SR2-2", Some("78xx")),
            ("sip9971.9-4-2", None),
            ("", None),
        ] {
            assert_eq!(of_load(load).map(|family| family.name), family, "{load}");
        }
    }
}
