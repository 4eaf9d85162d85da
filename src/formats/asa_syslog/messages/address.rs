//! 737xxx, 746xxx: which address a user gets.
//!
//! ```text
//! IPAA: Local pool request failed for tunnel-group 'VPNPhone'
//! IPAA: Session=0x0001f000, Client assigned 198.51.100.7 from local pool PHONES
//! user-identity: Add IP-User mapping 198.51.100.7 - LOCAL\CP-7962G-SEP001122334455 Succeeded - VPN user
//! ```

use super::super::AddressOutcome;
use super::super::phrase::Words;
use super::words::{first_word, is_address, split_word, trimmed};
use crate::documents::asa_syslog::AsaMessage;

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    match id {
        746_012 | 746_013 => mapping(id, text),
        737_000..=737_999 => request(id, text),
        _ => AsaMessage::Other,
    }
}

fn request(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let outcome = outcome(id);
    let after = |word: &str| split_word(text, word).map(|(_, rest)| first_word(rest)).unwrap_or_default();
    let words = text.split_ascii_whitespace().map(|word| word.trim_matches(['(', ')', ',', '.', '\'']));
    let address = words.into_iter().find(|word| is_address(word)).unwrap_or_default();
    let pool = split_word(text, "local pool ").map(|(_, rest)| first_word(rest)).unwrap_or_default();
    AsaMessage::AddressRequest {
        outcome,
        tunnel_group: quoted(text),
        address: address.into(),
        pool: if NO_POOLS.contains(&pool) { Words::default() } else { pool.into() },
        session_id: after("session=").into(),
        reason: if outcome == AddressOutcome::Failed { trimmed(text).into() } else { Words::default() },
    }
}

/// A name in quotation marks of any kind.
fn quoted(text: &str) -> Words<'_> {
    let mut parts = text.split(['\'', '‘', '’', '"']);
    let name = parts.nth(1).unwrap_or_default();
    if parts.next().is_some() { name.into() } else { Words::default() }
}

fn outcome(id: u32) -> AddressOutcome {
    match id {
        737_005 | 737_006 | 737_010 | 737_017 | 737_026 | 737_036 => AddressOutcome::Succeeded,
        737_003 | 737_004 | 737_007..=737_009 | 737_012 | 737_018 | 737_019 | 737_023 | 737_027 | 737_033 => {
            AddressOutcome::Failed
        }
        737_016 => AddressOutcome::Freed,
        _ => AddressOutcome::Other,
    }
}

/// `Add IP-User mapping 198.51.100.7 - LOCAL\u Succeeded - VPN user`: the user's name may hold blanks.
fn mapping(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let rest = split_word(text, "mapping ").map(|(_, rest)| rest).unwrap_or_default();
    let (address, rest) = rest.split_once(" - ").unwrap_or((rest, ""));
    let user = rest.rsplit_once(" - ").map_or(rest, |(user, _)| user);
    let user = user.rsplit_once(' ').map_or(user, |(user, _)| user);
    let (user, address) = (user.trim().into(), address.trim().into());
    if id == 746_012 {
        AsaMessage::AddressMapped { user, address }
    } else {
        AsaMessage::AddressUnmapped { user, address }
    }
}

/// Words after "local pool" that are no name.
const NO_POOLS: [&str; 5] = ["request", "address", "assignment", "s", "("];

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;

    #[test]
    fn requests_for_an_address_are_read() {
        use AddressOutcome::{Failed, Freed, Succeeded};
        for (id, text, outcome, [group, address, pool, session]) in [
            (
                737_006,
                "IPAA: Local pool request succeeded for tunnel-group 'VPN Phone'",
                Succeeded,
                ["VPN Phone", "", "", ""],
            ),
            (
                737_007,
                "IPAA: Local pool request failed for tunnel-group 'VPNPhone'",
                Failed,
                ["VPNPhone", "", "", ""],
            ),
            (
                737_026,
                "IPAA: Session=0x0001f000, Client assigned 198.51.100.7 from local pool PHONES",
                Succeeded,
                ["", "198.51.100.7", "PHONES", "0x0001f000"],
            ),
            (737_016, "IPAA: Freeing local pool address 198.51.100.7", Freed, ["", "198.51.100.7", "", ""]),
            (
                737_019,
                "IPAA: Unable to get address from group-policy or tunnel-group local pools",
                Failed,
                ["", "", "", ""],
            ),
        ] {
            let expected = AsaMessage::AddressRequest {
                outcome,
                tunnel_group: group.into(),
                address: address.into(),
                pool: pool.into(),
                session_id: session.into(),
                reason: if outcome == Failed { text.into() } else { String::new() },
            };
            assert_eq!(owned(read(id, text)), expected, "{text}");
        }
    }

    #[test]
    fn a_mapping_names_user_and_address() {
        assert_eq!(
            read(
                746_012,
                "user-identity: Add IP-User mapping 198.51.100.7 - LOCAL\\CP-7962G-SEP001122334455 Succeeded - VPN user"
            ),
            AsaMessage::AddressMapped {
                user: "LOCAL\\CP-7962G-SEP001122334455".into(),
                address: "198.51.100.7".into()
            }
        );
    }
}
