//! What every view may use: the language, and the two ways in which a view makes something happen.
//!
//! A view tells what happened ([`Action`]), which changes the state, or wants something of the browser and the workers
//! ([`Ask`]). Nothing here knows a view, so that every view can use it.

use vpn_phone_doctor::engine::MapForm;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::lookup::Route;
use vpn_phone_doctor::lines_near::LinesNear;
use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::text::{Lang, Text};
use vpn_phone_doctor::visible::visible;
use yew::prelude::*;

use super::browser::{Taken, effects};
use super::engine::Source;
use super::export::{Excerpt, Names};
use super::state::{Action, FileId, State};

/// What a view asks of the browser and the workers.
pub enum Ask {
    /// Read files.
    Add(Taken),
    /// Take files for a place of a view that has its own: what was dropped onto it.
    Place(String, Taken),
    /// Read a pasted text.
    Paste(String),
    /// Open the example case of a wizard, by its id.
    Example(&'static str),
    /// Take a file out.
    Remove(FileId),
    /// Put the file back that was taken out last.
    PutBack,
    /// Read a file as what the person says it is; as what it is recognised as where `None`.
    ReadAs(FileId, Option<Kind>),
    /// Give up everything that is being read.
    Cancel,
    /// Forget everything.
    Wipe,
    /// The lines of a file near a place, or why there are none.
    LinesNear {
        /// The file.
        file: FileId,
        /// The way from it to the place.
        route: Route,
        /// Who waits for them.
        then: Callback<Result<LinesNear, Text>>,
    },
    /// What can be read of some files once more; those that could not be opened are left out.
    Sources(Vec<FileId>, Callback<Vec<(FileId, Source)>>),
    /// Save the report.
    Save(Form),
    /// Save the case as a file that opens again.
    SaveCase,
    /// Save what stands for what in the redacted report.
    SaveMap(MapForm),
    /// Copy a part of the case as text; then say how that went.
    Copy(Excerpt, Callback<Result<(), Text>>),
}

/// What every part of the page may use.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// The language.
    pub lang: Lang,
    /// Which names leave.
    pub names: Names,
    /// The gateway of the case is no ASA: evidence has other names, and other ways lead to it.
    without_asa: bool,
    act: Callback<Action>,
    ask: Callback<Ask>,
}

impl Page {
    /// Of what the page knows, with where news and wishes go.
    pub fn new(state: &State, act: Callback<Action>, ask: Callback<Ask>) -> Self {
        let without_asa = state.diagnosis.as_ref().is_some_and(|case| case.is_without_asa());
        Self { lang: state.lang, names: state.saving.names, without_asa, act, ask }
    }

    /// What a kind of evidence is called in this case.
    pub fn name_of(&self, need: Need) -> Text {
        if self.without_asa { need.name_without_asa() } else { need.name() }
    }

    /// How to get it in this case.
    pub fn way_to(&self, need: Need) -> Text {
        if self.without_asa { need.how_to_get_without_asa() } else { need.how_to_get() }
    }

    /// A text in the page's language, without a copy where it was known when the program was built.
    pub fn say(&self, text: Text) -> AttrValue {
        match text.into_words(self.lang) {
            std::borrow::Cow::Borrowed(fixed) => AttrValue::Static(fixed),
            std::borrow::Cow::Owned(made) => AttrValue::from(made),
        }
    }

    /// The same for an attribute, which cannot set a sign apart: what cannot be seen is spelt out.
    pub fn label(&self, text: Text) -> AttrValue {
        visible(&self.say(text)).into()
    }

    /// Something happened.
    pub fn act(&self, action: Action) {
        self.act.emit(action);
    }

    /// Something is wanted.
    pub fn ask(&self, ask: Ask) {
        self.ask.emit(ask);
    }

    /// To the finding of a rule.
    pub fn lead(&self, rule: &str) {
        self.act(Action::Led(rule.to_owned()));
        // Where it was led to before and the person is there again, nothing of the state changes.
        effects::focus_finding(rule);
    }

    /// A click that makes something happen.
    pub fn acts(&self, action: impl Fn() -> Action + 'static) -> Callback<MouseEvent> {
        let act = self.act.clone();
        Callback::from(move |_| act.emit(action()))
    }

    /// A click that wants something.
    pub fn asks(&self, wanted: impl Fn() -> Ask + 'static) -> Callback<MouseEvent> {
        let ask = self.ask.clone();
        Callback::from(move |_| ask.emit(wanted()))
    }
}

/// What every part of the page may use.
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().unwrap_or_else(|| Page {
        lang: Lang::En,
        names: Names::default(),
        without_asa: false,
        act: Callback::noop(),
        ask: Callback::noop(),
    })
}
