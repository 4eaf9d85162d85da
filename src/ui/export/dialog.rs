//! Saving the report: its language, its names, its form, and what a redacted one gives away.
//!
//! A dialog of the browser's own: it keeps the keyboard inside, closes with Escape and gives the focus back. With
//! redaction on nothing can be saved before what will be replaced was worked out and is shown.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::report::redact::Addresses;
use vpn_phone_doctor::text::{Lang, Text};

use super::map::KeepMap;
use super::model::{Change, Names, Redaction, Saving};
use super::preview::Preview;
use crate::ui::browser::effects;
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::state::Action;

/// What to save.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// What the report is to be like.
    pub saving: Saving,
}

/// The button and its dialog.
#[function_component(Save)]
pub fn save(props: &Props) -> Html {
    let page = use_page();
    let dialog = use_node_ref();
    let open = {
        let (dialog, page) = (dialog.clone(), page.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // It refuses only where it is open already.
                let _ = dialog.show_modal();
                page.act(Action::Saving(Change::Open(true)));
            }
        })
    };
    let onclose = {
        let page = page.clone();
        Callback::from(move |_: Event| page.act(Action::Saving(Change::Open(false))))
    };
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let saving = &props.saving;
    let redacted = saving.names == Names::Redacted;
    let (label, title) = if redacted { (SAVE_REDACTED, FORMS_REDACTED) } else { (SAVE, FORMS) };
    let save_case = {
        let (page, close) = (page.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            page.ask(Ask::SaveCase);
        })
    };
    html! {
        <span class="save" data-testid="save-report">
            <button type="button" class="button" aria-haspopup="dialog" onclick={open}>{ page.say(label) }</button>
            <dialog ref={dialog} class="dialog" aria-labelledby="save-title" {onclose}>
                <header>
                    <h2 id="save-title">{ page.say(SAVE) }</h2>
                    <button type="button" class="button" data-testid="save-close" onclick={close.reform(|_: MouseEvent| ())}>
                        { page.say(CLOSE) }<kbd>{ "Esc" }</kbd></button>
                </header>
                { language(&page, saving) }
                { names(&page, saving) }
                <div class="redaction" hidden={!redacted}>
                    { addresses(&page, saving) }
                    <div>{ props.diagnosis.clone().filter(|_| redacted).map(|diagnosis| {
                        html! { <Preview {diagnosis} redaction={saving.redaction.clone()} /> }
                    }) }</div>
                </div>
                <section class="forms" aria-labelledby="save-forms">
                    <h3 id="save-forms">{ page.say(title) }</h3>
                    { forms(&page, saving, &close) }
                </section>
                <section class="forms" aria-labelledby="save-case">
                    <h3 id="save-case">{ page.say(CASE) }</h3>
                    <p class="small soft">{ page.say(if redacted { CASE_REAL } else { CASE_HOLDS }) }</p>
                    <button type="button" class="button" data-testid="save-case" disabled={redacted} onclick={save_case}>{ page.say(SAVE_CASE) }</button>
                </section>
                <div>{ redacted.then(|| html! { <KeepMap redaction={saving.redaction.clone()} /> }) }</div>
            </dialog>
        </span>
    }
}

fn language(page: &Page, saving: &Saving) -> Html {
    let chosen = saving.lang.unwrap_or(page.lang);
    let choice = |lang: Lang, name: &'static str| {
        let page = page.clone();
        let onchange = Callback::from(move |_: Event| page.act(Action::Saving(Change::Language(lang))));
        let tag = effects::language_tag(lang);
        html! {
            <label class="option"><input type="radio" name="report-language" value={tag} checked={lang == chosen} {onchange} />
                <span lang={tag}>{ name }</span></label>
        }
    };
    html! {
        <fieldset class="options" data-testid="report-language">
            <legend>{ page.say(LANGUAGE) }</legend>
            { choice(Lang::En, "English") }
            { choice(Lang::De, "Deutsch") }
        </fieldset>
    }
}

fn names(page: &Page, saving: &Saving) -> Html {
    let on = saving.names == Names::Redacted;
    let other = if on { Names::Real } else { Names::Redacted };
    let onchange = {
        let page = page.clone();
        Callback::from(move |_: Event| page.act(Action::Saving(Change::Names(other))))
    };
    html! {
        <div class="switch">
            <label class="option"><input type="checkbox" role="switch" data-testid="redact" checked={on} {onchange}
                aria-describedby="redact-what" /><strong>{ page.say(REDACT) }</strong></label>
            <p id="redact-what" class="small soft">{ page.say(REDACT_WHAT) }</p>
        </div>
    }
}

