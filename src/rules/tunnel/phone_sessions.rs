//! The sessions of phones, apart from those of PCs.

use crate::case::Case;
use crate::facts::phone_groups::SessionTie;
use crate::facts::phone_logins::PhoneLogin;

/// Phones' sessions. Where some are known by their user names, others of the same group may be PCs', and a PC that
/// sleeps ends its tunnel every day; so the group counts only where no name tells.
pub(super) fn sessions<'a, 'c>(case: &'c Case<'a>) -> Vec<PhoneLogin<'a, 'c>> {
    let mut all = case.phone_logins();
    if all.iter().any(|login| login.tie == SessionTie::User) {
        let by_client = |login: &PhoneLogin<'_, '_>| case.whose.is_by_client(login.session);
        all.retain(|login| login.tie != SessionTie::Group || by_client(login));
    }
    all
}
