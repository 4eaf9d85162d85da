//! The manual: its contents, which a search narrows to the places that hold some words, and its text.

use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::markup::{Block, Span, spans};
use super::model::{manual, places};
use crate::ui::browser::effects;
use crate::ui::page::use_page;
use crate::ui::route::Route;
use crate::ui::widgets::counted;

/// The manual.
#[function_component(Manual)]
pub fn view() -> Html {
    let page = use_page();
    let query = use_state_eq(String::new);
    let manual = use_memo(page.lang, |lang| manual(*lang));
    let oninput = use_callback(query.setter(), |event: InputEvent, query| {
        query.set(effects::entered(&event).unwrap_or_default());
    });
    let places = places(&manual, &query);
    let searched = !query.trim().is_empty();
    let said = if searched { counted(places.len(), ONE, FOUND) } else { Text::default() };
    let items = places.into_iter().map(|place| {
        let block = place.block;
        let onclick = Callback::from(move |_: MouseEvent| effects::focus(&format!("#manual-{block}")));
        html! {
            <li key={block} class={classes!((place.level > 2).then_some("below"))}>
                <button type="button" class="link" data-testid="manual-place" {onclick}>{ place.chapter }</button>
                <span class="small soft">{ place.excerpt }</span>
            </li>
        }
    });
    html! {
        <div class="manual">
            <h1>{ page.say(Route::Manual.name()) }</h1>
            <div class="find">
                <label for="manual-search" class="small soft">{ page.say(SEARCH) }</label>
                <input id="manual-search" type="search" class="entry-field" data-testid="manual-search" autocomplete="off"
                    spellcheck="false" value={(*query).clone()} {oninput} />
                <p class="small soft" role="status">{ page.say(said) }</p>
            </div>
            <nav aria-label={page.say(CONTENTS)}><ul>{ for items }</ul></nav>
            <article>{ for manual.iter().enumerate().map(|(at, block)| shown(at, block)) }</article>
        </div>
    }
}

/// A part of it, to which the keyboard can be sent. The title stands above already.
fn shown(at: usize, block: &Block<'_>) -> Html {
    let id = format!("manual-{at}");
    match block {
        Block::Heading(1, _) => html! { <p key={at} {id} hidden=true></p> },
        Block::Heading(2, words) => html! { <h2 key={at} {id} tabindex="-1">{ line(words) }</h2> },
        Block::Heading(_, words) => html! { <h3 key={at} {id} tabindex="-1">{ line(words) }</h3> },
        Block::Paragraph(lines) => {
            let lines = lines.iter().map(|words| html! { <>{ line(words) }{ " " }</> });
            html! { <p key={at} {id} tabindex="-1">{ for lines }</p> }
        }
        Block::List { numbered, items } => {
            let items = items.iter().map(|words| html! { <li>{ line(words) }</li> });
            let list = if *numbered { "ol" } else { "ul" };
            html! { <@{list} key={at} {id} tabindex="-1">{ for items }</@> }
        }
        Block::Table(rows) => {
            let mut rows = rows.iter();
            let head = rows.next().into_iter().flatten();
            let head = head.map(|cell| html! { <th scope="col">{ line(cell) }</th> });
            let rows = rows.map(|row| {
                let cells = row.iter().map(|cell| html! { <td>{ line(cell) }</td> });
                html! { <tr>{ for cells }</tr> }
            });
            html! {
                <table key={at} {id} tabindex="-1">
                    <thead><tr>{ for head }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
        }
        Block::Code(code) => {
            html! { <pre key={at} {id} tabindex="-1" class="device" translate="no">{ (*code).to_owned() }</pre> }
        }
    }
}

fn line(words: &str) -> Html {
    let spans = spans(words).into_iter().map(|span| match span {
        Span::Words(words) => html! { <>{ words.to_owned() }</> },
        Span::Code(code) => html! { <code translate="no">{ code.to_owned() }</code> },
        Span::Strong(words) => html! { <strong>{ words.to_owned() }</strong> },
        Span::Emphasis(words) => html! { <em>{ words.to_owned() }</em> },
        // Only to a view: whatever else an address may be, it leads to the start.
        Span::Link(words, address) => {
            html! { <a href={Route::of(address).address()}>{ words.to_owned() }</a> }
        }
    });
    spans.collect()
}

const SEARCH: Text = Text::fixed("Search the manual", "Handbuch durchsuchen");
const CONTENTS: Text = Text::fixed("Contents", "Inhalt");
const ONE: Text = Text::fixed("1 place", "1 Stelle");
const FOUND: Text = Text::fixed("{count} places", "{count} Stellen");
