//! What phones and ASA agree on: a view of its own.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::table::NegotiationTable;
use crate::ui::page::use_page;
use crate::ui::route::Route;
use crate::ui::widgets::{DropZone, Prose};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The view.
#[function_component(Negotiation)]
pub fn negotiation(props: &Props) -> Html {
    let page = use_page();
    let shown = props.diagnosis.as_ref().filter(|case| !case.negotiations.is_empty());
    html! {
        <div class="view-page">
            <h1>{ page.say(Route::Negotiation.name()) }</h1>
            <p class="lead"><Prose text={if shown.is_some() { LEAD } else { EMPTY }} /></p>
            <div>{ shown.map(|case| html! { <NegotiationTable diagnosis={case.clone()} /> }) }</div>
            <div>{ shown.is_none().then(|| html! { <DropZone /> }) }</div>
        </div>
    }
}

const LEAD: Text = Text::fixed(
    "Which version and suite each kind of phone and the ASA agree on, and which certificate the phone is given.",
    "Auf welche Version und welches Verfahren sich jede Art Telefon mit der ASA einigt und welches Zertifikat das Telefon bekommt.",
);
const EMPTY: Text = Text::fixed(
    "Nothing is known yet. The ASA’s SSL settings (`show running-config all ssl` or `show ssl`) or a capture fill this view.",
    "Noch ist nichts bekannt. Die SSL-Einstellungen der ASA (`show running-config all ssl` oder `show ssl`) oder ein Mitschnitt füllen diese Ansicht.",
);
