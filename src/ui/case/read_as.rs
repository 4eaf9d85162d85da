//! What a file was taken for, as a list: a person who knows better says so, and it is read again.

use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::at_once::use_at_once;
use crate::ui::browser::effects;
use crate::ui::page::{Ask, use_page};
use crate::ui::state::File;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The file.
    pub file: File,
    /// What it was read as.
    pub kind: Kind,
}

/// The list.
#[function_component(ReadAs)]
pub fn read_as(props: &Props) -> Html {
    let page = use_page();
    let list = use_node_ref();
    // A file read again has a new list: the keyboard was on the old one.
    use_at_once((list.clone(), props.file.again), |(list, again)| {
        if *again
            && effects::keyboard_lost()
            && let Some(list) = list.cast::<web_sys::HtmlElement>()
        {
            effects::focus_element(&list);
        }
    });
    let said = props.file.said;
    let onchange = {
        let (page, id) = (page.clone(), props.file.id);
        Callback::from(move |event: Event| {
            let chosen = effects::entered(&event).unwrap_or_default();
            page.ask(Ask::ReadAs(id, Kind::of(&chosen)));
        })
    };
    // The first entry is what the content itself says.
    let own = if said.is_some() { RECOGNISED } else { props.kind.name() };
    let others = Kind::SAYABLE.into_iter().filter(|kind| said.is_some() || *kind != props.kind);
    let options = others.map(|kind| {
        html! { <option key={kind.id()} value={kind.id()} selected={said == Some(kind)}>{ page.say(kind.name()) }</option> }
    });
    let label = LABEL.with("name", Class::Words, &props.file.name);
    html! {
        <select ref={list} class="kind" data-testid="read-as" aria-label={page.say(label)} title={page.say(WHY)} {onchange}>
            <option value="" selected={said.is_none()}>{ page.say(own) }</option>
            { for options }
        </select>
    }
}

const RECOGNISED: Text = Text::fixed("As recognised", "Wie erkannt");
const LABEL: Text = Text::fixed("Read {name} as", "{name} lesen als");
const WHY: Text =
    Text::fixed("Taken for the wrong thing? Choose what it is.", "Falsch erkannt? Wählen Sie, was es ist.");
