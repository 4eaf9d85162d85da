//! Ways to pack files that are not read here: how each is known, and the command that unpacks it.
//!
//! ```text
//! fd 37 7a 58 5a 00 …          xz:    unxz <file>
//! method 9 of a zip's member   Deflate64:  7z x <file>
//! ```
//!
//! Commands are those of Debian 12 packages of the same names (`p7zip-full` for 7z).
//!
//! Sources: bzip2 1.0.8 manual, the .xz file format 1.2.1, LZMA SDK `lzma.txt`, RFC 8878 (Zstandard), LZ4 frame format
//! 1.6.4, lzip's manual, 7-Zip `7zFormat.txt`, RAR 5.0 technical note, MS-CAB 2.1, cpio(5), APPNOTE.TXT 6.3.10 sections
//! 4.4.5 and 7 (zip methods), WinZip's AE-1/AE-2 note (99).

/// One way.
#[derive(Debug, PartialEq, Eq)]
pub struct Packing {
    /// Its name.
    pub name: &'static str,
    /// What unpacks it; `<file>` stands for the file.
    pub command: &'static str,
    /// What a file of its own begins with; empty where there is none.
    magic: &'static [u8],
    /// Its number among the methods of zip.
    method: Option<u16>,
}

/// The way that a file's first bytes tell.
pub fn by_bytes(head: &[u8]) -> Option<&'static Packing> {
    ALL.iter().find(|row| !row.magic.is_empty() && head.starts_with(row.magic))
}

/// The way that a number of zip's tells.
pub fn by_zip_method(method: u16) -> Option<&'static Packing> {
    ALL.iter().find(|row| row.method == Some(method))
}

const fn file(name: &'static str, command: &'static str, magic: &'static [u8]) -> Packing {
    Packing { name, command, magic, method: None }
}

const fn member(name: &'static str, method: u16) -> Packing {
    Packing { name, command: "7z x <file>", magic: &[], method: Some(method) }
}

const ALL: &[Packing] = &[
    file("bzip2", "bunzip2 <file>", b"BZh"),
    file("xz", "unxz <file>", b"\xfd7zXZ\0"),
    file("Zstandard", "unzstd <file>", b"\x28\xb5\x2f\xfd"),
    file("LZMA", "unlzma <file>", b"\x5d\0\0"),
    file("LZ4", "unlz4 <file>", b"\x04\x22\x4d\x18"),
    file("lzip", "lzip -d <file>", b"LZIP"),
    file("compress", "gzip -d <file>", b"\x1f\x9d"),
    file("7z", "7z x <file>", b"7z\xbc\xaf\x27\x1c"),
    file("RAR", "unrar x <file>", b"Rar!\x1a\x07"),
    file("Cabinet", "cabextract <file>", b"MSCF\0\0\0\0"),
    file("cpio", "cpio -i -F <file>", b"070701"),
    file("cpio", "cpio -i -F <file>", b"070707"),
    member("Shrink", 1),
    member("Reduce", 2),
    member("Reduce", 3),
    member("Reduce", 4),
    member("Reduce", 5),
    member("Implode", 6),
    member("Deflate64", 9),
    member("PKWARE Implode", 10),
    member("bzip2", 12),
    member("LZMA", 14),
    member("Zstandard", 20),
    member("Zstandard", 93),
    member("MP3", 94),
    member("xz", 95),
    member("JPEG", 96),
    member("WavPack", 97),
    member("PPMd", 98),
    member("AES", 99),
];
