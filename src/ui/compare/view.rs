//! Two sides and what differs between them.

use std::rc::Rc;

use vpn_phone_doctor::compare::Comparison;
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::choice::Choice;
use super::model::{Chosen, Compared, Work};
use super::table::Differences;
use super::work;
use crate::ui::export::Sheets;
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::{Action, State};
use crate::ui::widgets::{Icon, Prose, icon, running};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
}

/// The view.
#[function_component(CompareView)]
pub fn compare_view(props: &Props) -> Html {
    let page = use_page();
    let state = &props.state;
    let sides = work::sides(state);
    let [a, b] = &sides;
    let swap = {
        let (page, sides) = (page.clone(), sides.clone());
        Callback::from(move |_: MouseEvent| {
            if let [Some(a), Some(b)] = &sides {
                page.act(Action::Comparing(Compared::Swapped([a.clone(), b.clone()])));
            }
        })
    };
    let lead = if state.files.is_empty() { EMPTY } else { LEAD };
    html! {
        <div class="view-page comparing">
            <h1>{ page.say(Route::Compare.name()) }</h1>
            <p class="lead"><Prose text={lead} /></p>
            <div class="pair-choice">
                <Choice state={state.clone()} second=false chosen={a.clone()} />
                <button type="button" class="button quiet" data-testid="swap-sides" onclick={swap}>{ icon(Icon::Sortable) }<span>{ page.say(SWAP) }</span></button>
                <Choice state={state.clone()} second=true chosen={b.clone()} />
            </div>
            <div>{ running(&page, state) }</div>
            <div class="told" role="status" data-testid="compare-status">{ status(&page, state) }</div>
            <div>{ result(&page, state, &sides) }</div>
        </div>
    }
}

fn status(page: &Page, state: &State) -> Html {
    match &state.comparing.told {
        Work::Ready(_) => html! {},
        Work::Failed(why) => html! { <p class="trouble"><Prose text={why.clone()} /></p> },
        Work::Open if work::has_both(state) => html! { <p>{ page.say(WORKING) }</p> },
        Work::Open => html! { <p>{ page.say(ONE_MISSING) }</p> },
    }
}

fn result(page: &Page, state: &State, sides: &[Option<Chosen>; 2]) -> Option<Html> {
    let Work::Ready(told) = &state.comparing.told else { return None };
    let names = sides.clone().map(|side| name(page, state, side));
    let write = {
        let state = state.clone();
        Callback::from(move |(sheet, then): (_, Callback<Result<String, Text>>)| {
            let state = state.clone();
            spawn_local(async move { then.emit(work::written(&state, sheet).await) });
        })
    };
    Some(html! {
        <>
            <Differences told={told.clone()} {names} of_case={of_case(state, told, sides)} />
            <Sheets saving={state.saving.clone()} files={FILES} {write} />
        </>
    })
}

/// Inputs of a side that are numbered as those of the case.
fn of_case(state: &State, told: &Rc<Comparison>, sides: &[Option<Chosen>; 2]) -> [usize; 2] {
    let first = state.read_files().first().map(|(file, _)| file.id);
    let [a, b] = sides.clone().map(|side| match side {
        Some(Chosen::Case | Chosen::Phone(_)) => true,
        Some(Chosen::File(id)) => first == Some(id),
        Some(Chosen::Others) | None => false,
    });
    [if a { told.inputs.len() } else { 0 }, if b { told.inputs_b.len() } else { 0 }]
}

/// What a side is called above its values.
fn name(page: &Page, state: &State, side: Option<Chosen>) -> String {
    match side {
        Some(Chosen::Phone(name)) => name,
        Some(Chosen::File(id)) => {
            state.files.iter().find(|file| file.id == id).map(|file| file.name.clone()).unwrap_or_default()
        }
        Some(Chosen::Case) => page.say(CASE).to_string(),
        Some(Chosen::Others) | None => page.say(OTHERS).to_string(),
    }
}

/// Names of the page's own, never one of a file.
const FILES: [&str; 4] = [
    "vpn-phone-doctor-comparison.md",
    "vpn-phone-doctor-comparison-redacted.md",
    "vpn-phone-doctor-comparison.csv",
    "vpn-phone-doctor-comparison-redacted.csv",
];

const LEAD: Text = Text::fixed(
    "What differs between the two sides, the likeliest reason first. What cannot be the reason is folded.",
    "Was die beiden Seiten unterscheidet, der wahrscheinlichste Grund zuerst. Was der Grund nicht sein kann, ist eingeklappt.",
);
const EMPTY: Text = Text::fixed(
    "Compare a phone that works with one that fails, two cases, two configurations or two captures. Choose files for each side, or drop all of them: phones and files of a case can then be chosen.",
    "Vergleichen Sie ein Telefon, das geht, mit einem, das scheitert, zwei Fälle, zwei Konfigurationen oder zwei Mitschnitte. Wählen Sie Dateien für jede Seite oder legen Sie alle ab: Dann lassen sich Telefone und Dateien des Falls wählen.",
);
const WORKING: Text = Text::fixed("Comparing …", "Es wird verglichen …");
const ONE_MISSING: Text = Text::fixed("One side has no files yet.", "Eine Seite hat noch keine Dateien.");
const SWAP: Text = Text::fixed("Swap sides", "Seiten tauschen");
const CASE: Text = Text::fixed("this case", "dieser Fall");
const OTHERS: Text = Text::fixed("other files", "andere Dateien");
