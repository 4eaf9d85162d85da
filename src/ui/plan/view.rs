//! A plan: what is wanted, what comes of it, and what would tell more.

use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::form::Form;
use super::matrix::Matrix;
use super::model::Foretold;
use super::work;
use crate::ui::export::Sheets;
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::State;
use crate::ui::widgets::{DropZone, Prose, running, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
}

/// The view.
#[function_component(PlanView)]
pub fn plan_view(props: &Props) -> Html {
    let page = use_page();
    let state = &props.state;
    let case = state.diagnosis.as_ref().filter(|_| !state.files.is_empty());
    html! {
        <div class="view-page planning">
            <h1>{ page.say(Route::Plan.name()) }</h1>
            <p class="lead"><Prose text={if case.is_some() { LEAD } else { EMPTY }} /></p>
            <div>{ running(&page, state) }</div>
            <div>{ case.map(|_| html! { <Form planning={state.planning.clone()} /> }) }</div>
            <div class="told" role="status" data-testid="plan-status">{ foretold(&page, state) }</div>
            <div>{ case.and_then(|case| result(&page, state, case.inputs.len())) }</div>
            <section class="missing"><h2 hidden={case.is_none()}>{ page.say(MORE) }</h2><DropZone /></section>
        </div>
    }
}

fn foretold(page: &Page, state: &State) -> Html {
    match &state.planning.foretold {
        Foretold::Open if state.planning.is_open() => html! { <p>{ page.say(WORKING) }</p> },
        Foretold::Open => html! {},
        Foretold::Failed(why) => html! { <p class="trouble"><Prose text={why.clone()} /></p> },
        Foretold::Ready(columns) => {
            let count = |breaks: bool| {
                let rows = columns.all.rows.iter();
                rows.filter(|row| match breaks {
                    true => row.breaks_by_it(),
                    false => row.after.outcome == vpn_phone_doctor::plan::Will::Unknown,
                })
                .count()
            };
            let number = |value: usize| words::number(value, page.lang);
            let told = SUMMARY.with("all", CLASS, number(columns.all.rows.len()));
            let told =
                told.with("breaks", CLASS, number(count(true))).with("unknown", CLASS, number(count(false)));
            html! { <p class="summary"><strong>{ page.say(told) }</strong></p> }
        }
    }
}

fn result(page: &Page, state: &State, of_case: usize) -> Option<Html> {
    let Foretold::Ready(columns) = &state.planning.foretold else { return None };
    let write = {
        let (page, state) = (page.clone(), state.clone());
        Callback::from(move |(sheet, then): (_, Callback<Result<String, Text>>)| {
            let (page, state) = (page.clone(), state.clone());
            spawn_local(async move { then.emit(work::written(&state, &page, sheet).await) });
        })
    };
    Some(html! {
        <>
            <Matrix columns={columns.clone()} {of_case} />
            <Sheets saving={state.saving.clone()} files={FILES} {write} />
        </>
    })
}

const CLASS: vpn_phone_doctor::text::Class = vpn_phone_doctor::text::Class::Words;

/// Names of the page's own, never one of a file.
const FILES: [&str; 4] = [
    "vpn-phone-doctor-plan.md",
    "vpn-phone-doctor-plan-redacted.md",
    "vpn-phone-doctor-plan.csv",
    "vpn-phone-doctor-plan-redacted.csv",
];

const LEAD: Text = Text::fixed(
    "Say what you want to change. You see for each phone whether it will still connect, which line or release note says so, and what to do first.",
    "Sagen Sie, was Sie ändern wollen. Sie sehen für jedes Telefon, ob es sich danach noch verbindet, welche Zeile oder welcher Versionshinweis das sagt und was zuerst zu tun ist.",
);
const EMPTY: Text = Text::fixed(
    "A plan begins with the case as it is: `show running-config` and `show version` of the ASA, the phones' `SEP….cnf.xml`, and a log or `show vpn-sessiondb detail anyconnect` that shows who connects today.",
    "Ein Plan beginnt mit dem Fall, wie er ist: `show running-config` und `show version` der ASA, `SEP….cnf.xml` der Telefone und ein Protokoll oder `show vpn-sessiondb detail anyconnect`, das zeigt, wer sich heute verbindet.",
);
const WORKING: Text =
    Text::fixed("Working out what will happen …", "Es wird ermittelt, was geschehen wird …");
const SUMMARY: Text = Text::fixed(
    "Phones: {all}. Break by the change: {breaks}. Cannot be known: {unknown}.",
    "Telefone: {all}. Scheitern durch die Änderung: {breaks}. Nicht vorherzusagen: {unknown}.",
);
const MORE: Text = Text::fixed("Add what is missing", "Fehlendes hinzufügen");
