//! Contrast, computed from the style sheets: every colour that text has, on every ground that it may stand on, and
//! every colour that only draws a shape; in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Text and the grounds that it stands on.
const TEXT: [(&str, &[&str]); 8] = [
    ("ink", &["ground", "raised", "sunken", "accent-tint", "bad-tint", "warn-tint", "good-tint", "mark"]),
    ("soft", &["ground", "raised", "sunken", "accent-tint", "bad-tint", "warn-tint", "good-tint"]),
    ("accent", &["ground", "raised", "sunken", "accent-tint", "bad-tint", "warn-tint", "good-tint"]),
    ("bad", &["ground", "raised", "sunken", "bad-tint"]),
    ("warn", &["ground", "raised", "sunken", "warn-tint"]),
    ("good", &["ground", "raised", "sunken", "good-tint"]),
    ("accent-ink", &["accent"]),
    // A button under the pointer, and the sign of what failed.
    ("ground", &["ink", "bad"]),
];

/// What only draws a shape that tells something: frames of fields, the lines of the ladder.
const SHAPES: [(&str, &[&str]); 5] = [
    ("line-strong", &["ground", "raised", "sunken", "accent-tint"]),
    ("accent", &["ground", "raised", "sunken", "accent-tint"]),
    ("bad", &["ground", "raised", "bad-tint", "mark"]),
    ("warn", &["ground", "raised", "warn-tint"]),
    ("good", &["ground", "raised", "good-tint"]),
];

/// Parts name a state's colour, and the state says which it is.
const OF_A_STATE: [&str; 2] = ["state", "tint"];

fn styles() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/styles");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

/// Each colour's light and dark value.
fn tokens() -> BTreeMap<String, [[f64; 3]; 2]> {
    let sheets = styles();
    let (_, tokens) = sheets.iter().find(|(name, _)| name.ends_with("10-tokens.css")).unwrap();
    let rows = tokens.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
        Some((name.to_owned(), [channels(light), channels(dark)]))
    });
    rows.collect()
}

fn channels(hex: &str) -> [f64; 3] {
    let digits = hex.strip_prefix('#').unwrap();
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.0722f64.mul_add(blue, 0.2126f64.mul_add(red, 0.7152 * green))
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_and_shapes_stand_out_in_light_and_dark() {
    let tokens = tokens();
    assert!(tokens.len() >= 15, "only {} colours were found", tokens.len());
    let mut faint = Vec::new();
    for (least, pairs) in [(4.5, TEXT.as_slice()), (3.0, SHAPES.as_slice())] {
        for (front, grounds) in pairs {
            for ground in *grounds {
                for (theme, name) in ["light", "dark"].into_iter().enumerate() {
                    let found = contrast(tokens[*front][theme], tokens[*ground][theme]);
                    if found < least {
                        faint.push(format!("{front} on {ground}, {name}: {found:.2} of {least}"));
                    }
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

/// What follows `property: var(--` in a sheet.
fn used(sheet: &str, properties: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for declaration in sheet.split([';', '{', '}']) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        if properties.contains(&property.trim()) {
            let names = value.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next());
            found.extend(names.map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_colour_of_the_sheets_is_looked_at_and_stands_in_the_tokens() {
    let fronts: BTreeSet<&str> = TEXT.iter().map(|(front, _)| *front).chain(OF_A_STATE).collect();
    let grounds: BTreeSet<&str> =
        TEXT.iter().flat_map(|(_, grounds)| *grounds).copied().chain(OF_A_STATE).collect();
    // A progress bar's groove carries no text.
    let silent = ["line"];
    let mut problems = Vec::new();
    for (name, sheet) in styles() {
        let sheet = sheet
            .split("/*")
            .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
            .collect::<String>();
        for colour in used(&sheet, &["color"]) {
            if !fronts.contains(colour.as_str()) {
                problems.push(format!("{name}: text of the colour {colour}"));
            }
        }
        for colour in used(&sheet, &["background", "background-color"]) {
            if !grounds.contains(colour.as_str()) && !silent.contains(&colour.as_str()) {
                problems.push(format!("{name}: a ground of the colour {colour}"));
            }
        }
        let holds_colours = name.ends_with("10-tokens.css") || name.ends_with("90-print.css");
        for line in sheet.lines().filter(|line| !holds_colours && has_colour(line)) {
            problems.push(format!("{name}: a colour that is no token: {}", line.trim()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn has_colour(line: &str) -> bool {
    let hex = line.split('#').skip(1).any(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8) && rest[digits..].starts_with([';', ' ', ',', ')'])
    });
    hex || ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|function| line.contains(function))
}
