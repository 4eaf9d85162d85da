//! The property that `sift` promises: the diagnosis of what was sifted is the diagnosis of the whole, apart from counts
//! of what was left out.

use std::path::{Path, PathBuf};

use base64::Engine;
use serde_json::{Value, json};
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::time::parse_rfc3339;
use vpn_phone_doctor::tools::sift::{Part, Sift};

/// Why a file of rows is recognised.
const HOLDS_ROWS: &str = "lines with the files that they stood in";
/// Bytes of a row.
const ROW: usize = 8 << 10;

/// A file of a case: its name and its bytes.
pub type File = (String, Vec<u8>);

/// What is left of one piece, byte for byte.
pub fn sifted(bytes: &[u8], chunk: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut take = |part: Part<'_>| out.extend_from_slice(part.bytes);
    let mut sift = Sift::new(1, 0);
    bytes.chunks(chunk.max(1)).for_each(|chunk| sift.push(chunk, &mut take));
    sift.finish(&mut take);
    out
}

/// The same of a file that is cut at these bytes, each piece sifted by itself.
pub fn sifted_in_pieces(bytes: &[u8], cuts: &[usize]) -> Vec<u8> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.windows(2).flat_map(|pair| sifted(&bytes[pair[0]..pair[1]], 1 << 16)).collect()
}

/// The rows with places, as the command line writes them.
pub fn placed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut take = |part: Part<'_>| {
        let ended = part.bytes.strip_suffix(b"\n");
        let text = std::str::from_utf8(ended.unwrap_or(part.bytes)).ok();
        if let Some((line, text)) = part.line.zip(text).filter(|(_, text)| text.len() <= ROW) {
            let mut row = json!({"file": name, "line": line, "byte": part.byte, "text": text});
            if ended.is_none() {
                row["unended"] = true.into();
            }
            return out.extend_from_slice(format!("{row}\n").as_bytes());
        }
        for (number, piece) in part.bytes.chunks(ROW).enumerate() {
            let data = base64::engine::general_purpose::STANDARD.encode(piece);
            let mut row = json!({"file": name, "byte": part.byte + (number * ROW) as u64, "data": data});
            if let Some(line) = part.line.filter(|_| number == 0) {
                row["line"] = line.into();
            }
            out.extend_from_slice(format!("{row}\n").as_bytes());
        }
    };
    let mut sift = Sift::new(1, 0);
    sift.push(bytes, &mut take);
    sift.finish(&mut take);
    out
}

fn diagnosed(readings: &[Reading]) -> Value {
    let now = parse_rfc3339("2026-11-24T12:00:00Z").unwrap();
    serde_json::to_value(diagnose(readings, &Said::new(), now)).unwrap()
}

fn read(files: &[File]) -> Vec<Reading> {
    files.iter().map(|(name, bytes)| intake::read(name, bytes, &Limits::default())).collect()
}

/// The diagnosis without what may differ.
fn comparable(mut diagnosis: Value, places: bool) -> Value {
    let fields = diagnosis.as_object_mut().unwrap();
    for input in fields["inputs"].as_array_mut().unwrap() {
        for count in ["bytes", "lines", "lines_inside", "member", "inside", "notes"] {
            input.as_object_mut().unwrap().remove(count);
        }
        if !places {
            input.as_object_mut().unwrap().remove("because");
        }
    }
    strip(&mut diagnosis, places);
    diagnosis
}

fn strip(value: &mut Value, places: bool) {
    match value {
        Value::Object(fields) => {
            fields.remove("order");
            if !places {
                for place in ["line", "offset", "looked_in"] {
                    fields.remove(place);
                }
            }
            fields.values_mut().for_each(|field| strip(field, places));
        }
        Value::Array(items) => {
            // An argument of a text that says in which line something stands.
            let named = items.first().and_then(Value::as_str).is_some_and(|name| name.contains("line"));
            if named && items.len() == 2 && !places {
                items.truncate(1);
            }
            items.iter_mut().for_each(|item| strip(item, places));
        }
        _ => {}
    }
}

/// Takes the inputs that hold rows out of a diagnosis, and counts the others as if they had been dropped themselves.
fn without_holders(mut diagnosis: Value) -> Value {
    let inputs = diagnosis["inputs"].as_array_mut().unwrap();
    let is_holder =
        |input: &Value| input["inside"].is_null() && input["because"].to_string().contains(HOLDS_ROWS);
    let mut ids = Vec::new();
    let mut next = 0_u64;
    for input in &*inputs {
        ids.push(next);
        next += u64::from(!is_holder(input));
    }
    inputs.retain(|input| !is_holder(input));
    renumber(&mut diagnosis, &ids);
    diagnosis
}

fn renumber(value: &mut Value, ids: &[u64]) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                match field.as_u64().filter(|_| key == "input") {
                    Some(id) => *field = ids[usize::try_from(id).unwrap()].into(),
                    None => renumber(field, ids),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renumber(item, ids)),
        _ => {}
    }
}

/// The first place where two values differ.
fn difference(path: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            one.iter().find_map(|(key, value)| difference(&format!("{path}.{key}"), value, &other[key]))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let name = one.first().and_then(Value::as_str).unwrap_or_default();
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(at, (one, other))| difference(&format!("{path}({name})[{at}]"), one, other))
        }
        _ => (one != other).then(|| {
            let short = |value: &Value| value.to_string().chars().take(600).collect::<String>();
            format!("{path}:\n  whole  {}\n  sifted {}", short(one), short(other))
        }),
    }
}

/// Where the promise is broken for a case, if it is; and how many bytes of how many are left.
pub fn broken(files: &[File], cuts: &[usize]) -> (Option<String>, usize, usize) {
    let whole = diagnosed(&read(files));
    let plain: Vec<File> = files.iter().map(|(name, bytes)| (name.clone(), sifted(bytes, 77_777))).collect();
    let pieces: Vec<File> =
        files.iter().map(|(name, bytes)| (name.clone(), sifted_in_pieces(bytes, cuts))).collect();
    let rows: Vec<File> =
        files.iter().map(|(name, bytes)| (format!("{name}.ndjson"), placed(name, bytes))).collect();
    let left = plain.iter().map(|(_, bytes)| bytes.len()).sum();
    let all = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let expected = comparable(whole.clone(), false);
    for (what, files) in [("plain", &plain), ("pieces", &pieces)] {
        let found = difference(what, &expected, &comparable(diagnosed(&read(files)), false));
        if found.is_some() {
            return (found, left, all);
        }
    }
    // An empty file leaves no row.
    if files.iter().all(|(_, bytes)| !bytes.is_empty()) {
        let found = comparable(without_holders(diagnosed(&read(&rows))), true);
        let found = difference("places", &comparable(whole, true), &found);
        return (found, left, all);
    }
    (None, left, all)
}

/// Every file below a folder, without those that are larger than is sensible here.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if std::fs::metadata(&path).is_ok_and(|file| file.len() <= 4 << 20) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A file as a case.
pub fn file(path: &Path) -> File {
    (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
}

/// True for a file that is compared with what its rows hold: what lies in an archive or a mail is.
pub fn is_compared(file: &File) -> bool {
    let reading = intake::read(&file.0, &file.1, &Limits::default());
    // A report is no evidence, and rows in rows are no case of this test.
    reading
        .inputs
        .first()
        .is_some_and(|input| input.kind != Kind::EarlierReport && !input.because.en().contains(HOLDS_ROWS))
}
