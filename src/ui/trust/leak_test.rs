//! The leak test: the page and its worker try every known way of sending, and what the browser did stands in a table.
//!
//! The attempts are in `assets/leaks.js`. Nothing is claimed that the browser did not say.

use vpn_phone_doctor::text::{Class, Lang, Text};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use yew::prelude::*;

use super::leaks::{Attempts, Outcome};
use crate::ui::engine::engine;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, Icon, Prose, icon};

/// The button, and what came of it.
#[function_component(LeakTest)]
pub fn leak_test() -> Html {
    let page = use_page();
    let test = use_state(|| Test::NotRun);
    let onclick = use_callback(test.setter(), |_: MouseEvent, test| {
        let test = test.clone();
        test.set(Test::Running);
        spawn_local(async move {
            let begin = js_sys::Date::now();
            let worker = Closure::once_into_js(|| {
                future_to_promise(async {
                    engine().try_to_leak().await.map(Into::into).map_err(|_| JsValue::UNDEFINED)
                })
            });
            let lines = try_to_leak(&worker).await;
            // Some seconds; a clock that was set back in between counts as none.
            let millis = (js_sys::Date::now() - begin) as u32;
            test.set(match lines.ok().and_then(|lines| lines.as_string()) {
                Some(lines) => Test::Done(Attempts::read(&lines), millis),
                None => Test::Failed,
            });
        });
    });
    let result = match &*test {
        Test::NotRun => Html::default(),
        Test::Running => html! { <p>{ page.say(RUNNING) }</p> },
        Test::Failed => html! { <p>{ page.say(FAILED) }</p> },
        Test::Done(seen, millis) => summary(&page, seen, *millis),
    };
    let table = match &*test {
        Test::Done(seen, _) => table(&page, seen),
        _ => Html::default(),
    };
    html! {
        <div class="leaks">
            <p>
                <button type="button" class="button strong" {onclick} data-testid="try-to-leak"
                    disabled={matches!(*test, Test::Running)}>{ page.say(BUTTON) }</button>
            </p>
            <div aria-live="polite">{ result }</div>
            <div>{ table }</div>
        </div>
    }
}

#[derive(Clone, PartialEq)]
enum Test {
    NotRun,
    Running,
    Failed,
    Done(Attempts, u32),
}

/// A picture, a class and a word for each outcome.
const fn look(outcome: Outcome) -> (Icon, &'static str, Text) {
    match outcome {
        Outcome::Refused => {
            (Icon::Check, "is-good", Text::fixed("refused by the policy", "von der Richtlinie abgelehnt"))
        }
        Outcome::Held => (
            Icon::Check,
            "is-good",
            Text::fixed("prevented by the page’s lock", "von der Sperre der Seite verhindert"),
        ),
        Outcome::Absent => (Icon::Remove, "is-off", Text::fixed("not there", "nicht vorhanden")),
        Outcome::Untried => (Icon::Ring, "is-warn", Text::fixed("not tried", "nicht versucht")),
        Outcome::Open => {
            (Icon::Triangle, "is-warn", Text::fixed("not seen to be stopped", "nicht erkennbar aufgehalten"))
        }
    }
}

fn summary(page: &Page, seen: &Attempts, millis: u32) -> Html {
    let count = |outcome| seen.count(outcome);
    let (open, untried) = (count(Outcome::Open), count(Outcome::Untried));
    let tried = seen.cells().count() - untried;
    let (picture, class, word) = match open {
        0 => (Icon::Check, "is-good", NONE_OPEN),
        open if open * 2 > tried => (Icon::Cross, "is-bad", MOST_OPEN),
        _ => (Icon::Triangle, "is-warn", SOME_OPEN),
    };
    let counted = |text: Text| {
        text.number("tried", tried)
            .number("stopped", tried - open)
            .number("refused", count(Outcome::Refused))
            .number("held", count(Outcome::Held))
            .number("absent", count(Outcome::Absent))
            .number("untried", untried)
            .number("open", open)
            .with("seconds", Class::Words, seconds(millis, page.lang))
    };
    let more = [(untried, COUNT_UNTRIED), (open, COUNT_OPEN)].into_iter().filter(|(count, _)| *count > 0);
    let more = more.map(|(_, text)| html! { <p class="small"><Prose text={counted(text)} /></p> });
    html! {
        <div class={classes!("hash-verdict", class)} data-testid="leak-summary" data-open={open.to_string()}>
            <span class="sign-post">{ icon(picture) }</span>
            <div>
                <strong>{ page.say(counted(word)) }</strong>
                <p class="small">{ page.say(counted(COUNTS)) }</p>
                { for more }
            </div>
        </div>
    }
}

