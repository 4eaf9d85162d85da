//! What no file can show: questions to the person, and the answers that were given.

use std::rc::Rc;

use vpn_phone_doctor::case::{QUESTIONS, Question, Said};
use vpn_phone_doctor::diagnosis::{Choice, Diagnosis};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::turns::{When, use_turn};
use crate::ui::widgets::{Device, Icon, Prose, counted, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// What was said so far.
    pub said: Said,
}

/// Answers given, then the questions that checks wait for, then all others behind a fold.
#[function_component(Questions)]
pub fn questions(props: &Props) -> Html {
    let page = use_page();
    // In this very picture: a question goes from one list to another, and never stands in both.
    let turn = use_turn(When::InTurn);
    let given = QUESTIONS
        .iter()
        .filter_map(|question| props.said.answer(question.key).map(|value| answered(&page, question, value)));
    let gain = |question: &Question| {
        let row = props.diagnosis.questions.iter().find(|row| row.key == question.key);
        row.map_or(0, |row| row.rules.len())
    };
    let open = QUESTIONS.iter().filter(|question| props.said.answer(question.key).is_none());
    let choices = |question: &Question| {
        let row = props.diagnosis.questions.iter().find(|row| row.key == question.key);
        row.map(|row| row.choices.clone()).unwrap_or_default()
    };
    let (wanted, others): (Vec<&Question>, Vec<&Question>) =
        open.partition(|question| gain(question) > 0 || !choices(question).is_empty());
    let shown = |question: &&'static Question| {
        html! { <Open key={question.key} question={Asked(question)} gain={gain(question)} choices={choices(question)} known={values_in_case(&props.diagnosis, question.key)} /> }
    };
    html! {
        <div class="questions" data-testid="questions">
            <ul class="given">{ for given }</ul>
            <ul>{ for wanted.iter().map(shown) }</ul>
            <details class="small" hidden={others.is_empty()}>
                <summary>{ page.say(OTHERS) }</summary>
                <ul>{ for others.iter().filter(|_| turn).map(shown) }</ul>
            </details>
        </div>
    }
}

fn answered(page: &Page, question: &'static Question, value: &str) -> Html {
    let label = TAKE_BACK.nested("question", question.asks.clone());
    let onclick = page.acts(move || Action::TakenBack(question.key.to_owned()));
    let value = match word(value).filter(|_| !question.values.is_empty()) {
        Some(word) => html! { <strong>{ page.say(word) }</strong> },
        None => html! { <Device text={value.to_owned()} /> },
    };
    html! {
        <li key={question.key} data-testid="answered" data-key={question.key}>
            <p class="what"><span>{ page.say(question.asks.clone()) }{ " " }{ value }</span>
                <button type="button" class="button quiet square" data-testid="take-back" aria-label={page.say(label)}
                    title={page.say(TAKE_BACK_SHORT)} {onclick}>{ icon(Icon::Remove) }</button></p>
        </li>
    }
}

