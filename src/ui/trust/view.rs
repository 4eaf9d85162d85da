//! What is promised about data, and how to check it: by a self-test, by the policy, by the file's hash.

use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::file::CheckFile;
use super::leak_test::LeakTest;
use super::licences::Licences;
use super::policy::Policy;
use crate::ui::page::use_page;
use crate::ui::rules::catalogue;
use crate::ui::widgets::Prose;

/// The promise.
#[function_component(Trust)]
pub fn trust() -> Html {
    let page = use_page();
    let rules = use_state_eq(|| None::<usize>);
    use_effect_with(rules.setter(), |rules| {
        let rules = rules.clone();
        wasm_bindgen_futures::spawn_local(async move {
            rules.set(catalogue().await.ok().map(|cards| cards.len()));
        });
    });
    let rules = rules.map_or_else(Text::default, |count| RULES.number("count", count));
    let section = |title: Text, texts: &[Text], part: Html| {
        html! {
            <section>
                <h2>{ page.say(title) }</h2>
                { for texts.iter().map(|text| html! { <p><Prose text={text.clone()} /></p> }) }
                { part }
            </section>
        }
    };
    html! {
        <div class="trust">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead">{ page.say(LEAD) }</p>
            { section(SELF_TEST, &[SELF_TEST_WHAT], html! { <LeakTest /> }) }
            { section(LEAVES, &[LEAVES_WHAT], Html::default()) }
            { section(STORED, &[STORED_WHAT, STORED_UNTIL], Html::default()) }
            { section(CHECK, &[CHECK_OFFLINE, CHECK_TOOLS], Html::default()) }
            { section(FILE, &[FILE_WHAT], html! { <><p>{ "VPN Phone Doctor " }{ env!("CARGO_PKG_VERSION") }{ page.say(rules) }</p><CheckFile /></> }) }
            { section(POLICY, &[], html! { <Policy /> }) }
            { section(LIMITS, &[LIMITS_EXTENSIONS, LIMITS_SCRIPT, LIMITS_BROWSER], Html::default()) }
            { section(LICENCES, &[LICENCES_WHAT], html! { <Licences /> }) }
        </div>
    }
}

const TITLE: Text = Text::fixed("Nothing leaves this page", "Nichts verlässt diese Seite");
const LEAD: Text = Text::fixed(
    "Your files hold passwords, addresses and names. They are read in this browser tab and nowhere else.",
    "Ihre Dateien enthalten Kennwörter, Adressen und Namen. Gelesen werden sie in diesem Browser-Tab und nirgends sonst.",
);
const LEAVES: Text = Text::fixed("What leaves", "Was hinausgeht");
const LEAVES_WHAT: Text = Text::fixed(
    "Nothing, unless you copy it or save a report. The page loads nothing after it has opened, asks no server, and has no telemetry.",
    "Nichts, es sei denn, Sie kopieren es oder speichern einen Bericht. Die Seite lädt nach dem Öffnen nichts nach, fragt keinen Server und enthält keine Telemetrie.",
);
const STORED: Text = Text::fixed("What is stored", "Was gespeichert wird");
const STORED_WHAT: Text = Text::fixed(
    "Two words: the language and the theme that you chose. Nothing of your files is stored, and nothing of them ever stands in the address, the title or the browser’s history.",
    "Zwei Wörter: die Sprache und das Farbschema, die Sie gewählt haben. Von Ihren Dateien wird nichts gespeichert, und nichts davon steht je in der Adresse, im Titel oder im Verlauf des Browsers.",
);
const STORED_UNTIL: Text = Text::fixed(
    "When you close or reload the tab, or choose “Clear case”, the case is gone.",
    "Wenn Sie den Tab schließen oder neu laden oder „Fall löschen“ wählen, ist der Fall weg.",
);
const CHECK: Text = Text::fixed("How to check it", "So prüfen Sie es");
const CHECK_OFFLINE: Text = Text::fixed(
    "Save this page as one file, unplug the network, and open it: everything works as before.",
    "Speichern Sie diese Seite als eine Datei, trennen Sie das Netz und öffnen Sie sie: Alles geht wie zuvor.",
);
const CHECK_TOOLS: Text = Text::fixed(
    "Open the developer tools (F12), choose Network, and drop your files: the list stays empty but for `blob:` entries, which never leave the browser.",
    "Öffnen Sie die Entwicklerwerkzeuge (F12), wählen Sie „Netzwerk“ und legen Sie Ihre Dateien ab: Die Liste bleibt leer bis auf Einträge mit `blob:`, die den Browser nie verlassen.",
);
const POLICY: Text =
    Text::fixed("The policy that this page came with", "Die Richtlinie, mit der diese Seite kam");
