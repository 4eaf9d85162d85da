//! A rule's prose: Markdown of one fixed shape, the same in both languages.
//!
//! ````text
//! # What is wrong, in one line
//!
//! Why it hurts the phone. One paragraph or more.
//!
//! ## Fix cucm
//! 1. A step.
//! 2. Another one.
//!
//! ## Fix asa: rebind
//! ```
//! ssl trust-point {trustpoint} {interface}
//! ```
//! ### Undo
//! - How to take it back.
//! ### Verify
//! - What to see afterwards.
//! ````
//!
//! The words `Fix`, `Undo` and `Verify` are structure and stand in English in both files. A block with a label
//! (`: rebind`) is told only where the finding asks for it. `{placeholders}` are filled by the finding; a value
//! that is missing, or that could do harm in a command, becomes a visible `<placeholder>`.

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Fix, Target, safe_name};
use crate::text::{Argument, Class, Lang, Text};

/// The prose of a rule, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// What is wrong.
    pub title: Text,
    /// Why.
    pub paragraphs: Vec<Text>,
    /// What to do.
    pub fixes: Vec<Block>,
}

/// One fix of a prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where.
    pub on: Target,
    /// Told only where a finding asks for this label; always told where empty.
    pub label: String,
    /// Steps in order.
    pub steps: Vec<Text>,
    /// Commands in order.
    pub commands: Vec<String>,
    /// How to take it back.
    pub undo: Vec<Text>,
    /// What to see afterwards.
    pub verify: Vec<Text>,
}

/// Takes both languages apart and puts them side by side.
pub fn parse(markdown: &Text) -> Prose {
    let (en, de) = (Side::parse(&markdown.get(Lang::En)), Side::parse(&markdown.get(Lang::De)));
    let fixes = en
        .fixes
        .iter()
        .enumerate()
        .map(|(index, fix)| {
            let other = de.fixes.get(index).cloned().unwrap_or_default();
            Block {
                on: fix.on.unwrap_or(Target::Asa),
                label: fix.label.clone(),
                steps: pairs(&fix.steps, &other.steps),
                commands: fix.commands.clone(),
                undo: pairs(&fix.undo, &other.undo),
                verify: pairs(&fix.verify, &other.verify),
            }
        })
        .collect();
    Prose {
        title: Text::template(en.title, de.title),
        paragraphs: pairs(&en.paragraphs, &de.paragraphs),
        fixes,
    }
}

/// The title alone, for a list of rules: what only a case can fill in is left open.
pub fn title(markdown: &Text) -> Text {
    let first = |wording: &str| {
        let line = wording.lines().next().unwrap_or_default().trim_start_matches('#').trim();
        opened(line)
    };
    Text::template(first(&markdown.get(Lang::En)), first(&markdown.get(Lang::De)))
}

/// A wording without the values of a case: `ends in {days} days` becomes `ends in … days`, and a half sentence
/// behind a colon that holds values is left out.
fn opened(wording: &str) -> String {
    let Some(first) = wording.find('{') else { return wording.to_owned() };
    let before = wording.get(..first).unwrap_or_default();
    if let Some((statement, _)) = before.rsplit_once(": ") {
        return statement.to_owned();
    }
    let mut open = String::with_capacity(wording.len());
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        open.push_str(before);
        open.push('…');
        rest = after.split_once('}').map(|(_, tail)| tail).unwrap_or_default();
    }
    open.push_str(rest);
    open
}

fn pairs(en: &[String], de: &[String]) -> Vec<Text> {
    let german = |index: usize| de.get(index).cloned().unwrap_or_default();
    en.iter().enumerate().map(|(index, english)| Text::template(english.clone(), german(index))).collect()
}

impl Prose {
    /// The title with the finding's values in it.
    pub fn title_for(&self, finding: &Finding) -> Text {
        finding.title.clone().unwrap_or_else(|| fill(&self.title, finding, Use::Reading))
    }

    /// What is particular to this case, then why it matters.
    pub fn explanation_for(&self, finding: &Finding) -> Vec<Text> {
        let because = finding.because.iter().cloned();
        because.chain(self.paragraphs.iter().map(|text| fill(text, finding, Use::Reading))).collect()
    }

