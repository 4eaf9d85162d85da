//! How a verdict looks: as sure as what it rests on.

use vpn_phone_doctor::diagnosis::Diagnosis;

use super::banner::{self, Banner};
use crate::ui::widgets::icons::Icon;
use crate::ui::widgets::states::{Look, look};

/// A verdict, as sure as what it rests on.
pub fn verdict_look(diagnosis: &Diagnosis) -> Look {
    match banner::of(diagnosis) {
        Banner::Fault => look(Icon::Cross, "is-bad", "Fault found", "Fehler gefunden"),
        Banner::LikelyFault => look(Icon::Cross, "is-bad", "Probably the fault", "Wahrscheinlich der Fehler"),
        Banner::PossibleFault => look(Icon::Triangle, "is-warn", "Possible fault", "Möglicher Fehler"),
        Banner::Warning => look(Icon::Triangle, "is-warn", "Warning", "Warnung"),
        Banner::Suspicion => look(Icon::Triangle, "is-warn", "Suspicion", "Verdacht"),
        Banner::Fine => {
            look(Icon::Check, "is-good", "What was checked is fine", "Das Geprüfte ist in Ordnung")
        }
        Banner::NothingSoFar => {
            look(Icon::Info, "is-open", "No fault found so far", "Bisher kein Fehler gefunden")
        }
        Banner::NotKnown => look(Icon::Ring, "is-open", "Not known yet", "Noch nicht bekannt"),
    }
}
