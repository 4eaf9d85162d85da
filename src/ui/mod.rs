//! The page.

pub mod engine;
pub mod panic;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Puts the page into the document.
pub fn start() {
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("page"));
    if let Some(place) = place {
        yew::Renderer::<App>::with_root(place).render();
    }
}

#[function_component(App)]
fn app() -> Html {
    let answer = use_state(String::new);
    let ask = {
        let answer = answer.clone();
        Callback::from(move |_: MouseEvent| {
            let answer = answer.clone();
            spawn_local(async move {
                let pending = engine::engine()
                    .read(engine::Source::bytes("pasted", b"902: NOT 10:19:27.155936 VPNC: x\n"), |_| {});
                let done = pending.done().await;
                answer.set(format!("{} bytes", done.reading.len()));
            });
        })
    };
    html! { <main><h1>{ "VPN Phone Doctor" }</h1><button onclick={ask}>{ "Ask the worker" }</button><p id="answer">{ (*answer).clone() }</p></main> }
}
