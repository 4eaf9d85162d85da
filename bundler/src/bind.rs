//! Binds a binary to JavaScript with wasm-bindgen's own library, exactly as its command line does for Trunk:
//! `wasm-bindgen --target=no-modules --no-typescript --out-dir=… --out-name=page page.wasm`.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;

/// Writes `page.js` and `page_bg.wasm` of `page.wasm` into the folder `to`.
pub fn bind(wasm: &Path, to: &Path) -> Outcome<()> {
    let name = wasm.file_stem().and_then(|name| name.to_str()).ok_or("the binary has no name")?;
    let mut bindgen = Bindgen::new();
    bindgen.no_modules(true)?.input_path(wasm).out_name(name).typescript(false);
    // The library leaves the path of the binary out unless it is told otherwise; the command line puts it in.
    bindgen.omit_default_module_path(false);
    bindgen.generate(to).map_err(|error| format!("{}: {error:#}", wasm.display()).into())
}
