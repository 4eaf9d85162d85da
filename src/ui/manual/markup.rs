//! As much Markdown as the manual needs, taken apart into data: what is shown of it is made of elements, never of text
//! that a browser reads as markup. A picture has no place in it.

/// A part of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'t> {
    /// A heading with its level, from 1 on.
    Heading(u8, &'t str),
    /// Sentences, a line each in the source.
    Paragraph(Vec<&'t str>),
    /// Entries, numbered or not.
    List {
        /// They are steps.
        numbered: bool,
        /// A line each.
        items: Vec<&'t str>,
    },
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<&'t str>>),
    /// What is typed or read as it stands.
    Code(&'t str),
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'t> {
    /// Words.
    Words(&'t str),
    /// What a device or a command line understands.
    Code(&'t str),
    /// What the page calls something.
    Strong(&'t str),
    /// Words that are quoted.
    Emphasis(&'t str),
    /// A link: its words and where it leads.
    Link(&'t str, &'t str),
}

/// Takes a text apart.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    // A new block begins behind an empty line.
    let mut open = false;
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if line.starts_with("```") {
            let (code, after) = rest.split_once("\n```\n").unwrap_or((rest, ""));
            blocks.push(Block::Code(code));
            (rest, open) = (after, false);
            continue;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let entry = item(line);
        let mut last = blocks.last_mut().filter(|_| open);
        match (&mut last, entry) {
            _ if line.trim().is_empty() => {}
            _ if level > 0 => {
                let words = line.get(level..).unwrap_or_default().trim();
                blocks.push(Block::Heading(u8::try_from(level).unwrap_or(u8::MAX), words));
            }
            (Some(Block::Table(rows)), _) if line.starts_with('|') => {
                // The line under the head tells nothing.
                let cells = cells(line);
                if !cells.iter().all(|cell| cell.bytes().all(|byte| byte == b'-')) {
                    rows.push(cells);
                }
            }
            _ if line.starts_with('|') => blocks.push(Block::Table(vec![cells(line)])),
            (Some(Block::List { numbered, items }), Some((steps, words))) if *numbered == steps => {
                items.push(words);
            }
            (_, Some((numbered, words))) => blocks.push(Block::List { numbered, items: vec![words] }),
            (Some(Block::Paragraph(lines)), None) => lines.push(line),
            (_, None) => blocks.push(Block::Paragraph(vec![line])),
        }
        open = !line.trim().is_empty() && level == 0;
    }
    blocks
}

/// An entry of a list, and whether it is numbered.
fn item(line: &str) -> Option<(bool, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = line.get(digits..).filter(|_| digits > 0).and_then(|rest| rest.strip_prefix(". "));
    line.strip_prefix("- ").map(|words| (false, words)).or(numbered.map(|words| (true, words)))
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// Takes a line apart. A mark without a partner stays a character.
pub fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    // Where the words begin that are not in `spans` yet.
    let (mut begin, mut at) = (0, 0);
    while let Some(found) = line.get(at..).and_then(|rest| rest.find(['`', '*', '['])) {
        let mark = at + found;
        let rest = line.get(mark..).unwrap_or_default();
        let Some((span, length)) = marked(rest) else {
            at = mark + 1;
            continue;
        };
        spans.extend(line.get(begin..mark).filter(|words| !words.is_empty()).map(Span::Words));
        spans.push(span);
        at = mark + length;
        begin = at;
    }
    spans.extend(line.get(begin..).filter(|words| !words.is_empty()).map(Span::Words));
    spans
}

/// What begins with a mark, and its length in bytes.
fn marked(rest: &str) -> Option<(Span<'_>, usize)> {
    let between = |mark: &str| {
        let (words, _) = rest.strip_prefix(mark)?.split_once(mark)?;
        let bare = words.is_empty() || words.starts_with(' ') || words.ends_with(' ');
        (!bare).then_some((words, words.len() + 2 * mark.len()))
    };
    if let Some((words, length)) = between("`") {
        return Some((Span::Code(words), length));
    }
    if let Some((words, length)) = between("**") {
        return Some((Span::Strong(words), length));
    }
    if let Some((words, length)) = between("*") {
        return Some((Span::Emphasis(words), length));
    }
    let (words, behind) = rest.strip_prefix('[')?.split_once("](")?;
    let (address, _) = behind.split_once(')')?;
    Some((Span::Link(words, address), words.len() + address.len() + "[]()".len()))
}

/// A line as it is read aloud.
pub fn plain(line: &str) -> String {
    let words = spans(line).into_iter().map(|span| match span {
        Span::Words(words)
        | Span::Code(words)
        | Span::Strong(words)
        | Span::Emphasis(words)
        | Span::Link(words, _) => words,
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_is_told_from_the_others() {
        let text = "# Title\n\nOne.\nTwo.\n\n1. a\n2. b\n\n- c\n- d\n\n| x | y |\n|---|---|\n| 1 | `2` |\n\n```sh\nls\n\n# no heading\n```\n## Next\nText.\n";
        assert_eq!(
            blocks(text),
            [
                Block::Heading(1, "Title"),
                Block::Paragraph(vec!["One.", "Two."]),
                Block::List { numbered: true, items: vec!["a", "b"] },
                Block::List { numbered: false, items: vec!["c", "d"] },
                Block::Table(vec![vec!["x", "y"], vec!["1", "`2`"]]),
                Block::Code("ls\n\n# no heading"),
                Block::Heading(2, "Next"),
                Block::Paragraph(vec!["Text."]),
            ]
        );
    }

    #[test]
    fn what_is_marked_in_a_line_is_told_and_a_mark_alone_is_a_character() {
        use Span::{Code, Emphasis, Link, Strong, Words};
        for (line, expected) in [
            ("a `*b*` c", vec![Words("a "), Code("*b*"), Words(" c")]),
            ("**A** and *b*", vec![Strong("A"), Words(" and "), Emphasis("b")]),
            ("[a](#/case)!", vec![Link("a", "#/case"), Words("!")]),
            ("2 * 3, `half, [x] **", vec![Words("2 * 3, `half, [x] **")]),
            ("ä*ö", vec![Words("ä*ö")]),
            ("", vec![]),
        ] {
            assert_eq!(spans(line), expected, "{line}");
        }
        assert_eq!(plain("see **`a`** and [b](c)"), "see `a` and b");
    }
}
