//! Login succeeds and the session ends at once: posture, access policies, inherited values, address.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "ends-after-login",
    group: Group::NeverWorked,
    title: Text::fixed(
        "Login succeeds and the session ends at once",
        "Die Anmeldung gelingt, und die Sitzung endet sofort",
    ),
    words: Text::fixed(
        "716038 734002 724002 CSD HostScan DAP DfltAccessPolicy DfltGrpPolicy inherited simultaneous-logins group-lock vpn-filter pool terminated connect disconnect at once simultaneous logins 0 VPN concentrator address pool 737007 737019 722048 Secure Desktop",
        "716038 734002 724002 CSD HostScan DAP DfltAccessPolicy DfltGrpPolicy geerbt simultaneous-logins group-lock vpn-filter Pool beendet sofort getrennt gleichzeitige Anmeldungen VPN concentrator Adresspool 737007 737019 722048 Secure Desktop",
    ),
    lead: Text::fixed(
        "After the login the ASA asks four more things: the client's posture, dynamic access policies (DAP), the group policy with everything that it inherits, and an address.",
        "Nach der Anmeldung prüft die ASA noch vier Dinge: den Gerätezustand (posture), dynamische Zugriffsrichtlinien (DAP), die Gruppenrichtlinie (group-policy) mit allem, was sie erbt, und eine Adresse.",
    ),
    steps: &[
        Step {
            id: "log",
            ask: Text::fixed(
                "What does the ASA's log say after 716038?",
                "Was sagt das Protokoll der ASA nach 716038?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaLog],
            answers: &[
                Answer {
                    id: "csd",
                    label: Text::fixed(
                        "724001 or 724002: Secure Desktop",
                        "724001 oder 724002: Secure Desktop",
                    ),
                    signs: &[Sign::Fires("csd-ended-session")],
                    then: Then::Suspect("csd-ended-session"),
                },
                Answer {
                    id: "dap",
                    label: Text::fixed(
                        "734002: terminated by a DAP record",
                        "734002: durch einen DAP-Eintrag beendet",
                    ),
                    signs: &[Sign::Fires("dap-terminated")],
                    then: Then::Suspect("dap-terminated"),
                },
                Answer {
                    id: "pool",
                    label: Text::fixed("737xxx or 722020: no address", "737xxx oder 722020: keine Adresse"),
                    signs: &[Sign::Fires("address-pool-exhausted"), Sign::Fires("address-pool-missing")],
                    then: Then::Ask("pool"),
                },
                Answer {
                    id: "limit",
                    label: Text::fixed("113029: session limit reached", "113029: Sitzungsgrenze erreicht"),
                    signs: &[
                        Sign::Fires("simultaneous-logins-zero"),
                        Sign::Fires("vpn-session-limit-reached"),
                    ],
                    then: Then::Ask("limit"),
                },
                Answer {
                    id: "protocol",
                    label: Text::fixed(
                        "722048 or 722050: SVC not enabled",
                        "722048 oder 722050: SVC not enabled",
                    ),
                    signs: &[Sign::Fires("tunnel-protocol-without-ssl-client")],
                    then: Then::Suspect("tunnel-protocol-without-ssl-client"),
                },
                Answer {
                    id: "lock",
                    label: Text::fixed("113040: group locked", "113040: group locked"),
                    signs: &[Sign::Fires("group-lock-elsewhere")],
                    then: Then::Suspect("group-lock-elsewhere"),
                },
                Answer {
                    id: "client",
                    label: Text::fixed(
                        "722047 or 113035: AnyConnect not enabled",
                        "722047 oder 113035: AnyConnect nicht eingeschaltet",
                    ),
                    signs: &[Sign::Fires("anyconnect-not-enabled")],
                    then: Then::Suspect("anyconnect-not-enabled"),
                },
                Answer {
                    id: "refused",
                    label: Text::fixed(
                        "113030, 113033, 716045, 722046 or the like: in other words",
                        "113030, 113033, 716045, 722046 oder ähnlich: mit anderen Worten",
                    ),
                    signs: &[Sign::Fires("session-refused-by-asa")],
                    then: Then::Suspect("session-refused-by-asa"),
                },
                Answer {
                    id: "nothing",
                    label: Text::fixed("None of these", "Nichts davon"),
                    signs: &[],
                    then: Then::Ask("posture"),
                },
            ],
            unsure: Then::Ask("posture"),
        },
        Step {
            id: "pool",
            ask: Text::fixed(
                "Does the phones' policy or tunnel group name a pool?",
                "Nennt die Richtlinie oder die Tunnelgruppe der Telefone einen Pool?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("address-pool-missing")],
                    then: Then::Suspect("address-pool-missing"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("address-pool-exhausted")],
                    then: Then::Suspect("address-pool-exhausted"),
                },
            ],
            unsure: Then::Suspect("address-pool-exhausted"),
        },
        Step {
            id: "limit",
            ask: Text::fixed(
                "Is the limit 0, from a group policy?",
                "Ist die Grenze 0, aus einer Gruppenrichtlinie?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig, Need::AsaLog],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("simultaneous-logins-zero")],
                    then: Then::Suspect("simultaneous-logins-zero"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("vpn-session-limit-reached")],
                    then: Then::Suspect("vpn-session-limit-reached"),
                },
            ],
            unsure: Then::Suspect("simultaneous-logins-zero"),
        },
        Step {
            id: "posture",
            ask: Text::fixed(
                "Is `csd enable` or `hostscan enable` on, without `without-csd` in the phones' tunnel group?",
                "Ist `csd enable` oder `hostscan enable` an, ohne `without-csd` in der Tunnelgruppe der Telefone?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("csd-enabled")],
                    then: Then::Suspect("csd-enabled"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("csd-enabled")],
                    then: Then::Ask("access"),
                },
            ],
            unsure: Then::Ask("access"),
        },
        Step {
            id: "access",
            ask: Text::fixed(
                "Does DfltAccessPolicy end the session?",
                "Beendet DfltAccessPolicy die Sitzung?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Fires("dap-default-terminates")],
                    then: Then::Suspect("dap-default-terminates"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("dap-default-terminates")],
                    then: Then::Ask("inherited"),
                },
            ],
            unsure: Then::Ask("inherited"),
        },
        Step {
            id: "inherited",
            ask: Text::fixed(
                "Which value do the phones inherit that shuts them out?",
                "Welchen Wert erben die Telefone, der sie aussperrt?",
            ),
            why: Text::fixed(
                "Drop the configuration: the page shows every value and where it comes from.",
                "Legen Sie die Konfiguration ab: Die Seite zeigt jeden Wert und woher er kommt.",
            ),
            key: None,
            look: &[Need::AsaConfig, Need::AsaConfigAll],
            answers: &[
                Answer {
                    id: "logins",
                    label: Text::fixed("vpn-simultaneous-logins 0", "vpn-simultaneous-logins 0"),
                    signs: &[Sign::Fires("simultaneous-logins-zero")],
                    then: Then::Suspect("simultaneous-logins-zero"),
                },
                Answer {
                    id: "protocol",
                    label: Text::fixed(
                        "vpn-tunnel-protocol without ssl-client",
                        "vpn-tunnel-protocol ohne ssl-client",
                    ),
                    signs: &[Sign::Fires("tunnel-protocol-without-ssl-client")],
                    then: Then::Suspect("tunnel-protocol-without-ssl-client"),
                },
                Answer {
                    id: "lock",
                    label: Text::fixed("group-lock", "group-lock"),
                    signs: &[Sign::Fires("group-lock-elsewhere")],
                    then: Then::Suspect("group-lock-elsewhere"),
                },
                Answer {
                    id: "filter",
                    label: Text::fixed("vpn-filter", "vpn-filter"),
                    signs: &[Sign::Fires("vpn-filter-inherited")],
                    then: Then::Suspect("vpn-filter-inherited"),
                },
                Answer {
                    id: "hours",
                    label: Text::fixed("vpn-access-hours", "vpn-access-hours"),
                    signs: &[Sign::Fires("vpn-access-hours-set")],
                    then: Then::Suspect("vpn-access-hours-set"),
                },
                Answer {
                    id: "ask",
                    label: Text::fixed("anyconnect ask, or a banner", "anyconnect ask oder ein Banner"),
                    signs: &[Sign::Fires("anyconnect-ask-or-banner")],
                    then: Then::Suspect("anyconnect-ask-or-banner"),
                },
            ],
            unsure: Then::Bring(&[Need::AsaConfig, Need::AsaLog, Need::AsaDebug]),
        },
    ],
};
