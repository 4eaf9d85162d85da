//! The case: verdict, ladder, findings, files, and what to bring.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::{Confidence, Severity};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::changes::Changes;
use super::files::Files;
use super::finding::FindingList;
use super::ladder::Ladder;
use super::needed::Bring;
use super::path::Path;
use super::verdict::VerdictView;
use crate::ui::at_once::use_at_once;
use crate::ui::browser::effects;
use crate::ui::export::Save;
use crate::ui::negotiation::NegotiationTable;
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::phones::PhonesTable;
use crate::ui::policy::PolicyTable;
use crate::ui::route::Route;
use crate::ui::state::{Action, Overlay, State};
use crate::ui::turns::{Gradual, Later, When, use_turns};
use crate::ui::widgets::{DropZone, Prose, running, sample, states, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
}

/// The case.
#[function_component(Case)]
pub fn case(props: &Props) -> Html {
    let page = use_page();
    let state = &props.state;
    let pieces = use_pieces(state.diagnosis.as_deref().map(is_large));
    let body = if state.files.is_empty() { empty(&page) } else { full(&page, state, &pieces) };
    let taken_out = state.taken_out.as_ref().map(|(_, file)| (file.id, file.name.clone()));
    // The button that took it out is gone: the keyboard goes to the one that puts it back.
    use_at_once(taken_out.as_ref().map(|(id, _)| *id), |id| {
        if id.is_some() {
            effects::focus_in_place("[data-testid=put-back]");
        }
    });
    let undo = taken_out.map(|(_, name)| {
        html! {
            <><Prose text={TAKEN_OUT.with("name", Class::File, name)} />
                <button type="button" class="button" data-testid="put-back" onclick={page.asks(|| Ask::PutBack)}>{ page.say(PUT_BACK) }</button></>
        }
    });
    html! {
        <div class="case">
            <div class="taken-out" role="status">{ undo }</div>
            <ContextProvider<Gradual> context={pieces.gradual}><div key={state.files.is_empty().to_string()}>{ body }</div></ContextProvider<Gradual>>
        </div>
    }
}

/// How much of a case is shown.
struct Pieces {
    gradual: Gradual,
    /// More than its verdict.
    begun: bool,
    /// All of it.
    whole: bool,
}

/// So many lines of findings and phones make a case large.
const LARGE: usize = 150;

fn is_large(diagnosis: &Diagnosis) -> bool {
    let lines = diagnosis.findings.iter().map(|finding| 1 + finding.evidence.len());
    lines.sum::<usize>() + diagnosis.phones.len() > LARGE
}

/// How a case is shown, if there is one, and whether it is large. When a diagnosis comes to a view that stands open, its
/// verdict comes first: the rest takes many times as long to lay out, and nobody has read the verdict by then. Of a large
/// one the rest comes piece by piece.
#[hook]
fn use_pieces(judged: Option<bool>) -> Pieces {
    let diagnoses = use_mut_ref(|| 0_usize);
    let opened = use_mut_ref(|| true);
    let kept = use_memo(judged.is_some(), |is_judged| {
        *diagnoses.borrow_mut() += usize::from(*is_judged);
        let comes = *is_judged && !opened.replace(false);
        (Gradual::new(comes && judged == Some(true)), comes)
    });
    opened.replace(false);
    let (gradual, comes) = &*kept;
    let wanted = *diagnoses.borrow();
    let (first, last) = match (gradual.is_on(), comes) {
        (true, _) => (When::Next, When::End),
        (false, true) => (When::End, When::AtOnce),
        (false, false) => (When::AtOnce, When::AtOnce),
    };
    let begun = use_turns(wanted, first) == wanted;
    let whole = use_turns(wanted, last) == wanted && begun;
    if whole {
        // What comes to a case that is shown is shown at once.
        gradual.end();
    }
    Pieces { gradual: gradual.clone(), begun, whole }
}

fn empty(page: &Page) -> Html {
    html! {
        <div class="empty">
            <h1>{ page.say(EMPTY) }</h1>
            <DropZone />
            <p><a href={Route::Start.address()}>{ page.say(TO_START) }</a></p>
        </div>
    }
}

