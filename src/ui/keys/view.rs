//! What lies over the page: the drop veil, the list of keys, and the question whether to clear the case.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::model::{Here, Key, Scope};
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::settings::Shortcuts;
use crate::ui::state::{Action, Overlay};
use crate::ui::widgets::{Icon, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Where the person is, and what lies over it.
    pub here: Here,
}

/// The overlay.
#[function_component(Keys)]
pub fn keys(props: &Props) -> Html {
    let page = use_page();
    let body = match props.here.overlay {
        Overlay::None => html! {},
        Overlay::Drop => {
            html! { <div class="veil drop" role="status"><p>{ icon(Icon::Drop) }{ page.say(LET_GO) }</p></div> }
        }
        Overlay::Keys => {
            // A list may be longer than the window: what closes it stands where it begins.
            let title = html! { <header>{ title(&page, KEYS) }{ leave(&page, CLOSE) }</header> };
            dialog(title, list(&page, props.here))
        }
        Overlay::Wipe => {
            let body = html! { <>{ question(&page) }{ leave(&page, KEEP) }</> };
            dialog(title(&page, FORGET_QUESTION), body)
        }
    };
    html! { <div class="overlay"><div key={format!("{:?}", props.here.overlay)}>{ body }</div></div> }
}

fn dialog(title: Html, body: Html) -> Html {
    html! {
        <div class="veil">
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-title">{ title }{ body }</div>
        </div>
    }
}

fn title(page: &Page, title: Text) -> Html {
    html! { <h2 id="dialog-title">{ page.say(title) }</h2> }
}

fn leave(page: &Page, label: Text) -> Html {
    let close = page.acts(|| Action::Overlaid(Overlay::None));
    html! { <button type="button" class="button" id="dialog-close" onclick={close}>{ page.say(label) }</button> }
}

/// What works here stands first, what works elsewhere is folded.
fn list(page: &Page, here: Here) -> Html {
    let (near, far): (Vec<Scope>, Vec<Scope>) =
        Scope::ALL.into_iter().partition(|scope| here.reaches(*scope));
    let (now, other, label) = match here.shortcuts {
        Shortcuts::On => (ON, Shortcuts::Off, SWITCH_OFF),
        Shortcuts::Off => (OFF, Shortcuts::On, SWITCH_ON),
    };
    html! {
        <>
            <div class="key-groups">{ for near.into_iter().map(|scope| group(page, scope)) }</div>
            <details class="small elsewhere">
                <summary>{ page.say(ELSEWHERE) }</summary>
                <div class="key-groups">{ for far.into_iter().map(|scope| group(page, scope)) }</div>
            </details>
            <div class="buttons">
                <p class="small soft" role="status">{ page.say(now) }</p>
                <button type="button" class="button quiet" data-testid="shortcuts" onclick={page.acts(move || Action::ShortcutsChosen(other))}>
                    { page.say(label) }</button>
            </div>
        </>
    }
}

fn group(page: &Page, scope: Scope) -> Html {
    let rows = scope.keys().map(|key| row(page, key));
    html! { <section data-scope={format!("{scope:?}")}><h3>{ page.say(scope.name()) }</h3><dl class="keys">{ for rows }</dl></section> }
}

fn row(page: &Page, key: &Key) -> Html {
    let caps = page.say(key.caps());
    let caps = caps.split(' ').map(|cap| html! { <><kbd>{ cap.to_owned() }</kbd>{ " " }</> });
    html! { <div><dt>{ for caps }</dt><dd>{ page.say(key.says()) }</dd></div> }
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
const FORGET_QUESTION: Text = Text::fixed("Clear the case?", "Den Fall löschen?");
const FORGET: Text = Text::fixed("Clear case", "Fall löschen");
const FORGET_WHAT: Text = Text::fixed(
    "All files, the diagnosis and everything read from them are removed from this page. The files on your disk stay. Language and theme are kept.",
    "Alle Dateien, die Diagnose und alles daraus Gelesene werden von dieser Seite entfernt. Die Dateien auf Ihrem Datenträger bleiben. Sprache und Farbschema bleiben erhalten.",
);
const ELSEWHERE: Text = Text::fixed("Keys of other places", "Tasten an anderen Stellen");
const ON: Text = Text::fixed(
    "Keys of one letter work, except while you type in a field.",
    "Tasten aus einem Zeichen wirken, außer während Sie in ein Feld schreiben.",
);
const OFF: Text = Text::fixed(
    "Keys of one letter do nothing now. The button “Keys” at the foot of the page leads back here.",
    "Tasten aus einem Zeichen wirken jetzt nicht. Die Schaltfläche „Tasten“ am Fuß der Seite führt hierher zurück.",
);
const SWITCH_OFF: Text = Text::fixed("Switch them off", "Ausschalten");
const SWITCH_ON: Text = Text::fixed("Switch them on", "Einschalten");
