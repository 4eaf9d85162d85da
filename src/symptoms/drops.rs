//! VPN drops, or does not come back after a change.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "drops",
    group: Group::HalfWorks,
    title: Text::fixed("VPN drops, or does not come back", "Das VPN bricht ab oder kommt nicht wieder"),
    words: Text::fixed(
        "disconnect idle timeout DPD keepalive flapping MTU one-way audio reset restart apply config 113019 722037 VpnConnectionLost 108 vpn_stop de-activating DTLS 722043 722032",
        "Abbruch idle timeout DPD Keepalive flattert MTU einseitiger Ton Reset Restart Apply Config 113019 722037 VpnConnectionLost 108 Verbindungsabbruch vpn_stop DTLS 722043 722032",
    ),
    lead: Text::fixed(
        "The ASA's log names a reason for every session that ends. A change in CUCM ends the tunnel as well, and only certificate login brings it back by itself.",
        "Das Protokoll der ASA nennt für jede beendete Sitzung einen Grund. Auch eine Änderung im CUCM beendet den Tunnel, und nur die Anmeldung mit Zertifikat baut ihn von selbst wieder auf.",
    ),
    steps: &[
        Step {
            id: "change",
            ask: Text::fixed(
                "Did it drop right after Apply Config, Reset or Restart in CUCM?",
                "Brach es gleich nach Apply Config, Reset oder Restart im CUCM ab?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("dropped-by-config-change")],
                    then: Then::Suspect("dropped-by-config-change"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("dropped-by-config-change")],
                    then: Then::Ask("reason"),
                },
            ],
            unsure: Then::Ask("reason"),
        },
        Step {
            id: "reason",
            ask: Text::fixed(
                "Which reason does 113019 or 722037 name?",
                "Welchen Grund nennt 113019 oder 722037?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "named",
                    label: Text::fixed(
                        "A timeout, DPD, or another reason",
                        "Eine Zeitüberschreitung, DPD oder einen anderen Grund",
                    ),
                    signs: &[Sign::Fires("tunnel-dropped")],
                    then: Then::Suspect("tunnel-dropped"),
                },
                Answer {
                    id: "again",
                    label: Text::fixed(
                        "It comes and goes (722028, 722032)",
                        "Es kommt und geht (722028, 722032)",
                    ),
                    signs: &[Sign::Fires("tunnel-flapping")],
                    then: Then::Suspect("tunnel-flapping"),
                },
                Answer {
                    id: "mtu",
                    label: Text::fixed(
                        "Large packets (722035, 722036), or one-way audio",
                        "Große Pakete (722035, 722036) oder einseitiger Ton",
                    ),
                    signs: &[Sign::Fires("mtu-too-large")],
                    then: Then::Suspect("mtu-too-large"),
                },
                Answer {
                    id: "none",
                    label: Text::fixed("There is none", "Es gibt keinen"),
                    signs: &[],
                    then: Then::Ask("dtls"),
                },
            ],
            unsure: Then::Ask("dtls"),
        },
        Step {
            id: "dtls",
            ask: Text::fixed("Does the tunnel use DTLS (UDP 443)?", "Benutzt der Tunnel DTLS (UDP 443)?"),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaSessions, Need::AsaLog],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("dtls-not-established")],
                    then: Then::Suspect("dtls-not-established"),
                },
                Answer {
                    id: "fails",
                    label: Text::fixed("It fails with alert 47", "Es scheitert mit Alert 47"),
                    signs: &[Sign::Fires("dtls-session-cipher-mismatch")],
                    then: Then::Suspect("dtls-session-cipher-mismatch"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("dtls-not-established")],
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
                    then: Then::Bring(&[Need::AsaLog, Need::PhoneLog, Need::AsaSessions]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::PhoneLog, Need::AsaSessions]),
        },
    ],
};
