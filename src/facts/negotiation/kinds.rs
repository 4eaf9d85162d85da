//! Which kinds of phones are there, and what does each offer?
//!
//! Witnesses: a phone's hello in a capture; what its handshake proposed in the ASA's log (725008); the firmware in a phone's configuration;
//! the model in a phone's user name (`CP-7962G-SEP001122334455`) or in the person's answer, whose firmware is not
//! known. Families that the case has no phone of are listed as well, as strangers: a setting may cut them off.

use std::collections::BTreeMap;

use crate::documents::phone_config::PhoneConfig;
use crate::facts::handshake::Handshake;
use crate::facts::negotiation::heard::Heard;
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::phones::Phone;
use crate::facts::{Documents, In};
use crate::names::user::{is_phone_user, without_domain};
use crate::observe::{By, Observation};
use crate::source::Place;
use crate::tables::asa_defaults::Certainty;
use crate::tables::phone_cipher_numbers;
use crate::tables::phone_families::{self, Ability, Family, Firmware};
use crate::tables::tls_versions::Protocol;

/// Lines kept that show one kind; a fleet has thousands.
const PLACES: usize = 8;

/// A kind of phone: one family with one firmware's abilities and settings.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The family.
    pub family: &'static Family,
    /// What its firmware can do.
    pub ability: &'static Ability,
    /// How well that is known.
    pub certainty: Certainty,
    /// Such a phone is in the case.
    pub own: bool,
    /// Places in the list of phones.
    pub phones: Vec<usize>,
    /// The lines that show it: firmware, or a handshake's proposal.
    pub places: Vec<Place>,
    /// What it offers, by OpenSSL's names, in order.
    pub offers: Vec<String>,
    /// `disableTLSCiphers`, where it takes suites away.
    pub disabled: Option<(String, Place)>,
    /// Its last handshake in an ASA's log, as a place in the list of handshakes.
    pub handshake: Option<usize>,
    /// Its hello in a capture.
    pub heard: Option<Heard>,
    /// Nothing but that hello shows it, and its family is a guess.
    pub is_guess: bool,
}

impl Kind {
    /// A kind of a family, as its firmware is known to offer.
    fn of(family: &'static Family, ability: &'static Ability, certainty: Certainty) -> Self {
        Self {
            family,
            ability,
            certainty: certainty.max(ability.certainty),
            own: false,
            phones: Vec::new(),
            places: Vec::new(),
            offers: ability.offers.iter().map(|name| (*name).to_owned()).collect(),
            disabled: None,
            handshake: None,
            heard: None,
            is_guess: false,
        }
    }

    /// The highest version that it speaks: what it said itself, or what is known of its firmware.
    pub fn highest(&self) -> Protocol {
        self.heard.as_ref().map_or(self.ability.highest, |heard| heard.highest)
    }

    /// A phone of a family whose firmware is not known.
    fn of_family(family: &'static Family) -> Option<Self> {
        match family.only_ability() {
            Some(ability) => Some(Self::of(family, ability, Certainty::Documented)),
            None => Some(Self::of(family, family.ability(USUAL)?, Certainty::Unsure)),
        }
    }

    /// What it would offer if its configuration took nothing away.
    pub fn offers_by_itself(&self) -> impl Iterator<Item = &'static str> {
        self.ability.offers.iter().copied()
    }
}

/// Every kind, those of the case first.
pub(super) fn of(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    groups: &PhoneGroups,
    handshakes: &[Handshake],
    heard: Vec<Heard>,
    model: Option<&str>,
) -> Vec<Kind> {
    let mut kinds = by_configuration(phones);
    let mut add = |family: &'static Family| {
        if !kinds.iter().any(|kind| kind.family == family)
            && let Some(kind) = Kind::of_family(family)
        {
            kinds.push(Kind { own: true, ..kind });
        }
    };
    groups.logins.keys().filter_map(|user| of_user(user)).for_each(&mut add);
    let by_address = families_by_address(documents);
    let of_handshake = |handshake: &Handshake| {
        let known = by_address.get(&handshake.peer.address).copied();
        known.or_else(|| handshake.offers_like_a_79xx().then(|| phone_families::ALL.first()).flatten())
    };
    handshakes.iter().filter_map(of_handshake).for_each(&mut add);
    model.and_then(phone_families::of_model).into_iter().for_each(&mut add);
    for (index, handshake) in handshakes.iter().enumerate() {
        let Some(family) = of_handshake(handshake) else { continue };
        if handshake.protocol.starts_with("DTLS") {
            continue;
        }
        let mut of_family = kinds.iter_mut().filter(|kind| kind.family == family);
        // With two firmwares of one family, the log does not say whose handshake it is.
        if let (Some(kind), None) = (of_family.next(), of_family.next()) {
            witness(kind, index, handshake);
        }
    }
    for one in heard {
        hear(documents, phones, &mut kinds, one);
    }
    for family in phone_families::ALL {
        if !kinds.iter().any(|kind| kind.family == family) {
            kinds.extend(Kind::of_family(family));
        }
    }
    kinds
}