    /// The fixes that the finding wants, with its values in them.
    pub fn fixes_for(&self, finding: &Finding) -> Vec<Fix> {
        let wanted = self
            .fixes
            .iter()
            .filter(|fix| fix.label.is_empty() || finding.fixes.contains(&fix.label.as_str()));
        wanted
            .map(|fix| {
                let fill_all =
                    |texts: &[Text]| texts.iter().map(|text| fill(text, finding, Use::Typing)).collect();
                Fix {
                    on: fix.on,
                    steps: fill_all(&fix.steps),
                    // A line that is filled with nothing is not to be typed in this case.
                    commands: fix
                        .commands
                        .iter()
                        .map(|line| fill(&Text::template(line.clone(), ""), finding, Use::Typing))
                        .map(|line| line.get(Lang::En).into_owned())
                        .filter(|line| !line.is_empty())
                        .collect(),
                    undo: fill_all(&fix.undo),
                    verify: fill_all(&fix.verify),
                }
            })
            .collect()
    }
}

/// What a filled text is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is read: any value may stand in it.
    Reading,
    /// It is typed or pasted: only names that can do no harm.
    Typing,
}

fn fill(text: &Text, finding: &Finding, purpose: Use) -> Text {
    let mut names: Vec<&str> = Vec::new();
    for lang in [Lang::En, Lang::De] {
        names.extend(placeholders(text.wording(lang)));
    }
    names.sort_unstable();
    names.dedup();
    let filled = |text: Text, name: &str| text.argument(name.to_owned(), value(name, finding, purpose));
    names.into_iter().fold(text.clone(), filled)
}

/// What stands in a place: what the finding knows of it, or its name.
fn value(name: &str, finding: &Finding, purpose: Use) -> Argument {
    let value_in = |list: &'_ [(&str, String)]| {
        list.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    };
    let from_file = value_in(&finding.values).filter(|value| purpose == Use::Reading || safe_name(value));
    match value_in(&finding.computed).or(from_file) {
        Some(value) => Argument::Value(class_of(name), value),
        None => Argument::Own(format!("<{name}>").into()),
    }
}

/// What the value of a placeholder names.
pub fn class_of(placeholder: &str) -> Class {
    CLASSES.iter().find(|(names, _)| names.contains(&placeholder)).map_or(Class::Words, |(_, class)| *class)
}

/// Placeholders whose values are names; all others stand for settings, versions, numbers and days.
const CLASSES: &[(&[&str], Class)] = &[
    (
        &[
            "group",
            "tunnel-group",
            "group-policy",
            "policy",
            "pool",
            "list",
            "record",
            "server-group",
            "locked",
        ],
        Class::Group,
    ),
    (&["trustpoint", "expected-trustpoint"], Class::Trustpoint),
    (&["user"], Class::User),
    (&["interface"], Class::Interface),
    (&["phone"], Class::Phone),
    (&["subject", "issuer", "signer"], Class::Subject),
    (&["url", "group-url"], Class::Url),
    (
        &["host", "gateway-host", "server", "address", "tftp-server", "local-server", "call-manager"],
        Class::Host,
    ),
    (&["presented-hash"], Class::Hash),
];

/// The names of the places in a wording.
fn placeholders(wording: &str) -> impl Iterator<Item = &str> {
    let behind = wording.split('{').skip(1);
    behind.filter_map(|rest| Some(rest.split_once('}')?.0)).filter(|name| is_placeholder(name))
}

/// What may stand between braces as the name of a value.
pub fn is_placeholder(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// One language's file, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    title: String,
    paragraphs: Vec<String>,
    fixes: Vec<SideFix>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct SideFix {
    on: Option<Target>,
    label: String,
    steps: Vec<String>,
    commands: Vec<String>,
    undo: Vec<String>,
    verify: Vec<String>,
}

/// Which list of a fix a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Steps,
    Undo,
    Verify,
}

impl Side {
    /// Takes one file apart.
    pub fn parse(markdown: &str) -> Self {
        let mut side = Self::default();
        let (mut part, mut in_code, mut paragraph_open) = (Part::Steps, false, false);
        for line in markdown.lines() {
            let line = line.trim_end();
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            } else if in_code {
                if let Some(fix) = side.fixes.last_mut() {
                    fix.commands.push(line.to_owned());
                }
            } else if let Some(heading) = line.strip_prefix("## Fix ") {
                side.fixes.push(SideFix::of_heading(heading));
                part = Part::Steps;
            } else if let Some(heading) = line.strip_prefix("### ") {
                part = if heading == "Undo" { Part::Undo } else { Part::Verify };
            } else if let Some(title) = line.strip_prefix("# ") {
                title.clone_into(&mut side.title);
            } else if line.is_empty() {
                paragraph_open = false;
            } else if let Some(fix) = side.fixes.last_mut() {
                fix.take(part, line);
            } else if paragraph_open && let Some(last) = side.paragraphs.last_mut() {
                last.push(' ');
                last.push_str(line.trim());
            } else {
                side.paragraphs.push(line.trim().to_owned());
                paragraph_open = true;
            }
        }
        side
    }

    /// What has to be the same in both languages: the number of paragraphs and list items, targets, labels,
    /// commands, and the placeholders used.
    pub fn shape(&self) -> String {
        let fixes: Vec<String> = self
            .fixes
            .iter()
            .map(|fix| {
                format!(
                    "{:?}:{} steps {} undo {} verify {} {:?}",
                    fix.on,
                    fix.label,
                    fix.steps.len(),
                    fix.undo.len(),
                    fix.verify.len(),
                    fix.commands
                )
            })
            .collect();
        format!("{} paragraphs; {}", self.paragraphs.len(), fixes.join("; "))
    }

    /// True where a title, an explanation and at least one fix with a way to verify it are there.
    pub fn is_whole(&self) -> bool {
        let told = |fix: &SideFix| fix.on.is_some() && !(fix.steps.is_empty() && fix.commands.is_empty());
        !self.title.is_empty()
            && !self.paragraphs.is_empty()
            && !self.fixes.is_empty()
            && self.fixes.iter().all(told)
            && self.fixes.iter().any(|fix| !fix.verify.is_empty())
    }
}

