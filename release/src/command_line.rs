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
}