fn table(page: &Page, seen: &Attempts) -> Html {
    let rows = seen.worst_first().into_iter().map(|(way, cells)| {
        let cells = cells.iter().map(|cell| match cell {
            None => html! { <td class="soft">{ page.say(NO_WAY) }</td> },
            Some((outcome, told)) => {
                let (picture, class, word) = look(*outcome);
                html! {
                    <td class={class} data-outcome={outcome.id()}>
                        { icon(picture) }{ " " }{ page.say(word) }
                        { " " }<Device text={told.clone()} />
                    </td>
                }
            }
        });
        html! { <tr key={way.clone()}><th scope="row"><Device text={way.clone()} /></th>{ for cells }</tr> }
    });
    html! {
        <details class="attempts" open={seen.count(Outcome::Open) > 0} data-testid="leak-table">
            <summary>{ page.say(TABLE) }</summary>
            <table>
                <thead><tr>
                    <th scope="col">{ page.say(WAY) }</th>
                    <th scope="col">{ page.say(IN_PAGE) }</th>
                    <th scope="col">{ page.say(IN_WORKER) }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}

/// With one digit behind the point.
fn seconds(millis: u32, lang: Lang) -> String {
    let tenths = millis.div_ceil(100);
    let point = if lang == Lang::De { ',' } else { '.' };
    format!("{}{point}{}", tenths / 10, tenths % 10)
}

#[wasm_bindgen]
extern "C" {
    /// Defined in `assets/leaks.js`, beside the page's glue.
    #[wasm_bindgen(js_name = tryToLeak, catch)]
    async fn try_to_leak(worker: &JsValue) -> Result<JsValue, JsValue>;
}

const BUTTON: Text = Text::fixed("Run the leak test", "Selbsttest starten");
const RUNNING: Text = Text::fixed("Trying every way…", "Jeder Weg wird versucht …");
const FAILED: Text = Text::fixed(
    "The test stopped before its end, so it says nothing. Start it again.",
    "Der Test brach vor seinem Ende ab und sagt deshalb nichts. Starten Sie ihn noch einmal.",
);
const NONE_OPEN: Text = Text::fixed("Stopped: all {tried} attempts", "Aufgehalten: alle {tried} Versuche");
const SOME_OPEN: Text = Text::fixed(
    "Stopped: {stopped} of {tried} attempts; of {open} the browser said nothing",
    "Aufgehalten: {stopped} von {tried} Versuchen; zu {open} sagte der Browser nichts",
);
const MOST_OPEN: Text = Text::fixed(
    "Nothing stopped {open} of {tried} attempts: do not give this page real files",
    "{open} von {tried} Versuchen hielt nichts auf: Geben Sie dieser Seite keine echten Dateien",
);
const COUNTS: Text = Text::fixed(
    "{refused} refused by the policy, {held} prevented by the page’s lock, {absent} with something that is not there. It took {seconds} s.",
    "{refused} von der Richtlinie abgelehnt, {held} von der Sperre der Seite verhindert, {absent} mit etwas, das es hier nicht gibt. Es dauerte {seconds} s.",
);
const COUNT_UNTRIED: Text = Text::fixed(
    "{untried} were not tried: this browser cannot hold back a change of address, so they would have left the page.",
    "{untried} wurden nicht versucht: Dieser Browser kann einen Wechsel der Adresse nicht zurückhalten, sie hätten die Seite also verlassen.",
);
const COUNT_OPEN: Text = Text::fixed(
    "No word proves nothing either way: Firefox, for one, stops `EventSource` without saying so. The developer tools (F12, Network) show whether a request to `vpn-phone-doctor.invalid` left.",
    "Wo er nichts sagt, ist nichts bewiesen: Firefox etwa hält `EventSource` auf, ohne es zu melden. Die Entwicklerwerkzeuge (F12, Netzwerk) zeigen, ob eine Anfrage an `vpn-phone-doctor.invalid` hinausging.",
);
const TABLE: Text = Text::fixed("Every attempt", "Alle Versuche");
const WAY: Text = Text::fixed("Way", "Weg");
const IN_PAGE: Text = Text::fixed("In the page", "In der Seite");
const IN_WORKER: Text = Text::fixed("In the worker that reads files", "Im Worker, der Dateien liest");
const NO_WAY: Text = Text::fixed("–", "–");
