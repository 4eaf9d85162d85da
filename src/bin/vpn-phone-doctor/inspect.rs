//! `inspect`: what was recognised and understood.

use std::fmt::Write;
use std::ops::ControlFlow;

use serde_json::Value;
use vpn_phone_doctor::limits::{ArchiveLimits, Limits};
use vpn_phone_doctor::report::{inspect, visible};
use vpn_phone_doctor::visible::escaped_json;

use crate::arguments::{Inspect, TextOrJson};
use crate::files;
use crate::output::{self, Status};

pub fn run(options: &Inspect) -> Status {
    if files::there(&options.paths, false).is_empty() {
        return Status::NoInput;
    }
    let mut readings = Vec::new();
    let mut opened = false;
    let archive = ArchiveLimits { digests: true, ..ArchiveLimits::default() };
    let limits = Limits { archive, ..Limits::default() };
    files::read(&files::find(&options.paths), &limits, |taken| {
        opened |= taken.opened;
        readings.push(taken.reading);
        ControlFlow::Continue(())
    });
    let answer = inspect::render(&readings, options.lang);
    let text = match options.format {
        TextOrJson::Json => escaped_json(format!("{answer:#}\n")),
        TextOrJson::Text => outline(&answer),
    };
    output::end(&text, if opened { Status::Fine } else { Status::NoInput })
}

/// Each document as an outline of its fields.
fn outline(answer: &Value) -> String {
    let mut text = String::new();
    let documents = answer.get("documents").and_then(Value::as_array);
    for document in documents.into_iter().flatten() {
        let input = |name: &str| {
            document.pointer(&format!("/input/{name}")).and_then(Value::as_str).unwrap_or_default()
        };
        let kind = document.get("kind").and_then(Value::as_str).unwrap_or_default();
        let _ = writeln!(text, "{}: {kind}, {}", visible(input("name")), input("state"));
        let _ = writeln!(text, "  {}", visible(input("because")));
        for note in document.pointer("/input/notes").and_then(Value::as_array).into_iter().flatten() {
            let says = note.get("text").and_then(Value::as_str).unwrap_or_default();
            let _ = match note.get("line").and_then(Value::as_u64) {
                Some(line) => writeln!(text, "  {line}: {}", visible(says)),
                None => writeln!(text, "  {}", visible(says)),
            };
        }
        let fields = document.as_object().into_iter().flatten();
        for (name, value) in fields.filter(|(name, _)| !matches!(name.as_str(), "input" | "kind")) {
            field(&mut text, 1, name, value);
        }
        text.push('\n');
    }
    text
}

/// One field and what is in it. The answer is made here and is never deep.
fn field(text: &mut String, depth: usize, name: &str, value: &Value) {
    let indent = "  ".repeat(depth);
    let name = visible(name);
    let _ = match value {
        Value::Null => writeln!(text, "{indent}{name}: -"),
        Value::String(string) => writeln!(text, "{indent}{name}: {}", visible(string)),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let list: Vec<String> = list.iter().filter_map(Value::as_str).map(visible).collect();
            writeln!(text, "{indent}{name}: {}", list.join(", "))
        }
        Value::Array(list) => {
            let _ = writeln!(text, "{indent}{name}:");
            for (index, value) in list.iter().enumerate() {
                field(text, depth + 1, &(index + 1).to_string(), value);
            }
            Ok(())
        }
        Value::Object(fields) => {
            let _ = writeln!(text, "{indent}{name}:");
            for (name, value) in fields {
                field(text, depth + 1, name, value);
            }
            Ok(())
        }
        Value::Bool(_) | Value::Number(_) => writeln!(text, "{indent}{name}: {value}"),
    };
}
