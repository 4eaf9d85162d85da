//! `SHA256SUMS`: the hash of every file of a release, as `sha256sum -c` reads it.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::Outcome;

/// The name of the file with the sums.
const NAME: &str = "SHA256SUMS";

/// Writes the sums of all that is in a folder.
pub fn write(folder: &Path) -> Outcome<()> {
    let mut files = Vec::new();
    collect(folder, Path::new(""), &mut files)?;
    files.sort();
    let mut sums = String::new();
    for file in files.iter().filter(|file| !file.ends_with(NAME)) {
        let hash = Sha256::digest(fs::read(folder.join(file))?);
        let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        // Two blanks: text or binary is all one.
        sums.push_str(&format!("{digits}  {}\n", file.display().to_string().replace('\\', "/")));
    }
    Ok(fs::write(folder.join(NAME), sums)?)
}

/// The files below a folder, by their paths in it.
fn collect(folder: &Path, inside: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder.join(inside))? {
        let entry = entry?;
        let path = inside.join(entry.file_name());
        if entry.path().is_dir() {
            collect(folder, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_line_in_the_order_of_names() {
        let folder = std::env::temp_dir().join(format!("vpn-phone-doctor-sums-{}", std::process::id()));
        fs::create_dir_all(folder.join("man")).unwrap();
        for (name, text) in [("page.html", "abc"), ("man/page.1", ""), (NAME, "of yesterday")] {
            fs::write(folder.join(name), text).unwrap();
        }
        write(&folder).unwrap();
        let sums = fs::read_to_string(folder.join(NAME)).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            sums,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  man/page.1\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  page.html\n"
        );
    }
}
