//! What happened, in the order of each input.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;

use crate::ui::app::use_page;
use crate::ui::parts::{Device, Prose};
use crate::ui::route::Route;
use crate::ui::words;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The list.
#[function_component(Timeline)]
pub fn timeline(props: &Props) -> Html {
    let page = use_page();
    let rows = props.diagnosis.iter().flat_map(|case| case.timeline.iter().map(move |row| (case, row)));
    let items = rows.take(SHOWN).enumerate().map(|(index, (case, row))| {
        let time = row.aligned.clone().unwrap_or_else(|| row.time.clone());
        html! {
            <li key={index} class="moment">
                <span class="time"><Device text={time} /></span>
                <span class="stage small soft">{ page.say(row.stage.name()) }</span>
                <span class="what"><Prose text={row.says.clone()} /></span>
                <span class="where small"><Device text={words::at(words::name(case, row.input), &row.at)} /></span>
            </li>
        }
    });
    let all = props.diagnosis.as_ref().map_or(0, |case| case.timeline.len());
    let cut = CUT.filled(&[("shown", &SHOWN.to_string()), ("all", &all.to_string())]);
    html! {
        <div class="timeline">
            <h1>{ page.say(TITLE) }</h1>
            <p class="soft">{ page.say(if all == 0 { EMPTY } else { ORDER }) }</p>
            <p hidden={all <= SHOWN}>{ page.say(cut) }</p>
            <ol>{ for items }</ol>
            <p><a href={Route::Case.address()}>{ page.say(BACK) }</a></p>
        </div>
    }
}

/// More rows than that make a browser slow and nobody wiser; the report has all.
const SHOWN: usize = 2_000;

const TITLE: Text = Text::fixed("What happened", "Was geschah");
const EMPTY: Text = Text::fixed(
    "Nothing is known yet. Logs of phone and ASA fill this list.",
    "Noch ist nichts bekannt. Protokolle von Telefon und ASA füllen diese Liste.",
);
const ORDER: Text = Text::fixed(
    "File by file, each in its own order and on its own clock.",
    "Datei für Datei, jede in ihrer Reihenfolge und nach ihrer eigenen Uhr.",
);
const CUT: Text = Text::fixed(
    "The first {shown} of {all} are shown; a saved report has all.",
    "Gezeigt werden die ersten {shown} von {all}; ein gespeicherter Bericht enthält alle.",
);
const BACK: Text = Text::fixed("To the case", "Zum Fall");
