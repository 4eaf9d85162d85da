//! The ASA's certificate must be renewed without touching the phones.

use super::{Answer, Group, Plan, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "renew-certificate",
    group: Group::Planned,
    title: Text::fixed(
        "I must renew the ASA's certificate without touching the phones",
        "Ich muss das Zertifikat der ASA erneuern, ohne die Telefone anzufassen",
    ),
    words: Text::fixed(
        "renewal expire trust-point trustpoint Phone-VPN-trust upload CSCuh19734 public TFTP rescue plan",
        "Erneuerung läuft ab Vertrauenspunkt trustpoint Phone-VPN-trust hochladen CSCuh19734 öffentlicher TFTP Rettung Plan",
    ),
    lead: Text::fixed(
        "Every phone must have the new hash before the ASA shows the new certificate. Drop the certificates and the phones' configurations: the plan says who has it already.",
        "Jedes Telefon muss den neuen Hash haben, bevor die ASA das neue Zertifikat zeigt. Legen Sie die Zertifikate und die Konfigurationen der Telefone ab: Der Plan sagt, wer ihn schon hat.",
    ),
    steps: &[
        Step {
            id: "late",
            ask: Text::fixed(
                "Has the ASA changed its certificate already?",
                "Hat die ASA ihr Zertifikat schon gewechselt?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig, Need::PhoneConfig, Need::Certificate],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed(
                        "Yes, and the phones are locked out",
                        "Ja, und die Telefone sind ausgesperrt",
                    ),
                    signs: &[Sign::Fires("cert-hash-mismatch")],
                    then: Then::Plan(Plan::Renewal),
                },
                Answer {
                    id: "expired",
                    label: Text::fixed("No, but it has expired", "Nein, aber es ist abgelaufen"),
                    signs: &[Sign::Fires("gateway-certificate-expired")],
                    then: Then::Plan(Plan::Renewal),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("gateway-certificate-expiring"), Sign::Passes("cert-hash-mismatch")],
                    then: Then::Ask("which"),
                },
            ],
            unsure: Then::Ask("which"),
        },
        Step {
            id: "which",
            ask: Text::fixed(
                "Which certificate was uploaded to CUCM as Phone-VPN-trust?",
                "Welches Zertifikat wurde als Phone-VPN-trust in den CUCM geladen?",
            ),
            why: Text::fixed(
                "The hash of the issuing CA survives a renewal by the same CA, if the ASA sends that CA's certificate along.",
                "Der Hash der ausstellenden Zertifizierungsstelle (CA) übersteht eine Erneuerung durch dieselbe CA, wenn die ASA deren Zertifikat mitschickt.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::AsaCertificates],
            answers: &[
                Answer {
                    id: "identity",
                    label: Text::fixed("The ASA's own", "Das der ASA selbst"),
                    signs: &[],
                    then: Then::Ask("name"),
                },
                Answer {
                    id: "issuer",
                    label: Text::fixed("The issuing CA's", "Das der ausstellenden CA"),
                    signs: &[Sign::Fires("incomplete-certificate-chain")],
                    then: Then::Plan(Plan::Renewal),
                },
            ],
            unsure: Then::Ask("name"),
        },
        Step {
            id: "name",
            ask: Text::fixed(
                "Will the new certificate have the same common name?",
                "Wird das neue Zertifikat denselben Common Name haben?",
            ),
            why: Text::fixed(
                "Then uploading it overwrites the old one in Phone-VPN-trust (CSCuh19734), and phones lose the hash that they still need.",
                "Dann überschreibt das Hochladen das alte in Phone-VPN-trust (CSCuh19734), und die Telefone verlieren den Hash, den sie noch brauchen.",
            ),
            key: None,
            look: &[Need::Certificate],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("same-subject-overwrote-certificate")],
                    then: Then::Plan(Plan::Renewal),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[],
                    then: Then::Plan(Plan::Renewal),
                },
            ],
            unsure: Then::Plan(Plan::Renewal),
        },
    ],
};
