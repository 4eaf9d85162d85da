//! Who a policy is worked out for, and one setting of it with the steps that decided.

use crate::diagnosis::Origin;
use crate::documents::asa_config::{AsaConfig, TunnelGroup, User};
use crate::facts::In;
use crate::source::Place;
use crate::text::Text;

/// One attribute of it.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The ASA's word.
    pub attribute: &'static str,
    /// As configured, or the default; empty where it is not known.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The policy or user that sets it.
    pub from: String,
    /// The line that sets it.
    pub place: Option<Place>,
}

impl Setting {
    /// The line that sets it, where one does.
    pub fn set(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The name in `value NAME`; `None` for `none`.
    pub fn named(&self) -> Option<&str> {
        self.value.strip_prefix("value ").map(str::trim).filter(|name| !name.is_empty())
    }
}

/// A subject whose policy is worked out.
pub(super) struct Subject<'a> {
    pub(super) group: Option<(In<'a, AsaConfig>, &'a TunnelGroup)>,
    pub(super) serves: Text,
    pub(super) sure: bool,
    pub(super) user: Option<(In<'a, AsaConfig>, &'a User)>,
    pub(super) policy: String,
    pub(super) path: Vec<Text>,
    /// The log tells the policy.
    pub(super) logged: bool,
}

/// The policy that all others inherit from.
pub const DEFAULT_POLICY: &str = "DfltGrpPolicy";
