//! XML cut into tags, texts and comments, going on after damage.
//!
//! ```text
//! <mtu 1290</mtu>                          the tag was never closed: its name is kept, reading goes on at `</mtu>`
//! <device uuid="{…}>                       a quotation mark is missing: likewise, at the next `<`
//! <url1>https://vpn.example.com/a?b&c      an ampersand that begins no entity is a character
//! ```
//!
//! XML 1.0 forbids `<` inside a tag, so a tag that holds one is damage, and the `<` is where to go on. Names are
//! taken with their prefix: CUCM never declares its `xsi:`. No entity but the five predefined ones and numbers is
//! resolved. Limits: damages and attributes.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::errors::SyntaxError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

/// Each damage may have cost a look at the whole rest, so their number is bounded.
const DAMAGES_AT_MOST: u32 = 32;

/// A piece of XML. Positions are bytes of the whole text.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// A start tag; an empty element gives a start and an end.
    Open {
        name: &'t str,
        start: usize,
        /// Attributes, counted to one over the limit.
        attributes: usize,
        /// The attribute `priority`, where it is a number.
        priority: Option<u32>,
    },
    Close {
        name: &'t str,
        range: Range<usize>,
    },
    Text {
        text: Cow<'t, str>,
        start: usize,
    },
    Comment {
        text: &'t str,
        start: usize,
    },
    DocType {
        start: usize,
    },
    Damage {
        start: usize,
    },
    /// There were too many damages to go on.
    GivenUp {
        start: usize,
    },
}

