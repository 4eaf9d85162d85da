//! The menu that saves the report.

use yew::prelude::*;

use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::text::Text;

use crate::ui::app::{Ask, use_page};
use crate::ui::effects;

/// The menu.
#[function_component(Save)]
pub fn save() -> Html {
    let page = use_page();
    let save = |form: Form| {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| {
            effects::close_menus();
            page.ask(Ask::Save(form));
        })
    };
    let item = |form: Form, label: Text, hint: Text| {
        html! {
            <li>
                <button type="button" class="item" data-form={label.en.to_lowercase()} onclick={save(form)}>
                    <strong>{ page.say(label) }</strong><span class="small soft">{ page.say(hint) }</span>
                </button>
            </li>
        }
    };
    html! {
        <details class="menu" data-testid="save-report">
            <summary class="button">{ page.say(SAVE) }</summary>
            <ul>
                { item(Form::Json, JSON, JSON_HINT) }
                { item(Form::Markdown, MARKDOWN, MARKDOWN_HINT) }
                { item(Form::Html, HTML, HTML_HINT) }
            </ul>
        </details>
    }
}

const SAVE: Text = Text::fixed("Save report", "Bericht speichern");
const JSON: Text = Text::fixed("JSON", "JSON");
const JSON_HINT: Text = Text::fixed("for programs", "für Programme");
const MARKDOWN: Text = Text::fixed("Markdown", "Markdown");
const MARKDOWN_HINT: Text = Text::fixed("for a ticket", "für ein Ticket");
const HTML: Text = Text::fixed("HTML", "HTML");
const HTML_HINT: Text =
    Text::fixed("to read and print, without scripts", "zum Lesen und Drucken, ohne Skripte");
