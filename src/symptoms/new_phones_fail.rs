//! Newer phones fail, older ones work.

use super::failing::Failing;
use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "new-phones-fail",
    group: Group::HalfWorks,
    title: Text::fixed(
        "Newer phones fail, older ones work",
        "Neuere Telefone scheitern, ältere funktionieren",
    ),
    words: Text::fixed(
        "88xx 78xx 8841 8851 8861 elliptic curve EC ECDSA self-signed 9.4 SHA2 manufacturing CA",
        "88xx 78xx 8841 8851 8861 elliptische Kurve EC ECDSA selbstsigniert 9.4 SHA2 Manufacturing CA",
    ),
    lead: Text::fixed(
        "Newer models speak elliptic curves, newer TLS versions and have another manufacturer's certificate. Each of the three can shut them out where a 7962 gets in.",
        "Neuere Modelle sprechen elliptische Kurven und neuere TLS-Versionen und haben ein anderes Herstellerzertifikat. Jedes der drei kann sie aussperren, wo ein 7962 hineinkommt.",
    ),
    steps: &[
        Step {
            id: "which",
            ask: Text::fixed("Which phones fail?", "Welche Telefone sind betroffen?"),
            why: Text::fixed("", ""),
            key: Some("phones-failing"),
            look: &[],
            answers: &[
                Answer {
                    id: "newer",
                    label: Text::fixed("The newer ones", "Die neueren"),
                    signs: &[
                        Sign::Failing(Failing::Newer),
                        Sign::Fires("ec-certificate-offered"),
                        Sign::Fires("sha2-manufacturing-ca-missing"),
                        Sign::Fires("tls-version-too-old-for-phone"),
                    ],
                    then: Then::Ask("certificate"),
                },
                Answer {
                    id: "older",
                    label: Text::fixed("The older ones", "Die älteren"),
                    signs: &[],
                    then: Then::Suspect("ssl-settings-hardened-for-old-phones"),
                },
                Answer {
                    id: "all",
                    label: Text::fixed("All", "Alle"),
                    signs: &[Sign::Failing(Failing::All)],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::PhoneConfig, Need::AsaConfig]),
                },
                Answer {
                    id: "some",
                    label: Text::fixed("Some, of any age", "Manche, egal wie alt"),
                    signs: &[Sign::Failing(Failing::Some)],
                    then: Then::Ask("certificate"),
                },
            ],
            unsure: Then::Ask("certificate"),
        },
        Step {
            id: "certificate",
            ask: Text::fixed(
                "Is a newer phone given a self-signed certificate on an elliptic curve?",
                "Bekommt ein neueres Telefon ein selbstsigniertes Zertifikat auf einer elliptischen Kurve?",
            ),
            why: Text::fixed(
                "From ASA 9.4(1) on, without the fix of CSCuu02848, the ASA prefers it although an RSA trust-point is bound. `725012 … ECDHE-ECDSA…` in the log shows it.",
                "Ab ASA 9.4(1) ohne die Korrektur CSCuu02848 zieht die ASA es vor, obwohl ein RSA-Vertrauenspunkt gebunden ist. `725012 … ECDHE-ECDSA…` im Protokoll zeigt es.",
            ),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig, Need::PhoneLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("ec-certificate-offered")],
                    then: Then::Suspect("ec-certificate-offered"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("ec-certificate-offered")],
                    then: Then::Ask("login"),
                },
            ],
            unsure: Then::Ask("login"),
        },
        Step {
            id: "login",
            ask: Text::fixed(
                "Do the phones log in with their certificate, and does the ASA refuse it?",
                "Melden sich die Telefone mit Zertifikat an, und lehnt die ASA es ab?",
            ),
            why: Text::fixed(
                "The manufacturer's certificates of newer models are issued by Cisco Manufacturing CA SHA2; the ASA must have that CA.",
                "Die Herstellerzertifikate neuerer Modelle stammen von Cisco Manufacturing CA SHA2; die ASA muss diese Zertifizierungsstelle (CA) kennen.",
            ),
            key: None,
            look: &[Need::AsaLog, Need::AsaCertificates],
            answers: &[
                Answer {
                    id: "missing",
                    label: Text::fixed(
                        "Yes, the SHA2 manufacturing CA is missing",
                        "Ja, die Manufacturing CA SHA2 fehlt",
                    ),
                    signs: &[Sign::Fires("sha2-manufacturing-ca-missing")],
                    then: Then::Suspect("sha2-manufacturing-ca-missing"),
                },
                Answer {
                    id: "untrusted",
                    label: Text::fixed(
                        "Yes, its issuer is not trusted",
                        "Ja, seinem Aussteller wird nicht vertraut",
                    ),
                    signs: &[Sign::Fires("client-certificate-issuer-untrusted")],
                    then: Then::Suspect("client-certificate-issuer-untrusted"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("sha2-manufacturing-ca-missing")],
                    then: Then::Ask("version"),
                },
            ],
            unsure: Then::Ask("version"),
        },
        Step {
            id: "version",
            ask: Text::fixed(
                "Does the ASA offer only TLS versions below 1.2?",
                "Bietet die ASA nur TLS-Versionen unter 1.2 an?",
            ),
            why: Text::fixed(
                "From firmware 14.3(1)SR3 on the phones' own minimum is TLS 1.2 by default.",
                "Ab Firmware 14.3(1)SR3 ist TLS 1.2 das voreingestellte Minimum der Telefone.",
            ),
            key: None,
            look: &[Need::AsaConfig, Need::AsaVersion, Need::AsaSsl],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("tls-version-too-old-for-phone")],
                    then: Then::Suspect("tls-version-too-old-for-phone"),
                },
                Answer {
                    id: "dtls",
                    label: Text::fixed("No, but DTLS 1.2 is not there", "Nein, aber DTLS 1.2 fehlt"),
                    signs: &[Sign::Fires("dtls-version-unsupported")],
                    then: Then::Suspect("dtls-version-unsupported"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("tls-version-too-old-for-phone")],
                    then: Then::Ask("bug"),
                },
            ],
            unsure: Then::Ask("bug"),
        },
        Step {
            id: "bug",
            ask: Text::fixed(
                "Does the firmware have a known VPN defect?",
                "Hat die Firmware einen bekannten VPN-Fehler?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("phone-firmware-bug")],
                    then: Then::Suspect("phone-firmware-bug"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("phone-firmware-bug")],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::Capture]),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig, Need::PhoneLog, Need::AsaLog]),
        },
    ],
};
