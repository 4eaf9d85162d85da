//! A wizard: one question at a time, answered by evidence where it can be, and what it ends in.
//!
//! The walk is the core's. This page keeps only which step is being looked at; answers live in the state, so that
//! leaving harms nothing.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::InputState as Reading;
use vpn_phone_doctor::symptoms::{self, Position, Symptom, Walk};
use vpn_phone_doctor::text::Text;

use super::shown_step::ShownStep;
use super::{end, given, question};
use crate::ui::at_once::use_at_once;
use crate::ui::browser::effects;
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::{Action, State};
use crate::ui::symptoms::{PasteField, Recognised};
use crate::ui::widgets::{Device, DropZone, Prose, running, sample};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The wizard's id.
    pub id: &'static str,
    /// What the page knows.
    pub state: State,
}

/// The wizard.
#[function_component(Wizard)]
pub fn wizard(props: &Props) -> Html {
    let page = use_page();
    // The step that the person went back to; where the walk stands, if none.
    let looking = use_state_eq(|| None::<&'static str>);
    // The same at once, not only in the next picture: who steps twice before it comes takes two steps.
    let newest = use_mut_ref(|| None::<&'static str>);
    let symptom = symptoms::by_id(props.id);
    let walk = symptom.map(|symptom| walked(symptom, &props.state));
    let shown = walk.as_ref().map(|walk| shown_step(walk, *looking));
    let heading = shown.map(|shown| shown.step.map_or("end", |step| step.id));
    let opened = use_mut_ref(|| false);
    use_at_once(heading, move |_| {
        // The view itself takes the keyboard when it opens; each further question does when it comes.
        if opened.replace(true) {
            effects::focus("#wizard-heading");
        }
    });
    let body = match (symptom, &walk, shown) {
        (Some(symptom), Some(walk), Some(shown)) => {
            newest.replace(*looking);
            let go = {
                let (looking, newest) = (looking.clone(), Rc::clone(&newest));
                Callback::from(move |to: Option<&'static str>| {
                    newest.replace(to);
                    looking.set(to);
                })
            };
            let turn = {
                let (page, go) = (page.clone(), go.clone());
                let taken: Vec<&'static str> = walk.taken.iter().map(|taken| taken.step.id).collect();
                Callback::from(move |way| {
                    // Read before the step is taken, which writes it.
                    let looking = *newest.borrow();
                    turn(&page, &go, way, &taken, looking);
                })
            };
            full(&page, &props.state, symptom, walk, shown, &go, &turn)
        }
        _ => html! { <h1>{ page.say(UNKNOWN) }</h1> },
    };
    html! { <div class="wizard" data-testid="wizard" data-symptom={props.id}>{ body }</div> }
}

fn walked(symptom: &Symptom, state: &State) -> Walk {
    symptom.walk(state.diagnosis.as_deref(), &state.wizard_answers.given(&state.said, symptom))
}

fn shown_step(walk: &Walk, looking: Option<&str>) -> ShownStep {
    let taken = walk.taken.iter().enumerate().find(|(_, taken)| Some(taken.step.id) == looking);
    match (taken, &walk.position) {
        (Some((index, taken)), _) => ShownStep { index, step: Some(taken.step) },
        (None, Position::At(step)) => ShownStep { index: walk.taken.len(), step: Some(step) },
        (None, _) => ShownStep { index: walk.taken.len(), step: None },
    }
}

fn full(
    page: &Page,
    state: &State,
    symptom: &'static Symptom,
    walk: &Walk,
    shown: ShownStep,
    go: &Callback<Option<&'static str>>,
    turn: &Callback<Way>,
) -> Html {
    let stage = match shown.step {
        Some(step) => question::view(page, state, symptom, walk, shown, step, go),
        None => end::view(page, state, symptom, walk),
    };
    let key = shown.step.map_or("end", |step| step.id);
    html! {
        <>
            <header class="wizard-head">
                <p class="small"><a href={Route::Symptoms.address()}>{ page.say(ALL) }</a></p>
                <h1>{ page.say(symptom.title.clone()) }</h1>
                <p class="soft lead-in">{ page.say(symptom.lead.clone()) }</p>
            </header>
            <div class="trouble" role="alert" hidden={state.trouble.is_none()}>{ state.trouble.clone().map(|text| html! { <Prose {text} /> }) }</div>
            <div>{ running(page, state) }</div>
            <div class="columns">
                <div class="wizard-stage">
                    <div key={key}>{ stage }</div>
                    { steps_nav(page, symptom, walk, shown, go, turn) }
                </div>
                <aside>
                    <section class="wizard-files">
                        <h2>{ page.say(EVIDENCE) }</h2>
                        <p class="small soft">{ page.say(EVIDENCE_WHY) }</p>
                        { sample(page, state.example) }
                        { example(page, state, symptom.id) }
                        <DropZone />
                        <PasteField />
                        <Recognised diagnosis={state.diagnosis.clone().filter(|_| !state.files.is_empty())} />
                        { files(page, state) }
                    </section>
                    { given::view(page, state, walk, shown, go) }
                </aside>
            </div>
        </>
    }
}

/// One step through the questions that were answered.
#[derive(Clone, Copy, Debug)]
enum Way {
    Back,
    Forward,
}

/// From the step that the person looks at, or from where the walk stands.
fn turn(
    page: &Page,
    go: &Callback<Option<&'static str>>,
    way: Way,
    taken: &[&'static str],
    looking: Option<&'static str>,
) {
    let index = taken.iter().position(|step| Some(*step) == looking).unwrap_or(taken.len());
    match way {
        Way::Forward => go.emit(taken.get(index.saturating_add(1)).copied()),
        Way::Back => match index.checked_sub(1).and_then(|before| taken.get(before)) {
            Some(step) => go.emit(Some(step)),
            // Before the first question lies the list.
            None => page.act(Action::Went(Route::Symptoms)),
        },
    }
}

/// Back, forward, and from the beginning.
fn steps_nav(
    page: &Page,
    symptom: &'static Symptom,
    walk: &Walk,
    shown: ShownStep,
    go: &Callback<Option<&'static str>>,
    turn: &Callback<Way>,
) -> Html {
    let back = turn.reform(|_: MouseEvent| Way::Back);
    let forward = turn.reform(|_: MouseEvent| Way::Forward);
    let is_past = shown.index < walk.taken.len();
    let again = {
        let (page, go, id) = (page.clone(), go.clone(), symptom.id);
        Callback::from(move |_: MouseEvent| {
            go.emit(None);
            page.act(Action::WalkBegun(id));
        })
    };
    html! {
        <nav class="buttons wizard-nav" aria-label={page.say(STEPS)}>
            <button type="button" class="button" data-testid="wizard-back" onclick={back}>{ page.say(BACK) }</button>
            <button type="button" class="button" data-testid="wizard-forward" hidden={!is_past} onclick={forward}>{ page.say(FORWARD) }</button>
            <button type="button" class="button quiet" data-testid="wizard-again" hidden={walk.taken.is_empty()} onclick={again}>{ page.say(AGAIN) }</button>
        </nav>
    }
}

/// A small case that shows the symptom, for whoever has no files yet; nothing of a person's own is replaced by it.
fn example(page: &Page, state: &State, symptom: &'static str) -> Html {
    let free = state.files.is_empty() || state.example;
    html! {
        <p class="buttons" hidden={!free}>
            <button type="button" class="button" data-testid="wizard-example" onclick={page.asks(move || Ask::Example(symptom))}>
                { page.say(EXAMPLE) }</button>
        </p>
    }
}

/// What the case holds, in short.
fn files(page: &Page, state: &State) -> Html {
    let inputs = state.diagnosis.as_ref().map(|diagnosis| shown_inputs(diagnosis)).unwrap_or_default();
    let items = inputs.iter().map(|(name, kind, read)| {
        let said = if *read { kind.clone() } else { NOT_READ };
        html! { <li><Device text={name.clone()} /><span class="small soft">{ page.say(said) }</span></li> }
    });
    html! {
        <div hidden={state.files.is_empty()}>
            <ul class="names">{ for items }</ul>
            <p class="small"><a href={Route::Case.address()}>{ page.say(TO_CASE) }</a></p>
        </div>
    }
}

fn shown_inputs(diagnosis: &Diagnosis) -> Vec<(String, Text, bool)> {
    let top = diagnosis.inputs.iter().filter(|input| input.inside.is_none()).take(FEW_FILES);
    top.map(|input| {
        let read = matches!(input.state, Reading::Read | Reading::PartlyRead);
        (input.name.clone(), input.kind.name(), read)
    })
    .collect()
}

const FEW_FILES: usize = 8;

const UNKNOWN: Text = Text::fixed("There is no such symptom", "Dieses Symptom gibt es nicht");
const ALL: Text = Text::fixed("All symptoms", "Alle Symptome");
const STEPS: Text = Text::fixed("Steps", "Schritte");
const BACK: Text = Text::fixed("Back", "Zurück");
const FORWARD: Text = Text::fixed("Forward", "Weiter");
const AGAIN: Text = Text::fixed("Begin again", "Von vorn beginnen");
const EVIDENCE: Text = Text::fixed("Let files answer", "Dateien antworten lassen");
const EVIDENCE_WHY: Text = Text::fixed(
    "Drop or paste what you have: what it shows is answered for you.",
    "Legen Sie ab oder fügen Sie ein, was Sie haben: Was es zeigt, ist für Sie beantwortet.",
);
const EXAMPLE: Text = Text::fixed("Open an example of this", "Ein Beispiel dafür öffnen");
const NOT_READ: Text = Text::fixed("not read: see the case", "nicht gelesen: siehe Fall");
const TO_CASE: Text = Text::fixed("The whole case", "Der ganze Fall");
