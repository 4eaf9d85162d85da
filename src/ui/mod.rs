//! The page, taken apart: what it knows, what it shows, and the few places where it touches the browser.
//!
//! - [`state`] and its neighbours are pure and tested on any machine: [`banner`], [`keys`], [`leaks`], [`route`], [`phones`], [`replaced`], [`saving`], [`visible`], [`walks`], [`words`].
//! - `effects`, `back`, `drops` and `engine` are all that speaks to the browser and to the workers; `leaving` is what leaves on demand.
//! - `app` ties them together; `pages` are what an address shows, `parts` are what pages are made of.
//!
//! Yew 0.23 loses its place in the document when siblings come and go (yew#4092), so every component renders one
//! element and always the same one, and list items have keys. The page's policy forbids `style` attributes.
//!
//! Off the browser only the pure modules are built, for their tests; what the pages use of them besides is checked by
//! the lint run for the browser.
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "the pages are built for the browser only")
)]

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod back;
mod banner;
#[cfg(target_arch = "wasm32")]
mod drops;
#[cfg(target_arch = "wasm32")]
mod effects;
#[cfg(target_arch = "wasm32")]
pub mod engine;
mod example;
#[cfg(target_arch = "wasm32")]
mod icons;
mod keys;
mod leaks;
#[cfg(target_arch = "wasm32")]
mod leaving;
mod moments;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
pub mod panic;
#[cfg(target_arch = "wasm32")]
mod parts;
mod phones;
mod replaced;
mod route;
mod saving;
mod search;
mod state;
mod visible;
mod walks;
mod words;

#[cfg(target_arch = "wasm32")]
pub use app::start;
