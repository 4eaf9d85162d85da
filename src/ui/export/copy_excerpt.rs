//! A button that copies a part of the case as text: one finding in full, or the whole in the few lines of a ticket.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::model::{Excerpt, Names};
use crate::ui::page::{Ask, use_page};
use crate::ui::widgets::{Icon, icon};

/// What to copy.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is copied.
    pub excerpt: Excerpt,
}

/// The button. Its words say which names are copied.
#[function_component(CopyExcerpt)]
pub fn copy_excerpt(props: &Props) -> Html {
    let page = use_page();
    let copied = use_state_eq(|| None::<Result<(), Text>>);
    let (label, id) = match (props.excerpt, page.names) {
        (Excerpt::Finding(_), Names::Real) => (COPY, "copy-finding"),
        (Excerpt::Finding(_), Names::Redacted) => (COPY_REDACTED, "copy-finding"),
        (Excerpt::Ticket, Names::Real) => (TICKET, "ticket"),
        (Excerpt::Ticket, Names::Redacted) => (TICKET_REDACTED, "ticket"),
    };
    let onclick = {
        let (page, copied, excerpt) = (page.clone(), copied.setter(), props.excerpt);
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            let then = Callback::from(move |outcome: Result<(), Text>| {
                let shown = if outcome.is_ok() { SHOWN_MILLIS } else { READ_MILLIS };
                copied.set(Some(outcome));
                let copied = copied.clone();
                Timeout::new(shown, move || copied.set(None)).forget();
            });
            page.ask(Ask::Copy(excerpt, then));
        })
    };
    let (picture, words) = match &*copied {
        None => (Icon::Copy, label),
        Some(Ok(())) => (Icon::Check, COPIED),
        Some(Err(why)) => (Icon::Cross, why.clone()),
    };
    html! {
        <button type="button" class="button quiet copy" data-testid={id} {onclick}>
            { icon(picture) }<span aria-live="polite">{ page.say(words) }</span></button>
    }
}

const SHOWN_MILLIS: u32 = 2_000;
/// What went wrong takes longer to read.
const READ_MILLIS: u32 = 8_000;

const COPY: Text = Text::fixed("Copy as text", "Als Text kopieren");
const COPY_REDACTED: Text = Text::fixed("Copy as redacted text", "Als geschwärzten Text kopieren");
const TICKET: Text = Text::fixed("Copy for a ticket", "Für ein Ticket kopieren");
const TICKET_REDACTED: Text = Text::fixed("Copy redacted for a ticket", "Geschwärzt für ein Ticket kopieren");
const COPIED: Text = Text::fixed("Copied", "Kopiert");
