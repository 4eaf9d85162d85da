//! "What do you see?": every wizard in its group, in the person's words, found by what phones and logs say.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms::{ALL, Given, Group, Stands, Symptom};
use vpn_phone_doctor::text::Text;

use crate::ui::app::{Page, use_page};
use crate::ui::effects;
use crate::ui::icons::{Icon, icon};
use crate::ui::route::Route;
use crate::ui::state::State;
use crate::ui::walks;

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
        ALL.iter().copied().filter(|symptom| walks::is_meant(symptom, &query)).collect();
    let said = match (query.trim().is_empty(), found.len()) {
        (true, _) => Text::default(),
        (false, 0) => NONE,
        (false, 1) => ONE,
        (false, count) => FOUND.filled(&[("count", &count.to_string())]),
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
            <div class="groups">{ for groups }</div>
        </div>
    }
}

/// On a page of their own the groups lie below the page's heading, at the start below the question's.
fn heading(page: &Page, detail: Detail, group: Group) -> Html {
    match detail {
        Detail::Title => html! { <h3>{ page.say(group.name()) }</h3> },
        Detail::Lead => html! { <h2>{ page.say(group.name()) }</h2> },
    }
}

fn entry(page: &Page, props: &Props, symptom: &'static Symptom) -> Html {
    let State { said, walks, diagnosis, .. } = &props.state;
    let given = walks.given(said, symptom);
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
    match walk.stands {
        Stands::Rule { finding: Some(_), .. } => Some((Icon::Cross, SHOWN)),
        _ if !given.is_empty() => Some((Icon::Dots, BEGUN)),
        _ => None,
    }
}

const SEARCH: Text =
    Text::fixed("Find it by what phone or log says", "Suchen Sie nach dem, was Telefon oder Protokoll sagt");
const EXAMPLE: Text = Text::fixed("alert 48", "Alert 48");
const NONE: Text = Text::fixed(
    "Nothing is known by these words. Try fewer, or drop the log itself.",
    "Unter diesen Wörtern ist nichts bekannt. Nehmen Sie weniger oder legen Sie das Protokoll selbst ab.",
);
const ONE: Text = Text::fixed("1 found", "1 gefunden");
const FOUND: Text = Text::fixed("{count} found", "{count} gefunden");
const SHOWN: Text = Text::fixed("your files show it", "Ihre Dateien zeigen es");
const BEGUN: Text = Text::fixed("begun", "begonnen");
