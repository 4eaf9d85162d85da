//! What every HTML file of this program has around its content: its language, its policy and its style.
//!
//! The policy lets nothing in but the style that stands in the file: no script, no picture, no address.

use maud::{Markup, PreEscaped, html};

use crate::text::Lang;

/// A whole file; `title` and `main` are escaped already.
pub fn html_file(lang: Lang, title: &Markup, style: &'static str, main: &Markup) -> String {
    let tag = match lang {
        Lang::En => "en",
        Lang::De => "de",
    };
    let file = html! {
        (PreEscaped("<!doctype html>\n"))
        html lang=(tag) translate="no" { "\n"
            head { "\n"
                meta charset="utf-8"; "\n"
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'"; "\n"
                meta name="viewport" content="width=device-width"; "\n"
                title { (title) } "\n"
                style { (PreEscaped(style)) } "\n"
            } "\n"
            body { "\n"
                main { "\n" (main) } "\n"
            } "\n"
        } "\n"
    };
    file.into_string()
}
