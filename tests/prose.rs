//! What can be held by machine of every text that a person reads: words, marks, lengths, and commands that can be typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vpn_phone_doctor::finding::Target;
use vpn_phone_doctor::rules::{self, prose};
use vpn_phone_doctor::text::{Lang, Text};

/// A text and where it stands.
struct Prose {
    place: String,
    en: String,
    de: String,
}

impl Prose {
    fn sides(&self) -> [(Lang, &str); 2] {
        [(Lang::En, &self.en), (Lang::De, &self.de)]
    }
}

/// Every text of the rules' prose, and every pair of literals in the sources outside the tests.
fn all_prose() -> Vec<Prose> {
    let mut all = Vec::new();
    for rule in rules::all() {
        let prose = prose::parse(&rule.prose);
        let fixes = prose.fixes.iter().flat_map(|fix| fix.steps.iter().chain(&fix.undo).chain(&fix.verify));
        for text in std::iter::once(&prose.title).chain(&prose.paragraphs).chain(fixes) {
            all.push(Prose {
                place: rule.id.to_owned(),
                en: text.en().into_owned(),
                de: text.de().into_owned(),
            });
        }
    }
    assert!(all.len() > 800, "the rules tell more than {} texts", all.len());
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (line, en, de) in pairs(product) {
            all.push(Prose { place: format!("{}:{line}", shown(&path)), en, de });
        }
    }
    assert!(all.len() > 2000, "only {} texts were found", all.len());
    all.extend(manual());
    all
}

