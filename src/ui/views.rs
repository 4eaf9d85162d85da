//! What an address shows.

use yew::prelude::*;

use super::case::Case;
use super::certificates::Certificates;
use super::compare::CompareView;
use super::hash::Hash;
use super::manual::Manual;
use super::negotiation::Negotiation;
use super::phones::Phones;
use super::plan::PlanView;
use super::policy::Policy;
use super::route::Route;
use super::rules::Rules;
use super::start::Start;
use super::state::State;
use super::symptoms::{Wizard, Wizards};
use super::timeline::Timeline;
use super::trust::Trust;

/// The view that the address names.
pub fn view(state: &State) -> Html {
    let diagnosis = state.diagnosis.clone();
    match state.route {
        Route::Start => html! { <Start state={state.clone()} /> },
        Route::Case => html! { <Case state={state.clone()} /> },
        Route::Policy => html! { <Policy {diagnosis} /> },
        Route::Negotiation => html! { <Negotiation {diagnosis} /> },
        Route::Phones => {
            html! { <Phones {diagnosis} only={state.chosen_phone().map(|name| AttrValue::from(name.to_owned()))} /> }
        }
        Route::Plan => html! { <PlanView state={state.clone()} /> },
        Route::Compare => html! { <CompareView state={state.clone()} /> },
        Route::Timeline => html! { <Timeline {diagnosis} /> },
        Route::Symptoms => html! { <Wizards state={state.clone()} /> },
        Route::Symptom(id) => html! { <Wizard {id} state={state.clone()} /> },
        Route::Hash => html! { <Hash {diagnosis} /> },
        Route::Certificates => html! { <Certificates {diagnosis} /> },
        Route::Rules => html! { <Rules /> },
        Route::Manual => html! { <Manual /> },
        Route::Trust => html! { <Trust /> },
    }
}
