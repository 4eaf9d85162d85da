//! What an address shows.

use yew::prelude::*;

mod case;
mod certificates;
mod hash;
mod negotiation;
mod phones;
mod policy;
mod rules;
mod start;
mod symptom;
mod symptoms;
mod timeline;
mod trust;

use super::route::Route;
use super::state::State;

/// The view that the address names.
pub fn view(state: &State) -> Html {
    let diagnosis = state.diagnosis.clone();
    match state.route {
        Route::Start => html! { <start::Start state={state.clone()} /> },
        Route::Case => html! { <case::Case state={state.clone()} /> },
        Route::Policy => html! { <policy::Policy {diagnosis} /> },
        Route::Negotiation => html! { <negotiation::Negotiation {diagnosis} /> },
        Route::Phones => html! { <phones::Phones {diagnosis} only={only(state)} /> },
        Route::Timeline => html! { <timeline::Timeline {diagnosis} /> },
        Route::Symptoms => html! { <symptoms::Wizards state={state.clone()} /> },
        Route::Symptom(id) => html! { <symptom::Wizard {id} state={state.clone()} /> },
        Route::Hash => html! { <hash::Hash {diagnosis} /> },
        Route::Certificates => html! { <certificates::Certificates {diagnosis} /> },
        Route::Rules => html! { <rules::Rules /> },
        Route::Trust => html! { <trust::Trust /> },
    }
}

/// The one phone that the person wants to look at.
pub fn only(state: &State) -> Option<AttrValue> {
    state.said.answer("phone").map(|name| AttrValue::from(name.to_owned()))
}
