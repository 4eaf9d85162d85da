//! No two files of `src/` need one another, directly or round about: each file can be read with only those that it
//! names, and a circle has no place to begin.
//!
//! A file names another by a path (`crate::…`, `super::…`, `self::…`, or a module of its own, also inside a macro).
//! A name that a module only hands on (`pub use`) counts for the file where it stands, so a folder's `mod.rs` may
//! offer what its files hold. Tests of a file speak for themselves and do not count.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The path of a module, from the root of its crate. The command line is a crate of its own, below [`COMMAND_LINE`].
type Module = Vec<String>;

const COMMAND_LINE: &str = "the command line";

/// What a file says of others.
#[derive(Default)]
struct Names {
    /// Modules that stand in files of their own below this one.
    children: BTreeSet<String>,
    /// What `use` brings in, under which name; `*` where all of a module comes.
    imports: Vec<(Vec<String>, String)>,
    /// Paths where they are used.
    paths: Vec<Vec<String>>,
}

/// The files of a crate by their modules.
struct Files {
    by_module: BTreeMap<Module, String>,
    names: BTreeMap<Module, Names>,
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn module_of(path: &Path) -> Module {
    let mut module: Module =
        path.with_extension("").iter().map(|part| part.to_str().unwrap().into()).collect();
    if module.starts_with(&words(&["bin", "vpn-phone-doctor"])) {
        module.splice(..2, words(&[COMMAND_LINE]));
    }
    if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        module.pop();
    }
    module
}

/// Tokens without the items that only tests are built with.
fn product(stream: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let attribute = match (&token, tokens.peek()) {
            (TokenTree::Punct(sign), Some(TokenTree::Group(group))) if sign.as_char() == '#' => {
                group.stream().to_string().replace(' ', "")
            }
            _ => String::new(),
        };
        if attribute == "cfg(test)" {
            // Up to the end of the item: its braces, or its semicolon.
            for token in tokens.by_ref() {
                let ends = match &token {
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    TokenTree::Punct(sign) => sign.as_char() == ';',
                    _ => false,
                };
                if ends {
                    break;
                }
            }
        } else {
            kept.push(token);
        }
    }
    kept
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    is(tokens.get(at), ':') && is(tokens.get(at + 1), ':')
}

/// The leaves of a `use` tree, each with the name that it has here.
fn leaves(tokens: &[TokenTree], before: &[String], found: &mut Vec<(Vec<String>, String)>) {
    for branch in tokens.split(|token| is(Some(token), ',')) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut at = 0;
        while let Some(token) = branch.get(at) {
            match token {
                TokenTree::Ident(word) if *word == "as" => {
                    name = branch.get(at + 1).map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Group(group) => {
                    leaves(&group.stream().into_iter().collect::<Vec<_>>(), &path, found);
                    path.clear();
                }
                _ => {}
            }
            at += 1;
        }
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        if let Some(last) = path.last().cloned() {
            found.push((path, name.unwrap_or(last)));
        }
    }
}