fn full(page: &Page, state: &State, pieces: &Pieces) -> Html {
    let diagnosis = state.diagnosis.as_ref();
    let busy = (diagnosis.is_some() && !pieces.whole).then_some("true");
    let judged = diagnosis;
    let diagnosis = diagnosis.filter(|_| pieces.begun);
    let compared = diagnosis.filter(|diagnosis| diagnosis.since.is_some());
    let trouble = state.trouble.clone().map(|text| {
        html! {
            <p><Prose {text} />{ " " }
                <button type="button" class="link" onclick={page.acts(|| Action::TroubleSeen)}>{ page.say(SEEN) }</button></p>
        }
    });
    html! {
        <>
            <div aria-live="polite">{ judged.map(|diagnosis| html! { <VerdictView diagnosis={diagnosis.clone()} /> }) }</div>
            <div class="trouble" role="alert" hidden={trouble.is_none()}>{ trouble }</div>
            <div>{ running(page, state) }</div>
            <div>{ diagnosis.map(|diagnosis| html! { <Later><Ladder diagnosis={diagnosis.clone()} chosen={state.stage} alone={state.chosen_phone().is_some()} /></Later> }) }</div>
            <div>{ diagnosis.map(|diagnosis| html! { <Later><Path diagnosis={diagnosis.clone()} chosen={state.stage} /></Later> }) }</div>
            <div>{ compared.map(|diagnosis| html! { <Changes diagnosis={diagnosis.clone()} /> }) }</div>
            <div class="columns">
                <div class="findings" aria-busy={busy}>{ diagnosis.map(|diagnosis| findings(page, diagnosis, state)) }</div>
                <aside>
                    { toolbar(page, state) }
                    <Files files={state.files.clone()} sources={state.sources.clone()} diagnosis={diagnosis.cloned()} />
                    <DropZone />
                    <div>{ diagnosis.map(|diagnosis| html! { <Later><Bring diagnosis={diagnosis.clone()} said={state.said.clone()} /></Later> }) }</div>
                </aside>
            </div>
        </>
    }
}

fn toolbar(page: &Page, state: &State) -> Html {
    html! {
        <div class="toolbar">
            { sample(page, state.example) }
            <div class="buttons">
                <span hidden={state.diagnosis.is_none()}><Save diagnosis={state.diagnosis.clone()} saving={state.saving.clone()} /></span>
                <button type="button" class="button" data-testid="wipe"
                    onclick={page.acts(|| Action::Overlaid(Overlay::Wipe))}>{ page.say(FORGET) }</button>
            </div>
        </div>
    }
}

fn findings(page: &Page, diagnosis: &Rc<Diagnosis>, state: &State) -> Html {
    let stage = state.stage;
    let groups = [
        (Severity::Blocker, Sure::Known),
        (Severity::Blocker, Sure::Possible),
        (Severity::Warning, Sure::Any),
        (Severity::Notice, Sure::Any),
    ];
    let groups = groups.into_iter().map(|(severity, sure)| group(page, diagnosis, stage, severity, sure));
    html! {
        <>
            { for groups }
            <div class="sections">{ sections(page, diagnosis, state) }</div>
            { passed(page, diagnosis, stage) }
            { waiting(page, diagnosis, stage) }
        </>
    }
}

/// How sure the findings of a group are. What blocks is told apart from what may block.
#[derive(Clone, Copy, PartialEq)]
enum Sure {
    Known,
    Possible,
    Any,
}

impl Sure {
    fn holds(self, confidence: Confidence) -> bool {
        match self {
            Self::Known => confidence != Confidence::Possible,
            Self::Possible => confidence == Confidence::Possible,
            Self::Any => true,
        }
    }
}

