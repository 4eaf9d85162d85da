//! The name of a user who logs in, with or without a domain.
//!
//! ```text
//! CP-7962G-SEP001122334455           a phone's own
//! LOCAL\CP-7962G-SEP001122334455     the same, behind a realm
//! EXAMPLE/joe                        behind a domain
//! ```
//! Sources: ASA general operations CLI guide, "AAA" (`strip-realm`, `strip-group`); recorded messages 113004 and 722051.

use super::phone::PhoneName;

/// The name without its domain.
pub fn without_domain(user: &str) -> &str {
    // Every fact asks this of every message.
    let begin = memchr::memrchr2(b'\\', b'/', user.as_bytes()).map_or(0, |before| before + 1);
    user.get(begin..).unwrap_or_default()
}

/// True for a user who is a phone by its name.
pub fn is_phone_user(user: &str) -> bool {
    PhoneName::ends(without_domain(user))
}

/// `CP-7962G-SEP001122334455` is `SEP001122334455` of the model `CP-7962G`. Another user's name stays as it is, without
/// its domain and without a model.
pub fn name_and_model(user: &str) -> (&str, &str) {
    let user = without_domain(user);
    let split = PhoneName::written_at_end_of(user).and_then(|name| Some((name, user.strip_suffix(name)?)));
    match split {
        Some((name, model)) => (name, model.trim_end_matches('-')),
        None => (user, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_a_name_a_model_and_maybe_a_domain() {
        for (user, bare, phone, parts) in [
            ("joe", "joe", false, ("joe", "")),
            ("EXAMPLE\\joe", "joe", false, ("joe", "")),
            ("EXAMPLE/joe", "joe", false, ("joe", "")),
            ("SEP001122334455", "SEP001122334455", true, ("SEP001122334455", "")),
            (
                "LOCAL\\CP-7962G-SEP001122334455",
                "CP-7962G-SEP001122334455",
                true,
                ("SEP001122334455", "CP-7962G"),
            ),
            ("SEP001122334455\\joe", "joe", false, ("joe", "")),
            ("", "", false, ("", "")),
        ] {
            assert_eq!((without_domain(user), is_phone_user(user)), (bare, phone), "{user}");
            assert_eq!(name_and_model(user), parts, "{user}");
        }
    }
}
