//! Code page 437, the upper half: what zip names are in where nothing else is said (APPNOTE 6.3.10, appendix D).
//!
//! Source: the mapping of Unicode, Inc., `VENDORS/MICSFT/PC/CP437.TXT`.

/// The character of each byte from 0x80 on.
const UPPER: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', // 80
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ', // 90
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '⌐', '¬', '½', '¼', '¡', '«', '»', // a0
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐', // b0
    '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧', // c0
    '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀', // d0
    'α', 'ß', 'Γ', 'π', 'Σ', 'σ', 'µ', 'τ', 'Φ', 'Θ', 'Ω', 'δ', '∞', 'φ', 'ε', '∩', // e0
    '≡', '±', '≥', '≤', '⌠', '⌡', '÷', '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■', '\u{a0}', // f0
];

/// Bytes of this code page as text.
pub fn decode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| UPPER.get(usize::from(*byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(*byte)))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn umlauts_are_where_they_were_on_a_pc() {
        assert_eq!(super::decode(b"Protokoll f\x81r M\x81nchen \xe1\xff~"), "Protokoll für München ß\u{a0}~");
    }
}
