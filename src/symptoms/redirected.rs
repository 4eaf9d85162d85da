//! The phone is redirected (302).

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "redirected",
    group: Group::NeverWorked,
    title: Text::fixed("The phone is redirected (302)", "Das Telefon wird umgeleitet (302)"),
    words: Text::fixed(
        "302 Location redirect webvpn index.html load balancing group-url portal DefaultWEBVPNGroup temporary moved redirected new URL concentrator 113024 734003 certificate map",
        "302 Location Umleitung webvpn index.html Lastverteilung group-url Portal DefaultWEBVPNGroup temporary moved umgeleitet neue URL concentrator 113024 734003 Zertifikatszuordnung",
    ),
    lead: Text::fixed(
        "A phone follows no redirect. It is sent elsewhere by VPN load balancing, or because its URL belongs to no tunnel group.",
        "Ein Telefon folgt keiner Umleitung. Es wird von der VPN-Lastverteilung weitergeschickt oder weil seine URL zu keiner Tunnelgruppe (tunnel-group) gehört.",
    ),
    steps: &[
        Step {
            id: "log",
            ask: Text::fixed(
                "Where does the phone's log say that it is sent?",
                "Wohin wird das Telefon laut seinem Protokoll geschickt?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneLog],
            answers: &[
                Answer {
                    id: "balanced",
                    label: Text::fixed(
                        "To another address or name",
                        "Zu einer anderen Adresse oder einem anderen Namen",
                    ),
                    signs: &[Sign::Fires("load-balancing-redirect")],
                    then: Then::Suspect("load-balancing-redirect"),
                },
                Answer {
                    id: "portal",
                    label: Text::fixed("To /+webvpn+/index.html", "Zu /+webvpn+/index.html"),
                    signs: &[Sign::Fires("group-url-mismatch")],
                    then: Then::Ask("url"),
                },
                Answer {
                    id: "nowhere",
                    label: Text::fixed("It is not redirected", "Es wird nicht umgeleitet"),
                    signs: &[Sign::Passes("load-balancing-redirect")],
                    then: Then::Ask("url"),
                },
            ],
            unsure: Then::Ask("url"),
        },
        Step {
            id: "url",
            ask: Text::fixed(
                "Is the phone's URL, character by character, a group-url that is enabled?",
                "Ist die URL des Telefons Zeichen für Zeichen eine eingeschaltete group-url?",
            ),
            why: Text::fixed(
                "Scheme, host, port and path must be the same.",
                "Schema, Host, Port und Pfad müssen gleich sein.",
            ),
            key: None,
            look: &[Need::PhoneConfig, Need::AsaConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("group-url-mismatch")],
                    then: Then::Suspect("group-url-mismatch"),
                },
                Answer {
                    id: "map",
                    label: Text::fixed(
                        "Yes, but a certificate map sends it elsewhere",
                        "Ja, aber eine Zertifikatszuordnung (certificate map) schickt es woandershin",
                    ),
                    signs: &[Sign::Fires("certificate-map-redirects")],
                    then: Then::Suspect("certificate-map-redirects"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Passes("group-url-mismatch")],
                    then: Then::Ask("balancing"),
                },
            ],
            unsure: Then::Bring(&[Need::PhoneConfig, Need::AsaConfig]),
        },
        Step {
            id: "balancing",
            ask: Text::fixed(
                "Does the ASA take part in VPN load balancing?",
                "Nimmt die ASA an der VPN-Lastverteilung teil?",
            ),
            why: Text::fixed(
                "`vpn load-balancing` with `participate`.",
                "`vpn load-balancing` mit `participate`.",
            ),
            key: None,
            look: &[Need::AsaConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("load-balancing-redirect")],
                    then: Then::Suspect("load-balancing-redirect"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("load-balancing-redirect")],
                    then: Then::Bring(&[Need::PhoneLog, Need::AsaLog]),
                },
            ],
            unsure: Then::Bring(&[Need::AsaConfig, Need::PhoneLog]),
        },
    ],
};
