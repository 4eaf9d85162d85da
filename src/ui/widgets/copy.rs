//! A button that copies a text and says so.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::icons::{Icon, icon};
use crate::ui::browser::effects;
use crate::ui::page::use_page;

/// What to copy.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The text.
    pub text: AttrValue,
    /// What the button says; "Copy" where nothing is given.
    #[prop_or(COPY)]
    pub label: Text,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// The button.
#[function_component(Copy)]
pub fn copy(props: &Props) -> Html {
    let page = use_page();
    let copied = use_state_eq(|| Copied::NotYet);
    let onclick = use_callback((props.text.clone(), copied.clone()), |_: MouseEvent, (text, copied)| {
        let (text, copied) = (text.to_string(), copied.clone());
        wasm_bindgen_futures::spawn_local(async move {
            copied.set(if effects::copy(text).await { Copied::Done } else { Copied::Refused });
            Timeout::new(SHOWN_MILLIS, move || copied.set(Copied::NotYet)).forget();
        });
    });
    let (picture, words) = match *copied {
        Copied::NotYet => (Icon::Copy, page.say(props.label.clone())),
        Copied::Done => (Icon::Check, page.say(COPIED)),
        Copied::Refused => (Icon::Cross, page.say(REFUSED)),
    };
    html! {
        <button type="button" class={classes!("button", "copy", props.class.clone())} {onclick}>
            { icon(picture) }<span aria-live="polite">{ words }</span>
        </button>
    }
}

const SHOWN_MILLIS: u32 = 2_000;

const COPY: Text = Text::fixed("Copy", "Kopieren");
const COPIED: Text = Text::fixed("Copied", "Kopiert");
const REFUSED: Text = Text::fixed(
    "Not allowed here: select it and copy it yourself",
    "Hier nicht erlaubt: Markieren und kopieren Sie es selbst",
);
