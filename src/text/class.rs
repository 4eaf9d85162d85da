//! What stands in a text, and what kind of thing it names: `PHONES` is a group, `192.0.2.9` an address.

use serde::{Deserialize, Serialize};

/// What a value from a file or from a person names. Redaction replaces each class in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// A phone's name, by its MAC address.
    Phone,
    /// A host's name or address.
    Host,
    /// A user.
    User,
    /// A tunnel group, a group policy, or what else an ASA knows by a name of its administrator's: a pool, a list, a
    /// record of access policies, a group of servers.
    Group,
    /// A trust-point.
    Trustpoint,
    /// An interface.
    Interface,
    /// A distinguished name.
    Subject,
    /// A certificate's serial number.
    Serial,
    /// A hash of a certificate.
    Hash,
    /// The name of a file.
    File,
    /// A URL.
    Url,
    /// Words that a device printed or that a file holds, such as a line, a reason or a setting: redaction takes them
    /// apart.
    Words,
}

/// Numbers that may stand in a text as they are.
pub trait Number {
    /// Its digits.
    fn written(&self) -> String;
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Number for $number {
            fn written(&self) -> String {
                self.to_string()
            }
        })*
    };
}

numbers!(u8 u16 u32 u64 usize i32 i64);

impl<N: Number> Number for &N {
    fn written(&self) -> String {
        (*self).written()
    }
}
