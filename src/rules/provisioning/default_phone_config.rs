//! `XMLDefault.cnf.xml` is all there is: CUCM has no file for the phone.
//!
//! CUCM's TFTP server hands this file to phones that it does not know; it has no VPN settings (Cisco IP Phone
//! 8800 administration guide, status messages). Beside a phone's own file it says nothing: a copy of a whole
//! TFTP folder holds both.

use crate::case::Case;
use crate::facts::phone_files;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::input::Kind;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "default-phone-config",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["Cisco IP Phone 8800 administration guide, status messages"],
    prose: Text::fixed(
        include_str!("default_phone_config.en.md"),
        include_str!("default_phone_config.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let has_own_file = case.phones.iter().any(|phone| phone.is_enterprise());
    if has_own_file || case.documents.has_kind(Kind::PhoneConfigEncrypted) {
        return Ok(Vec::new());
    }
    let defaults = phone_files::defaults(&case.documents);
    let mut defaults = defaults.iter().map(|lines| Evidence::not_in(lines, NAMELESS));
    let first = defaults.next().ok_or(Missing::need(Need::PhoneConfig))?;
    // Whether a phone got the file or a person fetched it does not stand in the file.
    Ok(vec![Finding::new(Confidence::Likely, first).and(defaults)])
}

const NAMELESS: Text = Text::fixed(
    "this is the default configuration: it belongs to no phone and has no VPN settings",
    "Das ist die Standardkonfiguration: Sie gehört zu keinem Telefon und hat keine VPN-Einstellungen",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const DEFAULT: &str = "<Default>\n<callManagerGroup></callManagerGroup>\n</Default>";
    const OWN: &str = "<device><deviceProtocol>SIP</deviceProtocol></device>";

    #[test]
    fn the_default_file_alone_is_told() {
        fires(&RULE, &[("XMLDefault.cnf.xml", DEFAULT)]);
    }

    #[test]
    fn beside_a_phones_own_file_it_says_nothing() {
        silent(&RULE, &[("XMLDefault.cnf.xml", DEFAULT), ("SEP001122334455.cnf.xml", OWN)]);
    }

    #[test]
    fn without_any_file_it_waits() {
        waits(&RULE, &[]);
    }
}
