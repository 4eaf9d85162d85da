//! Lines that are typed into an ASA, merged into its configuration as the ASA would.
//!
//! ```text
//! ssl cipher tlsv1.2 high            + ssl cipher tlsv1.2 custom "AES256-SHA"   the later one stands
//! group-url https://a/P enable       + group-url https://a/Q enable             both stand
//! no vpn-filter                                                                 takes the line away
//! ```
//! A configuration is a list of lines, each with its level: 0, 1 in a block, 2 in the `webvpn` of a group policy or
//! below a certificate. What is typed may be indented as `show running-config` prints it, or flat as a person types it,
//! with prompts, `configure terminal`, `exit` and `end`.
//!
//! Quirks: a trust-point takes the place of the one that is bound to the same interface; `no crypto ca trustpoint`
//! takes its chain and its bindings along. A configuration whose blocks are not indented cannot be merged into.
//!
//! Source: ASA command reference (`ssl cipher`, `ssl trust-point`, `group-url`, the `no` forms).

use std::collections::BTreeMap;

use super::typed::{DEEPEST, Typed, begins_block, typed};
use crate::formats::asa_config::block_holds;

/// Where a line of a changed configuration comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A line of the configuration as it is, by its number.
    Old(u32),
    /// A line of the change, by its number; 0 where the change has no lines.
    New(u32),
}

/// One line of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it comes from.
    pub origin: Origin,
    /// As it stands, indented.
    pub text: String,
    /// 0, 1 in a block, 2 in a block of a block.
    level: usize,
}

impl Line {
    fn words(&self) -> Vec<&str> {
        self.text.split_ascii_whitespace().collect()
    }

    fn is_separator(&self) -> bool {
        let text = self.text.trim_start();
        text.is_empty() || text.starts_with(['!', ':', '%'])
    }
}

/// What one line of a change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The first lines of the blocks that it stands in, the outer first.
    pub path: Vec<String>,
    /// What went, each with its number in the configuration as it is.
    pub removed: Vec<(u32, String)>,
    /// What came, with its number in the change.
    pub added: Option<(u32, String)>,
}

impl Edit {
    /// True where the configuration says the same as before.
    pub fn is_idle(&self) -> bool {
        let same =
            |(_, removed): &(u32, String)| self.added.as_ref().is_some_and(|(_, added)| added == removed);
        (!self.removed.is_empty() || self.added.is_none()) && self.removed.iter().all(same)
    }
}

/// A configuration, line by line.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// In order.
    pub lines: Vec<Line>,
}

/// Why nothing can be merged into a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flat;

