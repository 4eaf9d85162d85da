//! The search within the file that is open: a field, how many lines hold the text, and the way from one to the next.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake::lookup;
use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::use_page;
use crate::ui::state::FileId;
use crate::ui::text_search::use_text_search;
use crate::ui::widgets::words;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The line that was opened.
    pub place: Place,
    /// The files that the diagnosis was made from, in order.
    pub sources: Vec<FileId>,
    /// What is looked for.
    pub sought: Sought,
    /// Another text is looked for.
    pub typed: Callback<Sought>,
    /// To a line that holds it.
    pub go: Callback<Place>,
}

/// The field.
#[function_component(Find)]
pub fn find(props: &Props) -> Html {
    let page = use_page();
    // The line that was gone to, from the one that was opened.
    let gone = use_state_eq(|| None::<(Place, u32)>);
    let way = lookup::route(&props.diagnosis.inputs, &props.place);
    let file =
        way.as_ref().and_then(|way| Some((way.file, *props.sources.get(usize::try_from(way.file).ok()?)?)));
    let files = file.map(|(_, id)| (id, 0)).into_iter().collect();
    let search = use_text_search(props.sought.clone(), files);
    let listed = search.listed(&props.diagnosis, &props.sources);
    // Lines of what the viewer shows: the input itself, or its holder where its lines stand there.
    let shown = way.and_then(|way| lookup::input_at(&props.diagnosis.inputs, way.file, &way.members));
    let hits: Vec<Place> = listed.hits.into_iter().filter(|hit| Some(hit.input) == shown).collect();
    let gone_to = gone.as_ref().filter(|(from, _)| *from == props.place).map(|(_, line)| *line);
    let here = gone_to.unwrap_or(props.place.at.line);
    let at = hits.iter().position(|hit| hit.at.line == here);
    let step = |forward: bool| {
        let next = match (at, forward) {
            (Some(at), true) => hits.get(at + 1).or_else(|| hits.first()),
            (Some(at), false) => at.checked_sub(1).and_then(|at| hits.get(at)).or_else(|| hits.last()),
            (None, true) => hits.iter().find(|hit| hit.at.line > here).or_else(|| hits.first()),
            (None, false) => hits.iter().rfind(|hit| hit.at.line < here).or_else(|| hits.last()),
        };
        let (next, go, gone, from) = (next.cloned(), props.go.clone(), gone.clone(), props.place.clone());
        move || {
            if let Some(place) = &next {
                gone.set(Some((from.clone(), place.at.line)));
                go.emit(place.clone());
            }
        }
    };
    let status = match search.running() {
        _ if props.sought.is_empty() => Text::default(),
        Some(_) => RUNNING,
        None if hits.is_empty() => NOTHING,
        None => {
            let number = |value| words::number(value, page.lang);
            let place = at.map_or_else(|| "–".to_owned(), |at| number(at + 1));
            PLACE.with("number", Class::Words, place).with("all", Class::Words, number(hits.len()))
        }
    };
    let oninput = {
        let (sought, typed) = (props.sought.clone(), props.typed.clone());
        Callback::from(move |event: InputEvent| {
            typed.emit(Sought { text: effects::entered(&event).unwrap_or_default(), ..sought.clone() });
        })
    };
    let onchange = {
        let (sought, typed) = (props.sought.clone(), props.typed.clone());
        Callback::from(move |_: Event| {
            typed.emit(Sought { match_case: !sought.match_case, ..sought.clone() })
        })
    };
    let onkeydown = {
        let (next, previous) = (step(true), step(false));
        let (sought, typed) = (props.sought.clone(), props.typed.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.shift_key() => previous(),
            "Enter" => next(),
            "Escape" if sought.is_empty() => effects::focus_in_place("#viewer-close"),
            "Escape" => typed.emit(Sought::default()),
            _ => {}
        })
    };
    let click = |step: Box<dyn Fn()>| Callback::from(move |_: MouseEvent| step());
    html! {
        <search class="find-in" aria-label={page.say(LABEL)}>
            <input id="find" type="search" data-testid="find" value={props.sought.text.clone()} autocomplete="off" spellcheck="false"
                aria-label={page.say(LABEL)} placeholder={page.say(LABEL)} aria-keyshortcuts="/" {oninput} {onkeydown} />
            <span class="small soft" role="status" data-testid="found">{ page.say(status) }</span>
            <button type="button" class="button quiet" data-testid="previous-hit" disabled={hits.is_empty()} onclick={click(Box::new(step(false)))}>{ page.say(PREVIOUS) }</button>
            <button type="button" class="button quiet" data-testid="next-hit" disabled={hits.is_empty()} onclick={click(Box::new(step(true)))}>{ page.say(NEXT) }</button>
            <label class="option small"><input type="checkbox" checked={props.sought.match_case} {onchange} />{ page.say(MATCH_CASE) }</label>
        </search>
    }
}

const LABEL: Text = Text::fixed("Search this file ( / )", "Diese Datei durchsuchen ( / )");
const RUNNING: Text = Text::fixed("searching …", "wird durchsucht …");
const NOTHING: Text = Text::fixed("not found", "nicht gefunden");
const PLACE: Text = Text::fixed("{number} of {all}", "{number} von {all}");
const PREVIOUS: Text = Text::fixed("Previous hit", "Voriger Treffer");
const NEXT: Text = Text::fixed("Next hit", "Nächster Treffer");
const MATCH_CASE: Text = Text::fixed("Match case", "Groß- und Kleinschreibung beachten");
