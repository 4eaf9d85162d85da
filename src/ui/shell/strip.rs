//! What stands above every view: the views of the case that have something to show, and the one phone that all of
//! it speaks of, where the person chose one.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::text::Text;

use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::Action;
use crate::ui::widgets::{Device, Icon, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view.
    pub route: Route,
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// The one phone that the person looks at.
    pub only: Option<AttrValue>,
}

/// The strip.
#[function_component(Strip)]
pub fn strip(props: &Props) -> Html {
    let page = use_page();
    let shown = |route: &Route| props.diagnosis.as_ref().is_some_and(|case| route.shows(case));
    let views: Vec<Route> = Route::OF_CASE.into_iter().filter(shown).collect();
    let links = views.iter().map(|route| {
        let current = (props.route == *route).then_some("page");
        let count =
            props.diagnosis.as_ref().filter(|_| *route == Route::Phones).map(|case| case.phones.len());
        let name = if *route == Route::Case { OVERVIEW } else { route.name() };
        html! {
            <a key={route.address()} href={route.address()} aria-current={current}>{ page.say(name) }
                <span class="soft">{ count.map(|count| format!(" {}", words::number(count, page.lang))) }</span></a>
        }
    });
    let here = Route::OF_CASE.contains(&props.route) && views.len() > 1;
    html! {
        <div class="strip">
            <nav aria-label={page.say(VIEWS)} hidden={!here}>{ for links }</nav>
            <div class="only" hidden={props.only.is_none()}>{ props.only.clone().map(|name| chip(&page, name)) }</div>
        </div>
    }
}

fn chip(page: &Page, name: AttrValue) -> Html {
    let onclick = page.acts(|| Action::TakenBack("phone".to_owned()));
    html! {
        <span class="chip" data-testid="only-phone" data-name={name.clone()}>
            <span>{ page.say(ONLY) }</span><Device text={name} />
            <button type="button" class="button quiet square" aria-label={page.say(ALL)} title={page.say(ALL)} {onclick}>
                { icon(Icon::Remove) }</button>
        </span>
    }
}

const VIEWS: Text = Text::fixed("Views of the case", "Ansichten des Falls");
const OVERVIEW: Text = Text::fixed("Overview", "Überblick");
const ONLY: Text = Text::fixed("Only ", "Nur ");
const ALL: Text = Text::fixed("Show all phones again", "Wieder alle Telefone zeigen");
