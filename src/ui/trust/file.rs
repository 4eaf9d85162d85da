//! "Check the file": the SHA-256 of a saved copy of this page, computed in the worker, against the published one.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::text::Text;

use crate::ui::browser::{drops, effects};
use crate::ui::engine::engine;
use crate::ui::page::use_page;
use crate::ui::widgets::{Copy, Device, Icon, icon};

/// Chooser, hash and comparison.
#[function_component(CheckFile)]
pub fn check_file() -> Html {
    let page = use_page();
    let hash = use_state(|| None::<Hash>);
    let published = use_state(String::new);
    let onchange = use_callback(hash.setter(), |event: Event, hash| {
        let Some((file, name)) = drops::chosen(&event).and_then(|taken| taken.files.into_iter().next())
        else {
            return;
        };
        let hash = hash.clone();
        hash.set(Some(Hash { name: name.clone(), of: Err(COMPUTING) }));
        spawn_local(async move {
            let of = engine().digest(&file).await.map_err(|failure| failure.reason());
            hash.set(Some(Hash { name, of }));
        });
    });
    let oninput = use_callback(published.setter(), |event: InputEvent, published| {
        if let Some(text) = effects::entered(&event) {
            published.set(text);
        }
    });
    let known = hash.as_ref().and_then(|hash| hash.of.as_ref().ok());
    let (name, told) = match &*hash {
        None => Default::default(),
        Some(Hash { name, of: Ok(_) }) => (name.clone(), Text::default()),
        Some(Hash { name, of: Err(why) }) => (name.clone(), why.clone()),
    };
    let (word, picture, class) = match known.map(|hash| compare(hash, &published)) {
        None | Some(Compared::Nothing) => (Text::default(), Icon::Ring, "is-open"),
        Some(Compared::Equal) => (EQUAL, Icon::Check, "is-good"),
        Some(Compared::Different) => (DIFFERENT, Icon::Cross, "is-bad"),
        Some(Compared::NoHash) => (NO_HASH, Icon::Triangle, "is-warn"),
    };
    let value = known.cloned().unwrap_or_default();
    html! {
        <div class="check-file">
            <label class="drop-zone" data-testid="check-file">
                <input type="file" accept=".html" {onchange} class="unseen" autocomplete="off" />
                <span class="picture">{ icon(Icon::Drop) }</span>
                <span class="words"><strong>{ page.say(CHOOSE) }</strong><span class="small soft">{ page.say(CHOOSE_HINT) }</span></span>
            </label>
            <div aria-live="polite" hidden={hash.is_none()}>
                <p><Device text={name} />{ " " }<span>{ page.say(told) }</span></p>
                <p hidden={known.is_none()}>
                    <span data-testid="file-hash"><Device text={value.clone()} /></span>{ " " }<Copy text={value} class="quiet" />
                </p>
            </div>
            <label class="field" hidden={known.is_none()}>
                <span class="small">{ page.say(PUBLISHED) }</span>
                <input class="device" value={(*published).clone()} {oninput} autocomplete="off" spellcheck="false" translate="no" data-testid="published" />
            </label>
            <p class={classes!("compared", class)} aria-live="polite" hidden={word.is_empty()} data-testid="file-verdict">
                { icon(picture) }{ " " }{ page.say(word) }
            </p>
        </div>
    }
}

#[derive(PartialEq)]
struct Hash {
    name: String,
    of: Result<String, Text>,
}

enum Compared {
    Nothing,
    NoHash,
    Equal,
    Different,
}

/// The published value may stand in a line of `sha256sum` or `Get-FileHash`, in any notation of the hash tool.
fn compare(hash: &str, published: &str) -> Compared {
    if published.trim().is_empty() {
        return Compared::Nothing;
    }
    let values = fingerprint::read(published);
    match values.iter().find(|value| value.bytes.len() == SHA256_BYTES) {
        None => Compared::NoHash,
        Some(value) if fingerprint::hex(&value.bytes) == hash => Compared::Equal,
        Some(_) => Compared::Different,
    }
}

const SHA256_BYTES: usize = 32;

const CHOOSE: Text = Text::fixed("Choose the saved page", "Gespeicherte Seite wählen");
const CHOOSE_HINT: Text = Text::fixed(
    "Its SHA-256 is computed here; the file goes nowhere.",
    "Ihr SHA-256 wird hier berechnet; die Datei geht nirgendwohin.",
);
const COMPUTING: Text = Text::fixed("is being read…", "wird gelesen …");
const PUBLISHED: Text = Text::fixed("The published SHA-256", "Der veröffentlichte SHA-256");
const EQUAL: Text =
    Text::fixed("Equal: this is the published file.", "Gleich: Das ist die veröffentlichte Datei.");
const DIFFERENT: Text = Text::fixed(
    "Different: another version, a file that the browser rewrote while saving, or one that was altered. Fetch it again and compare before you use it.",
    "Verschieden: eine andere Version, eine vom Browser beim Speichern umgeschriebene oder eine veränderte Datei. Holen Sie sie neu und vergleichen Sie, bevor Sie sie benutzen.",
);
const NO_HASH: Text = Text::fixed(
    "No SHA-256 in this text: it has 64 hexadecimal digits. Copy it whole.",
    "Kein SHA-256 in diesem Text: Er hat 64 hexadezimale Ziffern. Kopieren Sie ihn ganz.",
);
