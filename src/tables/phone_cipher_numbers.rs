//! The numbers of `disableTLSCiphers` in a phone's configuration, and the suites that each takes away.
//!
//! Firmware 12.5(1) and later. Sources: release notes of the 7800 and 8800 series 12.5(1); usecallmanager.nz,
//! SEPMAC.cnf.xml. The release notes write `AES128-CBC-SHA` for what OpenSSL calls `AES128-SHA`.

/// A number and OpenSSL's name of the suite that it disables.
pub const ALL: &[(u32, &str)] = &[
    (1, "DES-CBC3-SHA"),
    (2, "AES128-SHA"),
    (3, "AES256-SHA"),
    (4, "ECDHE-RSA-AES128-GCM-SHA256"),
    (5, "ECDHE-ECDSA-AES128-GCM-SHA256"),
    (6, "ECDHE-RSA-AES256-GCM-SHA384"),
    (7, "ECDHE-ECDSA-AES256-GCM-SHA384"),
];

/// The suites that a value such as `2,3` disables; numbers that are not known are passed over.
pub fn disabled_by(value: &str) -> impl Iterator<Item = &'static str> {
    value
        .split([',', ';', ' '])
        .filter_map(|number| number.trim().parse::<u32>().ok())
        .filter_map(|number| ALL.iter().find(|(known, _)| *known == number).map(|(_, name)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_names_several_suites() {
        assert_eq!(disabled_by("2, 3").collect::<Vec<_>>(), ["AES128-SHA", "AES256-SHA"]);
        assert_eq!(disabled_by("").count(), 0);
        assert_eq!(disabled_by("9,x,99999999999").count(), 0);
    }
}
