//! What a word looks like: a MAC address, a hash, a version, a file, a host.

/// The twelve digits of a MAC address in any notation, in upper case; `None` for anything else.
///
/// `001122334455`, `00:11:22:33:44:55`, `00-11-…`, `0011.2233.4455`.
pub(super) fn mac(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(char::is_ascii_hexdigit).collect();
    let marks = word.chars().filter(|sign| !sign.is_ascii_hexdigit()).collect::<String>();
    let shaped = matches!((word.len(), marks.as_str()), (12, "") | (17, ":::::" | "-----") | (14, ".."));
    (digits.len() == 12 && shaped).then(|| digits.to_ascii_uppercase())
}

/// A DHCP client identifier: `01` for Ethernet, and a MAC address in any notation of both. Its digits in upper case.
pub(super) fn client_id(word: &str) -> Option<String> {
    let marks: String = word.chars().filter(|sign| !sign.is_ascii_hexdigit()).collect();
    let shaped = matches!((word.len(), marks.as_str()), (14, "") | (20, "::::::" | "------") | (17, "..."));
    let digits: String = word.chars().filter(char::is_ascii_hexdigit).collect();
    let mac = digits.strip_prefix("01").filter(|_| shaped)?;
    (mac.len() == 12).then(|| mac.to_ascii_uppercase())
}

/// Where `SEP` and twelve digits stand in a word: the byte, and the digits in upper case.
pub(super) fn sep(word: &str) -> Option<(usize, String)> {
    let upper = word.to_ascii_uppercase();
    upper.match_indices("SEP").find_map(|(at, _)| {
        let digits = upper.get(at + 3..at + 15)?;
        digits.chars().all(|sign| sign.is_ascii_hexdigit()).then(|| (at, digits.to_owned()))
    })
}

/// The MAC address inside an IPv6 address that was made from it (EUI-64).
pub(super) fn eui64(address: std::net::Ipv6Addr) -> Option<String> {
    let [.., a, b, c, 0xff, 0xfe, d, e, f] = address.octets() else { return None };
    Some([a ^ 2, b, c, d, e, f].iter().map(|byte| format!("{byte:02X}")).collect())
}

/// `host-192-0-2-1`: what stands before the address, its digits, and the address.
pub(super) fn dashed(word: &str) -> Option<(&str, &str, std::net::Ipv4Addr)> {
    let at = word.find(|sign: char| sign.is_ascii_digit())?;
    let (before, digits) = word.split_at_checked(at)?;
    let named = before.ends_with('-') && before.starts_with(char::is_alphabetic);
    let address = digits.replace('-', ".").parse().ok()?;
    (named && digits.matches('-').count() == 3).then_some((before, digits, address))
}

/// A hash of 16 to 64 bytes in hexadecimal or base64, in one piece.
pub(super) fn hash(word: &str) -> bool {
    let plain: String = word.chars().filter(|sign| *sign != ':').collect();
    if plain.len() >= 32 && plain.chars().all(|sign| sign.is_ascii_hexdigit()) {
        return true;
    }
    let body = word.trim_end_matches('=');
    let lengths = [22, 27, 43, 86];
    let words = body.split(['_', '-']).all(super::vocabulary::holds);
    lengths.contains(&body.len())
        && !words
        && body.chars().all(|sign| sign.is_ascii_alphanumeric() || "+/-_".contains(sign))
        && body.chars().any(|sign| sign.is_ascii_uppercase())
        && body.chars().any(|sign| sign.is_ascii_lowercase())
        && (word.ends_with('=') || body.chars().any(|sign| sign.is_ascii_digit()))
}

/// A number that names nothing: up to six digits, a short hexadecimal number, or the parts of a version and a load
/// (`9`, `1SR2`, `3a`).
pub(super) fn small(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return true };
    if !word.is_ascii() {
        return false;
    }
    let digits = word.strip_prefix("0x").unwrap_or(word);
    let number = digits.len() <= 6 && digits.chars().all(|sign| sign.is_ascii_digit());
    number
        || (first.is_ascii_digit()
            && word.len() <= 5
            && word.chars().all(|sign| sign.is_ascii_alphanumeric()))
}

/// A phone's load (`SIP8845_65.12-5-1SR2-1`, `P0S3-8-12-00`), a service release (`SR2`), or an ASA's image
/// (`asa932-k8.bin`): releases, which name nobody and which the diagnosis needs.
pub(super) fn release(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    let digits = |text: &str, most: usize| {
        text.len() <= most && text.chars().all(|sign| sign.is_ascii_digit() || sign == 'X')
    };
    let parts = |text: &str| text.split(['-', '.', '_']).all(small);
    if let Some(rest) = upper.strip_prefix("SIP").or_else(|| upper.strip_prefix("SCCP")) {
        let (model, rest) = rest.split_once(['.', '_']).unwrap_or((rest, ""));
        return !rest.is_empty() && !model.is_empty() && digits(model, 4) && parts(rest);
    }
    if let Some(rest) = upper.strip_prefix("P003").or_else(|| upper.strip_prefix("P0S3")) {
        return rest.len() <= 12 && rest.chars().all(|sign| sign.is_ascii_digit() || "SR-".contains(sign));
    }
    if let Some(image) = upper.strip_suffix(".BIN").and_then(|image| image.strip_prefix("ASA")) {
        return image.split_once('-').is_some_and(|(release, rest)| {
            digits(release, 5)
                && rest.split('-').all(|part| small(part) || ["SMP", "K8", "K9"].contains(&part))
        });
    }
    upper.strip_prefix("SR").is_some_and(|number| !number.is_empty() && digits(number, 2))
}

