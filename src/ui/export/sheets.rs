//! A plan or a comparison as it leaves the page: copied or saved for a ticket, or saved for a spreadsheet, with the names that
//! leave everywhere else.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use vpn_phone_doctor::engine::Sheet;
use vpn_phone_doctor::plan::render::SheetForm;
use vpn_phone_doctor::text::Text;

use super::model::{Change, Names, Saving};
use super::outgoing::{NOT_COPIED, NOT_REDACTED, NOT_SAVED, NOT_WRITTEN};
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::widgets::{Icon, icon};

/// Who waits for a sheet.
pub type Then = Callback<Result<String, Text>>;

/// What leaves.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What a report is to be like.
    pub saving: Saving,
    /// Names of the files, of the page's own: Markdown and CSV, each as it is and redacted.
    pub files: [&'static str; 4],
    /// Writes it.
    pub write: Callback<(Sheet, Then)>,
}

/// The buttons.
#[function_component(Sheets)]
pub fn sheets(props: &Props) -> Html {
    let page = use_page();
    let redacted = props.saving.names == Names::Redacted;
    let other = if redacted { Names::Real } else { Names::Redacted };
    let onchange = {
        let page = page.clone();
        Callback::from(move |_: Event| page.act(Action::Saving(Change::Names(other))))
    };
    let [markdown, markdown_redacted, csv, csv_redacted] = props.files;
    let rows = [
        (SheetForm::Markdown, "", if redacted { COPY_REDACTED } else { COPY }),
        (SheetForm::Markdown, if redacted { markdown_redacted } else { markdown }, MARKDOWN),
        (SheetForm::Csv, if redacted { csv_redacted } else { csv }, CSV),
    ];
    let buttons = rows.into_iter().map(|(form, file, label)| {
        html! { <One key={file} {form} {file} {label} saving={props.saving.clone()} write={props.write.clone()} /> }
    });
    html! {
        <div class="sheets" data-testid="sheets">
            <label class="option"><input type="checkbox" role="switch" data-testid="redact-sheet" checked={redacted} {onchange} />
                <span>{ page.say(REDACT) }</span></label>
            <div class="buttons">{ for buttons }</div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    form: SheetForm,
    /// The name of the file; empty for what is copied.
    file: &'static str,
    label: Text,
    saving: Saving,
    write: Callback<(Sheet, Then)>,
}

/// A button that says how it went.
#[function_component(One)]
fn sheet_row(props: &OneProps) -> Html {
    let page = use_page();
    let done = use_state_eq(|| None::<Result<(), Text>>);
    let onclick = {
        let (page, done, form, file) = (page.clone(), done.setter(), props.form, props.file);
        let (saving, write) = (props.saving.clone(), props.write.clone());
        Callback::from(move |_: MouseEvent| {
            let done = done.clone();
            let told = move |outcome: Result<(), Text>| {
                let shown = if outcome.is_ok() { SHOWN_MILLIS } else { READ_MILLIS };
                done.set(Some(outcome));
                let done = done.clone();
                Timeout::new(shown, move || done.set(None)).forget();
            };
            let Some(sheet) = sheet(&page, &saving, form) else { return told(Err(NOT_REDACTED)) };
            let then = Callback::from(move |text: Result<String, Text>| {
                let told = told.clone();
                spawn_local(async move { told(left(form, file, text).await) });
            });
            write.emit((sheet, then));
        })
    };
    let (picture, words) = match &*done {
        None if props.file.is_empty() => (Icon::Copy, props.label.clone()),
        None => (Icon::Drop, props.label.clone()),
        Some(Ok(())) if props.file.is_empty() => (Icon::Check, COPIED),
        Some(Ok(())) => (Icon::Check, SAVED),
        Some(Err(why)) => (Icon::Cross, why.clone()),
    };
    let id = match (props.form, props.file.is_empty()) {
        (_, true) => "sheet-copy",
        (SheetForm::Markdown, false) => "sheet-markdown",
        (SheetForm::Csv, false) => "sheet-csv",
    };
    html! {
        <button type="button" class="button copy" data-testid={id} {onclick}>
            { icon(picture) }<span aria-live="polite">{ page.say(words) }</span></button>
    }
}

/// `None` where names are to be redacted and the browser has no random bytes.
fn sheet(page: &Page, saving: &Saving, form: SheetForm) -> Option<Sheet> {
    let redacted = match saving.names {
        Names::Real => None,
        Names::Redacted => {
            let seed = saving.seed.as_deref().copied().or_else(effects::random_bytes)?;
            Some((saving.addresses, seed))
        }
    };
    Some(Sheet { form, lang: saving.lang.unwrap_or(page.lang), redacted })
}

async fn left(form: SheetForm, file: &'static str, text: Result<String, Text>) -> Result<(), Text> {
    let text = text?;
    if text.is_empty() {
        return Err(NOT_WRITTEN);
    }
    if file.is_empty() {
        return if effects::copy(text).await { Ok(()) } else { Err(NOT_COPIED) };
    }
    let kind = match form {
        SheetForm::Markdown => "text/markdown",
        SheetForm::Csv => "text/csv",
    };
    effects::download(file, kind, &text).map_err(|_| NOT_SAVED)
}

const SHOWN_MILLIS: u32 = 2_000;
/// What went wrong takes longer to read.
const READ_MILLIS: u32 = 8_000;

const REDACT: Text =
    Text::fixed("Redact names, addresses and hashes", "Namen, Adressen und Hashes schwärzen");
const COPY: Text = Text::fixed("Copy for a ticket", "Für ein Ticket kopieren");
const COPY_REDACTED: Text = Text::fixed("Copy redacted for a ticket", "Geschwärzt für ein Ticket kopieren");
const MARKDOWN: Text = Text::fixed("Save as Markdown", "Als Markdown speichern");
const CSV: Text = Text::fixed("Save as CSV", "Als CSV speichern");
const COPIED: Text = Text::fixed("Copied", "Kopiert");
const SAVED: Text = Text::fixed("Saved", "Gespeichert");
