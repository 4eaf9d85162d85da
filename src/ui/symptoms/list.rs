//! "What do you see?": every wizard in its group, in the person's words, found by what phones and logs say.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::report::catalogue::Card;
use vpn_phone_doctor::symptoms::{ALL, Given, Group, Position, Symptom};
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::matching;
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::rules::{RuleRow, catalogue};
use crate::ui::state::State;
use crate::ui::widgets::{Icon, icon};

/// How much is said of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What the person sees.
    Title,
    /// What the walk finds out, too.
    Lead,
}

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
    /// How much is said of each.
    pub detail: Detail,
}

/// The list with its search.
#[function_component(Symptoms)]
pub fn symptoms(props: &Props) -> Html {
    let page = use_page();
    let query = use_state_eq(String::new);
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| query.set(effects::entered(&event).unwrap_or_default()))
    };
    let found: Vec<&'static Symptom> =
        ALL.iter().copied().filter(|symptom| matching::is_meant(symptom, &query)).collect();
    let searched = !query.trim().is_empty();
    let cards = use_cards(searched);
    let rules = if searched { matching(&cards, &query) } else { Vec::new() };
    let said = match (searched, found.len().saturating_add(rules.len())) {
        (false, _) => Text::default(),
        (true, 0) => NONE,
        (true, 1) => ONE,
        (true, count) => FOUND.number("count", count),
    };
    let groups = Group::ALL.into_iter().map(|group| {
        let ours: Vec<_> = found.iter().filter(|symptom| symptom.group == group).collect();
        let items = ours.iter().map(|symptom| entry(&page, props, symptom));
        html! {
            <section key={format!("{group:?}")} hidden={ours.is_empty()}>
                { heading(&page, props.detail, group) }
                <ul>{ for items }</ul>
            </section>
        }
    });
    html! {
        <div class={classes!("symptoms", (props.detail == Detail::Lead).then_some("with-leads"))}>
            <div class="find">
                <label for="symptom-search" class="small soft">{ page.say(SEARCH) }</label>
                <input id="symptom-search" type="search" class="entry-field" data-testid="symptom-search" autocomplete="off"
                    spellcheck="false" placeholder={page.say(EXAMPLE)} value={(*query).clone()} {oninput} />
                <p class="small soft" role="status">{ page.say(said) }</p>
            </div>
            <div class="groups">{ for groups }
                <section key="rules" class="rules" hidden={rules.is_empty()}>
                    { titled(&page, props.detail, RULES) }
                    <ul>{ for rules.iter().take(MOST_RULES).map(|card| html! { <li key={card.id.clone()} data-testid="rule-hit"><RuleRow card={card.clone()} /></li> }) }</ul>
                </section>
            </div>
        </div>
    }
}

/// Every rule, asked of the engine once somebody searches; none where it cannot tell.
#[hook]
fn use_cards(wanted: bool) -> Vec<Rc<Card>> {
    let cards = use_state(Vec::new);
    use_effect_with((wanted, cards.setter()), |(wanted, cards)| {
        if *wanted {
            let cards = cards.clone();
            spawn_local(async move { cards.set(catalogue().await.unwrap_or_default()) });
        }
    });
    (*cards).clone()
}

/// The rules that say all of these words: those whose title says them first.
fn matching(cards: &[Rc<Card>], query: &str) -> Vec<Rc<Card>> {
    let both = |text: &Text| [text.en().to_string(), text.de().to_string()];
    let head = |card: &Card| both(&card.prose.title).into_iter().chain([card.id.clone()]).collect::<Vec<_>>();
    let all = |card: &Card| {
        let fixes = card.prose.fixes.iter().flat_map(|fix| {
            let texts = fix.steps.iter().chain(&fix.verify).flat_map(both);
            texts.chain(fix.commands.iter().cloned()).collect::<Vec<_>>()
        });
        let body =
            card.prose.paragraphs.iter().flat_map(both).chain(fixes).chain(card.sources.iter().cloned());
        head(card).into_iter().chain(body).collect::<Vec<_>>()
    };
    let says = |texts: &[String]| matching::holds(texts.iter().map(String::as_str), query);
    let mut found: Vec<Rc<Card>> = cards.iter().filter(|card| says(&all(card))).cloned().collect();
    found.sort_by_key(|card| !says(&head(card)));
    found
}

/// On a page of their own the groups lie below the page's heading, at the start below the question's.
fn heading(page: &Page, detail: Detail, group: Group) -> Html {
    titled(page, detail, group.name())
}

fn titled(page: &Page, detail: Detail, name: Text) -> Html {
    match detail {
        Detail::Title => html! { <h3>{ page.say(name) }</h3> },
        Detail::Lead => html! { <h2>{ page.say(name) }</h2> },
    }
}

fn entry(page: &Page, props: &Props, symptom: &'static Symptom) -> Html {
    let State { said, wizard_answers, diagnosis, .. } = &props.state;
    let given = wizard_answers.given(said, symptom);
    let mark = mark(symptom, diagnosis.as_ref(), &given);
    html! {
        <li key={symptom.id}>
            <a href={Route::Symptom(symptom.id).address()} data-testid="symptom" data-symptom={symptom.id}>
                { page.say(symptom.title.clone()) }</a>
            <span class="mark small" hidden={mark.is_none()}>{ mark.map(|(picture, word)| html! { <>{ icon(picture) }{ page.say(word) }</> }) }</span>
            <p class="small soft" hidden={props.detail == Detail::Title}>{ page.say(symptom.lead.clone()) }</p>
        </li>
    }
}

/// What is known of it already.
fn mark(symptom: &Symptom, diagnosis: Option<&Rc<Diagnosis>>, given: &[Given]) -> Option<(Icon, Text)> {
    let walk = symptom.walk(diagnosis.map(|case| &**case), given);
    match walk.position {
        Position::Rule { finding: Some(_), .. } => Some((Icon::Cross, SHOWN)),
        _ if !given.is_empty() => Some((Icon::Dots, BEGUN)),
        _ => None,
    }
}

/// A longer list answers no question; more words make it shorter.
const MOST_RULES: usize = 12;

const RULES: Text = Text::fixed("Known reasons", "Bekannte Gründe");
const SEARCH: Text =
    Text::fixed("Find it by what phone or log says", "Suchen Sie nach dem, was Telefon oder Protokoll sagt");
const EXAMPLE: Text = Text::fixed("alert 48", "Alert 48");
const NONE: Text = Text::fixed(
    "Nothing was found for these words. Try fewer, or drop the log itself.",
    "Zu diesen Wörtern wurde nichts gefunden. Versuchen Sie weniger oder legen Sie das Protokoll selbst ab.",
);
const ONE: Text = Text::fixed("1 found", "1 gefunden");
const FOUND: Text = Text::fixed("{count} found", "{count} gefunden");
const SHOWN: Text = Text::fixed("your files show it", "Ihre Dateien zeigen es");
const BEGUN: Text = Text::fixed("begun", "begonnen");
