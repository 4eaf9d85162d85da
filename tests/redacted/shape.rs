//! What of a text is left when no pseudonym is told from another.

/// A text with one sign for every pseudonym and everything withheld.
pub fn shape(report: &str) -> String {
    let mut out = String::new();
    let mut rest = report;
    while let Some(first) = rest.chars().next() {
        if let Some((_, after)) = rest.strip_prefix('⟨').and_then(|inside| inside.split_once('⟩')) {
            out.push('#');
            rest = after;
            continue;
        }
        let fits = |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == '-';
        let end = rest.find(|sign| !fits(sign)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(if end == 0 { first.len_utf8() } else { 0 }));
        let class = CLASSES.iter().find_map(|class| {
            let (before, number) = word.rsplit_once(class)?;
            (number.len() >= 2 && number.bytes().all(|sign| sign.is_ascii_digit())).then_some(before)
        });
        match class {
            Some(before) => {
                out.push_str(before);
                out.push('#');
            }
            None => out.push_str(word),
        }
        rest = after;
    }
    out
}

const CLASSES: [&str; 10] =
    ["PHONE-", "HOST-", "IP-", "USER-", "GROUP-", "TP-", "NAME-", "SERIAL-", "FP-", "MAIL-"];
