//! The collection list as a script to download, for the system that the person sits at.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::tools::collection::Gateway;
use vpn_phone_doctor::tools::collection_script::{System, script};
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::use_page;

/// What to make it for.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// The one phone that the person looks at.
    #[prop_or_default]
    pub only: Option<AttrValue>,
    /// What the person said of the gateway.
    #[prop_or(Gateway::Unknown)]
    pub gateway: Gateway,
}

/// A button for each system.
#[function_component(Scripts)]
pub fn scripts(props: &Props) -> Html {
    let page = use_page();
    let refused = use_state_eq(|| false);
    let buttons = System::ALL.map(|system| {
        let (case, only, refused) = (props.diagnosis.clone(), props.only.clone(), refused.clone());
        let (gateway, lang) = (props.gateway, page.lang);
        let onclick = Callback::from(move |_: MouseEvent| {
            let text = script(case.as_deref(), only.as_deref(), gateway, system, lang);
            refused.set(effects::download(system.file(), "text/plain", &text).is_err());
        });
        html! {
            <button key={system.name()} type="button" class="button" data-testid="collection-script" data-system={system.name()} {onclick}>
                { system.name() }</button>
        }
    });
    html! {
        <div class="scripts">
            <p class="small"><strong>{ page.say(TITLE) }</strong>{ " " }{ page.say(WHAT) }</p>
            <p class="buttons">{ for buttons }</p>
            <p class="small" role="status" hidden={!*refused}>{ page.say(REFUSED) }</p>
        </div>
    }
}

const TITLE: Text = Text::fixed("As a script:", "Als Skript:");
const WHAT: Text = Text::fixed(
    "it fetches what can be fetched and lists what to type on the ASA and on CUCM.",
    "Es holt, was sich holen lässt, und führt auf, was auf ASA und CUCM einzugeben ist.",
);
const REFUSED: Text = Text::fixed(
    "The browser did not allow the download. Allow downloads for this page.",
    "Der Browser hat das Herunterladen nicht erlaubt. Erlauben Sie es für diese Seite.",
);
