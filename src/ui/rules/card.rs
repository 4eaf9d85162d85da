//! One rule as the catalogue tells it. The rules live in the engine; the page asks it for them when somebody looks.

use std::rc::Rc;

use vpn_phone_doctor::finding::Target;
use vpn_phone_doctor::report::catalogue::{Card, placeholders};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::engine::engine;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Commands, Prose, icon, states};

/// Every rule's card.
pub async fn catalogue() -> Result<Vec<Rc<Card>>, Text> {
    let cards = engine().catalogue().await.map_err(|failure| failure.of_the_page())?;
    Ok(cards.into_iter().map(Rc::new).collect())
}

/// A rule to show.
#[derive(Properties, PartialEq)]
pub struct RowProps {
    /// What it says.
    pub card: Rc<Card>,
}

/// The body is made when somebody opens it for the first time.
#[function_component(RuleRow)]
pub fn row(props: &RowProps) -> Html {
    let page = use_page();
    let opened = use_state_eq(|| false);
    let ontoggle = use_callback(opened.setter(), |_: Event, opened| opened.set(true));
    let card = &*props.card;
    let look = states::severity(card.severity);
    html! {
        <details class={classes!("rule", look.class)} {ontoggle} data-rule={card.id.clone()}>
            <summary>
                <span class="sign-post">{ icon(look.icon) }<span class="unseen">{ page.say(look.word) }</span></span>
                <span class="title"><Prose text={general(&card.prose.title)} /></span>
                <code class="small soft" translate="no">{ card.id.clone() }</code>
            </summary>
            <div class="body">{ opened.then(|| rule_body(&page, card)) }</div>
        </details>
    }
}

/// What a rule says.
pub fn rule_body(page: &Page, card: &Card) -> Html {
    let needs: Vec<String> = card.needs.iter().map(|need| page.say(need.name()).to_string()).collect();
    let list = |heading: Text, items: &[Text]| {
        let shown = items.iter().map(|item| html! { <li><Prose text={general(item)} /></li> });
        html! { <div class="listed" hidden={items.is_empty()}><h4>{ page.say(heading) }</h4><ul>{ for shown }</ul></div> }
    };
    let fixes = card.prose.fixes.iter().map(|fix| {
        html! {
            <div class="fix-block">
                <h3>{ page.say(heading(fix.on)) }</h3>
                <ol class="steps" hidden={fix.steps.is_empty()}>
                    { for fix.steps.iter().map(|step| html! { <li><Prose text={general(step)} /></li> }) }</ol>
                <Commands lines={fix.commands.iter().map(|line| placeholders(line)).collect::<Vec<_>>()} />
                <div class="after">{ list(VERIFY, &fix.verify) }{ list(UNDO, &fix.undo) }</div>
            </div>
        }
    });
    html! {
        <>
            <p class="small soft">{ page.say(states::severity(card.severity).word) }{ " · " }{ page.say(NEEDS) }{ needs.join(", ") }</p>
            { for card.prose.paragraphs.iter().map(|text| html! { <p><Prose text={general(text)} /></p> }) }
            { for fixes }
            <p class="small soft" lang="en" translate="no">{ card.sources.join(" · ") }</p>
        </>
    }
}

/// A text that no case has filled: its placeholders stand as they do where a value is missing.
pub fn general(text: &Text) -> Text {
    Text::template(placeholders(&text.en()), placeholders(&text.de()))
}

fn heading(on: Target) -> Text {
    FIX.nested("what", on.name())
}

const NEEDS: Text = Text::fixed("seen in: ", "zu sehen in: ");
const FIX: Text = Text::fixed("Fix: {what}", "Behebung: {what}");
const VERIFY: Text = Text::fixed("What you see afterwards", "Das sehen Sie danach");
const UNDO: Text = Text::fixed("To undo it", "So machen Sie es rückgängig");
