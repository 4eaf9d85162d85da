//! The policy that this document came with, directive by directive, each with a plain sentence.

use yew::prelude::*;

use vpn_phone_doctor::text::Text;

use crate::ui::browser::effects;
use crate::ui::page::use_page;
use crate::ui::widgets::{Copy, Device, Prose};

/// The policy.
#[function_component(Policy)]
pub fn policy() -> Html {
    let page = use_page();
    let policy = effects::policy();
    let directives = policy.iter().flat_map(|policy| policy.split(';')).map(str::trim);
    let rows = directives.filter(|directive| !directive.is_empty()).map(|directive| {
        let name = directive.split(' ').next().unwrap_or_default();
        let meaning = MEANINGS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| meaning.clone());
        html! {
            <li key={name.to_owned()}>
                <Device text={directive.to_owned()} />
                <p class="small"><Prose text={meaning.unwrap_or(NO_MEANING)} /></p>
            </li>
        }
    });
    html! {
        <div class="directives">
            <p><Prose text={if policy.is_some() { WHAT } else { ABSENT }} /></p>
            <ul class="policy" hidden={policy.is_none()}>{ for rows }</ul>
            <p hidden={policy.is_none()}><Copy text={policy.clone().unwrap_or_default()} label={COPY} /></p>
            <p class="small soft">{ page.say(NOT_HERE) }</p>
        </div>
    }
}

/// What `bundler/src/pack.rs` writes, a sentence each.
const MEANINGS: &[(&str, Text)] = &[
    (
        "default-src",
        Text::fixed(
            "What no other line allows is forbidden: video, sound, manifests, prefetching.",
            "Was keine andere Zeile erlaubt, ist verboten: Video, Ton, Manifeste, Vorabladen.",
        ),
    ),
    (
        "script-src",
        Text::fixed(
            "Only the one script of this fingerprint runs, and WebAssembly; no other script, none from an address, no `eval`. The browser compared the fingerprint before it ran the script.",
            "Nur das eine Skript mit diesem Fingerabdruck läuft, dazu WebAssembly; kein anderes, keines von einer Adresse, kein `eval`. Der Browser hat den Fingerabdruck verglichen, bevor er das Skript ausführte.",
        ),
    ),
    (
        "style-src",
        Text::fixed(
            "Only the one style sheet of this fingerprint applies: styles can fetch pictures and so tell something.",
            "Nur das eine Stylesheet mit diesem Fingerabdruck gilt: Stile können Bilder laden und damit etwas verraten.",
        ),
    ),
    (
        "worker-src",
        Text::fixed(
            "Workers come only from text inside the page; such a worker is bound by this same policy.",
            "Worker entstehen nur aus Text in der Seite; für sie gilt dieselbe Richtlinie.",
        ),
    ),
    (
        "img-src",
        Text::fixed(
            "Pictures stand in the page itself; none is fetched.",
            "Bilder stehen in der Seite selbst; keines wird geladen.",
        ),
    ),
    (
        "font-src",
        Text::fixed(
            "No font is fetched: the system’s own are used.",
            "Keine Schrift wird geladen: Es gelten die des Systems.",
        ),
    ),
    (
        "connect-src",
        Text::fixed(
            "No request, no socket, no beacon, to anywhere.",
            "Keine Anfrage, kein Socket, kein Beacon, nirgendwohin.",
        ),
    ),
    (
        "frame-src",
        Text::fixed("No other page is shown inside this one.", "Keine andere Seite wird in dieser gezeigt."),
    ),
    ("object-src", Text::fixed("No plug-in content.", "Keine Plug-in-Inhalte.")),
    ("form-action", Text::fixed("No form is sent.", "Kein Formular wird abgeschickt.")),
    (
        "base-uri",
        Text::fixed(
            "Nobody can make the page’s addresses point elsewhere.",
            "Niemand kann die Adressen der Seite woandershin zeigen lassen.",
        ),
    ),
    (
        "require-trusted-types-for",
        Text::fixed(
            "No text becomes markup or a script, whatever a file holds.",
            "Kein Text wird zu Markup oder Skript, was auch immer in einer Datei steht.",
        ),
    ),
    (
        "trusted-types",
        Text::fixed(
            "One single exception to the line above: the page’s own worker.",
            "Eine einzige Ausnahme von der Zeile darüber: der eigene Worker der Seite.",
        ),
    ),
];

const WHAT: Text = Text::fixed(
    "It is read from this very document, and the browser enforces it, whatever the page’s program does.",
    "Sie wird aus genau diesem Dokument gelesen, und der Browser setzt sie durch, was auch immer das Programm der Seite tut.",
);
const ABSENT: Text = Text::fixed(
    "This document has no policy. It is a development build: do not use it with real files.",
    "Dieses Dokument hat keine Richtlinie. Es ist ein Entwicklungsstand: Verwenden Sie ihn nicht mit echten Dateien.",
);
const NO_MEANING: Text = Text::fixed(
    "This page has no sentence about this line.",
    "Zu dieser Zeile weiß diese Seite nichts zu sagen.",
);
const COPY: Text = Text::fixed("Copy policy", "Richtlinie kopieren");
const NOT_HERE: Text = Text::fixed(
    "Both fingerprints are SHA-256 in base64. They cover script and style; the two programs in WebAssembly are covered by the SHA-256 of the whole file only.",
    "Beide Fingerabdrücke sind SHA-256 in Base64. Sie decken Skript und Stil ab; die zwei Programme in WebAssembly deckt nur der SHA-256 der ganzen Datei ab.",
);
