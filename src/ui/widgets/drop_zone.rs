//! Where files are dropped or chosen.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use super::icons::{Icon, icon};
use crate::ui::browser::drops;
use crate::ui::page::{Ask, use_page};

/// Where files can be dropped, or chosen with a button; a folder has a button of its own, because a field takes one or
/// the other.
#[function_component(DropZone)]
pub fn drop_zone() -> Html {
    let page = use_page();
    let onchange = use_callback(page.clone(), |event: Event, page| {
        if let Some(taken) = drops::chosen(&event) {
            page.ask(Ask::Add(taken));
        }
    });
    html! {
        <div class="drop-zones">
            <label class="drop-zone" data-testid="drop-zone">
                <input type="file" multiple=true onchange={onchange.clone()} class="unseen" autocomplete="off" />
                <span class="picture">{ icon(Icon::Drop) }</span>
                <span class="words">
                    <strong>{ page.say(CHOOSE) }</strong>
                    <span>{ page.say(OR_DROP) }</span>
                    <span class="small soft kinds">{ page.say(KINDS) }</span>
                </span>
            </label>
            <label class="button choose-folder" data-testid="choose-folder">
                <input type="file" webkitdirectory=true {onchange} class="unseen" autocomplete="off" />
                { icon(Icon::Folder) }<span>{ page.say(CHOOSE_FOLDER) }</span>
            </label>
        </div>
    }
}

const CHOOSE: Text = Text::fixed("Choose files", "Dateien auswählen");
const CHOOSE_FOLDER: Text = Text::fixed("Choose a folder", "Ordner auswählen");
const OR_DROP: Text = Text::fixed(
    "or drop files and folders anywhere, or paste text anywhere",
    "oder Dateien und Ordner irgendwo ablegen, oder Text irgendwo einfügen",
);
const KINDS: Text = Text::fixed(
    "Phone configuration and console logs, ASA configuration, show output, syslog, certificates, captures; also in archives and mails. You need not sort or rename anything.",
    "Telefonkonfiguration und Konsolenprotokolle, ASA-Konfiguration, Ausgaben von show, Syslog, Zertifikate, Mitschnitte; auch in Archiven und Mails. Sie brauchen nichts zu sortieren oder umzubenennen.",
);
