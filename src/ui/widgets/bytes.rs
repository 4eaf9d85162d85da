//! Hashes one under the other, byte by byte, with the differing bytes marked.
//!
//! Bytes stand in groups of four that hold one row for each hash, so that the rows stay aligned where the picture
//! wraps. To a screen reader it is one sentence for each hash.

use yew::prelude::*;

use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::text::Text;

use super::words::hex_bytes;
use crate::ui::page::use_page;

/// One hash and what to call it.
#[derive(Clone, PartialEq)]
pub struct Lane {
    /// What it is called.
    pub label: Text,
    /// The hash.
    pub bytes: Vec<u8>,
}

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The hashes.
    pub lanes: Vec<Lane>,
}

/// The picture.
#[function_component(Aligned)]
pub fn aligned(props: &Props) -> Html {
    let page = use_page();
    let longest = props.lanes.iter().map(|lane| lane.bytes.len()).max().unwrap_or_default();
    let labels = props.lanes.iter().map(|lane| html! { <span>{ page.say(lane.label.clone()) }</span> });
    let rows: Vec<Vec<String>> = props.lanes.iter().map(|lane| hex_bytes(&lane.bytes)).collect();
    let groups = (0..longest).step_by(GROUP).map(|from| {
        let lines = rows.iter().zip(1_u32..).map(|(row, number)| {
            let cells = (from..longest.min(from.saturating_add(GROUP))).map(|index| {
                let byte = row.get(index);
                let class = if all_alike(&rows, index) { "same" } else { "differs" };
                html! { <span {class}>{ byte.map_or("··", String::as_str).to_owned() }</span> }
            });
            html! { <span class="bytes" data-lane={number.to_string()}>{ for cells }</span> }
        });
        html! { <span class="group">{ for lines }</span> }
    });
    // Where no byte is the same, marking every one would say nothing.
    let apart = !(0..longest).any(|index| all_alike(&rows, index));
    let spoken = props.lanes.iter().map(|lane| {
        html! { <p>{ page.say(lane.label.clone()) }{ ": " }{ fingerprint::colons(&lane.bytes) }</p> }
    });
    html! {
        <div class={classes!("aligned", apart.then_some("apart"))} translate="no">
            <div class="unseen">{ for spoken }</div>
            <div class="picture" aria-hidden="true">
                <span class="labels">{ for labels }</span>
                <span class="groups">{ for groups }</span>
            </div>
        </div>
    }
}

fn all_alike(rows: &[Vec<String>], index: usize) -> bool {
    let first = rows.first().and_then(|row| row.get(index));
    rows.iter().all(|row| row.get(index) == first)
}

const GROUP: usize = 4;
