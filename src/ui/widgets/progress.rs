//! How far the files are that are being read, with a button that stops it.

use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::words;
use crate::ui::page::{Ask, Page};
use crate::ui::state::State;

/// How far the files are that are being read.
pub fn running(page: &Page, state: &State) -> Html {
    let Some((done, all)) = state.reading() else { return html! {} };
    let words = READING.with("done", Class::Words, words::size(done, page.lang));
    let words = words.with("all", Class::Words, words::size(all, page.lang));
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
const READING_LABEL: Text = Text::fixed("Reading files", "Dateien werden gelesen");
const CANCEL: Text = Text::fixed("Stop reading", "Lesen abbrechen");
