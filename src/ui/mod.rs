//! The page, taken apart: what it knows, what it shows, and the few places where it touches the browser.
//!
//! - A view is a folder by its name: `timeline` holds the model of the timeline and its view. `widgets` are what views
//!   are made of, `shell` is what stands around them, `views` leads from an address to its view.
//! - `state`, `route` and every `model` are pure and tested on any machine.
//! - `page` holds what every view may use; `browser` and `engine` are all that speaks to the browser and the workers.
//! - `app` ties them together; `window` hears what happens in the window, `background` does what a view asks for, and
//!   what moves the keyboard goes through `at_once`.
//!
//! Yew 0.23 loses its place in the document when siblings come and go (yew#4092), so every component renders one
//! element and always the same one, and list items have keys. The page's policy forbids `style` attributes.
//!
//! Off the browser only the pure modules are built, for their tests; what the views use of them besides is checked by
//! the lint run for the browser.
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, unused_imports, reason = "the views are built for the browser only")
)]

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod at_once;
#[cfg(target_arch = "wasm32")]
mod background;
#[cfg(target_arch = "wasm32")]
pub mod browser;
mod case;
#[cfg(target_arch = "wasm32")]
mod certificates;
mod compare;
#[cfg(target_arch = "wasm32")]
pub mod engine;
mod export;
#[cfg(target_arch = "wasm32")]
mod hash;
mod keys;
mod manual;
#[cfg(target_arch = "wasm32")]
mod negotiation;
#[cfg(target_arch = "wasm32")]
mod page;
mod phones;
mod plan;
#[cfg(target_arch = "wasm32")]
mod policy;
mod reading;
#[cfg(target_arch = "wasm32")]
mod rehearsal;
mod route;
#[cfg(target_arch = "wasm32")]
mod rules;
#[cfg(target_arch = "wasm32")]
mod saved_case;
mod search;
mod searching;
mod settings;
#[cfg(target_arch = "wasm32")]
mod shell;
mod start;
mod state;
mod symptoms;
#[cfg(target_arch = "wasm32")]
mod text_search;
mod timeline;
mod trust;
#[cfg(target_arch = "wasm32")]
mod turns;
mod viewer;
#[cfg(target_arch = "wasm32")]
mod views;
#[cfg(target_arch = "wasm32")]
mod warm_up;
mod widgets;
#[cfg(target_arch = "wasm32")]
mod window;

#[cfg(target_arch = "wasm32")]
pub use app::start;
