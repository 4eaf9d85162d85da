//! A field for pasted output, for whom a keyboard shortcut anywhere is not plain enough, and what was made of it.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::{Input, InputState};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::{Ask, use_page};
use crate::ui::widgets::{Device, Icon, Prose, icon};

/// The field with its button.
#[function_component(PasteField)]
pub fn paste_field() -> Html {
    let page = use_page();
    let text = use_state_eq(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(effects::typed(&event).unwrap_or_default()))
    };
    let onclick = {
        let (page, text) = (page.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            if text.trim().is_empty() {
                effects::focus("#paste-field");
            } else {
                page.ask(Ask::Paste((*text).clone()));
                text.set(String::new());
            }
        })
    };
    html! {
        <div class="paste-field">
            <label for="paste-field" class="small">{ page.say(LABEL) }</label>
            <textarea id="paste-field" class="entry-field" data-testid="paste-field" rows="3" autocomplete="off" spellcheck="false"
                value={(*text).clone()} {oninput} />
            <button type="button" class="button" data-testid="paste-read" {onclick}>{ page.say(READ) }</button>
        </div>
    }
}

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// What the last file or text was recognised as, and because of what.
#[function_component(Recognised)]
pub fn recognised(props: &Props) -> Html {
    let page = use_page();
    let last =
        props.diagnosis.as_ref().and_then(|case| case.inputs.iter().rfind(|input| input.inside.is_none()));
    let told = last.map(|input| {
        let (look, picture, says) = verdict(input);
        html! {
            <span class={look}>{ icon(picture) }<span><Device text={input.name.clone()} />{ ": " }{ page.say(says) }
                <span class="soft" hidden={input.because.is_empty()}>{ " (" }<Prose text={input.because.clone()} />{ ")" }</span></span></span>
        }
    });
    html! { <p class="recognised small" role="status" data-testid="recognised">{ told }</p> }
}

fn verdict(input: &Input) -> (&'static str, Icon, Text) {
    match input.state {
        InputState::Read | InputState::PartlyRead => {
            let kind = input.kind.name();
            ("is-good", Icon::Check, READ_AS.nested("kind", kind))
        }
        _ => ("is-warn", Icon::Triangle, NOT_KNOWN),
    }
}

const LABEL: Text = Text::fixed("Paste the output here", "Ausgabe hier einfügen");
const READ: Text = Text::fixed("Read this text", "Diesen Text lesen");
const READ_AS: Text = Text::fixed("read as {kind}", "gelesen als {kind}");
const NOT_KNOWN: Text =
    Text::fixed("not recognised, so it answers nothing", "nicht erkannt, es beantwortet also nichts");
