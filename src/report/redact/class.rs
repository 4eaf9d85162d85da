//! What a name names, and how its pseudonym begins.

use std::ops::Range;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A phone, or another device, by its MAC address.
    Phone,
    /// A host or a domain.
    Host,
    /// An IPv4 or IPv6 address.
    Address,
    /// A user.
    User,
    /// A tunnel group, a group policy or an access policy record.
    Group,
    /// A trust-point.
    Trustpoint,
    /// A part of a distinguished name, an object.
    Name,
    /// An interface; it is numbered among the names.
    Interface,
    /// A certificate's serial number.
    Serial,
    /// A certificate, by any of its hashes.
    Fingerprint,
    /// An e-mail address.
    Mail,
    /// A file whose name is none of these.
    File,
    /// A folder whose name is none of these.
    Folder,
    /// Anything else.
    Text,
}

impl Class {
    pub(super) fn written(self, number: u32) -> String {
        let prefix = match self {
            Self::Phone => "PHONE",
            Self::Host => "HOST",
            Self::Address => "IP",
            Self::User => "USER",
            Self::Group => "GROUP",
            Self::Trustpoint => "TP",
            Self::Name | Self::Interface => "NAME",
            Self::Serial => "SERIAL",
            Self::Fingerprint => "FP",
            Self::Mail => "MAIL",
            Self::File => return format!("file-{number}"),
            Self::Folder => return format!("folder-{number}"),
            Self::Text => return format!("⟨text {number}⟩"),
        };
        format!("{prefix}-{number:02}")
    }
}

/// A name: where it stands, and what it names.
pub(super) type Named = (Range<usize>, Class);
