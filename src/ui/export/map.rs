//! What stands for what, saved apart: its own button, its own warning.

use yew::prelude::*;

use vpn_phone_doctor::engine::MapForm;
use vpn_phone_doctor::text::Text;

use super::model::Redaction;
use crate::ui::page::{Ask, use_page};

/// Whose map.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The redacted case.
    pub redaction: Redaction,
}

/// The buttons that save the map.
#[function_component(KeepMap)]
pub fn keep_map(props: &Props) -> Html {
    let page = use_page();
    let there = matches!(&props.redaction, Redaction::Ready(redacted) if !redacted.map.is_empty());
    let button = |form: MapForm, id: &'static str, label: Text| {
        html! {
            <button type="button" class="button danger" data-testid="save-map" data-map={id}
                onclick={page.asks(move || Ask::SaveMap(form))}>{ page.say(label) }</button>
        }
    };
    html! {
        <section class="map" aria-labelledby="map-title" hidden={!there}>
            <h3 id="map-title">{ page.say(TITLE) }</h3>
            <p class="small">{ page.say(WARNING) }</p>
            <div class="buttons">{ button(MapForm::Json, "json", JSON) }{ button(MapForm::Text, "text", PLAIN) }</div>
        </section>
    }
}

const TITLE: Text = Text::fixed("For you alone: what stands for what", "Nur für Sie: was wofür steht");
const WARNING: Text = Text::fixed(
    "With this list you find your own names again in an answer. It holds every real name: keep it, and never send it with the report.",
    "Mit dieser Liste finden Sie in einer Antwort Ihre eigenen Namen wieder. Sie enthält alle echten Namen: Behalten Sie sie und senden Sie sie nie mit dem Bericht.",
);
const JSON: Text =
    Text::fixed("Save the list of real names (JSON)", "Liste der echten Namen speichern (JSON)");
const PLAIN: Text =
    Text::fixed("Save the list of real names (text)", "Liste der echten Namen speichern (Text)");
