//! The collection list for the case at hand.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms::Walk;
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::tools::collection::{Gateway, Item, plan};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Copy, HowTo, Icon, Prose, Scripts, icon, sentence_case};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// What the person said of the gateway.
    pub gateway: Gateway,
    /// The phone's web page cannot be opened.
    pub no_web_page: bool,
}

/// What the walk says of the gateway.
pub fn gateway(walk: &Walk) -> Gateway {
    let large = walk.taken.iter().find(|taken| taken.step.id == "large");
    match large.and_then(|taken| taken.answer).map(|answer| answer.id) {
        Some("yes") => Gateway::Busy,
        Some("no") => Gateway::Quiet,
        _ => Gateway::Unknown,
    }
}

/// The list.
#[function_component(CollectionPlan)]
pub fn collection(props: &Props) -> Html {
    let page = use_page();
    let list = plan(props.diagnosis.as_deref(), props.gateway);
    let list = if props.no_web_page { list.without_web_page() } else { list };
    let why = match (props.diagnosis.is_some(), list.items.is_empty()) {
        (_, true) => NOTHING,
        (true, false) => CASE,
        (false, false) => GENERAL,
    };
    let items = list.items.iter().map(|wanted| item(&page, wanted));
    let out = list.left_out.iter().map(|(need, why)| {
        html! {
            <li key={need.id()} data-left-out={need.id()}>
                <p class="what"><strong>{ page.say(LEFT_OUT) }{ page.say(need.name()) }</strong></p>
                <p class="note">{ icon(Icon::Info) }<Prose text={why.clone()} /></p>
            </li>
        }
    });
    html! {
        <div class="collection" data-testid="collection">
            <p>{ page.say(why) }</p>
            <p class="buttons" hidden={list.items.is_empty()}><Copy text={list.as_text(page.lang)} label={COPY} class="strong" /></p>
            <div hidden={list.items.is_empty()}><Scripts diagnosis={props.diagnosis.clone()} gateway={props.gateway} /></div>
            <ol class="gather">{ for items }</ol>
            <ul class="gather" hidden={list.left_out.is_empty()}>{ for out }</ul>
        </div>
    }
}

fn item(page: &Page, item: &Item) -> Html {
    let gain = match item.checks {
        0 => Text::default(),
        1 => ONE,
        count => MANY.number("count", count),
    };
    html! {
        <li key={item.need.id()} data-need={item.need.id()}>
            <p class="what"><strong>{ sentence_case(&page.say(page.name_of(item.need))) }</strong><span class="gain">{ page.say(gain) }</span></p>
            <div>{ item.warning.clone().map(|text| html! { <p class="note is-warn">{ icon(Icon::Triangle) }<Prose {text} /></p> }) }</div>
            <HowTo need={item.need} />
        </li>
    }
}

const COPY: Text = Text::fixed("Copy the list", "Liste kopieren");
const GENERAL: Text = Text::fixed(
    "There is no case yet: this is what decides most cases, the most useful first. Drop what you have, and the list is made for your case.",
    "Noch gibt es keinen Fall: Das hier entscheidet die meisten Fälle, das Nützlichste zuerst. Legen Sie ab, was Sie haben, und die Liste gilt für Ihren Fall.",
);
const CASE: Text = Text::fixed(
    "Made for this case: what is there already is not asked for again. What lets most checks run stands first.",
    "Für diesen Fall gemacht: Was schon da ist, wird nicht noch einmal verlangt. Was die meisten Prüfungen möglich macht, steht zuerst.",
);
const NOTHING: Text = Text::fixed(
    "Nothing is missing: no check waits for another file.",
    "Es fehlt nichts: Keine Prüfung wartet auf eine weitere Datei.",
);
const LEFT_OUT: Text = Text::fixed("Left out: ", "Weggelassen: ");
const ONE: Text = Text::fixed("+1 check", "+1 Prüfung");
const MANY: Text = Text::fixed("+{count} checks", "+{count} Prüfungen");
