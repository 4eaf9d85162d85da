//! How the texts of ASA messages begin, by their number: what tells that a number beside a text is a message's.
//!
//! ```text
//! 722037 | Group <GP> User <u> IP <192.0.2.9> SVC closing connection: DPD failure.
//! ```
//! Source: the Cisco Secure Firewall ASA syslog guide, each message's "Error Message".

/// A range of ids and the beginnings of their texts.
struct Row {
    first: u32,
    last: u32,
    begins: &'static [&'static str],
}

const fn row(first: u32, last: u32, begins: &'static [&'static str]) -> Row {
    Row { first, last, begins }
}

const ROWS: &[Row] = &[
    row(106_001, 106_100, &["Inbound ", "Deny ", "access-list ", "Dropping ", "Outbound "]),
    row(109_001, 109_034, &["Auth", "AAA", "Invalid", "[", "Un"]),
    row(111_001, 111_010, &["Begin ", "User ", "Console ", "Erase ", "Write "]),
    row(
        113_001,
        113_045,
        &[
            "AAA ",
            "Group ",
            "Unable ",
            "User ",
            "Authentication ",
            "Username ",
            "Could ",
            "Attempt ",
            "No ",
            "Terminating ",
            "Denied ",
        ],
    ),
    row(199_001, 199_021, &["Startup ", "Reload ", "System ", "PIX ", "ASA "]),
    row(302_003, 302_304, &["Built ", "Teardown "]),
    row(444_001, 444_304, &["Time", "Evaluation", "License", "Permanent", "Timebased", "Your "]),
    row(710_001, 710_007, &["TCP ", "UDP ", "{TCP", "ICMP ", "NAT-T ", "ESP "]),
    row(711_001, 711_006, &[""]),
    row(713_001, 713_999, &["Group ", "IP ", "IKE"]),
    row(
        716_001,
        716_603,
        &["Group ", "WebVPN ", "Error", "User ", "Lua ", "Unable ", "SSO ", "Bad ", "Rejected "],
    ),
    row(
        717_001,
        717_064,
        &[
            "Certificate ",
            "Tunnel ",
            "Identified ",
            "Attempting ",
            "Found ",
            "Validating ",
            "CRL ",
            "Querying ",
            "Local ",
            "Certification ",
            "Signature ",
            "Failed ",
            "Trust",
            "Key",
            "OCSP ",
            "No ",
            "Duplicate ",
            "Unable ",
            "Import ",
            "Export ",
            "Proxy ",
            "Renewal ",
            "Starting ",
            "Fail",
        ],
    ),
    row(718_001, 718_088, &[""]),
    row(
        722_001,
        722_058,
        &["Group ", "IP ", "TunnelGroup ", "User ", "SVC ", "Invalid ", "Unable ", "Failed ", "The "],
    ),
    row(724_001, 724_004, &["Group "]),
    row(
        725_001,
        725_025,
        &["Starting ", "Device ", "SSL ", "Cipher", "Certificate ", "No ", "Preauth ", "Server "],
    ),
    row(733_100, 733_202, &["Object ", "Host ", "Threat-detection ", "["]),
    row(734_001, 734_004, &["DAP: "]),
    row(737_001, 737_407, &["IPAA", "POOLIP", "VPNFIP"]),
    row(746_001, 746_020, &["user-identity: ", "import-user"]),
    row(751_001, 751_031, &["Local:", "Error", "L2L"]),
];

/// True where a text begins as a message of this id does.
pub fn fits(id: u32, text: &str) -> bool {
    let row = ROWS.iter().find(|row| (row.first..=row.last).contains(&id));
    row.is_some_and(|row| row.begins.iter().any(|begin| text.starts_with(begin)))
}

/// Whether the text of a message is complete as its form goes: `None` where the form does not say.
pub fn is_whole(id: u32, text: &str) -> Option<bool> {
    let text = text.trim_end();
    if id == 725_014 {
        let (_, reason) = text.split_once("Reason: ")?;
        return REASONS.contains(&reason).then_some(true);
    }
    if matches!(id, 725_006 | 725_012 | 725_016) {
        let (_, own) = text.rsplit_once(" to ")?;
        let (_, port) = own.rsplit_once('/')?;
        return (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(true);
    }
    let row = ENDS.iter().find(|(known, _)| *known == id);
    row.map(|(_, ends)| ends.iter().any(|end| text.ends_with(end)))
}

/// Whether a line may be the rest of a message, as far as the message's text tells.
pub fn may_go_on(id: u32, text: &str, line: &str) -> bool {
    let ends_with_digit = text.ends_with(|sign: char| sign.is_ascii_digit());
    match is_whole(id, text) {
        Some(true) => ends_with_digit && goes_on(line),
        Some(false) => true,
        // A sentence has ended, and another one begins.
        None => !(text.trim_end().ends_with('.') && line.starts_with(|sign: char| sign.is_uppercase())),
    }
}

/// True where a line can only be the rest of another: it begins inside a word or a number.
pub fn goes_on(line: &str) -> bool {
    line.starts_with(|sign: char| sign == ' ' || sign == '.' || sign == '>' || sign.is_ascii_digit())
}

/// How messages end that always end alike.
const ENDS: &[(u32, &[&str])] = &[
    (725_001, &["session", "session."]),
    (725_002, &["session", "session."]),
    (725_003, &["session", "session."]),
    (725_007, &["terminated", "terminated."]),
    (725_008, &["cipher(s)", "cipher(s).", "ciphers", "ciphers."]),
    (725_009, &["cipher(s)", "cipher(s).", "ciphers", "ciphers."]),
    (725_010, &["cipher(s)", "cipher(s).", "ciphers", "ciphers."]),
];

/// Reasons of OpenSSL, as 725014 prints them.
const REASONS: &[&str] = &[
    "tlsv1 alert unknown ca",
    "tlsv1 alert protocol version",
    "tlsv1 alert decrypt error",
    "tlsv1 alert decode error",
    "tlsv1 alert access denied",
    "tlsv1 alert internal error",
    "tlsv1 alert insufficient security",
    "tlsv1 alert inappropriate fallback",
    "tlsv1 alert user cancelled",
    "tlsv1 alert no renegotiation",
    "tlsv1 alert export restriction",
    "tlsv1 alert decryption failed",
    "tlsv1 alert record overflow",
    "sslv3 alert bad certificate",
    "sslv3 alert certificate expired",
    "sslv3 alert certificate revoked",
    "sslv3 alert certificate unknown",
    "sslv3 alert unsupported certificate",
    "sslv3 alert handshake failure",
    "sslv3 alert bad record mac",
    "sslv3 alert unexpected message",
    "sslv3 alert illegal parameter",
    "sslv3 alert no certificate",
    "no shared cipher",
    "unknown protocol",
    "unsupported protocol",
    "wrong version number",
    "wrong ssl version",
    "http request",
    "https proxy request",
    "peer did not return a certificate",
    "certificate verify failed",
    "no certificate returned",
    "unexpected message",
    "bad signature",
    "digest check failed",
    "decryption failed or bad record mac",
    "inappropriate fallback",
    "version too low",
];

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_number_beside_another_text_is_no_message() {
        for (id, text, expected) in [
            (722_037, "Group <g> User <u> IP <192.0.2.9> SVC closing connection: DPD failure.", true),
            (725_006, "Device failed SSL handshake with client outside:192.0.2.9/50091", true),
            (725_006, "Order no. 725006 was shipped", false),
            (123_456, "Group <g> User <u>", false),
        ] {
            assert_eq!(fits(id, text), expected, "{id} {text}");
        }
    }
}
