//! Which of the case's ASAs serve phones, and how sure is that?
//!
//! Where a case holds two ASAs, settings of the one that no phone uses are nobody's fault. Witnesses, the strongest
//! first: a phone's URL leads to it; a tunnel group of it is tied to phones by more than its name; it is the only ASA
//! beside documents of phones that do not lead elsewhere; a tunnel group or group policy of it is called after phones,
//! which is a hint and no more.
//!
//! Sources: those of [`dialled_asa`](crate::facts::dialled_asa) and [`phone_groups`](crate::facts::phone_groups).

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::dialled_asa::Lead;
use crate::facts::phone_groups::{PhoneGroups, is_called_phone};
use crate::facts::phones::Phone;
use crate::finding::{Confidence, Finding};
use crate::text::Text;

/// What ties an ASA to phones, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Serves {
    /// A phone dials it, or a tunnel group of it is shown to be the phones'.
    Shown,
    /// It is the only ASA, and phones are in the case.
    Alone,
    /// A tunnel group or a group policy is called after phones.
    Named,
    /// Nothing.
    Nothing,
}

impl Serves {
    /// True where more than a name ties it to phones.
    pub fn is_sure(self) -> bool {
        self < Self::Named
    }

    /// A finding about this ASA, as sure as its tie to phones lets it be; `None` where nothing ties it to any.
    pub fn limit(self, mut finding: Finding) -> Option<Finding> {
        match self {
            Self::Shown | Self::Alone => Some(finding),
            Self::Named => {
                finding.confidence = Confidence::Possible;
                Some(finding.because(ONLY_NAMED))
            }
            Self::Nothing => None,
        }
    }
}

const ONLY_NAMED: Text = Text::fixed(
    "Only a name ties this ASA to phones. A phone's configuration or the ASA's log would show whether they use it.",
    "Nur ein Name verbindet diese ASA mit Telefonen. Die Konfiguration eines Telefons oder das Protokoll der ASA würde zeigen, ob sie sie benutzen.",
);

/// The answer for each ASA, in their order.
pub fn of(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    phones: &[Phone<'_>],
    leads: &[Lead],
    groups: &PhoneGroups,
) -> Vec<Serves> {
    let phones_there = phones.iter().any(|phone| phone.vpn_group().is_some())
        || !documents.phone_logs.is_empty()
        || !groups.logins.is_empty()
        || groups.sure().next().is_some();
    (0..)
        .zip(devices)
        .map(|(index, device)| serves(index, device, devices, phones_there, leads, groups))
        .collect()
}

fn serves(
    index: usize,
    device: &AsaDevice<'_>,
    devices: &[AsaDevice<'_>],
    phones_there: bool,
    leads: &[Lead],
    groups: &PhoneGroups,
) -> Serves {
    let has_group = |name: &str| device.tunnel_groups().any(|(_, group)| group.name.value == name);
    if leads.iter().any(|lead| lead.is_to(index)) || groups.sure().any(|group| has_group(&group.name)) {
        return Serves::Shown;
    }
    let all_elsewhere = !leads.is_empty() && leads.iter().all(|lead| lead.passes_by(index));
    if devices.len() == 1 && phones_there && !all_elsewhere {
        return Serves::Alone;
    }
    let names = device.tunnel_groups().map(|(_, group)| &group.name.value);
    let names = names.chain(device.group_policies().map(|(_, policy)| &policy.name.value));
    if names.into_iter().any(|name| is_called_phone(name)) { Serves::Named } else { Serves::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn asa(name: &str, group: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname {name}\nwebvpn\n enable outside\ntunnel-group {group} type remote-access\n\
             tunnel-group {group} webvpn-attributes\n group-url https://{name}.example.com/x enable\n: end\n"
        )
    }

    fn told(files: &[(&str, &str)]) -> Vec<Serves> {
        let (readings, said) = (readings(files), Said::new());
        Case::of(&readings, &said, now()).serving_asas
    }

    #[test]
    fn each_witness_ties_its_own_asa() {
        let (north, south) = (asa("north", "DESK"), asa("south", "Telefone"));
        let phone = "<vpnGroup><addresses><url1>https://north.example.com/x</url1></addresses></vpnGroup>";
        let elsewhere = phone.replace("north", "west");
        let log = "902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
        assert_eq!(told(&[("a", &north), ("b", &south), ("c", phone)]), [Serves::Shown, Serves::Named]);
        assert_eq!(told(&[("a", &north), ("c", &elsewhere)]), [Serves::Nothing]);
        assert_eq!(told(&[("a", &north), ("c", log)]), [Serves::Alone]);
        assert_eq!(told(&[("a", &north)]), [Serves::Nothing]);
        assert_eq!(told(&[("b", &south)]), [Serves::Named]);
    }
}
