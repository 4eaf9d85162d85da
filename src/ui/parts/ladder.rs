//! The twelve stages that a phone goes through, and where it broke: the picture of the product.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnosis::{Diagnosis, StageRow};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Text;

use super::{Prose, states};
use crate::ui::app::{Page, use_page};
use crate::ui::icons::icon;
use crate::ui::state::Action;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The chosen stage.
    pub chosen: Option<Stage>,
}

/// The ladder.
#[function_component(Ladder)]
pub fn ladder(props: &Props) -> Html {
    let page = use_page();
    let steps = props.diagnosis.stages.iter().map(|row| step(&page, row, props.chosen));
    let chosen = props.diagnosis.stages.iter().find(|row| Some(row.stage) == props.chosen);
    html! {
        <section class="ladder-frame" aria-label={page.say(LABEL)}>
            <ol class="ladder" data-testid="ladder">{ for steps }</ol>
            <div class="chosen" hidden={chosen.is_none()} aria-live="polite">{ chosen.map(|row| told(&page, row)) }</div>
        </section>
    }
}

fn step(page: &Page, row: &StageRow, chosen: Option<Stage>) -> Html {
    let look = states::stage(row.state);
    let stage = row.stage;
    let onclick = page.acts(move || Action::StageChosen(stage));
    html! {
        <li key={stage.id()} class={classes!("step", look.class)}>
            <button type="button" data-stage={stage.id()} data-state={row.state.id()} {onclick}
                aria-pressed={(chosen == Some(stage)).to_string()} title={page.say(row.because.clone())}>
                <span class="node">{ icon(look.icon) }</span>
                <span class="name">{ page.say(stage.name()) }</span>
                <span class="state">{ page.say(look.word) }</span>
            </button>
        </li>
    }
}

fn told(page: &Page, row: &StageRow) -> Html {
    let stage = row.stage;
    let (name, word) = (stage.name(), states::stage(row.state).word);
    let only =
        ONLY.filled(&[("en", &name.en), ("de", &name.de), ("state-en", &word.en), ("state-de", &word.de)]);
    html! {
        <p>
            <strong>{ page.say(only) }</strong>{ " " }<Prose text={row.because.clone()} />{ " " }
            <button type="button" class="link" onclick={page.acts(move || Action::StageChosen(stage))}>
                { page.say(ALL) }
            </button>
        </p>
    }
}

const LABEL: Text = Text::fixed("The stages of a connection", "Die Stufen einer Verbindung");
const ONLY: Text = Text::fixed("Only “{en}” is shown: {state-en}.", "Gezeigt wird nur „{de}“: {state-de}.");
const ALL: Text = Text::fixed("Show all stages", "Alle Stufen zeigen");
