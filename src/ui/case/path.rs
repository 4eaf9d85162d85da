//! The picture: phone, network, ASA, tunnel and CUCM in a row, with what they are called, and a sign and a word where it
//! breaks.
//!
//! It is a list whose parts are drawn, so whoever does not see it hears the same words in the same order; each part leads
//! to its stage on the ladder.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::views::way::{LABEL, NOT_SHOWN, Part, PartState, Place, SIGN, places};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::widgets::states::Look;
use crate::ui::widgets::{Prose, icon, states};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The chosen stage.
    pub chosen: Option<Stage>,
}

/// The picture; hidden where nothing is known.
#[function_component(Path)]
pub fn path(props: &Props) -> Html {
    let page = use_page();
    let places = places(&props.diagnosis);
    let parts = places.iter().map(|place| part(&page, props, place));
    html! {
        <section class="hops" aria-label={page.say(LABEL)} hidden={places.is_empty()}>
            <ol data-testid="path">{ for parts }</ol>
        </section>
    }
}

fn part(page: &Page, props: &Props, place: &Place<'_>) -> Html {
    let Place { part, stands, stage, lines, .. } = *place;
    let look = look_of(stands, stage);
    let wire = matches!(part, Part::Way | Part::Tunnel);
    let verdict = props.diagnosis.verdict.rule.clone().filter(|_| stands.is_break());
    let onclick = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| match &verdict {
            Some(rule) => page.lead(rule),
            None => page.act(Action::StageChosen(stage)),
        })
    };
    let known = lines.iter().map(|line| html! { <li><Prose text={line.clone()} /></li> });
    let class = classes!(
        "place",
        look.class,
        wire.then_some("wire"),
        lines.is_empty().then_some("unknown"),
        place.before.then_some("lit-in"),
        place.after.then_some("lit-out")
    );
    html! {
        <li key={part.id()} {class} data-testid="place" data-part={part.id()} data-break={stands.is_break().then_some("true")}>
            { drawing(part, stands) }
            <div class="about">
                <strong>{ page.say(part.name(&props.diagnosis)) }</strong>
                <ul hidden={lines.is_empty()}>{ for known }</ul>
                <p class="soft" hidden={!lines.is_empty()}>{ page.say(NOT_SHOWN) }</p>
                <button type="button" class="link state" data-stage={stage.id()} {onclick}
                    aria-pressed={(!stands.is_break()).then(|| (props.chosen == Some(stage)).to_string())}>
                    { icon(look.icon) }<span>{ page.say(look.word) }</span></button>
            </div>
        </li>
    }
}

fn look_of(stands: PartState, stage: Stage) -> Look {
    let Look { icon, class, word } = states::stage(stands.as_stage());
    Look { icon, class, word: stands.word(stage).unwrap_or(word) }
}

/// The part on a ground 48 pixels high: lines reach from the edges to what stands in the middle.
fn drawing(part: Part, stands: PartState) -> Html {
    let sign = stands.is_break().then(|| {
        html! { <g class="sign" transform={part.sign_at()}><circle r="11" /><path d={SIGN} /></g> }
    });
    let (from, to) = part.leads();
    html! {
        <svg class="drawing" width="100%" height="48" aria-hidden="true" focusable="false"><svg x="50%" y="24" overflow="visible">
            <path class="lead-in" d={from} /><path class="lead-out" d={to} />
            <path class="figure" d={part.figure()} />{ sign }
        </svg></svg>
    }
}