impl SideFix {
    fn of_heading(heading: &str) -> Self {
        let (on, label) = heading.split_once(':').unwrap_or((heading, ""));
        let targets = [Target::Asa, Target::Cucm, Target::Phone, Target::Network];
        Self {
            on: targets.into_iter().find(|target| target.id() == on.trim()),
            label: label.trim().to_owned(),
            ..Self::default()
        }
    }

    fn take(&mut self, part: Part, line: &str) {
        let list = match part {
            Part::Steps => &mut self.steps,
            Part::Undo => &mut self.undo,
            Part::Verify => &mut self.verify,
        };
        let numbered = line.split_once(". ").filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        match (numbered, line.strip_prefix("- ")) {
            (Some((_, item)), _) | (None, Some(item)) => list.push(item.trim().to_owned()),
            (None, None) => match list.last_mut() {
                Some(last) => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                None => list.push(line.trim().to_owned()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, Evidence};

    const MARKDOWN: &str = "# Wrong {trustpoint}\n\nWhy\nit hurts.\n\nMore.\n\n## Fix asa\n1. Do\nthis.\n\n```\nssl trust-point {trustpoint} {interface}\n```\n### Undo\n- Back.\n### Verify\n- See.\n\n## Fix cucm: upload\n1. Upload.\n";

    fn finding(trustpoint: &str) -> Finding {
        let proof = Evidence::answer(Text::fixed("you said so", "Sie haben es gesagt"));
        Finding::new(Confidence::Certain, proof).value("trustpoint", trustpoint)
    }

    #[test]
    fn a_prose_is_taken_apart() {
        let prose = parse(&Text::fixed(MARKDOWN, MARKDOWN));
        assert_eq!(prose.paragraphs.len(), 2);
        assert_eq!(prose.paragraphs[0].en(), "Why it hurts.");
        assert_eq!(prose.fixes[0].steps[0].en(), "Do this.");
        assert_eq!((prose.fixes[1].on, prose.fixes[1].label.as_str()), (Target::Cucm, "upload"));
        assert!(Side::parse(MARKDOWN).is_whole());
    }

    #[test]
    fn a_title_in_a_list_leaves_open_what_only_a_case_can_fill() {
        let listed = |wording: &'static str| title(&Text::fixed(wording, wording)).en().to_string();
        assert_eq!(listed("# It ends in {days} days"), "It ends in … days");
        assert_eq!(listed("# Nothing listens on {interface}"), "Nothing listens on …");
        assert_eq!(listed("# Out of range: {setting} is {value}"), "Out of range");
    }

    #[test]
    fn values_are_filled_and_a_missing_one_stays_visible() {
        let prose = parse(&Text::fixed(MARKDOWN, MARKDOWN));
        let fixes = prose.fixes_for(&finding("PHONES"));
        assert_eq!(fixes.len(), 1, "the labelled block was not asked for");
        assert_eq!(fixes[0].commands, ["ssl trust-point PHONES <interface>"]);
        assert_eq!(prose.fixes_for(&finding("PHONES").fix("upload")).len(), 2);
    }

    #[test]
    fn a_name_that_could_do_harm_never_reaches_a_command() {
        let prose = parse(&Text::fixed(MARKDOWN, MARKDOWN));
        let hostile = finding("x\nno crypto ca trustpoint y");
        assert_eq!(prose.fixes_for(&hostile)[0].commands, ["ssl trust-point <trustpoint> <interface>"]);
        assert!(prose.title_for(&hostile).en().contains("no crypto"), "it may be read, not typed");
    }
}
