//! Does the tunnel come up whole, and does it stay up?

use crate::case::Case;
use crate::facts::phone_groups::SessionTie;
use crate::facts::phone_logins::PhoneLogin;
use crate::rules::Rule;

pub mod dropped_by_config_change;
pub mod mtu_too_large;
pub mod tunnel_dropped;
pub mod tunnel_flapping;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] =
    &[&tunnel_dropped::RULE, &tunnel_flapping::RULE, &mtu_too_large::RULE, &dropped_by_config_change::RULE];

/// Phones' sessions. Where some are known by their user names, others of the same group may be PCs', and a PC that
/// sleeps ends its tunnel every day; so the group counts only where no name tells.
fn sessions<'a, 'c>(case: &'c Case<'a>) -> Vec<PhoneLogin<'a, 'c>> {
    let mut all = case.phone_logins();
    if all.iter().any(|login| login.tie == SessionTie::User) {
        let by_client = |login: &PhoneLogin<'_, '_>| case.whose.is_by_client(login.session);
        all.retain(|login| login.tie != SessionTie::Group || by_client(login));
    }
    all
}
