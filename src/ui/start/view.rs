//! Where a case begins: drop, paste, open the example, say what you see, or compare two hashes.

use yew::prelude::*;

use vpn_phone_doctor::symptoms::example;
use vpn_phone_doctor::text::Text;

use crate::ui::hash::Quick;
use crate::ui::page::{Ask, use_page};
use crate::ui::route::Route;
use crate::ui::state::State;
use crate::ui::symptoms::{Detail, Symptoms};
use crate::ui::widgets::DropZone;

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
}

/// The start.
#[function_component(Start)]
pub fn start(props: &Props) -> Html {
    let page = use_page();
    html! {
        <div class="start">
            <div class="columns">
                <div class="begin">
                    <h1>{ page.say(TITLE) }</h1>
                    <p class="lead">{ page.say(LEAD) }</p>
                    <DropZone />
                    <p class="buttons example">
                        <button type="button" class="button" data-testid="example-case" onclick={page.asks(|| Ask::Example(example::FIRST))}>
                            { page.say(EXAMPLE) }</button>
                        <span class="small soft">{ page.say(EXAMPLE_WHAT) }</span>
                    </p>
                    <p><a href={Route::Symptom(COLLECT).address()}>{ page.say(COLLECT_TITLE) }</a>{ " · " }
                        <a href={Route::Manual.address()}>{ page.say(Route::Manual.name()) }</a></p>
                    <p><a href={Route::Plan.address()}>{ page.say(PLAN_TITLE) }</a></p>
                    <p><a href={Route::Compare.address()}>{ page.say(COMPARE_TITLE) }</a></p>
                </div>
                <aside class="see">
                    <h2>{ page.say(SEE) }</h2>
                    <Symptoms state={props.state.clone()} detail={Detail::Title} />
                </aside>
                <section class="compare">
                    <h2>{ page.say(COMPARE) }</h2>
                    <p class="small soft">{ page.say(COMPARE_WHY) }</p>
                    <Quick />
                    <p class="small"><a href={Route::Hash.address()}>{ page.say(COMPARE_MORE) }</a></p>
                </section>
            </div>
        </div>
    }
}

/// The wizard that says what to collect.
const COLLECT: &str = "collect-evidence";

const TITLE: Text =
    Text::fixed("Why does the phone’s VPN not connect?", "Warum verbindet sich das VPN des Telefons nicht?");
const LEAD: Text = Text::fixed(
    "Drop everything you have of a Cisco IP phone and its ASA. You see what is broken, the lines that prove it, and the commands that fix it.",
    "Legen Sie alles ab, was Sie von einem Cisco-IP-Telefon und seiner ASA haben. Sie sehen, was nicht stimmt, die Zeilen, die es beweisen, und die Befehle, die es beheben.",
);
const EXAMPLE: Text = Text::fixed("Open an example case", "Beispielfall öffnen");
const EXAMPLE_WHAT: Text =
    Text::fixed("A certificate was replaced on the ASA.", "Auf der ASA wurde ein Zertifikat ersetzt.");
const COMPARE: Text = Text::fixed("Compare two hashes", "Zwei Hashes vergleichen");
const COMPARE_WHY: Text = Text::fixed(
    "Base64 from the phone’s file, hex from a browser, a log line: any notation.",
    "Base64 aus der Datei des Telefons, Hex aus einem Browser, eine Protokollzeile: jede Schreibweise.",
);
const COMPARE_MORE: Text =
    Text::fixed("More than two, or against certificates", "Mehr als zwei oder mit Zertifikaten");
const COLLECT_TITLE: Text = Text::fixed("What should I collect?", "Was soll ich sammeln?");
const PLAN_TITLE: Text = Text::fixed("What would a change do?", "Was würde eine Änderung bewirken?");
const COMPARE_TITLE: Text = Text::fixed(
    "What differs between a phone that works and one that fails?",
    "Was unterscheidet ein Telefon, das geht, von einem, das scheitert?",
);
const SEE: Text = Text::fixed("What do you see?", "Was sehen Sie?");
