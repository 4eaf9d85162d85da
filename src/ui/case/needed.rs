//! What to bring, how to get it, and how many more checks it would run.

use std::rc::Rc;

use yew::prelude::*;

use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnosis::{Diagnosis, WaitingRow};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::text::Text;

use super::questions::Questions;
use crate::ui::page::use_page;
use crate::ui::turns::{When, use_turn};
use crate::ui::widgets::{HowTo, Scripts, counted, sentence_case};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// What the person said.
    pub said: Said,
}

/// The list of what to bring, the most useful first.
#[function_component(Bring)]
pub fn bring(props: &Props) -> Html {
    let page = use_page();
    // In this very picture: what to bring goes from one list to the other, and never stands in both.
    let turn = use_turn(When::InTurn);
    let groups = grouped(&props.diagnosis.waiting);
    let item = |(need, rules): &(Need, Vec<&WaitingRow>)| {
        let name = whole(&props.diagnosis, *need).unwrap_or_else(|| page.name_of(*need));
        html! {
            <li key={need.id()} data-need={need.id()}>
                <p class="what"><span><strong>{ sentence_case(&page.say(name)) }</strong></span>
                    <span class="gain">{ page.say(counted(rules.len(), ONE, MANY)) }</span></p>
                <HowTo need={*need} />
            </li>
        }
    };
    let only = props.said.answer("phone").map(|name| AttrValue::from(name.to_owned()));
    let (first, rest) = groups.split_at(groups.len().min(AT_ONCE));
    html! {
        <section class="bring" data-testid="waiting">
            <h2>{ page.say(TITLE) }</h2>
            <Questions diagnosis={props.diagnosis.clone()} said={props.said.clone()} />
            <ul>{ for first.iter().map(item) }</ul>
            <div hidden={groups.is_empty()}><Scripts diagnosis={props.diagnosis.clone()} {only} /></div>
            <details class="folded" hidden={rest.is_empty()} data-testid="more-to-bring">
                <summary>{ page.say(counted(rest.len(), MORE_ONE, MORE)) }</summary>
                <ul>{ for rest.iter().filter(|_| turn).map(item) }</ul>
            </details>
        </section>
    }
}

/// Waiting rules by what would let them run. A rule that any of several things would help stands under each.
fn grouped(waiting: &[WaitingRow]) -> Vec<(Need, Vec<&WaitingRow>)> {
    let mut groups: Vec<(Need, Vec<&WaitingRow>)> = Need::ALL
        .into_iter()
        // Nothing to bring: such a rule asks the person, see `questions`.
        .filter(|need| *need != Need::Answer)
        .map(|need| (need, waiting.iter().filter(|row| row.needs.contains(&need)).collect::<Vec<_>>()))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    groups.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    groups
}

/// What to ask for where a part of it is already there.
fn whole(diagnosis: &Diagnosis, need: Need) -> Option<Text> {
    let (kind, name) = match need {
        Need::PhoneConfig => (Kind::PhoneConfig, WHOLE_PHONE_CONFIG),
        Need::AsaConfig => (Kind::AsaConfig, WHOLE_ASA_CONFIG),
        Need::PhoneLog => (Kind::PhoneLog, MORE_PHONE_LOG),
        Need::AsaLog => (Kind::AsaSyslog, MORE_ASA_LOG),
        _ => return None,
    };
    diagnosis.inputs.iter().any(|input| input.kind == kind).then_some(name)
}

const WHOLE_PHONE_CONFIG: Text = Text::fixed(
    "the phone's configuration file, whole and as CUCM signs it",
    "die Konfigurationsdatei des Telefons, ganz und wie der CUCM sie signiert",
);
const WHOLE_ASA_CONFIG: Text = Text::fixed(
    "the ASA's whole configuration, with what is missing in yours",
    "die ganze Konfiguration der ASA, mit dem, was in Ihrer fehlt",
);
const MORE_PHONE_LOG: Text = Text::fixed(
    "more of the phone's console logs, with a whole connection attempt",
    "mehr von den Konsolenprotokollen des Telefons, mit einem ganzen Verbindungsversuch",
);
const MORE_ASA_LOG: Text = Text::fixed(
    "more of the ASA's log, at level debugging",
    "mehr vom Protokoll der ASA, mit der Stufe debugging",
);
const TITLE: Text = Text::fixed("Still needed", "Das fehlt noch");
/// What to bring is sorted by use: more than this at once is no help.
const AT_ONCE: usize = 4;

const ONE: Text = Text::fixed("+1 check", "+1 Prüfung");
const MANY: Text = Text::fixed("+{count} checks", "+{count} Prüfungen");
const MORE_ONE: Text = Text::fixed("1 more thing that would help", "Noch etwas, das helfen würde");
const MORE: Text =
    Text::fixed("{count} more things that would help", "{count} weitere Dinge, die helfen würden");
