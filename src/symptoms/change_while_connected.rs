//! A phone's configuration must be changed while it is on VPN.

use super::{Answer, Group, Plan, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "change-while-connected",
    group: Group::Planned,
    title: Text::fixed(
        "I must change a phone's configuration while it is on VPN",
        "Ich muss die Konfiguration eines Telefons ändern, während es im VPN ist",
    ),
    words: Text::fixed(
        "apply config reset restart alternate TFTP remote phone reconnect password",
        "Apply Config Reset Restart alternativer TFTP entferntes Telefon Wiederverbindung Kennwort Passwort",
    ),
    lead: Text::fixed(
        "Apply Config, Reset and Restart end the tunnel. Whether the phone comes back by itself and fetches the change depends on its login and its TFTP server.",
        "Apply Config, Reset und Restart beenden den Tunnel. Ob das Telefon von selbst zurückkommt und die Änderung holt, hängt von seiner Anmeldung und seinem TFTP-Server ab.",
    ),
    steps: &[
        Step {
            id: "login",
            ask: Text::fixed("How does the phone log in?", "Wie meldet sich das Telefon an?"),
            why: Text::fixed(
                "Only certificate login reconnects without a person at the phone.",
                "Nur mit Zertifikat verbindet sich das Telefon wieder, ohne dass jemand davor sitzt.",
            ),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "certificate",
                    label: Text::fixed("With a certificate", "Mit Zertifikat"),
                    signs: &[],
                    then: Then::Ask("tftp"),
                },
                Answer {
                    id: "password",
                    label: Text::fixed("With a password", "Mit Kennwort"),
                    signs: &[Sign::Fires("dropped-by-config-change")],
                    then: Then::Suspect("dropped-by-config-change"),
                },
            ],
            unsure: Then::Ask("tftp"),
        },
        Step {
            id: "tftp",
            ask: Text::fixed(
                "Is an alternate TFTP server set on the phone, and is it CUCM's?",
                "Ist am Telefon ein alternativer TFTP-Server eingestellt, und ist es der des CUCM?",
            ),
            why: Text::fixed(
                "Without it the phone asks the TFTP server that the remote site's DHCP server names.",
                "Ohne ihn fragt das Telefon den TFTP-Server, den der DHCP-Server am entfernten Standort nennt.",
            ),
            key: None,
            look: &[Need::PhoneStatus],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("tftp-server-from-local-dhcp")],
                    then: Then::Suspect("tftp-server-from-local-dhcp"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("tftp-server-from-local-dhcp")],
                    then: Then::Ask("certificate"),
                },
            ],
            unsure: Then::Suspect("tftp-server-from-local-dhcp"),
        },
        Step {
            id: "certificate",
            ask: Text::fixed(
                "Does the change concern the ASA's certificate or the VPN gateway?",
                "Betrifft die Änderung das Zertifikat der ASA oder das VPN-Gateway?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneConfig, Need::Certificate],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("gateway-certificate-expiring")],
                    then: Then::Plan(Plan::Renewal),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[],
                    then: Then::Suspect("dropped-by-config-change"),
                },
            ],
            unsure: Then::Suspect("dropped-by-config-change"),
        },
    ],
};
