//! The map of a redaction, to be kept beside a redacted report and never sent with it.

use serde::Serialize;

use super::Entry;
use crate::text::{Lang, Text};
use crate::visible::{escaped_json, visible};

/// For programs.
pub fn json(map: &[Entry]) -> String {
    let file = File { schema: "vpn-phone-doctor/redaction-map/1", entries: map };
    escaped_json(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n")
}

/// For people: a warning, and a line for each pseudonym.
pub fn text(map: &[Entry], lang: Lang) -> String {
    let width = map.iter().map(|entry| entry.pseudonym.chars().count()).max().unwrap_or_default();
    let lines = map.iter().map(|Entry { pseudonym, original }| {
        let room = " ".repeat(width.saturating_sub(pseudonym.chars().count()));
        format!("{pseudonym}{room}  {}\n", visible(original))
    });
    format!("{}\n\n{}", WARNING.get(lang), lines.collect::<String>())
}

#[derive(Serialize)]
struct File<'m> {
    schema: &'static str,
    entries: &'m [Entry],
}

const WARNING: Text = Text::fixed(
    "What stands for what in the redacted report. Whoever has both has every real name: keep this file, and never send it along.",
    "Was im geschwärzten Bericht wofür steht. Wer beides hat, hat alle echten Namen: Behalten Sie diese Datei und senden Sie sie nie mit.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_says_what_stands_for_what_and_that_it_stays() {
        let map = [("HOST-01", "asa.example.com"), ("⟨text 1⟩", "Berlin\u{202e}")];
        let map = map.map(|(pseudonym, original)| Entry {
            pseudonym: pseudonym.to_owned(),
            original: original.to_owned(),
        });
        let told = text(&map, Lang::De);
        assert!(told.starts_with(&*WARNING.get(Lang::De)), "{told}");
        assert!(told.ends_with("HOST-01   asa.example.com\n⟨text 1⟩  Berlin⟪U+202E⟫\n"), "{told}");
        let value: serde_json::Value = serde_json::from_str(&json(&map)).unwrap();
        assert_eq!(value["schema"], "vpn-phone-doctor/redaction-map/1");
        assert_eq!(value["entries"][1]["original"], "Berlin\u{202e}");
    }
}
