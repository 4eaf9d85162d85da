//! Scripts without their indentation and their comments: what wasm-bindgen wrote between a binary and the browser, of
//! which they would be a third, and the start code, whose comments stand in `assets`.
//!
//! ```js
//!     /**
//!      * All readings together: the bytes of a `Diagnosis`.
//!      */
//!     diagnose(readings) {
//! ```

use crate::Outcome;

/// Whole lines stay or go; nothing inside a line is touched.
pub fn plain(script: &str) -> Outcome<String> {
    let mut plain = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        if comment || line.starts_with("/*") {
            comment = !line.ends_with("*/");
            if !comment || !line.contains("*/") {
                continue;
            }
            return Err(format!("code stands behind a comment: {line}").into());
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        // Spaces inside a text of several lines would be part of it.
        if line.matches('`').count() % 2 == 1 {
            return Err(format!("a text goes on in the next line: {line}").into());
        }
        plain.push_str(line);
        plain.push('\n');
    }
    if comment { Err("a comment does not end".into()) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn indentation_and_whole_comments_go_and_code_stays() {
        let script = "\
let wasm;

    /**
     * The bytes of a `Diagnosis`, and `one more.
     * @returns {Uint8Array}
     */
    diagnose(readings) {
        // Cast intrinsic for `Closure(
        const url = \"http://example.com/*.txt\"; // kept
        return `${url}  ${readings * 2}`
            * 3;
    }
/* one line */
";
        let expected = "\
let wasm;
diagnose(readings) {
const url = \"http://example.com/*.txt\"; // kept
return `${url}  ${readings * 2}`
* 3;
}
";
        assert_eq!(plain(script).unwrap(), expected);
    }

    #[test]
    fn what_could_lose_code_or_text_is_refused() {
        for script in ["/* a */ b();", "/*\n * a\n */ b();\nc();", "const a = `one\n  two`;", "/*\na();\n"] {
            assert!(plain(script).is_err(), "{script}");
        }
    }
}
