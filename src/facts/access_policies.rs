//! What does an ASA's dynamic access policy do with a session that no record matches?
//!
//! ```text
//! dynamic-access-policy-record DfltAccessPolicy
//!  action terminate
//! dynamic-access-policy-record PHONES
//!  priority 10
//! ```
//! Witness: the records of the configuration; what a record matches stands in `dap.xml` on the ASA's disk.
//!
//! Sources: Cisco 116162, "Dynamic Access Policy (DAP)"; ASA command reference, `dynamic-access-policy-record`.

use crate::documents::asa_config::{AsaConfig, DapRecord};
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::source::Stated;

/// The record that counts where no other matches.
pub const DEFAULT_RECORD: &str = "DfltAccessPolicy";

/// The access policy of one ASA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// The action of the default record, where it is another than `continue`.
    pub default_ends: Option<Stated<String>>,
    /// A record beside the default one lets sessions go on.
    pub another_continues: bool,
}

/// The access policy; `None` where the configuration does not show the default record.
pub fn of_device(device: &AsaDevice<'_>) -> Option<AccessPolicy> {
    let default = records(device).find(|(_, record)| record.name.value == DEFAULT_RECORD);
    if default.is_none() && !device.covers("dynamic-access-policy-record") {
        return None;
    }
    let default_ends = default.and_then(|(config, record)| {
        let action = record.action.as_ref().filter(|action| action.value != "continue")?;
        Some(config.stated(action))
    });
    let continues =
        |record: &DapRecord| record.action.as_ref().is_none_or(|action| action.value == "continue");
    let another_continues =
        records(device).any(|(_, record)| record.name.value != DEFAULT_RECORD && continues(record));
    Some(AccessPolicy { default_ends, another_continues })
}

/// Every record of an ASA.
pub(super) fn records<'a>(
    device: &AsaDevice<'a>,
) -> impl Iterator<Item = (In<'a, AsaConfig>, &'a DapRecord)> {
    device
        .configs
        .iter()
        .flat_map(|config| config.document.dap_records.iter().map(move |record| (*config, record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Documents, asa_devices};
    use crate::testing::readings;

    #[test]
    fn the_default_record_ends_sessions_where_its_action_says_so() {
        for (text, wanted) in [
            (
                "dynamic-access-policy-record DfltAccessPolicy\n action terminate\n",
                Some((Some("terminate"), false)),
            ),
            (
                "dynamic-access-policy-record DfltAccessPolicy\n action terminate\ndynamic-access-policy-record PHONES\n priority 10\n",
                Some((Some("terminate"), true)),
            ),
            ("dynamic-access-policy-record DfltAccessPolicy\n", Some((None, false))),
            ("dynamic-access-policy-record PHONES\n priority 10\n", None),
        ] {
            let read = readings(&[("asa.cfg", text)]);
            let devices = asa_devices::of(&Documents::of(&read));
            let policy = of_device(&devices[0]);
            let said = policy.as_ref().map(|policy| {
                (policy.default_ends.as_ref().map(|action| action.value.as_str()), policy.another_continues)
            });
            assert_eq!(said, wanted, "{text}");
        }
    }
}
