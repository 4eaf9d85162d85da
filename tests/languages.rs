//! Both languages are whole: every pair of texts in the sources says something in English and in German, with the
//! same gaps to fill and the same code in both, and no words stand in the page outside such a pair.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

fn files(ending: &str) -> Vec<PathBuf> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

/// One statement in both languages; a wording that is no literal is `None`.
struct Pair {
    place: String,
    en: Option<String>,
    de: Option<String>,
}

/// A source file's tokens, with what stands in parentheses, braces and macros told apart.
fn tokens(path: &Path) -> Vec<TokenTree> {
    let text = fs::read_to_string(path).unwrap();
    // Tests speak for themselves.
    let product = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let stream: TokenStream = product.parse().unwrap_or_else(|why| panic!("{}: {why}", shown(path)));
    stream.into_iter().collect()
}

/// Calls back with every sequence of tokens between two brackets.
fn each_sequence(tokens: Vec<TokenTree>, see: &mut impl FnMut(&[TokenTree])) {
    let mut open = vec![tokens];
    while let Some(sequence) = open.pop() {
        see(&sequence);
        for token in &sequence {
            if let TokenTree::Group(group) = token {
                open.push(group.stream().into_iter().collect());
            }
        }
    }
}

fn is(token: Option<&TokenTree>, word: &str) -> bool {
    token.is_some_and(|token| token.to_string() == word)
}

/// The arguments of a call, as the tokens of each.
fn arguments(token: Option<&TokenTree>) -> Option<Vec<Vec<TokenTree>>> {
    let Some(TokenTree::Group(group)) = token else { return None };
    if group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let mut all = vec![Vec::new()];
    for token in group.stream() {
        if token.to_string() == "," {
            all.push(Vec::new());
        } else {
            all.last_mut().unwrap().push(token);
        }
    }
    Some(all)
}

/// The text of an argument that is a literal, or a `format!` of one.
fn literal(argument: &[TokenTree]) -> Option<String> {
    match argument {
        [TokenTree::Literal(literal)] => string(&literal.to_string()),
        [TokenTree::Ident(name), _, TokenTree::Group(group)] if name == "format" => {
            group.stream().into_iter().next().and_then(|first| string(&first.to_string()))
        }
        _ => None,
    }
}

