//! A login of a phone, and the words that logs use of it.

use crate::event::PolicySource;
use crate::source::Place;

/// What a log or a session list shows of one phone's last login.
#[derive(Clone, Debug, Default)]
pub struct PhoneLogin {
    /// The tunnel group.
    pub tunnel_group: Option<(String, Place)>,
    /// The group policy that it got in the end.
    pub policy: Option<(String, Place)>,
    /// Who decided on the group policy: 113003, 113009, 113011.
    pub chosen: Option<(String, PolicySource, Place)>,
}

/// The policy that all others inherit from.
pub(super) const DEFAULT_POLICY: &str = "DfltGrpPolicy";
