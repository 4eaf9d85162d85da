//! Which logs are needed, and how to get them.

use super::{Answer, Group, Plan, Sign, Step, Symptom, Then};
use crate::input::Kind;
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "collect-evidence",
    group: Group::Planned,
    title: Text::fixed(
        "Which logs do I need, and how do I get them?",
        "Welche Protokolle brauche ich, und wie bekomme ich sie?",
    ),
    words: Text::fixed(
        "collect logs debug webvpn anyconnect 255 show logging console logs web access SPAN PC port capture fingerprint TFTP download",
        "sammeln Protokolle debug webvpn anyconnect 255 show logging Konsolenprotokolle Webzugriff SPAN PC-Port Mitschnitt Fingerabdruck TFTP herunterladen",
    ),
    lead: Text::fixed(
        "The list is made for the case at hand: what is there already is not asked for again.",
        "Die Liste wird für den vorliegenden Fall gemacht: Was schon da ist, wird nicht noch einmal verlangt.",
    ),
    steps: &[
        Step {
            id: "reach",
            ask: Text::fixed(
                "Can you open the phone's web page?",
                "Können Sie die Webseite des Telefons öffnen?",
            ),
            why: Text::fixed(
                "It has the console logs. Web access is often switched off.",
                "Dort stehen die Konsolenprotokolle. Der Webzugriff ist oft ausgeschaltet.",
            ),
            key: None,
            look: &[Need::PhoneConfig],
            answers: &[
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Fires("phone-web-access-disabled")],
                    then: Then::Ask("large"),
                },
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[Sign::Read(Kind::PhoneLog), Sign::Passes("phone-web-access-disabled")],
                    then: Then::Ask("large"),
                },
            ],
            unsure: Then::Ask("large"),
        },
        Step {
            id: "large",
            ask: Text::fixed("Does the ASA serve many VPN users?", "Bedient die ASA viele VPN-Benutzer?"),
            why: Text::fixed(
                "`debug webvpn anyconnect 255` cannot be filtered by address: on a large gateway it floods the console. The buffered log is enough for most cases.",
                "`debug webvpn anyconnect 255` lässt sich nicht nach Adresse filtern: Auf einem großen Gateway überschwemmt es die Konsole. Für die meisten Fälle genügt das gepufferte Protokoll.",
            ),
            key: None,
            look: &[],
            answers: &[
                Answer {
                    id: "yes",
                    label: Text::fixed("Yes", "Ja"),
                    signs: &[],
                    then: Then::Plan(Plan::Collection),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[],
                    then: Then::Plan(Plan::Collection),
                },
            ],
            unsure: Then::Plan(Plan::Collection),
        },
    ],
};
