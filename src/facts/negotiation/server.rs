//! What does an ASA's TLS server accept: which versions, and which suites for each of them?
//!
//! Witnesses, strongest first: `show ssl` and `show ssl ciphers`; the `ssl …` lines of the configuration; the
//! release's defaults, and only where the configuration would show what differs from them. A line that names a level
//! (`ssl cipher tlsv1 medium`) is seen, but what the level holds is assumed.
//!
//! `ssl cipher … custom` takes a cipher string of OpenSSL's. Plain names are read; classes (`HIGH`, `!RC4`) are not
//! worked out, and a list with any of them is not complete.

use std::collections::BTreeMap;

use crate::documents::asa_ssl::AsaSsl;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::asa_release::{self, AsaRelease};
use crate::facts::{Documents, In};
use crate::source::{Located, Place};
use crate::tables::asa_defaults::{self, Certainty, Ciphers, Defaults, Level};
use crate::tables::tls_versions::Protocol;
use crate::tables::{asa_ciphers, cipher_suites};

/// What a value rests on, the surest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// A line says it.
    Shown(Place),
    /// A line names a level; what it holds is assumed.
    Named(Place),
    /// The release's default, or what is taken for it.
    Assumed,
}

impl Ground {
    /// The line.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Shown(place) | Self::Named(place) => Some(place),
            Self::Assumed => None,
        }
    }

    /// True where a line says it outright.
    pub fn is_shown(&self) -> bool {
        matches!(self, Self::Shown(_))
    }
}

/// A version that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub value: Protocol,
    /// What says so.
    pub ground: Ground,
}

/// The suites that are allowed for one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// OpenSSL's names in the ASA's order.
    pub suites: Vec<String>,
    /// There are no others.
    pub complete: bool,
    /// What says so.
    pub ground: Ground,
}

impl List {
    /// Those of it that a phone offers, in the ASA's order.
    pub fn shared(&self, offers: &[String]) -> Vec<String> {
        self.suites.iter().filter(|suite| offers.contains(suite)).cloned().collect()
    }
}

/// One ASA's TLS server.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// The input that holds its settings.
    pub input: u32,
    /// What it runs.
    pub release: Option<AsaRelease>,
    /// The lowest version that it accepts.
    pub lowest: Option<Setting>,
    /// The highest version that it speaks.
    pub highest: Option<Setting>,
    /// The lowest version over UDP.
    pub lowest_datagram: Option<Setting>,
    /// The highest version over UDP.
    pub highest_datagram: Option<Setting>,
    /// Its configuration sets ciphers with `ssl cipher` (true) or `ssl encryption` (false).
    pub uses_cipher_command: Option<bool>,
    /// The suites of each version, where they are known.
    pub lists: BTreeMap<Protocol, List>,
    /// `anyconnect-essentials`: no elliptic curves.
    pub essentials: Option<Place>,
}

impl Server {
    /// True where the release sets ciphers with `ssl cipher`, false where with `ssl encryption`; `None` where neither
    /// the release nor a line with one of the two is known.
    pub fn has_cipher_command(&self) -> Option<bool> {
        let Some(told) = self.release.as_ref().map(|told| told.release) else {
            return self.uses_cipher_command;
        };
        Some([told.major, told.minor, told.maintenance] >= asa_defaults::CIPHER_COMMAND)
    }
}

/// The documents of one server.
struct Sources<'a, 'd> {
    device: Option<&'d AsaDevice<'a>>,
    outputs: Vec<In<'a, AsaSsl>>,
}

/// Every ASA whose settings are in the case. One whose whole configuration has no webvpn serves no phone.
pub(super) fn of<'a, 'd>(
    documents: &Documents<'a>,
    devices: &'d [AsaDevice<'a>],
) -> Vec<(Server, Option<&'d AsaDevice<'a>>)> {
    let session = |input: u32| documents.session(input);
    let mut left: Vec<In<'a, AsaSsl>> = documents.asa_ssls.clone();
    let mut servers = Vec::new();
    for device in devices {
        let same = |output: &In<'_, AsaSsl>| {
            let one_session = session(output.input).is_some()
                && device.configs.iter().any(|config| session(config.input) == session(output.input));
            one_session || devices.len() == 1
        };
        let (outputs, others): (Vec<_>, Vec<_>) = left.into_iter().partition(same);
        left = others;
        let serves =
            !device.covers("webvpn") || device.configs.iter().any(|config| config.document.webvpn.is_some());
        let sources = Sources { device: Some(device), outputs };
        if serves && sources.says_anything() {
            servers.push((server(documents, &sources), Some(device)));
        }
    }
    for output in left {
        let sources = Sources { device: None, outputs: vec![output] };
        servers.push((server(documents, &sources), None));
    }
    servers
}

