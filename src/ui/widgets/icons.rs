//! The page's pictures, drawn on a grid of 16 by 16. A picture never stands alone: a word is always beside it.

use yew::prelude::*;

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Four steps, the third of them broken: the product's mark.
    Mark,
    /// Shown to be fine.
    Check,
    /// It blocks.
    Cross,
    /// It will bite later.
    Triangle,
    /// Worth knowing.
    Info,
    /// Nothing proves it either way.
    Ring,
    /// Never came to it.
    Dots,
    /// Two sheets.
    Copy,
    /// An arrow into a tray.
    Drop,
    /// A folder.
    Folder,
    /// A closed lock.
    Lock,
    /// A half moon in a sun.
    Theme,
    /// Take away.
    Remove,
    /// It stands just there.
    Dot,
    /// Handed down from above; also largest first.
    Down,
    /// Smallest first.
    Up,
    /// Can be sorted.
    Sortable,
    /// One person.
    Person,
    /// An empty frame: nobody set it.
    Frame,
    /// It was not there before.
    Plus,
    /// It is as it was.
    Equal,
}

/// Draws it.
pub fn icon(icon: Icon) -> Html {
    let body = match icon {
        Icon::Mark => html! {
            <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
                <path d="M1 8h2.2M5.8 8h1.4M13.6 8h.9" />
                <circle cx="4.4" cy="8" r="1.4" fill="currentColor" stroke="none" />
                <path d="M8.4 5.2l4 5.6M12.4 5.2l-4 5.6" />
            </g>
        },
        Icon::Check => stroke("M3.5 8.5l3 3 6-7"),
        Icon::Cross => stroke("M4 4l8 8M12 4l-8 8"),
        Icon::Triangle => html! {
            <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round">
                <path d="M8 2.5L14 13.5H2z" /><path d="M8 6.8v2.9M8 11.6v.1" />
            </g>
        },
        Icon::Info => html! {
            <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
                <circle cx="8" cy="8" r="6" /><path d="M8 7.5v3.6M8 5v.1" />
            </g>
        },
        Icon::Ring => {
            html! { <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6" /> }
        }
        Icon::Dots => html! {
            <g fill="currentColor"><circle cx="4" cy="8" r="1.1" /><circle cx="8" cy="8" r="1.1" /><circle cx="12" cy="8" r="1.1" /></g>
        },
        Icon::Copy => html! {
            <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round">
                <path d="M5.5 5.5h8v8h-8z" /><path d="M10.5 5.5v-3h-8v8h3" />
            </g>
        },
        Icon::Drop => stroke("M8 2v8M4.5 7L8 10.5 11.5 7M2 11v3h12v-3"),
        Icon::Folder => stroke("M2 12.5v-9h4l1.5 2H14v7z"),
        Icon::Lock => html! {
            <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round">
                <path d="M3.5 7.5h9v6h-9z" /><path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" />
            </g>
        },
        Icon::Theme => html! {
            <g stroke="currentColor" stroke-width="1.5">
                <circle cx="8" cy="8" r="5.5" fill="none" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
            </g>
        },
        Icon::Plus => stroke("M8 3v10M3 8h10"),
        Icon::Equal => stroke("M3.5 6h9M3.5 10h9"),
        Icon::Remove => stroke("M4.5 4.5l7 7M11.5 4.5l-7 7"),
        Icon::Dot => html! { <circle cx="8" cy="8" r="4" fill="currentColor" /> },
        Icon::Down => stroke("M8 2.5v10M4 8.5l4 4 4-4"),
        Icon::Up => stroke("M8 13.5v-10M4 7.5l4-4 4 4"),
        Icon::Sortable => stroke("M5 6.5l3-3 3 3M5 9.5l3 3 3-3"),
        Icon::Person => {
            stroke("M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c.6-3 2.8-4 5.5-4s4.9 1 5.5 4")
        }
        Icon::Frame => html! {
            <rect x="3" y="3" width="10" height="10" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.5 2" />
        },
    };
    html! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{ body }</svg> }
}

fn stroke(path: &'static str) -> Html {
    html! {
        <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    }
}
