//! What the group policies do to the phones: a view of its own.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;

use super::table::PolicyTable;
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
#[function_component(Policy)]
pub fn policy(props: &Props) -> Html {
    let page = use_page();
    let shown = props.diagnosis.as_ref().filter(|case| !case.policies.is_empty());
    html! {
        <div class="view-page">
            <h1>{ page.say(Route::Policy.name()) }</h1>
            <p class="lead"><Prose text={if shown.is_some() { LEAD } else { EMPTY }} /></p>
            <div>{ shown.map(|case| html! { <PolicyTable diagnosis={case.clone()} /> }) }</div>
            <div>{ shown.is_none().then(|| html! { <DropZone /> }) }</div>
        </div>
    }
}

const LEAD: Text = Text::fixed(
    "What the phones get from the ASA, setting by setting, and which line says so.",
    "Was die Telefone von der ASA bekommen, Einstellung für Einstellung, und welche Zeile das sagt.",
);
const EMPTY: Text = Text::fixed(
    "Nothing is known yet. An ASA configuration with a tunnel group of phones (`show running-config`) fills this view.",
    "Noch ist nichts bekannt. Eine ASA-Konfiguration mit einer Tunnelgruppe von Telefonen (`show running-config`) füllt diese Ansicht.",
);
