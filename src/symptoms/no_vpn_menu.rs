//! The phone has no VPN menu, or VPN never starts.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "no-vpn-menu",
    group: Group::NeverWorked,
    title: Text::fixed(
        "The phone has no VPN menu, or VPN never starts",
        "Das Telefon hat kein VPN-Menü, oder das VPN startet nie",
    ),
    words: Text::fixed(
        "menu missing greyed out auto network detect vpnGroup common phone profile starts inside outside VPN concentrator VPN gateway VPN group VPN profile nothing happens XMLDefault",
        "Menü fehlt ausgegraut auto network detect vpnGroup Common Phone Profile startet innen außen VPN concentrator VPN-Gateway VPN-Gruppe VPN-Profil nichts passiert XMLDefault",
    ),
    lead: Text::fixed(
        "A phone shows the VPN menu only if its configuration has VPN settings. Whether the VPN starts by itself depends on where the phone believes that it is.",
        "Ein Telefon zeigt das VPN-Menü nur, wenn in seiner Konfiguration VPN-Einstellungen stehen. Ob das VPN von selbst startet, hängt davon ab, wo das Telefon zu sein glaubt.",
    ),
    steps: &[
        Step {
            id: "export",
            ask: Text::fixed(
                "Is CUCM the export restricted version?",
                "Ist der CUCM die exportbeschränkte Version (restricted)?",
            ),
            why: Text::fixed(
                "The unrestricted version has no VPN menu at all.",
                "Die unbeschränkte Version hat gar kein VPN-Menü.",
            ),
            key: Some("cucm-export"),
            look: &[Need::CucmVersion],
            answers: &[
                Answer {
                    id: "restricted",
                    label: Text::fixed("Restricted", "Beschränkt (restricted)"),
                    signs: &[Sign::Passes("cucm-export-unrestricted")],
                    then: Then::Ask("settings"),
                },
                Answer {
                    id: "unrestricted",
                    label: Text::fixed("Unrestricted", "Unbeschränkt (unrestricted)"),
                    signs: &[Sign::Fires("cucm-export-unrestricted")],
                    then: Then::Suspect("cucm-export-unrestricted"),
                },
            ],
            unsure: Then::Ask("settings"),
        },
        Step {
            id: "settings",
            ask: Text::fixed(
                "Does the phone's configuration have a `<vpnGroup>`?",
                "Steht in der Konfiguration des Telefons ein `<vpnGroup>`?",
            ),
            why: Text::fixed(
                "Fetch `SEP….cnf.xml` from CUCM by TFTP or from port 6970 by browser, and drop it here.",
                "Holen Sie `SEP….cnf.xml` per TFTP oder im Browser über Port 6970 vom CUCM und legen Sie die Datei hier ab.",
            ),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("vpn-group-missing")],
                    then: Then::Ask("complete"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("vpn-group-missing")],
                    then: Then::Suspect("vpn-group-missing"),
                },
                Answer {
                    id: "default",
                    label: Text::fixed("The file is XMLDefault.cnf.xml", "Die Datei ist XMLDefault.cnf.xml"),
                    signs: &[Sign::Fires("default-phone-config")],
                    then: Then::Suspect("default-phone-config"),
                },
                Answer {
                    id: "encrypted",
                    label: Text::fixed("It is encrypted", "Sie ist verschlüsselt"),
                    signs: &[Sign::Fires("phone-config-encrypted")],
                    then: Then::Suspect("phone-config-encrypted"),
                },
                Answer {
                    id: "multiplatform",
                    label: Text::fixed("It has a `<flat-profile>`", "Sie hat ein `<flat-profile>`"),
                    signs: &[Sign::Fires("multiplatform-firmware")],
                    then: Then::Suspect("multiplatform-firmware"),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig]),
        },
        Step {
            id: "complete",
            ask: Text::fixed(
                "Does it have a URL that begins with https, and at least one certHash?",
                "Hat es eine URL, die mit https beginnt, und mindestens einen certHash?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("vpn-url-missing"), Sign::Passes("cert-hash-missing")],
                    then: Then::Ask("ipv6"),
                },
                Answer {
                    id: "url",
                    label: Text::fixed("The URL is missing", "Die URL fehlt"),
                    signs: &[Sign::Fires("vpn-url-missing")],
                    then: Then::Suspect("vpn-url-missing"),
                },
                Answer {
                    id: "https",
                    label: Text::fixed("The URL is not https", "Die URL ist nicht https"),
                    signs: &[Sign::Fires("vpn-url-not-https")],
                    then: Then::Suspect("vpn-url-not-https"),
                },
                Answer {
                    id: "hash",
                    label: Text::fixed("The hash is missing", "Der Hash fehlt"),
                    signs: &[Sign::Fires("cert-hash-missing")],
                    then: Then::Suspect("cert-hash-missing"),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig]),
        },
        Step {
            id: "ipv6",
            ask: Text::fixed("Is the phone set to IPv6 only?", "Ist das Telefon auf „nur IPv6“ gestellt?"),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("ipv6-only-phone")],
                    then: Then::Ask("inside"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("ipv6-only-phone")],
                    then: Then::Suspect("ipv6-only-phone"),
                },
            ],
            unsure: Then::Ask("inside"),
        },
        Step {
            id: "inside",
            ask: Text::fixed(
                "Does the TFTP server's address answer a ping from where the phone is?",
                "Antwortet die Adresse des TFTP-Servers dort, wo das Telefon steht, auf einen Ping?",
            ),
            why: Text::fixed(
                "With automatic network detection the phone starts VPN only if its TFTP server does not answer. A home network with the same private addresses is enough to fool it.",
                "Mit automatischer Netzerkennung startet das Telefon das VPN nur, wenn sein TFTP-Server nicht antwortet. Ein Heimnetz mit denselben privaten Adressen genügt, um es zu täuschen.",
            ),
            key: Some("tftp-answers-outside"),
            look: &[Need::PhoneStatus],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("auto-network-detect-believes-inside")],
                    then: Then::Suspect("auto-network-detect-believes-inside"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[],
                    then: Then::Bring(&[Need::PhoneLog, Need::PhoneStatus]),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneLog, Need::PhoneStatus]),
        },
    ],
};
