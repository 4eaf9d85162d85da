//! A device's own words: monospaced, never translated, with every hidden character visible.

use yew::prelude::*;

use super::visible::{Piece, pieces, split_at_mark};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The words.
    pub text: AttrValue,
    /// The part that tells.
    #[prop_or_default]
    pub mark: AttrValue,
}

/// Device text.
#[function_component(Device)]
pub fn device(props: &Props) -> Html {
    let (before, marked, after) = split_at_mark(&props.text, &props.mark);
    html! {
        <code class="device" translate="no">
            <span>{ shown(before) }</span><mark>{ shown(marked) }</mark><span>{ shown(after) }</span>
        </code>
    }
}

/// A text with its hidden characters made visible.
pub fn shown(text: &str) -> Html {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => html! { <>{ text }</> },
            Piece::Sign(sign) => html! { <span class="sign">{ sign }</span> },
        })
        .collect()
}
