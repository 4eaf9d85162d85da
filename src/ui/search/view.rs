//! The search over a case: a field above every view, and what it found below it.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::in_files::InFiles;
use super::model::{Leads, SHOWN, search};
use crate::ui::browser::effects;
use crate::ui::page::use_page;
use crate::ui::state::{Action, FileId};
use crate::ui::widgets::Device;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// Its files with their sizes, in order.
    pub files: Vec<(FileId, u64)>,
}

/// The field.
#[function_component(Search)]
pub fn search_field(props: &Props) -> Html {
    let page = use_page();
    let query = use_state_eq(String::new);
    let hits = props.diagnosis.as_ref().map(|case| search(case, &query, page.lang)).unwrap_or_default();
    let asked = !query.trim().is_empty();
    let found = FOUND.number("count", hits.len());
    let items = hits.into_iter().take(SHOWN).enumerate().map(|(index, hit)| {
        let (page, query) = (page.clone(), query.clone());
        let leads = hit.leads;
        let onclick = Callback::from(move |_: MouseEvent| {
            query.set(String::new());
            match &leads {
                Leads::Finding(rule) => page.lead(rule),
                Leads::Line(place) => page.act(Action::Viewed(place.clone())),
                Leads::View(route) => page.act(Action::Went(*route)),
            }
        });
        html! {
            <li key={index}><button type="button" class="item" data-testid="hit" {onclick}>
                <Device text={hit.title} /><span class="small soft"><Device text={hit.place} /></span>
            </button></li>
        }
    });
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| query.set(effects::entered(&event).unwrap_or_default()))
    };
    let onkeydown = {
        let query = query.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if query.is_empty() => effects::focus("#main"),
            "Escape" => query.set(String::new()),
            "Enter" => effects::click("[data-testid=hit], [data-testid=search-hit]"),
            _ => {}
        })
    };
    {
        // What was typed goes with the case.
        let query = query.clone();
        use_effect_with(props.diagnosis.is_some(), move |there| {
            if !*there {
                query.set(String::new());
            }
        });
    }
    let in_files = props.diagnosis.clone().filter(|_| asked).map(|diagnosis| {
        html! { <InFiles {diagnosis} files={props.files.clone()} text={(*query).clone()} /> }
    });
    html! {
        <search class="search" hidden={props.diagnosis.is_none()}>
            <input id="search" type="search" data-testid="search" value={(*query).clone()} autocomplete="off" spellcheck="false"
                aria-label={page.say(LABEL)} placeholder={page.say(LABEL)} aria-keyshortcuts="/" {oninput} {onkeydown} />
            <div class="hits" hidden={!asked}>
                <p class="small soft" role="status">{ asked.then(|| page.say(found)) }</p><ul>{ for items }</ul>
                <div>{ in_files }</div>
            </div>
        </search>
    }
}

const LABEL: Text = Text::fixed("Search the case ( / )", "Fall durchsuchen ( / )");
const FOUND: Text = Text::fixed("In the case: {count} found", "Im Fall: {count} gefunden");
