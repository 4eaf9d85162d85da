//! Why an ASA ends a session, by the words of 113019, 716002, 722037 and 722038.
//!
//! ```text
//! … Session disconnected. Session Type: SSL, Duration: 0h:30m:12s, …, Reason: Idle Timeout
//! … SVC closing connection: DPD failure.
//! ```
//! Sources: the Cisco Secure Firewall ASA syslog guide, and logs that show them; a reason that was found in neither
//! is marked as [`Witness::Reported`], and its meaning is then said as likely only.

use crate::text::Text;

/// What a reason says.
#[derive(Clone, Debug)]
pub struct DisconnectReason {
    /// As printed, in lower case.
    pub words: &'static str,
    /// What it is about.
    pub cause: Cause,
    /// How well the meaning is known.
    pub witness: Witness,
    /// What it means for a phone.
    pub meaning: Text,
}

/// What ended the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Somebody wanted it so: the client itself.
    Wanted,
    /// An administrator.
    Administrator,
    /// A time limit of the group policy.
    Timeout,
    /// The path between phone and ASA.
    Path,
    /// Another session of the same user.
    OtherSession,
    /// Not told.
    Unknown,
}

/// How well a reason's meaning is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// It stands in a log or in the guide.
    Seen,
    /// It is widely reported, and in no source used here.
    Reported,
}

/// A reason by its words; punctuation and case do not matter.
pub fn by_words(words: &str) -> Option<&'static DisconnectReason> {
    let words = words.trim().trim_end_matches('.').to_ascii_lowercase();
    DISCONNECT_REASONS.iter().find(|row| row.words == words)
}

/// The reasons.
pub const DISCONNECT_REASONS: &[DisconnectReason] = &[
    row(
        "user requested",
        Cause::Wanted,
        Witness::Seen,
        "the client ended the session itself",
        "der Client hat die Sitzung selbst beendet",
    ),
    row(
        "transport closing",
        Cause::Wanted,
        Witness::Seen,
        "the connection is closed because its session ends",
        "die Verbindung wird geschlossen, weil ihre Sitzung endet",
    ),
    row(
        "idle timeout",
        Cause::Timeout,
        Witness::Seen,
        "nothing passed for the time of `vpn-idle-timeout`",
        "für die Zeit von `vpn-idle-timeout` kam nichts mehr durch",
    ),
    row(
        "max time exceeded",
        Cause::Timeout,
        Witness::Reported,
        "the session reached the time of `vpn-session-timeout`",
        "die Sitzung hat die Zeit von `vpn-session-timeout` erreicht",
    ),
    row(
        "dpd failure",
        Cause::Path,
        Witness::Seen,
        "the phone no longer answered dead peer detection: the path between them was lost",
        "das Telefon hat auf die Erreichbarkeitsprüfung (dead peer detection) nicht mehr geantwortet: Der Weg dazwischen war gestört",
    ),
    row(
        "lost service",
        Cause::Path,
        Witness::Reported,
        "the ASA lost the connection to the phone",
        "die ASA hat die Verbindung zum Telefon verloren",
    ),
    row(
        "lost carrier",
        Cause::Path,
        Witness::Reported,
        "the ASA lost the connection to the phone",
        "die ASA hat die Verbindung zum Telefon verloren",
    ),
    row(
        "administrator reset",
        Cause::Administrator,
        Witness::Reported,
        "an administrator logged the session off",
        "ein Administrator hat die Sitzung abgemeldet",
    ),
    row(
        "connection preempted",
        Cause::OtherSession,
        Witness::Reported,
        "a newer session of the same user took its place",
        "eine neuere Sitzung desselben Benutzers hat sie verdrängt",
    ),
    row(
        "port preempted",
        Cause::OtherSession,
        Witness::Reported,
        "a newer session took its place",
        "eine neuere Sitzung hat sie verdrängt",
    ),
    row(
        "unknown",
        Cause::Unknown,
        Witness::Reported,
        "the ASA does not know why",
        "die ASA weiß nicht, warum",
    ),
];

const fn row(
    words: &'static str,
    cause: Cause,
    witness: Witness,
    en: &'static str,
    de: &'static str,
) -> DisconnectReason {
    DisconnectReason { words, cause, witness, meaning: Text::fixed(en, de) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_found_however_it_is_printed() {
        for (words, cause) in [
            ("Idle Timeout", Some(Cause::Timeout)),
            (" DPD failure. ", Some(Cause::Path)),
            ("User Requested", Some(Cause::Wanted)),
            ("Sunspots", None),
            ("", None),
        ] {
            assert_eq!(by_words(words).map(|row| row.cause), cause, "{words}");
        }
    }

    #[test]
    fn no_reason_stands_there_twice() {
        for (at, row) in DISCONNECT_REASONS.iter().enumerate() {
            assert_eq!(row.words, row.words.to_ascii_lowercase());
            assert!(DISCONNECT_REASONS.iter().skip(at + 1).all(|other| other.words != row.words));
        }
    }
}
