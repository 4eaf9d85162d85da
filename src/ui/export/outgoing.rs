//! What leaves the page because a person asks for it: a saved report, the map of its names, a copied finding.
//!
//! Where names are to be redacted, nothing with real names leaves in their place: what is not ready is not saved.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::engine::MapForm;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::report::redact::{Addresses, Redacted};
use vpn_phone_doctor::text::{Lang, Text};

use super::model::{Change, Excerpt, Names, Redaction, Saving, Seed};
use crate::ui::browser::effects;
use crate::ui::engine::{Failure, at_place, engine};
use crate::ui::page::Page;
use crate::ui::state::{Action, State};

/// Has the case redacted while the dialog is open, where that is wanted and not done. While files are still being read
/// it waits for them.
#[hook]
pub fn use_redaction(page: &Page, state: &State) {
    let Saving { names, addresses, attempts, .. } = state.saving;
    let open = state.saving.open && state.saving.redaction == Redaction::Open;
    let wanted =
        state.diagnosis.clone().filter(|_| names == Names::Redacted && open && state.reading().is_none());
    let (page, generation, seed) = (page.clone(), state.generation, state.saving.seed.clone());
    // A diagnosis is known by where it lies: the state holds the one that was looked at last.
    let known = wanted.as_ref().map(|diagnosis| Rc::as_ptr(diagnosis) as usize);
    use_effect_with((known, generation, addresses, attempts), move |_| {
        let Some(diagnosis) = wanted else { return };
        spawn_local(async move {
            let change = match redacted(&diagnosis, addresses, seed).await {
                Ok((redacted, seed)) => {
                    Change::Redacted(generation, addresses, Rc::new(redacted), Rc::new(seed))
                }
                Err(why) => Change::Failed(generation, addresses, why),
            };
            page.act(Action::Saving(change));
        });
    });
}

async fn redacted(
    diagnosis: &Diagnosis,
    addresses: Addresses,
    seed: Option<Rc<Seed>>,
) -> Result<(Redacted, Seed), Text> {
    let seed = seed.map(|seed| *seed).or_else(effects::random_bytes).ok_or(NOT_REDACTED)?;
    let redacted = engine().redact(diagnosis, addresses, seed).await.map_err(not_redacted)?;
    Ok((redacted, seed))
}

/// Offers the report as a download; what hinders it is told in the page.
pub fn save(form: Form, state: &State, act: &Callback<Action>) {
    let (Ok(Some(diagnosis)), act) = (exportable(state), act.clone()) else { return };
    let names = state.saving.names;
    let (lang, generation) = (state.saving.lang.unwrap_or(state.lang), state.generation);
    spawn_local(async move {
        let text = engine().report(diagnosis.case(), form, lang).await;
        let saved = text.map_err(|failure| stopped(NOT_WRITTEN, failure)).and_then(|text| {
            let (name, kind) = file(form, names);
            offered(name, kind, &text)
        });
        if let Err(why) = saved {
            act.emit(Action::Undiagnosed(generation, why));
        }
    });
}

/// Offers the map of the redacted case as a download.
pub fn save_map(form: MapForm, state: &State, act: &Callback<Action>) {
    let Redaction::Ready(redacted) = state.saving.redaction.clone() else { return };
    let (lang, generation, act) = (state.saving.lang.unwrap_or(state.lang), state.generation, act.clone());
    spawn_local(async move {
        let (name, kind) = match form {
            MapForm::Json => ("vpn-phone-doctor-redaction-map.json", "application/json"),
            MapForm::Text => ("vpn-phone-doctor-redaction-map.txt", "text/plain"),
        };
        let text = engine().redaction_map(&redacted.map, form, lang).await;
        let text = text.map_err(|failure| stopped(NOT_WRITTEN, failure));
        if let Err(why) = text.and_then(|text| offered(name, kind, &text)) {
            act.emit(Action::Undiagnosed(generation, why));
        }
    });
}

/// Puts a part of the case into the clipboard, and tells how that went. Where names are to be redacted and the redacted case
/// is not there yet, it is made first.
pub fn copy(excerpt: Excerpt, state: &State, act: &Callback<Action>, then: Callback<Result<(), Text>>) {
    let (exportable, lang, generation) = (exportable(state), state.lang, state.generation);
    let (real, act) = (state.diagnosis.clone(), act.clone());
    let Saving { names, addresses, seed, .. } = state.saving.clone();
    spawn_local(async move {
        then.emit(match (exportable, real) {
            (Ok(Some(diagnosis)), _) => copied(diagnosis.case(), excerpt, lang).await,
            (Ok(None), Some(real)) if names == Names::Redacted => {
                match redacted(&real, addresses, seed).await {
                    Ok((redacted, seed)) => {
                        let redacted = Rc::new(redacted);
                        let ready =
                            Change::Redacted(generation, addresses, Rc::clone(&redacted), Rc::new(seed));
                        act.emit(Action::Saving(ready));
                        copied(&redacted.diagnosis, excerpt, lang).await
                    }
                    Err(why) => Err(why),
                }
            }
            (Ok(None), _) => Err(NOT_READY),
            (Err(why), _) => Err(why),
        });
    });
}