/// A hello counts for the kind of the phone that the capture names, or for the only kind of the case. Where nothing is
/// known of phones, it is a kind of its own.
fn hear(documents: &Documents<'_>, phones: &[Phone<'_>], kinds: &mut Vec<Kind>, heard: Heard) {
    let own = kinds.iter().filter(|kind| kind.own).count();
    let named = |kind: &Kind| {
        let mut names =
            kind.phones.iter().filter_map(|at| phones.get(*at)).map(|phone| phone.name(documents));
        !heard.phone.is_empty() && names.any(|name| name.eq_ignore_ascii_case(&heard.phone))
    };
    let of_case = || kinds.iter().position(|kind| kind.own && own == 1 && kind.heard.is_none());
    let at = kinds.iter().position(named).or_else(of_case);
    let at = at.or_else(|| {
        let mut families = phone_families::ALL.iter();
        let family = if heard.highest <= Protocol::Tls10 { families.next() } else { families.next_back() };
        kinds.push(Kind { own: true, is_guess: true, ..Kind::of_family(family.filter(|_| own == 0)?)? });
        Some(kinds.len() - 1)
    });
    if let Some(kind) = at.and_then(|at| kinds.get_mut(at)) {
        kind.offers.clone_from(&heard.suites);
        kind.certainty = Certainty::Documented;
        kind.places.insert(0, heard.place.clone());
        kind.heard = Some(heard);
    }
}

/// A handshake is a stronger witness of what is offered than the tables.
fn witness(kind: &mut Kind, index: usize, handshake: &Handshake) {
    let telling = handshake.chosen.is_some() || !handshake.proposed.is_empty();
    if telling || !handshake.reasons.is_empty() {
        kind.handshake = Some(index);
    }
    if !handshake.proposed.is_empty() {
        kind.offers = handshake.proposed.iter().map(|cipher| cipher.value.clone()).collect();
        kind.certainty = Certainty::Documented;
        if let Some(place) = &handshake.proposes
            && kind.places.len() < PLACES
        {
            kind.places.push(place.clone());
        }
    }
}

fn by_configuration(phones: &[Phone<'_>]) -> Vec<Kind> {
    let mut kinds: BTreeMap<(&'static str, Firmware, String), Kind> = BTreeMap::new();
    for (index, phone) in phones.iter().enumerate().filter(|(_, phone)| phone.is_enterprise()) {
        let Some(load) = &phone.config.document.load else { continue };
        let Some(family) = phone_families::of_load(&load.value) else { continue };
        let firmware = phone_families::firmware(&load.value);
        let Some(ability) = firmware.and_then(|f| family.ability(f)).or(family.only_ability()) else {
            continue;
        };
        let disabled = disabled(phone.config);
        let key = (family.name, ability.from, disabled.as_ref().map(|d| d.0.clone()).unwrap_or_default());
        let kind = kinds.entry(key).or_insert_with(|| {
            let mut kind = Kind::of(family, ability, ability.certainty);
            if let Some((value, _)) = &disabled {
                let gone: Vec<&str> = phone_cipher_numbers::disabled_by(value).collect();
                kind.offers.retain(|offered| !gone.contains(&offered.as_str()));
            }
            Kind { own: true, disabled: disabled.clone(), ..kind }
        });
        kind.phones.push(index);
        if kind.places.len() < PLACES {
            kind.places.push(phone.config.place(&load.at));
        }
    }
    kinds.into_values().collect()
}

fn disabled(config: In<'_, PhoneConfig>) -> Option<(String, Place)> {
    let seen = config.document.disabled_tls_ciphers.as_ref()?;
    phone_cipher_numbers::disabled_by(&seen.value).next()?;
    Some((seen.value.clone(), config.place(&seen.at)))
}

/// `CP-7962G-SEP001122334455`, with or without a domain in front.
fn of_user(user: &str) -> Option<&'static Family> {
    phone_families::of_model(without_domain(user))
}

/// The families of the addresses from which phones logged in; an address of two families tells nothing.
fn families_by_address(documents: &Documents<'_>) -> BTreeMap<String, &'static Family> {
    let mut families: BTreeMap<String, Option<&'static Family>> = BTreeMap::new();
    for session in documents.observed_by(By::AsaLog).filter_map(Observation::session) {
        if !is_phone_user(&session.user) || session.address.is_empty() {
            continue;
        }
        if let Some(family) = of_user(&session.user) {
            let known = families.entry(session.address.clone()).or_insert(Some(family));
            if *known != Some(family) {
                *known = None;
            }
        }
    }
    families.into_iter().filter_map(|(address, family)| Some((address, family?))).collect()
}

/// A firmware of which most phones are, where it is not known.
const USUAL: Firmware = [12, 5, 1, 0];
