//! The proof: device lines with their places, absences with where was looked, answers of the person.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::Evidence;
use vpn_phone_doctor::report::searched;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::turns::{When, use_turn};
use crate::ui::widgets::{Device, Line, Prose, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, for names.
    pub diagnosis: Rc<Diagnosis>,
    /// The pieces.
    pub evidence: Vec<Evidence>,
    /// How many further pieces were left out.
    pub more: u32,
    /// When the first pieces are made.
    #[prop_or_default]
    pub when: When,
}

/// The list.
#[function_component(EvidenceList)]
pub fn evidence_list(props: &Props) -> Html {
    let page = use_page();
    let all = use_state_eq(|| false);
    let first = use_turn(props.when);
    // On the screen the others are not seen before they are asked for.
    let others = use_turn(When::Last);
    let made = match first {
        true if *all || others => usize::MAX,
        true => AT_ONCE,
        false => 0,
    };
    let items = props.evidence.iter().take(made).enumerate().map(|(index, evidence)| {
        let line = evidence.at.as_ref().filter(|at| at.line > 0).map(|at| at.line.to_string());
        html! {
            <li key={index} class="proof" data-testid="evidence" data-line={line}>
                { piece(&page, &props.diagnosis, evidence) }
                <p class="says"><Prose text={evidence.says.clone()} /></p>
            </li>
        }
    });
    let number = |value| words::number(value, page.lang);
    let left_out = usize::try_from(props.more).unwrap_or(usize::MAX);
    let folded = props.evidence.len().saturating_sub(AT_ONCE);
    // How many there are in all stands where the list ends, and only those that are kept can be unfolded.
    let more = (left_out > 0 && (folded == 0 || *all))
        .then(|| page.say(MORE.with("count", Class::Words, number(left_out))));
    let unfold = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    let there = number(folded.saturating_add(left_out));
    html! {
        <div class={classes!("evidence", (!*all).then_some("short"))}>
            <ol>{ for items }</ol>
            <button type="button" class="link small" data-testid="more-evidence" hidden={folded == 0 || *all} onclick={unfold}>
                { page.say(UNFOLD.with("count", Class::Words, there)) }</button>
            <p class="small soft">{ more }</p>
        </div>
    }
}

fn piece(page: &Page, diagnosis: &Rc<Diagnosis>, evidence: &Evidence) -> Html {
    match (evidence.input, &evidence.at, &evidence.looked_in) {
        (Some(input), Some(at), _) => {
            let place = Place { input, at: at.clone() };
            html! { <Line diagnosis={diagnosis.clone()} {place} mark={evidence.mark.clone()} /> }
        }
        (Some(input), None, looked_in) => {
            let name = words::name(diagnosis, input);
            let looked = match looked_in {
                Some(lines) => LOOKED_IN.with("lines", Class::Words, searched(lines).get(page.lang)),
                None => LOOKED,
            };
            html! {
                <div class="line absent">
                    <span class="where"><Device text={name.to_owned()} /></span>
                    <span class="soft">{ page.say(looked) }</span>
                </div>
            }
        }
        (None, _, _) => {
            html! { <div class="line absent"><span class="soft">{ page.say(ANSWER) }</span></div> }
        }
    }
}

/// Pieces shown at once: the first ones tell.
const AT_ONCE: usize = 3;
const UNFOLD: Text = Text::fixed("{count} more", "{count} weitere");
const MORE: Text =
    Text::fixed("And {count} more lines of the same kind.", "Und {count} weitere Zeilen dieser Art.");
const LOOKED_IN: Text = Text::fixed("Not there. Looked in {lines}.", "Nicht vorhanden. Gesucht in: {lines}.");
const LOOKED: Text = Text::fixed("Not there.", "Nicht vorhanden.");
const ANSWER: Text = Text::fixed("Your answer", "Ihre Antwort");
