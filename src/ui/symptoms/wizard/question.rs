//! One question: who answered it so far, its answers, "not sure", and how to get what would answer it.

use vpn_phone_doctor::symptoms::{Answer, By, Step, Symptom, Taken, Walk};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::given;
use super::shown_step::ShownStep;
use crate::ui::page::{Page, use_page};
use crate::ui::state::{Action, State};
use crate::ui::widgets::{Gather, Icon, Prose, icon};

pub fn view(
    page: &Page,
    state: &State,
    symptom: &'static Symptom,
    walk: &Walk,
    shown: ShownStep,
    step: &'static Step,
    go: &Callback<Option<&'static str>>,
) -> Html {
    let before = u32::try_from(shown.index).unwrap_or(u32::MAX);
    let number = before.saturating_add(1);
    let most = before.saturating_add(symptom.at_most(step));
    let progress = PROGRESS.number("number", number).number("most", most);
    let taken = walk.taken.get(shown.index);
    let choose = |answer: Option<&'static Answer>| {
        let (page, go) = (page.clone(), go.clone());
        let (wizard, step, answer) = (symptom.id, step.id, answer.map(|answer| answer.id));
        Callback::from(move |_: MouseEvent| {
            go.emit(None);
            page.act(Action::Stepped(wizard, step, answer));
        })
    };
    let is_chosen = |answer: Option<&Answer>| {
        let taken = taken.filter(|taken| !matches!(taken.by, By::Ahead));
        taken.is_some_and(|taken| taken.answer.map(|one| one.id) == answer.map(|one| one.id))
    };
    let choices = step.answers.iter().map(|answer| {
        let chosen = is_chosen(Some(answer));
        html! {
            <li key={answer.id}><button type="button" class="button choice" data-testid="wizard-answer" data-answer={answer.id}
                aria-pressed={taken.map(|_| chosen.to_string())} onclick={choose(Some(answer))}>
                { chosen.then(|| icon(Icon::Check)) }<Prose text={answer.label.clone()} /></button></li>
        }
    });
    let unsure = is_chosen(None);
    html! {
        <section class="wizard-question" data-testid="wizard-question" data-step={step.id}>
            <p class="kicker"><span>{ page.say(progress) }</span></p>
            <progress aria-hidden="true" max={most.to_string()} value={number.to_string()} />
            <h2 id="wizard-heading" tabindex="-1"><Prose text={step.ask.clone()} /></h2>
            <p class="soft" hidden={step.why.is_empty()}><Prose text={step.why.clone()} /></p>
            <div>{ taken.map(|taken| so_far(page, state, symptom, taken)) }</div>
            <div role="group" aria-labelledby="wizard-heading"><ul class="choices">
                { for choices }
                <li key="unsure"><button type="button" class="button choice unsure" data-testid="wizard-unsure"
                    aria-pressed={taken.map(|_| unsure.to_string())} onclick={choose(None)}>
                    { unsure.then(|| icon(Icon::Check)) }<span>{ page.say(UNSURE) }</span></button></li>
            </ul></div>
            <Look needs={step.look.to_vec()} />
        </section>
    }
}

/// Who answered it.
fn so_far(page: &Page, state: &State, symptom: &'static Symptom, taken: &Taken) -> Html {
    let take_back = matches!(taken.by, By::Person).then(|| {
        let (wizard, step) = (symptom.id, taken.step.id);
        let onclick = page.acts(move || Action::SteppedBack(wizard, step));
        html! { <button type="button" class="link" data-testid="wizard-take-back" {onclick}>{ page.say(TAKE_BACK) }</button> }
    });
    html! {
        <>
            <p class="so-far small">{ given::by(page, state.diagnosis.as_deref(), &taken.by) }{ " " }{ take_back }</p>
            { given::against(page, state.diagnosis.as_deref(), taken) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LookProps {
    needs: Vec<vpn_phone_doctor::need::Need>,
}

/// What would answer the question, made when somebody opens it.
#[function_component(Look)]
fn look(props: &LookProps) -> Html {
    let page = use_page();
    let opened = use_state_eq(|| false);
    let ontoggle = use_callback(opened.setter(), |_: Event, opened| opened.set(true));
    let names: Vec<String> =
        props.needs.iter().map(|need| page.say(page.name_of(*need)).to_string()).collect();
    html! {
        <details class="look" hidden={props.needs.is_empty()} data-testid="wizard-look" {ontoggle}>
            <summary>{ page.say(LOOK) }<span class="soft small">{ names.join(&page.say(OR)) }</span></summary>
            { opened.then(|| html! { <Gather needs={props.needs.clone()} /> }) }
        </details>
    }
}

const PROGRESS: Text = Text::fixed("Question {number} (up to {most})", "Frage {number} (höchstens {most})");
const UNSURE: Text = Text::fixed("Not sure", "Nicht sicher");
const TAKE_BACK: Text = Text::fixed("Take this answer back", "Diese Antwort zurücknehmen");
const LOOK: Text = Text::fixed("What would answer it", "Was die Frage beantwortet");
const OR: Text = Text::fixed(" or ", " oder ");
