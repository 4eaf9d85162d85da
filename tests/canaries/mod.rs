//! Files full of names that stand nowhere else.
//!
//! The templates beside this file hold `{kind}` where a name of that kind is planted, a new one each time, and
//! `{kind=key}` where the same one stands in several places.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

#[path = "../redacted/common_words.rs"]
mod common_words;

use common_words::COMMON;

/// The templates, by the name of the file that each becomes; `PHONE` is the phone of the case.
const TEMPLATES: [(&str, &str); 14] = [
    ("fleet-{word}.cfg", include_str!("asa.cfg")),
    ("asa-{host-label=fw}.log", include_str!("asa.log")),
    ("debug-{Word}.txt", include_str!("debug.txt")),
    ("show {word}.txt", include_str!("show.txt")),
    ("{sep=phone}.cnf.xml", include_str!("SEPPHONE.cnf.xml")),
    ("{code}-console.log", include_str!("phone.log")),
    ("{sep=phone}-status.html", include_str!("status.html")),
    ("cucm {Word}.txt", include_str!("cucm.txt")),
    ("{word}.cme", include_str!("cme.cfg")),
    ("ctl of {Word}.txt", include_str!("trust_list.txt")),
    ("{word}-store.pem", include_str!("key.txt")),
    ("{word}.ppk", include_str!("putty.txt")),
    ("ssl {word}.txt", include_str!("ssl.txt")),
    ("{word}-router.cfg", include_str!("router.cfg")),
];

/// A name that must not be left.
pub struct Canary {
    pub kind: String,
    /// What is planted.
    pub text: String,
    /// What is looked for: the telling parts of it.
    pub parts: Vec<String>,
    /// Where: `file:line`.
    pub at: String,
}

pub struct Planted {
    /// Name and content of each file.
    pub files: Vec<(String, String)>,
    pub canaries: Vec<Canary>,
}

/// What the names of a case look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Syllables that no word of the product has: what is looked for can be found.
    Rare,
    /// Words that devices and this program say themselves.
    Common,
    /// Digits alone.
    Digits,
    /// Two or three letters.
    Short,
    /// Letters beyond ASCII.
    Foreign,
    /// Dots, dashes, underscores and at signs.
    Signs,
}

impl Style {
    /// The n-th name of the style.
    fn name(self, n: usize, kind: &str) -> Option<String> {
        const SHORT: [&str; 8] = ["TP", "IT", "bob", "asa", "HR", "vpn", "x", "CA"];
        const FOREIGN: [&str; 6] = ["Müller", "Цех", "東京", "Straße", "ÉLAN", "Østfold"];
        let list: &[&str] = match self {
            Self::Rare => return None,
            Self::Digits => return Some((1000 + n).to_string()),
            Self::Common => &COMMON,
            Self::Short => &SHORT,
            Self::Foreign => &FOREIGN,
            Self::Signs => return Some(format!("{}.q_x-{n}", word(n))),
        };
        let _ = kind;
        Some(list[n % list.len()].to_owned())
    }
}

/// A case of rare names.
pub fn plant() -> Planted {
    plant_as(Style::Rare)
}

/// A case whose names look like `style`; everything else is the same.
pub fn plant_as(style: Style) -> Planted {
    let mut garden = Garden { style, next: 0, named: BTreeMap::new(), canaries: Vec::new() };
    let mut files = Vec::new();
    for (name, template) in TEMPLATES {
        let mut text = String::new();
        let file = garden.fill(name, "the file's name");
        for (line, number) in template.lines().zip(1..) {
            text.push_str(&garden.fill(line, &format!("{file}:{number}")));
            text.push('\n');
        }
        files.push((file, text));
    }
    files.extend(garden.rows(&files));
    Planted { files, canaries: garden.canaries }
}

struct Garden {
    style: Style,
    next: usize,
    named: BTreeMap<String, String>,
    canaries: Vec<Canary>,
}

impl Garden {
    /// The ASA's log once more, as rows that were sifted out of a file whose name is planted.
    fn rows(&mut self, files: &[(String, String)]) -> Option<(String, String)> {
        let (_, log) = files.iter().find(|(name, _)| name.starts_with("asa-"))?;
        let name = self.fill("{word}-rows.ndjson", "the file's name");
        let from = self.fill("{word}/{Word}.log", &format!("{name}, the file of a row"));
        let mut byte = 0;
        let rows = log.lines().zip(1..).map(|(text, line)| {
            let row = serde_json::json!({ "file": from, "line": line, "byte": byte, "text": text });
            byte += text.len() + 1;
            format!("{row}\n")
        });
        let rows = rows.collect();
        Some((name, rows))
    }

