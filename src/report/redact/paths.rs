//! What is written for a path: folder by folder, its endings as they are.

use super::class::Class;
use super::dictionary::Dictionary;
use super::listed_files::numbered;
use super::{in_names, secrets, shapes};

/// What is written for a name that holds a secret: it is read like any other text.
pub(super) type Scan = fn(&str, &mut Dictionary) -> String;

/// What is written for a path.
pub(super) fn path(path: &str, dictionary: &mut Dictionary, scan: Scan) -> String {
    if dictionary.files.learning {
        return String::new();
    }
    let (path, part) = numbered(path);
    let mut out = String::new();
    for piece in path.split_inclusive(['/', '\\']) {
        let name = piece.trim_end_matches(['/', '\\']);
        let folder = name.len() < piece.len();
        let (stem, endings) = if folder { (name, "") } else { endings(name) };
        out.push_str(&stem_written(stem, if folder { Class::Folder } else { Class::File }, dictionary, scan));
        out.push_str(endings);
        out.push_str(piece.get(name.len()..).unwrap_or_default());
    }
    out + part
}

/// A name without its endings, and those: `SEP001122334455` and `.cnf.xml.sgn`, `asa` and `.log.1`.
fn endings(name: &str) -> (&str, &str) {
    let mut stem = name;
    while let Some((before, ending)) = stem.rsplit_once('.') {
        let turned = ending.len() <= 2 && ending.bytes().all(|byte| byte.is_ascii_digit());
        let turned = turned && before.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending));
        if before.is_empty() || !(is_ending(ending) || turned) {
            break;
        }
        stem = before;
    }
    name.split_at_checked(stem.len()).unwrap_or((name, ""))
}

fn is_ending(ending: &str) -> bool {
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// What is written for a name without its endings.
fn stem_written(stem: &str, class: Class, dictionary: &mut Dictionary, scan: Scan) -> String {
    if stem.is_empty() || shapes::written(stem) {
        return stem.to_owned();
    }
    if let Some(name) = dictionary.in_file_name(stem, true) {
        return name;
    }
    if !secrets::spans(stem).is_empty() {
        return scan(stem, dictionary);
    }
    let (written, known) = in_names::written(stem, dictionary);
    written.unwrap_or_else(|| {
        let file = dictionary.pseudonym(class, &stem.to_lowercase(), stem);
        known.iter().fold(file, |file, name| format!("{file}-{name}"))
    })
}

/// Endings of files that may be dropped, or be quoted by what is.
const ENDINGS: [&str; 72] = [
    "xml", "sgn", "enc", "cnf", "log", "txt", "pem", "crt", "cer", "der", "p7b", "p7c", "p12", "pfx", "tlv",
    "html", "htm", "json", "jsonl", "ndjson", "csv", "tsv", "cfg", "conf", "config", "md", "pkg", "gz",
    "bz2", "xz", "zst", "tgz", "tar", "zip", "7z", "rar", "pcap", "pcapng", "cap", "csr", "crl", "key",
    "jks", "ppk", "eml", "msg", "mbox", "asc", "yaml", "yml", "ini", "out", "bak", "old", "orig", "bin",
    "loads", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "png", "jpg", "jpeg",
    "gif", "exe",
];
