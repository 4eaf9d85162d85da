//! The one sentence.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::verdict_look::verdict_look;
use crate::ui::browser::effects;
use crate::ui::export::{CopyExcerpt, Excerpt};
use crate::ui::page::use_page;
use crate::ui::route::Route;
use crate::ui::widgets::{Copy, Prose, fix, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The verdict.
#[function_component(VerdictView)]
pub fn verdict_view(props: &Props) -> Html {
    let page = use_page();
    let Diagnosis { verdict, findings, passed, waiting, .. } = &*props.diagnosis;
    let look = verdict_look(&props.diagnosis);
    let main = findings.iter().find(|finding| Some(&finding.rule) == verdict.rule.as_ref());
    let copy = main.filter(|finding| !finding.fix.is_empty()).map(|finding| {
        html! { <Copy text={fix::as_text(finding, page.lang)} label={COPY_FIX} class="strong" /> }
    });
    let why = main.map(|_| {
        let onclick = Callback::from(|_: MouseEvent| effects::focus("#first-finding"));
        html! { <button type="button" class="button" data-testid="why" {onclick}>{ page.say(WHY) }</button> }
    });
    let wizard =
        main.and_then(|finding| symptoms::leading_to(&finding.rule, &props.diagnosis).into_iter().next());
    let (steps, to) = wizard.map_or((SEE, Route::Symptoms), |symptom| (STEPS, Route::Symptom(symptom.id)));
    let steps = html! {
        <a class="button" data-testid="to-wizard" data-symptom={wizard.map(|symptom| symptom.id)} href={to.address()}>{ page.say(steps) }</a>
    };
    let count = |number: usize| number.to_string();
    let tally = TALLY
        .with("findings", Class::Words, count(findings.len()))
        .with("passed", Class::Words, count(passed.len()))
        .with("waiting", Class::Words, count(waiting.len()));
    html! {
        <section class={classes!("verdict", look.class)} data-testid="verdict" data-state={verdict.state.id()}
            data-rule={verdict.rule.clone()}>
            <div class="sign-post">{ icon(look.icon) }</div>
            <div class="words">
                <p class="kicker">{ page.say(look.word) }</p>
                <h1><Prose text={verdict.sentence.clone()} /></h1>
                <p class="detail" hidden={verdict.detail.is_empty()}><Prose text={verdict.detail.clone()} /></p>
                <p class="small soft">{ page.say(tally) }</p>
            </div>
            <div class="buttons">{ copy }{ why }{ steps }<CopyExcerpt excerpt={Excerpt::Ticket} /></div>
        </section>
    }
}

const COPY_FIX: Text = Text::fixed("Copy fix", "Behebung kopieren");
const STEPS: Text = Text::fixed("Check it step by step", "Schritt für Schritt prüfen");
const SEE: Text = Text::fixed("Find it by what you see", "Nach dem suchen, was Sie sehen");
const WHY: Text = Text::fixed("Show evidence", "Beleg zeigen");
const TALLY: Text = Text::fixed(
    "Findings: {findings} · checks passed: {passed} · could not be checked: {waiting}",
    "Befunde: {findings} · Prüfungen bestanden: {passed} · nicht prüfbar: {waiting}",
);
