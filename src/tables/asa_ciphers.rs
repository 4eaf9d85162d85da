//! The ASA's own names of ciphers and the OpenSSL names that its log prints.
//!
//! Up to release 9.3(1), `ssl encryption aes256-sha1 aes128-sha1` names ciphers in the ASA's way, while message
//! 725011 and `ssl cipher … custom` of later releases use OpenSSL's names.
//!
//! Sources: Cisco document 116162 shows the pairs of AES, RC4 and 3DES side by side; the others follow the same
//! pattern and are inferred from it (to be checked on a device with `show ssl` beside 725011).

/// One cipher of `ssl encryption`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsaCipher {
    /// As `ssl encryption` writes it.
    pub asa: &'static str,
    /// As OpenSSL and message 725011 write it.
    pub openssl: &'static str,
}

/// Every cipher that `ssl encryption` knows.
pub const CIPHERS: &[AsaCipher] = &[
    AsaCipher { asa: "3des-sha1", openssl: "DES-CBC3-SHA" },
    AsaCipher { asa: "aes128-sha1", openssl: "AES128-SHA" },
    AsaCipher { asa: "aes256-sha1", openssl: "AES256-SHA" },
    AsaCipher { asa: "des-sha1", openssl: "DES-CBC-SHA" },
    AsaCipher { asa: "dhe-aes128-sha1", openssl: "DHE-RSA-AES128-SHA" },
    AsaCipher { asa: "dhe-aes256-sha1", openssl: "DHE-RSA-AES256-SHA" },
    AsaCipher { asa: "null-sha1", openssl: "NULL-SHA" },
    AsaCipher { asa: "rc4-md5", openssl: "RC4-MD5" },
    AsaCipher { asa: "rc4-sha1", openssl: "RC4-SHA" },
];

/// The OpenSSL name of a cipher of `ssl encryption`; `None` for a name that is not known.
pub fn openssl_name(asa: &str) -> Option<&'static str> {
    CIPHERS.iter().find(|cipher| cipher.asa.eq_ignore_ascii_case(asa)).map(|cipher| cipher.openssl)
}

/// The name in `ssl encryption` of a cipher that OpenSSL calls so; `None` where the command has no word for it.
pub fn asa_name(openssl: &str) -> Option<&'static str> {
    CIPHERS.iter().find(|cipher| cipher.openssl == openssl).map(|cipher| cipher.asa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_translate_in_any_case() {
        assert_eq!(openssl_name("AES256-sha1"), Some("AES256-SHA"));
        assert_eq!(openssl_name("aes256"), None);
        assert_eq!(asa_name("DES-CBC3-SHA"), Some("3des-sha1"));
    }
}