/// Everything that a sequence of tokens, and what it holds, says of other files.
fn collect(tokens: &[TokenTree], names: &mut Names) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if *word == "mod" && is(tokens.get(at + 2), ';') => {
                names.children.insert(tokens[at + 1].to_string());
                at += 3;
            }
            TokenTree::Ident(word) if *word == "use" => {
                let end = tokens[at..].iter().position(|token| is(Some(token), ';')).unwrap_or(1);
                leaves(&tokens[at + 1..at + end.max(1)], &[], &mut names.imports);
                at += end.max(1);
            }
            TokenTree::Ident(word) => {
                let mut path = vec![word.to_string()];
                at += 1;
                while is_path_sign(tokens, at)
                    && let Some(TokenTree::Ident(next)) = tokens.get(at + 2)
                {
                    path.push(next.to_string());
                    at += 3;
                }
                if path.len() > 1 {
                    names.paths.push(path);
                }
            }
            TokenTree::Group(group) => {
                collect(&group.stream().into_iter().collect::<Vec<_>>(), names);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

impl Files {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut open = vec![root.clone()];
        let (mut by_module, mut names) = (BTreeMap::new(), BTreeMap::new());
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let inside: PathBuf = path.strip_prefix(&root).unwrap().into();
            // The root of the page's crate only starts the page, and `tests.rs` is built for tests alone.
            let skipped = inside == Path::new("main.rs") || inside.ends_with("tests.rs");
            if inside.extension().is_none_or(|ending| ending != "rs") || skipped {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let stream: TokenStream = text.parse().unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            let mut said = Names::default();
            collect(&product(stream), &mut said);
            let module = module_of(&inside);
            by_module.insert(module.clone(), inside.display().to_string());
            names.insert(module, said);
        }
        Self { by_module, names }
    }

    /// Where a path begins, seen from a module, and what is left of it; `None` for what is not ours.
    fn begin(&self, from: &Module, path: &[String]) -> Option<(Module, Vec<String>)> {
        let (first, rest) = path.split_first()?;
        let begin = match first.as_str() {
            "crate" if from.first().is_some_and(|first| first == COMMAND_LINE) => words(&[COMMAND_LINE]),
            "crate" | "vpn_phone_doctor" => Vec::new(),
            "self" => from.clone(),
            "super" => {
                let ups = path.iter().take_while(|word| *word == "super").count();
                return Some((from[..from.len().saturating_sub(ups)].to_vec(), path[ups..].to_vec()));
            }
            child if self.names[from].children.contains(child) => return Some((from.clone(), path.to_vec())),
            _ => return None,
        };
        Some((begin, rest.to_vec()))
    }

    /// The module whose file a path leads to, and what of the path names a thing in it.
    fn follow(&self, module: Module, path: Vec<String>, steps: u8) -> Option<(Module, Vec<String>)> {
        let (mut module, mut path) = (module, path);
        while let Some(next) = path.first() {
            let below: Module = module.iter().chain([next]).cloned().collect();
            if !self.by_module.contains_key(&below) {
                break;
            }
            module = below;
            path.remove(0);
        }
        let said = self.names.get(&module)?;
        if let Some(name) = path.first().filter(|_| steps > 0) {
            for (import, _) in said.imports.iter().filter(|(_, known)| known == name) {
                let (begin, rest) = self.begin(&module, import).unzip();
                if let (Some(begin), Some(mut rest)) = (begin, rest) {
                    rest.extend_from_slice(&path[1..]);
                    if let Some(found) = self.follow(begin, rest, steps - 1) {
                        return Some(found);
                    }
                }
            }
        }
        Some((module, path))
    }

    /// The files that each file needs.
    fn needs(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, said) in &self.names {
            let needed = needs.entry(&self.by_module[module]).or_default();
            let mut brought: BTreeMap<&str, Module> = BTreeMap::new();
            for (path, name) in &said.imports {
                let Some((begin, rest)) = self.begin(module, path) else { continue };
                let Some((file, rest)) = self.follow(begin, rest, 8) else { continue };
                if rest.is_empty() {
                    // A module by itself is no need; what is taken from it is.
                    brought.insert(name, file);
                } else {
                    needed.insert(&self.by_module[&file]);
                }
            }
            for path in &said.paths {
                let known = brought.get(path[0].as_str()).map(|module| (module.clone(), path[1..].to_vec()));
                let Some((begin, rest)) = known.or_else(|| self.begin(module, path)) else { continue };
                if let Some((file, _)) = self.follow(begin, rest, 8) {
                    needed.insert(&self.by_module[&file]);
                }
            }
        }
        for (file, needed) in &mut needs {
            needed.remove(file);
        }
        needs
    }
}

/// Every file that a file needs, directly or round about.
fn all_needs<'f>(file: &str, needs: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeSet<&'f str> {
    let mut open: Vec<&str> = needs[file].iter().copied().collect();
    let mut all = BTreeSet::new();
    while let Some(next) = open.pop() {
        if all.insert(next) {
            open.extend(&needs[next]);
        }
    }
    all
}

/// Files that need themselves round about, each with those of its needs that lead back to it.
fn circles<'f>(needs: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeMap<&'f str, Vec<&'f str>> {
    let all: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|file| (*file, all_needs(file, needs))).collect();
    let back = |file: &str| needs[file].iter().copied().filter(|next| all[next].contains(file)).collect();
    needs.keys().map(|file| (*file, back(file))).filter(|(_, back): &(_, Vec<_>)| !back.is_empty()).collect()
}

#[test]
fn no_file_needs_itself_round_about() {
    let files = Files::read();
    let needs = files.needs();
    assert!(needs["intake.rs"].contains("limits.rs"), "nothing was looked through: {:?}", needs["intake.rs"]);
    let circles = circles(&needs);
    let lines: Vec<String> = circles.iter().map(|(file, needs)| format!("{file} needs {needs:?}")).collect();
    assert!(lines.is_empty(), "{} files need themselves round about:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn a_circle_is_found_and_a_line_is_none() {
    let needs = |pairs: &[(&'static str, &[&'static str])]| -> BTreeMap<&str, BTreeSet<&str>> {
        pairs.iter().map(|(file, needs)| (*file, needs.iter().copied().collect())).collect()
    };
    let line = needs(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
    assert!(circles(&line).is_empty());
    let circle = needs(&[("a", &["b"]), ("b", &["c"]), ("c", &["b", "d"]), ("d", &[])]);
    assert_eq!(circles(&circle), BTreeMap::from([("b", vec!["c"]), ("c", vec!["b"])]));
    let between = needs(&[("a", &["b"]), ("b", &["a", "c"]), ("c", &["d"]), ("d", &["e"]), ("e", &["d"])]);
    assert!(!circles(&between).contains_key("c"), "what lies between two circles is in none");
}
