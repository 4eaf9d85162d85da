//! How a wizard is found by words: of its title, or of what phones and logs say.
//!
//! Also what the search over a case compares by.

use vpn_phone_doctor::symptoms::Symptom;

/// Whether a wizard is meant by these words, in either language: its title or what phones and logs say of it.
pub fn is_meant(symptom: &Symptom, query: &str) -> bool {
    let (title, words) = (&symptom.title, &symptom.words);
    holds([&title.en(), &title.de(), &words.en(), &words.de()].into_iter().map(AsRef::as_ref), query)
}

/// Whether texts hold every word of a query, in any case of letters and with any signs between them.
pub fn holds<'a>(texts: impl Iterator<Item = &'a str>, query: &str) -> bool {
    let all = texts.map(plain).collect::<Vec<_>>().join(" ");
    let ours: Vec<&str> = all.split(' ').collect();
    asked(query).iter().all(|word| {
        // A number means just that number: 48 is not 480.
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        ours.iter().any(|our| if number { our == word } else { our.contains(word.as_str()) })
    })
}

/// The words of a query. Of the ASA's `%ASA-3-717009` only the number tells something.
fn asked(query: &str) -> Vec<String> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let plain_words = words.into_iter().map(|word| match word.strip_prefix("%ASA-") {
        Some(rest) => plain(rest.split_once('-').map_or(rest, |(_, number)| number)),
        None => plain(word),
    });
    let words = plain_words.flat_map(|word| word.split(' ').map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| !word.is_empty()).collect()
}

/// Lower case, with a blank for all that is neither letter nor digit.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.chars().map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::symptoms::ALL;

    use super::*;

    #[test]
    fn a_wizard_is_found_by_what_the_log_says_in_either_language() {
        for (query, id) in [
            ("alert 48", "hash-mismatch"),
            ("Unknown CA", "hash-mismatch"),
            ("UNKNOWN-ca", "hash-mismatch"),
            ("no shared cipher", "no-shared-cipher"),
            ("Fingerabdruck", "hash-mismatch"),
            ("hostIDCheck", "host-id"),
            ("debug webvpn anyconnect 255", "collect-evidence"),
            ("VPN concentrator", "hash-mismatch"),
            ("716038", "ends-after-login"),
            ("simultaneous", "ends-after-login"),
            ("hostIDCheck failed!!", "host-id"),
            ("issuer certificate not found", "hash-mismatch"),
            ("Trust List update failed", "no-registration"),
            ("Anmeldung gescheitert", "password-login"),
            ("VpnConnectionLost", "drops"),
            ("%ASA-3-717009", "certificate-login"),
        ] {
            let found: Vec<&str> = ALL.iter().filter(|one| is_meant(one, query)).map(|one| one.id).collect();
            assert!(found.contains(&id), "{query}: {found:?}");
            assert!(found.len() <= 6, "{query} finds nearly everything: {found:?}");
        }
        assert!(!ALL.iter().any(|symptom| is_meant(symptom, "alert 4")), "a number is no beginning of one");
        assert!(ALL.iter().all(|symptom| is_meant(symptom, "  ")));
    }
}
