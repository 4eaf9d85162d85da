//! The phones of the case, a page of rows at a time: real logs hold thousands of them.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{Diagnosis, PhoneRow};
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::model::{Column, Order, arranged};
use crate::ui::browser::effects;
use crate::ui::compare::works_and_fails;
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::Action;
use crate::ui::widgets::{Device, Icon, Line, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The one phone that the person looks at.
    pub only: Option<AttrValue>,
    /// Rows of one page.
    pub page_size: u32,
}

/// The list.
#[function_component(PhonesTable)]
pub fn phones_part(props: &Props) -> Html {
    let page = use_page();
    let filter = use_state_eq(String::new);
    let order = use_state_eq(Order::default);
    let first = use_state_eq(|| 0_usize);
    let rows = &props.diagnosis.phones;
    let size = usize::try_from(props.page_size).unwrap_or(usize::MAX).max(1);
    let places = arranged(rows, &filter, *order, page.lang);
    // A shorter list than before has no such page.
    let from = if *first < places.len() { *first } else { 0 };
    let shown = places.iter().skip(from).take(size).filter_map(|place| rows.get(*place));
    let items = shown.map(|row| phone(&page, props, row));
    let oninput = {
        let (filter, first) = (filter.clone(), first.clone());
        Callback::from(move |event: InputEvent| {
            filter.set(effects::entered(&event).unwrap_or_default());
            first.set(0);
        })
    };
    let heads = COLUMNS.iter().map(|(column, name)| {
        let (order, first, column) = (order.clone(), first.clone(), *column);
        let (sort, next) = (order.aria(column), order.chosen(column));
        let picture = match sort {
            "ascending" => Icon::Up,
            "descending" => Icon::Down,
            _ => Icon::Sortable,
        };
        let onclick = Callback::from(move |_: MouseEvent| {
            order.set(next);
            first.set(0);
        });
        html! {
            <th scope="col" role="columnheader" aria-sort={sort}><button type="button" class="sort" {onclick}>{ page.say(name.clone()) }{ icon(picture) }</button></th>
        }
    });
    let step = |to: usize| {
        let first = first.clone();
        Callback::from(move |_: MouseEvent| first.set(to))
    };
    let last = from.saturating_add(size).min(places.len());
    let count = COUNT
        .with("from", Class::Words, words::number(from.saturating_add(1).min(places.len()), page.lang))
        .with("to", Class::Words, words::number(last, page.lang))
        .with("all", Class::Words, words::number(places.len(), page.lang));
    html! {
        <div class="phones" data-testid="phones" data-all={rows.len().to_string()} data-shown={places.len().to_string()}>
            <div class="filter" hidden={rows.len() < FEW}>
                <label><span>{ page.say(FILTER) }</span>
                    <input type="search" class="entry-field" data-testid="phone-filter" autocomplete="off" spellcheck="false"
                        placeholder={page.say(FILTER_HINT)} value={(*filter).clone()} {oninput} /></label>
            </div>
            <p hidden={works_and_fails(rows).is_none()}><a href={Route::Compare.address()} data-testid="to-compare">{ page.say(DIFFERS) }</a></p>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(LABEL)}>
                <table class="phone-table" role="table">
                    <thead role="rowgroup"><tr role="row">{ for heads }</tr></thead>
                    <tbody role="rowgroup">{ for items }</tbody>
                </table>
            </div>
            <p hidden={!places.is_empty()}>{ page.say(NONE) }</p>
            <div class="pager buttons">
                <span class="small soft" role="status">{ page.say(count) }</span>
                <button type="button" class="button" data-testid="previous-page" hidden={places.len() <= size} disabled={from == 0}
                    onclick={step(from.saturating_sub(size))}>{ page.say(PREVIOUS) }</button>
                <button type="button" class="button" data-testid="next-page" hidden={places.len() <= size} disabled={last >= places.len()}
                    onclick={step(last)}>{ page.say(NEXT) }</button>
            </div>
        </div>
    }
}