impl Sources<'_, '_> {
    fn says_anything(&self) -> bool {
        let configured = |device: &&AsaDevice<'_>| {
            device.covers("ssl")
                || device.configs.iter().any(|config| {
                    let ssl = &config.document.ssl;
                    ssl.server_version.is_some()
                        || ssl.encryption.is_some()
                        || !ssl.ciphers.is_empty()
                        || !ssl.trust_points.is_empty()
                })
        };
        !self.outputs.is_empty() || self.device.filter(configured).is_some()
    }

    fn encryption(&self) -> Option<(&Located<Vec<String>>, Place)> {
        self.device?.configs.iter().find_map(|config| {
            let seen = config.document.ssl.encryption.as_ref()?;
            Some((seen, config.place(&seen.at)))
        })
    }

    /// The line `ssl cipher <version> …`.
    fn cipher(&self, protocol: Protocol) -> Option<(&Located<String>, Place)> {
        self.device?.configs.iter().find_map(|config| {
            let mut lists = config.document.ssl.ciphers.iter();
            let (_, seen) = lists.find(|(version, _)| version == protocol.word())?;
            Some((seen, config.place(&seen.at)))
        })
    }

    /// A list that `show ssl` or `show ssl ciphers` prints; an empty version stands for all.
    fn printed(&self, version: &str) -> Option<(&Located<Vec<String>>, Place)> {
        self.outputs.iter().find_map(|output| {
            let (_, seen) = output.document.ciphers.iter().find(|(known, _)| known == version)?;
            Some((seen, output.place(&seen.at)))
        })
    }

    /// The defaults that hold, by the release or by the commands that are used.
    fn defaults(&self, release: Option<&AsaRelease>) -> Option<&'static Defaults> {
        if let Some(told) = release {
            let release = told.release;
            return asa_defaults::of([release.major, release.minor, release.maintenance]);
        }
        match self.uses_cipher_command() {
            Some(true) => asa_defaults::of(asa_defaults::ELLIPTIC),
            Some(false) => asa_defaults::ALL.first(),
            None => self.printed("").and_then(|_| asa_defaults::ALL.first()),
        }
    }

    fn uses_cipher_command(&self) -> Option<bool> {
        let mut configs = self.device.into_iter().flat_map(|device| &device.configs);
        if configs.any(|config| !config.document.ssl.ciphers.is_empty()) {
            return Some(true);
        }
        self.encryption().map(|_| false)
    }
}

fn server(documents: &Documents<'_>, sources: &Sources<'_, '_>) -> Server {
    let first = sources.device.and_then(|device| device.configs.first());
    let release = match first {
        Some(config) => asa_release::of_config(documents, *config),
        None => asa_release::agreed(&asa_release::of(documents)).cloned(),
    };
    let defaults = sources.defaults(release.as_ref());
    let mut server = Server {
        input: first.map(|config| config.input).or(sources.outputs.first().map(|o| o.input)).unwrap_or(0),
        essentials: essentials(sources),
        uses_cipher_command: sources.uses_cipher_command(),
        ..Server::default()
    };
    if let Some(row) = defaults {
        // The highest version is no setting: a release has it or not.
        let ground = match (&release, sources.encryption()) {
            (Some(told), _) if row.certainty < Certainty::Unsure => Ground::Shown(told.place.clone()),
            // The command itself tells that the release is older than 9.3(2).
            (None, Some((_, place))) => Ground::Shown(place),
            _ => Ground::Assumed,
        };
        server.highest = Some(Setting { value: row.highest, ground: ground.clone() });
        server.highest_datagram = Some(Setting { value: row.highest_datagram, ground });
        if sources.device.is_some_and(|device| device.covers("ssl")) {
            server.lowest = Some(Setting { value: row.lowest, ground: Ground::Assumed });
        }
    }
    server.release = release;
    configured_versions(sources, &mut server);
    printed_versions(sources, &mut server);
    for protocol in Protocol::STREAM.into_iter().chain(Protocol::DATAGRAM) {
        if let Some(mut list) = list(sources, protocol, defaults) {
            let curves = server.essentials.is_none();
            list.suites.retain(|name| {
                cipher_suites::exists_in(name, protocol) && (curves || !name.starts_with("ECDHE"))
            });
            server.lists.insert(protocol, list);
        }
    }
    server
}

fn essentials(sources: &Sources<'_, '_>) -> Option<Place> {
    sources.device?.configs.iter().find_map(|config| {
        let seen = config.document.webvpn.as_ref()?.essentials.as_ref()?;
        seen.value.then(|| config.place(&seen.at))
    })
}