/// A question is the same one where it has the same key.
#[derive(Clone, Copy)]
struct Asked(&'static Question);

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

#[derive(Properties, PartialEq)]
struct OpenProps {
    question: Asked,
    gain: usize,
    choices: Vec<Choice>,
    known: Vec<String>,
}

#[function_component(Open)]
fn open(props: &OpenProps) -> Html {
    let page = use_page();
    let Asked(question) = props.question;
    let entered = use_state_eq(String::new);
    let gain = counted(props.gain, ONE, MANY);
    let choices = question.values.iter().map(|value| {
        let onclick = page.acts(move || Action::Answered(question.key, (*value).to_owned()));
        let name = word(value).unwrap_or_else(|| Text::quoted(*value));
        html! { <button type="button" class="button" data-testid="answer" data-value={*value} {onclick}>{ page.say(name) }</button> }
    });
    let named = props.choices.iter().map(|choice| {
        let value = choice.value.clone();
        let onclick = page.acts(move || Action::Answered(question.key, value.clone()));
        html! {
            <li key={choice.value.clone()}>
                <button type="button" class="button" data-testid="answer" data-value={choice.value.clone()} {onclick}><Device text={choice.value.clone()} /></button>
                <span class="small soft">{ " " }<Prose text={choice.says.clone()} /></span>
            </li>
        }
    });
    let field = question.values.is_empty().then(|| {
        let list = format!("known-{}", question.key);
        let say = {
            let (page, entered) = (page.clone(), entered.clone());
            Callback::from(move |()| {
                if !entered.trim().is_empty() {
                    page.act(Action::Answered(question.key, (*entered).clone()));
                }
            })
        };
        let oninput = {
            let entered = entered.clone();
            Callback::from(move |event: InputEvent| entered.set(effects::entered(&event).unwrap_or_default()))
        };
        let onkeydown = {
            let say = say.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Enter" {
                    say.emit(());
                }
            })
        };
        let known = props.known.iter().map(|value| html! { <option value={value.clone()} /> });
        html! {
            <>
                <input type="text" class="entry-field" data-testid="answer-field" aria-label={page.say(question.asks.clone())} autocomplete="off"
                    spellcheck="false" list={list.clone()} value={(*entered).clone()} {oninput} {onkeydown} />
                <datalist id={list}>{ for known }</datalist>
                <button type="button" class="button" data-testid="answer" onclick={say.reform(|_: MouseEvent| ())}>{ page.say(SAY) }</button>
            </>
        }
    });
    html! {
        <li data-testid="question" data-key={question.key}>
            <fieldset>
                <legend><Prose text={question.asks.clone()} /></legend>
                <span class="gain" hidden={props.gain == 0}>{ page.say(gain) }</span>
                <ul class="named" hidden={props.choices.is_empty()}>{ for named }</ul>
                <div class="buttons">{ for choices }{ field }</div>
            </fieldset>
        </li>
    }
}

/// What the case already names, as proposals for a field.
fn values_in_case(diagnosis: &Diagnosis, key: &str) -> Vec<String> {
    let mut values: Vec<String> = match key {
        "phone" => diagnosis.phones.iter().map(|phone| phone.name.clone()).take(PROPOSALS).collect(),
        "phone-model" => diagnosis.phones.iter().map(|phone| phone.model.clone()).collect(),
        "tunnel-group" => diagnosis.policies.iter().map(|policy| policy.tunnel_group.clone()).collect(),
        _ => Vec::new(),
    };
    values.sort();
    values.dedup();
    values.retain(|value| !value.is_empty());
    values.truncate(PROPOSALS);
    values
}

/// What a fixed value is called.
fn word(value: &str) -> Option<Text> {
    WORDS.iter().find(|(id, _)| *id == value).map(|(_, word)| word.clone())
}

static WORDS: [(&str, Text); 8] = [
    ("newer", Text::fixed("the newer ones", "die neueren")),
    ("older", Text::fixed("the older ones", "die älteren")),
    ("all", Text::fixed("all", "alle")),
    ("some", Text::fixed("some, across all models", "einige, quer durch alle Modelle")),
    ("restricted", Text::fixed("restricted", "exportbeschränkt")),
    ("unrestricted", Text::fixed("unrestricted", "nicht exportbeschränkt")),
    ("yes", Text::fixed("yes", "ja")),
    ("no", Text::fixed("no", "nein")),
];

/// A list of proposals that is longer helps nobody.
const PROPOSALS: usize = 200;

const OTHERS: Text = Text::fixed("Add what files do not show", "Ergänzen, was Dateien nicht zeigen");
const TAKE_BACK: Text =
    Text::fixed("Take this answer back: {question}", "Diese Antwort zurücknehmen: {question}");
const TAKE_BACK_SHORT: Text = Text::fixed("Take back", "Zurücknehmen");
const SAY: Text = Text::fixed("Answer", "Antworten");
const ONE: Text = Text::fixed("+1 check", "+1 Prüfung");
const MANY: Text = Text::fixed("+{count} checks", "+{count} Prüfungen");
