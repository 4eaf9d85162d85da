//! A device's line with its place. A line of a log says what it means when it is clicked.
//!
//! The line itself stays text that can be selected; the keyboard has a button beside it. What lines mean is known
//! to the engine.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::device::Device;
use super::icons::{Icon, icon};
use super::prose::Prose;
use super::words;
use crate::ui::browser::effects;
use crate::ui::engine::engine;
use crate::ui::page::use_page;
use crate::ui::state::Action;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, for names.
    pub diagnosis: Rc<Diagnosis>,
    /// Where the line stands, and its text.
    pub place: Place,
    /// The part of it that tells.
    #[prop_or_default]
    pub mark: AttrValue,
}

/// What was asked about the line.
#[derive(Clone, PartialEq)]
enum Meaning {
    Closed,
    Asked,
    Told(Text),
}

/// The line.
#[function_component(Line)]
pub fn line(props: &Props) -> Html {
    let page = use_page();
    let meaning = use_state_eq(|| Meaning::Closed);
    let text = props.place.at.text.clone();
    let explains = !text.is_empty() && words::is_log(&props.diagnosis, props.place.input);
    let toggle = {
        let meaning = meaning.clone();
        Callback::from(move |()| {
            if *meaning != Meaning::Closed {
                meaning.set(Meaning::Closed);
                return;
            }
            meaning.set(Meaning::Asked);
            let (meaning, text) = (meaning.clone(), text.clone());
            spawn_local(async move { meaning.set(Meaning::Told(explained(&text).await)) });
        })
    };
    let open = *meaning != Meaning::Closed;
    let button = explains.then(|| {
        let (label, onclick) = (page.say(MEANS), toggle.reform(|_: MouseEvent| ()));
        html! {
            <button type="button" class="button quiet square explain" data-testid="explain" title={label.clone()} aria-label={label}
                aria-expanded={open.to_string()} {onclick}>{ icon(Icon::Info) }</button>
        }
    });
    let open_file = {
        let place = props.place.clone();
        page.acts(move || Action::Viewed(place.clone()))
    };
    // A click that ends a selection was meant for the selection.
    let onclick = explains.then(|| {
        Callback::from(move |_: MouseEvent| {
            if !effects::text_selected() {
                toggle.emit(());
            }
        })
    });
    let told = match &*meaning {
        Meaning::Told(text) => text.clone(),
        Meaning::Closed | Meaning::Asked => Text::default(),
    };
    html! {
        <div class={classes!("device-line", explains.then_some("explains"))}>
            <div class="line">
                <span class="where"><button type="button" class="link" data-testid="view-line" title={page.say(OPEN)} onclick={open_file}>
                    <Device text={words::place(&props.diagnosis, &props.place, page.lang)} /></button></span>
                <span class="text" {onclick}><Device text={props.place.at.text.clone()} mark={props.mark.clone()} /></span>
                <span class="ask">{ button }</span>
            </div>
            <div class="meaning" data-testid="meaning" role="status" hidden={told.is_empty()}><Prose text={told} /></div>
        </div>
    }
}

pub async fn explained(line: &str) -> Text {
    match engine().explain(line).await {
        Ok(Some(meaning)) => meaning,
        Ok(None) => NOTHING_KNOWN,
        Err(failure) => failure.of_the_page(),
    }
}

const OPEN: Text = Text::fixed("Show the line in its file", "Zeile in ihrer Datei zeigen");
const MEANS: Text = Text::fixed("What does this line mean?", "Was bedeutet diese Zeile?");
const NOTHING_KNOWN: Text = Text::fixed(
    "Nothing is known here about this line beyond what it says.",
    "Über diese Zeile ist hier nicht mehr bekannt, als sie sagt.",
);
