//! Whose something is, and what ties it to a phone.

use crate::finding::Confidence;

/// What ties something to a phone, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// The person says so.
    Answer,
    /// The user is called like a phone.
    UserName,
    /// The certificate is a phone's.
    Certificate,
    /// The client calls itself a phone.
    ClientType,
    /// A phone, and nobody else, logged in from this address.
    Address,
    /// The group or policy serves phones.
    Group,
    /// The trust-point is called like the CA of phones' certificates.
    TrustPoint,
    /// It stands directly behind a line that is a phone's.
    RightBehind,
    /// It goes to the address that phones dial.
    Dialled,
    /// A phone and others logged in from this address.
    SharedAddress,
    /// A user of another kind of name, in a group in which phones are known by theirs or by their clients.
    SharedGroup,
    /// Only a name hints at phones.
    Name,
    /// It names nobody, and the log shows phones.
    LogShowsPhones,
    /// It names nobody who is known.
    Nothing,
}

impl Witness {
    /// The most that may be claimed.
    pub const fn confidence(self) -> Confidence {
        match self {
            Self::Answer | Self::UserName | Self::Certificate => Confidence::Certain,
            Self::ClientType
            | Self::Address
            | Self::Group
            | Self::TrustPoint
            | Self::RightBehind
            | Self::Dialled => Confidence::Likely,
            Self::SharedAddress | Self::SharedGroup | Self::Name | Self::LogShowsPhones | Self::Nothing => {
                Confidence::Possible
            }
        }
    }
}

/// Whose something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A phone's, as sure as the witness is.
    Phone {
        /// What ties it.
        witness: Witness,
        /// The phone's user name; empty where it is not known.
        user: String,
    },
    /// Another client's.
    Another,
}

impl Owner {
    pub(super) fn phone(witness: Witness, user: &str) -> Self {
        Self::Phone { witness, user: user.to_owned() }
    }

    /// How sure it is that this is a phone's; `None` where it is another client's.
    pub fn confidence(&self) -> Option<Confidence> {
        match self {
            Self::Phone { witness, .. } => Some(witness.confidence()),
            Self::Another => None,
        }
    }

    /// More than a possibility.
    pub fn is_phone(&self) -> bool {
        self.confidence().is_some_and(|confidence| confidence < Confidence::Possible)
    }
}
