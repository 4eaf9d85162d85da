//! Evidence to get, each with the command that shows it and how to come by it.

use yew::prelude::*;

use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::text::Text;

use super::copy::Copy;
use super::device::Device;
use super::instructions::Instructions;
use super::prose::Prose;
use super::words::sentence_case;
use crate::ui::page::{Page, use_page};
use crate::ui::turns::{Later, When};

/// What to get.
#[derive(Properties, PartialEq)]
pub struct GatherProps {
    /// Any one of these.
    pub needs: Vec<Need>,
}

/// A list of evidence, each with how to get it.
#[function_component(Gather)]
pub fn gather(props: &GatherProps) -> Html {
    let page = use_page();
    let items = props.needs.iter().map(|need| {
        html! {
            <li key={need.id()} data-need={need.id()}>
                <p class="what"><strong>{ sentence_case(&page.say(page.name_of(*need))) }</strong></p>
                <HowTo need={*need} open=true />
            </li>
        }
    });
    html! { <ul class="gather" hidden={props.needs.is_empty()}>{ for items }</ul> }
}

/// What to get.
#[derive(Properties, PartialEq)]
pub struct HowToProps {
    /// The evidence.
    pub need: Need,
    /// True where the explanation is open from the start.
    #[prop_or_default]
    pub open: bool,
}

/// A command to copy, and how to get it.
#[function_component(HowTo)]
pub fn how_to(props: &HowToProps) -> Html {
    let page = use_page();
    let command = props.need.command();
    html! {
        <div class="how-to">
            <div class="one-line" hidden={command.is_empty()}><Device text={command} /><Copy text={command} class="quiet" /></div>
            { how(&page, props.need, props.open || command.is_empty()) }
        </div>
    }
}

fn how(page: &Page, need: Need, open: bool) -> Html {
    let when = if open { When::Next } else { When::InTurn };
    html! {
        <details class="small" open={open}>
            <summary>{ page.say(HOW) }</summary>
            <p><Prose text={page.way_to(need)} /></p>
            <Later {when}><Instructions {need} /></Later>
        </details>
    }
}

const HOW: Text = Text::fixed("How to get it", "So kommen Sie daran");