impl Configuration {
    /// Takes the lines of a configuration as it is; an error where its blocks are not indented.
    pub fn of<'t>(lines: impl IntoIterator<Item = (u32, &'t str)>) -> Result<Self, Flat> {
        let mut levels = Levels::default();
        let mut all: Vec<Line> = Vec::new();
        for (number, text) in lines {
            let line = Line { origin: Origin::Old(number), text: text.trim_end().to_owned(), level: 0 };
            let level = if line.is_separator() { 0 } else { levels.of(&line.text) };
            all.push(Line { level, ..line });
        }
        // A block whose next line is one of its own and not indented has lost its indentation.
        let told: Vec<&Line> = all.iter().filter(|line| !line.is_separator()).collect();
        for pair in told.windows(2) {
            let [head, next] = pair else { continue };
            let words = next.words();
            let is_own = head.level == 0 && next.level == 0 && block_holds(&head.words(), &words);
            if is_own && !begins_block(&words) && !words.starts_with(&["ip", "local"]) {
                return Err(Flat);
            }
        }
        Ok(Self { lines: all })
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut text: String = self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
        if text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// Merges lines into it, each with its number, and says what each did.
    pub fn merge(&mut self, change: &[(u32, String)], kind_of: &dyn Fn(&str) -> Option<bool>) -> Vec<Edit> {
        typed(change).into_iter().map(|command| self.take(command, kind_of)).collect()
    }

    fn take(&mut self, command: Typed, kind_of: &dyn Fn(&str) -> Option<bool>) -> Edit {
        let Typed { path, number, text } = command;
        let mut edit = Edit { path: path.clone(), ..Edit::default() };
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let taken_away = match words.as_slice() {
            ["no", rest @ ..] if !rest.is_empty() => Some(rest),
            ["clear", "configure", rest @ ..] if !rest.is_empty() && path.is_empty() => Some(rest),
            _ => None,
        };
        if let Some(rest) = taken_away {
            edit.removed = self.remove(&path, rest);
            if edit.removed.is_empty() && words.first() == Some(&"no") {
                self.add(&path, Origin::New(number), &text);
            }
            if edit.removed.is_empty() {
                edit.added = Some((number, text));
            }
            return edit;
        }
        if path.is_empty() && begins_block(&words) {
            if self.head(std::slice::from_ref(&text)).is_none() {
                self.add(&path, Origin::New(number), &text);
                edit.added = Some((number, text));
            }
            return edit;
        }
        edit.removed = self.replace(&path, &words, kind_of);
        self.add(&path, Origin::New(number), &text);
        edit.added = Some((number, text));
        edit
    }

    /// The range of lines inside a block; the whole for none. `None` where there is no such block.
    fn head(&self, path: &[String]) -> Option<(usize, usize)> {
        let (mut from, mut to) = (0, self.lines.len());
        for (level, head) in path.iter().enumerate() {
            let same =
                |line: &Line| line.level == level && !line.is_separator() && same_words(&line.text, head);
            let at = from + self.lines.get(from..to)?.iter().position(same)?;
            let inside = self.lines.get(at + 1..to)?;
            let length = inside.iter().position(|line| line.level <= level).unwrap_or(inside.len());
            (from, to) = (at + 1, at + 1 + length);
        }
        Some((from, to))
    }

    /// Takes away every line that begins with these words, with what stands in it.
    fn remove(&mut self, path: &[String], words: &[&str]) -> Vec<(u32, String)> {
        let mut removed = self.remove_where(path, |own| own.starts_with(words));
        if let ["crypto", "ca", "trustpoint", name] = words {
            let bound = |own: &[&str]| own.starts_with(&["ssl", "trust-point", name]);
            removed.extend(self.remove_where(&[], bound));
            removed
                .extend(self.remove_where(&[], |own| own == ["crypto", "ca", "certificate", "chain", name]));
        }
        removed
    }

    fn remove_where(&mut self, path: &[String], gone: impl Fn(&[&str]) -> bool) -> Vec<(u32, String)> {
        let Some((from, to)) = self.head(path) else { return Vec::new() };
        let level = path.len();
        let mut removed = Vec::new();
        let mut inside = false;
        let mut at = 0;
        self.lines.retain(|line| {
            let here = (from..to).contains(&at);
            at += 1;
            if !here {
                return true;
            }
            if line.level <= level {
                inside = line.level == level && !line.is_separator() && gone(&line.words());
                if inside {
                    removed.push((number_of(line.origin), line.text.trim().to_owned()));
                }
            }
            !inside
        });
        removed
    }

    /// Takes away what a line takes the place of.
    fn replace(
        &mut self,
        path: &[String],
        words: &[&str],
        kind_of: &dyn Fn(&str) -> Option<bool>,
    ) -> Vec<(u32, String)> {
        if let (true, ["ssl", "trust-point", name, rest @ ..]) = (path.is_empty(), words) {
            let differ = |other: &str| {
                let (one, other) = (kind_of(name), kind_of(other));
                one.is_some() && other.is_some() && one != other
            };
            return self.remove_where(path, |own| {
                matches!(own, ["ssl", "trust-point", other, place @ ..] if *place == *rest && !differ(other))
            });
        }
        let key = slot(path, words);
        self.remove_where(path, |own| {
            let own = own.strip_prefix(&["no"]).unwrap_or(own);
            slot(path, own) == key && !(path.is_empty() && begins_block(own))
        })
    }

    /// Puts a line behind the last one of its block; at top level behind those that begin alike, or before the end.
    fn add(&mut self, path: &[String], origin: Origin, text: &str) {
        for depth in 0..path.len() {
            let heads = path.get(..=depth).unwrap_or_default();
            if self.head(heads).is_none() {
                let (outer, head) = (path.get(..depth).unwrap_or_default(), path.get(depth));
                self.insert(outer, origin, head.map(String::as_str).unwrap_or_default());
            }
        }
        self.insert(path, origin, text);
    }

    fn insert(&mut self, path: &[String], origin: Origin, text: &str) {
        let Some((from, to)) = self.head(path) else { return };
        let level = path.len();
        let text = format!("{}{}", " ".repeat(level), text.trim());
        let at = if level > 0 { to } else { self.place_for(from, to, &text) };
        self.lines.insert(at.min(self.lines.len()), Line { origin, text, level });
    }

    fn place_for(&self, from: usize, to: usize, text: &str) -> usize {
        let first = text.split_ascii_whitespace().next().unwrap_or_default();
        let inside = self.lines.get(from..to).unwrap_or_default();
        let alike = |line: &Line| line.level == 0 && line.text.split_ascii_whitespace().next() == Some(first);
        if let Some(last) = inside.iter().rposition(alike) {
            let behind = inside.get(last + 1..).unwrap_or_default();
            return from + last + 1 + behind.iter().take_while(|line| line.level > 0).count();
        }
        let end = inside.iter().rposition(|line| line.text.trim() == ": end");
        end.map_or(to, |end| from + end)
    }

    /// Every line with the blocks that it stands in, for comparing two configurations; certificates' bytes are left out.
    fn by_path(&self) -> BTreeMap<(Vec<String>, String), u32> {
        let mut all = BTreeMap::new();
        let mut path: Vec<String> = Vec::new();
        for line in self.lines.iter().filter(|line| !line.is_separator()) {
            path.truncate(line.level);
            let text = line.words().join(" ");
            let bytes = line.level > 1 && path.first().is_some_and(|head| head.contains("certificate chain"));
            if !bytes {
                all.entry((path.clone(), text.clone())).or_insert(number_of(line.origin));
            }
            path.push(text);
        }
        all
    }

    /// What another configuration in the place of this one changes.
    pub fn compared_with(&self, other: &Self) -> Vec<Edit> {
        let (before, after) = (self.by_path(), other.by_path());
        let gone = before.iter().filter(|(key, _)| !after.contains_key(*key));
        let gone = gone.map(|((path, text), number)| Edit {
            path: path.clone(),
            removed: vec![(*number, text.clone())],
            ..Edit::default()
        });
        let came = after.iter().filter(|(key, _)| !before.contains_key(*key));
        let came = came.map(|((path, text), number)| Edit {
            path: path.clone(),
            added: Some((*number, text.clone())),
            ..Edit::default()
        });
        gone.chain(came).collect()
    }
}

