//! Can this installation do it at all? Export version, model, firmware, licences.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "can-it-work",
    group: Group::NeverWorked,
    title: Text::fixed("Can this installation do it at all?", "Kann diese Installation das überhaupt?"),
    words: Text::fixed(
        "licence license AnyConnect for Cisco VPN Phone premium essentials export restricted unrestricted model firmware supported requirements session limit 716023 716057 113029 UNRST",
        "Lizenz AnyConnect for Cisco VPN Phone Premium Essentials Export restricted unrestricted Modell Firmware unterstützt Voraussetzungen Sitzungsgrenze 716023 716057 113029 UNRST",
    ),
    lead: Text::fixed(
        "Four things must be there before any setting matters: a CUCM with export restrictions, a phone model with the VPN client, a firmware without a known defect, and two licences on the ASA.",
        "Vier Dinge müssen da sein, bevor irgendeine Einstellung zählt: ein CUCM mit Exportbeschränkung, ein Telefonmodell mit VPN-Client, eine Firmware ohne bekannten Fehler und zwei Lizenzen auf der ASA.",
    ),
    steps: &[
        Step {
            id: "export",
            ask: Text::fixed(
                "Is CUCM the export restricted version?",
                "Ist der CUCM die exportbeschränkte Version (restricted)?",
            ),
            why: Text::fixed(
                "The unrestricted version has no VPN menu, and there is no way back from it. The name of the install media has UNRST in it.",
                "Die unbeschränkte Version hat kein VPN-Menü, und von ihr führt kein Weg zurück. Der Name ihres Installationsmediums enthält UNRST.",
            ),
            key: Some("cucm-export"),
            look: &[Need::CucmVersion],
            answers: &[
                Answer {
                    id: "restricted",
                    label: Text::fixed("Restricted", "Beschränkt (restricted)"),
                    signs: &[Sign::Passes("cucm-export-unrestricted")],
                    then: Then::Ask("model"),
                },
                Answer {
                    id: "unrestricted",
                    label: Text::fixed("Unrestricted", "Unbeschränkt (unrestricted)"),
                    signs: &[Sign::Fires("cucm-export-unrestricted")],
                    then: Then::Suspect("cucm-export-unrestricted"),
                },
            ],
            unsure: Then::Ask("model"),
        },
        Step {
            id: "model",
            ask: Text::fixed(
                "Does the phone model have the VPN client?",
                "Hat das Telefonmodell den VPN-Client?",
            ),
            why: Text::fixed(
                "7942, 7945, 7962, 7965, 7975, 8961, 9951, 9971, 8811, 8841, 8845, 8851, 8861 and 8865 have it; 7940, 7960 and 7911 do not. For the others look in Cisco Unified Reporting > System Reports > Unified CM Phone Feature List, feature Virtual Private Network.",
                "7942, 7945, 7962, 7965, 7975, 8961, 9951, 9971, 8811, 8841, 8845, 8851, 8861 und 8865 haben ihn, 7940, 7960 und 7911 nicht. Für die übrigen sehen Sie nach in Cisco Unified Reporting > System Reports > Unified CM Phone Feature List, Funktion Virtual Private Network.",
            ),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("phone-model-without-vpn")],
                    then: Then::Ask("firmware"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("phone-model-without-vpn")],
                    then: Then::Suspect("phone-model-without-vpn"),
                },
                Answer {
                    id: "multiplatform",
                    label: Text::fixed(
                        "It runs multiplatform firmware (MPP)",
                        "Es läuft mit Multiplattform-Firmware (MPP)",
                    ),
                    signs: &[Sign::Fires("multiplatform-firmware")],
                    then: Then::Suspect("multiplatform-firmware"),
                },
            ],
            unsure: Then::Ask("firmware"),
        },
        Step {
            id: "firmware",
            ask: Text::fixed(
                "Does the phone run a firmware with a known VPN defect?",
                "Hat die Firmware des Telefons einen bekannten VPN-Fehler?",
            ),
            why: Text::fixed(
                "The load stands in the phone's configuration and on its status page.",
                "Die Firmware (load) steht in der Konfiguration des Telefons und auf seiner Statusseite.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::PhoneLog],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("phone-firmware-bug")],
                    then: Then::Ask("licence"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("phone-firmware-bug")],
                    then: Then::Suspect("phone-firmware-bug"),
                },
            ],
            unsure: Then::Ask("licence"),
        },
        Step {
            id: "licence",
            ask: Text::fixed(
                "What does `show version` say of “AnyConnect for Cisco VPN Phone”?",
                "Was sagt `show version` zu „AnyConnect for Cisco VPN Phone“?",
            ),
            why: Text::fixed(
                "On release 8.0 the line is called “AnyConnect for Linksys phone”.",
                "In Version 8.0 heißt die Zeile „AnyConnect for Linksys phone“.",
            ),
            key: None,
            look: &[Need::AsaVersion],
            answers: &[
                Answer {
                    id: "enabled",
                    label: Text::fixed("Enabled", "Enabled"),
                    signs: &[Sign::Passes("vpn-phone-licence-disabled")],
                    then: Then::Ask("premium"),
                },
                Answer {
                    id: "disabled",
                    label: Text::fixed("Disabled", "Disabled"),
                    signs: &[Sign::Fires("vpn-phone-licence-disabled")],
                    then: Then::Suspect("vpn-phone-licence-disabled"),
                },
            ],
            unsure: Then::Bring(&[Need::AsaVersion]),
        },
        Step {
            id: "premium",
            ask: Text::fixed(
                "Are there AnyConnect Premium sessions, and is `anyconnect-essentials` off?",
                "Gibt es AnyConnect-Premium-Sitzungen, und ist `anyconnect-essentials` aus?",
            ),
            why: Text::fixed(
                "A phone takes one Premium session. Essentials is not enough for phones.",
                "Ein Telefon belegt eine Premium-Sitzung. Essentials genügt für Telefone nicht.",
            ),
            key: None,
            look: &[Need::AsaVersion, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("anyconnect-premium-missing")],
                    then: Then::Ask("full"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("anyconnect-premium-missing")],
                    then: Then::Suspect("anyconnect-premium-missing"),
                },
            ],
            unsure: Then::Bring(&[Need::AsaVersion, Need::AsaConfig]),
        },
        Step {
            id: "full",
            ask: Text::fixed(
                "Does the ASA's log say that a session limit was reached?",
                "Steht im Protokoll der ASA, dass eine Sitzungsgrenze erreicht ist?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("vpn-session-limit-reached")],
                    then: Then::Suspect("vpn-session-limit-reached"),
                },
                Answer {
                    id: "ends",
                    label: Text::fixed(
                        "No, but a licence runs out soon",
                        "Nein, aber eine Lizenz läuft bald ab",
                    ),
                    signs: &[Sign::Fires("licence-time-based-expiring")],
                    then: Then::Suspect("licence-time-based-expiring"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("vpn-session-limit-reached")],
                    then: Then::Bring(&[Need::PhoneConfig, Need::PhoneLog, Need::AsaConfig]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::PhoneConfig, Need::PhoneLog]),
        },
    ],
};
