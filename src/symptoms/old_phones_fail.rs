//! Older phones fail, newer ones work.

use super::failing::Failing;
use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "old-phones-fail",
    group: Group::HalfWorks,
    title: Text::fixed(
        "Older phones fail, newer ones work",
        "Ältere Telefone scheitern, neuere funktionieren",
    ),
    words: Text::fixed(
        "7942 7945 7962 7965 7975 79xx 99xx TLS 1.0 AES SHA hardening audit no shared cipher unsupported protocol",
        "7942 7945 7962 7965 7975 79xx 99xx TLS 1.0 AES SHA Härtung Audit no shared cipher unsupported protocol",
    ),
    lead: Text::fixed(
        "Phones of the 79xx series speak TLS 1.0 with AES256-SHA and AES128-SHA, and nothing else. A hardened ASA shuts them out.",
        "Telefone der Reihe 79xx sprechen TLS 1.0 mit AES256-SHA und AES128-SHA und sonst nichts. Eine gehärtete ASA sperrt sie aus.",
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
                    id: "older",
                    label: Text::fixed("The older ones", "Die älteren"),
                    signs: &[
                        Sign::Failing(Failing::Older),
                        Sign::Fires("tls-version-too-new-for-phone"),
                        Sign::Fires("ssl-settings-hardened-for-old-phones"),
                    ],
                    then: Then::Ask("version"),
                },
                Answer {
                    id: "newer",
                    label: Text::fixed("The newer ones", "Die neueren"),
                    signs: &[],
                    then: Then::Suspect("ec-certificate-offered"),
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
                    then: Then::Ask("version"),
                },
            ],
            unsure: Then::Ask("version"),
        },
        Step {
            id: "version",
            ask: Text::fixed(
                "Is the ASA's lowest version above TLS 1.0?",
                "Liegt die niedrigste Version der ASA über TLS 1.0?",
            ),
            why: Text::fixed(
                "`ssl server-version tlsv1.2` names the lowest version since release 9.3(2).",
                "`ssl server-version tlsv1.2` nennt seit Version 9.3(2) die niedrigste Version.",
            ),
            key: None,
            look: &[Need::AsaConfig, Need::AsaSsl],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("tls-version-too-new-for-phone")],
                    then: Then::Suspect("tls-version-too-new-for-phone"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("tls-version-too-new-for-phone")],
                    then: Then::Ask("ciphers"),
                },
            ],
            unsure: Then::Ask("ciphers"),
        },
        Step {
            id: "ciphers",
            ask: Text::fixed(
                "Does the ASA allow AES256-SHA or AES128-SHA on TLS 1.0?",
                "Lässt die ASA auf TLS 1.0 AES256-SHA oder AES128-SHA zu?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig, Need::AsaSsl],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("no-shared-cipher")],
                    then: Then::Suspect("no-shared-cipher"),
                },
                Answer {
                    id: "hardened",
                    label: Text::fixed("No, the lists are hardened", "Nein, die Listen sind gehärtet"),
                    signs: &[Sign::Fires("ssl-settings-hardened-for-old-phones")],
                    then: Then::Suspect("ssl-settings-hardened-for-old-phones"),
                },
                Answer {
                    id: "phone",
                    label: Text::fixed(
                        "Yes, but the phone has them switched off",
                        "Ja, aber im Telefon sind sie abgeschaltet",
                    ),
                    signs: &[Sign::Fires("phone-ciphers-disabled")],
                    then: Then::Suspect("phone-ciphers-disabled"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("no-shared-cipher")],
                    then: Then::Ask("mic"),
                },
            ],
            unsure: Then::Ask("mic"),
        },
        Step {
            id: "mic",
            ask: Text::fixed(
                "Is it a 7940 or 7960, or does the ASA call its certificate too weak?",
                "Ist es ein 7940 oder 7960, oder nennt die ASA sein Zertifikat zu schwach?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "mic",
                    label: Text::fixed("A 7940 or 7960", "Ein 7940 oder 7960"),
                    signs: &[Sign::Fires("phone-without-mic")],
                    then: Then::Suspect("phone-without-mic"),
                },
                Answer {
                    id: "weak",
                    label: Text::fixed("Its certificate is too weak", "Sein Zertifikat ist zu schwach"),
                    signs: &[Sign::Fires("client-certificate-too-weak")],
                    then: Then::Suspect("client-certificate-too-weak"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("Neither", "Keines von beiden"),
                    signs: &[],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::Capture]),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneLog, Need::AsaLog, Need::AsaConfig]),
        },
    ],
};
