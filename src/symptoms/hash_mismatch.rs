//! "Unknown CA", or it stopped after the ASA's certificate changed.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "hash-mismatch",
    group: Group::StoppedWorking,
    title: Text::fixed(
        "“Unknown CA”, or the ASA's certificate changed",
        "„Unknown CA“ oder das Zertifikat der ASA wurde gewechselt",
    ),
    words: Text::fixed(
        "certificate hash fingerprint SHA-1 base64 hex certHash1 unknown ca alert 48 SslAlertSrvrCert trust renewed replaced expired VPN concentrator certificate issuer certificate not found and leaf not trusted Leaf cert hash notify code 37 725014 tlsv1 alert unknown ca bad certificate",
        "Zertifikat Hash Fingerabdruck SHA-1 Base64 Hex certHash1 unknown ca Alert 48 SslAlertSrvrCert Vertrauen erneuert ersetzt abgelaufen VPN concentrator Aussteller nicht gefunden issuer certificate not found and leaf not trusted Leaf cert hash notify code 37 725014 tlsv1 alert unknown ca",
    ),
    lead: Text::fixed(
        "A phone trusts the ASA only if the hash in its configuration is that of a certificate that the ASA presents. Find both, compare them, and see why they differ.",
        "Ein Telefon vertraut der ASA nur, wenn der Hash in seiner Konfiguration zu einem Zertifikat gehört, das die ASA vorlegt. Finden Sie beide, vergleichen Sie sie und sehen Sie, warum sie sich unterscheiden.",
    ),
    steps: &[
        Step {
            id: "refused",
            ask: Text::fixed(
                "Does the phone's log say that it refuses the certificate?",
                "Steht im Protokoll des Telefons, dass es das Zertifikat ablehnt?",
            ),
            why: Text::fixed(
                "“leaf not trusted” in the phone's log, or “tlsv1 alert unknown ca” in the ASA's, says that the phone ended the handshake because of the certificate.",
                "„leaf not trusted“ im Protokoll des Telefons oder „tlsv1 alert unknown ca“ in dem der ASA sagt: Das Telefon hat den Handshake wegen des Zertifikats beendet.",
            ),
            key: None,
            look: &[Need::PhoneLog, Need::AsaLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[
                        Sign::Fires("phone-rejected-server-certificate"),
                        Sign::Fires("cert-hash-mismatch"),
                    ],
                    then: Then::Ask("compare"),
                },
                Answer {
                    id: "name",
                    label: Text::fixed("It says hostIDCheck failed", "Dort steht hostIDCheck failed"),
                    signs: &[Sign::Fires("host-id-check-failed")],
                    then: Then::Suspect("host-id-check-failed"),
                },
                Answer {
                    id: "clock",
                    label: Text::fixed(
                        "It says that the certificate is not yet valid, or has expired",
                        "Dort steht, dass das Zertifikat noch nicht gilt oder abgelaufen ist",
                    ),
                    signs: &[Sign::Fires("phone-clock-wrong")],
                    then: Then::Suspect("phone-clock-wrong"),
                },
                Answer {
                    id: "other",
                    label: Text::fixed("No, it says something else", "Nein, dort steht etwas anderes"),
                    signs: &[Sign::Passes("phone-rejected-server-certificate")],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::AsaConfig]),
                },
            ],
            unsure: Then::Ask("compare"),
        },
        Step {
            id: "compare",
            ask: Text::fixed(
                "Is one of the phone's hashes that of the certificate that the ASA presents?",
                "Gehört einer der Hashes im Telefon zu dem Zertifikat, das die ASA vorlegt?",
            ),
            why: Text::fixed(
                "The phone has SHA-1 in Base64, a browser shows hexadecimal. Drop both here, or use the hash tool: it compares any notations.",
                "Das Telefon hat SHA-1 in Base64, ein Browser zeigt hexadezimal. Legen Sie beide hier ab oder nehmen Sie das Hash-Werkzeug: Es vergleicht alle Schreibweisen.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::Certificate, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No, they differ", "Nein, sie unterscheiden sich"),
                    signs: &[Sign::Fires("cert-hash-mismatch")],
                    then: Then::Ask("trustpoint"),
                },
                Answer {
                    id: "malformed",
                    label: Text::fixed(
                        "The phone's value is no SHA-1 in Base64",
                        "Der Wert im Telefon ist kein SHA-1 in Base64",
                    ),
                    signs: &[Sign::Fires("cert-hash-malformed")],
                    then: Then::Suspect("cert-hash-malformed"),
                },
                Answer {
                    id: "none",
                    label: Text::fixed("The phone has no hash at all", "Im Telefon steht gar kein Hash"),
                    signs: &[Sign::Fires("cert-hash-missing")],
                    then: Then::Suspect("cert-hash-missing"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes, one of them is equal", "Ja, einer ist gleich"),
                    signs: &[Sign::Passes("cert-hash-mismatch")],
                    then: Then::Ask("chain"),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig, Need::Certificate, Need::AsaConfig]),
        },
        Step {
            id: "trustpoint",
            ask: Text::fixed(
                "Does the phone's hash belong to another trust-point of the same ASA, whose certificate is still valid?",
                "Gehört der Hash im Telefon zu einem anderen Vertrauenspunkt (trust-point) derselben ASA, dessen Zertifikat noch gilt?",
            ),
            why: Text::fixed(
                "Then the wrong trust-point is bound to the interface, and no phone needs to be touched.",
                "Dann ist der falsche Vertrauenspunkt an die Schnittstelle gebunden, und kein Telefon muss angefasst werden.",
            ),
            key: None,
            look: &[Need::AsaConfig, Need::AsaCertificates],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("wrong-trustpoint-on-interface")],
                    then: Then::Suspect("wrong-trustpoint-on-interface"),
                },
                Answer {
                    id: "unbound",
                    label: Text::fixed(
                        "No trust-point is bound to the interface",
                        "An die Schnittstelle ist kein Vertrauenspunkt gebunden",
                    ),
                    signs: &[Sign::Fires("no-trustpoint-on-interface")],
                    then: Then::Suspect("no-trustpoint-on-interface"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[
                        Sign::Passes("wrong-trustpoint-on-interface"),
                        Sign::Fires("cert-hash-mismatch"),
                    ],
                    then: Then::Suspect("cert-hash-mismatch"),
                },
            ],
            unsure: Then::Suspect("cert-hash-mismatch"),
        },
        Step {
            id: "chain",
            ask: Text::fixed(
                "Is that hash the one of the ASA's own certificate, or of the CA that issued it?",
                "Gehört dieser Hash zum Zertifikat der ASA selbst oder zu der Zertifizierungsstelle (CA), die es ausgestellt hat?",
            ),
            why: Text::fixed(
                "The hash of a CA helps only if the ASA sends that CA's certificate along.",
                "Der Hash einer CA hilft nur, wenn die ASA das Zertifikat dieser CA mitschickt.",
            ),
            key: None,
            look: &[Need::AsaCertificates, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "issuer",
                    label: Text::fixed("Of the CA", "Zur CA"),
                    signs: &[Sign::Fires("incomplete-certificate-chain")],
                    then: Then::Suspect("incomplete-certificate-chain"),
                },
                Answer {
                    id: "expired",
                    label: Text::fixed(
                        "Of the ASA, but the certificate has expired",
                        "Zur ASA, aber das Zertifikat ist abgelaufen",
                    ),
                    signs: &[Sign::Fires("gateway-certificate-expired")],
                    then: Then::Suspect("gateway-certificate-expired"),
                },
                Answer {
                    id: "curve",
                    label: Text::fixed(
                        "Of the ASA, but newer phones are given another one",
                        "Zur ASA, aber neuere Telefone bekommen ein anderes",
                    ),
                    signs: &[Sign::Fires("ec-certificate-offered")],
                    then: Then::Suspect("ec-certificate-offered"),
                },
                Answer {
                    id: "leaf",
                    label: Text::fixed("Of the ASA itself", "Zur ASA selbst"),
                    signs: &[],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::Capture]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaCertificates, Need::PhoneLog]),
        },
    ],
};
