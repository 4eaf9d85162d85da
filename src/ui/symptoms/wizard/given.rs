//! All answers so far, to be checked and changed.

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::Evidence;
use vpn_phone_doctor::source::{Spot, shortened};
use vpn_phone_doctor::symptoms::{By, Taken, Walk};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::shown_step::ShownStep;
use crate::ui::page::Page;
use crate::ui::state::State;
use crate::ui::widgets::{Device, Icon, Prose, icon, words};

pub fn view(
    page: &Page,
    state: &State,
    walk: &Walk,
    shown: ShownStep,
    go: &Callback<Option<&'static str>>,
) -> Html {
    let items = walk.taken.iter().enumerate().map(|(index, taken)| {
        let current = (index == shown.index).then_some("step");
        row(page, state, taken, current, go)
    });
    html! {
        <section class="wizard-answers" hidden={walk.taken.is_empty()}>
            <h2>{ page.say(TITLE) }</h2>
            <ol>{ for items }</ol>
        </section>
    }
}

fn row(
    page: &Page,
    state: &State,
    taken: &Taken,
    current: Option<&'static str>,
    go: &Callback<Option<&'static str>>,
) -> Html {
    let step = taken.step;
    let answer = match (&taken.by, taken.answer) {
        (By::Ahead, _) => NOT_ASKED,
        (_, None) => UNSURE,
        (_, Some(answer)) => answer.label.clone(),
    };
    let label = CHANGE_WHICH.nested("question", step.ask.clone());
    let onclick = go.reform(move |_: MouseEvent| Some(step.id));
    let who = match taken.by {
        By::Person => "person",
        By::Evidence(_) | By::Passed(_) => "evidence",
        By::Ahead => "ahead",
    };
    html! {
        <li key={step.id} data-testid="wizard-answered" data-step={step.id} data-by={who}
            data-answer={taken.answer.map_or("unsure", |answer| answer.id)} aria-current={current}>
            <p class="small soft"><Prose text={step.ask.clone()} /></p>
            <p class="what"><strong><Prose text={answer} /></strong>
                <button type="button" class="button quiet" data-testid="wizard-change" aria-label={page.say(label)} {onclick}>
                    { page.say(CHANGE) }</button></p>
            <p class="small soft by">{ by(page, state.diagnosis.as_deref(), &taken.by) }</p>
            { against(page, state.diagnosis.as_deref(), taken) }
        </li>
    }
}

/// Who answered: "answered by asa.txt line 214: …".
pub fn by(page: &Page, diagnosis: Option<&Diagnosis>, by: &By) -> Html {
    let (evidence, diagnosis) = match (by, diagnosis) {
        (By::Evidence(evidence), Some(diagnosis)) => (evidence, diagnosis),
        (By::Passed(rule), Some(diagnosis)) => return passed(diagnosis, rule),
        (By::Ahead, _) => return html! { <span>{ page.say(AHEAD) }</span> },
        _ => return html! { <span>{ page.say(BY_PERSON) }</span> },
    };
    let place = evidence.as_ref().and_then(|evidence| place(page, diagnosis, evidence));
    place.unwrap_or_else(|| html! { <span>{ page.say(BY_FILES) }</span> })
}

/// Which check answered by finding nothing.
fn passed(diagnosis: &Diagnosis, rule: &str) -> Html {
    let row = diagnosis.passed.iter().find(|row| row.rule == rule);
    let title = row.map(|row| BY_CHECK.nested("title", row.title.clone()));
    html! { <Prose text={title.unwrap_or(BY_FILES)} /> }
}

/// What the files say where the person says something else.
pub fn against(page: &Page, diagnosis: Option<&Diagnosis>, taken: &Taken) -> Html {
    let Some((answer, who)) = &taken.against else { return html! { <p hidden=true /> } };
    let says = AGAINST.nested("answer", answer.label.clone());
    html! {
        <p class="note is-warn small" data-testid="wizard-against">{ icon(Icon::Triangle) }
            <span><Prose text={says} />{ " " }{ by(page, diagnosis, who) }</span></p>
    }
}

fn place(page: &Page, diagnosis: &Diagnosis, evidence: &Evidence) -> Option<Html> {
    let Some(input) = evidence.input else {
        return Some(html! { <span>{ page.say(BY_ANSWERS) }</span> });
    };
    let name = words::name(diagnosis, input);
    let Some(at) = &evidence.at else {
        return Some(html! {
            <span>{ page.say(BY) }<Device text={name} />{ ": " }{ page.say(ABSENT) }</span>
        });
    };
    let (line, says) = match at.spot() {
        Spot::Line { number, .. } => {
            (Some(page.say(LINE.number("line", number))), shortened(at.text.trim(), MOST_OF_A_LINE))
        }
        Spot::Packet { packet, .. } => (
            Some(page.say(PACKET.number("number", packet.number))),
            shortened(at.text.trim(), MOST_OF_A_LINE),
        ),
        Spot::Byte { .. } => (None, String::new()),
    };
    let says = (!says.is_empty()).then(|| html! { <>{ ": " }<Device text={says} /></> });
    Some(html! { <span>{ page.say(BY) }<Device text={name} />{ line }{ says }</span> })
}

const MOST_OF_A_LINE: usize = 90;

const TITLE: Text = Text::fixed("Your answers so far", "Ihre Antworten bisher");
const UNSURE: Text = Text::fixed("Not sure", "Nicht sicher");
const NOT_ASKED: Text = Text::fixed("Not asked", "Nicht gefragt");
const AHEAD: Text = Text::fixed(
    "your files show a reason that makes this question needless",
    "Ihre Dateien zeigen eine Ursache, die diese Frage erübrigt",
);
const BY_CHECK: Text = Text::fixed(
    "answered by your files: checked and not found: “{title}”",
    "durch Ihre Dateien beantwortet: geprüft und nicht gefunden: „{title}“",
);
const AGAINST: Text =
    Text::fixed("Your files say otherwise: “{answer}”,", "Ihre Dateien sagen etwas anderes: „{answer}“,");
const CHANGE: Text = Text::fixed("Change", "Ändern");
const CHANGE_WHICH: Text = Text::fixed("Change: {question}", "Ändern: {question}");
const BY: Text = Text::fixed("answered by ", "beantwortet durch ");
const LINE: Text = Text::fixed(" line {line}", " Zeile {line}");
const PACKET: Text = Text::fixed(" packet {number}", " Paket {number}");
const ABSENT: Text = Text::fixed("it is not there", "es steht nicht darin");
const BY_PERSON: Text = Text::fixed("answered by you", "von Ihnen beantwortet");
const BY_FILES: Text = Text::fixed("answered by your files", "durch Ihre Dateien beantwortet");
const BY_ANSWERS: Text = Text::fixed("follows from your other answers", "folgt aus Ihren anderen Antworten");
