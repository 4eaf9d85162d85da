//! The manual as the page shows it: its parts, its contents, and where words stand in it.

use vpn_phone_doctor::text::Lang;

use super::markup::{Block, blocks, plain};
use crate::ui::symptoms::matching;

/// The manual in a language.
pub fn manual(lang: Lang) -> Vec<Block<'static>> {
    blocks(match lang {
        Lang::En => include_str!("../../../docs/manual.en.md"),
        Lang::De => include_str!("../../../docs/manual.de.md"),
    })
}

/// A place of the manual that one can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which block it is.
    pub block: usize,
    /// The level of its chapter's heading.
    pub level: u8,
    /// Its chapter.
    pub chapter: String,
    /// What of it holds the words that were looked for; empty for the chapter's heading.
    pub excerpt: String,
}

/// The places that hold every word of a query, each with the first of its lines that does; without a query the contents:
/// every chapter but the title.
pub fn places(manual: &[Block<'_>], query: &str) -> Vec<Place> {
    let contents = query.trim().is_empty();
    let (mut level, mut chapter) = (0, String::new());
    let mut places = Vec::new();
    for (block, part) in manual.iter().enumerate() {
        let place = |excerpt| Place { block, level, chapter: chapter.clone(), excerpt };
        let holds = |line: &String| matching::holds([line.as_str()].into_iter(), query);
        if let Block::Heading(deep, words) = part {
            (level, chapter) = (*deep, plain(words));
            let wanted = if contents { level > 1 } else { holds(&chapter) };
            let place = Place { block, level, chapter: chapter.clone(), excerpt: String::new() };
            places.extend(wanted.then_some(place));
        } else if !contents {
            places.extend(lines(part).into_iter().find(holds).map(place));
        }
    }
    places
}

/// What is looked through of a block: its sentences, entries or rows.
fn lines(block: &Block<'_>) -> Vec<String> {
    match block {
        Block::Heading(_, words) => vec![plain(words)],
        Block::Paragraph(lines) | Block::List { items: lines, .. } => {
            lines.iter().map(|line| plain(line)).collect()
        }
        Block::Table(rows) => rows
            .iter()
            .map(|row| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" – "))
            .collect(),
        Block::Code(code) => code.lines().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::markup::{Span, spans};
    use super::*;
    use crate::ui::route::Route;

    /// Every line that is shown with its marks.
    fn marked<'t>(block: &Block<'t>) -> Vec<&'t str> {
        match block {
            Block::Heading(_, words) => vec![*words],
            Block::Paragraph(lines) | Block::List { items: lines, .. } => lines.clone(),
            Block::Table(rows) => rows.concat(),
            Block::Code(_) => Vec::new(),
        }
    }

    #[test]
    fn both_manuals_have_the_same_parts_and_nothing_that_is_not_understood() {
        let shape = |lang| -> Vec<String> {
            let name = |block: &Block<'_>| match block {
                Block::Heading(level, _) => format!("heading {level}"),
                Block::Paragraph(_) => "paragraph".to_owned(),
                Block::List { numbered, items } => format!("list {numbered} {}", items.len()),
                Block::Table(rows) => {
                    let wide = rows.first().map_or(0, Vec::len);
                    assert!(wide > 1 && rows.iter().all(|row| row.len() == wide), "{rows:?}");
                    format!("table {wide} {}", rows.len())
                }
                Block::Code(code) => {
                    assert!(!code.contains("```"), "{code}");
                    "code".to_owned()
                }
            };
            manual(lang).iter().map(name).collect()
        };
        assert_eq!(shape(Lang::En), shape(Lang::De));
        assert!(shape(Lang::En).len() > 100);
        for lang in [Lang::En, Lang::De] {
            for line in manual(lang).iter().flat_map(marked) {
                for span in spans(line) {
                    match span {
                        Span::Words(words) | Span::Strong(words) | Span::Emphasis(words) => {
                            assert!(!words.contains(['`', '*', '<', '[']), "{line}");
                        }
                        // A link leads to a view of the page; the manual has no other.
                        Span::Link(_, address) => assert_eq!(Route::of(address).address(), address, "{line}"),
                        Span::Code(_) => {}
                    }
                }
            }
        }
    }

    #[test]
    fn words_lead_to_the_places_that_hold_them_all() {
        let manual = manual(Lang::En);
        let contents = places(&manual, "  ");
        assert!(
            contents.len() > 25 && contents.iter().all(|place| place.level > 1 && place.excerpt.is_empty())
        );
        let found = places(&manual, "undebug ALL");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].chapter, "From the ASA");
        assert!(found[0].excerpt.contains("undebug all"), "{}", found[0].excerpt);
        // A row of a table is told with all of its cells.
        let row = places(&manual, "66 opened");
        assert!(row.iter().any(|place| place.excerpt.starts_with("66 – ")), "{row:?}");
        assert_eq!(places(&manual, "undebug qqqq"), []);
    }
}
