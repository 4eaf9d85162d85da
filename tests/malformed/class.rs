//! The classes of damage, and how readers say each of them.

/// What is wrong with a file, as its reader has to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It ends too early.
    Cut,
    /// It states a length that cannot be.
    Length,
    /// A checksum does not fit.
    Checksum,
    /// It says that it holds another number of things than it does.
    Count,
    /// A tag, a mark or a version that does not belong there.
    Tag,
    /// Base64, hexadecimal digits or packed bytes that cannot be decoded.
    Encoding,
    /// What was opened is not closed.
    Unclosed,
    /// What is closed was not opened.
    Unopened,
    /// Something that was to be there is not.
    Missing,
    /// More, larger or deeper than anything real.
    TooMuch,
    /// It may be honest, and is not read here: encrypted, packed otherwise, another kind of packet.
    NotRead,
    /// A bundle whose content holds no certificates in the clear.
    NotSigned,
    /// A private key or what holds one.
    Secret,
    /// Nothing is in it.
    Empty,
    /// Nothing of it is known.
    Unknown,
    /// One row of many.
    Row,
    /// Two places of it contradict each other.
    Contradiction,
    /// It is read whole, and something beside it is told.
    Remark,
}

impl Class {
    pub const ALL: [Self; 18] = [
        Self::Cut,
        Self::Length,
        Self::Checksum,
        Self::Count,
        Self::Tag,
        Self::Encoding,
        Self::Unclosed,
        Self::Unopened,
        Self::Missing,
        Self::TooMuch,
        Self::NotRead,
        Self::NotSigned,
        Self::Secret,
        Self::Empty,
        Self::Unknown,
        Self::Row,
        Self::Contradiction,
        Self::Remark,
    ];

    /// Nothing is missing from what was understood.
    pub fn is_remark(self) -> bool {
        self == Self::Remark
    }

    /// The words that say so.
    pub fn says(self) -> &'static [&'static str] {
        match self {
            Self::Cut => &[
                "is cut off",
                "ends in the middle",
                "breaks off",
                "The text ends here",
                "The archive ends",
                "may have been cut",
                "the data end too early",
                "END line is missing, and what is there",
                "bytes, and",
                "is damaged or cut off",
                "cut off or has missing lines",
            ],
            Self::Length => &[
                "states a length that none has",
                "longer than the block",
                "bytes, and",
                "does not lead to the configuration",
                "another number came out",
                "breaks off or is damaged",
                "a length is written",
                "the data end too early",
                "A header in the archive is damaged",
            ],
            Self::Checksum => &["Its checksum does not fit", "A header in the archive is damaged"],
            Self::Count => {
                &["lists", "another number came out", "an interface that the file does not describe"]
            }
            Self::Tag => &[
                "is not built like",
                "tag ",
                "version of the signature header",
                "No capture goes on here",
                "not DER",
                "breaks off or is damaged",
            ],
            Self::Encoding => &[
                "cannot be decoded",
                "is not hexadecimal",
                "is damaged in this file",
                "characters that no configuration has",
                "(base64) and damaged",
            ],
            Self::Unclosed => &[
                "never closed",
                "was not closed",
                "is not closed",
                "before it was closed",
                "The text ends here",
            ],
            Self::Unopened => &["was not opened", "whose start tag is missing"],
            Self::Missing => &[
                "has no content",
                "holds no certificate",
                "is missing",
                "are not in it",
                "BEGIN and END name different",
                "is not known. Drop the whole",
            ],
            Self::TooMuch => &[
                "more often than any phone",
                "longer than any that a phone",
                "deeper than in any",
                "more elements than",
                "more attributes than",
                "too many damaged tags",
                "More than is read",
                "unpacks to",
                "very long lines were cut",
                "Overlong lines were cut",
                "more records than any phone",
                "nested too deep",
                "Of each list",
                "fields are read up to",
                "wrapped more often",
                "more reports than",
                "longer than is read",
                "larger than any phone's",
                "more phone configurations in the same text",
            ],
            Self::NotRead => &[
                "is encrypted",
                "which is not opened here",
                "not known here (method",
                "are only counted",
                "another part of a split archive",
                "(sparse)",
                "DOCTYPE",
                "only the beginning was captured",
                "a form that this version does not know",
            ],
            Self::NotSigned => &["only signedData holds certificates", "not a readable PKCS#7"],
            Self::Secret => &["private key"],
            Self::Empty => &["The file is empty"],
            Self::Unknown => &[
                "Binary data of a kind",
                "nothing of a phone",
                "This is no report",
                "This seems to be",
                "it changes nothing here",
            ],
            Self::Row => &["This row is damaged"],
            Self::Contradiction => &[
                "differ",
                "in the bytes of another file",
                "is written twice",
                "A second <vpnGroup>",
                "The label says certificate",
            ],
            Self::Remark => &[
                "bytes follow the certificate",
                "but the certificate is complete",
                "belong to no member",
                "indefinite lengths",
                "Zero bytes follow",
                "BEGIN and END name different",
                "could not be read",
                "is not a date",
            ],
        }
    }
}
