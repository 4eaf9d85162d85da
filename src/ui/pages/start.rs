//! Where a case begins: drop, paste, open the example, compare two hashes, or see what to collect.

use yew::prelude::*;

use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::text::Text;

use super::hash::Quick;
use crate::ui::app::{Ask, use_page};
use crate::ui::effects;
use crate::ui::icons::{Icon, icon};
use crate::ui::parts::HowTo;
use crate::ui::route::Route;
use crate::ui::words::sentence_case;

/// The start.
#[function_component(Start)]
pub fn start() -> Html {
    let page = use_page();
    let collect = COLLECT.iter().map(|need| {
        html! { <li key={need.id()}><h3>{ sentence_case(&page.say(need.name())) }</h3><HowTo need={*need} open=true /></li> }
    });
    html! {
        <div class="start">
            <div class="columns">
                <div>
                    <h1>{ page.say(TITLE) }</h1>
                    <p class="lead">{ page.say(LEAD) }</p>
                    <DropZone />
                    <p class="buttons example">
                        <button type="button" class="button" data-testid="example-case" onclick={page.asks(|| Ask::Example)}>
                            { page.say(EXAMPLE) }</button>
                        <span class="small soft">{ page.say(EXAMPLE_WHAT) }</span>
                    </p>
                </div>
                <aside>
                    <h2>{ page.say(COMPARE) }</h2>
                    <p class="small soft">{ page.say(COMPARE_WHY) }</p>
                    <Quick />
                    <p class="small"><a href={Route::Hash.address()}>{ page.say(COMPARE_MORE) }</a></p>
                </aside>
            </div>
            <section class="collect">
                <h2>{ page.say(COLLECT_TITLE) }</h2>
                <p class="soft">{ page.say(COLLECT_WHY) }</p>
                <ul>{ for collect }</ul>
            </section>
        </div>
    }
}

/// Where files can be dropped, or chosen with a button.
#[function_component(DropZone)]
pub fn drop_zone() -> Html {
    let page = use_page();
    let onchange = use_callback(page.clone(), |event: Event, page| {
        if let Some(files) = effects::chosen(&event) {
            page.ask(Ask::Add(files));
        }
    });
    html! {
        <label class="drop-zone" data-testid="drop-zone">
            <input type="file" multiple=true {onchange} class="unseen" autocomplete="off" />
            <span class="picture">{ icon(Icon::Drop) }</span>
            <span class="words">
                <strong>{ page.say(CHOOSE) }</strong>
                <span>{ page.say(OR_DROP) }</span>
                <span class="small soft kinds">{ page.say(KINDS) }</span>
            </span>
        </label>
    }
}

/// What most cases are decided by.
const COLLECT: [Need; 5] =
    [Need::PhoneLog, Need::PhoneConfig, Need::AsaConfig, Need::AsaLog, Need::Certificate];

const TITLE: Text =
    Text::fixed("Why does the phone’s VPN not connect?", "Warum verbindet sich das VPN des Telefons nicht?");
const LEAD: Text = Text::fixed(
    "Drop everything you have of a Cisco IP phone and its ASA. You see what is broken, the lines that prove it, and the commands that fix it.",
    "Legen Sie alles ab, was Sie von einem Cisco-IP-Telefon und seiner ASA haben. Sie sehen, was nicht stimmt, die Zeilen, die es beweisen, und die Befehle, die es beheben.",
);
const CHOOSE: Text = Text::fixed("Choose files", "Dateien auswählen");
const OR_DROP: Text = Text::fixed(
    "or drop files and folders anywhere, or paste text anywhere",
    "oder Dateien und Ordner irgendwo ablegen, oder Text irgendwo einfügen",
);
const KINDS: Text = Text::fixed(
    "Phone configuration and console logs, ASA configuration, show output, syslog, certificates. You need not sort or rename anything.",
    "Telefonkonfiguration und Konsolenprotokolle, ASA-Konfiguration, Ausgaben von show, Syslog, Zertifikate. Sie brauchen nichts zu sortieren oder umzubenennen.",
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
const COLLECT_WHY: Text = Text::fixed(
    "Any one of these already helps. The page says what it still needs and how many checks that would run.",
    "Schon eines davon hilft. Die Seite sagt, was ihr noch fehlt und wie viele Prüfungen dadurch möglich werden.",
);
