//! Every key: where it works, what it does and how the list of keys says so.
//!
//! The page asks this table for what a key does, and the list is made from it, so the list holds every key. What an
//! element does by itself once it has the keyboard stands here for the list, and a test looks that none is left out.
//!
//! Keys of one letter can be switched off, and a text field always keeps them for itself: who dictates to a computer
//! would set them off without meaning to (WCAG 2.1.4).

use vpn_phone_doctor::text::Text;

use crate::ui::route::Route;
use crate::ui::settings::Shortcuts;
use crate::ui::state::{Overlay, State};

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Wherever nothing lies over the page.
    Everywhere,
    /// To another view.
    Views,
    /// A line in its file.
    Viewer,
    /// The case.
    Case,
    /// The timeline.
    Timeline,
    /// A wizard.
    Wizard,
    /// Lists that are walked through: the symptoms, the rules, the places of the manual.
    Lists,
    /// A field or a row of tabs that has the keyboard.
    Focused,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Shows the list of keys.
    List,
    /// Closes what lies on top.
    Close,
    /// Puts the keyboard into the search.
    Search,
    /// Asks for files.
    OpenFiles,
    /// Another view.
    Go(Route),
    /// To the next of what the view is made of.
    Next,
    /// To the one before.
    Previous,
    /// Presses the button that this selector names.
    Press(&'static str),
    /// Puts the keyboard on what this selector names.
    Focus(&'static str),
    /// The browser or the element that has the keyboard does it.
    Itself,
}

/// A row of the table.
pub struct Key {
    /// What the browser calls the key, for each key that does it.
    pub presses: &'static [&'static str],
    /// What stands on the keys, where that is something else.
    caps: Text,
    /// Where it works.
    pub scope: Scope,
    /// What it does.
    pub does: Does,
    says: Text,
}

/// Where the person is, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// The view.
    pub route: Route,
    /// What lies over it.
    pub overlay: Overlay,
    /// True where a file lies open over it.
    pub viewer: bool,
    /// True where there is a case to search.
    pub case: bool,
    /// True where files were added, read or not.
    pub files: bool,
    /// Whether keys of one letter are on.
    pub shortcuts: Shortcuts,
}

impl Here {
    /// Where the person is.
    pub fn of(state: &State) -> Self {
        Self {
            route: state.route,
            overlay: state.overlay,
            viewer: state.viewed.is_some(),
            case: state.diagnosis.is_some(),
            files: !state.files.is_empty(),
            shortcuts: state.shortcuts,
        }
    }

    /// What a pressed key does here.
    pub fn does(self, press: &str) -> Option<Does> {
        if press == ESCAPE {
            return Some(Does::Close);
        }
        let asked = matches!(self.overlay, Overlay::Keys | Overlay::Wipe);
        if asked || self.shortcuts == Shortcuts::Off {
            return None;
        }
        let rows = TABLE.iter().filter(|key| key.presses.contains(&press) && self.reaches(key.scope));
        rows.map(|key| key.does).find(|does| *does != Does::Itself)
    }

    /// True where keys of a scope do something.
    pub fn reaches(self, scope: Scope) -> bool {
        match scope {
            Scope::Everywhere | Scope::Views | Scope::Focused => true,
            Scope::Viewer => self.viewer,
            Scope::Case => self.case && !self.viewer && self.route == Route::Case,
            Scope::Timeline => self.case && !self.viewer && self.route == Route::Timeline,
            Scope::Wizard => !self.viewer && matches!(self.route, Route::Symptom(_)),
            Scope::Lists => {
                !self.viewer && matches!(self.route, Route::Symptoms | Route::Rules | Route::Manual)
            }
        }
    }

    /// What a view is made of that "next" and "previous" walk through; nothing where they do not.
    pub fn stops(self) -> &'static str {
        match self.route {
            Route::Case => "[data-testid=finding]",
            Route::Timeline => "[data-testid=moment] button",
            Route::Symptoms => "[data-testid=symptom]",
            Route::Rules => "details.rule > summary",
            Route::Manual => "[data-testid=manual-place]",
            _ => "",
        }
    }
}

impl Scope {
    /// Every scope, in the order of the list: the closer one first.
    pub const ALL: [Self; 8] = [
        Self::Viewer,
        Self::Case,
        Self::Timeline,
        Self::Wizard,
        Self::Lists,
        Self::Everywhere,
        Self::Views,
        Self::Focused,
    ];

