//! Whose work is in the page, folded: `assets/licences.txt`, which xtask makes.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use crate::ui::page::use_page;

/// The list, made when somebody opens it for the first time.
#[function_component(Licences)]
pub fn licences() -> Html {
    let page = use_page();
    let opened = use_state_eq(|| false);
    let ontoggle = use_callback(opened.setter(), |_: Event, opened| opened.set(true));
    let text = if *opened { LICENCES } else { "" };
    html! {
        <details class="licences" {ontoggle} data-testid="licences">
            <summary>{ page.say(SHOW) }</summary>
            <pre tabindex="0" lang="en" translate="no" aria-label={page.say(LABEL)}>{ text }</pre>
        </details>
    }
}

const LICENCES: &str = include_str!("../../../assets/licences.txt");

const SHOW: Text = Text::fixed("Every part with its licence", "Alle Teile mit ihren Lizenzen");
const LABEL: Text = Text::fixed("Licences", "Lizenzen");
