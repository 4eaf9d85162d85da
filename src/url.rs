//! A gateway's url as it stands in a phone's configuration or an ASA's `group-url`, in its parts.

/// The parts that phone and ASA have to agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayUrl<'a> {
    /// `https`, in the writing of the url; empty where there is none.
    pub scheme: &'a str,
    /// Host name or address, an IPv6 address without its brackets.
    pub host: &'a str,
    /// Port; `None` where the url names none.
    pub port: Option<u16>,
    /// From the first slash on; may be empty.
    pub path: &'a str,
}

/// A part in which two urls differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `https` or another.
    Scheme,
    /// Host name or address; upper and lower case do not matter.
    Host,
    /// The port in effect.
    Port,
    /// The path.
    Path,
    /// The path, but only by the case of its letters or a slash at its end.
    PathSpelling,
}

impl<'a> GatewayUrl<'a> {
    /// Takes a url apart; `None` where there is no host in it, or the port is not a number.
    pub fn parse(url: &'a str) -> Option<Self> {
        let url = url.trim();
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = match authority.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
            Some((host, rest)) => (host, rest.strip_prefix(':')),
            None => match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            },
        };
        let port = match port {
            Some(port) => Some(port.parse().ok()?),
            None => None,
        };
        (!host.is_empty()).then_some(Self { scheme, host, port, path })
    }

    /// The port in effect: 443 where none is named.
    pub fn effective_port(&self) -> u16 {
        self.port.unwrap_or(443)
    }

    /// The parts in which it differs from another url, in their order; empty where both are the same.
    pub fn differences(&self, other: &GatewayUrl<'_>) -> Vec<Part> {
        let bare = |path: &str| path.trim_end_matches('/').to_ascii_lowercase();
        let path = if bare(self.path) != bare(other.path) {
            Some(Part::Path)
        } else {
            (self.path != other.path).then_some(Part::PathSpelling)
        };
        let parts = [
            (!self.scheme.eq_ignore_ascii_case(other.scheme)).then_some(Part::Scheme),
            (!self.host.eq_ignore_ascii_case(other.host)).then_some(Part::Host),
            (self.effective_port() != other.effective_port()).then_some(Part::Port),
            path,
        ];
        parts.into_iter().flatten().collect()
    }

    /// True where the host is an address, not a name.
    pub fn is_address(&self) -> bool {
        self.host.parse::<std::net::IpAddr>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        let url = GatewayUrl::parse("https://vpn.example.com:8443/VPNPhone").unwrap();
        assert_eq!(
            (url.scheme, url.host, url.port, url.path),
            ("https", "vpn.example.com", Some(8443), "/VPNPhone")
        );
        let bare = GatewayUrl::parse("https://192.0.2.1").unwrap();
        assert_eq!((bare.effective_port(), bare.path, bare.is_address()), (443, "", true));
        let v6 = GatewayUrl::parse("https://[2001:db8::1]:443/p").unwrap();
        assert_eq!((v6.host, v6.port), ("2001:db8::1", Some(443)));
        assert_eq!(GatewayUrl::parse("https:///path"), None);
        assert_eq!(GatewayUrl::parse("https://host:port/"), None);
        assert_eq!(GatewayUrl::parse(""), None);
    }

    #[test]
    fn the_parts_that_differ_are_named() {
        let dialled = GatewayUrl::parse("https://vpn.example.com/Phones").unwrap();
        for (url, expected) in [
            ("https://VPN.example.com:443/Phones", vec![]),
            ("http://vpn.example.com/Phones", vec![Part::Scheme]),
            ("https://asa.example.com:8443/Desk", vec![Part::Host, Part::Port, Part::Path]),
            ("https://vpn.example.com/phones/", vec![Part::PathSpelling]),
        ] {
            assert_eq!(GatewayUrl::parse(url).unwrap().differences(&dialled), expected, "{url}");
        }
    }
}
