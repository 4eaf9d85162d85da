//! What a walk ends in: a finding, a suspicion with what would prove it, what to bring, or a plan.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::report::catalogue::Card;
use vpn_phone_doctor::symptoms::{Plan, Position, Symptom, Walk, not_read};
use vpn_phone_doctor::text::{Class, Text};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::collection::CollectionPlan;
use super::renewal::Renewal;
use crate::ui::case::{FindingView, Shown, Unfolded};
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::rules::{catalogue, general, rule_body};
use crate::ui::state::{Action, State};
use crate::ui::widgets::{Copy, Device, Gather, Icon, Prose, fix, icon, words};

pub fn view(page: &Page, state: &State, symptom: &'static Symptom, walk: &Walk) -> Html {
    let diagnosis = &state.diagnosis;
    let (end, rule, heading, body) = match &walk.position {
        Position::Rule { rule, finding: Some(index) } => {
            let body = diagnosis.clone().map(|diagnosis| {
                let fix = diagnosis.findings.get(*index).filter(|finding| !finding.fix.is_empty());
                let copy = fix.map(|finding| html! { <Copy text={fix::as_text(finding, page.lang)} label={COPY_FIX} class="strong" /> });
                html! { <><p class="buttons">{ copy }</p><FindingView {diagnosis} index={*index} unfolded={Unfolded::All} shown={Shown::InWizard} /></> }
            });
            ("rule", Some(*rule), FOUND, body.unwrap_or_default())
        }
        Position::Rule { rule, finding: None } => {
            let checked = diagnosis.as_deref().map_or(Checked::NotYet, |case| checked(case, rule));
            let heading = if checked == Checked::NotThere { DOUBTED } else { SUSPECTED };
            let needs = diagnosis.as_deref().map(|case| needs(case, rule)).unwrap_or_default();
            ("rule", Some(*rule), heading, html! { <Suspicion {rule} {needs} {checked} /> })
        }
        Position::Bring(needs) => (
            "bring",
            None,
            BRING,
            html! { <><p>{ page.say(BRING_WHY) }</p><Gather needs={needs.clone()} /></> },
        ),
        Position::NothingFound(needs) => {
            ("nothing", None, NOTHING, nothing(page, diagnosis.as_deref(), needs))
        }
        Position::Plan(Plan::Renewal) => {
            let locked_out = walk.answered("late", "yes") || walk.answered("late", "expired");
            ("plan", None, RENEWAL, html! { <Renewal diagnosis={diagnosis.clone()} {locked_out} /> })
        }
        Position::Plan(Plan::Collection) => {
            let gateway = super::collection::gateway(walk);
            (
                "plan",
                None,
                COLLECTION,
                html! { <CollectionPlan diagnosis={diagnosis.clone()} {gateway} no_web_page={walk.answered("reach", "no")} /> },
            )
        }
        Position::At(_) => ("nothing", None, NOTHING, html! {}),
    };
    html! {
        <section class="wizard-end" data-testid="wizard-end" data-end={end} data-rule={rule} data-symptom={symptom.id}>
            <h2 id="wizard-heading" tabindex="-1">{ page.say(heading) }</h2>
            { instead(page, state, symptom, walk) }
            <div class="wizard-body">{ body }</div>
        </section>
    }
}

/// Where the answers lead away from what the files show, that is said first, and one click follows the files.
fn instead(page: &Page, state: &State, symptom: &'static Symptom, walk: &Walk) -> Html {
    let shown = state.diagnosis.as_deref().zip(walk.instead);
    let Some(finding) = shown.and_then(|(diagnosis, index)| diagnosis.findings.get(index)) else {
        return html! { <div hidden=true /> };
    };
    let onclick = page.acts(move || Action::WalkBegun(symptom.id));
    html! {
        <div class="note is-warn" data-testid="wizard-instead" data-rule={finding.rule.clone()}>
            { icon(Icon::Triangle) }
            <div><p>{ page.say(INSTEAD) }<strong><Prose text={finding.title.clone()} /></strong></p>
                <p class="buttons"><button type="button" class="button" data-testid="wizard-follow" {onclick}>{ page.say(FOLLOW) }</button></p></div>
        </div>
    }
}

