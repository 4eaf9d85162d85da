//! What the evidence shows of each phone: a view of its own.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;

use super::table::PhonesTable;
use crate::ui::page::use_page;
use crate::ui::route::Route;
use crate::ui::widgets::{DropZone, Prose};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// The one phone that the person looks at.
    pub only: Option<AttrValue>,
}

/// The view.
#[function_component(Phones)]
pub fn phones(props: &Props) -> Html {
    let page = use_page();
    let shown = props.diagnosis.as_ref().filter(|case| !case.phones.is_empty());
    html! {
        <div class="view-page">
            <h1>{ page.say(Route::Phones.name()) }</h1>
            <p class="lead"><Prose text={if shown.is_some() { LEAD } else { EMPTY }} /></p>
            <div>{ shown.map(|case| html! { <PhonesTable diagnosis={case.clone()} only={props.only.clone()} page_size={PAGE_SIZE} /> }) }</div>
            <div>{ shown.is_none().then(|| html! { <DropZone /> }) }</div>
        </div>
    }
}

const PAGE_SIZE: u32 = 50;

const LEAD: Text = Text::fixed(
    "One row for each phone. Choose one to show only this phone.",
    "Eine Zeile für jedes Telefon. Wählen Sie eines, um nur dieses Telefon zu zeigen.",
);
const EMPTY: Text = Text::fixed(
    "No phone is known yet. Logs of phone and ASA fill this view.",
    "Noch ist kein Telefon bekannt. Protokolle von Telefon und ASA füllen diese Ansicht.",
);
