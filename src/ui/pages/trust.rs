//! What is promised about data, and how to check it.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use crate::ui::app::use_page;
use crate::ui::effects;
use crate::ui::parts::{Copy, Device, Prose};

/// The promise.
#[function_component(Trust)]
pub fn trust() -> Html {
    let page = use_page();
    let policy = effects::policy();
    let rules = policy.iter().flat_map(|policy| policy.split(';')).map(|rule| {
        html! { <li><Device text={rule.trim().to_owned()} /></li> }
    });
    let section = |title: Text, texts: &[Text]| {
        html! {
            <section>
                <h2>{ page.say(title) }</h2>
                { for texts.iter().map(|text| html! { <p><Prose text={text.clone()} /></p> }) }
            </section>
        }
    };
    html! {
        <div class="trust">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead">{ page.say(LEAD) }</p>
            { section(LEAVES, &[LEAVES_WHAT]) }
            { section(STORED, &[STORED_WHAT, STORED_UNTIL]) }
            { section(CHECK, &[CHECK_OFFLINE, CHECK_TOOLS, CHECK_POLICY]) }
            <section>
                <h2>{ page.say(POLICY) }</h2>
                <p><Prose text={if policy.is_some() { POLICY_WHAT } else { POLICY_ABSENT }} /></p>
                <ul class="policy" hidden={policy.is_none()}>{ for rules }</ul>
                <p hidden={policy.is_none()}><Copy text={policy.clone().unwrap_or_default()} label={COPY_POLICY} /></p>
            </section>
            { section(LIMITS, &[LIMITS_WHAT]) }
            <section>
                <h2>{ page.say(VERSION) }</h2>
                <p>{ "VPN Phone Doctor " }{ env!("CARGO_PKG_VERSION") }</p>
                <p><Prose text={VERSION_WHAT} /></p>
            </section>
        </div>
    }
}

const TITLE: Text = Text::fixed("Nothing leaves this page", "Nichts verlässt diese Seite");
const LEAD: Text = Text::fixed(
    "Your files hold passwords, addresses and names. They are read in this browser tab and nowhere else.",
    "Ihre Dateien enthalten Passwörter, Adressen und Namen. Gelesen werden sie in diesem Browser-Tab und nirgends sonst.",
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
    "When you close or reload the tab, or choose “Forget everything”, the case is gone.",
    "Wenn Sie den Tab schließen oder neu laden oder „Alles vergessen“ wählen, ist der Fall weg.",
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
const CHECK_POLICY: Text = Text::fixed(
    "Read the policy below. The browser enforces it, whatever the page’s program does.",
    "Lesen Sie die Richtlinie unten. Der Browser setzt sie durch, was auch immer das Programm der Seite tut.",
);
const POLICY: Text =
    Text::fixed("The policy that this page came with", "Die Richtlinie, mit der diese Seite kam");
const POLICY_WHAT: Text = Text::fixed(
    "It is read from this very document. `connect-src 'none'` forbids every request, and only the one script with the given fingerprint may run.",
    "Sie wird aus genau diesem Dokument gelesen. `connect-src 'none'` verbietet jede Anfrage, und nur das eine Skript mit dem genannten Fingerabdruck darf laufen.",
);
const POLICY_ABSENT: Text = Text::fixed(
    "This document has no policy. It is a development build: do not use it with real files.",
    "Dieses Dokument hat keine Richtlinie. Es ist ein Entwicklungsstand: Verwenden Sie ihn nicht mit echten Dateien.",
);
const COPY_POLICY: Text = Text::fixed("Copy policy", "Richtlinie kopieren");
const LIMITS: Text = Text::fixed("What a page cannot promise", "Was eine Seite nicht versprechen kann");
const LIMITS_WHAT: Text = Text::fixed(
    "Browser extensions can read every page. If you have any that you do not trust, open this one in a guest or private window.",
    "Browser-Erweiterungen können jede Seite lesen. Wenn Sie einer davon nicht trauen, öffnen Sie diese Seite in einem Gast- oder privaten Fenster.",
);
const VERSION: Text = Text::fixed("Version", "Version");
const VERSION_WHAT: Text = Text::fixed(
    "A page cannot vouch for itself: compare the SHA-256 of the saved file with the published one, with `sha256sum` or `Get-FileHash`.",
    "Eine Seite kann nicht für sich selbst bürgen: Vergleichen Sie den SHA-256 der gespeicherten Datei mit dem veröffentlichten, mit `sha256sum` oder `Get-FileHash`.",
);
