//! The twelve stages that a phone goes through, and where it broke: the picture of the product.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{Diagnosis, PhoneRow, StageRow};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::phones::{Count, at_stage};
use crate::ui::state::Action;
use crate::ui::widgets::{Prose, icon, states, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The chosen stage.
    pub chosen: Option<Stage>,
    /// It is the ladder of one phone, whatever other phones the case has.
    pub alone: bool,
}

/// The ladder.
#[function_component(Ladder)]
pub fn ladder(props: &Props) -> Html {
    let page = use_page();
    // One ladder of many phones would contradict itself: it counts them.
    let phones = if props.alone { &[][..] } else { props.diagnosis.phones.as_slice() };
    let steps = props.diagnosis.stages.iter().map(|row| step(&page, row, phones, props.chosen));
    let chosen = props.diagnosis.stages.iter().find(|row| Some(row.stage) == props.chosen);
    html! {
        <section class="ladder-frame" aria-label={page.say(LABEL)}>
            <ol class="ladder" data-testid="ladder">{ for steps }</ol>
            <div class="chosen" hidden={chosen.is_none()} aria-live="polite">{ chosen.map(|row| stage_in_words(&page, row, phones)) }</div>
        </section>
    }
}

fn step(page: &Page, row: &StageRow, phones: &[PhoneRow], chosen: Option<Stage>) -> Html {
    let look = states::stage(row.state);
    let stage = row.stage;
    let count = at_stage(phones, stage).map(|count| counted(page, count));
    let onclick = page.acts(move || Action::StageChosen(stage));
    html! {
        <li key={stage.id()} class={classes!("step", look.class)}>
            <button type="button" data-stage={stage.id()} data-state={row.state.id()} {onclick}
                aria-pressed={(chosen == Some(stage)).to_string()} title={page.label(row.because.clone())}>
                <span class="node">{ icon(look.icon) }</span>
                <span class="name">{ page.say(stage.name()) }</span>
                <span class="state">{ page.say(look.word) }</span>
                <span class="count" data-testid="stage-count" hidden={count.is_none()}>{ count }</span>
            </button>
        </li>
    }
}

fn counted(page: &Page, count: Count) -> AttrValue {
    let (form, some) = if count.failed > 0 { (FAILED, count.failed) } else { (PASSED, count.passed) };
    let number = |value: usize| words::number(value, page.lang);
    page.say(form.with("count", Class::Words, number(some)).with("all", Class::Words, number(count.all)))
}

fn stage_in_words(page: &Page, row: &StageRow, phones: &[PhoneRow]) -> Html {
    let stage = row.stage;
    let (name, word) = (stage.name(), states::stage(row.state).word);
    let only = ONLY.nested("stage", name).nested("state", word);
    html! {
        <p>
            <strong>{ page.say(only) }</strong>{ " " }
            { at_stage(phones, stage).map(|count| format!("{}. ", counted(page, count))) }<Prose text={row.because.clone()} />{ " " }
            <button type="button" class="link" onclick={page.acts(move || Action::StageChosen(stage))}>
                { page.say(ALL) }
            </button>
        </p>
    }
}

const LABEL: Text = Text::fixed("The stages of a connection", "Die Stufen einer Verbindung");
const ONLY: Text = Text::fixed("Only “{stage}” is shown: {state}.", "Gezeigt wird nur „{stage}“: {state}.");
const FAILED: Text =
    Text::fixed("{count} of {all} phones failed here", "{count} von {all} Telefonen hier gescheitert");
const PASSED: Text = Text::fixed("{count} of {all} phones passed", "{count} von {all} Telefonen bestanden");
const ALL: Text = Text::fixed("Show all stages", "Alle Stufen zeigen");
