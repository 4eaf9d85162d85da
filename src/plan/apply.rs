//! Changes, from readings to readings: what the case will be, without a word of what happened in it.

use super::change::{Change, Key, To};
use super::configuration::{self, Merge, Spot};
use super::merge::{Configuration, Edit};
use super::origins::{Origins, planned};
use super::outcome::Changed;
use super::{certificates, migrate, phone_files, values};
use crate::case::{Case, Said};
use crate::documents::Content;
use crate::documents::asa_version::{AsaVersion, Licence};
use crate::documents::certificate::Certificate;
use crate::facts::asa_release::{self, Release};
use crate::facts::client_certificates::CertificateKind;
use crate::facts::serving_asas::Serves;
use crate::intake::Reading;
use crate::source::Located;
use crate::stage::Stage;
use crate::tables::licence_features::Feature;
use crate::tables::releases;
use crate::text::{Class, Text};

/// A case with its changes.
pub(super) struct Applied {
    pub readings: Vec<Reading>,
    pub said: Said,
    pub changed: Vec<Changed>,
    /// Lines of configurations that went and came.
    pub edits: Vec<Edit>,
    /// What cannot be known, whatever phone it is.
    pub open: Vec<Open>,
    pub origins: Origins,
    /// The ASA's release, before and after.
    pub releases: Option<(Option<Release>, Release)>,
    /// The hash that stands for one that nobody knows.
    pub unknown_hash: Option<[u8; 20]>,
}

/// Something that cannot be known.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Where it would be felt.
    pub stage: Stage,
    /// What.
    pub says: Text,
}

pub(super) fn open(stage: Stage, says: Text) -> Open {
    Open { stage, says }
}

struct Work<'w, 'c> {
    /// The case as it is, without its logs.
    before: &'w Case<'c>,
    /// The case as it is.
    today: &'w Case<'c>,
    now: i64,
    out: Applied,
}

/// Makes every change, in their order. `before` is the case of `readings`.
pub(super) fn apply(
    readings: &[Reading],
    before: &Case<'_>,
    today: &Case<'_>,
    said: &Said,
    changes: &[Change],
    now: i64,
) -> Applied {
    let out = Applied {
        readings: readings.to_vec(),
        said: said.clone(),
        changed: Vec::new(),
        edits: Vec::new(),
        open: Vec::new(),
        origins: Origins::default(),
        releases: None,
        unknown_hash: None,
    };
    let mut work = Work { before, today, now, out };
    // A model comes before its load, and a release before the lines that are typed into it.
    let order = |change: &&Change| match change.key {
        Key::PhoneModel => 0,
        Key::AsaVersion => 1,
        Key::AsaRelease => 2,
        _ => 3,
    };
    let mut ordered: Vec<&Change> = changes.iter().collect();
    ordered.sort_by_key(order);
    for change in ordered {
        work.make(change);
    }
    work.out
}

impl Work<'_, '_> {
    fn make(&mut self, change: &Change) {
        let typed = format!("{}={}", change.key.word(), change.value);
        let from = values::today(self.before, change.key);
        // The file of a change is the last input; what of it counts as evidence is said below.
        let input = change.reading().map(|reading| {
            let input = self.inputs();
            let documents = Vec::new();
            self.out.readings.push(Reading { inputs: reading.inputs.clone(), documents });
            input
        });
        let readings = &mut self.out.readings;
        match (change.key, &change.to) {
            (Key::AsaRelease, _) => self.release(&change.value, &typed),
            (Key::Ssl | Key::AsaConfig, To::Lines(reading, lines)) => {
                self.lines(reading, lines, input, &typed)
            }
            (Key::AsaConfig, To::Whole(reading)) => self.whole(reading),
            (Key::AsaVersion, To::File(reading)) => self.version(reading, &typed),
            (Key::Certificate, To::File(reading)) => {
                let new = certificates::identity(reading);
                self.certificate(new, Some(reading), &typed);
            }
            (Key::Certificate, _) => self.certificate(None, None, &typed),
            (Key::Capf, To::File(reading)) => self.capf(reading, &typed),
            (Key::PhoneLoad, _) => {
                let count = phone_files::load(readings, &change.value, &typed);
                self.needs_a_phone(count, Stage::Prerequisites, NO_LOAD);
            }
            (Key::PhoneModel, _) => {
                phone_files::model(readings);
                let _ = self.out.said.say("phone-model", &change.value);
                self.out.open.push(open(Stage::Prerequisites, NEW_MODEL));
            }
            (Key::HostIdCheck, _) => {
                let count = phone_files::host_id_check(readings, change.value == "on", &typed);
                self.needs_a_phone(count, Stage::HostName, NO_PROFILE);
            }
            (Key::Authentication, _) => {
                let count = phone_files::authentication(readings, &change.value, &typed);
                self.needs_a_phone(count, Stage::Login, NO_PROFILE);
                if change.value != "certificate" {
                    self.out.open.push(open(Stage::Login, PASSWORDS));
                }
            }
            _ => {}
        }
        let to = if matches!(change.to, To::Renewed) { "renewed".to_owned() } else { change.value.clone() };
        self.out.changed.push(Changed { change: change.key.word().to_owned(), old: from, new: to });
    }