fn addresses(page: &Page, saving: &Saving) -> Html {
    let choice = |addresses: Addresses, id: &'static str, label: Text, what: Text| {
        let page_of = page.clone();
        let onchange =
            Callback::from(move |_: Event| page_of.act(Action::Saving(Change::Addresses(addresses))));
        let describes = format!("addresses-{id}");
        html! {
            <div>
                <label class="option"><input type="radio" name="addresses" value={id} checked={saving.addresses == addresses}
                    {onchange} aria-describedby={describes.clone()} /><span>{ page.say(label) }</span></label>
                <p id={describes} class="small soft">{ page.say(what) }</p>
            </div>
        }
    };
    html! {
        <fieldset class="options" data-testid="addresses">
            <legend>{ page.say(ADDRESSES) }</legend>
            { choice(Addresses::Opaque, "opaque", OPAQUE, OPAQUE_WHAT) }
            { choice(Addresses::Topology, "topology", TOPOLOGY, TOPOLOGY_WHAT) }
        </fieldset>
    }
}

fn forms(page: &Page, saving: &Saving, close: &Callback<()>) -> Html {
    let ready = saving.names == Names::Real || matches!(saving.redaction, Redaction::Ready(_));
    let items = FORM_LIST.iter().map(|(form, id, label, what)| {
        let (page_of, close, form) = (page.clone(), close.clone(), *form);
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            page_of.ask(Ask::Save(form));
        });
        html! {
            <li key={*id}><button type="button" class="button" data-form={*id} disabled={!ready} {onclick}>
                <strong>{ *label }</strong><span class="small">{ page.say(what.clone()) }</span></button></li>
        }
    });
    html! { <ul>{ for items }</ul> }
}

/// The forms, with their ids and names.
static FORM_LIST: [(Form, &str, &str, Text); 3] = [
    (Form::Json, "json", "JSON", Text::fixed("for programs", "für Programme")),
    (Form::Markdown, "markdown", "Markdown", Text::fixed("for a ticket", "für ein Ticket")),
    (
        Form::Html,
        "html",
        "HTML",
        Text::fixed("to read and print, without scripts", "zum Lesen und Drucken, ohne Skripte"),
    ),
];

const SAVE: Text = Text::fixed("Save report", "Bericht speichern");
const SAVE_REDACTED: Text = Text::fixed("Save redacted report", "Bericht geschwärzt speichern");
const CASE: Text = Text::fixed("The case, to go on with later", "Den Fall, um später weiterzumachen");
const SAVE_CASE: Text = Text::fixed("Save case", "Fall speichern");
const CASE_HOLDS: Text = Text::fixed(
    "One file with what was read of your files and what you answered: names, addresses, settings and lines, in which passwords may stand; no private keys. Keep it as you keep the files. Drop it here, and the case is there again. Only this version of the page opens it.",
    "Eine Datei mit dem, was aus Ihren Dateien gelesen wurde, und Ihren Antworten: Namen, Adressen, Einstellungen und Zeilen, in denen Kennwörter stehen können; keine privaten Schlüssel. Bewahren Sie sie auf wie die Dateien selbst. Legen Sie sie hier ab, und der Fall ist wieder da. Nur diese Version der Seite öffnet sie.",
);
const CASE_REAL: Text = Text::fixed(
    "A saved case has real names. Switch redaction off to save one.",
    "Ein gespeicherter Fall enthält echte Namen. Schalten Sie die Schwärzung aus, um ihn zu speichern.",
);
const CLOSE: Text = Text::fixed("Close ", "Schließen ");
const FORMS: Text = Text::fixed("Save with real names, as", "Mit echten Namen speichern als");
const FORMS_REDACTED: Text = Text::fixed("Save redacted, as", "Geschwärzt speichern als");
const LANGUAGE: Text = Text::fixed("Language of the report", "Sprache des Berichts");
const REDACT: Text =
    Text::fixed("Redact names, addresses and hashes", "Namen, Adressen und Hashes schwärzen");
const REDACT_WHAT: Text = Text::fixed(
    "On unless you switch it off: each gets a pseudonym, the same one in every place. Findings, times and versions stay. “Copy as redacted text” at a finding does the same; a fix is copied with real names, for your own devices. Passwords and keys are never in a report, redacted or not.",
    "Eingeschaltet, bis Sie es ausschalten: Jeder Wert bekommt ein Pseudonym, überall dasselbe. Befunde, Zeiten und Versionen bleiben. „Als geschwärzten Text kopieren“ an einem Befund tut dasselbe; eine Behebung wird mit echten Namen kopiert, für Ihre eigenen Geräte. Kennwörter und Schlüssel stehen nie in einem Bericht, ob geschwärzt oder nicht.",
);
const ADDRESSES: Text = Text::fixed("Addresses become", "Aus Adressen werden");
const OPAQUE: Text = Text::fixed("numbers, such as IP-01", "Nummern wie IP-01");
const OPAQUE_WHAT: Text =
    Text::fixed("Nothing of an address is left.", "Von der Adresse bleibt nichts übrig.");
const TOPOLOGY: Text =
    Text::fixed("other addresses, networks kept", "andere Adressen, Netze bleiben erhalten");
const TOPOLOGY_WHAT: Text = Text::fixed(
    "What was in one network still is. Careful: whoever knows some of the real addresses can work out more of them.",
    "Was in einem Netz lag, liegt weiter in einem Netz. Vorsicht: Wer einige echte Adressen kennt, kann weitere erschließen.",
);