async fn copied(diagnosis: &Diagnosis, excerpt: Excerpt, lang: Lang) -> Result<(), Text> {
    let text = match excerpt {
        Excerpt::Finding(index) => engine().finding(diagnosis, index, lang).await,
        Excerpt::Ticket => engine().report(diagnosis, Form::Ticket, lang).await,
    };
    let text = text.map_err(|failure| stopped(NOT_WRITTEN, failure))?;
    if effects::copy(text).await { Ok(()) } else { Err(NOT_COPIED) }
}

/// The case as it may leave.
enum Exportable {
    Real(Rc<Diagnosis>),
    Redacted(Rc<Redacted>),
}

impl Exportable {
    fn case(&self) -> &Diagnosis {
        match self {
            Self::Real(diagnosis) => diagnosis,
            Self::Redacted(redacted) => &redacted.diagnosis,
        }
    }
}

/// The case as it may leave; `None` where it is not ready.
fn exportable(state: &State) -> Result<Option<Exportable>, Text> {
    match (state.saving.names, &state.saving.redaction) {
        (Names::Real, _) => Ok(state.diagnosis.clone().map(Exportable::Real)),
        (Names::Redacted, Redaction::Open) => Ok(None),
        (Names::Redacted, Redaction::Ready(redacted)) => Ok(Some(Exportable::Redacted(redacted.clone()))),
        (Names::Redacted, Redaction::Failed(why)) => Err(why.clone()),
    }
}

/// Names of the page's own, never one of a file.
fn file(form: Form, names: Names) -> (&'static str, &'static str) {
    match (form, names) {
        (Form::Markdown, Names::Real) => ("vpn-phone-doctor-report.md", "text/markdown"),
        (Form::Markdown, Names::Redacted) => ("vpn-phone-doctor-report-redacted.md", "text/markdown"),
        (Form::Html, Names::Real) => ("vpn-phone-doctor-report.html", "text/html"),
        (Form::Html, Names::Redacted) => ("vpn-phone-doctor-report-redacted.html", "text/html"),
        (_, Names::Real) => ("vpn-phone-doctor-report.json", "application/json"),
        (_, Names::Redacted) => ("vpn-phone-doctor-report-redacted.json", "application/json"),
    }
}

fn offered(name: &'static str, kind: &'static str, text: &str) -> Result<(), Text> {
    if text.is_empty() {
        return Err(NOT_WRITTEN);
    }
    effects::download(name, kind, text).map_err(|_| NOT_SAVED)
}

fn not_redacted(failure: Failure) -> Text {
    stopped(NOT_REDACTED, failure)
}

/// What happened, and where in the program, if that is known.
fn stopped(what: Text, failure: Failure) -> Text {
    match failure {
        Failure::Stopped(place) if !place.is_empty() => at_place(&what, &place),
        _ => what,
    }
}

pub(super) const NOT_REDACTED: Text = Text::fixed(
    "The redacted report could not be made: the part of the page that works it out stopped. Nothing was saved or copied. Try again.",
    "Der geschwärzte Bericht ließ sich nicht erstellen: Der Teil der Seite, der ihn erstellt, ist ausgefallen. Nichts wurde gespeichert oder kopiert. Versuchen Sie es noch einmal.",
);
pub(super) const NOT_WRITTEN: Text = Text::fixed(
    "It could not be written: the part of the page that writes it stopped. Nothing was saved or copied. Try again.",
    "Das Schreiben ist nicht gelungen: Der Teil der Seite, der schreibt, ist ausgefallen. Nichts wurde gespeichert oder kopiert. Versuchen Sie es noch einmal.",
);
pub(super) const NOT_SAVED: Text = Text::fixed(
    "The browser did not allow the download. Allow downloads for this page and save again.",
    "Der Browser hat das Herunterladen nicht erlaubt. Erlauben Sie es für diese Seite und speichern Sie noch einmal.",
);
pub(super) const NOT_COPIED: Text = Text::fixed(
    "Not allowed here: select it and copy it yourself",
    "Hier nicht erlaubt: Markieren und kopieren Sie es selbst",
);
const NOT_READY: Text = Text::fixed(
    "The case is not ready yet. Try again in a moment",
    "Der Fall ist noch nicht fertig. Versuchen Sie es gleich noch einmal",
);
