//! What is wanted: a field for everything that may be changed, with what it is today and what it may become.

use vpn_phone_doctor::plan::{Key, Offer};
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::field::{Field, Kind, PARTS, word};
use super::model::{Planned, Planning, Wish};
use super::work::take;
use crate::ui::browser::{drops, effects};
use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::widgets::{Device, Icon, Prose, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is wanted so far.
    pub planning: Planning,
}

/// The form.
#[function_component(Form)]
pub fn form(props: &Props) -> Html {
    let page = use_page();
    let planning = &props.planning;
    let parts = PARTS.iter().enumerate().map(|(index, part)| {
        let fields = part.fields.iter().map(|field| entry(&page, planning, field));
        html! { <fieldset key={index} class="part"><legend>{ page.say(part.name.clone()) }</legend>{ for fields }</fieldset> }
    });
    let works = {
        let (page, on) = (page.clone(), planning.works);
        Callback::from(move |_: Event| page.act(Action::Planning(Planned::Works(!on))))
    };
    let idle = planning.changes().next().is_none();
    html! {
        <div class="wanted">
            <div class="parts">{ for parts }</div>
            <label class="option"><input type="checkbox" data-testid="plan-works" checked={planning.works} onchange={works} />
                <span>{ page.say(WORKS) }</span></label>
            <div class="buttons">
                <button type="button" class="button strong" data-testid="plan-ask" disabled={idle}
                    onclick={page.acts(|| Action::Planning(Planned::Asked))}>{ page.say(ASK) }</button>
                <span class="small soft" hidden={!idle}>{ page.say(IDLE) }</span>
            </div>
        </div>
    }
}

fn entry(page: &Page, planning: &Planning, field: &Field) -> Html {
    let key = field.key;
    let offer = planning.offers.as_ref().and_then(|offers| offers.iter().find(|offer| offer.key == key));
    let wish = planning.of(key);
    let id = format!("plan-{}", key.word());
    let today = offer.map(|offer| offer.today.as_str()).filter(|today| !today.is_empty());
    let today = today.map(|today| match field.kind {
        Kind::Choice => html! { <span>{ page.say(TODAY) }{ page.say(word(today)) }</span> },
        _ => {
            let lines = today.lines().map(|line| html! { <div><Device text={line.to_owned()} /></div> });
            html! { <span>{ page.say(TODAY) }<div>{ for lines }</div></span> }
        }
    });
    let control = match field.kind {
        Kind::Word => typed(page, &id, key, offer, wish),
        Kind::Choice => chosen(page, &id, key, offer, wish),
        Kind::Lines => lines(page, &id, key, offer, wish),
        Kind::File => file(page, &id, key, wish),
        Kind::FileOrChoice => {
            html! { <>{ chosen(page, &id, key, offer, wish) }{ file(page, &format!("{id}-file"), key, wish) }</> }
        }
    };
    let trouble = wish.and_then(|wish| wish.trouble.clone());
    html! {
        <div class="change-field" key={key.word()} data-testid="plan-change" data-key={key.word()}>
            <label for={id}><Prose text={field.name.clone()} /></label>
            <div class="today small soft">{ today }</div>
            <div class="control">{ control }</div>
            <p class="is-bad refused" role="alert">{ trouble.map(|why| html! { <>{ icon(Icon::Cross) }<Prose text={why} /></> }) }</p>
        </div>
    }
}

fn text_of(wish: Option<&Wish>) -> String {
    wish.map(|wish| wish.text.clone()).unwrap_or_default()
}

fn says(page: &Page, key: Key, text: String) {
    page.act(Action::Planning(Planned::Says(key, text)));
}

/// One word, with proposals.
fn typed(page: &Page, id: &str, key: Key, offer: Option<&Offer>, wish: Option<&Wish>) -> Html {
    let oninput = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            says(&page, key, effects::entered(&event).unwrap_or_default())
        })
    };
    let onkeydown = {
        let page = page.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                page.act(Action::Planning(Planned::Asked));
            }
        })
    };
    let list = format!("{id}-known");
    let known = offer.into_iter().flat_map(|offer| &offer.values);
    let known = known.map(|value| html! { <option value={value.clone()} /> });
    html! {
        <>
            <input type="text" id={id.to_owned()} class="entry-field" list={list.clone()} autocomplete="off" spellcheck="false"
                value={text_of(wish)} {oninput} {onkeydown} />
            <datalist id={list}>{ for known }</datalist>
        </>
    }
}

