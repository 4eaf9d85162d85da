//! The ways to one kind of evidence: what to do on each system, in the phone's menu, on its web page.

use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::tables::instructions;
use yew::prelude::*;

use super::copy::Copy;
use super::device::Device;
use super::prose::Prose;
use crate::ui::page::use_page;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The evidence.
    pub need: Need,
}

/// A fold for each place.
#[function_component(Instructions)]
pub fn instructions(props: &Props) -> Html {
    let page = use_page();
    let items: Vec<Html> = instructions::for_need(props.need)
        .map(|way| {
            let steps = way.steps.iter().map(|step| html! { <li><Prose text={step.clone()} /></li> });
            let lines = way.commands.iter().map(|line| {
                html! { <div class="one-line"><Device text={*line} /><Copy text={*line} class="quiet" /></div> }
            });
            html! {
                <li key={way.place.en().to_string()}>
                    <details>
                        <summary>{ page.say(way.place.clone()) }</summary>
                        <ol class="steps">{ for steps }</ol>
                        <div class="lines">{ for lines }</div>
                    </details>
                </li>
            }
        })
        .collect();
    html! { <ul class="ways" hidden={items.is_empty()}>{ for items }</ul> }
}