fn number_of(origin: Origin) -> u32 {
    match origin {
        Origin::Old(number) | Origin::New(number) => number,
    }
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_ascii_whitespace().eq(other.split_ascii_whitespace())
}

/// Levels by indentation.
#[derive(Default)]
struct Levels(Vec<usize>);

impl Levels {
    fn of(&mut self, text: &str) -> usize {
        let indent = text.len() - text.trim_start().len();
        while self.0.last().is_some_and(|open| *open >= indent) {
            self.0.pop();
        }
        let level = self.0.len().min(DEEPEST);
        self.0.push(indent);
        level
    }
}

/// What two lines of a block have in common where the later one takes the place of the earlier.
fn slot(path: &[String], words: &[&str]) -> Vec<String> {
    let count = match (path.first().map(String::as_str), words) {
        (None, ["ssl", "cipher", ..] | ["tunnel-group", _, "type", ..] | ["username", _, "password", ..]) => {
            3
        }
        (None, ["ssl", word, ..]) if *word != "trust-point" => 2,
        (None, ["group-policy", _, "internal" | "external", ..]) => 2,
        (None, ["ip", "local", "pool", ..]) => 4,
        (None, ["hostname", ..]) => 1,
        (None, _) => words.len(),
        (
            Some(_),
            [
                "group-url" | "group-alias" | "enable" | "svc" | "csd" | "hostscan" | "dtls" | "cluster"
                | "crl" | "ip",
                ..,
            ],
        ) => 2,
        (Some(_), ["anyconnect", "ssl" | "modules" | "profiles", ..] | ["certificate-group-map", ..]) => 3,
        (Some(_), ["anyconnect", ..]) => 2,
        (Some(head), _) if MANY.iter().any(|many| head.starts_with(many)) => words.len(),
        (Some(_), ["dhcp-server", ..]) => words.len(),
        (Some(_), _) => 1,
    };
    words.iter().take(count).map(|word| (*word).to_owned()).collect()
}

