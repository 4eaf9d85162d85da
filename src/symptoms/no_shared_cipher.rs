//! The TLS handshake fails: version, ciphers, or it never begins.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "no-shared-cipher",
    group: Group::NeverWorked,
    title: Text::fixed("The TLS handshake fails", "Der TLS-Handshake scheitert"),
    words: Text::fixed(
        "no shared cipher 725014 725006 handshake failure ssl cipher unsupported protocol alert 40 70 unable to connect to VPN concentrator connection failed timeout not reachable sslv3 alert tlsv1 alert protocol version",
        "no shared cipher 725014 725006 handshake failure ssl cipher unsupported protocol Alert 40 70 keine Verbindung zum VPN concentrator Zeitüberschreitung nicht erreichbar sslv3 alert tlsv1 alert protocol version",
    ),
    lead: Text::fixed(
        "Phone and ASA must have a TLS version and a cipher in common. The ASA's log at level debugging shows both lists.",
        "Telefon und ASA brauchen eine gemeinsame TLS-Version und eine gemeinsame Chiffre (cipher). Das Protokoll der ASA auf Stufe debugging zeigt beide Listen.",
    ),
    steps: &[
        Step {
            id: "reason",
            ask: Text::fixed("Which reason does 725014 name?", "Welchen Grund nennt 725014?"),
            why: Text::fixed(
                "`725014: SSL lib error. Function: … Reason: …` in the ASA's log.",
                "`725014: SSL lib error. Function: … Reason: …` im Protokoll der ASA.",
            ),
            key: None,
            look: &[Need::AsaLog, Need::PhoneLog],
            answers: &[
                Answer {
                    id: "cipher",
                    label: Text::fixed("no shared cipher", "no shared cipher"),
                    signs: &[Sign::Fires("no-shared-cipher")],
                    then: Then::Ask("whose"),
                },
                Answer {
                    id: "version",
                    label: Text::fixed(
                        "unsupported protocol, or the phone reads alert 70",
                        "unsupported protocol, oder das Telefon liest Alert 70",
                    ),
                    signs: &[Sign::Fires("tls-version-too-new-for-phone")],
                    then: Then::Suspect("tls-version-too-new-for-phone"),
                },
                Answer {
                    id: "old-version",
                    label: Text::fixed(
                        "alert protocol version, wrong version number, or the phone writes alert 70",
                        "alert protocol version, wrong version number, oder das Telefon schreibt Alert 70",
                    ),
                    signs: &[Sign::Fires("tls-version-too-old-for-phone")],
                    then: Then::Suspect("tls-version-too-old-for-phone"),
                },
                Answer {
                    id: "unknown-ca",
                    label: Text::fixed("alert unknown ca", "alert unknown ca"),
                    signs: &[
                        Sign::Fires("phone-rejected-server-certificate"),
                        Sign::Fires("cert-hash-mismatch"),
                    ],
                    then: Then::Suspect("cert-hash-mismatch"),
                },
                Answer {
                    id: "dtls",
                    label: Text::fixed(
                        "DTLS fails after TLS (alert 47)",
                        "DTLS scheitert nach TLS (Alert 47)",
                    ),
                    signs: &[Sign::Fires("dtls-session-cipher-mismatch")],
                    then: Then::Suspect("dtls-session-cipher-mismatch"),
                },
                Answer {
                    id: "alert",
                    label: Text::fixed("Another alert", "Ein anderer Alert"),
                    signs: &[Sign::Fires("tls-alert-from-phone")],
                    then: Then::Suspect("tls-alert-from-phone"),
                },
                Answer {
                    id: "none",
                    label: Text::fixed("There is no 725014", "Es gibt kein 725014"),
                    signs: &[Sign::Fires("gateway-not-reached")],
                    then: Then::Ask("reached"),
                },
            ],
            unsure: Then::Ask("whose"),
        },
        Step {
            id: "whose",
            ask: Text::fixed(
                "Which side lacks AES256-SHA and AES128-SHA?",
                "Welcher Seite fehlen AES256-SHA und AES128-SHA?",
            ),
            why: Text::fixed(
                "725010 lists what the ASA allows, 725008 what the phone offers.",
                "725010 listet, was die ASA zulässt, 725008, was das Telefon anbietet.",
            ),
            key: None,
            look: &[Need::AsaLog, Need::AsaConfig, Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "phone",
                    label: Text::fixed(
                        "The phone: they are switched off in its configuration",
                        "Das Telefon: in seiner Konfiguration abgeschaltet",
                    ),
                    signs: &[Sign::Fires("phone-ciphers-disabled")],
                    then: Then::Suspect("phone-ciphers-disabled"),
                },
                Answer {
                    id: "hardened",
                    label: Text::fixed(
                        "The ASA: its settings were hardened",
                        "Die ASA: Ihre Einstellungen wurden gehärtet",
                    ),
                    signs: &[Sign::Fires("ssl-settings-hardened-for-old-phones")],
                    then: Then::Suspect("ssl-settings-hardened-for-old-phones"),
                },
                Answer {
                    id: "asa",
                    label: Text::fixed("The ASA", "Die ASA"),
                    signs: &[Sign::Fires("no-shared-cipher")],
                    then: Then::Suspect("no-shared-cipher"),
                },
            ],
            unsure: Then::Suspect("no-shared-cipher"),
        },
        Step {
            id: "reached",
            ask: Text::fixed(
                "Does 725001 show that the phone arrives at the ASA?",
                "Zeigt 725001, dass das Telefon bei der ASA ankommt?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog, Need::PhoneLog],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("gateway-not-reached")],
                    then: Then::Suspect("gateway-not-reached"),
                },
                Answer {
                    id: "denied",
                    label: Text::fixed("No, it is denied", "Nein, es wird abgewiesen"),
                    signs: &[Sign::Fires("connection-denied-by-acl")],
                    then: Then::Suspect("connection-denied-by-acl"),
                },
                Answer {
                    id: "plane",
                    label: Text::fixed(
                        "No, an access list on the control plane denies it",
                        "Nein, eine Zugriffsliste der Control Plane verbietet es",
                    ),
                    signs: &[Sign::Fires("control-plane-list-denies-phones")],
                    then: Then::Suspect("control-plane-list-denies-phones"),
                },
                Answer {
                    id: "off",
                    label: Text::fixed(
                        "No, webvpn is not enabled there",
                        "Nein, webvpn ist dort nicht eingeschaltet",
                    ),
                    signs: &[Sign::Fires("webvpn-interface-disabled")],
                    then: Then::Suspect("webvpn-interface-disabled"),
                },
                Answer {
                    id: "name",
                    label: Text::fixed(
                        "The phone does not find the name",
                        "Das Telefon findet den Namen nicht",
                    ),
                    signs: &[Sign::Fires("gateway-name-unresolved")],
                    then: Then::Suspect("gateway-name-unresolved"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Stage(Stage::Reach, StageState::Passed)],
                    then: Then::Bring(&[Need::AsaLog, Need::PhoneLog, Need::Capture]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaLog, Need::PhoneLog]),
        },
    ],
};