/// A pseudonym: what is redacted already stays as it is.
pub(super) fn pseudonym(word: &str) -> bool {
    let Some((class, number)) = word.rsplit_once('-') else { return false };
    CLASSES.contains(&class) && number.len() >= 2 && number.chars().all(|sign| sign.is_ascii_digit())
}

/// One stands in it, as a word or beside a text that was withheld: `⟨text 1⟩PHONE-01`, `PHONE-01 phone`.
pub(super) fn holds_pseudonym(text: &str) -> bool {
    text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').any(pseudonym)
}

/// The same behind a phone's model, as a phone's certificate has it: `CP-7962G-PHONE-01`.
pub(super) fn pseudonym_of_model(word: &str) -> bool {
    word.starts_with("CP-") && word.rfind("PHONE-").and_then(|at| word.get(at..)).is_some_and(pseudonym)
}

/// All of it is one pseudonym, or one text that was withheld.
pub(super) fn written(text: &str) -> bool {
    let inner = text.strip_prefix('⟨').and_then(|text| text.strip_suffix('⟩'));
    pseudonym(text) || inner.is_some_and(|inner| !inner.contains(['⟨', '⟩']))
}

/// A defect's id: `CSCuh19734`.
pub(super) fn bug(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("CSC") else { return false };
    let (letters, digits) = rest.split_at_checked(2).unwrap_or_default();
    letters.len() == 2
        && letters.chars().all(|sign| sign.is_ascii_lowercase())
        && digits.len() == 5
        && digits.chars().all(|sign| sign.is_ascii_digit())
}

/// The ending of a file's name that is kept: it tells what the file is.
pub(super) fn ending(word: &str) -> Option<(&str, &str)> {
    let (stem, ending) = word.rsplit_once('.')?;
    (!stem.is_empty() && is_ending(ending)).then_some((stem, ending))
}

/// One of those endings.
pub(super) fn is_ending(word: &str) -> bool {
    ENDINGS.contains(&word.to_ascii_lowercase().as_str())
}

/// A host: labels, the last one of letters.
pub(super) fn host(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let Some((rest, last)) = word.rsplit_once('.') else { return false };
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-' || sign == '_')
    };
    last.len() >= 2 && last.chars().all(char::is_alphabetic) && rest.split('.').all(label)
}

/// A host, or every host of a domain: `*.example.com`, and `*.HOST-01` of what is redacted already.
pub(super) fn host_or_wildcard(word: &str) -> bool {
    word.strip_prefix("*.").map_or_else(|| host(word), |domain| host(domain) || pseudonym(domain))
}

const CLASSES: [&str; 10] = ["PHONE", "HOST", "IP", "USER", "GROUP", "TP", "NAME", "SERIAL", "FP", "MAIL"];
const ENDINGS: [&str; 26] = [
    "xml", "sgn", "enc", "log", "txt", "pem", "crt", "cer", "der", "p7b", "p12", "pfx", "tlv", "html", "htm",
    "json", "csv", "cfg", "conf", "md", "pkg", "gz", "tar", "zip", "pcap", "pcapng",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_every_notation() {
        for word in ["001122aabbcc", "00:11:22:AA:bb:cc", "00-11-22-aa-bb-cc", "0011.22aa.bbcc"] {
            assert_eq!(mac(word).as_deref(), Some("001122AABBCC"), "{word}");
        }
        for word in ["001122aabbc", "00:11:22:aa:bb", "0011-22aabbcc", "hello"] {
            assert_eq!(mac(word), None, "{word}");
        }
        for word in ["01001122aabbcc", "01:00:11:22:AA:bb:cc", "01-00-11-22-aa-bb-cc", "0100.1122.aabb.cc"] {
            assert_eq!(client_id(word).as_deref(), Some("001122AABBCC"), "{word}");
        }
        assert_eq!(client_id("02001122aabbcc"), None);
        assert_eq!(sep("CP-7962G-sep001122AABBCC"), Some((9, "001122AABBCC".into())));
        assert_eq!(eui64("fe80::211:22ff:feaa:bbcc".parse().unwrap()).as_deref(), Some("001122AABBCC"));
    }

    #[test]
    fn hashes_versions_and_hosts_are_told_apart() {
        for word in ["5X6B6plUwUSXZnjQ4kGM33mpMXY=", "1289B8A7AA9FFD84865E38939F3466A61B5608FC"] {
            assert!(hash(word), "{word}");
        }
        for word in ["tls_post_process_client", "SSL_connect", "ECDHE-RSA-AES256-GCM-SHA384"] {
            assert!(!hash(word), "{word}");
        }
        for word in ["9", "725014", "0x0303", "1SR2", "7962G"] {
            assert!(small(word), "{word}");
        }
        for word in ["1234567", "12abcdef", "x1"] {
            assert!(!small(word), "{word}");
        }
        assert!(host("vpn.example.com") && !host("9.1.1") && !host("cnf"));
    }
}
