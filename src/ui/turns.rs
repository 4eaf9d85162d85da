//! What is made piece by piece, so that the page hears a person between two pieces.
//!
//! A case of many phones has thousands of elements below its verdict, most of them folded away. Made in one go they would
//! keep the page busy for a third of a second, just when the person begins to read. So every part of a case that comes to
//! an open view waits for its turn: first what is seen, from the top down, then what is folded, and last what a list
//! holds beyond its first lines. Paper waits for nothing: it shows everything.
//!
//! Turns are given for some milliseconds, then the browser has its own: it shows what is there, and hears keys.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::browser::effects;

/// When a piece may be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// With what is around it.
    AtOnce,
    /// Before all that waits: it is seen. At once where nothing is made piece by piece.
    Next,
    /// After what asked before it. At once where nothing is made piece by piece.
    #[default]
    InTurn,
    /// After all these. At once where nothing is made piece by piece.
    Last,
    /// When nothing else waits for its turn.
    End,
}

/// Whether what is below is made piece by piece: a context, which no picture hangs on.
#[derive(Clone)]
pub struct Gradual(Rc<Cell<bool>>);

impl Gradual {
    /// Piece by piece, or all at once.
    pub fn new(gradual: bool) -> Self {
        Self(Rc::new(Cell::new(gradual)))
    }

    /// What comes from now on is made at once.
    pub fn end(&self) {
        self.0.set(false);
    }

    /// Still piece by piece.
    pub fn is_on(&self) -> bool {
        self.0.get()
    }
}

impl PartialEq for Gradual {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Whoever waits, with how many turns were asked for and given.
struct Waiting {
    asked: Cell<usize>,
    given: Cell<usize>,
    /// So many were given when its last picture was made.
    shown: Cell<usize>,
    again: UseForceUpdateHandle,
}

impl Waiting {
    fn give(&self, turns: usize) {
        self.given.set(self.given.get().saturating_add(turns));
        self.again.force_update();
    }

    /// Its picture holds all that was given, or nobody shows it any more.
    fn is_shown(self: &Rc<Self>) -> bool {
        self.shown.get() >= self.given.get() || Rc::strong_count(self) == 1
    }
}

/// So many of `wanted` pieces may be made now. They only become more, each with a picture of its own.
#[hook]
pub fn use_turns(wanted: usize, when: When) -> usize {
    let gradual = use_context::<Gradual>().is_some_and(|gradual| gradual.is_on());
    let again = use_force_update();
    let waiting = use_memo((), |()| Waiting {
        asked: Cell::default(),
        given: Cell::default(),
        shown: Cell::default(),
        again: again.clone(),
    });
    let more = wanted.saturating_sub(waiting.asked.get());
    waiting.asked.set(waiting.asked.get().saturating_add(more));
    if more > 0
        && (when == When::AtOnce
            || (matches!(when, When::Next | When::InTurn | When::Last) && !gradual)
            || !queued(&waiting, more, when))
    {
        waiting.given.set(waiting.given.get().saturating_add(more));
    }
    waiting.shown.set(waiting.given.get());
    waiting.given.get().min(wanted)
}

/// The one piece may be made.
#[hook]
pub fn use_turn(when: When) -> bool {
    use_turns(1, when) > 0
}

/// What waits for its turn.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// When it is made.
    #[prop_or_default]
    pub when: When,
    /// The element that stands there from the start.
    #[prop_or("div")]
    pub tag: &'static str,
    /// What is in it when its turn has come.
    pub children: Html,
}

/// A place for something that waits for its turn.
#[function_component(Later)]
pub fn later(props: &Props) -> Html {
    let turn = use_turn(props.when);
    html! { <@{props.tag}>{ turn.then(|| props.children.clone()) }</@> }
}

#[derive(Default)]
struct Queue {
    in_turn: VecDeque<Weak<Waiting>>,
    last: VecDeque<Weak<Waiting>>,
    end: VecDeque<Weak<Waiting>>,
    /// Turns are being given.
    giving: bool,
    /// The page is on its way to paper: nothing waits.
    printing: bool,
}

