//! The top-level `webvpn` block: on which interfaces phones are heard, and what is asked of them.

use super::commands::Command;
use crate::documents::asa_config::Webvpn;
use crate::source::Located;

/// Takes one command.
pub(super) fn take(command: &Command<'_>, words: &[&str], webvpn: &mut Webvpn) {
    let seen = |text: &str| Located::new(text.to_owned(), command.at());
    let (on, words) = match words {
        ["no", rest @ ..] => (false, rest),
        words => (true, words),
    };
    let switch = Some(Located::new(on, command.at()));
    match words {
        ["enable", interface, rest @ ..] => {
            webvpn.enabled.retain(|known| known.value != *interface);
            webvpn.tls_only.retain(|known| known.value != *interface);
            if on {
                webvpn.enabled.push(seen(interface));
            }
            if on && rest == ["tls-only"] {
                webvpn.tls_only.push(seen(interface));
            }
        }
        ["anyconnect" | "svc", "enable"] => webvpn.anyconnect_enabled = switch,
        ["anyconnect" | "svc", "image", ..] if on => webvpn.images.push(seen(command.after(2))),
        ["csd" | "hostscan", "enable"] => webvpn.csd_enabled = switch,
        ["keepout", ..] => webvpn.keepout = on.then(|| seen(command.after(1))),
        ["anyconnect-essentials"] => webvpn.essentials = switch,
        ["port", port] if on => webvpn.port = Some(seen(port)),
        ["dtls", "port", port] if on => webvpn.dtls_port = Some(seen(port)),
        ["tunnel-group-preference", "group-url"] => webvpn.group_url_preferred = switch,
        ["certificate-group-map", ..] if on => webvpn.certificate_group_maps.push(seen(command.after(1))),
        _ => webvpn.other.push(seen(command.text)),
    }
}
