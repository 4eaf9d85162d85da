//! Words of which one is looked for in bytes: `VPNC:`, `VPNC-`, `SECD:`.

use memchr::memmem::Finder;

/// Words that begin alike: the beginning is looked for once, whatever may follow.
#[derive(Clone, Debug)]
pub struct Mark {
    begin: Finder<'static>,
    ends: &'static [&'static str],
}

impl Mark {
    /// A beginning with what may follow it.
    pub fn new(begin: &'static str, ends: &'static [&'static str]) -> Self {
        Self { begin: Finder::new(begin), ends }
    }

    /// True where one of the words stands in the bytes.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let length = self.begin.needle().len();
        self.begin.find_iter(bytes).any(|at| {
            let behind = bytes.get(at + length..).unwrap_or_default();
            self.ends.iter().any(|end| behind.starts_with(end.as_bytes()))
        })
    }
}
