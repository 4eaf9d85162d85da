//! How far the files are that are being read, how fast, how long it still takes, with a button that stops it.

use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::pace::Pace;
use super::words;
use crate::ui::browser::effects;
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::state::State;

/// How far the files are that are being read.
pub fn running(_: &Page, state: &State) -> Html {
    let Some((done, all)) = state.reading() else { return html! {} };
    html! { <Running {done} {all} /> }
}

/// What to show, in bytes.
#[derive(Properties, PartialEq)]
struct Props {
    done: u64,
    all: u64,
}

#[function_component(Running)]
fn running_view(props: &Props) -> Html {
    let page = use_page();
    let Props { done, all } = *props;
    let pace = use_mut_ref(Pace::default).borrow_mut().of(done, all, effects::now_millis());
    let size = |bytes| words::size(bytes, page.lang);
    let mut words = READING;
    if let Some((rate, seconds)) = pace {
        let (left, unit) = if seconds < 100 { (seconds, "s") } else { (seconds.div_ceil(60), "min") };
        words = READING_AT.with("rate", Class::Words, size(rate)).number("left", left).with(
            "unit",
            Class::Words,
            unit,
        );
    }
    let words = words.with("done", Class::Words, size(done)).with("all", Class::Words, size(all));
    html! {
        <div class="running" data-testid="progress" data-done={done.to_string()} data-all={all.to_string()}>
            <progress max={all.max(1).to_string()} value={done.to_string()} aria-label={page.say(READING_LABEL)} />
            <span>{ page.say(words) }</span>
            <button type="button" class="button" data-testid="cancel" onclick={page.asks(|| Ask::Cancel)}>
                { page.say(CANCEL) }</button>
        </div>
    }
}

const READING: Text = Text::fixed("{done} of {all} read", "{done} von {all} gelesen");
const READING_AT: Text = Text::fixed(
    "{done} of {all} read, {rate} a second, about {left} {unit} left",
    "{done} von {all} gelesen, {rate} je Sekunde, noch etwa {left} {unit}",
);
const READING_LABEL: Text = Text::fixed("Reading files", "Dateien werden gelesen");
const CANCEL: Text = Text::fixed("Stop reading", "Lesen abbrechen");
