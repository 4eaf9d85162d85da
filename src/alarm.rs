//! The parameters of a phone's alarm, in the three notations in which they are met.
//!
//! ```text
//! … send alarm( LastOutOfServiceInformation ): DeviceName=SEP001122334455 TFTPCfgStatus=1 ReasonForOutOfService=10
//! <Alarm Name="LastOutOfServiceInformation">… <Enum name="TFTPCfgStatus">2</Enum> …
//! %UC_…-LastOutOfServiceInformation: %[DeviceName=SEP001122334455][TFTPCfgStatus=2][Reason=10]
//! ```
//!
//! Empty: a text without a known parameter gives nothing. A parameter without a value is left out.
//! Quirks: a phone's log cuts long records, so the last value may be cut; only parameters that are known are taken,
//! because the last ones hold whole SIP messages with `=` in them.
//! Sources: Cisco 200850 (the first two notations); CUCM 15 alarms, LastOutOfServiceInformation. That CUCM's own
//! alarm writes `Reason` or `ReasonForOutOfService` for the same thing is not sure, so both are taken.

/// The alarm that tells why a phone was out of service.
pub const OUT_OF_SERVICE: &str = "LastOutOfServiceInformation";

/// The reason's code, whichever name it has.
pub const REASONS: [&str; 2] = ["ReasonForOutOfService", "Reason"];

/// Parameters that are kept. A `1` at the end stands for any number.
const KNOWN: &[&str] = &[
    "DeviceName",
    "DeviceIPv4Address",
    "IPv4DefaultGateway",
    "ModelNumber",
    "DHCPv4Status",
    "TFTPCfgStatus",
    "DNSStatusUnifiedCM1",
    "DNSStatusUnifiedCM2",
    "DNSStatusUnifiedCM3",
    "UnifiedCMIPAddress",
    "ReasonForOutOfService",
    "Reason",
    "ActiveLoadID",
];
/// Characters of a value; the longest is an address or a load.
const VALUE_CHARS: usize = 80;

/// Name and value of every known parameter in a line, in order, each name once.
pub fn parameters(text: &str) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for name in KNOWN {
        let value = text.match_indices(name).find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            let behind = text.get(at + name.len()..)?;
            let starts = before.is_none_or(|sign| !sign.is_ascii_alphanumeric());
            starts.then(|| value(behind)).flatten()
        });
        if let Some(value) = value {
            found.push((name, value));
        }
    }
    found
}

/// The value behind a name: `=10 …`, `=10]` or `">10</Enum>`.
fn value(behind: &str) -> Option<String> {
    let (rest, ends): (&str, &[char]) = match behind.strip_prefix("\">") {
        Some(rest) => (rest, &['<']),
        None => (behind.strip_prefix('=')?, &[' ', ']', '\t', ',']),
    };
    let value = rest.split(ends).next()?.trim();
    (!value.is_empty()).then(|| value.chars().take(VALUE_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_notations_give_the_same() {
        let expected = [
            ("DeviceName", "SEP001122334455".to_owned()),
            ("TFTPCfgStatus", "2".to_owned()),
            ("DNSStatusUnifiedCM1", "4".to_owned()),
            ("ReasonForOutOfService", "108".to_owned()),
        ];
        for text in [
            "alarm( LastOutOfServiceInformation ): DeviceName=SEP001122334455 NeighborDeviceID= TFTPCfgStatus=2 DNSStatusUnifiedCM1=4 ReasonForOutOfService=108 LastProtocolEventSent=a=b",
            "<String name=\"DeviceName\">SEP001122334455</String> <Enum name=\"TFTPCfgStatus\">2</Enum><Enum name=\"DNSStatusUnifiedCM1\">4</Enum> <Enum name=\"ReasonForOutOfService\">108</Enum><String name=\"ModelNumber\"></String>",
            "%[DeviceName=SEP001122334455][TFTPCfgStatus=2][DNSStatusUnifiedCM1=4][ReasonForOutOfService=108]",
        ] {
            assert_eq!(parameters(text), expected, "{text}");
        }
        assert_eq!(parameters("the Reason is unknown, DeviceName="), []);
    }
}