/// One of a few words; none leaves it as it is.
fn chosen(page: &Page, id: &str, key: Key, offer: Option<&Offer>, wish: Option<&Wish>) -> Html {
    let onchange = {
        let page = page.clone();
        Callback::from(move |event: Event| says(&page, key, effects::entered(&event).unwrap_or_default()))
    };
    let now = text_of(wish);
    let options = offer.into_iter().flat_map(|offer| &offer.values).map(|value| {
        html! { <option value={value.clone()} selected={*value == now}>{ page.say(word(value)) }</option> }
    });
    html! {
        <select id={id.to_owned()} class="entry-field" {onchange}>
            <option value="" selected={now.is_empty()}>{ page.say(AS_IT_IS) }</option>{ for options }
        </select>
    }
}

/// Lines, typed or of a file, with proposals that are put below those that are there.
fn lines(page: &Page, id: &str, key: Key, offer: Option<&Offer>, wish: Option<&Wish>) -> Html {
    let now = text_of(wish);
    let oninput = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| says(&page, key, effects::typed(&event).unwrap_or_default()))
    };
    let onchange = {
        let (page, now) = (page.clone(), now.clone());
        Callback::from(move |event: Event| {
            let Some(line) = effects::picked(&event) else { return };
            let end = if now.is_empty() || now.ends_with('\n') { "" } else { "\n" };
            says(&page, key, format!("{now}{end}{line}\n"));
        })
    };
    let known = offer.map(|offer| offer.values.as_slice()).unwrap_or_default();
    let options = known
        .iter()
        .map(|line| html! { <option value={line.clone()} translate="no">{ line.clone() }</option> });
    html! {
        <>
            <textarea id={id.to_owned()} class="entry-field" rows="3" autocomplete="off" spellcheck="false" value={now} {oninput} />
            <select class="entry-field" aria-label={page.say(ADD)} hidden={known.is_empty()} {onchange}>
                <option value="" selected=true>{ page.say(ADD) }</option>{ for options }
            </select>
            { file(page, &format!("{id}-file"), key, wish) }
        </>
    }
}

/// A file, chosen here or dropped onto it.
fn file(page: &Page, id: &str, key: Key, wish: Option<&Wish>) -> Html {
    let onchange = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            if let Some(taken) = drops::chosen(&event) {
                take(&page, key, taken);
            }
        })
    };
    let taken = wish.and_then(|wish| wish.file.as_ref()).map(|file| {
        let back = page.acts(move || Action::Planning(Planned::Says(key, String::new())));
        let label = page.label(WITHOUT.with("name", Class::File, &file.name));
        html! {
            <span class="taken"><Device text={file.name.clone()} />
                <button type="button" class="button quiet square" aria-label={label} onclick={back}>{ icon(Icon::Remove) }</button></span>
        }
    });
    html! {
        <span class="file-choice" data-drop={key.word()}>
            <label class="button"><input type="file" id={id.to_owned()} class="unseen" autocomplete="off" {onchange} />
                { icon(Icon::Drop) }<span>{ page.say(FILE) }</span></label>
            { taken }
        </span>
    }
}

const ASK: Text = Text::fixed("What will happen?", "Was wird geschehen?");
const IDLE: Text = Text::fixed("Change one or more things first.", "Ändern Sie zuerst etwas.");
const TODAY: Text = Text::fixed("today ", "heute ");
const AS_IT_IS: Text = Text::fixed("as it is", "wie es ist");
const ADD: Text = Text::fixed("Add a line …", "Zeile hinzufügen …");
const FILE: Text = Text::fixed("File …", "Datei …");
const WITHOUT: Text = Text::fixed("Without {name}", "Ohne {name}");
const WORKS: Text = Text::fixed(
    "Take it that all phones connect today, even where no file shows it",
    "Annehmen, dass sich heute alle Telefone verbinden, auch wo keine Datei es zeigt",
);