impl Queue {
    fn next(&mut self) -> Option<Rc<Waiting>> {
        loop {
            let next = self
                .in_turn
                .pop_front()
                .or_else(|| self.last.pop_front())
                .or_else(|| self.end.pop_front())?;
            // Whoever is no longer shown waits for nothing.
            if let Some(waiting) = next.upgrade() {
                return Some(waiting);
            }
        }
    }
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// False where nothing has to wait now.
fn queued(waiting: &Rc<Waiting>, turns: usize, when: When) -> bool {
    let begin = QUEUE.with_borrow_mut(|queue| {
        if queue.printing {
            return None;
        }
        let waiting = Rc::downgrade(waiting);
        let line = match when {
            When::Next => {
                (0..turns).for_each(|_| queue.in_turn.push_front(Weak::clone(&waiting)));
                return Some(!std::mem::replace(&mut queue.giving, true));
            }
            When::Last => &mut queue.last,
            When::End => &mut queue.end,
            When::AtOnce | When::InTurn => &mut queue.in_turn,
        };
        line.extend(std::iter::repeat_n(waiting, turns));
        Some(!std::mem::replace(&mut queue.giving, true))
    });
    if begin == Some(true) {
        spawn_local(give());
    }
    begin.is_some()
}

/// The browser has its turn: it hears what the person does, and may show what is there.
///
/// Chromium lets what waits for no time at all go before a timer that is due, so that two pieces would follow one
/// another with nothing but a picture between them.
pub async fn pause() {
    let soon = Promise::new(&mut |resolve, _| {
        Timeout::new(1, move || drop(resolve.call0(&JsValue::UNDEFINED))).forget();
    });
    let _ = JsFuture::from(soon).await;
}

async fn give() {
    let mut last: Option<Rc<Waiting>> = None;
    loop {
        pause().await;
        // Yew makes a picture later where the ones before took long: then it comes before the next turn.
        for _ in 0..PATIENCE {
            if last.as_ref().is_none_or(Waiting::is_shown) {
                break;
            }
            pause().await;
        }
        let end = effects::now_millis().saturating_add(SLICE_MILLIS);
        while effects::now_millis() < end {
            let next = QUEUE.with_borrow_mut(|queue| {
                let next = queue.next();
                queue.giving = next.is_some();
                next
            });
            let Some(waiting) = next else { return };
            waiting.give(1);
            // Yew makes the picture in a microtask that is ordered now; what is ordered after it runs behind it.
            let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
            let is_shown = waiting.is_shown();
            last = Some(waiting);
            if !is_shown {
                break;
            }
        }
    }
}

/// Makes everything while the page is printed, as it was asked for or in a browser that shows how it would look.
#[hook]
pub fn use_paper() {
    use_memo((), |()| {
        let print = gloo::utils::window().match_media("print").ok().flatten();
        let shown = print.map(|print| {
            let state = print.clone();
            EventListener::new(&print, "change", move |_| printing(state.matches()))
        });
        let begin = effects::listen("beforeprint", |_| printing(true));
        let end = effects::listen("afterprint", |_| printing(false));
        (shown, begin, end)
    });
}

fn printing(printing: bool) {
    let all: Vec<_> = QUEUE.with_borrow_mut(|queue| {
        queue.printing = printing;
        let lines = [&mut queue.in_turn, &mut queue.last, &mut queue.end];
        if printing { lines.into_iter().flat_map(std::mem::take).collect() } else { Vec::new() }
    });
    give_all(&all);
}

fn give_all(all: &[Weak<Waiting>]) {
    all.iter().filter_map(Weak::upgrade).for_each(|waiting| waiting.give(1));
}

/// Milliseconds after which the browser has its turn. Together with the piece that is begun last, and with laying all of
/// them out, they are a moment.
const SLICE_MILLIS: i64 = 4;
/// Turns of the browser after which a picture is no longer waited for.
const PATIENCE: usize = 20;
