//! Which of the case's ASAs serve phones, and how sure is that?
//!
//! Where a case holds two ASAs, settings of the one that no phone uses are nobody's fault. Witnesses, the strongest
//! first: a phone's URL leads to it; a tunnel group of it is tied to phones by more than its name; it is the only ASA
//! beside documents of phones that do not lead elsewhere; a tunnel group or group policy of it is called after phones,
//! which is a hint and no more.
//!
//! Quirks: two ASAs may have tunnel groups of one name, and a log that names the group does not say whose it is. It speaks
//! of the ASA that phones dial; where none of those is known to be dialled, of none of them for sure.
//!
//! Sources: those of [`dialled_asa`](crate::facts::dialled_asa) and [`phone_groups`](crate::facts::phone_groups).

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::dialled_asa::Lead;
use crate::facts::phone_groups::{GroupWitness, PhoneGroups, called_phone, is_called_phone};
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
            Self::Named if finding.because.contains(&ONLY_NAMED) => Some(finding),
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

const PASSED_BY: Text = Text::fixed(
    "No phone of this case uses this ASA: their URLs lead to another gateway. Nothing is concluded from its settings.",
    "Kein Telefon dieses Falls benutzt diese ASA: Die URLs führen zu einem anderen Gateway. Aus ihren Einstellungen wird nichts geschlossen.",
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
    let shown = shown(devices, leads, groups);
    (0..)
        .zip(devices)
        .map(|(index, device)| {
            if shown.contains(&index) {
                return Serves::Shown;
            }
            let all_elsewhere = !leads.is_empty() && leads.iter().all(|lead| lead.passes_by(index));
            if devices.len() == 1 && phones_there && !all_elsewhere {
                return Serves::Alone;
            }
            if is_called_after_phones(device) { Serves::Named } else { Serves::Nothing }
        })
        .collect()
}

/// The ASAs that a URL leads to, and those of a tunnel group that more than its name and a URL ties to phones.
fn shown(devices: &[AsaDevice<'_>], leads: &[Lead], groups: &PhoneGroups) -> BTreeSet<usize> {
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (index, device) in devices.iter().enumerate() {
        for (_, group) in device.tunnel_groups() {
            holders.entry(&group.name.value).or_default().insert(index);
        }
    }
    let is_one = |holders: &BTreeSet<usize>| {
        let mut names = holders.iter().filter_map(|holder| devices.get(*holder)).map(AsaDevice::hostname);
        let first = names.next().flatten();
        holders.len() == 1 || first.is_some() && names.all(|name| name == first)
    };
    let dialled: BTreeSet<usize> = leads.iter().flat_map(Lead::here).copied().collect();
    let mut shown = dialled.clone();
    for group in groups.sure() {
        // A URL speaks of the ASA that it leads to.
        let is_tied = group.witnesses.iter().any(|(by, _)| by.is_sure() && *by != GroupWitness::Url);
        let Some(holders) = holders.get(group.name.as_str()).filter(|_| is_tied) else { continue };
        if holders.is_disjoint(&dialled) && is_one(holders) {
            shown.extend(holders);
        }
    }
    shown
}

/// A tunnel group is hinted at by its aliases, URLs and policy, too.
fn is_called_after_phones(device: &AsaDevice<'_>) -> bool {
    device.tunnel_groups().any(|(_, group)| called_phone(group).is_some())
        || device.group_policies().any(|(_, policy)| is_called_phone(&policy.name.value))
}

/// Leaves out the ASAs that phones pass by, and says so where their configurations are listed: each phone's URL leads to
/// another, and no more than a name ties them to phones. What was printed in the same session is of the same ASA.
pub fn leave_out(documents: &mut Documents<'_>, passed_by: BTreeSet<u32>) {
    let configs: Vec<u32> = documents.asa_configs.iter().map(|config| config.input).collect();
    for config in configs.into_iter().filter(|config| passed_by.contains(config)) {
        documents.note(config, PASSED_BY);
    }
    documents.leave_out(passed_by);
}

/// The inputs of ASAs that phones pass by.
pub fn passed_by(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    serving: &[Serves],
    leads: &[Lead],
) -> BTreeSet<u32> {
    let inside = |input: u32| documents.session(input);
    let mut inputs = BTreeSet::new();
    if !leads.iter().any(|lead| matches!(lead, Lead::Here(_) | Lead::Router)) {
        return inputs;
    }
    for (index, (device, serves)) in devices.iter().zip(serving).enumerate() {
        if serves.is_sure() || !leads.iter().all(|lead| lead.passes_by(index)) {
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
        assert_eq!(serving(&[("a", &north), ("b", &south)]), [Serves::Nothing, Serves::Named]);
        assert_eq!(serving(&[("a", &north), ("b", &south), ("c", phone)]), [Serves::Shown], "passed by");
        assert_eq!(serving(&[("a", &north), ("c", &elsewhere)]), [Serves::Nothing]);
        assert_eq!(serving(&[("a", &north), ("c", log)]), [Serves::Alone]);
        assert_eq!(serving(&[("a", &north)]), [Serves::Nothing]);
        assert_eq!(serving(&[("b", &south)]), [Serves::Named]);
    }
}
