//! Words by which people call what is for phones: tunnel groups, group policies, pools.
//!
//! A name is a hint and no more. English, German, and the abbreviations that administrators use; a short word counts
//! only where it stands alone, because `TEL` is in `HOTEL`. What is called after other phones than desk phones is none:
//! an iPhone, a softphone, the Spanish carrier.
//!
//! Source: none is needed for a hint; the words were collected from public configurations and from both languages.

use super::phone_models;

/// True for a name that tells of phones.
pub fn is_hint(name: &str) -> bool {
    let mut lower = name.to_lowercase();
    for other in OTHERS {
        lower = lower.replace(other, " ");
    }
    if PARTS.iter().any(|part| lower.contains(part)) {
        return true;
    }
    let camel = separated(name);
    let words = camel
        .split(|sign: char| !sign.is_alphanumeric())
        .chain(lower.split(|sign: char| !sign.is_alphanumeric()));
    words.into_iter().any(|word| {
        let bare = word.trim_matches(|sign: char| sign.is_ascii_digit()).to_lowercase();
        WORDS.contains(&bare.as_str()) || is_model(word)
    })
}

/// `CiscoTelVPN` as `Cisco Tel VPN`.
fn separated(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 8);
    let mut before_lower = false;
    for sign in name.chars() {
        if before_lower && sign.is_uppercase() {
            apart.push(' ');
        }
        before_lower = sign.is_lowercase();
        apart.push(sign);
    }
    apart
}

/// `7962`, `8861G`, `79xx`.
fn is_model(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.as_str(), "78xx" | "79xx" | "88xx" | "89xx" | "99xx")
        || lower.len() <= 5
            && phone_models::number_in(&lower).is_some_and(|number| phone_models::of_number(number).is_some())
}

/// What a name may hold anywhere.
const PARTS: [&str; 7] = ["phone", "telefon", "telephon", "fernsprech", "nebenstelle", "voip", "cucm"];

/// What has to stand alone.
const WORDS: [&str; 17] = [
    "apparat",
    "apparate",
    "callmanager",
    "fon",
    "ipfon",
    "ipp",
    "ipt",
    "iptel",
    "phn",
    "phns",
    "sprache",
    "tel",
    "tels",
    "tk",
    "toip",
    "ucm",
    "voice",
];

/// What holds one of these and means something else.
const OTHERS: [&str; 12] = [
    "softphone",
    "smartphone",
    "headphone",
    "iphone",
    "microphone",
    "telefonica",
    "telefónica",
    "mobiltelefon",
    "mobile phone",
    "mobilephone",
    "phonebook",
    "telefonbuch",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_tell_of_phones_are_told_from_others() {
        for (name, hint) in [
            ("VPN-Phones", true),
            ("GP_IPPHONE", true),
            ("Telefone-Filiale", true),
            ("IP-Telefonie", true),
            ("TELEPHONES", true),
            ("VoIP_RemoteUsers", true),
            ("GRP-TEL-01", true),
            ("TEL2", true),
            ("CiscoTelVPN", true),
            ("IPT", true),
            ("voice-pool", true),
            ("VPN-8861", true),
            ("79xx", true),
            ("Sprache", true),
            ("HOTEL", false),
            ("TELEKOM", false),
            ("iPhone-Users", false),
            ("Softphone", false),
            ("Telefonica-L2L", false),
            ("VoiceMail", true),
            ("STAFF", false),
            ("Voicemail", false),
            ("PHOENIX", false),
            ("10.20.79.62", false),
            ("", false),
        ] {
            assert_eq!(is_hint(name), hint, "{name}");
        }
    }
}