    fn inputs(&self) -> u32 {
        let count: usize = self.out.readings.iter().map(|reading| reading.inputs.len()).sum();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn needs_a_phone(&mut self, count: usize, stage: Stage, says: Text) {
        if count == 0 {
            self.out.open.push(open(stage, says));
        }
    }

    fn release(&mut self, value: &str, typed: &str) {
        let Some(to) = Release::parse(value) else { return };
        let from = self.before.asa_release().map(|told| told.release);
        self.out.releases = Some((from, to));
        let numbers = |release: Release| [release.major, release.minor, release.maintenance];
        self.forget_ssl();
        let count = configuration::spots(&self.out.readings).len();
        for index in 0..count {
            let Some(spot) = configuration::spots(&self.out.readings).get(index).copied() else { continue };
            let Some(old) = configuration::at(&self.out.readings, spot) else { continue };
            let kept = old.kept.iter().map(|(number, text)| (*number, text.as_str()));
            let own = old.version.as_ref().and_then(|version| Release::parse(&version.value)).or(from);
            let has_lines = old.ssl.encryption.is_some()
                || old.ssl.server_version.is_some()
                || !old.ssl.ciphers.is_empty();
            match Configuration::of(kept) {
                Ok(configuration) => {
                    let (lines, told) = migrate::lines(&configuration, own.map(numbers), numbers(to));
                    if !lines.is_empty() {
                        self.merge(spot, &lines, None, typed);
                    }
                    self.out.open.extend(told.map(|says| open(Stage::Tls, says)));
                }
                Err(_) if has_lines => self.out.open.push(open(Stage::Tls, NOT_INDENTED)),
                Err(_) => {}
            }
            let named = index == 0
                || configuration::at(&self.out.readings, spot).is_some_and(|one| one.version.is_some());
            if let (true, Some(config)) = (named, configuration::at_mut(&mut self.out.readings, spot)) {
                config.version = Some(Located::new(value.to_owned(), planned(typed)));
            }
        }
        let mut shown = count > 0;
        for document in self.out.readings.iter_mut().flat_map(|reading| &mut reading.documents) {
            if let Content::AsaVersion(version) = &mut document.content {
                version.version = Some(Located::new(value.to_owned(), planned(typed)));
                shown = true;
                let hardware =
                    version.hardware.as_ref().map(|seen| seen.value.to_ascii_uppercase()).unwrap_or_default();
                let old =
                    releases::asa::SERIES_5500.iter().any(|model| hardware.trim_end_matches(',') == *model);
                if old && [to.major, to.minor, 0, 0] >= releases::asa::WITHOUT_5500 {
                    self.out.open.push(open(
                        Stage::Prerequisites,
                        NOT_FOR_HARDWARE.with("hardware", Class::Words, &hardware),
                    ));
                }
            }
        }
        if !shown {
            self.out.open.push(open(Stage::Tls, NO_ASA));
        }
    }

    /// What `show ssl` printed is of the settings as they were.
    fn forget_ssl(&mut self) {
        for reading in &mut self.out.readings {
            reading.documents.retain(|document| !matches!(document.content, Content::AsaSsl(_)));
        }
    }

    fn merge(&mut self, spot: Spot, lines: &[(u32, String)], change: Option<u32>, typed: &str) {
        let before = self.before;
        let kind_of = |name: &str| {
            let mut bound = before.negotiations.iter().flat_map(|one| &one.bound.bindings);
            if let Some(key) = bound.find(|bound| bound.name == name).and_then(|bound| bound.key) {
                return Some(key == crate::facts::negotiation::Key::Elliptic);
            }
            let mut identities = before.certificates.iter().filter(|one| one.is_identity());
            let known = identities.find(|one| one.trustpoint() == Some(name))?;
            known.certificate.document.fields.as_ref().map(|fields| fields.elliptic)
        };
        let merge = Merge { lines, change, typed, kind_of: &kind_of };
        match configuration::merge(&mut self.out.readings, spot, &merge, &mut self.out.origins) {
            Ok(edits) => self.out.edits.extend(edits),
            Err(_) => self.out.open.push(open(Stage::Tls, NOT_INDENTED)),
        }
    }

    fn lines(&mut self, reading: &Reading, lines: &[(u32, String)], input: Option<u32>, typed: &str) {
        self.forget_ssl();
        match self.target(None) {
            Ok(spot) => self.merge(spot, lines, input, typed),
            Err(says) => {
                // Nothing to merge into: the lines are all that is known.
                self.take_documents(reading);
                self.out.open.push(open(Stage::Tls, says));
            }
        }
    }

    fn whole(&mut self, reading: &Reading) {
        self.forget_ssl();
        let candidate = reading.documents.iter().find_map(|document| match &document.content {
            Content::AsaConfig(config) => Some(config),
            _ => None,
        });
        let hostname = candidate.and_then(|config| config.hostname.as_ref()).map(|name| name.value.clone());
        match self.target(hostname.as_deref()) {
            Ok(spot) => {
                let lines = |config: &crate::documents::asa_config::AsaConfig| {
                    let kept = config.kept.iter().map(|(number, text)| (*number, text.as_str()));
                    Configuration::of(kept).ok().filter(|configuration| !configuration.lines.is_empty())
                };
                let old = configuration::at(&self.out.readings, spot).and_then(lines);
                match old.zip(candidate.and_then(|config| lines(config))) {
                    Some((old, new)) => self.out.edits.extend(old.compared_with(&new)),
                    None => self.out.open.push(open(Stage::Tls, NOT_COMPARED)),
                }
                let from = self.before.asa_release().map(|told| told.release);
                let to = candidate.and_then(|config| Release::parse(&config.version.as_ref()?.value));
                if let Some(to) = to.filter(|to| Some(*to) != from) {
                    self.out.releases = Some((from, to));
                }
                let input = self
                    .out
                    .readings
                    .get(spot.reading)
                    .and_then(|one| one.documents.get(spot.document))
                    .map(|one| one.input);
                if let Some(old) = self.out.readings.get_mut(spot.reading) {
                    old.documents.retain(|document| Some(document.input) != input);
                }
            }
            Err(says) => self.out.open.push(open(Stage::Tls, says)),
        }
        self.take_documents(reading);
    }

    /// The documents of a change's file count as evidence; its inputs were put at the end already.
    fn take_documents(&mut self, reading: &Reading) {
        if let Some(last) = self.out.readings.last_mut() {
            last.documents.clone_from(&reading.documents);
        }
    }

    /// The configuration that a change is for.
    fn target(&self, hostname: Option<&str>) -> Result<Spot, Text> {
        let spots = configuration::spots(&self.out.readings);
        let devices = &self.before.asa_devices;
        let named = hostname.and_then(|wanted| {
            spots.iter().find(|spot| {
                let own = configuration::at(&self.out.readings, **spot).and_then(|one| one.hostname.as_ref());
                own.is_some_and(|own| own.value == wanted)
            })
        });
        if let Some(spot) = named {
            return Ok(*spot);
        }
        let serving: Vec<usize> =
            (0..devices.len()).filter(|device| self.before.serves(*device) != Serves::Nothing).collect();
        let device = match (devices.as_slice(), serving.as_slice()) {
            ([], _) => return Err(NO_ASA),
            ([only], _) => only,
            (_, [one]) => devices.get(*one).ok_or(SEVERAL_ASAS)?,
            _ => return Err(SEVERAL_ASAS),
        };
        let of_device = |spot: &&Spot| device.configs.iter().any(|config| config.input == spot.input);
        let is_whole = |spot: &&Spot| {
            configuration::at(&self.out.readings, **spot)
                .is_some_and(|one| one.scope == crate::documents::asa_config::Scope::Whole)
        };
        let mut own = spots.iter().filter(of_device);
        let whole = own.clone().find(is_whole);
        whole.or_else(|| own.next().filter(|_| device.configs.len() == 1)).copied().ok_or(IN_PARTS)
    }

    fn version(&mut self, reading: &Reading, typed: &str) {
        let sessions = |version: &AsaVersion| version.licence(Feature::Premium).and_then(Licence::number);
        let of = |reading: &Reading| {
            reading.documents.iter().find_map(|document| match &document.content {
                Content::AsaVersion(version) => Some(version.as_ref().clone()),
                _ => None,
            })
        };
        let (old, new) = (self.out.readings.iter().find_map(of), of(reading));
        let hardware = |version: &AsaVersion| version.hardware.as_ref().map(|seen| seen.value.clone());
        let enough = old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| {
            sessions(old).is_some() && sessions(new) >= sessions(old) && hardware(new) == hardware(old)
        });
        if !enough {
            self.out.open.push(open(Stage::Prerequisites, FEWER_SESSIONS));
        }
        for one in &mut self.out.readings {
            one.documents.retain(|document| !matches!(document.content, Content::AsaVersion(_)));
        }
        let printed = reading.documents.iter().find_map(|document| match &document.content {
            Content::AsaVersion(version) => version.version.as_ref().map(|seen| seen.value.clone()),
            _ => None,
        });
        let now = self.before.asa_release().map(|told| told.release);
        if let Some(printed) =
            printed.filter(|printed| Release::parse(printed).is_some_and(|to| Some(to) != now))
        {
            self.release(&printed, typed);
        }
        self.take_documents(reading);
    }

