//! Archives made by hand: a header at a time, so that each of its bytes can be wrong.

use miniz_oxide::deflate::compress_to_vec;

/// The checksum of gzip and zip, bit by bit: slow, and nothing in common with the one that is tested.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut value = !0_u32;
    for byte in bytes {
        value ^= u32::from(*byte);
        for _ in 0..8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
        }
    }
    !value
}

pub fn deflated(content: &[u8]) -> Vec<u8> {
    compress_to_vec(content, 6)
}

/// A gzip member without a name.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    gzip_with(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], content)
}

/// A gzip member with a header of one's own.
pub fn gzip_with(header: &[u8], content: &[u8]) -> Vec<u8> {
    let length = content.len() as u32;
    [header, &deflated(content), &crc32(content).to_le_bytes(), &length.to_le_bytes()].concat()
}

/// A tar header with the dialect's mark and its checksum.
pub fn tar_header(name: &str, size: &[u8], kind: u8, change: impl FnOnce(&mut [u8; 512])) -> Vec<u8> {
    let mut block = [0_u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..124 + size.len()].copy_from_slice(size);
    block[136..148].copy_from_slice(b"15111111111\0");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    change(&mut block);
    sum(&mut block, 0);
    block.to_vec()
}

/// Writes a header's checksum, off by a number.
pub fn sum(block: &mut [u8; 512], off: i64) {
    block[148..156].fill(b' ');
    let sum: i64 = block.iter().map(|byte| i64::from(*byte)).sum();
    let text = format!("{:06o}\0 ", sum + off);
    block[148..156].copy_from_slice(text.as_bytes());
}

/// A size as tar writes it.
pub fn octal(size: usize) -> Vec<u8> {
    format!("{size:011o}\0").into_bytes()
}

/// A header, its content and the filling.
pub fn tar_member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    [tar_header(name, &octal(content.len()), kind, |_| {}), filled(content)].concat()
}

/// A content filled up to a block.
pub fn filled(content: &[u8]) -> Vec<u8> {
    let mut filled = content.to_vec();
    filled.resize(content.len().next_multiple_of(512), 0);
    filled
}

/// A pax record block of a type.
pub fn pax(kind: u8, records: &[(&str, &str)]) -> Vec<u8> {
    let mut text = Vec::new();
    for (key, value) in records {
        let bare = key.len() + value.len() + 3;
        let mut length = bare + 1;
        while length != bare + length.to_string().len() {
            length = bare + length.to_string().len();
        }
        text.extend(format!("{length} {key}={value}\n").into_bytes());
    }
    tar_member("pax", kind, &text)
}

/// The end of a tar.
pub fn tar_end() -> Vec<u8> {
    vec![0; 1024]
}

/// A zip member to be written.
#[derive(Clone)]
pub struct Member {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub local_extra: Vec<u8>,
    pub extra: Vec<u8>,
    /// What stands between the local header and whatever comes next.
    pub packed: Vec<u8>,
    /// The record behind it; the flag is another matter.
    pub late: Vec<u8>,
}

impl Member {
    pub fn stored(name: &str, content: &str) -> Self {
        Self::new(name, content.as_bytes(), 0, content.as_bytes().to_vec())
    }

    pub fn deflated(name: &str, content: &str) -> Self {
        Self::new(name, content.as_bytes(), 8, deflated(content.as_bytes()))
    }

    pub fn new(name: &str, content: &[u8], method: u16, packed: Vec<u8>) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            content: content.to_vec(),
            method,
            flags: 0,
            local_extra: Vec::new(),
            extra: Vec::new(),
            packed,
            late: Vec::new(),
        }
    }

    /// With its sizes behind it: in four or eight bytes each, with or without the mark.
    pub fn late(mut self, wide: bool, mark: bool) -> Self {
        self.flags |= 8;
        let mark: &[u8] = if mark { b"PK\x07\x08" } else { b"" };
        let sizes = [self.packed.len(), self.content.len()];
        let sizes = sizes.map(|size| (size as u64).to_le_bytes()[..if wide { 8 } else { 4 }].to_vec());
        self.late = [mark, &crc32(&self.content).to_le_bytes(), &sizes.concat()].concat();
        self
    }

    fn fields(&self, local: bool) -> Vec<u8> {
        let mut fields = Vec::new();
        for number in [20, self.flags, self.method, 0x6000, 0x5d7c] {
            fields.extend(number.to_le_bytes());
        }
        let known = !local || self.flags & 8 == 0;
        let numbers = [crc32(&self.content), self.packed.len() as u32, self.content.len() as u32];
        for number in numbers {
            fields.extend((if known { number } else { 0 }).to_le_bytes());
        }
        fields.extend((self.name.len() as u16).to_le_bytes());
        let extra = if local { &self.local_extra } else { &self.extra };
        fields.extend((extra.len() as u16).to_le_bytes());
        fields
    }

    pub fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04", &*self.fields(true), &self.name, &self.local_extra, &self.packed, &self.late].concat()
    }

    pub fn listed(&self, offset: usize) -> Vec<u8> {
        let rest = [0_u8; 10];
        let offset = (offset as u32).to_le_bytes();
        let fields = self.fields(false);
        [b"PK\x01\x02\x14\0", &*fields, &rest, &offset, &self.name, &self.extra].concat()
    }
}

/// A zip with its directory.
pub fn zip(members: &[Member]) -> Vec<u8> {
    zip_with(members, &[], b"")
}

/// A zip with something in front that its places do not count, and a comment.
pub fn zip_with(members: &[Member], prefix: &[u8], comment: &[u8]) -> Vec<u8> {
    let (mut bytes, mut directory) = (prefix.to_vec(), Vec::new());
    for member in members {
        directory.extend(member.listed(bytes.len() - prefix.len()));
        bytes.extend(member.local());
    }
    let offset = bytes.len() - prefix.len();
    let end = end(members.len(), directory.len(), offset, comment);
    [bytes, directory, end].concat()
}

/// The end record.
pub fn end(members: usize, size: usize, offset: usize, comment: &[u8]) -> Vec<u8> {
    let count = (members as u16).to_le_bytes();
    let (size, offset) = ((size as u32).to_le_bytes(), (offset as u32).to_le_bytes());
    let length = (comment.len() as u16).to_le_bytes();
    [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &offset, &length, comment].concat()
}
