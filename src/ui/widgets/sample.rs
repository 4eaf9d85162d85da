//! A mark on a case that ships inside the page, so that nobody takes it for one of their own.

use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::page::Page;

/// The mark; hidden where the case is a person's own.
pub fn sample(page: &Page, is_example: bool) -> Html {
    html! { <p class="sample small" data-testid="example-note" hidden={!is_example}>{ page.say(SAMPLE) }</p> }
}

const SAMPLE: Text = Text::fixed(
    "Example case: made-up devices. Your first file replaces it.",
    "Beispielfall: erfundene Geräte. Ihre erste Datei ersetzt ihn.",
);