fn group(
    page: &Page,
    diagnosis: &Rc<Diagnosis>,
    stage: Option<Stage>,
    severity: Severity,
    sure: Sure,
) -> Html {
    let findings = &diagnosis.findings;
    let at_stage = |of: Stage| stage.is_none_or(|stage| of == stage);
    // An echo is shown inside its cause, unless the cause is not there to hold it or is filtered away.
    let shown = |index: &usize| {
        findings.get(*index).is_some_and(|finding| {
            let cause = findings.iter().find(|other| Some(&other.rule) == finding.caused_by.as_ref());
            let held = cause.is_some_and(|cause| at_stage(cause.stage));
            finding.severity == severity && sure.holds(finding.confidence) && at_stage(finding.stage) && !held
        })
    };
    let indices: Vec<usize> = (0..findings.len()).filter(shown).collect();
    let verdict = |index: &usize| {
        findings.get(*index).is_some_and(|finding| Some(&finding.rule) == diagnosis.verdict.rule.as_ref())
    };
    let main = (0..findings.len()).find(verdict);
    let first = indices.first().and_then(|index| findings.get(*index));
    let word = first.map(|finding| states::finding(finding).word).unwrap_or_default();
    let count = format!(" ({})", indices.len());
    html! {
        <section class="group" hidden={indices.is_empty()}>
            <h2>{ page.say(word) }<span class="soft">{ count }</span></h2>
            <FindingList diagnosis={diagnosis.clone()} {indices} {main} />
        </section>
    }
}

/// The views of the case in short, each with a way to its own page.
fn sections(page: &Page, diagnosis: &Rc<Diagnosis>, state: &State) -> Html {
    let case = diagnosis.clone();
    let all = [
        (
            Route::Phones,
            html! { <PhonesTable diagnosis={case.clone()} only={state.chosen_phone().map(|name| AttrValue::from(name.to_owned()))} page_size={FEW_PHONES} /> },
        ),
        (Route::Policy, html! { <PolicyTable diagnosis={case.clone()} /> }),
        (Route::Negotiation, html! { <NegotiationTable diagnosis={case} /> }),
    ];
    let shown = all.into_iter().map(|(route, body)| {
        html! {
            <details key={route.address()} class="folded section" hidden={!route.shows(diagnosis)} data-view={route.address()}>
                <summary>{ page.say(route.name()) }<span class="soft small">{ page.say(gist(page, diagnosis, route)) }</span></summary>
                <Later>{ body }</Later>
                <p class="small"><a href={route.address()}>{ page.say(OWN_PAGE) }</a></p>
            </details>
        }
    });
    shown.collect()
}

/// What stands in a section, in a few words.
fn gist(page: &Page, diagnosis: &Diagnosis, route: Route) -> Text {
    match route {
        Route::Phones => {
            let failing = diagnosis.phones.iter().filter(|phone| phone.failed.is_some()).count();
            let number = |value: usize| words::number(value, page.lang);
            GIST_PHONES.with("all", Class::Words, number(diagnosis.phones.len())).with(
                "failing",
                Class::Words,
                number(failing),
            )
        }
        Route::Policy => {
            let settings = diagnosis.policies.iter().flat_map(|policy| &policy.settings);
            let objected = settings.filter(|setting| setting.rule.is_some()).count();
            let groups: Vec<_> =
                diagnosis.policies.iter().map(|policy| policy.tunnel_group.as_str()).collect();
            let gist = if objected == 0 { GIST_POLICY_FINE } else { GIST_POLICY };
            gist.with("groups", Class::Words, groups.join(", ")).number("objected", objected)
        }
        Route::Negotiation => {
            let rows = diagnosis.negotiations.iter().flat_map(|view| &view.rows);
            let failing = rows.clone().filter(|row| row.works == Some(false)).count();
            GIST_NEGOTIATION.number("all", rows.count()).number("failing", failing)
        }
        _ => Text::default(),
    }
}

fn passed(page: &Page, diagnosis: &Diagnosis, stage: Option<Stage>) -> Html {
    let rows: Vec<_> =
        diagnosis.passed.iter().filter(|row| stage.is_none_or(|stage| row.stage == stage)).collect();
    let items = rows.iter().map(|row| {
        html! { <li key={row.rule.clone()}><Prose text={row.title.clone()} />{ " " }<span class="soft small">{ page.say(row.stage.name()) }</span></li> }
    });
    html! {
        <details class="folded" hidden={rows.is_empty()} data-testid="passed">
            <summary>{ page.say(words::counted(rows.len(), PASSED_ONE, PASSED)) }</summary>
            <p class="small soft">{ page.say(PASSED_WHAT) }</p>
            <Later tag="ul">{ for items }</Later>
        </details>
    }
}

