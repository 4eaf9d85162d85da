//! The page as a whole: the state, what is asked of browser and workers, and the view that the address names.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::at_once::use_at_once;
use super::background::{self, Background, use_diagnosis};
use super::browser::{back, effects, held};
use super::case::verdict_look;
use super::compare::use_comparing;
use super::export::use_redaction;
use super::keys::{Here, Keys};
use super::page::{Ask, Page};
use super::plan::use_foretelling;
use super::route::Route;
use super::search::Search;
use super::shell::{Foot, Head, Strip};
use super::state::{Action, Overlay, State};
use super::turns::use_paper;
use super::viewer::Viewer;
use super::views;
use super::window::{Now, use_window};

/// Puts the page into the document.
pub fn start() {
    if let Some(place) = gloo::utils::document().get_element_by_id("page") {
        yew::Renderer::<App>::with_root(place).render();
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

#[function_component(App)]
fn app() -> Html {
    let state = use_reducer(|| State {
        lang: effects::language(),
        theme: effects::theme(),
        route: effects::route(),
        ..State::default()
    });
    let background = use_memo((), |()| Background::default());
    let dispatcher = state.dispatcher();
    // What has the keyboard when something is about to lie over the page. It is asked before the picture changes: the
    // browser takes the keyboard from a page that is inert.
    let below_viewer = use_mut_ref(|| None::<HtmlElement>);
    let below_dialog = use_mut_ref(|| None::<HtmlElement>);
    let below = (Rc::clone(&below_viewer), Rc::clone(&below_dialog));
    let act = use_callback((), move |action: Action, ()| {
        match action {
            Action::Viewed(_) | Action::Sought(..) if below.0.borrow().is_none() => {
                drop(below.0.replace(effects::focused()))
            }
            Action::Overlaid(Overlay::Keys | Overlay::Wipe) => drop(below.1.replace(effects::focused())),
            _ => {}
        }
        dispatcher.dispatch(action);
    });
    // A handle of the state would keep every state that was ever looked at through it.
    let latest = use_mut_ref(State::default);
    // Asked for at once: what is dropped before the effect runs is held as well.
    let left = use_memo((), |()| held::taken());
    let (begun, told) = (Rc::clone(&background), act.clone());
    use_effect_with((), move |()| background::begin_again(&left, &begun, &told));
    latest.replace((*state).clone());
    let ask = use_callback(act.clone(), move |wanted: Ask, act| {
        let state = latest.borrow().clone();
        background::perform(wanted, &background, act, &state);
    });
    let page = Page::new(&state, act, ask);
    let here = Here::of(&state);
    use_paper();
    use_window(Now { page: page.clone(), here });
    use_diagnosis(&page, &state);
    use_redaction(&page, &state);
    use_foretelling(&page, &state);
    use_comparing(&page, &state);
    let dressed = use_mut_ref(|| false);
    use_effect_with((state.lang, state.theme), move |(lang, theme)| {
        effects::dress(*lang, *theme);
        // What nobody chose is not stored.
        if dressed.replace(true) {
            effects::remember(*lang, *theme);
        }
    });
    use_effect_with(title(&page, &state), |title| effects::entitle(title));
    let opened = use_mut_ref(|| false);
    let from = use_mut_ref(|| None::<HtmlElement>);
    let asked_from = Rc::clone(&from);
    use_at_once((state.route, state.led.clone()), move |(route, led)| {
        back::go(*route);
        // The keyboard starts at the top of a page that has just opened, and at the content of a view gone to.
        let opened = opened.replace(true);
        match led {
            Some(rule) => effects::focus_finding(rule),
            None if opened => effects::begin_view(),
            None => {}
        }
        asked_from.replace(effects::focused());
    });
    // Yew 0.23 may pause between the picture of a parent and that of its children (`can_yield` in its `scheduler.rs`
    // does not count properties that are handed down): then the finding was not there yet. Whoever moved the keyboard
    // meanwhile keeps it.
    use_effect_with(state.led.clone(), move |led| {
        let stays = effects::focused() == *from.borrow();
        if let Some(rule) = led.as_ref().filter(|_| stays) {
            effects::focus_finding(rule);
        }
    });
    use_at_once(state.viewed.is_some(), move |open| {
        if *open {
            effects::focus_in_place("#viewer-close");
            back::opened();
        } else if let Some(element) = below_viewer.take() {
            back::closed();
            effects::focus_element(&element);
            // What led here may be gone, as the hits of a search are once one was chosen.
            if effects::keyboard_lost() {
                effects::focus_in_place("#search");
            }
        }
    });
    let asking = matches!(state.overlay, Overlay::Keys | Overlay::Wipe);
    let modal = asking || state.viewed.is_some();
    let viewer = state.diagnosis.clone().zip(state.viewed.clone()).map(|(diagnosis, place)| {
        html! { <Viewer {diagnosis} {place} sources={state.sources.clone()} sought={state.sought.clone()} /> }
    });
    use_at_once(asking, move |asking| {
        if *asking {
            effects::focus_in_place("#dialog-close");
        } else if let Some(element) = below_dialog.take() {
            effects::focus_element(&element);
        }
    });
    html! {
        <ContextProvider<Page> context={page.clone()}>
            <div class="page">
                <div inert={modal}>
                    <nav aria-label={page.say(SKIP)}><a class="skip" href={state.route.address()} onclick={skip()}>{ page.say(SKIP) }</a></nav>
                    <Head route={state.route} theme={state.theme} has_case={!state.files.is_empty()} />
                    <main id="main" tabindex="-1">
                        <Search diagnosis={state.diagnosis.clone()} files={state.judged_files()} />
                        <Strip route={state.route} diagnosis={state.diagnosis.clone()} only={state.chosen_phone().map(str::to_owned)} />
                        <div class="view" key={state.route.address()} data-route={state.route.address()}>{ views::view(&state) }</div>
                    </main>
                    <Foot />
                </div>
                <div class="over" inert={asking}>{ viewer }</div>
                <Keys {here} />
            </div>
        </ContextProvider<Page>>
    }
}

/// What the window is called: the view and how the case stands, never anything of a file.
fn title(page: &Page, state: &State) -> String {
    let stands = state.diagnosis.as_deref().map(|diagnosis| page.say(verdict_look(diagnosis).word));
    let view = (state.route != Route::Start).then(|| page.say(state.route.name()));
    let parts = [stands, view, Some(AttrValue::Static("VPN Phone Doctor"))];
    parts.into_iter().flatten().map(|part| part.to_string()).collect::<Vec<_>>().join(" – ")
}

fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        effects::focus("main");
    })
}

const SKIP: Text = Text::fixed("To the content", "Zum Inhalt");
