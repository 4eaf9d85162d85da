//! User name and password are refused: local, LDAP, RADIUS.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "password-login",
    group: Group::NeverWorked,
    title: Text::fixed("User name and password are refused", "Benutzername und Kennwort werden abgewiesen"),
    words: Text::fixed(
        "password user AAA LDAP RADIUS local 113005 113015 716039 challenge MFA SAML case sensitive special characters authentication failed login failed wrong password sign in",
        "Kennwort Passwort Benutzer AAA LDAP RADIUS lokal 113005 113015 716039 Challenge MFA SAML Groß- und Kleinschreibung Sonderzeichen authentication failed login failed falsches Kennwort Anmeldung gescheitert abgelehnt",
    ),
    lead: Text::fixed(
        "The ASA's log says who refused and why: the ASA itself, LDAP or RADIUS.",
        "Das Protokoll der ASA sagt, wer abgewiesen hat und warum: die ASA selbst, LDAP oder RADIUS.",
    ),
    steps: &[
        Step {
            id: "method",
            ask: Text::fixed(
                "Does the tunnel group ask for what the phone sends?",
                "Verlangt die Tunnelgruppe (tunnel-group), was das Telefon schickt?",
            ),
            why: Text::fixed(
                "authMethod 0 is user name and password, 1 password only, 2 certificate.",
                "authMethod 0 heißt Benutzername und Kennwort, 1 nur Kennwort, 2 Zertifikat.",
            ),
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
                    id: "more",
                    label: Text::fixed(
                        "It asks for more: a second factor or SAML",
                        "Sie verlangt mehr: einen zweiten Faktor oder SAML",
                    ),
                    signs: &[Sign::Fires("interactive-challenge")],
                    then: Then::Suspect("interactive-challenge"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("authentication-method-mismatch")],
                    then: Then::Ask("reason"),
                },
            ],
            unsure: Then::Ask("reason"),
        },
        Step {
            id: "reason",
            ask: Text::fixed("What does the ASA's log say?", "Was sagt das Protokoll der ASA?"),
            why: Text::fixed(
                "113005 and 113015 name the reason; 113014 and 113022 say that a server does not answer.",
                "113005 und 113015 nennen den Grund; 113014 und 113022 sagen, dass ein Server nicht antwortet.",
            ),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "full",
                    label: Text::fixed(
                        "113001: no AAA session can be opened",
                        "113001: keine AAA-Sitzung lässt sich öffnen",
                    ),
                    signs: &[Sign::Fires("aaa-sessions-exhausted")],
                    then: Then::Suspect("aaa-sessions-exhausted"),
                },
                Answer {
                    id: "rejected",
                    label: Text::fixed("Rejected, with a reason", "Abgewiesen (rejected), mit einem Grund"),
                    signs: &[Sign::Fires("aaa-rejected")],
                    then: Then::Suspect("aaa-rejected"),
                },
                Answer {
                    id: "silent",
                    label: Text::fixed("The server does not answer", "Der Server antwortet nicht"),
                    signs: &[Sign::Fires("aaa-server-unreachable")],
                    then: Then::Suspect("aaa-server-unreachable"),
                },
                Answer {
                    id: "none",
                    label: Text::fixed("No server is in the group", "In der Servergruppe steht kein Server"),
                    signs: &[Sign::Fires("aaa-server-group-without-host")],
                    then: Then::Suspect("aaa-server-group-without-host"),
                },
                Answer {
                    id: "challenge",
                    label: Text::fixed(
                        "A challenge, or a second password",
                        "Eine Rückfrage (challenge) oder ein zweites Kennwort",
                    ),
                    signs: &[Sign::Fires("interactive-challenge")],
                    then: Then::Suspect("interactive-challenge"),
                },
                Answer {
                    id: "group",
                    label: Text::fixed(
                        "The phone is in the default tunnel group",
                        "Das Telefon ist in der Standard-Tunnelgruppe",
                    ),
                    signs: &[Sign::Fires("group-url-mismatch")],
                    then: Then::Suspect("group-url-mismatch"),
                },
                Answer {
                    id: "accepted",
                    label: Text::fixed("Accepted, and then it ends", "Angenommen, und dann endet sie"),
                    signs: &[Sign::Stage(Stage::Login, StageState::Passed)],
                    then: Then::Ask("after"),
                },
                Answer {
                    id: "nothing",
                    label: Text::fixed("None of these", "Nichts davon"),
                    signs: &[Sign::Passes("aaa-rejected")],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::AsaDebug]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::PhoneLog]),
        },
        Step {
            id: "after",
            ask: Text::fixed("What ends it?", "Was beendet sie?"),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "csd",
                    label: Text::fixed(
                        "Cisco Secure Desktop or HostScan",
                        "Cisco Secure Desktop oder HostScan",
                    ),
                    signs: &[Sign::Fires("csd-ended-session"), Sign::Fires("csd-enabled")],
                    then: Then::Suspect("csd-enabled"),
                },
                Answer {
                    id: "dap",
                    label: Text::fixed("A dynamic access policy", "Eine dynamische Zugriffsrichtlinie (DAP)"),
                    signs: &[Sign::Fires("dap-terminated")],
                    then: Then::Suspect("dap-terminated"),
                },
                Answer {
                    id: "other",
                    label: Text::fixed("Something else", "Etwas anderes"),
                    signs: &[],
                    then: Then::Suspect("simultaneous-logins-zero"),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::AsaConfig]),
        },
    ],
};