fn waiting(page: &Page, diagnosis: &Diagnosis, stage: Option<Stage>) -> Html {
    let rows: Vec<_> =
        diagnosis.waiting.iter().filter(|row| stage.is_none_or(|stage| row.stage == stage)).collect();
    let items = rows.iter().map(|row| {
        let needs: Vec<_> = row.needs.iter().map(|need| page.say(page.name_of(*need)).to_string()).collect();
        let needs = match needs.join(&page.say(OR)) {
            none if none.is_empty() => page.say(NOT_SHOWN).to_string(),
            needs => format!("{}{needs}", page.say(NEEDS)),
        };
        html! { <li key={row.rule.clone()}><Prose text={row.title.clone()} />{ " " }<span class="soft small">{ needs }</span></li> }
    });
    html! {
        <details class="folded" hidden={rows.is_empty()}>
            <summary>{ page.say(words::counted(rows.len(), WAITING_ONE, WAITING)) }</summary>
            <p class="small soft">{ page.say(WAITING_WHAT) }</p>
            <Later tag="ul">{ for items }</Later>
        </details>
    }
}

/// Rows of the phones' list inside the case.
const FEW_PHONES: u32 = 10;

const OWN_PAGE: Text = Text::fixed("Show this alone", "Das allein zeigen");
const GIST_PHONES: Text =
    Text::fixed("{all} seen, {failing} failing", "{all} gesehen, {failing} gescheitert");
const GIST_POLICY: Text =
    Text::fixed("{groups} · problems found: {objected}", "{groups} · Probleme: {objected}");
const GIST_POLICY_FINE: Text =
    Text::fixed("{groups} · no problems in the policy", "{groups} · keine Probleme in der Richtlinie");
const GIST_NEGOTIATION: Text = Text::fixed(
    "kinds of phones: {all}, failing: {failing}",
    "Arten von Telefonen: {all}, davon scheitern: {failing}",
);
const EMPTY: Text = Text::fixed("There is no case yet", "Es gibt noch keinen Fall");
const TO_START: Text = Text::fixed("To the start", "Zum Anfang");
const TAKEN_OUT: Text =
    Text::fixed("{name} was taken out of the case. ", "{name} wurde aus dem Fall genommen. ");
const PUT_BACK: Text = Text::fixed("Put it back", "Wieder aufnehmen");
const FORGET: Text = Text::fixed("Clear case", "Fall löschen");
const SEEN: Text = Text::fixed("Close", "Schließen");
const PASSED_ONE: Text = Text::fixed("1 check passed", "1 Prüfung bestanden");
const PASSED: Text = Text::fixed("{count} checks passed", "{count} Prüfungen bestanden");
const PASSED_WHAT: Text = Text::fixed(
    "These were looked for, and the files show that they are not there.",
    "Danach wurde gesucht, und die Dateien zeigen, dass es nicht vorliegt.",
);
const WAITING_ONE: Text = Text::fixed("1 check could not be made", "1 Prüfung war nicht möglich");
const WAITING: Text =
    Text::fixed("{count} checks could not be made", "{count} Prüfungen waren nicht möglich");
const WAITING_WHAT: Text = Text::fixed(
    "Not checked does not mean fine: any one of the named things would let the check run.",
    "Nicht geprüft heißt nicht in Ordnung: Jedes der genannten Dinge würde die Prüfung möglich machen.",
);
/// What was asked for is there, or what was found decides it.
const NOT_SHOWN: Text = Text::fixed("not shown in your files", "aus den Dateien nicht erkennbar");
const NEEDS: Text = Text::fixed("needs ", "braucht: ");
const OR: Text = Text::fixed(" or ", " oder ");
