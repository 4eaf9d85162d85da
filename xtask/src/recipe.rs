//! What the page is made of, and how: the lines of `index.html` that Trunk reads, so that it stands there once.
//!
//! ```html
//! <link data-trunk rel="rust" data-bin="page" data-cargo-features="page" data-cargo-profile="web" data-wasm-opt="z" …>
//! ```

/// One WebAssembly binary of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// Cargo's name for it.
    pub name: String,
    /// Cargo's profile.
    pub profile: String,
    /// Cargo's features.
    pub features: String,
    /// What wasm-opt is told, first how hard to try.
    pub optimise: Vec<String>,
}

/// The binaries that a page names.
pub fn binaries(page: &str) -> Option<Vec<Binary>> {
    page.lines()
        .filter(|line| line.contains("data-trunk") && line.contains("rel=\"rust\""))
        .map(binary)
        .collect()
}

fn binary(line: &str) -> Option<Binary> {
    // `bundler` binds them in this way and in no other.
    if value(line, "data-bindgen-target")? != "no-modules" {
        return None;
    }
    let level = format!("-O{}", value(line, "data-wasm-opt")?);
    let parameters = value(line, "data-wasm-opt-params")?.split_whitespace().map(str::to_owned);
    Some(Binary {
        name: value(line, "data-bin")?.to_owned(),
        profile: value(line, "data-cargo-profile")?.to_owned(),
        features: value(line, "data-cargo-features")?.to_owned(),
        optimise: std::iter::once(level).chain(parameters).collect(),
    })
}

fn value<'t>(line: &'t str, attribute: &str) -> Option<&'t str> {
    let (_, rest) = line.split_once(&format!(" {attribute}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<link data-trunk rel=\"rust\" data-bin=\"page\" data-cargo-features=\"page\" \
        data-bindgen-target=\"no-modules\" data-cargo-profile=\"web\" data-wasm-opt=\"z\" \
        data-wasm-opt-params=\"--enable-simd --enable-sign-ext\">";

    #[test]
    fn the_lines_that_trunk_reads_are_read() {
        let page = format!("<head>\n{LINE}\n<link rel=\"icon\" href=\"data:,\">\n</head>");
        let expected = Binary {
            name: "page".to_owned(),
            profile: "web".to_owned(),
            features: "page".to_owned(),
            optimise: ["-Oz", "--enable-simd", "--enable-sign-ext"].map(str::to_owned).to_vec(),
        };
        assert_eq!(binaries(&page).unwrap(), [expected]);
    }

    #[test]
    fn what_is_built_otherwise_than_here_is_refused() {
        for (from, to) in [
            ("data-bindgen-target=\"no-modules\"", "data-bindgen-target=\"web\""),
            ("data-bindgen-target=\"no-modules\"", ""),
            ("data-bin=\"page\"", ""),
            ("data-cargo-profile=\"web\"", ""),
            ("data-wasm-opt=\"z\"", ""),
        ] {
            let line = LINE.replace(from, to);
            assert_ne!(line, LINE);
            assert_eq!(binaries(&line), None, "{line}");
        }
    }

    #[test]
    fn the_project_builds_a_page_and_an_engine() {
        let page = std::fs::read_to_string(crate::root().join("index.html")).unwrap();
        let binaries = binaries(&page).unwrap();
        let names: Vec<&str> = binaries.iter().map(|binary| binary.name.as_str()).collect();
        assert_eq!(names, ["page", "engine"]);
        assert!(binaries.iter().all(|binary| binary.profile == "web" && binary.features == "page"));
    }
}