    fn fill(&mut self, line: &str, at: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let (asked, tail) = after.split_once('}').unwrap();
            out.push_str(before);
            out.push_str(&self.canary(asked, at));
            rest = tail;
        }
        out + rest
    }

    fn canary(&mut self, asked: &str, at: &str) -> String {
        if let Some(known) = self.named.get(asked) {
            return known.clone();
        }
        let kind = asked.split('=').next().unwrap();
        self.next += 1;
        let (mut text, mut parts) = made(kind, self.next);
        if ["word", "Word", "code", "short", "host-label"].contains(&kind)
            && let Some(name) = self.style.name(self.next, kind)
        {
            (text, parts) = (name.clone(), vec![name]);
        }
        if asked.contains('=') {
            self.named.insert(asked.to_owned(), text.clone());
        }
        self.canaries.push(Canary { kind: kind.to_owned(), text: text.clone(), parts, at: at.to_owned() });
        text
    }
}

/// The n-th name of a kind, and what of it must not be left.
fn made(kind: &str, n: usize) -> (String, Vec<String>) {
    let word = word(n);
    let capital = word[..1].to_uppercase() + &word[1..];
    let bytes = Sha256::digest(n.to_le_bytes());
    let mac = hex_upper(&[0x02, 0x1a, bytes[2], bytes[3], bytes[4], bytes[5]]);
    let by = |size: usize, mark: &str| -> String {
        let pairs: Vec<&str> = (0..mac.len()).step_by(size).map(|at| &mac[at..at + size]).collect();
        pairs.join(mark)
    };
    let whole = |text: String| (text.clone(), vec![text]);
    match kind {
        "word" | "stem" => whole(word),
        "Word" => whole(capital),
        "code" => whole(format!("{word}{}", n % 90 + 10)),
        "short" => whole(short(n)),
        "host-label" => whole(format!("{word}-fw{}", n % 10)),
        "host" => (format!("gw{n}.{word}.example"), vec![format!("gw{n}."), word]),
        "mail" => (format!("{word}@mail{n}.example.net"), vec![word, format!("mail{n}")]),
        "text" => {
            (format!("the phone of {capital}, room 4 of {word}haus"), vec![capital, format!("{word}haus")])
        }
        "ip" => whole(address(n)),
        "host-dashed-ip" => {
            let dashed = address(n).replace('.', "-");
            (format!("host-{dashed}"), vec![dashed])
        }
        "ip6" => whole(format!("2001:db8:{n:x}::{:x}", n + 1)),
        "eui64" => {
            let digits = hex(&bytes[2..6]);
            let (a, b) = (&digits[..2], &digits[2..]);
            (format!("fe80::1a:{a}ff:fe{}:{}", &b[..2], &b[2..]), vec![format!("{a}ff:fe{}", &b[..2])])
        }
        "mac-plain" => whole(mac),
        "mac-colon" => whole(by(2, ":").to_lowercase()),
        "mac-dash" => whole(by(2, "-")),
        "mac-dot" => whole(by(4, ".").to_lowercase()),
        "sep" => (format!("SEP{mac}"), vec![mac]),
        "pin" => whole(format!("49{:08}", n * 7919)),
        "serial" => whole(hex(&bytes[..8])),
        "hex" => whole(hex(&bytes[..16])),
        "hexline" => {
            let groups: Vec<String> = bytes[..32].chunks(4).map(hex).collect();
            (groups.join(" "), groups)
        }
        "colonhex" => {
            let pairs: Vec<String> = bytes[..16].iter().map(|byte| format!("{byte:02X}")).collect();
            whole(pairs.join(":"))
        }
        "uuid" => {
            let hex = hex(&bytes[..16]);
            let text =
                format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
            (text, vec![hex[..8].to_owned(), hex[20..].to_owned()])
        }
        "sha1hex" => whole(hex_upper(&bytes[..20])),
        "sha1b64" => whole(BASE64.encode(&bytes[..20])),
        "sha256hex" => whole(hex(&bytes)),
        // A secret may be a word, a number, or a jumble.
        "secret" => match n % 4 {
            0 => whole(word),
            1 => whole(format!("{}", 500_000 + n)),
            2 => (format!("{capital}/{}.{word}$9", n + 1000), vec![capital, format!("{}.{word}", n + 1000)]),
            _ => whole(format!("{}.{}", BASE64.encode(&bytes[..6]).replace(['+', '/'], "x"), n)),
        },
        other => panic!("no canary is a {other}"),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex_upper(bytes: &[u8]) -> String {
    hex(bytes).to_uppercase()
}

/// Three syllables that no word of the product has.
fn word(n: usize) -> String {
    const SYLLABLES: [&str; 10] = ["zor", "vek", "qua", "xil", "bry", "gwo", "puk", "jys", "fez", "wub"];
    [n / 100, n / 10, n].map(|digit| SYLLABLES[digit % 10]).concat()
}

/// Three letters that never stand side by side.
fn short(n: usize) -> String {
    [n / 36, n / 6, n].map(|digit| ["q", "x", "z", "j", "v", "w"][digit % 6]).concat()
}

fn address(n: usize) -> String {
    let [a, b, c] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]][n / 250 % 3];
    format!("{a}.{b}.{c}.{}", n % 250 + 2)
}