/// The two manuals, which say the same line by line. Code is no text.
fn manual() -> Vec<Prose> {
    let [en, de] = ["en", "de"].map(|lang| {
        let text = fs::read_to_string(root().join(format!("docs/manual.{lang}.md"))).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    assert_eq!(en.len(), de.len(), "the manuals have as many lines in both languages");
    let mut lines = Vec::new();
    let mut code = false;
    for (number, (en, de)) in (1..).zip(en.into_iter().zip(de)) {
        code ^= en.starts_with("```");
        if !code && !en.is_empty() && !en.starts_with("```") {
            lines.push(Prose { place: format!("docs/manual, line {number}"), en, de });
        }
    }
    lines
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The two literals of every `Text::fixed("…", "…")`, with the line on which it stands.
fn pairs(source: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (at, opening) in source.match_indices("Text::fixed(") {
        let rest = &source[at + opening.len()..];
        let Some((en, rest)) = literal(rest) else { continue };
        let Some((de, _)) = rest.trim_start().strip_prefix(',').and_then(literal) else { continue };
        // What a wizard is found by holds the words that people type, not ours.
        if source[..at].trim_end().ends_with("words:") {
            continue;
        }
        found.push((source[..at].lines().count(), en, de));
    }
    found
}

/// A string literal at the start, as it reads, and what follows it.
fn literal(source: &str) -> Option<(String, &str)> {
    let inside = source.trim_start().strip_prefix('"')?;
    let mut read = String::new();
    let mut marks = inside.char_indices();
    while let Some((at, mark)) = marks.next() {
        match mark {
            '"' => return Some((read, &inside[at + 1..])),
            '\\' => match marks.next()?.1 {
                'n' => read.push('\n'),
                escaped => read.push(escaped),
            },
            plain => read.push(plain),
        }
    }
    None
}

/// A text without what stands in backticks (code, and what devices print) and without placeholders.
fn spoken(text: &str) -> String {
    let mut spoken = String::new();
    let mut rest = text.split('`').step_by(2).collect::<Vec<_>>().join("…");
    for (open, close) in [('{', '}'), ('<', '>')] {
        spoken.clear();
        let mut left = rest.as_str();
        while let Some((before, after)) = left.split_once(open) {
            spoken.push_str(before);
            let Some((name, tail)) = after.split_once(close).filter(|(name, _)| !name.contains(' ')) else {
                spoken.push(open);
                left = after;
                continue;
            };
            spoken.push_str(if name.is_empty() { "" } else { "…" });
            left = tail;
        }
        spoken.push_str(left);
        rest = spoken.clone();
    }
    rest
}

/// True where a word stands by itself.
fn says(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins))
}

#[test]
fn words_that_are_not_ours_are_not_said() {
    let mut wrong = Vec::new();
    for told in all_prose() {
        for (lang, text) in told.sides() {
            let (text, words) = (spoken(text), if lang == Lang::En { NOT_ENGLISH } else { NOT_GERMAN });
            for (word, why) in words.iter().filter(|(word, _)| says(&text, word)) {
                wrong.push(format!("{}: “{word}” ({why}): {text}", told.place));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn marks_are_those_of_the_language() {
    let mut wrong = Vec::new();
    for told in all_prose() {
        for (lang, text) in told.sides() {
            if text.matches('`').count() % 2 == 1 {
                wrong.push(format!("{}: a backtick without its other: {text}", told.place));
            }
            let text = spoken(text);
            let hyphens = text.matches(" - ").count();
            let quotes = if lang == Lang::En { ['„', '»'] } else { ['”', '»'] };
            let number = text.split_whitespace().collect::<Vec<_>>().windows(2).any(|pair| {
                pair[0].contains('.') && pair[0].parse::<f64>().is_ok() && UNITS.contains(&pair[1])
            });
            for (bad, why) in [
                (text.contains('"'), "a straight quotation mark"),
                (text.contains(quotes), "a quotation mark of another language"),
                (text.contains('!'), "an exclamation mark"),
                (text.contains("  "), "two blanks"),
                (text.contains("..."), "three full stops in place of …"),
                (
                    hyphens > NOT_DASHES.iter().filter(|known| text.contains(*known)).count(),
                    "a hyphen in place of a dash",
                ),
                (lang == Lang::De && number, "a decimal point in German"),
            ] {
                if bad {
                    wrong.push(format!("{}: {why}: {text}", told.place));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn german_is_not_english_and_speaks_to_you() {
    let mut wrong = Vec::new();
    for told in all_prose() {
        let (en, de) = (spoken(&told.en), spoken(&told.de));
        // What both languages share are names, commands and device output: short, or without small English words.
        let english =
            ["the", "of", "and", "is", "that", "with"].iter().filter(|word| says(&de, word)).count();
        if en == de && english > 1 {
            wrong.push(format!("{}: German is missing: {de}", told.place));
        }
        if [" du ", " dein", " deine", " man "].iter().any(|word| de.contains(word)) {
            wrong.push(format!("{}: it does not say Sie: {de}", told.place));
        }
        let code = |text: &str| -> Vec<String> {
            let mut code: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            code.sort();
            code.dedup();
            code
        };
        if code(&told.en) != code(&told.de) {
            wrong.push(format!(
                "{}: other code in the two languages: {:?} {:?}",
                told.place,
                code(&told.en),
                code(&told.de)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_and_titles_are_short() {
    let mut wrong = Vec::new();
    for told in all_prose() {
        for (_, text) in told.sides() {
            let text = spoken(text);
            for sentence in text.split_inclusive(['.', '?', ':', ';']).map(str::trim) {
                let words = sentence.split_whitespace().filter(|word| *word != ">").count();
                if words > 45 {
                    wrong.push(format!("{}: {words} words: {sentence}", told.place));
                }
            }
        }
    }
    for rule in rules::all() {
        let title = prose::parse(&rule.prose).title;
        for lang in [Lang::En, Lang::De] {
            let length = title.get(lang).chars().count();
            if length > 90 || title.get(lang).ends_with('.') {
                wrong.push(format!("{}: a title of {length} characters: {}", rule.id, title.get(lang)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_can_be_typed_as_they_stand() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        for fix in &prose::parse(&rule.prose).fixes {
            let mut say = |why: String| wrong.push(format!("{}: {why}: {:#?}", rule.id, fix.commands));
            if fix.on != Target::Asa && !fix.commands.is_empty() {
                say("commands are for the ASA".to_owned());
            }
            let mut configuring = false;
            for command in &fix.commands {
                let words: Vec<&str> = command.split(' ').collect();
                let verb =
                    if words[0] == "no" { words.get(1).copied().unwrap_or_default() } else { words[0] };
                if words.iter().any(|word| word.is_empty()) || command.contains([';', '`', '…', '“', '”'])
                {
                    say(format!("“{command}” is not one command"));
                }
                match (EXEC.contains(&verb), CONFIGURING.contains(&verb)) {
                    (false, false) => say(format!("“{verb}” is no command known here")),
                    (false, true) if !configuring => say(format!("“{command}” needs the configuration")),
                    _ => {}
                }
                configuring = (configuring || command == "configure terminal") && command != "end";
            }
            let asks = |command: &String| ASKING.iter().any(|asking| command.starts_with(asking));
            if fix.commands.iter().rev().skip(1).any(asks) {
                say("what is pasted behind a question would answer it".to_owned());
            }
            if configuring && !fix.commands.last().is_some_and(asks) {
                say("the configuration is not left".to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_changed_is_saved_can_be_undone_and_verified() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        for fix in &prose::parse(&rule.prose).fixes {
            let mut say =
                |why: &str| wrong.push(format!("{}: {why}: {:?} {:#?}", rule.id, fix.on, fix.commands));
            let verb =
                |command: &str| command.trim_start_matches("no ").split(' ').next().unwrap().to_owned();
            let shows = |command: &String| command.starts_with("crypto ca export ");
            let changes = fix
                .commands
                .iter()
                .any(|command| CONFIGURING.contains(&verb(command).as_str()) && !shows(command));
            let one_of = |texts: &[Text], word: &str| texts.iter().any(|text| text.en().contains(word));
            let asks = fix.commands.last().is_some_and(|last| last.starts_with("crypto ca authenticate "));
            // A level of logging is set for one attempt, and taken back afterwards.
            let for_a_while = fix.commands.iter().any(|command| command.starts_with("logging buffered"));
            let saves = fix.commands.iter().any(|command| command == "write memory");
            let saved_later = asks && one_of(&fix.steps, "write memory");
            if changes && !(for_a_while || saves || saved_later) {
                say("nothing saves it over a reload");
            }
            if (changes || fix.on == Target::Cucm) && fix.undo.is_empty() {
                say("nothing says how to take it back");
            }
            if saves && !(one_of(&fix.undo, "write memory") || one_of(&fix.undo, "cannot")) {
                say("what is taken back is not saved");
            }
            if fix.verify.is_empty() {
                say("nothing says what to see afterwards");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn click_paths_lead_through_pages_that_exist() {
    let mut wrong = BTreeSet::new();
    for told in all_prose() {
        for (_, text) in told.sides() {
            for (root, pages) in CLICK_PATHS {
                for (at, _) in text.match_indices(root) {
                    let rest = &text[at + root.len()..];
                    let Some(next) = rest.strip_prefix(" > ") else { continue };
                    if !pages.iter().any(|page| next.starts_with(page)) {
                        wrong.insert(format!("{}: {}", told.place, &text[at..]));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// English words that this product does not say, and why.
const NOT_ENGLISH: &[(&str, &str)] = &[
    ("trustpoint", "trust-point"),
    ("Trustpoint", "trust-point"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("call manager", "CUCM server"),
    ("Call Manager", "CUCM server"),
    ("group-policy", "group policy; the command stands in backticks"),
    ("passcode", "password"),
    ("factory certificate", "manufacturer's certificate (MIC)"),
    ("inside-network", "inside the network"),
    ("please", "a step is no favour"),
    ("Please", "a step is no favour"),
    ("simply", "nothing is simple at night"),
    ("just", "it belittles, or it is not needed"),
    ("obviously", "it was not"),
    ("unfortunately", "no comments"),
    ("Oops", "no comments"),
    ("utilize", "use"),
    ("leverage", "use"),
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("etc.", "say what"),
    ("master", "director"),
];

/// German words that this product does not say, and why.
const NOT_GERMAN: &[(&str, &str)] = &[
    ("Trustpoint", "Vertrauenspunkt (trust-point)"),
    ("trustpoint", "Vertrauenspunkt (trust-point)"),
    ("Passwort", "Kennwort"),
    ("Passwörter", "Kennwörter"),
    ("Tunnel-Gruppe", "Tunnelgruppe (tunnel-group)"),
    ("Gruppen-Richtlinie", "Gruppenrichtlinie (group-policy)"),
    ("Cipher", "Chiffre"),
    ("Cipherliste", "Liste der Chiffren"),
    ("Cipher-Suite", "Chiffre"),
    ("Werkszertifikat", "Herstellerzertifikat (MIC)"),
    ("Hashwert", "Hash"),
    ("Release", "Version"),
    ("Pool-Adresse", "Adresspool"),
    ("Adressbereich (pool)", "Adresspool"),
    ("Image-Datei", "Image"),
    ("Signierer", "Unterzeichner"),
    ("Zeitachse", "Zeitverlauf"),
    ("vorzeigt", "vorlegt"),
    ("ist nicht gezeigt", "ist nicht belegt"),
    ("in CUCM", "im CUCM"),
    ("In CUCM", "Im CUCM"),
    ("macht Sinn", "ist sinnvoll"),
    ("adressieren", "beheben"),
    ("adressiert", "behoben"),
    ("realisieren", "bemerken, umsetzen"),
    ("in 2024", "2024"),
    ("in 2025", "2025"),
    ("bitte", "Ein Schritt ist keine Bitte"),
    ("Bitte", "Ein Schritt ist keine Bitte"),
    ("einfach", "Nachts ist nichts einfach"),
    ("natürlich", "Kommentar"),
    ("leider", "Kommentar"),
    ("checken", "prüfen"),
    ("droppen", "ablegen"),
    ("resetten", "zurücksetzen"),
    ("rebooten", "neu starten"),
    ("uploaden", "hochladen"),
    ("downloaden", "herunterladen"),
    ("updaten", "aktualisieren"),
    ("Files", "Dateien"),
    ("z. B.", "zum Beispiel"),
    ("z.B.", "zum Beispiel"),
    ("bzw.", "oder"),
    ("d.h.", "das heißt"),
    ("usw.", "sagen, was"),
    ("etc.", "sagen, was"),
];

/// Units behind a decimal number.
const UNITS: &[&str] = &["%", "s", "ms", "Sekunden", "Minuten", "Stunden", "Tage", "KB", "MB", "GB"];

/// Hyphens between blanks that are none of ours: a page's own name, and the letters of an alphabet.
const NOT_DASHES: &[&str] = &["Control Center - Feature Services", "with - and _", "mit - und _"];

/// Commands of the ASA's privileged mode.
const EXEC: &[&str] = &[
    "aaa-server",
    "activation-key",
    "capture",
    "clear",
    "configure",
    "end",
    "exit",
    "license",
    "ping",
    "show",
    "shun",
    "vpn-sessiondb",
    "write",
];

/// Commands of the ASA's configuration, its blocks included. `{client}` is `anyconnect` or `svc`.
const CONFIGURING: &[&str] = &[
    "access-list",
    "action",
    "address-pool",
    "anyconnect",
    "anyconnect-essentials",
    "authentication",
    "authorization-required",
    "authorization-server-group",
    "banner",
    "crypto",
    "csd",
    "default-group-policy",
    "dynamic-access-policy-record",
    "enable",
    "enrollment",
    "group-lock",
    "group-policy",
    "group-url",
    "ip",
    "keepout",
    "logging",
    "nat",
    "ntp",
    "participate",
    "port",
    "revocation-check",
    "route",
    "secondary-authentication-server-group",
    "service-type",
    "split-tunnel-policy",
    "ssl",
    "tunnel-group",
    "tunnel-group-preference",
    "username",
    "username-from-certificate",
    "validation-usage",
    "vpn",
    "vpn-access-hours",
    "vpn-addr-assign",
    "vpn-filter",
    "vpn-idle-timeout",
    "vpn-session-timeout",
    "vpn-simultaneous-logins",
    "vpn-tunnel-protocol",
    "webvpn",
    "without-csd",
    "{client}",
    "{filter}",
    "{group-lock}",
    "{simultaneous-logins}",
    "{tunnel-protocol}",
];

/// Commands that ask back, so that nothing may be pasted behind them.
const ASKING: &[&str] = &["crypto ca authenticate ", "crypto ca enroll ", "vpn-sessiondb logoff ", "reload"];

/// Pages of CUCM and of ASDM below their roots.
const CLICK_PATHS: &[(&str, &[&str])] = &[
    ("Advanced Features", &["VPN"]),
    ("Advanced Features > VPN", &["VPN Gateway", "VPN Group", "VPN Profile", "VPN Feature Configuration"]),
    ("Device", &["Phone", "Device Settings > "]),
    ("Device Settings", &["Common Phone Profile", "Common Device Configuration", "Device Defaults"]),
    (
        "System",
        &[
            "Enterprise Parameters",
            "Enterprise Phone Configuration",
            "Security > ",
            "VPN Settings",
            "Phone NTP Reference",
            "Date/Time Group",
        ],
    ),
    ("System > Security", &["Phone Security Profile"]),
    ("Cisco Unified CM Administration", &["Advanced Features", "Device > "]),
    (
        "Cisco Unified OS Administration",
        &["Security > Certificate Management", "Show > Software", "Software Upgrades > Install/Upgrade"],
    ),
    ("Certificate Management", &["Upload Certificate"]),
    ("Cisco Unified Reporting", &["System Reports > Unified CM Phone Feature List"]),
    ("Cisco Unified Serviceability", &["Tools > Control Center - Feature Services"]),
    ("ASDM", &["Configuration > Remote Access VPN > Network (Client) Access > ", "Dynamic Access Policies"]),
];
