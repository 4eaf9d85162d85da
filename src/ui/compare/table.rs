//! What differs: what is likely the reason first; what cannot be is folded.

use std::rc::Rc;

use vpn_phone_doctor::compare::{Comparison, Difference, Matters, Side};
use vpn_phone_doctor::input::Input;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::widgets::states::{Look, look};
use crate::ui::widgets::{Device, Icon, Prose, cited, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What was compared.
    pub told: Rc<Comparison>,
    /// What the sides are called.
    pub names: [String; 2],
    /// Inputs of each side whose lines open in their files.
    pub of_case: [usize; 2],
}

/// The differences.
#[function_component(Differences)]
pub fn differences(props: &Props) -> Html {
    let page = use_page();
    let told = &props.told;
    let of = |idle: bool| told.differences.iter().filter(move |one| (one.matters == Matters::No) == idle);
    let items = |idle: bool| -> Html {
        of(idle)
            .take(SHOWN)
            .enumerate()
            .map(|(at, one)| html! { <li key={at}>{ difference(&page, props, one) }</li> })
            .collect()
    };
    let (matter, idle) = (of(false).count(), of(true).count());
    let number = |value: usize| words::number(value, page.lang);
    let folded = FOLDED.with("folded", Class::Words, number(idle));
    let same = SAME.number("same", told.same);
    let cut = CUT.with("shown", Class::Words, number(SHOWN)).with("all", Class::Words, number(matter));
    html! {
        <div class="differences">
            <p hidden={matter > 0}><strong>{ page.say(NOTHING) }</strong></p>
            <ul>{ items(false) }</ul>
            <p hidden={matter <= SHOWN}>{ page.say(cut) }</p>
            <p class="small soft">{ page.say(same) }</p>
            <details class="folded" hidden={idle == 0} data-testid="folded-differences">
                <summary>{ page.say(folded) }</summary><ul>{ items(true) }</ul>
            </details>
        </div>
    }
}

fn difference(page: &Page, props: &Props, one: &Difference) -> Html {
    let Look { icon: picture, class, word } = look_of(one.matters);
    let [a, b] = &props.names;
    let [of_a, of_b] = props.of_case;
    html! {
        <article class={classes!("difference", class)} data-testid="difference" data-matters={one.matters.id()} data-rule={one.rule.clone()}>
            <header>
                <h2><Prose text={one.what.clone()} /></h2>
                <p class="meta small"><span class="state">{ icon(picture) }{ page.say(word) }</span><span>{ page.say(one.stage.name()) }</span>
                    { one.rule.clone().map(|rule| html! { <code translate="no">{ rule }</code> }) }</p>
            </header>
            <dl class="two">
                { side(page, a, &one.a, &props.told.inputs, of_a) }
                { side(page, b, &one.b, &props.told.inputs_b, of_b) }
            </dl>
        </article>
    }
}

fn side(page: &Page, name: &str, side: &Side, inputs: &[Input], of_case: usize) -> Html {
    let value = if side.value.is_empty() {
        html! { <span class="soft">{ page.say(NOT_SHOWN) }</span> }
    } else {
        html! { <Device text={side.value.clone()} /> }
    };
    let places = side.evidence.iter().map(|evidence| {
        html! { <li data-testid="evidence">{ cited(page, inputs, of_case, evidence) }</li> }
    });
    html! {
        <div class="side">
            <dt><Device text={name.to_owned()} /></dt>
            <dd>{ value }<details class="small" hidden={side.evidence.is_empty()}><summary>{ page.say(EVIDENCE.number("count", side.evidence.len())) }</summary>
                <ol class="pieces">{ for places }</ol></details></dd>
        </div>
    }
}

fn look_of(matters: Matters) -> Look {
    let (icon, class) = match matters {
        Matters::Likely => (Icon::Cross, "is-bad"),
        Matters::Possible => (Icon::Triangle, "is-warn"),
        Matters::No => (Icon::Equal, "is-open"),
    };
    Look { word: matters.name(), ..look(icon, class, "", "") }
}

/// Differences that are written out; a saved sheet has all.
const SHOWN: usize = 200;

const NOTHING: Text =
    Text::fixed("Nothing differs that may matter.", "Es gibt keinen Unterschied, der etwas ausmachen kann.");
const FOLDED: Text = Text::fixed("Cannot be the reason: {folded}", "Können der Grund nicht sein: {folded}");
const SAME: Text = Text::fixed("Values that are the same: {same}", "Gleiche Werte: {same}");
const NOT_SHOWN: Text = Text::fixed("not there", "nicht vorhanden");
const EVIDENCE: Text = Text::fixed("Evidence ({count})", "Belege ({count})");
const CUT: Text = Text::fixed(
    "The first {shown} of {all} are shown; a saved table has all.",
    "Gezeigt werden die ersten {shown} von {all}; eine gespeicherte Tabelle enthält alle.",
);
