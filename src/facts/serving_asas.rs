//! Which of the case's ASAs serve phones, and how sure is that?
//!
//! Where a case holds two ASAs, settings of the one that no phone uses are nobody's fault. Witnesses, the strongest
//! first: a phone's URL leads to it; a tunnel group of it is tied to phones by more than its name; it is the only ASA
//! beside documents of phones that do not lead elsewhere; a tunnel group or group policy of it is called after phones,
//! which is a hint and no more.
//!
//! Sources: those of [`dialled_asa`](crate::facts::dialled_asa) and [`phone_groups`](crate::facts::phone_groups).

use std::collections::BTreeSet;

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::dialled_asa::Lead;
use crate::facts::phone_groups::{GroupWitness, PhoneGroup, PhoneGroups, called_phone, is_called_phone};
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

/// The inputs of ASAs that phones pass by: each phone's URL leads to another, and nothing else ties them to phones.
/// What was printed in the same session is of the same ASA.
pub fn passed_by(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    serving: &[Serves],
    leads: &[Lead],
) -> BTreeSet<u32> {
    let inside = |input: u32| documents.session(input);
    let mut inputs = BTreeSet::new();
    if !leads.iter().any(|lead| matches!(lead, Lead::Here(_))) {
        return inputs;
    }
    for (index, (device, serves)) in devices.iter().zip(serving).enumerate() {
        if *serves != Serves::Nothing || !leads.iter().all(|lead| lead.passes_by(index)) {
            continue;
        }
        let own: BTreeSet<u32> = device.configs.iter().map(|config| config.input).collect();
        let sessions: BTreeSet<u32> = own.iter().filter_map(|input| inside(*input)).collect();
        inputs.extend(&own);
        inputs.extend((0..).zip(&documents.inputs).filter_map(|(id, input)| {
            input.inside.is_some_and(|holder| sessions.contains(&holder)).then_some(id)
        }));
    }
    inputs
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
    // Two ASAs may have groups of one name: a URL speaks of the one that it leads to.
    let tied =
        |group: &&PhoneGroup| group.witnesses.iter().any(|(by, _)| by.is_sure() && *by != GroupWitness::Url);
    if leads.iter().any(|lead| lead.is_to(index))
        || groups.sure().filter(tied).any(|group| has_group(&group.name))
    {
        return Serves::Shown;
    }
    let all_elsewhere = !leads.is_empty() && leads.iter().all(|lead| lead.passes_by(index));
    if devices.len() == 1 && phones_there && !all_elsewhere {
        return Serves::Alone;
    }
    // A tunnel group is hinted at by its aliases, URLs and policy, too.
    let hinted = device.tunnel_groups().any(|(_, group)| called_phone(group).is_some())
        || device.group_policies().any(|(_, policy)| is_called_phone(&policy.name.value));
    if hinted { Serves::Named } else { Serves::Nothing }
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

    fn serving(files: &[(&str, &str)]) -> Vec<Serves> {
        let (readings, said) = (readings(files), Said::new());
        Case::of(&readings, &said, now()).serving_asas
    }

    #[test]
    fn what_phones_pass_by_is_left_out() {
        let whole = |name: &str, group: &str| {
            format!(
                "{name}# show version\nCisco Adaptive Security Appliance Software Version 9.1(2)\n{name}# show running-config\n: Saved\n:\n{}{name}# exit\n",
                asa(name, group)
            )
        };
        let (north, south) = (whole("north", "DESK"), whole("south", "DESK"));
        let phone = "<vpnGroup><addresses><url1>https://north.example.com/x</url1></addresses></vpnGroup>";
        let left = |files: &[(&str, &str)]| {
            let (readings, said) = (readings(files), Said::new());
            let case = Case::of(&readings, &said, now());
            (case.asa_devices.len(), case.documents.asa_versions.len())
        };
        assert_eq!(left(&[("n", &north), ("s", &south), ("p", phone)]), (1, 1));
        assert_eq!(left(&[("n", &north), ("s", &south)]), (2, 2), "nothing says which of them is meant");
        let both = phone.replace("</addresses>", "<url2>https://south.example.com/x</url2></addresses>");
        assert_eq!(left(&[("n", &north), ("s", &south), ("p", &both)]), (2, 2));
    }

    #[test]
    fn each_witness_ties_its_own_asa() {
        let (north, south) = (asa("north", "DESK"), asa("south", "Telefone"));
        let phone = "<vpnGroup><addresses><url1>https://north.example.com/x</url1></addresses></vpnGroup>";
        let elsewhere = phone.replace("north", "west");
        let log = "902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
        assert_eq!(serving(&[("a", &north), ("b", &south), ("c", phone)]), [Serves::Shown, Serves::Named]);
        assert_eq!(serving(&[("a", &north), ("c", &elsewhere)]), [Serves::Nothing]);
        assert_eq!(serving(&[("a", &north), ("c", log)]), [Serves::Alone]);
        assert_eq!(serving(&[("a", &north)]), [Serves::Nothing]);
        assert_eq!(serving(&[("b", &south)]), [Serves::Named]);
    }
}
