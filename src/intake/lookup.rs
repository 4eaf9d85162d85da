//! From a place of an input back to the dropped file: the lines that stand there.
//!
//! ```text
//! line 3 of "show ssl" ─► line 57 of session.log ─► second member of all.zip ─► first part of mail.eml
//! ```
//! [`route`] leads from a place to the file that was dropped: where an input's lines are lines of its holder, they are
//! looked for there; any other input has to be opened again, on the way that it was found. [`Lookup`] goes that way,
//! by the same formats and in the same order as when the file was read, and opens nothing beside it.

use serde::{Deserialize, Serialize};

use crate::input::{Input, Kind};
use crate::intake::claims::PERSON_SAID;
use crate::intake::inside::Aim;
use crate::intake::nest::Nest;
use crate::intake::sink::Shared;
use crate::limits::Limits;
use crate::lines_near::{LinesNear, Near, Wanted};
use crate::source::{Place, Spot};

/// How to reach a place from the file that was dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The dropped file, counted among the dropped files alone.
    pub file: u32,
    /// What the person said that it is.
    pub said: Option<Kind>,
    /// Of each input on the way the number of what it holds; empty where the place is one of the file itself.
    pub members: Vec<u32>,
    /// The lines, of the input at the end of the way.
    pub wanted: Wanted,
}

/// The way to a place; `None` where the input is none of the case.
pub fn route(inputs: &[Input], place: &Place) -> Option<Route> {
    let input = |id: u32| inputs.get(usize::try_from(id).ok()?);
    let mut wanted = Wanted { excerpt: place.at.text.clone(), ..Wanted::default() };
    match place.at.spot() {
        Spot::Line { number, byte } => (wanted.line, wanted.offset) = (number, byte),
        Spot::Byte { at } | Spot::Packet { byte: at, .. } => wanted.offset = at,
    }
    let mut members = Vec::new();
    let mut id = place.input;
    // A holder stands before what it holds.
    while let Some(holder) = input(id)?.inside.filter(|holder| *holder < id) {
        let held = input(id)?;
        let line = wanted.line.saturating_add(wanted.ahead);
        let run = held.lines_inside.iter().rev().find(|run| run.line <= line);
        match run.filter(|_| members.is_empty() && line > 0) {
            Some(run) => {
                wanted.ahead = line - run.line;
                (wanted.line, wanted.offset) = (run.holder_line, run.holder_byte);
            }
            None => members.push(held.member),
        }
        id = holder;
    }
    members.reverse();
    let before = inputs.get(..usize::try_from(id).ok()?)?;
    let file = u32::try_from(before.iter().filter(|input| input.inside.is_none()).count()).ok()?;
    if members.is_empty() {
        wanted.size = input(id)?.bytes;
    }
    let dropped = input(id)?;
    let said = (dropped.because == PERSON_SAID).then_some(dropped.kind);
    Some(Route { file, said, members, wanted })
}

/// The input at the end of a way from a dropped file, which is counted among the dropped files alone.
pub fn input_at(inputs: &[Input], file: u32, members: &[u32]) -> Option<u32> {
    let numbered = || inputs.iter().zip(0_u32..);
    let dropped = numbered().filter(|(input, _)| input.inside.is_none()).nth(usize::try_from(file).ok()?)?;
    members.iter().try_fold(dropped.1, |holder, member| {
        let mut held = numbered().filter(|(input, _)| input.inside == Some(holder));
        held.find(|(input, _)| input.member == *member).map(|(_, id)| id)
    })
}

/// Reads a dropped file again as far as one place.
pub struct Lookup {
    root: Nest,
    shared: Shared,
}

impl Lookup {
    /// Of a file of `size` bytes, as [`Intake::new`](super::Intake::new) had it.
    pub fn new(name: &str, size: u64, route: Route, limits: &Limits) -> Self {
        let mut shared = Shared::new(limits, Nest::open);
        shared.near = Some(Near::new(route.wanted));
        let mut root = Nest::dropped(name, size, Aim::Place(route.members));
        root.said = route.said;
        Self { root, shared }
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        self.shared.taken += chunk.len() as u64;
        self.root.push(chunk, &mut self.shared);
    }

    /// False once further chunks would change nothing.
    pub fn wants_more(&self) -> bool {
        self.root.wants_more(&self.shared)
    }

    /// The lines; none where the way leads nowhere.
    pub fn finish(mut self) -> LinesNear {
        self.root.finish(&mut self.shared);
        let near = self.shared.near.filter(|_| self.shared.met);
        near.map(Near::finish).unwrap_or_default()
    }
}