    /// Its heading.
    pub const fn name(self) -> Text {
        match self {
            Self::Everywhere => Text::fixed("Everywhere", "Überall"),
            Self::Views => Text::fixed("To another view", "Zu einer anderen Ansicht"),
            Self::Viewer => Text::fixed("In an open file", "In einer geöffneten Datei"),
            Self::Case => Text::fixed("On the case", "Im Fall"),
            Self::Timeline => Text::fixed("On the timeline", "Im Zeitverlauf"),
            Self::Wizard => Text::fixed("In a wizard", "In einem Assistenten"),
            Self::Lists => Text::fixed(
                "In the lists of symptoms and rules, and in the manual",
                "In den Listen der Symptome und Regeln und im Handbuch",
            ),
            Self::Focused => Text::fixed("In fields and tabs", "In Feldern und Registern"),
        }
    }

    /// Its rows.
    pub fn keys(self) -> impl Iterator<Item = &'static Key> {
        TABLE.iter().filter(move |key| key.scope == self)
    }
}

impl Key {
    /// What stands on the keys, one after the other with a blank between.
    pub fn caps(&self) -> Text {
        if self.caps.is_empty() { Text::quoted(self.presses.join(" ")) } else { self.caps.clone() }
    }

    /// What it does, in words.
    pub fn says(&self) -> Text {
        match self.does {
            Does::Go(route) => route.name(),
            _ => self.says.clone(),
        }
    }
}

const ESCAPE: &str = "Escape";

const fn key(presses: &'static [&'static str], scope: Scope, does: Does, says: Text) -> Key {
    Key { presses, caps: Text::fixed("", ""), scope, does, says }
}

const fn printed(presses: &'static [&'static str], caps: Text, scope: Scope, does: Does, says: Text) -> Key {
    Key { presses, caps, scope, does, says }
}

const fn view(presses: &'static [&'static str], route: Route) -> Key {
    key(presses, Scope::Views, Does::Go(route), Text::fixed("", ""))
}

const NEXT: &[&str] = &["n", "j"];
const PREVIOUS: &[&str] = &["p", "k"];

