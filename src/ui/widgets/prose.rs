//! A text for people, with its code spans set as code.

use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::device::shown;
use super::words::{Span, spans};
use crate::ui::page::use_page;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The text.
    pub text: Text,
}

/// Prose in the page's language.
#[function_component(Prose)]
pub fn prose(props: &Props) -> Html {
    let page = use_page();
    let words = props.text.get(page.lang);
    let spans = spans(&words).into_iter().map(|span| match span {
        Span::Words(words) => html! { <span>{ shown(words) }</span> },
        Span::Code(code) => html! { <code translate="no">{ shown(code) }</code> },
    });
    html! { <span class="prose">{ for spans }</span> }
}
