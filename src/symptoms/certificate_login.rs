//! Certificate authentication fails: MIC, LSC, and the CAs that the ASA trusts.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "certificate-login",
    group: Group::NeverWorked,
    title: Text::fixed(
        "Certificate login fails (MIC, LSC)",
        "Die Anmeldung mit Zertifikat scheitert (MIC, LSC)",
    ),
    words: Text::fixed(
        "client certificate MIC LSC CAPF manufacturing CA 717009 717027 717031 725017 revocation expired weak authentication failed login failed peer did not return a certificate 717010 717012 authMethod",
        "Client-Zertifikat MIC LSC CAPF Manufacturing CA 717009 717027 717031 725017 Sperrprüfung abgelaufen schwach authentication failed login failed Anmeldung gescheitert Anmeldung fehlgeschlagen Sperrliste 717010 717012 authMethod",
    ),
    lead: Text::fixed(
        "The phone shows its LSC, or its manufacturer's certificate (MIC) where it has none. The ASA must ask for it, trust its issuer, find it valid and strong, and read the user name from it.",
        "Das Telefon zeigt sein LSC oder, wenn es keines hat, sein Herstellerzertifikat (MIC). Die ASA muss danach fragen, seinem Aussteller vertrauen, es gültig und stark genug finden und den Benutzernamen daraus lesen.",
    ),
    steps: &[
        Step {
            id: "method",
            ask: Text::fixed(
                "Do the phone's VPN profile and its tunnel group both want a certificate?",
                "Verlangen VPN-Profil und Tunnelgruppe (tunnel-group) beide ein Zertifikat?",
            ),
            why: Text::fixed(
                "authMethod 2 in the phone, `authentication certificate` in the tunnel group.",
                "authMethod 2 im Telefon, `authentication certificate` in der Tunnelgruppe.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("authentication-method-mismatch")],
                    then: Then::Ask("sent"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("authentication-method-mismatch")],
                    then: Then::Suspect("authentication-method-mismatch"),
                },
            ],
            unsure: Then::Ask("sent"),
        },
        Step {
            id: "sent",
            ask: Text::fixed(
                "What does the ASA's log say of the phone's certificate?",
                "Was sagt das Protokoll der ASA zum Zertifikat des Telefons?",
            ),
            why: Text::fixed(
                "Messages 717xxx and 725xxx at level debugging.",
                "Meldungen 717xxx und 725xxx auf Stufe debugging.",
            ),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "sha2",
                    label: Text::fixed(
                        "Its issuer is Cisco Manufacturing CA SHA2, which the ASA lacks",
                        "Sein Aussteller ist Cisco Manufacturing CA SHA2, und die fehlt der ASA",
                    ),
                    signs: &[Sign::Fires("sha2-manufacturing-ca-missing")],
                    then: Then::Suspect("sha2-manufacturing-ca-missing"),
                },
                Answer {
                    id: "capf",
                    label: Text::fixed(
                        "Its issuer is another CAPF than the one that the ASA has",
                        "Sein Aussteller ist eine andere CAPF als die auf der ASA",
                    ),
                    signs: &[Sign::Fires("capf-changed")],
                    then: Then::Suspect("capf-changed"),
                },
                Answer {
                    id: "untrusted",
                    label: Text::fixed(
                        "Its issuer is not trusted, or no certificate came",
                        "Seinem Aussteller wird nicht vertraut, oder es kam keines",
                    ),
                    signs: &[Sign::Fires("client-certificate-issuer-untrusted")],
                    then: Then::Suspect("client-certificate-issuer-untrusted"),
                },
                Answer {
                    id: "weak",
                    label: Text::fixed("It is too weak", "Es ist zu schwach"),
                    signs: &[Sign::Fires("client-certificate-too-weak")],
                    then: Then::Suspect("client-certificate-too-weak"),
                },
                Answer {
                    id: "expired",
                    label: Text::fixed("It has expired", "Es ist abgelaufen"),
                    signs: &[Sign::Fires("client-certificate-expired")],
                    then: Then::Suspect("client-certificate-expired"),
                },
                Answer {
                    id: "revocation",
                    label: Text::fixed(
                        "Its revocation could not be checked",
                        "Die Sperrprüfung war nicht möglich",
                    ),
                    signs: &[Sign::Fires("client-certificate-revocation-unreachable")],
                    then: Then::Suspect("client-certificate-revocation-unreachable"),
                },
                Answer {
                    id: "fine",
                    label: Text::fixed("It was validated", "Es wurde anerkannt"),
                    signs: &[],
                    then: Then::Ask("user"),
                },
            ],
            unsure: Then::Ask("model"),
        },
        Step {
            id: "model",
            ask: Text::fixed("Is it a 7940 or 7960?", "Ist es ein 7940 oder 7960?"),
            why: Text::fixed(
                "These have no manufacturer's certificate: an LSC must be installed first.",
                "Diese haben kein Herstellerzertifikat: Zuerst muss ein LSC installiert werden.",
            ),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("phone-without-mic")],
                    then: Then::Suspect("phone-without-mic"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("phone-without-mic")],
                    then: Then::Bring(&[Need::AsaLog, Need::AsaCertificates, Need::AsaConfig]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::AsaCertificates, Need::PhoneLog]),
        },
        Step {
            id: "user",
            ask: Text::fixed(
                "Did the ASA take a user name from it, and accept that user?",
                "Hat die ASA daraus einen Benutzernamen gelesen und ihn angenommen?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "none",
                    label: Text::fixed("It found no name", "Sie fand keinen Namen"),
                    signs: &[Sign::Fires("username-not-in-certificate")],
                    then: Then::Suspect("username-not-in-certificate"),
                },
                Answer {
                    id: "map",
                    label: Text::fixed(
                        "A certificate map sent it to another tunnel group",
                        "Eine Zertifikatszuordnung schickte es in eine andere Tunnelgruppe",
                    ),
                    signs: &[Sign::Fires("certificate-map-redirects")],
                    then: Then::Suspect("certificate-map-redirects"),
                },
                Answer {
                    id: "unknown",
                    label: Text::fixed(
                        "The user must be known, and is not",
                        "Der Benutzer muss bekannt sein und ist es nicht",
                    ),
                    signs: &[Sign::Fires("authorization-required-without-user")],
                    then: Then::Suspect("authorization-required-without-user"),
                },
                Answer {
                    id: "rejected",
                    label: Text::fixed("The user was rejected", "Der Benutzer wurde abgelehnt"),
                    signs: &[Sign::Fires("aaa-rejected")],
                    then: Then::Suspect("aaa-rejected"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Stage(Stage::Login, StageState::Passed)],
                    then: Then::Bring(&[Need::AsaLog, Need::PhoneLog]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::AsaConfig]),
        },
    ],
};
