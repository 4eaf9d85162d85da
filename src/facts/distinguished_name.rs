//! What does a name in a certificate say, in whichever of its notations it was printed?
//!
//! ```text
//! CN=CAPF-0a1b2c3d,O=Example            RFC 4514, as a certificate is shown here
//! cn=CAPF-0a1b2c3d, o=Example           the ASA, in its log and in show crypto ca certificates
//! /C=DE/O=Example/CN=CAPF-0a1b2c3d      OpenSSL, in a phone's log
//! ```
//! Empty means that the name has no such attribute. A comma inside a value (`O=Cisco Systems\, Inc.`) is kept where
//! it is escaped; the ASA prints it bare, and then the value ends there.

/// The first value of an attribute, for example `cn`, in any case.
pub fn attribute<'a>(name: &'a str, key: &str) -> &'a str {
    let lower = name.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(key)) {
        let start = from + at;
        from = start + key.len();
        let begins =
            lower.get(..start).is_none_or(|before| before.is_empty() || before.ends_with(SEPARATORS));
        let Some(value) = name.get(from..).and_then(|rest| rest.trim_start().strip_prefix('=')) else {
            continue;
        };
        if begins {
            return value.get(..end(value)).unwrap_or(value).trim();
        }
    }
    ""
}

/// The common name.
pub fn common_name(name: &str) -> &str {
    attribute(name, "cn")
}

/// Where a value ends: at the next attribute.
fn end(value: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in value.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' | '/' | '+' | ';' | '\n' | '>' => return at,
            _ => {}
        }
    }
    value.len()
}

const SEPARATORS: [char; 7] = [',', '/', '+', ' ', ';', '<', '"'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_is_read() {
        for (name, expected) in [
            ("CN=CAPF-0a1b2c3d,O=Example", "CAPF-0a1b2c3d"),
            ("ou=x, cn = Cisco Manufacturing CA SHA2, o=Cisco", "Cisco Manufacturing CA SHA2"),
            ("/C=DE/O=a/CN=CP-8851-SEP001122334455", "CP-8851-SEP001122334455"),
            ("serialNumber=PID:CP-8851+CN=CP-8851-SEP001122334455,O=x", "CP-8851-SEP001122334455"),
            ("dcn=x", ""),
            ("", ""),
        ] {
            assert_eq!(common_name(name), expected, "{name}");
        }
        assert_eq!(attribute("CN=a,O=Cisco Systems\\, Inc.,C=US", "o"), "Cisco Systems\\, Inc.");
    }
}