fn phone(page: &Page, props: &Props, row: &PhoneRow) -> Html {
    let chosen = props.only.as_deref() == Some(row.name.as_str()) && !row.name.is_empty();
    let addresses = row.addresses.iter().map(|address| html! { <li><Device text={address.clone()} /></li> });
    let (picture, class, outcome) = outcome(row);
    let place = row.place.clone().map(|place| {
        html! {
            <details>
                <summary><Device text={words::place(&props.diagnosis, &place, page.lang)} /></summary>
                <Line diagnosis={props.diagnosis.clone()} {place} />
            </details>
        }
    });
    let key = format!("{} {}", row.name, row.addresses.join(" "));
    html! {
        <tr {key} role="row" class={classes!(chosen.then_some("chosen-phone"))} data-testid="phone" data-name={row.name.clone()}>
            <th scope="row" role="rowheader">{ name(page, row, chosen) }</th>
            <td role="cell"><Device text={row.model.clone()} /></td>
            <td role="cell"><ul>{ for addresses }</ul></td>
            <td role="cell" class="number" data-label={page.say(ATTEMPTS)}>{ page.say(attempts(row)) }</td>
            <td role="cell" data-label={page.say(FURTHEST)}>{ row.furthest.map(|stage| page.say(stage.name())) }</td>
            <td role="cell" class="reason"><p class={class}><span class="state">{ icon(picture) }{ page.say(outcome) }</span>{ " " }
                <Prose text={row.reason.clone()} /></p><div>{ place }</div></td>
            <td role="cell"><Device text={row.last.clone()} /></td>
        </tr>
    }
}

/// A phone without a name cannot be chosen: only its address is known.
fn name(page: &Page, row: &PhoneRow, chosen: bool) -> Html {
    if row.name.is_empty() {
        return html! { <span class="soft">{ page.say(NAMELESS) }</span> };
    }
    let name = row.name.clone();
    let onclick = page.acts(move || {
        if chosen { Action::TakenBack(PHONE.to_owned()) } else { Action::PhoneChosen(name.clone()) }
    });
    let label = ONLY.with("name", Class::Words, &row.name);
    html! {
        <button type="button" class="link" data-testid="choose-phone" aria-pressed={chosen.to_string()} title={page.label(label)} {onclick}>
            <Device text={row.name.clone()} /></button>
    }
}

fn attempts(row: &PhoneRow) -> Text {
    let form = if row.connected == 0 { NONE_CONNECTED } else { CONNECTED };
    form.number("all", row.attempts).number("good", row.connected)
}

fn outcome(row: &PhoneRow) -> (Icon, &'static str, Text) {
    match (row.failed, row.connected) {
        (Some(stage), _) => (Icon::Cross, "is-bad", FAILED.nested("stage", stage.name())),
        (None, 0) => (Icon::Ring, "is-open", OPEN),
        (None, _) => (Icon::Check, "is-good", WORKED),
    }
}

/// The key of the question that narrows a case to one phone.
const PHONE: &str = "phone";

/// A list as short as that is overlooked without a filter.
const FEW: usize = 6;

static COLUMNS: [(Column, Text); 7] = [
    (Column::Name, Text::fixed("Phone", "Telefon")),
    (Column::Model, Text::fixed("Model", "Modell")),
    (Column::Address, Text::fixed("Address", "Adresse")),
    (Column::Attempts, ATTEMPTS),
    (Column::Furthest, FURTHEST),
    (Column::Reason, Text::fixed("Outcome", "Ergebnis")),
    (Column::Last, Text::fixed("Last seen", "Zuletzt gesehen")),
];

const DIFFERS: Text = Text::fixed(
    "What differs between a phone that works and one that fails?",
    "Was unterscheidet ein Telefon, das geht, von einem, das scheitert?",
);
const ATTEMPTS: Text = Text::fixed("Attempts", "Versuche");
const FURTHEST: Text = Text::fixed("Furthest stage", "Weiteste Stufe");
const LABEL: Text = Text::fixed("Phones", "Telefone");
const FILTER: Text = Text::fixed("Filter", "Filtern");
const FILTER_HINT: Text = Text::fixed("name, address, model, reason", "Name, Adresse, Modell, Grund");
const COUNT: Text = Text::fixed("{from} to {to} of {all}", "{from} bis {to} von {all}");
const PREVIOUS: Text = Text::fixed("Previous", "Zurück");
const NEXT: Text = Text::fixed("Next", "Weiter");
const NONE: Text = Text::fixed("No phone matches the filter.", "Kein Telefon passt zum Filter.");
const NAMELESS: Text = Text::fixed("name not known", "Name nicht bekannt");
const ONLY: Text = Text::fixed("Show only what concerns {name}", "Nur zeigen, was {name} betrifft");
const NONE_CONNECTED: Text = Text::fixed("{all}", "{all}");
const CONNECTED: Text = Text::fixed("{all}, {good} connected", "{all}, davon {good} verbunden");
const FAILED: Text = Text::fixed("Failed: {stage}.", "Gescheitert: {stage}.");
const OPEN: Text = Text::fixed("Not known.", "Nicht bekannt.");
const WORKED: Text = Text::fixed("Connected.", "Verbunden.");
