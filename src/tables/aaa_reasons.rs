//! Why authentication was refused: the reasons that 113005 and 113015 to 113017 print, in words.
//!
//! Source: ASA syslog guide, message 113005; recorded logs for the spelling.

use crate::text::Text;

/// One reason.
pub struct Reason {
    /// How it is printed, in lower case; a part of it is enough.
    pub printed: &'static str,
    /// What it means for a phone.
    pub means: Text,
}

/// Every reason that is known. More particular wordings come first.
pub const ALL: &[Reason] = &[
    row("invalid password", "the password is wrong", "das Kennwort ist falsch"),
    row(
        "password has expired",
        "the password has expired, and a phone cannot change it",
        "das Kennwort ist abgelaufen, und ein Telefon kann es nicht ändern",
    ),
    row(
        "password is expiring",
        "the password is about to expire, and a phone cannot answer the question for a new one",
        "das Kennwort läuft bald ab, und ein Telefon kann die Frage nach einem neuen nicht beantworten",
    ),
    row(
        "password malformed",
        "the password holds characters that are not taken",
        "das Kennwort enthält Zeichen, die nicht angenommen werden",
    ),
    row(
        "locked out",
        "the account is locked after too many attempts",
        "das Konto ist nach zu vielen Versuchen gesperrt",
    ),
    row("disabled", "the account is disabled", "das Konto ist deaktiviert"),
    row("account has expired", "the account has expired", "das Konto ist abgelaufen"),
    row("user was not found", "there is no user of this name", "es gibt keinen Benutzer dieses Namens"),
    row(
        "unspecified",
        "the server gives no reason: its own log tells it",
        "der Server nennt keinen Grund: Er steht im Protokoll des Servers",
    ),
    row(
        "aaa failure",
        "the ASA gives no reason: for the local database the user or the password is wrong, for a server its own log tells it",
        "die ASA nennt keinen Grund: Bei der lokalen Datenbank stimmt der Benutzer oder das Kennwort nicht, bei einem Server steht der Grund in dessen Protokoll",
    ),
];

/// The reason behind a printed one.
pub fn of(printed: &str) -> Option<&'static Reason> {
    let printed = printed.to_ascii_lowercase();
    ALL.iter().find(|reason| printed.contains(reason.printed))
}

const fn row(printed: &'static str, en: &'static str, de: &'static str) -> Reason {
    Reason { printed, means: Text::fixed(en, de) }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn printed_reasons_are_known() {
        for (printed, expected) in [
            ("Invalid password", Some("invalid password")),
            ("Users account has expired", Some("account has expired")),
            ("Password has expired", Some("password has expired")),
            ("Account has been locked out", Some("locked out")),
            ("something new", None),
        ] {
            assert_eq!(of(printed).map(|reason| reason.printed), expected, "{printed}");
        }
    }
}
