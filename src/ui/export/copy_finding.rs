//! A button that copies one finding in full: what, why, the lines that prove it, what to do.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::model::Names;
use crate::ui::page::{Ask, use_page};
use crate::ui::widgets::{Icon, icon};

/// What to copy.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The finding's place in the case.
    pub index: usize,
}

/// The button. Its words say which names are copied.
#[function_component(CopyFinding)]
pub fn copy_finding(props: &Props) -> Html {
    let page = use_page();
    let copied = use_state_eq(|| None::<Result<(), Text>>);
    let label = match page.names {
        Names::Real => COPY,
        Names::Redacted => COPY_REDACTED,
    };
    let onclick = {
        let (page, copied, index) = (page.clone(), copied.setter(), props.index);
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            let Ok(index) = u32::try_from(index) else { return };
            let then = Callback::from(move |outcome: Result<(), Text>| {
                let shown = if outcome.is_ok() { SHOWN_MILLIS } else { READ_MILLIS };
                copied.set(Some(outcome));
                let copied = copied.clone();
                Timeout::new(shown, move || copied.set(None)).forget();
            });
            page.ask(Ask::CopyFinding(index, then));
        })
    };
    let (picture, words) = match &*copied {
        None => (Icon::Copy, label),
        Some(Ok(())) => (Icon::Check, COPIED),
        Some(Err(why)) => (Icon::Cross, why.clone()),
    };
    html! {
        <button type="button" class="button quiet copy" data-testid="copy-finding" {onclick}>
            { icon(picture) }<span aria-live="polite">{ page.say(words) }</span></button>
    }
}

const SHOWN_MILLIS: u32 = 2_000;
/// What went wrong takes longer to read.
const READ_MILLIS: u32 = 8_000;

const COPY: Text = Text::fixed("Copy as text", "Als Text kopieren");
const COPY_REDACTED: Text = Text::fixed("Copy as redacted text", "Als geschwärzten Text kopieren");
const COPIED: Text = Text::fixed("Copied", "Kopiert");
