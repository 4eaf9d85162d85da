//! VPN Phone Doctor: why does a Cisco IP phone's own SSL VPN to an ASA fail?
//!
//! ```text
//! file ─► intake ─► formats ─► Reading ┐
//!          ▲ recognise, read    │      ├─► facts ─► case ─► rules ─► diagnose ─► Diagnosis ─► page | report | command line
//!          └── children ────────┘      │
//! file ─► … ─► Reading ────────────────┘
//! ```
//!
//! Two pure steps: [`intake::read`] understands one file alone, [`diagnose::diagnose`] looks at all readings
//! together. Both do no I/O, read no clock and hold no state. Modules in reading order: what things are called
//! ([`text`], [`stage`], [`need`], [`source`], [`input`], [`finding`]), what is read ([`formats`], [`intake`]),
//! what follows from it ([`facts`], [`case`], [`rules`], [`diagnose`]), what is shown ([`report`], [`tools`]), and what
//! the page asks of its workers ([`engine`]).

pub mod alarm;
pub mod archive;
pub mod armour;
pub mod both;
pub mod capture;
pub mod case;
pub mod changes;
pub mod compare;
pub mod der;
pub mod diagnose;
pub mod diagnosis;
pub mod documents;
pub mod engine;
pub mod event;
pub mod exchange;
pub mod facts;
pub mod finding;
pub mod fingerprint;
pub mod formats;
pub mod hex;
pub mod input;
pub mod intake;
pub mod limits;
pub mod lines;
pub mod lines_near;
pub mod names;
pub mod need;
pub mod observe;
pub mod plan;
pub mod report;
pub mod rules;
pub mod sought;
pub mod source;
pub mod stage;
pub mod strings;
pub mod symptoms;
pub mod tables;
pub mod text;
pub mod time;
mod tlv;
pub mod tools;
pub mod typed;
pub mod unwrap;
pub mod url;
pub mod views;
pub mod visible;

#[cfg(test)]
pub(crate) mod testing;