fn nothing(page: &Page, diagnosis: Option<&Diagnosis>, needs: &[Need]) -> Html {
    let left: Vec<String> = diagnosis
        .map(|case| not_read(case, needs).into_iter().map(|input| words::name(case, input)).collect())
        .unwrap_or_default();
    let why = if left.is_empty() { NOTHING_WHY } else { NOTHING_READ_WHY };
    let unread = (!left.is_empty()).then(|| {
        let more = left.len().saturating_sub(FEW_NAMED);
        let more = (more > 0).then(|| page.say(MORE_NAMED.with("count", Class::Words, words::number(more, page.lang))));
        let names = left.iter().take(FEW_NAMED).map(|name| html! { <><Device text={name.clone()} />{ " " }</> });
        html! { <p class="note is-warn">{ icon(Icon::Triangle) }<span>{ page.say(NOT_READ) }{ for names }{ more }</span></p> }
    });
    let names: Vec<String> = needs.iter().map(|need| page.say(page.name_of(*need)).to_string()).collect();
    html! {
        <>
            <p>{ page.say(why) }</p>
            { unread }
            <p class="soft">{ page.say(LOOKED) }{ names.join(", ") }</p>
            <p class="buttons"><a class="button" href={Route::Case.address()}>{ page.say(TO_CASE) }</a>
                <a class="button" href={Route::Symptoms.address()}>{ page.say(TO_SYMPTOMS) }</a></p>
        </>
    }
}

/// What the case says of a rule that found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It could not be checked.
    NotYet,
    /// It was checked, and it is not there.
    NotThere,
}

fn checked(diagnosis: &Diagnosis, rule: &str) -> Checked {
    let passed = diagnosis.passed.iter().any(|row| row.rule == rule);
    if passed { Checked::NotThere } else { Checked::NotYet }
}

fn needs(diagnosis: &Diagnosis, rule: &str) -> Vec<Need> {
    let row = diagnosis.waiting.iter().find(|row| row.rule == rule);
    row.map(|row| row.needs.clone()).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
struct SuspicionProps {
    rule: &'static str,
    /// What the rule waits for in this case; what it needs in general where empty.
    needs: Vec<Need>,
    checked: Checked,
}

/// What a rule says where no evidence shows it.
#[function_component(Suspicion)]
fn suspicion(props: &SuspicionProps) -> Html {
    let page = use_page();
    let asked = use_state(|| None::<Result<Rc<Card>, Text>>);
    use_effect_with(props.rule, {
        let asked = asked.setter();
        move |rule: &&'static str| {
            let rule = *rule;
            spawn_local(async move {
                let card = catalogue().await;
                let find =
                    |cards: Vec<Rc<Card>>| cards.into_iter().find(|card| card.id == rule).ok_or(NO_RULE);
                asked.set(Some(card.and_then(find)));
            });
        }
    });
    let (note, picture) = match props.checked {
        Checked::NotYet => (NOT_PROVED, Icon::Ring),
        Checked::NotThere => (NOT_THERE, Icon::Info),
    };
    let (title, body, needs) = match &*asked {
        None => (html! { { page.say(LOADING) } }, html! {}, Vec::new()),
        Some(Err(why)) => (html! { <Prose text={why.clone()} /> }, html! {}, Vec::new()),
        Some(Ok(card)) => {
            let needs = if props.needs.is_empty() { card.needs.clone() } else { props.needs.clone() };
            let title = html! { <Prose text={general(&card.prose.title)} /> };
            (title, rule_body(&page, card), needs)
        }
    };
    let needs: Vec<Need> = needs.into_iter().filter(|need| *need != Need::Answer).collect();
    let proof = !needs.is_empty() && props.checked == Checked::NotYet;
    html! {
        <article class="suspicion" data-rule={props.rule}>
            <h3>{ title }</h3>
            <p class="note">{ icon(picture) }<span>{ page.say(note) }</span></p>
            <div class="rule-body">{ body }</div>
            <section class="proof-wanted" hidden={!proof}>
                <h3>{ page.say(PROOF) }</h3>
                <p class="small soft">{ page.say(PROOF_WHY) }</p>
                <Gather {needs} />
            </section>
        </article>
    }
}

