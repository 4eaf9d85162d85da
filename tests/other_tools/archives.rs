//! What others pack, we unpack the same; what we pack by hand for our tests, they unpack the same.

use std::path::Path;

use vpn_phone_doctor::archive::Archive;
use vpn_phone_doctor::limits::ArchiveLimits;

use crate::made::{self, Member, tar_end, tar_member};
use crate::unpacked::{Told, by_directory, streamed};
use crate::{Check, folder, said};

pub const CHECKS: &[Check] = &[
    ("archives::what_tar_packs_is_unpacked", "tar", what_tar_packs_is_unpacked),
    ("archives::what_zip_packs_is_unpacked", "zip", what_zip_packs_is_unpacked),
    ("archives::what_python_packs_is_unpacked", "python3", what_python_packs_is_unpacked),
    ("archives::unzip_unpacks_what_our_tests_pack", "unzip", unzip_unpacks_what_our_tests_pack),
    ("archives::tar_unpacks_what_our_tests_pack", "tar", tar_unpacks_what_our_tests_pack),
];

/// Names as phones and people give them, and contents of many lengths.
fn contents() -> Vec<(String, String)> {
    let log = "902: NOT 20:59:50.051721 VPNC: vpn_stop\n";
    vec![
        ("messages".to_owned(), log.repeat(3)),
        ("empty".to_owned(), String::new()),
        (format!("logs/{}/messages.0", "long".repeat(30)), log.repeat(100)),
        ("Gerät über.log".to_owned(), "ä".repeat(511)),
        ("one.log".to_owned(), "x".to_owned()),
        ("block.log".to_owned(), "y".repeat(512)),
    ]
}

fn laid(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    for (path, content) in contents() {
        let path = folder.join("in").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// Files alone: folders have no content.
fn texts(told: &Told) -> Vec<(String, String)> {
    let whole = told.members.iter().all(|member| member.end.troubles.is_empty());
    assert!(whole, "{:?}", told.members.iter().map(|member| &member.end).collect::<Vec<_>>());
    let mut texts = told.texts();
    texts.retain(|(name, _)| !name.ends_with('/'));
    texts.iter_mut().for_each(|(name, _)| *name = name.trim_start_matches("./").to_owned());
    texts.sort();
    texts
}

fn sorted() -> Vec<(String, String)> {
    let mut contents = contents();
    contents.sort();
    contents
}

fn limits() -> ArchiveLimits {
    ArchiveLimits::default()
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn what_tar_packs_is_unpacked() {
    let folder = laid("tar");
    for form in ["gnu", "oldgnu", "pax"] {
        let form = format!("--format={form}");
        said("tar", &["-c", "-f", "it.tar", &form, "-C", "in", "."], &folder);
        assert_eq!(
            texts(&streamed(Archive::Tar, &read(&folder.join("it.tar")), 4096, &limits())),
            sorted(),
            "{form}"
        );
        said("tar", &["-c", "-z", "-f", "it.tgz", &form, "-C", "in", "."], &folder);
        let gzip = streamed(Archive::Gzip, &read(&folder.join("it.tgz")), 977, &limits());
        assert_eq!(
            texts(&streamed(Archive::Tar, &gzip.members[0].content, 4096, &limits())),
            sorted(),
            "{form}"
        );
    }
}

fn both(bytes: &[u8], how: &str) {
    assert_eq!(texts(&by_directory(bytes, &limits())), sorted(), "{how}");
    assert_eq!(texts(&streamed(Archive::Zip, bytes, 977, &limits())), sorted(), "{how}, by headers");
}

fn what_zip_packs_is_unpacked() {
    let folder = laid("zip");
    for how in [&["-0"][..], &["-9"], &["-fz"], &["-D"]] {
        let _ = std::fs::remove_file(folder.join("it.zip"));
        said("zip", &[&["-q", "-r"], how, &["../it.zip", "."]].concat(), &folder.join("in"));
        both(&read(&folder.join("it.zip")), &format!("{how:?}"));
    }
}

fn what_python_packs_is_unpacked() {
    let folder = laid("python");
    said("python3", &["-m", "zipfile", "-c", "it.zip", "in/."], &folder);
    both(&read(&folder.join("it.zip")), "python");
    said("python3", &["-m", "tarfile", "-c", "it.tar", "in"], &folder);
    let tar = streamed(Archive::Tar, &read(&folder.join("it.tar")), 4096, &limits());
    let texts = texts(&tar);
    let bare: Vec<_> =
        texts.iter().map(|(name, text)| (name.trim_start_matches("in/").to_owned(), text.clone())).collect();
    let files: Vec<_> =
        bare.into_iter().filter(|(name, _)| sorted().iter().any(|(own, _)| own == name)).collect();
    assert_eq!(files, sorted());
}

fn unzip_unpacks_what_our_tests_pack() {
    let folder = folder("unzip");
    let members: Vec<Member> = contents()
        .iter()
        .filter(|(name, _)| name.is_ascii())
        .enumerate()
        .map(
            |(n, (name, text))| {
                if n % 2 == 0 { Member::stored(name, text) } else { Member::deflated(name, text) }
            },
        )
        .collect();
    std::fs::write(folder.join("it.zip"), made::zip(&members)).unwrap();
    for (name, text) in contents().into_iter().filter(|(name, _)| name.is_ascii()) {
        assert_eq!(said("unzip", &["-p", "it.zip", &name], &folder), text.as_bytes(), "{name}");
    }
}

fn tar_unpacks_what_our_tests_pack() {
    let folder = folder("untar");
    let short = contents().into_iter().filter(|(name, _)| name.is_ascii() && name.len() < 100);
    let short: Vec<_> = short.collect();
    let mut bytes: Vec<u8> =
        short.iter().flat_map(|(name, text)| tar_member(name, b'0', text.as_bytes())).collect();
    bytes.extend(tar_end());
    std::fs::write(folder.join("it.tar"), &bytes).unwrap();
    std::fs::write(folder.join("it.tgz"), made::gzip(&bytes)).unwrap();
    for (name, text) in short {
        assert_eq!(said("tar", &["-x", "-O", "-f", "it.tar", &name], &folder), text.as_bytes(), "{name}");
        assert_eq!(
            said("tar", &["-x", "-z", "-O", "-f", "it.tgz", &name], &folder),
            text.as_bytes(),
            "{name}"
        );
    }
}
