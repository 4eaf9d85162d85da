#!/usr/bin/env bash
# The crate yew 0.23.0: when do the effects of a picture run?
#
# Guess: `use_effect_with` runs right behind the picture, before the browser handles anything else, as it did when the
# scheduler emptied its queue in one go. So a listener that an effect sets for what the picture shows is there as soon
# as the picture is.
# Seen: where making the picture took more than 16 ms, the scheduler lets the browser go on between the picture and its
# effects. What happens there (a key, a click, a frame) finds the new picture and the old listeners, and an element that
# the picture made inert has lost the keyboard before an effect asks what had it.
# What follows: listeners are set once and look at what is so when they hear something, and what had the keyboard is
# asked before the picture changes.
# It needs cargo with the target wasm32-unknown-unknown, Node and npm; the page runs in jsdom 26.1.0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/page/src" "$folder/bind/src"
cat >"$folder/page/Cargo.toml" <<'TOML'
[package]
name = "page"
version = "0.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[dependencies]
js-sys = "=0.3.105"
wasm-bindgen = "=0.2.128"
web-sys = { version = "=0.3.105", features = ["Document", "Window"] }
yew = { version = "=0.23.0", features = ["csr"] }
[profile.dev]
debug = false
TOML
cat >"$folder/page/src/lib.rs" <<'RUST'
use wasm_bindgen::prelude::*;
use yew::prelude::*;

#[component]
fn App() -> Html {
    let count = use_state(|| 0.0);
    // As long as a large picture takes.
    let end = js_sys::Date::now() + *count;
    while js_sys::Date::now() < end {}
    use_effect_with(*count, |count| {
        web_sys::window().unwrap().document().unwrap().set_title(&format!("effect {count}"));
    });
    let set = |millis: f64| {
        let count = count.clone();
        Callback::from(move |_: MouseEvent| count.set(millis))
    };
    html! {<>
        <button id="quick" onclick={set(1.0)} /><button id="slow" onclick={set(40.0)} /><p>{ *count }</p>
    </>}
}

#[wasm_bindgen(start)]
fn start() {
    yew::Renderer::<App>::new().render();
}
RUST
cat >"$folder/bind/Cargo.toml" <<'TOML'
[package]
name = "bind"
version = "0.0.0"
edition = "2021"
[dependencies]
wasm-bindgen-cli-support = "=0.2.128"
[profile.dev]
debug = false
TOML
cat >"$folder/bind/src/main.rs" <<'RUST'
fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut bound = wasm_bindgen_cli_support::Bindgen::new();
    bound.input_path(&paths[0]).no_modules(true).unwrap().typescript(false).generate(&paths[1]).unwrap();
}
RUST
cat >"$folder/look.js" <<'JS'
const { readFileSync } = require("node:fs");
const { JSDOM } = require("jsdom");
const folder = process.argv[2];
const { window } = new JSDOM("<body></body>", { runScripts: "outside-only", pretendToBeVisual: true });
Object.assign(window, { TextDecoder, TextEncoder, bytes: readFileSync(`${folder}/page_bg.wasm`) });
window.eval(`${readFileSync(`${folder}/page.js`, "utf8")}; wasm_bindgen.initSync({ module: Uint8Array.from(bytes) });`);

/// What the title says in the browser's first task that finds the new picture.
const told = (button) =>
  new Promise((resolve) => {
    const observer = new window.MutationObserver(() => {
      observer.disconnect();
      setImmediate(() => resolve(window.document.title));
    });
    observer.observe(window.document.querySelector("p"), { childList: true, characterData: true, subtree: true });
    window.document.querySelector(button).click();
  });
const rest = () => new Promise((resolve) => setTimeout(resolve, 200));
(async () => {
  await rest();
  const quick = await told("#quick");
  await rest();
  const slow = await told("#slow");
  await rest();
  const later = window.document.title;
  console.log(`a picture of 1 ms: "${quick}"; of 40 ms: "${slow}", and later "${later}"`);
  process.exit(quick === "effect 1" && slow === "effect 1" && later === "effect 40" ? 0 : 1);
})();
JS
cargo build --quiet --target wasm32-unknown-unknown --manifest-path "$folder/page/Cargo.toml"
cargo run --quiet --manifest-path "$folder/bind/Cargo.toml" -- \
  "$folder/page/target/wasm32-unknown-unknown/debug/page.wasm" "$folder/bound"
npm install --silent --no-audit --no-fund --prefix "$folder" jsdom@26.1.0 >/dev/null
NODE_PATH="$folder/node_modules" node "$folder/look.js" "$folder/bound"
