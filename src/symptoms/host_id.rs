//! The log says hostIDCheck failed; a wildcard or an IP address in the url.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "host-id",
    group: Group::NeverWorked,
    title: Text::fixed("The log says hostIDCheck failed", "Im Protokoll steht hostIDCheck failed"),
    words: Text::fixed(
        "host id check wildcard subjectAltName SAN common name IP address URL name mismatch hostIDCheck failed hostID not found third level wildcards enableHostIDCheck",
        "Host ID Check Wildcard subjectAltName SAN Common Name IP-Adresse URL Name passt nicht hostIDCheck failed hostID not found Platzhalter enableHostIDCheck",
    ),
    lead: Text::fixed(
        "With the host ID check on, a name of the certificate must be the host of the URL. Phones accept no wildcards of the third level.",
        "Mit eingeschalteter Host-ID-Prüfung (Enable Host ID Check) muss ein Name des Zertifikats der Host der URL sein. Telefone nehmen keine Platzhalter (Wildcards) der dritten Ebene an.",
    ),
    steps: &[
        Step {
            id: "log",
            ask: Text::fixed(
                "Does the phone's log say `hostIDCheck failed!!`?",
                "Steht im Protokoll des Telefons `hostIDCheck failed!!`?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("host-id-check-failed")],
                    then: Then::Ask("kind"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("host-id-check-failed")],
                    then: Then::Ask("names"),
                },
            ],
            unsure: Then::Ask("names"),
        },
        Step {
            id: "kind",
            ask: Text::fixed("What does the line before it name?", "Was nennt die Zeile davor?"),
            why: Text::fixed(
                "A wildcard, the subjectAltNames or the subject name.",
                "Einen Platzhalter (Wildcard), die alternativen Namen (subjectAltNames) oder den Namen (subject).",
            ),
            key: None,
            look: &[Need::PhoneLog, Need::Certificate],
            answers: &[
                Answer {
                    id: "wildcard",
                    label: Text::fixed("A wildcard", "Einen Platzhalter (Wildcard)"),
                    signs: &[],
                    then: Then::Suspect("host-id-check-failed"),
                },
                Answer {
                    id: "names",
                    label: Text::fixed("hostID not found in …", "hostID not found in …"),
                    signs: &[],
                    then: Then::Suspect("host-id-check-failed"),
                },
            ],
            unsure: Then::Suspect("host-id-check-failed"),
        },
        Step {
            id: "names",
            ask: Text::fixed(
                "Is the URL's host one of the certificate's names?",
                "Ist der Host der URL einer der Namen des Zertifikats?",
            ),
            why: Text::fixed(
                "An IP address in the URL must stand in the certificate as an IP address.",
                "Eine IP-Adresse in der URL muss im Zertifikat als IP-Adresse stehen.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::Certificate],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("certificate-name-mismatch")],
                    then: Then::Suspect("certificate-name-mismatch"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("certificate-name-mismatch")],
                    then: Then::Bring(&[Need::PhoneLog]),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig, Need::Certificate]),
        },
    ],
};