/// Cuts a stretch of a text.
pub(super) struct Pieces<'t> {
    text: &'t str,
    /// Where the stretch ends.
    end: usize,
    /// Where the reader at work was started.
    base: usize,
    reader: Reader<&'t [u8]>,
    damages: u32,
    attribute_limit: usize,
    queued: Vec<Piece<'t>>,
    done: bool,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str, range: Range<usize>, attribute_limit: usize) -> Self {
        let base = range.start;
        let end = range.end;
        Self {
            text,
            end,
            base,
            reader: reader(text.get(base..end).unwrap_or_default()),
            damages: 0,
            attribute_limit,
            queued: Vec::new(),
            done: false,
        }
    }

    fn here(&self) -> usize {
        self.base.saturating_add(usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX))
    }

    /// Goes on at the first `<` at or after `from`.
    fn go_on(&mut self, damage: usize, from: usize) -> Piece<'t> {
        self.damages += 1;
        if self.damages > DAMAGES_AT_MOST {
            self.done = true;
            return Piece::GivenUp { start: damage };
        }
        let rest = self.text.get(from..self.end).unwrap_or_default();
        match rest.find('<') {
            Some(next) => {
                self.base = from + next;
                self.reader = reader(self.text.get(self.base..self.end).unwrap_or_default());
            }
            None => self.done = true,
        }
        Piece::Damage { start: damage }
    }

    /// A tag that holds a `<` was not closed before it.
    fn damaged_tag(&mut self, range: &Range<usize>) -> Option<Piece<'t>> {
        let inside = self.text.get(range.start + 1..range.end)?;
        let next = range.start + 1 + inside.find('<')?;
        Some(self.go_on(range.start, next))
    }

    fn tag(&mut self, range: Range<usize>, tag: &BytesStart<'_>, empty: Empty) -> Piece<'t> {
        let name = self.name(range.start + 1);
        let damage = self.damaged_tag(&range);
        let mut attributes = 0;
        let mut priority = None;
        if damage.is_none() {
            for attribute in tag.attributes().with_checks(false).take(self.attribute_limit.saturating_add(1))
            {
                attributes += 1;
                if let Ok(attribute) = attribute
                    && attribute.key.as_ref() == "priority"
                {
                    let value: &str = attribute.value.as_ref();
                    priority = value.trim().parse().ok();
                }
            }
        }
        let start = range.start;
        if damage.is_none() && empty == Empty::Yes {
            self.queued.push(Piece::Close { name, range });
        }
        self.queued.extend(damage);
        Piece::Open { name, start, attributes, priority }
    }

    /// The name that begins at a byte.
    fn name(&self, start: usize) -> &'t str {
        let rest = self.text.get(start..self.end).unwrap_or_default();
        let ends = |sign: char| sign.is_whitespace() || matches!(sign, '>' | '/' | '<' | '=' | '"' | '\'');
        // Names are of ASCII as a rule.
        let at =
            rest.bytes().position(|byte| !byte.is_ascii() || ends(char::from(byte))).unwrap_or(rest.len());
        let behind = rest.get(at..).unwrap_or_default();
        let more =
            if behind.starts_with(|sign: char| !sign.is_ascii()) { behind.find(ends) } else { Some(0) };
        rest.get(..at + more.unwrap_or(behind.len())).unwrap_or_default()
    }

    fn failed(&mut self, error: &Error, start: usize) -> Piece<'t> {
        let rest = self.text.get(start..self.end).unwrap_or_default();
        match error {
            // A comment that is cut hides the rest, and what stands in it does not count.
            Error::Syntax(SyntaxError::UnclosedComment) => {
                self.done = true;
                self.queued.push(Piece::Damage { start });
                Piece::Comment { text: rest, start }
            }
            Error::Syntax(SyntaxError::UnclosedDoctype) => {
                self.done = true;
                Piece::DocType { start }
            }
            _ => {
                let damage = self.go_on(start, start + 1);
                let name = self.name(start + 1);
                // An odd quotation mark: the tag is there, and so is what follows.
                if self.done || name.is_empty() {
                    return damage;
                }
                self.queued.push(damage);
                Piece::Open { name, start, attributes: 0, priority: None }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    No,
    Yes,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            if let Some(piece) = self.queued.pop() {
                return Some(piece);
            }
            if self.done {
                return None;
            }
            let start = self.here();
            let event = self.reader.read_event();
            let range = start..self.here();
            let piece = match event {
                Ok(Event::Eof) => {
                    self.done = true;
                    return None;
                }
                Ok(Event::Start(tag)) => self.tag(range, &tag, Empty::No),
                Ok(Event::Empty(tag)) => self.tag(range, &tag, Empty::Yes),
                Ok(Event::End(_)) => {
                    let name = self.name(start + 2);
                    let damage = self.damaged_tag(&range);
                    self.queued.extend(damage);
                    Piece::Close { name, range }
                }
                Ok(Event::Text(_)) => Piece::Text { text: Cow::Borrowed(self.text.get(range)?), start },
                Ok(Event::CData(data)) => {
                    // The nine characters of `<![CDATA[` stand before the text.
                    Piece::Text { text: Cow::Owned(data.into_inner().into_owned()), start: start + 9 }
                }
                Ok(Event::GeneralRef(entity)) => {
                    let known = match entity.resolve_char_ref() {
                        Ok(Some(sign)) => Some(sign.to_string()),
                        _ => resolve_predefined_entity(&entity).map(str::to_owned),
                    };
                    let text = match known {
                        Some(text) => Cow::Owned(text),
                        None => Cow::Borrowed(self.text.get(range)?),
                    };
                    Piece::Text { text, start }
                }
                Ok(Event::Comment(_)) => Piece::Comment { text: self.text.get(range)?, start },
                Ok(Event::DocType(_)) => Piece::DocType { start },
                Ok(Event::Decl(_) | Event::PI(_)) => continue,
                Err(error) => self.failed(&error, start),
            };
            return Some(piece);
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut said = String::new();
        for piece in Pieces::new(text, 0..text.len(), 4) {
            said += &match piece {
                Piece::Open { name, priority: Some(priority), .. } => format!("+{name}:{priority} "),
                Piece::Open { name, .. } => format!("+{name} "),
                Piece::Close { name, .. } => format!("-{name} "),
                Piece::Text { text, start } => format!("{}@{start} ", text.trim()),
                Piece::Comment { .. } => "comment ".into(),
                Piece::DocType { .. } => "doctype ".into(),
                Piece::Damage { start } => format!("!{start} "),
                Piece::GivenUp { .. } => "given-up ".into(),
            };
        }
        said.trim_end().to_owned()
    }

    #[test]
    fn xml_is_cut_and_damage_costs_only_itself() {
        for (text, expected) in [
            ("<a  x:y=\"1\"><b/>t</a>", "+a +b -b t@16 -a"),
            ("<member  priority=\"2\">", "+member:2"),
            ("<a><![CDATA[x<y]]></a>", "+a x<y@12 -a"),
            ("<a>x&amp;y&#65;&nbsp;&z</a>", "+a x@3 &@4 y@9 A@10 &nbsp;@15 &z@21 -a"),
            ("<a><!-- <b> --></a>", "+a comment -a"),
            ("<mtu 1290</mtu><b>1</b>", "+mtu !0 -mtu +b 1@18 -b"),
            ("<a u=\"{x}><b>1</b><c p=\"2\"/>", "+a !0 +b 1@13 -b +c -c"),
            ("<a>1</a<b>2</b>", "+a 1@3 -a !4 +b 2@10 -b"),
            ("<a>1</a><!-- <b>2", "+a 1@3 -a comment !8"),
            ("<a>1</a><b", "+a 1@3 -a !8"),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "doctype +a -a"),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn endless_damage_is_given_up() {
        assert!(cut(&"<a \"".repeat(1000)).ends_with("given-up"));
    }
}