    fn certificate(&mut self, new: Option<Certificate>, reading: Option<&Reading>, typed: &str) {
        let presented = &self.before.gateway_certificates.presented;
        let [old] = presented.as_slice() else {
            let says = if presented.is_empty() { NOT_PRESENTED } else { SEVERAL_PRESENTED };
            self.out.open.push(open(Stage::Trust, says));
            if let Some(reading) = reading {
                self.take_documents(reading);
            }
            return;
        };
        let known = old.certificate.and_then(|index| self.before.certificate(index));
        let known = known.map(|known| known.certificate.document.clone());
        let Some(known) = known else {
            self.out.open.push(open(Stage::Trust, NOT_PRESENTED));
            return;
        };
        let made_up = new.is_none();
        let new = new.unwrap_or_else(|| certificates::renewed(&known, self.now));
        if made_up {
            self.out.unknown_hash = Some(new.sha1);
        }
        if !self.before.gateway_certificates.contested.is_empty() {
            self.out.open.push(open(Stage::Trust, SEVERAL_PRESENTED));
        }
        let fields =
            |one: &Certificate| one.fields.as_ref().map(|one| (one.key.clone(), one.signature.clone()));
        if fields(&new) != fields(&known) {
            let (key, signature) = fields(&new).unwrap_or_default();
            self.out.open.push(open(
                Stage::Tls,
                OTHER_KEY.with("key", Class::Words, key).with("signature", Class::Words, signature),
            ));
        }
        certificates::replace(&mut self.out.readings, old.sha1, &new, typed);
    }

