//! A wizard: one question at a time, answered by evidence where it can be, and what it ends in.

mod collection;
mod end;
mod given;
mod question;
mod renewal;
mod shown_step;
mod view;

pub use view::Wizard;