/// The setting that a line sets, by the blocks that it stands in: two lines of one setting cannot stand side by side.
pub fn setting_of(path: &[String], text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let words = words.strip_prefix(&["no"]).unwrap_or(&words);
    match (path, words) {
        ([], ["ssl", "trust-point", _, place @ ..]) => format!("ssl trust-point … {}", place.join(" ")),
        _ => slot(path, words).join(" "),
    }
}

/// True where commands set anew what a change set: they would take it back.
pub fn take_back(commands: &[String], edits: &[Edit]) -> bool {
    settings(commands).any(|(path, setting)| {
        let own = edits.iter().filter(|edit| !edit.is_idle() && edit.path == path);
        let mut lines = own.flat_map(|edit| edit.added.iter().chain(&edit.removed));
        lines.any(|(_, text)| setting_of(&path, text) == setting)
    })
}

/// What commands set, each setting with the blocks that it stands in.
pub fn settings(commands: &[String]) -> impl Iterator<Item = (Vec<String>, String)> {
    let numbered: Vec<(u32, String)> = (1..).zip(commands.iter().cloned()).collect();
    typed(&numbered).into_iter().map(|command| {
        let setting = setting_of(&command.path, &command.text);
        (command.path, setting)
    })
}

/// Blocks in which every line stands for itself.
const MANY: [&str; 2] = ["crypto ca certificate ", "dynamic-access-policy-record "];

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "\
ASA Version 9.8(2)
ssl cipher tlsv1.2 high
ssl trust-point OLD outside
webvpn
 enable outside
 anyconnect enable
group-policy P internal
group-policy P attributes
 vpn-filter value X
 vpn-simultaneous-logins 3
 webvpn
  anyconnect ask none
tunnel-group T webvpn-attributes
 authentication certificate
 group-url https://vpn.example.com/P enable
