//! The picture: phone, network, ASA, tunnel and CUCM in a row, with what they are called, and a sign and a word where it
//! breaks.
//!
//! It is a list whose parts are drawn, so whoever does not see it hears the same words in the same order; each part leads
//! to its stage on the ladder.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::exchange::End;
use vpn_phone_doctor::stage::{Stage, StageState};
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::views::sequence;
use yew::prelude::*;

use super::model::{Part, PartState, Place, places};
use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::widgets::icons::Icon;
use crate::ui::widgets::states::{Look, look};
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
    let verdict = props.diagnosis.verdict.rule.clone().filter(|_| breaks(stands));
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
        <li key={part.id()} {class} data-testid="place" data-part={part.id()} data-break={breaks(stands).then_some("true")}>
            { drawing(part, stands) }
            <div class="about">
                <strong>{ page.say(name(&props.diagnosis, part)) }</strong>
                <ul hidden={lines.is_empty()}>{ for known }</ul>
                <p class="soft" hidden={!lines.is_empty()}>{ page.say(NOT_SHOWN) }</p>
                <button type="button" class="link state" data-stage={stage.id()} {onclick}
                    aria-pressed={(!breaks(stands)).then(|| (props.chosen == Some(stage)).to_string())}>
                    { icon(look.icon) }<span>{ page.say(look.word) }</span></button>
            </div>
        </li>
    }
}

fn name(diagnosis: &Diagnosis, part: Part) -> Text {
    match part {
        Part::Phone => sequence::name(End::Phone),
        Part::Way => sequence::name(End::Network),
        Part::Gateway if diagnosis.is_without_asa() => GATEWAY,
        Part::Gateway => sequence::name(End::Asa),
        Part::Tunnel => Stage::Tunnel.name(),
        Part::Cucm => sequence::name(End::Cucm),
    }
}

const fn breaks(stands: PartState) -> bool {
    matches!(stands, PartState::Breaks | PartState::MayBreak)
}

fn look_of(stands: PartState, stage: Stage) -> Look {
    let at = |state: StageState, word: Text| {
        let Look { icon, class, .. } = states::stage(state);
        Look { icon, class, word: word.nested("stage", stage.name()) }
    };
    match stands {
        PartState::Breaks => at(StageState::Failed, BREAKS),
        PartState::MayBreak => at(StageState::Warned, MAY_BREAK),
        PartState::Fails => at(StageState::Failed, FAILS),
        PartState::Warns => at(StageState::Warned, WARNS),
        PartState::Passed => states::stage(StageState::Passed),
        PartState::Partly => look(Icon::Ring, "is-open", "passed in part", "teilweise bestanden"),
        // What is not reached is a stage: its part may be, as an ASA is whose certificate is refused.
        PartState::NotReached => at(StageState::NotReached, NOT_REACHED),
        PartState::Unknown => states::stage(StageState::Unknown),
    }
}

/// The part on a ground 48 pixels high: lines reach from the edges to what stands in the middle.
fn drawing(part: Part, stands: PartState) -> Html {
    let figure = match part {
        Part::Phone => {
            "M-17-17h34v34h-34zM-12-12h5v24h-5zM-2-12h14v9h-14zM-2 3h3M5 3h3M11 3h1M-2 9h3M5 9h3M11 9h1"
        }
        Part::Gateway => {
            "M-19-15h38v30h-38zM-19-5h38M-19 5h38M-6-15v10M8-15v10M-12-5v10M2-5v10M-6 5v10M8 5v10"
        }
        Part::Cucm => {
            "M-15-18h30v10h-30zM-15-5h30v10h-30zM-15 8h30v10h-30zM-10-13h3M-10 0h3M-10 13h3M3-13h7M3 0h7M3 13h7"
        }
        Part::Way | Part::Tunnel => "",
    };
    let sign = breaks(stands).then(|| {
        // Beside what stands there, or in the middle of the line.
        let at = if figure.is_empty() { "translate(0 0)" } else { "translate(20 -12)" };
        html! { <g class="sign" transform={at}><circle r="11" /><path d="M-5-5l10 10M5-5L-5 5" /></g> }
    });
    let (from, to) = if figure.is_empty() { ("M0 0H-999", "M0 0H999") } else { ("M-26 0H-999", "M26 0H999") };
    html! {
        <svg class="drawing" width="100%" height="48" aria-hidden="true" focusable="false"><svg x="50%" y="24" overflow="visible">
            if part != Part::Phone { <path class="lead-in" d={from} /> }
            if part != Part::Cucm { <path class="lead-out" d={to} /> }
            <path class="figure" d={figure} />{ sign }
        </svg></svg>
    }
}

const LABEL: Text = Text::fixed("From the phone to CUCM", "Vom Telefon zum CUCM");
const GATEWAY: Text = Text::fixed("Gateway", "Gateway");
const NOT_SHOWN: Text = Text::fixed("not shown in your files", "aus den Dateien nicht erkennbar");
const BREAKS: Text = Text::fixed("Here it breaks: {stage}", "Hier bricht es ab: {stage}");
const MAY_BREAK: Text = Text::fixed("It may break here: {stage}", "Hier bricht es vielleicht ab: {stage}");
const FAILS: Text = Text::fixed("Fails, too: {stage}", "Scheitert auch: {stage}");
const NOT_REACHED: Text = Text::fixed("{stage}: not reached", "{stage}: nicht erreicht");
const WARNS: Text = Text::fixed("Warning: {stage}", "Warnung: {stage}");
