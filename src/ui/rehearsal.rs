//! A case that is drawn once where nobody sees it: the first one that a person waits for is then not the first one that
//! the browser draws, so what draws it is compiled.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use vpn_phone_doctor::diagnosis::Diagnosis;
use yew::prelude::*;

use super::browser::effects;
use super::case::Case;
use super::page::Page;
use super::state::{Action, File, Progress, State};

#[derive(Properties, PartialEq)]
struct Props {
    state: State,
}

#[function_component(Stage)]
fn stage(props: &Props) -> Html {
    let page = Page::new(&props.state, Callback::noop(), Callback::noop());
    html! { <ContextProvider<Page> context={page}><Case state={props.state.clone()} /></ContextProvider<Page>> }
}

/// Draws a case as it comes: its files while they are read, its verdict, and what comes behind that.
pub fn rehearse(diagnosis: Diagnosis) {
    // It is never a part of the document.
    let Ok(root) = gloo::utils::document().create_element("div") else { return };
    let files =
        (0..).zip(diagnosis.inputs.iter().filter(|input| input.inside.is_none())).map(|(id, input)| File {
            id,
            name: input.name.clone(),
            bytes: input.bytes,
            said: None,
            again: false,
            progress: Progress::Reading(0),
        });
    let state = State { lang: effects::language(), ..State::default() };
    let state = state.after(Action::Added(files.collect()));
    let mut stage =
        yew::Renderer::<Stage>::with_root_and_props(root, Props { state: state.clone() }).render();
    let read = state.files.iter().map(|file| Action::Read(file.id, Rc::default())).collect();
    Timeout::new(0, move || {
        let state = state.after(Action::Several(read));
        let state = state.after(Action::Diagnosed(state.generation, Rc::new(diagnosis)));
        stage.update(Props { state });
        // What comes behind the verdict has its own picture.
        Timeout::new(LONG_ENOUGH, move || stage.destroy()).forget();
    })
    .forget();
}

/// Milliseconds within which all of it is drawn.
const LONG_ENOUGH: u32 = 300;
