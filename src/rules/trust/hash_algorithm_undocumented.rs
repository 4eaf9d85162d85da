//! `hashAlg` is not 0.
//!
//! Only 0, which is SHA-1, is documented anywhere (CUCM 15 feature guide, VPN client; CME has only
//! `vpn-hash-algorithm sha-1`). What a phone makes of other values is not known.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "hash-algorithm-undocumented",
    stage: Stage::Trust,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &[
        "CUCM 15 feature configuration guide, VPN client",
        "CME command reference, vpn-hash-algorithm",
    ],
    prose: Text::fixed(
        include_str!("hash_algorithm_undocumented.en.md"),
        include_str!("hash_algorithm_undocumented.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phones_with_vpn()?;
    let settings: Vec<_> = phones
        .iter()
        .filter_map(|phone| Some((phone.config, phone.vpn_group()?.hash_algorithm.as_ref()?)))
        .collect();
    if settings.is_empty() {
        return Err(Missing::need(Need::PhoneConfig));
    }
    let mut lines = settings
        .iter()
        .filter(|(_, seen)| seen.value != "0")
        .map(|(config, seen)| Evidence::marked(&config.place(&seen.at), &seen.value, OTHER));
    let Some(first) = lines.next() else { return Ok(Vec::new()) };
    Ok(vec![Finding::new(Confidence::Possible, first).and(lines)])
}

const OTHER: Text = Text::fixed("only 0 (SHA-1) is documented", "Dokumentiert ist nur 0 (SHA-1)");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn phone(credentials: &str) -> String {
        format!("<vpnGroup><credentials>{credentials}</credentials></vpnGroup>")
    }

    #[test]
    fn another_value_than_0_is_told() {
        fires(&RULE, &[("x", &phone("<hashAlg>1</hashAlg>"))]);
        silent(&RULE, &[("x", &phone("<hashAlg>0</hashAlg>"))]);
        waits(&RULE, &[("x", &phone(""))]);
    }
}
