//! The catalogue: every rule with what it looks for, what it needs, why it hurts and how it is fixed.

use std::rc::Rc;

use vpn_phone_doctor::report::catalogue::Card;
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::card::{RuleRow, catalogue};
use crate::ui::page::use_page;

/// The catalogue.
#[function_component(Rules)]
pub fn rules() -> Html {
    let page = use_page();
    let asked = use_state(|| None::<Result<Vec<Rc<Card>>, Text>>);
    use_effect_with(asked.setter(), |asked| {
        let asked = asked.clone();
        spawn_local(async move { asked.set(Some(catalogue().await)) });
    });
    let (cards, line) = match &*asked {
        None => (&[][..], LOADING),
        Some(Err(why)) => (&[][..], why.clone()),
        Some(Ok(cards)) => (cards.as_slice(), COUNT.number("count", cards.len())),
    };
    let stages = Stage::ALL.into_iter().map(|stage| {
        let rules: Vec<&Rc<Card>> = cards.iter().filter(|card| card.stage == stage).collect();
        let rows = rules
            .iter()
            .map(|card| html! { <li key={card.id.clone()}><RuleRow card={(*card).clone()} /></li> });
        html! {
            <section key={stage.id()} hidden={rules.is_empty()}>
                <h2>{ page.say(stage.name()) }</h2>
                <ul>{ for rows }</ul>
            </section>
        }
    });
    html! {
        <div class="rules">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead" aria-live="polite">{ page.say(line) }</p>
            { for stages }
        </div>
    }
}

const TITLE: Text = Text::fixed("Rules", "Regeln");
const COUNT: Text = Text::fixed(
    "{count} known reasons why a phone’s VPN fails, in the order in which a phone meets them.",
    "{count} bekannte Gründe, aus denen das VPN eines Telefons scheitert, in der Reihenfolge, in der ein Telefon auf sie trifft.",
);
const LOADING: Text = Text::fixed("One moment …", "Einen Augenblick …");