fn string(literal: &str) -> Option<String> {
    let quoted = literal.strip_prefix('"')?.strip_suffix('"')?;
    let joined: Vec<&str> = quoted.split("\\\n").collect();
    let joined = joined.iter().enumerate().map(|(at, part)| if at == 0 { part } else { part.trim_start() });
    Some(joined.collect::<String>().replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"))
}

/// Functions of a file that make a text of two of their parameters, with the places of both.
fn makers(tokens: &[TokenTree]) -> BTreeMap<String, (usize, usize)> {
    let mut found = BTreeMap::new();
    each_sequence(tokens.to_vec(), &mut |sequence| {
        for (at, token) in sequence.iter().enumerate() {
            if token.to_string() != "fn" {
                continue;
            }
            let Some(parameters) = arguments(sequence.get(at + 2)) else { continue };
            let place = |name: &str| {
                parameters
                    .iter()
                    .position(|parameter| is(parameter.first(), name) && is(parameter.get(1), ":"))
            };
            if let (Some(en), Some(de)) = (place("en"), place("de")) {
                found.insert(sequence[at + 1].to_string(), (en, de));
            }
        }
    });
    found
}

/// Every text of the sources.
fn pairs() -> Vec<Pair> {
    let mut found = Vec::new();
    for path in files(".rs") {
        let tokens = tokens(&path);
        let makers = makers(&tokens);
        each_sequence(tokens, &mut |sequence| {
            for (at, token) in sequence.iter().enumerate() {
                let text = is(Some(token), "Text")
                    && is(sequence.get(at + 1), ":")
                    && (is(sequence.get(at + 3), "fixed") || is(sequence.get(at + 3), "made"));
                let made =
                    makers.get(&token.to_string()).filter(|_| at == 0 || !is(sequence.get(at - 1), "fn"));
                let (call, (en, de)) = match made {
                    Some(places) => (at + 1, *places),
                    None if text => (at + 4, (0, 1)),
                    None => continue,
                };
                let Some(arguments) = arguments(sequence.get(call)) else { continue };
                let half = |place: usize| arguments.get(place).and_then(|argument| literal(argument));
                let place = format!("{}:{}", shown(&path), token.span().start().line);
                found.push(Pair { place, en: half(en), de: half(de) });
            }
        });
    }
    found
}

/// The parts of a text between two signs, and what is left without them.
fn between(text: &str, open: char, close: char) -> (Vec<String>, String) {
    let (mut parts, mut left, mut rest) = (Vec::new(), String::new(), text);
    while let Some((before, after)) = rest.split_once(open) {
        let Some((part, tail)) = after.split_once(close) else { break };
        parts.push(part.to_owned());
        left.push_str(before);
        left.push(' ');
        rest = tail;
    }
    left.push_str(rest);
    parts.sort();
    (parts, left)
}

/// The words of a language, without code, quotations and what stands in brackets: those are a device's own.
fn words(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for (open, close) in [('`', '`'), ('"', '"'), ('„', '“'), ('“', '”'), ('(', ')'), ('{', '}'), ('<', '>')]
    {
        text = between(&text, open, close).1;
    }
    let words = text.split(|sign: char| !sign.is_alphabetic() && sign != '-' && sign != '.');
    words.map(|word| word.trim_matches(['.', '-']).to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Words that only one of the languages has, and that no sentence of it does without for long.
const ONLY_ENGLISH: &str = "the and with of is are this that these those from has have had its it which where when \
    by or not be been were does do did can cannot could should would may you your they them their there here \
    only after before between because if then than into without every each both more most other again still yet";
const ONLY_GERMAN: &str = "der das und mit nicht ist sind ein eine einen einem einer eines für von zu zum zur auf wird \
    werden wurde keine kein Sie Ihre Ihr oder aus bei dem den im am sich dass wenn wo nach vor zwischen weil nur noch \
    mehr auch durch über unter ohne jede jeder jedes beide dann als diese dieser dieses kann können hat haben steht";

fn list(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

/// Words of the other language, where they are more than the name of one thing: several, or nothing but them.
fn foreign(text: &str, own: &[&str], other: &[&str]) -> Vec<String> {
    let text = DEVICE_WORDS.iter().fold(text.to_owned(), |text, quoted| text.replace(quoted, ""));
    let words = words(&text);
    let found: BTreeSet<String> =
        words.iter().filter(|word| other.contains(&word.as_str())).cloned().collect();
    let at_home = words.iter().any(|word| own.contains(&word.as_str()));
    if found.len() > 1 || !at_home { found.into_iter().collect() } else { Vec::new() }
}

#[test]
fn every_text_stands_in_both_languages() {
    let (english, german) = (list(ONLY_ENGLISH), list(ONLY_GERMAN));
    let pairs = pairs();
    assert!(pairs.len() > 1500, "only {} texts were found", pairs.len());
    let mut problems = Vec::new();
    for Pair { place, en, de } in &pairs {
        let (Some(en), Some(de)) = (en, de) else { continue };
        if en.trim().is_empty() != de.trim().is_empty() {
            problems.push(format!("{place}: one half is empty: {en:?} {de:?}"));
        }
        if en == de && words(en).len() > 1 && !DEVICE_WORDS.contains(&en.as_str()) {
            problems.push(format!("{place}: the same in both: {en:?}"));
        }
        for (text, own, other) in [(de, &german, &english), (en, &english, &german)] {
            let found = foreign(text, own, other);
            if !found.is_empty() {
                problems.push(format!("{place}: {found:?} is of the other language in {text:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{} of {}:\n{}", problems.len(), pairs.len(), problems.join("\n"));
}

#[test]
fn both_languages_have_the_same_gaps_and_the_same_code() {
    let mut problems = Vec::new();
    for Pair { place, en, de } in pairs() {
        let (Some(en), Some(de)) = (en, de) else { continue };
        // A gap of its own language may differ: `{en}` and `{de}`, `{title_en}` and `{title_de}`.
        let gaps = |text: &str| {
            let all = between(text, '{', '}').0;
            let of_language =
                |gap: String| gap.replace(".de", ".en").replace("_de", "_en").replace("-de", "-en");
            let named = all.into_iter().map(of_language);
            named.map(|gap| if gap == "de" { "en".to_owned() } else { gap }).collect::<BTreeSet<_>>()
        };
        if gaps(&en) != gaps(&de) {
            problems.push(format!("{place}: other gaps: {en:?} {de:?}"));
        }
        let code = |text: &str| between(text, '`', '`').0.into_iter().collect::<BTreeSet<_>>();
        if code(&en) != code(&de) {
            problems.push(format!("{place}: other code: {en:?} {de:?}"));
        }
    }
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn rules_speak_each_language_in_its_own_file() {
    let (english, german) = (list(ONLY_ENGLISH), list(ONLY_GERMAN));
    let mut problems = Vec::new();
    for (ending, own, other) in [(".en.md", &english, &german), (".de.md", &german, &english)] {
        let all = files(ending);
        assert!(all.len() > 80, "only {} files end in {ending}", all.len());
        for path in all {
            let text = fs::read_to_string(&path).unwrap();
            let mut commands = false;
            for line in text.lines() {
                if line.starts_with("```") {
                    commands = !commands;
                } else if !commands && !line.starts_with('#') {
                    let found = foreign(line, own, other);
                    if !found.is_empty() {
                        problems.push(format!("{}: {found:?} in {line:?}", shown(&path)));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn no_words_stand_in_the_page_outside_a_text() {
    let mut problems = Vec::new();
    let mut seen = 0;
    for path in files(".rs").into_iter().filter(|path| path.to_string_lossy().contains("/ui/")) {
        each_sequence(tokens(&path), &mut |sequence| {
            for (at, token) in sequence.iter().enumerate() {
                let markup = is(Some(token), "html") && is(sequence.get(at + 1), "!");
                if let (true, Some(TokenTree::Group(group))) = (markup, sequence.get(at + 2)) {
                    seen += 1;
                    for (line, said) in said(group.stream().into_iter().collect()) {
                        if is_prose(&said) && !NAMES.contains(&said.trim()) {
                            problems.push(format!("{}:{line}: {said:?}", shown(&path)));
                        }
                    }
                }
            }
        });
    }
    assert!(seen > 100, "only {seen} pieces of markup were found");
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
}

/// Literals that a person gets to read: children in braces, and attributes that are read out.
fn said(markup: Vec<TokenTree>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open = vec![markup];
    while let Some(sequence) = open.pop() {
        for (at, token) in sequence.iter().enumerate() {
            let before = |steps: usize| at.checked_sub(steps).and_then(|at| sequence.get(at));
            let spoken = before(2).is_some_and(|name| SPOKEN.contains(&name.to_string().as_str()));
            let attribute = is(before(1), "=");
            let line = token.span().start().line;
            match token {
                TokenTree::Literal(text) if attribute && spoken => {
                    found.extend(string(&text.to_string()).map(|text| (line, text)));
                }
                TokenTree::Group(group) if !attribute || spoken => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    if group.delimiter() == Delimiter::Brace {
                        found.extend(literal(&inside).map(|text| (line, text)));
                    }
                    open.push(inside);
                }
                _ => {}
            }
        }
    }
    found
}

/// The ends of the names of attributes that are shown or read out.
const SPOKEN: [&str; 4] = ["label", "title", "placeholder", "alt"];

/// Two words, or one that is longer than a unit.
fn is_prose(text: &str) -> bool {
    let without_gaps = between(text, '{', '}').1;
    without_gaps.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.len() > 2).count() > 0
}

/// What devices print, word for word: the same in both languages.
const DEVICE_WORDS: [&str; 6] = [
    "issuer certificate not found and leaf not trusted",
    "113040: group locked",
    "hostID not found in …",
    "Trust List update failed",
    "alert unknown ca",
    "no shared cipher",
];

/// Names that are no text.
const NAMES: [&str; 3] = ["VPN Phone Doctor", "Esc", "?"];