    fn capf(&mut self, reading: &Reading, typed: &str) {
        let Some(capf) = certificates::authority(reading) else { return };
        let lscs = self.today.client_certificates.iter().chain(&self.before.client_certificates);
        let mut names: Vec<String> =
            lscs.filter(|one| one.kind == CertificateKind::Lsc).map(|one| one.name.clone()).collect();
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        let told = certificates::reissue(&mut self.out.readings, &names, &capf, self.now, typed);
        self.take_documents(reading);
        let others = names.iter().filter(|name| !told.contains(name));
        let made: Vec<_> =
            others.filter_map(|name| certificates::lsc(name, &capf, self.now, typed, 0)).collect();
        if let Some(last) = self.out.readings.last_mut() {
            last.documents.extend(made);
        }
        if names.is_empty() && self.before.login_methods.any() != Some(false) {
            self.out.open.push(open(Stage::Login, NO_LSC));
        }
    }
}

/// The release of the case, to compare with; four numbers.
pub(super) fn numbers(release: Release) -> releases::Release {
    [release.major, release.minor, release.maintenance, release.interim]
}

/// The release of the case's ASA.
pub(super) fn release_of(case: &Case<'_>) -> Option<Release> {
    asa_release::agreed(&case.asa_releases).map(|told| told.release)
}

