//! What lies over the page: the drop veil, the list of keys, and the question whether to forget everything.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use crate::ui::app::{Ask, Page, use_page};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Action, Overlay};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What lies over the page.
    pub overlay: Overlay,
}

/// The overlay.
#[function_component(Keys)]
pub fn keys(props: &Props) -> Html {
    let page = use_page();
    let body = match props.overlay {
        Overlay::None => html! {},
        Overlay::Drop => {
            html! { <div class="veil drop"><p>{ icon(Icon::Drop) }{ page.say(LET_GO) }</p></div> }
        }
        Overlay::Keys => dialog(&page, KEYS, CLOSE, list(&page)),
        Overlay::Wipe => dialog(&page, FORGET_QUESTION, KEEP, question(&page)),
    };
    html! { <div class="overlay"><div key={format!("{:?}", props.overlay)}>{ body }</div></div> }
}

fn dialog(page: &Page, title: Text, leave: Text, body: Html) -> Html {
    let close = page.acts(|| Action::Overlaid(Overlay::None));
    html! {
        <div class="veil">
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-title">
                <h2 id="dialog-title">{ page.say(title) }</h2>
                { body }
                <button type="button" class="button" id="dialog-close" onclick={close}>{ page.say(leave) }</button>
            </div>
        </div>
    }
}

fn list(page: &Page) -> Html {
    let rows = KEY_LIST.iter().map(|(key, what)| {
        html! { <div><dt><kbd>{ *key }</kbd></dt><dd>{ page.say(what.clone()) }</dd></div> }
    });
    html! { <dl class="keys">{ for rows }</dl> }
}

fn question(page: &Page) -> Html {
    html! {
        <>
            <p>{ page.say(FORGET_WHAT) }</p>
            <button type="button" class="button danger" data-testid="wipe-confirm" onclick={page.asks(|| Ask::Wipe)}>
                { page.say(FORGET) }
            </button>
        </>
    }
}

const LET_GO: Text = Text::fixed("Let go to add to the case", "Loslassen, um es zum Fall hinzuzufügen");
const KEYS: Text = Text::fixed("Keys", "Tasten");
const CLOSE: Text = Text::fixed("Close", "Schließen");
const KEEP: Text = Text::fixed("Keep it", "Behalten");
const FORGET_QUESTION: Text = Text::fixed("Forget everything?", "Alles vergessen?");
const FORGET: Text = Text::fixed("Forget everything", "Alles vergessen");
const FORGET_WHAT: Text = Text::fixed(
    "All files, the diagnosis and everything read from them are removed from this page. The files on your disk stay. Language and theme are kept.",
    "Alle Dateien, die Diagnose und alles daraus Gelesene werden von dieser Seite entfernt. Die Dateien auf Ihrem Datenträger bleiben. Sprache und Farbschema bleiben erhalten.",
);

/// What the keys do; `app` holds them.
static KEY_LIST: [(&str, Text); 11] = [
    ("?", Text::fixed("this list", "diese Liste")),
    ("o", Text::fixed("open files", "Dateien öffnen")),
    ("1", Text::fixed("case", "Fall")),
    ("2", Text::fixed("hash tool", "Hash-Werkzeug")),
    ("3", Text::fixed("certificates", "Zertifikate")),
    ("4", Text::fixed("rules", "Regeln")),
    ("5", Text::fixed("symptoms", "Symptome")),
    ("/", Text::fixed("search the case", "Fall durchsuchen")),
    (
        "n p",
        Text::fixed(
            "next and previous evidence, beside an open file",
            "nächster und voriger Beleg, neben einer offenen Datei",
        ),
    ),
    ("Esc", Text::fixed("close what lies over the page", "schließen, was über der Seite liegt")),
    ("Ctrl V", Text::fixed("paste text or files anywhere", "Text oder Dateien einfügen, überall")),
];