: end";

    fn merged(change: &str) -> (String, Vec<Edit>) {
        let mut configuration = Configuration::of((1..).zip(OLD.lines())).unwrap();
        let change: Vec<(u32, String)> =
            (1..).zip(change.lines()).map(|(number, line)| (number, line.to_owned())).collect();
        let edits = configuration.merge(&change, &|_| None);
        (configuration.text(), edits)
    }

    #[test]
    fn a_later_line_takes_the_place_of_an_earlier_one() {
        for (change, has, has_not) in [
            (
                "ssl cipher tlsv1.2 custom \"AES256-SHA\"",
                "\nssl cipher tlsv1.2 custom \"AES256-SHA\"\n",
                "high",
            ),
            (
                "ssl cipher tlsv1 medium",
                "ssl cipher tlsv1.2 high\nssl trust-point OLD outside\nssl cipher tlsv1 medium",
                "not there",
            ),
            ("ssl trust-point NEW outside", "\nssl trust-point NEW outside\n", "OLD"),
            ("no ssl cipher tlsv1.2", "ssl trust-point", "high"),
            ("webvpn\n no enable outside", " anyconnect enable", "enable outside"),
            ("webvpn\nno anyconnect enable\nexit\nhostname b", " enable outside\n", "anyconnect enable"),
            (
                "group-policy P attributes\n no vpn-filter\n vpn-simultaneous-logins 0",
                " vpn-simultaneous-logins 0\n",
                "vpn-filter",
            ),
            (
                "group-policy P attributes\nwebvpn\nanyconnect ask enable",
                "  anyconnect ask enable\n",
                "ask none",
            ),
            (
                "tunnel-group T webvpn-attributes\n group-url https://vpn.example.com/Q enable",
                "/P enable\n group-url https://vpn.example.com/Q enable\n",
                "not there",
            ),
            (
                "vpn(config)# tunnel-group T webvpn-attributes\nvpn(config-tunnel-webvpn)# authentication aaa",
                " authentication aaa\n",
                "authentication certificate",
            ),
            ("no tunnel-group T", "anyconnect ask none\n: end", "group-url"),
            ("ssl server-version tlsv1.2\nend\nwrite memory", "\nssl server-version tlsv1.2\n", "write"),
        ] {
            let (text, edits) = merged(change);
            assert!(text.contains(has), "{change}:\n{text}");
            assert!(!text.contains(has_not), "{change}:\n{text}");
            assert!(!edits.is_empty(), "{change}");
        }
    }

    #[test]
    fn a_new_block_is_made_and_stands_before_the_end() {
        let (text, edits) = merged("group-policy N internal\ngroup-policy N attributes\n vpn-filter none\n");
        assert!(
            text.contains(
                "group-policy N internal\ngroup-policy N attributes\n vpn-filter none\ntunnel-group"
            ),
            "{text}"
        );
        assert_eq!(edits.len(), 3);
        assert_eq!(edits[2].path, ["group-policy N attributes"]);
    }

    #[test]
    fn what_says_the_same_changes_nothing() {
        let (text, edits) = merged("ssl cipher tlsv1.2 high\nwebvpn\n enable outside\n");
        assert!(edits.iter().all(Edit::is_idle), "{edits:?}");
        assert_eq!(text.matches("enable outside").count(), 1);
    }

    #[test]
    fn commands_take_a_change_back_where_they_set_the_same() {
        let (_, edits) = merged(
            "ssl server-version tlsv1.2\nssl trust-point NEW outside\nwebvpn\n no enable outside\n\
             tunnel-group T webvpn-attributes\n authentication aaa\n",
        );
        for (commands, wanted) in [
            ("configure terminal\nssl server-version tlsv1\nend", true),
            ("ssl trust-point OLD outside", true),
            ("ssl trust-point OLD inside", false),
            ("webvpn\nenable outside", true),
            ("webvpn\nenable inside", false),
            ("tunnel-group T webvpn-attributes\nauthentication certificate\nend", true),
            ("tunnel-group T webvpn-attributes\nwithout-csd", false),
            ("tunnel-group OTHER webvpn-attributes\nauthentication certificate", false),
            ("show running-config all ssl", false),
        ] {
            let lines: Vec<String> = commands.lines().map(str::to_owned).collect();
            assert_eq!(take_back(&lines, &edits), wanted, "{commands}");
        }
    }

    #[test]
    fn blocks_without_indentation_are_not_merged_into() {
        assert!(Configuration::of([(1, "webvpn"), (2, "enable outside")]).is_err());
        assert!(
            Configuration::of([(1, "webvpn"), (2, " enable outside"), (3, "ssl cipher tlsv1 high")]).is_ok()
        );
    }

    #[test]
    fn two_whole_configurations_are_compared_line_by_line() {
        let of = |text: &str| Configuration::of((1..).zip(text.lines())).unwrap();
        let edits =
            of(OLD).compared_with(&of(&OLD.replace("authentication certificate", "authentication aaa")));
        assert_eq!(edits.len(), 2, "{edits:?}");
        assert!(edits.iter().all(|edit| edit.path == ["tunnel-group T webvpn-attributes"]));
    }
}