static TABLE: [Key; 37] = [
    key(NEXT, Scope::Viewer, Does::Next, Text::fixed("next evidence", "nächster Beleg")),
    key(PREVIOUS, Scope::Viewer, Does::Previous, Text::fixed("previous evidence", "voriger Beleg")),
    key(NEXT, Scope::Case, Does::Next, Text::fixed("next finding", "nächster Befund")),
    key(PREVIOUS, Scope::Case, Does::Previous, Text::fixed("previous finding", "voriger Befund")),
    key(
        &["c"],
        Scope::Case,
        Does::Press("[data-testid=verdict] .copy"),
        Text::fixed("copy the fix", "Behebung kopieren"),
    ),
    key(
        &["s"],
        Scope::Case,
        Does::Press("[data-testid=save-report] > button"),
        Text::fixed("save the report", "Bericht speichern"),
    ),
    key(
        &["f"],
        Scope::Case,
        Does::Focus("#files"),
        Text::fixed("to the files of the case", "zu den Dateien des Falls"),
    ),
    key(NEXT, Scope::Timeline, Does::Next, Text::fixed("next event", "nächstes Ereignis")),
    key(PREVIOUS, Scope::Timeline, Does::Previous, Text::fixed("previous event", "voriges Ereignis")),
    key(
        NEXT,
        Scope::Wizard,
        Does::Press("[data-testid=wizard-forward]"),
        Text::fixed("forward, where it was answered", "weiter, wo schon geantwortet ist"),
    ),
    key(
        PREVIOUS,
        Scope::Wizard,
        Does::Press("[data-testid=wizard-back]"),
        Text::fixed("back to the question before", "zurück zur vorigen Frage"),
    ),
    key(NEXT, Scope::Lists, Does::Next, Text::fixed("next entry", "nächster Eintrag")),
    key(PREVIOUS, Scope::Lists, Does::Previous, Text::fixed("previous entry", "voriger Eintrag")),
    key(&["?"], Scope::Everywhere, Does::List, Text::fixed("this list", "diese Liste")),
    key(
        &["/"],
        Scope::Everywhere,
        Does::Search,
        Text::fixed(
            "search the case, the open file or the manual",
            "den Fall, die geöffnete Datei oder das Handbuch durchsuchen",
        ),
    ),
    key(&["o"], Scope::Everywhere, Does::OpenFiles, Text::fixed("open files", "Dateien öffnen")),
    printed(
        &[ESCAPE],
        Text::fixed("Esc", "Esc"),
        Scope::Everywhere,
        Does::Close,
        Text::fixed("close what lies on top", "schließen, was obenauf liegt"),
    ),
    printed(
        &[],
        Text::fixed("Ctrl V", "Strg V"),
        Scope::Everywhere,
        Does::Itself,
        Text::fixed("paste text or files", "Text oder Dateien einfügen"),
    ),
    view(&["h"], Route::Start),
    view(&["1"], Route::Case),
    view(&["2"], Route::Hash),
    view(&["3"], Route::Certificates),
    view(&["4"], Route::Rules),
    view(&["5"], Route::Symptoms),
    view(&["6"], Route::Phones),
    view(&["7"], Route::Policy),
    view(&["8"], Route::Negotiation),
    view(&["9"], Route::Timeline),
    view(&["0"], Route::Trust),
    view(&["m"], Route::Manual),
    view(&["v"], Route::Plan),
    view(&["d"], Route::Compare),
    printed(
        &["ArrowLeft", "ArrowRight"],
        Text::fixed("← →", "← →"),
        Scope::Focused,
        Does::Itself,
        Text::fixed("previous and next tab of a fix", "voriges und nächstes Register einer Behebung"),
    ),
    printed(
        &["Home", "End"],
        Text::fixed("Home End", "Pos1 Ende"),
        Scope::Focused,
        Does::Itself,
        Text::fixed("first and last tab", "erstes und letztes Register"),
    ),
    key(
        &["Enter"],
        Scope::Focused,
        Does::Itself,
        Text::fixed(
            "in the search: to the first hit; in an answer: give it",
            "in der Suche: zum ersten Treffer; in einer Antwort: antworten",
        ),
    ),
    printed(
        &[ESCAPE],
        Text::fixed("Esc", "Esc"),
        Scope::Focused,
        Does::Itself,
        Text::fixed("in the search: empty it, then leave it", "in der Suche: leeren, dann verlassen"),
    ),
    printed(
        &[],
        Text::fixed("Tab", "Tab"),
        Scope::Focused,
        Does::Itself,
        Text::fixed("next field, button or link", "nächstes Feld, nächste Schaltfläche, nächster Link"),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn here(route: Route) -> Here {
        Here {
            route,
            overlay: Overlay::None,
            viewer: false,
            case: true,
            files: true,
            shortcuts: Shortcuts::On,
        }
    }

    #[test]
    fn every_view_has_a_key_and_no_key_means_two_things_in_one_place() {
        for route in Route::views() {
            let there = here(Route::Hash).does("?").is_some()
                && TABLE.iter().any(|key| key.does == Does::Go(route) && !key.presses.is_empty());
            assert!(there, "{route:?} has no key: give it one in {}", file!());
        }
        for route in Route::views().chain([Route::Symptom("drops")]) {
            for viewer in [false, true] {
                let here = Here { viewer, ..here(route) };
                let mut seen = BTreeSet::new();
                let rows = TABLE.iter().filter(|key| here.reaches(key.scope) && key.does != Does::Itself);
                for press in rows.flat_map(|key| key.presses) {
                    assert!(seen.insert(press), "{press} twice on {route:?}");
                }
            }
        }
    }

    #[test]
    fn keys_that_elements_handle_themselves_are_listed() {
        const NAMES: [&str; 12] = [
            "ArrowLeft",
            "ArrowRight",
            "ArrowUp",
            "ArrowDown",
            "Home",
            "End",
            "Enter",
            "Escape",
            "PageUp",
            "PageDown",
            "Delete",
            "Backspace",
        ];
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
        let mut handled = BTreeSet::new();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if !path.ends_with("keys/model.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                handled.extend(NAMES.into_iter().filter(|name| text.contains(&format!("\"{name}\""))));
            }
        }
        assert!(handled.contains("ArrowRight"), "nothing was looked through");
        let listed: BTreeSet<&str> = TABLE.iter().flat_map(|key| key.presses).copied().collect();
        let missing: Vec<_> = handled.difference(&listed).collect();
        assert!(missing.is_empty(), "not in the list of keys: {missing:?}");
    }

    #[test]
    fn a_dialog_leaves_only_escape_and_keys_can_be_switched_off() {
        let asked = Here { overlay: Overlay::Wipe, ..here(Route::Case) };
        assert_eq!((asked.does("1"), asked.does("Escape")), (None, Some(Does::Close)));
        let off = Here { shortcuts: Shortcuts::Off, ..here(Route::Case) };
        assert_eq!((off.does("?"), off.does("n"), off.does("Escape")), (None, None, Some(Does::Close)));
    }

    #[test]
    fn the_same_key_leads_on_wherever_something_can_be_walked_through() {
        let open = Here { viewer: true, ..here(Route::Case) };
        assert_eq!((here(Route::Case).does("n"), open.does("n")), (Some(Does::Next), Some(Does::Next)));
        assert_eq!(here(Route::Symptom("drops")).does("p"), Some(Does::Press("[data-testid=wizard-back]")));
        assert_eq!(here(Route::Hash).does("n"), None);
    }
}