/// `ssl server-version tlsv1.2 dtlsv1.2`; up to 9.3(1) also `any`, `sslv3-only`, `tlsv1-only`.
fn configured_versions(sources: &Sources<'_, '_>, server: &mut Server) {
    let line = sources.device.and_then(|device| {
        device.configs.iter().find_map(|config| {
            let seen = config.document.ssl.server_version.as_ref()?;
            Some((seen, config.place(&seen.at)))
        })
    });
    let Some((seen, place)) = line else { return };
    let ground = Ground::Shown(place);
    for word in seen.value.split_ascii_whitespace() {
        let setting = |value| Some(Setting { value, ground: ground.clone() });
        match word {
            "any" => server.lowest = setting(Protocol::Ssl3),
            "sslv3" | "sslv3-only" => {
                (server.lowest, server.highest) = (setting(Protocol::Ssl3), setting(Protocol::Ssl3));
            }
            "tlsv1-only" => {
                (server.lowest, server.highest) = (setting(Protocol::Tls10), setting(Protocol::Tls10));
            }
            _ => match Protocol::by_word(word) {
                Some(version) if Protocol::DATAGRAM.contains(&version) => {
                    server.lowest_datagram = setting(version);
                }
                Some(version) => server.lowest = setting(version),
                None => {}
            },
        }
    }
}

/// `Accept connections using … and negotiate to TLSv1 or greater`.
fn printed_versions(sources: &Sources<'_, '_>, server: &mut Server) {
    for output in &sources.outputs {
        let Some(accepts) = &output.document.accepts else { continue };
        let ground = Ground::Shown(output.place(&accepts.at));
        if let Some(value) = Protocol::by_word(&accepts.value.lowest) {
            server.lowest = Some(Setting { value, ground: ground.clone() });
        }
        if let Some(value) = accepts.value.highest.as_deref().and_then(Protocol::by_word) {
            server.highest = Some(Setting { value, ground });
        }
    }
}

fn list(sources: &Sources<'_, '_>, protocol: Protocol, defaults: Option<&Defaults>) -> Option<List> {
    if let Some((seen, place)) = sources.printed(protocol.word()) {
        return Some(List { suites: seen.value.clone(), complete: true, ground: Ground::Shown(place) });
    }
    if let Some((seen, place)) = sources.printed("").or_else(|| sources.encryption()) {
        // A release with one list for all versions has no newer ones.
        if !matches!(protocol, Protocol::Ssl3 | Protocol::Tls10 | Protocol::Dtls10) {
            return None;
        }
        return Some(List {
            suites: seen.value.iter().map(|name| openssl(name)).collect(),
            complete: true,
            ground: Ground::Shown(place),
        });
    }
    let elliptic = defaults.is_none_or(|row| row.elliptic);
    if let Some((seen, place)) = sources.cipher(protocol) {
        if let Some(text) = seen.value.trim().strip_prefix("custom") {
            return Some(custom(text, place));
        }
        return Some(level(Level::by_word(&seen.value)?, protocol, elliptic, Ground::Named(place)));
    }
    if !sources.device.is_some_and(|device| device.covers("ssl")) {
        return None;
    }
    match defaults?.ciphers {
        Ciphers::Encryption(names) => Some(List {
            suites: names.iter().map(|name| openssl(name)).collect(),
            complete: true,
            ground: Ground::Assumed,
        }),
        Ciphers::Level(word) => Some(level(Level::by_word(word)?, protocol, elliptic, Ground::Assumed)),
    }
}

fn level(level: Level, protocol: Protocol, elliptic: bool, ground: Ground) -> List {
    let suites = asa_defaults::of_level(level, protocol, elliptic).map(str::to_owned).collect();
    List { suites, complete: true, ground }
}

fn openssl(name: &str) -> String {
    asa_ciphers::openssl_name(name).map_or_else(|| name.to_owned(), str::to_owned)
}

/// `"AES256-SHA:AES128-SHA"`
fn custom(text: &str, place: Place) -> List {
    let words = text.split([':', ',', ' ', '"']).filter(|word| !word.is_empty());
    let (mut suites, mut complete, mut takes_away) = (Vec::new(), true, false);
    for word in words {
        if cipher_suites::by_name(word).is_some() {
            suites.push(word.to_owned());
        } else {
            complete = false;
            takes_away |= word.starts_with(['!', '-']);
        }
    }
    if takes_away {
        // What is taken away may be any of those that are named.
        suites.clear();
    }
    List { suites, complete, ground: Ground::Shown(place) }
}
