//! Completions for shells and man pages, made from the command line's own arguments.

use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory as _, ValueEnum as _};
use clap_complete::Shell;

use crate::Outcome;

// What can be typed stands in one file of the command line, which is a program and hence no library.
#[allow(dead_code, reason = "only the program reads what was typed")]
#[path = "../../src/bin/vpn-phone-doctor/arguments.rs"]
mod arguments;

/// The program's name.
const NAME: &str = "vpn-phone-doctor";

/// Writes `completions/` and `man/` into a folder.
pub fn write(folder: &Path) -> Outcome<()> {
    let completions = folder.join("completions");
    let manual = folder.join("man");
    fs::create_dir_all(&completions)?;
    fs::create_dir_all(&manual)?;
    for shell in Shell::value_variants() {
        clap_complete::generate_to(*shell, &mut whole(), NAME, &completions)?;
    }
    clap_mangen::generate_to(whole(), &manual)?;
    Ok(())
}

/// The command with all that it takes. `help` would be a man page that says what `--help` is.
fn whole() -> Command {
    arguments::Arguments::command().disable_help_subcommand(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_man_page_and_stands_in_every_completion() {
        let folder = std::env::temp_dir().join(format!("{NAME}-pages-{}", std::process::id()));
        write(&folder).unwrap();
        let completions: Vec<String> = fs::read_dir(folder.join("completions"))
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        assert!(completions.len() >= 5, "{}", completions.len());
        let command = whole();
        let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        assert!(names.contains(&"check") && names.contains(&"hash"), "{names:?}");
        for name in names {
            let page = folder.join(format!("man/{NAME}-{name}.1"));
            assert!(fs::read_to_string(&page).unwrap().contains(".SH OPTIONS"), "{}", page.display());
            assert!(completions.iter().all(|text| text.contains(name)), "{name}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    /// What is typed in the examples of a document, up to a pipe.
    fn examples(text: &str) -> Vec<Vec<&str>> {
        let (mut code, mut lines) = (false, Vec::new());
        for line in text.lines() {
            code ^= line.starts_with("```sh");
            code &= line != "```";
            if code && line.starts_with(NAME) {
                let end = line.find(['|', '>']).unwrap_or(line.len());
                lines.push(line[..end].split_whitespace().collect());
            }
        }
        lines
    }

    #[test]
    fn what_readme_and_manual_say_to_type_is_understood() {
        let mut understood = 0;
        for document in ["README.md", "docs/manual.en.md", "docs/manual.de.md"] {
            let text = fs::read_to_string(crate::root().join(document)).unwrap();
            for words in examples(&text) {
                let taken = whole().try_get_matches_from(&words);
                assert!(taken.is_ok(), "{document}: {}: {:?}", words.join(" "), taken.err());
                understood += 1;
            }
        }
        assert!(understood >= 20, "{understood}");
    }
}
