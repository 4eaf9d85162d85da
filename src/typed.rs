//! What a person typed at a device's prompt: every word may be shortened as far as the device takes it.
//!
//! ```text
//! do sh vpn-s det any      is `show vpn-sessiondb detail anyconnect`
//! ```

/// True for a word that is the beginning of `full`, with at least `least` bytes of it.
pub fn begins(word: &str, full: &str, least: usize) -> bool {
    word.len() >= least && full.starts_with(word)
}

/// True for a command that begins with these words, each with the bytes of its shortest form. A `do` of the
/// configuration mode may stand in front.
pub fn is(command: &str, words: &[(&str, usize)]) -> bool {
    let mut typed = command.split_ascii_whitespace().skip_while(|word| *word == "do");
    words.iter().all(|(full, least)| typed.next().is_some_and(|word| begins(word, full, *least)))
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn words_may_be_shortened_but_not_below_their_least() {
        let sessions = [("show", 2), ("vpn-sessiondb", 4)];
        for (command, expected) in [
            ("show vpn-sessiondb detail anyconnect", true),
            ("do sh vpn- any", true),
            ("s vpn-sessiondb", false),
            ("sh vpn", false),
            ("sh vpn-x", false),
            ("show", false),
            ("", false),
        ] {
            assert_eq!(is(command, &sessions), expected, "{command}");
        }
    }
}