const COPY_FIX: Text = Text::fixed("Copy fix", "Behebung kopieren");
const INSTEAD: Text =
    Text::fixed("Your files show another reason: ", "Ihre Dateien zeigen eine andere Ursache: ");
const FOLLOW: Text =
    Text::fixed("Drop my answers and follow the files", "Meine Antworten verwerfen und den Dateien folgen");
const FOUND: Text = Text::fixed("Your files show it", "Ihre Dateien zeigen es");
const SUSPECTED: Text = Text::fixed("This is suspected, not proved", "Das ist ein Verdacht, kein Beweis");
const DOUBTED: Text =
    Text::fixed("Your answers and your files disagree", "Ihre Antworten und Ihre Dateien widersprechen sich");
const NOT_PROVED: Text = Text::fixed(
    "Your answers point here. No file proves it yet: look before you change anything.",
    "Ihre Antworten führen hierher. Noch beweist es keine Datei: Sehen Sie nach, bevor Sie etwas ändern.",
);
const NOT_THERE: Text = Text::fixed(
    "Your answers point here, but the check was made: your files do not show it. Check the answers, or whether the files are of this phone and this ASA.",
    "Ihre Antworten führen hierher, aber die Prüfung wurde gemacht: Ihre Dateien zeigen es nicht. Sehen Sie die Antworten durch, oder ob die Dateien von diesem Telefon und dieser ASA sind.",
);
const PROOF: Text = Text::fixed("What would prove it", "Was es beweisen würde");
const PROOF_WHY: Text =
    Text::fixed("Any one of these, dropped here.", "Eines davon genügt. Legen Sie es hier ab.");
const BRING: Text = Text::fixed("Still needed", "Das fehlt noch");
const BRING_WHY: Text = Text::fixed(
    "The answers leave several reasons open. What is named here tells them apart: drop it or paste it, and the questions continue automatically.",
    "Die Antworten lassen mehrere Ursachen offen. Was hier steht, unterscheidet sie: Legen Sie es ab oder fügen Sie es ein, dann geht es mit den Fragen automatisch weiter.",
);
const NOTHING: Text =
    Text::fixed("No known reason in this evidence", "Keine bekannte Ursache in diesen Belegen");
const NOTHING_WHY: Text = Text::fixed(
    "Everything that was asked for is there, and none of it shows a fault of this kind. That does not mean that nothing is wrong: the case lists what could not be checked.",
    "Alles, wonach gefragt wurde, ist da, und nichts davon zeigt einen solchen Fehler. Das heißt nicht, dass alles in Ordnung ist: Der Fall führt auf, was nicht zu prüfen war.",
);
const NOTHING_READ_WHY: Text = Text::fixed(
    "Something of each kind that was asked for is there, and none of it shows a fault of this kind. But not all of it could be read, so the fault may lie there.",
    "Von jeder Art, nach der gefragt wurde, ist etwas da, und nichts davon zeigt einen solchen Fehler. Aber nicht alles war zu lesen, und dort kann der Fehler liegen.",
);
const NOT_READ: Text = Text::fixed("Not read, or only in part: ", "Nicht oder nur teilweise gelesen: ");
const MORE_NAMED: Text = Text::fixed("and {count} more", "und {count} weitere");
/// Names that are shown.
const FEW_NAMED: usize = 3;
const LOOKED: Text = Text::fixed("Looked at: ", "Durchgesehen: ");
const TO_CASE: Text = Text::fixed("To the case", "Zum Fall");
const TO_SYMPTOMS: Text = Text::fixed("Another symptom", "Ein anderes Symptom");
const RENEWAL: Text = Text::fixed("The plan for the renewal", "Der Plan für die Erneuerung");
const COLLECTION: Text = Text::fixed("What to collect", "Das ist zu sammeln");
const LOADING: Text = Text::fixed("One moment …", "Einen Augenblick …");
const NO_RULE: Text = Text::fixed(
    "The rule could not be read. Reload the page.",
    "Die Regel war nicht zu lesen. Laden Sie die Seite neu.",
);
