//! What is known to name something, and what is written instead.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::class::Class;
use super::entry::{Addresses, Entry};
use super::listed_files::Files;
use super::{addresses, shapes, vocabulary};
use crate::diagnosis::Diagnosis;

/// Every name met so far.
pub(super) struct Dictionary {
    addresses: Addresses,
    seed: [u8; 32],
    /// Class and canonical form, to one original notation and its number.
    known: BTreeMap<(Class, String), (String, u32)>,
    /// Addresses that stand for others, by what they stand for.
    moved: BTreeMap<IpAddr, Entry>,
    /// Every secret that was left out, to be counted.
    secrets: BTreeSet<String>,
    /// Words that name something although they may be in the vocabulary.
    names: BTreeMap<String, Class>,
    /// The same in small letters, as they stand in the name of a file.
    small: BTreeMap<String, (String, Class)>,
    /// Hashes of one certificate: any of them, in hexadecimal, to its SHA-1.
    same: BTreeMap<String, String>,
    /// Names of files, which sentences quote.
    pub files: Files,
}

impl Dictionary {
    /// Learns what the fields of a diagnosis name outright.
    pub fn of(diagnosis: &Diagnosis, addresses: Addresses, seed: [u8; 32]) -> Self {
        let mut dictionary = Self {
            addresses,
            seed,
            known: BTreeMap::new(),
            moved: BTreeMap::new(),
            secrets: BTreeSet::new(),
            names: BTreeMap::new(),
            small: BTreeMap::new(),
            same: BTreeMap::new(),
            files: Files::of(diagnosis),
        };
        for certificate in &diagnosis.certificates {
            for hash in [&certificate.md5, &certificate.sha1, &certificate.sha256] {
                dictionary.same.insert(hash.to_ascii_lowercase(), certificate.sha1.to_ascii_lowercase());
            }
            dictionary.name(Class::Trustpoint, &certificate.label);
        }
        for policy in &diagnosis.policies {
            dictionary.name(Class::Group, &policy.tunnel_group);
            dictionary.name(Class::Group, &policy.group_policy);
            dictionary.name(Class::User, &policy.user);
            for setting in &policy.settings {
                dictionary.name(Class::Group, &setting.from);
            }
        }
        if let Some(renewal) = &diagnosis.renewal {
            dictionary.name(Class::Trustpoint, &renewal.trustpoint);
            dictionary.name(Class::Trustpoint, &renewal.next_trustpoint);
            dictionary.name(Class::Trustpoint, &renewal.previous_trustpoint);
        }
        dictionary
    }

    /// Notes that a word names something, wherever it stands. Names of every ASA stay what they are. A word that
    /// devices say anyway, or that is too short to be told from a piece of a word, names something
    /// only in its position.
    pub fn name(&mut self, class: Class, word: &str) {
        if word.is_empty() || kept(class, word) {
            return;
        }
        // Of several classes the first in their order, and not the one that was met first.
        let small = self.small.entry(word.to_lowercase()).or_insert_with(|| (word.to_owned(), class));
        small.1 = small.1.min(class);
        let letters = word.chars().filter(|sign| sign.is_alphabetic()).count();
        if letters >= SHORTEST && !vocabulary::says(word) {
            let known = self.names.entry(word.to_owned()).or_insert(class);
            *known = class.min(*known);
        }
    }

    /// What is written for a certificate's serial number, with or without leading zeros.
    pub fn serial(&mut self, text: &str) -> String {
        let canonical = text.trim_start_matches("0x").trim_start_matches('0').to_ascii_lowercase();
        self.pseudonym(Class::Serial, &canonical, text)
    }

    /// What is written for a name in the name of a file, whatever its letters; `whole` where it is all of that name.
    /// A common word names something only there.
    pub fn in_file_name(&mut self, word: &str, whole: bool) -> Option<String> {
        let (name, class) = self.small.get(&word.to_lowercase())?.clone();
        (whole || self.names.contains_key(&name)).then(|| self.pseudonym(class, &name, &name))
    }

    /// The class of a word that names something.
    pub fn class_of(&self, word: &str) -> Option<Class> {
        self.names.get(word).copied()
    }

    /// What is written for a name.
    pub fn pseudonym(&mut self, class: Class, canonical: &str, original: &str) -> String {
        if canonical.is_empty() || kept(class, original) || shapes::written(original) {
            return original.to_owned();
        }
        let class = if class == Class::Interface { Class::Name } else { class };
        let key = (class, canonical.to_owned());
        let (_, number) = self.known.entry(key).or_insert_with(|| (original.to_owned(), 0));
        class.written(*number)
    }

    /// What is written for a hash, in hexadecimal or base64.
    pub fn fingerprint(&mut self, text: &str) -> String {
        let digits: String =
            text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
        let hex = if digits.len() >= 32 && digits.len() + text.matches([':', ' ', '-']).count() == text.len()
        {
            digits
        } else {
            crate::fingerprint::phone_hash(text)
                .map_or_else(|_| text.to_owned(), |sha1| crate::fingerprint::hex(&sha1))
        };
        let canonical = self.same.get(&hex).cloned().unwrap_or(hex);
        self.pseudonym(Class::Fingerprint, &canonical, text)
    }

    /// What is written for an address.
    pub fn address(&mut self, address: IpAddr, original: &str) -> String {
        if addresses::says_nothing(address) {
            return original.to_owned();
        }
        match self.addresses {
            Addresses::Opaque => self.pseudonym(Class::Address, &address.to_string(), original),
            Addresses::Topology => {
                let entry = self.moved.entry(address).or_insert_with(|| Entry {
                    pseudonym: addresses::other(address, &self.seed).to_string(),
                    original: original.to_owned(),
                });
                entry.pseudonym.clone()
            }
        }
    }

    /// Numbers every name in the order of the originals.
    pub fn number(&mut self) {
        let mut last: BTreeMap<Class, u32> = BTreeMap::new();
        for ((class, _), (_, number)) in &mut self.known {
            let next = last.entry(*class).or_default();
            *next += 1;
            *number = *next;
        }
    }

    /// What stands for what.
    pub fn entries(&self) -> Vec<Entry> {
        let mut seen = BTreeSet::new();
        let entries = self.known.iter().map(|((class, _), (original, number))| Entry {
            pseudonym: class.written(*number),
            original: original.clone(),
        });
        let entries = entries.chain(self.moved.values().cloned());
        entries.filter(|entry| seen.insert(entry.pseudonym.clone())).collect()
    }

    /// Notes that a secret was left out.
    pub fn hide(&mut self, secret: &str) {
        self.secrets.insert(secret.to_owned());
    }

    /// How many different secrets were left out.
    pub fn secrets(&self) -> u32 {
        u32::try_from(self.secrets.len()).unwrap_or(u32::MAX)
    }
}

/// Names that every ASA has.
fn kept(class: Class, word: &str) -> bool {
    match class {
        Class::Interface => {
            ["outside", "inside", "dmz", "management", "identity", "any", "none", "nlp_int_tap"]
                .iter()
                .any(|kept| kept.eq_ignore_ascii_case(word))
        }
        Class::Group => [
            "DfltGrpPolicy",
            "DefaultWEBVPNGroup",
            "DefaultRAGroup",
            "DefaultL2LGroup",
            "DfltAccessPolicy",
            "DfltCustomization",
            "LOCAL",
            "none",
        ]
        .contains(&word),
        Class::Host => word == "LOCAL",
        Class::User => ["Unknown", "enable_15", "enable_1"].contains(&word),
        _ => false,
    }
}

/// Letters of the shortest word that is replaced wherever it stands.
const SHORTEST: usize = 3;
