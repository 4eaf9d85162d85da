//! Users are in LDAP or RADIUS: what the ASA needs, and what its log shows.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "external-authentication",
    group: Group::Planned,
    title: Text::fixed("Users are in LDAP or RADIUS", "Die Benutzer stehen in LDAP oder RADIUS"),
    words: Text::fixed(
        "AAA server external database authentication-server-group Active Directory ISE MFA server not accessible marking server failed 113014 113022 109026",
        "AAA-Server externe Datenbank authentication-server-group Active Directory ISE MFA Server nicht erreichbar 113014 113022 109026",
    ),
    lead: Text::fixed(
        "A phone can send a user name and a password, and nothing else. The ASA needs the server group, a working server, and no second question.",
        "Ein Telefon kann einen Benutzernamen und ein Kennwort schicken, sonst nichts. Die ASA braucht die Servergruppe und einen erreichbaren Server, und es darf keine Rückfrage kommen.",
    ),
    steps: &[
        Step {
            id: "method",
            ask: Text::fixed(
                "Is the phones' VPN profile set to user name and password?",
                "Steht das VPN-Profil der Telefone auf Benutzername und Kennwort?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneConfig, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("authentication-method-mismatch")],
                    then: Then::Suspect("authentication-method-mismatch"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("authentication-method-mismatch")],
                    then: Then::Ask("server"),
                },
            ],
            unsure: Then::Ask("server"),
        },
        Step {
            id: "server",
            ask: Text::fixed("Does the ASA reach the server?", "Erreicht die ASA den Server?"),
            why: Text::fixed(
                "`test aaa-server authentication <server-group> host <address>` on the ASA shows it.",
                "`test aaa-server authentication <server-group> host <address>` auf der ASA zeigt es.",
            ),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("aaa-server-unreachable")],
                    then: Then::Suspect("aaa-server-unreachable"),
                },
                Answer {
                    id: "none",
                    label: Text::fixed("No server is in the group", "In der Gruppe steht kein Server"),
                    signs: &[Sign::Fires("aaa-server-group-without-host")],
                    then: Then::Suspect("aaa-server-group-without-host"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("aaa-server-unreachable")],
                    then: Then::Ask("answer"),
                },
            ],
            unsure: Then::Ask("answer"),
        },
        Step {
            id: "answer",
            ask: Text::fixed("What does the server answer?", "Was antwortet der Server?"),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "reject",
                    label: Text::fixed("It rejects the user", "Er lehnt den Benutzer ab"),
                    signs: &[Sign::Fires("aaa-rejected")],
                    then: Then::Suspect("aaa-rejected"),
                },
                Answer {
                    id: "challenge",
                    label: Text::fixed("It asks for a second factor", "Er fragt nach einem zweiten Faktor"),
                    signs: &[Sign::Fires("interactive-challenge")],
                    then: Then::Suspect("interactive-challenge"),
                },
                Answer {
                    id: "accept",
                    label: Text::fixed(
                        "It accepts, and another group policy is used",
                        "Er nimmt an, und eine andere Gruppenrichtlinie gilt",
                    ),
                    signs: &[Sign::Fires("group-lock-elsewhere")],
                    then: Then::Suspect("group-lock-elsewhere"),
                },
                Answer {
                    id: "authorize",
                    label: Text::fixed(
                        "It accepts, and then the user must be known to a second server",
                        "Er nimmt an, und dann muss ein zweiter Server den Benutzer kennen",
                    ),
                    signs: &[Sign::Fires("authorization-required-without-user")],
                    then: Then::Suspect("authorization-required-without-user"),
                },
                Answer {
                    id: "nothing",
                    label: Text::fixed("I cannot see an answer", "Ich sehe keine Antwort"),
                    signs: &[],
                    then: Then::Bring(&[Need::AsaLog, Need::AsaConfig]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::AsaConfig]),
        },
    ],
};