const NO_LOAD: Text = Text::fixed(
    "No phone of the case has a configuration with a load that this firmware is for.",
    "Kein Telefon des Falls hat eine Konfiguration mit einer Firmware, für die diese bestimmt ist.",
);
const NEW_MODEL: Text = Text::fixed(
    "Another phone has a certificate of its own and firmware of its own; add its files.",
    "Ein anderes Telefon hat ein eigenes Zertifikat und eigene Firmware; ergänzen Sie dessen Dateien.",
);
pub(super) const NO_PROFILE: Text = Text::fixed(
    "No phone's configuration with VPN settings is here: add `SEP….cnf.xml`.",
    "Hier ist keine Telefonkonfiguration mit VPN-Einstellungen: Ergänzen Sie `SEP….cnf.xml`.",
);
const PASSWORDS: Text = Text::fixed(
    "Whether user and password are known to the AAA server is in no file.",
    "Ob Benutzer und Kennwort dem AAA-Server bekannt sind, steht in keiner Datei.",
);
const NOT_INDENTED: Text = Text::fixed(
    "The configuration of the ASA is not at hand with its blocks indented, so the lines could not be merged: add `show running-config`.",
    "Die Konfiguration der ASA liegt nicht mit eingerückten Blöcken vor; die Zeilen ließen sich deshalb nicht einfügen: Ergänzen Sie `show running-config`.",
);
const NOT_COMPARED: Text = Text::fixed(
    "The two configurations could not be compared line by line.",
    "Die beiden Konfigurationen ließen sich nicht Zeile für Zeile vergleichen.",
);
const NO_ASA: Text = Text::fixed(
    "No configuration of an ASA is here to change: add `show running-config`.",
    "Hier ist keine Konfiguration einer ASA, die sich ändern ließe: Ergänzen Sie `show running-config`.",
);
const SEVERAL_ASAS: Text = Text::fixed(
    "Several ASAs are in the case, and nothing shows which one is changed.",
    "Der Fall enthält mehrere ASAs, und nichts zeigt, welche geändert wird.",
);
const IN_PARTS: Text = Text::fixed(
    "The configuration is here in several parts: add the whole `show running-config` in one file.",
    "Die Konfiguration liegt in mehreren Teilen vor: Ergänzen Sie das ganze `show running-config` in einer Datei.",
);
const NOT_PRESENTED: Text = Text::fixed(
    "Which certificate the ASA presents today is not known: add it as a file, or `show running-config` with its chains.",
    "Welches Zertifikat die ASA heute vorlegt, ist nicht bekannt: Ergänzen Sie es als Datei oder `show running-config` mit den Ketten.",
);
const SEVERAL_PRESENTED: Text = Text::fixed(
    "Several certificates may be the one that the ASA presents, and nothing shows which one is replaced.",
    "Mehrere Zertifikate könnten das vorgelegte sein, und nichts zeigt, welches ersetzt wird.",
);
const OTHER_KEY: Text = Text::fixed(
    "The new certificate has another kind of key or signature ({key}, {signature}); whether these phones take it, no document says.",
    "Das neue Zertifikat hat eine andere Art von Schlüssel oder Signatur ({key}, {signature}); ob diese Telefone sie annehmen, sagt kein Dokument.",
);
const NO_LSC: Text = Text::fixed(
    "No LSC of a phone is here and no log shows one: whether the phones log in with an LSC or with their MIC is not known.",
    "Hier ist kein LSC eines Telefons, und kein Protokoll zeigt eines: Ob sich die Telefone mit LSC oder MIC anmelden, ist nicht bekannt.",
);
const FEWER_SESSIONS: Text = Text::fixed(
    "That the new licences allow as many sessions as the old ones, on the same hardware, is not shown: add both outputs of `show version`.",
    "Dass die neuen Lizenzen auf derselben Hardware so viele Sitzungen erlauben wie die alten, ist nicht belegt: Ergänzen Sie beide Ausgaben von `show version`.",
);
const NOT_FOR_HARDWARE: Text = Text::fixed(
    "No source shows this release for {hardware}: the 5500 series without an X ends before 9.2.",
    "Keine Quelle nennt diese Version für {hardware}: Die Reihe 5500 ohne X endet vor 9.2.",
);
