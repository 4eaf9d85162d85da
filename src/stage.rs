//! The twelve stages that a phone goes through, from "may it at all?" to "it is registered".

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A stage, in the order in which a phone passes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Licences, export version, phone model and firmware.
    Prerequisites,
    /// The VPN settings in the phone's configuration.
    Provisioning,
    /// Packets from the phone arrive at the ASA.
    Reach,
    /// Version and cipher are agreed.
    Tls,
    /// The phone accepts the ASA's certificate.
    Trust,
    /// The certificate's names match the url.
    HostName,
    /// Tunnel group and authentication.
    Login,
    /// Cisco Secure Desktop or HostScan.
    Posture,
    /// Dynamic access policies.
    Authorisation,
    /// The group policy and the address.
    Policy,
    /// The tunnel is up and stays up.
    Tunnel,
    /// TFTP, trust list and CUCM.
    Registration,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 12] = [
        Self::Prerequisites,
        Self::Provisioning,
        Self::Reach,
        Self::Tls,
        Self::Trust,
        Self::HostName,
        Self::Login,
        Self::Posture,
        Self::Authorisation,
        Self::Policy,
        Self::Tunnel,
        Self::Registration,
    ];

    /// The id used in reports, rules and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Prerequisites => "prerequisites",
            Self::Provisioning => "provisioning",
            Self::Reach => "reach",
            Self::Tls => "tls",
            Self::Trust => "trust",
            Self::HostName => "host-name",
            Self::Login => "login",
            Self::Posture => "posture",
            Self::Authorisation => "authorisation",
            Self::Policy => "policy",
            Self::Tunnel => "tunnel",
            Self::Registration => "registration",
        }
    }

    /// The short name on the ladder.
    pub const fn name(self) -> Text {
        match self {
            Self::Prerequisites => Text::fixed("Prerequisites", "Grundlagen"),
            Self::Provisioning => Text::fixed("Provisioned", "Bereitgestellt"),
            Self::Reach => Text::fixed("Reached", "Erreicht"),
            Self::Tls => Text::fixed("TLS", "TLS"),
            Self::Trust => Text::fixed("Trust", "Vertrauen"),
            Self::HostName => Text::fixed("Host name", "Hostname"),
            Self::Login => Text::fixed("Login", "Anmeldung"),
            Self::Posture => Text::fixed("Posture", "Gerätezustand"),
            Self::Authorisation => Text::fixed("Authorised", "Autorisiert"),
            Self::Policy => Text::fixed("Policy", "Richtlinie"),
            Self::Tunnel => Text::fixed("Tunnel", "Tunnel"),
            Self::Registration => Text::fixed("Registered", "Registriert"),
        }
    }
}

/// What is known of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StageState {
    /// A blocker was found here.
    Failed,
    /// Warnings only.
    Warned,
    /// Shown to be fine.
    Passed,
    /// Nothing proves it either way.
    Unknown,
    /// An earlier stage failed in the log, so this one never ran.
    NotReached,
}

impl StageState {
    /// The id used in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Warned => "warned",
            Self::Passed => "passed",
            Self::Unknown => "unknown",
            Self::NotReached => "not-reached",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_what_serde_writes() {
        for stage in Stage::ALL {
            assert_eq!(serde_json::to_value(stage).unwrap(), stage.id());
        }
    }
}