const SELF_TEST: Text = Text::fixed("Leak test", "Selbsttest: etwas senden");
const SELF_TEST_WHAT: Text = Text::fixed(
    "The page and its worker try every way of sending that is known, to `vpn-phone-doctor.invalid`, an address that cannot exist. Nothing of your files is in it. What a policy cannot stop, a lock in the page does: changing the address, new windows, empty frames, looking up the name of a server.",
    "Die Seite und ihr Worker versuchen jeden bekannten Weg, etwas zu senden, an `vpn-phone-doctor.invalid`, eine Adresse, die es nicht geben kann. Von Ihren Dateien ist nichts darin. Was eine Richtlinie nicht aufhält, hält eine Sperre in der Seite auf: den Wechsel der Adresse, neue Fenster, leere Rahmen, das Nachschlagen eines Servernamens.",
);
const LIMITS: Text = Text::fixed("What a page cannot promise", "Was eine Seite nicht versprechen kann");
const LIMITS_EXTENSIONS: Text = Text::fixed(
    "Browser extensions can read every page. If you have any that you do not trust, open this one in a guest or private window.",
    "Browser-Erweiterungen können jede Seite lesen. Wenn Sie einer davon nicht trauen, öffnen Sie diese Seite in einem Gast- oder privaten Fenster.",
);
const LIMITS_SCRIPT: Text = Text::fixed(
    "The policy lets in no script but the page’s own, and no text of a file becomes one. Should the page’s own script be hostile all the same, policy and lock stop every way that is known here, and no list of ways is complete. What they cannot stop is what somebody else does for such a script: a person who opens a planted link from the browser’s menu or pastes what it put into the clipboard, or another page of the same address that reads what it left in the browser’s storage.",
    "Die Richtlinie lässt kein Skript zu als das eigene der Seite, und kein Text einer Datei wird zu einem. Wäre das eigene Skript dennoch bösartig, so halten Richtlinie und Sperre jeden Weg auf, der hier bekannt ist, und keine Liste von Wegen ist vollständig. Nicht aufhalten können sie, was jemand anders für ein solches Skript tut: ein Mensch, der einen untergeschobenen Link aus dem Menü des Browsers öffnet oder einfügt, was es in die Zwischenablage gelegt hat, oder eine andere Seite derselben Adresse, die liest, was es im Speicher des Browsers hinterlassen hat.",
);
const LIMITS_BROWSER: Text = Text::fixed(
    "In an older browser, one without the Navigation API or trusted types, such a script could also go to another address and take something along, or send from a worker of its own. Where the self-test cannot try that, it says so.",
    "In einem älteren Browser, einem ohne Navigation API oder Trusted Types, könnte ein solches Skript auch zu einer anderen Adresse gehen und etwas mitnehmen oder aus einem eigenen Worker senden. Wo der Selbsttest das nicht versuchen kann, sagt er es.",
);
const FILE: Text = Text::fixed("What this file is", "Was diese Datei ist");
const FILE_WHAT: Text = Text::fixed(
    "A page cannot vouch for itself: a forged one would show a forged number. So compare the SHA-256 of the saved file with the published one also with a tool of your own: `sha256sum` or `Get-FileHash`.",
    "Eine Seite kann nicht für sich selbst bürgen: Eine gefälschte würde eine gefälschte Zahl zeigen. Vergleichen Sie den SHA-256 der gespeicherten Datei deshalb auch mit einem eigenen Werkzeug mit dem veröffentlichten: `sha256sum` oder `Get-FileHash`.",
);
const LICENCES: Text = Text::fixed("Licences", "Lizenzen");
const LICENCES_WHAT: Text = Text::fixed(
    "VPN Phone Doctor is free under MIT or Apache-2.0, as you like. It contains work of others, under these or similar licences.",
    "VPN Phone Doctor ist frei unter MIT oder Apache-2.0, wie Sie möchten. Es enthält Arbeit anderer unter diesen oder ähnlichen Lizenzen.",
);
const RULES: Text = Text::fixed(", with {count} rules", ", mit {count} Regeln");
