//! Every symptom with what its wizard finds out.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::list::{Detail, Symptoms};
use crate::ui::page::use_page;
use crate::ui::state::State;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
}

/// The list.
#[function_component(Wizards)]
pub fn wizards(props: &Props) -> Html {
    let page = use_page();
    html! {
        <div class="view-page">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead">{ page.say(LEAD) }</p>
            <Symptoms state={props.state.clone()} detail={Detail::Lead} />
        </div>
    }
}

const TITLE: Text = Text::fixed("What do you see?", "Was sehen Sie?");
const LEAD: Text = Text::fixed(
    "A few questions lead to the reason, or to the one thing that is still missing. What your files already show is answered for you.",
    "Wenige Fragen führen zur Ursache oder zu dem, was noch fehlt. Was Ihre Dateien schon zeigen, ist für Sie beantwortet.",
);
