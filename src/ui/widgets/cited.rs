//! A piece of evidence of something that has inputs of its own, such as a plan: its place, its line, what it says.
//!
//! A line of the case opens in its file; of a file that is none of the case's only the line is at hand.

use vpn_phone_doctor::finding::Evidence;
use vpn_phone_doctor::input::Input;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::device::Device;
use super::prose::Prose;
use super::words;
use crate::ui::page::Page;
use crate::ui::state::Action;

/// The piece. `inputs` are those that it counts in; the first `of_case` of them are the case's.
pub fn cited(page: &Page, inputs: &[Input], of_case: usize, evidence: &Evidence) -> Html {
    let at = evidence.input.and_then(|input| usize::try_from(input).ok());
    let name = at.and_then(|at| inputs.get(at)).map(|input| input.name.clone());
    let place = match (name, &evidence.at) {
        (Some(name), Some(line)) => {
            let shown = words::at(&name, line, page.lang);
            let place = Place { input: evidence.input.unwrap_or_default(), at: line.clone() };
            let opens = at.is_some_and(|at| at < of_case);
            let onclick = page.acts(move || Action::Viewed(place.clone()));
            if opens {
                html! { <button type="button" class="link" data-testid="view-line" title={page.say(OPEN)} {onclick}><Device text={shown} /></button> }
            } else {
                html! { <Device text={shown} /> }
            }
        }
        (Some(name), None) => html! { <Device text={name} /> },
        (None, _) => html! {},
    };
    let line = evidence.at.as_ref().map(|at| at.text.trim().to_owned()).filter(|text| !text.is_empty());
    html! {
        <div class="cited">
            <span class="where small">{ place }</span>
            { line.map(|text| html! { <Device {text} mark={evidence.mark.clone()} /> }) }
            <span class="says small"><Prose text={evidence.says.clone()} /></span>
        </div>
    }
}

const OPEN: Text = Text::fixed("Show the line in its file", "Zeile in ihrer Datei zeigen");
