//! A phone's configuration, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};
use crate::tables::config_blocks::Block;

/// What a phone was told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneConfig {
    /// What the file is.
    pub form: Form,
    /// The root element was closed: what is not in the file is really absent. False for a fragment or half a file.
    pub complete: bool,
    /// Lines of the file.
    pub lines: u32,
    /// `SEP` and twelve hexadecimal digits in upper case, from the file's name or content.
    pub device: Option<Located<String>>,
    /// `deviceProtocol`.
    pub protocol: Option<Located<String>>,
    /// `loadInformation`, the firmware.
    pub load: Option<Located<String>>,
    /// `ipAddressMode`: 0 IPv4, 1 IPv6, 2 both.
    pub ip_address_mode: Option<Located<String>>,
    /// `<vpnGroup>`; commented text does not count.
    pub vpn_group: Option<VpnGroup>,
    /// A `<vpnGroup>` that stands in a comment.
    pub commented_vpn_group: Option<At>,
    /// `webAccess` (0 enabled, 1 disabled), once for each block that has it.
    pub web_access: Vec<(Block, Located<String>)>,
    /// `spanToPCPort` (0 on, 1 off), likewise.
    pub span_to_pc_port: Vec<(Block, Located<String>)>,
    /// `disableTLSCiphers`.
    pub disabled_tls_ciphers: Option<Located<String>>,
    /// `processNodeName` of the CUCM servers, in order of priority.
    pub call_managers: Vec<Located<String>>,
    /// `versionStamp`, for example `1555108264-…`: seconds since 1970 and a guid.
    pub version_stamp: Option<Located<String>>,
    /// `encrConfig`.
    pub encrypted: Option<Located<String>>,
    /// `deviceSecurityMode`.
    pub security_mode: Option<Located<String>>,
}

/// What a configuration file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// `<device>` of an enterprise phone.
    Device,
    /// `XMLDefault.cnf.xml`: root `<Default>`, or that name.
    Default,
    /// `<flat-profile>`: multiplatform firmware.
    MultiPlatform,
    /// A piece, for example only `<vpnGroup>`.
    #[default]
    Fragment,
}

/// `<vpnGroup>`. Values are kept as written: a rule judges them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpnGroup {
    /// Where it begins.
    pub at: At,
    /// Its end tag was seen.
    pub complete: bool,
    /// Last line that belongs to it.
    pub last_line: u32,
    /// `mtu`: 256-1406, default 1290.
    pub mtu: Option<Located<String>>,
    /// `failConnectTime`: seconds, 0-600, default 30.
    pub fail_connect_time: Option<Located<String>>,
    /// `authMethod`: 0 user and password, 1 password only, 2 certificate.
    pub auth_method: Option<Located<String>>,
    /// `pswdPersistent`: 0 or 1.
    pub password_persistent: Option<Located<String>>,
    /// `autoNetDetect`: 0 or 1.
    pub auto_network_detect: Option<Located<String>>,
    /// `enableHostIDCheck`: 0 or 1; CUCM's default is 1.
    pub host_id_check: Option<Located<String>>,
    /// `addresses/url1…`: number in the tag, and the url, trimmed. Empty elements are kept as empty texts.
    pub urls: Vec<(u32, Located<String>)>,
    /// `credentials/hashAlg`: only 0 (SHA-1) is documented.
    pub hash_algorithm: Option<Located<String>>,
    /// `credentials/certHash1…`: number in the tag (0 where the tag is lost, as in Cisco's own document), and
    /// the text, trimmed, inner line breaks removed. Empty elements are kept as empty texts.
    pub cert_hashes: Vec<(u32, Located<String>)>,
}

impl PhoneConfig {
    /// The value of a setting that three blocks may hold: the device's own wins over the common profile's, and
    /// that over the enterprise's.
    pub fn winning(settings: &[(Block, Located<String>)]) -> Option<&(Block, Located<String>)> {
        settings.iter().min_by_key(|(block, _)| *block)
    }
}
